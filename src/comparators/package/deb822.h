/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_DEB822_H
#define HS_COMPARATORS_DEB822_H

#include "core/span.h"

/*
 * The control files of Debian (deb822(5)), and their like: mail headers, the metadata of Python
 * packages, the list of apk.
 *
 *	Name: value          a field; its name has no blank and no colon
 *	 more of the value   lines that begin with a blank or a tab
 *	                     blank lines part paragraphs
 *	# comment
 *
 * Steps over a text from its front, in linear time; each byte belongs to one step.
 */
enum hs_deb822_step {
	HS_DEB822_END,
	HS_DEB822_FIELD,
	HS_DEB822_BLANK,   /* lines of nothing but blanks */
	HS_DEB822_COMMENT, /* one line */
	HS_DEB822_OTHER,   /* one line that is none of these */
};

struct hs_deb822_item {
	struct hs_span all;   /* with the last line end */
	struct hs_span name;  /* of a field: printable ASCII */
	struct hs_span value; /* from behind the colon, without the last line end; lines and blanks
	                         as they stand */
};

/* The next item of *rest, which is left behind it. */
enum hs_deb822_step hs_deb822_next(struct hs_deb822_item *out, struct hs_span *rest);

/* The next line of *rest, without its line end; *rest is left behind it and must not be empty. */
struct hs_span hs_deb822_line(struct hs_span *rest);

/* `s` without blanks and tabs, \r too, at both ends. */
struct hs_span hs_deb822_trim(struct hs_span s);

/* Whether two field names are the same: their case does not count. */
bool hs_deb822_is(struct hs_span name, const char *field);

/*
 * The value of a field of the first paragraph of `text`, trimmed, its first line only; empty where
 * there is none. Looks at no more than the first 4 KiB.
 */
struct hs_span hs_deb822_peek(struct hs_span text, const char *field);

#endif
