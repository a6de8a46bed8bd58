/* SPDX-License-Identifier: Apache-2.0 */
#include "build_measurements.h"

static struct hs_span
hex_of(struct hs_arena *a, char digit)
{
	uint8_t *text = hs_arena_alloc(a, 96);

	memset(text, digit, 96);
	return (struct hs_span){ text, 96 };
}

static void
set_pcr(struct build_measurements *b, struct hs_arena *a, unsigned i, char x, char y)
{
	struct hs_measure_pcr *pcr = &b->m.pcrs[i];

	*pcr = (struct hs_measure_pcr){
		.index = i,
		.a = hex_of(a, x),
		.b = hex_of(a, y),
		.same = x == y,
		.sections = i == 2 ? b->sections + 3 : b->sections,
		.n_sections = i == 0   ? 4
		              : i == 1 ? 3
		                       : 1,
		.sentence = hs_arena_printf(a, "PCR%u %s", i,
		                            x == y ? "is the same" : "differs because f differs"),
	};
}

struct build_measurements *
build_measurements(struct hs_arena *a)
{
	static const char *const names[] = { "kernel", "cmdline", "ramdisk[1]", "ramdisk[2]" };
	struct build_measurements *b = hs_arena_alloc(a, sizeof(*b));
	const unsigned reach = HS_PCR_BIT(0) | HS_PCR_BIT(2);

	for (size_t i = 0; i < 4; i++)
		b->sections[i] = (struct hs_measure_section){
			.name = names[i], .in_a = true, .in_b = true, .same = i < 3
		};
	set_pcr(b, a, 0, '0', '1');
	set_pcr(b, a, 1, '2', '2');
	set_pcr(b, a, 2, '3', '4');
	b->m.pcrs[3] = (struct hs_measure_pcr){ .index = 8,
		                                .same = true,
		                                .sentence = "PCR8 is the same: neither is signed" };
	b->causes[0] = (struct hs_measure_cause){
		.code = "content",
		.path = "",
		.n = 1,
		.pcrs = reach,
		.sentence = "f in the customer ramdisk has other content",
	};
	b->causes[1] = (struct hs_measure_cause){
		.code = "times",
		.path = "",
		.n = 40,
		.pcrs = reach,
		.sentence = "mtime of 40 entries in the customer ramdisk differs (a and others)",
	};
	b->asides[0] = (struct hs_measure_aside){ .name = "metadata",
		                                  .detail = "BuildMetadata.BuildTime" };
	b->m.n_pcrs = HS_MEASURE_PCRS;
	b->m.sentence = "PCR0 and PCR2 differ because f differs; PCR1 is the same";
	b->m.causes = b->causes;
	b->m.n_causes = 2;
	b->m.asides = b->asides;
	b->m.n_asides = 1;
	b->m.remarks = b->remarks;
	return b;
}
