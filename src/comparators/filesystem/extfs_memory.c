/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/filesystem/extfs_memory.h"

#if HS_WITH_EXT2FS

#include <stdio.h>
#include <stdlib.h>

/* The library hands its opener a name and nothing else, so the name says where the span is. */
enum { NAME_ROOM = 40 };

static io_manager memory_manager(void);

static errcode_t
memory_open(const char *name, int flags, io_channel *out)
{
	io_channel io = calloc(1, sizeof(*io));
	void *at = NULL;

	(void)flags;
	if (!io || sscanf(name, "%p", &at) != 1) {
		free(io);
		return EXT2_ET_NO_MEMORY;
	}
	io->magic = EXT2_ET_MAGIC_IO_CHANNEL;
	io->manager = memory_manager();
	io->block_size = 1024;
	io->refcount = 1;
	io->private_data = at;
	*out = io;
	return 0;
}

static errcode_t
memory_close(io_channel io)
{
	if (--io->refcount == 0)
		free(io);
	return 0;
}

static errcode_t
memory_block_size(io_channel io, int size)
{
	io->block_size = size;
	return 0;
}

/* A negative count is one of bytes. */
static errcode_t
memory_read(io_channel io, unsigned long long block, int count, void *out)
{
	const struct hs_span *bytes = io->private_data;
	const uint64_t size =
		count < 0 ? -(uint64_t)count : (uint64_t)count * (uint64_t)io->block_size;
	struct hs_span part;
	uint64_t at;

	if (__builtin_mul_overflow(block, (uint64_t)io->block_size, &at) ||
	    !hs_span_part(&part, *bytes, at, size))
		return EXT2_ET_SHORT_READ;
	if (part.len > 0)
		memcpy(out, part.at, part.len);
	return 0;
}

static errcode_t
memory_read_32(io_channel io, unsigned long block, int count, void *out)
{
	return memory_read(io, block, count, out);
}

static errcode_t
memory_flush(io_channel io)
{
	(void)io;
	return 0;
}

static io_manager
memory_manager(void)
{
	static struct struct_io_manager manager = {
		.magic = EXT2_ET_MAGIC_IO_MANAGER,
		.name = "memory",
		.open = memory_open,
		.close = memory_close,
		.set_blksize = memory_block_size,
		.read_blk = memory_read_32,
		.read_blk64 = memory_read,
		.flush = memory_flush,
	};

	return &manager;
}

errcode_t
hs_extfs_open(ext2_filsys *out, const struct hs_span *bytes)
{
	char name[NAME_ROOM];

	snprintf(name, sizeof(name), "%p", (const void *)bytes);
	return ext2fs_open2(name, NULL,
	                    EXT2_FLAG_64BITS | EXT2_FLAG_IGNORE_CSUM_ERRORS |
	                            EXT2_FLAG_SOFTSUPP_FEATURES,
	                    0, 0, memory_manager(), out);
}

#endif
