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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bootstrap_is_three_entries),
		cmocka_unit_test(bootstrap_is_what_linuxkit_wrote),
		cmocka_unit_test(
			customer_of_hello_world_has_the_entries_of_its_published_measurement),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
