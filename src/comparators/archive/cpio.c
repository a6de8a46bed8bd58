/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cpio archives, and what Linux makes of several of them in one initramfs
 * (headers: core/cpio.c; Linux: init/initramfs.c and
 * Documentation/driver-api/early-userspace/buffer-format.rst).
 *
 *	member ...  TRAILER!!!  zero bytes  [ another archive, or a compressed one ] ...
 *
 * Members of the first archive keep their names; those of the second are
 * paired as "[2]/name", and a compressed part is one member "[2]". What follows
 * a compressed part is one member "[3]", which is such a file again.
 *
 * What varies between builds: inode and device numbers (of the build machine's
 * disk; GNU cpio has --reproducible, kernels write 721 and up), mtime, owner,
 * the order of members (find), hard links (the disk's), the case of hex digits
 * (the writer's) and the padding behind the trailer.
 *
 * In newc, the content of hard links stands with one of them, usually the
 * last. All of them are given that content here, so that they compare as what
 * they point to.
 */
#include "comparators/comparator.h"
#include "comparators/archive/cpio_links.h"
#include "comparators/archive/member.h"

#include "core/codec.h"
#include "core/cpio_walk.h"
#include "core/escape.h"

#include <inttypes.h>

enum { BLOCK = 512, CHECK_EVERY = 256, NAME_SHOWN = 200 };

struct build {
	struct hs_tree *tree;
	struct hs_cpio_walk walk;
	struct hs_cpio_links links;
};

/* An upper and a lower case letter among the hex digits set bits 1 and 2. */
static unsigned
hex_case(struct hs_span header)
{
	unsigned seen = 0;

	/* No branch: this reads every header of an archive. */
	for (size_t i = 0; i < header.len; i++) {
		const unsigned c = header.at[i];

		seen |= (unsigned)(c - 'A' < 6u) | (unsigned)(c - 'a' < 6u) << 1;
	}
	return seen;
}

static const char *
field_of(struct hs_facts *out, const struct hs_cpio_walk *w, const char *field)
{
	return w->archive > 1 ? hs_arena_printf(out->arena, "[%u] %s", w->archive, field) : field;
}

/* Writers agree on the trailer's name and on nothing else; mostly its fields are 0. */
static const char *
trailer_text(struct hs_arena *a, const struct hs_cpio_member *m)
{
	const struct {
		const char *name;
		uint64_t value;
	} fields[] = {
		{ "inode", m->ino },
		{ "mode", m->mode },
		{ "uid", m->uid },
		{ "gid", m->gid },
		{ "nlink", m->nlink },
		{ "mtime", (uint64_t)m->mtime },
		{ "size", m->size },
		{ "device major", m->dev_major },
		{ "device minor", m->dev_minor },
		{ "own device major", m->rdev_major },
		{ "own device minor", m->rdev_minor },
		{ "check", m->check },
	};
	const char *text = hs_cpio_dialect_name(m->dialect);

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (fields[i].value)
			text = hs_arena_printf(a, "%s, %s %" PRIu64, text, fields[i].name,
			                       fields[i].value);
	return text;
}

static void
say_trailer(struct hs_facts *out, const struct hs_cpio_walk *w)
{
	const struct hs_cpio_member *m = &w->member;

	hs_say_word(out, field_of(out, w, "trailer"), trailer_text(out->arena, m));
	if (m->unusual || m->malformed)
		hs_say_value(out, field_of(out, w, "trailer as stored"), m->header);
	if (!hs_span_is_zero(m->name_rest))
		hs_say_value(out, field_of(out, w, "trailer padding"), m->name_rest);
}

/* How far an archive is filled up depends on what is in it, unless it is said like this. */
static void
say_zeros(struct hs_facts *out, const struct hs_cpio_walk *w)
{
	const char *field = field_of(out, w, "zero bytes behind the trailer");
	const size_t n = hs_cpio_zeros(hs_span_from(w->file, w->at));

	if (n < BLOCK && (w->at + n) % BLOCK == 0)
		hs_sayf(out, field, "up to a multiple of %d", BLOCK);
	else
		hs_say_u64(out, field, n);
}

static void
say_hex_case(struct hs_facts *out, const struct hs_cpio_walk *w, unsigned seen)
{
	static const char *const words[] = { NULL, "upper case", "lower case", "mixed case" };

	if (seen)
		hs_say_word(out, field_of(out, w, "hex digits"), words[seen]);
}

/* Damage is expand's to tell; what stands before it is said. */
static int
cpio_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_cpio_walk w = { .file = file };
	enum hs_cpio_step at = HS_CPIO_MEMBER;
	struct hs_err damage;
	unsigned seen = 0;

	(void)err;
	while (at != HS_CPIO_END && hs_cpio_step(&w, &at, &damage) == 0) {
		const struct hs_cpio_member *m = &w.member;

		if (m->dialect == HS_CPIO_NEWC || m->dialect == HS_CPIO_CRC)
			seen |= hex_case(m->header);
		if (at != HS_CPIO_TRAILER)
			continue;
		say_trailer(out, &w);
		say_hex_case(out, &w, seen);
		say_zeros(out, &w);
		seen = 0;
	}
	return 0;
}

/* Whatever the header and its name field hold beside what every format has. */
static void
say_format(struct hs_facts *out, const struct hs_cpio_member *m, const struct hs_entry *e)
{
	const struct hs_span *first = e->more;

	hs_say_word(out, "dialect", hs_cpio_dialect_name(m->dialect));
	hs_say_u64(out, "inode", m->ino);
	hs_say_u64(out, "nlink", m->nlink);
	hs_sayf(out, "on device", "%" PRIu64 ":%" PRIu64, m->dev_major, m->dev_minor);
	if (first)
		hs_say_value(out, "hard link to", *first);
	if (e->kind == HS_KIND_FILE && m->size != e->size)
		hs_say_u64(out, "stored size", m->size);
	if (e->kind == HS_KIND_OTHER || m->mode > 0177777)
		hs_sayf(out, "mode field", "%06" PRIo64, m->mode);
	if (e->kind != HS_KIND_CHARDEV && e->kind != HS_KIND_BLOCKDEV &&
	    (m->rdev_major || m->rdev_minor))
		hs_sayf(out, "device fields", "%" PRIu64 ":%" PRIu64, m->rdev_major, m->rdev_minor);
	if (m->dialect == HS_CPIO_CRC || m->check)
		hs_sayf(out, "check", "0x%08" PRIx64, m->check);
	if (m->unusual || m->malformed)
		hs_say_value(out, "header as stored", m->header);
	if (!hs_span_equal(hs_key_of_name(out->arena, m->name), m->name))
		hs_say_value(out, "stored name", m->name);
	if (m->name_size != m->name.len + 1)
		hs_say_u64(out, "name field size", m->name_size);
	if (!hs_span_is_zero(m->name_rest))
		hs_say_value(out, "behind the name", m->name_rest);
}

static bool
is_content(enum hs_kind kind)
{
	return kind == HS_KIND_FILE || kind == HS_KIND_OTHER;
}

static void
describe_member(struct hs_facts *out, const struct hs_tree *t, const struct hs_entry *e)
{
	struct hs_meta meta = { .kind = e->kind, .size = e->size, .link = e->link };
	struct hs_cpio_member m;
	struct hs_err ignored;
	const bool was = out->of_format;

	(void)t;
	if (is_content(e->kind))
		meta.has |= HS_HAS_SIZE;
	if (e->kind == HS_KIND_SYMLINK)
		meta.has |= HS_HAS_LINK;
	/* A compressed part has no header. */
	if (hs_cpio_read_head(&m, e->head, &ignored) < 0) {
		hs_say_meta(out, &meta);
		return;
	}
	meta.has |= HS_HAS_MODE | HS_HAS_OWNER | HS_HAS_MTIME;
	if (e->kind == HS_KIND_CHARDEV || e->kind == HS_KIND_BLOCKDEV)
		meta.has |= HS_HAS_DEVICE;
	meta.mode = m.mode;
	meta.uid = (int64_t)m.uid;
	meta.gid = (int64_t)m.gid;
	meta.mtime.sec = m.mtime;
	meta.dev_major = m.rdev_major;
	meta.dev_minor = m.rdev_minor;
	hs_say_meta(out, &meta);
	out->of_format = true;
	say_format(out, &m, e);
	if (!is_content(e->kind) && e->kind != HS_KIND_SYMLINK && m.size > 0)
		hs_say_value(out, "content", hs_span_from(e->head, hs_cpio_head(&m).len));
	out->of_format = was;
}

static const struct hs_tree_ops cpio_ops = { .describe = describe_member };

/* Linux checks the sum of regular files only. Of a hard link's names, only one has the data. */
static bool
sum_is_wrong(const struct hs_cpio_member *m, enum hs_kind kind)
{
	if (m->dialect != HS_CPIO_CRC || kind != HS_KIND_FILE)
		return false;
	if (m->data.len == 0 && m->nlink > 1)
		return false;
	return hs_cpio_sum(m->data) != m->check;
}

static int
add_member(struct build *b, struct hs_err *err)
{
	const struct hs_cpio_member *m = &b->walk.member;
	struct hs_tree *t = b->tree;
	struct hs_entry *e;
	const int rc = hs_member_add(&e, t, m->name, err);

	if (rc < 0)
		return rc;
	if (b->walk.archive > 1)
		e->key = hs_arena_span(&t->arena, "[%u]/%.*s", b->walk.archive, (int)e->key.len,
		                       (const char *)e->key.at);
	e->kind = hs_kind_of_mode(m->mode);
	if (is_content(e->kind)) {
		e->head = hs_cpio_head(m);
		e->bytes = m->data;
		e->size = m->data.len;
	} else {
		/* No content to compare, so that the data count as metadata. */
		e->head = hs_cpio_span(m);
	}
	if (e->kind == HS_KIND_SYMLINK)
		e->link = m->data;
	if (m->malformed)
		hs_member_damage(t, e, "a field of its cpio header is malformed");
	if (m->data.len < m->size)
		hs_member_damage(t, e, "its content is cut short");
	else if (sum_is_wrong(m, e->kind))
		hs_member_damage(t, e,
		                 hs_arena_printf(&t->arena,
		                                 "its bytes add up to 0x%08" PRIx32
		                                 ", its header says 0x%08" PRIx64,
		                                 hs_cpio_sum(m->data), m->check));
	if (e->kind == HS_KIND_FILE && m->nlink > 1)
		hs_cpio_links_add(&b->links, &t->worker->scratch, m, b->walk.archive,
		                  t->n_entries - 1);
	return 0;
}

/* Paddings are not part of a member unless somebody hid something there. */
static int
add_padding(struct build *b, struct hs_err *err)
{
	const struct hs_cpio_member *m = &b->walk.member;
	char shown[NAME_SHOWN];

	if (hs_span_is_zero(m->padding))
		return 0;
	hs_escape_short(shown, sizeof(shown), m->name);
	return hs_tree_add_gap(b->tree,
	                       hs_arena_printf(&b->tree->arena, "padding behind %s", shown),
	                       m->padding, err);
}

static int
add_numbered(struct hs_tree *t, unsigned n, struct hs_span bytes, struct hs_err *err)
{
	struct hs_entry *e;
	const int rc = hs_tree_add(&e, t, hs_arena_span(&t->arena, "[%u]", n), err);

	if (rc < 0)
		return rc;
	e->kind = HS_KIND_FILE;
	e->bytes = bytes;
	e->size = bytes.len;
	return 0;
}

/*
 * How much of the bytes is compressed, where an archive follows that is not.
 * Only decoding tells; it is done only where the magic of an archive stands
 * somewhere in them, which compressed bytes do not have by chance. What is
 * damaged or past a limit is told when the part is opened.
 */
static size_t
compressed_length(struct hs_run *run, struct hs_span bytes)
{
	const struct hs_span magic = HS_SPAN("0707");
	enum hs_codec codec = hs_codec_of(bytes);
	struct hs_inflated got;
	struct hs_err ignored;
	struct hs_span rest;
	int rc;

	if (!memmem(bytes.at, bytes.len, magic.at, magic.len))
		return bytes.len;
	if (codec == HS_CODEC_NONE)
		codec = HS_CODEC_LZMA;
	rc = hs_inflate(&got, codec, bytes, run, &ignored);
	hs_blob_unref(got.blob);
	if (rc < 0)
		return bytes.len;
	rest = hs_span_from(bytes, got.consumed);
	rest = hs_span_from(rest, hs_cpio_zeros(rest));
	return hs_span_starts(rest, magic) && hs_cpio_is(rest) ? (size_t)got.consumed : bytes.len;
}

/* A compressed part; an archive behind it is a member of its own, with all that follows. */
static int
add_part(struct build *b, struct hs_err *err)
{
	struct hs_tree *t = b->tree;
	const struct hs_span bytes = b->walk.bytes;
	const size_t len = compressed_length(t->run, bytes);
	const struct hs_span rest = hs_span_from(bytes, len);
	const size_t zeros = hs_cpio_zeros(rest);
	int rc = add_numbered(t, b->walk.archive + 1, hs_span_head(bytes, len), err);

	if (rc == 0 && zeros > 0)
		rc = hs_tree_add_gap(t, "zero bytes between the archives",
		                     hs_span_head(rest, zeros), err);
	if (rc == 0 && rest.len > zeros)
		rc = add_numbered(t, b->walk.archive + 2, hs_span_from(rest, zeros), err);
	return rc;
}

static int
add_step(struct build *b, enum hs_cpio_step at, struct hs_err *err)
{
	const struct hs_cpio_member *m = &b->walk.member;
	int rc = 0;

	switch (at) {
	case HS_CPIO_MEMBER:
		rc = add_member(b, err);
		break;
	case HS_CPIO_TRAILER:
		if (m->data.len > 0)
			rc = hs_tree_add_gap(b->tree, "content of the trailer", m->data, err);
		break;
	case HS_CPIO_ZEROS:
		/* Behind a trailer they are a fact of the archive. */
		if (b->walk.inside)
			rc = hs_tree_add_gap(b->tree, "zero bytes between members", b->walk.bytes,
			                     err);
		break;
	case HS_CPIO_PART:
		rc = add_part(b, err);
		break;
	case HS_CPIO_REST:
		rc = b->walk.bytes.len
		             ? hs_tree_add_gap(b->tree, "after the end", b->walk.bytes, err)
		             : 0;
		break;
	case HS_CPIO_END:
		break;
	}
	return rc < 0 ? rc : add_padding(b, err);
}

/* What could be read of the member that is damaged, and the bytes that could not. */
static void
add_damaged(struct build *b)
{
	const struct hs_cpio_member *m = &b->walk.member;
	const size_t known = m->header.len ? hs_cpio_span(m).len : 0;
	const struct hs_span rest = hs_span_from(b->walk.file, b->walk.at + known);
	struct hs_err ignored;

	if (known && add_member(b, &ignored) < 0)
		return;
	if (rest.len)
		hs_tree_add_gap(b->tree, "after the damage", rest, &ignored);
}

static int
cpio_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	const struct hs_arena_mark mark = hs_arena_mark(&out->worker->scratch);
	struct build b = { .tree = out, .walk = { .file = file } };
	enum hs_cpio_step at = HS_CPIO_MEMBER;
	int rc = 0;

	out->ops = &cpio_ops;
	for (size_t n = 0; at != HS_CPIO_END && rc == 0; n++) {
		if (n % CHECK_EVERY == 0)
			rc = hs_run_check(out->run, err);
		if (rc < 0)
			break;
		rc = hs_cpio_step(&b.walk, &at, err);
		if (rc < 0)
			add_damaged(&b);
		else
			rc = add_step(&b, at, err);
	}
	hs_cpio_links_resolve(&b.links, &out->worker->scratch, out);
	hs_arena_rewind(&out->worker->scratch, mark);
	return rc;
}

/* Whether what there is of the first header could be one: a text may begin with the magic too. */
static bool
are_digits(struct hs_span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!strchr("0123456789abcdefABCDEF -", s.at[i]) || s.at[i] == 0)
			return false;
	return true;
}

static unsigned
cpio_bid(struct hs_span file)
{
	enum { ASCII_HEADER = 76, MAGIC_BITS = 6 * 8, BINARY_BITS = 2 * 8 + 7 };
	struct hs_cpio_member m;
	struct hs_err ignored;

	if (!hs_cpio_is(file))
		return 0;
	if (hs_span_starts(file, HS_SPAN("0")))
		return are_digits(hs_span_head(file, ASCII_HEADER)) ? MAGIC_BITS : 0;
	if (hs_cpio_read_head(&m, file, &ignored) < 0 || m.malformed || m.name.len == 0)
		return 0;
	if (hs_kind_of_mode(m.mode) == HS_KIND_OTHER && !hs_cpio_is_trailer(&m))
		return 0;
	return BINARY_BITS;
}

const struct hs_comparator hs_comparator_cpio = {
	.name = "cpio",
	.about = "cpio archives: newc, crc, odc and binary, one or several as in an initramfs",
	.known_by = "\"070701\", \"070702\" or \"070707\" and digits at 0, or 0o070707 and a sound "
		    "header",
	.shape = HS_SHAPE_TREE,
	.bid = cpio_bid,
	.describe = cpio_describe,
	.expand = cpio_expand,
};
