/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/say.h"

#include "core/escape.h"

#include <stdarg.h>
#include <stdio.h>

void
hs_say_trouble(const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	fflush(stdout);
	fprintf(stderr, "hashoscope: %s\n", text);
}

enum hs_exit
hs_say_err(const struct hs_err *err)
{
	switch (err->code) {
	case HS_EFORMAT:
	case HS_EDIFFID:
	case HS_ELIMIT:
	case HS_ESTOP:
		hs_say_trouble("read incompletely: %s", err->text);
		return HS_EXIT_INCOMPLETE;
	default:
		hs_say_trouble("%s", err->text);
		return HS_EXIT_TROUBLE;
	}
}

struct hs_shown
hs_shown(const char *arg)
{
	struct hs_shown out = { .text = "" };

	hs_escape_short(out.text, sizeof(out.text), hs_span_of(arg));
	return out;
}
