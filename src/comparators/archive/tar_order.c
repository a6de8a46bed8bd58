/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who sorts how:
 *
 *	bytes     "find | sort" in the C locale: "/" is a byte among others
 *	walk      GNU tar --sort=name, Go's filepath.WalkDir, Python's tarfile: a
 *	          folder, then what is in it, by name
 *	stored    the names as stored, where a folder's ends in "/"
 *	whiteouts kaniko: whiteouts first, then by bytes
 *	behind    "find -depth": a folder behind what is in it
 *	as read   GNU tar and busybox: a folder, then what is in it, in the order
 *	          in which the file system lists it
 *	together  libarchive: all entries of a folder, and later what its
 *	          subfolders hold
 */
#include "comparators/archive/tar_order.h"

enum rule {
	RULE_BYTES,
	RULE_WALK,
	RULE_STORED,
	RULE_WHITEOUTS,
	RULE_DIRS_FIRST,
	RULE_FILES_FIRST,
	RULE_BEHIND,
	RULE_ALL_DIRS_FIRST,
	RULE_DEPTH,
	RULE_NO_CASE,
	RULE_BACKWARDS,
	RULE_AS_READ,
	RULE_TOGETHER,
	N_RULES,
};

/* Where the paths of two entries part. */
struct place {
	struct hs_span a, b;
	struct hs_span stored_a, stored_b;
	bool dir_a, dir_b;
	size_t at;                 /* of the first byte that differs */
	size_t parent_a, parent_b; /* lengths of the paths of their folders */
};

static int
byte_at(struct hs_span s, size_t i)
{
	return i < s.len ? s.at[i] : -1;
}

/* The same with "/" before all other bytes: no path holds a NUL that counts. */
static int
walk_byte(struct hs_span s, size_t i)
{
	const int c = byte_at(s, i);

	return c == '/' ? 0 : c;
}

static bool
is_below(struct hs_span path, struct hs_span folder, size_t at)
{
	return at == folder.len && (at == 0 || byte_at(path, at) == '/');
}

static bool
has_slash(struct hs_span s, size_t from)
{
	const struct hs_span rest = hs_span_from(s, from);

	return rest.len && memchr(rest.at, '/', rest.len);
}

static int
by_bytes(const struct place *p)
{
	return byte_at(p->a, p->at) - byte_at(p->b, p->at);
}

static int
by_walk(const struct place *p)
{
	return walk_byte(p->a, p->at) - walk_byte(p->b, p->at);
}

static int
by_stored(const struct place *p)
{
	return hs_span_order(p->stored_a, p->stored_b);
}

static int
by_group(const struct place *p, bool first_a, bool first_b, int otherwise)
{
	(void)p;
	return first_a != first_b ? (first_a ? -1 : 1) : otherwise;
}

static bool
is_whiteout(struct hs_span path)
{
	const uint8_t *slash = path.len ? memrchr(path.at, '/', path.len) : NULL;

	return hs_span_starts(slash ? hs_span_from(path, (uint64_t)(slash - path.at) + 1) : path,
	                      HS_SPAN(".wh."));
}

static int
by_whiteout(const struct place *p)
{
	return by_group(p, is_whiteout(p->a), is_whiteout(p->b), by_bytes(p));
}

/* Siblings of the folder in which the paths part, folders among them first, or last. */
static int
by_kind(const struct place *p, bool dirs_first)
{
	const bool dir_a = p->dir_a || has_slash(p->a, p->at);
	const bool dir_b = p->dir_b || has_slash(p->b, p->at);

	if (is_below(p->b, p->a, p->at) || is_below(p->a, p->b, p->at))
		return by_walk(p);
	return by_group(p, dir_a == dirs_first, dir_b == dirs_first, by_walk(p));
}

static int
by_behind(const struct place *p)
{
	if (is_below(p->b, p->a, p->at))
		return 1;
	return is_below(p->a, p->b, p->at) ? -1 : by_walk(p);
}

static size_t
depth(struct hs_span s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += s.at[i] == '/';
	return n + (s.len > 0);
}

static int
by_depth(const struct place *p)
{
	const size_t a = depth(p->a), b = depth(p->b);

	return a != b ? (a > b) - (a < b) : by_bytes(p);
}

static int
lower(int c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static int
by_letters(const struct place *p)
{
	size_t i = p->at;

	while (i < p->a.len && i < p->b.len && lower(p->a.at[i]) == lower(p->b.at[i]))
		i++;
	return lower(walk_byte(p->a, i)) - lower(walk_byte(p->b, i));
}

static int
compare(enum rule rule, const struct place *p)
{
	switch (rule) {
	case RULE_BYTES:
		return by_bytes(p);
	case RULE_WALK:
		return by_walk(p);
	case RULE_STORED:
		return by_stored(p);
	case RULE_WHITEOUTS:
		return by_whiteout(p);
	case RULE_DIRS_FIRST:
		return by_kind(p, true);
	case RULE_FILES_FIRST:
		return by_kind(p, false);
	case RULE_BEHIND:
		return by_behind(p);
	case RULE_ALL_DIRS_FIRST:
		return by_group(p, p->dir_a, p->dir_b, by_bytes(p));
	case RULE_DEPTH:
		return by_depth(p);
	case RULE_NO_CASE:
		return by_letters(p);
	default:
		return -by_bytes(p);
	}
}

/* The length of the last folder on the way of `p->b` in which a walk still is after `p->a`. */
static size_t
shared_folder(const struct place *p)
{
	size_t n = p->at;

	if ((n == p->a.len && (n == p->b.len || p->b.at[n] == '/')) ||
	    (n == p->b.len && p->a.at[n] == '/'))
		return n;
	while (n > 0 && p->b.at[n - 1] != '/')
		n--;
	return n ? n - 1 : 0;
}

/* A walk enters no folder twice. */
static bool
is_walk(struct hs_tar_order *o, const struct place *p)
{
	const size_t from = shared_folder(p);

	for (size_t i = from + 1; i <= p->b.len; i++) {
		if (i < p->b.len ? p->b.at[i] != '/' : !p->dir_b)
			continue;
		if (!hs_seen_add(&o->opened, hs_xxh128(hs_span_head(p->b, i))))
			return false;
	}
	return true;
}

static size_t
parent_length(struct hs_span path)
{
	const uint8_t *slash = path.len ? memrchr(path.at, '/', path.len) : NULL;

	return slash ? (size_t)(slash - path.at) : 0;
}

static bool
are_siblings(const struct place *p)
{
	return p->parent_a == p->parent_b && (p->at > p->parent_a || p->parent_a == 0);
}

/* The entries of a folder stand together. */
static bool
is_together(struct hs_tar_order *o, const struct place *p)
{
	if (o->n > 0 && are_siblings(p))
		return true;
	return hs_seen_add(&o->parents, hs_xxh128(hs_span_head(p->b, p->parent_b)));
}

/* Whether every rule but "backwards" agrees with two files of one folder: almost all pairs are
 * such. */
static bool
is_plain(const struct place *p)
{
	const size_t base = p->parent_b ? p->parent_b + 1 : 0;
	const int a = byte_at(p->a, p->at), b = byte_at(p->b, p->at);

	return !p->dir_a && !p->dir_b && are_siblings(p) && a < b && p->at >= base &&
	       (p->at >= base + 4 || (byte_at(p->a, base) != '.' && byte_at(p->b, base) != '.')) &&
	       lower(a) == a && lower(b) == b;
}

static void
judge(struct hs_tar_order *o, const struct place *p)
{
	if (o->n > 0 && is_plain(p)) {
		o->fits &= ~(1U << RULE_BACKWARDS);
		return;
	}
	for (unsigned r = 0; o->n > 0 && r < RULE_AS_READ; r++)
		if (o->fits >> r & 1 && compare((enum rule)r, p) > 0)
			o->fits &= ~(1U << r);
	if (o->fits >> RULE_AS_READ & 1 && !is_walk(o, p))
		o->fits &= ~(1U << RULE_AS_READ);
	if (o->fits >> RULE_TOGETHER & 1 && !is_together(o, p))
		o->fits &= ~(1U << RULE_TOGETHER);
}

static size_t
shared_length(struct hs_span a, struct hs_span b)
{
	const size_t n = a.len < b.len ? a.len : b.len;
	uint64_t x, y;
	size_t i = 0;

	for (; i + sizeof(x) <= n; i += sizeof(x)) {
		memcpy(&x, a.at + i, sizeof(x));
		memcpy(&y, b.at + i, sizeof(y));
		if (x != y)
			break;
	}
	while (i < n && a.at[i] == b.at[i])
		i++;
	return i;
}

void
hs_tar_order_init(struct hs_tar_order *o)
{
	*o = (struct hs_tar_order){ .fits = (1U << N_RULES) - 1, .ascends = true };
}

void
hs_tar_order_add(struct hs_tar_order *o, struct hs_span path, struct hs_span stored, bool is_dir)
{
	struct place p = { .a = o->last,
		           .b = path,
		           .stored_a = o->last_stored,
		           .stored_b = stored,
		           .dir_a = o->last_is_dir,
		           .dir_b = is_dir };

	p.at = shared_length(path, o->last);
	p.parent_a = o->last_parent;
	p.parent_b = parent_length(path);
	/* The same path once more breaks no order. */
	if (o->n == 0 || p.at < p.a.len || p.at < p.b.len)
		judge(o, &p);
	else
		o->ascends = false;
	if (!(o->fits & (1U << RULE_BYTES | 1U << RULE_WALK)))
		o->ascends = false;
	o->n++;
	o->last_parent = p.parent_b;
	o->last = path;
	o->last_stored = stored;
	o->last_is_dir = is_dir;
}

const char *
hs_tar_order_name(const struct hs_tar_order *o)
{
	static const char *const name[N_RULES] = {
		[RULE_BYTES] = "sorted by the bytes of the path",
		[RULE_WALK] = "sorted by name, folder by folder",
		[RULE_STORED] = "sorted by the bytes of the stored name",
		[RULE_WHITEOUTS] = "whiteouts first, then sorted by the bytes of the path",
		[RULE_DIRS_FIRST] = "sorted by name, in each folder its subfolders first",
		[RULE_FILES_FIRST] = "sorted by name, in each folder its subfolders last",
		[RULE_BEHIND] = "sorted by name, a folder behind what is in it",
		[RULE_ALL_DIRS_FIRST] = "all folders first, then the rest, both sorted by path",
		[RULE_DEPTH] = "sorted by depth, then by path",
		[RULE_NO_CASE] = "sorted by name, upper and lower case alike",
		[RULE_BACKWARDS] = "sorted backwards",
		[RULE_AS_READ] = "not sorted: a walk, as the file system lists it",
		[RULE_TOGETHER] = "not sorted: folder by folder, subfolders later",
	};
	const unsigned both = 1U << RULE_BYTES | 1U << RULE_WALK;

	if (o->n < 2)
		return NULL;
	if ((o->fits & both) == both)
		return "sorted by name";
	for (unsigned r = 0; r < N_RULES; r++)
		if (o->fits >> r & 1)
			return name[r];
	return "not sorted";
}

void
hs_tar_order_release(struct hs_tar_order *o)
{
	hs_seen_release(&o->opened);
	hs_seen_release(&o->parents);
}
