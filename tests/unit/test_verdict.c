/* SPDX-License-Identifier: Apache-2.0 */
#include "attest/verdict.h"

#include "shared.h"
#include "unit.h"

#include <jansson.h>
#include <stdlib.h>

/* The manifest of the genuine documents; json_decref() it. */
static json_t *
manifest(void)
{
	struct hs_build b = { 0 };
	json_t *list;

	shared_needs("vectors/attestation");
	shared_read(&b, "vectors/attestation/MANIFEST.json");
	list = json_loadb((const char *)b.at, b.len, 0, NULL);
	assert_true(json_is_array(list));
	hs_build_release(&b);
	return list;
}

static void
read_document(struct hs_build *out, const char *name)
{
	char path[200];

	snprintf(path, sizeof(path), "vectors/attestation/%s", name);
	shared_read(out, path);
}

static struct hs_attest_policy
policy_at(int64_t at)
{
	struct hs_attest_policy p = { .at = at, .now = at, .no_measurements = true };
	struct hs_err err;

	assert_int_equal(hs_attest_roots_builtin(&p.roots, "aws", &err), 0);
	return p;
}

static void
check_pcrs(const struct hs_attest_document *d, const json_t *row)
{
	for (unsigned i = 0; i < HS_ATTEST_PCRS; i++) {
		char key[4], hex[HS_PCR_HEX];
		const char *want;

		snprintf(key, sizeof(key), "%u", i);
		want = json_string_value(
			json_object_get(json_object_get(row, "pcrs_nonzero"), key));
		if (want)
			assert_string_equal(hs_pcr_hex(hex, &d->pcrs[i]), want);
		else
			assert_true(hs_span_is_zero((struct hs_span){ d->pcrs[i].bytes, 48 }));
	}
}

static void
genuine_documents_hold_at_their_own_time(void **state)
{
	json_t *list = manifest(), *row;
	size_t i;

	(void)state;
	json_array_foreach(list, i, row) {
		const char *name = json_string_value(json_object_get(row, "file"));
		struct hs_attest_policy p = policy_at(0);
		struct hs_arena a = { 0 };
		struct hs_build b = { 0 };
		struct hs_attest_verdict v;

		read_document(&b, name);
		p.at_timestamp = true;
		p.allow_debug = true;
		p.now = INT64_C(1800000000);
		hs_attest_verify(&v, &a, hs_build_span(&b), &p);
		if (v.reason)
			print_message("%s: %s\n", name, v.sentence);
		assert_int_equal(v.reason, HS_ATTEST_OK);
		assert_true(v.genuine);
		check_pcrs(&v.document, row);
		p.allow_debug = false;
		hs_attest_verify(&v, &a, hs_build_span(&b), &p);
		assert_int_equal(v.reason, strstr(name, "DEBUG") ? HS_ATTEST_DEBUG : HS_ATTEST_OK);
		hs_attest_roots_release(&p.roots);
		hs_arena_release(&a);
		hs_build_release(&b);
	}
	json_decref(list);
}

/* At another time a certificate does not hold, and it is told which. */
static void
genuine_documents_do_not_hold_at_another_time(void **state)
{
	const struct {
		int64_t after; /* the timestamp, in seconds */
		enum hs_attest_reason reason;
		const char *who;
	} rows[] = {
		{ 4 * 3600, HS_ATTEST_EXPIRED, "the document's certificate" },
		{ -4 * 3600, HS_ATTEST_NOT_YET_VALID, NULL },
		{ INT64_C(10) * 365 * 86400, HS_ATTEST_EXPIRED, "CA certificate 1 of 3" },
	};
	json_t *list = manifest(), *row;
	size_t i;

	(void)state;
	json_array_foreach(list, i, row) {
		const int64_t stamp =
			json_integer_value(json_object_get(row, "timestamp_ms")) / 1000;
		struct hs_arena a = { 0 };
		struct hs_build b = { 0 };

		read_document(&b, json_string_value(json_object_get(row, "file")));
		for (size_t k = 0; k < sizeof(rows) / sizeof(rows[0]); k++) {
			struct hs_attest_policy p = policy_at(stamp + rows[k].after);
			struct hs_attest_verdict v;

			hs_attest_verify(&v, &a, hs_build_span(&b), &p);
			assert_int_equal(v.reason, rows[k].reason);
			if (rows[k].who)
				assert_non_null(strstr(v.sentence, rows[k].who));
			assert_false(v.genuine);
			hs_attest_roots_release(&p.roots);
		}
		hs_arena_release(&a);
		hs_build_release(&b);
	}
	json_decref(list);
}

static void
forgeries_are_refused_each_for_its_own_reason(void **state)
{
	static const struct {
		const char *name;
		enum hs_attest_reason reason;
	} rows[] = {
		{ "bad_cose_signature_veracruz.cbor", HS_ATTEST_SIGNATURE },
		{ "corrupt_missing_3_bytes_base.cbor", HS_ATTEST_NOT_COSE },
		{ "forged_root_in_cabundle1_SELFMADE.cbor", HS_ATTEST_CHAIN },
		{ "prefix4_trailing151_dstack.bin", HS_ATTEST_NOT_COSE },
		{ "selfsigned_nulls_blocky.cbor", HS_ATTEST_NOT_COSE },
		{ "wrong_root_mock_marlin.cbor", HS_ATTEST_ROOT },
		{ "wrong_root_mock_pcr16_marlin.cbor", HS_ATTEST_ROOT },
	};

	(void)state;
	shared_needs("vectors/attestation/negative");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_attest_policy p = policy_at(0);
		struct hs_arena a = { 0 };
		struct hs_build b = { 0 };
		struct hs_attest_verdict v;
		char name[120];

		snprintf(name, sizeof(name), "negative/%s", rows[i].name);
		read_document(&b, name);
		p.at_timestamp = true;
		hs_attest_verify(&v, &a, hs_build_span(&b), &p);
		if (v.reason != rows[i].reason)
			print_message("%s: %s: %s\n", name, hs_attest_reason_name(v.reason),
			              v.sentence);
		assert_int_equal(v.reason, rows[i].reason);
		assert_false(v.genuine);
		hs_attest_roots_release(&p.roots);
		hs_arena_release(&a);
		hs_build_release(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(genuine_documents_hold_at_their_own_time),
		cmocka_unit_test(genuine_documents_do_not_hold_at_another_time),
		cmocka_unit_test(forgeries_are_refused_each_for_its_own_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
