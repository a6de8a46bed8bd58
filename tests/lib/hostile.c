/* SPDX-License-Identifier: Apache-2.0 */
#include "hostile.h"

#include "core/escape.h"

void
hs_hostile_report(struct hs_built *b, bool inspection)
{
	struct hs_node *dir, *node;
	struct hs_listing *listing;

	if (inspection)
		hs_built_inspection(b, HS_HOSTILE, "for" HS_HOSTILE "mat");
	else
		hs_built_init(b, HS_HOSTILE, HS_HOSTILE "2", "for" HS_HOSTILE "mat");
	hs_built_change(b, b->root, "field" HS_HOSTILE, HS_HOSTILE, HS_HOSTILE "2");
	hs_built_note(b, b->root,
	              (struct hs_note){ .code = "damaged", .text = HS_HOSTILE, .damage = true });
	dir = hs_built_add(b, b->root, HS_SPAN(HS_HOSTILE "!"), HS_STATUS_CONTENT);
	node = hs_built_add(b, dir, HS_SPAN(HS_HOSTILE), HS_STATUS_CONTENT);
	node->moved_from = HS_SPAN("was" HS_HOSTILE);
	hs_built_change(b, node, HS_HOSTILE, HS_HOSTILE, NULL);
	hs_built_change(b, node, HS_HOSTILE, NULL, HS_HOSTILE);
	hs_built_change(b, node, HS_HOSTILE, HS_HOSTILE, HS_HOSTILE "2")->order_only = true;
	hs_built_note(b, node,
	              (struct hs_note){ .code = "remark", .text = HS_HOSTILE, .side = 'a' });
	/* The newline of the hostile text would end the line here: it stands in the values above.
	 */
	listing = hs_built_listing(b, node, "text",
	                           "@@ 1 1 1 1\n-\x1b\r\xc2\x9b\xe2\x80\xae\xff\n+\x7f\n");
	listing->note = HS_HOSTILE;
	for (int i = 0; i < 12; i++) {
		node = hs_built_add(b, b->root, hs_arena_span(&b->arena, "%d" HS_HOSTILE, i),
		                    HS_STATUS_METADATA);
		hs_built_change(b, node, "mode" HS_HOSTILE, HS_HOSTILE, HS_HOSTILE "2");
		hs_built_note(b, node, (struct hs_note){ .code = "remark", .text = HS_HOSTILE });
	}
	node = hs_built_add(b, b->root, HS_SPAN("z" HS_HOSTILE), HS_STATUS_ONLY_B);
	hs_built_change(b, node, HS_HOSTILE, NULL, HS_HOSTILE);
}

const char *
hs_hostile_find(const char *text)
{
	struct hs_span rest = hs_span_of(text);

	while (rest.len) {
		const char *const at = (const char *)rest.at;
		struct hs_span one = rest;
		char shown[24];

		hs_take_utf8(&rest);
		one.len -= rest.len;
		hs_escape_short(shown, sizeof(shown), one);
		if (*at != '\n' && *at != '\\' && !hs_span_is(one, shown))
			return at;
	}
	return NULL;
}
