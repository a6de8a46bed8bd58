/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_PACK_PACK_LAYER_H
#define HS_PACK_PACK_LAYER_H

#include "pack/pack_list.h"

/*
 * Writes the items as an uncompressed layer into the spool, by the rules of
 * Go's archive/tar (golang/go_tar.h): owners as numbers only, permissions
 * without the type, whole seconds, extended attributes as SCHILY.xattr records
 * sorted by name, files dense. Labels that one machine's security modules
 * gave (security.selinux, .ima, .evm) are left out, with a remark.
 */
struct hs_pack_times {
	bool has_time;
	int64_t time; /* later times become this; without one all times are 0 */
};

/* *out, whose digest is known, is the caller's to unref. The error names the item. */
int hs_pack_layer(struct hs_blob **out, struct hs_pack_list *list, const struct hs_tree *t,
                  const struct hs_pack_times *times, struct hs_err *err);

#endif
