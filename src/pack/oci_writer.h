/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_PACK_OCI_WRITER_H
#define HS_PACK_OCI_WRITER_H

#include "core/blob.h"
#include "core/run.h"

#include <stdio.h>

/*
 * Writes an OCI image layout as a tar that is the same for the same blobs:
 * oci-layout, index.json, then the blobs sorted by digest, each once; no
 * owner, no time, plain ustar blocks (but that the size of a blob of 8 GiB and
 * more is in base 256).
 *
 *	hs_oci_writer_begin(&w, run);
 *	hs_oci_writer_add(&w, layer, blob, &digest);
 *	hs_oci_writer_add(&w, config, NULL, &digest);
 *	...
 *	hs_oci_writer_finish(&w, file, index, &err);
 *	hs_oci_writer_release(&w);
 */
struct hs_oci_blob {
	struct hs_sha256 sha256;
	struct hs_blob *blob; /* the writer's */
	struct hs_span bytes;
};

struct hs_oci_writer {
	struct hs_run *run;
	struct hs_oci_blob *blobs;
	size_t n, room;
};

void hs_oci_writer_begin(struct hs_oci_writer *w, struct hs_run *run);

/* A blob; `bytes` must live until release, or be of `keep`, of which a reference is taken. */
void hs_oci_writer_add(struct hs_oci_writer *w, struct hs_span bytes, struct hs_blob *keep,
                       struct hs_sha256 *digest);

/*
 * The archive with that index.json. HS_EIO where `out` takes no more, HS_ESTOP
 * where the time is up; what is written by then is no archive.
 */
int hs_oci_writer_finish(struct hs_oci_writer *w, FILE *out, struct hs_span index,
                         struct hs_err *err);

void hs_oci_writer_release(struct hs_oci_writer *w);

#endif
