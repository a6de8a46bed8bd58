/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_TAR_FORENSICS_H
#define HS_COMPARATORS_TAR_FORENSICS_H

#include "comparators/archive/tar_notes.h"
#include "comparators/archive/tar_order.h"
#include "comparators/archive/tar_writer.h"

/*
 * What a whole archive tells of who made it, taken down while its members go
 * past: one pass, a few counters, and for each member 32 bytes at most. All
 * that is said but the end follows from the members (of_members).
 */
enum { HS_TAR_DIALECTS = 8, HS_TAR_KINDS = 24 };

/* A word and how often it was seen. */
struct hs_tar_count {
	const char *word;
	uint64_t n;
};

struct hs_tar_forensics {
	struct hs_arena arena; /* keys that are no part of the archive */
	uint64_t entries;

	struct hs_tar_count dialects[HS_TAR_DIALECTS];
	struct hs_tar_traces traces;
	struct hs_tar_order order;
	uint8_t joined[2][256]; /* names of a prefix and a rest, by turns */

	struct hs_span file;
	struct hs_seen names; /* from the first path on that does not stand behind the one before */
	bool names_kept;
	struct hs_span first_duplicate;
	uint64_t n_duplicates;

	uint64_t records[HS_PAX_N_KEYS];
	struct hs_span kinds[HS_TAR_KINDS]; /* keys that the reader does not know */
	uint64_t n_kind[HS_TAR_KINDS], n_other_kinds;

	struct hs_seen times;
	struct hs_time first, last, earlier; /* mtimes; of the entry before */
	uint64_t n_times, n_fractions;

	uint64_t n_odd[HS_TAR_N_ODD];
	struct hs_span first_odd[HS_TAR_N_ODD];
};

void hs_tar_forensics_init(struct hs_tar_forensics *f, struct hs_span file);
void hs_tar_forensics_add(struct hs_tar_forensics *f, const struct hs_tar_member *m);

/* Says all of it; the end too, where hs_tar_next() gave 0 (`whole`). */
void hs_tar_forensics_say(struct hs_facts *out, struct hs_tar_forensics *f,
                          const struct hs_tar_reader *r, bool whole);

void hs_tar_forensics_release(struct hs_tar_forensics *f);

#endif
