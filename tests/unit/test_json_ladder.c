/* SPDX-License-Identifier: Apache-2.0 */
#include "build_ladder.h"
#include "sinks/json_ladder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

static void
check_json(const struct hs_ladder *ladder, const char *want)
{
	char *text = NULL;
	size_t len = 0;
	struct hs_json j = { .out = open_memstream(&text, &len) };

	hs_json_ladder(&j, ladder);
	fclose(j.out);
	assert_string_equal(text, want);
	free(text);
}

static void
no_images_are_null(void **state)
{
	(void)state;
	check_json(NULL, "null");
}

static void
each_pair_has_its_rungs_and_forms(void **state)
{
	struct hs_arena a = { 0 };
	struct hs_ladder ladder = { .n = 1, .rung = HS_RUNG_DIFF_IDS, .only_b = 2 };

	(void)state;
	ladder.first = build_image_ladder(&a, HS_RUNG_DIFF_IDS, "configuration", "do");
	ladder.first->ref = HS_SPAN("x:\033");
	ladder.first->certain = false;
	ladder.first->rungs[HS_RUNG_MANIFEST] =
		(struct hs_rung_result){ .same = HS_ANSWER_UNKNOWN };
	build_forms(&a, ladder.first);
	check_json(
		&ladder,
		"{\"rung\": \"diff-ids\", \"only_a\": 0, \"only_b\": 2, \"images\": [{\"ref\": "
		"\"x:\\\\x1b\", \"platform\": null, \"rung\": \"diff-ids\", \"certain\": false, "
		"\"cause\": \"configuration\", \"remedy\": \"do\", \"rungs\": ["
		"{\"rung\": \"archive\", \"same\": \"no\", \"a\": \"sha256:a\", \"b\": "
		"\"sha256:b\"}, "
		"{\"rung\": \"manifest\", \"same\": \"unknown\", \"a\": null, \"b\": null}, "
		"{\"rung\": \"image-id\", \"same\": \"no\", \"a\": \"sha256:a\", \"b\": "
		"\"sha256:b\"}, "
		"{\"rung\": \"diff-ids\", \"same\": \"yes\", \"a\": \"sha256:a\", \"b\": "
		"\"sha256:a\"}, "
		"{\"rung\": \"canonical\", \"same\": null, \"a\": null, \"b\": null}, "
		"{\"rung\": \"rootfs\", \"same\": null, \"a\": null, \"b\": null}], "
		"\"forms\": [{\"like\": \"ggcr\", \"time\": null, \"same\": \"yes\", \"image_id\": "
		"\"sha256:8300000000000000000000000000000000000000000000000000000000000000\", "
		"\"still\": null}, "
		"{\"like\": \"buildkit\", \"time\": -5, \"same\": \"no\", \"image_id\": null, "
		"\"still\": \"layer[1]\"}, "
		"{\"like\": \"buildah\", \"time\": -5, \"same\": \"no\", \"image_id\": null, "
		"\"still\": \"layer[1]\"}, "
		"{\"like\": \"stabilize\", \"time\": null, \"same\": \"unknown\", \"image_id\": "
		"null, \"still\": \"refused for b: a sparse file\"}]}]}");
	hs_arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_images_are_null),
		cmocka_unit_test(each_pair_has_its_rungs_and_forms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
