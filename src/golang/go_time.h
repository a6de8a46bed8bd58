/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_GOLANG_GO_TIME_H
#define HS_GOLANG_GO_TIME_H

#include "core/span.h"

/* A moment as Go's time.Time has it, with the offset that it was written in. */
struct hs_go_time {
	int64_t seconds; /* since 1970, UTC */
	uint32_t nanos;
	int32_t offset; /* of its zone, in seconds east of Greenwich */
};

/* What a time.Time is that nothing was put into: the first second of the year 1. */
#define HS_GO_TIME_ZERO ((struct hs_go_time){ .seconds = -INT64_C(62135596800) })

/*
 * What stands between the quotes, as time.Time.UnmarshalJSON() takes it: RFC
 * 3339, but an hour may have one digit and a comma may be the point. Digits
 * behind the ninth of a fraction are dropped.
 */
bool hs_go_time_read(struct hs_go_time *out, struct hs_span text);

/* RFC3339Nano, and a NUL: 36 bytes at most. */
enum { HS_GO_TIME_TEXT = 48 };
void hs_go_time_write(char *out, struct hs_go_time t);

/* Whether time.Time.MarshalJSON() would write it: its zone is less than a day away. */
bool hs_go_time_is_writable(struct hs_go_time t);

/* Whether `t` is later than that second. */
bool hs_go_time_is_after(struct hs_go_time t, int64_t seconds);

#endif
