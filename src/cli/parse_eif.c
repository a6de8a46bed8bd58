/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/parse_eif.h"

#include "cli/say.h"
#include "cli/words.h"

#include <string.h>

/* Where the text of an option goes; NULL for one that is no text. */
static const char **
place_of(struct hs_cli_eif *eif, enum hs_option_id id)
{
	const struct {
		enum hs_option_id id;
		const char **place;
	} rows[] = {
		{ HS_OPT_INPUT, &eif->input },
		{ HS_OPT_CERTIFICATE, &eif->certificate },
		{ HS_OPT_PRIVATE_KEY, &eif->private_key },
		{ HS_OPT_SIGNER, &eif->signer },
		{ HS_OPT_ROLE_ARN, &eif->role_arn },
		{ HS_OPT_INSTANCE_ID, &eif->instance_id },
		{ HS_OPT_INIT, &eif->init },
		{ HS_OPT_NSM, &eif->nsm },
		{ HS_OPT_EXPORT, &eif->export },
		{ HS_OPT_CMD, &eif->cmd },
		{ HS_OPT_ENV, &eif->env },
		{ HS_OPT_BLOBS, &eif->blobs },
		{ HS_OPT_KERNEL, &eif->kernel },
		{ HS_OPT_KERNEL_CONFIG, &eif->kernel_config },
		{ HS_OPT_CMDLINE, &eif->cmdline },
		{ HS_OPT_FROM, &eif->from },
		{ HS_OPT_ARCH, &eif->arch },
		{ HS_OPT_NAME, &eif->name },
		{ HS_OPT_IMAGE_VERSION, &eif->version },
		{ HS_OPT_METADATA, &eif->metadata },
		{ HS_OPT_DOCKER_INFO, &eif->docker_info },
		{ HS_OPT_BUILD_TIME, &eif->build_time },
		{ HS_OPT_BUILD_TOOL, &eif->build_tool },
		{ HS_OPT_BUILD_TOOL_VERSION, &eif->build_tool_version },
		{ HS_OPT_IMG_OS, &eif->img_os },
		{ HS_OPT_IMG_KERNEL, &eif->img_kernel },
		{ HS_OPT_ALGO, &eif->algo },
		{ HS_OPT_AT, &eif->at },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].id == id)
			return rows[i].place;
	return NULL;
}

int
hs_cli_take_eif(struct hs_cli_eif *eif, const struct hs_option *o, const char *arg,
                struct hs_err *err)
{
	const char **place = place_of(eif, o->id);

	if (o->words && (!*arg || !hs_words_hold(o->words, arg)))
		return hs_fail(err, HS_EUSAGE, "--%s: '%s' is not one of: %s", o->name,
		               hs_shown(arg).text, o->words);
	if (place) {
		*place = arg;
		return 0;
	}
	if (o->id == HS_OPT_LENIENT)
		eif->lenient = true;
	else if (o->id == HS_OPT_DETERMINISTIC)
		eif->deterministic = true;
	else
		eif->rootfs = true;
	return 0;
}

int
hs_cli_check_format(const struct hs_cli *cli, struct hs_err *err)
{
	const bool nitro = cli->verb->id == HS_VERB_EIF_DESCRIBE;
	const char *words = nitro ? "text json nitro" : "text json";
	const char *format = cli->eif.format;

	if (format && (!*format || !hs_words_hold(words, format)))
		return hs_fail(err, HS_EUSAGE, "-o: '%s' is not one of: %s", hs_shown(format).text,
		               words);
	return 0;
}
