/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rungs that the documents tell. A digest is that of the bytes where they
 * were read, and only where they were not the one that is claimed of them.
 */
#include "engine/rungs.h"

#include "image/image.h"

/* Whether the bytes were hashed: not where a document's word is trusted. */
static bool
was_hashed(const struct hs_part *part)
{
	return part->member->read && !part->member->trusted;
}

/* "sha256:..." of a document: of its bytes, else as claimed; empty where neither is known. */
static struct hs_span
digest_of(struct hs_arena *keep, const struct hs_part *part)
{
	char hex[HS_SHA256_HEX];

	if (part && was_hashed(part))
		return hs_arena_span(keep, "sha256:%s", hs_sha256_hex(hex, &part->member->sha256));
	if (part && part->descriptor && part->descriptor->valid)
		return hs_arena_copy(keep, part->descriptor->digest.text);
	return (struct hs_span){ NULL, 0 };
}

static void
compare_documents(struct hs_ladder_pair *p, enum hs_rung rung, const struct hs_part *a,
                  const struct hs_part *b)
{
	struct hs_rung_result *r = &p->out->rungs[rung];

	r->a = digest_of(&p->w->keep, a);
	r->b = digest_of(&p->w->keep, b);
	if (r->a.len && r->b.len)
		r->same = hs_span_equal(r->a, r->b) ? HS_ANSWER_YES : HS_ANSWER_NO;
	else
		r->same = HS_ANSWER_UNKNOWN;
}

/* The diffID of a layer as text: of the configuration, else of the bytes of a bare tar. */
static struct hs_span
diff_id_of(struct hs_arena *a, const struct hs_part *layer)
{
	char hex[HS_SHA256_HEX];

	if (!layer || layer->diff_id.text.len)
		return layer ? layer->diff_id.text : (struct hs_span){ NULL, 0 };
	if (!was_hashed(layer) || hs_part_is_packed(layer))
		return (struct hs_span){ NULL, 0 };
	return hs_arena_span(a, "sha256:%s", hs_sha256_hex(hex, &layer->member->sha256));
}

/* The ChainID of all layers (image-spec, config.md): one digest for what lies on what. */
static struct hs_span
chain_id(struct hs_worker *w, const struct hs_image_info *image)
{
	const struct hs_arena_mark mark = hs_arena_mark(&w->scratch);
	struct hs_span chain = { NULL, 0 };

	for (size_t i = 0; i < image->n_layers; i++) {
		const struct hs_span id = diff_id_of(&w->scratch, image->layers[i]);
		char hex[HS_SHA256_HEX];
		struct hs_sha256 sum;

		if (id.len == 0) {
			chain.len = 0;
			break;
		}
		if (i == 0) {
			chain = id;
			continue;
		}
		sum = hs_sha256(hs_arena_span(&w->scratch, "%.*s %.*s", (int)chain.len,
		                              (const char *)chain.at, (int)id.len,
		                              (const char *)id.at));
		chain = hs_arena_span(&w->scratch, "sha256:%s", hs_sha256_hex(hex, &sum));
	}
	chain = hs_arena_copy(&w->keep, chain);
	hs_arena_rewind(&w->scratch, mark);
	return chain;
}

static enum hs_answer
same_diff_ids(struct hs_ladder_pair *p)
{
	const struct hs_image_info *a = p->image[0], *b = p->image[1];
	enum hs_answer answer = HS_ANSWER_YES;

	if (a->n_layers != b->n_layers)
		return HS_ANSWER_NO;
	for (size_t i = 0; i < a->n_layers && answer != HS_ANSWER_NO; i++) {
		const struct hs_arena_mark mark = hs_arena_mark(&p->w->scratch);
		const struct hs_span x = diff_id_of(&p->w->scratch, a->layers[i]);
		const struct hs_span y = diff_id_of(&p->w->scratch, b->layers[i]);

		if (x.len == 0 || y.len == 0)
			answer = HS_ANSWER_UNKNOWN;
		else if (!hs_span_equal(x, y))
			answer = HS_ANSWER_NO;
		hs_arena_rewind(&p->w->scratch, mark);
	}
	return answer;
}

void
hs_ladder_digests(struct hs_ladder_pair *p)
{
	struct hs_rung_result *layers = &p->out->rungs[HS_RUNG_DIFF_IDS];

	if (p->image[0]->manifest && p->image[1]->manifest)
		compare_documents(p, HS_RUNG_MANIFEST, p->image[0]->manifest,
		                  p->image[1]->manifest);
	compare_documents(p, HS_RUNG_IMAGE_ID, p->image[0]->config, p->image[1]->config);
	layers->a = chain_id(p->w, p->image[0]);
	layers->b = chain_id(p->w, p->image[1]);
	layers->same = same_diff_ids(p);
}
