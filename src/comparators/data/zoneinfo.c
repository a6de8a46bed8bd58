/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Time zones as zic(8) compiles them (RFC 8536, TZif), by moment of change:
 *
 *	44  header: "TZif", version (NUL, '2', '3', '4'), 15 unused, then counts of
 *	    UT indicators, standard indicators, leap seconds, transitions, types
 *	    and bytes of abbreviations, 4 bytes each
 *	..  data: times, their types, types, abbreviations, leap seconds, indicators
 *	44  from version 2 on the same once more with times of 8 bytes
 *	..  and a line "\n<TZ string>\n" for all that comes after
 *
 * The same rules differ by zic's -b: "fat" repeats all in the data of 4 bytes and
 * says changes up to 2037, "slim" leaves both to the second block and the TZ
 * string; by -r (what is left out), and by the version of the data (tzdata).
 */
#include "comparators/comparator.h"

#include "comparators/data/many_facts.h"

#include <inttypes.h>

enum { HEADER = 44, BITS = 32 };

struct block {
	uint64_t n_ut, n_standard, n_leap, n_times, n_types, n_chars, width;
	struct hs_span times, indexes, types, chars, leaps, standard, ut;
};

static unsigned
zoneinfo_bid(struct hs_span file)
{
	return hs_span_starts(file, HS_SPAN("TZif")) ? BITS : 0;
}

static bool
take_block(struct block *b, struct hs_cursor *c, size_t width)
{
	*b = (struct block){ .width = width };
	if (!hs_span_starts(hs_take(c, 4), HS_SPAN("TZif")))
		return false;
	hs_take(c, 16);
	b->n_ut = hs_take_be(c, 4);
	b->n_standard = hs_take_be(c, 4);
	b->n_leap = hs_take_be(c, 4);
	b->n_times = hs_take_be(c, 4);
	b->n_types = hs_take_be(c, 4);
	b->n_chars = hs_take_be(c, 4);
	b->times = hs_take(c, b->n_times * width);
	b->indexes = hs_take(c, b->n_times);
	b->types = hs_take(c, b->n_types * 6);
	b->chars = hs_take(c, b->n_chars);
	b->leaps = hs_take(c, b->n_leap * (width + 4));
	b->standard = hs_take(c, b->n_standard);
	b->ut = hs_take(c, b->n_ut);
	return !c->cut;
}

static int64_t
number(struct hs_cursor *c, size_t width)
{
	const uint64_t v = hs_take_be(c, width);

	return width == 4 ? (int32_t)(uint32_t)v : (int64_t)v;
}

/* "CEST +02:00:00 dst" */
static const char *
type_text(struct hs_arena *a, const struct block *b, uint64_t i)
{
	struct hs_cursor c = { .rest = hs_span_from(b->types, i * 6) };
	const int64_t offset = number(&c, 4);
	const uint64_t dst = hs_take_be(&c, 1), at = hs_take_be(&c, 1);
	struct hs_cursor name = { .rest = hs_span_from(b->chars, at) };
	const struct hs_span abbreviation = hs_take_string(&name);
	const uint64_t s = (uint64_t)(offset < 0 ? -offset : offset);

	if (c.cut)
		return "a type that is not there";
	return hs_arena_printf(a, "%s %c%02" PRIu64 ":%02" PRIu64 ":%02" PRIu64 "%s",
	                       hs_many_field(a, "", abbreviation), offset < 0 ? '-' : '+', s / 3600,
	                       s / 60 % 60, s % 60,
	                       dst == 0   ? ""
	                       : dst == 1 ? " dst"
	                                  : " dst flag that is none");
}

static void
say_types(struct hs_facts *out, const struct block *b)
{
	for (uint64_t i = 0; i < b->n_types && i < 256; i++)
		hs_say_word(out, hs_arena_printf(out->arena, "type %" PRIu64, i),
		            type_text(out->arena, b, i));
	if (b->n_types > 256)
		hs_say_digest(out, "more types", hs_span_from(b->types, 6 * 256));
	hs_say_value(out, "abbreviations", b->chars);
	hs_say_value(out, "standard indicators", b->standard);
	hs_say_value(out, "UT indicators", b->ut);
}

static void
say_transitions(struct hs_many *all, const struct block *b)
{
	struct hs_arena *const a = all->out->arena;
	struct hs_cursor times = { .rest = b->times };
	struct hs_cursor indexes = { .rest = b->indexes };
	const char *texts[256] = { NULL };

	while (times.rest.len) {
		const int64_t when = number(&times, b->width);
		const uint64_t type = hs_take_be(&indexes, 1);

		if (!texts[type])
			texts[type] = type_text(a, b, type);
		hs_many_say(all, hs_arena_printf(a, "from %s", hs_many_time(a, when)),
		            hs_span_of(texts[type]));
	}
}

static void
say_leaps(struct hs_many *all, const struct block *b)
{
	struct hs_cursor c = { .rest = b->leaps };

	while (c.rest.len) {
		const int64_t when = number(&c, b->width), correction = number(&c, 4);

		hs_many_sayf(all, "leap second", "%s: %" PRId64 " in all",
		             hs_many_time(all->out->arena, when), correction);
	}
}

static void
say_block(struct hs_facts *out, const struct block *b)
{
	struct hs_many all = { .out = out };

	say_types(out, b);
	say_transitions(&all, b);
	say_leaps(&all, b);
	hs_many_end(&all);
}

static int
zoneinfo_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_cursor c = { .rest = file };
	struct block first, second;
	struct hs_span head, data;

	if (!hs_span_part(&head, file, 0, HEADER) || !take_block(&first, &c, 4))
		return hs_fail(err, HS_EFORMAT, "the time zone's first block is cut short");
	if (head.at[4])
		hs_sayf(out, "version", "%u", head.at[4] - '0');
	else
		hs_say_word(out, "version", "1");
	if (!hs_span_is_zero((struct hs_span){ head.at + 5, 15 }))
		hs_say_value(out, "unused", (struct hs_span){ head.at + 5, 15 });
	if (head.at[4] == 0) {
		say_block(out, &first);
	} else {
		data = (struct hs_span){ file.at, file.len - c.rest.len };
		/* zic writes one type and no name where it writes for new readers alone. */
		hs_say_word(out, "data of 32 bits",
		            first.n_times || first.n_types > 1 ? "yes" : "no");
		hs_say_digest(out, "first block", data);
		if (!take_block(&second, &c, 8))
			return hs_fail(err, HS_EFORMAT,
			               "the time zone's second block is cut short");
		say_block(out, &second);
	}
	hs_say_value(out, "afterwards (TZ)", c.rest);
	return 0;
}

const struct hs_comparator hs_comparator_zoneinfo = {
	.name = "zoneinfo",
	.about = "compiled time zone (TZif): changes by moment, types, TZ string",
	.known_by = "\"TZif\" at 0",
	.shape = HS_SHAPE_LEAF,
	.bid = zoneinfo_bid,
	.describe = zoneinfo_describe,
	.by_field = true,
};
