/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUILD_EIF_H
#define BUILD_EIF_H

#include "enclave/eif.h"
#include "grow.h"

/*
 * An enclave image put together by hand, with nothing of the program's writer:
 *
 *	struct build_eif b = { .out.arena = &arena };
 *	build_eif_add(&b, HS_EIF_KERNEL, HS_SPAN("kern"));
 *	build_eif_add(&b, HS_EIF_CMDLINE, HS_SPAN("cmd"));
 *	file = build_eif_end(&b);
 *
 * Any number of sections; 32 of them get into the tables. What is to be wrong
 * is patched then, and the file summed up again.
 */
struct build_eif {
	struct grow out;
	unsigned version, flags; /* 0: version 4 */
	unsigned n;
	uint64_t offsets[HS_EIF_MAX_SECTIONS], sizes[HS_EIF_MAX_SECTIONS];
};

void build_eif_add(struct build_eif *b, unsigned type, struct hs_span data);

/* Bytes that belong to no section. */
void build_eif_gap(struct build_eif *b, struct hs_span bytes);

/* The whole file, with its tables and its CRC; in the arena, and may be written to. */
struct hs_span build_eif_end(struct build_eif *b);

/* Writes a number of `width` bytes, most significant first, over what is there. */
void build_eif_patch(struct hs_span file, size_t at, size_t width, uint64_t v);

/* Sets the CRC to what it should be. */
void build_eif_sum(struct hs_span file);

/* Where fields of the header are. */
enum {
	BUILD_EIF_VERSION = 4,
	BUILD_EIF_FLAGS = 6,
	BUILD_EIF_MEMORY = 8,
	BUILD_EIF_CPUS = 0x10,
	BUILD_EIF_RESERVED = 0x18,
	BUILD_EIF_COUNT = 0x1a,
	BUILD_EIF_OFFSETS = 0x1c,
	BUILD_EIF_SIZES = 0x11c,
	BUILD_EIF_UNUSED = 0x21c,
	BUILD_EIF_CRC = 0x220,
};

/* Metadata with all keys that AWS's reader wants. */
extern const struct hs_span build_eif_metadata;

/*
 * A file as nitro-cli makes them: kernel "kernel", cmdline "reboot=k panic=30",
 * metadata, a ramdisk with dev, init and nsm.ko, and one with rootfs/etc/hosts
 * ("127.0.0.1 NAME\n"), rootfs/app, cmd and env.
 */
struct hs_span build_eif_usual(struct hs_arena *a, const char *name);

/* Its two ramdisks, in newc. */
struct hs_span build_eif_bootstrap(struct hs_arena *a);
struct hs_span build_eif_customer(struct hs_arena *a, const char *name);

#endif
