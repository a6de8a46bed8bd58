/* SPDX-License-Identifier: Apache-2.0 */
/* What the rungs come to: a word for the class of what differs, a sentence for what would help. */
#include "engine/rungs.h"

#include "image/config_meaning.h"
#include "image/image.h"

#include <inttypes.h>

/* Whether the stored bytes of two parts have two digests, found or, where they are trusted,
 * claimed. */
static bool
stored_otherwise(const struct hs_part *x, const struct hs_part *y)
{
	if (x->member->trusted || y->member->trusted)
		return x->descriptor && y->descriptor &&
		       !hs_span_equal(x->descriptor->digest.text, y->descriptor->digest.text);
	return x->member->read && y->member->read &&
	       memcmp(x->member->sha256.bytes, y->member->sha256.bytes, HS_SHA256_SIZE) != 0;
}

/* Whether a layer is stored in other bytes on the other side: compressed otherwise. */
static bool
packed_otherwise(const struct hs_ladder_pair *p)
{
	const struct hs_image_info *a = p->image[0], *b = p->image[1];

	for (size_t i = 0; i < a->n_layers && i < b->n_layers; i++)
		if (a->layers[i] && b->layers[i] && stored_otherwise(a->layers[i], b->layers[i]))
			return true;
	return false;
}

static bool
same_meaning(const struct hs_ladder_pair *p)
{
	struct hs_content config[2] = { 0 };
	struct hs_err err;
	bool same = true;

	for (int i = 0; i < 2 && same; i++)
		same = p->image[i]->config &&
		       hs_part_open(&config[i], p->tree[i], p->image[i]->config, &err) == 0;
	same = same && hs_config_same_meaning(config[0].bytes, config[1].bytes);
	hs_content_release(&config[0]);
	hs_content_release(&config[1]);
	return same;
}

/* Whether both sides have the member and it differs in a time: a fact that the comparison found. */
static bool
times_differ(const struct hs_node *n)
{
	static const char *const times[] = { "mtime", "atime", "ctime" };

	for (const struct hs_change *c = n->changes.first; c; c = c->next)
		for (size_t i = 0; c->has_a && c->has_b && i < sizeof(times) / sizeof(times[0]);
		     i++)
			if (strcmp(c->field, times[i]) == 0)
				return true;
	return false;
}

static bool
has_note(const struct hs_node *n, const char *code)
{
	for (const struct hs_note *note = n->notes; note; note = note->next)
		if (strcmp(note->code, code) == 0)
			return true;
	return false;
}

/* What canonical headers take away, by what the comparison of members found. */
static const char *
canonical_cause(const struct hs_node *root)
{
	const char *cause = "tar-headers";

	for (const struct hs_node *n = root; n; n = hs_node_next(n)) {
		/* The archive's own members, blobs of a layout, have times that tell nothing. */
		if (n->depth > 1 && times_differ(n))
			return "timestamps";
		if (has_note(n, "hidden-entry"))
			cause = "hidden-entries";
	}
	return cause;
}

static const char *
cause_of(const struct hs_ladder_pair *p)
{
	switch (p->out->rung) {
	case HS_RUNG_ARCHIVE:
	case HS_RUNG_MANIFEST:
		return "packing";
	case HS_RUNG_IMAGE_ID:
		if (packed_otherwise(p))
			return "compression";
		return p->image[0]->manifest && p->image[1]->manifest ? "annotations" : "packing";
	case HS_RUNG_DIFF_IDS:
		return same_meaning(p) ? "re-serialised" : "configuration";
	case HS_RUNG_CANONICAL:
		return canonical_cause(p->root);
	case HS_RUNG_ROOTFS:
		return "layering";
	default:
		return "content";
	}
}

/* What to do to get a form, in the words of the tool. */
static const char *
tool_words(struct hs_arena *keep, const struct hs_form_result *f)
{
	if (strcmp(f->like, "ggcr") == 0)
		return "kaniko --reproducible (mutate.Canonical)";
	if (strcmp(f->like, "buildkit") == 0)
		return hs_arena_printf(
			keep, "BuildKit's rewrite-timestamp=true with SOURCE_DATE_EPOCH=%" PRId64,
			f->time);
	if (strcmp(f->like, "buildah") == 0)
		return hs_arena_printf(keep, "buildah --timestamp %" PRId64, f->time);
	return "oss-rebuild's stabilize";
}

/* What the builder that made the image has itself is the least trouble; "" where that is not told.
 */
static const char *
builder_of(const struct hs_ladder_pair *p)
{
	static const struct {
		const char *trace, *like;
	} rows[] = {
		{ "io.buildah.version", "buildah" },
		{ "buildkit.dockerfile.v0", "buildkit" },
		{ "kaniko", "ggcr" },
	};
	struct hs_content config = { 0 };
	const char *like = "";
	struct hs_err err;

	if (!p->image[1]->config ||
	    hs_part_open(&config, p->tree[1], p->image[1]->config, &err) < 0)
		return like;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]) && !*like; i++)
		if (memmem(config.bytes.at, config.bytes.len, rows[i].trace, strlen(rows[i].trace)))
			like = rows[i].like;
	hs_content_release(&config);
	return like;
}

/* The form that makes them one: the builder's own, else the first; else NULL. */
static const char *
form_remedy(const struct hs_ladder_pair *p)
{
	const char *builder = builder_of(p);
	const struct hs_form_result *best = NULL;

	for (size_t i = 0; i < p->out->n_forms; i++) {
		const struct hs_form_result *f = &p->out->forms[i];

		if (f->same == HS_ANSWER_YES && (!best || strcmp(f->like, builder) == 0))
			best = f;
	}
	if (!best)
		return NULL;
	return hs_arena_printf(&p->w->keep, "%s would make both one image",
	                       tool_words(&p->w->keep, best));
}

/* The form after which only the configuration differs, the builder's own or the first; else NULL.
 */
static const char *
layers_remedy(const struct hs_ladder_pair *p)
{
	const char *builder = builder_of(p);
	const struct hs_form_result *best = NULL;

	for (size_t i = 0; i < p->out->n_forms; i++) {
		const struct hs_form_result *f = &p->out->forms[i];

		if (f->still && strcmp(f->still, "the configuration") == 0 &&
		    (!best || strcmp(f->like, builder) == 0))
			best = f;
	}
	if (!best)
		return NULL;
	return hs_arena_printf(&p->w->keep, "%s would make the layers equal, not the configuration",
	                       tool_words(&p->w->keep, best));
}

/* Rungs where the image ID is the same. */
static const char *
same_image_remedy(const struct hs_ladder_pair *p)
{
	const struct hs_span id = p->out->rungs[HS_RUNG_IMAGE_ID].a;
	const char *what = "pack both archives with the same tool";

	if (strcmp(p->out->cause, "compression") == 0)
		what = "compress the layers with the same tool and level";
	else if (strcmp(p->out->cause, "annotations") == 0)
		what = "give the manifests the same annotations and media types";
	return hs_arena_printf(&p->w->keep, "%s, or compare by image ID: both are %.*s", what,
	                       (int)id.len, (const char *)id.at);
}

static const char *
config_remedy(const struct hs_ladder_pair *p)
{
	const char *form = form_remedy(p);

	if (strcmp(p->out->cause, "re-serialised") == 0)
		return "convert both with the same tool: the configurations say the same in other "
		       "bytes";
	return form ? form : "make the configurations equal: the layers are";
}

static const char *
remedy_of(const struct hs_ladder_pair *p)
{
	const struct hs_span manifest = p->out->rungs[HS_RUNG_MANIFEST].a;
	const char *text;

	switch (p->out->rung) {
	case HS_RUNG_ARCHIVE:
	case HS_RUNG_MANIFEST:
		return hs_arena_printf(&p->w->keep, "compare by manifest digest: both are %.*s",
		                       (int)manifest.len, (const char *)manifest.at);
	case HS_RUNG_IMAGE_ID:
		return same_image_remedy(p);
	case HS_RUNG_DIFF_IDS:
		return config_remedy(p);
	case HS_RUNG_CANONICAL:
		text = form_remedy(p);
		return text ? text : layers_remedy(p);
	case HS_RUNG_ROOTFS:
		return "squash both into one layer with canonical headers: the files are the same";
	default:
		return "no canonical form makes them equal: the files differ";
	}
}

void
hs_ladder_words(struct hs_ladder_pair *p)
{
	p->out->cause = cause_of(p);
	p->out->remedy = remedy_of(p);
}
