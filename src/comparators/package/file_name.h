/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_FILE_NAME_H
#define HS_COMPARATORS_FILE_NAME_H

#include "core/span.h"

/* Whether `name` is the path, or ends in it behind a slash; the path itself begins with none. */
bool hs_name_ends(struct hs_span name, const char *path);

/* Whether the path of folders, ended by a slash, stands in front of the name's last part. */
bool hs_name_is_in(struct hs_span name, const char *folder);

/* The part of the name behind its last slash. */
struct hs_span hs_name_base(struct hs_span name);

#endif
