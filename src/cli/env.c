/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/env.h"

#include "cli/parse_image.h"
#include "cli/say.h"
#include "cli/size.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { LEAST_WIDTH = 20, USUAL_WIDTH = 80, MOST_WIDTH = 1000 };

/* The value of a variable; NULL where it is unset or empty. */
static const char *
value_of(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

static bool
is_on(const char *name)
{
	const char *value = value_of(name);

	return value && strcmp(value, "0") != 0;
}

static int
read_color(enum hs_when *out, struct hs_err *err)
{
	const char *value = value_of("HASHOSCOPE_COLOR");

	if (value) {
		if (strcmp(value, "always") == 0)
			*out = HS_WHEN_ALWAYS;
		else if (strcmp(value, "never") == 0)
			*out = HS_WHEN_NEVER;
		else if (strcmp(value, "auto") == 0)
			*out = HS_WHEN_AUTO;
		else
			return hs_fail(err, HS_EUSAGE,
			               "HASHOSCOPE_COLOR: '%s' is not one of: auto always never",
			               hs_shown(value).text);
		return 0;
	}
	*out = HS_WHEN_AUTO;
	if (value_of("NO_COLOR"))
		*out = HS_WHEN_NEVER;
	else if (is_on("FORCE_COLOR") || is_on("CLICOLOR_FORCE"))
		*out = HS_WHEN_ALWAYS;
	return 0;
}

int
hs_env_read(struct hs_env *out, struct hs_err *err)
{
	const char *term = value_of("TERM");
	const char *columns = value_of("COLUMNS");
	const char *epoch = value_of("SOURCE_DATE_EPOCH");
	uint64_t n;

	*out = (struct hs_env){
		.opts = value_of("HASHOSCOPE_OPTS"),
		.tmp = value_of("TMPDIR"),
		.blobs = value_of("NITRO_CLI_BLOBS"),
	};
	out->dumb = !term || strcmp(term, "dumb") == 0;
	if (columns && hs_number_parse(&n, columns) && n <= MOST_WIDTH)
		out->columns = (unsigned)n;
	if (epoch && !hs_epoch_parse(&out->epoch, epoch))
		return hs_fail(err, HS_EUSAGE,
		               "SOURCE_DATE_EPOCH: '%s' is not a number of seconds since 1970",
		               hs_shown(epoch).text);
	out->has_epoch = epoch != NULL;
	return read_color(&out->color, err);
}

bool
hs_env_is_terminal(const struct hs_env *env, int fd)
{
	return !env->dumb && isatty(fd);
}

bool
hs_env_colors(const struct hs_env *env, enum hs_when option, int fd)
{
	const enum hs_when when = option == HS_WHEN_UNSET ? env->color : option;

	if (when == HS_WHEN_AUTO)
		return hs_env_is_terminal(env, fd);
	return when == HS_WHEN_ALWAYS;
}

unsigned
hs_env_width(const struct hs_env *env, int fd)
{
	unsigned width = USUAL_WIDTH;
	struct winsize size;

	if (!isatty(fd))
		return USUAL_WIDTH;
	if (env->columns > 0)
		width = env->columns;
	else if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		width = size.ws_col;
	return width < LEAST_WIDTH ? LEAST_WIDTH : width;
}
