/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/embedded.h"

struct hs_span
hs_embedded_find(const char *name)
{
	for (const struct hs_embedded *e = hs_embedded; e->name; e++)
		if (strcmp(e->name, name) == 0)
			return (struct hs_span){ e->bytes, e->len };
	return (struct hs_span){ NULL, 0 };
}
