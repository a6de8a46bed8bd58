/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/version.h"

#include "cli/libraries.h"
#include "core/version.h"

void
hs_version_print(FILE *out)
{
	struct hs_library all[HS_N_LIBRARIES];

	hs_libraries(all);
	fprintf(out, "hashoscope %s\n", hs_version());
	for (size_t i = 0; i < HS_N_LIBRARIES; i++)
		if (all[i].built)
			fprintf(out, "  %-11s %s\n", all[i].name,
			        all[i].version[0] ? all[i].version : "built in");
		else
			fprintf(out, "  %-11s off: %s\n", all[i].name, all[i].without);
}
