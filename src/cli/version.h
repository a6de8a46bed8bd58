/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_VERSION_H
#define HS_CLI_VERSION_H

#include <stdio.h>

/* The version, then each library with the version in use, "off" where it is not built in. */
void hs_version_print(FILE *out);

#endif
