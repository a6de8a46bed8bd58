/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "engine/operand.h"
#include "scratch.h"

#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static void
check_refused(const char *path, enum hs_code code, const char *why)
{
	struct hs_operand o;
	struct hs_err err;

	assert_int_equal(hs_operand_open(&o, path, &scratch_run, &err), code);
	assert_non_null(strstr(err.text, why));
	hs_operand_release(&o);
}

static void
operand_maps_files_and_opens_directories(void **state)
{
	struct hs_operand o;
	struct hs_err err;

	(void)state;
	assert_int_equal(
		hs_operand_open(&o, scratch_file("f", HS_SPAN("bytes")), &scratch_run, &err), 0);
	assert_span(o.blob->bytes, "bytes");
	hs_operand_release(&o);
	assert_int_equal(
		hs_operand_open(&o, scratch_file("empty", HS_SPAN("")), &scratch_run, &err), 0);
	assert_int_equal(o.blob->bytes.len, 0);
	hs_operand_release(&o);
	assert_int_equal(hs_operand_open(&o, scratch_folder("d"), &scratch_run, &err), 0);
	assert_null(o.blob);
	assert_true(o.dir >= 0);
	hs_operand_release(&o);
}

static void
operand_refuses_what_has_no_end_or_no_bytes(void **state)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	const int s = socket(AF_UNIX, SOCK_STREAM, 0);

	(void)state;
	check_refused(scratch_path("missing"), HS_EIO, "missing: cannot open it: No such file");
	assert_int_equal(mkfifo(scratch_path("fifo"), 0600), 0);
	check_refused(scratch_path("fifo"), HS_EUSAGE, "fifo: is a FIFO");
	snprintf(address.sun_path, sizeof(address.sun_path), "%s", scratch_path("sock"));
	assert_int_equal(bind(s, (struct sockaddr *)&address, sizeof(address)), 0);
	check_refused(scratch_path("sock"), HS_EUSAGE, "sock: is a socket");
	close(s);
	check_refused("/dev/zero", HS_EUSAGE, "/dev/zero: is a device");
	scratch_link("loop", "loop");
	check_refused(scratch_path("loop"), HS_EIO, "cannot open it: Too many levels");
}

static void
operand_reads_a_pipe_to_its_end(void **state)
{
	char path[32];
	struct hs_operand o;
	struct hs_err err;
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "through a pipe", 14), 14);
	close(ends[1]);
	snprintf(path, sizeof(path), "/dev/fd/%d", ends[0]);
	assert_int_equal(hs_operand_open(&o, path, &scratch_run, &err), 0);
	assert_span(o.blob->bytes, "through a pipe");
	hs_operand_release(&o);
	close(ends[0]);
}

static void
operand_gives_up_a_pipe_that_says_nothing_when_time_is_up(void **state)
{
	struct hs_limits limits = HS_LIMITS_DEFAULT;
	char path[32];
	struct hs_operand o;
	struct hs_run run;
	struct hs_err err;
	int ends[2];

	(void)state;
	limits.timeout_s = 0.2;
	hs_run_init(&run, &limits, 1, NULL);
	assert_int_equal(pipe(ends), 0);
	snprintf(path, sizeof(path), "/dev/fd/%d", ends[0]);
	assert_int_equal(hs_operand_open(&o, path, &run, &err), HS_ESTOP);
	assert_non_null(strstr(err.text, "--timeout"));
	hs_operand_release(&o);
	close(ends[0]);
	close(ends[1]);
	hs_run_release(&run);
}

static void
check_split(const char *arg, const char *path, const char *selector)
{
	const struct hs_operand_name name = hs_operand_split(arg);

	assert_span(name.path, path);
	assert_span(name.selector, selector);
}

static void
operand_has_a_selector_behind_the_last_mark_that_fits(void **state)
{
	char arg[512], path[256];

	(void)state;
	snprintf(path, sizeof(path), "%s", scratch_file("x@y", HS_SPAN("")));
	check_split(path, path, "");
	snprintf(arg, sizeof(arg), "%s@v1", path);
	check_split(arg, path, "v1");
	snprintf(arg, sizeof(arg), "%s@app:1@linux/arm64", path);
	check_split(arg, path, "app:1@linux/arm64");
	/* Only behind what skopeo calls a file by is ":" a mark. */
	snprintf(arg, sizeof(arg), "%s:v1", path);
	check_split(arg, arg, "");
	snprintf(arg, sizeof(arg), "oci:%s:v1@linux/arm64", path);
	check_split(arg, path, "v1@linux/arm64");
	snprintf(arg, sizeof(arg), "docker-archive:%s", path);
	check_split(arg, path, "");
	snprintf(arg, sizeof(arg), "%s@", path);
	check_split(arg, arg, "");
	check_split("-@v1", "-", "v1");
	check_split("-", "-", "");
	check_split("@v1", "@v1", "");
	check_split("dir:", "", "");
	check_split("", "", "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(operand_maps_files_and_opens_directories),
		cmocka_unit_test(operand_refuses_what_has_no_end_or_no_bytes),
		cmocka_unit_test(operand_reads_a_pipe_to_its_end),
		cmocka_unit_test(operand_has_a_selector_behind_the_last_mark_that_fits),
		cmocka_unit_test(operand_gives_up_a_pipe_that_says_nothing_when_time_is_up),
	};

	return cmocka_run_group_tests(tests, scratch_setup, scratch_teardown);
}
