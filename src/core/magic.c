/* SPDX-License-Identifier: Apache-2.0 */
#include "core/magic.h"

#include <magic.h>

enum { HEAD = 64 * 1024 };

struct hs_span
hs_magic_name(struct hs_worker *w, struct hs_span bytes)
{
	const struct hs_span head = hs_span_head(bytes, HEAD);
	const char *name;

	if (!w->magic) {
		w->magic = magic_open(MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR |
		                      MAGIC_NO_CHECK_CDF | MAGIC_RAW);
		if (w->magic && magic_load(w->magic, NULL) != 0)
			hs_magic_release(w);
	}
	if (!w->magic)
		return (struct hs_span){ NULL, 0 };
	name = magic_buffer(w->magic, head.at ? (const void *)head.at : "", head.len);
	return name ? hs_arena_copy(&w->scratch, hs_span_of(name)) : (struct hs_span){ NULL, 0 };
}

void
hs_magic_release(struct hs_worker *w)
{
	if (w->magic)
		magic_close(w->magic);
	w->magic = NULL;
}
