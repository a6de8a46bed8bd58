/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/nitro_json.h"

#include "build_certificate.h"
#include "core/capture.h"
#include "unit.h"

#include <openssl/x509.h>
#include <stdlib.h>

#define BUILD                                                                                      \
	"{\"BuildTime\":\"now\",\"BuildTool\":\"t\",\"BuildToolVersion\":\"0\","                   \
	"\"OperatingSystem\":\"Linux\",\"KernelVersion\":\"4\"}"

static struct hs_span
captured(struct hs_arena *a, struct hs_capture *made, FILE *out)
{
	struct hs_span copy;

	fclose(out);
	copy = hs_arena_copy(a, (struct hs_span){ made->bytes, made->len });
	free(made->bytes);
	return copy;
}

static struct hs_pcr
pcr_of(uint8_t byte, size_t size)
{
	struct hs_pcr pcr = { .size = size };

	memset(pcr.bytes, byte, size);
	return pcr;
}

/* "aa..." as often as a register has bytes. */
static const char *
hex_of(struct hs_arena *a, const struct hs_pcr *pcr)
{
	char hex[HS_PCR_HEX];

	return hs_arena_printf(a, "%s", hs_pcr_hex(hex, pcr));
}

static struct hs_pcrs
three_pcrs(size_t size)
{
	return (struct hs_pcrs){
		.pcr = { pcr_of(0xa0, size), pcr_of(0xa1, size), pcr_of(0xa2, size) },
	};
}

static void
measurements_are_printed_as_by_nitro_cli(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	const struct hs_pcrs pcrs = three_pcrs(48);
	const struct hs_pcr pcr8 = pcr_of(0xa8, 48);
	const struct hs_nitro_measurements m = { HS_PCR_SHA384, &pcrs, &pcr8 };
	struct hs_capture made = { .bytes = NULL };
	FILE *out = hs_capture_open(&made);

	(void)state;
	hs_nitro_print_measurements(out, &m);
	assert_span(captured(&arena, &made, out),
	            hs_arena_printf(&arena,
	                            "{\n"
	                            "  \"Measurements\": {\n"
	                            "    \"HashAlgorithm\": \"Sha512_48 { .. }\",\n"
	                            "    \"PCR0\": \"%s\",\n"
	                            "    \"PCR1\": \"%s\",\n"
	                            "    \"PCR2\": \"%s\",\n"
	                            "    \"PCR8\": \"%s\"\n"
	                            "  }\n"
	                            "}\n",
	                            hex_of(&arena, &pcrs.pcr[0]), hex_of(&arena, &pcrs.pcr[1]),
	                            hex_of(&arena, &pcrs.pcr[2]), hex_of(&arena, &pcr8)));
}

static void
measurements_of_eif_build_have_no_object_around_them(void **state)
{
	static const struct {
		enum hs_pcr_algo algo;
		size_t size;
		const char *name;
	} rows[] = {
		{ HS_PCR_SHA256, 32, "Sha256_32 { .. }" },
		{ HS_PCR_SHA384, 48, "Sha512_48 { .. }" },
		{ HS_PCR_SHA512, 64, "Sha512_64 { .. }" },
	};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct hs_arena arena RELEASED = { 0 };
		const struct hs_pcrs pcrs = three_pcrs(rows[i].size);
		const struct hs_nitro_measurements m = { rows[i].algo, &pcrs, NULL };
		struct hs_capture made = { .bytes = NULL };
		FILE *out = hs_capture_open(&made);

		hs_nitro_print_bare(out, &m);
		assert_span(captured(&arena, &made, out),
		            hs_arena_printf(&arena,
		                            "{\n"
		                            "  \"HashAlgorithm\": \"%s\",\n"
		                            "  \"PCR0\": \"%s\",\n"
		                            "  \"PCR1\": \"%s\",\n"
		                            "  \"PCR2\": \"%s\"\n"
		                            "}\n",
		                            rows[i].name, hex_of(&arena, &pcrs.pcr[0]),
		                            hex_of(&arena, &pcrs.pcr[1]),
		                            hex_of(&arena, &pcrs.pcr[2])));
	}
}

static void
one_register_is_printed_alone(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	const struct hs_pcr pcr = pcr_of(0x5a, 48);
	struct hs_capture made = { .bytes = NULL };
	FILE *out = hs_capture_open(&made);

	(void)state;
	hs_nitro_print_pcr(out, "PCR8", &pcr);
	assert_span(captured(&arena, &made, out),
	            hs_arena_printf(&arena, "{\n  \"PCR8\": \"%s\"\n}\n", hex_of(&arena, &pcr)));
}

/* What describe-eif prints behind the measurements. */
static struct hs_span
described(struct hs_arena *a, const struct hs_signature *signature, const struct hs_metadata *m)
{
	const struct hs_pcrs pcrs = three_pcrs(48);
	const struct hs_nitro_description d = {
		.version = 4,
		.measurements = { HS_PCR_SHA384, &pcrs, NULL },
		.signature = signature,
		.signature_check = true,
		.metadata = m,
	};
	struct hs_capture made = { .bytes = NULL };
	FILE *out = hs_capture_open(&made);
	struct hs_span text, head;
	struct hs_err err;

	assert_int_equal(hs_nitro_print_description(out, a, &d, &err), 0);
	text = captured(a, &made, out);
	head = hs_arena_span(a,
	                     "{\n"
	                     "  \"EifVersion\": 4,\n"
	                     "  \"Measurements\": {\n"
	                     "    \"HashAlgorithm\": \"Sha512_48 { .. }\",\n"
	                     "    \"PCR0\": \"%s\",\n"
	                     "    \"PCR1\": \"%s\",\n"
	                     "    \"PCR2\": \"%s\"\n"
	                     "  },\n",
	                     hex_of(a, &pcrs.pcr[0]), hex_of(a, &pcrs.pcr[1]),
	                     hex_of(a, &pcrs.pcr[2]));
	assert_true(hs_span_starts(text, head));
	return hs_span_from(text, head.len);
}

static void
a_description_without_metadata_ends_with_the_crc(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	const struct hs_metadata none = { .none = true };
	const char *want = "  \"IsSigned\": false,\n"
			   "  \"CheckCRC\": false\n"
			   "}\n";

	(void)state;
	assert_span(described(&arena, NULL, NULL), want);
	assert_span(described(&arena, NULL, &none), want);
}

static void
custom_metadata_stand_among_those_of_the_build(void **state)
{
	static const struct {
		const char *docker, *custom, *want;
	} rows[] = {
		{ "null", "null", "null" },
		{ "{\"b\":1,\"a\":[1e20]}", "{}",
		  "{\n"
		  "      \"a\": [\n"
		  "        1e20\n"
		  "      ],\n"
		  "      \"b\": 1\n"
		  "    }" },
		{ "0", "{\"z\":{\"y\":null},\"BuildTime\":\"never\"}",
		  "0,\n"
		  "    \"BuildTime\": \"never\",\n"
		  "    \"z\": {\n"
		  "      \"y\": null\n"
		  "    }" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_arena arena RELEASED = { 0 };
		struct hs_metadata m;
		struct hs_err err;
		const char *section = hs_arena_printf(&arena, "[\"n\\n\",\"v\"," BUILD ",%s,%s]",
		                                      rows[i].docker, rows[i].custom);

		assert_int_equal(hs_metadata_read(&m, &arena, hs_span_of(section), &err), 0);
		assert_span(described(&arena, NULL, &m),
		            hs_arena_printf(&arena,
		                            "  \"IsSigned\": false,\n"
		                            "  \"CheckCRC\": false,\n"
		                            "  \"ImageName\": \"n\\n\",\n"
		                            "  \"ImageVersion\": \"v\",\n"
		                            "  \"Metadata\": {\n"
		                            "    \"BuildTime\": \"now\",\n"
		                            "    \"BuildTool\": \"t\",\n"
		                            "    \"BuildToolVersion\": \"0\",\n"
		                            "    \"OperatingSystem\": \"Linux\",\n"
		                            "    \"KernelVersion\": \"4\",\n"
		                            "    \"DockerInfo\": %s\n"
		                            "  }\n"
		                            "}\n",
		                            rows[i].want));
	}
}

static void
custom_metadata_that_are_no_object_cannot_be_described(void **state)
{
	static const char *const rows[] = { "[]", "\"\"", "0", "true" };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_arena arena RELEASED = { 0 };
		const struct hs_pcrs pcrs = three_pcrs(48);
		struct hs_metadata m;
		const struct hs_nitro_description d = {
			.measurements = { HS_PCR_SHA384, &pcrs, NULL },
			.metadata = &m,
		};
		struct hs_capture made = { .bytes = NULL };
		FILE *out = hs_capture_open(&made);
		struct hs_err err;
		const char *section =
			hs_arena_printf(&arena, "[\"\",\"\"," BUILD ",0,%s]", rows[i]);

		assert_int_equal(hs_metadata_read(&m, &arena, hs_span_of(section), &err), 0);
		assert_int_equal(hs_nitro_print_description(out, &arena, &d, &err), HS_EFORMAT);
		assert_string_equal(err.text, "CustomMetadata is no object, which nitro-cli "
		                              "cannot describe");
		assert_span(captured(&arena, &made, out), "");
	}
}

static void
add_name(X509_NAME *name, const char *field, int type, const char *value)
{
	assert_int_equal(X509_NAME_add_entry_by_txt(name, field, type, (const unsigned char *)value,
	                                            -1, -1, 0),
	                 1);
}

/* "30:65:..." of the certificate's own signature. */
static const char *
signature_of(struct hs_arena *a, const X509 *x509)
{
	const ASN1_BIT_STRING *bits;
	const char *out = "";

	X509_get0_signature(&bits, NULL, x509);
	for (int i = 0; i < ASN1_STRING_length(bits); i++)
		out = hs_arena_printf(a, "%s%s%02X", out, i ? ":" : "",
		                      ASN1_STRING_get0_data(bits)[i]);
	return out;
}

static void
issuers_are_sorted_and_quoted_as_by_rust(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	struct hs_build der = { .at = NULL };
	struct build_certificate c = {
		.key = build_ec_key("secp384r1", "1234567"),
		.name = "x",
		.from = 1604377786,
		.until = 1919737786,
	};
	struct hs_signature signature = { .n_signatures = 1 };
	X509_NAME *name = X509_NAME_new();
	struct hs_err err;

	(void)state;
	build_certificate_der(&der, &c);
	assert_int_equal(hs_certificate_of_der(&signature.certificate, hs_build_span(&der), &err),
	                 0);
	add_name(name, "CN", MBSTRING_UTF8, "first");
	add_name(name, "ST", MBSTRING_UTF8, "W \"q\"");
	add_name(name, "O", MBSTRING_UTF8, "Ex\xc3\xa4mple, e\xcc\x81");
	add_name(name, "CN", MBSTRING_UTF8, "last");
	add_name(name, "1.2.3.4", V_ASN1_PRINTABLESTRING, "n");
	assert_int_equal(X509_set_issuer_name(signature.certificate.x509, name), 1);
	assert_span(described(&arena, &signature, NULL),
	            hs_arena_printf(&arena,
	                            "  \"IsSigned\": true,\n"
	                            "  \"SigningCertificate\": {\n"
	                            "    \"IssuerName\": {\n"
	                            "      \"1.2.3.4\": \"n\",\n"
	                            "      \"commonName\": \"last\",\n"
	                            "      \"organizationName\": \"Ex\xc3\xa4mple, "
	                            "e\\\\u{301}\",\n"
	                            "      \"stateOrProvinceName\": \"W \\\\q\\\\\"\n"
	                            "    },\n"
	                            "    \"Algorithm\": \"ecdsa-with-SHA256\",\n"
	                            "    \"NotBefore\": \"Nov  3 04:29:46 2020 GMT\",\n"
	                            "    \"NotAfter\": \"Nov  1 04:29:46 2030 GMT\",\n"
	                            "    \"Signature\": \"%s\"\n"
	                            "  },\n"
	                            "  \"CheckCRC\": false,\n"
	                            "  \"SignatureCheck\": true\n"
	                            "}\n",
	                            signature_of(&arena, signature.certificate.x509)));
	X509_NAME_free(name);
	EVP_PKEY_free(c.key);
	hs_certificate_release(&signature.certificate);
	hs_build_release(&der);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(measurements_are_printed_as_by_nitro_cli),
		cmocka_unit_test(measurements_of_eif_build_have_no_object_around_them),
		cmocka_unit_test(one_register_is_printed_alone),
		cmocka_unit_test(a_description_without_metadata_ends_with_the_crc),
		cmocka_unit_test(custom_metadata_stand_among_those_of_the_build),
		cmocka_unit_test(custom_metadata_that_are_no_object_cannot_be_described),
		cmocka_unit_test(issuers_are_sorted_and_quoted_as_by_rust),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
