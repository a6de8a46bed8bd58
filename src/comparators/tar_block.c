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
#include "comparators/tar_block.h"

struct number_field {
	const char *name;
	size_t off;
	const struct hs_tar_number *n;
};

static struct hs_span
joined(struct hs_arena *a, const char *text, struct hs_span raw)
{
	const size_t len = strlen(text);
	uint8_t *at = hs_arena_alloc(a, len + raw.len + 1);

	memcpy(at, text, len);
	if (raw.len)
		memcpy(at + len, raw.at, raw.len);
	return (struct hs_span){ at, len + raw.len };
}

static size_t
count(struct hs_span s, uint8_t first, uint8_t last)
{
	size_t n = 0;

	while (n < s.len && s.at[n] >= first && s.at[n] <= last)
		n++;
	return n;
}

static struct hs_span
form_of(struct hs_arena *a, const char *name, const struct hs_tar_number *n)
{
	const size_t spaces = count(n->raw, ' ', ' ');
	const struct hs_span rest = hs_span_from(n->raw, spaces);
	const size_t digits = count(rest, '0', '7');
	const struct hs_span tail = hs_span_from(rest, digits);

	if (n->form == HS_TAR_BASE256)
		return hs_arena_span(a, "%s in base 256", name);
	/* Where the number of digits does not follow from the value, the bytes are said. */
	if (n->form != HS_TAR_OCTAL || digits == 0 || (spaces && digits > 1 && rest.at[0] == '0'))
		return joined(a, hs_arena_printf(a, "%s as ", name), n->raw);
	return joined(a,
	              spaces ? hs_arena_printf(a, "%s in %zu columns, then ", name, spaces + digits)
	                     : hs_arena_printf(a, "%s in %zu digits, then ", name, digits),
	              tail);
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

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (fields[i].n->raw.len && !is_usual(&fields[i]))
			hs_say(out, field, form_of(out->arena, fields[i].name, fields[i].n));
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
