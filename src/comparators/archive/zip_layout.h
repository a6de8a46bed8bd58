/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_ZIP_LAYOUT_H
#define HS_COMPARATORS_ZIP_LAYOUT_H

#include "comparators/archive/zip_directory.h"
#include "core/facts.h"

/*
 * How the archive is laid out, for those who read it by position: what comes
 * first (mimetype of ODF and EPUB, the manifest of a jar), how stored data is
 * aligned (zipalign), what the members come to, and the ids of an APK signing
 * block in front of the directory.
 */
void hs_zip_say_layout(struct hs_facts *out, const struct hs_zip_end *end, struct hs_span file);

#endif
