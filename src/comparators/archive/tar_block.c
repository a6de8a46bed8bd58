/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The same number can be written in many ways, and each tar has its own:
 *
 *	"0000644\0"  POSIX, GNU tar, libarchive, Go, Python
 *	"000644 \0"  version 7, star, Solaris, older libarchive
 *	"   644 \0"  old BSD
 *	0x80 ...     base-256, for what octal digits cannot hold
 *
 * Writers also leave traces in the device fields of plain files (Go and GNU
 * tar's pax format write zeros, others NULs), and some leave old memory behind
 * the NUL of a name.
 */
#include "comparators/archive/tar_block.h"

#include <stdio.h>

struct number_field {
	const char *name;
	size_t off;
	const struct hs_tar_number *n;
};

/* Room for a word on each number of a header. */
struct text {
	uint8_t at[1024];
	size_t len;
};

static void
add(struct text *t, struct hs_span more)
{
	const size_t room = sizeof(t->at) - t->len;
	const size_t n = more.len < room ? more.len : room;

	if (n)
		memcpy(t->at + t->len, more.at, n);
	t->len += n;
}

static size_t
count(struct hs_span s, uint8_t first, uint8_t last)
{
	size_t n = 0;

	while (n < s.len && s.at[n] >= first && s.at[n] <= last)
		n++;
	return n;
}

/* How a number is written, in words and the bytes behind it. */
static void
add_form(struct text *t, const struct hs_tar_number *n)
{
	const size_t spaces = count(n->raw, ' ', ' ');
	const struct hs_span rest = hs_span_from(n->raw, spaces);
	const size_t digits = count(rest, '0', '7');
	char words[64];

	if (n->form == HS_TAR_BASE256) {
		add(t, HS_SPAN("in base 256"));
		return;
	}
	if (hs_span_is_zero(n->raw)) {
		add(t, HS_SPAN("left empty"));
		return;
	}
	/* Where the number of digits does not follow from the value, the bytes are said. */
	if (n->form != HS_TAR_OCTAL || digits == 0 || (spaces && digits > 1 && rest.at[0] == '0')) {
		add(t, HS_SPAN("as "));
		add(t, n->raw);
		return;
	}
	if (spaces)
		snprintf(words, sizeof(words), "in %zu columns, then ", spaces + digits);
	else
		snprintf(words, sizeof(words), "in %zu digits, then ", digits);
	add(t, hs_span_of(words));
	add(t, hs_span_from(rest, digits));
}

static bool
is_usual(const struct number_field *f)
{
	const struct hs_span raw = f->n->raw;
	const size_t digits = count(raw, '0', '7');

	if (f->off == 148)
		return digits == 6 && raw.at[6] == 0 && raw.at[7] == ' ';
	if (f->off >= 329 && hs_span_is_zero(raw))
		return true;
	return digits == raw.len - 1 && raw.at[digits] == 0;
}

static struct hs_span
span_of(const struct text *t)
{
	return (struct hs_span){ t->at, t->len };
}

static bool
is_same(const struct text *a, const struct text *b)
{
	return hs_span_equal(span_of(a), span_of(b));
}

/* One fact for all of them, fields of one form together. */
static void
say_numbers(struct hs_facts *out, const char *field, const struct hs_tar_header *h)
{
	const struct number_field fields[] = {
		{ "mode", 100, &h->mode },
		{ "uid", 108, &h->uid },
		{ "gid", 116, &h->gid },
		{ "size", 124, &h->size },
		{ "mtime", 136, &h->mtime },
		{ "checksum", 148, &h->checksum },
		{ "devmajor", 329, &h->dev_major },
		{ "devminor", 337, &h->dev_minor },
		{ "atime", 345, &h->atime },
		{ "ctime", 357, &h->ctime },
		{ "offset", 369, &h->offset },
		{ "real size", 483, &h->real_size },
	};

	enum { N = sizeof(fields) / sizeof(fields[0]) };
	struct text forms[N] = { 0 }, all = { 0 };

	for (size_t i = 0; i < N; i++)
		if (fields[i].n->raw.len && !is_usual(&fields[i]))
			add_form(&forms[i], fields[i].n);
	for (size_t i = 0; i < N; i++) {
		if (forms[i].len == 0)
			continue;
		add(&all, all.len ? HS_SPAN("; ") : HS_SPAN(""));
		add(&all, hs_span_of(fields[i].name));
		for (size_t k = i + 1; k < N; k++)
			if (is_same(&forms[k], &forms[i])) {
				add(&all, HS_SPAN(", "));
				add(&all, hs_span_of(fields[k].name));
				forms[k].len = 0;
			}
		add(&all, HS_SPAN(" "));
		add(&all, span_of(&forms[i]));
	}
	if (all.len)
		hs_say(out, field, hs_arena_copy(out->arena, span_of(&all)));
}

/* What stands behind the NUL of a text that is `used` bytes long. */
static void
say_tail(struct hs_facts *out, const char *field, struct hs_span whole, size_t used)
{
	const struct hs_span tail = hs_span_from(whole, used);

	if (!hs_span_is_zero(tail))
		hs_say_value(out, field, tail);
}

static void
say_tails(struct hs_facts *out, const char *label, const struct hs_tar_header *h)
{
	const struct {
		const char *name;
		size_t off, len, used;
		bool there;
	} fields[] = {
		{ "name", 0, 100, h->name.len, true },
		{ "link", 157, 100, h->link.len, true },
		{ "uname", 265, 32, h->uname.len, h->dialect != HS_TAR_V7 },
		{ "gname", 297, 32, h->gname.len, h->dialect != HS_TAR_V7 },
		{ "prefix", 345, 155, h->prefix.len,
		  h->dialect == HS_TAR_USTAR || h->prefix.len > 131 },
		{ "prefix", 345, 131, h->prefix.len,
		  h->dialect == HS_TAR_STAR && h->typeflag != 'S' },
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		const struct hs_span whole = { h->block.at + fields[i].off, fields[i].len };

		if (fields[i].there)
			say_tail(out,
			         hs_arena_printf(out->arena, "%sbytes behind %s", label,
			                         fields[i].name),
			         whole, fields[i].used);
	}
}

static void
say_magic(struct hs_facts *out, const char *label, const struct hs_tar_header *h)
{
	const struct hs_span magic = { h->block.at + 257, 8 };
	const bool usual = h->dialect == HS_TAR_V7 ||
	                   hs_span_equal(magic, h->dialect == HS_TAR_GNU ? HS_SPAN("ustar  \0")
	                                                                 : HS_SPAN("ustar\0"
	                                                                           "00"));

	if (!usual)
		hs_say(out, hs_arena_printf(out->arena, "%smagic", label), magic);
	if (h->signed_sum)
		hs_say_word(out, hs_arena_printf(out->arena, "%schecksum", label),
		            "of signed bytes");
}

static void
say_devices(struct hs_facts *out, const char *label, const struct hs_tar_header *h)
{
	const bool is_device = h->typeflag == '3' || h->typeflag == '4';

	if (is_device || h->dialect == HS_TAR_V7 ||
	    (hs_span_is_zero(h->dev_major.raw) && hs_span_is_zero(h->dev_minor.raw)))
		return;
	hs_sayf(out, hs_arena_printf(out->arena, "%sdevice fields", label), "%lld:%lld",
	        (long long)h->dev_major.value, (long long)h->dev_minor.value);
}

void
hs_tar_say_form(struct hs_facts *out, const char *label, const struct hs_tar_header *h)
{
	const struct hs_tar_range *r = hs_tar_unused(h);

	say_magic(out, label, h);
	say_numbers(out, hs_arena_printf(out->arena, "%snumber form", label), h);
	say_devices(out, label, h);
	say_tails(out, label, h);
	for (; r->len; r++) {
		const struct hs_span bytes = { h->block.at + r->off, r->len };

		if (!hs_span_is_zero(bytes))
			hs_say_value(out, hs_arena_printf(out->arena, "%sunused bytes", label),
			             bytes);
	}
}
