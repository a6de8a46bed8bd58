/* SPDX-License-Identifier: Apache-2.0 */
#include "core/cpio_walk.h"

#include "core/codec.h"

#include <inttypes.h>

size_t
hs_cpio_zeros(struct hs_span s)
{
	size_t n = 0;

	while (n < s.len && s.at[n] == 0)
		n++;
	return n;
}

/* .lzma has no magic to speak of; Linux goes by these bytes too. */
static bool
is_compressed(struct hs_span s)
{
	return hs_codec_of(s) != HS_CODEC_NONE || hs_span_starts(s, HS_SPAN("\x5d\0\0"));
}

/* Two bytes of magic are too few to begin another archive by: its first member must make sense. */
static bool
starts_archive(struct hs_span s)
{
	struct hs_cpio_member m;
	struct hs_err ignored;

	if (!hs_cpio_is(s))
		return false;
	if (hs_span_starts(s, HS_SPAN("0")))
		return true;
	return hs_cpio_read(&m, s, &ignored) == 0 && !m.malformed;
}

static int
step_member(struct hs_cpio_walk *w, enum hs_cpio_step *out, struct hs_span rest, struct hs_err *err)
{
	const int rc = hs_cpio_read(&w->member, rest, err);

	if (!w->inside)
		w->archive++;
	w->inside = true;
	if (rc < 0)
		return hs_fail_in(err, "byte %" PRIu64, w->at);
	w->at += hs_cpio_length(&w->member);
	w->inside = !hs_cpio_is_trailer(&w->member);
	*out = w->inside ? HS_CPIO_MEMBER : HS_CPIO_TRAILER;
	return 0;
}

int
hs_cpio_step(struct hs_cpio_walk *w, enum hs_cpio_step *out, struct hs_err *err)
{
	const struct hs_span rest = hs_span_from(w->file, w->at);
	const size_t zeros = hs_cpio_zeros(rest);

	w->member = (struct hs_cpio_member){ 0 };
	if (zeros > 0 && (!w->inside || hs_cpio_is(hs_span_from(rest, zeros)))) {
		w->bytes = hs_span_head(rest, zeros);
		w->at += zeros;
		*out = HS_CPIO_ZEROS;
		return 0;
	}
	if (w->inside && zeros == rest.len)
		return hs_fail(err, HS_EFORMAT,
		               "the cpio archive ends at byte %" PRIu64 " without a trailer",
		               w->at);
	/* The first archive of a file is one because its reader says so. */
	if (w->inside || w->at == 0 || starts_archive(rest))
		return step_member(w, out, rest, err);
	w->bytes = rest;
	w->at = w->file.len;
	*out = rest.len == 0 ? HS_CPIO_END : is_compressed(rest) ? HS_CPIO_PART : HS_CPIO_REST;
	return 0;
}
