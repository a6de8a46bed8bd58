/* SPDX-License-Identifier: Apache-2.0 */
#include "build_fdt.h"

#include "build_bytes.h"

#include <stdlib.h>
#include <string.h>

enum { HEADER = 40, RESERVED = 32 };

static size_t
string(struct hs_build *strings, struct hs_span name)
{
	const size_t at = strings->len;

	hs_build_put(strings, name);
	hs_build_fill(strings, 0, 1);
	return at;
}

static void
property(struct hs_build *out, struct hs_build *strings, struct hs_span word, size_t name_len)
{
	const char kind = (char)word.at[name_len];
	const struct hs_span text = hs_span_from(word, name_len + 1);
	const size_t len = kind == '=' ? text.len + 1 : kind == ':' ? text.len / 2 : 0;

	hs_build_be(out, 3, 4);
	hs_build_be(out, len, 4);
	hs_build_be(out, string(strings, hs_span_head(word, name_len)), 4);
	if (kind == '=') {
		hs_build_put(out, text);
		hs_build_fill(out, 0, 1);
	}
	for (size_t i = 0; kind == ':' && i < len; i++) {
		const char digits[3] = { (char)text.at[2 * i], (char)text.at[2 * i + 1] };

		hs_build_be(out, strtoul(digits, NULL, 16), 1);
	}
	hs_build_align(out, 4);
}

static void
put_word(struct hs_build *out, struct hs_build *strings, struct hs_span word)
{
	const size_t name = strcspn((const char *)word.at, "=:;{ ");

	if (word.at[0] == '}' || word.at[0] == '~') {
		hs_build_be(out, word.at[0] == '}' ? 2 : 4, 4);
	} else if (word.at[word.len - 1] == '{') {
		hs_build_be(out, 1, 4);
		hs_build_put(out, hs_span_head(word, word.len - 1));
		hs_build_fill(out, 0, 1);
		hs_build_align(out, 4);
	} else {
		property(out, strings, word, name);
	}
}

struct hs_span
build_fdt(struct hs_arena *a, const char *words)
{
	struct hs_build out = { 0 }, body = { 0 }, strings = { 0 };
	struct hs_span whole;

	for (const char *p = words; *p; p += strspn(p, " ")) {
		const size_t len = strcspn(p, " ");

		put_word(&body, &strings, (struct hs_span){ (const uint8_t *)p, len });
		p += len;
	}
	hs_build_be(&body, 9, 4);
	hs_build_be(&out, 0xd00dfeed, 4);
	hs_build_be(&out, HEADER + RESERVED + body.len + strings.len, 4);
	hs_build_be(&out, HEADER + RESERVED, 4);
	hs_build_be(&out, HEADER + RESERVED + body.len, 4);
	hs_build_be(&out, HEADER, 4);
	hs_build_be(&out, 17, 4);
	hs_build_be(&out, 16, 4);
	hs_build_be(&out, 0, 4);
	hs_build_be(&out, strings.len, 4);
	hs_build_be(&out, body.len, 4);
	hs_build_be(&out, 0x8000, 8);
	hs_build_be(&out, 0x100, 8);
	hs_build_fill(&out, 0, 16);
	hs_build_put(&out, hs_build_span(&body));
	hs_build_put(&out, hs_build_span(&strings));
	whole = hs_arena_copy(a, hs_build_span(&out));
	hs_build_release(&body);
	hs_build_release(&strings);
	hs_build_release(&out);
	return whole;
}
