/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/package/rpm_depends.h"

#include <inttypes.h>
#include <stdio.h>

/* Three lists that are one. */
struct group {
	uint32_t name, flags, version;
	const char *word;
};

static const struct group groups[] = {
	{ 1047, 1112, 1113, "Provides" },    { 1049, 1048, 1050, "Requires" },
	{ 1054, 1053, 1055, "Conflicts" },   { 1066, 1068, 1067, "Trigger" },
	{ 1090, 1114, 1115, "Obsoletes" },   { 5035, 5037, 5036, "Order" },
	{ 5046, 5048, 5047, "Recommends" },  { 5049, 5051, 5050, "Suggests" },
	{ 5052, 5054, 5053, "Supplements" }, { 5055, 5057, 5056, "Enhances" },
	{ 5069, 5072, 5071, "FileTrigger" }, { 5079, 5082, 5081, "TransFileTrigger" },
};

/* rpmsenseFlags of rpm/rpmds.h; the comparison is the three lowest that are set. */
enum { LESS = 1 << 1, GREATER = 1 << 2, EQUAL = 1 << 3, SENSE = LESS | GREATER | EQUAL };

static const struct {
	uint32_t flag;
	const char *word;
} words[] = {
	{ 1 << 5, "posttrans" },     { 1 << 6, "prereq" },
	{ 1 << 7, "pretrans" },      { 1 << 8, "interp" },
	{ 1 << 9, "pre" },           { 1 << 10, "post" },
	{ 1 << 11, "preun" },        { 1 << 12, "postun" },
	{ 1 << 13, "verify" },       { 1 << 14, "auto" },
	{ 1 << 15, "auto-prov" },    { 1 << 16, "triggerin" },
	{ 1 << 17, "triggerun" },    { 1 << 18, "triggerpostun" },
	{ 1 << 19, "missingok" },    { 1 << 20, "preuntrans" },
	{ 1 << 21, "postuntrans" },  { 1 << 24, "rpmlib" },
	{ 1 << 25, "triggerprein" }, { 1 << 26, "keyring" },
	{ 1 << 28, "config" },       { 1 << 29, "meta" },
};

static const struct group *
group_of(uint32_t tag)
{
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		if (tag == groups[i].name || tag == groups[i].flags || tag == groups[i].version)
			return &groups[i];
	return NULL;
}

static const char *
sense_of(uint32_t flags)
{
	static const char *const senses[] = { "", " <", " >", " <>", " =", " <=", " >=", " <=>" };

	return senses[(flags & SENSE) >> 1];
}

/* " (pre,post)", and what has no word in hex. */
static struct hs_span
flag_words(struct hs_arena *a, uint32_t flags)
{
	struct hs_span out = { NULL, 0 };
	uint32_t rest = flags & ~(uint32_t)SENSE;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!(rest & words[i].flag))
			continue;
		rest &= ~words[i].flag;
		out = hs_arena_join(a, out, out.len ? HS_SPAN(",") : HS_SPAN(" ("));
		out = hs_arena_join(a, out, hs_span_of(words[i].word));
	}
	if (rest)
		out = hs_arena_join(a, out,
		                    hs_arena_span(a, "%s0x%" PRIx32, out.len ? "," : " (", rest));
	return out.len ? hs_arena_join(a, out, HS_SPAN(")")) : out;
}

static void
say_one(struct hs_facts *out, const char *field, struct hs_span name, uint32_t flags,
        struct hs_span version)
{
	struct hs_arena *a = out->arena;
	struct hs_span value = name;

	if (flags & SENSE)
		value = hs_arena_join(a, value, hs_span_of(sense_of(flags)));
	if (version.len) {
		value = hs_arena_join(a, value, HS_SPAN(" "));
		value = hs_arena_join(a, value, version);
	}
	if (flags & ~(uint32_t)SENSE)
		value = hs_arena_join(a, value, flag_words(a, flags));
	hs_say_value(out, field, value);
}

static bool
find(struct hs_rpm_entry *out, const struct hs_rpm_header *h, uint32_t tag, uint32_t type)
{
	return hs_rpm_find(out, h, tag) && out->type == type;
}

bool
hs_rpm_say_depends(struct hs_facts *out, const char *prefix, const struct hs_rpm_header *h,
                   const struct hs_rpm_entry *e)
{
	const struct group *g = group_of(e->tag);
	struct hs_rpm_entry names, flags, versions;
	const char *field;

	if (!g || !find(&names, h, g->name, HS_RPM_STRING_ARRAY) ||
	    !find(&flags, h, g->flags, HS_RPM_INT32) ||
	    !find(&versions, h, g->version, HS_RPM_STRING_ARRAY) || names.count != flags.count ||
	    names.count != versions.count)
		return false;
	/* A tag that is there twice is told in its own words the second time. */
	if (e->value.at != (e->tag == g->name    ? names.value.at
	                    : e->tag == g->flags ? flags.value.at
	                                         : versions.value.at))
		return false;
	if (e->tag != g->name)
		return true;
	field = hs_arena_printf(out->arena, "%s%s", prefix, g->word);
	for (uint32_t i = 0; i < names.count; i++) {
		const struct hs_span raw = hs_rpm_take(&flags.value, HS_RPM_INT32);
		struct hs_cursor c = { .rest = raw };

		say_one(out, field, hs_rpm_take(&names.value, HS_RPM_STRING_ARRAY),
		        (uint32_t)hs_take_be(&c, 4),
		        hs_rpm_take(&versions.value, HS_RPM_STRING_ARRAY));
	}
	return true;
}
