/* SPDX-License-Identifier: Apache-2.0 */
#include "core/codec.h"
#include "core/escape.h"
#include "core/hash.h"
#include "image/image.h"
#include "image/kept.h"

static void
say_if(struct hs_facts *out, const char *field, struct hs_span value)
{
	if (value.len)
		hs_say_value(out, field, value);
}

static void
say_annotations(struct hs_facts *out, const struct hs_descriptor *d)
{
	for (size_t i = 0; i < d->n_annotations; i++) {
		const struct hs_attr *at = &d->annotations[i];
		const struct hs_span name = hs_escape(out->arena, at->name);

		hs_say_value(out,
		             hs_arena_printf(out->arena, "annotation %.*s", (int)name.len,
		                             (const char *)name.at),
		             at->value);
	}
}

/*
 * A digest and a size that hold say of a document just what its content
 * says. A layer is compared unpacked: there they are what tells the packing.
 */
static void
say_descriptor(struct hs_facts *out, const struct hs_part *part)
{
	const struct hs_descriptor *d = part->descriptor;

	say_if(out, "media type", d->media_type);
	if (!part->verified || part->kind == HS_PART_LAYER) {
		say_if(out, "descriptor digest", d->digest.text);
		hs_say_u64(out, "descriptor size", d->size);
	}
	say_if(out, "artifact type", d->artifact_type);
	say_if(out, "platform", d->platform);
	say_annotations(out, d);
}

void
hs_part_describe(struct hs_facts *out, const struct hs_part *part)
{
	const struct hs_member *m = part->member;
	char hex[HS_SHA256_HEX];

	if (part->descriptor)
		say_descriptor(out, part);
	if (part->kind != HS_PART_LAYER)
		return;
	say_if(out, "diff_id", part->diff_id.text);
	hs_say_word(out, "compression", hs_codec_name(m->codec));
	if (m->codec != HS_CODEC_NONE && !part->descriptor && m->read && !m->trusted)
		hs_sayf(out, "stored digest", "sha256:%s", hs_sha256_hex(hex, &m->sha256));
}

static void
image_describe(struct hs_facts *out, const struct hs_tree *t, const struct hs_entry *e)
{
	const struct hs_image *image = t->state;
	const struct hs_role *role = e->more;
	const struct hs_entry *stored = &image->under.entries[role->entry];
	const bool of_format = out->of_format;
	struct hs_content content;
	struct hs_err err;

	hs_tree_describe(out, &image->under, stored);
	if (!role->part)
		return;
	/* The archive may have said it, where its header has "./" before the name. */
	out->of_format = true;
	/* A blob's name is its digest, which is said of it anyway. */
	if (!(role->part->verified && role->part->member->name.text.len) &&
	    !hs_span_equal(stored->name, e->key) && !hs_facts_find(out, "stored name"))
		hs_say(out, "stored name", stored->name);
	out->of_format = of_format;
	hs_part_describe(out, role->part);
	if (!hs_part_is_packed(role->part))
		return;
	if (hs_image_open(&content, image, role->entry, &err) == 0)
		hs_say_stream(out, role->part->member->codec, content.bytes,
		              image->under.run->levels);
	hs_content_release(&content);
}

/* The uncompressed layer against the digest that the configuration has of it. */
static int
check_diff_id(const struct hs_digest *diff_id, const struct hs_inflated *layer, struct hs_err *err)
{
	char hex[HS_SHA512_HEX];
	struct hs_sha512 sha512;

	if (diff_id->alg == HS_DIGEST_SHA256)
		hs_sha256_hex(hex, &layer->sha256);
	else if (diff_id->alg == HS_DIGEST_SHA512) {
		sha512 = hs_sha512(layer->blob ? layer->blob->bytes : (struct hs_span){ NULL, 0 });
		hs_sha512_hex(hex, &sha512);
	}
	if (diff_id->alg == HS_DIGEST_OTHER || hs_span_is(diff_id->encoded, hex))
		return 0;
	return hs_fail(err, HS_EDIFFID, "its content is %.*s:%s, its diff_id is %.*s",
	               (int)diff_id->algorithm.len, (const char *)diff_id->algorithm.at, hex,
	               (int)diff_id->text.len, (const char *)diff_id->text.at);
}

static int
open_packed(struct hs_content *out, const struct hs_image *image, const struct hs_part *part,
            struct hs_err *err)
{
	struct hs_inflated layer = { 0 };
	struct hs_content packed;
	int rc = hs_image_open(&packed, image, part->entry, err);

	if (rc == 0) {
		const struct hs_inflate_order order = {
			.codec = part->member->codec,
			.in = packed.bytes,
			.run = image->under.run,
		};

		rc = hs_kept_inflate(&layer, part->member->kept, &order, err);
		if (rc < 0)
			hs_fail_in(err, "%s", hs_codec_name(part->member->codec));
		else if (!hs_span_is_zero(hs_span_from(packed.bytes, layer.consumed)))
			rc = hs_fail(err, HS_EFORMAT, "%zu bytes follow the end of its %s stream",
			             packed.bytes.len - (size_t)layer.consumed,
			             hs_codec_name(part->member->codec));
		else
			rc = check_diff_id(&part->diff_id, &layer, err);
	}
	hs_content_release(&packed);
	if (layer.blob)
		*out = (struct hs_content){ .blob = layer.blob, .bytes = layer.blob->bytes };
	return rc;
}

static int
image_open(struct hs_content *out, const struct hs_tree *t, const struct hs_entry *e,
           struct hs_err *err)
{
	const struct hs_image *image = t->state;
	const struct hs_role *role = e->more;

	if (hs_part_is_packed(role->part))
		return open_packed(out, image, role->part, err);
	return hs_image_open(out, image, role->entry, err);
}

struct hs_images
hs_images_of(const struct hs_tree *t)
{
	const struct hs_image *image = t->ops == &hs_image_ops ? t->state : NULL;

	if (image && image->selected)
		return (struct hs_images){ image->selected, 1 };
	return image ? (struct hs_images){ image->infos, image->n_infos }
	             : (struct hs_images){ NULL, 0 };
}

bool
hs_image_has(const struct hs_tree *t, const struct hs_image_info *image, const struct hs_part *part)
{
	const struct hs_image *of = t->state;

	return part->info != HS_NOWHERE && &of->infos[part->info] == image;
}

int
hs_part_open(struct hs_content *out, const struct hs_tree *t, const struct hs_part *part,
             struct hs_err *err)
{
	return hs_image_open(out, t->state, part->entry, err);
}

int
hs_layer_open(struct hs_content *out, const struct hs_tree *t, const struct hs_part *layer,
              struct hs_err *err)
{
	*out = (struct hs_content){ 0 };
	return hs_part_is_packed(layer) ? open_packed(out, t->state, layer, err)
	                                : hs_image_open(out, t->state, layer->entry, err);
}

const struct hs_tree_ops hs_image_ops = {
	.describe = image_describe,
	.open = image_open,
};
