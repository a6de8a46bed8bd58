/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The configuration of a container image (OCI image-spec, config.md; Docker's
 * image specification 1.2 and what came before it), in the words of the field:
 *
 *	architecture, os, ...   under their own names
 *	config.Env              env NAME; their order is "(env order)"
 *	config.Labels           label NAME
 *	config.Entrypoint, Cmd  entrypoint, cmd: lists
 *	rootfs.diff_ids         diff_id[0]
 *	history                 history[0] created_by; history[0] layer says which
 *	                        layer the line made
 *	all else                under its path, as any JSON: .container_config.Image
 *
 * What varies between builds: created, of the image and of each line of its
 * history; the host name and the identity of Docker's build container
 * (.config.Hostname, .container, .container_config); labels and build arguments
 * that carry times, revisions and tokens. Which empty fields are written
 * (null, "", [] and {} or nothing) depends on who wrote it last: Docker and OCI
 * tools disagree, and each turns one into the other on the way.
 */
#include "comparators/comparator.h"
#include "comparators/text/json_render.h"
#include "comparators/text/json_say.h"
#include "core/escape.h"

#include <inttypes.h>
#include <stdlib.h>

enum { BID = 6, LOOK = 64 * 1024 };

enum type {
	TEXT,
	NUMBER,
	FLAG,     /* true or false */
	LIST,     /* of strings: the field once for each */
	MAP,      /* of strings: "field KEY" for each */
	SET,      /* an object whose values are all empty: the field once for each key, sorted */
	ENV,      /* a list of NAME=VALUE */
	DIFF_IDS, /* "diff_id[0]" */
	HISTORY,
	OBJECT, /* by the rows of `below` */
};

struct row {
	const char *key, *field;
	enum type type;
	const struct row *below; /* the last has no key */
};

static const struct row health_rows[] = {
	{ "Test", "healthcheck test", LIST, NULL },
	{ "Interval", "healthcheck interval", NUMBER, NULL },
	{ "Timeout", "healthcheck timeout", NUMBER, NULL },
	{ "StartPeriod", "healthcheck start period", NUMBER, NULL },
	{ "StartInterval", "healthcheck start interval", NUMBER, NULL },
	{ "Retries", "healthcheck retries", NUMBER, NULL },
	{ NULL, NULL, OBJECT, NULL },
};

static const struct row config_rows[] = {
	{ "User", "user", TEXT, NULL },
	{ "WorkingDir", "workdir", TEXT, NULL },
	{ "Entrypoint", "entrypoint", LIST, NULL },
	{ "Cmd", "cmd", LIST, NULL },
	{ "Shell", "shell", LIST, NULL },
	{ "StopSignal", "stop signal", TEXT, NULL },
	{ "Env", "env", ENV, NULL },
	{ "Labels", "label", MAP, NULL },
	{ "ExposedPorts", "exposed port", SET, NULL },
	{ "Volumes", "volume", SET, NULL },
	{ "Healthcheck", NULL, OBJECT, health_rows },
	{ "OnBuild", "onbuild", LIST, NULL },
	{ NULL, NULL, OBJECT, NULL },
};

static const struct row rootfs_rows[] = {
	{ "type", "rootfs type", TEXT, NULL },
	{ "diff_ids", "diff_id", DIFF_IDS, NULL },
	{ NULL, NULL, OBJECT, NULL },
};

static const struct row line_rows[] = {
	{ "created", "created", TEXT, NULL },         { "created_by", "created_by", TEXT, NULL },
	{ "comment", "comment", TEXT, NULL },         { "author", "author", TEXT, NULL },
	{ "empty_layer", "empty_layer", FLAG, NULL }, { NULL, NULL, OBJECT, NULL },
};

static const struct row top_rows[] = {
	{ "architecture", "architecture", TEXT, NULL },
	{ "variant", "variant", TEXT, NULL },
	{ "os", "os", TEXT, NULL },
	{ "os.version", "os.version", TEXT, NULL },
	{ "os.features", "os.features", LIST, NULL },
	{ "created", "created", TEXT, NULL },
	{ "author", "author", TEXT, NULL },
	{ "config", NULL, OBJECT, config_rows },
	{ "rootfs", NULL, OBJECT, rootfs_rows },
	{ "history", "history", HISTORY, line_rows },
	{ NULL, NULL, OBJECT, NULL },
};

/* A configuration on its way into facts. */
struct telling {
	struct hs_json_saying json;
	struct hs_arena *arena; /* of the facts */
	size_t n_layers;        /* diff_ids */
};

static bool
names_one(struct hs_span s)
{
	return memmem(s.at, s.len, "\"diff_ids\"", 10) ||
	       memmem(s.at, s.len, "\"architecture\"", 14) || memmem(s.at, s.len, "\"os\"", 4);
}

static unsigned
image_config_bid(struct hs_span file)
{
	const struct hs_span end = hs_span_from(file, file.len > LOOK ? file.len - LOOK : 0);

	if (hs_json_bid(file) == 0)
		return 0;
	return names_one(hs_span_head(file, LOOK)) || names_one(end) ? BID : 0;
}

/* Not an index, manifest or anything else that has some of the names. */
static bool
is_config(const json_t *root)
{
	if (json_is_array(json_object_get(json_object_get(root, "rootfs"), "diff_ids")))
		return true;
	if (json_object_get(root, "schemaVersion") || json_object_get(root, "layers"))
		return false;
	if (!json_is_string(json_object_get(root, "architecture")) &&
	    !json_is_string(json_object_get(root, "os")))
		return false;
	return json_is_object(json_object_get(root, "config")) ||
	       json_is_object(json_object_get(root, "container_config")) ||
	       json_is_array(json_object_get(root, "history"));
}

static bool
is_texts(json_t *value)
{
	const char *key;
	json_t *child;
	size_t i;

	json_array_foreach(value, i, child)
		if (!json_is_string(child))
			return false;
	json_object_foreach(value, key, child)
		if (!json_is_string(child))
			return false;
	return true;
}

static bool
is_set(json_t *value)
{
	const char *key;
	json_t *child;

	json_object_foreach(value, key, child)
		if (!json_is_object(child) || json_object_size(child))
			return false;
	return json_object_size(value) > 0;
}

static bool
is_lines(const json_t *value)
{
	const json_t *line;
	size_t i;

	json_array_foreach(value, i, line)
		if (json_object_size(line) == 0)
			return false;
	return json_array_size(value) > 0;
}

/* Whether the value is what the row speaks of; what is not is said under its path. */
static bool
fits(const struct row *row, json_t *value)
{
	switch (row->type) {
	case TEXT:
		return json_is_string(value);
	case NUMBER:
		return json_is_real(value);
	case FLAG:
		return json_is_boolean(value);
	case LIST:
	case ENV:
	case DIFF_IDS:
		return json_array_size(value) > 0 && is_texts(value);
	case MAP:
		return json_object_size(value) > 0 && is_texts(value);
	case SET:
		return is_set(value);
	case HISTORY:
		return is_lines(value);
	default:
		return json_object_size(value) > 0;
	}
}

static const char *
field_of(const struct telling *t, const char *field, struct hs_span name)
{
	const struct hs_span safe = hs_escape(t->arena, name);

	return hs_arena_printf(t->arena, "%s %.*s", field, (int)safe.len, (const char *)safe.at);
}

/* An object's keys sorted: their order is told with that of all keys. */
static void
say_sorted(struct telling *t, const struct row *row, json_t *object)
{
	const char **keys = hs_json_sorted_keys(t->json.document, object);

	for (size_t i = 0; i < json_object_size(object); i++) {
		if (row->type == SET) {
			hs_json_say_field(&t->json, row->field, hs_span_of(keys[i]));
			continue;
		}
		hs_json_say_field(&t->json, field_of(t, row->field, hs_span_of(keys[i])),
		                  hs_json_string(json_object_get(object, keys[i])));
	}
}

/* NAME of NAME=VALUE, or empty. */
static struct hs_span
name_of(struct hs_span variable)
{
	const uint8_t *equals = variable.len ? memchr(variable.at, '=', variable.len) : NULL;

	return hs_span_head(variable, equals ? (size_t)(equals - variable.at) : 0);
}

/* The order of the variables, which means nothing but to who compares bytes. */
static void
say_env_order(struct telling *t, const json_t *list)
{
	struct hs_span before = { 0 };
	struct hs_sha256_stream order;
	struct hs_sha256 digest;
	char hex[HS_SHA256_HEX];
	bool sorted = true;
	const json_t *item;
	size_t i;

	hs_sha256_init(&order);
	json_array_foreach(list, i, item) {
		const struct hs_span name = name_of(hs_json_string(item));

		sorted = sorted && hs_span_order(before, name) <= 0;
		before = name;
		hs_sha256_update(&order, name);
		hs_sha256_update(&order, HS_SPAN("="));
	}
	hs_sha256_final(&order, &digest);
	if (sorted)
		hs_say_word(t->json.out, "(env order)", "sorted");
	else
		hs_sayf(t->json.out, "(env order)", "sha256:%s", hs_sha256_hex(hex, &digest));
}

/* Variables by name: one that comes twice is a list. What is no NAME=VALUE is said as it is. */
static void
say_env(struct telling *t, const struct row *row, const json_t *list)
{
	const json_t *item;
	size_t i;

	json_array_foreach(list, i, item) {
		const struct hs_span text = hs_json_string(item);
		const struct hs_span name = name_of(text);

		if (name.len)
			hs_json_say_field(&t->json, field_of(t, row->field, name),
			                  hs_span_from(text, name.len + 1));
		else
			hs_json_say_field(&t->json, row->field, text);
	}
	if (json_array_size(list) > 1)
		say_env_order(t, list);
}

static void
say_list(struct telling *t, const struct row *row, const json_t *list)
{
	const json_t *item;
	size_t i;

	json_array_foreach(list, i, item) {
		const char *field = row->type == DIFF_IDS
		                            ? hs_arena_printf(t->arena, "%s[%zu]", row->field, i)
		                            : row->field;

		hs_json_say_field(&t->json, field, hs_json_string(item));
	}
}

static void say_rows(struct telling *t, const struct row *rows, const char *of, json_t *object);

/* Each line, and which layer it made: those that are not empty made them, from the bottom. */
static void
say_history(struct telling *t, const struct row *row, json_t *history)
{
	const size_t len = t->json.len;
	size_t i, made = 0;
	json_t *line;

	json_array_foreach(history, i, line) {
		const char *of = hs_arena_printf(t->arena, "%s[%zu]", row->field, i);
		const char *layer = "none";

		if (!json_is_true(json_object_get(line, "empty_layer"))) {
			if (made < t->n_layers)
				layer = hs_arena_printf(t->arena, "layer[%zu]", made);
			else
				layer = "none is left";
			made++;
		}
		hs_json_push_index(&t->json, i);
		say_rows(t, row->below, of, line);
		hs_json_say_field(&t->json, hs_arena_printf(t->arena, "%s layer", of),
		                  hs_span_of(layer));
		t->json.len = len;
	}
	if (made != t->n_layers)
		hs_sayf(t->json.out, "history against layers",
		        "lines that make a layer: %zu, diff_ids: %zu", made, t->n_layers);
}

static void
say_row(struct telling *t, const struct row *row, const char *of, json_t *value)
{
	struct hs_json_saying *s = &t->json;
	const char *field = *of ? hs_arena_printf(t->arena, "%s %s", of, row->field) : row->field;

	switch (row->type) {
	case TEXT:
		hs_json_say_field(s, field, hs_json_string(value));
		break;
	case NUMBER:
	case FLAG:
		hs_json_say_field(s, field, hs_json_spelling(s->document, value));
		break;
	case LIST:
	case DIFF_IDS:
		say_list(t, row, value);
		break;
	case MAP:
	case SET:
		say_sorted(t, row, value);
		break;
	case ENV:
		say_env(t, row, value);
		break;
	case HISTORY:
		say_history(t, row, value);
		break;
	default:
		say_rows(t, row->below, "", value);
		break;
	}
}

static const struct row *
row_of(const struct row *rows, const char *key, json_t *value)
{
	for (; rows->key; rows++)
		if (strcmp(rows->key, key) == 0)
			return fits(rows, value) ? rows : NULL;
	return NULL;
}

/* First what the rows name, in their order, then the rest under its path; `of` goes in front of
 * names. Calls itself through say_row() as deep as the tables are. */
static void
say_rows(struct telling *t, const struct row *rows, const char *of, json_t *object)
{
	const size_t len = t->json.len;
	const char *key;
	json_t *value;

	for (const struct row *row = rows; row->key; row++) {
		value = json_object_get(object, row->key);
		if (!value || !fits(row, value))
			continue;
		hs_json_push_key(&t->json, row->key);
		say_row(t, row, of, value);
		t->json.len = len;
	}
	json_object_foreach(object, key, value) {
		if (row_of(rows, key, value))
			continue;
		hs_json_push_key(&t->json, key);
		hs_json_say(&t->json, value);
		t->json.len = len;
	}
}

static int
image_config_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct telling t = { .arena = out->arena };
	struct hs_json_document d;

	if (hs_json_read(&d, file, err) < 0)
		return err->code;
	if (!is_config(d.root)) {
		hs_json_release(&d);
		return hs_fail(err, HS_ENOTMINE, "no configuration of an image");
	}
	t.n_layers =
		json_array_size(json_object_get(json_object_get(d.root, "rootfs"), "diff_ids"));
	hs_json_say_begin(&t.json, out, &d);
	say_rows(&t, top_rows, "", d.root);
	hs_json_say_end(&t.json, file);
	hs_json_release(&d);
	return 0;
}

const struct hs_comparator hs_comparator_image_config = {
	.name = "image-config",
	.about = "configuration of a container image: environment, labels, history by layer",
	.known_by =
		"JSON in whose beginning or end \"diff_ids\", \"architecture\" or \"os\" stands",
	.library = "jansson",
	.shape = HS_SHAPE_LEAF,
	.bid = image_config_bid,
	.describe = image_config_describe,
	.render = hs_json_render,
	.by_field = true,
};
