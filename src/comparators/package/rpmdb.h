/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_RPMDB_H
#define HS_COMPARATORS_RPMDB_H

#include "comparators/package/rpm_header.h"

/*
 * What a database of RPM packages holds, whatever it is kept in: a header a package, without its
 * magic (entries 4, bytes of the store 4, index, store).
 */
struct hs_rpmdb {
	struct hs_facts *out;
	struct hs_rpmdb_package *first;
	uint32_t n;
};

/*
 * Takes the header of a package; `blob` must live as long as the facts. HS_EFORMAT where it is
 * none.
 */
int hs_rpmdb_add(struct hs_rpmdb *db, struct hs_span blob, struct hs_err *err);

/*
 * Says each package, "package NAME.ARCH" as EPOCH:VERSION-RELEASE, in the order of the names; then
 * in detail the tags of their headers as "NAME.ARCH TAG", those that are lists of files as
 * digests. When all were installed, and in which transactions, is one fact: in each build that
 * differs for all of them.
 */
int hs_rpmdb_say(struct hs_rpmdb *db, struct hs_err *err);

#endif
