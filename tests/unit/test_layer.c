/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_oci.h"
#include "build_stream.h"

/* An image of one layer that stands packed in its blob; its diff_id is that of `diff`. */
static void
packed_image(struct oci *o, struct hs_span packed, struct hs_span diff)
{
	const char *config = oci_blob(o, OCI_CONFIG, oci_config(o, "amd64", &diff, 1), "");
	const char *layer =
		oci_blob(o, OCI_LAYER, packed, ",\"annotations\":{\"k\\u001b\":\"v\",\"a\":\"b\"}");
	struct hs_err err;

	oci_index(o, oci_blob(o, OCI_MANIFEST,
	                      hs_arena_span(&o->arena, "{\"config\":%s,\"layers\":[%s]}", config,
	                                    layer),
	                      ",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}"));
	assert_int_equal(oci_arrange(o, &err), 0);
}

static void
layer_opens_as_what_is_packed_in_it(void **state)
{
	static const enum hs_codec codecs[] = { HS_CODEC_NONE, HS_CODEC_GZIP, HS_CODEC_ZSTD,
		                                HS_CODEC_XZ, HS_CODEC_BZIP2 };
	const struct hs_span plain = HS_SPAN("the layer's own bytes");

	(void)state;
	for (size_t i = 0; i < sizeof(codecs) / sizeof(codecs[0]); i++) {
		struct hs_content content;
		const struct hs_entry *e;
		struct hs_err err;
		struct oci o;

		oci_begin(&o);
		packed_image(&o, codecs[i] ? build_stream(&o.arena, codecs[i], plain) : plain,
		             plain);
		e = oci_find(&o, "layer[0]");
		assert_null(e->note);
		assert_int_equal(e->codec != 0, codecs[i] != HS_CODEC_NONE);
		assert_int_equal(hs_tree_open(&content, &o.tree, e, &err), 0);
		assert_span(content.bytes, "the layer's own bytes");
		hs_content_release(&content);
		oci_end(&o);
	}
}

static void
layer_that_is_not_its_diff_id_says_so_and_is_still_read(void **state)
{
	const struct hs_span plain = HS_SPAN("plain");
	struct hs_content content;
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	packed_image(&o, build_stream(&o.arena, HS_CODEC_GZIP, plain), HS_SPAN("else"));
	assert_int_equal(hs_tree_open(&content, &o.tree, oci_find(&o, "layer[0]"), &err),
	                 HS_EDIFFID);
	assert_string_equal(
		err.text, hs_arena_printf(&o.arena, "its content is %s, its diff_id is %s",
	                                  oci_digest(&o, plain), oci_digest(&o, HS_SPAN("else"))));
	assert_span(content.bytes, "plain");
	hs_content_release(&content);
	oci_end(&o);
}

static void
layer_survives_every_truncation(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span plain = build_text(&a, 300);
	const struct hs_span whole = build_stream(&a, HS_CODEC_GZIP, plain);

	(void)state;
	for (size_t len = 4; len < whole.len; len++) {
		struct hs_content content;
		struct hs_err err;
		struct oci o;

		oci_begin(&o);
		packed_image(&o, hs_span_head(whole, len), plain);
		assert_int_equal(hs_tree_open(&content, &o.tree, oci_find(&o, "layer[0]"), &err),
		                 HS_EFORMAT);
		(void)oci_facts(&o, "layer[0]");
		hs_content_release(&content);
		oci_end(&o);
	}
}

static void
layer_may_be_padded_with_zeros(void **state)
{
	const struct hs_span plain = HS_SPAN("plain");
	struct hs_content content;
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	packed_image(&o,
	             build_joined(&o.arena, build_stream(&o.arena, HS_CODEC_GZIP, plain),
	                          HS_SPAN("\0\0\0\0")),
	             plain);
	assert_int_equal(hs_tree_open(&content, &o.tree, oci_find(&o, "layer[0]"), &err), 0);
	assert_span(content.bytes, "plain");
	hs_content_release(&content);
	oci_end(&o);
}

static void
layer_says_what_follows_its_stream(void **state)
{
	const struct hs_span plain = HS_SPAN("plain");
	struct hs_content content;
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	packed_image(&o,
	             build_joined(&o.arena, build_stream(&o.arena, HS_CODEC_GZIP, plain),
	                          HS_SPAN("hidden")),
	             plain);
	assert_int_equal(hs_tree_open(&content, &o.tree, oci_find(&o, "layer[0]"), &err),
	                 HS_EFORMAT);
	assert_string_equal(err.text, "6 bytes follow the end of its gzip stream");
	assert_span(content.bytes, "plain");
	hs_content_release(&content);
	oci_end(&o);
}

static void
layer_facts_tell_descriptor_and_compressor(void **state)
{
	const struct hs_span plain = HS_SPAN("plain");
	struct hs_span packed;
	const char *text;
	struct oci o;

	(void)state;
	oci_begin(&o);
	packed = build_stream(&o.arena, HS_CODEC_GZIP, plain);
	packed_image(&o, packed, plain);
	text = oci_facts(&o, "layer[0]");
	assert_non_null(strstr(
		text, hs_arena_printf(&o.arena,
	                              "media type: " OCI_LAYER
	                              "\ndescriptor digest: %s\ndescriptor size: %zu\n"
	                              "annotation a: b\nannotation k\\\\x1b: v\n"
	                              "diff_id: %s\ncompression: gzip\ncompressor: ",
	                              oci_digest(&o, packed), packed.len, oci_digest(&o, plain))));
	/* A blob's name is its digest once more. */
	assert_null(strstr(text, "stored name"));
	assert_non_null(strstr(oci_facts(&o, "manifest"), "platform: linux/amd64\n"));
	assert_null(strstr(oci_facts(&o, "oci-layout"), "stored name"));
	assert_null(strstr(oci_facts(&o, "index.json"), "stored name"));
	/* Of what is read as it is stored, a digest that holds is its content's. */
	assert_null(strstr(oci_facts(&o, "manifest"), "descriptor"));
	oci_end(&o);
}

/* Without a descriptor nothing but the stored bytes tells two packings of one layer apart. */
static void
layer_heads_differ_where_packings_do(void **state)
{
	static const enum hs_codec codecs[] = { HS_CODEC_GZIP, HS_CODEC_ZSTD };
	const struct hs_span plain = HS_SPAN("plain");
	struct hs_span heads[2];
	struct oci o[2];

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct hs_err err;

		oci_begin(&o[i]);
		oci_file(&o[i], "l", build_stream(&o[i].arena, codecs[i], plain));
		oci_file(&o[i], "c", oci_config(&o[i], "amd64", &plain, 1));
		oci_file(&o[i], "manifest.json",
		         HS_SPAN("[{\"Config\":\"c\",\"Layers\":[\"l\"]}]"));
		assert_int_equal(oci_arrange(&o[i], &err), 0);
		heads[i] = oci_find(&o[i], "layer[0]")->head;
		assert_non_null(strstr(oci_facts(&o[i], "layer[0]"), "stored digest: sha256:"));
	}
	assert_false(hs_span_equal(heads[0], heads[1]));
	oci_end(&o[0]);
	oci_end(&o[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(layer_opens_as_what_is_packed_in_it),
		cmocka_unit_test(layer_that_is_not_its_diff_id_says_so_and_is_still_read),
		cmocka_unit_test(layer_survives_every_truncation),
		cmocka_unit_test(layer_may_be_padded_with_zeros),
		cmocka_unit_test(layer_says_what_follows_its_stream),
		cmocka_unit_test(layer_facts_tell_descriptor_and_compressor),
		cmocka_unit_test(layer_heads_differ_where_packings_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
