/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "enclave/export.h"
#include "newc_text.h"

#include <inttypes.h>

/* What a test says of an entry. */
struct row {
	const char *key;
	enum hs_kind kind;
	struct hs_meta meta;
	const char *link, *first;
	bool implied;
	const char *content;
};

struct exported {
	struct hs_arena arena;
	struct hs_run run;
	struct hs_tree tree;
	struct hs_export out;
	struct hs_err err;
	int rc;
};

static bool
row_meta(struct hs_meta *out, struct hs_arena *a, const struct hs_tree *t, const struct hs_entry *e)
{
	const struct row *row = e->more;

	(void)a;
	(void)t;
	*out = row->meta;
	if (!row->implied)
		out->has |= HS_HAS_MTIME;
	return out->mode != 0123456;
}

static struct hs_span
row_first(const struct hs_tree *t, const struct hs_entry *e)
{
	const struct row *row = e->more;

	(void)t;
	return row->first ? hs_span_of(row->first) : (struct hs_span){ 0 };
}

static bool
row_implied(const struct hs_tree *t, const struct hs_entry *e)
{
	const struct row *row = e->more;

	(void)t;
	return row->implied;
}

static const struct hs_tree_ops row_ops = { .meta = row_meta };

static void export(struct exported *x, const struct row *rows)
{
	const struct hs_export_source source = { &x->tree, row_first, row_implied, 99 };

	*x = (struct exported){ .arena = { 0 } };
	start_run(&x->run, 1);
	hs_tree_init(&x->tree, &x->run, hs_pool_main(x->run.pool), NULL);
	x->tree.ops = &row_ops;
	for (; rows->key; rows++) {
		struct hs_entry *e;

		assert_int_equal(hs_tree_add(&e, &x->tree, hs_span_of(rows->key), &x->err), 0);
		e->kind = rows->kind;
		e->more = rows;
		if (rows->link)
			e->link = hs_span_of(rows->link);
		if (rows->content) {
			e->bytes = hs_span_of(rows->content);
			e->size = e->bytes.len;
		}
	}
	x->out.arena = &x->arena;
	x->rc = hs_export_of_tree(&x->out, &source, &x->err);
}

static void
end(struct exported *x)
{
	hs_export_release(&x->out);
	hs_tree_release(&x->tree);
	hs_run_release(&x->run);
	hs_arena_release(&x->arena);
}

/* "KIND MODE UID:GID MTIME NAME" and what there is of link, content and device, a line for each;
 * without what the init layer makes where the test does not ask for it. */
static const char *
text_of(struct exported *x, bool own)
{
	static const char *const init[] = { ".dockerenv", "dev/",  "dev/console",     "dev/pts/",
		                            "dev/shm/",   "etc/",  "etc/hostname",    "etc/hosts",
		                            "etc/mtab",   "proc/", "etc/resolv.conf", "sys/" };
	const char *text = "";

	assert_int_equal(x->rc, 0);
	for (size_t i = 0; i < x->out.n; i++) {
		const struct hs_export_entry *e = &x->out.entries[i];
		bool is_own = false;

		for (size_t k = 0; k < sizeof(init) / sizeof(init[0]); k++)
			is_own |= hs_span_is(e->name, init[k]);
		if (is_own && !own)
			continue;
		text = hs_arena_printf(&x->arena, "%s%s %04" PRIo32 " %d:%d %" PRId64 " %.*s", text,
		                       hs_kind_name(e->kind), e->mode, (int)e->uid, (int)e->gid,
		                       e->mtime, (int)e->name.len, (const char *)e->name.at);
		if (e->link.len)
			text = hs_arena_printf(&x->arena, "%s -> %.*s", text, (int)e->link.len,
			                       (const char *)e->link.at);
		if (e->bytes.len)
			text = hs_arena_printf(&x->arena, "%s = %.*s", text, (int)e->bytes.len,
			                       (const char *)e->bytes.at);
		text = hs_arena_printf(&x->arena, "%s%s\n", text,
		                       e->dev_major == 8 && e->dev_minor == 1 ? " 8:1" : "");
	}
	return text;
}

#define DIRECTORY(name)                                                                            \
	{                                                                                          \
		.key = (name), .kind = HS_KIND_DIR, .meta.mode = 040755                            \
	}
#define PLAIN(name)                                                                                \
	{                                                                                          \
		.key = (name), .meta.mode = 0100644                                                \
	}

static void
the_init_layer_is_added_to_nothing(void **state)
{
	static const struct row rows[] = { DIRECTORY("."), { .key = NULL } };
	struct exported x;

	(void)state;
	export(&x, rows);
	assert_string_equal(text_of(&x, true), "file 0755 0:0 0 .dockerenv\n"
	                                       "directory 0755 0:0 0 dev/\n"
	                                       "file 0755 0:0 0 dev/console\n"
	                                       "directory 0755 0:0 0 dev/pts/\n"
	                                       "directory 0755 0:0 0 dev/shm/\n"
	                                       "directory 0755 0:0 0 etc/\n"
	                                       "file 0755 0:0 0 etc/hostname\n"
	                                       "file 0755 0:0 0 etc/hosts\n"
	                                       "symlink 0777 0:0 0 etc/mtab -> /proc/mounts\n"
	                                       "file 0755 0:0 0 etc/resolv.conf\n"
	                                       "directory 0755 0:0 0 proc/\n"
	                                       "directory 0755 0:0 0 sys/\n");
	assert_null(x.out.remarks.first);
	end(&x);
}

static void
the_init_layer_removes_what_is_no_directory_and_keeps_what_is_one(void **state)
{
	static const struct row rows[] = {
		{ .key = ".dockerenv", .meta.mode = 0600, .content = "mine" },
		{ .key = "dev", .kind = HS_KIND_SYMLINK, .meta.mode = 0777, .link = "d" },
		{ .key = "etc", .kind = HS_KIND_DIR, .meta = { .mode = 0700, .uid = 7 } },
		{ .key = "etc/hostname", .kind = HS_KIND_DIR, .meta.mode = 0711 },
		{ .key = "etc/hostname/x", .meta.mode = 0644 },
		{ .key = "etc/hosts", .kind = HS_KIND_SYMLINK, .meta.mode = 0777, .link = "h" },
		{ .key = "etc/mtab", .kind = HS_KIND_SYMLINK, .link = "/proc/mounts" },
		{ .key = "etc/resolv.conf", .meta.mode = 0644, .meta.mtime.sec = 5 },
		{ .key = "proc", .kind = HS_KIND_FIFO, .meta.mode = 0644 },
		{ .key = "sys", .kind = HS_KIND_DIR, .meta.mode = 0555 },
		{ .key = NULL },
	};
	struct exported x;

	(void)state;
	export(&x, rows);
	assert_string_equal(text_of(&x, true), "file 0755 0:0 0 .dockerenv\n"
	                                       "directory 0755 0:0 0 dev/\n"
	                                       "file 0755 0:0 0 dev/console\n"
	                                       "directory 0755 0:0 0 dev/pts/\n"
	                                       "directory 0755 0:0 0 dev/shm/\n"
	                                       "directory 0700 7:0 0 etc/\n"
	                                       "directory 0711 0:0 0 etc/hostname/\n"
	                                       "file 0644 0:0 0 etc/hostname/x\n"
	                                       "file 0755 0:0 0 etc/hosts\n"
	                                       "symlink 0777 0:0 0 etc/mtab -> /proc/mounts\n"
	                                       "file 0755 0:0 0 etc/resolv.conf\n"
	                                       "directory 0755 0:0 0 proc/\n"
	                                       "directory 0555 0:0 0 sys/\n");
	assert_string_equal(remarks_text(&x.arena, &x.out.remarks),
	                    "replaced: .dockerenv is replaced by what Docker puts there\n"
	                    "replaced: dev is no directory, and Docker makes one of it\n"
	                    "replaced: etc/hosts is replaced by what Docker puts there\n"
	                    "replaced: proc is no directory, and Docker makes one of it\n");
	end(&x);
}

static void
what_docker_makes_in_a_setgid_directory_inherits(void **state)
{
	static const struct row rows[] = {
		{ .key = "dev", .kind = HS_KIND_DIR, .meta = { .mode = 042755, .gid = 5 } },
		{ .key = "dev/shm", .kind = HS_KIND_DIR, .meta.mode = 0700 },
		{ .key = "etc", .kind = HS_KIND_DIR, .meta = { .mode = 042700, .gid = 6 } },
		{ .key = NULL },
	};
	struct exported x;

	(void)state;
	export(&x, rows);
	assert_string_equal(text_of(&x, true), "file 0755 0:0 0 .dockerenv\n"
	                                       "directory 2755 0:5 0 dev/\n"
	                                       "file 0755 0:0 0 dev/console\n"
	                                       "directory 2755 0:0 0 dev/pts/\n"
	                                       "directory 0700 0:0 0 dev/shm/\n"
	                                       "directory 2700 0:6 0 etc/\n"
	                                       "file 0755 0:0 0 etc/hostname\n"
	                                       "file 0755 0:0 0 etc/hosts\n"
	                                       "symlink 0777 0:6 0 etc/mtab -> /proc/mounts\n"
	                                       "file 0755 0:0 0 etc/resolv.conf\n"
	                                       "directory 0755 0:0 0 proc/\n"
	                                       "directory 0755 0:0 0 sys/\n");
	end(&x);
}

static void
the_walk_goes_folder_by_folder_and_not_by_whole_paths(void **state)
{
	static const struct row rows[] = {
		PLAIN("a-b"),     DIRECTORY("a"), PLAIN("a/x"),     PLAIN("a.b"),
		DIRECTORY("a/-"), PLAIN("a/-/y"), PLAIN("a/-z"),    PLAIN("\xc3\xa9"),
		PLAIN("a\x01"),   PLAIN("Z"),     PLAIN("a/x\xff"), { .key = NULL },
	};
	struct exported x;

	(void)state;
	export(&x, rows);
	assert_string_equal(text_of(&x, false), "file 0644 0:0 0 Z\n"
	                                        "directory 0755 0:0 0 a/\n"
	                                        "directory 0755 0:0 0 a/-/\n"
	                                        "file 0644 0:0 0 a/-/y\n"
	                                        "file 0644 0:0 0 a/-z\n"
	                                        "file 0644 0:0 0 a/x\n"
	                                        "file 0644 0:0 0 a/x\xff\n"
	                                        "file 0644 0:0 0 a\x01\n"
	                                        "file 0644 0:0 0 a-b\n"
	                                        "file 0644 0:0 0 a.b\n"
	                                        "file 0644 0:0 0 \xc3\xa9\n");
	end(&x);
}

static void
of_several_names_the_first_of_the_walk_is_the_file(void **state)
{
	static const struct row rows[] = {
		/* As whole paths "a-b" is the first, in the walk "a/x" is. */
		{ .key = "a-b", .meta.mode = 04755, .content = "c" },
		{ .key = "a/x", .meta.mode = 04755, .content = "c", .first = "a-b" },
		{ .key = "z", .meta.mode = 04755, .content = "c", .first = "a-b" },
		/* A file whose first name the init layer takes away. */
		{ .key = "etc/hosts", .meta.mode = 0644, .content = "h" },
		{ .key = "y", .meta.mode = 0644, .content = "h", .first = "etc/hosts" },
		/* Names of a symbolic link. */
		{ .key = "l", .kind = HS_KIND_SYMLINK, .link = "to", .first = "k" },
		{ .key = "k", .kind = HS_KIND_SYMLINK, .link = "to" },
		DIRECTORY("a"),
		DIRECTORY("etc"),
		{ .key = NULL },
	};
	struct exported x;

	(void)state;
	export(&x, rows);
	assert_string_equal(text_of(&x, false), "directory 0755 0:0 0 a/\n"
	                                        "file 4755 0:0 0 a/x = c\n"
	                                        "hardlink 4755 0:0 0 a-b -> a/x\n"
	                                        "symlink 0777 0:0 0 k -> to\n"
	                                        "hardlink 0777 0:0 0 l -> k\n"
	                                        "file 0644 0:0 0 y = h\n"
	                                        "hardlink 4755 0:0 0 z -> a/x\n");
	end(&x);
}

static void
metadata_are_those_of_an_unpacked_file(void **state)
{
	static const struct row rows[] = {
		{ .key = "b",
		  .kind = HS_KIND_BLOCKDEV,
		  .meta = { .has = HS_HAS_DEVICE,
		            .mode = 060600,
		            .uid = 3,
		            .gid = 4,
		            .dev_major = 8,
		            .dev_minor = 1,
		            .mtime = { .sec = 7, .nsec = 999999999, .digits = 9 } } },
		{ .key = "early", .meta = { .mode = 07777, .mtime.sec = -1 } },
		{ .key = "edge", .meta = { .mode = 0644, .mtime.sec = INT64_C(9223372036) } },
		{ .key = "i", .kind = HS_KIND_DIR, .meta.mode = 0755, .implied = true },
		{ .key = "late", .meta = { .mode = 0644, .mtime.sec = INT64_C(9223372037) } },
		{ .key = "p", .kind = HS_KIND_FIFO, .meta.mode = 010644 },
		{ .key = "s", .kind = HS_KIND_SOCKET, .meta.mode = 0140644 },
		{ .key = "sys", .kind = HS_KIND_DIR, .meta.mode = 0755, .implied = true },
		{ .key = NULL },
	};
	struct exported x;

	(void)state;
	export(&x, rows);
	assert_string_equal(text_of(&x, false), "block device 0600 3:4 7 b 8:1\n"
	                                        "file 7777 0:0 0 early\n"
	                                        "file 0644 0:0 9223372036 edge\n"
	                                        "directory 0755 0:0 99 i/\n"
	                                        "file 0644 0:0 0 late\n"
	                                        "fifo 0644 0:0 0 p\n");
	assert_string_equal(
		remarks_text(&x.arena, &x.out.remarks),
		"socket: s is a socket, which docker export leaves out\n"
		"time-out-of-range: early has the time -1, before 1970 or past 2262: Docker makes "
		"it 0, though not every release does so for symbolic links\n"
		"implied-directory: i is a directory that no layer has an entry for: Docker gives "
		"it the time at which it unpacks the image; 99 is taken\n"
		"time-out-of-range: late has the time 9223372037, before 1970 or past 2262: Docker "
		"makes it 0, though not every release does so for symbolic links\n");
	end(&x);
}

static void
what_docker_does_not_unpack_is_refused(void **state)
{
	static const struct {
		struct row rows[2];
		const char *text;
	} cases[] = {
		{ { { .key = "h", .kind = HS_KIND_HARDLINK, .link = "x" } },
		  "h: is a hard link to nothing, which Docker refuses" },
		{ { { .key = "o", .kind = HS_KIND_OTHER } },
		  "o: is of a type that no file system has" },
		{ { { .key = "m", .meta.mode = 0123456 } }, "m: its header cannot be read" },
		{ { { .key = "../x", .kind = HS_KIND_FILE } },
		  "../x: has \"..\" in its path, which no file system has" },
		{ { { .key = "a/..", .kind = HS_KIND_DIR } },
		  "a/..: has \"..\" in its path, which no file system has" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct exported x;

		export(&x, cases[i].rows);
		assert_int_equal(x.rc, HS_EFORMAT);
		assert_string_equal(x.err.text, cases[i].text);
		end(&x);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_init_layer_is_added_to_nothing),
		cmocka_unit_test(the_init_layer_removes_what_is_no_directory_and_keeps_what_is_one),
		cmocka_unit_test(what_docker_makes_in_a_setgid_directory_inherits),
		cmocka_unit_test(the_walk_goes_folder_by_folder_and_not_by_whole_paths),
		cmocka_unit_test(of_several_names_the_first_of_the_walk_is_the_file),
		cmocka_unit_test(metadata_are_those_of_an_unpacked_file),
		cmocka_unit_test(what_docker_does_not_unpack_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
