/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_image.h"
#include "build_oci_archive.h"
#include "engine/customer.h"
#include "newc_text.h"
#include "scratch.h"

struct made {
	struct hs_arena arena;
	struct hs_operand operand;
	struct hs_customer customer;
	struct hs_err err;
	int rc;
};

static void
make(struct made *m, const struct archive_image *images, size_t n, const char *selector)
{
	const char *path;

	*m = (struct made){ .arena = { 0 } };
	path = scratch_file("image", archive_of_images(&m->arena, images, n));
	path = hs_arena_printf(&m->arena, "%s%s", path, selector);
	assert_int_equal(hs_operand_open(&m->operand, path, &scratch_run, &m->err), 0);
	m->rc = hs_customer_make(&m->customer, &scratch_run, &m->operand, 77, &m->err);
}

static void
end(struct made *m)
{
	hs_customer_release(&m->customer);
	hs_operand_release(&m->operand);
	hs_arena_release(&m->arena);
}

/* What the image has, without what linuxkit puts before and behind it. */
static const char *
text_of(struct made *m)
{
	const char *text, *from, *to;

	assert_int_equal(m->rc, 0);
	text = newc_text(&m->arena, &m->customer.ramdisk);
	from = strchr(text, '\n') + 1;
	to = strstr(from, "040755 0:0 1492533000 rootfs\n");
	assert_non_null(to);
	return hs_arena_printf(&m->arena, "%.*s", (int)(to - from), from);
}

static void
customer_of_an_image_is_its_layers_applied(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span layers[] = {
		build_layer(&arena, "bin/@5%755 bin/su@6%4755=su bin/[@6%755=tool gone=1 "
		                    "aa<bin/[ d/@4%700 d/old@1=1 etc/@9%750 etc/hosts@9=mine"),
		build_layer(&arena, ".wh.gone d/@8%711 d/.wh.old d/caf\xc3\xa9@7=x opt/x/y@3=1 "
		                    "l%644>bin Dockerfile=FROM"),
	};
	const struct archive_image image = {
		.layers = layers,
		.n_layers = 2,
		.codec = HS_CODEC_GZIP,
		.platform = "arm64",
		.config = ",\"config\":{\"Cmd\":[\"/bin/su\",\"-x\"],\"Env\":[\"A=1\"]}",
	};
	struct made m;

	(void)state;
	make(&m, &image, 1, "");
	assert_string_equal(text_of(&m),
	                    "100755 0:0 6 rootfs/aa = tool\n"
	                    "040755 0:0 5 rootfs/bin/\n"
	                    "120755 0:0 6 rootfs/bin/[ -> ../aa\n"
	                    "104755 0:0 6 rootfs/bin/su = su\n"
	                    "040711 0:0 8 rootfs/d/\n"
	                    "100644 0:0 7 rootfs/d/caf\xc3\xa9 = x\n"
	                    "040755 0:0 1492533000 rootfs/dev/\n"
	                    "040755 0:0 1492533000 rootfs/dev/pts/\n"
	                    "040755 0:0 1492533000 rootfs/dev/shm/\n"
	                    "040750 0:0 1492533000 rootfs/etc/\n"
	                    "100755 0:0 1492533000 rootfs/etc/hosts = 127.0.0.1       "
	                    "localhost\\n::1     localhost ip6-localhost ip6-loopback\\n"
	                    "fe00::0 ip6-localnet\\nff00::0 ip6-mcastprefix\\n"
	                    "ff02::1 ip6-allnodes\\nff02::2 ip6-allrouters\\n\n"
	                    "120777 0:0 1492533000 rootfs/etc/mtab -> /proc/mounts\n"
	                    "120755 0:0 1492533000 rootfs/etc/resolv.conf -> "
	                    "/run/resolvconf/resolv.conf\n"
	                    "120777 0:0 0 rootfs/l -> bin\n"
	                    "040755 0:0 77 rootfs/opt/\n"
	                    "040755 0:0 77 rootfs/opt/x/\n"
	                    "100644 0:0 3 rootfs/opt/x/y = 1\n"
	                    "040755 0:0 1492533000 rootfs/proc/\n"
	                    "040755 0:0 1492533000 rootfs/sys/\n");
	assert_span(m.customer.command.cmd, "/bin/su\n-x\n");
	assert_span(m.customer.command.env, "A=1\n");
	assert_string_equal(m.customer.command.arch, "aarch64");
	assert_int_equal(m.customer.image_id.len, 64);
	end(&m);
}

static void
customer_remarks_what_docker_would_make_otherwise(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span layers[] = {
		build_layer(&arena, "d/%700 d/a=1 e/%755 dev/%755 x=1 etc/%700"),
		build_layer(&arena, "d/b=2 d/c=2 e/%755 e/b=1 dev/pts/ f/x=1 .wh.nothing etc/x=1"),
	};
	const struct archive_image image = {
		.layers = layers,
		.n_layers = 2,
		.config = ",\"config\":{\"Cmd\":[\"/x\"],\"User\":\"me\"}",
	};
	struct made m;

	(void)state;
	make(&m, &image, 1, "");
	assert_int_equal(m.rc, 0);
	assert_string_equal(
		remarks_text(&arena, &m.customer.exported.remarks),
		"implied-directory: f is a directory that no layer has an entry for: Docker gives "
		"it the time at which it unpacks the image; 77 is taken\n"
		"implied-directory: d is a directory that layer[1] puts something into without an "
		"entry for it: with Docker's overlay2 store it is 0755, 0:0 and of the time of "
		"unpacking\n"
		"implied-directory: etc is a directory that layer[1] puts something into without "
		"an entry for it: with Docker's overlay2 store it is 0755, 0:0 and of the time of "
		"unpacking\n"
		"layers: .wh.nothing of layer[1] removes what no layer below has\n");
	assert_string_equal(remarks_text(&arena, &m.customer.command.remarks),
	                    "user-ignored: USER me is ignored: the command runs as root\n");
	end(&m);
}

static void
customer_is_made_of_one_image(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span layer = build_layer(&arena, "x=1");
	const char *const config = ",\"config\":{\"Cmd\":[\"/x\"]}";
	const struct archive_image images[] = {
		{ .layers = &layer, .n_layers = 1, .platform = "amd64", .config = config },
		{ .layers = &layer, .n_layers = 1, .platform = "arm64", .config = config },
	};
	struct made m;

	(void)state;
	make(&m, images, 2, "");
	assert_int_equal(m.rc, HS_EUSAGE);
	assert_string_equal(m.err.text, "it holds 2 images, of which one is to be chosen: "
	                                "@linux/amd64, @linux/arm64");
	end(&m);
	make(&m, images, 2, "@linux/arm64");
	assert_int_equal(m.rc, 0);
	assert_string_equal(m.customer.command.arch, "aarch64");
	end(&m);
	make(&m, images, 2, "@linux/s390x");
	assert_int_equal(m.rc, HS_EUSAGE);
	end(&m);
}

static void
customer_of_what_is_no_whole_image_is_refused(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span layer = build_layer(&arena, "x=1");
	const struct archive_image plain = { .layers = &layer, .n_layers = 1 };
	const struct archive_image absent = {
		.layers = &layer,
		.n_layers = 1,
		.absent = 1,
		.config = ",\"config\":{\"Cmd\":[\"/x\"]}",
	};
	struct hs_operand o;
	struct hs_customer c;
	struct hs_err err;
	struct made m;

	(void)state;
	make(&m, &plain, 1, "");
	assert_int_equal(m.rc, HS_EUSAGE);
	assert_string_equal(m.err.text, "its configuration has neither Cmd nor Entrypoint");
	end(&m);
	make(&m, &absent, 1, "");
	assert_int_equal(m.rc, HS_EFORMAT);
	end(&m);
	assert_int_equal(hs_operand_open(&o, scratch_file("tar", layer), &scratch_run, &err), 0);
	assert_int_equal(hs_customer_make(&c, &scratch_run, &o, 0, &err), HS_EUSAGE);
	assert_string_equal(err.text, "it is no container image");
	hs_customer_release(&c);
	hs_operand_release(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(customer_of_an_image_is_its_layers_applied),
		cmocka_unit_test(customer_remarks_what_docker_would_make_otherwise),
		cmocka_unit_test(customer_is_made_of_one_image),
		cmocka_unit_test(customer_of_what_is_no_whole_image_is_refused),
	};

	return cmocka_run_group_tests(tests, scratch_setup, scratch_teardown);
}
