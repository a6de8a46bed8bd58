/* SPDX-License-Identifier: Apache-2.0 */
#include "image/select.h"

#include "core/escape.h"
#include "core/hash.h"
#include "image/reference.h"
#include "image/rekey.h"

#include <stdio.h>
#include <stdlib.h>

enum {
	SHOWN = 50,    /* of a selector in a sentence */
	LISTED = 120,  /* of those that there are */
	LEAST_HEX = 8, /* digits of a digest that is given in part */
};

/* A selector's term against one image. */
typedef enum hs_likeness likeness_to(struct hs_span term, const struct hs_image_info *info);

/* ---- Digests ---- */

/* "sha256:" and enough hex digits for it to be meant as a digest, whole or its beginning. */
static bool
is_digest(struct hs_span term)
{
	const struct hs_span sha256 = HS_SPAN("sha256:"), sha512 = HS_SPAN("sha512:");
	const size_t most = hs_span_starts(term, sha512) ? HS_SHA512_HEX - 1 : HS_SHA256_HEX - 1;
	struct hs_span hex;

	if (!hs_span_starts(term, sha256) && !hs_span_starts(term, sha512))
		return false;
	hex = hs_span_from(term, sha256.len);
	return hex.len >= LEAST_HEX && hex.len <= most && hs_span_is_hex(hex);
}

/* The digest that the archive gives a part, or that its bytes have. */
static enum hs_likeness
part_likeness(struct hs_span term, const struct hs_part *part)
{
	char text[sizeof("sha256:") + HS_SHA256_HEX], hex[HS_SHA256_HEX];
	struct hs_span claimed = { NULL, 0 }, is = { NULL, 0 };

	if (!part)
		return HS_FITS_NOT;
	if (part->descriptor)
		claimed = part->descriptor->digest.text;
	if (part->member->read) {
		snprintf(text, sizeof(text), "sha256:%s",
		         hs_sha256_hex(hex, &part->member->sha256));
		is = hs_span_of(text);
	}
	if (hs_span_equal(term, claimed) || hs_span_equal(term, is))
		return HS_FITS_EXACTLY;
	return hs_span_starts(claimed, term) || hs_span_starts(is, term) ? HS_FITS_PART
	                                                                 : HS_FITS_NOT;
}

static enum hs_likeness
digest_likeness(struct hs_span term, const struct hs_image_info *info)
{
	const enum hs_likeness manifest = part_likeness(term, info->manifest);
	const enum hs_likeness config = part_likeness(term, info->config);

	return manifest > config ? manifest : config;
}

/* ---- Names ---- */

static enum hs_likeness
name_likeness(struct hs_span term, const struct hs_image_info *info)
{
	enum hs_likeness best = hs_platform_likeness(term, info->platform);

	for (size_t i = 0; i < info->n_names; i++) {
		const enum hs_likeness l = hs_reference_likeness(term, info->names[i]);

		best = l > best ? l : best;
	}
	/* What a report has before the members' names. */
	if (info->prefix.len &&
	    hs_span_equal(term, hs_span_head(info->prefix, info->prefix.len - 1)))
		best = HS_FITS_EXACTLY;
	return best;
}

/* ---- Choosing ---- */

/* The images that are still meant; a term leaves of them those that it fits best. */
struct choice {
	const struct hs_tree *tree;
	const struct hs_image_info **list;
	size_t n;
};

static void
narrow(struct choice *c, struct hs_span term)
{
	likeness_to *likeness = is_digest(term) ? digest_likeness : name_likeness;
	enum hs_likeness best = HS_FITS_PART;
	size_t kept = 0;

	for (size_t i = 0; i < c->n; i++) {
		const enum hs_likeness l = likeness(term, c->list[i]);

		if (l > best) {
			best = l;
			kept = 0;
		}
		if (l == best)
			c->list[kept++] = c->list[i];
	}
	c->n = kept;
}

/* Whether the archive has anything of an image beside its manifest. */
static bool
is_held(const struct hs_image_info *info)
{
	bool held = info->config || info->n_layers == 0;

	for (size_t i = 0; i < info->n_layers && !held; i++)
		held = info->layers[i];
	return held;
}

/* Images whose blobs are elsewhere are not meant where one is here. */
static void
prefer_held(struct choice *c)
{
	size_t kept = 0;

	for (size_t i = 0; i < c->n; i++)
		kept += is_held(c->list[i]);
	if (kept == 0)
		return;
	kept = 0;
	for (size_t i = 0; i < c->n; i++)
		if (is_held(c->list[i]))
			c->list[kept++] = c->list[i];
	c->n = kept;
}

static bool
is_same_part(const struct hs_part *x, const struct hs_part *y)
{
	return x && y ? x->entry == y->entry : x == y;
}

/* One image under several names: the same stored parts. */
static bool
are_same(const struct hs_image_info *x, const struct hs_image_info *y)
{
	if (!is_same_part(x->manifest, y->manifest) || !is_same_part(x->config, y->config) ||
	    x->n_layers != y->n_layers)
		return false;
	for (size_t i = 0; i < x->n_layers; i++)
		if (!is_same_part(x->layers[i], y->layers[i]))
			return false;
	return true;
}

static bool
all_same(const struct choice *c)
{
	for (size_t i = 1; i < c->n; i++)
		if (!are_same(c->list[0], c->list[i]))
			return false;
	return true;
}

static bool
take_term(struct hs_span *rest, struct hs_span *term)
{
	const uint8_t *at = rest->len ? memchr(rest->at, '@', rest->len) : NULL;

	if (rest->len == 0)
		return false;
	*term = at ? hs_span_head(*rest, (size_t)(at - rest->at)) : *rest;
	*rest = at ? hs_span_from(*rest, term->len + 1) : (struct hs_span){ NULL, 0 };
	return true;
}

/* ---- Saying what there is ---- */

/* How many images are of the same name, and of the same platform, as this one. */
struct shared {
	size_t name, platform, both;
};

static struct shared
shared_by(const struct choice *all, const struct hs_image_info *info)
{
	struct shared s = { 0, 0, 0 };

	for (size_t i = 0; i < all->n; i++) {
		const bool name = hs_span_equal(all->list[i]->ref, info->ref);
		const bool platform = hs_span_equal(all->list[i]->platform, info->platform);

		s.name += name;
		s.platform += platform;
		s.both += name && platform;
	}
	return s;
}

/* The shortest selector that names just this image. */
static struct hs_span
selector_of(struct hs_arena *a, const struct choice *all, const struct hs_image_info *info)
{
	const struct shared s = shared_by(all, info);
	const struct hs_part *id = info->config ? info->config : info->manifest;
	char hex[HS_SHA256_HEX];

	if (info->ref.len && s.name == 1)
		return info->ref;
	if (info->platform.len && s.platform == 1)
		return info->platform;
	if (info->ref.len && info->platform.len && s.both == 1)
		return hs_arena_join(a, hs_arena_join(a, info->ref, HS_SPAN("@")), info->platform);
	if (info->prefix.len)
		return hs_span_head(info->prefix, info->prefix.len - 1);
	if (id && id->member->read)
		return hs_arena_span(a, "sha256:%.12s", hs_sha256_hex(hex, &id->member->sha256));
	return info->ref.len ? info->ref : info->platform;
}

/* "@linux/amd64, @linux/arm64 and 3 more": what can be asked for, as far as there is room. */
static const char *
list_of(struct hs_arena *a, const struct choice *meant, const struct choice *all)
{
	const char *text = "";

	for (size_t i = 0; i < meant->n; i++) {
		char shown[SHOWN + 20];
		const char *longer;

		hs_escape_short(shown, sizeof(shown), selector_of(a, all, meant->list[i]));
		longer = hs_arena_printf(a, "%s%s@%s", text, i ? ", " : "", shown);
		if (i && strlen(longer) > LISTED)
			return hs_arena_printf(a, "%s and %zu more", text, meant->n - i);
		text = longer;
	}
	return text;
}

static struct choice
all_of(const struct hs_tree *t, struct hs_arena *a)
{
	const struct hs_images images = hs_images_of(t);
	struct choice c = {
		.tree = t,
		.list = hs_arena_array(a, images.n, sizeof(struct hs_image_info *)),
		.n = images.n,
	};

	for (size_t i = 0; i < images.n; i++)
		c.list[i] = &images.list[i];
	return c;
}

/* Why the selector leaves no image, or more than one. */
static int
refuse(struct hs_err *err, struct hs_arena *a, const struct choice *c, struct hs_span selector)
{
	const struct choice all = all_of(c->tree, a);
	char shown[SHOWN];

	hs_escape_short(shown, sizeof(shown), selector);
	if (all.n == 0)
		return hs_fail(err, HS_EUSAGE, "no image \"@%s\": it holds none", shown);
	if (c->n == 0)
		return hs_fail(err, HS_EUSAGE, "no image \"@%s\": it has %s", shown,
		               list_of(a, &all, &all));
	return hs_fail(err, HS_EUSAGE, "\"@%s\" is %zu images: %s", shown, c->n,
	               list_of(a, c, &all));
}

/* ---- Leaving out ---- */

/* Takes the entries of all else out of the tree; gives how many. */
static size_t
leave_out(struct hs_tree *t, const struct hs_image_info *kept)
{
	struct hs_image *image = t->state;
	const size_t before = image->n_left_out;
	struct hs_blob **list =
		hs_arena_array(&t->arena, before + t->n_entries, sizeof(struct hs_blob *));
	size_t n = 0;

	if (before)
		memcpy(list, image->left_out, before * sizeof(struct hs_blob *));
	image->left_out = list;
	for (size_t i = 0; i < t->n_entries; i++) {
		const struct hs_part *p = hs_entry_part(&t->entries[i]);

		if (p && hs_image_has(t, kept, p))
			t->entries[n++] = t->entries[i];
		else
			list[image->n_left_out++] = t->entries[i].blob;
	}
	t->n_entries = n;
	image->selected = kept;
	return image->n_left_out - before;
}

void
hs_image_keep(struct hs_tree *t, const struct hs_image_info *image)
{
	const size_t n_images = hs_images_of(t).n;
	const struct hs_span none = { NULL, 0 };
	const size_t n = leave_out(t, image);

	hs_image_rekey(t, &none);
	t->note = hs_arena_printf(
		&t->arena, "%s%s%s; %zu other members of the archive are left out",
		t->note ? t->note : "", t->note ? "; " : "",
		n_images == 1 ? "only its image is looked at"
			      : hs_arena_printf(&t->arena, "one of its %zu images is looked at",
	                                        n_images),
		n);
}

int
hs_image_select(struct hs_tree *t, struct hs_span selector, struct hs_err *err)
{
	struct hs_arena scratch = { 0 };
	struct hs_span rest = selector, term;
	struct choice c;
	int rc = 0;

	if (t->ops != &hs_image_ops)
		return hs_fail(err, HS_EUSAGE,
		               "it is no image archive, and \"@\" selects an image");
	c = all_of(t, &scratch);
	while (take_term(&rest, &term))
		narrow(&c, term);
	prefer_held(&c);
	if (c.n == 0 || !all_same(&c))
		rc = refuse(err, &scratch, &c, selector);
	else
		hs_image_keep(t, c.list[0]);
	hs_arena_release(&scratch);
	return rc;
}

int
hs_image_choose(const struct hs_tree *t, struct hs_err *err)
{
	struct hs_arena scratch = { 0 };
	const struct choice all = all_of(t, &scratch);

	hs_fail(err, HS_EUSAGE,
	        "none of its %zu images goes with the one of the other side, choose one: %s", all.n,
	        list_of(&scratch, &all, &all));
	hs_arena_release(&scratch);
	return err->code;
}

const char *
hs_image_selectors(struct hs_arena *a, struct hs_images images)
{
	const size_t most = 12;
	const char *out = "";

	for (size_t i = 0; i < images.n && i < most; i++) {
		const struct hs_image_info *info = &images.list[i];
		const bool both = info->ref.len && info->platform.len;
		char ref[120], platform[60];

		hs_escape_short(ref, sizeof(ref), info->ref);
		hs_escape_short(platform, sizeof(platform), info->platform);
		out = hs_arena_printf(a, "%s%s@%s%s%s", out, i ? ", " : "", ref, both ? "@" : "",
		                      platform);
	}
	return images.n > most ? hs_arena_printf(a, "%s and %zu more", out, images.n - most) : out;
}
