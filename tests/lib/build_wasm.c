/* SPDX-License-Identifier: Apache-2.0 */
#include "build_wasm.h"

static void
leb(struct hs_build *b, size_t v, size_t width)
{
	for (size_t i = 0; i + 1 < width; i++, v >>= 7)
		hs_build_be(b, (v & 0x7f) | 0x80, 1);
	hs_build_be(b, v & 0x7f, 1);
}

static void
section(struct hs_build *b, const struct build_wasm *w, unsigned id, struct hs_span bytes)
{
	hs_build_be(b, id, 1);
	leb(b, bytes.len, w->wide ? 5 : bytes.len > 0x7f ? 2 : 1);
	hs_build_put(b, bytes);
}

void
build_wasm_section(struct hs_build *b, unsigned id, struct hs_span bytes)
{
	section(b, &(struct build_wasm){ 0 }, id, bytes);
}

static void
text(struct hs_build *b, const char *s)
{
	hs_build_be(b, strlen(s), 1);
	hs_build_text(b, s);
}

/* A section that is put together in `part`, which is then empty again. */
static void
close_part(struct hs_build *b, const struct build_wasm *w, unsigned id, struct hs_build *part)
{
	section(b, w, id, hs_build_span(part));
	part->len = 0;
}

static void
body(struct hs_build *part, struct hs_span bytes)
{
	leb(part, bytes.len, bytes.len > 0x7f ? 2 : 1);
	hs_build_put(part, bytes);
}

/* local i32; i32.const, call put, block, local.get, br_if, end, global.get, call run, end */
static void
code(struct hs_build *b, const struct build_wasm *w, struct hs_build *part)
{
	uint8_t run[] = { 1,
		          1,
		          0x7f,
		          0x41,
		          (uint8_t)w->value,
		          0x10,
		          0,
		          0x02,
		          0x40,
		          0x20,
		          0,
		          0x0d,
		          0,
		          0x0b,
		          0x23,
		          0,
		          0x10,
		          (uint8_t)(w->more + 1),
		          0x0b };

	hs_build_be(part, w->more + 1U, 1);
	if (w->more)
		body(part, HS_SPAN("\0\x41\1\x0b"));
	body(part, w->code.len ? w->code : (struct hs_span){ run, sizeof(run) });
	close_part(b, w, 10, part);
}

static void
names(struct hs_build *b, const struct build_wasm *w, struct hs_build *part)
{
	struct hs_build map = { 0 };

	text(part, "name");
	hs_build_be(&map, w->more + 2U, 1);
	hs_build_be(&map, 0, 1);
	text(&map, "put");
	if (w->more) {
		hs_build_be(&map, 1, 1);
		text(&map, "extra");
	}
	hs_build_be(&map, w->more + 1U, 1);
	text(&map, "run");
	build_wasm_section(part, 1, hs_build_span(&map));
	close_part(b, w, 0, part);
	hs_build_release(&map);
}

void
build_wasm(struct hs_build *b, const struct build_wasm *w)
{
	const char *data = w->text ? w->text : "text";
	struct hs_build part = { 0 };

	hs_build_put(b, HS_SPAN("\0asm\1\0\0\0"));
	section(b, w, 1, HS_SPAN("\2\x60\0\1\x7f\x60\1\x7f\0"));
	section(b, w, 2, HS_SPAN("\1\3env\3put\0\1"));
	section(b, w, 3, w->more ? HS_SPAN("\2\0\0") : HS_SPAN("\1\0"));
	section(b, w, 4, HS_SPAN("\1\x70\0\1"));
	section(b, w, 5, HS_SPAN("\1\1\1\x10"));
	section(b, w, 6, HS_SPAN("\1\x7f\1\x41\7\x0b"));
	hs_build_put(&part, HS_SPAN("\1\3run\0"));
	hs_build_be(&part, w->more + 1U, 1);
	close_part(b, w, 7, &part);
	hs_build_put(&part, HS_SPAN("\1\0\x41\0\x0b\1"));
	hs_build_be(&part, w->more + 1U, 1);
	close_part(b, w, 9, &part);
	code(b, w, &part);
	hs_build_put(&part, HS_SPAN("\1\0\x41\x10\x0b"));
	text(&part, data);
	close_part(b, w, 11, &part);
	if (!w->nameless)
		names(b, w, &part);
	hs_build_put(&part, HS_SPAN("\x09producers\1\x0cprocessed-by\1\5clang\2"
	                            "14"));
	close_part(b, w, 0, &part);
	hs_build_release(&part);
}
