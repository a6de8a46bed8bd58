/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/pack_config.h"

#include "core/facts.h"
#include "image/image_json.h"

#include <stdio.h>
#include <stdlib.h>

enum type {
	TEXT,
	TEXTS,   /* an array of strings */
	TEXT_OF, /* an object of strings */
	SET,     /* an object of empty objects */
	OBJECT,
	OURS, /* not the user's to say */
};

struct field {
	const char *name;
	enum type type;
};

/* The top level, in the order in which it is written (image-spec, config.md). */
static const struct field top[] = {
	{ "created", OURS }, { "author", TEXT },     { "architecture", TEXT }, { "variant", TEXT },
	{ "os", TEXT },      { "os.version", TEXT }, { "os.features", TEXTS }, { "config", OBJECT },
	{ "rootfs", OURS },  { "history", OURS },
};

static const struct field inner[] = {
	{ "User", TEXT },        { "ExposedPorts", SET }, { "Env", TEXTS },
	{ "Entrypoint", TEXTS }, { "Cmd", TEXTS },        { "Volumes", SET },
	{ "WorkingDir", TEXT },  { "Labels", TEXT_OF },   { "StopSignal", TEXT },
};

enum { N_TOP = sizeof(top) / sizeof(top[0]), N_INNER = sizeof(inner) / sizeof(inner[0]) };

static const struct field *
field_of(const struct field *rows, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(rows[i].name, name) == 0)
			return &rows[i];
	return NULL;
}

static bool
is_list_of_texts(const json_t *value)
{
	const json_t *child;
	size_t i;

	json_array_foreach(value, i, child)
		if (!json_is_string(child))
			return false;
	return json_is_array(value);
}

static bool
is_object_of(json_t *value, bool texts)
{
	const char *key;
	json_t *child;

	json_object_foreach(value, key, child)
		if (texts ? !json_is_string(child) : !json_is_object(child))
			return false;
	return json_is_object(value);
}

/* What is wrong with the value of a field, or NULL. */
static const char *
complaint(enum type type, json_t *value)
{
	switch (type) {
	case TEXT:
		return json_is_string(value) ? NULL : "is no string";
	case TEXTS:
		return is_list_of_texts(value) ? NULL : "is no array of strings";
	case TEXT_OF:
		return is_object_of(value, true) ? NULL : "is no object of strings";
	case SET:
		return is_object_of(value, false) ? NULL : "is no object of objects";
	case OBJECT:
		return json_is_object(value) ? NULL : "is no object";
	default:
		return "comes from what is packed and from --time";
	}
}

static int
check(json_t *object, const struct field *rows, size_t n, struct hs_err *err)
{
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value) {
		const struct field *f = field_of(rows, n, key);
		const char *why = f ? complaint(f->type, value) : NULL;

		if (why) {
			hs_fail(err, HS_EUSAGE, "%s", why);
			return hs_fail_in_span(err, hs_span_of(key));
		}
	}
	return 0;
}

/* The user's object, checked. */
static int
load(json_t **out, struct hs_span given, struct hs_err *err)
{
	int rc = hs_image_json_load(out, given, err);

	if (rc < 0) {
		*out = NULL;
		err->code = HS_EUSAGE;
		return HS_EUSAGE;
	}
	rc = json_is_object(*out) ? check(*out, top, N_TOP, err)
	                          : hs_fail(err, HS_EUSAGE, "it is no JSON object");
	if (rc == 0)
		rc = check(json_object_get(*out, "config"), inner, N_INNER, err);
	if (rc < 0) {
		json_decref(*out);
		*out = NULL;
	}
	return rc;
}

static void
set(json_t *object, const char *key, json_t *value)
{
	if (!value || json_object_set_new(object, key, value) != 0)
		hs_die_out_of_memory();
}

int
hs_pack_config_load(json_t **out, struct hs_span given, struct hs_err *err)
{
	if (given.len == 0)
		*out = json_object();
	else if (load(out, given, err) < 0)
		return err->code;
	if (!json_object_get(*out, "architecture"))
		set(*out, "architecture", json_string("amd64"));
	if (!json_object_get(*out, "os"))
		set(*out, "os", json_string("linux"));
	return 0;
}

/* RFC 3339; the year has four digits, since no other time can be given. */
static json_t *
time_text(int64_t time)
{
	struct hs_arena a = { 0 };
	struct hs_facts f = { .arena = &a };
	json_t *out;

	hs_say_time(&f, "created", time, 0, 0);
	out = json_string((const char *)f.first->value.at);
	hs_arena_release(&a);
	return out;
}

void
hs_pack_config_fill(json_t *config, int64_t created, const struct hs_sha256 *diff_id)
{
	char id[sizeof("sha256:") + HS_SHA256_HEX] = "sha256:";
	json_t *text = time_text(created);

	hs_sha256_hex(id + strlen(id), diff_id);
	set(config, "rootfs", json_pack("{s:s, s:[s]}", "type", "layers", "diff_ids", id));
	set(config, "history",
	    json_pack("[{s:O, s:s}]", "created", text, "created_by", "hashoscope pack"));
	set(config, "created", text);
}

struct hs_span
hs_pack_json(struct hs_arena *a, const json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
	struct hs_span out;

	if (!text)
		hs_die_out_of_memory();
	out = hs_arena_copy(a, hs_span_of(text));
	free(text);
	return out;
}

static int
by_text(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

/* The keys of the object in the order in which they are written. */
static size_t
sorted_keys(const char **out, json_t *config)
{
	const char *key;
	json_t *value;
	size_t n = 0, known;

	for (size_t i = 0; i < N_TOP; i++)
		if (json_object_get(config, top[i].name))
			out[n++] = top[i].name;
	known = n;
	json_object_foreach(config, key, value)
		if (!field_of(top, N_TOP, key))
			out[n++] = key;
	if (n > known)
		qsort(out + known, n - known, sizeof(*out), by_text);
	return n;
}

struct hs_span
hs_pack_config_text(struct hs_arena *a, json_t *config)
{
	const char **keys = hs_arena_array(a, json_object_size(config), sizeof(*keys));
	const size_t n = sorted_keys(keys, config);
	struct hs_span out;
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);

	if (!f)
		hs_die_out_of_memory();
	for (size_t i = 0; i < n; i++) {
		const struct hs_arena_mark mark = hs_arena_mark(a);
		json_t *key = json_string(keys[i]);
		const struct hs_span name = hs_pack_json(a, key);
		const struct hs_span value = hs_pack_json(a, json_object_get(config, keys[i]));

		fprintf(f, "%c%s:", i ? ',' : '{', (const char *)name.at);
		fwrite(value.at, 1, value.len, f);
		json_decref(key);
		hs_arena_rewind(a, mark);
	}
	putc('}', f);
	if (fclose(f) != 0)
		hs_die_out_of_memory();
	out = hs_arena_copy(a, (struct hs_span){ (uint8_t *)text, len });
	free(text);
	return out;
}
