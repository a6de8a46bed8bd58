/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_VERSION_H
#define HS_CORE_VERSION_H

/* The program's version, "MAJOR.MINOR.PATCH"; reports name it. */
const char *hs_version(void);

#endif
