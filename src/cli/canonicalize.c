/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/canonicalize.h"

#include "cli/commands.h"
#include "core/escape.h"
#include "engine/side.h"
#include "image/images.h"

#include <inttypes.h>
#include <sys/stat.h>

/* What stands behind the filters of the operand: an image archive, or a bare layer. */
struct subject {
	struct hs_opened *side;
	struct hs_content content; /* of it, where a filter was opened for it */
	struct hs_opened sides[2]; /* one of them is `side`; an opened side cannot be moved */
};

/* The one entry of a filter that could be read. */
static int
open_wrapped(struct hs_content *out, const struct hs_opened *filter, struct hs_err *err)
{
	*out = (struct hs_content){ 0 };
	if (filter->trouble.code) {
		*err = filter->trouble;
		return err->code;
	}
	if (filter->tree.n_entries == 0)
		return hs_fail(err, HS_EFORMAT, "nothing is compressed in it");
	return hs_tree_open(out, &filter->tree, &filter->tree.entries[0], err);
}

static int
open_subject(struct subject *s, struct hs_canonicalize *c, struct hs_err *err)
{
	struct hs_run *run = &c->session.run;
	struct hs_worker *w = hs_pool_main(run->pool);
	uint64_t depth = 0;

	s->side = &s->sides[0];
	hs_side_open_operand(s->side, run, w, &c->session.operands[0]);
	while (s->side->row && s->side->shape == HS_SHAPE_FILTER) {
		struct hs_opened *next = &s->sides[s->side == &s->sides[0]];
		struct hs_content content;
		int rc = open_wrapped(&content, s->side, err);

		if (rc == 0 && ++depth > run->limits.max_depth)
			rc = hs_fail(err, HS_ELIMIT, "more than %" PRIu64 " filters (--max-depth)",
			             run->limits.max_depth);
		if (rc < 0) {
			hs_content_release(&content);
			return rc;
		}
		hs_side_open(next, run, w, content);
		hs_side_release(s->side);
		hs_content_release(&s->content);
		s->content = content;
		s->side = next;
	}
	if (s->side->trouble.code) {
		*err = s->side->trouble;
		return err->code;
	}
	return 0;
}

static void
release_subject(struct subject *s)
{
	hs_side_release(s->side);
	hs_content_release(&s->content);
}

/* How each image can be asked for, as a list for a sentence. */
static const char *
selectors(struct hs_arena *a, struct hs_images images)
{
	const size_t most = 12;
	const char *out = "";

	for (size_t i = 0; i < images.n && i < most; i++) {
		const struct hs_image_info *info = &images.list[i];
		const bool both = info->ref.len && info->platform.len;
		char ref[120], platform[60];

		hs_escape_short(ref, sizeof(ref), info->ref);
		hs_escape_short(platform, sizeof(platform), info->platform);
		out = hs_arena_printf(a, "%s%s@%s%s%s", out, i ? ", " : "", ref, both ? "@" : "",
		                      platform);
	}
	return images.n > most ? hs_arena_printf(a, "%s and %zu more", out, images.n - most) : out;
}

static int
make_from(struct hs_canonicalize *c, const struct subject *s, struct hs_err *err)
{
	const struct hs_images images = hs_images_of(&s->side->tree);

	if (images.n > 1)
		return hs_fail(err, HS_EUSAGE,
		               "it holds %zu images, of which one is to be chosen: %s", images.n,
		               selectors(&c->arena, images));
	if (images.n == 1)
		return hs_canonicalize_image(c, &s->side->tree, &images.list[0], err);
	if (s->side->view)
		return hs_fail(err, HS_EUSAGE, "no image is in this %s", s->side->format);
	if (strcmp(s->side->format, "tar") != 0)
		return hs_fail(err, HS_EUSAGE, "it is neither an image nor a layer: no tar");
	return hs_canonicalize_layer(c, s->side->bytes, err);
}

static int
refuse_overwriting(const struct hs_canonicalize *c, struct hs_err *err)
{
	const struct hs_operand *in = &c->session.operands[0];
	struct stat out;

	if (stat(c->cli->out_file, &out) == 0 && S_ISREG(out.st_mode) &&
	    out.st_dev == in->st.st_dev && out.st_ino == in->st.st_ino)
		return hs_fail(err, HS_EUSAGE, "-o would overwrite the operand");
	return 0;
}

static int
run(struct hs_canonicalize *c, const struct hs_env *env, struct hs_err *err)
{
	struct subject s = { 0 };
	int rc = hs_session_open(&c->session, c->cli, env, 1, err);

	if (rc < 0)
		return rc;
	if (c->cli->out_file)
		rc = refuse_overwriting(c, err);
	if (rc == 0 && c->cli->out_file) {
		rc = hs_output_open(&c->output, c->cli->out_file, err);
		if (rc < 0)
			return rc;
	}
	if (rc == 0) {
		c->session.run.stage = "reading";
		rc = open_subject(&s, c, err);
		if (rc == 0)
			rc = make_from(c, &s, err);
		release_subject(&s);
	}
	hs_progress_stop(&c->session.progress);
	return rc < 0 ? hs_fail_in_span(err, hs_span_of(c->cli->operands[0])) : 0;
}

static int
take_form(struct hs_canon *how, const struct hs_cli *cli, const struct hs_env *env,
          struct hs_err *err)
{
	if (!cli->like || !hs_like_find(&how->like, cli->like))
		return hs_fail(err, HS_EUSAGE,
		               "--like TOOL is needed: ggcr, buildkit, buildah or stabilize");
	how->has_time = cli->has_time;
	how->time = cli->time;
	/* Without --time ggcr is mutate.Canonical(): the environment is not to make it another. */
	if (!cli->has_time && env->has_epoch && how->like != HS_LIKE_GGCR) {
		how->has_time = true;
		how->time = env->epoch;
	}
	if (hs_like_needs_time(how->like) && !how->has_time)
		return hs_fail(err, HS_EUSAGE, "--like %s needs --time EPOCH or $SOURCE_DATE_EPOCH",
		               cli->like);
	return 0;
}

/* Damage too is trouble here: unlike a comparison, half an image is of no use. */
static enum hs_exit
nothing_made(const struct hs_err *err)
{
	hs_say_trouble("%s", err->text);
	return HS_EXIT_TROUBLE;
}

enum hs_exit
hs_cmd_canonicalize(const struct hs_cli *cli, const struct hs_env *env)
{
	struct hs_canonicalize c = { .cli = cli };
	struct hs_err err;
	int rc;

	if (take_form(&c.how, cli, env, &err) < 0)
		return nothing_made(&err);
	rc = run(&c, env, &err);
	if (rc == 0 && cli->out_file)
		rc = hs_output_commit(&c.output, cli->out_file, &err);
	for (size_t i = 0; i < c.n_losses; i++)
		hs_say_trouble("%s", c.losses[i]);
	if (rc == 0 && (cli->print || !cli->out_file))
		fputs(c.json, stdout);
	if (rc == 0 && c.note)
		hs_say_trouble("%s", c.note);
	hs_output_drop(&c.output);
	hs_session_release(&c.session);
	hs_arena_release(&c.arena);
	return rc < 0 ? nothing_made(&err) : HS_EXIT_SAME;
}
