/* SPDX-License-Identifier: Apache-2.0 */
#include "build_random.h"

#include "unit.h"

/* splitmix64. */
uint64_t
build_random_next(struct build_random *r)
{
	uint64_t z = r->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

uint64_t
build_random_below(struct build_random *r, uint64_t n)
{
	return build_random_next(r) % n;
}

struct hs_span
build_random_bytes(struct hs_arena *a, struct build_random *r, size_t n)
{
	uint8_t *out = hs_arena_alloc(a, n);

	for (size_t i = 0; i < n; i++)
		out[i] = (uint8_t)build_random_next(r);
	return (struct hs_span){ out, n };
}

struct hs_span
build_random_lines(struct hs_arena *a, struct build_random *r, size_t n, unsigned letters)
{
	uint8_t *out = hs_arena_alloc(a, n * 13 + 1);
	size_t len = 0;

	for (size_t i = 0; i < n; i++) {
		for (uint64_t k = build_random_below(r, letters < 4 ? 2 : 13); k > 0; k--)
			out[len++] = (uint8_t)('a' + build_random_below(r, letters));
		out[len++] = '\n';
	}
	if (len && build_random_below(r, 4) == 0)
		len--;
	return (struct hs_span){ out, len };
}

struct hs_span
build_edited(struct hs_arena *a, struct build_random *r, struct hs_span s, size_t edits,
             size_t longest)
{
	uint8_t *out = hs_arena_alloc(a, s.len + edits * longest);
	size_t len = 0;

	for (size_t i = 0; i <= edits; i++) {
		const uint64_t keep =
			i == edits ? s.len : build_random_below(r, s.len / (edits - i) + 1);
		const uint64_t what = build_random_below(r, 3);

		if (keep)
			memcpy(out + len, s.at, keep);
		len += keep;
		s = hs_span_from(s, keep);
		if (i == edits)
			break;
		if (what != 0)
			s = hs_span_from(s, build_random_below(r, longest));
		for (uint64_t k = what != 1 ? build_random_below(r, longest) : 0; k > 0; k--)
			out[len++] = (uint8_t)("ab\n\0"[build_random_below(r, 4)]);
	}
	return (struct hs_span){ out, len };
}

struct hs_span
build_applied(struct hs_arena *arena, const struct hs_edits *edits, struct hs_span a,
              struct hs_span b)
{
	uint8_t *out = hs_arena_alloc(arena, a.len + b.len);
	size_t len = 0, a_at = 0;

	for (size_t i = 0; i < edits->n; i++) {
		const struct hs_edit *e = &edits->items[i];

		assert_true(i == 0 || e->a > a_at || e->b > len);
		assert_in_range(e->a, a_at, a.len);
		assert_in_range(e->a_len, 0, a.len - e->a);
		assert_in_range(e->b, 0, b.len);
		assert_in_range(e->b_len, 0, b.len - e->b);
		if (e->a > a_at)
			memcpy(out + len, a.at + a_at, e->a - a_at);
		len += e->a - a_at;
		assert_int_equal(len, e->b);
		if (e->b_len)
			memcpy(out + len, b.at + e->b, e->b_len);
		len += e->b_len;
		a_at = e->a + e->a_len;
	}
	if (a.len > a_at)
		memcpy(out + len, a.at + a_at, a.len - a_at);
	return (struct hs_span){ out, len + a.len - a_at };
}
