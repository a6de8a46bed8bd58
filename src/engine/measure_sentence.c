/* SPDX-License-Identifier: Apache-2.0 */
/* Causes in words: a sentence each, which can stand behind "because". */
#include "engine/measuring.h"

#include "core/escape.h"

#include <inttypes.h>
#include <stdlib.h>

enum {
	MAX_NAME = 120, /* bytes of a name in a sentence */
	MAX_VALUE = 48,
};

static const char *
shown(struct hs_arena *a, struct hs_span s, size_t most)
{
	char text[4 * MAX_NAME];

	hs_escape_short(text, most + 1, s);
	return hs_arena_printf(a, "%s", text);
}

static const char *
shown_value(struct hs_arena *a, bool has, struct hs_span value)
{
	if (!has)
		return "none";
	return value.len ? shown(a, value, 4 * MAX_VALUE) : "empty";
}

const char *
hs_cause_values(struct hs_arena *a, const struct hs_change *c)
{
	if (c->a.len > MAX_VALUE || c->b.len > MAX_VALUE || c->order_only)
		return "";
	return hs_arena_printf(a, "%s in a and %s in b", shown_value(a, c->has_a, c->a),
	                       shown_value(a, c->has_b, c->b));
}

/* "etc/motd", with a number behind a name that comes again. */
static const char *
name_of(struct hs_arena *a, const struct hs_node *node)
{
	const char *name = shown(a, node->name, MAX_NAME);

	return node->occurrence ? hs_arena_printf(a, "%s#%" PRIu32, name, node->occurrence + 1)
	                        : name;
}

/* ---- Of entries ---- */

static const char *
content_words(const struct hs_cause_finding *f, const struct hs_node *node, const char *where)
{
	struct hs_arena *a = f->m->keep;
	const char *fields = hs_cause_fields(f, a, node);
	const char *lines = hs_cause_lines(f, node);

	if (node->a.kind != node->b.kind)
		return hs_arena_printf(a, "%s in %s is a %s in a and a %s in b", name_of(a, node),
		                       where, hs_kind_name(node->a.kind),
		                       hs_kind_name(node->b.kind));
	return hs_arena_printf(a, "%s in %s has %s%s%s%s", name_of(a, node), where,
	                       lines ? lines : "other content", *fields ? " (" : "", fields,
	                       !*fields              ? ""
	                       : strchr(fields, ',') ? " differ too)"
	                                             : " differs too)");
}

static const char *
one_sided_words(const struct hs_cause_finding *f, const struct hs_cause_found *found,
                const char *where)
{
	const struct hs_node *node = found->node;
	const char side = node->status == HS_STATUS_ONLY_A ? 'a' : 'b';
	const char *below = "";

	if (found->n > 1)
		below = hs_arena_printf(f->m->keep, " and %s below it",
		                        found->n == 2 ? "the entry"
		                                      : hs_arena_printf(f->m->keep,
		                                                        "the %" PRIu64 " entries",
		                                                        found->n - 1));
	return hs_arena_printf(f->m->keep, "%s%s in %s %s only in %c", name_of(f->m->keep, node),
	                       below, where, found->n > 1 ? "are" : "is", side);
}

/* "mode of etc/motd in the customer ramdisk is 0644 in a and 0755 in b" */
static const char *
metadata_words(const struct hs_cause_finding *f, const struct hs_cause_found *found,
               const char *where)
{
	struct hs_arena *a = f->m->keep;
	const struct hs_change *c = hs_cause_change(f, found->node, found->node->changes.first);
	const bool one = !hs_cause_change(f, found->node, c->next);
	const char *what = name_of(a, found->node), *like = "", *values = "";

	if (found->n > 1) {
		if (!found->same_values)
			like = hs_arena_printf(a, " (%s and others)", what);
		what = hs_arena_printf(a, "%" PRIu64 " entries", found->n);
	}
	if (one && (found->n == 1 || found->same_values))
		values = hs_cause_values(a, c);
	if (*values)
		return hs_arena_printf(a, "%s of %s in %s is %s", c->field, what, where, values);
	return hs_arena_printf(a, "%s of %s in %s %s%s", hs_cause_fields(f, a, found->node), what,
	                       where, one ? "differs" : "differ", like);
}

static const char *
implied_words(const struct hs_cause_finding *f, const struct hs_cause_found *found,
              const char *where)
{
	const char *name = name_of(f->m->keep, found->node);

	if (found->n == 1)
		return hs_arena_printf(f->m->keep,
		                       "the time of %s in %s, a directory that no layer lists, is "
		                       "that of an extraction, which cannot be made again",
		                       name, where);
	return hs_arena_printf(f->m->keep,
	                       "the times of %" PRIu64
	                       " directories in %s that no layer lists (%s and %" PRIu64
	                       " more) are those of an extraction, which cannot be made again",
	                       found->n, where, name, found->n - 1);
}

const char *
hs_cause_sentence(const struct hs_cause_finding *f, const struct hs_cause_found *found)
{
	struct hs_arena *a = f->m->keep;
	const char *where = hs_measure_section_words(f->m, found->section);

	switch (found->rank) {
	case HS_CAUSE_CONTENT:
		return content_words(f, found->node, where);
	case HS_CAUSE_ONE_SIDED:
		return one_sided_words(f, found, where);
	case HS_CAUSE_MOVED:
		return hs_arena_printf(a, "%s in %s is called %s in a", name_of(a, found->node),
		                       where, shown(a, found->node->moved_from, MAX_NAME));
	case HS_CAUSE_IMPLIED:
		return implied_words(f, found, where);
	case HS_CAUSE_ORDER:
		return hs_arena_printf(a, "the entries of %s stand in another order", where);
	case HS_CAUSE_FORM:
		return hs_arena_printf(a, "bytes of %s that belong to no entry differ (%s)", where,
		                       name_of(a, found->node));
	case HS_CAUSE_METADATA:
	case HS_CAUSE_TIMES:
	case HS_CAUSE_NUMBERS:
		break;
	}
	return metadata_words(f, found, where);
}
