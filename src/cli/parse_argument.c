/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/parse_argument.h"

#include "cli/say.h"
#include "cli/size.h"
#include "cli/words.h"

#include <string.h>

static int
fail_argument(const struct hs_option *o, const char *arg, const char *wanted, struct hs_err *err)
{
	return hs_fail(err, HS_EUSAGE, "--%s: '%s' is not %s", o->name, hs_shown(arg).text, wanted);
}

int
hs_cli_set_number(uint64_t *out, const struct hs_option *o, const char *arg, struct hs_err *err)
{
	if (!hs_number_parse(out, arg))
		return fail_argument(o, arg, "a number", err);
	return 0;
}

int
hs_cli_set_unsigned(unsigned *out, const struct hs_option *o, const char *arg, struct hs_err *err)
{
	uint64_t n;

	if (!hs_number_parse(&n, arg) || n > 1000000)
		return fail_argument(o, arg, "a number up to 1000000", err);
	*out = (unsigned)n;
	return 0;
}

int
hs_cli_set_word(unsigned *out, const struct hs_option *o, const char *arg, struct hs_err *err)
{
	const char *list = o->words;

	if (hs_words_hold(list, arg) && *arg) {
		for (*out = 0; strcspn(list, " ") != strlen(arg) || strncmp(list, arg, strlen(arg));
		     ++*out)
			list += strcspn(list, " ") + 1;
		return 0;
	}
	return hs_fail(err, HS_EUSAGE, "--%s: '%s' is not one of: %s", o->name, hs_shown(arg).text,
	               list);
}

int
hs_cli_take_limit(struct hs_limits *l, const struct hs_option *o, const char *arg,
                  struct hs_err *err)
{
	int rc;

	switch (o->id) {
	case HS_OPT_MAX_DEPTH:
		rc = hs_cli_set_number(&l->max_depth, o, arg, err);
		return rc == 0 && l->max_depth > HS_MAX_DEPTH
		               ? hs_fail(err, HS_EUSAGE, "--max-depth: more than %d", HS_MAX_DEPTH)
		               : rc;
	case HS_OPT_MAX_MEMBERS:
		return hs_cli_set_number(&l->max_members, o, arg, err);
	case HS_OPT_MAX_RATIO:
		return hs_cli_set_number(&l->max_ratio, o, arg, err);
	case HS_OPT_MAX_SIZE:
		if (!hs_size_parse(&l->max_size, arg))
			return fail_argument(o, arg, "a size such as 512M or 10G", err);
		return 0;
	default:
		if (!hs_seconds_parse(&l->timeout_s, arg))
			return fail_argument(o, arg, "a number of seconds", err);
		return 0;
	}
}
