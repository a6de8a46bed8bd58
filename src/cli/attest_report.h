/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_ATTEST_REPORT_H
#define HS_CLI_ATTEST_REPORT_H

#include "attest/armour.h"
#include "attest/verdict.h"
#include "cli/attest_explain.h"
#include "cli/say.h"

/* What is told of one document: by attest show, which verifies nothing, and by attest verify. */
struct hs_attest_report {
	const char *name; /* the operand */
	size_t size;      /* of the file */
	enum hs_armour armour;
	bool verified;    /* something was checked: attest verify */
	const char *at;   /* as asked; NULL where nothing was checked */
	const char *word; /* why it was refused, or "ok"; "unreadable" */
	const char *text; /* a sentence; escaped */
	bool has_document;
	struct hs_attest_verdict verdict;            /* of attest show only its document */
	const struct hs_attest_explained *explained; /* why it runs another image, or NULL */
	enum hs_exit exit;
	struct hs_arena *arena;
};

/* Of a document alone: every field, for people. */
void hs_attest_print_document(FILE *out, const struct hs_attest_report *r);

/* The verdict, and with `verbose` each check and the encoding. */
void hs_attest_print_verdict(FILE *out, const struct hs_attest_report *r, unsigned verbose);

/* docs/report-format.md's "attestation"; `in_line` for one object a line. */
void hs_attest_print_json(FILE *out, const struct hs_attest_report *r, bool in_line);

/* A time in milliseconds or, with `digits` 0, in seconds since 1970, as RFC 3339. In the arena. */
const char *hs_attest_time(struct hs_arena *a, int64_t ms, unsigned digits);

/* Reads the file and takes its armour off: *out in the arena. Fills in size and armour. */
int hs_attest_open(struct hs_span *out, struct hs_attest_report *r, struct hs_run *run,
                   struct hs_err *err);

#endif
