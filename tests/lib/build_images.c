/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_images.h"

#include <stdlib.h>

static const char *
platform_of(struct oci *o, const char *text)
{
	const char *slash = strchr(text, '/'), *variant = slash ? strchr(slash + 1, '/') : NULL;

	if (!slash)
		return "";
	return hs_arena_printf(
		&o->arena, ",\"platform\":{\"os\":\"%.*s\",\"architecture\":\"%.*s\"%s%s%s}",
		(int)(slash - text), text,
		variant ? (int)(variant - slash) - 1 : (int)strlen(slash + 1), slash + 1,
		variant ? ",\"variant\":\"" : "", variant ? variant + 1 : "", variant ? "\"" : "");
}

/* The descriptor of the word's image, which is added. */
static const char *
add_image(struct oci *o, const char *word)
{
	const char *equals = strchr(word, '=');
	const char *const layers[] = { word, NULL };
	const char *more = platform_of(o, equals + 1);

	if (equals > word)
		more = hs_arena_printf(&o->arena,
		                       "%s,\"annotations\":{\"org.opencontainers.image.ref.name\":"
		                       "\"%.*s\"}",
		                       more, (int)(equals - word), word);
	return oci_image(o, "", layers, more);
}

void
images_begin(struct oci *o, const char *words)
{
	const char *list = "";
	char *copy, *word, *rest;
	struct hs_err err;

	oci_begin(o);
	copy = (char *)(uintptr_t)hs_arena_copy(&o->arena, hs_span_of(words)).at;
	for (word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
		list = hs_arena_printf(&o->arena, "%s%s%s", list, *list ? "," : "",
		                       add_image(o, word));
	oci_index(o, list);
	assert_int_equal(oci_arrange(o, &err), 0);
}

static struct hs_span
or_dash(struct hs_span s)
{
	return s.len ? s : HS_SPAN("-");
}

const char *
images_text(struct oci *o)
{
	const struct hs_images images = hs_images_of(&o->tree);
	const char *out = "";

	for (size_t i = 0; i < images.n; i++) {
		const struct hs_span prefix = or_dash(images.list[i].prefix);
		const struct hs_span name = or_dash(images.list[i].ref);
		const struct hs_span platform = or_dash(images.list[i].platform);

		out = hs_arena_printf(&o->arena, "%s%.*s %.*s %.*s\n", out, (int)prefix.len,
		                      (const char *)prefix.at, (int)name.len, (const char *)name.at,
		                      (int)platform.len, (const char *)platform.at);
	}
	return out;
}
