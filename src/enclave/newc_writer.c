/* SPDX-License-Identifier: Apache-2.0 */
/*
 * newc (cpio(5), "New ASCII Format"), as gocpio has it:
 *
 *	6   magic "070701"
 *	8   thirteen times, in hex: inode, mode, uid, gid, links, mtime, size,
 *	    device major and minor, rdev major and minor, size of the name, check
 *	..  name with its NUL, filled with zeros to a multiple of 4
 *	..  data, filled in the same way
 *
 * A number that takes more than eight digits takes them, and what follows
 * stands that much further on; a negative one is a minus and seven digits.
 * Filling counts from the start of the archive, so such a header moves it too.
 */
#include "enclave/newc_writer.h"

#include <inttypes.h>
#include <sys/stat.h>

enum {
	FIRST_INODE = 721,
	DEVICE_MAJOR = 3,
	DEVICE_MINOR = 1,
	ALIGN = 4,
	BLOCK = 512,
	HEX = 8,
	MAX_HEADER = 6 + 13 * 17,
};

static uint64_t
fill_for(uint64_t size, uint64_t align)
{
	return (align - size % align) % align;
}

static void
fill(struct hs_newc_writer *w, uint64_t align)
{
	hs_pieces_add_zeros(w->out, fill_for(w->out->size - w->start, align));
}

/* As Go's %08x. */
static char *
put_hex(char *at, int64_t v)
{
	const uint64_t magnitude = v < 0 ? -(uint64_t)v : (uint64_t)v;
	const char *sign = v < 0 ? "-" : "";

	return at + snprintf(at, 18, "%s%0*" PRIx64, sign, v < 0 ? HEX - 1 : HEX, magnitude);
}

static void
add(struct hs_newc_writer *w, const struct hs_newc_entry *e, uint64_t mode)
{
	const int64_t numbers[] = {
		(int64_t)w->next_inode++,
		(int64_t)mode,
		e->uid,
		e->gid,
		e->type == S_IFDIR ? 2 : 1,
		e->mtime,
		(int64_t)e->data.len,
		DEVICE_MAJOR,
		DEVICE_MINOR,
		(int64_t)e->rdev_major,
		(int64_t)e->rdev_minor,
		(int64_t)e->name.len + 1,
		0,
	};
	uint8_t *const buffer = hs_arena_alloc(w->out->arena, MAX_HEADER + e->name.len + 1);
	char *at = (char *)buffer + 6;

	memcpy(buffer, "070701", 6);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		at = put_hex(at, numbers[i]);
	if (e->name.len)
		memcpy(at, e->name.at, e->name.len);
	at[e->name.len] = 0;
	at += e->name.len + 1;
	hs_pieces_add(w->out, (struct hs_span){ buffer, (size_t)(at - (char *)buffer) });
	fill(w, ALIGN);
	hs_pieces_add(w->out, e->data);
	fill(w, ALIGN);
}

void
hs_newc_begin(struct hs_newc_writer *w, struct hs_pieces *out)
{
	*w = (struct hs_newc_writer){ out, out->size, FIRST_INODE };
}

void
hs_newc_add(struct hs_newc_writer *w, const struct hs_newc_entry *e)
{
	add(w, e, (e->type & S_IFMT) | (e->permissions & 07777));
}

void
hs_newc_end(struct hs_newc_writer *w)
{
	add(w, &(struct hs_newc_entry){ .name = HS_SPAN("TRAILER!!!") }, 0);
	fill(w, BLOCK);
}
