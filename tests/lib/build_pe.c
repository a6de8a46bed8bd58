/* SPDX-License-Identifier: Apache-2.0 */
#include "build_pe.h"

#include <string.h>

static void
le(struct hs_build *b, uint64_t v)
{
	hs_build_le(b, v, 4);
}

static void
pad(struct hs_build *b, size_t to)
{
	hs_build_fill(b, 0, to - b->len);
}

static void
dos_header(struct hs_build *b)
{
	const uint32_t key = 0x11223344;

	hs_build_text(b, "MZ");
	pad(b, 0x3c);
	le(b, 0x80);
	le(b, 0x536e6144 ^ key);
	le(b, key);
	le(b, key);
	le(b, key);
	le(b, (0x104 << 16 | 31937) ^ key);
	le(b, 3 ^ key);
	hs_build_text(b, "Rich");
	le(b, key);
	pad(b, 0x80);
}

static void
directories(struct hs_build *b, const struct build_pe *w)
{
	static const uint32_t at[16][2] = {
		[0] = { 0x20c0, 40 }, [1] = { 0x2000, 40 },  [4] = { 0x800, 16 },
		[6] = { 0x2080, 56 }, [14] = { 0x2140, 72 },
	};

	for (size_t i = 0; i < 16; i++) {
		const bool there = i != 4 || !w->no_signature;

		le(b, there ? at[i][0] : 0);
		le(b, there ? at[i][1] : 0);
	}
}

static void
headers(struct hs_build *b, const struct build_pe *w)
{
	static const uint16_t versions[] = { 6, 0, 1, 2, 6, 1 };

	hs_build_put(b, HS_SPAN("PE\0\0\x64\x86\2\0"));
	le(b, w->time);
	le(b, 0);
	le(b, 0);
	hs_build_put(b, HS_SPAN("\xf0\0\x22\x20\x0b\x02\x0e\x1d"));
	le(b, 0x200);
	le(b, 0x400);
	le(b, 0);
	le(b, 0x1000);
	le(b, 0x1000);
	hs_build_le(b, 0x180000000, 8);
	le(b, 0x1000);
	le(b, 0x200);
	for (size_t i = 0; i < 6; i++)
		hs_build_le(b, versions[i], 2);
	le(b, 0);
	le(b, 0x3000);
	le(b, 0x200);
	le(b, 0x12345);
	hs_build_le(b, 3, 2);
	hs_build_le(b, 0x160, 2);
	for (uint64_t i = 1; i <= 4; i++)
		hs_build_le(b, i << 12, 8);
	le(b, 0);
	le(b, 16);
	directories(b, w);
}

static void
section(struct hs_build *b, const char *name, uint64_t address, uint64_t len, uint64_t flags)
{
	hs_build_text(b, name);
	hs_build_fill(b, 0, 8 - strlen(name));
	le(b, len);
	le(b, address);
	le(b, len);
	le(b, len); /* .text stands at 200h, .rdata at 400h */
	hs_build_fill(b, 0, 12);
	le(b, flags);
}

/* Imports and exports. */
static void
names(struct hs_build *b)
{
	static const uint32_t exports[] = {
		0, 0x5f5e100, 0, 0x20f0, 1, 1, 1, 0, 0x20e8, 0, 0x20f8
	};

	le(b, 0x2040);
	le(b, 0);
	le(b, 0);
	le(b, 0x2060);
	le(b, 0x2040);
	pad(b, 0x440);
	hs_build_le(b, 0x2070, 8);
	hs_build_le(b, UINT64_C(0x8000000000000007), 8);
	pad(b, 0x460);
	hs_build_text(b, "K.dll");
	pad(b, 0x472);
	hs_build_text(b, "Open");
	pad(b, 0x4c0);
	for (size_t i = 0; i < sizeof(exports) / sizeof(exports[0]); i++)
		le(b, exports[i]);
	pad(b, 0x4f0);
	hs_build_put(b, HS_SPAN("L.dll\0\0\0run"));
}

static void
debug(struct hs_build *b, const struct build_pe *w)
{
	le(b, 0);
	le(b, w->time);
	le(b, 0);
	le(b, 2);
	le(b, 30);
	le(b, 0x2100);
	le(b, 0x500);
	le(b, 0);
	le(b, w->time);
	le(b, 0);
	le(b, 16);
	le(b, 0);
	le(b, 0);
	le(b, 0);
}

static void
clr(struct hs_build *b)
{
	pad(b, 0x540);
	le(b, 72);
	hs_build_put(b, HS_SPAN("\2\0\5\0"));
	le(b, 0x2180);
	le(b, 0x60);
	le(b, 1);
	pad(b, 0x580);
	hs_build_put(b, HS_SPAN("BSJB\1\0\1\0\0\0\0\0\x0c\0\0\0v4.0.30319\0\0\0\0\1\0"));
	le(b, 0x40);
	le(b, 16);
	hs_build_put(b, HS_SPAN("#GUID\0\0\0"));
	pad(b, 0x5c0);
	hs_build_text(b, "0123456789abcdef");
}

void
build_pe(struct hs_build *b, const struct build_pe *w)
{
	struct hs_build entries = { 0 };

	dos_header(b);
	headers(b, w);
	section(b, ".text", 0x1000, 0x200, 0x60000020);
	section(b, ".rdata", 0x2000, 0x400, 0x40000040);
	pad(b, 0x200);
	hs_build_be(b, w->code, 1);
	pad(b, 0x400);
	names(b);
	pad(b, 0x500);
	hs_build_text(b, "RSDS0123456789abcdef");
	le(b, 7);
	hs_build_text(b, "a.pdb");
	clr(b);
	debug(&entries, w);
	memcpy(b->at + 0x480, entries.at, entries.len);
	hs_build_release(&entries);
	pad(b, 0x800);
	if (!w->no_signature)
		hs_build_put(b, HS_SPAN("\x10\0\0\0\0\2\2\0PKCS 7.."));
	hs_build_put(b, w->rest);
}
