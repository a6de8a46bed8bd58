/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/tar_xattr.h"

static int
base64_digit(uint8_t c)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* RFC 4648, as libarchive writes it: without the "=" at the end. */
static bool
decode_base64(struct hs_span *out, struct hs_arena *a, struct hs_span text)
{
	uint8_t *to = hs_arena_alloc(a, text.len + 1);
	uint32_t bits = 0;
	unsigned n_bits = 0;
	size_t n = 0;

	while (text.len && text.at[text.len - 1] == '=')
		text.len--;
	for (size_t i = 0; i < text.len; i++) {
		const int d = base64_digit(text.at[i]);

		if (d < 0)
			return false;
		bits = (bits << 6 | (uint32_t)d) & 0xfff;
		n_bits += 6;
		if (n_bits >= 8) {
			n_bits -= 8;
			to[n++] = (uint8_t)(bits >> n_bits & 0xff);
		}
	}
	*out = (struct hs_span){ to, n };
	return true;
}

static int
hex_digit(uint8_t c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	                              : -1;
}

static struct hs_span
decode_percent(struct hs_arena *a, struct hs_span s)
{
	uint8_t *to = hs_arena_alloc(a, s.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++) {
		const int high = s.at[i] == '%' && s.len - i > 2 ? hex_digit(s.at[i + 1]) : -1;
		const int low = high >= 0 ? hex_digit(s.at[i + 2]) : -1;

		to[n] = s.at[i];
		if (low >= 0) {
			to[n] = (uint8_t)(high << 4 | low);
			i += 2;
		}
		n++;
	}
	return (struct hs_span){ to, n };
}

bool
hs_tar_xattr_of(struct hs_attr *out, struct hs_arena *a, const struct hs_pax_record *rec)
{
	static const struct hs_span schily = { (const uint8_t *)"SCHILY.xattr.", 13 };
	static const struct hs_span libarchive = { (const uint8_t *)"LIBARCHIVE.xattr.", 17 };

	if (hs_span_starts(rec->key, schily) && rec->key.len > schily.len) {
		out->name = hs_span_from(rec->key, schily.len);
		out->value = rec->value;
		return true;
	}
	if (!hs_span_starts(rec->key, libarchive) || rec->key.len == libarchive.len ||
	    !decode_base64(&out->value, a, rec->value))
		return false;
	out->name = decode_percent(a, hs_span_from(rec->key, libarchive.len));
	return true;
}
