/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_PACK_PACK_H
#define HS_PACK_PACK_H

#include "pack/oci_writer.h"
#include "pack/pack_config.h"
#include "pack/pack_layer.h"

/*
 * An image of one layer made of the files of a tree, a directory's or a tar's:
 * the same for the same files, whatever their order, the machine, the user and
 * the time.
 *
 *	struct hs_packed p = { .list.arena = &arena };
 *	rc = hs_pack(&p, tree, &order, &err);
 *	...
 *	rc = hs_packed_write(&p, run, file, &err);
 *	hs_packed_release(&p);
 */
struct hs_pack_order {
	struct hs_pack_times times;
	json_t *config; /* of hs_pack_config_load(); filled in on the way */
};

struct hs_packed {
	struct hs_pack_list list; /* what was packed, and remarks on what was not */
	struct hs_blob *layer;    /* uncompressed; its digest is the diff_id */
	struct hs_span config, manifest, index;
	struct hs_sha256 image_id, manifest_digest;
};

/*
 * `out` is all zero but for the list's arena; release it in any case. Errors
 * are those of hs_pack_list_make() and hs_pack_layer(); HS_EUSAGE for a tree
 * whose format has no metadata.
 */
int hs_pack(struct hs_packed *out, const struct hs_tree *t, const struct hs_pack_order *order,
            struct hs_err *err);

/* The image as an OCI archive. */
int hs_packed_write(const struct hs_packed *p, struct hs_run *run, FILE *out, struct hs_err *err);

void hs_packed_release(struct hs_packed *p);

#endif
