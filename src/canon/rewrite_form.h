/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CANON_REWRITE_FORM_H
#define HS_CANON_REWRITE_FORM_H

#include "canon/canon.h"
#include "golang/go_tar.h"

/* What a form makes of one entry: the header, and whether its content is written. */

/* Changes e->header as the tool does before it writes it. */
void hs_form_header(struct hs_go_header *h, const struct hs_canon *how);

/*
 * Whether the tool copies the content: true in *copies. HS_EUSAGE with its
 * reason where it would refuse the entry, or write one that cannot be read;
 * HS_EFORMAT where the data are not what the header promises.
 */
int hs_form_content(bool *copies, const struct hs_go_entry *e, const struct hs_canon *how,
                    struct hs_err *err);

/* Whether the header has times that Go does not write again, though the form means to keep them. */
bool hs_form_loses_times(const struct hs_go_header *h, const struct hs_canon *how);

#endif
