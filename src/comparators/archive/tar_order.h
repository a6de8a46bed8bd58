/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_TAR_ORDER_H
#define HS_COMPARATORS_TAR_ORDER_H

#include "core/seen.h"

/*
 * Which order explains a sequence of paths, told while they go past: each
 * rule is dropped at the first path that breaks it. All zero but for
 * hs_tar_order_init().
 */
struct hs_tar_order {
	unsigned fits;       /* bit 1 << rule: not broken yet */
	struct hs_span last; /* path of the entry before; the caller's, valid until the next add */
	struct hs_span last_stored;
	bool last_is_dir;
	bool ascends;       /* each path behind the one before, by bytes or as a walk: none twice */
	size_t last_parent; /* length of the path of its folder */
	uint64_t n;
	struct hs_seen opened;  /* folders that a walk has entered */
	struct hs_seen parents; /* folders whose entries have begun */
};

void hs_tar_order_init(struct hs_tar_order *o);

/* The next entry: its path as a key (no slash at either end; empty for the root) and as it is
 * stored. Both must stay until the call after the next. */
void hs_tar_order_add(struct hs_tar_order *o, struct hs_span path, struct hs_span stored,
                      bool is_dir);

/* The rule in words; NULL for fewer than two entries. */
const char *hs_tar_order_name(const struct hs_tar_order *o);

void hs_tar_order_release(struct hs_tar_order *o);

#endif
