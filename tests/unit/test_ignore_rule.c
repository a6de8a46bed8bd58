/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_report.h"
#include "engine/ignore_rule.h"

enum {
	T = HS_IGNORE_TIMESTAMPS,
	H = HS_IGNORE_HISTORY,
	O = HS_IGNORE_ORDER,
	F = HS_IGNORE_TAR_FORMAT,
	N = HS_IGNORE_IMAGE_NAME,
	C = HS_IGNORE_COMPRESSION,
	W = HS_IGNORE_OWNER_NAMES,
	P = HS_IGNORE_PACKING,
	FOLLOWS = HS_IGNORE_FOLLOWS,
	NAMED = HS_IGNORE_NAMED,
};

#define ID_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define ID_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

struct row {
	const char *container, *name, *field, *a, *b;
	unsigned bits;
};

static unsigned
rule_of(const struct row *row, bool head, bool swapped)
{
	struct hs_built b;
	struct hs_node *node;
	struct hs_change *c;
	unsigned bits;

	hs_built_init(&b, "a", "b", row->container);
	hs_built_side(b.root, row->container, 10240, 20480);
	node = hs_built_add(&b, b.root, hs_span_of(row->name), HS_STATUS_METADATA);
	node->by_field = true;
	c = hs_built_change(&b, node, row->field, swapped ? row->b : row->a,
	                    swapped ? row->a : row->b);
	bits = hs_ignore_rule(node, c, head ? hs_place_of_head(node) : hs_place_of_body(node));
	hs_built_release(&b);
	return bits;
}

static void
check_rows(const struct row *rows, size_t n, bool head)
{
	for (size_t i = 0; i < n; i++) {
		const unsigned bits = rule_of(&rows[i], head, false);

		if (bits != rows[i].bits)
			fail_msg("%s: %#x, wanted %#x", rows[i].field, bits, rows[i].bits);
		assert_int_equal(rule_of(&rows[i], head, true), rows[i].bits);
	}
}

static void
a_fact_of_a_header_belongs_to_the_switches_that_name_it(void **state)
{
	static const struct row rows[] = {
		{ "tar", "m", "mtime", "1", "2", T },
		{ "zip", "m", "mtime", "1", "2", T },
		{ "zip", "m", "extended timestamp, central", "1", NULL, T },
		{ "tar", "m", "pax ctime", "1", NULL, T },
		{ "tar", "m", "header mtime", "1", "2", T | F },
		{ "tar", "m", "pax records", "mtime, path", "path", T | F },
		{ "tar", "m", "pax records", "mtime, uid, path", "path", F },
		{ "tar", "m", "pax records", "atime", NULL, T | F },
		{ "tar", "m", "pax header fields", "mode 0644, owner 0:0, mtime 1",
		  "mode 0644, owner 0:0, mtime 2", T | F },
		{ "tar", "m", "pax header fields", "mode 0644, owner 0:0, mtime 1",
		  "mode 0600, owner 0:0, mtime 2", F },
		{ "tar", "m", "uname", "root", "bob", W },
		{ "tar", "m", "gname", "root", NULL, W },
		{ "tar", "m", "dialect", "ustar", "pax", F },
		{ "tar", "m", "mode field", "100644", NULL, F },
		{ "tar", "m", "stored name", "./m", "m", F },
		{ "tar", "m", "typeflag", "7", NULL, F },
		{ "tar", "m", "header bytes", "512 bytes", "513 bytes", F },
		{ "tar", "m", "prefix length", "3", NULL, F },
		{ "tar", "m", "size", "1", "2", FOLLOWS },
		{ "cpio", "m", "dialect", "newc", "odc", 0 },
	};

	(void)state;
	check_rows(rows, sizeof(rows) / sizeof(rows[0]), true);
}

static void
what_a_file_is_is_never_ignored(void **state)
{
	static const char *const fields[] = {
		"mode",
		"uid",
		"gid",
		"type",
		"link target",
		"device",
		"xattr user.x",
		"xattr security.capability",
		"pax comment",
		"long name ignored",
		"offset in file",
		"mtimes",
		"not mtime",
		"entries behind the end marker",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		const struct row row = { "tar", "m", fields[i], "/bin/sh", "bin/sh", 0 };

		check_rows(&row, 1, true);
	}
}

static void
a_part_of_an_image_has_facts_of_its_archive_and_of_its_descriptor(void **state)
{
	static const struct row rows[] = {
		{ "oci-archive", "layer[0]", "annotation org.opencontainers.image.created", "1",
		  "2", T },
		{ "oci-archive", "manifest", "annotation org.opencontainers.image.ref.name", "1",
		  "2", N },
		{ "oci-archive", "manifest", "annotation org.example", "1", "2", 0 },
		{ "oci-archive", "layer[0]", "mtime", "1", "2", T | P },
		{ "oci-archive", "layer[0]", "mode", "1", "2", P },
		{ "oci-archive", "layer[0]", "media type", "x.tar+gzip", "x.tar+zstd", C },
		{ "oci-archive", "layer[0]", "media type", "x.tar+gzip", "x.tar", C },
		{ "docker-archive", "layer[0]", "media type", "x.tar.gzip", "x.tar", C },
		{ "oci-archive", "layer[0]", "media type", "x.tar+gzip", "y.tar", 0 },
		{ "oci-archive", "layer[0]", "gzip xfl", "1", "2", C | P },
		{ "oci-archive", "layer[0]", "descriptor digest", "1", "2", C | P | FOLLOWS },
		{ "oci-archive", "layer[0]", "stored name", "blobs/sha256/" ID_A,
		  "blobs/sha256/" ID_B, P | NAMED },
		{ "docker-archive", "layer[0]", "stored name", "./a.tar", "a.tar", F | P },
		{ "docker-archive", "layer[0]", "stored name", "a.tar", "b.tar", P },
	};

	(void)state;
	check_rows(rows, sizeof(rows) / sizeof(rows[0]), true);
}

static void
a_field_of_a_document_belongs_to_the_switch_that_names_it(void **state)
{
	static const struct row rows[] = {
		{ "oci-archive", "config", ".created", "1", "2", T },
		{ "oci-archive", "config", "created", "1", "2", T },
		{ "oci-archive", "config", "history[3] created", "1", "2", T | H },
		{ "oci-archive", "config", "history[3] layer", "1", "2", H },
		{ "oci-archive", "config", "history against layers", "1", NULL, H },
		{ "oci-archive", "config", "label created", "1", "2", 0 },
		{ "oci-archive", "config", "env created", "1", "2", 0 },
		{ "oci-archive", "linux/arm64/config", ".created", "1", "2", T },
		{ "oci-archive", "config", ".history[12].created", "1", "2", T | H },
		{ "oci-archive", "config", ".history[1].created_by", "1", NULL, H },
		{ "oci-archive", "config", ".config.Labels[\"created\"]", "1", "2", 0 },
		{ "oci-archive", "config", ".config.Env[]", "1", "2", 0 },
		{ "oci-archive", "config", ".rootfs.diff_ids[]", ID_A, ID_B, 0 },
		{ "docker-archive", "layer[0].v1/json", ".created", "1", "2", T },
		{ "oci-archive", "index.json",
		  ".manifests[0].annotations[\"io.containerd.image.name\"]", "1", "2", N },
		{ "oci-archive", "manifest", ".annotations[\"org.opencontainers.image.created\"]",
		  "1", "2", T },
		{ "oci-archive", "manifest", ".layers[0].mediaType", "t.tar", "t.tar+zstd", C },
		{ "oci-archive", "manifest", ".layers[0].digest", ID_A, ID_B, 0 },
		{ "docker-archive", "manifest.json", ".[0].RepoTags[]", "1", "2", N },
		{ "docker-archive", "repositories", ".app.latest", "1", "2", N },
		{ "tar", "config", ".created", "1", "2", 0 },
		{ "tar", "repositories", ".app", "1", "2", 0 },
	};

	(void)state;
	check_rows(rows, sizeof(rows) / sizeof(rows[0]), false);
}

static void
what_a_tar_tells_as_a_whole_is_of_its_switch(void **state)
{
	static const struct {
		const char *field;
		unsigned bits;
	} rows[] = {
		{ "mtimes", T | FOLLOWS },     { "dialects", F | FOLLOWS },
		{ "written by", F | FOLLOWS }, { "mode type bits", F | FOLLOWS },
		{ "order", FOLLOWS },          { "duplicates", FOLLOWS },
		{ "reader differential", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_built b;
		struct hs_change *c;

		hs_built_init(&b, "a", "b", "tar");
		c = hs_built_change(&b, b.root, rows[i].field, "1", "2");
		c->of_members = true;
		assert_int_equal(hs_ignore_rule(b.root, c, hs_place_of_body(b.root)), rows[i].bits);
		hs_built_release(&b);
	}
}

/* Zeros up to the next record follow from the members; any other number of them does not. */
static void
padding_follows_where_it_fills_a_record(void **state)
{
	struct hs_built b;
	const struct hs_change *c;

	(void)state;
	hs_built_init(&b, "a", "b", "tar");
	c = hs_built_change(&b, b.root, "padding at the end", "512 bytes", "1024 bytes");
	hs_built_side(b.root, "tar", 10240, 20480);
	assert_int_equal(hs_ignore_rule(b.root, c, HS_PLACE_TAR), F | FOLLOWS);
	hs_built_side(b.root, "tar", 10240, 20480 + 512);
	assert_int_equal(hs_ignore_rule(b.root, c, HS_PLACE_TAR), F);
	hs_built_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_fact_of_a_header_belongs_to_the_switches_that_name_it),
		cmocka_unit_test(what_a_file_is_is_never_ignored),
		cmocka_unit_test(a_part_of_an_image_has_facts_of_its_archive_and_of_its_descriptor),
		cmocka_unit_test(a_field_of_a_document_belongs_to_the_switch_that_names_it),
		cmocka_unit_test(what_a_tar_tells_as_a_whole_is_of_its_switch),
		cmocka_unit_test(padding_follows_where_it_fills_a_record),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
