/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_KERNEL_FIND_H
#define HS_COMPARATORS_KERNEL_FIND_H

#include "comparators/kernel/kernel_parts.h"
#include "core/facts.h"

enum { HS_KERNEL_IDS = 8, HS_KERNEL_UTSNAMES = 4 };

/*
 * What an uncompressed kernel has inside that can be told by its own marks,
 * wherever the linker put it. Empty is: not found.
 */
struct hs_kernel_found {
	struct hs_span banner;       /* "Linux version ...", without the NUL */
	struct hs_span early_banner; /* the same without a number: made before the last link */
	struct hs_span proc_banner;  /* the same as a format, for /proc/version; without the NUL */
	struct hs_span config;       /* IKCONFIG: the compressed configuration, without its marks */
	struct hs_span initramfs;    /* the embedded one, as it is stored */
	struct hs_span key;          /* certificate of the module signing key made by the build */
	struct hs_span ids[HS_KERNEL_IDS]; /* GNU build IDs: of the kernel and of each vdso in it */
	size_t n_ids;
	struct hs_span utsnames[HS_KERNEL_UTSNAMES]; /* struct new_utsname: what uname(2) says */
	size_t n_utsnames;
	const char *trouble; /* what began and did not end, or NULL */
};

/* Reads the file a fixed number of times, whatever is in it. */
void hs_kernel_find(struct hs_kernel_found *out, struct hs_span file);

/* Finds only what hs_say_kernel_found() says. */
void hs_kernel_find_names(struct hs_kernel_found *out, struct hs_span file);

/* Says the banner and the build IDs. */
void hs_say_kernel_found(struct hs_facts *out, const struct hs_kernel_found *found);

/*
 * The parts that these are: members "config", "initramfs", "early banner",
 * "proc banner", "utsname" and "module signing certificate"; what the facts tell of the rest.
 */
void hs_kernel_found_parts(struct hs_kernel_parts *p, const struct hs_kernel_found *found);

#endif
