/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_cpio.h"
#include "build_image.h"
#include "build_stream.h"
#include "compared.h"
#include "core/escape.h"

#include <stdio.h>

/* Names with "!" and "#" in them, two of one name, folders. */
static struct hs_span
make_input(struct hs_arena *a)
{
	return cpio_of(a, "plain=p odd!name=odd x#2=literal twice=1 twice=2 d/ e/g=g");
}

static void
check_found(struct hs_span input, const char *path, const char *want)
{
	struct compared c;
	struct hs_content content;
	struct hs_err err;

	inspected_init(&c, input, NULL);
	assert_int_equal(hs_locate(&content, &c.run, &c.a, hs_span_of(path), &err), 0);
	assert_span(content.bytes, want);
	hs_content_release(&content);
	compared_release(&c);
}

static void
check_missing(struct hs_span input, const char *path, const char *why)
{
	struct compared c;
	struct hs_content content;
	struct hs_err err;

	inspected_init(&c, input, NULL);
	assert_int_equal(hs_locate(&content, &c.run, &c.a, hs_span_of(path), &err), HS_EUSAGE);
	assert_string_equal(err.text, why);
	compared_release(&c);
}

static void
locate_finds_what_layers_come_to(void **state)
{
	static const char *const layers[] = { "etc/motd=one gone=1", "etc/motd=two .wh.gone",
		                              NULL };
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span image = build_image(&a, &(struct build_image){ .layers = layers });
	const struct hs_span several =
		build_image(&a, &(struct build_image){ .layers = layers, .prefix_of = "arm64" });

	(void)state;
	check_found(image, "rootfs!etc/motd", "two");
	check_found(image, "layer[0]!etc/motd", "one");
	check_missing(image, "rootfs!gone", "no member \"gone\"");
	check_missing(image, "rootfs", "\"rootfs\" is a directory");
	check_missing(image, "rootfs!etc", "\"etc\" is a directory");
	check_missing(image, "rootfsx", "no member \"rootfsx\"");
	check_found(several, "linux/arm64/rootfs!etc/motd", "two");
	check_found(several, "linux/other/rootfs!other", "1");
	check_missing(several, "rootfs!etc/motd", "no member \"rootfs!etc/motd\"");
}

static void
locate_says_that_a_layer_is_absent(void **state)
{
	static const char *const layers[] = { "a=1", "b=2", NULL };
	RELEASED struct hs_arena a = { 0 };
	struct hs_content content;
	struct compared c;
	struct hs_err err;

	(void)state;
	inspected_init(&c, build_image(&a, &(struct build_image){ .layers = layers, .absent = 2 }),
	               NULL);
	assert_int_equal(hs_locate(&content, &c.run, &c.a, HS_SPAN("rootfs!a"), &err), HS_EFORMAT);
	assert_string_equal(err.text, "layer[1]: the archive does not hold it");
	assert_span(content.bytes, "1");
	hs_content_release(&content);
	compared_release(&c);
}

static void
locate_finds_members_by_their_inner_path(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span input = make_input(&a);

	(void)state;
	check_found(input, "plain", "p");
	check_found(input, "e/g", "g");
	check_found(input, "odd!name", "odd");
	check_found(input, "x#2", "literal");
	check_found(input, "twice", "1");
	check_found(input, "twice#2", "2");
}

static void
locate_says_which_part_was_not_found(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span input = make_input(&a);

	(void)state;
	check_missing(input, "nothing", "no member \"nothing\"");
	check_missing(input, "plain!inside", "no member \"!inside\"");
	check_missing(input, "twice#3", "no member \"twice#3\"");
	check_missing(input, "\x1b[2J", "no member \"\\x1b[2J\"");
	check_missing(input, "d", "\"d\" is a directory");
}

static void
locate_sees_through_filters(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span input = build_stream(
		&a, HS_CODEC_GZIP, build_stream(&a, HS_CODEC_XZ, cpio_of(&a, "m=text")));

	(void)state;
	check_found(input, "m", "text");
	check_found(build_stream(&a, HS_CODEC_GZIP, HS_SPAN("bare")), "!", "bare");
}

static int
print_visit(void *ctx, const struct hs_visit *v, struct hs_err *err)
{
	(void)err;
	hs_escape_write(ctx, v->path);
	fputc('\n', ctx);
	return 0;
}

static void
locate_lists_all_levels_in_container_order(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	char text[512] = "";
	FILE *out = fmemopen(text, sizeof(text), "w");
	const struct hs_visitor visitor = { print_visit, out };
	struct compared c;
	struct hs_err err;

	(void)state;
	inspected_init(&c, make_input(&a), NULL);
	assert_int_equal(hs_list(&c.run, &c.a, HS_SPAN(""), &visitor, &err), 0);
	fclose(out);
	assert_string_equal(text, "plain\nodd!name\nx#2\ntwice\ntwice#2\nd\ne/g\n");
	compared_release(&c);
}

/* The paths of a listing are those of a report: hs_node_path() has the rule. */
static void
locate_lists_what_filters_wrap_by_one_mark_each(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span inner = cpio_of(&a, "m=text");
	const struct hs_span once = build_stream(&a, HS_CODEC_GZIP, inner);
	const struct hs_span twice = build_stream(&a, HS_CODEC_XZ, once);
	struct build_cpio b = { .out.arena = &a, .dialect = HS_CPIO_NEWC };
	char text[512] = "";
	FILE *out = fmemopen(text, sizeof(text), "w");
	const struct hs_visitor visitor = { print_visit, out };
	struct compared c;
	struct hs_err err;

	(void)state;
	build_cpio_add(&b, &(struct build_cpio_member){
				   .name = "once", .mode = 0100644, .nlink = 1, .data = once });
	build_cpio_add(&b, &(struct build_cpio_member){
				   .name = "twice", .mode = 0100644, .nlink = 1, .data = twice });
	build_cpio_end(&b);
	inspected_init(&c, build_stream(&a, HS_CODEC_GZIP, b.out.bytes), NULL);
	assert_int_equal(hs_list(&c.run, &c.a, HS_SPAN(""), &visitor, &err), 0);
	fputs("--\n", out);
	assert_int_equal(hs_list(&c.run, &c.a, HS_SPAN("twice"), &visitor, &err), 0);
	assert_int_equal(hs_list(&c.run, &c.a, HS_SPAN("once!"), &visitor, &err), 0);
	fclose(out);
	assert_string_equal(text, "once\nonce!m\ntwice\ntwice!!m\n--\ntwice!!m\nonce!m\n");
	compared_release(&c);
	check_found(b.out.bytes, "once!m", "text");
	check_found(b.out.bytes, "twice!!m", "text");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(locate_finds_members_by_their_inner_path),
		cmocka_unit_test(locate_finds_what_layers_come_to),
		cmocka_unit_test(locate_says_that_a_layer_is_absent),
		cmocka_unit_test(locate_says_which_part_was_not_found),
		cmocka_unit_test(locate_sees_through_filters),
		cmocka_unit_test(locate_lists_all_levels_in_container_order),
		cmocka_unit_test(locate_lists_what_filters_wrap_by_one_mark_each),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
