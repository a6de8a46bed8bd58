/* SPDX-License-Identifier: Apache-2.0 */
#include "compared.h"

#include "build_cpio.h"
#include "core/escape.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

static struct hs_operand
operand_of(const char *name, struct hs_span bytes)
{
	const struct hs_span copy = exact_copy(bytes, bytes.len);

	return (struct hs_operand){
		.name = name,
		.blob = hs_blob_of_heap((void *)(uintptr_t)copy.at, copy.len),
		.dir = -1,
	};
}

static void
begin(struct compared *c, const struct hs_limits *limits)
{
	static const struct hs_limits usual = HS_LIMITS_DEFAULT;

	*c = (struct compared){ 0 };
	hs_run_init(&c->run, limits ? limits : &usual, 3, NULL);
}

void
compared_init(struct compared *c, struct hs_span a, struct hs_span b,
              const struct hs_compare_options *options, const struct hs_limits *limits)
{
	begin(c, limits);
	c->a = operand_of("a", a);
	c->b = operand_of("b", b);
	hs_compare(&c->report, &c->run, &c->a, &c->b, options);
}

void
inspected_init(struct compared *c, struct hs_span x, const struct hs_limits *limits)
{
	begin(c, limits);
	c->a = operand_of("x", x);
	c->b = (struct hs_operand){ .dir = -1 };
	hs_inspect(&c->report, &c->run, &c->a, NULL);
}

void
compared_release(struct compared *c)
{
	hs_report_release(&c->report);
	hs_operand_release(&c->a);
	hs_operand_release(&c->b);
	hs_run_release(&c->run);
	hs_arena_release(&c->arena);
}

static void
print_node(FILE *out, struct hs_arena *a, const struct hs_node *n)
{
	static const char *const view[] = { "", " text", " hex" };

	fprintf(out, "%s ", hs_status_name(n->status));
	hs_escape_write(out, hs_node_path(a, n));
	if (n->moved_from.len) {
		fputs(" from ", out);
		hs_escape_write(out, n->moved_from);
	}
	fprintf(out, " [%s %s]", n->a.present ? n->a.format : "-",
	        n->b.present ? n->b.format : "-");
	for (const struct hs_change *c = n->changes.first; c; c = c->next) {
		fprintf(out, " %s:", c->field);
		hs_escape_write(out, c->has_a ? c->a : HS_SPAN("-"));
		fputc('>', out);
		hs_escape_write(out, c->has_b ? c->b : HS_SPAN("-"));
		fputc(';', out);
	}
	for (const struct hs_note *note = n->notes; note; note = note->next)
		fprintf(out, " {%s%s%.1s}", note->damage ? "*" : "", note->code,
		        note->side ? &note->side : "");
	fprintf(out, "%s\n", view[n->view]);
}

const char *
compared_text(struct compared *c)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	const char *kept;

	assert_non_null(out);
	for (const struct hs_node *n = c->report.root; n; n = hs_node_next(n))
		print_node(out, &c->arena, n);
	fclose(out);
	kept = hs_arena_printf(&c->arena, "%s", text);
	free(text);
	return kept;
}

void
check_compared(struct hs_span a, struct hs_span b, const char *want)
{
	struct compared c;

	compared_init(&c, a, b, NULL, NULL);
	assert_string_equal(compared_text(&c), want);
	compared_release(&c);
}

struct hs_span
cpio_of(struct hs_arena *a, const char *words)
{
	struct build_cpio b = { .out.arena = a, .dialect = HS_CPIO_NEWC };
	char *text = hs_arena_printf(a, "%s", words), *save = NULL;

	for (char *w = strtok_r(text, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
		char *content = strchr(w, '=');
		const size_t len = strlen(w);
		struct build_cpio_member m = { .name = w, .mode = 0100644, .nlink = 1 };

		if (content) {
			*content++ = 0;
			m.data = hs_span_of(content);
		} else if (len && w[len - 1] == '/') {
			w[len - 1] = 0;
			m.mode = 040755;
		}
		build_cpio_add(&b, &m);
	}
	build_cpio_end(&b);
	return b.out.bytes;
}
