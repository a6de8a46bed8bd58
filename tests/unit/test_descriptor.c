/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "image/descriptor.h"
#include "image/image_json.h"

#define HEX32 "0123456789abcdef0123456789abcdef"
#define SHA256 "sha256:" HEX32 HEX32
#define SHA512 "sha512:" HEX32 HEX32 HEX32 HEX32
#define EMPTY256 "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static void
digest_grammar_lets_no_path_through(void **state)
{
	static const char *const good[] = { SHA256, SHA512, "blake3:x", "a.b+c_d-e:Az0=_-" };
	static const char *const bad[] = {
		"",
		":",
		"sha256",
		"sha256:",
		":abc",
		"sha256:../../etc/passwd",
		"sha256:" HEX32,
		"sha256:" HEX32 HEX32 "0",
		"sha256:" HEX32 "0123456789ABCDEF0123456789ABCDEF",
		"sha512:" HEX32 HEX32,
		"Sha256:x",
		"a..b:x",
		".a:x",
		"a.:x",
		"../x:y",
		"x:y/z",
		"x:y:z",
		"x: y",
		"x:y\n",
	};
	struct hs_digest d;
	struct hs_err err;
	uint8_t text[513];

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_int_equal(hs_digest_parse(&d, hs_span_of(good[i]), &err), 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(hs_digest_parse(&d, hs_span_of(bad[i]), &err), HS_EFORMAT);
	assert_string_equal(err.text, "\"x:y\\n\" is not a digest");
	assert_int_equal(hs_digest_parse(&d, HS_SPAN("a\0b:c"), &err), HS_EFORMAT);
	memset(text, 'x', sizeof(text));
	text[1] = ':';
	assert_int_equal(hs_digest_parse(&d, (struct hs_span){ text, 512 }, &err), 0);
	assert_int_equal(hs_digest_parse(&d, (struct hs_span){ text, 513 }, &err), HS_EFORMAT);
}

static void
digest_fits_its_bytes_only(void **state)
{
	static const char sha512[] =
		"sha512:ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
		"2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";
	struct hs_digest d;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_digest_parse(&d, HS_SPAN(EMPTY256), &err), 0);
	assert_true(hs_digest_fits(&d, HS_SPAN("")));
	assert_false(hs_digest_fits(&d, HS_SPAN("x")));
	assert_int_equal(hs_digest_parse(&d, hs_span_of(sha512), &err), 0);
	assert_true(hs_digest_fits(&d, HS_SPAN("abc")));
	assert_false(hs_digest_fits(&d, HS_SPAN("abd")));
	assert_int_equal(hs_digest_parse(&d, HS_SPAN("blake3:x"), &err), 0);
	assert_true(hs_digest_fits(&d, HS_SPAN("anything")));
}

static int
parse(struct hs_descriptor *out, struct hs_arena *a, const char *text, struct hs_err *err)
{
	json_t *json;
	int rc;

	assert_int_equal(hs_image_json_load(&json, hs_span_of(text), err), 0);
	rc = hs_descriptor_parse(out, a, json, err);
	json_decref(json);
	return rc;
}

static void
descriptor_reads_each_field(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_descriptor d;
	struct hs_err err;

	(void)state;
	assert_int_equal(parse(&d, &a,
	                       "{\"mediaType\":\"m/t\",\"digest\":\"" SHA256
	                       "\",\"size\":2,\"data\":\"e30=\","
	                       "\"artifactType\":\"a/t\",\"urls\":[\"https://"
	                       "x\"],\"platform\":{\"os\":\"linux\","
	                       "\"architecture\":\"arm\",\"variant\":\"v7\"},\"annotations\":{"
	                       "\"z\":\"1\",\"a\":\"2\","
	                       "\"org.opencontainers.image.ref.name\":\"r\",\"vnd.docker.reference."
	                       "type\":\"t\","
	                       "\"vnd.docker.reference.digest\":\"d\",\"n\":5}}",
	                       &err),
	                 0);
	assert_true(d.valid && d.foreign && d.has_data);
	assert_span(d.media_type, "m/t");
	assert_span(d.artifact_type, "a/t");
	assert_span(d.platform, "linux/arm/v7");
	assert_span(d.data, "{}");
	assert_int_equal(d.n_names, 1);
	assert_span(d.names[0], "r");
	assert_span(d.kind, "t");
	assert_span(d.reference, "d");
	assert_int_equal(d.size, 2);
	assert_int_equal(d.n_annotations, 5);
	assert_span(d.annotations[0].name, "a");
	assert_span(d.annotations[4].name, "z");
}

static void
descriptor_refuses_hostile_fields(void **state)
{
	static const char *const rows[][2] = {
		{ "[]", "a descriptor is not an object" },
		{ "{}", "a descriptor has no digest" },
		{ "{\"digest\":7}", "a descriptor has no digest" },
		{ "{\"digest\":\"x\"}", "\"x\" is not a digest" },
		{ "{\"digest\":\"x:y\"}", "a descriptor has no size" },
		{ "{\"digest\":\"x:y\",\"size\":\"1\"}", "a descriptor has no size" },
		{ "{\"digest\":\"x:y\",\"size\":1.5}", "a descriptor has the size 1.5" },
		{ "{\"digest\":\"x:y\",\"size\":1e300}", "a descriptor has the size 1e+300" },
		{ "{\"digest\":\"x:y\",\"size\":-1.0}", "a descriptor has the size -1" },
		{ "{\"digest\":\"x:y\",\"size\":-1}", "a descriptor has the size -1" },
	};
	static const char *const data[] = { "e30", "e3=0", "====", "e3 =", "e30=e30=" };
	RELEASED struct hs_arena a = { 0 };
	struct hs_descriptor d;
	struct hs_err err;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(parse(&d, &a, rows[i][0], &err), HS_EFORMAT);
		assert_string_equal(err.text, rows[i][1]);
		assert_false(d.valid);
	}
	for (size_t i = 0; i < sizeof(data) / sizeof(data[0]); i++) {
		assert_int_equal(
			parse(&d, &a,
		              hs_arena_printf(&a, "{\"digest\":\"x:y\",\"size\":1,\"data\":\"%s\"}",
		                              data[i]),
		              &err),
			HS_EFORMAT);
		assert_string_equal(err.text, "the data of x:y is not base64");
		assert_true(d.valid && !d.has_data);
	}
}

static void
descriptor_knows_foreign_layers_by_type(void **state)
{
	static const struct {
		const char *type;
		bool foreign;
	} rows[] = {
		{ "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip", true },
		{ "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", true },
		{ "application/vnd.oci.image.layer.v1.tar+gzip", false },
	};
	RELEASED struct hs_arena a = { 0 };
	struct hs_descriptor d;
	struct hs_err err;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(
			parse(&d, &a,
		              hs_arena_printf(
				      &a, "{\"mediaType\":\"%s\",\"digest\":\"x:y\",\"size\":1}",
				      rows[i].type),
		              &err),
			0);
		assert_int_equal(d.foreign, rows[i].foreign);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digest_grammar_lets_no_path_through),
		cmocka_unit_test(digest_fits_its_bytes_only),
		cmocka_unit_test(descriptor_reads_each_field),
		cmocka_unit_test(descriptor_refuses_hostile_fields),
		cmocka_unit_test(descriptor_knows_foreign_layers_by_type),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
