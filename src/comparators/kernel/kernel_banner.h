/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_KERNEL_BANNER_H
#define HS_COMPARATORS_KERNEL_BANNER_H

#include "core/facts.h"

/*
 * The line in which a kernel says what it is and who built it:
 *
 *	Linux version 6.1.0 (user@host) (compiler, linker) #1 SMP PREEMPT Tue Jan 1 ... 2026\n
 *
 * The setup of a bzImage has it without the first two words, the compiler and
 * the line end.
 */
struct hs_kernel_banner {
	struct hs_span release, builder, compiler, linker; /* empty where they are not there */
	struct hs_span number, flags, date;                /* of what stands behind the "#" */
};

/* False, with *out holding what could be told, where it is not of that form. */
bool hs_kernel_banner_read(struct hs_kernel_banner *out, struct hs_span line);

/* Says each part as a fact; the line itself as "banner" where the parts do not tell all of it. */
void hs_say_kernel_banner(struct hs_facts *out, struct hs_span line);

#endif
