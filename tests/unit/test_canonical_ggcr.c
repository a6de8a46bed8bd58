/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "canonical_text.h"

#define ZERO "\"0001-01-01T00:00:00Z\""
#define ONE_LAYER "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[" CANONICAL_ID_1 "]}"

static void
ggcr_writes_what_canonical_makes(void **state)
{
	struct canonical_text t = { .how = { .like = HS_LIKE_GGCR } };

	(void)state;
	assert_string_equal(
		canonical_text(
			&t, hs_canonical_ggcr,
			HS_SPAN("{\"config\":{\"Hostname\":\"h\",\"Domainname\":\"d\",\"Env\":[\"A="
	                        "<\"],"
	                        "\"Tty\":false,\"Cmd\":[],\"Volumes\":{\"/b\":{},\"/a\":{}},"
	                        "\"Healthcheck\":{\"Retries\":3},\"Memory\":5},\"variant\":\"v8\","
	                        "\"created\":\"2020-01-01T00:00:00Z\",\"os\":\"linux\","
	                        "\"architecture\":\"arm64\",\"os.version\":\"1\",\"author\":\"x\","
	                        "\"history\":[{\"author\":\"x\",\"created_by\":\"b\",\"created\":"
	                        "\"2020-01-01T00:00:00Z\"},{\"empty_layer\":true,\"comment\":\"c\"}"
	                        "],\"moby\":{\"a\":1}} trailing"),
			1),
		"{\"architecture\":\"arm64\",\"created\":" ZERO ",\"history\":[{\"created\":" ZERO
		",\"created_by\":\"b\"},{\"created\":" ZERO
		",\"comment\":\"c\",\"empty_layer\":true}],\"os\":\"linux\"," ONE_LAYER
		",\"config\":{\"Healthcheck\":{\"Retries\":3},\"Domainname\":\"d\",\"Env\":[\"A="
		"\\u003c\"],\"Volumes\":{\"/a\":{},\"/b\":{}}},\"os.version\":\"1\"}");
	assert_string_equal(t.losses, "the configuration loses variant, author, moby\n"
	                              "the configuration's config loses Memory\n"
	                              "the configuration's config loses Hostname\n"
	                              "the history loses its authors\n");
	hs_arena_release(&t.arena);
}

static void
ggcr_writes_what_time_makes(void **state)
{
	struct canonical_text t = { .how = { HS_LIKE_GGCR, true, 1700000000 } };

	(void)state;
	assert_string_equal(
		canonical_text(&t, hs_canonical_ggcr,
	                       HS_SPAN("{\"config\":{\"Hostname\":\"h\"},\"history\":[{}]}"), 1),
		"{\"architecture\":\"\",\"created\":\"2023-11-14T22:13:20Z\",\"history\":[{"
		"\"created\":\"2023-11-14T22:13:20Z\"}],\"os\":\"\"," ONE_LAYER
		",\"config\":{\"Hostname\":\"h\"}}");
	assert_string_equal(t.losses, "");
	assert_string_equal(canonical_text(&t, hs_canonical_ggcr, HS_SPAN("{}"), 0),
	                    "{\"architecture\":\"\",\"created\":\"2023-11-14T22:13:20Z\",\"os\":"
	                    "\"\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":null},\"config\":"
	                    "{}}");
	hs_arena_release(&t.arena);
}

static void
ggcr_drops_the_layers_that_the_history_lacks(void **state)
{
	struct canonical_text t = { .how = { .like = HS_LIKE_GGCR } };

	(void)state;
	assert_non_null(
		strstr(canonical_text(&t, hs_canonical_ggcr,
	                              HS_SPAN("{\"history\":[{\"empty_layer\":true},{}]}"), 2),
	               ONE_LAYER));
	assert_int_equal(t.n_kept, 1);
	assert_string_equal(t.losses, "go-containerregistry drops layers from layer[1] on: the "
	                              "history has no entries for them\n");
	hs_arena_release(&t.arena);
}

static void
ggcr_says_why_the_tool_would_not(void **state)
{
	static const struct {
		const char *config;
		size_t n_layers;
		const char *want;
	} rows[] = {
		{ "{}", 1,
		  "! go-containerregistry panics: index out of range (1 layers, and 0 entries in "
		  "the "
		  "history)" },
		{ "{\"history\":[{\"empty_layer\":true}]}", 2,
		  "! go-containerregistry panics: index out of range (2 layers, and 1 entries in "
		  "the "
		  "history)" },
		{ "{\"history\":[{},{}]}", 1,
		  "! go-containerregistry refuses: unable to add a nil layer to the image (layers: "
		  "2 "
		  "in the history, 1 in the image)" },
		{ "{\"created\":\"\"}", 0,
		  "! go-containerregistry refuses the configuration: .created is no time of RFC "
		  "3339" },
		{ "{\"rootfs\":{\"diff_ids\":[\"sha512:1\"]}}", 0,
		  "! go-containerregistry refuses the configuration: .rootfs.diff_ids[0] is no "
		  "SHA-256 digest" },
		{ "[]", 0, "! go-containerregistry refuses the configuration:  is a list" },
		{ "{", 0, "! the configuration: the JSON ends early, at byte 1" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct canonical_text t = { .how = { .like = HS_LIKE_GGCR } };

		assert_string_equal(canonical_text(&t, hs_canonical_ggcr,
		                                   hs_span_of(rows[i].config), rows[i].n_layers),
		                    rows[i].want);
		hs_arena_release(&t.arena);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(ggcr_writes_what_canonical_makes),
		cmocka_unit_test(ggcr_writes_what_time_makes),
		cmocka_unit_test(ggcr_drops_the_layers_that_the_history_lacks),
		cmocka_unit_test(ggcr_says_why_the_tool_would_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
