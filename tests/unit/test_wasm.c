/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/comparator.h"

#include "build_wasm.h"
#include "check_bytes.h"
#include "compared.h"
#include "listed.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static const struct hs_comparator *const row = &hs_comparator_wasm;

static void
wasm_wins_its_own_bid(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	build_wasm(&b, &(struct build_wasm){ 0 });
	assert_ptr_equal(hs_comparator_for(hs_build_span(&b), 0), row);
	assert_int_equal(row->bid(HS_SPAN("\0asm\1\0\0")), 0);
	/* A component, which is of another form. */
	assert_int_equal(row->bid(HS_SPAN("\0asm\x0d\0\1\0")), 0);
	hs_build_release(&b);
}

static void
wasm_describes_sections_functions_and_data(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	build_wasm(&b, &(struct build_wasm){ .value = 5, .wide = true });
	listed_open(&o, row, &b);
	assert_int_equal(o.rc, 0);
	assert_string_equal(expanded_keys(&o),
	                    "(type)\n(import)\n(table)\n(memory)\n(global)\n(export)\n(element)\n"
	                    "custom name\ncustom producers\nrun\ndata[0]\n");
	assert_non_null(strstr(listed_facts(&o, NULL),
	                       "version: 1\nsection: (type), its length in 5 bytes\n"));
	assert_non_null(strstr(listed_facts(&o, NULL), "functions: 1\ndata segments: 1\n"));
	assert_string_equal(listed_content(&o, "run"),
	                    "local 1 x i32\\ni32.const 5\\ncall put\\nblock\\n  local.get 0\\n"
	                    "  br_if 0\\nend\\nglobal.get global[0]\\ncall run\\n");
	assert_string_equal(listed_facts(&o, "run"), "type: () -> (i32)\n");
	assert_string_equal(listed_facts(&o, "data[0]"), "offset: i32.const 16\n");
	assert_string_equal(listed_content(&o, "data[0]"), "text");
	assert_string_equal(listed_content(&o, "custom producers"), "processed-by: clang 14\\n");
	expanded_release(&o);
}

static void
wasm_names_functions_by_what_it_has(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	build_wasm(&b, &(struct build_wasm){ .nameless = true, .more = true });
	listed_open(&o, row, &b);
	assert_int_equal(o.rc, 0);
	assert_string_equal(listed_content(&o, "func[1]"), "i32.const 1\\n");
	assert_non_null(strstr(listed_content(&o, "run"), "\\ncall run\\n"));
	expanded_release(&o);
}

/* Only what differs is told, and as what it is. */
static void
wasm_tells_numbers_code_and_data_apart(void **state)
{
	static const struct {
		struct build_wasm b;
		const char *said, *unsaid;
	} rows[] = {
		{ { .more = true }, "{shifted}", "content run" },
		{ { .value = 2 }, "content run [text text]", "shifted" },
		{ { .text = "TEXT" }, "content data[0]", "run" },
		{ { .wide = true }, "section:", "content run" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_build a = { 0 }, b = { 0 };
		struct compared c;

		build_wasm(&a, &(struct build_wasm){ 0 });
		build_wasm(&b, &rows[i].b);
		compared_init(&c, hs_build_span(&a), hs_build_span(&b), NULL, NULL);
		assert_non_null(strstr(compared_text(&c), rows[i].said));
		assert_null(strstr(compared_text(&c), rows[i].unsaid));
		compared_release(&c);
		hs_build_release(&a);
		hs_build_release(&b);
	}
}

static void
wasm_lets_no_byte_differ_unseen(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	build_wasm(&b, &(struct build_wasm){ 0 });
	check_every_byte_counts(row, hs_build_span(&b));
	hs_build_release(&b);
}

/* A module that ends behind a section is whole, but has fewer of them. */
static void
check_cut(const struct expanded *o, size_t len)
{
	(void)len;
	assert_true(o->rc == 0 || o->rc == HS_EFORMAT);
}

static void
wasm_survives_every_truncation(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	build_wasm(&b, &(struct build_wasm){ 0 });
	listed_truncations(row, hs_build_span(&b), check_cut);
	hs_build_release(&b);
}

/* Sections that are whole are there, and the rest is a gap. */
static void
wasm_keeps_what_stands_before_damage(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	build_wasm(&b, &(struct build_wasm){ 0 });
	b.len -= 4;
	listed_open(&o, row, &b);
	assert_int_equal(o.rc, HS_EFORMAT);
	assert_non_null(strstr(expanded_keys(&o), "run\n"));
	assert_non_null(strstr(expanded_keys(&o), "(after the sections)\n"));
	expanded_release(&o);
}

/* Any byte changed: nothing but that it ends well. */
static void
wasm_survives_hostile_fields(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	build_wasm(&b, &(struct build_wasm){ .more = true });
	for (size_t i = 8; i < b.len; i++) {
		const uint8_t values[] = { 0, 0xff, 0x7f, 0x0e, 0x1c, 0xfc, 0xfd };
		const uint8_t was = b.at[i];

		for (size_t k = 0; k < sizeof(values); k++) {
			struct expanded o;

			b.at[i] = values[k];
			expanded_init(&o, row, hs_build_span(&b), NULL);
			if (o.rc < 0)
				assert_true(o.rc == HS_EFORMAT || o.rc == HS_ELIMIT);
			expanded_exercise(&o);
			expanded_release(&o);
		}
		b.at[i] = was;
	}
	hs_build_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wasm_wins_its_own_bid),
		cmocka_unit_test(wasm_describes_sections_functions_and_data),
		cmocka_unit_test(wasm_names_functions_by_what_it_has),
		cmocka_unit_test(wasm_tells_numbers_code_and_data_apart),
		cmocka_unit_test(wasm_lets_no_byte_differ_unseen),
		cmocka_unit_test(wasm_survives_every_truncation),
		cmocka_unit_test(wasm_keeps_what_stands_before_damage),
		cmocka_unit_test(wasm_survives_hostile_fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
