/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_ZIP_MEMBER_H
#define HS_COMPARATORS_ZIP_MEMBER_H

#include "comparators/archive/zip_directory.h"
#include "core/tree.h"

/*
 * All that a zip archive holds of one member: its record in the directory
 * and, elsewhere in the file, local header, data and data descriptor.
 */
struct hs_zip_member {
	struct hs_zip_header central, local;
	bool has_central;          /* false where the directory is lost: then `local` has to do */
	bool has_local;            /* false where no local header stands at the stated offset */
	struct hs_span data;       /* what there is of it in the file */
	struct hs_span descriptor; /* empty where there is none, or it fits nothing */
	uint64_t start, end;       /* of local header to descriptor in the file */
};

/* The header that counts: the directory's, where there is one. */
const struct hs_zip_header *hs_zip_header_of(const struct hs_zip_member *m);

/* Reads what stands at byte `at` of the file; m->central, if any, is there already. */
void hs_zip_locate(struct hs_zip_member *m, struct hs_span file, uint64_t at);

/*
 * What makes two members' metadata equal: both headers and the descriptor,
 * with the offset left out, and the data of members without content. In the
 * arena. hs_zip_take_head() takes it apart again.
 */
struct hs_span hs_zip_head(struct hs_arena *a, const struct hs_zip_member *m, bool has_content);
void hs_zip_take_head(struct hs_zip_member *out, const struct hs_entry *e);

/* What the member is: from the mode where a Unix wrote it, else from DOS attributes and name. */
enum hs_kind hs_zip_kind(const struct hs_zip_member *m);

/* Its mode; 0 where none is recorded. */
uint32_t hs_zip_mode(const struct hs_zip_member *m);

/* "deflate", "stored", "method 97". In the arena where it has no name. */
const char *hs_zip_method_name(struct hs_arena *a, unsigned method);

/* Whether the data can be decoded here: not encrypted, and by a method that has a codec. */
bool hs_zip_is_readable(const struct hs_zip_header *h);

/*
 * The content of `data`, which `h` describes. HS_EFORMAT where size or crc do
 * not fit what comes out, or bytes are left over; *out holds it all the same.
 */
int hs_zip_read(struct hs_content *out, const struct hs_tree *t, const struct hs_zip_header *h,
                struct hs_span data, struct hs_err *err);

#endif
