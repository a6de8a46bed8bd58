/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What somebody tries who holds a genuine document and wants another to pass:
 * other times, another nonce, another enclave, a bit less, a bit changed, and
 * inputs that ask for more memory than they have bytes.
 */
#include "attest/verdict.h"

#include "build_attestation.h"
#include "unit.h"

#include <malloc.h>
#include <stdlib.h>

enum { HOUR = 3600 };

static struct build_pki pki;
static struct hs_build genuine;

/* What is asked of the genuine document, and what comes of it. */
struct row {
	const char *name;
	int64_t at, now; /* beside the moment of the document */
	int64_t max_age; /* -1: none */
	bool at_timestamp, no_measurements, allow_debug;
	const char *nonce, *user_data, *public_key; /* NULL: not asked for */
	int pcr;                                    /* expected; -1: none */
	uint8_t byte;                               /* 48 times */
	enum hs_attest_reason want;
};

#define ASKED .max_age = -1, .pcr = -1, .no_measurements = true

/* clang-format off */
static const struct row rows[] = {
	{ "nothing", ASKED, .want = HS_ATTEST_OK },
	{ "nothing, not even that", .max_age = -1, .pcr = -1, .want = HS_ATTEST_NOT_COMPARED },

	{ "after the leaf", ASKED, .at = 3 * HOUR, .now = 3 * HOUR, .want = HS_ATTEST_EXPIRED },
	{ "before the leaf", ASKED, .at = -90 * 60, .now = -90 * 60,
	  .want = HS_ATTEST_NOT_YET_VALID },
	{ "the last second", ASKED, .at = 2 * HOUR - 1, .now = 2 * HOUR - 1, .want = HS_ATTEST_OK },
	{ "a second later", ASKED, .at = 2 * HOUR, .now = 2 * HOUR, .want = HS_ATTEST_EXPIRED },
	{ "at its own time, years later", ASKED, .at_timestamp = true, .now = 9000 * HOUR,
	  .want = HS_ATTEST_OK },
	{ "at its own time, but fresh", .pcr = -1, .no_measurements = true, .at_timestamp = true,
	  .now = 9000 * HOUR, .max_age = 60, .want = HS_ATTEST_STALE },
	{ "replayed within the leaf's time", .pcr = -1, .no_measurements = true, .at = HOUR,
	  .now = HOUR, .max_age = 300, .want = HS_ATTEST_STALE },
	{ "as old as it may be", .pcr = -1, .no_measurements = true, .at = 300, .now = 300,
	  .max_age = 300, .want = HS_ATTEST_OK },
	{ "a second older", .pcr = -1, .no_measurements = true, .at = 301, .now = 301,
	  .max_age = 300, .want = HS_ATTEST_STALE },
	{ "from the future", ASKED, .at = -301, .now = -301, .want = HS_ATTEST_TIMESTAMP },
	{ "from a clock that is ahead", ASKED, .at = -300, .now = -300, .want = HS_ATTEST_OK },

	{ "its nonce", ASKED, .nonce = "a nonce", .want = HS_ATTEST_OK },
	{ "another nonce", ASKED, .nonce = "b nonce", .want = HS_ATTEST_NONCE },
	{ "a nonce that begins it", ASKED, .nonce = "a nonc", .want = HS_ATTEST_NONCE },
	{ "a nonce that it begins", ASKED, .nonce = "a nonce!", .want = HS_ATTEST_NONCE },
	{ "a nonce of another case", ASKED, .nonce = "A nonce", .want = HS_ATTEST_NONCE },
	{ "an empty nonce", ASKED, .nonce = "", .want = HS_ATTEST_NONCE },
	{ "the nonce as user data", ASKED, .user_data = "a nonce", .want = HS_ATTEST_USER_DATA },
	{ "no user data, empty ones asked for", ASKED, .user_data = "",
	  .want = HS_ATTEST_USER_DATA },
	{ "a public key", ASKED, .public_key = "k", .want = HS_ATTEST_PUBLIC_KEY },

	{ "PCR0", .max_age = -1, .pcr = 0, .byte = 1, .want = HS_ATTEST_OK },
	{ "another PCR0", .max_age = -1, .pcr = 0, .byte = 2, .want = HS_ATTEST_MEASUREMENT },
	{ "PCR4", .max_age = -1, .pcr = 4, .byte = 5, .want = HS_ATTEST_OK },
	{ "PCR3, which is zero", .max_age = -1, .pcr = 3, .byte = 1,
	  .want = HS_ATTEST_MEASUREMENT },
	{ "PCR16, which is absent", .max_age = -1, .pcr = 16, .byte = 0,
	  .want = HS_ATTEST_MEASUREMENT },
	{ "PCR32", .max_age = -1, .pcr = 32, .byte = 1, .want = HS_ATTEST_MEASUREMENT },
	{ "another PCR, content with none", .max_age = -1, .pcr = 0, .byte = 2,
	  .no_measurements = true,
	  .want = HS_ATTEST_MEASUREMENT },
};
/* clang-format on */

static struct hs_attest_field
field(const char *text)
{
	return (struct hs_attest_field){ .present = text != NULL,
		                         .bytes = text ? hs_span_of(text) : HS_SPAN("") };
}

static enum hs_attest_reason
verify(struct hs_span bytes, const struct row *row)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_attest_policy p = build_policy(&pki);
	struct hs_attest_expected expected = { .index = (unsigned)row->pcr, .from = "the test" };
	struct hs_attest_verdict v;

	p.at += row->at;
	p.now += row->now;
	p.at_timestamp = row->at_timestamp;
	p.has_max_age = row->max_age >= 0;
	p.max_age = row->max_age;
	p.nonce = field(row->nonce);
	p.user_data = field(row->user_data);
	p.public_key = field(row->public_key);
	p.no_measurements = row->no_measurements;
	p.allow_debug = row->allow_debug;
	memset(expected.value.bytes, row->byte, 48);
	expected.value.size = 48;
	p.expected = &expected;
	p.n_expected = row->pcr >= 0;
	hs_attest_verify(&v, &arena, bytes, &p);
	hs_attest_roots_release(&p.roots);
	assert_non_null(v.sentence);
	return v.reason;
}

static void
what_is_asked_for_has_to_be_there(void **state)
{
	unsigned wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const enum hs_attest_reason got = verify(hs_build_span(&genuine), &rows[i]);

		if (got == rows[i].want)
			continue;
		print_error("%s: %s, not %s\n", rows[i].name, hs_attest_reason_name(got),
		            hs_attest_reason_name(rows[i].want));
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

#define PCRS "64 70637273 a4 00 5830 "

/* In debug mode the others are as ever: a policy of PCR3, PCR4 or PCR8 alone must not pass. */
static void
debug_mode_is_refused_whatever_is_expected(void **state)
{
	static const char *const pcrs[] = {
		PCRS "00*48 01 5830 00*48 02 5830 00*48 04 5830 05*48",
		PCRS "00*48 01 5830 02*48 02 5830 03*48 04 5830 05*48",
	};
	struct row row = { .max_age = -1, .pcr = 4, .byte = 5 };

	(void)state;
	for (size_t i = 0; i < sizeof(pcrs) / sizeof(pcrs[0]); i++) {
		struct hs_build b = { 0 };

		build_genuine(&b, &pki, BUILD_PCRS, pcrs[i]);
		row.allow_debug = false;
		assert_int_equal(verify(hs_build_span(&b), &row), HS_ATTEST_DEBUG);
		row.allow_debug = true;
		assert_int_equal(verify(hs_build_span(&b), &row), HS_ATTEST_OK);
		hs_build_release(&b);
	}
}

/* The time is signed, but whoever holds an old key can sign another. */
static void
a_timestamp_outside_its_certificate_is_refused(void **state)
{
	const struct row row = { ASKED };
	struct hs_build b = { 0 };

	(void)state;
	build_genuine(&b, &pki, BUILD_TIMESTAMP, "69 74696d657374616d70 1b 0000018bcf800000");
	assert_int_equal(verify(hs_build_span(&b), &row), HS_ATTEST_TIMESTAMP);
	hs_build_release(&b);
}

static void
many_expectations_are_all_held_against_it(void **state)
{
	enum { MANY = 200 };
	RELEASED struct hs_arena arena = { 0 };
	struct hs_attest_policy p = build_policy(&pki);
	struct hs_attest_expected list[MANY];
	struct hs_attest_verdict v;

	(void)state;
	for (size_t i = 0; i < MANY; i++) {
		list[i] = (struct hs_attest_expected){ .value = { .size = 48 }, .from = "a" };
		memset(list[i].value.bytes, i + 1 == MANY ? 2 : 1, 48);
	}
	p.expected = list;
	p.n_expected = MANY;
	hs_attest_verify(&v, &arena, hs_build_span(&genuine), &p);
	assert_int_equal(v.reason, HS_ATTEST_MEASUREMENT);
	p.n_expected = MANY - 1;
	hs_attest_verify(&v, &arena, hs_build_span(&genuine), &p);
	assert_int_equal(v.reason, HS_ATTEST_OK);
	hs_attest_roots_release(&p.roots);
}

static void
every_truncation_is_refused(void **state)
{
	const struct row row = { ASKED };

	(void)state;
	for (size_t n = 0; n < genuine.len; n++) {
		const struct hs_span cut = exact_copy(hs_build_span(&genuine), n);

		assert_int_equal(verify(cut, &row), HS_ATTEST_NOT_COSE);
		free((void *)(uintptr_t)cut.at);
	}
}

/* The heads of the envelope and the signature bit by bit, of the rest every `stride`th bit: all of
 * them with HS_LONG, which scripts/test --all sets. */
static void
every_flipped_bit_is_refused(void **state)
{
	enum { HEADS = 80, STRIDE = 61 };
	const size_t n = 8 * genuine.len, stride = getenv("HS_LONG") ? 1 : STRIDE;
	const struct row row = { ASKED };
	const struct hs_span flipped = exact_copy(hs_build_span(&genuine), genuine.len);
	uint8_t *const at = (uint8_t *)(uintptr_t)flipped.at;

	(void)state;
	for (size_t i = 0; i < n; i += i < 8 * (size_t)HEADS || n - i < 8 * 4 ? 1 : stride) {
		at[i / 8] ^= (uint8_t)(1u << i % 8);
		if (verify(flipped, &row) == HS_ATTEST_OK)
			fail_msg("bit %zu of byte %zu may be flipped", i % 8, i / 8);
		at[i / 8] ^= (uint8_t)(1u << i % 8);
	}
	free(at);
}

static void
five_bytes_do_not_take_a_mebibyte(void **state)
{
	static const char *const bombs[] = {
		"9a 08000000",
		"ba 08000000",
		"5a ffffffff",
		"7a ffffffff",
		"9b ffffffffffffffff",
		"bb ffffffff",
		"84 5a ffffffff",
		"81*16000",
		"84 44a1013822 bb ffffffffffffffff",
		"d2*16000",
		"9f*16000",
		"5f*16000",
		"84 44a1013822 a0 5b ffffffffffffffff",
	};
	const struct row row = { ASKED };

	(void)state;
	for (size_t i = 0; i < sizeof(bombs) / sizeof(bombs[0]); i++) {
		struct hs_build b = { 0 };
		size_t before;

		build_parts_hex(&b, bombs[i]);
		before = mallinfo2().uordblks + mallinfo2().hblkhd;
		{
			RELEASED struct hs_arena arena = { 0 };
			struct hs_attest_policy p = { .no_measurements = true };
			struct hs_attest_verdict v;

			hs_attest_verify(&v, &arena, hs_build_span(&b), &p);
			assert_int_equal(v.reason, HS_ATTEST_NOT_COSE);
			assert_true(mallinfo2().uordblks + mallinfo2().hblkhd < before + (1 << 20));
		}
		assert_int_equal(verify(hs_build_span(&b), &row), HS_ATTEST_NOT_COSE);
		hs_build_release(&b);
	}
}

static int
set_up(void **state)
{
	(void)state;
	build_pki(&pki);
	build_genuine(&genuine, &pki, BUILD_BEFORE, NULL);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	hs_build_release(&genuine);
	build_pki_release(&pki);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_asked_for_has_to_be_there),
		cmocka_unit_test(debug_mode_is_refused_whatever_is_expected),
		cmocka_unit_test(a_timestamp_outside_its_certificate_is_refused),
		cmocka_unit_test(many_expectations_are_all_held_against_it),
		cmocka_unit_test(every_truncation_is_refused),
		cmocka_unit_test(every_flipped_bit_is_refused),
		cmocka_unit_test(five_bytes_do_not_take_a_mebibyte),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
