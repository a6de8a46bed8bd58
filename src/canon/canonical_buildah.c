/* SPDX-License-Identifier: Apache-2.0 */
/*
 * buildah's --timestamp, as of v1.43 (image.go, docker/types.go): an image
 * that is committed gets its configuration written from Go structures, OCI's
 * or Docker's as its format says, so that what these lack is gone.
 *
 *	created           the time, in the configuration and in each history entry
 *	config.Hostname   "sandbox"; Domainname is empty       (Docker's format)
 *	container_config  what config is                       (Docker's format)
 *	container, docker_version  empty                       (Docker's format)
 *
 * Before 1.41 Hostname and container stayed random there.
 *
 * The layers and the history of the base image stay as they are. Which those
 * are, only the build knows: here all of them are the build's own, which is
 * what they are in an image from scratch.
 */
#include "canon/canonical_form.h"

static const struct hs_go_field healthcheck[] = {
	{ "Test", HS_GO_TEXTS, true, NULL },
	{ "Interval", HS_GO_INT, true, NULL },
	{ "Timeout", HS_GO_INT, true, NULL },
	{ "StartPeriod", HS_GO_INT, true, NULL },
	{ "StartInterval", HS_GO_INT, true, NULL },
	{ "Retries", HS_GO_INT, true, NULL },
	{ 0 },
};

static const struct hs_go_field run_config[] = {
	{ "Hostname", HS_GO_TEXT, false, NULL },
	{ "Domainname", HS_GO_TEXT, false, NULL },
	{ "User", HS_GO_TEXT, false, NULL },
	{ "AttachStdin", HS_GO_BOOL, false, NULL },
	{ "AttachStdout", HS_GO_BOOL, false, NULL },
	{ "AttachStderr", HS_GO_BOOL, false, NULL },
	{ "ExposedPorts", HS_GO_SET, true, NULL },
	{ "Tty", HS_GO_BOOL, false, NULL },
	{ "OpenStdin", HS_GO_BOOL, false, NULL },
	{ "StdinOnce", HS_GO_BOOL, false, NULL },
	{ "Env", HS_GO_TEXTS, false, NULL },
	{ "Cmd", HS_GO_WORDS, false, NULL },
	{ "Healthcheck", HS_GO_POINTER, true, healthcheck },
	{ "ArgsEscaped", HS_GO_BOOL, true, NULL },
	{ "Image", HS_GO_TEXT, false, NULL },
	{ "Volumes", HS_GO_SET, false, NULL },
	{ "WorkingDir", HS_GO_TEXT, false, NULL },
	{ "Entrypoint", HS_GO_WORDS, false, NULL },
	{ "NetworkDisabled", HS_GO_BOOL, true, NULL },
	{ "MacAddress", HS_GO_TEXT, true, NULL },
	{ "OnBuild", HS_GO_TEXTS, false, NULL },
	{ "Labels", HS_GO_MAP, false, NULL },
	{ "StopSignal", HS_GO_TEXT, true, NULL },
	{ "StopTimeout", HS_GO_INT_POINTER, true, NULL },
	{ "Shell", HS_GO_WORDS, true, NULL },
	{ 0 },
};

static const struct hs_go_field rootfs[] = {
	{ "type", HS_GO_TEXT, false, NULL },
	{ "diff_ids", HS_GO_TEXTS, true, NULL },
	{ 0 },
};

static const struct hs_go_field history_entry[] = {
	{ "created", HS_GO_TIME, false, NULL },    { "author", HS_GO_TEXT, true, NULL },
	{ "created_by", HS_GO_TEXT, true, NULL },  { "comment", HS_GO_TEXT, true, NULL },
	{ "empty_layer", HS_GO_BOOL, true, NULL }, { 0 },
};

static const struct hs_go_field docker_image[] = {
	{ "id", HS_GO_TEXT, true, NULL },
	{ "comment", HS_GO_TEXT, true, NULL },
	{ "created", HS_GO_TIME, false, NULL },
	{ "container", HS_GO_TEXT, true, NULL },
	{ "container_config", HS_GO_STRUCT, false, run_config },
	{ "docker_version", HS_GO_TEXT, true, NULL },
	{ "author", HS_GO_TEXT, true, NULL },
	{ "config", HS_GO_POINTER, true, run_config },
	{ "architecture", HS_GO_TEXT, true, NULL },
	{ "variant", HS_GO_TEXT, true, NULL },
	{ "os", HS_GO_TEXT, true, NULL },
	{ "Size", HS_GO_INT, true, NULL },
	{ "parent", HS_GO_TEXT, true, NULL },
	{ "rootfs", HS_GO_POINTER, true, rootfs },
	{ "history", HS_GO_STRUCTS, true, history_entry },
	{ "os.version", HS_GO_TEXT, true, NULL },
	{ "os.features", HS_GO_TEXTS, true, NULL },
	{ 0 },
};

static int
read_config(struct hs_go_object *o, const struct hs_go_value **v, struct hs_canonical_form *f,
            struct hs_err *err)
{
	static const char *const needed[] = { "os", "architecture" };

	if (hs_go_json_read(v, f->arena, f->config, true, err) < 0)
		return hs_fail_in(err, "the configuration");
	if (hs_go_object_read(o, f->arena, *v, err) < 0)
		return hs_fail_in(err, "buildah refuses the configuration");
	for (size_t i = 0; i < 2; i++)
		if (!hs_go_cell(o, needed[i])->text.len)
			return hs_fail(err, HS_EUSAGE,
			               "the configuration has no %s: buildah would take that of "
			               "the machine it runs on",
			               needed[i]);
	return 0;
}

static int
set_history(struct hs_canonical_form *f, struct hs_go_object *o, struct hs_err *err)
{
	struct hs_go_cell *history = hs_go_cell(o, "history");
	const size_t n = hs_canonical_with_layer(history);

	if (history->n && n != f->n_layers)
		return hs_fail(err, HS_EUSAGE,
		               "buildah refuses: history lists %zu non-empty layers, but we have "
		               "%zu layers on disk",
		               n, f->n_layers);
	for (size_t i = 0; i < history->n; i++)
		*hs_go_cell(history->objects[i], "created") =
			(struct hs_go_cell){ .there = true, .time = { .seconds = f->how->time } };
	return 0;
}

/* A structure that a pointer may not lead to yet. */
static struct hs_go_object *
pointed(struct hs_canonical_form *f, struct hs_go_object *o, const char *name)
{
	struct hs_go_cell *c = hs_go_cell(o, name);

	if (!c->there) {
		*c = (struct hs_go_cell){ .there = true, .n = 1 };
		c->objects = hs_arena_alloc(f->arena, sizeof(*c->objects));
		c->objects[0] = hs_go_object_new(f->arena, run_config);
	}
	return c->objects[0];
}

static void
set_docker(struct hs_canonical_form *f, struct hs_go_object *o)
{
	struct hs_go_object *config = pointed(f, o, "config");

	hs_go_cell(config, "Hostname")->text = HS_SPAN("sandbox");
	hs_go_cell(config, "Domainname")->text = HS_SPAN("");
	hs_go_cell(o, "container")->text = HS_SPAN("");
	hs_go_cell(o, "docker_version")->text = HS_SPAN("");
	hs_go_cell(o, "container_config")->objects[0] = config;
}

static void
set_rootfs(struct hs_canonical_form *f, struct hs_go_object *o)
{
	struct hs_go_cell *c = hs_go_cell(o, "rootfs");
	struct hs_go_object *fs;

	/* In Docker's structure it is a pointer, and always made anew. */
	fs = hs_go_object_new(f->arena, rootfs);
	if (!f->docker)
		fs = c->objects[0];
	hs_go_cell(fs, "type")->text = HS_SPAN("layers");
	f->n_kept = f->n_layers;
	hs_canonical_put_diff_ids(f, hs_go_cell(fs, "diff_ids"));
	hs_go_cell(fs, "diff_ids")->there = true;
	*c = (struct hs_go_cell){ .there = true, .n = 1 };
	c->objects = hs_arena_alloc(f->arena, sizeof(*c->objects));
	c->objects[0] = fs;
}

int
hs_canonical_buildah(struct hs_go_text *out, struct hs_canonical_form *f, struct hs_err *err)
{
	const struct hs_go_field *fields = f->docker ? docker_image : hs_canonical_oci_image;
	struct hs_go_object *o = hs_go_object_new(f->arena, fields);
	const struct hs_go_value *v, *config;
	int rc = read_config(o, &v, f, err);

	if (rc == 0)
		rc = set_history(f, o, err);
	if (rc < 0)
		return rc;
	*hs_go_cell(o, "created") =
		(struct hs_go_cell){ .there = true, .time = { .seconds = f->how->time } };
	if (f->docker) {
		set_docker(f, o);
		hs_canonical_lose(f, "buildah before 1.41 gives config.Hostname and container at "
		                     "random; this is what later ones make");
	}
	set_rootfs(f, o);
	hs_go_object_write(out, o);
	hs_canonical_lose_members(f, "the configuration", v, fields);
	config = hs_go_member(v, "config");
	for (const struct hs_go_field *c = fields; config && c->name; c++)
		if (strcmp(c->name, "config") == 0)
			hs_canonical_lose_members(f, "the configuration's config", config,
			                          c->fields);
	hs_canonical_lose(f, "buildah leaves the layers and the history of a base image alone; an "
	                     "archive does not tell which they are, so all are rewritten");
	return 0;
}
