/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/comparator.h"

#include "build_attestation.h"
#include "check_text.h"
#include "core/hex.h"
#include "core/limits.h"
#include "listed.h"
#include "unit.h"

#include <openssl/evp.h>

static const struct hs_comparator *const by = &hs_comparator_attestation_armour;

/* The digits of a document; in the arena. */
static const char *
digits(struct hs_arena *a, bool hex)
{
	struct build_attestation d = build_unsigned();
	struct hs_build b = { 0 };
	struct hs_span out;

	d.parts[BUILD_NONCE] = BUILD_KEY_NONCE "44 fffefffe";
	build_attestation(&b, &d);
	if (hex) {
		out = hs_hex(a, hs_build_span(&b));
	} else {
		uint8_t *const at = hs_arena_alloc(a, 2 * b.len + 8);

		out = (struct hs_span){ at, (size_t)EVP_EncodeBlock(at, b.at, (int)b.len) };
	}
	hs_build_release(&b);
	return (const char *)hs_arena_copy(a, out).at;
}

/* Broken into lines. */
static const char *
lines(struct hs_arena *a, const char *text, int width, const char *end)
{
	char *out = hs_arena_printf(a, "%.*s%s", width, text, end);

	while (strlen(text) > (size_t)width) {
		text += width;
		out = hs_arena_printf(a, "%s%.*s%s", out, width, text, end);
	}
	return out;
}

static void
opens(struct expanded *o, const char *text)
{
	const struct hs_span file = hs_span_of(text);

	assert_ptr_equal(hs_comparator_for(file, 0), by);
	expanded_init(o, by, file, NULL);
	assert_int_equal(o->rc, 0);
	assert_ptr_equal(hs_comparator_for(o->tree.entries[0].bytes, 0),
	                 &hs_comparator_attestation);
}

static void
armour_is_opened_and_its_layout_told(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const char *const b64 = digits(&a, false), *const hex = digits(&a, true);
	const struct {
		const char *text, *facts;
	} rows[] = {
		{ b64, "armour: base64\npadding: yes\nlines: one\nfinal newline: no\n" },
		{ lines(&a, b64, 76, "\n"), "armour: base64\npadding: yes\n"
		                            "lines: of 76 characters, ended by LF\n"
		                            "final newline: yes\n" },
		{ hex, "armour: hex\nlines: one\nfinal newline: no\n" },
		{ lines(&a, hex, 60, "\r\n"), "armour: hex\nlines: of 60 characters, ended by "
		                              "CRLF\nfinal newline: yes\n" },
		{ hs_arena_printf(&a, "0x%s\n", hex), "armour: hex\nlines: one\n"
		                                      "final newline: yes\nbegins with: 0x\n" },
		{ hs_arena_printf(&a, "-----BEGIN X-----\n%s-----END X-----\n",
		                  lines(&a, b64, 64, "\n")),
		  "armour: pem\npadding: yes\nlines: of 64 characters, ended by LF\n"
		  "final newline: yes\nbegins with: -----BEGIN X-----\n"
		  "ends with: -----END X-----\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct expanded o;

		opens(&o, rows[i].text);
		assert_string_equal(listed_facts(&o, NULL), rows[i].facts);
		assert_int_equal(o.tree.n_entries, 1);
		expanded_release(&o);
	}
}

/* Blanks where no rule puts them are shown. */
static void
armour_shows_an_irregular_text(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const char *const b64 = digits(&a, false);
	struct expanded o;

	(void)state;
	opens(&o, hs_arena_printf(&a, " %s", b64));
	hs_check_has(listed(&o), "gap (as it is written)");
	expanded_release(&o);
	opens(&o, hs_arena_printf(&a, "%.20s\n%.30s\n%s", b64, b64 + 20, b64 + 50));
	hs_check_has(listed(&o), "gap (as it is written)");
	expanded_release(&o);
}

static void
armour_is_only_around_documents(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	char *const b64 = hs_arena_printf(&a, "%s", digits(&a, false));
	char *const large = hs_arena_alloc(&a, HS_MAX_ATTESTATION_TEXT + 2);

	(void)state;
	memset(large, 'h', HS_MAX_ATTESTATION_TEXT + 1);
	assert_int_equal(by->bid(hs_span_of(large)), 0);
	assert_int_equal(by->bid(HS_SPAN("")), 0);
	assert_int_equal(by->bid(HS_SPAN("  ")), 0);
	assert_int_equal(by->bid(HS_SPAN("hello world")), 0);
	assert_int_equal(by->bid(HS_SPAN("hEShATgi")), 0);
	assert_int_not_equal(by->bid(HS_SPAN("hEShATgioA==")), 0);
	assert_int_equal(by->bid(HS_SPAN("hEShATgioA==x")), 0);
	assert_int_equal(by->bid(HS_SPAN("8444a1013822a")), 0);
	assert_int_not_equal(by->bid(HS_SPAN("8444a1013822a0")), 0);
	assert_int_equal(by->bid(HS_SPAN("8544a1013822a0")), 0);
	b64[40] = '!';
	assert_int_equal(by->bid(hs_span_of(b64)), 0);
}

static void
never_crashes(const struct expanded *o, size_t len)
{
	(void)len;
	assert_true(o->rc == 0 || o->rc == HS_ENOTMINE);
}

static void
armour_survives_every_truncation(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const char *const pem = hs_arena_printf(&a, "-----BEGIN X-----\r\n%s-----END X-----\r\n",
	                                        lines(&a, digits(&a, false), 64, "\r\n"));

	(void)state;
	listed_truncations(by, hs_span_of(pem), never_crashes);
	listed_truncations(by, hs_span_of(digits(&a, true)), never_crashes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(armour_is_opened_and_its_layout_told),
		cmocka_unit_test(armour_shows_an_irregular_text),
		cmocka_unit_test(armour_is_only_around_documents),
		cmocka_unit_test(armour_survives_every_truncation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
