/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_LIMITS_H
#define HS_CORE_LIMITS_H

#include <stdint.h>

/*
 * Every limit on hostile input, with its reason. Reaching one is HS_ELIMIT
 * with the limit's name in the text: a note on the node and exit status 3.
 */

/* What the command line can change, with its defaults. */
struct hs_limits {
	uint64_t max_depth;   /* --max-depth: containers inside containers; stops quines */
	uint64_t max_size;    /* --max-size: bytes that a whole run may decompress; stops bombs */
	uint64_t max_ratio;   /* --max-ratio: decompressed to compressed, beyond HS_RATIO_FREE */
	uint64_t max_members; /* --max-members: of one container */
	double timeout_s;     /* --timeout: wall clock of the whole run; 0 for none */
};

#define HS_LIMITS_DEFAULT                                                                          \
	{                                                                                          \
		.max_depth = 32, .max_size = UINT64_C(256) << 30, .max_ratio = 500,                \
		.max_members = 10000000, .timeout_s = 0,                                           \
	}

/* What --max-depth can be at most: each level of containers takes some KiB of a thread's stack. */
#define HS_MAX_DEPTH 1024

/* Output up to this is never too much for its input: small files of one byte value are common. */
#define HS_RATIO_FREE (UINT64_C(256) << 20)

/* A name, or a link target, of one member. Linux allows 4096; PAX and cpio anything. */
#define HS_MAX_NAME (UINT64_C(64) << 10)

/* One PAX or GNU header of a tar; Go refuses the same. */
#define HS_MAX_TAR_HEADER (UINT64_C(1) << 20)

/* Pairs of one APK signing block that are told; the schemes so far have less than ten. */
#define HS_MAX_SIGNING_PAIRS 64

/* A JSON document that is read by field; a larger one is compared as text. */
#define HS_MAX_JSON (UINT64_C(16) << 20)

/* A manifest, index or config of an image; containers/image has 4 MiB. */
#define HS_MAX_IMAGE_JSON (UINT64_C(4) << 20)

/* What the documents of one image archive name in all: manifests, configs, layers, diff_ids. */
#define HS_MAX_IMAGE_PARTS 100000

/* Bytes of decompressed layers that one archive keeps for who asks again; they are in the spool. */
#define HS_MAX_KEPT_LAYERS (UINT64_C(16) << 30)

/* How often one blob of an image archive is a layer; no image has as many layers. */
#define HS_MAX_IMAGE_ROLES 8192

/* How often one index or manifest of an image is followed: once for each of its tags. */
#define HS_MAX_IMAGE_VISITS 64

/* Indexes inside indexes of an image; more than two are not seen in the wild. */
#define HS_MAX_INDEX_DEPTH 16

/* Paths that the layers of one image have in all, and names that symbolic links lead over while
 * they are applied: a link costs its writer less than its follower. */
#define HS_MAX_ROOTFS_PATHS UINT64_C(16000000)
#define HS_MAX_LINK_STEPS (UINT64_C(1) << 28)

/* Bytes of paths that no layer holds as a whole, since a symbolic link led there. */
#define HS_MAX_ROOTFS_NAMES (UINT64_C(256) << 20)

/* Remarks on the layers of one root file system that are kept; the rest is counted. */
#define HS_MAX_ROOTFS_REMARKS 1000

/* A document nested deeper than this, or of more tokens, is compared as text. */
#define HS_MAX_JSON_DEPTH 256
#define HS_MAX_JSON_TOKENS 4000000

/* A text of another structured language, YAML, XML or INI, that is read by field; a larger one, or
 * one of more values, is compared as text. */
#define HS_MAX_STRUCTURED (UINT64_C(8) << 20)
#define HS_MAX_STRUCTURED_VALUES 1000000

/* Values of one document said one by one, and the bytes of their names; the rest is a digest. */
#define HS_MAX_JSON_VALUES 100000
#define HS_MAX_JSON_NAMES (UINT64_C(16) << 20)

/*
 * A rendering beyond this is not made: the bytes are shown. Where texts
 * differ over more than this, they are shown as one block: a line diff would
 * take too long to be of use.
 */
#define HS_MAX_TEXT (UINT64_C(64) << 20)

/* With a line longer than this among those that differ, the bytes are shown: bounds a listing. */
#define HS_MAX_LINE (UINT64_C(16) << 10)

/* Lines of one listing, whatever is asked for: they are all in memory while it is shown. */
#define HS_MAX_LISTING_LINES (UINT64_C(1) << 20)

/* Lines of both sides that are compared all with all; its worst case is n * sqrt(n). */
#define HS_MAX_DIFF_LINES (UINT64_C(1) << 18)

/* Lines of one side that are split into smaller parts first (16 to 48 bytes of memory a line). */
#define HS_MAX_SPLIT_LINES (UINT64_C(1) << 21)

/* Bytes of either side among which a listing in hex looks for what an insertion has moved. */
#define HS_MAX_HEX_WINDOW (UINT64_C(8) << 20)

/* CBOR items inside items, and items of one document: an attestation document or a signature has
 * some 40,000 at most, each number of a byte array being one. */
#define HS_MAX_CBOR_DEPTH 16
#define HS_MAX_CBOR_ITEMS (UINT64_C(1) << 20)

/* Sections of one enclave image; 32 have room in its tables, and AWS's reader takes any number. */
#define HS_MAX_EIF_SECTIONS 4096

/* Metadata of an enclave image; nitro-cli writes some KiB. Its values take some 100 bytes of memory
 * each. */
#define HS_MAX_EIF_METADATA (UINT64_C(16) << 20)
#define HS_MAX_SERDE_VALUES 1000000

/* A signature section of an enclave image; the hypervisor takes 32 KiB. */
#define HS_MAX_EIF_SIGNATURE (UINT64_C(4) << 20)

/* A PEM file: certificates with text around them, keys. */
#define HS_MAX_PEM (UINT64_C(1) << 20)

/* An attestation document: the device has room for 12 KiB, its description for a payload of 16 KiB;
 * and the text that one may be wrapped in. */
#define HS_MAX_ATTESTATION (UINT64_C(20) << 10)
#define HS_MAX_ATTESTATION_TEXT (UINT64_C(64) << 10)

/* Remarks of one kind on a ramdisk that are said one by one. */
#define HS_MAX_RAMDISK_REMARKS 20

/* What carries the difference of a PCR, said one by one. */
#define HS_MAX_MEASURE_CAUSES 200

/* Facts of one list of packages or control file; a longer one is compared as text. Debian's own
 * index of 65,000 packages has 1,300,000 fields. */
#define HS_MAX_PACKAGE_FACTS 600000

/* A database of RPM packages in SQLite, which may need a copy in memory; large installations have
 * some 100 MiB. */
#define HS_MAX_RPMDB (UINT64_C(512) << 20)

/* A SQLite database that is read row by row, tables of it that are counted, and the library's steps
 * (in tens of thousands) that reading it may take: some seconds. */
#define HS_MAX_SQLITE (UINT64_C(256) << 20)
#define HS_MAX_SQLITE_TABLES 10000
#define HS_MAX_SQLITE_TICKS UINT64_C(20000)

/* Things of one data file that are said one by one: messages, transitions, libraries, packets; of
 * the rest there is a digest. */
#define HS_MAX_DATA_FACTS UINT64_C(100000)

/* Metadata of one member held in memory (xattrs, comments, extra fields). */
#define HS_MAX_META (UINT64_C(1) << 20)

/* Unpaired members of one container among which renames by similarity are looked for. */
#define HS_MAX_SIMILAR 20000

/* Nodes inside nodes of a device tree; real ones have ten. */
#define HS_MAX_FDT_DEPTH 64

/* And its nodes and properties that are said one by one; boards have some thousands. */
#define HS_MAX_FDT_FACTS 100000

/* Directories inside directories of a file system image. */
#define HS_MAX_FILESYSTEM_DEPTH 512

/* Symbolic links that a lookup inside an archive follows. */
#define HS_MAX_LINKS 16

/* Objects of one marshalled Python object, and objects inside objects; CPython stops at 2000. */
#define HS_MAX_MARSHAL_OBJECTS 2000000
#define HS_MAX_MARSHAL_DEPTH 300

/* Values that the constants of one .pyc come to when references are followed, for each object. */
#define HS_MAX_MARSHAL_REUSE 8

/* Log 2 of the window of a zstd frame: 1 GiB. "zstd --ultra --long=31" alone writes larger ones,
 * and such a window is anonymous memory, which a frame of some bytes may ask for. */
#define HS_MAX_ZSTD_WINDOW_LOG 30

/* Memory of one xz, lzma or lzip decoder: its dictionary. "xz -9" asks for 64 MiB, the format
 * allows 4 GiB. */
#define HS_MAX_LZMA_MEMORY (UINT64_C(1) << 30)

/* Rows of one table of an ELF file: sections of an object, segments of a core. An object compiled
 * with a section for each function has some 100,000. */
#define HS_MAX_ELF_ROWS 1000000

/* Symbols that a search for what covers an address goes back over: those that nest. */
#define HS_MAX_ELF_STEPS 1024

/* Sections of a WebAssembly module, and types, functions, segments, globals of one section. The
 * largest modules in use have some 200,000 functions. */
#define HS_MAX_WASM_ITEMS 1000000

/* Names that a PE image imports, or exports, that are said one by one. */
#define HS_MAX_PE_NAMES 20000

/* Segments, dynamic entries, notes of one ELF file that are said one by one; the rest is a digest.
 * A program has some tens of each. */
#define HS_MAX_ELF_SAID 4096

/* A section of strings and numbers that is shown as such; a larger one is shown in hex: its text
 * takes three times as much. */
#define HS_MAX_ELF_DATA (UINT64_C(8) << 20)

/* A section of debug information that is shown as such; a larger one is shown in hex: its text
 * takes up to ten times as much. */
#define HS_MAX_DWARF (UINT64_C(6) << 20)

/* One piece of code that is disassembled: a function; some generated ones have 1 MiB. A larger one
 * is shown in hex. */
#define HS_MAX_CODE (UINT64_C(4) << 20)

/* Entries of a table of partitions; tools make 128. */
#define HS_MAX_PARTITIONS 4096

/* Relocations of one file that are looked up by their place. */
#define HS_MAX_RELOCATIONS 16000000

#endif
