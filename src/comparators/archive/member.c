/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/member.h"

#include <inttypes.h>

enum { NAME_KEPT = 200 };

void
hs_member_note(struct hs_tree *t, struct hs_entry *e, const char *text)
{
	e->note = e->note ? hs_arena_printf(&t->arena, "%s; %s", e->note, text) : text;
}

void
hs_member_damage(struct hs_tree *t, struct hs_entry *e, const char *text)
{
	hs_member_note(t, e, text);
	e->damaged = true;
}

int
hs_member_add(struct hs_entry **out, struct hs_tree *t, struct hs_span name, struct hs_err *err)
{
	struct hs_span kept;
	int rc;

	if (name.len <= HS_MAX_NAME)
		return hs_tree_add(out, t, name, err);
	kept = hs_arena_span(&t->arena, "%.*s...(%zu bytes)", NAME_KEPT, (const char *)name.at,
	                     name.len);
	rc = hs_tree_add(out, t, kept, err);
	if (rc == 0)
		hs_member_damage(t, *out,
		                 hs_arena_printf(&t->arena,
		                                 "its name has %zu bytes, %" PRIu64 " are read",
		                                 name.len, HS_MAX_NAME));
	return rc;
}

struct hs_span
hs_member_path(struct hs_arena *a, struct hs_span dir, struct hs_span name)
{
	const size_t len = dir.len + 1 + name.len;
	uint8_t *at;

	if (dir.len == 0)
		return hs_arena_copy(a, name);
	at = hs_arena_alloc(a, len);
	memcpy(at, dir.at, dir.len);
	at[dir.len] = '/';
	if (name.len > 0)
		memcpy(at + dir.len + 1, name.at, name.len);
	return (struct hs_span){ at, len };
}
