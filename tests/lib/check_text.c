/* SPDX-License-Identifier: Apache-2.0 */
#include "check_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

void
hs_check_has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("not there: <%s>\nin: <%s>", part, text);
}

void
hs_check_lacks(const char *text, const char *part)
{
	if (strstr(text, part))
		fail_msg("there: <%s>\nin: <%s>", part, text);
}
