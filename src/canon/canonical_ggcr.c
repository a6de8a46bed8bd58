/* SPDX-License-Identifier: Apache-2.0 */
/*
 * go-containerregistry's mutate.Time() and mutate.Canonical(), as of v0.20
 * (pkg/v1/config.go, pkg/v1/mutate/mutate.go): a configuration that is made
 * anew, into which a part of the old one is copied.
 *
 *	architecture, os, os.version, config   as they were; Canonical empties config.Hostname
 *	created                                the time; year 1 in Canonical
 *	history                                created the same, without author
 *	rootfs                                 the layers that a history entry was found for
 *
 * Each entry of the history that is not empty takes the next layer. The tool
 * panics where there are fewer entries than layers, and drops the layers at
 * the top that no entry is left for.
 */
#include "canon/canonical_form.h"

#include "image/descriptor.h"

static const struct hs_go_field healthcheck[] = {
	{ "Test", HS_GO_TEXTS, true, NULL },  { "Interval", HS_GO_INT, true, NULL },
	{ "Timeout", HS_GO_INT, true, NULL }, { "StartPeriod", HS_GO_INT, true, NULL },
	{ "Retries", HS_GO_INT, true, NULL }, { 0 },
};

static const struct hs_go_field run_config[] = {
	{ "AttachStderr", HS_GO_BOOL, true, NULL },
	{ "AttachStdin", HS_GO_BOOL, true, NULL },
	{ "AttachStdout", HS_GO_BOOL, true, NULL },
	{ "Cmd", HS_GO_TEXTS, true, NULL },
	{ "Healthcheck", HS_GO_POINTER, true, healthcheck },
	{ "Domainname", HS_GO_TEXT, true, NULL },
	{ "Entrypoint", HS_GO_TEXTS, true, NULL },
	{ "Env", HS_GO_TEXTS, true, NULL },
	{ "Hostname", HS_GO_TEXT, true, NULL },
	{ "Image", HS_GO_TEXT, true, NULL },
	{ "Labels", HS_GO_MAP, true, NULL },
	{ "OnBuild", HS_GO_TEXTS, true, NULL },
	{ "OpenStdin", HS_GO_BOOL, true, NULL },
	{ "StdinOnce", HS_GO_BOOL, true, NULL },
	{ "Tty", HS_GO_BOOL, true, NULL },
	{ "User", HS_GO_TEXT, true, NULL },
	{ "Volumes", HS_GO_SET, true, NULL },
	{ "WorkingDir", HS_GO_TEXT, true, NULL },
	{ "ExposedPorts", HS_GO_SET, true, NULL },
	{ "ArgsEscaped", HS_GO_BOOL, true, NULL },
	{ "NetworkDisabled", HS_GO_BOOL, true, NULL },
	{ "MacAddress", HS_GO_TEXT, true, NULL },
	{ "StopSignal", HS_GO_TEXT, true, NULL },
	{ "Shell", HS_GO_TEXTS, true, NULL },
	{ 0 },
};

static const struct hs_go_field history_entry[] = {
	{ "author", HS_GO_TEXT, true, NULL },      { "created", HS_GO_TIME, true, NULL },
	{ "created_by", HS_GO_TEXT, true, NULL },  { "comment", HS_GO_TEXT, true, NULL },
	{ "empty_layer", HS_GO_BOOL, true, NULL }, { 0 },
};

static const struct hs_go_field rootfs[] = {
	{ "type", HS_GO_TEXT, false, NULL },
	{ "diff_ids", HS_GO_TEXTS, false, NULL },
	{ 0 },
};

static const struct hs_go_field config_file[] = {
	{ "architecture", HS_GO_TEXT, false, NULL },
	{ "author", HS_GO_TEXT, true, NULL },
	{ "container", HS_GO_TEXT, true, NULL },
	{ "created", HS_GO_TIME, true, NULL },
	{ "docker_version", HS_GO_TEXT, true, NULL },
	{ "history", HS_GO_STRUCTS, true, history_entry },
	{ "os", HS_GO_TEXT, false, NULL },
	{ "rootfs", HS_GO_STRUCT, false, rootfs },
	{ "config", HS_GO_STRUCT, false, run_config },
	{ "os.version", HS_GO_TEXT, true, NULL },
	{ "variant", HS_GO_TEXT, true, NULL },
	{ "os.features", HS_GO_TEXTS, true, NULL },
	{ 0 },
};

/* Of these what is copied. */
static const struct hs_go_field copied[] = {
	{ "architecture", HS_GO_TEXT, false, NULL }, { "created", HS_GO_TIME, true, NULL },
	{ "history", HS_GO_STRUCTS, true, NULL },    { "os", HS_GO_TEXT, false, NULL },
	{ "rootfs", HS_GO_STRUCT, false, NULL },     { "config", HS_GO_STRUCT, false, NULL },
	{ "os.version", HS_GO_TEXT, true, NULL },    { 0 },
};

/* Each diff_id is read as a digest, though none of them is used. */
static int
check_diff_ids(const struct hs_go_object *o, struct hs_err *err)
{
	const struct hs_go_cell *ids =
		hs_go_cell(hs_go_cell_object(hs_go_cell(o, "rootfs")), "diff_ids");

	for (size_t i = 0; i < ids->n; i++) {
		struct hs_digest digest;

		if (hs_digest_parse(&digest, ids->items[i].value, err) < 0 ||
		    digest.alg != HS_DIGEST_SHA256)
			return hs_fail(err, HS_EUSAGE, ".rootfs.diff_ids[%zu] is no SHA-256 digest",
			               i);
	}
	return 0;
}

static int
read_config(struct hs_go_object **out, const struct hs_go_value **v, struct hs_canonical_form *f,
            struct hs_err *err)
{
	int rc = hs_go_json_read(v, f->arena, f->config, false, err);

	if (rc < 0)
		return hs_fail_in(err, "the configuration");
	*out = hs_go_object_new(f->arena, config_file);
	rc = hs_go_object_read(*out, f->arena, *v, err);
	if (rc == 0)
		rc = check_diff_ids(*out, err);
	return rc < 0 ? hs_fail_in(err, "go-containerregistry refuses the configuration") : 0;
}

/* Which layers an entry of the history is found for. */
static int
match_history(struct hs_canonical_form *f, const struct hs_go_cell *history, struct hs_err *err)
{
	const size_t n = hs_canonical_with_layer(history);

	if (history->n < f->n_layers)
		return hs_fail(
			err, HS_EUSAGE,
			"go-containerregistry panics: index out of range (%zu layers, and %zu "
			"entries in the history)",
			f->n_layers, history->n);
	if (n > f->n_layers)
		return hs_fail(err, HS_EUSAGE,
		               "go-containerregistry refuses: unable to add a nil layer to the "
		               "image (layers: %zu in the history, %zu in the image)",
		               n, f->n_layers);
	f->n_kept = n;
	if (n < f->n_layers)
		hs_canonical_lose(
			f,
			"go-containerregistry drops layers from layer[%zu] on: the history "
			"has no entries for them",
			n);
	return 0;
}

static void
set_text(struct hs_go_object *o, const char *name, const char *text)
{
	hs_go_cell(o, name)->text = hs_span_of(text);
}

static void
tell_losses(struct hs_canonical_form *f, const struct hs_go_value *v, const struct hs_go_object *o)
{
	const struct hs_go_value *config = hs_go_member(v, "config");
	const struct hs_go_cell *history = hs_go_cell(o, "history");
	const struct hs_go_object *run = hs_go_cell_object(hs_go_cell(o, "config"));
	bool authors = false;

	hs_canonical_lose_members(f, "the configuration", v, copied);
	if (config)
		hs_canonical_lose_members(f, "the configuration's config", config, run_config);
	if (!f->how->has_time && hs_go_cell(run, "Hostname")->text.len)
		hs_canonical_lose(f, "the configuration's config loses Hostname");
	for (size_t i = 0; i < history->n; i++)
		authors |= hs_go_cell(history->objects[i], "author")->text.len > 0;
	if (authors)
		hs_canonical_lose(f, "the history loses its authors");
}

static void
set_times(struct hs_canonical_form *f, struct hs_go_object *o)
{
	struct hs_go_cell *history = hs_go_cell(o, "history");
	struct hs_go_time time = HS_GO_TIME_ZERO;

	if (f->how->has_time)
		time.seconds = f->how->time;
	hs_go_cell(o, "created")->time = time;
	for (size_t i = 0; i < history->n; i++) {
		hs_go_cell(history->objects[i], "created")->time = time;
		set_text(history->objects[i], "author", "");
	}
}

int
hs_canonical_ggcr(struct hs_go_text *out, struct hs_canonical_form *f, struct hs_err *err)
{
	static const char *const dropped[] = { "author", "container", "docker_version", "variant" };
	const struct hs_go_value *v;
	struct hs_go_object *o = NULL, *fs;
	int rc = read_config(&o, &v, f, err);

	if (rc == 0)
		rc = match_history(f, hs_go_cell(o, "history"), err);
	if (rc < 0)
		return rc;
	tell_losses(f, v, o);
	for (size_t i = 0; i < sizeof(dropped) / sizeof(dropped[0]); i++)
		set_text(o, dropped[i], "");
	*hs_go_cell(o, "os.features") = (struct hs_go_cell){ 0 };
	if (!f->how->has_time)
		set_text(hs_go_cell_object(hs_go_cell(o, "config")), "Hostname", "");
	set_times(f, o);
	fs = hs_go_cell_object(hs_go_cell(o, "rootfs"));
	set_text(fs, "type", "layers");
	hs_canonical_put_diff_ids(f, hs_go_cell(fs, "diff_ids"));
	hs_go_object_write(out, o);
	return 0;
}
