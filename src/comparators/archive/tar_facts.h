/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_TAR_FACTS_H
#define HS_COMPARATORS_TAR_FACTS_H

#include "core/facts.h"
#include "core/tar_reader.h"

/*
 * Says all that the header blocks of a member hold: first what any format
 * has, then what only a tar has, down to how its numbers are written and what
 * stands in unused bytes. Two heads that are not the same bytes say different
 * facts. Long values are said as digests. Memory comes from out->arena.
 */
void hs_tar_say_member(struct hs_facts *out, const struct hs_tar_member *m);

/* What any format has of it. */
void hs_tar_meta(struct hs_meta *out, struct hs_arena *a, const struct hs_tar_member *m);

/* Says each record of a 'g' or 'x' header as a fact "LABEL KEY". */
void hs_tar_say_records(struct hs_facts *out, const char *label, struct hs_span records);

/* "pax", "ustar", "gnu", "gnu with pax", ... */
const char *hs_tar_member_dialect(const struct hs_tar_member *m);

#endif
