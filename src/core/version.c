/* SPDX-License-Identifier: Apache-2.0 */
#include "core/version.h"

const char *
hs_version(void)
{
	return HS_VERSION;
}
