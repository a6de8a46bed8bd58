/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/libraries.h"

#include <archive.h>
#include <jansson.h>
#include <magic.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <string.h>
#include <xxhash.h>
#include <zlib.h>
#include <zstd.h>
#if HS_WITH_BZIP2
#include <bzlib.h>
#endif
#if HS_WITH_LZMA
#include <lzma.h>
#endif
#if HS_WITH_ISAL
#include <isa-l.h>
#endif
#if HS_WITH_LIBGIT2
#include <git2.h>
#endif
#if HS_WITH_CAPSTONE
#include <capstone/capstone.h>
#endif
#if HS_WITH_LIBXML2
#include <libxml/xmlversion.h>
#endif
#if HS_WITH_SQLITE
#include <sqlite3.h>
#endif
#if HS_WITH_YAML
#include <yaml.h>
#endif
#if HS_WITH_EXT2FS
#include <ext2fs/ext2fs.h>
#endif

typedef void version_of(char *out, size_t size);

/* "9.3.2" of 90302. */
static void
print_dotted(char *out, size_t size, unsigned version, unsigned base)
{
	snprintf(out, size, "%u.%u.%u", version / base / base, version / base % base,
	         version % base);
}

static void
archive_version(char *out, size_t size)
{
	snprintf(out, size, "%s", archive_version_string() + sizeof("libarchive ") - 1);
}

static void
deflate_version(char *out, size_t size)
{
	snprintf(out, size, "%s", zlibVersion());
}

static void
zstd_version(char *out, size_t size)
{
	snprintf(out, size, "%s", ZSTD_versionString());
}

static void
crypto_version(char *out, size_t size)
{
	snprintf(out, size, "%s", OpenSSL_version(OPENSSL_VERSION_STRING));
}

static void
xxhash_version(char *out, size_t size)
{
	print_dotted(out, size, XXH_versionNumber(), 100);
}

static void
libmagic_version(char *out, size_t size)
{
	snprintf(out, size, "%d.%02d", magic_version() / 100, magic_version() % 100);
}

static void
json_version(char *out, size_t size)
{
	snprintf(out, size, "%s", jansson_version_str());
}

#if HS_WITH_BZIP2
static void
bzip2_version(char *out, size_t size)
{
	snprintf(out, size, "%s", BZ2_bzlibVersion());
}
#else
#define bzip2_version NULL
#endif

#if HS_WITH_LZMA
static void
xz_version(char *out, size_t size)
{
	snprintf(out, size, "%s", lzma_version_string());
}
#else
#define xz_version NULL
#endif

#if HS_WITH_ISAL
static void
isal_version(char *out, size_t size)
{
	snprintf(out, size, "%d.%d.%d", ISAL_MAJOR_VERSION, ISAL_MINOR_VERSION, ISAL_PATCH_VERSION);
}
#else
#define isal_version NULL
#endif

#if HS_WITH_LIBGIT2
static void
git_version(char *out, size_t size)
{
	int major, minor, patch;

	git_libgit2_version(&major, &minor, &patch);
	snprintf(out, size, "%d.%d.%d", major, minor, patch);
}
#else
#define git_version NULL
#endif

#if HS_WITH_CAPSTONE
static void
capstone_version(char *out, size_t size)
{
	int major, minor;

	cs_version(&major, &minor);
	snprintf(out, size, "%d.%d", major, minor);
}
#else
#define capstone_version NULL
#endif

#if HS_WITH_LIBXML2
static void
xml_version(char *out, size_t size)
{
	snprintf(out, size, "%s", LIBXML_DOTTED_VERSION);
}
#else
#define xml_version NULL
#endif

#if HS_WITH_SQLITE
static void
sqlite_version(char *out, size_t size)
{
	snprintf(out, size, "%s", sqlite3_libversion());
}
#else
#define sqlite_version NULL
#endif

#if HS_WITH_YAML
static void
libyaml_version(char *out, size_t size)
{
	snprintf(out, size, "%s", yaml_get_version_string());
}
#else
#define libyaml_version NULL
#endif

#if HS_WITH_EXT2FS
static void
ext2fs_version(char *out, size_t size)
{
	const char *version = NULL;

	ext2fs_get_library_version(&version, NULL);
	snprintf(out, size, "%s", version);
}
#else
#define ext2fs_version NULL
#endif

/* clang-format off */
static const struct row {
	const char *name;
	bool built, replaced;
	version_of *version; /* NULL: it does not tell, or is not there */
	const char *without;
} rows[HS_N_LIBRARIES] = {
	{ "libarchive", true, false, archive_version, NULL },
	{ "zlib", true, false, deflate_version, NULL },
	{ "libzstd", true, false, zstd_version, NULL },
	{ "libcrypto", true, false, crypto_version, NULL },
	{ "libxxhash", true, false, xxhash_version, NULL },
	{ "libmagic", true, false, libmagic_version, NULL },
	{ "jansson", true, false, json_version, NULL },
	{ "libbz2", HS_WITH_BZIP2, true, bzip2_version, "bzip2 is read with libarchive" },
	{ "liblzma", HS_WITH_LZMA, true, xz_version,
	  "xz, lzma and lzip are read with libarchive" },
	{ "libisal", HS_WITH_ISAL, true, isal_version,
	  "gzip is read with zlib, which is slower" },
	{ "libgit2", HS_WITH_LIBGIT2, true, git_version, "texts are shown without a line diff" },
	{ "capstone", HS_WITH_CAPSTONE, false, capstone_version, "functions are shown in hex" },
	{ "libiberty", HS_WITH_DEMANGLE, false, NULL,
	  "names of C++ and Rust are shown as the linker has them" },
	{ "libxml2", HS_WITH_LIBXML2, false, xml_version, "XML is shown in hex" },
	{ "sqlite3", HS_WITH_SQLITE, false, sqlite_version, "databases are shown in hex" },
	{ "libyaml", HS_WITH_YAML, false, libyaml_version, "YAML is shown in hex" },
	{ "inih", HS_WITH_INIH, false, NULL, "INI files are compared as texts" },
	{ "libext2fs", HS_WITH_EXT2FS, false, ext2fs_version, "ext2 to ext4 are shown in hex" },
	{ "libsquashfs", HS_WITH_SQUASHFS, false, NULL, "squashfs is shown in hex" },
};
/* clang-format on */

void
hs_libraries(struct hs_library out[HS_N_LIBRARIES])
{
	for (size_t i = 0; i < HS_N_LIBRARIES; i++) {
		const struct row *r = &rows[i];

		out[i] = (struct hs_library){
			.name = r->name,
			.without = r->without,
			.built = r->built,
			.replaced = r->replaced,
		};
		if (r->version)
			r->version(out[i].version, sizeof(out[i].version));
	}
}

const struct hs_library *
hs_library_find(const struct hs_library all[HS_N_LIBRARIES], struct hs_span name)
{
	for (size_t i = 0; i < HS_N_LIBRARIES; i++)
		if (hs_span_is(name, all[i].name))
			return &all[i];
	return NULL;
}
