/* SPDX-License-Identifier: Apache-2.0 */
#include "build_image.h"

#include "build_oci_archive.h"

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
put_word(struct hs_build *b, const char *word, unsigned mtime)
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
	e.mtime = number_behind(name, '@', 10, mtime);
	e.mode = number_behind(name, '%', 8, 0);
	if (!mark && *name && name[strlen(name) - 1] == '/')
		e.type = '5';
	if (pax)
		hs_build_tar_record(b, 'x', "comment", "written otherwise");
	hs_build_tar_entry(b, &e);
}

struct hs_span
build_layer_at(struct hs_arena *a, const char *words, unsigned mtime)
{
	char *copy = strdup(words), *rest = copy, *word;
	struct hs_build b = { 0 };
	struct hs_span out;

	while ((word = strsep(&rest, " ")))
		if (*word)
			put_word(&b, word, mtime);
	hs_build_tar_end(&b);
	out = hs_arena_copy(a, hs_build_span(&b));
	hs_build_release(&b);
	free(copy);
	return out;
}

struct hs_span
build_layer(struct hs_arena *a, const char *words)
{
	return build_layer_at(a, words, 0);
}

struct hs_span
build_image(struct hs_arena *a, const struct build_image *image)
{
	const struct hs_span small = build_layer(a, "other=1");
	struct archive_image images[2] = {
		{ .history = image->history ? image->history : "null",
		  .platform = image->prefix_of ? image->prefix_of : "amd64",
		  .codec = image->gzip ? HS_CODEC_GZIP : HS_CODEC_NONE,
		  .absent = image->absent },
		{ .history = "null", .platform = "other", .layers = &small, .n_layers = 1 },
	};
	struct hs_span *layers;
	size_t n = 0;

	while (image->layers[n])
		n++;
	layers = hs_arena_array(a, n, sizeof(*layers));
	for (size_t i = 0; i < n; i++)
		layers[i] = build_layer(a, image->layers[i]);
	images[0].layers = layers;
	images[0].n_layers = n;
	return archive_of_images(a, images, image->prefix_of ? 2 : 1);
}
