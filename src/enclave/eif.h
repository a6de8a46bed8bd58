/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENCLAVE_EIF_H
#define HS_ENCLAVE_EIF_H

#include "core/arena.h"
#include "core/err.h"
#include "core/span.h"

/*
 * AWS Nitro enclave images, taken apart where they stand (image-format's
 * README and source; all integers big-endian):
 *
 *	header    548 bytes: magic, version, flags, memory, CPUs, reserved, count,
 *	          32 offsets, 32 sizes, unused, CRC-32 of everything else
 *	section   12 bytes: type, flags, size; then `size` bytes
 *	...
 *
 * AWS's own reader walks the sections from byte 548 on and looks at none of
 * the tables; the hypervisor follows the table of offsets. Where the two see
 * other sections is a problem of the file, and each problem is told.
 */
enum hs_eif_type {
	HS_EIF_INVALID,
	HS_EIF_KERNEL,
	HS_EIF_CMDLINE,
	HS_EIF_RAMDISK,
	HS_EIF_SIGNATURE,
	HS_EIF_METADATA,
	HS_EIF_N_TYPES,
};

enum {
	HS_EIF_HEADER = 548,
	HS_EIF_SECTION_HEADER = 12,
	HS_EIF_MAX_SECTIONS = 32,
	HS_EIF_MAX_SIGNATURE = 32768, /* the hypervisor takes no larger one */
	HS_EIF_FLAG_ARM64 = 1,
};

struct hs_eif_section {
	enum hs_eif_type type; /* HS_EIF_INVALID also for a type that is not known */
	uint16_t raw_type, flags;
	uint64_t offset;       /* of its header in the file */
	uint64_t size;         /* as its header says */
	struct hs_span header; /* 12 bytes */
	struct hs_span data;   /* what there is of it: shorter than `size` where the file ends */
	unsigned ordinal;      /* 1 for the first of its type */
};

/* Something that is not as it should be. */
struct hs_eif_problem {
	const char *code; /* stable word: "eif-magic", "eif-size-table", ... */
	const char *text; /* a sentence as in struct hs_err; escaped */
	size_t section;   /* its index, or SIZE_MAX for the file */
	bool aws_refuses; /* AWS's reader stops at it; else it does not care */
};

struct hs_eif {
	struct hs_span file;
	struct hs_span magic;
	uint16_t version, flags, reserved, n_claimed;
	uint64_t memory, cpus;
	uint64_t offsets[HS_EIF_MAX_SECTIONS], sizes[HS_EIF_MAX_SECTIONS]; /* the tables */
	uint32_t unused, crc;
	struct hs_eif_section *sections; /* in the order of the file */
	size_t n_sections;
	const struct hs_span *gaps; /* bytes that are no section's: between and behind them */
	size_t n_gaps;
	/* Of the header, of sections and gaps in the order of the file, of the tables, of what is
	 * missing; not of the CRC. */
	const struct hs_eif_problem *problems;
	size_t n_problems;
};

/*
 * Reads the header and walks the sections; where the walk comes to what is no
 * section, it goes on with the table of offsets, and what is between is a gap.
 * HS_EFORMAT only for what is shorter than a header, HS_ELIMIT past
 * HS_MAX_EIF_SECTIONS: everything else is a problem. *out holds what could be
 * read in any case. Looks at no data and sums
 * nothing up: that is hs_eif_crc()'s. In the arena.
 */
int hs_eif_read(struct hs_eif *out, struct hs_arena *a, struct hs_span file, struct hs_err *err);

/* CRC-32 (ISO-HDLC) of the file but for the 4 bytes that hold it. */
uint32_t hs_eif_crc(struct hs_span file);

/*
 * 0 where nothing is wrong, else HS_EFORMAT with the first problem's text; with
 * `lenient` the first that AWS's reader refuses. `crc` is what hs_eif_crc() gave
 * (a wrong one is no problem to AWS's reader).
 */
int hs_eif_check(const struct hs_eif *eif, uint32_t crc, bool lenient, struct hs_err *err);

/* Whether that CRC, of hs_eif_crc(), is another than the header's; *out then says so. */
bool hs_eif_crc_problem(struct hs_err *out, const struct hs_eif *eif, uint32_t crc);

/* The n-th section of that type, 1 for the first; NULL past the last. */
const struct hs_eif_section *hs_eif_find(const struct hs_eif *eif, enum hs_eif_type type,
                                         unsigned ordinal);

/* "kernel", "cmdline", "ramdisk", "signature", "metadata", "invalid". */
const char *hs_eif_type_name(enum hs_eif_type type);

/* "kernel", "ramdisk[2]": what a section is called among the members of its file. In the arena. */
const char *hs_eif_section_name(struct hs_arena *a, const struct hs_eif_section *s);

/* Whether the bytes begin as an EIF does. */
bool hs_eif_is(struct hs_span file);

/*
 * HS_EUSAGE, with what it begins with, for a file that is another: AWS's reader
 * (`lenient`) takes any first bytes for those of an EIF whose CRC is wrong.
 */
int hs_eif_expect(struct hs_span file, bool lenient, struct hs_err *err);

/* "x86_64" or "aarch64". */
const char *hs_eif_arch(uint16_t flags);

#endif
