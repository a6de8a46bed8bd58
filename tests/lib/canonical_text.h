/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CANONICAL_TEXT_H
#define CANONICAL_TEXT_H

#include "canon/canonical_form.h"

/* A configuration to be written in a canonical form, for layers whose digests are 11..., 22... */
struct canonical_text {
	struct hs_arena arena;
	struct hs_canon how;
	bool docker;
	size_t n_kept;      /* out */
	const char *losses; /* out: sentences, one a line */
};

/* The new configuration; "! " and the error where there is none. In the arena. */
const char *canonical_text(struct canonical_text *t, hs_canonical_writer *write,
                           struct hs_span config, size_t n_layers);

/* As they stand in the texts. */
#define CANONICAL_ID_1 "\"sha256:1111111111111111111111111111111111111111111111111111111111111111\""
#define CANONICAL_ID_2 "\"sha256:2222222222222222222222222222222222222222222222222222222222222222\""

#endif
