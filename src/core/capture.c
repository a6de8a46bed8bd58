/* SPDX-License-Identifier: Apache-2.0 */
#include "core/capture.h"

#include "core/arena.h"
#include "core/limits.h"

static ssize_t
capture_write(void *cookie, const char *bytes, size_t n)
{
	struct hs_capture *c = cookie;

	if (n > HS_MAX_TEXT - c->len) {
		c->full = true;
		return 0;
	}
	if (n > c->room - c->len) {
		c->room = c->len + n > 2 * c->room ? c->len + n : 2 * c->room;
		c->bytes = hs_realloc(c->bytes, c->room, 1);
	}
	memcpy(c->bytes + c->len, bytes, n);
	c->len += n;
	return (ssize_t)n;
}

FILE *
hs_capture_open(struct hs_capture *c)
{
	FILE *out;

	*c = (struct hs_capture){ 0 };
	out = fopencookie(c, "w", (cookie_io_functions_t){ .write = capture_write });
	if (!out)
		hs_die_out_of_memory();
	return out;
}
