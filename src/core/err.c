/* SPDX-License-Identifier: Apache-2.0 */
#include "core/err.h"

#include "core/escape.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int
hs_fail(struct hs_err *err, enum hs_code code, const char *fmt, ...)
{
	va_list ap;

	err->code = code;
	va_start(ap, fmt);
	vsnprintf(err->text, sizeof(err->text), fmt, ap);
	va_end(ap);
	return code;
}

int
hs_fail_errno(struct hs_err *err, int errnum, const char *fmt, ...)
{
	char reason[128];
	size_t len;
	va_list ap;

	err->code = HS_EIO;
	va_start(ap, fmt);
	vsnprintf(err->text, sizeof(err->text), fmt, ap);
	va_end(ap);
	len = strlen(err->text);
	snprintf(err->text + len, sizeof(err->text) - len, ": %s",
	         strerror_r(errnum, reason, sizeof(reason)));
	return HS_EIO;
}

int
hs_fail_in(struct hs_err *err, const char *fmt, ...)
{
	char inner[sizeof(err->text)];
	char outer[160];
	va_list ap;

	memcpy(inner, err->text, sizeof(inner));
	va_start(ap, fmt);
	vsnprintf(outer, sizeof(outer), fmt, ap);
	va_end(ap);
	snprintf(err->text, sizeof(err->text), "%s: %.*s", outer,
	         (int)(sizeof(err->text) - strlen(outer) - 3), inner);
	return err->code;
}

int
hs_fail_in_span(struct hs_err *err, struct hs_span name)
{
	char shown[120];

	hs_escape_short(shown, sizeof(shown), name);
	return hs_fail_in(err, "%s", shown);
}
