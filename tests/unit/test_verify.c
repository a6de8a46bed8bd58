/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_oci.h"
#include "build_stream.h"
#include "core/hash.h"

static const char *const one_layer[] = { "layer", NULL };

/* The listing of an image whose manifest has that config descriptor, beside the file it names. */
static const char *
listing(struct oci *o, const char *config)
{
	struct hs_err err;

	oci_index(o,
	          oci_blob(o, OCI_MANIFEST,
	                   hs_arena_span(&o->arena, "{\"config\":%s,\"layers\":[]}", config), ""));
	assert_int_equal(oci_arrange(o, &err), 0);
	return oci_listing(o);
}

static void
verify_has_its_own_words_for_each_lie(void **state)
{
	const struct hs_span config = HS_SPAN("{}");
	struct oci o;

	(void)state;
	oci_begin(&o);
	(void)oci_blob(&o, OCI_CONFIG, config, "");
	assert_non_null(
		strstr(listing(&o, hs_arena_printf(&o.arena, "{\"digest\":\"%s\",\"size\":3}",
	                                           oci_digest(&o, config))),
	               "config ! it is 2 bytes long, its descriptor says 3\n"));
	assert_non_null(strstr(oci_facts(&o, "config"), "descriptor size: 3\n"));
	oci_end(&o);

	oci_begin(&o);
	assert_non_null(strstr(listing(&o, oci_blob(&o, OCI_CONFIG, config, ",\"data\":\"e30=\"")),
	                       "config\n"));
	oci_end(&o);

	oci_begin(&o);
	assert_non_null(strstr(listing(&o, oci_blob(&o, OCI_CONFIG, config, ",\"data\":\"W10=\"")),
	                       "config ! the data in its descriptor is not its content\n"));
	oci_end(&o);

	oci_begin(&o);
	oci_file(&o, hs_arena_printf(&o.arena, "blobs/sha256/%s", oci_digest(&o, config) + 7),
	         HS_SPAN("[]"));
	assert_non_null(strstr(
		listing(&o, oci_descriptor(&o, OCI_CONFIG, config, "")),
		hs_arena_printf(
			&o.arena,
			"config ! it is not an object; its content is %s, its descriptor says %s\n",
			oci_digest(&o, HS_SPAN("[]")), oci_digest(&o, config))));
	oci_end(&o);

	oci_begin(&o);
	oci_file(&o, "blobs/blake3/x", config);
	assert_non_null(strstr(listing(&o, "{\"digest\":\"blake3:x\",\"size\":2}"),
	                       "config - its digest is of a kind that is not checked: blake3\n"));
	oci_end(&o);
}

static void
verify_knows_sha512(void **state)
{
	const struct hs_sha512 sum = hs_sha512(HS_SPAN("{}"));
	char hex[HS_SHA512_HEX];

	(void)state;
	hs_sha512_hex(hex, &sum);
	for (int lies = 0; lies < 2; lies++) {
		const char *text;
		struct oci o;

		oci_begin(&o);
		oci_file(&o, hs_arena_printf(&o.arena, "blobs/sha512/%s", hex),
		         lies ? HS_SPAN("[]") : HS_SPAN("{}"));
		text = listing(&o, hs_arena_printf(&o.arena,
		                                   "{\"digest\":\"sha512:%s\",\"size\":2}", hex));
		assert_true((strstr(text, "config ! it is not an object; its content is sha512:") !=
		             NULL) == (lies == 1));
		assert_true((strstr(text, "config\n") != NULL) == (lies == 0));
		oci_end(&o);
	}
}

/* Nothing names the first; nothing can be said of the second and third. */
static void
verify_checks_blobs_that_nothing_names(void **state)
{
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	oci_file(&o, hs_arena_printf(&o.arena, "blobs/sha256/%s", oci_digest(&o, HS_SPAN("x")) + 7),
	         HS_SPAN("y"));
	oci_file(&o, "blobs/sha256/short", HS_SPAN("y"));
	oci_file(&o, "blobs/other", HS_SPAN("y"));
	oci_index(&o, oci_image(&o, "amd64", one_layer, ""));
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_non_null(strstr(oci_listing(&o),
	                       hs_arena_printf(&o.arena,
	                                       "%s ! its content is %s, which is not what its file "
	                                       "name says\nblobs/sha256/short\nblobs/other\n",
	                                       oci_digest(&o, HS_SPAN("x")) + 7,
	                                       oci_digest(&o, HS_SPAN("y")))));
	oci_end(&o);
}

static void
verify_checks_uncompressed_layers_against_their_diff_ids(void **state)
{
	const struct hs_span other = HS_SPAN("other");
	const char *config, *layer;
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	config = oci_blob(&o, OCI_CONFIG, oci_config(&o, "amd64", &other, 1), "");
	layer = oci_blob(&o, OCI_LAYER, HS_SPAN("layer"), "");
	oci_index(&o, oci_blob(&o, OCI_MANIFEST,
	                       hs_arena_span(&o.arena, "{\"config\":%s,\"layers\":[%s]}", config,
	                                     layer),
	                       ""));
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_non_null(strstr(
		oci_listing(&o),
		hs_arena_printf(&o.arena, "layer[0] ! its content is %s, its diff_id is %s\n",
	                        oci_digest(&o, HS_SPAN("layer")), oci_digest(&o, other))));
	oci_end(&o);
}

static int
cannot_open(struct hs_content *out, const struct hs_tree *t, const struct hs_entry *e,
            struct hs_err *err)
{
	(void)out;
	(void)t;
	return hs_fail(err, HS_EIO, "cannot read %zu bytes", e->bytes.len);
}

static void
verify_says_what_it_could_not_read(void **state)
{
	static const struct hs_tree_ops ops = { .open = cannot_open };
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	oci_index(&o, oci_image(&o, "amd64", one_layer, ""));
	o.tree.ops = &ops;
	o.tree.entries[0].codec = 1;
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_non_null(strstr(oci_listing(&o), "layer[0] ! not verified: cannot read 5 bytes\n"));
	assert_non_null(strstr(oci_listing(&o), "config\n"));
	oci_end(&o);
}

/* An image of that layer, packed by the codec, whose descriptor has the type. */
static const char *
codes_of_layer(struct oci *o, const char *type, enum hs_codec codec)
{
	const struct hs_span plain = HS_SPAN("layer");
	const struct hs_span packed =
		codec == HS_CODEC_NONE ? plain : build_stream(&o->arena, codec, plain);
	struct hs_err err;

	oci_index(o, oci_blob(o, OCI_MANIFEST,
	                      hs_arena_span(&o->arena, "{\"config\":%s,\"layers\":[%s]}",
	                                    oci_blob(o, OCI_CONFIG,
	                                             oci_config(o, "amd64", &plain, 1), ""),
	                                    oci_blob(o, type, packed, "")),
	                      ""));
	assert_int_equal(oci_arrange(o, &err), 0);
	return oci_codes(o);
}

/* skopeo writes uncompressed layers under the type that they had compressed. */
static void
verify_remarks_on_media_types_that_say_another_compression(void **state)
{
	static const struct {
		const char *type;
		enum hs_codec codec;
		bool fits;
	} rows[] = {
		{ OCI_LAYER, HS_CODEC_NONE, true },
		{ OCI_LAYER "+gzip", HS_CODEC_GZIP, true },
		{ OCI_LAYER "+zstd", HS_CODEC_ZSTD, true },
		{ "application/vnd.docker.image.rootfs.diff.tar.gzip", HS_CODEC_GZIP, true },
		{ "application/vnd.docker.image.rootfs.diff.tar.gzip", HS_CODEC_NONE, false },
		{ OCI_LAYER "+gzip", HS_CODEC_ZSTD, false },
		{ OCI_LAYER, HS_CODEC_GZIP, false },
		{ OCI_LAYER "+encrypted", HS_CODEC_GZIP, true },
		{ "", HS_CODEC_GZIP, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct oci o;

		oci_begin(&o);
		assert_string_equal(codes_of_layer(&o, rows[i].type, rows[i].codec),
		                    rows[i].fits ? "" : "layer[0] - media-type\n");
		oci_end(&o);
	}
}

/* Trusted, a wrong digest is not seen, a wrong size is: it costs nothing. */
static void
verify_believes_digests_where_it_is_told_to(void **state)
{
	const struct hs_span config = HS_SPAN("{}");
	struct oci o;

	(void)state;
	oci_begin(&o);
	o.run.trust_digests = true;
	oci_file(&o, hs_arena_printf(&o.arena, "blobs/sha256/%s", oci_digest(&o, config) + 7),
	         HS_SPAN("[]"));
	assert_null(strstr(listing(&o, oci_descriptor(&o, OCI_CONFIG, config, "")),
	                   "its descriptor says"));
	assert_span(oci_find(&o, "config")->digest, oci_digest(&o, config));
	assert_int_equal(atomic_load(&o.run.trusted), 2);
	oci_end(&o);

	oci_begin(&o);
	o.run.trust_digests = true;
	oci_file(&o, hs_arena_printf(&o.arena, "blobs/sha256/%s", oci_digest(&o, config) + 7),
	         HS_SPAN("{ }"));
	assert_non_null(strstr(listing(&o, oci_descriptor(&o, OCI_CONFIG, config, "")),
	                       "config ! it is 3 bytes long, its descriptor says 2\n"));
	assert_int_equal(oci_find(&o, "config")->digest.len, 0);
	oci_end(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(verify_has_its_own_words_for_each_lie),
		cmocka_unit_test(verify_knows_sha512),
		cmocka_unit_test(verify_checks_blobs_that_nothing_names),
		cmocka_unit_test(verify_checks_uncompressed_layers_against_their_diff_ids),
		cmocka_unit_test(verify_says_what_it_could_not_read),
		cmocka_unit_test(verify_remarks_on_media_types_that_say_another_compression),
		cmocka_unit_test(verify_believes_digests_where_it_is_told_to),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
