/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/kernel/pe_header.h"

#include "core/escape.h"

#include <inttypes.h>

static const char *
machine_name(unsigned machine)
{
	switch (machine) {
	case 0x14c:
		return "i386";
	case 0x8664:
		return "x86-64";
	case 0xaa64:
		return "arm64";
	default:
		return NULL;
	}
}

void
hs_say_pe(struct hs_facts *out, const struct hs_pe *pe)
{
	const char *name = pe ? machine_name(pe->machine) : NULL;

	if (!pe) {
		hs_say_word(out, "efi stub", "no");
		return;
	}
	if (name)
		hs_say_word(out, "efi stub", name);
	else
		hs_sayf(out, "efi stub", "for machine 0x%04x", pe->machine);
	hs_say_u64(out, "pe timestamp", pe->timestamp);
	hs_say_u64(out, "pe image size", pe->image_size);
	hs_say_hex(out, "pe checksum", pe->checksum);
	if (pe->certificate_len)
		hs_sayf(out, "pe signature", "%" PRIu64 " bytes at offset %" PRIu64,
		        pe->certificate_len, pe->certificate);
	else if (pe->certificate)
		hs_sayf(out, "pe signature", "none, at offset %" PRIu64, pe->certificate);
	else
		hs_say_word(out, "pe signature", "none");
}

void
hs_pe_regions(struct hs_kernel_parts *p, struct hs_arena *a, const struct hs_pe *pe)
{
	for (size_t i = 0; i < pe->n_sections; i++) {
		const struct hs_pe_section *s = &pe->sections[i];
		const struct hs_span name = hs_arena_copy(a, hs_escape(a, s->name));

		hs_parts_region(p, (struct hs_kernel_region){ s->at, s->len,
		                                              name.len ? (const char *)name.at
		                                                       : "unnamed section",
		                                              false });
	}
	if (pe->certificate_len)
		hs_parts_region(p, (struct hs_kernel_region){ pe->certificate, pe->certificate_len,
		                                              "signature", true });
	hs_parts_region(p, (struct hs_kernel_region){ 0, pe->end, "headers", true });
}
