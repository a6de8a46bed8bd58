/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_EIF_DESCRIBE_H
#define HS_CLI_EIF_DESCRIBE_H

#include "cli/say.h"
#include "enclave/eif_contents.h"
#include "sinks/json_write.h"

/* An enclave image that is described. */
struct hs_eif_described {
	const char *name; /* of the operand */
	struct hs_eif_contents contents;
	bool lenient;
	struct hs_arena *arena;
	enum hs_exit exit; /* HS_EXIT_INCOMPLETE where something is wrong with it */
};

/* Another problem than those of hs_eif: what sections hold, and the CRC. */
struct hs_eif_other {
	const char *code; /* "eif-crc", "eif-signature", "eif-metadata" */
	const char *text;
	bool aws_refuses;
};
enum { HS_EIF_OTHERS = 3 };

/* Fills out[] and returns how many there are; the texts are parts of *d or in its arena. */
size_t hs_eif_others(struct hs_eif_other out[HS_EIF_OTHERS], const struct hs_eif_described *d);

/* For people. */
void hs_eif_describe_text(FILE *out, const struct hs_eif_described *d);

/* A value of the metadata, NULL being null; no deeper than it was read. */
void hs_eif_put_json(struct hs_json *j, const struct hs_serde *v);

/* docs/hashoscope-eif-1.0.schema.json. */
void hs_eif_describe_json(FILE *out, const struct hs_eif_described *d);

#endif
