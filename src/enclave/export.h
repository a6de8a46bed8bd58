/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENCLAVE_EXPORT_H
#define HS_ENCLAVE_EXPORT_H

#include "core/tree.h"
#include "enclave/ramdisk_remarks.h"

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
	struct hs_span link;  /* target of a symbolic link; of a hard link the first name */
	struct hs_span bytes; /* of a file: in what the list holds on to, or its source */
	const char *refused;  /* why Go's tar writer would not take it, or NULL */
};

struct hs_export {
	struct hs_arena *arena; /* set by who makes it */
	struct hs_export_entry *entries;
	size_t n, room;
	struct hs_content *held; /* contents that were opened for it */
	size_t n_held, room_held;
	struct hs_ramdisk_remarks remarks;
};

/*
 * Of a stream that docker export wrote (a tar, as Go's library reads it).
 * The blob of `stream` must outlive it. `out` is all zero but for the arena;
 * release it in any case.
 */
int hs_export_of_tar(struct hs_export *out, struct hs_run *run, struct hs_content stream,
                     struct hs_err *err);

/*
 * Of a root file system: a tree whose ops give `meta`, and whose entries have
 * their paths as keys, each once and below directories that are there too (the
 * "rootfs" of engine/rootfs.h). `first_name` gives the key of the first of
 * several names of one file; empty for that name itself and for a file that
 * has but one. Times of directories that no layer has are `implied_time`.
 * The tree must outlive what is made.
 */
struct hs_export_source {
	const struct hs_tree *tree;
	struct hs_span (*first_name)(const struct hs_tree *t, const struct hs_entry *e);
	bool (*is_implied)(const struct hs_tree *t, const struct hs_entry *e);
	int64_t implied_time;
};
int hs_export_of_tree(struct hs_export *out, const struct hs_export_source *source,
                      struct hs_err *err);

/* One more entry, all zero; valid until the next. */
struct hs_export_entry *hs_export_add(struct hs_export *e);

/* Keeps a content until the release, and gives its bytes. */
struct hs_span hs_export_hold(struct hs_export *e, struct hs_content content);

/* Says of a path which attributes it has that no cpio holds. */
void hs_export_remark_lost(struct hs_export *e, struct hs_span path, bool xattr, bool capability);

/* Lets go of all but what is in the arena. */
void hs_export_release(struct hs_export *e);

#endif
