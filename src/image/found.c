/* SPDX-License-Identifier: Apache-2.0 */
#include "image/found.h"

#include "core/escape.h"

#include <stdio.h>

static bool
is_attestation(const struct hs_descriptor *d)
{
	return hs_span_is(d->kind, "attestation-manifest") ||
	       hs_span_is(d->platform, "unknown/unknown");
}

/* Before image-spec 1.1 the config's media type was all that told an artefact from an image. */
static bool
is_artifact(const struct hs_descriptor *d, const struct hs_document *doc)
{
	const struct hs_span config = doc->config.media_type;

	return doc->artifact_type.len || doc->has_subject || d->artifact_type.len ||
	       (config.len && !hs_span_is(config, "application/vnd.oci.image.config.v1+json") &&
	        !hs_span_is(config, "application/vnd.docker.container.image.v1+json"));
}

int
hs_found_add(struct hs_found_list *l, struct hs_image *image, struct hs_found f, struct hs_err *err)
{
	const struct hs_document *doc = hs_image_document(image, f.entry);
	struct hs_found *grown;

	if (!hs_image_visit(image, f.entry))
		return 0;
	if (l->n >= HS_MAX_IMAGE_PARTS)
		return hs_fail(err, HS_ELIMIT,
		               "its indexes name more than %d manifests (HS_MAX_IMAGE_PARTS)",
		               HS_MAX_IMAGE_PARTS);
	if (l->n == l->room) {
		l->room = l->room ? 2 * l->room : 8;
		grown = hs_arena_array(&image->tree->arena, l->room, sizeof(*grown));
		if (l->n)
			memcpy(grown, l->list, l->n * sizeof(*grown));
		l->list = grown;
	}
	f.owner = HS_NOWHERE;
	f.platform = f.descriptor->platform;
	if (is_attestation(f.descriptor))
		f.role = HS_FOUND_ATTESTATION;
	else if (is_artifact(f.descriptor, doc))
		f.role = HS_FOUND_ARTIFACT;
	else
		hs_image_member(image, f.entry)->owner = l->n;
	l->list[l->n++] = f;
	return 0;
}

void
hs_found_owners(struct hs_found_list *l, struct hs_image *image, hs_blob_finder *find, size_t first)
{
	for (size_t i = first; i < l->n; i++) {
		struct hs_found *f = &l->list[i];
		const struct hs_document *doc = hs_image_document(image, f->entry);
		struct hs_digest of = doc->subject.digest;
		struct hs_err err;
		size_t entry;

		if (f->role == HS_FOUND_IMAGE || f->owner != HS_NOWHERE)
			continue;
		if (f->descriptor->reference.len &&
		    hs_digest_parse(&of, f->descriptor->reference, &err) < 0)
			continue;
		entry = find(image, &of);
		if (entry != HS_NOWHERE)
			f->owner = hs_image_member(image, entry)->owner;
	}
}

/* The platform that an image's own configuration states, where the index does not. */
static void
look_into(struct hs_found *f, struct hs_image *image, hs_blob_finder *find)
{
	const struct hs_document *doc = hs_image_document(image, f->entry);
	size_t config;

	f->held = hs_manifest_is_held(image, find, f->entry);
	if (f->platform.len || !doc->has_config || !doc->config.valid)
		return;
	config = find(image, &doc->config.digest);
	if (config != HS_NOWHERE)
		f->platform = hs_image_config(image, config)->platform;
}

/* All get labels where there are several, but the only one that the archive holds needs none. */
static void
label_images(struct hs_found_list *l, struct hs_image *image, size_t n_held)
{
	struct hs_arena *a = &image->tree->arena;
	struct hs_label *labels = hs_arena_array(a, l->n, sizeof(*labels));
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++) {
		const struct hs_found *f = &l->list[i];

		if (f->role == HS_FOUND_IMAGE)
			labels[n++] = (struct hs_label){
				.name = f->named ? f->named->names[0] : (struct hs_span){ NULL, 0 },
				.platform = f->platform,
				.i = i,
			};
	}
	hs_labels_make(labels, n, a);
	for (size_t i = 0; i < n && n > 1; i++) {
		struct hs_found *f = &l->list[labels[i].i];

		if (n_held != 1 || !f->held)
			f->prefix = labels[i].text;
	}
}

/* "attestation[0]/" and the like, behind the prefix of the image they speak of. */
static void
label_other(struct hs_found_list *l, struct hs_image *image, struct hs_found *f)
{
	struct hs_found *owner = f->owner < l->n ? &l->list[f->owner] : NULL;
	const struct hs_span prefix = owner ? owner->prefix : (struct hs_span){ NULL, 0 };
	const bool attestation = f->role == HS_FOUND_ATTESTATION;
	size_t *count;

	if (attestation)
		count = owner ? &owner->n_attestations : &l->n_attestations;
	else
		count = owner ? &owner->n_artifacts : &l->n_artifacts;
	f->prefix = hs_arena_span(&image->tree->arena, "%.*s%s[%zu]/", (int)prefix.len,
	                          (const char *)prefix.at, attestation ? "attestation" : "artifact",
	                          (*count)++);
}

int
hs_found_place(struct hs_found_list *l, struct hs_image *image, hs_blob_finder *find,
               struct hs_err *err)
{
	size_t n_held = 0, n_images = 0;
	int rc = 0;

	for (size_t i = 0; i < l->n; i++) {
		if (l->list[i].role != HS_FOUND_IMAGE)
			continue;
		look_into(&l->list[i], image, find);
		n_held += l->list[i].held;
		l->list[i].info = image->n_infos + n_images++;
	}
	label_images(l, image, n_held);
	for (size_t i = 0; i < l->n && rc == 0; i++) {
		struct hs_found *f = &l->list[i];
		const struct hs_found *of = f->owner < l->n ? &l->list[f->owner] : f;
		struct hs_placing p = {
			.image = image,
			.find = find,
			.entry = f->entry,
			.descriptor = f->descriptor,
			.runs = f->role == HS_FOUND_IMAGE,
			.platform = f->platform,
			.names = f->named ? f->named->names : NULL,
			.n_names = f->named ? f->named->n_names : 0,
			.info = of->role == HS_FOUND_IMAGE ? of->info : HS_NOWHERE,
			.elsewhere = n_held > 0 && of->role == HS_FOUND_IMAGE && !of->held,
		};

		if (f->role != HS_FOUND_IMAGE)
			label_other(l, image, f);
		p.prefix = f->prefix;
		rc = hs_manifest_place(&p, err);
	}
	return rc;
}

void
hs_found_name(char *out, size_t size, const struct hs_descriptor *d, size_t i)
{
	char platform[120];

	hs_escape_short(platform, sizeof(platform), d->platform);
	snprintf(out, size, "manifest[%zu]%s%s", i, platform[0] ? " for " : "", platform);
}
