/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_tar.h"
#include "enclave/ramdisk.h"
#include "newc_text.h"

#define HOSTS                                                                                      \
	"127.0.0.1       localhost\\n::1     localhost ip6-localhost ip6-loopback\\n"              \
	"fe00::0 ip6-localnet\\nff00::0 ip6-mcastprefix\\nff02::1 ip6-allnodes\\n"                 \
	"ff02::2 ip6-allrouters\\n"

/* For constants of the language. */
#define SPAN(literal)                                                                              \
	{                                                                                          \
		(const uint8_t *)(literal), sizeof(literal) - 1                                    \
	}

#define ROOTFS "040755 0:0 1492533000 rootfs\n"
#define OWN(name) "040755 0:0 1492533000 rootfs/" name "\n"
#define AGAIN ROOTFS OWN("dev") OWN("run") OWN("sys") OWN("var") OWN("proc") OWN("tmp")
#define FILES "100644 0:0 1492533000 cmd = /c\\n\n100644 0:0 1492533000 env = A=b\\n\n"

struct made {
	struct hs_arena arena;
	struct hs_export rootfs;
	struct hs_pieces out;
	struct hs_err err;
	int rc;
};

/* Of entries; the last has no name. */
static void
make(struct made *m, const struct hs_export_entry *entries)
{
	*m = (struct made){ .arena = { 0 } };
	m->rootfs.arena = m->rootfs.remarks.arena = m->out.arena = &m->arena;
	for (; entries->name.at; entries++)
		*hs_export_add(&m->rootfs) = *entries;
	m->rc = hs_ramdisk_customer(&m->out,
	                            &(struct hs_ramdisk_customer){ .rootfs = &m->rootfs,
	                                                           .cmd = HS_SPAN("/c\n"),
	                                                           .env = HS_SPAN("A=b\n") },
	                            &m->err);
}

static void
end(struct made *m)
{
	hs_export_release(&m->rootfs);
	hs_arena_release(&m->arena);
}

static void
bootstrap_is_three_entries(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_pieces out = { .arena = &arena };

	(void)state;
	hs_ramdisk_bootstrap(&out, HS_SPAN("I"), HS_SPAN(""));
	assert_string_equal(newc_text(&arena, &out), "040755 0:0 1492533000 dev\n"
	                                             "100755 0:0 1492533000 init = I\n"
	                                             "100755 0:0 1492533000 nsm.ko = \n");
}

static void
bootstrap_is_what_linuxkit_wrote(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_pieces out = { .arena = &arena };
	const struct hs_span init = shared_file(&arena, "eif/init");
	const struct hs_span nsm = shared_file(&arena, "eif/nsm.ko");

	(void)state;
	hs_ramdisk_bootstrap(&out, init, nsm);
	assert_true(hs_span_equal(newc_joined(&arena, &out),
	                          shared_file(&arena, "eif/out-boot-initrd.img")));
}

/* What the public vector of docker-library's hello-world lists. */
static void
customer_of_hello_world_has_the_entries_of_its_published_measurement(void **state)
{
	static const struct hs_export_entry entries[] = {
		{ .name = SPAN(".dockerenv"), .mode = 0755 },
		{ .name = SPAN("dev/"), .kind = HS_KIND_DIR, .mode = 0755 },
		{ .name = SPAN("dev/console"), .mode = 0755 },
		{ .name = SPAN("dev/pts/"), .kind = HS_KIND_DIR, .mode = 0755 },
		{ .name = SPAN("dev/shm/"), .kind = HS_KIND_DIR, .mode = 0755 },
		{ .name = SPAN("etc/"), .kind = HS_KIND_DIR, .mode = 0755 },
		{ .name = SPAN("etc/hostname"), .mode = 0755 },
		{ .name = SPAN("etc/hosts"), .mode = 0755, .mtime = 9 },
		{ .name = SPAN("etc/mtab"),
		  .kind = HS_KIND_SYMLINK,
		  .mode = 0777,
		  .link = SPAN("/proc/mounts") },
		{ .name = SPAN("etc/resolv.conf"), .mode = 0755 },
		{ .name = SPAN("hello"), .mode = 0775, .mtime = 1632440870, .bytes = SPAN("\x7f") },
		{ .name = SPAN("proc/"), .kind = HS_KIND_DIR, .mode = 0755 },
		{ .name = SPAN("sys/"), .kind = HS_KIND_DIR, .mode = 0755 },
		{ .name = { NULL, 0 } },
	};
	struct made m;

	(void)state;
	make(&m, entries);
	assert_int_equal(m.rc, 0);
	assert_string_equal(newc_text(&m.arena, &m.out),
	                    ROOTFS "040755 0:0 1492533000 rootfs/dev/\n"
	                           "040755 0:0 1492533000 rootfs/dev/pts/\n"
	                           "040755 0:0 1492533000 rootfs/dev/shm/\n"
	                           "040755 0:0 1492533000 rootfs/etc/\n"
	                           "100755 0:0 1492533000 rootfs/etc/hosts = " HOSTS "\n"
	                           "120777 0:0 1492533000 rootfs/etc/mtab -> /proc/mounts\n"
	                           "120755 0:0 1492533000 rootfs/etc/resolv.conf -> "
	                           "/run/resolvconf/resolv.conf\n"
	                           "100775 0:0 1632440870 rootfs/hello = \\x7f\n"
	                           "040755 0:0 1492533000 rootfs/proc/\n"
	                           "040755 0:0 1492533000 rootfs/sys/\n" AGAIN FILES);
	end(&m);
}

static void
what_an_export_lacks_is_added_behind_it(void **state)
{
	static const struct hs_export_entry entries[] = {
		{ .name = SPAN("Dockerfile"), .bytes = SPAN("FROM x") },
		{ .name = SPAN("dev/pts"), .kind = HS_KIND_DIR },
		{ .name = SPAN("dev/shm"), .kind = HS_KIND_DIR },
		{ .name = SPAN("etc/hosts/"), .kind = HS_KIND_DIR, .mode = 0700, .mtime = 7 },
		{ .name = SPAN("proc"), .kind = HS_KIND_DIR, .mode = 0500, .mtime = 7 },
		{ .name = { NULL, 0 } },
	};
	struct made m;

	(void)state;
	make(&m, entries);
	assert_int_equal(m.rc, 0);
	assert_string_equal(newc_text(&m.arena, &m.out),
	                    ROOTFS "040700 0:0 7 rootfs/etc/hosts/\n"
	                           "040500 0:0 7 rootfs/proc\n"
	                           "040755 0:0 1492533000 rootfs/dev\n"
	                           "040755 0:0 1492533000 rootfs/dev/pts\n"
	                           "040755 0:0 1492533000 rootfs/dev/shm\n"
	                           "040755 0:0 1492533000 rootfs/etc\n"
	                           "100644 0:0 1492533000 rootfs/etc/hosts = " HOSTS "\n"
	                           "120755 0:0 1492533000 rootfs/etc/mtab -> /proc/mounts\n"
	                           "120644 0:0 1492533000 rootfs/etc/resolv.conf -> "
	                           "/run/resolvconf/resolv.conf\n"
	                           "040755 0:0 1492533000 rootfs/proc\n"
	                           "040755 0:0 1492533000 rootfs/sys\n" AGAIN FILES);
	assert_string_equal(remarks_text(&m.arena, &m.rootfs.remarks),
	                    "dropped: Dockerfile is left out by linuxkit\n"
	                    "dropped: dev/pts is left out by linuxkit\n"
	                    "dropped: dev/shm is left out by linuxkit\n");
	end(&m);
}

/* What of the export's entries comes out, without what stands before and behind them. */
static const char *
exported_text(struct made *m)
{
	const char *text = newc_text(&m->arena, &m->out), *to;

	assert_int_equal(m->rc, 0);
	text += strlen(ROOTFS);
	to = strstr(text, OWN("dev"));
	assert_non_null(to);
	return hs_arena_printf(&m->arena, "%.*s", (int)(to - text), text);
}

static void
each_type_of_entry_has_its_form(void **state)
{
	static const struct hs_export_entry entries[] = {
		{ .name = SPAN("bin/["), .mode = 04755, .uid = 1, .bytes = SPAN("x") },
		{ .name = SPAN("bin/a"),
		  .kind = HS_KIND_HARDLINK,
		  .mode = 04755,
		  .link = SPAN("bin/[") },
		{ .name = SPAN("a"),
		  .kind = HS_KIND_HARDLINK,
		  .mode = 0644,
		  .link = SPAN("bin/[") },
		{ .name = SPAN("x/y/z"), .kind = HS_KIND_HARDLINK, .link = SPAN("bin/[") },
		{ .name = SPAN("../../z"), .kind = HS_KIND_HARDLINK, .link = SPAN("bin/[") },
		{ .name = SPAN("l"), .kind = HS_KIND_SYMLINK, .mode = 0777, .link = SPAN("bin/[") },
		{ .name = SPAN("c"), .kind = HS_KIND_CHARDEV, .dev_major = 1, .dev_minor = 3 },
		{ .name = SPAN("b"), .kind = HS_KIND_BLOCKDEV, .dev_major = 8 },
		{ .name = SPAN("p"), .kind = HS_KIND_FIFO, .mode = 0600, .mtime = -5 },
		{ .name = SPAN("d/"), .kind = HS_KIND_DIR, .bytes = SPAN("\0\0") },
		{ .name = { NULL, 0 } },
	};
	struct made m;

	(void)state;
	make(&m, entries);
	assert_string_equal(exported_text(&m), "104755 1:0 0 rootfs/bin/[ = x\n"
	                                       "124755 0:0 0 rootfs/bin/a -> [\n"
	                                       "120644 0:0 0 rootfs/a -> bin/[\n"
	                                       "120000 0:0 0 rootfs/x/y/z -> ../../bin/[\n"
	                                       /* There is no way down from above the root. */
	                                       "120000 0:0 0 rootfs/../../z -> /rootfs/bin/[\n"
	                                       "120777 0:0 0 rootfs/l -> bin/[\n"
	                                       "020000 0:0 0 rootfs/c 1:3\n"
	                                       "060000 0:0 0 rootfs/b 8:0\n"
	                                       "010600 0:0 -5 rootfs/p\n"
	                                       "040000 0:0 0 rootfs/d/ = \\x00\\x00\n");
	end(&m);
}

static void
what_is_otherwise_at_run_time_is_remarked(void **state)
{
	static const struct hs_export_entry entries[] = {
		{ .name = SPAN("dev/null"), .kind = HS_KIND_CHARDEV },
		{ .name = SPAN("etc/hosts"), .bytes = SPAN("mine") },
		{ .name = SPAN("f"), .uid = INT64_C(1) << 32, .mtime = -1 },
		{ .name = SPAN("run/x/"), .kind = HS_KIND_DIR },
		{ .name = SPAN("run/x/y") },
		{ .name = SPAN("tmp/"), .kind = HS_KIND_DIR, .mode = 01777 },
		{ .name = SPAN("var/"), .kind = HS_KIND_DIR, .mode = 0755 },
		{ .name = SPAN("z"), .kind = HS_KIND_HARDLINK, .link = SPAN("f") },
		{ .name = { NULL, 0 } },
	};
	struct made m;

	(void)state;
	make(&m, entries);
	assert_int_equal(m.rc, 0);
	assert_string_equal(
		remarks_text(&m.arena, &m.rootfs.remarks),
		"mounted-over: dev/null is hidden at run time: init mounts a file system over its "
		"folder\n"
		"replaced: etc/hosts is replaced by linuxkit's own\n"
		"field-overflow: f has -1 as its time, which is written with a minus: the kernel "
		"reads another number\n"
		"field-overflow: f has 4294967296 as its user, which takes more than eight digits: "
		"the kernel cannot read the archive from there on\n"
		"mounted-over: run/x/y is hidden at run time: init mounts a file system over its "
		"folder\n"
		"mode-lost: tmp/ has mode 1777 and owner 0:0, and becomes 0755 and 0:0\n"
		"hard-link: z is a hard link, and becomes a symbolic link to f\n");
	end(&m);
}

static void
what_linuxkit_refuses_is_refused(void **state)
{
	static const struct {
		struct hs_export_entry entries[2];
		const char *text;
	} rows[] = {
		{ { { .name = SPAN("a"), .kind = HS_KIND_OTHER } },
		  "a: linuxkit refuses it: its type has none of cpio's" },
		{ { { .name = SPAN("a"), .refused = "so it is" } },
		  "a: linuxkit refuses it: so it is" },
		{ { { .name = SPAN("etc/hosts"), .kind = HS_KIND_SYMLINK } },
		  "etc/hosts: linuxkit refuses it: it is no file, and gets the content of one" },
		{ { { .name = SPAN("etc/hosts"), .kind = HS_KIND_HARDLINK } },
		  "etc/hosts: linuxkit refuses it: it is no file, and gets the content of one" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct made m;

		make(&m, rows[i].entries);
		assert_int_equal(m.rc, HS_EFORMAT);
		assert_string_equal(m.err.text, rows[i].text);
		end(&m);
	}
}

static void
what_is_left_out_is_never_refused_and_a_link_takes_any_types_place(void **state)
{
	static const struct hs_export_entry entries[] = {
		{ .name = SPAN("dev/console"), .kind = HS_KIND_OTHER, .refused = "so it is" },
		{ .name = SPAN("etc/resolv.conf"), .kind = HS_KIND_HARDLINK, .mode = 0600 },
		{ .name = { NULL, 0 } },
	};
	struct made m;

	(void)state;
	make(&m, entries);
	assert_string_equal(exported_text(&m), "120600 0:0 1492533000 rootfs/etc/resolv.conf -> "
	                                       "/run/resolvconf/resolv.conf\n");
	end(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bootstrap_is_three_entries),
		cmocka_unit_test(bootstrap_is_what_linuxkit_wrote),
		cmocka_unit_test(
			customer_of_hello_world_has_the_entries_of_its_published_measurement),
		cmocka_unit_test(what_an_export_lacks_is_added_behind_it),
		cmocka_unit_test(each_type_of_entry_has_its_form),
		cmocka_unit_test(what_is_otherwise_at_run_time_is_remarked),
		cmocka_unit_test(what_linuxkit_refuses_is_refused),
		cmocka_unit_test(
			what_is_left_out_is_never_refused_and_a_link_takes_any_types_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
