/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUILD_RPMDB_H
#define BUILD_RPMDB_H

#include "build_rpm.h"

/* The header of a package as databases keep it, without its magic: x86_64, installed at `when`,
 * that requires "bash >= VERSION"; `more` is its URL, as long as a test wants it. */
void hs_build_rpmdb_blob(struct hs_build *b, const char *name, const char *version, uint32_t when,
                         const char *more);

/* A database of ndb with these headers. */
void hs_build_ndb(struct hs_build *b, const struct hs_build *blobs, size_t n);

/* A hash of Berkeley DB of pages of 512 bytes: headers that fit stand in the page, the others in
 * chains of pages. */
void hs_build_bdb(struct hs_build *b, const struct hs_build *blobs, size_t n, bool big);

#endif
