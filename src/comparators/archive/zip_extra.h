/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_ZIP_EXTRA_H
#define HS_COMPARATORS_ZIP_EXTRA_H

#include "core/meta.h"

/*
 * The extra fields of a zip header: times that are better than DOS has, owner,
 * and whatever else a writer left there.
 */

/*
 * Adds what `extras` say to the metadata that all formats share. Whole seconds
 * do not replace a time with a fraction.
 */
void hs_zip_read_extras(struct hs_meta *m, struct hs_span extras);

/*
 * Says each field by its number and name; `where` goes in front ("", "local ").
 * Of times and owners that `told` has it says only which they are: `told` is
 * what the member says of itself.
 */
void hs_zip_say_extras(struct hs_facts *out, const char *where, struct hs_span extras,
                       const struct hs_meta *told);

/* "AES-256, AE-2, of deflate" as "encryption", of the extra field that WinZip's AES has. */
void hs_zip_say_aes(struct hs_facts *out, struct hs_span extras);

/* Says a few bytes in hex, and more than that as a digest. */
void hs_zip_say_bytes(struct hs_facts *out, const char *field, struct hs_span s);

#endif
