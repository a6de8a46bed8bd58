/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_TAR_XATTR_H
#define HS_COMPARATORS_TAR_XATTR_H

#include "core/arena.h"
#include "core/meta.h"
#include "core/tar_pax.h"

/*
 * An extended attribute in one of the two ways in which pax records hold it:
 * SCHILY.xattr.NAME with the value as it is (star, GNU tar, Go), and
 * LIBARCHIVE.xattr.NAME with bytes of the name as %XX and the value in base64.
 * False for any other record.
 */
bool hs_tar_xattr_of(struct hs_attr *out, struct hs_arena *a, const struct hs_pax_record *rec);

#endif
