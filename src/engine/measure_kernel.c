/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What two kernels differ in, in one sentence: the build that they say they
 * are, and then which of their parts follow from nothing of that. The line of
 * the banner stands in several places, and the times of an initramfs that the
 * build makes are its own: those are no news beside the banner.
 */
#include "engine/measuring.h"

/* Parts of a kernel, as a reader tells them apart. */
enum part {
	PART_CONFIG = 1 << 0,
	PART_INITRAMFS = 1 << 1,
	PART_KEY = 1 << 2,
	PART_SIGNATURE = 1 << 3,
	PART_WRAPPER = 1 << 4,
	PART_CODE = 1 << 5,
	N_PARTS = 6,
};

/* Of an image that holds a compressed kernel, or of the kernel itself. */
static unsigned
part_in(const struct hs_node *kernel)
{
	const char *format = kernel->a.format;

	return strcmp(format, "linux-bzimage") == 0 || strcmp(format, "linux-zboot") == 0
	               ? PART_WRAPPER
	               : PART_CODE;
}

/* 0 for what tells nothing that the banner does not. */
static unsigned
part_of(const struct hs_node *node)
{
	static const struct {
		const char *name;
		unsigned part;
	} rows[] = {
		{ "config", PART_CONFIG },
		{ "initramfs", PART_INITRAMFS },
		{ "module signing certificate", PART_KEY },
		{ "(signature)", PART_SIGNATURE },
		{ "early banner", 0 },
		{ "proc banner", 0 },
		{ "utsname", 0 },
		/* Not decompressed. */
		{ "vmlinux", PART_CODE },
		{ "image", PART_CODE },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (hs_span_is(node->name, rows[i].name))
			return rows[i].part;
	return part_in(node->parent);
}

/* Whether the field follows from the banner, or from a part that is told by itself. */
static bool
is_derived(const char *field)
{
	static const char *const fields[] = {
		"kernel release", "built by",       "compiler",    "linker",
		"build number",   "build flags",    "built at",    "banner",
		"build id",       "payload length", "stored size", "size behind the stream",
		"crc-32",         "size",
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (strcmp(field, fields[i]) == 0)
			return true;
	return false;
}

/* Whether both sides are kernels of one format. */
static bool
is_kernel(const struct hs_node *n)
{
	return n->a.format && n->b.format && strncmp(n->a.format, "linux-", 6) == 0 &&
	       strcmp(n->a.format, n->b.format) == 0;
}

static bool
is_below(const struct hs_node *n, const struct hs_node *top)
{
	return n && (n == top || n->depth > top->depth);
}

/* Whether nothing but times differs in and below the node. */
static bool
only_times(const struct hs_node *top)
{
	for (const struct hs_node *n = top; is_below(n, top); n = hs_node_next(n)) {
		if (!n->first_child && n->status != HS_STATUS_METADATA)
			return false;
		for (const struct hs_change *c = n->changes.first; c; c = c->next)
			if (strcmp(c->field, "mtime") != 0)
				return false;
	}
	return true;
}

/* The parts that differ and are not the banner once more; *opened: whether there are parts. */
static unsigned
find_parts(const struct hs_node *top, bool *opened)
{
	unsigned parts = 0;

	*opened = false;
	for (const struct hs_node *n = top; is_below(n, top); n = hs_node_next(n)) {
		if (is_kernel(n)) {
			*opened = true;
			for (const struct hs_change *c = n->changes.first; c; c = c->next)
				parts |= is_derived(c->field) ? 0 : part_in(n);
			continue;
		}
		if (n == top || !is_kernel(n->parent))
			continue;
		if (part_of(n) != PART_INITRAMFS || !only_times(n))
			parts |= part_of(n);
	}
	return parts;
}

/* "its configuration and its signature". */
static const char *
parts_words(struct hs_arena *a, unsigned parts)
{
	static const char *const words[N_PARTS] = {
		"its configuration", "its embedded initramfs",   "its module signing key",
		"its signature",     "the code that unpacks it", "its code or data",
	};
	const char *list = "";

	for (unsigned i = 0; i < N_PARTS; i++) {
		const bool last = (parts >> i) == 1;

		if (parts >> i & 1)
			list = hs_arena_printf(a, "%s%s%s", list,
			                       !*list ? ""
			                       : last ? " and "
			                              : ", ",
			                       words[i]);
	}
	return list;
}

/* The change of that field in the node or below it. */
static const struct hs_change *
find_change(const struct hs_node *top, const char *field)
{
	for (const struct hs_node *n = top; is_below(n, top); n = hs_node_next(n))
		for (const struct hs_change *c = n->changes.first; c; c = c->next)
			if (strcmp(c->field, field) == 0 && c->has_a && c->has_b)
				return c;
	return NULL;
}

/* The build that it says it is, where it is another one, else NULL; *release: of which sources. */
static const char *
build_words(struct hs_arena *a, const struct hs_node *node, bool *release)
{
	static const struct {
		const char *field, *words;
	} rows[] = {
		{ "kernel release", "the kernel is of another release" },
		{ "built at", "the kernel was built at another time" },
		{ "build number", "the kernel is another build" },
		{ "built by", "the kernel was built by another user or machine" },
		{ "compiler", "the kernel was built with another compiler" },
		{ "linker", "the kernel was built with another linker" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct hs_change *c = find_change(node, rows[i].field);
		const char *values = c ? hs_cause_values(a, c) : "";

		*release = i == 0;
		if (*values)
			return hs_arena_printf(a, "%s (%s)", rows[i].words, values);
		if (c)
			return rows[i].words;
	}
	return NULL;
}

const char *
hs_cause_kernel(struct hs_arena *a, const struct hs_node *node)
{
	bool opened = false, release = false;
	const unsigned parts = node ? find_parts(node, &opened) : 0;
	const char *build = node ? build_words(a, node, &release) : NULL;

	if (build && (release || !opened))
		return build;
	if (build && parts)
		return hs_arena_printf(a, "%s; %s differ%s too", build, parts_words(a, parts),
		                       parts & (parts - 1) ? "" : "s");
	if (build)
		return hs_arena_printf(a, "%s; its code and data are the same", build);
	if (parts)
		return hs_arena_printf(a, "the kernel differs in %s", parts_words(a, parts));
	for (const struct hs_change *c = node ? node->changes.first : NULL; c; c = c->next)
		if (strcmp(c->field, "format") == 0)
			return hs_arena_printf(a, "the kernel is another kind of file (%s)",
			                       hs_cause_values(a, c));
	return "the kernel has other content";
}
