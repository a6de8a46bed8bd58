/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/publish.h"
#include "core/escape.h"
#include "engine/side.h"
#include "pack/pack.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Remarks that are said one by one; of more there is a count. */
enum { MAX_REMARKS = 20 };

/* What is open while one thing is packed. */
struct packing {
	const struct hs_cli *cli;
	struct hs_session session;
	json_t *config;
	struct hs_output output; /* all zero without -o */
	struct hs_arena arena;
	struct hs_packed packed;
};

/* Whether the file would stand in the folder that is packed, and so in the next image of it. */
static bool
is_inside(const char *file, const char *folder)
{
	char *copy = strdup(file), *slash = strrchr(copy, '/'), *whole, *where;
	bool inside = false;

	if (slash)
		slash[slash == copy] = 0;
	where = realpath(slash ? copy : ".", NULL);
	whole = realpath(folder, NULL);
	if (where && whole) {
		const struct hs_span path = hs_span_of(where), root = hs_span_of(whole);

		inside = hs_span_starts(path, root) &&
		         (path.len == root.len || root.len == 1 || path.at[root.len] == '/');
	}
	free(copy);
	free(where);
	free(whole);
	return inside;
}

static int
open_output(struct packing *p, struct hs_err *err)
{
	const char *file = p->cli->out_file;

	if (!file)
		return 0;
	if (hs_output_is_standard(file))
		return hs_output_open(&p->output, file, err);
	if (hs_refuse_operand(p->cli, file, err) < 0)
		return err->code;
	if (p->session.operands[0].dir >= 0 && is_inside(file, p->cli->operands[0]))
		return hs_fail(err, HS_EUSAGE, "-o would write into the directory that is packed");
	return hs_output_open(&p->output, file, err);
}

static int
read_config(struct packing *p, struct hs_err *err)
{
	const char *file = p->cli->config;
	struct hs_operand o;
	int rc;

	if (!file)
		return hs_pack_config_load(&p->config, HS_SPAN(""), err);
	if (hs_operand_open(&o, file, &p->session.run, err) < 0)
		return err->code;
	if (!o.blob || o.blob->bytes.len == 0)
		rc = hs_fail(err, HS_EUSAGE, o.blob ? "it is empty" : "it is a directory");
	else
		rc = hs_pack_config_load(&p->config, o.blob->bytes, err);
	hs_operand_release(&o);
	return rc < 0 ? hs_fail_in_span(err, hs_span_of(file)) : 0;
}

/* What is left out is said, and no reason to fail. */
static void
say_remarks(const struct packing *p)
{
	uint64_t n = 0;

	for (const struct hs_pack_remark *r = p->packed.list.remarks; r; r = r->next) {
		char name[240];

		if (++n > MAX_REMARKS)
			continue;
		hs_escape_short(name, sizeof(name), r->name);
		hs_say_trouble("%s: %s%s%s", hs_shown(p->cli->operands[0]).text, name,
		               *name ? ": " : "", r->text);
	}
	if (n > MAX_REMARKS)
		hs_say_trouble("%s: %" PRIu64 " more remarks", hs_shown(p->cli->operands[0]).text,
		               n - MAX_REMARKS);
}

/* Sees through what only compresses. `content` holds the bytes that `o` speaks of. */
static int
open_tree(struct packing *p, struct hs_opened *o, struct hs_content *content, struct hs_err *err)
{
	struct hs_run *run = &p->session.run;
	struct hs_worker *w = hs_pool_main(run->pool);
	uint64_t depth = 0;

	hs_side_open_operand(o, run, w, &p->session.operands[0]);
	while (o->shape == HS_SHAPE_FILTER && o->tree.n_entries && o->trouble.code == 0) {
		struct hs_content inner;

		if (++depth > run->limits.max_depth)
			return hs_fail(err, HS_ELIMIT,
			               "compressed more than %" PRIu64 " times (--max-depth)",
			               run->limits.max_depth);
		if (hs_tree_open(&inner, &o->tree, &o->tree.entries[0], err) < 0) {
			hs_content_release(&inner);
			return err->code;
		}
		hs_side_release(o);
		hs_content_release(content);
		*content = inner;
		hs_side_open(o, run, w, *content);
	}
	if (o->trouble.code) {
		*err = o->trouble;
		return err->code;
	}
	if (o->view)
		return hs_fail(err, HS_EUSAGE,
		               "it is an image (%s) and not the root file system of one",
		               o->format);
	return 0;
}

static int
pack(struct packing *p, const struct hs_env *env, struct hs_err *err)
{
	const struct hs_pack_order order = {
		.times = { .has_time = p->cli->has_time || env->has_epoch,
		           .time = p->cli->has_time ? p->cli->time : env->epoch },
		.config = p->config,
	};
	struct hs_content content = { 0 };
	struct hs_opened o;
	int rc = open_tree(p, &o, &content, err);

	atomic_store(&p->session.run.stage, "packing");
	if (rc == 0)
		rc = hs_pack(&p->packed, &o.tree, &order, err);
	hs_side_release(&o);
	hs_content_release(&content);
	return rc < 0 ? hs_fail_in_span(err, hs_span_of(p->cli->operands[0])) : 0;
}

static int
write_image(struct packing *p, struct hs_err *err)
{
	const char *file = p->cli->out_file;

	if (!file)
		return 0;
	atomic_store(&p->session.run.stage, "writing");
	if (hs_packed_write(&p->packed, &p->session.run, p->output.out, err) < 0)
		return hs_fail_in_span(err, hs_span_of(file));
	return hs_output_commit(&p->output, file, err);
}

static int
print_digests(const struct packing *p, struct hs_err *err)
{
	char id[HS_SHA256_HEX], diff_id[HS_SHA256_HEX], manifest[HS_SHA256_HEX];
	FILE *out = hs_output_beside(p->cli->out_file);

	fprintf(out,
	        "{\"image_id\": \"sha256:%s\", \"diff_ids\": [\"sha256:%s\"], "
	        "\"manifest_digest\": \"sha256:%s\"}\n",
	        hs_sha256_hex(id, &p->packed.image_id),
	        hs_sha256_hex(diff_id, &p->packed.layer->sha256),
	        hs_sha256_hex(manifest, &p->packed.manifest_digest));
	if (fflush(out) != 0)
		return hs_fail(err, HS_EIO, "%s cannot be written",
		               out == stdout ? "standard output" : "standard error");
	return 0;
}

enum hs_exit
hs_cmd_pack(const struct hs_cli *cli, const struct hs_env *env)
{
	struct packing p = { .cli = cli };
	struct hs_err err;
	int rc;

	p.packed.list.arena = &p.arena;
	rc = hs_session_open(&p.session, cli, env, 1, &err);
	if (rc == 0)
		rc = open_output(&p, &err);
	if (rc == 0)
		rc = read_config(&p, &err);
	if (rc == 0)
		rc = pack(&p, env, &err);
	if (rc == 0)
		rc = write_image(&p, &err);
	hs_progress_stop(&p.session.progress);
	if (rc == 0)
		rc = print_digests(&p, &err);
	if (rc == 0)
		say_remarks(&p);
	hs_output_drop(&p.output);
	hs_packed_release(&p.packed);
	json_decref(p.config);
	hs_session_release(&p.session);
	hs_arena_release(&p.arena);
	return rc < 0 ? hs_say_err(&err) : HS_EXIT_SAME;
}
