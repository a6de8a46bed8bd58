/* SPDX-License-Identifier: Apache-2.0 */
/* --list-formats: what is opened, how it is recognised, and who reads it. */
#include "cli/formats.h"

#include "cli/help.h"
#include "cli/output.h"
#include "comparators/comparator.h"
#include "core/version.h"
#include "image/view.h"
#include "sinks/json_write.h"

#include <string.h>

#define FORMAT_VERSION "1.0.0"

enum { INDENT = 18 };

/* The next of the names that ", " separates; an empty one past the last. */
static struct hs_span
next_name(const char **list)
{
	const struct hs_span name = { (const uint8_t *)*list, strcspn(*list, ",") };

	*list += name.len;
	*list += strspn(*list, ", ");
	return name;
}

/* Looks at each library of the format: what is missing is said of it. */
static void
judge(struct hs_format *f, const struct hs_library all[HS_N_LIBRARIES])
{
	const char *rest = f->libraries ? f->libraries : "";

	f->reader = *rest ? HS_READER_LIBRARY : HS_READER_BUILT_IN;
	while (*rest) {
		const struct hs_library *l = hs_library_find(all, next_name(&rest));
		const size_t used = strlen(f->why);

		if (!l || l->built)
			continue;
		if (!l->replaced)
			f->reader = HS_READER_NOT_BUILT;
		snprintf(f->why + used, sizeof(f->why) - used, "%sbuilt without %s: %s",
		         used ? "; " : "", l->name, l->without);
	}
}

bool
hs_format_at(struct hs_format *out, size_t i, const struct hs_library all[HS_N_LIBRARIES])
{
	const struct hs_comparator *c;
	const struct hs_view *v;
	size_t n_rows = 0;

	*out = (struct hs_format){ 0 };
	while (n_rows < i && hs_comparator_at(n_rows))
		n_rows++;
	c = hs_comparator_at(n_rows);
	if (c) {
		*out = (struct hs_format){
			.name = c->name,
			.about = c->about,
			.known_by = c->known_by,
			.libraries = c->library,
		};
	} else {
		v = hs_view_at(i - n_rows);
		if (!v)
			return false;
		*out = (struct hs_format){
			.name = v->name,
			.about = v->about,
			.known_by = v->known_by,
			.of_members = true,
		};
	}
	judge(out, all);
	return true;
}

static void
print_line(FILE *out, const char *head, const char *label, const char *text)
{
	fprintf(out, "%-*s %s", INDENT - 1, head, label);
	hs_help_print_wrapped(out, INDENT + strlen(label), INDENT, text);
}

void
hs_formats_print_text(FILE *out)
{
	struct hs_library all[HS_N_LIBRARIES];
	struct hs_format f;

	hs_libraries(all);
	for (size_t i = 0; hs_format_at(&f, i, all); i++) {
		print_line(out, f.name, "", f.about);
		if (f.known_by)
			print_line(out, "", "known by: ", f.known_by);
		if (f.why[0])
			print_line(out, "", "", f.why);
		else if (f.libraries)
			print_line(out, "", "read with: ", f.libraries);
	}
}

static void
put_word(struct hs_json *j, const char *key, const char *word)
{
	hs_json_key(j, key);
	if (word && *word)
		hs_json_text(j, hs_span_of(word));
	else
		hs_json_null(j);
}

static void
put_head(struct hs_json *j)
{
	put_word(j, "$schema", "hashoscope-formats-1.0.schema.json");
	hs_json_key(j, "format");
	hs_json_open(j, '{');
	put_word(j, "name", "hashoscope-formats");
	put_word(j, "version", FORMAT_VERSION);
	hs_json_close(j, '}');
	hs_json_key(j, "tool");
	hs_json_open(j, '{');
	put_word(j, "name", "hashoscope");
	put_word(j, "version", hs_version());
	hs_json_close(j, '}');
}

static void
put_format(struct hs_json *j, const struct hs_format *f)
{
	static const char *const readers[] = {
		[HS_READER_BUILT_IN] = "built-in",
		[HS_READER_LIBRARY] = "library",
		[HS_READER_NOT_BUILT] = "not-built",
	};
	const char *rest = f->libraries ? f->libraries : "";

	hs_json_break(j);
	hs_json_open(j, '{');
	put_word(j, "name", f->name);
	put_word(j, "about", f->about);
	put_word(j, "known_by", f->known_by);
	put_word(j, "found_in", f->of_members ? "members" : "bytes");
	put_word(j, "reader", readers[f->reader]);
	hs_json_key(j, "libraries");
	hs_json_open(j, '[');
	while (*rest)
		hs_json_text(j, next_name(&rest));
	hs_json_close(j, ']');
	put_word(j, "why", f->why);
	hs_json_close(j, '}');
}

static void
put_library(struct hs_json *j, const struct hs_library *l)
{
	hs_json_break(j);
	hs_json_open(j, '{');
	put_word(j, "name", l->name);
	hs_json_key(j, "built");
	hs_json_bool(j, l->built);
	put_word(j, "version", l->version);
	put_word(j, "without", l->without);
	hs_json_close(j, '}');
}

void
hs_formats_print_json(FILE *out)
{
	struct hs_library all[HS_N_LIBRARIES];
	struct hs_json j = { .out = out };
	struct hs_format f;

	hs_libraries(all);
	hs_json_open(&j, '{');
	put_head(&j);
	hs_json_key(&j, "formats");
	hs_json_open(&j, '[');
	for (size_t i = 0; hs_format_at(&f, i, all); i++)
		put_format(&j, &f);
	hs_json_break(&j);
	hs_json_close(&j, ']');
	hs_json_key(&j, "libraries");
	hs_json_open(&j, '[');
	for (size_t i = 0; i < HS_N_LIBRARIES; i++)
		put_library(&j, &all[i]);
	hs_json_break(&j);
	hs_json_close(&j, ']');
	hs_json_close(&j, '}');
	fputc('\n', out);
}

static void
print_as(FILE *out, const char *format)
{
	if (strcmp(format, "json") == 0)
		hs_formats_print_json(out);
	else
		hs_formats_print_text(out);
}

enum hs_exit
hs_formats(const struct hs_cli *cli)
{
	struct hs_output file;
	struct hs_err err;

	for (size_t i = 0; i < cli->n_outputs; i++) {
		const struct hs_output_choice *o = &cli->outputs[i];

		if (!o->file) {
			print_as(stdout, o->format);
			continue;
		}
		if (hs_output_open(&file, o->file, &err) < 0)
			return hs_say_err(&err);
		print_as(file.out, o->format);
		if (hs_output_commit(&file, o->file, &err) < 0)
			return hs_say_err(&err);
	}
	return HS_EXIT_SAME;
}
