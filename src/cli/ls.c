/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/session.h"
#include "core/escape.h"
#include "core/tree.h"

#include <inttypes.h>

struct listing {
	const struct hs_cli *cli;
	struct hs_arena arena; /* of one entry at a time */
};

/* The value of a fact, or "-"; escaped, for a damaged header may say anything. */
static struct hs_span
value_of(struct hs_arena *a, const struct hs_facts *facts, const char *field)
{
	const struct hs_fact *fact = hs_facts_find(facts, field);

	return fact ? hs_escape(a, fact->value) : HS_SPAN("-");
}

static void
print_column(struct hs_span s, int width)
{
	fwrite(s.at, 1, s.len, stdout);
	printf("%*s ", s.len < (size_t)width ? width - (int)s.len : 0, "");
}

static void
print_long(struct listing *l, const struct hs_visit *v)
{
	struct hs_facts facts = { .arena = &l->arena };

	hs_tree_describe(&facts, v->tree, v->entry);
	print_column(hs_span_of(hs_kind_name(v->entry->kind)), 9);
	print_column(value_of(&l->arena, &facts, "mode"), 6);
	printf("%12" PRIu64 " ", v->entry->size);
	print_column(value_of(&l->arena, &facts, "mtime"), 30);
}

static int
print_entry(void *ctx, const struct hs_visit *v, struct hs_err *err)
{
	struct listing *l = ctx;
	const struct hs_arena_mark mark = hs_arena_mark(&l->arena);

	if (!v->entry)
		return 0;
	if (l->cli->long_form)
		print_long(l, v);
	if (l->cli->null_ended) {
		fwrite(v->path.at, 1, v->path.len, stdout);
		putchar(0);
	} else {
		hs_escape_write(stdout, v->path);
		if (l->cli->long_form && v->entry->link.len) {
			fputs(" -> ", stdout);
			hs_escape_write(stdout, v->entry->link);
		}
		putchar('\n');
	}
	hs_arena_rewind(&l->arena, mark);
	return ferror(stdout) ? hs_fail(err, HS_EIO, "standard output cannot be written") : 0;
}

enum hs_exit
hs_cmd_ls(const struct hs_cli *cli, const struct hs_env *env)
{
	struct listing l = { .cli = cli };
	const struct hs_visitor visitor = { print_entry, &l };
	const char *path = cli->n_operands > 1 ? cli->operands[1] : "";
	struct hs_session s;
	struct hs_err err;
	int rc = hs_session_open(&s, cli, env, 1, &err);

	if (rc == 0) {
		rc = hs_list(&s.run, &s.operands[0], hs_span_of(path), &visitor, &err);
		hs_progress_stop(&s.progress);
		if (rc < 0 && !ferror(stdout))
			hs_fail_in_span(&err, hs_span_of(cli->operands[0]));
	}
	hs_session_release(&s);
	hs_arena_release(&l.arena);
	return rc < 0 ? hs_say_err(&err) : HS_EXIT_SAME;
}
