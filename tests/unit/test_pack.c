/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "engine/side.h"
#include "pack/pack.h"
#include "scratch.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/socket.h>
#include <unistd.h>

/* The archive of a folder, in a heap block. */
static struct hs_span
archive_of(const char *folder, const char **remarks)
{
	static struct hs_arena arena;
	struct hs_packed p = { .list.arena = &arena };
	struct hs_pack_order order = { .times = { true, 1000000000 } };
	struct hs_operand x;
	struct hs_opened o;
	struct hs_err err;
	char *bytes = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&bytes, &len);

	hs_arena_release(&arena);
	assert_int_equal(hs_operand_open(&x, folder, &scratch_run, &err), 0);
	hs_side_open_operand(&o, &scratch_run, hs_pool_main(scratch_run.pool), &x);
	assert_int_equal(hs_pack_config_load(&order.config, HS_SPAN(""), &err), 0);
	assert_int_equal(hs_pack(&p, &o.tree, &order, &err), 0);
	assert_int_equal(hs_packed_write(&p, &scratch_run, out, &err), 0);
	*remarks = "";
	for (const struct hs_pack_remark *r = p.list.remarks; r; r = r->next)
		*remarks = hs_arena_printf(&arena, "%s%.*s: %s\n", *remarks, (int)r->name.len,
		                           (const char *)r->name.at, r->text);
	json_decref(order.config);
	hs_packed_release(&p);
	hs_side_release(&o);
	hs_operand_release(&x);
	assert_int_equal(fclose(out), 0);
	return (struct hs_span){ (uint8_t *)bytes, len };
}

static void
make_socket(const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	const int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	assert_true(strlen(path) < sizeof(at.sun_path));
	memcpy(at.sun_path, path, strlen(path) + 1);
	assert_int_equal(bind(fd, (const struct sockaddr *)&at, sizeof(at)), 0);
	close(fd);
}

static void
pack_makes_one_archive_of_one_tree_however_it_was_made(void **state)
{
	struct hs_span one, two;
	const char *remarks;
	struct hs_opened o;

	(void)state;
	scratch_folder("one");
	scratch_folder("one/a");
	scratch_file("one/a/f", HS_SPAN("text"));
	assert_int_equal(link(scratch_path("one/a/f"), scratch_path("one/a/g")), 0);
	scratch_link("one/l", "a");
	make_socket(scratch_path("one/s"));

	scratch_folder("two");
	scratch_link("two/l", "a");
	scratch_folder("two/a");
	scratch_file("two/a/g", HS_SPAN("text"));
	assert_int_equal(link(scratch_path("two/a/g"), scratch_path("two/a/f")), 0);

	one = archive_of(scratch_path("one"), &remarks);
	assert_string_equal(remarks, "s: a socket is left out\n");
	two = archive_of(scratch_path("two"), &remarks);
	assert_string_equal(remarks, "");
	assert_true(hs_span_equal(one, two));

	hs_side_open(&o, &scratch_run, hs_pool_main(scratch_run.pool),
	             (struct hs_content){ .bytes = one });
	assert_string_equal(o.format, "oci-archive");
	assert_int_equal(o.trouble.code, 0);
	for (size_t i = 0; i < o.tree.n_entries; i++)
		assert_null(o.tree.entries[i].note);
	hs_side_release(&o);
	free((void *)(uintptr_t)one.at);
	free((void *)(uintptr_t)two.at);
}

static void
pack_refuses_a_tree_without_metadata(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_packed p = { .list.arena = &arena };
	const struct hs_pack_order order = { .config = NULL };
	struct hs_tree t;
	struct hs_err err;

	(void)state;
	hs_tree_init(&t, &scratch_run, hs_pool_main(scratch_run.pool), NULL);
	assert_int_equal(hs_pack(&p, &t, &order, &err), HS_EUSAGE);
	assert_string_equal(err.text, "only a directory or a tar can be packed");
	hs_packed_release(&p);
	hs_tree_release(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pack_makes_one_archive_of_one_tree_however_it_was_made),
		cmocka_unit_test(pack_refuses_a_tree_without_metadata),
	};

	return cmocka_run_group_tests(tests, scratch_setup, scratch_teardown);
}
