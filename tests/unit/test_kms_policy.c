/* SPDX-License-Identifier: Apache-2.0 */
#include "attest/kms_policy.h"

#include "core/capture.h"
#include "unit.h"

#include <stdlib.h>

static struct hs_attest_expected
expected(unsigned index, uint8_t byte)
{
	struct hs_attest_expected e = { index, { .size = 48 }, "here" };

	memset(e.value.bytes, byte, 48);
	return e;
}

typedef int printer(FILE *out, const struct hs_kms_policy *p, struct hs_err *err);

static void
check(printer *print, const struct hs_kms_policy *p, const char *want)
{
	struct hs_capture c = { .bytes = NULL };
	FILE *out = hs_capture_open(&c);
	struct hs_err err;

	assert_int_equal(print(out, p, &err), 0);
	fclose(out);
	assert_span((struct hs_span){ (uint8_t *)c.bytes, c.len }, want);
	free(c.bytes);
}

#define HEX11 "111111111111111111111111111111111111111111111111"
#define HEX22 "222222222222222222222222222222222222222222222222"

static void
a_statement_names_its_pcrs_by_number(void **state)
{
	const struct hs_attest_expected list[] = { expected(16, 0x22), expected(0, 0x11) };
	struct hs_kms_policy p = { list, 2, "arn:aws:iam::123456789012:role/\"x\"" };

	(void)state;
	check(hs_kms_policy_print, &p,
	      "{\n"
	      "  \"Sid\": \"OnlyThisEnclave\",\n"
	      "  \"Effect\": \"Allow\",\n"
	      "  \"Principal\": {\n"
	      "    \"AWS\": \"arn:aws:iam::123456789012:role/\\\"x\\\"\"\n"
	      "  },\n"
	      "  \"Action\": \"kms:Decrypt\",\n"
	      "  \"Resource\": \"*\",\n"
	      "  \"Condition\": {\n"
	      "    \"StringEqualsIgnoreCase\": {\n"
	      "      \"kms:RecipientAttestation:ImageSha384\": \"" HEX11 HEX11 "\",\n"
	      "      \"kms:RecipientAttestation:PCR16\": \"" HEX22 HEX22 "\"\n"
	      "    }\n"
	      "  }\n"
	      "}\n");
	p.principal = NULL;
	p.n = 1;
	check(hs_kms_policy_print, &p,
	      "{\n"
	      "  \"Sid\": \"OnlyThisEnclave\",\n"
	      "  \"Effect\": \"Allow\",\n"
	      "  \"Action\": \"kms:Decrypt\",\n"
	      "  \"Resource\": \"*\",\n"
	      "  \"Condition\": {\n"
	      "    \"StringEqualsIgnoreCase\": {\n"
	      "      \"kms:RecipientAttestation:PCR16\": \"" HEX22 HEX22 "\"\n"
	      "    }\n"
	      "  }\n"
	      "}\n");
}

static void
an_expectation_is_what_nitro_cli_prints(void **state)
{
	const struct hs_attest_expected list[] = { expected(8, 0x22), expected(0, 0x11),
		                                   expected(8, 0x22) };
	const struct hs_kms_policy p = { list, 3, NULL };

	(void)state;
	check(hs_kms_policy_print_expected, &p,
	      "{\n"
	      "  \"Measurements\": {\n"
	      "    \"HashAlgorithm\": \"Sha512_48 { .. }\",\n"
	      "    \"PCR0\": \"" HEX11 HEX11 "\",\n"
	      "    \"PCR8\": \"" HEX22 HEX22 "\"\n"
	      "  }\n"
	      "}\n");
}

static void
refuses(const struct hs_kms_policy *p, const char *why)
{
	static printer *const printers[] = { hs_kms_policy_print, hs_kms_policy_print_expected };

	for (size_t i = 0; i < 2; i++) {
		struct hs_capture c = { .bytes = NULL };
		FILE *out = hs_capture_open(&c);
		struct hs_err err;

		assert_int_equal(printers[i](out, p, &err), HS_EUSAGE);
		fclose(out);
		assert_string_equal(err.text, why);
		assert_int_equal(c.len, 0);
		free(c.bytes);
	}
}

static void
what_would_let_everybody_in_is_refused(void **state)
{
	struct hs_attest_expected list[] = { expected(0, 1), expected(0, 2) };
	struct hs_kms_policy p = { list, 2, NULL };

	(void)state;
	refuses(&p, "here gives another PCR0");
	list[1] = expected(32, 1);
	refuses(&p, "there is no PCR32");
	list[1] = expected(3, 0);
	refuses(&p, "PCR3 is all zero: every enclave in debug mode would fit");
	list[1] = expected(3, 1);
	list[1].value.size = 32;
	refuses(&p, "PCR3 has 32 bytes, and that of an enclave 48");
	p.n = 0;
	refuses(&p, "there is no PCR to insist on");
}

static void
a_policy_is_loose_without_a_pcr_of_the_code(void **state)
{
	(void)state;
	for (unsigned i = 0; i < HS_ATTEST_PCRS; i++) {
		const struct hs_attest_expected list[] = { expected(8, 1), expected(i, 1) };

		assert_int_equal(hs_kms_policy_is_loose(&(struct hs_kms_policy){ list, 2, NULL }),
		                 i > 2);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_statement_names_its_pcrs_by_number),
		cmocka_unit_test(an_expectation_is_what_nitro_cli_prints),
		cmocka_unit_test(what_would_let_everybody_in_is_refused),
		cmocka_unit_test(a_policy_is_loose_without_a_pcr_of_the_code),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
