/* SPDX-License-Identifier: Apache-2.0 */
/*
 * BuildKit's SOURCE_DATE_EPOCH with rewrite-timestamp=true, as of v0.31
 * (exporter/containerimage/writer.go): the configuration stays the JSON that
 * it is, of which three members are replaced and all are sorted by key.
 *
 *	rootfs    made anew
 *	history   read and written; what is later than the epoch, or has no time, gets it
 *	created   the epoch where it is later; the last of the history where there is none
 *
 * The layers and the history of the base image stay as they are. Which those
 * are, only the build knows: here all of them are the build's own, which is
 * what they are in an image from scratch.
 */
#include "canon/canonical_form.h"

/* Later than any epoch: when BuildKit made a layer, which an archive does not tell. */
#define AT_BUILD_TIME ((struct hs_go_time){ .seconds = INT64_MAX })

static const struct hs_go_field holder[] = {
	{ "History", HS_GO_STRUCTS, false, hs_canonical_oci_history },
	{ 0 },
};

static const struct hs_go_field rootfs[] = {
	{ "type", HS_GO_TEXT, false, NULL },
	{ "diff_ids", HS_GO_TEXTS, false, NULL },
	{ 0 },
};

static struct hs_go_cell *
created_of(const struct hs_go_cell *history, size_t i)
{
	return hs_go_cell(history->objects[i], "created");
}

static bool
is_empty_layer(const struct hs_go_cell *history, size_t i)
{
	return hs_go_cell(history->objects[i], "empty_layer")->number;
}

/* More entries with a layer than there are layers: those at the top lose theirs. */
static void
empty_surplus(struct hs_canonical_form *f, struct hs_go_cell *history)
{
	size_t n = 0;

	for (size_t i = 0; i < history->n; i++) {
		if (is_empty_layer(history, i))
			continue;
		if (n < f->n_layers)
			n++;
		else
			hs_go_cell(history->objects[i], "empty_layer")->number = true;
	}
}

/*
 * The time that entries get which have none: of the first entry behind those
 * that have one, so that a new command does not get the time of a base image.
 */
static struct hs_go_cell
first_new_time(const struct hs_go_cell *history)
{
	struct hs_go_cell found = { 0 };
	bool without = false;

	for (size_t i = 0; i < history->n; i++) {
		const struct hs_go_cell *created = created_of(history, i);

		if (!created->there) {
			without = true;
			continue;
		}
		found = *created;
		if (without)
			break;
	}
	return found;
}

static void
fill_times(struct hs_go_cell *history)
{
	struct hs_go_cell time;
	bool without = false;

	for (size_t i = 0; i < history->n; i++)
		if (!is_empty_layer(history, i) && !created_of(history, i)->there)
			*created_of(history, i) =
				(struct hs_go_cell){ .there = true, .time = AT_BUILD_TIME };
	time = first_new_time(history);
	for (size_t i = 0; i < history->n; i++) {
		struct hs_go_cell *created = created_of(history, i);

		if (!created->there) {
			without = true;
			*created = time;
		} else if (without) {
			time = *created;
		}
	}
}

static void
clamp(const struct hs_canonical_form *f, struct hs_go_cell *time)
{
	if (!time->there || hs_go_time_is_after(time->time, f->how->time))
		*time = (struct hs_go_cell){ .there = true, .time = { .seconds = f->how->time } };
}

static int
read_history(struct hs_go_cell **out, struct hs_canonical_form *f, const struct hs_go_value *v,
             struct hs_err *err)
{
	struct hs_go_object *o = hs_go_object_new(f->arena, holder);
	int rc = hs_go_object_read(o, f->arena, v, err);
	struct hs_go_cell *history = hs_go_cell(o, "History");
	const size_t n = hs_canonical_with_layer(history);

	if (rc < 0)
		return hs_fail_in(err, "BuildKit refuses the configuration");
	if (n < f->n_layers)
		return hs_fail(err, HS_EUSAGE,
		               "the history has no entries for the layers from layer[%zu] on: "
		               "BuildKit would add what its own records say of them",
		               n);
	empty_surplus(f, history);
	fill_times(history);
	*out = history;
	for (size_t i = 0; i < history->n; i++) {
		clamp(f, created_of(history, i));
		if (!hs_go_time_is_writable(created_of(history, i)->time))
			return hs_fail(err, HS_EUSAGE,
			               "BuildKit refuses the configuration: the zone of "
			               ".history[%zu].created is a day away",
			               i);
	}
	return 0;
}

/* A piece of JSON of our own, as the value of a key; what has that key already comes before. */
static void
replace(struct hs_canonical_form *f, struct hs_go_cell *members, const char *key,
        struct hs_go_text *json)
{
	hs_go_cell_add(members, f->arena,
	               (struct hs_go_item){ hs_span_of(key), hs_go_text_take(json, f->arena) });
}

static void
put_time(struct hs_go_text *json, const struct hs_go_cell *time)
{
	char text[HS_GO_TIME_TEXT];

	if (!time->there) {
		hs_go_puts(json, "null");
		return;
	}
	hs_go_time_write(text, time->time);
	hs_go_put_string(json, hs_span_of(text));
}

/* The member of just that name, the last of them. */
static const struct hs_go_value *
member(const struct hs_go_value *v, const char *key)
{
	const struct hs_go_value *found = NULL;

	for (const struct hs_go_value *m = v->first; m; m = m->next)
		if (hs_span_is(m->key, key))
			found = m;
	return found;
}

static void
replace_created(struct hs_canonical_form *f, struct hs_go_cell *members,
                const struct hs_go_value *v, const struct hs_go_cell *history)
{
	const struct hs_go_value *old = member(v, "created");
	struct hs_go_cell time = { 0 };
	struct hs_go_text json = { 0 };

	if (old && old->kind == HS_GO_NULL)
		return;
	if (old) {
		time.there = hs_go_time_read(
			&time.time, hs_span_head(hs_span_from(old->raw, 1), old->raw.len - 2));
		if (!hs_go_time_is_after(time.time, f->how->time))
			return;
		clamp(f, &time);
	} else if (history->n) {
		time = *created_of(history, history->n - 1);
	}
	put_time(&json, &time);
	replace(f, members, "created", &json);
}

static void
replace_rootfs(struct hs_canonical_form *f, struct hs_go_cell *members)
{
	struct hs_go_object *o = hs_go_object_new(f->arena, rootfs);
	struct hs_go_text json = { 0 };

	hs_go_cell(o, "type")->text = HS_SPAN("layers");
	hs_canonical_put_diff_ids(f, hs_go_cell(o, "diff_ids"));
	hs_go_object_write(&json, o);
	replace(f, members, "rootfs", &json);
}

static void
replace_history(struct hs_canonical_form *f, struct hs_go_cell *members,
                const struct hs_go_cell *history)
{
	struct hs_go_text json = { 0 };

	hs_go_puts(&json, history->there ? "[" : "null");
	for (size_t i = 0; i < history->n; i++) {
		hs_go_puts(&json, i ? "," : "");
		hs_go_object_write(&json, history->objects[i]);
	}
	hs_go_puts(&json, history->there ? "]" : "");
	replace(f, members, "history", &json);
}

/* What BuildKit reads the configuration as before it takes it apart. */
static int
check_config(struct hs_canonical_form *f, const struct hs_go_value *v, struct hs_err *err)
{
	static const char *const needed[] = { "os", "architecture" };
	struct hs_go_object *o = hs_go_object_new(f->arena, hs_canonical_oci_image);

	if (hs_go_object_read(o, f->arena, v, err) < 0)
		return hs_fail_in(err, "BuildKit refuses the configuration");
	for (size_t i = 0; i < 2; i++)
		if (!hs_go_cell(o, needed[i])->text.len)
			return hs_fail(err, HS_EUSAGE,
			               "BuildKit refuses the configuration: missing %s", needed[i]);
	return 0;
}

int
hs_canonical_buildkit(struct hs_go_text *out, struct hs_canonical_form *f, struct hs_err *err)
{
	struct hs_go_cell members = { 0 }, *history = NULL;
	const struct hs_go_value *v;
	int rc = hs_go_json_read(&v, f->arena, f->config, true, err);

	if (rc < 0)
		return hs_fail_in(err, "the configuration");
	rc = check_config(f, v, err);
	if (rc == 0)
		rc = read_history(&history, f, v, err);
	if (rc < 0)
		return rc;
	f->n_kept = f->n_layers;
	for (const struct hs_go_value *m = v->first; m; m = m->next)
		hs_go_cell_add(&members, f->arena, (struct hs_go_item){ m->key, m->raw });
	replace_rootfs(f, &members);
	replace_history(f, &members, history);
	replace_created(f, &members, v, history);
	hs_go_put_map(out, &members, HS_GO_RAWS);
	if (member(v, "moby.buildkit.cache.v0"))
		hs_canonical_lose(f, "moby.buildkit.cache.v0 stays as it is: BuildKit would make "
		                     "it anew, from records that an archive does not have");
	hs_canonical_lose(f, "BuildKit leaves the layers and the history of a base image alone; an "
	                     "archive does not tell which they are, so all are rewritten");
	return 0;
}
