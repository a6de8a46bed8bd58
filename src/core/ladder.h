/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_LADDER_H
#define HS_CORE_LADDER_H

#include "core/hash.h"
#include "core/span.h"

/*
 * How far two images are the same, rung by rung: each rung forgives more than
 * the one above it, and the first that holds is the verdict. Made by the
 * engine, read by sinks.
 */
enum hs_rung {
	HS_RUNG_ARCHIVE,   /* the same bytes */
	HS_RUNG_MANIFEST,  /* the same manifest digest: the archives are packed otherwise */
	HS_RUNG_IMAGE_ID,  /* the same configuration: compression or annotations differ */
	HS_RUNG_DIFF_IDS,  /* the same uncompressed layers: the configuration differs */
	HS_RUNG_CANONICAL, /* the same layers once a canonical form has rewritten them */
	HS_RUNG_ROOTFS,    /* the same files when applied, in other layers or with other times */
	HS_RUNG_CONTENT,   /* nothing of these: files differ */
	HS_N_RUNGS,
};

/* "archive", "manifest", "image-id", "diff-ids", "canonical", "rootfs", "content". */
const char *hs_rung_name(enum hs_rung rung);

enum hs_answer {
	HS_ANSWER_SKIPPED, /* a rung above holds, or there is nothing to compare it by */
	HS_ANSWER_YES,
	HS_ANSWER_NO,
	HS_ANSWER_UNKNOWN, /* a part is absent or damaged */
};

/* One rung of one pair of images. */
struct hs_rung_result {
	enum hs_answer same;
	struct hs_span a,
		b; /* the digests that were compared, as text; empty where there are none */
};

/* What a canonical form would make of the two. */
struct hs_form_result {
	const char *like; /* "ggcr", "buildkit", ... */
	bool has_time;
	int64_t time;
	enum hs_answer same;       /* both become one image */
	struct hs_sha256 image_id; /* which: with YES */
	const char
		*still; /* what differs after it, or why the tool refuses; escaped. NULL with YES */
};

struct hs_image_ladder {
	struct hs_span ref, platform; /* of the image, or empty */
	enum hs_rung rung;            /* the first that holds */
	bool certain;                 /* no rung above it is UNKNOWN */
	struct hs_rung_result rungs[HS_N_RUNGS];
	const char *cause;  /* a stable word for the class of what differs: "compression", ... */
	const char *remedy; /* what would make the two equal, one sentence; escaped */
	const struct hs_form_result *forms;
	size_t n_forms;
	struct hs_image_ladder *next;
};

/* Of all pairs of images of two archives. */
struct hs_ladder {
	struct hs_image_ladder *first;
	size_t n;
	enum hs_rung rung;       /* the lowest of all pairs */
	uint64_t only_a, only_b; /* images without a partner */
};

#endif
