/* SPDX-License-Identifier: Apache-2.0 */
#include "core/blob.h"

#include "core/arena.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>

struct hs_blob *
hs_blob_ref(struct hs_blob *b)
{
	if (b)
		atomic_fetch_add_explicit(&b->refs, 1, memory_order_relaxed);
	return b;
}

void
hs_blob_unref(struct hs_blob *b)
{
	while (b) {
		struct hs_blob *parent = b->parent;

		/* The release of each owner happens before the acquire of the last one. */
		if (atomic_fetch_sub_explicit(&b->refs, 1, memory_order_acq_rel) != 1)
			return;
		if (b->map)
			munmap(b->map, b->map_len);
		free(b->heap);
		free(b);
		b = parent;
	}
}

static struct hs_blob *
new_blob(struct hs_span bytes)
{
	struct hs_blob *b = hs_alloc(sizeof(*b));

	b->bytes = bytes;
	atomic_init(&b->refs, 1);
	return b;
}

struct hs_blob *
hs_blob_of_heap(void *heap, size_t len)
{
	struct hs_blob *b = new_blob((struct hs_span){ heap, len });

	b->heap = heap;
	return b;
}

struct hs_blob *
hs_blob_of_map(void *map, size_t map_len, struct hs_span bytes)
{
	struct hs_blob *b = new_blob(bytes);

	b->map = map;
	b->map_len = map_len;
	return b;
}

struct hs_blob *
hs_blob_part(struct hs_blob *whole, struct hs_span bytes)
{
	struct hs_blob *b = new_blob(bytes);

	b->parent = hs_blob_ref(whole);
	return b;
}

int
hs_blob_map(struct hs_blob **out, int fd, uint64_t size, struct hs_err *err)
{
	void *map;

	if (size == 0) {
		*out = new_blob((struct hs_span){ NULL, 0 });
		return 0;
	}
	if (size > SIZE_MAX / 2)
		return hs_fail(err, HS_ELIMIT, "too large to map");
	map = mmap(NULL, (size_t)size, PROT_READ, MAP_SHARED, fd, 0);
	if (map == MAP_FAILED)
		return hs_fail_errno(err, errno, "cannot map it");
	*out = hs_blob_of_map(map, (size_t)size, (struct hs_span){ map, (size_t)size });
	return 0;
}

int
hs_blob_map_input(struct hs_blob **out, int fd, const struct stat *st, struct hs_err *err)
{
	const int rc = hs_blob_map(out, fd, (uint64_t)st->st_size, err);

	if (rc == 0)
		(*out)->file = (struct hs_file_id){
			.dev = st->st_dev,
			.ino = st->st_ino,
			.size = (uint64_t)st->st_size,
			.mtime = st->st_mtim.tv_sec,
			.mtime_nsec = st->st_mtim.tv_nsec,
			.known = 1,
		};
	return rc;
}

struct hs_content
hs_content_of(struct hs_blob *b, struct hs_span bytes)
{
	return (struct hs_content){ .blob = hs_blob_ref(b), .bytes = bytes };
}

struct hs_sha256
hs_content_sha256(const struct hs_content *c)
{
	const struct hs_blob *b = c->blob;

	if (b && b->has_sha256 && b->bytes.at == c->bytes.at && b->bytes.len == c->bytes.len)
		return b->sha256;
	return hs_sha256(c->bytes);
}

void
hs_content_release(struct hs_content *c)
{
	hs_blob_unref(c->blob);
	*c = (struct hs_content){ 0 };
}
