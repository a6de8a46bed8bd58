/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/pieces.h"

#include <errno.h>

enum { FIRST_ROOM = 16, ZEROS = 64 * 1024 };

static const uint8_t zeros[ZEROS];

void
hs_pieces_add(struct hs_pieces *p, struct hs_span bytes)
{
	struct hs_span *last = p->n ? &p->list[p->n - 1] : NULL, *more;

	if (bytes.len == 0)
		return;
	p->size += bytes.len;
	if (last && last->at + last->len == bytes.at && bytes.at != zeros) {
		last->len += bytes.len;
		return;
	}
	if (p->n == p->room) {
		p->room = p->room ? p->room * 2 : FIRST_ROOM;
		more = hs_arena_array(p->arena, p->room, sizeof(*more));
		if (p->n)
			memcpy(more, p->list, p->n * sizeof(*more));
		p->list = more;
	}
	p->list[p->n++] = bytes;
}

void
hs_pieces_add_zeros(struct hs_pieces *p, uint64_t n)
{
	while (n > 0) {
		const size_t take = n < ZEROS ? (size_t)n : ZEROS;

		hs_pieces_add(p, (struct hs_span){ zeros, take });
		n -= take;
	}
}

int
hs_pieces_write(const struct hs_pieces *p, FILE *out, struct hs_err *err)
{
	for (size_t i = 0; i < p->n; i++)
		if (fwrite(p->list[i].at, 1, p->list[i].len, out) != p->list[i].len)
			return hs_fail_errno(err, errno, "it cannot be written");
	return 0;
}
