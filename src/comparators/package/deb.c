/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Debian packages (deb(5)): an ar archive of
 *
 *	debian-binary   "2.0\n", the version of the format
 *	control.tar     .gz, .xz, .zst: the control files, md5sums among them
 *	data.tar        .gz, .xz, .zst, ...: what is installed
 *	_*              anything; signatures
 *
 * The tars have their role as key, so that packages compressed by two dpkgs
 * meet member by member. What md5sums says of the data is not believed: it is
 * compared like any file, and so are the data.
 *
 * What varies between builds: the time in the ar headers and in the tars
 * (SOURCE_DATE_EPOCH stops that), the compressor and its level.
 */
#include "comparators/archive/ar.h"

/* Eight bits for each byte of "debian-binary", on top of ar's own magic. */
enum { BID = 64 + 13 * 8 };

static unsigned
deb_bid(struct hs_span file)
{
	return hs_span_is(hs_ar_first_name(file), "debian-binary") ? BID : 0;
}

/* "data.tar" of "data.tar.xz"; empty for any other name. */
static struct hs_span
role_of(struct hs_span name)
{
	static const char *const roles[] = { "control.tar", "data.tar" };

	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
		const struct hs_span role = hs_span_of(roles[i]);
		const struct hs_span rest = hs_span_from(name, role.len);

		if (hs_span_starts(name, role) && (rest.len == 0 || rest.at[0] == '.'))
			return role;
	}
	return (struct hs_span){ NULL, 0 };
}

static bool
has_key(const struct hs_tree *t, const char *key)
{
	return hs_tree_find(t, hs_span_of(key), 0) != NULL;
}

static int
deb_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	const int rc = hs_ar_expand(out, file, err);

	for (size_t i = 0; i < out->n_entries; i++) {
		const struct hs_span role = role_of(out->entries[i].name);

		if (role.len && out->entries[i].kind == HS_KIND_FILE)
			out->entries[i].key = role;
	}
	if (rc == 0 && (!has_key(out, "control.tar") || !has_key(out, "data.tar")))
		out->note = "no complete package: control.tar or data.tar is not there";
	return rc;
}

static int
deb_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	enum { DATA = 8 + 60, LONGEST = 64 };
	const struct hs_span rest = hs_span_from(file, DATA);
	size_t n = 0;

	while (n < rest.len && n < LONGEST && rest.at[n] != '\n')
		n++;
	if (n == rest.len || n == LONGEST)
		return hs_fail(err, HS_EFORMAT, "debian-binary does not begin with a version");
	hs_say_value(out, "package format", hs_span_head(rest, n));
	return 0;
}

const struct hs_comparator hs_comparator_deb = {
	.name = "deb",
	.about = "Debian packages: control and data, whatever they are compressed with",
	.known_by = "\"!<arch>\\n\" at 0, the first member debian-binary",
	.shape = HS_SHAPE_PARTS,
	.bid = deb_bid,
	.describe = deb_describe,
	.expand = deb_expand,
};
