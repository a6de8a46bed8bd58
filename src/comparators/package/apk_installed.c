/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The list of installed packages of Alpine Linux, lib/apk/db/installed (apk-tools 2, "Installed
 * database"; APKINDEX of a repository is the same without files): a paragraph a package, each
 * line a letter, a colon and a value:
 *
 *	C  checksum of the package    P  name          V  version      A  architecture
 *	S  size                       I  size installed     T  description  U  URL  L  license
 *	o  origin   m  maintainer     t  time of build c  commit       k  provider priority
 *	D  depends  p  provides  i  install if  r  replaces: lists, parted by blanks
 *	F  folder, M  its owner, group and mode; R  file in it, a  its owner ..., Z  its checksum
 *
 * Each package is one fact, "package NAME" with its version, in front of all others; its fields
 * follow in words, its files by path.
 *
 * What varies between builds: the versions, since Alpine keeps only the latest of each.
 */
#include "comparators/comparator.h"
#include "comparators/package/deb822_say.h"
#include "comparators/package/file_name.h"
#include "core/encoding.h"
#include "core/limits.h"

enum { BID = 100 };

static const struct {
	char letter;
	bool list;
	const char *word;
} fields[] = {
	{ 'C', false, "checksum" },
	{ 'A', false, "architecture" },
	{ 'S', false, "package size" },
	{ 'I', false, "installed size" },
	{ 'T', false, "description" },
	{ 'U', false, "URL" },
	{ 'L', false, "license" },
	{ 'o', false, "origin" },
	{ 'm', false, "maintainer" },
	{ 't', false, "built at" },
	{ 'c', false, "commit" },
	{ 'k', false, "provider priority" },
	{ 'D', true, "depends" },
	{ 'p', true, "provides" },
	{ 'i', true, "install if" },
	{ 'r', true, "replaces" },
	{ 'q', false, "replaces priority" },
	{ 's', false, "repository tag" },
	{ 'f', false, "broken" },
};

/* Where the reader is in a package. */
struct place {
	const char *package;
	struct hs_span folder;
	const char *path; /* of the folder or the file that the next lines are about */
};

static bool
is_list(struct hs_span file)
{
	const struct hs_span head = hs_span_head(file, 2);

	return (hs_span_is(head, "C:") || hs_span_is(head, "P:")) &&
	       hs_deb822_peek(file, "P").len && hs_deb822_peek(file, "V").len &&
	       hs_text_guess(file) > 0;
}

static unsigned
apk_bid(struct hs_span file)
{
	return is_list(file) && hs_deb822_peek(file, "A").len ? BID : 0;
}

static unsigned
apk_bid_named(struct hs_span file, struct hs_span name)
{
	return hs_name_ends(name, "lib/apk/db/installed") && is_list(file) ? BID : 0;
}

/* One line a field: nothing goes on in the next line. */
static bool
take(char *letter, struct hs_span *value, struct hs_span *rest)
{
	const struct hs_span line = hs_deb822_line(rest);

	*letter = 0;
	*value = line;
	if (line.len == 0)
		return true;
	if (line.len < 2 || line.at[1] != ':')
		return false;
	*letter = (char)line.at[0];
	*value = hs_span_from(line, 2);
	return true;
}

/* The packages by themselves. False where the text is no list. */
static bool
say_packages(struct hs_facts *out, struct hs_span rest)
{
	struct hs_span name = { 0 }, version = { 0 }, value;
	bool any = false;
	char letter;

	while (rest.len || any) {
		letter = 0;
		if (rest.len && !take(&letter, &value, &rest))
			return false;
		if (letter == 0) {
			if (any && name.len == 0)
				return false;
			if (any)
				hs_say_value(out,
				             hs_arena_printf(out->arena, "package %s",
				                             hs_field_part(out->arena, name)),
				             version);
			any = false;
			name = version = (struct hs_span){ 0 };
			continue;
		}
		any = true;
		if (letter == 'P')
			name = value;
		else if (letter == 'V')
			version = value;
		if (out->n > HS_MAX_PACKAGE_FACTS)
			return false;
	}
	return out->n > 0;
}

static void
say_words(struct hs_facts *out, const char *field, struct hs_span value)
{
	while (value.len) {
		const uint8_t *blank = memchr(value.at, ' ', value.len);
		const size_t n = blank ? (size_t)(blank - value.at) : value.len;

		hs_say_value(out, field, hs_span_head(value, n));
		value = hs_span_from(value, n + 1);
	}
}

/* Lines about files; false for any other. */
static bool
say_file(struct hs_facts *out, struct place *at, char letter, struct hs_span value)
{
	struct hs_arena *a = out->arena;
	struct hs_span path = value;

	switch (letter) {
	case 'F':
		at->folder = value;
		at->path = hs_field_part(a, path);
		hs_say_word(out, hs_arena_printf(a, "%s folder %s", at->package, at->path),
		            "there");
		return true;
	case 'R':
		if (at->folder.len)
			path = hs_arena_join(a, hs_arena_join(a, at->folder, HS_SPAN("/")), value);
		at->path = hs_field_part(a, path);
		hs_say_word(out, hs_arena_printf(a, "%s file %s", at->package, at->path), "there");
		return true;
	case 'M':
	case 'a':
		hs_say_value(out,
		             hs_arena_printf(a, "%s owner and mode of %s", at->package, at->path),
		             value);
		return true;
	case 'Z':
		hs_say_value(out, hs_arena_printf(a, "%s checksum of %s", at->package, at->path),
		             value);
		return true;
	default:
		return false;
	}
}

static void
say_field(struct hs_facts *out, struct place *at, char letter, struct hs_span value)
{
	struct hs_arena *a = out->arena;

	if (letter == 'P' || letter == 'V' || say_file(out, at, letter, value))
		return;
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		const char *field;

		if (fields[i].letter != letter)
			continue;
		field = hs_arena_printf(a, "%s %s", at->package, fields[i].word);
		if (fields[i].list)
			say_words(out, field, value);
		else
			hs_say_value(out, field, value);
		return;
	}
	hs_say_value(
		out,
		hs_arena_printf(a, "%s %s", at->package,
	                        hs_field_part(a, (struct hs_span){ (const uint8_t *)&letter, 1 })),
		value);
}

/* The name of the package whose lines are at the front. */
static const char *
name_of(struct hs_arena *a, struct hs_span rest)
{
	struct hs_span value;
	char letter;

	while (rest.len && take(&letter, &value, &rest) && letter)
		if (letter == 'P')
			return hs_field_part(a, value);
	return "";
}

static int
apk_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct place at = { .package = "", .path = "" };
	struct hs_sha256_stream order;
	struct hs_sha256 digest;
	char hex[HS_SHA256_HEX], letter = 0;
	struct hs_span rest = file, value;

	if (!say_packages(out, file))
		return hs_fail(err, HS_ENOTMINE, "not each paragraph is a package");
	out->detail = true;
	hs_sha256_init(&order);
	while (rest.len && out->n <= HS_MAX_PACKAGE_FACTS) {
		if (letter == 0)
			at = (struct place){ .package = name_of(out->arena, rest), .path = "" };
		take(&letter, &value, &rest);
		/* Where a line stands: behind which package and letter. */
		hs_sha256_update(&order, (struct hs_span){ (const uint8_t *)&letter, 1 });
		if (letter == 'P' || letter == 'R' || letter == 'F')
			hs_sha256_update(&order, value);
		if (letter)
			say_field(out, &at, letter, value);
	}
	hs_sha256_final(&order, &digest);
	hs_sayf(out, "(key order)", "sha256:%s", hs_sha256_hex(hex, &digest));
	hs_say_word(out, "(formatting)",
	            hs_span_ends(file, HS_SPAN("\n")) ? "plain" : "no newline at the end");
	out->detail = false;
	if (rest.len)
		return hs_fail(err, HS_ENOTMINE, "the list has more fields than are read");
	return 0;
}

const struct hs_comparator hs_comparator_apk_installed = {
	.name = "apk-installed",
	.about = "lists of Alpine's packages: what is installed, indexes of a repository",
	.known_by =
		"lines \"C:\" or \"P:\" at 0, \"V:\" and \"A:\", or the name lib/apk/db/installed",
	.shape = HS_SHAPE_LEAF,
	.bid = apk_bid,
	.bid_named = apk_bid_named,
	.describe = apk_describe,
	.render = hs_text_render,
	.by_field = true,
	.lists = "package",
};
