/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_IMAGE_REMARKS_H
#define HS_IMAGE_REMARKS_H

#include "core/tree.h"

/*
 * What can be wrong with a part of an image. Each has a word for machines,
 * which is the code of its note, and is damage or not whoever says it.
 */
enum hs_remark_kind {
	HS_REMARK_DAMAGED,     /* it cannot be read as what it is */
	HS_REMARK_UNREADABLE,  /* the system refused to read it: nothing is verified */
	HS_REMARK_LIMIT,       /* past a limit of limits.h */
	HS_REMARK_TIMEOUT,     /* the time was up before it was read */
	HS_REMARK_BAD_JSON,    /* a document is not JSON, or not of the form it should have */
	HS_REMARK_TWICE,       /* a document names a field twice: readers differ in which counts */
	HS_REMARK_AMBIGUOUS,   /* a document is an index and a manifest at once */
	HS_REMARK_BAD_DIGEST,  /* a digest that is none, of a descriptor or a diff_id */
	HS_REMARK_BAD_SIZE,    /* a descriptor whose size is absent, negative or no number */
	HS_REMARK_ODD_DIGEST,  /* a digest of an algorithm that is not checked; no damage */
	HS_REMARK_SIZE,        /* size of a blob against its descriptor */
	HS_REMARK_DIGEST,      /* digest of a blob against its descriptor */
	HS_REMARK_DIFF_ID,     /* digest of an uncompressed layer against its diff_id */
	HS_REMARK_NAME,        /* content of a blob against its file name */
	HS_REMARK_NAME_HINT,   /* the same where the format lets names be anything: no damage */
	HS_REMARK_DATA,        /* data in a descriptor against the blob, or against its digest */
	HS_REMARK_MISSING,     /* a blob that is named and not there */
	HS_REMARK_FOREIGN,     /* one that is kept elsewhere by intent: no damage */
	HS_REMARK_ELSEWHERE,   /* one of another platform, left out by intent: no damage */
	HS_REMARK_LAYER_COUNT, /* diff_ids of the config against layers of the manifest */
	HS_REMARK_HISTORY,     /* history of the config against its diff_ids; no damage */
	HS_REMARK_ROOTFS_TYPE, /* rootfs.type of the config is not "layers"; no damage */
	HS_REMARK_INDEX,       /* platform or media type in the index against what it names */
	HS_REMARK_MEDIA_TYPE,  /* compression of a layer against its media type; no damage */
	HS_REMARK_LOOP,        /* an index that names itself, or links that do */
	HS_REMARK_TWO_IMAGES,  /* manifest.json against the OCI documents beside it */
	HS_N_REMARK_KINDS,
};

/* What an error of reading a part is remarked as. */
enum hs_remark_kind hs_remark_of(const struct hs_err *err);

/* "size-mismatch", "missing-blob", ...: docs/report-format.md has them all. */
const char *hs_remark_word(enum hs_remark_kind kind);

/*
 * Sentences about one thing that become its notes: the first few of each kind
 * in full, the rest counted, so that a manifest that lies about a thousand
 * layers can still be read. All zero is empty.
 */
struct hs_remarks {
	struct hs_remarks_line *first, *last;
	uint32_t n;   /* notes that it makes */
	bool damaged; /* one of them is damage */
};

/* Adds a sentence; texts from inputs are to be escaped first. */
void hs_remarks_add(struct hs_remarks *r, struct hs_arena *a, enum hs_remark_kind kind,
                    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* Adds all that `from` says. */
void hs_remarks_join(struct hs_remarks *r, struct hs_arena *a, const struct hs_remarks *from);

/* The r->n notes, with counts of what they leave out; NULL for none. */
const struct hs_entry_note *hs_remarks_notes(const struct hs_remarks *r, struct hs_arena *a);

#endif
