/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What somebody tries who holds a genuine document and wants another to pass:
 * other times, another nonce, another enclave, a bit less, a bit changed, and
 * inputs that ask for more memory than they have bytes.
 */
#include "attest/verdict.h"

#include "attested.h"
#include "unit.h"

#include <malloc.h>
#include <stdlib.h>

enum { HOUR = 3600 };

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
	const char *says; /* in its sentence */
};

#define ASKED .max_age = -1, .pcr = -1, .no_measurements = true

/* clang-format off */
static const struct row rows[] = {
	{ "nothing", ASKED, .want = HS_ATTEST_OK },
	{ "nothing, not even that", .max_age = -1, .pcr = -1, .want = HS_ATTEST_NOT_COMPARED,
	  .says = "genuine, but nothing was compared" },

	{ "after the leaf", ASKED, .at = 3 * HOUR, .now = 3 * HOUR, .want = HS_ATTEST_EXPIRED,
	  .says = "the document's certificate has expired at 2023-11-15T00:13:20Z" },
	{ "before the leaf", ASKED, .at = -90 * 60, .now = -90 * 60,
	  .want = HS_ATTEST_NOT_YET_VALID,
	  .says = "the document's certificate is valid from 2023-11-14T21:13:20Z" },
	{ "the last second", ASKED, .at = 2 * HOUR - 1, .now = 2 * HOUR - 1, .want = HS_ATTEST_OK },
	{ "a second later", ASKED, .at = 2 * HOUR, .now = 2 * HOUR, .want = HS_ATTEST_EXPIRED,
	  .says = "the document's certificate has expired at 2023-11-15T00:13:20Z" },
	{ "at its own time, years later", ASKED, .at_timestamp = true, .now = 9000 * HOUR,
	  .want = HS_ATTEST_OK },
	{ "at its own time, but fresh", .pcr = -1, .no_measurements = true, .at_timestamp = true,
	  .now = 9000 * HOUR, .max_age = 60, .want = HS_ATTEST_STALE,
	  .says = "it is 32400000 s old, more than 60" },
	{ "replayed within the leaf's time", .pcr = -1, .no_measurements = true, .at = HOUR,
	  .now = HOUR, .max_age = 300, .want = HS_ATTEST_STALE,
	  .says = "it is 3600 s old, more than 300" },
	{ "as old as it may be", .pcr = -1, .no_measurements = true, .at = 300, .now = 300,
	  .max_age = 300, .want = HS_ATTEST_OK },
	{ "a second older", .pcr = -1, .no_measurements = true, .at = 301, .now = 301,
	  .max_age = 300, .want = HS_ATTEST_STALE, .says = "it is 301 s old, more than 300" },
	{ "from the future", ASKED, .at = -301, .now = -301, .want = HS_ATTEST_TIMESTAMP,
	  .says = "it is 301 s from the future" },
	{ "from a clock that is ahead", ASKED, .at = -300, .now = -300, .want = HS_ATTEST_OK },

	{ "its nonce", ASKED, .nonce = "a nonce", .want = HS_ATTEST_OK },
	{ "another nonce", ASKED, .nonce = "b nonce", .want = HS_ATTEST_NONCE,
	  .says = "its nonce is another" },
	{ "a nonce that begins it", ASKED, .nonce = "a nonc", .want = HS_ATTEST_NONCE,
	  .says = "its nonce is another" },
	{ "a nonce that it begins", ASKED, .nonce = "a nonce!", .want = HS_ATTEST_NONCE,
	  .says = "its nonce is another" },
	{ "a nonce of another case", ASKED, .nonce = "A nonce", .want = HS_ATTEST_NONCE,
	  .says = "its nonce is another" },
	{ "an empty nonce", ASKED, .nonce = "", .want = HS_ATTEST_NONCE,
	  .says = "its nonce is another" },
	{ "the nonce as user data", ASKED, .user_data = "a nonce", .want = HS_ATTEST_USER_DATA,
	  .says = "it has no user_data" },
	{ "no user data, empty ones asked for", ASKED, .user_data = "",
	  .want = HS_ATTEST_USER_DATA, .says = "it has no user_data" },
	{ "a public key", ASKED, .public_key = "k", .want = HS_ATTEST_PUBLIC_KEY,
	  .says = "it has no public_key" },

	{ "PCR0", .max_age = -1, .pcr = 0, .byte = 1, .want = HS_ATTEST_OK },
	{ "another PCR0", .max_age = -1, .pcr = 0, .byte = 2, .want = HS_ATTEST_MEASUREMENT,
	  .says = "PCR0 is not that of the test" },
	{ "PCR4", .max_age = -1, .pcr = 4, .byte = 5, .want = HS_ATTEST_OK },
	{ "PCR3, which is zero", .max_age = -1, .pcr = 3, .byte = 1,
	  .want = HS_ATTEST_MEASUREMENT, .says = "PCR3 is not that of the test" },
	{ "PCR16, which is absent", .max_age = -1, .pcr = 16, .byte = 0,
	  .want = HS_ATTEST_MEASUREMENT, .says = "PCR16 is not in it" },
	{ "PCR32", .max_age = -1, .pcr = 32, .byte = 1, .want = HS_ATTEST_MEASUREMENT,
	  .says = "PCR32 is not in it" },
	{ "another PCR, content with none", .max_age = -1, .pcr = 0, .byte = 2,
	  .no_measurements = true,
	  .want = HS_ATTEST_MEASUREMENT, .says = "PCR0 is not that of the test" },
};
/* clang-format on */

static struct hs_attest_field
field(const char *text)
{
	return (struct hs_attest_field){ .present = text != NULL,
		                         .bytes = text ? hs_span_of(text) : HS_SPAN("") };
}

static struct attested
verdict(struct hs_span bytes, const struct row *row)
{
	struct hs_attest_policy p = build_policy(&attested_pki);
	struct hs_attest_expected expected = { .index = (unsigned)row->pcr, .from = "the test" };

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
	return attested_bytes(bytes, p);
}

static enum hs_attest_reason
verify(struct hs_span bytes, const struct row *row)
{
	return verdict(bytes, row).reason;
}

static void
what_is_asked_for_has_to_be_there(void **state)
{
	unsigned wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct attested got = verdict(hs_build_span(&genuine), &rows[i]);

		wrong += attested_is_wrong(rows[i].name, &got, rows[i].want, rows[i].says);
	}
	assert_int_equal(wrong, 0);
}

#define PCRS BUILD_KEY_PCRS "a4 00 5830 "

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

		build_genuine(&b, &attested_pki, BUILD_PCRS, pcrs[i]);
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
	build_genuine(&b, &attested_pki, BUILD_TIMESTAMP,
	              BUILD_KEY_TIMESTAMP "1b 0000018bcf800000");
	assert_int_equal(verify(hs_build_span(&b), &row), HS_ATTEST_TIMESTAMP);
	hs_build_release(&b);
}

static void
many_expectations_are_all_held_against_it(void **state)
{
	enum { MANY = 200 };
	RELEASED struct hs_arena arena = { 0 };
	struct hs_attest_policy p = build_policy(&attested_pki);
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
		const struct hs_span cut = hs_span_head(hs_build_span(&genuine), n);

		assert_int_equal(verify(cut, &row), HS_ATTEST_NOT_COSE);
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
	uint8_t *const at = genuine.at;

	(void)state;
	for (size_t i = 0; i < n; i += i < 8 * (size_t)HEADS || n - i < 8 * 4 ? 1 : stride) {
		at[i / 8] ^= (uint8_t)(1u << i % 8);
		if (verify(hs_build_span(&genuine), &row) == HS_ATTEST_OK)
			fail_msg("bit %zu of byte %zu may be flipped", i % 8, i / 8);
		at[i / 8] ^= (uint8_t)(1u << i % 8);
	}
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
	attested_set_up(state);
	build_genuine(&genuine, &attested_pki, BUILD_BEFORE, NULL);
	return 0;
}

static int
tear_down(void **state)
{
	hs_build_release(&genuine);
	return attested_tear_down(state);
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
