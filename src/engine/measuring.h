/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENGINE_MEASURING_H
#define HS_ENGINE_MEASURING_H

#include "core/measure.h"
#include "enclave/pcr.h"
#include "engine/engine.h"

/* The inside of engine/measure.h: two sides measured, and what is drawn from them. */
struct hs_measured {
	struct hs_eif eif;
	struct hs_pcrs pcrs;
	struct hs_pcr pcr8;
	bool has_pcr8;     /* there is a signature whose certificate could be read */
	struct hs_err why; /* what keeps it from being measured; code 0 for nothing */
};

/* A section by its name, on both sides. */
struct hs_measuring_section {
	const char *name;
	const struct hs_eif_section *a, *b; /* NULL where that side has none */
	bool same;
	const struct hs_node *node; /* or NULL */
	unsigned pcrs;              /* HS_PCR_BIT() of those that its data are in */
	bool counted;               /* as in the report */
};

struct hs_measuring {
	struct hs_arena *keep; /* of the result */
	struct hs_worker *w;
	const struct hs_node *node; /* of the two images; NULL where they are one */
	const struct hs_measured *side[2];
	struct hs_measuring_section *sections; /* a's in its order, then those that only b has */
	size_t n_sections;
	unsigned reordered; /* the PCRs of which the sections that both have stand in another
	                       order */
	unsigned compared;  /* the PCRs that are */
	unsigned differ;    /* those of them that do */
	bool two_ramdisks;  /* each side has a bootstrap and a customer ramdisk */
	const struct hs_measure_rebuilt *rebuilt; /* or NULL */
	struct hs_span implied; /* the time that stands for that of extraction, as a fact */
	uint64_t n_reasons[3];  /* causes of PCR1, of PCR2, of any but PCR8 */
	struct hs_measure_aside *asides;
	struct hs_measurements *out;
};

/* What people call a section: "the customer ramdisk". In the arena. */
const char *hs_measure_section_words(const struct hs_measuring *m,
                                     const struct hs_measuring_section *s);

/* "PCR0, PCR1 and PCR2"; with `about`, what each is of. In the arena. */
const char *hs_measure_pcr_words(const struct hs_measuring *m, unsigned pcrs, bool about);

/* ---- Causes ---- */

/* What matters most comes first. */
enum hs_cause_rank {
	HS_CAUSE_CONTENT,
	HS_CAUSE_ONE_SIDED,
	HS_CAUSE_MOVED,
	HS_CAUSE_METADATA,
	HS_CAUSE_TIMES,
	HS_CAUSE_IMPLIED, /* times that only the moment of extraction gives */
	HS_CAUSE_ORDER,
	HS_CAUSE_NUMBERS,
	HS_CAUSE_FORM,
};

/* A cause before it has words. */
struct hs_cause_found {
	enum hs_cause_rank rank;
	size_t at;                  /* the order of finding */
	const struct hs_node *node; /* or NULL */
	const struct hs_measuring_section *section;
	uint64_t n; /* entries of which the same fields differ, or that are in the one-sided node */
	bool same_values;     /* in all of them */
	const char *code;     /* as in the report */
	const char *sentence; /* NULL: to be made of the node */
};

struct hs_cause_finding {
	struct hs_measuring *m;
	const struct hs_measuring_section *section;
	struct hs_cause_found *list; /* malloc'd */
	size_t n, room;
	size_t start;   /* of the section's own */
	bool numbered;  /* both sides count their entries: the numbers follow from them */
	bool packed;    /* that could not be looked at */
	bool displaced; /* entries were added, left out, moved or put in another order */
};

/* Valid until the next. */
struct hs_cause_found *hs_cause_add(struct hs_cause_finding *f, enum hs_cause_rank rank,
                                    const struct hs_node *node, const char *code);

/* The same with its words: of the whole section, or of an archive in it. In the arena. */
void hs_cause_say(struct hs_cause_finding *f, enum hs_cause_rank rank, const struct hs_node *node,
                  const char *code, const char *sentence);

/* measure_causes.c: fills out->causes. */
void hs_measure_causes(struct hs_measuring *m);

/* A part of a ramdisk that differs: a compressed archive, an archive, or neither. */
void hs_cause_part(struct hs_cause_finding *f, const struct hs_node *node);

/* measure_entries.c: what differs in a cpio archive. */
void hs_cause_entries(struct hs_cause_finding *f, const struct hs_node *archive);

/* The first change, from `c` on, that is of the entry's header and follows from nothing else. */
const struct hs_change *hs_cause_change(const struct hs_cause_finding *f,
                                        const struct hs_node *node, const struct hs_change *c);

/* "mode, uid": the fields of those. In the arena. */
const char *hs_cause_fields(const struct hs_cause_finding *f, struct hs_arena *a,
                            const struct hs_node *node);

/* measure_numbers.c: whether each entry of a cpio archive has the inode number of the one before
 * it and 1 more; from *first on. */
bool hs_measure_is_numbered(struct hs_span cpio, uint64_t *first);

/* measure_sentence.c: the words of a cause, in m->keep. */
const char *hs_cause_sentence(const struct hs_cause_finding *f, const struct hs_cause_found *found);

/* measure_kernel.c: what two kernels differ in; `node` may be NULL. In the arena. */
const char *hs_cause_kernel(struct hs_arena *a, const struct hs_node *node);

/* measure_lists.c: that two command lines differ, word by word where that is short. */
const char *hs_cause_cmdline(struct hs_measuring *m, struct hs_span a, struct hs_span b);

/* "A=1 only in a and A=2 only in b": the lines of the customer ramdisk's command and environment.
 * NULL where the node is neither, or they cannot be told so. In m->keep. */
const char *hs_cause_lines(const struct hs_cause_finding *f, const struct hs_node *node);

/* "A in a and B in b", or "" where that would be too long. */
const char *hs_cause_values(struct hs_arena *a, const struct hs_change *c);

/* measure_asides.c: fills out->asides. */
void hs_measure_asides(struct hs_measuring *m);

/* measure_remarks.c: fills out->remarks from what was measured, before there are causes. */
void hs_measure_remarks(struct hs_measuring *m);

/* measure_words.c: fills out->sentence from all the rest. */
void hs_measure_words(struct hs_measuring *m);

#endif
