/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_RPM_DEPENDS_H
#define HS_COMPARATORS_RPM_DEPENDS_H

#include "comparators/package/rpm_header.h"

/*
 * Dependencies of RPM packages. The header keeps them as three lists, of names, of flags and of
 * versions (REQUIRENAME, REQUIREFLAGS, REQUIREVERSION); together they are one list of what people
 * write:
 *
 *	Requires: openssl-libs >= 1:3.0
 *	Requires: /bin/sh (post)
 *
 * `e` is an entry of the header: true, with the whole list said under "PREFIXRequires",
 * where it is the names of such a list, or true with nothing said where its names tell it. False
 * where it is no dependency, or the three lists are not of one length.
 */
bool hs_rpm_say_depends(struct hs_facts *out, const char *prefix, const struct hs_rpm_header *h,
                        const struct hs_rpm_entry *e);

#endif
