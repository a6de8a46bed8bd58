/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUILD_CLASS_H
#define BUILD_CLASS_H

#include "build_bytes.h"

/*
 * A Java class "A" of Java 17: a field "x" of type "I" that is 7, and a method
 * "f()I" that reads it or not. All zero is the plain one.
 */
struct build_class {
	unsigned more;    /* constants that nothing uses, in front of all others */
	unsigned line;    /* added to each line of the source; the first is 10 */
	unsigned value;   /* what f returns, 0 to 5 */
	const char *text; /* the string that it loads: "text" */
};

void build_class(struct hs_build *b, const struct build_class *w);

#endif
