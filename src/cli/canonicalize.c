/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/canonicalize.h"

#include "cli/commands.h"
#include "engine/side.h"
#include "image/select.h"

#include <sys/stat.h>

static int
make_from(struct hs_canonicalize *c, const struct hs_opened *side, struct hs_err *err)
{
	const struct hs_images images = hs_images_of(&side->tree);

	if (side->trouble.code) {
		*err = side->trouble;
		return err->code;
	}
	if (images.n > 1)
		return hs_fail(err, HS_EUSAGE,
		               "it holds %zu images, of which one is to be chosen: %s", images.n,
		               hs_image_selectors(&c->arena, images));
	if (images.n == 1)
		return hs_canonicalize_image(c, &side->tree, &images.list[0], err);
	if (side->view)
		return hs_fail(err, HS_EUSAGE, "no image is in this %s", side->format);
	if (strcmp(side->format, "tar") != 0)
		return hs_fail(err, HS_EUSAGE, "it is neither an image nor a layer: no tar");
	return hs_canonicalize_layer(c, side->bytes, err);
}

static int
refuse_overwriting(const struct hs_canonicalize *c, struct hs_err *err)
{
	const struct hs_operand *in = &c->session.operands[0];
	struct stat out;

	if (!hs_output_is_standard(c->cli->out_file) && stat(c->cli->out_file, &out) == 0 &&
	    S_ISREG(out.st_mode) && out.st_dev == in->st.st_dev && out.st_ino == in->st.st_ino)
		return hs_fail(err, HS_EUSAGE, "-o would overwrite the operand");
	return 0;
}

static int
run(struct hs_canonicalize *c, const struct hs_env *env, struct hs_err *err)
{
	struct hs_opened side;
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
		hs_side_open_operand(&side, &c->session.run, hs_pool_main(c->session.run.pool),
		                     &c->session.operands[0]);
		rc = make_from(c, &side, err);
		hs_side_release(&side);
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
	/* Where a form is one without a time too (mutate.Canonical()), the environment is not to
	 * make it another. */
	if (!cli->has_time && env->has_epoch && hs_like_needs_time(how->like)) {
		how->has_time = true;
		how->time = env->epoch;
	}
	if (hs_like_needs_time(how->like) && !how->has_time)
		return hs_fail(err, HS_EUSAGE, "--like %s needs --time EPOCH or $SOURCE_DATE_EPOCH",
		               cli->like);
	return 0;
}

enum hs_exit
hs_cmd_canonicalize(const struct hs_cli *cli, const struct hs_env *env)
{
	struct hs_canonicalize c = { .cli = cli };
	struct hs_err err;
	int rc;

	if (take_form(&c.how, cli, env, &err) < 0)
		return hs_say_err(&err);
	rc = run(&c, env, &err);
	if (rc == 0 && cli->out_file)
		rc = hs_output_commit(&c.output, cli->out_file, &err);
	for (size_t i = 0; i < c.n_losses; i++)
		hs_say_trouble("%s", c.losses[i]);
	if (rc == 0 && (cli->print || !cli->out_file))
		fputs(c.json, hs_output_beside(cli->out_file));
	if (rc == 0 && c.note)
		hs_say_trouble("%s", c.note);
	hs_output_drop(&c.output);
	hs_session_release(&c.session);
	hs_arena_release(&c.arena);
	return rc < 0 ? hs_say_err(&err) : HS_EXIT_SAME;
}
