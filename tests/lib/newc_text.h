/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_TESTS_NEWC_TEXT_H
#define HS_TESTS_NEWC_TEXT_H

#include "enclave/pieces.h"
#include "enclave/ramdisk_remarks.h"

/* All pieces in one, with a NUL behind them. */
struct hs_span newc_joined(struct hs_arena *a, const struct hs_pieces *p);

/*
 * A line for each member: "MODE UID:GID MTIME NAME", with " = CONTENT" of a
 * file and " -> TARGET" of a symbolic link, " MAJOR:MINOR" of a device;
 * escaped. Fails the test where inode numbers, links, the device, paddings or the
 * end are not as linuxkit writes them.
 */
const char *newc_text(struct hs_arena *a, const struct hs_pieces *p);

/* A line for each remark: "CODE: TEXT", and "CODE: N more". */
const char *remarks_text(struct hs_arena *a, const struct hs_ramdisk_remarks *r);

/* A file of the shared vectors; skips the test where it is not there. */
struct hs_span shared_file(struct hs_arena *a, const char *name);

#endif
