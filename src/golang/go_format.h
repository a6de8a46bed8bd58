/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_GOLANG_GO_FORMAT_H
#define HS_GOLANG_GO_FORMAT_H

#include "golang/go_number.h"
#include "golang/go_pax.h"

/*
 * In which formats Go can write a header, and with which pax records
 * (tar.Header.allowedFormats()). Of those that are left the first of USTAR,
 * PAX and GNU is written.
 */
struct hs_go_plan {
	unsigned formats;
	/* The records that the fields ask for, if PAX is chosen; those without a key are not there.
	 */
	struct hs_go_record fields[HS_GO_N_KEYS];
	char numbers[HS_GO_N_KEYS][HS_GO_NUMBER_ROOM];
};

/* HS_EUSAGE with Go's reason where no format is left. */
int hs_go_plan(struct hs_go_plan *out, const struct hs_go_header *h, struct hs_err *err);

/*
 * All records of an 'x' or 'g' header, by key: those of the fields and those
 * of the header that Go passes on. All zero but for the first two begins.
 */
struct hs_go_plan_walk {
	const struct hs_go_plan *plan;
	const struct hs_go_header *header;
	size_t field, record;
};
bool hs_go_plan_next(struct hs_go_record *out, struct hs_go_plan_walk *w);

#endif
