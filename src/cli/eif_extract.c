/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/eif_layout.h"
#include "cli/eif_rootfs.h"
#include "cli/new_folder.h"
#include "cli/session.h"

/* An EIF on its way into a folder. */
struct extraction {
	const struct hs_cli *cli;
	struct hs_session session;
	struct hs_arena arena;
	struct hs_eif_layout layout;
	struct hs_new_folder folder;
	bool cut; /* a section claims more than there is */
};

/* All that is wrong is said, and --lenient goes on: what stands in the file is kept as it is. */
static int
check(struct extraction *x, struct hs_err *err)
{
	const struct hs_eif *eif = &x->layout.eif;
	const char *name = x->cli->operands[0];
	const uint32_t crc = hs_eif_crc(eif->file);
	struct hs_err wrong;

	if (!x->cli->eif.lenient)
		return hs_eif_check(eif, crc, false, err) < 0
		               ? hs_fail_in_span(err, hs_span_of(name))
		               : 0;
	for (size_t i = 0; i < eif->n_problems; i++) {
		const struct hs_eif_problem *p = &eif->problems[i];

		hs_say_trouble("%s: %s (%s)", hs_shown(name).text, p->text, p->code);
	}
	if (hs_eif_crc_problem(&wrong, eif, crc))
		hs_say_trouble("%s: %s (eif-crc)", hs_shown(name).text, wrong.text);
	for (size_t i = 0; i < eif->n_sections; i++)
		x->cut = x->cut || eif->sections[i].data.len < eif->sections[i].size;
	return 0;
}

static int
read_eif(struct extraction *x, struct hs_err *err)
{
	const struct hs_operand *o = &x->session.operands[0];
	int rc;

	if (!o->blob || o->selector.len)
		rc = hs_fail(err, HS_EUSAGE,
		             o->blob ? "there is no such file" : "it is a directory");
	else
		rc = hs_eif_expect(o->blob->bytes, x->cli->eif.lenient, err);
	if (rc == 0)
		rc = hs_eif_read(&x->layout.eif, &x->arena, o->blob->bytes, err);
	if (rc < 0)
		return hs_fail_in_span(err, hs_span_of(x->cli->operands[0]));
	rc = check(x, err);
	if (rc == 0)
		hs_eif_layout_name(&x->layout, &x->arena);
	return rc;
}

static int
write_span(struct extraction *x, const char *name, struct hs_span bytes, struct hs_err *err)
{
	struct hs_pieces one = { .arena = &x->arena };

	hs_pieces_add(&one, bytes);
	return hs_new_folder_write(&x->folder, name, &one, err);
}

static int
write_parts(struct extraction *x, struct hs_err *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < x->layout.n_parts; i++) {
		rc = write_span(x, x->layout.parts[i].file, x->layout.parts[i].data, err);
		if (rc == 0)
			rc = hs_run_check(&x->session.run, err);
	}
	return rc < 0 ? rc
	              : write_span(x, "layout.json", hs_eif_layout_write(&x->arena, &x->layout),
	                           err);
}

static int
write_rootfs(struct extraction *x, struct hs_err *err)
{
	struct hs_blob *tar = NULL;
	int rc = hs_eif_rootfs(&tar, &x->session.run, &x->layout.eif, err);

	if (rc < 0)
		return hs_fail_in_span(err, hs_span_of(x->cli->operands[0]));
	rc = write_span(x, "rootfs.tar", tar->bytes, err);
	hs_blob_unref(tar);
	return rc;
}

enum hs_exit
hs_cmd_eif_extract(const struct hs_cli *cli, const struct hs_env *env)
{
	struct extraction x = { .cli = cli, .folder.fd = -1 };
	struct hs_err err;
	int rc = hs_session_open(&x.session, cli, env, 1, &err);

	if (rc == 0)
		rc = read_eif(&x, &err);
	if (rc == 0)
		rc = hs_new_folder_open(&x.folder, cli->operands[1], &err);
	atomic_store(&x.session.run.stage, "writing");
	if (rc == 0)
		rc = cli->eif.rootfs ? write_rootfs(&x, &err) : write_parts(&x, &err);
	if (rc == 0)
		hs_new_folder_keep(&x.folder);
	hs_new_folder_drop(&x.folder);
	hs_session_release(&x.session);
	hs_arena_release(&x.arena);
	/* Nothing was written of what was read in part: it counts as not read. */
	if (rc == HS_EFORMAT)
		err.code = HS_EUSAGE;
	if (rc < 0)
		return hs_say_err(&err);
	return x.cut ? HS_EXIT_INCOMPLETE : HS_EXIT_SAME;
}
