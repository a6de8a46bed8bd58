/* SPDX-License-Identifier: Apache-2.0 */
#include "build_tar.h"

#include <inttypes.h>
#include <stdio.h>

enum { BLOCK = 512 };

static void
put_text(uint8_t *at, size_t size, const char *text)
{
	const struct hs_span s = hs_span_head(hs_span_of(text ? text : ""), size);

	if (s.len)
		memcpy(at, s.at, s.len);
}

static void
put_octal(uint8_t *at, size_t size, uint64_t v)
{
	char text[32];

	snprintf(text, sizeof(text), "%0*" PRIo64, (int)size - 1, v);
	memcpy(at, text, size - 1);
}

static void
put_sum(uint8_t *header)
{
	uint32_t sum = 0;

	memset(header + 148, ' ', 8);
	for (size_t i = 0; i < BLOCK; i++)
		sum += header[i];
	put_octal(header + 148, 7, sum);
	header[154] = 0;
}

void
hs_build_tar_header(struct hs_build *b, const struct hs_build_tar *e)
{
	static const char *const magic[] = {
		[HS_BUILD_USTAR] = "ustar\0"
				   "00",
		[HS_BUILD_GNU] = "ustar  \0",
		[HS_BUILD_V7] = "\0\0\0\0\0\0\0",
		[HS_BUILD_STAR] = "ustar\0"
				  "00",
	};
	uint8_t h[BLOCK] = { 0 };

	put_text(h, 100, e->name);
	put_octal(h + 100, 8, e->mode ? e->mode : 0644);
	put_octal(h + 108, 8, e->uid);
	put_octal(h + 116, 8, e->gid);
	put_octal(h + 124, 12, e->size ? e->size : e->data.len);
	put_octal(h + 136, 12, e->mtime);
	h[156] = (uint8_t)(e->type_nul ? 0 : e->type ? e->type : '0');
	put_text(h + 157, 100, e->link);
	memcpy(h + 257, magic[e->magic], 8);
	if (e->magic != HS_BUILD_V7) {
		put_text(h + 265, 32, e->uname);
		put_text(h + 297, 32, e->gname);
	}
	if (h[156] == '3' || h[156] == '4') {
		put_octal(h + 329, 8, e->dev_major);
		put_octal(h + 337, 8, e->dev_minor);
	}
	if (e->magic == HS_BUILD_STAR)
		memcpy(h + 508, "tar", 3);
	put_sum(h);
	hs_build_put(b, (struct hs_span){ h, BLOCK });
}

void
hs_build_tar_entry(struct hs_build *b, const struct hs_build_tar *e)
{
	hs_build_tar_header(b, e);
	hs_build_put(b, e->data);
	hs_build_align(b, BLOCK);
}

void
hs_build_tar_file(struct hs_build *b, const char *name, const char *content)
{
	hs_build_tar_entry(b, &(struct hs_build_tar){ .name = name, .data = hs_span_of(content) });
}

void
hs_build_tar_extension(struct hs_build *b, char type, struct hs_span data)
{
	const bool gnu = type == 'L' || type == 'K';

	hs_build_tar_entry(b, &(struct hs_build_tar){
				      .name = gnu ? "././@LongLink" : "PaxHeaders/x",
				      .type = type,
				      .data = data,
				      .magic = gnu ? HS_BUILD_GNU : HS_BUILD_USTAR,
			      });
}

void
hs_build_pax_record(struct hs_build *records, const char *key, struct hs_span value)
{
	const size_t body = strlen(key) + value.len + 3; /* with blank, "=" and line feed */
	size_t len = body;
	char text[32];

	while (len != body + (size_t)snprintf(text, sizeof(text), "%zu", len))
		len = body + strlen(text);
	hs_build_text(records, text);
	hs_build_text(records, " ");
	hs_build_text(records, key);
	hs_build_text(records, "=");
	hs_build_put(records, value);
	hs_build_text(records, "\n");
}

void
hs_build_tar_record(struct hs_build *b, char type, const char *key, const char *value)
{
	struct hs_build records = { 0 };

	hs_build_pax_record(&records, key, hs_span_of(value));
	hs_build_tar_extension(b, type, hs_build_span(&records));
	hs_build_release(&records);
}

void
hs_build_tar_end(struct hs_build *b)
{
	hs_build_fill(b, 0, 2 * BLOCK);
}

void
hs_build_tar_patch(struct hs_build *b, size_t off, size_t field, struct hs_span bytes)
{
	memcpy(b->at + off + field, bytes.at, bytes.len);
	put_sum(b->at + off);
}
