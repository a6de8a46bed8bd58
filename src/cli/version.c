/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/version.h"

#include "core/version.h"

#include <archive.h>
#include <jansson.h>
#include <magic.h>
#include <openssl/crypto.h>
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

static void
print_row(FILE *out, const char *name, const char *version, const char *without)
{
	if (version)
		fprintf(out, "  %-11s %s\n", name, version);
	else
		fprintf(out, "  %-11s off: %s\n", name, without ? without : "");
}

/* "9.3.2" of 90302. */
static const char *
dotted(char out[32], unsigned version, unsigned base)
{
	snprintf(out, 32, "%u.%u.%u", version / base / base, version / base % base, version % base);
	return out;
}

static const char *
bzip2_version(void)
{
#if HS_WITH_BZIP2
	return BZ2_bzlibVersion();
#else
	return NULL;
#endif
}

static const char *
lzma_version(void)
{
#if HS_WITH_LZMA
	return lzma_version_string();
#else
	return NULL;
#endif
}

static const char *
isal_version(char out[32])
{
#if HS_WITH_ISAL
	snprintf(out, 32, "%d.%d.%d", ISAL_MAJOR_VERSION, ISAL_MINOR_VERSION, ISAL_PATCH_VERSION);
	return out;
#else
	(void)out;
	return NULL;
#endif
}

static const char *
libgit2_version(char out[32])
{
#if HS_WITH_LIBGIT2
	int major, minor, patch;

	git_libgit2_version(&major, &minor, &patch);
	snprintf(out, 32, "%d.%d.%d", major, minor, patch);
	return out;
#else
	(void)out;
	return NULL;
#endif
}

void
hs_version_print(FILE *out)
{
	char text[32];

	fprintf(out, "hashoscope %s\n", hs_version());
	print_row(out, "libarchive", archive_version_string() + sizeof("libarchive ") - 1, NULL);
	print_row(out, "zlib", zlibVersion(), NULL);
	print_row(out, "libzstd", ZSTD_versionString(), NULL);
	print_row(out, "libcrypto", OpenSSL_version(OPENSSL_VERSION_STRING), NULL);
	print_row(out, "libxxhash", dotted(text, XXH_versionNumber(), 100), NULL);
	snprintf(text, sizeof(text), "%d.%02d", magic_version() / 100, magic_version() % 100);
	print_row(out, "libmagic", text, NULL);
	print_row(out, "jansson", jansson_version_str(), NULL);
	print_row(out, "libbz2", bzip2_version(), "bzip2 is read with libarchive");
	print_row(out, "liblzma", lzma_version(), "xz, lzma and lzip are read with libarchive");
	print_row(out, "libisal", isal_version(text), "gzip is read with zlib, which is slower");
	print_row(out, "libgit2", libgit2_version(text), "texts are shown without a line diff");
}
