/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The lists of users and groups: passwd(5), group(5), shadow(5), gshadow(5)
 * and their backups; an entry a line, its fields parted by colons.
 *
 *	passwd   name:password:uid:gid:comment:home:shell
 *	group    name:password:gid:members
 *	shadow   name:password:changed:min:max:warn:inactive:expires:reserved
 *	gshadow  name:password:administrators:members
 *
 * Each field is the fact "NAME field". Builds differ in the numbers that
 * packages' scripts get in the order in which they run, and in the day of the
 * last change in shadow. The order of entries is "(key order)".
 */
#include "comparators/comparator.h"

#include "comparators/package/deb822_say.h"
#include "comparators/package/file_name.h"
#include "comparators/text/structured.h"
#include "core/encoding.h"

enum { BID = 30, MOST_FIELDS = 8 };

static const struct form {
	const char *base;
	size_t n; /* fields behind the name */
	const char *fields[MOST_FIELDS];
} forms[] = {
	{ "passwd", 6, { "password", "uid", "gid", "comment", "home", "shell" } },
	{ "group", 3, { "password", "gid", "members" } },
	{ "shadow",
	  8,
	  { "password", "changed", "min", "max", "warn", "inactive", "expires", "reserved" } },
	{ "gshadow", 3, { "password", "administrators", "members" } },
};

static size_t
count_colons(struct hs_span line)
{
	size_t n = 0;

	for (size_t i = 0; i < line.len; i++)
		n += line.at[i] == ':';
	return n;
}

/* The number of colons tells the forms apart, but for group and gshadow, whose numbers do. */
static const struct form *
form_of(struct hs_span line)
{
	const size_t n = count_colons(line);
	struct hs_cursor c = { .rest = line };
	const uint8_t *third;

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (forms[i].n != n)
			continue;
		for (size_t colons = 0; colons < 2 && !c.cut;)
			colons += hs_take_be(&c, 1) == ':';
		third = c.rest.at;
		return n == 3 && (c.rest.len == 0 || *third < '0' || *third > '9') ? &forms[3]
		                                                                   : &forms[i];
	}
	return NULL;
}

static struct hs_span
take_field(struct hs_span *rest)
{
	const uint8_t *colon = rest->len ? memchr(rest->at, ':', rest->len) : NULL;
	const struct hs_span out =
		hs_span_head(*rest, colon ? (uint64_t)(colon - rest->at) : rest->len);

	*rest = hs_span_from(*rest, out.len + 1);
	return out;
}

static bool
say_entry(struct hs_structured *s, const struct form *form, struct hs_span line)
{
	struct hs_arena *a = s->say.out->arena;
	struct hs_span rest = line;
	const struct hs_span name = take_field(&rest);
	const char *shown = hs_field_part(a, name);

	if (name.len == 0 || count_colons(line) != form->n)
		return false;
	hs_structured_key(s, name);
	for (size_t i = 0; i < form->n; i++)
		hs_json_say_field(&s->say, hs_arena_printf(a, "%s %s", shown, form->fields[i]),
		                  take_field(&rest));
	return true;
}

static int
accounts_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	const struct form *form = NULL;
	struct hs_structured s;
	struct hs_span rest;
	bool ok = hs_structured_text(&rest, file) && rest.len == file.len;

	if (!ok)
		return hs_fail(err, HS_ENOTMINE, "too large, or not in UTF-8");
	hs_structured_begin(&s, out);
	while (ok && rest.len) {
		const struct hs_span line = hs_deb822_line(&rest);

		form = form ? form : form_of(line);
		ok = form && say_entry(&s, form, line);
	}
	hs_structured_between(&s, hs_span_ends(file, HS_SPAN("\n")) ? HS_SPAN("\n") : HS_SPAN(""),
	                      "");
	hs_structured_end(&s, ok);
	return ok ? 0 : hs_fail(err, HS_ENOTMINE, "not each line is an entry");
}

static unsigned
accounts_bid_named(struct hs_span file, struct hs_span name)
{
	struct hs_span base = hs_name_base(name);

	if (hs_span_ends(base, HS_SPAN("-")))
		base.len--;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (hs_span_is(base, forms[i].base))
			return hs_text_guess(file) ? BID : 0;
	return 0;
}

const struct hs_comparator hs_comparator_accounts = {
	.name = "accounts",
	.about = "passwd, group, shadow, gshadow: each entry by field",
	.known_by = "the names passwd, group, shadow, gshadow, and as many colons in each line",
	.shape = HS_SHAPE_LEAF,
	.bid_named = accounts_bid_named,
	.describe = accounts_describe,
	.render = hs_text_render,
	.by_field = true,
};
