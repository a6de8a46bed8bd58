/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENCLAVE_EXPORT_H
#define HS_ENCLAVE_EXPORT_H

#include "core/tree.h"

/*
 * The root file system of a container that Docker has created and not
 * started, in the order in which `docker export` writes it. Either such a
 * stream is read, or it is made of a root file system as Docker would:
 * with the files of its init layer, names sorted within each folder, a
 * folder's members right behind it.
 */
struct hs_export_entry {
	struct hs_span name; /* as in the stream: a directory's ends in "/" */
	enum hs_kind kind;
	uint32_t mode; /* 07777 */
	int64_t uid, gid;
	int64_t mtime; /* rounded down */
	uint64_t dev_major, dev_minor;
	struct hs_span link;       /* target of a symbolic link; of a hard link the first name */
	struct hs_content content; /* of a file: borrowed from the list's holder */
};

/* A thing that makes a result unreproducible, or behave otherwise than the image: see ramdisk.h. */
struct hs_ramdisk_remark {
	const char *code; /* stable word: "implied-directory", "hard-link", ... */
	const char *text; /* a sentence that names the path; escaped */
	const struct hs_ramdisk_remark *next;
};

struct hs_export {
	struct hs_arena *arena; /* set by who makes it */
	struct hs_export_entry *entries;
	size_t n, room;
	struct hs_content *held; /* contents that were opened for it */
	size_t n_held, room_held;
	const struct hs_ramdisk_remark *remarks; /* in their order; each kind at most
	                                            HS_MAX_RAMDISK_REMARKS times */
};

/* Of a stream that docker export wrote (a tar). The blob of `stream` must outlive it. */
int hs_export_of_tar(struct hs_export *out, struct hs_run *run, struct hs_worker *w,
                     struct hs_content stream, struct hs_err *err);

/*
 * Of a root file system: a tree whose ops give `meta`, whose entries are keyed
 * by their paths and whose hard links are resolved (the "rootfs" of
 * engine/rootfs.h, a tar, a directory). `first_name` gives the path of the first
 * of several names of one file, NULL where they are told by HS_HAS_INODE or
 * HS_KIND_HARDLINK. Times of directories that no layer has are `implied_time`.
 */
struct hs_export_source {
	const struct hs_tree *tree;
	struct hs_span (*first_name)(const struct hs_tree *t, const struct hs_entry *e);
	bool (*is_implied)(const struct hs_tree *t, const struct hs_entry *e);
	int64_t implied_time;
};
int hs_export_of_tree(struct hs_export *out, const struct hs_export_source *source,
                      struct hs_err *err);

void hs_export_release(struct hs_export *e);

#endif
