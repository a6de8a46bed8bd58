/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "cli/eif_blobs.h"
#include "scratch.h"

#include <stdio.h>
#include <unistd.h>

static const char *const x86_64[] = { "bzImage", "bzImage.config", "cmdline", "init", "nsm.ko" };
static const char *const aarch64[] = { "Image", "Image.config", "cmdline", "init", "nsm.ko" };

/* A path that outlives the next one; 16 of them do. */
static const char *
keep(const char *path)
{
	static char kept[16][256];
	static unsigned n;
	char *out = kept[n++ % 16];

	snprintf(out, sizeof(kept[0]), "%s", path);
	return out;
}

/* A folder with those blobs, each holding its folder and name; the command line has blanks. */
static const char *
make_set(const char *folder, const char *const names[HS_N_EIF_BLOBS])
{
	const char *path = keep(scratch_folder(folder));

	for (enum hs_eif_blob i = 0; i < HS_N_EIF_BLOBS; i++) {
		char name[64], text[80];

		snprintf(name, sizeof(name), "%s/%s", folder, names[i]);
		snprintf(text, sizeof(text), i == HS_EIF_BLOB_CMDLINE ? " \t%s\n" : "%s", name);
		scratch_file(name, hs_span_of(text));
	}
	return path;
}

static void
check(const struct hs_eif_blobs_order *order, enum hs_eif_blob blob, const char *want)
{
	struct hs_eif_blobs b;
	struct hs_err err;

	assert_int_equal(hs_eif_blobs_open(&b, order, &scratch_run, &err), 0);
	assert_span(b.bytes[blob], want);
	assert_true(b.has[blob]);
	hs_eif_blobs_release(&b);
}

static void
refused(const struct hs_eif_blobs_order *order, const char *why)
{
	struct hs_eif_blobs b;
	struct hs_err err;

	assert_true(hs_eif_blobs_open(&b, order, &scratch_run, &err) < 0);
	if (!strstr(err.text, why))
		fail_msg("%s: %s", why, err.text);
	hs_eif_blobs_release(&b);
}

static void
blobs_stand_in_one_folder_by_their_names(void **state)
{
	struct hs_cli_eif eif = { .blobs = make_set("set", x86_64) };
	const struct hs_env env = { 0 };
	struct hs_eif_blobs_order order = { &eif, &env, false };

	(void)state;
	for (enum hs_eif_blob i = 0; i < HS_N_EIF_BLOBS; i++) {
		char want[64];

		snprintf(want, sizeof(want), "set/%s", x86_64[i]);
		check(&order, i, want);
	}
	order.arm64 = true;
	refused(&order, "there is no Image in ");
	refused(&order, " (bzImage is there, which is for x86_64): --kernel names one");
}

static void
blobs_may_stand_in_a_folder_for_each_architecture(void **state)
{
	struct hs_cli_eif eif = { .blobs = keep(scratch_folder("both")) };
	const struct hs_env env = { 0 };
	struct hs_eif_blobs_order order = { &eif, &env, false };

	(void)state;
	refused(&order, "there is no bzImage in ");
	make_set("both/x86_64", x86_64);
	make_set("both/aarch64", aarch64);
	check(&order, HS_EIF_BLOB_INIT, "both/x86_64/init");
	order.arm64 = true;
	check(&order, HS_EIF_BLOB_KERNEL, "both/aarch64/Image");
	check(&order, HS_EIF_BLOB_CONFIG, "both/aarch64/Image.config");
	scratch_file("both/init", HS_SPAN("beside them"));
	refused(&order, "there is no Image in ");
}

static void
an_option_comes_before_the_environment_and_that_before_the_package(void **state)
{
	struct hs_cli_eif eif = { 0 };
	struct hs_env env = { .blobs = make_set("env", x86_64) };
	struct hs_eif_blobs_order order = { &eif, &env, false };

	(void)state;
	assert_true(hs_eif_blobs_are_named(&order));
	check(&order, HS_EIF_BLOB_NSM, "env/nsm.ko");
	eif.blobs = make_set("option", x86_64);
	check(&order, HS_EIF_BLOB_NSM, "option/nsm.ko");
	eif.nsm = keep(scratch_file("another.ko", HS_SPAN("another")));
	check(&order, HS_EIF_BLOB_NSM, "another");
	check(&order, HS_EIF_BLOB_INIT, "option/init");
	eif.cmdline = " as it is ";
	check(&order, HS_EIF_BLOB_CMDLINE, " as it is ");
	env.blobs = eif.blobs = eif.nsm = eif.cmdline = NULL;
	assert_false(hs_eif_blobs_are_named(&order));
}

static void
options_for_all_that_is_measured_need_no_folder(void **state)
{
	struct hs_cli_eif eif = {
		.kernel = keep(scratch_file("k", HS_SPAN("kernel"))),
		.cmdline = "",
		.init = keep(scratch_file("i", HS_SPAN("init"))),
		.nsm = keep(scratch_file("n", HS_SPAN("nsm"))),
	};
	const struct hs_env env = { .blobs = keep(scratch_path("nowhere")) };
	const struct hs_eif_blobs_order order = { &eif, &env, true };
	struct hs_eif_blobs b;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_eif_blobs_open(&b, &order, &scratch_run, &err), 0);
	assert_false(b.has[HS_EIF_BLOB_CONFIG]);
	hs_eif_blobs_release(&b);
	scratch_file("k.config", HS_SPAN("beside"));
	check(&order, HS_EIF_BLOB_CONFIG, "beside");
	eif.kernel_config = keep(scratch_file("c", HS_SPAN("named")));
	check(&order, HS_EIF_BLOB_CONFIG, "named");
	eif.init = NULL;
	refused(&order, "nitro-cli's blobs are needed, and there is no folder ");
	refused(&order, "nowhere ($NITRO_CLI_BLOBS): --blobs or $NITRO_CLI_BLOBS names it");
	assert_int_equal(hs_eif_blobs_check_folder(&order, &err), HS_EUSAGE);
}

static void
what_is_missing_or_no_file_is_named(void **state)
{
	struct hs_cli_eif eif = { .blobs = make_set("gap", x86_64) };
	const struct hs_env env = { 0 };
	const struct hs_eif_blobs_order order = { &eif, &env, false };

	(void)state;
	eif.init = keep(scratch_path("missing"));
	refused(&order, "missing: cannot open it: No such file");
	eif.init = keep(scratch_folder("folder"));
	refused(&order, "folder: it is a directory");
	eif.init = NULL;
	scratch_file("gap/cmdline", HS_SPAN("a\xff"));
	refused(&order, "the kernel's command line is no UTF-8");
	scratch_file("gap/cmdline", HS_SPAN("a\0b"));
	refused(&order, "the kernel's command line has a NUL in it");
	scratch_file("gap/cmdline", HS_SPAN("\n"));
	check(&order, HS_EIF_BLOB_CMDLINE, "");
	unlink(scratch_path("gap/cmdline"));
	refused(&order, ": --cmdline gives its text");
	eif.cmdline = "x";
	unlink(scratch_path("gap/nsm.ko"));
	refused(&order, "there is no nsm.ko in ");
	eif.nsm = keep(scratch_file("other", HS_SPAN("x")));
	unlink(scratch_path("gap/bzImage.config"));
	check(&order, HS_EIF_BLOB_NSM, "x");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blobs_stand_in_one_folder_by_their_names),
		cmocka_unit_test(blobs_may_stand_in_a_folder_for_each_architecture),
		cmocka_unit_test(
			an_option_comes_before_the_environment_and_that_before_the_package),
		cmocka_unit_test(options_for_all_that_is_measured_need_no_folder),
		cmocka_unit_test(what_is_missing_or_no_file_is_named),
	};

	return cmocka_run_group_tests(tests, scratch_setup, scratch_teardown);
}
