/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_IGNORE_H
#define HS_CORE_IGNORE_H

/* What a comparison is told to find unimportant; bits of hs_compare_options.ignore. */
enum hs_ignore {
	HS_IGNORE_TIMESTAMPS = 1 << 0,  /* of files and of images */
	HS_IGNORE_HISTORY = 1 << 1,     /* of a configuration */
	HS_IGNORE_ORDER = 1 << 2,       /* of members */
	HS_IGNORE_TAR_FORMAT = 1 << 3,  /* dialect, padding, type bits in modes, "./x" for "x" */
	HS_IGNORE_IMAGE_NAME = 1 << 4,  /* tags and annotations */
	HS_IGNORE_COMPRESSION = 1 << 5, /* of the same content */
	HS_IGNORE_OWNER_NAMES = 1 << 6, /* numbers count */
};

/* --profile semantic: what diffoci --semantic ignores. */
#define HS_IGNORE_SEMANTIC                                                                         \
	(HS_IGNORE_TIMESTAMPS | HS_IGNORE_HISTORY | HS_IGNORE_ORDER | HS_IGNORE_TAR_FORMAT |       \
	 HS_IGNORE_IMAGE_NAME)

#endif
