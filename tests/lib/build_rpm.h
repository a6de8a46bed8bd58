/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUILD_RPM_H
#define BUILD_RPM_H

#include "build_bytes.h"

/* One of the two headers of a package, value by value. All zero is empty. */
struct hs_build_rpm {
	struct hs_build index, store;
	uint32_t n;
};

/* An entry as it is to stand, its value behind what the store has so far. */
void hs_build_rpm_value(struct hs_build_rpm *h, uint32_t tag, uint32_t type, uint32_t count,
                        struct hs_span value);
void hs_build_rpm_string(struct hs_build_rpm *h, uint32_t tag, const char *value);

/* An entry without a value of its own. */
void hs_build_rpm_entry(struct hs_build_rpm *h, const uint32_t fields[4]);

/* The header alone; releases `h`. */
void hs_build_rpm_header(struct hs_build *b, struct hs_build_rpm *h);

/* A whole package; releases both headers. */
void hs_build_rpm_package(struct hs_build *b, struct hs_build_rpm *signature,
                          struct hs_build_rpm *header, struct hs_span payload);

#endif
