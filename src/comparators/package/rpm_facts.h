/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_RPM_FACTS_H
#define HS_COMPARATORS_RPM_FACTS_H

#include "comparators/package/rpm_header.h"

/*
 * Says every entry of a header, in its order, a list element by element: by
 * rpm's name of the tag or its number, behind "signature " in that header.
 * What belongs to a file is said with its path. Binary values beyond a few
 * bytes are said as digests; bytes of the store that no entry has, too.
 * HS_EFORMAT at the first entry that cannot be read, with the earlier ones said.
 */
int hs_rpm_say_header(struct hs_facts *out, const struct hs_rpm_header *h, bool is_signature,
                      struct hs_err *err);

/* A binary value: in hex where it is short, else as a digest. */
void hs_rpm_say_binary(struct hs_facts *out, const char *field, struct hs_span value);

#endif
