/* SPDX-License-Identifier: Apache-2.0 */
#include "binary/demangle.h"

#if HS_WITH_DEMANGLE

#include <demangle.h>
#include <setjmp.h>

/* LONG_NAME: libiberty gives up on more by itself, for its limit of recursion; LONG_TEXT: what it
 * may write of it: back references double what stands before them. */
enum { LONG_NAME = 4096, LONG_TEXT = 16384 };

struct text {
	char at[LONG_TEXT];
	size_t len;
	jmp_buf too_long;
};

/* The demanglers with a callback hold nothing but the stack, so that they may be left by a jump. */
static void
add(const char *s, size_t n, void *ctx)
{
	struct text *t = ctx;

	if (n > sizeof(t->at) - t->len)
		longjmp(t->too_long, 1);
	memcpy(t->at + t->len, s, n);
	t->len += n;
}

static bool
demangle(struct text *t, const char *name)
{
	const int options = DMGL_PARAMS | DMGL_ANSI;

	if (setjmp(t->too_long))
		return false;
	if (rust_demangle_callback(name, options, add, t))
		return true;
	t->len = 0;
	return cplus_demangle_v3_callback(name, options, add, t) != 0;
}

struct hs_span
hs_demangle(struct hs_arena *a, struct hs_span name)
{
	char mangled[LONG_NAME];
	struct text t;

	if (!hs_span_starts(name, HS_SPAN("_Z")) && !hs_span_starts(name, HS_SPAN("_R")))
		return name;
	if (name.len >= sizeof(mangled) || memchr(name.at, 0, name.len))
		return name;
	memcpy(mangled, name.at, name.len);
	mangled[name.len] = 0;
	t.len = 0;
	if (!demangle(&t, mangled) || t.len == 0)
		return name;
	return hs_arena_copy(a, (struct hs_span){ (const uint8_t *)t.at, t.len });
}

#else

struct hs_span
hs_demangle(struct hs_arena *a, struct hs_span name)
{
	(void)a;
	return name;
}

#endif
