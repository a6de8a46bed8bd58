/* SPDX-License-Identifier: Apache-2.0 */
#include "build_oci_archive.h"

#include "build_oci.h"
#include "build_stream.h"
#include "build_tar.h"

#include <string.h>

/* The config in the words of a Dockerfile: one line of history for each layer. */
static struct hs_span
config_of(struct oci *o, const struct archive_image *image)
{
	const char *created = image->created ? image->created : "1970-01-01T00:00:00Z";
	const char *space = image->config_spaced ? "\n " : "";
	const char *ids = "", *history = "";

	for (size_t i = 0; i < image->n_layers; i++) {
		const char *comma = i ? "," : "";

		ids = hs_arena_printf(&o->arena, "%s%s\"%s\"", ids, comma,
		                      oci_digest(o, image->layers[i]));
		history = hs_arena_printf(&o->arena,
		                          "%s%s{\"created\":\"%s\",\"created_by\":\"COPY %zu\"}",
		                          history, comma, created, i);
	}
	history = image->history ? image->history : hs_arena_printf(&o->arena, "[%s]", history);
	return hs_arena_span(
		&o->arena,
		"{%s\"architecture\":\"%s\",\"created\":\"%s\",\"history\":%s,"
		"\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[%s]}%s}",
		space, image->platform ? image->platform : "amd64", created, history, ids,
		image->config ? image->config : "");
}

static const char *
manifest_of(struct oci *o, const struct archive_image *image)
{
	const char *layers = "", *annotations = "", *platform;

	for (size_t i = 0; i < image->n_layers; i++) {
		const struct hs_span bytes =
			image->codec ? build_stream(&o->arena, image->codec, image->layers[i])
				     : image->layers[i];
		const char *type = image->codec == HS_CODEC_GZIP   ? OCI_LAYER "+gzip"
		                   : image->codec == HS_CODEC_ZSTD ? OCI_LAYER "+zstd"
		                                                   : OCI_LAYER;

		layers = hs_arena_printf(&o->arena, "%s%s%s", layers, i ? "," : "",
		                         image->absent == i + 1 ? oci_descriptor(o, type, bytes, "")
		                                                : oci_blob(o, type, bytes, ""));
	}
	if (image->annotation)
		annotations = hs_arena_printf(&o->arena, ",\"annotations\":{\"note\":\"%s\"}",
		                              image->annotation);
	platform = image->platform
	                   ? hs_arena_printf(&o->arena,
	                                     ",\"platform\":{\"os\":\"linux\",\"architecture\":"
	                                     "\"%s\"}",
	                                     image->platform)
	                   : "";
	return oci_blob(o, OCI_MANIFEST,
	                hs_arena_span(&o->arena,
	                              "{\"schemaVersion\":2,\"mediaType\":\"" OCI_MANIFEST
	                              "\",\"config\":%s,\"layers\":[%s]%s}",
	                              oci_blob(o, OCI_CONFIG, config_of(o, image), ""), layers,
	                              annotations),
	                platform);
}

struct hs_span
archive_of_images(struct hs_arena *a, const struct archive_image *images, size_t n)
{
	struct hs_build b = { 0 };
	const char *manifests = "";
	struct hs_span out;
	struct oci o;

	oci_begin(&o);
	for (size_t i = 0; i < n; i++)
		manifests = hs_arena_printf(&o.arena, "%s%s%s", manifests, i ? "," : "",
		                            manifest_of(&o, &images[i]));
	oci_index(&o, manifests);
	/* oci-layout first, or whether the members are sorted would be up to the digests. */
	for (size_t i = o.tree.n_entries; i-- > 0;) {
		const struct hs_entry *e = &o.tree.entries[i];

		hs_build_tar_entry(
			&b, &(struct hs_build_tar){
				    .name = hs_arena_printf(&o.arena, "%.*s", (int)e->name.len,
		                                            (const char *)e->name.at),
				    .data = e->bytes,
				    .mtime = images[0].archive_mtime });
	}
	hs_build_tar_end(&b);
	out = hs_arena_copy(a, hs_build_span(&b));
	hs_build_release(&b);
	oci_end(&o);
	return out;
}

struct hs_span
archive_of_image(struct hs_arena *a, const struct archive_image *image)
{
	return archive_of_images(a, image, 1);
}
