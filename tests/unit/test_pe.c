/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/comparator.h"

#include "build_pe.h"
#include "check_bytes.h"
#include "compared.h"
#include "listed.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static const struct hs_comparator *const row = &hs_comparator_pe;

static void
pe_wins_its_own_bid(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	build_pe(&b, &(struct build_pe){ 0 });
	assert_ptr_equal(hs_comparator_for(hs_build_span(&b), 0), row);
	assert_int_equal(row->bid(hs_span_head(hs_build_span(&b), 0x90)), 0);
	b.at[0x80] = 'L';
	assert_int_equal(row->bid(hs_build_span(&b)), 0);
	hs_build_release(&b);
}

static void
pe_lists_sections_signatures_and_gaps(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	build_pe(&b, &(struct build_pe){ .code = 0xc3, .rest = HS_SPAN("more") });
	b.at[0x1f0] = 1;
	listed_open(&o, row, &b);
	assert_int_equal(o.rc, 0);
	assert_string_equal(expanded_keys(&o),
	                    "(DOS header)\n(behind the DOS header)\n.text\n.rdata\n"
	                    "(between the sections)\n(behind the sections)\n(signature)\n");
	assert_string_equal(listed_facts(&o, ".text"),
	                    "size in memory: 512\naddress: 0x1000\nlength: 512\noffset: 512\n"
	                    "flags: code, execute, read\n");
	assert_string_equal(listed_facts(&o, "(signature)"),
	                    "revision: 0x200\ncertificate type: 2\n");
	assert_string_equal(listed_content(&o, "(signature)"), "PKCS 7..");
	assert_string_equal(listed_content(&o, "(behind the sections)"), "more");
	expanded_release(&o);
}

/* Only what differs is told, and as what it is. */
static void
pe_tells_times_and_code_apart(void **state)
{
	static const struct {
		struct build_pe b;
		const char *said, *unsaid;
	} rows[] = {
		{ { .time = 60 },
		  "timestamp:1970-01-01T00:00:00Z>1970-01-01T00:01:00Z",
		  "content .text" },
		{ { .code = 1 }, "content .text", "timestamp" },
		{ { .no_signature = true }, "only-a (signature)", "content .text" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_build a = { 0 }, b = { 0 };
		struct compared c;

		build_pe(&a, &(struct build_pe){ 0 });
		build_pe(&b, &rows[i].b);
		compared_init(&c, hs_build_span(&a), hs_build_span(&b), NULL, NULL);
		assert_non_null(strstr(compared_text(&c), rows[i].said));
		assert_null(strstr(compared_text(&c), rows[i].unsaid));
		compared_release(&c);
		hs_build_release(&a);
		hs_build_release(&b);
	}
}

static void
pe_lets_no_byte_differ_unseen(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	build_pe(&b, &(struct build_pe){ .rest = HS_SPAN("more") });
	check_every_byte_counts(row, hs_build_span(&b));
	hs_build_release(&b);
}

static void
check_cut(const struct expanded *o, size_t len)
{
	assert_int_equal(o->rc, HS_EFORMAT);
	if (len > 0x400)
		assert_true(o->tree.n_entries >= 3);
}

static void
pe_survives_every_truncation(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	build_pe(&b, &(struct build_pe){ 0 });
	b.len--;
	listed_truncations(row, hs_build_span(&b), check_cut);
	hs_build_release(&b);
}

/* Any byte of headers and tables changed: nothing but that it ends well. */
static void
pe_survives_hostile_fields(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	build_pe(&b, &(struct build_pe){ 0 });
	for (size_t i = 0; i < b.len; i++) {
		const uint8_t values[] = { 0, 0xff, 0x7f };
		const uint8_t was = b.at[i];

		for (size_t k = 0; k < sizeof(values); k++) {
			struct expanded o;

			b.at[i] = values[k];
			expanded_init(&o, row, hs_build_span(&b), NULL);
			if (o.rc < 0)
				assert_int_equal(o.rc, HS_EFORMAT);
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
		cmocka_unit_test(pe_wins_its_own_bid),
		cmocka_unit_test(pe_lists_sections_signatures_and_gaps),
		cmocka_unit_test(pe_tells_times_and_code_apart),
		cmocka_unit_test(pe_lets_no_byte_differ_unseen),
		cmocka_unit_test(pe_survives_every_truncation),
		cmocka_unit_test(pe_survives_hostile_fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
