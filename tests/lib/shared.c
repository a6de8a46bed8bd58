/* SPDX-License-Identifier: Apache-2.0 */
#include "shared.h"

#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct path {
	char text[4096];
};

static struct path
path_of(const char *inside)
{
	const char *shared = getenv("HS_SHARED");
	struct path p;

	snprintf(p.text, sizeof(p.text), "%s/%s", shared && *shared ? shared : "../shared", inside);
	return p;
}

void
shared_needs(const char *folder)
{
	const struct path p = path_of(folder);

	if (access(p.text, R_OK) != 0) {
		print_message("skipped: no %s\n", p.text);
		skip();
	}
}

void
shared_read(struct hs_build *out, const char *path)
{
	const struct path p = path_of(path);
	FILE *in = fopen(p.text, "rb");
	uint8_t buffer[8192];
	size_t n;

	assert_non_null(in);
	while ((n = fread(buffer, 1, sizeof(buffer), in)) > 0)
		hs_build_put(out, (struct hs_span){ buffer, n });
	fclose(in);
}
