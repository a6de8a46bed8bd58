/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names of images (the reference grammar of distribution) and platforms
 * (image-spec, image-index.md):
 *
 *	[HOST[:PORT]/]PATH[:TAG][@DIGEST]	without a host: docker.io, and library/ before a
 *						path of one part; without a tag: latest
 *	OS/ARCHITECTURE[/VARIANT]
 *
 * Writers leave out of both what they take for granted: docker save the hub,
 * skopeo the whole name before the tag, containerd v8 of arm64.
 */
#include "image/reference.h"

/* A name's parts, the hub aside. */
struct reference {
	struct hs_span path, tag; /* the tag may be empty */
};

struct hs_span
hs_reference_familiar(struct hs_span name)
{
	static const char *const hubs[] = { "docker.io/library/", "docker.io/" };

	for (size_t i = 0; i < sizeof(hubs) / sizeof(hubs[0]); i++)
		if (hs_span_starts(name, hs_span_of(hubs[i])) && name.len > strlen(hubs[i]))
			return hs_span_from(name, strlen(hubs[i]));
	return name;
}

static struct reference
split(struct hs_span name)
{
	const struct hs_span path = hs_reference_familiar(name);
	const uint8_t *at = path.len ? memchr(path.at, '@', path.len) : NULL;
	const struct hs_span plain = at ? hs_span_head(path, (size_t)(at - path.at)) : path;
	const uint8_t *colon = plain.len ? memrchr(plain.at, ':', plain.len) : NULL;
	const uint8_t *slash = plain.len ? memrchr(plain.at, '/', plain.len) : NULL;
	size_t len;

	/* The colon of "host:5000/app" stands before a port. */
	if (!colon || (slash && slash > colon))
		return (struct reference){ .path = plain };
	len = (size_t)(colon - plain.at);
	return (struct reference){ hs_span_head(plain, len), hs_span_from(plain, len + 1) };
}

bool
hs_reference_is_tag(struct hs_span name)
{
	return name.len && !memchr(name.at, '/', name.len) && !memchr(name.at, ':', name.len);
}

static struct hs_span
tag_of(const struct reference *r)
{
	return r->tag.len ? r->tag : HS_SPAN("latest");
}

struct hs_span
hs_reference_tag(struct hs_span name)
{
	const struct reference r = split(name);

	return hs_reference_is_tag(name) ? name : tag_of(&r);
}

struct hs_span
hs_reference_canonical(struct hs_arena *a, struct hs_span name)
{
	const struct reference r = split(name);

	if (r.path.len == 0 || r.tag.len)
		return hs_arena_join(a, r.path,
		                     r.tag.len ? (struct hs_span){ r.tag.at - 1, r.tag.len + 1 }
		                               : r.tag);
	return hs_arena_join(a, r.path, HS_SPAN(":latest"));
}

enum hs_likeness
hs_reference_likeness(struct hs_span asked, struct hs_span name)
{
	const struct reference x = split(asked), y = split(name);
	const bool tag = hs_reference_is_tag(asked), other = hs_reference_is_tag(name);

	if (asked.len == 0 || name.len == 0)
		return HS_FITS_NOT;
	if (hs_span_equal(asked, name))
		return HS_FITS_EXACTLY;
	if (hs_span_equal(x.path, y.path) && hs_span_equal(tag_of(&x), tag_of(&y)))
		return HS_FITS_SAME;
	if ((tag && !other && hs_span_equal(asked, tag_of(&y))) ||
	    (other && !tag && hs_span_equal(name, tag_of(&x))))
		return HS_FITS_TAG;
	return x.tag.len == 0 && hs_span_equal(x.path, y.path) ? HS_FITS_PART : HS_FITS_NOT;
}

/* ---- Platforms ---- */

/* Takes what stands before the next slash off the front. */
static struct hs_span
take_part(struct hs_span *rest)
{
	const uint8_t *slash = rest->len ? memchr(rest->at, '/', rest->len) : NULL;
	const struct hs_span part = slash ? hs_span_head(*rest, (size_t)(slash - rest->at)) : *rest;

	*rest = hs_span_from(*rest, part.len + 1);
	return part;
}

/* Other names of architectures, and the variants that go without saying. */
static void
normalize(struct hs_span *architecture, struct hs_span *variant)
{
	static const struct {
		const char *architecture, *variant, *is_architecture, *is_variant;
	} rows[] = {
		{ "aarch64", NULL, "arm64", NULL }, { "x86_64", NULL, "amd64", NULL },
		{ "x86-64", NULL, "amd64", NULL },  { "armhf", "", "arm", "v7" },
		{ "armel", "", "arm", "v6" },       { "i386", NULL, "386", NULL },
		{ "arm64", "v8", "arm64", "" },     { "arm64", "8", "arm64", "" },
		{ "amd64", "v1", "amd64", "" },     { "arm", "", "arm", "v7" },
		{ "arm", "7", "arm", "v7" },        { "arm", "6", "arm", "v6" },
		{ "arm", "5", "arm", "v5" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (!hs_span_is(*architecture, rows[i].architecture) ||
		    (rows[i].variant && !hs_span_is(*variant, rows[i].variant)))
			continue;
		*architecture = hs_span_of(rows[i].is_architecture);
		if (rows[i].is_variant)
			*variant = hs_span_of(rows[i].is_variant);
	}
}

struct hs_span
hs_platform_canonical(struct hs_arena *a, struct hs_span platform)
{
	struct hs_span rest = platform, out;
	const struct hs_span os = take_part(&rest);
	struct hs_span architecture = take_part(&rest), variant = rest;

	normalize(&architecture, &variant);
	if (platform.len == 0)
		return platform;
	out = hs_arena_join(a, hs_arena_join(a, os, HS_SPAN("/")), architecture);
	return variant.len ? hs_arena_join(a, hs_arena_join(a, out, HS_SPAN("/")), variant) : out;
}

enum hs_likeness
hs_platform_likeness(struct hs_span asked, struct hs_span platform)
{
	struct hs_span x = asked, y = platform;
	const struct hs_span os = take_part(&x), other_os = take_part(&y);
	struct hs_span architecture = take_part(&x), other = take_part(&y);
	const bool any = x.len == 0;

	if (asked.len == 0 || platform.len == 0)
		return HS_FITS_NOT;
	if (hs_span_equal(asked, platform))
		return HS_FITS_EXACTLY;
	normalize(&architecture, &x);
	normalize(&other, &y);
	if (!hs_span_equal(os, other_os) || !hs_span_equal(architecture, other))
		return HS_FITS_NOT;
	if (hs_span_equal(x, y))
		return HS_FITS_SAME;
	return any ? HS_FITS_PART : HS_FITS_NOT;
}
