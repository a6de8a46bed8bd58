/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/env.h"

#include <setjmp.h>
#include <stdarg.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static const char *const names[] = { "HASHOSCOPE_COLOR", "NO_COLOR",       "FORCE_COLOR",
	                             "CLICOLOR_FORCE",   "TERM",           "COLUMNS",
	                             "HASHOSCOPE_OPTS",  "NITRO_CLI_BLOBS" };

enum { N_NAMES = sizeof(names) / sizeof(names[0]) };

static int
read_env(struct hs_env *env, const char *const values[N_NAMES], struct hs_err *err)
{
	for (size_t i = 0; i < N_NAMES; i++) {
		if (values[i])
			setenv(names[i], values[i], 1);
		else
			unsetenv(names[i]);
	}
	return hs_env_read(env, err);
}

static void
colour_follows_its_order_of_precedence(void **state)
{
	static const struct {
		const char *values[N_NAMES];
		enum hs_when option;
		bool want; /* of what is no terminal */
	} rows[] = {
		{ { NULL }, HS_WHEN_UNSET, false },
		{ { NULL }, HS_WHEN_ALWAYS, true },
		{ { "always" }, HS_WHEN_UNSET, true },
		{ { "always" }, HS_WHEN_NEVER, false },
		{ { "always" }, HS_WHEN_AUTO, false },
		{ { "always", "1" }, HS_WHEN_UNSET, true },
		{ { "never", NULL, "1" }, HS_WHEN_UNSET, false },
		{ { NULL, "1", "1" }, HS_WHEN_UNSET, false },
		{ { NULL, "0", "1" }, HS_WHEN_UNSET, false },
		{ { NULL, "", "1" }, HS_WHEN_UNSET, true },
		{ { NULL, NULL, "1" }, HS_WHEN_UNSET, true },
		{ { NULL, NULL, "0" }, HS_WHEN_UNSET, false },
		{ { NULL, NULL, NULL, "1" }, HS_WHEN_UNSET, true },
		{ { NULL, NULL, NULL, "0" }, HS_WHEN_UNSET, false },
		{ { NULL, "1" }, HS_WHEN_ALWAYS, true },
	};
	const int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_env env;
		struct hs_err err;

		assert_int_equal(read_env(&env, rows[i].values, &err), 0);
		assert_int_equal(hs_env_colors(&env, rows[i].option, fd), rows[i].want);
	}
	close(fd);
}

static void
a_terminal_has_colour_unless_it_is_dumb(void **state)
{
	static const struct {
		const char *term;
		bool want;
	} rows[] = { { "xterm", true }, { "dumb", false }, { "", false }, { NULL, false } };
	const int fd = posix_openpt(O_RDWR | O_NOCTTY);

	(void)state;
	if (fd < 0 || !isatty(fd))
		skip();
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *const values[N_NAMES] = { [4] = rows[i].term };
		struct hs_env env;
		struct hs_err err;

		assert_int_equal(read_env(&env, values, &err), 0);
		assert_int_equal(hs_env_colors(&env, HS_WHEN_UNSET, fd), rows[i].want);
		assert_int_equal(hs_env_is_terminal(&env, fd), rows[i].want);
	}
	close(fd);
}

static void
the_width_is_that_of_a_terminal_and_80_elsewhere(void **state)
{
	static const char *const values[N_NAMES] = { [5] = "120" };
	static const char *const narrow[N_NAMES] = { [5] = "3" };
	static const char *const odd[N_NAMES] = { [5] = "wide" };
	const int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	const int pty = posix_openpt(O_RDWR | O_NOCTTY);
	struct hs_env env;
	struct hs_err err;

	(void)state;
	if (pty < 0 || !isatty(pty))
		skip();
	assert_int_equal(read_env(&env, values, &err), 0);
	assert_int_equal(hs_env_width(&env, null), 80);
	assert_int_equal(hs_env_width(&env, pty), 120);
	assert_int_equal(read_env(&env, narrow, &err), 0);
	assert_int_equal(hs_env_width(&env, pty), 20);
	assert_int_equal(read_env(&env, odd, &err), 0);
	assert_int_equal(hs_env_width(&env, pty), 80);
	close(null);
	close(pty);
}

static void
a_colour_that_means_nothing_is_refused(void **state)
{
	static const char *const values[N_NAMES] = { "sometimes" };
	struct hs_env env;
	struct hs_err err;

	(void)state;
	assert_int_equal(read_env(&env, values, &err), HS_EUSAGE);
	assert_string_equal(err.text,
	                    "HASHOSCOPE_COLOR: 'sometimes' is not one of: auto always never");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(colour_follows_its_order_of_precedence),
		cmocka_unit_test(a_terminal_has_colour_unless_it_is_dumb),
		cmocka_unit_test(the_width_is_that_of_a_terminal_and_80_elsewhere),
		cmocka_unit_test(a_colour_that_means_nothing_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
