/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/measuring.h"

#include "unit.h"

/* A node of the tree that a comparison gives, with that part of it below. */
struct built {
	struct hs_node kernel, vmlinux, part;
};

static void
set(struct hs_node *n, const char *name, const char *format, struct hs_node *parent)
{
	*n = (struct hs_node){
		.name = hs_span_of(name),
		.status = HS_STATUS_CONTENT,
		.parent = parent,
		.depth = parent ? parent->depth + 1 : 1,
	};
	n->a.format = n->b.format = format;
	if (parent)
		parent->first_child = n;
}

static void
build(struct built *b, const char *part)
{
	set(&b->kernel, "kernel", "linux-bzimage", NULL);
	set(&b->vmlinux, "vmlinux", "linux-vmlinux", &b->kernel);
	if (part)
		set(&b->part, part, "", &b->vmlinux);
}

static void
change(struct hs_arena *a, struct hs_node *n, const char *field, const char *x, const char *y)
{
	hs_changes_add(&n->changes, a,
	               (struct hs_change){ .field = field,
	                                   .a = hs_span_of(x),
	                                   .b = hs_span_of(y),
	                                   .has_a = true,
	                                   .has_b = true });
}

static void
kernel_words_name_the_part_that_differs(void **state)
{
	static const struct {
		const char *part, *words;
	} rows[] = {
		{ "config", "the kernel differs in its configuration" },
		{ "initramfs", "the kernel differs in its embedded initramfs" },
		{ "module signing certificate", "the kernel differs in its module signing key" },
		{ ".text", "the kernel differs in its code or data" },
		{ "utsname", "the kernel has other content" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct built b;

		build(&b, rows[i].part);
		assert_string_equal(hs_cause_kernel(&arena, &b.kernel), rows[i].words);
	}
}

static void
kernel_words_tell_a_rebuild_from_another_kernel(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct built b;

	(void)state;
	build(&b, "utsname");
	change(&arena, &b.vmlinux, "built at", "1970", "2026");
	change(&arena, &b.kernel, "payload length", "1", "2");
	assert_string_equal(hs_cause_kernel(&arena, &b.kernel),
	                    "the kernel was built at another time (1970 in a and 2026 in b); its "
	                    "code and data are the same");
	change(&arena, &b.kernel, "EFI handover offset", "0x1", "0x2");
	assert_string_equal(hs_cause_kernel(&arena, &b.kernel),
	                    "the kernel was built at another time (1970 in a and 2026 in b); the "
	                    "code that unpacks it differs too");
	change(&arena, &b.vmlinux, "entry", "0x1", "0x2");
	assert_string_equal(hs_cause_kernel(&arena, &b.kernel),
	                    "the kernel was built at another time (1970 in a and 2026 in b); the "
	                    "code that unpacks it and its code or data differ too");
	/* Another release is another kernel: that says it all. */
	change(&arena, &b.vmlinux, "kernel release", "6.1", "6.2");
	assert_string_equal(hs_cause_kernel(&arena, &b.kernel),
	                    "the kernel is of another release (6.1 in a and 6.2 in b)");
}

/* The times of the initramfs that a build makes are its own. */
static void
kernel_words_pass_over_the_times_of_an_initramfs(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_node dev;
	struct built b;

	(void)state;
	build(&b, "initramfs");
	set(&dev, "dev", "", &b.part);
	dev.status = HS_STATUS_METADATA;
	change(&arena, &dev, "mtime", "1970", "2026");
	change(&arena, &b.vmlinux, "built by", "a@b", "c@d");
	assert_string_equal(hs_cause_kernel(&arena, &b.kernel),
	                    "the kernel was built by another user or machine (a@b in a and c@d in "
	                    "b); its code and data are the same");
	change(&arena, &dev, "mode", "0644", "0755");
	assert_string_equal(hs_cause_kernel(&arena, &b.kernel),
	                    "the kernel was built by another user or machine (a@b in a and c@d in "
	                    "b); its embedded initramfs differs too");
}

static void
kernel_words_do_without_what_is_not_known(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_node n;

	(void)state;
	assert_string_equal(hs_cause_kernel(&arena, NULL), "the kernel has other content");
	set(&n, "kernel", "", NULL);
	assert_string_equal(hs_cause_kernel(&arena, &n), "the kernel has other content");
	n.a.format = "linux-bzimage";
	n.b.format = "linux-arm64";
	change(&arena, &n, "format", "linux-bzimage", "linux-arm64");
	assert_string_equal(hs_cause_kernel(&arena, &n),
	                    "the kernel is another kind of file (linux-bzimage in a and "
	                    "linux-arm64 in b)");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kernel_words_name_the_part_that_differs),
		cmocka_unit_test(kernel_words_tell_a_rebuild_from_another_kernel),
		cmocka_unit_test(kernel_words_pass_over_the_times_of_an_initramfs),
		cmocka_unit_test(kernel_words_do_without_what_is_not_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
