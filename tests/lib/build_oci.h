/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUILD_OCI_H
#define BUILD_OCI_H

#include "image/remarks.h"
#include "image/view.h"

/* An image archive as the tree of its files, without the bytes of any archive around it. */
struct oci {
	struct hs_run run;
	struct hs_tree tree;
	struct hs_arena arena; /* of what the test makes */
};

#define OCI_INDEX "application/vnd.oci.image.index.v1+json"
#define OCI_MANIFEST "application/vnd.oci.image.manifest.v1+json"
#define OCI_CONFIG "application/vnd.oci.image.config.v1+json"
#define OCI_LAYER "application/vnd.oci.image.layer.v1.tar"

void oci_begin(struct oci *o);
void oci_end(struct oci *o);

/* A file, whose head is its name. Valid until the next is added. */
struct hs_entry *oci_file(struct oci *o, const char *name, struct hs_span bytes);
struct hs_entry *oci_symlink(struct oci *o, const char *name, const char *target);

/* "sha256:..." of the bytes. */
const char *oci_digest(struct oci *o, struct hs_span bytes);

/* A descriptor in JSON; `more` is further fields, each behind a comma, or "". */
const char *oci_descriptor(struct oci *o, const char *type, struct hs_span bytes, const char *more);

/* The same, and the blob is added as a file where it is not there yet. */
const char *oci_blob(struct oci *o, const char *type, struct hs_span bytes, const char *more);

/* The config that has the diff_ids of these layers, for linux on that architecture; not added. */
struct hs_span oci_config(struct oci *o, const char *arch, const struct hs_span *layers, size_t n);

/* An image of these uncompressed layers with config and manifest; gives the manifest's descriptor.
 */
const char *oci_image(struct oci *o, const char *arch, const char *const *layers, const char *more);

/* index.json with these manifests, and oci-layout. */
void oci_index(struct oci *o, const char *manifests);

/* Arranges the tree by the view that takes it (there must be one) and finishes it. */
int oci_arrange(struct oci *o, struct hs_err *err);

/* A line for each entry: its key, and behind it its note: " - ..." or " ! ..." for damage. */
const char *oci_listing(struct oci *o);

/* A line for each note: the key of its entry, "!" for damage or "-", and its code. */
const char *oci_codes(struct oci *o);

/* The texts of the notes, joined by "; ". */
const char *oci_remarks(struct hs_arena *a, const struct hs_remarks *r);

/* The entry of that key; it must be there. */
const struct hs_entry *oci_find(struct oci *o, const char *key);

/* What is said of that entry, as text. */
const char *oci_facts(struct oci *o, const char *key);

#endif
