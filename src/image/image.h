/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_IMAGE_IMAGE_H
#define HS_IMAGE_IMAGE_H

#include "core/codec.h"
#include "core/tree.h"
#include "image/document.h"
#include "image/images.h"
#include "image/names.h"

/*
 * A tree while a view arranges it, and what its ops need afterwards.
 *
 * A view begins, finds its documents, says which entry plays which part, and
 * finishes; finishing verifies what the parts' descriptors claim, gives the
 * entries their keys and notes, and wraps the tree's ops. Every entry that
 * was there stays; one that plays several parts is there once for each.
 */
enum hs_part_kind {
	HS_PART_DOCUMENT, /* an index, a manifest, a configuration */
	HS_PART_LAYER,    /* read as what it holds when uncompressed */
	HS_PART_BLOB,     /* anything else that a document names */
};

struct hs_member;

struct hs_part {
	enum hs_part_kind kind;
	struct hs_span key;
	size_t entry;                           /* of `under` */
	const struct hs_descriptor *descriptor; /* NULL where nothing describes it */
	struct hs_digest diff_id;               /* of a layer, where the config has one for it */
	struct hs_digest file_name; /* what its name says of it, where that binds nobody */
	struct hs_remarks remarks;
	struct hs_member *member;
	size_t info;   /* of the image's infos: to which it belongs; HS_NOWHERE for none */
	bool verified; /* digest and size of the descriptor are those of the stored bytes */
};

/* What became known of an entry of `under` that plays a part or is to be verified. */
struct hs_member {
	size_t entry;
	struct hs_document *document; /* once asked for */
	struct hs_config *config;     /* once asked for */
	struct hs_remarks remarks;    /* of what it says itself; of its name */
	struct hs_digest name;        /* of a blob of a layout: what its name says */
	bool has_parts;
	bool described;  /* by a descriptor */
	unsigned roles;  /* how often it is a layer */
	unsigned visits; /* how often it was followed as an index or manifest */
	bool placed;     /* its first part has its entry */
	bool wants_sha512, is_layer;
	struct hs_digest claim; /* of a valid descriptor that names it */
	size_t owner;           /* the view's own: which image it belongs to */

	/* Of the stored bytes; set by hs_image_finish(). */
	bool read;
	bool postponed;        /* while it is verified: the other side hashes the same bytes */
	bool trusted;          /* --trust-digests: it was not hashed, and has no digest here */
	struct hs_err trouble; /* where not read */
	struct hs_span key;    /* what it is paired by where it plays no part; or empty */
	size_t info;           /* of the image's infos: whose prefix that key has; or HS_NOWHERE */
	struct hs_span identity; /* "sha256:...": equal ones, equal bytes; or empty */
	uint64_t size;
	enum hs_codec codec;
	struct hs_sha256 sha256;
	struct hs_sha512 sha512;

	struct hs_kept_layer *kept; /* of a packed layer; see kept.h */
};

struct hs_image {
	struct hs_tree *tree; /* valid while it is arranged */
	struct hs_tree under; /* as the comparator left it; borrows what `tree` owns */
	struct hs_names names;
	struct hs_member **members; /* for each entry of `under`, or NULL */
	size_t n_read; /* descriptors and diff_ids of all documents, against HS_MAX_IMAGE_PARTS */
	struct hs_part **parts;
	size_t n_parts, room;
	size_t *loose; /* entries of blobs that have a key and play no part, in their order */
	size_t n_loose;
	struct hs_image_info *infos; /* the images that were found */
	size_t n_infos, infos_room;
	const struct hs_image_info *selected; /* the one that is left; NULL for all */
	struct hs_blob **left_out;            /* of the entries that are not: references */
	size_t n_left_out;
	struct hs_kept *kept; /* layers that stay decompressed */
};

/* In the tree's arena; the tree is finished, so that hard links have their contents. */
struct hs_image *hs_image_begin(struct hs_tree *t);

/* The entry of that name, "./" and the like aside; HS_NOWHERE for none. */
size_t hs_image_find(struct hs_image *image, struct hs_span name);

/* The entry of "blobs/ALGORITHM/ENCODED"; HS_NOWHERE for none. */
size_t hs_image_find_blob(struct hs_image *image, const struct hs_digest *digest);

struct hs_member *hs_image_member(struct hs_image *image, size_t entry);

/* The entry's content as an index or manifest, or as a configuration; read once. */
const struct hs_document *hs_image_document(struct hs_image *image, size_t entry);
const struct hs_config *hs_image_config(struct hs_image *image, size_t entry);

/*
 * Whether the index or manifest is to be followed once more: not past
 * HS_MAX_IMAGE_VISITS, which is remarked.
 */
bool hs_image_visit(struct hs_image *image, size_t entry);

/* Whether the entry may be a layer once more: not past HS_MAX_IMAGE_ROLES, which is remarked. */
bool hs_image_take_role(struct hs_image *image, size_t entry);

/* HS_ELIMIT past HS_MAX_IMAGE_PARTS. The key is the caller's, in the tree's arena. */
int hs_image_part(struct hs_part **out, struct hs_image *image, struct hs_span key, size_t entry,
                  struct hs_err *err);

/* One more image, with room for its layers; valid until the next is added. */
struct hs_image_info *hs_image_add(struct hs_image *image, size_t n_layers);

/* Says of `part` that it names what the archive lacks. */
void hs_image_missing(struct hs_image *image, struct hs_part *part, bool damage, const char *what,
                      const struct hs_descriptor *d);

int hs_image_finish(struct hs_image *image, struct hs_err *err);

/* The content of an entry of `under`. */
int hs_image_open(struct hs_content *out, const struct hs_image *image, size_t entry,
                  struct hs_err *err);

/* How a view finds the blob that a descriptor names. */
typedef size_t hs_blob_finder(struct hs_image *image, const struct hs_digest *digest);

/* A manifest and what it names, put into place under keys that begin with `prefix`. */
struct hs_placing {
	struct hs_image *image;
	hs_blob_finder *find;
	size_t entry;
	const struct hs_descriptor *descriptor; /* or NULL */
	struct hs_span prefix;                  /* "" or "linux/arm64/" */
	struct hs_span platform;                /* of the image; or empty */
	const struct hs_span *names;            /* of the image, the best known first */
	size_t n_names;
	size_t info;              /* of image->infos: whose parts they are; set where it runs */
	bool runs;                /* an image whose layers are file systems */
	bool elsewhere;           /* its blobs are meant to be absent: another platform's */
	struct hs_part *manifest; /* set by hs_manifest_place() */
};

int hs_manifest_place(struct hs_placing *p, struct hs_err *err);

/* Remarks on a document that calls itself otherwise than the descriptor of its part does. */
void hs_image_check_type(struct hs_part *part, struct hs_arena *a, const struct hs_document *doc);

/* Whether the archive has any blob that the manifest names. */
bool hs_manifest_is_held(struct hs_image *image, hs_blob_finder *find, size_t entry);

/* The digests that a configuration gives the layers; a count that does not fit is remarked. */
const struct hs_digest *hs_image_diff_ids(struct hs_image *image, struct hs_part *config,
                                          size_t n_layers);

/* What is verified of all parts before the keys are given; see verify.c. */
void hs_image_verify(struct hs_image *image);

/* The ops of an arranged tree; see layer.c. */
extern const struct hs_tree_ops hs_image_ops;

/* What an entry of an arranged tree has as `more`. */
struct hs_role {
	size_t entry;               /* of `under` */
	const struct hs_part *part; /* NULL where nothing names it */
};

/* Whether the entry is read as what a codec makes of it. */
bool hs_part_is_packed(const struct hs_part *part);

/* Says what is known of a part beside the metadata that its container has. */
void hs_part_describe(struct hs_facts *out, const struct hs_part *part);

/*
 * What a compressor leaves in its header or frames: the only trace of it,
 * and why two layers of one tree have two digests. `packed` is the stored
 * bytes; see stream.c.
 */
void hs_say_stream(struct hs_facts *out, enum hs_codec codec, struct hs_span packed,
                   struct hs_level_memo *memo);

#endif
