/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists of Debian packages (deb822(5), dpkg(1)): what is installed, and what an archive offers.
 *
 *	var/lib/dpkg/status      a paragraph a package, with "Status: install ok installed"
 *	var/lib/dpkg/status.d/   a file a package, of images without dpkg (distroless)
 *	var/lib/dpkg/available, Packages    the same without a status
 *
 * Each package is one fact, "package NAME" with its version, in front of all others: that is
 * what an upgrade is. Its other fields follow as "NAME Field". A package of Multi-Arch: same
 * may be there for several architectures, and is called "NAME:ARCH" as dpkg does.
 *
 * What varies between builds: the versions, when an image is built from an archive that moves
 * on; Installed-Size and Depends with them; Config-Version and Conffiles of removed packages.
 */
#include "comparators/comparator.h"
#include "comparators/package/deb822_say.h"
#include "comparators/package/file_name.h"
#include "core/encoding.h"
#include "core/limits.h"

/* More than any text by its looks. */
enum { BID = 100 };

/* What a paragraph is called by, and what it says first. */
struct package {
	struct hs_span name, version, arch, status;
	bool multi;
};

static bool
is_list(struct hs_span file)
{
	return hs_span_starts(file, HS_SPAN("Package: ")) && hs_text_guess(file) > 0;
}

static unsigned
status_bid(struct hs_span file)
{
	if (!is_list(file))
		return 0;
	return hs_deb822_peek(file, "Status").len || (hs_deb822_peek(file, "Filename").len &&
	                                              hs_deb822_peek(file, "Version").len)
	               ? BID
	               : 0;
}

static unsigned
status_bid_named(struct hs_span file, struct hs_span name)
{
	if (!hs_name_is_in(name, "var/lib/dpkg/status.d/") &&
	    !hs_name_ends(name, "var/lib/dpkg/status") &&
	    !hs_name_ends(name, "var/lib/dpkg/available"))
		return 0;
	return is_list(file) ? BID : 0;
}

/* The text up to the end of the paragraph at its front. */
static struct hs_span
paragraph(struct hs_span text)
{
	struct hs_span rest = text;
	struct hs_deb822_item item;
	enum hs_deb822_step step;

	do {
		step = hs_deb822_next(&item, &rest);
	} while (step == HS_DEB822_FIELD || step == HS_DEB822_COMMENT);
	return hs_span_head(text, text.len - rest.len - item.all.len);
}

static struct package
read_package(struct hs_span text)
{
	struct package p = { 0 };
	struct hs_deb822_item item;
	enum hs_deb822_step step;

	while ((step = hs_deb822_next(&item, &text)) != HS_DEB822_END) {
		const struct hs_span value = hs_deb822_trim(item.value);

		if (step != HS_DEB822_FIELD)
			continue;
		if (hs_deb822_is(item.name, "Package"))
			p.name = value;
		else if (hs_deb822_is(item.name, "Version"))
			p.version = value;
		else if (hs_deb822_is(item.name, "Architecture"))
			p.arch = value;
		else if (hs_deb822_is(item.name, "Status"))
			p.status = value;
		else if (hs_deb822_is(item.name, "Multi-Arch"))
			p.multi = hs_span_is(value, "same");
	}
	return p;
}

/* "libc6:amd64" */
static const char *
call(struct hs_arena *a, const struct package *p)
{
	const char *name = hs_field_part(a, p->name);

	if (!p->multi || p->arch.len == 0)
		return name;
	return hs_arena_printf(a, "%s:%s", name, hs_field_part(a, p->arch));
}

static void
say_package(struct hs_facts *out, const struct package *p)
{
	const char *field = hs_arena_printf(out->arena, "package %s", call(out->arena, p));
	struct hs_span value = p->version;

	if (p->status.len && !hs_span_is(p->status, "install ok installed")) {
		value = hs_arena_join(out->arena, value, HS_SPAN(" ("));
		value = hs_arena_join(out->arena, value, p->status);
		value = hs_arena_join(out->arena, value, HS_SPAN(")"));
	}
	hs_say_value(out, field, hs_deb822_trim(value));
}

/* The packages by themselves; how many there are, or 0 where one has no name. */
static uint64_t
say_packages(struct hs_facts *out, struct hs_span file)
{
	struct hs_span rest = file;
	uint64_t n = 0;

	while (rest.len) {
		const struct hs_span text = paragraph(rest);
		struct hs_deb822_item blank;

		rest = hs_span_from(rest, text.len);
		if (text.len) {
			const struct package p = read_package(text);

			if (p.name.len == 0 || n == HS_MAX_PACKAGE_FACTS)
				return 0;
			say_package(out, &p);
			n++;
		}
		if (rest.len && hs_deb822_next(&blank, &rest) != HS_DEB822_BLANK)
			return 0;
	}
	return n;
}

static bool
is_said(struct hs_span field)
{
	return hs_deb822_is(field, "Package") || hs_deb822_is(field, "Version");
}

static void
say_fields(struct hs_deb822_said *s, struct hs_span text)
{
	const struct package p = read_package(text);
	const char *prefix = hs_arena_printf(s->out->arena, "%s ", call(s->out->arena, &p));
	struct hs_deb822_item item;
	enum hs_deb822_step step;

	hs_deb822_say_key(s, p.name);
	while ((step = hs_deb822_next(&item, &text)) != HS_DEB822_END) {
		if (step == HS_DEB822_COMMENT)
			hs_deb822_say_comment(s, item.all);
		else if (!is_said(item.name))
			hs_deb822_say_field(s, prefix, &item);
		else
			hs_deb822_note_field(s, &item);
	}
}

static int
status_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_deb822_said s;
	struct hs_span rest = file;

	if (say_packages(out, file) == 0)
		return hs_fail(err, HS_ENOTMINE, "not each paragraph is a package");
	out->detail = true;
	hs_deb822_say_begin(&s, out);
	while (rest.len && out->n < HS_MAX_PACKAGE_FACTS) {
		const struct hs_span text = paragraph(rest);
		struct hs_deb822_item blank;

		rest = hs_span_from(rest, text.len);
		if (text.len)
			say_fields(&s, text);
		if (rest.len == 0)
			break;
		hs_deb822_next(&blank, &rest);
		hs_deb822_say_other(&s, blank.all, HS_SPAN("\n"));
		if (rest.len == 0)
			hs_deb822_say_other(&s, HS_SPAN("the end is blank"), HS_SPAN(""));
	}
	hs_deb822_say_end(&s);
	out->detail = false;
	if (rest.len)
		return hs_fail(err, HS_ENOTMINE, "the list has more fields than are read");
	return 0;
}

const struct hs_comparator hs_comparator_dpkg_status = {
	.name = "dpkg-status",
	.about = "lists of Debian packages: dpkg's status, indexes of an archive",
	.known_by = "\"Package: \" at 0 with a Status, or the name var/lib/dpkg/status, status.d/*",
	.shape = HS_SHAPE_LEAF,
	.bid = status_bid,
	.bid_named = status_bid_named,
	.describe = status_describe,
	.render = hs_text_render,
	.by_field = true,
	.lists = "package",
};
