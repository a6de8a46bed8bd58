/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/parse_attest.h"

#include "cli/say.h"
#include "cli/words.h"

#include <string.h>

/* Where the text of an option goes; NULL for one that is no text. */
static const char **
place_of(struct hs_cli_attest *attest, enum hs_option_id id)
{
	switch (id) {
	case HS_OPT_PARTITION:
		return &attest->partition;
	case HS_OPT_ATTEST_AT:
		return &attest->at;
	case HS_OPT_MAX_AGE:
		return &attest->max_age;
	case HS_OPT_NONCE:
		return &attest->nonce;
	case HS_OPT_USER_DATA:
		return &attest->user_data;
	case HS_OPT_PUBLIC_KEY:
		return &attest->public_key;
	case HS_OPT_POLICY_FROM:
		return &attest->from;
	case HS_OPT_POLICY_FORMAT:
		return &attest->policy_format;
	case HS_OPT_NSM_DEVICE:
		return &attest->nsm_device;
	default:
		return NULL;
	}
}

int
hs_cli_take_attest(struct hs_cli_attest *attest, const struct hs_option *o, const char *arg,
                   struct hs_err *err)
{
	const char **place = place_of(attest, o->id);

	if (o->words && (!*arg || !hs_words_hold(o->words, arg)))
		return hs_fail(err, HS_EUSAGE, "--%s: '%s' is not one of: %s", o->name,
		               hs_shown(arg).text, o->words);
	if (place)
		*place = arg;
	else if (o->id == HS_OPT_NO_MEASUREMENTS)
		attest->no_measurements = true;
	else
		attest->allow_debug = true;
	return 0;
}

int
hs_cli_check_attest_format(const struct hs_cli *cli, struct hs_err *err)
{
	const bool many = cli->verb->id == HS_VERB_ATTEST_VERIFY;
	const char *words = many ? "text json ndjson" : "text json";
	const char *format = cli->attest.format;

	if (format && (!*format || !hs_words_hold(words, format)))
		return hs_fail(err, HS_EUSAGE, "-o: '%s' is not one of: %s", hs_shown(format).text,
		               words);
	return 0;
}
