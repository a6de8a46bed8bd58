/* SPDX-License-Identifier: Apache-2.0 */
#include "build_image.h"

#include "build_stream.h"
#include "core/hash.h"

#include <stdio.h>
#include <stdlib.h>

static unsigned
number_behind(char *name, char mark, int base, unsigned usual)
{
	char *at = strchr(name, mark);
	unsigned n = usual;

	if (at) {
		char *end;

		n = (unsigned)strtoul(at + 1, &end, base);
		memmove(at, end, strlen(end) + 1);
	}
	return n;
}

static void
put_word(struct hs_build *b, const char *word)
{
	char name[256];
	struct hs_build_tar e = { .name = name, .type = '0' };
	const bool pax = *word == '!';
	char *mark;

	snprintf(name, sizeof(name), "%s", word + pax);
	mark = strpbrk(name, "=><:");
	if (mark) {
		e.type = *mark == '=' ? '0' : *mark == '>' ? '2' : *mark == '<' ? '1' : '3';
		*mark++ = 0;
		if (e.type == '0')
			e.data = hs_span_of(word + pax + (mark - name));
		else if (e.type != '3')
			e.link = word + pax + (mark - name);
	}
	e.mtime = number_behind(name, '@', 10, 0);
	e.mode = number_behind(name, '%', 8, 0);
	if (!mark && *name && name[strlen(name) - 1] == '/')
		e.type = '5';
	if (pax)
		hs_build_tar_record(b, 'x', "comment", "written otherwise");
	hs_build_tar_entry(b, &e);
}

struct hs_span
build_layer(struct hs_arena *a, const char *words)
{
	char *copy = strdup(words), *rest = copy, *word;
	struct hs_build b = { 0 };
	struct hs_span out;

	while ((word = strsep(&rest, " ")))
		if (*word)
			put_word(&b, word);
	hs_build_tar_end(&b);
	out = hs_arena_copy(a, hs_build_span(&b));
	hs_build_release(&b);
	free(copy);
	return out;
}

struct archive {
	struct hs_arena *a;
	struct hs_build tar;
	char seen[64][65];
	size_t n_seen;
};

static void
put_file(struct archive *ar, const char *name, struct hs_span data)
{
	hs_build_tar_entry(&ar->tar, &(struct hs_build_tar){ .name = name, .data = data });
}

static const char *
digest_of(struct archive *ar, struct hs_span bytes)
{
	const struct hs_sha256 sum = hs_sha256(bytes);
	char hex[HS_SHA256_HEX];

	return hs_arena_printf(ar->a, "sha256:%s", hs_sha256_hex(hex, &sum));
}

/* Its descriptor; the blob is there once. */
static const char *
put_blob(struct archive *ar, const char *type, struct hs_span bytes, bool absent)
{
	const char *digest = digest_of(ar, bytes);
	bool seen = absent;

	for (size_t i = 0; i < ar->n_seen; i++)
		seen = seen || strcmp(ar->seen[i], digest + 7) == 0;
	if (!seen) {
		snprintf(ar->seen[ar->n_seen++], sizeof(ar->seen[0]), "%s", digest + 7);
		put_file(ar, hs_arena_printf(ar->a, "blobs/sha256/%s", digest + 7), bytes);
	}
	return hs_arena_printf(
		ar->a,
		"{\"mediaType\":\"application/vnd.oci.image.%s\",\"digest\":\"%s\",\"size\":%zu",
		type, digest, bytes.len);
}

/* The image's manifest; its descriptor, still open. */
static const char *
put_image(struct archive *ar, const struct build_image *image, const char *arch)
{
	const char *ids = "", *list = "", *config;

	for (size_t i = 0; image->layers[i]; i++) {
		const struct hs_span layer = build_layer(ar->a, image->layers[i]);
		const struct hs_span blob =
			image->gzip ? build_stream(ar->a, HS_CODEC_GZIP, layer) : layer;

		ids = hs_arena_printf(ar->a, "%s%s\"%s\"", ids, i ? "," : "", digest_of(ar, layer));
		list = hs_arena_printf(ar->a, "%s%s%s}", list, i ? "," : "",
		                       put_blob(ar,
		                                image->gzip ? "layer.v1.tar+gzip" : "layer.v1.tar",
		                                blob, image->absent == i + 1));
	}
	config = hs_arena_printf(ar->a,
	                         "{\"os\":\"linux\",\"architecture\":\"%s\",\"rootfs\":"
	                         "{\"type\":\"layers\",\"diff_ids\":[%s]},\"history\":%s}",
	                         arch, ids, image->history ? image->history : "null");
	config = put_blob(ar, "config.v1+json", hs_span_of(config), false);
	return put_blob(ar, "manifest.v1+json",
	                hs_arena_span(ar->a, "{\"schemaVersion\":2,\"config\":%s},\"layers\":[%s]}",
	                              config, list),
	                false);
}

struct hs_span
build_image(struct hs_arena *a, const struct build_image *image)
{
	static const char *const empty[] = { "other=1", NULL };
	const struct build_image other = { .layers = empty };
	const char *arch = image->prefix_of ? image->prefix_of : "amd64";
	struct archive ar = { .a = a };
	const char *list =
		hs_arena_printf(a, "%s,\"platform\":{\"os\":\"linux\",\"architecture\":\"%s\"}}",
	                        put_image(&ar, image, arch), arch);
	struct hs_span out;

	if (image->prefix_of)
		list = hs_arena_printf(
			a, "%s,%s,\"platform\":{\"os\":\"linux\",\"architecture\":\"other\"}}",
			list, put_image(&ar, &other, "other"));
	put_file(&ar, "index.json",
	         hs_arena_span(a, "{\"schemaVersion\":2,\"manifests\":[%s]}", list));
	put_file(&ar, "oci-layout", HS_SPAN("{\"imageLayoutVersion\":\"1.0.0\"}"));
	hs_build_tar_end(&ar.tar);
	out = hs_arena_copy(a, hs_build_span(&ar.tar));
	hs_build_release(&ar.tar);
	return out;
}
