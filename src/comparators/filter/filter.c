/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/filter/filter.h"

#include "core/cpio_walk.h"

/* Streams whose headers are said one by one; of more, a digest of all headers is said too. */
enum { MAX_SAID = 16 };

/* What decoding tells of the streams; in the tree's arena. */
struct streams {
	const struct hs_filter *filter;
	struct hs_span file;
	uint64_t n;
	struct hs_span said[MAX_SAID]; /* headers */
	struct hs_sha256_stream digest;
	struct hs_sha256 headers;
};

static void
see(void *ctx, uint64_t at)
{
	struct streams *s = ctx;
	const struct hs_span header = s->filter->header(hs_span_from(s->file, at));

	if (s->n < MAX_SAID)
		s->said[s->n] = header;
	s->n++;
	hs_sha256_update(&s->digest, header);
}

static void
describe(struct hs_facts *out, const struct hs_tree *t, const struct hs_entry *e)
{
	const struct hs_meta meta = { .has = HS_HAS_SIZE, .kind = e->kind, .size = e->size };
	const struct streams *s = e->more;
	char hex[HS_SHA256_HEX];

	(void)t;
	hs_say_meta(out, &meta);
	if (!s || s->n < 2)
		return;
	out->of_format = true;
	hs_say_u64(out, "streams", s->n);
	for (size_t i = 0; i < s->n && i < MAX_SAID; i++)
		hs_say(out, "stream", s->filter->say(out->arena, s->said[i]));
	if (s->n > MAX_SAID)
		hs_sayf(out, "stream headers", "sha256:%s", hs_sha256_hex(hex, &s->headers));
	out->of_format = false;
}

static const struct hs_tree_ops ops = { .describe = describe };

static int
decode(struct hs_inflated *inflated, struct hs_tree *out, struct streams *s, struct hs_err *err)
{
	const struct hs_inflate_order order = {
		.codec = s->filter->codec,
		.in = s->file,
		.run = out->run,
		.seen = s->filter->header ? see : NULL,
		.ctx = s,
	};
	int rc;

	hs_sha256_init(&s->digest);
	rc = hs_inflate_watched(inflated, &order, err);
	hs_sha256_final(&s->digest, &s->headers);
	return rc;
}

/* The entry takes over the blob, which may be NULL. */
static int
add_content(struct hs_tree *out, struct hs_blob *blob, const struct streams *s, struct hs_err *err)
{
	struct hs_facts facts = { .arena = &out->arena };
	struct hs_entry *e;
	const int rc = hs_tree_add(&e, out, HS_SPAN(""), err);

	if (rc < 0) {
		hs_blob_unref(blob);
		return rc;
	}
	e->kind = HS_KIND_FILE;
	e->blob = blob;
	if (blob)
		e->bytes = blob->bytes;
	e->size = e->bytes.len;
	e->more = s;
	describe(&facts, out, e);
	e->head = hs_span_of(hs_facts_text(&facts));
	return 0;
}

/*
 * What follows the last stream. Linux reads another archive there, behind zero
 * bytes or none (init/initramfs.c): so it stands alone, and can be opened.
 */
static int
add_rest(struct hs_tree *out, struct hs_span rest, struct hs_err *err)
{
	const size_t zeros = hs_cpio_zeros(rest);
	const struct hs_span behind = hs_span_from(rest, zeros);
	int rc = 0;

	if (rest.len == 0)
		return 0;
	if (zeros == 0 || !hs_span_starts(behind, HS_SPAN("0707")) || !hs_cpio_is(behind))
		return hs_tree_add_gap(out, "after the end", rest, err);
	rc = hs_tree_add_gap(out, "zero bytes after the end", hs_span_head(rest, zeros), err);
	return rc < 0 ? rc : hs_tree_add_gap(out, "after the end", behind, err);
}

static int
expand(struct hs_tree *out, struct hs_span file, const struct hs_filter *filter, bool guess,
       struct hs_err *err)
{
	struct streams *s = hs_arena_alloc(&out->arena, sizeof(*s));
	struct hs_inflated inflated;
	struct hs_err why;
	int rc, rc_add;

	s->filter = filter;
	s->file = file;
	out->ops = &ops;
	rc = decode(&inflated, out, s, &why);
	if (rc == HS_EFORMAT && guess && !inflated.blob)
		rc = HS_ENOTMINE;
	if (rc < 0 && rc != HS_EFORMAT)
		return hs_fail(err, (enum hs_code)rc, "%s", why.text);
	rc_add = add_content(out, inflated.blob, s, err);
	if (rc_add < 0)
		return rc_add;
	if (rc == HS_EFORMAT) {
		out->entries[out->n_entries - 1].note =
			hs_arena_printf(&out->arena, "%s", why.text);
		out->entries[out->n_entries - 1].damaged = true;
		return 0;
	}
	return add_rest(out, hs_span_from(file, inflated.consumed), err);
}

int
hs_filter_expand(struct hs_tree *out, struct hs_span file, const struct hs_filter *filter,
                 struct hs_err *err)
{
	return expand(out, file, filter, false, err);
}

int
hs_filter_expand_guess(struct hs_tree *out, struct hs_span file, const struct hs_filter *filter,
                       struct hs_err *err)
{
	return expand(out, file, filter, true, err);
}

void
hs_say_skippable(struct hs_facts *out, unsigned magic_nibble, struct hs_span inside)
{
	const struct hs_sha256 digest = hs_sha256(inside);
	char hex[HS_SHA256_HEX];

	hs_sayf(out, "skippable frame", "magic 0x184d2a5%x, sha256:%s, %zu bytes", magic_nibble,
	        hs_sha256_hex(hex, &digest), inside.len);
}
