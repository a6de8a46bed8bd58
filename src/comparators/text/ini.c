/* SPDX-License-Identifier: Apache-2.0 */
/*
 * INI files and their kin: units of systemd (systemd.syntax(7)), desktop
 * entries, .repo of yum, setup.cfg (Python's configparser), os-release(5).
 *
 *	# comment, ; comment
 *	[section]
 *	key = value          "key: value" too where no "=" is in the line
 *	key                  by itself, as MySQL has them
 *	 more                a line that begins with a blank goes on with the value
 *	key=a \              and so does the one behind a backslash
 *
 * Each key is the fact "[section] key", said as often as it stands there;
 * "section" lists the sections. A .conf is any language's, and is read only
 * where sections come first. A line that is none of these leaves the file to
 * text.
 *
 * Builds differ in what is filled in, in the order that hash tables give, and
 * in blanks around "=": "(key order)", "(formatting)", "(notation)".
 */
#include "comparators/comparator.h"

#include "comparators/package/deb822.h"
#include "comparators/package/file_name.h"
#include "comparators/text/structured.h"
#include "core/encoding.h"
#include "core/escape.h"
#include "core/limits.h"

enum { BID = 26, BASE_BID = 27, MOST_KEY = 256 };

struct reader {
	struct hs_structured *s;
	struct hs_facts *out;
	struct hs_span section;
	const char *field; /* of the value at hand; NULL where none is open */
	struct hs_span value;
	bool goes_on; /* a backslash stood at its end */
	size_t sections, keys;
};

static void
say_value(struct reader *r)
{
	if (r->field)
		hs_json_say_field(&r->s->say, r->field, r->value);
	r->field = NULL;
	r->goes_on = false;
}

/* Notes the blanks around the part of the line. */
static void
note_around(struct reader *r, struct hs_span line, struct hs_span part)
{
	const size_t front = part.len ? (size_t)(part.at - line.at) : 0;

	hs_structured_between(r->s, hs_span_head(line, front), "");
	hs_structured_note(r->s, HS_SPAN("v"));
	hs_structured_between(r->s, hs_span_from(line, front + part.len), "");
}

static bool
is_name(struct hs_span s)
{
	if (s.len == 0 || s.len > MOST_KEY)
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] < ' ' || s.at[i] == 0x7f)
			return false;
	return true;
}

static bool
take_section(struct reader *r, struct hs_span line, struct hs_span text)
{
	const struct hs_span name = hs_span_head(hs_span_from(text, 1), text.len - 2);

	if (!hs_span_ends(text, HS_SPAN("]")) || !is_name(name))
		return false;
	say_value(r);
	note_around(r, line, text);
	hs_structured_key(r->s, text);
	hs_json_say_field(&r->s->say, "section", name);
	r->section = hs_arena_join(r->out->arena, hs_escape(r->out->arena, text), HS_SPAN(" "));
	r->sections++;
	return true;
}

/* Opens the value of a line; a key alone has no blanks. */
static bool
take_key(struct reader *r, struct hs_span line, struct hs_span text)
{
	struct hs_arena *a = r->out->arena;
	const uint8_t *mark = memchr(text.at, '=', text.len);
	struct hs_span key = text, value = HS_SPAN("");

	if (!mark)
		mark = memchr(text.at, ':', text.len);
	if (mark) {
		key = hs_deb822_trim(hs_span_head(text, (uint64_t)(mark - text.at)));
		value = hs_deb822_trim(hs_span_from(text, (uint64_t)(mark - text.at) + 1));
	}
	if (!is_name(key) || (!mark && (r->sections == 0 || memchr(key.at, ' ', key.len))))
		return false;
	say_value(r);
	note_around(r, mark ? hs_span_head(line, (uint64_t)(mark - line.at)) : line, key);
	hs_structured_note(r->s, mark ? (struct hs_span){ mark, 1 } : HS_SPAN(""));
	if (mark)
		note_around(r, hs_span_from(line, (uint64_t)(mark - line.at) + 1), value);
	r->field = (const char *)hs_arena_join(a, r->section, hs_escape(a, key)).at;
	hs_structured_key(r->s, hs_span_of(r->field));
	r->value = value;
	r->goes_on = hs_span_ends(value, HS_SPAN("\\"));
	r->keys++;
	return true;
}

/* Each line copies those before it: past HS_MAX_NAME bytes it is no longer a value. */
static bool
take_more(struct reader *r, struct hs_span line, struct hs_span text)
{
	struct hs_arena *a = r->out->arena;

	if (r->value.len > HS_MAX_NAME)
		return false;
	note_around(r, line, text);
	r->goes_on = hs_span_ends(text, HS_SPAN("\\"));
	r->value = hs_arena_join(a, hs_arena_join(a, r->value, HS_SPAN("\n")), text);
	return true;
}

static bool
take_line(struct reader *r, struct hs_span line)
{
	const struct hs_span text = hs_deb822_trim(line);

	if (r->goes_on && text.len)
		return take_more(r, line, text);
	if (text.len == 0) {
		say_value(r);
		hs_structured_between(r->s, line, "");
		hs_structured_between(r->s, HS_SPAN("\n"), "");
		return true;
	}
	if (text.at[0] == '#' || text.at[0] == ';') {
		hs_json_say_field(&r->s->say, "comment", text);
		note_around(r, line, text);
		return true;
	}
	if (text.at != line.at && r->field)
		return take_more(r, line, text);
	return text.at[0] == '[' ? take_section(r, line, text) : take_key(r, line, text);
}

static int
read_ini(struct reader *r, struct hs_span text, struct hs_err *err)
{
	size_t n = 0;

	while (text.len) {
		const uint8_t *end = memchr(text.at, '\n', text.len);
		const size_t len = end ? (size_t)(end - text.at) : text.len;

		n++;
		if (r->keys > HS_MAX_STRUCTURED_VALUES || !take_line(r, hs_span_head(text, len)))
			return hs_fail(err, HS_ENOTMINE, "line %zu is not of an INI file", n);
		if (!end)
			hs_structured_between(r->s, HS_SPAN(" "), "");
		text = hs_span_from(text, len + 1);
	}
	say_value(r);
	if (r->keys + r->sections == 0)
		return hs_fail(err, HS_ENOTMINE, "no section and no key");
	return 0;
}

static int
ini_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_structured s;
	struct reader r = { .s = &s, .out = out };
	struct hs_span text;
	int rc;

	if (!hs_structured_text(&text, file) || memchr(text.at, 0, text.len))
		return hs_fail(err, HS_ENOTMINE, "too large, or not in UTF-8");
	hs_structured_begin(&s, out);
	hs_structured_note(&s, text.len == file.len ? HS_SPAN("") : HS_SPAN("mark"));
	rc = read_ini(&r, text, err);
	hs_structured_end(&s, rc == 0);
	return rc;
}

/* Whether the first line that is no comment opens a section. */
static bool
begins_with_section(struct hs_span file)
{
	struct hs_span rest = hs_span_head(file, 64 * 1024);

	while (rest.len) {
		const struct hs_span line = hs_deb822_trim(hs_deb822_line(&rest));

		if (line.len && line.at[0] != '#' && line.at[0] != ';')
			return line.at[0] == '[' && hs_span_ends(line, HS_SPAN("]"));
	}
	return false;
}

static unsigned
ini_bid_named(struct hs_span file, struct hs_span name)
{
	static const char *const keyed[] = { "ini", "cfg", "env" };
	static const char *const sectioned[] = {
		"conf",    "service", "timer",  "socket",    "mount",     "automount",
		"swap",    "target",  "path",   "slice",     "scope",     "nspawn",
		"network", "netdev",  "link",   "desktop",   "repo",      "pod",
		"volume",  "theme",   "policy", "directory", "container",
	};
	static const char *const bases[] = { "os-release", "lsb-release" };
	const size_t n = sizeof(sectioned) / sizeof(sectioned[0]);

	if (hs_text_guess(file) == 0)
		return 0;
	for (size_t i = 0; i < sizeof(bases) / sizeof(bases[0]); i++)
		if (hs_span_is(hs_name_base(name), bases[i]))
			return BASE_BID;
	if (hs_name_extension(name, keyed, sizeof(keyed) / sizeof(keyed[0])))
		return BID;
	return hs_name_extension(name, sectioned, n) && begins_with_section(file) ? BID : 0;
}

static unsigned
ini_bid(struct hs_span file)
{
	return hs_span_starts(file, HS_SPAN("[Desktop Entry]\n")) ||
	                       hs_span_starts(file, HS_SPAN("[Unit]\n"))
	               ? BID
	               : 0;
}

const struct hs_comparator hs_comparator_ini = {
	.name = "ini",
	.about = "INI files, units of systemd, desktop entries, os-release: by section and key",
	.known_by = "\"[Unit]\" or \"[Desktop Entry]\" at 0, or a name in .ini, .cfg, .env, "
		    ".conf, .service and the like, os-release, and each line of that form",
	.shape = HS_SHAPE_LEAF,
	.bid = ini_bid,
	.bid_named = ini_bid_named,
	.describe = ini_describe,
	.render = hs_text_render,
	.by_field = true,
};
