/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_ERR_H
#define HS_CORE_ERR_H

#include "core/span.h"

/*
 * Errors that a caller can meet at run time.
 *
 * A function that can fail returns int, 0 or one of the negative codes, and
 * takes `struct hs_err *err` last. On 0 it has not touched *err. On a failure
 * it has filled in both fields. The struct holds no pointer: copy it freely,
 * let it cross threads, and never release it.
 *
 * The text is a fact about the input in lower case, without a full stop and
 * without the name of a function; whoever knows a name puts it in front with
 * hs_fail_in(). It never holds raw bytes of an input: names go through
 * hs_fail_span() or core/escape.h first.
 *
 * Running out of memory is not here: it ends the program with status 2.
 */
enum hs_code {
	HS_EFORMAT = -1,  /* the bytes are not what their magic promised: damage */
	HS_ELIMIT = -2,   /* well formed, but past a limit that has a name in limits.h */
	HS_EIO = -3,      /* the operating system said no */
	HS_ENOTMINE = -4, /* a comparator's bid was a guess, and it was wrong: ask the next */
	HS_ESTOP = -5,    /* the run was stopped: timeout or the user */
	HS_EUSAGE = -6,   /* the command line or an operand makes no sense */
	HS_EABSENT = -7,  /* what it takes is not built in or not installed */
	HS_EDIFFID = -8,  /* an unpacked layer is not the one that its image's config names */
};

struct hs_err {
	enum hs_code code;
	char text[320];
};

/* Fills *err and returns `code`, so that a caller can `return hs_fail(...)`. */
int hs_fail(struct hs_err *err, enum hs_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* hs_fail() with HS_EIO and the text of `errnum` behind the message. */
int hs_fail_errno(struct hs_err *err, int errnum, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Puts "context: " before the text of an error on its way up; returns its code. */
int hs_fail_in(struct hs_err *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* hs_fail_in() with a name from an input, escaped, its middle cut where it is long. */
int hs_fail_in_span(struct hs_err *err, struct hs_span name);

#endif
