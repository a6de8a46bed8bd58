/* SPDX-License-Identifier: Apache-2.0 */
#include "build_cpio.h"

#include <inttypes.h>
#include <stdio.h>

void
build_cpio_raw(struct build_cpio *b, struct hs_span bytes)
{
	grow_add(&b->out, bytes);
}

static void
add_text(struct build_cpio *b, const char *text)
{
	grow_text(&b->out, text);
}

void
build_cpio_fill(struct build_cpio *b, size_t align)
{
	grow_zeros(&b->out, (align - b->out.bytes.len % align) % align);
}

static void
add_words(struct build_cpio *b, uint64_t v, bool two)
{
	uint8_t word[2] = { (uint8_t)v, (uint8_t)(v >> 8) };

	if (two)
		add_words(b, v >> 16, false);
	if (b->dialect == HS_CPIO_BIN_BE) {
		word[0] = (uint8_t)(v >> 8);
		word[1] = (uint8_t)v;
	}
	build_cpio_raw(b, (struct hs_span){ word, sizeof(word) });
}

static void
add_newc(struct build_cpio *b, const struct build_cpio_member *m)
{
	const uint64_t fields[] = {
		m->ino,       m->mode,       m->uid,        m->gid,
		m->nlink,     m->mtime,      m->data.len,   m->dev_major,
		m->dev_minor, m->rdev_major, m->rdev_minor, strlen(m->name) + 1,
		m->check,
	};
	char text[17];

	add_text(b, b->dialect == HS_CPIO_CRC ? "070702" : "070701");
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		snprintf(text, sizeof(text), "%08" PRIX64, fields[i]);
		add_text(b, text);
	}
}

static void
add_octal(struct build_cpio *b, int width, uint64_t v)
{
	char text[32];

	snprintf(text, sizeof(text), "%0*" PRIo64, width, v);
	add_text(b, text);
}

static void
add_odc(struct build_cpio *b, const struct build_cpio_member *m)
{
	add_text(b, "070707");
	add_octal(b, 6, m->dev_major << 8 | m->dev_minor);
	add_octal(b, 6, m->ino);
	add_octal(b, 6, m->mode);
	add_octal(b, 6, m->uid);
	add_octal(b, 6, m->gid);
	add_octal(b, 6, m->nlink);
	add_octal(b, 6, m->rdev_major << 8 | m->rdev_minor);
	add_octal(b, 11, m->mtime);
	add_octal(b, 6, strlen(m->name) + 1);
	add_octal(b, 11, m->data.len);
}

static void
add_binary(struct build_cpio *b, const struct build_cpio_member *m)
{
	add_words(b, 0070707, false);
	add_words(b, m->dev_major << 8 | m->dev_minor, false);
	add_words(b, m->ino, false);
	add_words(b, m->mode, false);
	add_words(b, m->uid, false);
	add_words(b, m->gid, false);
	add_words(b, m->nlink, false);
	add_words(b, m->rdev_major << 8 | m->rdev_minor, false);
	add_words(b, m->mtime, true);
	add_words(b, strlen(m->name) + 1, false);
	add_words(b, m->data.len, true);
}

void
build_cpio_add(struct build_cpio *b, const struct build_cpio_member *m)
{
	static const size_t align[] = { [HS_CPIO_NEWC] = 4,
		                        [HS_CPIO_CRC] = 4,
		                        [HS_CPIO_ODC] = 1,
		                        [HS_CPIO_BIN_LE] = 2,
		                        [HS_CPIO_BIN_BE] = 2 };

	if (b->dialect == HS_CPIO_NEWC || b->dialect == HS_CPIO_CRC)
		add_newc(b, m);
	else if (b->dialect == HS_CPIO_ODC)
		add_odc(b, m);
	else
		add_binary(b, m);
	build_cpio_raw(b, (struct hs_span){ (const uint8_t *)m->name, strlen(m->name) + 1 });
	build_cpio_fill(b, align[b->dialect]);
	build_cpio_raw(b, m->data);
	build_cpio_fill(b, align[b->dialect]);
}

void
build_cpio_end(struct build_cpio *b)
{
	build_cpio_add(b, &(struct build_cpio_member){ .name = "TRAILER!!!", .nlink = 1 });
}
