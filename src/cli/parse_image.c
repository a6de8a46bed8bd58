/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/parse_image.h"

#include "cli/say.h"
#include "cli/words.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Beyond the year 9999 RFC 3339 has no words. */
#define LAST_SECOND INT64_C(253402300799)
#define FIRST_SECOND (-INT64_C(62135596800))

bool
hs_epoch_parse(int64_t *out, const char *text)
{
	char *end;
	long long n;

	if (!*text || strspn(text, "-0123456789") != strlen(text))
		return false;
	errno = 0;
	n = strtoll(text, &end, 10);
	if (errno || *end || n < FIRST_SECOND || n > LAST_SECOND)
		return false;
	*out = n;
	return true;
}

static unsigned
bit_of(enum hs_option_id id)
{
	static const unsigned bits[HS_N_OPTIONS] = {
		[HS_OPT_IGNORE_TIMESTAMPS] = HS_IGNORE_TIMESTAMPS,
		[HS_OPT_IGNORE_HISTORY] = HS_IGNORE_HISTORY,
		[HS_OPT_IGNORE_ORDER] = HS_IGNORE_ORDER,
		[HS_OPT_IGNORE_TAR_FORMAT] = HS_IGNORE_TAR_FORMAT,
		[HS_OPT_IGNORE_IMAGE_NAME] = HS_IGNORE_IMAGE_NAME,
		[HS_OPT_IGNORE_COMPRESSION] = HS_IGNORE_COMPRESSION,
		[HS_OPT_IGNORE_OWNER_NAMES] = HS_IGNORE_OWNER_NAMES,
	};

	return bits[id];
}

static int
take_word(const char **out, const struct hs_option *o, const char *arg, struct hs_err *err)
{
	if (!*arg || !hs_words_hold(o->words, arg))
		return hs_fail(err, HS_EUSAGE, "--%s: '%s' is not one of: %s", o->name,
		               hs_shown(arg).text, o->words);
	*out = arg;
	return 0;
}

int
hs_cli_take_image(struct hs_cli *cli, const struct hs_option *o, const char *arg,
                  struct hs_err *err)
{
	const char *word = "";
	int rc;

	switch (o->id) {
	case HS_OPT_ROOTFS:
		cli->rootfs = true;
		return 0;
	case HS_OPT_TRUST_DIGESTS:
		cli->trust_digests = true;
		return 0;
	case HS_OPT_PRINT:
		cli->print = true;
		return 0;
	case HS_OPT_CONFIG:
		cli->config = arg;
		return 0;
	case HS_OPT_LIKE:
		return take_word(&cli->like, o, arg, err);
	case HS_OPT_PROFILE:
		rc = take_word(&word, o, arg, err);
		if (strcmp(word, "semantic") == 0)
			cli->ignore |= HS_IGNORE_SEMANTIC;
		return rc;
	case HS_OPT_TIME:
		if (!hs_epoch_parse(&cli->time, arg))
			return hs_fail(err, HS_EUSAGE,
			               "--time: '%s' is not a number of seconds since 1970",
			               hs_shown(arg).text);
		cli->has_time = true;
		return 0;
	default:
		cli->ignore |= bit_of(o->id);
		return 0;
	}
}
