/* SPDX-License-Identifier: Apache-2.0 */
#include "attest/nsm.h"

#include "build_certificate.h"
#include "unit.h"

#include <stdlib.h>

/* A module that has one answer, and keeps the last request. */
struct fake {
	struct hs_build request;
	struct hs_span answer;
};

static int
exchange(void *ctx, uint8_t *response, size_t *n, struct hs_span request, struct hs_err *err)
{
	struct fake *f = ctx;

	(void)err;
	assert_true(request.len <= HS_NSM_MAX_REQUEST && f->answer.len <= *n);
	hs_build_release(&f->request);
	f->request = (struct hs_build){ 0 };
	hs_build_put(&f->request, request);
	if (f->answer.len)
		memcpy(response, f->answer.at, f->answer.len);
	*n = f->answer.len;
	return 0;
}

/* One of everything that can be asked. */
enum ask { DESCRIBE, PCR, EXTEND, LOCK, LOCK_RANGE, RANDOM, ATTEST, N_ASKS };

static int
ask(enum ask what, struct hs_arena *a, struct fake *f, unsigned n, struct hs_err *err)
{
	const struct hs_nsm nsm = { exchange, f };
	const struct hs_nsm_extension e = { n, HS_SPAN("\x01\x02\x03") };
	const struct hs_nsm_attestation none = { NULL, NULL, NULL };
	struct hs_nsm_description d;
	struct hs_nsm_pcr pcr;
	struct hs_span out;

	switch (what) {
	case DESCRIBE:
		return hs_nsm_describe(&d, a, &nsm, err);
	case PCR:
		return hs_nsm_pcr(&pcr, a, &nsm, n, err);
	case EXTEND:
		return hs_nsm_extend(&out, a, &nsm, &e, err);
	case LOCK:
		return hs_nsm_lock(a, &nsm, n, err);
	case LOCK_RANGE:
		return hs_nsm_lock_range(a, &nsm, n, err);
	case RANDOM:
		return hs_nsm_random(&out, a, &nsm, err);
	default:
		return hs_nsm_attest(&out, a, &nsm, &none, err);
	}
}

/* Hex of "DescribeNSM" and the like with their heads. */
#define DESCRIBE_NSM "6b44657363726962654e534d"
#define DESCRIBE_PCR "6b4465736372696265504352"
#define EXTEND_PCR "69457874656e64504352"
#define LOCK_PCR "674c6f636b504352"
#define LOCK_PCRS "684c6f636b50435273"
#define GET_RANDOM "6947657452616e646f6d"
#define ATTESTATION "6b4174746573746174696f6e"
#define INDEX "65696e646578"
#define DATA "6464617461"

static void
requests_are_the_bytes_of_aws(void **state)
{
	static const struct {
		enum ask what;
		unsigned n;
		const char *hex;
	} rows[] = {
		{ DESCRIBE, 0, DESCRIBE_NSM },
		{ RANDOM, 0, GET_RANDOM },
		{ PCR, 0, "a1" DESCRIBE_PCR "a1" INDEX "00" },
		{ PCR, 31, "a1" DESCRIBE_PCR "a1" INDEX "181f" },
		{ EXTEND, 16, "a1" EXTEND_PCR "a2" INDEX "10" DATA "43010203" },
		{ LOCK, 16, "a1" LOCK_PCR "a1" INDEX "10" },
		{ LOCK_RANGE, 32, "a1" LOCK_PCRS "a16572616e67651820" },
		{ ATTEST, 0,
		  "a1" ATTESTATION "a369757365725f64617461f6656e6f6e6365f6"
		  "6a7075626c69635f6b6579f6" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena a = { 0 };
		struct fake f = { .answer = HS_SPAN("") };
		struct hs_build want = { 0 };
		struct hs_err err;

		assert_int_equal(ask(rows[i].what, &a, &f, rows[i].n, &err), HS_EFORMAT);
		build_hex(&want, rows[i].hex);
		assert_true(hs_span_equal(hs_build_span(&f.request), hs_build_span(&want)));
		hs_build_release(&want);
		hs_build_release(&f.request);
	}
}

static void
a_request_of_three_fields_of_1024_bytes_has_3122(void **state)
{
	static const uint8_t bytes[3000];
	RELEASED struct hs_arena a = { 0 };
	struct fake f = { .answer = HS_SPAN("") };
	const struct hs_nsm nsm = { exchange, &f };
	const struct hs_span field = { bytes, 1024 }, large = { bytes, sizeof(bytes) };
	struct hs_span out;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_nsm_attest(&out, &a, &nsm,
	                               &(struct hs_nsm_attestation){ &field, &field, &field },
	                               &err),
	                 HS_EFORMAT);
	assert_int_equal(f.request.len, 3122);
	assert_int_equal(hs_nsm_attest(&out, &a, &nsm,
	                               &(struct hs_nsm_attestation){ &large, &large, NULL }, &err),
	                 HS_EUSAGE);
	assert_string_equal(err.text,
	                    "the request has 6048 bytes, and the security module takes 4096");
	hs_build_release(&f.request);
}

#define X8 "0102030405060708"
#define VALUE "5830" X8 X8 X8 X8 X8 X8
#define LOCK_FIELD "646c6f636b"

/* One good answer to each. */
static const char *const good[N_ASKS] = {
	[DESCRIBE] = "a1" DESCRIBE_NSM "a7"
		     "6d76657273696f6e5f6d616a6f7201" /* version_major */
		     "6d76657273696f6e5f6d696e6f7202"
		     "6d76657273696f6e5f706174636803"
		     "696d6f64756c655f696463616263" /* module_id */
		     "686d61785f706372731820"       /* max_pcrs */
		     "6b6c6f636b65645f7063727383000f1819"
		     "66646967657374"
		     "66534841333834",
	[PCR] = "a1" DESCRIBE_PCR "a2" LOCK_FIELD "f5" DATA VALUE,
	[EXTEND] = "a1" EXTEND_PCR "a1" DATA VALUE,
	[LOCK] = LOCK_PCR,
	[LOCK_RANGE] = LOCK_PCRS,
	[RANDOM] = "a1" GET_RANDOM "a16672616e646f6d43010203",
	[ATTEST] = "a1" ATTESTATION "a168646f63756d656e7443846162",
};

static void
answers_are_read(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct fake f = { .answer = HS_SPAN("") };
	const struct hs_nsm nsm = { exchange, &f };
	struct hs_build b[N_ASKS] = { { 0 } };
	struct hs_nsm_description d;
	struct hs_nsm_pcr pcr;
	struct hs_span out;
	struct hs_err err;

	(void)state;
	for (int i = 0; i < N_ASKS; i++)
		build_hex(&b[i], good[i]);
	f.answer = hs_build_span(&b[DESCRIBE]);
	assert_int_equal(hs_nsm_describe(&d, &a, &nsm, &err), 0);
	assert_int_equal(d.version[0] * 100 + d.version[1] * 10 + d.version[2], 123);
	assert_span(d.module_id, "abc");
	assert_span(d.digest, "SHA384");
	assert_int_equal(d.max_pcrs, 32);
	assert_int_equal(d.n_locked, 3);
	assert_int_equal(d.locked[2], 25);
	f.answer = hs_build_span(&b[PCR]);
	assert_int_equal(hs_nsm_pcr(&pcr, &a, &nsm, 0, &err), 0);
	assert_true(pcr.locked);
	assert_int_equal(pcr.value.len, 48);
	f.answer = hs_build_span(&b[RANDOM]);
	assert_int_equal(hs_nsm_random(&out, &a, &nsm, &err), 0);
	assert_span(out, "\x01\x02\x03");
	f.answer = hs_build_span(&b[ATTEST]);
	assert_int_equal(hs_nsm_attest(&out, &a, &nsm,
	                               &(struct hs_nsm_attestation){ NULL, NULL, NULL }, &err),
	                 0);
	assert_span(out, "\x84"
	                 "ab");
	for (int i = 0; i < N_ASKS; i++)
		hs_build_release(&b[i]);
	hs_build_release(&f.request);
}

static void
every_truncation_is_refused_and_each_flip_survived(void **state)
{
	(void)state;
	for (int what = 0; what < N_ASKS; what++) {
		struct hs_build b = { 0 };

		build_hex(&b, good[what]);
		for (size_t len = 0; len <= b.len; len++) {
			RELEASED struct hs_arena a = { 0 };
			struct fake f = { .answer = exact_copy(hs_build_span(&b), len) };
			struct hs_err err;
			const int rc = ask((enum ask)what, &a, &f, 16, &err);

			assert_int_equal(rc, len < b.len ? HS_EFORMAT : 0);
			hs_build_release(&f.request);
			free((void *)(uintptr_t)f.answer.at);
		}
		for (size_t bit = 0; bit < 8 * b.len; bit++) {
			RELEASED struct hs_arena a = { 0 };
			struct fake f = { .answer = hs_build_span(&b) };
			struct hs_err err;

			b.at[bit / 8] ^= (uint8_t)(1u << bit % 8);
			ask((enum ask)what, &a, &f, 16, &err);
			b.at[bit / 8] ^= (uint8_t)(1u << bit % 8);
			hs_build_release(&f.request);
		}
		hs_build_release(&b);
	}
}

static void
what_is_no_answer_is_refused(void **state)
{
#define ANSWER "the security module's answer: "
	static const struct {
		enum ask what;
		const char *hex;
		int code;
		const char *why;
	} rows[] = {
		{ PCR, "a1654572726f726c496e76616c6964496e646578", HS_EIO,
		  "the security module refuses DescribePCR: InvalidIndex" },
		{ LOCK, "a1654572726f726d526561644f6e6c79496e646578", HS_EIO,
		  "the security module refuses LockPCR: ReadOnlyIndex" },
		{ PCR, "a1654572726f72411b", HS_EFORMAT,
		  ANSWER "the error at byte 7 is a byte string where a text should be" },
		{ PCR, "a1654572726f72611b", HS_EIO,
		  "the security module refuses DescribePCR: \\x1b" },
		{ PCR, GET_RANDOM, HS_EFORMAT, ANSWER "the answer is no response to DescribePCR" },
		{ PCR, "a0", HS_EFORMAT, ANSWER "the answer is no response to DescribePCR" },
		{ PCR, "bf" GET_RANDOM "00ff", HS_EFORMAT,
		  ANSWER "the answer is no response to DescribePCR" },
		{ PCR, "a1" GET_RANDOM "00", HS_EFORMAT,
		  ANSWER "the answer to DescribePCR is GetRandom" },
		{ LOCK, LOCK_PCRS, HS_EFORMAT, ANSWER "the answer is no response to LockPCR" },
		{ LOCK, LOCK_PCR "00", HS_EFORMAT, ANSWER "1 bytes are behind the response" },
		{ LOCK, "a1" LOCK_PCR "a0", HS_EFORMAT, ANSWER "LockPCR is answered with fields" },
		{ PCR, "a1" DESCRIBE_PCR "a0", HS_EFORMAT, ANSWER "there is no lock" },
		{ PCR, "a1" DESCRIBE_PCR "80", HS_EFORMAT,
		  ANSWER "the response at byte 13 is an array where a map should be" },
		{ PCR, "a1" DESCRIBE_PCR "a2" LOCK_FIELD "f5" LOCK_FIELD "f5", HS_EFORMAT,
		  ANSWER "lock is there twice" },
		{ PCR, "a1" DESCRIBE_PCR "a2" LOCK_FIELD "f6" DATA VALUE, HS_EFORMAT,
		  ANSWER "lock is neither true nor false" },
		{ PCR, "a1" DESCRIBE_PCR "a2" LOCK_FIELD "f5" DATA "42abcd", HS_EFORMAT,
		  ANSWER "a PCR has 2 bytes" },
		{ EXTEND, "a1" EXTEND_PCR "a1" DATA "40", HS_EFORMAT, ANSWER "a PCR has 0 bytes" },
		{ RANDOM, "a1" GET_RANDOM "a16672616e646f6d40", HS_EFORMAT,
		  ANSWER "random is empty" },
		{ ATTEST, "a1" ATTESTATION "a168646f63756d656e7440", HS_EFORMAT,
		  ANSWER "document is empty" },
		{ DESCRIBE, "a1" DESCRIBE_NSM "a16b6c6f636b65645f70637273811a00010000", HS_EFORMAT,
		  ANSWER "PCR65536 cannot be locked" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena a = { 0 };
		struct hs_build b = { 0 };
		struct fake f = { .answer = HS_SPAN("") };
		struct hs_err err;

		build_hex(&b, rows[i].hex);
		f.answer = hs_build_span(&b);
		assert_int_equal(ask(rows[i].what, &a, &f, 16, &err), rows[i].code);
		assert_string_equal(err.text, rows[i].why);
		hs_build_release(&b);
		hs_build_release(&f.request);
	}
}

/* Newer modules may say more; the order of fields is nobody's promise. */
static void
fields_in_another_order_and_unknown_ones_are_taken(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_build b = { 0 };
	struct fake f = { .answer = HS_SPAN("") };
	struct hs_err err;

	(void)state;
	build_hex(&b, "a1" DESCRIBE_PCR "a3" DATA VALUE "616fa1018102" LOCK_FIELD "f4");
	f.answer = hs_build_span(&b);
	assert_int_equal(ask(PCR, &a, &f, 16, &err), 0);
	hs_build_release(&b);
	hs_build_release(&f.request);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests_are_the_bytes_of_aws),
		cmocka_unit_test(a_request_of_three_fields_of_1024_bytes_has_3122),
		cmocka_unit_test(answers_are_read),
		cmocka_unit_test(every_truncation_is_refused_and_each_flip_survived),
		cmocka_unit_test(what_is_no_answer_is_refused),
		cmocka_unit_test(fields_in_another_order_and_unknown_ones_are_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
