/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was seen of real programs (GNU tar 1.34, libarchive 3.6, busybox 1.35,
 * Python 2.7 to 3.13, Go 1.26, GNU cpio 2.13, MirBSD pax, git 2.39, Perl's
 * Archive::Tar 2.40, 7-Zip 16.02):
 *
 *	            mode        time    checksum  devices of a plain file  end
 *	GNU tar     0000644\0   NUL     6, NUL, space  zeros; NULs in gnu       10240
 *	Go          0000644\0   NUL     6, NUL, space  zeros                    1024 bytes
 *	Python      0000644\0   NUL     6, NUL, space  NULs; zeros before 3.9   10240
 *	busybox     0000644\0   NUL     6, NUL, space  NULs, gnu                1024 bytes
 *	libarchive  000644 \0   space   6, NUL, space  000000 \0; NULs in gnu   1024, or 10240
 *	GNU cpio    0000644\0   NUL     7, NUL         zeros; NULs in v7        512
 *	git         0000664\0   NUL     7, NUL         zeros                    10240
 *	MirBSD pax  0100644\0   NUL     7, NUL         NULs                     10240
 *	Perl        000644\0\0  NUL     spaces, 6      000000\0\0               1024 bytes
 *	7-Zip       0000644\0   NUL     6, NUL, space  NULs, gnu                1024 bytes
 *
 * and of the names of extension headers: "PaxHeaders.0" with mode 0 (Go),
 * "PaxHeaders/" or "PaxHeaders.PID/" (GNU tar), "PaxHeader/" (libarchive),
 * "././@PaxHeader" (Python), "pax_global_header" and "HASH.paxheader" (git);
 * a long name's header is root's with mode 644 (GNU tar), root's with mode 0
 * (libarchive), nobody's with mode 0 (Go, Python, busybox), nobody's with mode
 * 644 (7-Zip), "@LongLink" (Perl).
 */
#include "comparators/archive/tar_writer.h"

#include "comparators/archive/tar_notes.h"

#include <stdio.h>

/* Traces, one bit each. */
#define V7 (UINT32_C(1) << 0)
#define USTAR (UINT32_C(1) << 1)
#define GNU (UINT32_C(1) << 2)
#define STAR (UINT32_C(1) << 3)

#define MODE_7 (UINT32_C(1) << 4)       /* seven digits, NUL */
#define MODE_6_SPACE (UINT32_C(1) << 5) /* six digits, space, NUL */
#define MODE_6 (UINT32_C(1) << 6)       /* six digits, two NULs */

#define TIME_NUL (UINT32_C(1) << 7) /* or base 256 */
#define TIME_SPACE (UINT32_C(1) << 8)

#define SUM_6 (UINT32_C(1) << 9)  /* six digits, NUL, space */
#define SUM_7 (UINT32_C(1) << 10) /* seven digits, NUL */
#define SUM_SPACED (UINT32_C(1) << 11)

#define DEV_NUL (UINT32_C(1) << 12)
#define DEV_7 (UINT32_C(1) << 13) /* zeros like the mode's of these kinds */
#define DEV_6_SPACE (UINT32_C(1) << 14)
#define DEV_6 (UINT32_C(1) << 15)

#define PAX_GO (UINT32_C(1) << 16)
#define PAX_GNU (UINT32_C(1) << 17)
#define PAX_LIBARCHIVE (UINT32_C(1) << 18)
#define PAX_PYTHON (UINT32_C(1) << 19)
#define PAX_GIT (UINT32_C(1) << 20)

#define LONG_GNU (UINT32_C(1) << 21)
#define LONG_LIBARCHIVE (UINT32_C(1) << 22)
#define LONG_BARE (UINT32_C(1) << 23)
#define LONG_7ZIP (UINT32_C(1) << 24)
#define LONG_PERL (UINT32_C(1) << 25)

#define END_SHORT (UINT32_C(1) << 26)  /* two zero blocks and no more */
#define END_RECORD (UINT32_C(1) << 27) /* zeros up to a multiple of 10240 */
#define END_BOTH (UINT32_C(1) << 28)   /* two zero blocks are such a multiple */

#define TYPED (UINT32_C(1) << 29) /* the mode field has the type of the file too */
#define BARE (UINT32_C(1) << 30)  /* one does not */
#define OTHER (UINT32_C(1) << 31)

#define PLAIN (MODE_7 | TIME_NUL | SUM_6)
#define ANY_END (END_SHORT | END_RECORD | END_BOTH)
#define RECORD (END_RECORD | END_BOTH)
#define SHORT (END_SHORT | END_BOTH)

/* A program's row fits where nothing was seen but what it allows, and all that it needs. */
static const struct row {
	const char *name;
	uint32_t allows, needs;
} rows[] = {
	/* clang-format off */
	{ "GNU tar", PLAIN | USTAR | DEV_7 | PAX_GNU | RECORD | BARE, USTAR },
	{ "GNU tar", PLAIN | GNU | DEV_NUL | LONG_GNU | RECORD | BARE, GNU },
	{ "GNU tar", PLAIN | V7 | DEV_7 | RECORD | BARE, V7 | DEV_7 },
	{ "Go archive/tar", PLAIN | USTAR | GNU | DEV_7 | PAX_GO | LONG_BARE | SHORT | TYPED | BARE,
	  DEV_7 },
	{ "Python tarfile", PLAIN | USTAR | DEV_NUL | DEV_7 | PAX_PYTHON | RECORD | BARE,
	  USTAR },
	{ "Python tarfile", PLAIN | GNU | DEV_NUL | DEV_7 | LONG_BARE | RECORD | BARE, GNU },
	{ "libarchive", MODE_6_SPACE | TIME_SPACE | SUM_6 | USTAR | DEV_6_SPACE | PAX_LIBARCHIVE |
	  ANY_END | BARE, MODE_6_SPACE | USTAR },
	{ "libarchive", MODE_6_SPACE | TIME_SPACE | SUM_6 | V7 | DEV_NUL | ANY_END | BARE,
	  MODE_6_SPACE | V7 },
	{ "libarchive", PLAIN | GNU | DEV_NUL | LONG_LIBARCHIVE | ANY_END | BARE, GNU },
	{ "busybox tar", PLAIN | GNU | DEV_NUL | LONG_BARE | SHORT | BARE, GNU },
	{ "7-Zip", PLAIN | GNU | DEV_NUL | LONG_7ZIP | SHORT | BARE, GNU },
	{ "GNU cpio", MODE_7 | TIME_NUL | SUM_7 | USTAR | DEV_7 | ANY_END | BARE, SUM_7 | USTAR },
	{ "GNU cpio", MODE_7 | TIME_NUL | SUM_7 | V7 | DEV_NUL | ANY_END | BARE, SUM_7 | V7 },
	{ "git archive", MODE_7 | TIME_NUL | SUM_7 | USTAR | DEV_7 | PAX_GIT | RECORD | BARE,
	  SUM_7 | USTAR },
	{ "MirBSD pax", MODE_7 | TIME_NUL | SUM_7 | USTAR | DEV_NUL | ANY_END | TYPED,
	  SUM_7 | TYPED },
	{ "MirBSD pax", MODE_6_SPACE | TIME_SPACE | SUM_7 | V7 | DEV_NUL | ANY_END | TYPED,
	  SUM_7 | TYPED },
	{ "Perl Archive::Tar",
	  MODE_6 | TIME_NUL | SUM_SPACED | USTAR | DEV_6 | LONG_PERL | ANY_END |
	  TYPED | BARE, MODE_6 },
	/* clang-format on */
};

enum { N_ROWS = sizeof(rows) / sizeof(rows[0]) };

static bool
is_digit(uint8_t c)
{
	return c >= '0' && c <= '7';
}

static uint32_t
mode_trace(const uint8_t *mode)
{
	if (!is_digit(mode[0]) || !is_digit(mode[5]) || mode[7] != 0)
		return OTHER;
	return is_digit(mode[6]) ? MODE_7
	       : mode[6] == ' '  ? MODE_6_SPACE
	       : mode[6] == 0    ? MODE_6
	                         : OTHER;
}

static uint32_t
time_trace(const uint8_t *time)
{
	if (time[0] & 0x80)
		return 0;
	if (!is_digit(time[0]))
		return OTHER;
	return time[11] == 0 ? TIME_NUL : time[11] == ' ' ? TIME_SPACE : OTHER;
}

static uint32_t
sum_trace(const uint8_t *sum)
{
	if (sum[6] == 0 && sum[7] == ' ')
		return is_digit(sum[0]) ? SUM_6 : sum[0] == ' ' ? SUM_SPACED : OTHER;
	return is_digit(sum[0]) && is_digit(sum[6]) && sum[7] == 0 ? SUM_7 : OTHER;
}

static uint32_t
device_trace(const struct hs_tar_header *h)
{
	static const struct {
		char text[16];
		uint32_t trace;
	} forms[] = {
		{ "0000000\0000000000", DEV_7 },
		{ "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", DEV_NUL },
		{ "000000 \000000000 ", DEV_6_SPACE },
		{ "000000\0\000000000\0", DEV_6 },
	};

	if (h->typeflag == '3' || h->typeflag == '4')
		return 0;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (memcmp(h->block.at + 329, forms[i].text, sizeof(forms[i].text)) == 0)
			return forms[i].trace;
	return OTHER;
}

/* Whether "/PaxHeaders" or so is on the way of the name, and what stands behind it. */
static bool
has_folder(struct hs_span *rest, struct hs_span name, struct hs_span folder)
{
	const uint8_t *at = name.len ? memmem(name.at, name.len, folder.at, folder.len) : NULL;
	const size_t off = at ? (size_t)(at - name.at) : 0;

	if (!at || (off > 0 && name.at[off - 1] != '/'))
		return false;
	*rest = hs_span_from(name, off + folder.len);
	return true;
}

static uint32_t
pax_trace(struct hs_span block)
{
	const struct hs_span name = hs_span_head(block, strnlen((const char *)block.at, 100));
	const bool no_mode = memcmp(block.at + 100, "0000000", 8) == 0;
	struct hs_span rest = { 0 };

	if (hs_span_is(name, "././@PaxHeader"))
		return PAX_PYTHON;
	if (hs_span_is(name, "pax_global_header") || hs_span_ends(name, HS_SPAN(".paxheader")))
		return PAX_GIT;
	if (has_folder(&rest, name, HS_SPAN("PaxHeaders.")))
		return no_mode && hs_span_starts(rest, HS_SPAN("0")) ? PAX_GO : PAX_GNU;
	if (has_folder(&rest, name, HS_SPAN("PaxHeaders/")))
		return no_mode ? OTHER : PAX_GNU;
	return has_folder(&rest, name, HS_SPAN("PaxHeader/")) ? PAX_LIBARCHIVE : OTHER;
}

static uint32_t
long_trace(struct hs_span block)
{
	const struct hs_span name = hs_span_head(block, strnlen((const char *)block.at, 100));
	const bool no_mode = memcmp(block.at + 100, "0000000", 8) == 0;
	const bool owned = block.at[265] != 0;

	if (hs_span_is(name, "@LongLink"))
		return LONG_PERL;
	if (!hs_span_is(name, "././@LongLink"))
		return OTHER;
	if (no_mode)
		return owned ? LONG_LIBARCHIVE : LONG_BARE;
	return owned ? LONG_GNU : LONG_7ZIP;
}

static uint32_t
extension_trace(struct hs_span block)
{
	switch (block.at[156]) {
	case 'x':
	case 'g':
		return pax_trace(block);
	case 'L':
	case 'K':
		return long_trace(block);
	default:
		return OTHER;
	}
}

/* The blocks of the head were read once: their sizes fit. */
static void
trace_extensions(struct hs_tar_traces *t, const struct hs_tar_member *m)
{
	struct hs_span head = m->head;

	while (head.len >= HS_TAR_BLOCK && head.at != m->header.block.at) {
		const struct hs_tar_number size =
			hs_tar_number_parse((struct hs_span){ head.at + 124, 12 });

		t->seen |= extension_trace(head);
		head = hs_span_from(head,
		                    HS_TAR_BLOCK + (((uint64_t)size.value + HS_TAR_BLOCK - 1) &
		                                    ~(uint64_t)(HS_TAR_BLOCK - 1)));
	}
}

void
hs_tar_trace(struct hs_tar_traces *t, const struct hs_tar_member *m)
{
	static const uint32_t dialects[] = {
		[HS_TAR_V7] = V7, [HS_TAR_USTAR] = USTAR, [HS_TAR_GNU] = GNU, [HS_TAR_STAR] = STAR
	};
	const struct hs_tar_header *h = &m->header;
	const uint8_t *at = h->block.at;
	const bool typed = h->mode.value & ~INT64_C(07777);

	if (h->typeflag == 'g') {
		t->seen |= extension_trace(h->block);
		return;
	}
	t->n++;
	t->n_typed += typed;
	t->named |= h->dialect != HS_TAR_V7 && (h->uname.len || h->gname.len);
	t->seen |= dialects[h->dialect] | mode_trace(at + 100) | time_trace(at + 136) |
	           sum_trace(at + 148) | device_trace(h) | (typed ? TYPED : BARE);
	if (m->head.at != at)
		trace_extensions(t, m);
}

void
hs_tar_trace_end(struct hs_tar_traces *t, const struct hs_tar_reader *r)
{
	const size_t padding = hs_tar_padding(hs_span_from(r->file, r->at));
	const bool record = (r->at + padding) % 10240 == 0;

	t->unfilled = r->n_missing > 0;
	if (r->end == HS_TAR_END_FULL)
		t->seen |= padding == 0 ? (record ? END_BOTH : END_SHORT) : record ? END_RECORD : 0;
}

static bool
fits(const struct row *row, uint32_t seen)
{
	return (seen & ~row->allows) == 0 && (seen & row->needs) == row->needs;
}

/* What programs that use Go's package do beyond it. */
static const char *
go_user(const struct hs_tar_traces *t)
{
	if (t->unfilled)
		return " (the last block is not filled up: as umoci does)";
	if (t->n_typed > 0 && !t->named)
		return " (types in the mode, no owner names: as Docker, BuildKit and Buildah do)";
	return t->named ? "" : " (no owner names: as container tools do)";
}

void
hs_tar_say_writer(struct hs_facts *out, const struct hs_tar_traces *t)
{
	const char *last = NULL;
	char names[512];
	size_t n = 0;

	if (t->n == 0)
		return;
	for (size_t i = 0; i < N_ROWS; i++) {
		if (!fits(&rows[i], t->seen) || (last && strcmp(last, rows[i].name) == 0))
			continue;
		n += (size_t)snprintf(names + n, sizeof(names) - n, "%s%s%s", last ? " or " : "",
		                      rows[i].name, rows[i].allows & PAX_GO ? go_user(t) : "");
		last = rows[i].name;
	}
	hs_say(out, "written by",
	       n ? hs_arena_copy(out->arena, (struct hs_span){ (const uint8_t *)names, n })
	         : HS_SPAN("unknown"));
}
