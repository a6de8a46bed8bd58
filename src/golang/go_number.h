/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_GOLANG_GO_NUMBER_H
#define HS_GOLANG_GO_NUMBER_H

#include "core/meta.h"

/*
 * Numbers and times as Go's strconv, time and archive/tar read and write
 * them. Each reader gives false, with *out untouched, where Go gives an error.
 */

/* strconv.ParseInt(text, 10, 64): decimal digits behind an optional sign. */
bool hs_go_parse_int(int64_t *out, struct hs_span text);

/* A field of a header: octal with NULs and spaces around it, or base-256. */
bool hs_go_parse_octal(int64_t *out, struct hs_span field);
bool hs_go_parse_numeric(int64_t *out, struct hs_span field);

/* Seconds with a fraction, of which nine digits count. nsec is never negative, as time.Unix()
 * makes it; digits is 9. */
bool hs_go_parse_time(struct hs_time *out, struct hs_span text);

/*
 * A time of a tar header. Not set is Go's zero time, the first second of the
 * year 1, which is written as 0 and never as a record.
 */
struct hs_go_tar_time {
	struct hs_time at;
	bool set;
};

/* Room for any number or time and its NUL. */
enum { HS_GO_NUMBER_ROOM = 40 };

/* As a pax record has it; the text is in `room`. */
struct hs_span hs_go_tar_time_text(char room[HS_GO_NUMBER_ROOM], const struct hs_time *t);
struct hs_span hs_go_int_text(char room[HS_GO_NUMBER_ROOM], int64_t v);

/* The whole second that is nearest, the later where two are. */
struct hs_time hs_go_tar_time_rounded(const struct hs_time *t);
/* Below, at or above 0 as `t` is before, at or after `u`. */
int hs_go_tar_time_order(const struct hs_time *t, const struct hs_time *u);
/* Whether time.Time.IsZero() holds: it is not set, or set to that second. */
bool hs_go_tar_time_is_zero(const struct hs_go_tar_time *t);

/* Whether a field of that many bytes takes the number; octal keeps one for a NUL. */
bool hs_go_fits_octal(size_t width, int64_t v);
bool hs_go_fits_base256(size_t width, int64_t v);

/* Fills a field: octal; 0 where that does not fit. */
void hs_go_put_octal(uint8_t *field, size_t width, int64_t v);
/* The same, but base-256 where only that fits. */
void hs_go_put_numeric(uint8_t *field, size_t width, int64_t v);

#endif
