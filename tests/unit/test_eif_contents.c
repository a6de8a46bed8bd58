/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/eif_contents.h"

#include "build_certificate.h"
#include "build_eif.h"
#include "enclave/signing_key.h"
#include "unit.h"

#include <malloc.h>
#include <stdlib.h>

static int
read_file(struct hs_eif_contents *c, struct hs_arena *a, struct hs_span file, struct hs_err *err)
{
	struct hs_run run;
	int rc;

	start_run(&run, 2);
	rc = hs_eif_contents_read(c, a, &run, file, err);
	hs_run_release(&run);
	return rc;
}

/* A certificate in PEM and a signature section that it makes over that PCR0. */
struct signed_by {
	struct hs_build pem;
	struct build_certificate certificate;
	struct hs_certificate read;
};

static void
setup_signer(struct signed_by *s, const char *name, const char *key)
{
	struct hs_err err;

	*s = (struct signed_by){
		.certificate = { build_ec_key("secp384r1", key), name, 1600000000, 1900000000, 0 },
	};
	build_certificate_pem(&s->pem, &s->certificate);
	assert_int_equal(hs_certificate_of_pem(&s->read, hs_build_span(&s->pem), &err), 0);
}

static void
release_signer(struct signed_by *s)
{
	EVP_PKEY_free(s->certificate.key);
	hs_certificate_release(&s->read);
	hs_build_release(&s->pem);
}

static struct hs_span
sign(struct hs_arena *a, struct signed_by *s, const struct hs_pcr *pcr0)
{
	struct hs_signing_key key = { .key = s->certificate.key };
	const struct hs_signature_by by = { hs_build_span(&s->pem), hs_signing_key_signer(&key) };
	struct hs_span section;
	struct hs_err err;

	assert_int_equal(hs_signature_make(&section, a, &by, pcr0, &err), 0);
	return section;
}

/* kernel "k", cmdline "c", ramdisk "r" and more sections behind them. */
static struct hs_span
small(struct hs_arena *a, const struct hs_span *more, const unsigned *types, size_t n)
{
	struct build_eif b = { .out.arena = a };

	build_eif_add(&b, HS_EIF_KERNEL, HS_SPAN("k"));
	build_eif_add(&b, HS_EIF_CMDLINE, HS_SPAN("c"));
	build_eif_add(&b, HS_EIF_RAMDISK, HS_SPAN("r"));
	for (size_t i = 0; i < n; i++)
		build_eif_add(&b, types[i], more[i]);
	return build_eif_end(&b);
}

static void
contents_of_an_unsigned_image_are_all_good(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	struct hs_eif_contents c;
	struct hs_err err;

	(void)state;
	assert_int_equal(read_file(&c, &arena, build_eif_usual(&arena, "x"), &err), 0);
	assert_int_equal(hs_eif_contents_check(&c, false, &err), 0);
	assert_true(c.aws_crc);
	assert_false(c.is_signed);
	assert_false(c.has_pcr8);
	assert_true(c.has_metadata);
	assert_int_equal(c.metadata_err.code, 0);
	assert_true(c.metadata.image_name.len > 0);
	hs_eif_contents_release(&c);
}

static void
contents_of_a_signed_image_are_verified(void **state)
{
	static const unsigned types[] = { HS_EIF_METADATA, HS_EIF_SIGNATURE };
	struct hs_arena arena RELEASED = { 0 };
	struct signed_by s;
	struct hs_eif_contents c;
	struct hs_pcr pcr0 = hs_pcr_of_bytes(HS_SPAN("kcr"), HS_PCR_SHA384), pcr8;
	struct hs_span more[2] = { build_eif_metadata };
	struct hs_err err;

	(void)state;
	setup_signer(&s, "one", "1234567");
	for (int changed = 0; changed < 2; changed++) {
		pcr0.bytes[0] ^= (uint8_t)changed;
		more[1] = sign(&arena, &s, &pcr0);
		assert_int_equal(read_file(&c, &arena, small(&arena, more, types, 2), &err), 0);
		assert_int_equal(hs_eif_contents_check(&c, false, &err), 0);
		assert_true(c.is_signed);
		assert_true(c.verdict.genuine);
		assert_int_equal(c.verdict.covers, !changed);
		pcr8 = hs_pcr_of_bytes(s.read.der, HS_PCR_SHA384);
		assert_true(c.has_pcr8);
		assert_true(hs_pcr_equal(&c.pcr8, &pcr8));
		hs_eif_contents_release(&c);
	}
	release_signer(&s);
}

/* AWS's reader takes the last of several, and hashes the certificates of all. */
static void
the_last_of_several_sections_counts(void **state)
{
	static const unsigned types[] = { HS_EIF_METADATA, HS_EIF_METADATA, HS_EIF_SIGNATURE,
		                          HS_EIF_SIGNATURE };
	const struct hs_pcr pcr0 = hs_pcr_of_bytes(HS_SPAN("kcr"), HS_PCR_SHA384);
	struct hs_arena arena RELEASED = { 0 };
	struct signed_by one, two;
	struct hs_eif_contents c;
	struct hs_pcr pcr8;
	struct hs_err err;

	(void)state;
	setup_signer(&one, "one", "1234567");
	setup_signer(&two, "two", "7654321");
	assert_int_equal(read_file(&c, &arena,
	                           small(&arena,
	                                 (struct hs_span[]){ build_eif_metadata, HS_SPAN("null"),
	                                                     sign(&arena, &one, &pcr0),
	                                                     sign(&arena, &two, &pcr0) },
	                                 types, 4),
	                           &err),
	                 0);
	assert_int_equal(hs_eif_contents_check(&c, true, &err), 0);
	assert_int_equal(hs_eif_contents_check(&c, false, &err), HS_EFORMAT);
	assert_true(c.metadata.none);
	assert_true(hs_span_equal(c.signature.pem, hs_build_span(&two.pem)));
	pcr8 = hs_pcr_of_bytes(hs_arena_join(&arena, one.read.der, two.read.der), HS_PCR_SHA384);
	assert_true(hs_pcr_equal(&c.pcr8, &pcr8));
	hs_eif_contents_release(&c);
	release_signer(&one);
	release_signer(&two);
}

static void
what_cannot_be_read_is_told_in_the_order_of_the_file(void **state)
{
	const struct {
		unsigned types[2];
		struct hs_span more[2];
		const char *want;
	} rows[] = {
		{ { HS_EIF_METADATA, HS_EIF_SIGNATURE },
		  { HS_SPAN("{}"), HS_SPAN("\x80") },
		  "metadata: the member ImageName is missing" },
		{ { HS_EIF_SIGNATURE, HS_EIF_METADATA },
		  { HS_SPAN("\x80"), HS_SPAN("{}") },
		  "signature: the signature section holds no signature" },
		{ { HS_EIF_METADATA, HS_EIF_SIGNATURE },
		  { HS_SPAN("null"), HS_SPAN("\x80") },
		  "signature: the signature section holds no signature" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_arena arena RELEASED = { 0 };
		struct hs_eif_contents c;
		struct hs_err err;

		assert_int_equal(
			read_file(&c, &arena, small(&arena, rows[i].more, rows[i].types, 2), &err),
			0);
		assert_int_equal(hs_eif_contents_check(&c, true, &err), HS_EFORMAT);
		assert_string_equal(err.text, rows[i].want);
		assert_false(c.verdict.genuine);
		hs_eif_contents_release(&c);
	}
}

/* Too few bytes for a section at the end, which the sum of AWS's reader does not cover. */
static void
aws_passes_over_a_few_bytes_at_the_end(void **state)
{
	for (size_t n = 0; n < 14; n++) {
		struct hs_arena arena RELEASED = { 0 };
		const struct hs_span whole = build_eif_usual(&arena, "x");
		const struct hs_span file =
			hs_arena_join(&arena, whole, hs_span_head(HS_SPAN("00000000000000"), n));
		struct hs_eif_contents c;
		struct hs_err err;

		(void)state;
		assert_int_equal(read_file(&c, &arena, file, &err), 0);
		assert_int_equal(c.aws_crc, n < HS_EIF_SECTION_HEADER);
		assert_int_equal(hs_eif_contents_check(&c, false, &err), n ? HS_EFORMAT : 0);
		assert_int_equal(hs_eif_contents_check(&c, true, &err),
		                 n < HS_EIF_SECTION_HEADER ? 0 : HS_EFORMAT);
		hs_eif_contents_release(&c);
	}
}

static void
every_cut_of_a_file_is_told(void **state)
{
	struct hs_arena keep RELEASED = { 0 };
	const struct hs_span whole = build_eif_usual(&keep, "x");

	(void)state;
	for (size_t len = 0; len < whole.len; len++) {
		struct hs_arena arena RELEASED = { 0 };
		const struct hs_span cut = exact_copy(whole, len);
		struct hs_eif_contents c;
		struct hs_err err;

		if (read_file(&c, &arena, cut, &err) == 0)
			assert_int_not_equal(hs_eif_contents_check(&c, false, &err), 0);
		else
			assert_true(len < HS_EIF_HEADER);
		hs_eif_contents_release(&c);
		free((void *)(uintptr_t)cut.at);
	}
}

/* Whatever one byte says, it is told or makes no difference but to the CRC. */
static void
every_changed_byte_gives_an_answer(void **state)
{
	enum { FIRST = 700 };
	struct hs_arena keep RELEASED = { 0 };
	const struct hs_span whole = build_eif_usual(&keep, "x");

	(void)state;
	assert_true(whole.len > FIRST);
	for (size_t at = 0; at < 2 * FIRST; at++) {
		struct hs_arena arena RELEASED = { 0 };
		const struct hs_span file = exact_copy(whole, whole.len);
		struct hs_eif_contents c;
		struct hs_err err;

		((uint8_t *)(uintptr_t)file.at)[at / 2] ^= at % 2 ? 0xff : 0x01;
		assert_int_equal(read_file(&c, &arena, file, &err), 0);
		assert_int_equal(hs_eif_contents_check(&c, false, &err), HS_EFORMAT);
		hs_eif_contents_release(&c);
		free((void *)(uintptr_t)file.at);
	}
}

static void
sections_feed_the_registers_of_their_type(void **state)
{
	const struct {
		struct hs_eif_section section;
		unsigned feeds;
	} rows[] = {
		{ { .type = HS_EIF_KERNEL, .ordinal = 2 }, 3 },
		{ { .type = HS_EIF_CMDLINE, .ordinal = 1 }, 3 },
		{ { .type = HS_EIF_RAMDISK, .ordinal = 1 }, 3 },
		{ { .type = HS_EIF_RAMDISK, .ordinal = 3 }, 5 },
		{ { .type = HS_EIF_METADATA, .ordinal = 1 }, 0 },
		{ { .type = HS_EIF_SIGNATURE, .ordinal = 1 }, 0 },
		{ { .type = HS_EIF_INVALID, .ordinal = 1 }, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(hs_eif_section_feeds(&rows[i].section), rows[i].feeds);
}

/* Metadata made of values that take many times their bytes in memory. */
static struct hs_span
metadata_of_many_values(struct hs_arena *a)
{
	enum { VALUES = 50000 };
	const struct hs_span whole = build_eif_metadata, tail = HS_SPAN("null}");
	char *values = hs_arena_alloc(a, 2 * VALUES + 2);

	assert_true(hs_span_ends(whole, tail));
	for (size_t i = 0; i < VALUES; i++)
		memcpy(values + 2 * i, i ? ",0" : "[0", 2);
	memcpy(values + 2 * VALUES, "]}", 2);
	return hs_arena_join(a, hs_span_head(whole, whole.len - tail.len),
	                     (struct hs_span){ (uint8_t *)values, 2 * VALUES + 2 });
}

static size_t
bytes_in_use(void)
{
	const struct mallinfo2 info = mallinfo2();

	return info.uordblks + info.hblkhd;
}

static void
only_the_last_of_many_metadata_stays_in_memory(void **state)
{
	enum { SECTIONS = 20 };
	struct hs_arena built RELEASED = { 0 };
	const struct hs_span values = metadata_of_many_values(&built);
	struct hs_span more[SECTIONS];
	unsigned types[SECTIONS];
	size_t one = 0;

	(void)state;
	for (size_t i = 0; i < SECTIONS; i++) {
		more[i] = values;
		types[i] = HS_EIF_METADATA;
	}
	for (size_t n = 1; n <= SECTIONS; n += SECTIONS - 1) {
		const struct hs_span file = small(&built, more, types, n);
		struct hs_arena arena = { 0 };
		const size_t before = bytes_in_use();
		struct hs_eif_contents c;
		struct hs_err err;

		assert_int_equal(read_file(&c, &arena, file, &err), 0);
		assert_int_equal(c.metadata.custom_metadata->of.n, 50000);
		if (n == 1)
			one = bytes_in_use() - before;
		else
			assert_true(bytes_in_use() - before <= 2 * one + 1024 * 1024);
		hs_eif_contents_release(&c);
		hs_arena_release(&arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(contents_of_an_unsigned_image_are_all_good),
		cmocka_unit_test(contents_of_a_signed_image_are_verified),
		cmocka_unit_test(the_last_of_several_sections_counts),
		cmocka_unit_test(what_cannot_be_read_is_told_in_the_order_of_the_file),
		cmocka_unit_test(aws_passes_over_a_few_bytes_at_the_end),
		cmocka_unit_test(every_cut_of_a_file_is_told),
		cmocka_unit_test(every_changed_byte_gives_an_answer),
		cmocka_unit_test(sections_feed_the_registers_of_their_type),
		cmocka_unit_test(only_the_last_of_many_metadata_stays_in_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
