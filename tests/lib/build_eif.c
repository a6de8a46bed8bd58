/* SPDX-License-Identifier: Apache-2.0 */
#include "build_eif.h"

#include "build_cpio.h"

#include <assert.h>
#include <zlib.h>

static const char metadata[] =
	"{\"ImageName\":\"img\",\"ImageVersion\":\"1.0\",\"BuildMetadata\":{"
	"\"BuildTime\":\"1970-01-01T00:00:00+00:00\",\"BuildTool\":\"t\","
	"\"BuildToolVersion\":\"0\",\"OperatingSystem\":\"Linux\","
	"\"KernelVersion\":\"4.14.256\"},\"DockerInfo\":null,\"CustomMetadata\":null}";

const struct hs_span build_eif_metadata = { (const uint8_t *)metadata, sizeof(metadata) - 1 };

static void
begin(struct build_eif *b)
{
	if (b->out.bytes.len == 0)
		grow_zeros(&b->out, HS_EIF_HEADER);
}

static void
put_be(uint8_t *at, size_t width, uint64_t v)
{
	for (size_t i = width; i-- > 0; v >>= 8)
		at[i] = (uint8_t)v;
}

void
build_eif_add(struct build_eif *b, unsigned type, struct hs_span data)
{
	uint8_t header[HS_EIF_SECTION_HEADER] = { 0 };

	begin(b);
	if (b->n < HS_EIF_MAX_SECTIONS) {
		b->offsets[b->n] = b->out.bytes.len;
		b->sizes[b->n] = data.len;
	}
	b->n++;
	put_be(header, 2, type);
	put_be(header + 4, 8, data.len);
	grow_add(&b->out, (struct hs_span){ header, sizeof(header) });
	grow_add(&b->out, data);
}

void
build_eif_gap(struct build_eif *b, struct hs_span bytes)
{
	begin(b);
	grow_add(&b->out, bytes);
}

void
build_eif_patch(struct hs_span file, size_t at, size_t width, uint64_t v)
{
	assert(at + width <= file.len);
	put_be((uint8_t *)(uintptr_t)file.at + at, width, v);
}

void
build_eif_sum(struct hs_span file)
{
	uLong crc = crc32_z(0, file.at, BUILD_EIF_CRC);

	if (file.len > HS_EIF_HEADER)
		crc = crc32_z(crc, file.at + HS_EIF_HEADER, file.len - HS_EIF_HEADER);
	build_eif_patch(file, BUILD_EIF_CRC, 4, crc);
}

struct hs_span
build_eif_end(struct build_eif *b)
{
	struct hs_span file;

	begin(b);
	file = hs_arena_copy(b->out.arena, b->out.bytes);
	build_eif_patch(file, 0, 4, 0x2e656966);
	build_eif_patch(file, BUILD_EIF_VERSION, 2, b->version ? b->version : 4);
	build_eif_patch(file, BUILD_EIF_FLAGS, 2, b->flags);
	build_eif_patch(file, BUILD_EIF_MEMORY, 8, UINT64_C(1) << 30);
	build_eif_patch(file, BUILD_EIF_CPUS, 8, 2);
	build_eif_patch(file, BUILD_EIF_COUNT, 2, b->n);
	for (size_t i = 0; i < HS_EIF_MAX_SECTIONS; i++) {
		build_eif_patch(file, BUILD_EIF_OFFSETS + 8 * i, 8, b->offsets[i]);
		build_eif_patch(file, BUILD_EIF_SIZES + 8 * i, 8, b->sizes[i]);
	}
	build_eif_sum(file);
	return file;
}

static void
add(struct build_cpio *c, const char *name, uint64_t mode, struct hs_span data)
{
	static const uint64_t fixed_time = 1492533000;

	build_cpio_add(c, &(struct build_cpio_member){
				  .name = name,
				  .ino = 721,
				  .mode = mode,
				  .nlink = 1,
				  .mtime = fixed_time,
				  .dev_major = 3,
				  .dev_minor = 1,
				  .data = data,
			  });
}

static struct hs_span
end(struct build_cpio *c)
{
	build_cpio_end(c);
	build_cpio_fill(c, 512);
	return c->out.bytes;
}

struct hs_span
build_eif_bootstrap(struct hs_arena *a)
{
	struct build_cpio c = { .out.arena = a, .dialect = HS_CPIO_NEWC };

	add(&c, "dev", 040755, HS_SPAN(""));
	add(&c, "init", 0100755, HS_SPAN("init"));
	add(&c, "nsm.ko", 0100755, HS_SPAN("module"));
	return end(&c);
}

struct hs_span
build_eif_customer(struct hs_arena *a, const char *name)
{
	struct build_cpio c = { .out.arena = a, .dialect = HS_CPIO_NEWC };

	add(&c, "rootfs", 040755, HS_SPAN(""));
	add(&c, "rootfs/etc/", 040755, HS_SPAN(""));
	add(&c, "rootfs/etc/hosts", 0100644, hs_arena_span(a, "127.0.0.1 %s\n", name));
	add(&c, "rootfs/app", 0100755, HS_SPAN("#!/bin/sh\n"));
	add(&c, "rootfs", 040755, HS_SPAN(""));
	add(&c, "cmd", 0100644, HS_SPAN("/app\n"));
	add(&c, "env", 0100644, HS_SPAN("PATH=/bin\n"));
	return end(&c);
}

struct hs_span
build_eif_usual(struct hs_arena *a, const char *name)
{
	struct build_eif b = { .out.arena = a };

	build_eif_add(&b, HS_EIF_KERNEL, HS_SPAN("kernel"));
	build_eif_add(&b, HS_EIF_CMDLINE, HS_SPAN("reboot=k panic=30"));
	build_eif_add(&b, HS_EIF_METADATA, build_eif_metadata);
	build_eif_add(&b, HS_EIF_RAMDISK, build_eif_bootstrap(a));
	build_eif_add(&b, HS_EIF_RAMDISK, build_eif_customer(a, name));
	return build_eif_end(&b);
}
