/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUILD_KERNEL_H
#define BUILD_KERNEL_H

#include "core/arena.h"
#include "core/codec.h"

/*
 * Linux kernels of a few hundred bytes, with just the marks by which a reader
 * tells their parts. All zero, but for the release, is the smallest.
 *
 *	const struct build_kernel k = { .release = "6.1.0", .config = "CONFIG_64BIT=y\n" };
 *	... build_bzimage(&arena, &k, build_packed(&arena, BUILD_XZ, build_vmlinux(&arena, &k)))
 */
struct build_kernel {
	const char *release;
	const char *builder; /* NULL: "root@build" */
	const char *tools;   /* NULL: "gcc (Debian 12.2.0) 12.2.0, GNU ld (GNU Binutils) 2.40" */
	const char *stamp;   /* NULL: "#1 SMP PREEMPT Thu Jan  1 00:00:00 UTC 1970" */
	const char *config;  /* what IKCONFIG embeds; NULL: it is not there */
	struct hs_span initramfs; /* as it is stored; empty: none is embedded */
	const char *early;        /* a banner that is linked in before; NULL: none */
	const char *build_id;     /* 20 bytes; NULL: no note */
	bool key;                 /* the certificate of a module signing key */
	bool efi;                 /* an EFI stub */
	bool unsealed;            /* no CRC-32 at the end of a bzImage */
	struct hs_span signature; /* of the PE image, appended; empty: not signed */
	unsigned setup_sectors;   /* of a bzImage; 0: 1 */
	unsigned protocol;        /* of a bzImage; 0: 0x20f */
};

enum build_packing {
	BUILD_PLAIN,
	BUILD_GZIP,
	BUILD_BZIP2,
	BUILD_LZMA,
	BUILD_XZ,
	BUILD_LZO, /* its magic alone: nothing here reads it */
	BUILD_LZ4, /* the legacy frame that the kernel's "lz4 -l" makes */
	BUILD_ZSTD,
	N_BUILD_PACKINGS,
};

/* "plain", "gzip", ... */
const char *build_packing_name(enum build_packing packing);

/* `plain` as the kernel's build packs it: with its size behind all but gzip. */
struct hs_span build_packed(struct hs_arena *a, enum build_packing packing, struct hs_span plain);

/* An ELF file with sections .text, .rodata and .init.data, and 12 bytes of relocations behind. */
struct hs_span build_vmlinux(struct hs_arena *a, const struct build_kernel *k);

/* Around a payload as build_packed() makes it. */
struct hs_span build_bzimage(struct hs_arena *a, const struct build_kernel *k,
                             struct hs_span payload);

/* Image of arm64; its sections, where it has an EFI stub, are .text and .data. */
struct hs_span build_arm64(struct hs_arena *a, const struct build_kernel *k);

/* A zboot image around a payload as build_packed() makes it. */
struct hs_span build_zboot(struct hs_arena *a, enum build_packing packing, struct hs_span payload);

/* A copy with the number `value` written at `at`, least significant byte first. */
struct hs_span build_patched(struct hs_arena *a, struct hs_span file, size_t at, size_t width,
                             uint64_t value);

#endif
