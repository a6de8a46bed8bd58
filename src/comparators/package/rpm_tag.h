/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_RPM_TAG_H
#define HS_COMPARATORS_RPM_TAG_H

#include <stdbool.h>
#include <stdint.h>

/* How the values of a tag are best said. */
enum hs_rpm_how {
	HS_RPM_TIME = 1 << 0,     /* seconds since 1970 */
	HS_RPM_OCTAL = 1 << 1,    /* a mode */
	HS_RPM_PER_FILE = 1 << 2, /* one for each file of the package */
};

struct hs_rpm_tag {
	uint32_t number;
	unsigned how;
	const char *name;
};

/* What rpm calls a tag, by the header in which it stands; NULL for none that is known. */
const struct hs_rpm_tag *hs_rpm_tag_of(uint32_t number, bool in_signature);

#endif
