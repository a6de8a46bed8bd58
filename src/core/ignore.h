/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_IGNORE_H
#define HS_CORE_IGNORE_H

/*
 * What a comparison is told to find unimportant; bits of hs_compare_options.ignore.
 * A difference that is ignored is still found, counted and listed, with the one
 * bit that it is ignored for.
 */
enum hs_ignore {
	HS_IGNORE_TIMESTAMPS = 1 << 0,  /* of files and of images */
	HS_IGNORE_HISTORY = 1 << 1,     /* of a configuration */
	HS_IGNORE_ORDER = 1 << 2,       /* of members */
	HS_IGNORE_TAR_FORMAT = 1 << 3,  /* dialect, padding, type bits in modes, "./x" for "x" */
	HS_IGNORE_IMAGE_NAME = 1 << 4,  /* tags and annotations */
	HS_IGNORE_COMPRESSION = 1 << 5, /* of the same content */
	HS_IGNORE_OWNER_NAMES = 1 << 6, /* numbers count */
	/* Of an image, how it is packed: the headers of its archive, a compressor's settings, white
	 * space of its documents. Only of --profile semantic, which compares images, not archives.
	 */
	HS_IGNORE_PACKING = 1 << 7,

	/* Not asked for by a bit, but reasons as well. */
	HS_IGNORE_PATH = 1 << 8,    /* --ignore-path */
	HS_IGNORE_DERIVED = 1 << 9, /* only follows from what is ignored: a digest, a size */
};

enum { HS_N_IGNORE = 10 };

/* "timestamps", ... "packing", "path", "derived": words of the report format. */
const char *hs_ignore_name(enum hs_ignore bit);

/* --profile semantic: what diffoci --semantic ignores. */
#define HS_IGNORE_SEMANTIC                                                                         \
	(HS_IGNORE_TIMESTAMPS | HS_IGNORE_HISTORY | HS_IGNORE_ORDER | HS_IGNORE_TAR_FORMAT |       \
	 HS_IGNORE_IMAGE_NAME | HS_IGNORE_PACKING)

#endif
