/* SPDX-License-Identifier: Apache-2.0 */
/*
 * /etc/ld.so.cache, as ldconfig(8) writes it (glibc's sysdeps/generic/dl-cache.h),
 * by library; in the byte order of its machine, here little-endian:
 *
 *	old    12 bytes "ld.so-1.7.0", NUL; 4 count; then for each library
 *	       flags, name, path of 4 bytes each; texts; may be followed by
 *	new    20 bytes "glibc-ld.so.cache1.1"; 4 count; 4 bytes of texts; 1 byte
 *	       order (2: little-endian, 3: big); 3 unused; 4 where extensions stand;
 *	       12 unused; then for each library flags, name, path, OS version of 4
 *	       bytes each and 8 of hardware capabilities; texts
 *	       extensions: 4 magic 0xeaa42174, 4 count, for each tag, flags, offset,
 *	       size of 4 bytes each; tag 0 is the program that wrote it, 1 the names
 *	       of the glibc-hwcaps folders
 *
 * Places in the old form are counted from its texts, in the new from its magic,
 * those of extensions from the front of the file.
 *
 * Where an image is built in steps, the cache is what the last ldconfig saw: a
 * package more is a library more. Which folders come first follows from
 * /etc/ld.so.conf and not from the order on disk.
 */
#include "comparators/comparator.h"

#include "comparators/data/many_facts.h"

#include <inttypes.h>

enum { OLD_ENTRY = 12, NEW_ENTRY = 24, EXTENSION = 16, MAX_EXTENSIONS = 64, GENERATOR = 0 };

#define EXTENSIONS_MAGIC UINT64_C(0xeaa42174)

static const struct hs_span old_magic = { (const uint8_t *)"ld.so-1.7.0", 12 };
static const struct hs_span new_magic = { (const uint8_t *)"glibc-ld.so.cache1.1", 20 };

static unsigned
ld_cache_bid(struct hs_span file)
{
	if (hs_span_starts(file, new_magic))
		return 8 * 20;
	return hs_span_starts(file, old_magic) ? 8 * 12 : 0;
}

/* "libc6,x86-64": the kind of library and the machine, as ldconfig -p says them. */
static const char *
flags_text(struct hs_arena *a, uint64_t flags)
{
	static const char *const kinds[] = { "libc4", "ELF", "libc5", "libc6" };
	static const struct {
		unsigned bits;
		const char *name;
	} machines[] = { { 0x1, ",sparc64" },        { 0x2, ",ia64" },
		         { 0x3, ",x86-64" },         { 0x4, ",s390x" },
		         { 0x5, ",ppc64" },          { 0x6, ",mips-n32" },
		         { 0x7, ",mips64" },         { 0x8, ",x32" },
		         { 0x9, ",arm,hard-float" }, { 0xa, ",aarch64" },
		         { 0xb, ",arm,soft-float" }, { 0xf, ",riscv64-soft" },
		         { 0x10, ",riscv64" } };

	if ((flags & 0xff) >= sizeof(kinds) / sizeof(kinds[0]) || flags >> 16)
		return hs_arena_printf(a, "flags 0x%" PRIx64, flags);
	for (size_t i = 0; i < sizeof(machines) / sizeof(machines[0]); i++)
		if (machines[i].bits == flags >> 8)
			return hs_arena_printf(a, "%s%s", kinds[flags & 0xff], machines[i].name);
	if (flags >> 8)
		return hs_arena_printf(a, "%s, flags 0x%" PRIx64, kinds[flags & 0xff], flags);
	return kinds[flags & 0xff];
}

/* One library: its name in `texts`, its path, and what else the entry says. */
struct library {
	uint64_t flags, name, path, os, capabilities;
};

static int
say_library(struct hs_many *all, struct hs_span texts, const struct library *l, struct hs_err *err)
{
	struct hs_arena *const a = all->out->arena;
	struct hs_cursor name = { .rest = hs_span_from(texts, l->name) };
	struct hs_cursor path = { .rest = hs_span_from(texts, l->path) };
	const char *field = hs_many_field(a, "library", hs_span_head(hs_take_string(&name), 1024));
	const struct hs_span shown = hs_take_string(&path);

	if (name.cut || path.cut)
		return hs_fail(err, HS_EFORMAT,
		               "the text of library %" PRIu64 " lies outside the file", all->n);
	field = hs_arena_printf(a, "%s (%s)", field, flags_text(a, l->flags));
	if (l->os)
		field = hs_arena_printf(a, "%s, OS 0x%" PRIx64, field, l->os);
	if (l->capabilities)
		field = hs_arena_printf(a, "%s, hwcap 0x%" PRIx64, field, l->capabilities);
	hs_many_say(all, field, shown);
	return 0;
}

static int
say_old(struct hs_many *all, struct hs_cursor *c, uint64_t n, struct hs_err *err)
{
	struct hs_cursor entries = { .rest = hs_take(c, n * OLD_ENTRY) };

	if (c->cut)
		return hs_fail(err, HS_EFORMAT, "its %" PRIu64 " entries are cut short", n);
	for (uint64_t i = 0; i < n; i++) {
		struct library l = { .flags = hs_take_le(&entries, 4) };

		l.name = hs_take_le(&entries, 4);
		l.path = hs_take_le(&entries, 4);
		if (say_library(all, c->rest, &l, err) < 0)
			return err->code;
	}
	return 0;
}

static void
say_extensions(struct hs_facts *out, struct hs_span file, uint64_t at)
{
	struct hs_cursor c = { .rest = hs_span_from(file, at) };
	uint64_t n;

	if (at == 0)
		return;
	if (hs_take_le(&c, 4) != EXTENSIONS_MAGIC) {
		hs_say_word(out, "extensions", "damaged");
		return;
	}
	n = hs_take_le(&c, 4);
	for (uint64_t i = 0; i < n && i < MAX_EXTENSIONS; i++) {
		const uint64_t tag = hs_take_le(&c, 4), flags = hs_take_le(&c, 4),
			       from = hs_take_le(&c, 4), size = hs_take_le(&c, 4);
		struct hs_span bytes;

		if (c.cut || !hs_span_part(&bytes, file, from, size))
			hs_say_word(out, "extensions", "cut short");
		else if (tag == GENERATOR)
			hs_say_value(out, "written by", bytes);
		else
			hs_sayf(out, hs_arena_printf(out->arena, "extension %" PRIu64, tag),
			        "flags 0x%" PRIx64 ", %" PRIu64 " bytes", flags, size);
		if (c.cut)
			return;
	}
}

/* `cache` is what begins with the new magic: all of `file`, or its end. */
static int
say_new(struct hs_many *all, struct hs_span file, struct hs_span cache, struct hs_err *err)
{
	struct hs_cursor c = { .rest = cache };
	struct hs_facts *const out = all->out;
	struct hs_cursor entries;
	uint64_t n, size, order, extensions;

	hs_take(&c, new_magic.len);
	n = hs_take_le(&c, 4);
	size = hs_take_le(&c, 4);
	order = hs_take_le(&c, 4);
	extensions = hs_take_le(&c, 4);
	hs_take(&c, 12);
	entries = (struct hs_cursor){ .rest = hs_take(&c, n * NEW_ENTRY) };
	if (c.cut || size > c.rest.len)
		return hs_fail(err, HS_EFORMAT, "its %" PRIu64 " entries are cut short", n);
	hs_say_u64(out, "libraries", n);
	hs_sayf(out, "byte order", "%s",
	        order == 2   ? "little-endian"
	        : order == 3 ? "big-endian"
	        : order == 0 ? "not stated"
	                     : "unknown");
	say_extensions(out, file, extensions);
	for (uint64_t i = 0; i < n; i++) {
		struct library l = { .flags = hs_take_le(&entries, 4) };

		l.name = hs_take_le(&entries, 4);
		l.path = hs_take_le(&entries, 4);
		l.os = hs_take_le(&entries, 4);
		l.capabilities = hs_take_le(&entries, 8);
		if (say_library(all, cache, &l, err) < 0)
			return err->code;
	}
	return 0;
}

static int
ld_cache_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_many all = { .out = out };
	struct hs_cursor c = { .rest = file };
	const uint8_t *inside;
	int rc = 0;

	if (hs_span_starts(file, new_magic)) {
		hs_say_word(out, "form", "new");
		rc = say_new(&all, file, file, err);
		hs_many_end(&all);
		return rc;
	}
	hs_take(&c, old_magic.len);
	inside = file.len ? memmem(file.at, file.len, new_magic.at, new_magic.len) : NULL;
	hs_say_word(out, "form", inside ? "old, with the new one behind it" : "old");
	rc = say_old(&all, &c, hs_take_le(&c, 4), err);
	if (rc == 0 && inside)
		rc = say_new(&all, file, hs_span_from(file, (uint64_t)(inside - file.at)), err);
	hs_many_end(&all);
	return rc;
}

const struct hs_comparator hs_comparator_ld_cache = {
	.name = "ld-cache",
	.about = "cache of the dynamic loader (ld.so.cache), by library",
	.known_by = "\"glibc-ld.so.cache1.1\" or \"ld.so-1.7.0\" at 0",
	.shape = HS_SHAPE_LEAF,
	.bid = ld_cache_bid,
	.describe = ld_cache_describe,
	.by_field = true,
};
