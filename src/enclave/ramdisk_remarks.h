/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENCLAVE_RAMDISK_REMARKS_H
#define HS_ENCLAVE_RAMDISK_REMARKS_H

#include "core/arena.h"

/*
 * What makes a ramdisk unreproducible, or behave otherwise than the image
 * that it is made of. No error: the bytes are those of nitro-cli all the same.
 */
enum hs_ramdisk_kind {
	HS_RAMDISK_IMPLIED_DIRECTORY,
	HS_RAMDISK_HARD_LINK,
	HS_RAMDISK_LOST_XATTR,
	HS_RAMDISK_LOST_CAPABILITY,
	HS_RAMDISK_DROPPED,
	HS_RAMDISK_REPLACED,
	HS_RAMDISK_MODE,
	HS_RAMDISK_MOUNTED_OVER,
	HS_RAMDISK_SOCKET,
	HS_RAMDISK_TIME,
	HS_RAMDISK_OVERFLOW,
	HS_RAMDISK_LAYERS,
	HS_RAMDISK_STREAM_END,
	HS_RAMDISK_ENTRYPOINT,
	HS_RAMDISK_WORKDIR,
	HS_RAMDISK_USER,
	HS_RAMDISK_NEWLINE,
	HS_RAMDISK_RELATIVE_COMMAND,
	HS_RAMDISK_EMPTY_COMMAND,
	HS_RAMDISK_N_KINDS,
};

struct hs_ramdisk_remark {
	const char *code; /* stable word: "implied-directory", "hard-link", ... */
	const char *text; /* a sentence, mostly on one path; escaped */
	uint64_t n_more;  /* of the same kind that are not said one by one: on the last that is */
	struct hs_ramdisk_remark *next;
};

/* In their order; each kind at most HS_MAX_RAMDISK_REMARKS times. All zero but for the arena is
 * empty. */
struct hs_ramdisk_remarks {
	struct hs_arena *arena;
	struct hs_ramdisk_remark *first, *last;
	struct {
		struct hs_ramdisk_remark *last;
		unsigned n;
	} kinds[HS_RAMDISK_N_KINDS];
};

/* The kind's code. */
const char *hs_ramdisk_kind_code(enum hs_ramdisk_kind kind);

/* Adds a sentence; what it names is escaped by the caller. */
void hs_ramdisk_remark(struct hs_ramdisk_remarks *r, enum hs_ramdisk_kind kind, const char *fmt,
                       ...) __attribute__((format(printf, 3, 4)));

/* Adds one that begins with a path from an input: "PATH TEXT". */
void hs_ramdisk_remark_path(struct hs_ramdisk_remarks *r, enum hs_ramdisk_kind kind,
                            struct hs_span path, const char *text);

#endif
