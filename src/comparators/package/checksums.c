/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists of checksums as md5sum(1) and its kin write them: md5sums of a Debian package, SHA256SUMS.
 *
 *	digest 32, 40, 56, 64, 96 or 128 hex digits
 *	"  ", or " *" for a file read as binary
 *	path
 *
 * Each file is a fact under its path. What varies between builds: whatever the files do.
 */
#include "comparators/comparator.h"
#include "comparators/package/deb822.h"
#include "comparators/package/deb822_say.h"
#include "core/encoding.h"
#include "core/limits.h"

/* Some lines of hex digits are no accident. */
enum { BID = 80, LOOKED_AT = 3 };

struct sum {
	struct hs_span digest, mark, path;
};

static bool
read_sum(struct sum *out, struct hs_span line)
{
	size_t n = 0;

	while (n < line.len && hs_is_hex(line.at[n]))
		n++;
	if (n != 32 && n != 40 && n != 56 && n != 64 && n != 96 && n != 128)
		return false;
	out->digest = hs_span_head(line, n);
	out->mark = hs_span_head(hs_span_from(line, n), 2);
	out->path = hs_span_from(line, n + 2);
	return out->path.len > 0 && (hs_span_is(out->mark, "  ") || hs_span_is(out->mark, " *"));
}

static unsigned
sums_bid(struct hs_span file)
{
	struct hs_span rest = file;
	struct sum sum;

	for (unsigned i = 0; i < LOOKED_AT && (rest.len || i == 0); i++)
		if (rest.len == 0 || !read_sum(&sum, hs_deb822_line(&rest)))
			return 0;
	return hs_text_guess(file) > 0 ? BID : 0;
}

static bool
say_sum(struct hs_facts *out, struct hs_sha256_stream *order, struct hs_span line)
{
	struct sum sum;

	if (!read_sum(&sum, line))
		return false;
	if (sum.mark.at[1] == '*')
		sum.digest = hs_arena_join(out->arena, HS_SPAN("*"), sum.digest);
	hs_say(out, hs_field_part(out->arena, sum.path), sum.digest);
	hs_sha256_update(order, sum.path);
	hs_sha256_update(order, HS_SPAN("\n"));
	return true;
}

static int
sums_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_sha256_stream order;
	struct hs_sha256 digest;
	char hex[HS_SHA256_HEX];
	struct hs_span rest = file;
	bool ok = true;

	hs_sha256_init(&order);
	while (ok && rest.len) {
		ok = say_sum(out, &order, hs_deb822_line(&rest));
		ok = ok && out->n < HS_MAX_PACKAGE_FACTS;
	}
	hs_sha256_final(&order, &digest);
	if (!ok)
		return hs_fail(err, HS_ENOTMINE, "not each line is a checksum");
	hs_sayf(out, "(key order)", "sha256:%s", hs_sha256_hex(hex, &digest));
	hs_say_word(out, "(formatting)",
	            hs_span_ends(file, HS_SPAN("\n")) ? "plain" : "no newline at the end");
	return 0;
}

const struct hs_comparator hs_comparator_checksums = {
	.name = "checksums",
	.about = "lists of checksums, md5sums of Debian packages: by file",
	.known_by = "lines of a hex digest, two blanks and a path",
	.shape = HS_SHAPE_LEAF,
	.bid = sums_bid,
	.describe = sums_describe,
	.render = hs_text_render,
	.by_field = true,
};
