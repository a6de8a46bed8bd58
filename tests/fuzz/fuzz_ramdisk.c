/* SPDX-License-Identifier: Apache-2.0 */
/* The first byte says whether the rest is an export stream or the configuration of an image. */
#include "enclave/ramdisk.h"
#include "target.h"

#include <stdlib.h>

static void
run_command(struct hs_span json)
{
	struct hs_arena arena = { 0 };
	struct hs_ramdisk_command command;
	struct hs_err err;

	/* A file of lines, whatever its elements hold. */
	if (hs_ramdisk_command(&command, &arena, json, &err) == 0 &&
	    ((command.cmd.len && !hs_span_ends(command.cmd, HS_SPAN("\n"))) ||
	     (command.env.len && !hs_span_ends(command.env, HS_SPAN("\n")))))
		abort();
	hs_arena_release(&arena);
}

static void
run_export(struct hs_span stream)
{
	struct hs_arena arena = { 0 };
	struct hs_export rootfs = { .arena = &arena };
	struct hs_pieces out = { .arena = &arena };
	const struct hs_ramdisk_customer c = { .rootfs = &rootfs, .cmd = HS_SPAN("/c\n") };
	struct hs_err err;
	uint64_t size = 0;

	if (hs_export_of_tar(&rootfs, hs_fuzz_run(), (struct hs_content){ .bytes = stream },
	                     &err) == 0 &&
	    hs_ramdisk_customer(&out, &c, &err) == 0) {
		for (size_t i = 0; i < out.n; i++)
			size += out.list[i].len;
		if (size != out.size || size % 512 != 0)
			abort();
	}
	hs_export_release(&rootfs);
	hs_arena_release(&arena);
}

/* Whatever is exported or configured, making a ramdisk of it ends, and ends well. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *copy;

	if (size == 0)
		return 0;
	copy = malloc(size);
	if (!copy)
		return 0;
	memcpy(copy, data + 1, size - 1);
	if (data[0] & 1) {
		run_command((struct hs_span){ copy, size - 1 });
	} else {
		hs_fuzz_repair_tar(copy, size - 1);
		run_export((struct hs_span){ copy, size - 1 });
	}
	free(copy);
	return 0;
}
