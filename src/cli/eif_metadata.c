/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/eif_metadata.h"

#include "cli/file.h"
#include "cli/parse_image.h"
#include "core/escape.h"
#include "core/version.h"
#include "enclave/metadata.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

/* nitro-cli takes no larger file for --metadata. */
enum { MAX_CUSTOM = 4096 };

int
hs_eif_time_print(const char **out, struct hs_arena *a, int64_t epoch, struct hs_err *err)
{
	const time_t t = (time_t)epoch;
	struct tm tm;

	if (!gmtime_r(&t, &tm) || tm.tm_year < -1900 || tm.tm_year > 9999 - 1900)
		return hs_fail(err, HS_EUSAGE,
		               "%" PRId64 " seconds since 1970 are not in the years 0 to 9999",
		               epoch);
	*out = hs_arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02d+00:00", tm.tm_year + 1900,
	                       tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
	return 0;
}

/* --build-time: a number is a time, anything else is the text. */
static int
take_time(struct hs_span *out, struct hs_arena *a, const struct hs_eif_metadata_order *order,
          struct hs_err *err)
{
	const char *option = order->eif->build_time, *text;
	int64_t epoch = order->env->has_epoch ? order->env->epoch : 0;

	if (option && !hs_epoch_parse(&epoch, option)) {
		if (strspn(option + (*option == '-'), "0123456789") ==
		    strlen(option + (*option == '-')))
			return hs_fail(err, HS_EUSAGE, "--build-time: it is no time");
		*out = hs_span_of(option);
		return 0;
	}
	if (hs_eif_time_print(&text, a, epoch, err) < 0)
		return hs_fail_in(err, option ? "--build-time" : "SOURCE_DATE_EPOCH");
	*out = hs_span_of(text);
	return 0;
}

/* The text of an option that takes a file of JSON or the JSON itself. */
static int
read_json(struct hs_span *out, struct hs_arena *a, const struct hs_eif_metadata_order *order,
          const char *arg, struct hs_err *err)
{
	struct hs_operand file;

	if (*arg == '{' || *arg == '[') {
		*out = hs_span_of(arg);
		return 0;
	}
	if (hs_file_open(&file, arg, order->run, err) < 0)
		return err->code;
	*out = hs_arena_copy(a, file.blob->bytes);
	hs_operand_release(&file);
	return 0;
}

/* What an option says is no input that was read in part. */
static int
fail_option(struct hs_err *err, const char *option)
{
	if (err->code == HS_EFORMAT)
		err->code = HS_EUSAGE;
	return hs_fail_in(err, "%s", option);
}

static int
take_custom(const struct hs_serde **out, struct hs_arena *a,
            const struct hs_eif_metadata_order *order, struct hs_err *err)
{
	const char *arg = order->eif->metadata;
	struct hs_span text;
	int rc;

	if (!arg)
		return 0;
	rc = read_json(&text, a, order, arg, err);
	if (rc == 0 && text.len > MAX_CUSTOM)
		rc = hs_fail(err, HS_EUSAGE, "%zu bytes, and nitro-cli takes at most %d", text.len,
		             MAX_CUSTOM);
	if (rc == 0)
		rc = hs_serde_read(out, a, text, err);
	if (rc == 0 && (*out)->kind != HS_SERDE_OBJECT && (*out)->kind != HS_SERDE_NULL)
		rc = hs_fail(err, HS_EUSAGE,
		             "it is no object, and nitro-cli could not describe the image");
	return rc < 0 ? fail_option(err, "--metadata") : 0;
}

static int
take_docker_info(const struct hs_serde **out, struct hs_arena *a,
                 const struct hs_eif_metadata_order *order, struct hs_err *err)
{
	const char *arg = order->eif->docker_info;
	struct hs_span text;
	int rc;

	if (!arg || strcmp(arg, "none") == 0)
		return 0;
	rc = read_json(&text, a, order, arg, err);
	if (rc == 0)
		rc = hs_serde_read(out, a, text, err);
	return rc < 0 ? fail_option(err, "--docker-info") : 0;
}

/* Metadata are JSON, which is UTF-8. */
static int
check_texts(const struct hs_cli_eif *eif, struct hs_err *err)
{
	const struct {
		const char *option, *text;
	} rows[] = {
		{ "--name", eif->name },
		{ "--version", eif->version },
		{ "--build-time", eif->build_time },
		{ "--build-tool", eif->build_tool },
		{ "--build-tool-version", eif->build_tool_version },
		{ "--img-os", eif->img_os },
		{ "--img-kernel", eif->img_kernel },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].text && !hs_is_utf8(hs_span_of(rows[i].text)))
			return hs_fail(err, HS_EUSAGE, "%s: it is no UTF-8", rows[i].option);
	return 0;
}

static struct hs_span
choose(const char *option, struct hs_span otherwise)
{
	return option ? hs_span_of(option) : otherwise;
}

int
hs_eif_metadata_make(struct hs_span *section, struct hs_arena *a,
                     const struct hs_eif_metadata_order *order, struct hs_err *err)
{
	const struct hs_cli_eif *eif = order->eif;
	struct hs_metadata m = {
		.image_name = choose(eif->name, order->image_name),
		.image_version = choose(eif->version, order->image_version),
		.build_tool = choose(eif->build_tool, HS_SPAN("hashoscope")),
		.build_tool_version = choose(eif->build_tool_version, hs_span_of(hs_version())),
		.operating_system = order->operating_system,
		.kernel_version = order->kernel_version,
	};
	int rc = check_texts(eif, err);

	if (order->has_kernel_config)
		hs_metadata_kernel(&m, order->kernel_config);
	m.operating_system = choose(eif->img_os, m.operating_system);
	m.kernel_version = choose(eif->img_kernel, m.kernel_version);
	if (rc == 0)
		rc = take_time(&m.build_time, a, order, err);
	if (rc == 0)
		rc = take_docker_info(&m.docker_info, a, order, err);
	if (rc == 0)
		rc = take_custom(&m.custom_metadata, a, order, err);
	if (rc == 0)
		*section = hs_metadata_write(a, &m);
	return rc;
}
