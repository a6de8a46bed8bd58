/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inode numbers of a ramdisk. linuxkit counts from 721 on and other writers
 * from 1 or so: one entry more gives every entry behind it another number, and
 * the trailer too. Where each side just counts, that is told by the entry
 * alone, and 18,000 other numbers are no news.
 */
#include "engine/measuring.h"

#include "core/cpio_walk.h"

bool
hs_measure_is_numbered(struct hs_span cpio, uint64_t *first)
{
	struct hs_cpio_walk walk = { .file = cpio };
	enum hs_cpio_step step = HS_CPIO_MEMBER;
	struct hs_err ignored;
	uint64_t n = 0;

	while (hs_cpio_step(&walk, &step, &ignored) == 0) {
		const uint64_t ino = walk.member.ino;

		if (step == HS_CPIO_TRAILER)
			return n > 0 && (ino == *first + n || ino == 0);
		if (step != HS_CPIO_MEMBER)
			continue;
		if (n == 0)
			*first = ino;
		else if (ino != *first + n)
			return false;
		n++;
	}
	return false;
}
