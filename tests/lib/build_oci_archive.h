/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_TESTS_BUILD_OCI_ARCHIVE_H
#define HS_TESTS_BUILD_OCI_ARCHIVE_H

#include "core/arena.h"
#include "core/codec.h"

/*
 * An OCI archive of one image as bytes, from as little as a test has to say.
 * What is NULL or 0 is: no layers, uncompressed, created 1970, nothing more.
 */
struct archive_image {
	const struct hs_span *layers; /* uncompressed tars */
	size_t n_layers;
	enum hs_codec codec;    /* of all layers */
	const char *created;    /* RFC 3339 */
	const char *config;     /* further keys of the configuration, behind a comma */
	const char *annotation; /* of the manifest */
	const char *platform;   /* the architecture */
	const char *history;    /* the list in JSON; NULL: a line for each layer */
	size_t absent;          /* the number of a layer that is left out, from 1; 0 for none */
	bool config_spaced;     /* white space in the configuration */
	unsigned archive_mtime;
};

struct hs_span archive_of_image(struct hs_arena *a, const struct archive_image *image);

/* The same of several, in one index. */
struct hs_span archive_of_images(struct hs_arena *a, const struct archive_image *images, size_t n);

#endif
