/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Control files of Debian (deb822(5)): control of a package or a source, .dsc, .changes,
 * .buildinfo, Release of an archive, machine-readable copyright files, control of ipk; as they
 * are, or inside an OpenPGP signature:
 *
 *	-----BEGIN PGP SIGNED MESSAGE-----
 *	Hash: SHA256
 *
 *	fields
 *	-----BEGIN PGP SIGNATURE-----
 *	...
 *
 * What varies between builds: Version, Installed-Size, dependencies on what was there at build
 * time, checksums and sizes of what was built, Build-Date and Environment of a .buildinfo.
 */
#include "comparators/comparator.h"
#include "comparators/package/deb822_say.h"
#include "core/encoding.h"

/* Below a list of packages, above any text by its looks. */
enum { BID = 90, LEAST_FIELDS = 2 };

static const struct hs_span begin_message = { (const uint8_t *)"-----BEGIN PGP SIGNED MESSAGE-----",
	                                      34 };
static const struct hs_span begin_signature = { (const uint8_t *)"\n-----BEGIN PGP SIGNATURE-----",
	                                        30 };

/* A text and what is wrapped around it. */
struct wrapped {
	struct hs_span head; /* up to the blank line */
	struct hs_span text;
	struct hs_span signature; /* empty where there is none */
};

static struct wrapped
unwrap(struct hs_span file)
{
	struct wrapped out = { .text = file };
	struct hs_span rest = file;
	const uint8_t *end;

	if (!hs_span_starts(file, begin_message))
		return out;
	while (rest.len && hs_deb822_trim(hs_deb822_line(&rest)).len)
		;
	out.head = hs_span_head(file, file.len - rest.len);
	out.text = rest;
	end = rest.len ? memmem(rest.at, rest.len, begin_signature.at, begin_signature.len) : NULL;
	if (end) {
		out.text = hs_span_head(rest, (uint64_t)(end - rest.at) + 1);
		out.signature = hs_span_from(rest, out.text.len);
	}
	return out;
}

static unsigned
control_bid(struct hs_span file)
{
	static const char *const fields[] = {
		"Package",
		"Source",
		"Version",
		"Maintainer",
		"Architecture",
		"Format",
		"Binary",
		"Standards-Version",
		"Checksums-Sha256",
		"Files",
		"Origin",
		"Suite",
		"Installed-Size",
		"Build-Origin",
		"Build-Architecture",
		"Distribution",
		"Upstream-Name",
	};
	const struct hs_span text = unwrap(file).text;
	unsigned n = 0;

	if (text.len == 0 || text.at[0] < 'A' || text.at[0] > 'Z' || hs_text_guess(file) == 0)
		return 0;
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		n += hs_deb822_peek(text, fields[i]).len > 0;
	return n >= LEAST_FIELDS ? BID : 0;
}

static int
control_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	const struct wrapped w = unwrap(file);
	struct hs_deb822_said s;
	bool ok;

	hs_deb822_say_begin(&s, out);
	ok = hs_deb822_say_text(&s, w.text);
	if (w.head.len)
		hs_say_value(out, "signed message", hs_span_from(w.head, begin_message.len));
	if (w.signature.len)
		hs_say_digest(out, "signature", w.signature);
	hs_deb822_say_end(&s);
	if (!ok)
		return hs_fail(err, HS_ENOTMINE, "not each line is of a field");
	return 0;
}

const struct hs_comparator hs_comparator_deb_control = {
	.name = "debian-control",
	.about = "Debian's control files, .dsc, .changes, .buildinfo, Release: by field",
	.known_by = "fields such as Package, Source, Format, Version at 0",
	.shape = HS_SHAPE_LEAF,
	.bid = control_bid,
	.describe = control_describe,
	.render = hs_text_render,
	.by_field = true,
};
