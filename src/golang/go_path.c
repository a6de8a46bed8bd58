/* SPDX-License-Identifier: Apache-2.0 */
#include "golang/go_path.h"

enum { NAME_SIZE = 100, PREFIX_SIZE = 155 };

/* A cleaned path while it grows: `floor` is what ".." cannot take away. */
struct cleaned {
	uint8_t *at;
	size_t len, floor;
	bool rooted;
};

static void
add_part(struct cleaned *c, struct hs_span part)
{
	if (c->len != (c->rooted ? 1 : 0))
		c->at[c->len++] = '/';
	memcpy(c->at + c->len, part.at, part.len);
	c->len += part.len;
}

static void
go_up(struct cleaned *c)
{
	if (c->len > c->floor) {
		c->len--;
		while (c->len > c->floor && c->at[c->len] != '/')
			c->len--;
	} else if (!c->rooted) {
		add_part(c, HS_SPAN(".."));
		c->floor = c->len;
	}
}

struct hs_span
hs_go_path_clean(struct hs_arena *a, struct hs_span path)
{
	struct cleaned c = { .at = hs_arena_alloc(a, path.len + 1) };

	if (hs_span_starts(path, HS_SPAN("/"))) {
		c.rooted = true;
		c.at[0] = '/';
		c.len = c.floor = 1;
	}
	while (path.len > 0) {
		const uint8_t *slash = memchr(path.at, '/', path.len);
		const struct hs_span part =
			hs_span_head(path, slash ? (uint64_t)(slash - path.at) : path.len);

		if (hs_span_is(part, ".."))
			go_up(&c);
		else if (part.len > 0 && !hs_span_is(part, "."))
			add_part(&c, part);
		path = hs_span_from(path, part.len + 1);
	}
	return c.len > 0 ? (struct hs_span){ c.at, c.len } : HS_SPAN(".");
}

struct hs_span
hs_go_path_dir(struct hs_arena *a, struct hs_span path)
{
	const uint8_t *slash = path.len ? memrchr(path.at, '/', path.len) : NULL;

	return hs_go_path_clean(a, hs_span_head(path, slash ? (uint64_t)(slash - path.at) + 1 : 0));
}

/* The part of `path` up to the next slash. */
static struct hs_span
first_part(struct hs_span path)
{
	const uint8_t *slash = path.len ? memchr(path.at, '/', path.len) : NULL;

	return hs_span_head(path, slash ? (uint64_t)(slash - path.at) : path.len);
}

/* As many ".." as `base` has parts, then `target`. The latest releases of Go clean that, which is
 * seen only where `target` is "."; what linuxkit was built with did not. */
static struct hs_span
climb(struct hs_arena *a, struct hs_span base, struct hs_span target)
{
	size_t ups = 1, n;
	uint8_t *at;

	for (size_t i = 0; i < base.len; i++)
		ups += base.at[i] == '/';
	n = 3 * ups - 1;
	at = hs_arena_alloc(a, n + 1 + target.len);
	for (size_t i = 0; i < n; i++)
		at[i] = i % 3 == 2 ? '/' : '.';
	if (target.len) {
		at[n++] = '/';
		memcpy(at + n, target.at, target.len);
	}
	return (struct hs_span){ at, n + target.len };
}

bool
hs_go_path_rel(struct hs_span *out, struct hs_arena *a, struct hs_span base, struct hs_span target)
{
	base = hs_go_path_clean(a, base);
	target = hs_go_path_clean(a, target);
	if (hs_span_equal(base, target)) {
		*out = HS_SPAN(".");
		return true;
	}
	if (hs_span_is(base, "."))
		base = (struct hs_span){ 0 };
	if (hs_span_starts(base, HS_SPAN("/")) != hs_span_starts(target, HS_SPAN("/")))
		return false;
	while (base.len && target.len) {
		const struct hs_span b = first_part(base), t = first_part(target);

		if (!hs_span_equal(b, t))
			break;
		base = hs_span_from(base, b.len + 1);
		target = hs_span_from(target, t.len + 1);
	}
	if (hs_span_is(first_part(base), ".."))
		return false;
	*out = base.len ? climb(a, base, target) : target;
	return true;
}

struct hs_span
hs_go_pax_name(struct hs_arena *a, struct hs_span name)
{
	size_t folder = name.len;
	struct hs_span out;

	while (folder > 0 && name.at[folder - 1] != '/')
		folder--;
	out = hs_arena_join(a, hs_span_head(name, folder), HS_SPAN("PaxHeaders.0/"));
	return hs_go_path_clean(a, hs_arena_join(a, out, hs_span_from(name, folder)));
}

bool
hs_go_is_ascii(struct hs_span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] == 0 || s.at[i] >= 0x80)
			return false;
	return true;
}

struct hs_span
hs_go_to_ascii(struct hs_arena *a, struct hs_span s)
{
	uint8_t *out;
	size_t n = 0;

	if (hs_go_is_ascii(s))
		return s;
	out = hs_arena_alloc(a, s.len);
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] != 0 && s.at[i] < 0x80)
			out[n++] = s.at[i];
	return (struct hs_span){ out, n };
}

size_t
hs_go_split(struct hs_span name)
{
	size_t len = name.len, slash;

	if (len <= NAME_SIZE || !hs_go_is_ascii(name))
		return 0;
	if (len > PREFIX_SIZE + 1)
		len = PREFIX_SIZE + 1;
	else if (name.at[len - 1] == '/')
		len--;
	for (slash = len; slash > 0 && name.at[slash - 1] != '/'; slash--)
		;
	if (slash <= 1)
		return 0;
	slash--;
	if (name.len - slash - 1 > NAME_SIZE || name.len - slash - 1 == 0 || slash > PREFIX_SIZE)
		return 0;
	return slash;
}
