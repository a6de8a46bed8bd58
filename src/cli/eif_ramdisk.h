/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_EIF_RAMDISK_H
#define HS_CLI_EIF_RAMDISK_H

#include "enclave/ramdisk_remarks.h"

/* Prints each remark as a warning to standard error; `name` is of the operand. */
void hs_say_ramdisk_remarks(const char *name, const struct hs_ramdisk_remarks *remarks);

#endif
