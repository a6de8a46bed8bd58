/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_GOLANG_GO_BLOCK_H
#define HS_GOLANG_GO_BLOCK_H

#include "golang/go_tar.h"

/* One header block as Go's archive/tar reads and writes it; what stands around it is not here. */

/* Where the fields stand. */
enum {
	HS_GO_NAME_AT = 0,
	HS_GO_MODE_AT = 100,
	HS_GO_UID_AT = 108,
	HS_GO_GID_AT = 116,
	HS_GO_SIZE_AT = 124,
	HS_GO_MTIME_AT = 136,
	HS_GO_SUM_AT = 148,
	HS_GO_TYPE_AT = 156,
	HS_GO_LINK_AT = 157,
	HS_GO_MAGIC_AT = 257,
	HS_GO_UNAME_AT = 265,
	HS_GO_GNAME_AT = 297,
	HS_GO_MAJOR_AT = 329,
	HS_GO_MINOR_AT = 337,
	HS_GO_PREFIX_AT = 345,
	HS_GO_ATIME_AT = 345, /* GNU's, where others have the prefix */
	HS_GO_CTIME_AT = 357,
};

/* How long they are. */
enum {
	HS_GO_NAME_SIZE = 100, /* and the link's */
	HS_GO_ID_SIZE = 8,     /* mode, uid, gid, device numbers */
	HS_GO_LONG_SIZE = 12,  /* size and times */
	HS_GO_OWNER_SIZE = 32, /* uname and gname */
	HS_GO_PREFIX_SIZE = 155,
	HS_GO_MAGIC_SIZE = 8, /* and the version behind it */
};

/*
 * Decodes a block. False with the reason where Go gives ErrHeader. The name is
 * joined in the arena where it has a prefix, the rest are spans of the block.
 * `format` is what the block alone leaves possible.
 */
bool hs_go_block_read(struct hs_go_header *out, struct hs_arena *a, struct hs_span block,
                      const char **reason);

/* Whether the magic is GNU's. */
bool hs_go_block_is_gnu(struct hs_span block);

/* Writes magic and checksum, which come last. */
void hs_go_block_seal(uint8_t *block, enum hs_go_format format);

/* A text field: cut where it is too long, and then without slashes at its end. */
void hs_go_put_text(uint8_t *field, size_t width, struct hs_span text);

#endif
