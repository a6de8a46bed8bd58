/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Content descriptors (OCI image-spec, descriptor.md): the pointers that tie
 * an image's documents and blobs together.
 *
 *	mediaType     what the blob is said to be; often wrong about compression
 *	digest        algorithm ":" encoded
 *	size          bytes of the blob
 *	urls          where else it stands
 *	annotations   names, dates and builders: differ between builds
 *	data          the blob itself in base64
 *	platform      of a manifest in an index
 *	artifactType  of a manifest in an index
 */
#include "image/descriptor.h"

#include "core/escape.h"
#include "core/hash.h"
#include "image/image_json.h"

#include <inttypes.h>
#include <stdlib.h>

enum {
	SHOWN = 290,   /* room for a bad value in an error */
	LONGEST = 512, /* of a digest: that of SHA-512 has 135 characters */
};

/* Integers below are exact in a double. */
#define EXACT 9007199254740992.0

static bool
is_lower(uint8_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool
is_one_of(uint8_t c, const char *set)
{
	return c && strchr(set, c);
}

/* [a-z0-9]+([+._-][a-z0-9]+)* */
static bool
is_algorithm(struct hs_span s)
{
	bool after_part = false;

	for (size_t i = 0; i < s.len; i++) {
		if (is_lower(s.at[i]))
			after_part = true;
		else if (after_part && is_one_of(s.at[i], "+._-"))
			after_part = false;
		else
			return false;
	}
	return after_part;
}

/* [a-zA-Z0-9=_-]+ */
static bool
is_encoded(struct hs_span s)
{
	for (size_t i = 0; i < s.len; i++) {
		const uint8_t c = s.at[i];

		if (!is_lower(c) && !(c >= 'A' && c <= 'Z') && !is_one_of(c, "=_-"))
			return false;
	}
	return s.len > 0;
}

int
hs_digest_parse(struct hs_digest *out, struct hs_span text, struct hs_err *err)
{
	const uint8_t *colon = text.len ? memchr(text.at, ':', text.len) : NULL;
	const size_t before = colon ? (size_t)(colon - text.at) : text.len;
	struct hs_digest d = {
		.text = text,
		.algorithm = hs_span_head(text, before),
		.encoded = hs_span_from(text, (uint64_t)before + 1),
	};
	char shown[SHOWN];
	bool good = text.len <= LONGEST && is_algorithm(d.algorithm) && is_encoded(d.encoded);

	if (hs_span_is(d.algorithm, "sha256")) {
		d.alg = HS_DIGEST_SHA256;
		good = good && d.encoded.len == 64 && hs_span_is_hex(d.encoded);
	} else if (hs_span_is(d.algorithm, "sha512")) {
		d.alg = HS_DIGEST_SHA512;
		good = good && d.encoded.len == 128 && hs_span_is_hex(d.encoded);
	}
	if (!good) {
		hs_escape_short(shown, sizeof(shown), text);
		return hs_fail(err, HS_EFORMAT, "\"%s\" is not a digest", shown);
	}
	*out = d;
	return 0;
}

bool
hs_digest_fits(const struct hs_digest *digest, struct hs_span bytes)
{
	if (digest->alg == HS_DIGEST_SHA256) {
		const struct hs_sha256 sum = hs_sha256(bytes);
		char hex[HS_SHA256_HEX];

		return hs_span_is(digest->encoded, hs_sha256_hex(hex, &sum));
	}
	if (digest->alg == HS_DIGEST_SHA512) {
		const struct hs_sha512 sum = hs_sha512(bytes);
		char hex[HS_SHA512_HEX];

		return hs_span_is(digest->encoded, hs_sha512_hex(hex, &sum));
	}
	return true;
}

static int
base64_value(uint8_t c)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* RFC 4648 section 4, padded. */
static bool
take_base64(struct hs_span *out, struct hs_arena *a, struct hs_span s)
{
	uint8_t *bytes = hs_arena_alloc(a, s.len / 4 * 3 + 1);
	size_t n = 0, padding = 0;

	if (s.len % 4)
		return false;
	while (padding < 2 && padding < s.len && s.at[s.len - 1 - padding] == '=')
		padding++;
	for (size_t i = 0; i < s.len; i += 4) {
		uint32_t bits = 0;

		for (size_t k = 0; k < 4; k++) {
			const int v = i + k >= s.len - padding ? 0 : base64_value(s.at[i + k]);

			if (v < 0)
				return false;
			bits = bits << 6 | (uint32_t)v;
		}
		bytes[n++] = (uint8_t)(bits >> 16);
		bytes[n++] = (uint8_t)(bits >> 8);
		bytes[n++] = (uint8_t)bits;
	}
	*out = (struct hs_span){ bytes, n - padding };
	return true;
}

struct hs_span
hs_platform_text(struct hs_arena *a, const json_t *object)
{
	const struct hs_span os = hs_image_json_span(json_object_get(object, "os"));
	const struct hs_span arch = hs_image_json_span(json_object_get(object, "architecture"));
	const struct hs_span variant = hs_image_json_span(json_object_get(object, "variant"));
	const size_t len = os.len + 1 + arch.len + 1 + variant.len;
	uint8_t *out;

	if (os.len == 0 || arch.len == 0)
		return (struct hs_span){ NULL, 0 };
	out = hs_arena_alloc(a, len);
	memcpy(out, os.at, os.len);
	out[os.len] = '/';
	memcpy(out + os.len + 1, arch.at, arch.len);
	if (variant.len == 0)
		return (struct hs_span){ out, len - 1 };
	out[os.len + 1 + arch.len] = '/';
	memcpy(out + len - variant.len, variant.at, variant.len);
	return (struct hs_span){ out, len };
}

static int
by_name(const void *a, const void *b)
{
	const struct hs_attr *x = a, *y = b;

	return hs_span_order(x->name, y->name);
}

static void
take_annotations(struct hs_descriptor *d, struct hs_arena *a, json_t *object)
{
	/* containerd and docker write both, and the second then is the tag alone. */
	static const char *const naming[] = {
		"io.containerd.image.name",
		"org.opencontainers.image.ref.name",
	};
	struct hs_attr *list = hs_arena_array(a, json_object_size(object), sizeof(*list));
	const char *name;
	json_t *value;
	size_t n = 0;

	json_object_foreach(object, name, value) {
		if (!json_is_string(value))
			continue;
		list[n++] = (struct hs_attr){ hs_arena_copy(a, hs_span_of(name)),
			                      hs_arena_copy(a, hs_image_json_span(value)) };
	}
	if (n)
		qsort(list, n, sizeof(*list), by_name);
	d->annotations = list;
	d->n_annotations = n;
	for (size_t i = 0; i < sizeof(naming) / sizeof(naming[0]); i++) {
		d->names[d->n_names] = hs_image_json_text(a, object, naming[i]);
		d->n_names += d->names[d->n_names].len > 0;
	}
	d->kind = hs_image_json_text(a, object, "vnd.docker.reference.type");
	d->reference = hs_image_json_text(a, object, "vnd.docker.reference.digest");
}

static bool
is_foreign(const struct hs_descriptor *d, const json_t *json)
{
	return json_array_size(json_object_get(json, "urls")) > 0 ||
	       (d->media_type.len &&
	        (memmem(d->media_type.at, d->media_type.len, "nondistributable", 16) ||
	         memmem(d->media_type.at, d->media_type.len, ".foreign.", 9)));
}

static int
take_size(struct hs_descriptor *d, const json_t *json, struct hs_err *err)
{
	const json_t *size = hs_image_json_field(json, "size");
	const double real = json_is_real(size) ? json_real_value(size) : -1;

	/* All numbers are real where one of the document has more than 64 bits. */
	if (json_is_real(size) && real >= 0 && real < EXACT && real == (double)(uint64_t)real) {
		d->size = (uint64_t)real;
		return 0;
	}
	if (json_is_real(size))
		return hs_fail(err, HS_EFORMAT, "a descriptor has the size %g", real);
	if (!json_is_integer(size))
		return hs_fail(err, HS_EFORMAT, "a descriptor has no size");
	if (json_integer_value(size) < 0)
		return hs_fail(err, HS_EFORMAT, "a descriptor has the size %" JSON_INTEGER_FORMAT,
		               json_integer_value(size));
	d->size = (uint64_t)json_integer_value(size);
	return 0;
}

int
hs_descriptor_parse(struct hs_descriptor *out, struct hs_arena *a, const json_t *json,
                    struct hs_err *err)
{
	const struct hs_span digest = hs_image_json_text(a, json, "digest");
	const struct hs_span data = hs_image_json_span(json_object_get(json, "data"));
	int rc;

	*out = (struct hs_descriptor){ 0 };
	if (!json_is_object(json))
		return hs_fail(err, HS_EFORMAT, "a descriptor is not an object");
	out->media_type = hs_image_json_text(a, json, "mediaType");
	out->artifact_type = hs_image_json_text(a, json, "artifactType");
	out->platform = hs_platform_text(a, json_object_get(json, "platform"));
	take_annotations(out, a, json_object_get(json, "annotations"));
	out->foreign = is_foreign(out, json);
	if (digest.len == 0)
		return hs_fail(err, HS_EFORMAT, "a descriptor has no digest");
	rc = hs_digest_parse(&out->digest, digest, err);
	if (rc == 0)
		rc = take_size(out, json, err);
	if (rc < 0)
		return rc;
	out->valid = true;
	out->has_data = data.len > 0;
	if (out->has_data && !take_base64(&out->data, a, data)) {
		out->has_data = false;
		return hs_fail(err, HS_EFORMAT, "the data of %.80s is not base64",
		               (const char *)out->digest.text.at);
	}
	return 0;
}

enum hs_remark_kind
hs_descriptor_fault(const struct hs_descriptor *d, const json_t *json)
{
	if (!json_is_object(json))
		return HS_REMARK_BAD_JSON;
	if (d->valid)
		return HS_REMARK_DATA;
	return d->digest.text.len ? HS_REMARK_BAD_SIZE : HS_REMARK_BAD_DIGEST;
}
