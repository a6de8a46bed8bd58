/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUILD_IMAGES_H
#define BUILD_IMAGES_H

#include "build_oci.h"
#include "image/images.h"

/*
 * An OCI layout of several images, arranged and finished: words separated by
 * blanks, each "NAME=OS/ARCHITECTURE[/VARIANT]" with either part empty:
 * "app:1=linux/amd64 app:2= =linux/arm64". Each has one layer, which is its
 * word, so that equal words are one image under two entries of the index.
 */
void images_begin(struct oci *o, const char *words);

/* A line for each image: "PREFIX NAME PLATFORM", with "-" for what is empty. */
const char *images_text(struct oci *o);

#endif
