/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUILD_IMAGE_H
#define BUILD_IMAGE_H

#include "build_tar.h"
#include "core/arena.h"

/*
 * Layers in words, one an entry: "d/" a directory, "f=text" a file, "l>target"
 * a symbolic link, "h<target" a hard link, "c:" a device 0:0, "w" an empty
 * file. "@5" behind an entry's name is its mtime, "%600" its mode in octal:
 * "f@5%600=text". "!" before a name is its header in pax, with a record more.
 */
struct hs_span build_layer(struct hs_arena *a, const char *words);

/* The same with a mtime for entries that have none of their own. */
struct hs_span build_layer_at(struct hs_arena *a, const char *words, unsigned mtime);

/* What build_image() makes. */
struct build_image {
	const char *const *layers; /* in words, from the bottom; NULL behind the last */
	const char *history;       /* the list in JSON; or NULL */
	const char *prefix_of;     /* with it the image of that architecture stands beside one for
	                              "other", of one small layer */
	size_t absent;             /* the number of a layer that is left out, from 1; 0 for none */
	bool gzip;                 /* the layers are packed */
};

/* An OCI archive with one image. In the arena. */
struct hs_span build_image(struct hs_arena *a, const struct build_image *image);

#endif
