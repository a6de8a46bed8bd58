/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/pcr.h"

#include "build_eif.h"
#include "unit.h"

#include <openssl/sha.h>

#define PCR0_OF_TWO                                                                                \
	"0bf882026f87bc68d0b68316e378fdfff5106bbd0e1f163208550f7709decf5f"                         \
	"5929b9e6bac8246e0a9d2656dc855915"
#define PCR1_OF_TWO                                                                                \
	"4dbea89de106cd1305711998e172eb78be9263bc650fafdd90fce2a1e2b34b27"                         \
	"7a906e8646b1470e88a6f9cb083fe88d"
#define PCR2_OF_TWO                                                                                \
	"527132b945ad54d9d9e38fbb946695807519d45d711a9c6e66c578896999a6c6"                         \
	"32e7875d54f96368451f2bfbd8d56eec"
#define PCR2_OF_NONE                                                                               \
	"21b9efbc184807662e966d34f390821309eeac6802309798826296bf3e8bec7c"                         \
	"10edb30948c90ba67310f7b964fc500a"

static void
measure(struct hs_pcrs *out, struct hs_span file, unsigned jobs)
{
	struct hs_arena arena RELEASED = { 0 };
	struct hs_run run;
	struct hs_eif eif;
	struct hs_err err;

	start_run(&run, jobs);
	assert_int_equal(hs_eif_read(&eif, &arena, file, &err), 0);
	assert_int_equal(hs_pcrs_of_eif(out, &run, hs_pool_main(run.pool), &eif, &err), 0);
	assert_int_equal(out->crc, hs_eif_crc(file));
	hs_run_release(&run);
}

static void
assert_pcr(const struct hs_pcr *pcr, const char *want)
{
	char hex[HS_PCR_HEX];

	assert_string_equal(hs_pcr_hex(hex, pcr), want);
}

struct section {
	unsigned type;
	const char *data;
};

static struct hs_span
file_of(struct hs_arena *a, const struct section *list, size_t n)
{
	struct build_eif b = { .out.arena = a };

	for (size_t i = 0; i < n; i++)
		build_eif_add(&b, list[i].type, hs_span_of(list[i].data));
	return build_eif_end(&b);
}

/* What AWS's reader gives for these files. */
static void
pcrs_cover_sections_in_the_order_of_the_file(void **state)
{
	static const struct section two[] = {
		{ HS_EIF_KERNEL, "kern" }, { HS_EIF_CMDLINE, "cmd" }, { HS_EIF_METADATA, "{}" },
		{ HS_EIF_RAMDISK, "rd1" }, { HS_EIF_RAMDISK, "rd2" },
	};
	static const struct section three[] = {
		{ HS_EIF_KERNEL, "kern" }, { HS_EIF_CMDLINE, "cmd" }, { HS_EIF_RAMDISK, "rd1" },
		{ HS_EIF_RAMDISK, "rd2" }, { HS_EIF_RAMDISK, "rd3" }, { HS_EIF_SIGNATURE, "" },
	};
	static const struct section other[] = {
		{ HS_EIF_METADATA, "{}" }, { HS_EIF_RAMDISK, "rd1" }, { HS_EIF_CMDLINE, "cmd" },
		{ HS_EIF_RAMDISK, "rd2" }, { HS_EIF_KERNEL, "kern" },
	};
	static const struct section one[] = {
		{ HS_EIF_KERNEL, "kern" },
		{ HS_EIF_CMDLINE, "cmd" },
		{ HS_EIF_RAMDISK, "rd1" },
	};
	const struct {
		const struct section *list;
		size_t n;
		const char *pcr[3];
	} rows[] = {
		{ two, 5, { PCR0_OF_TWO, PCR1_OF_TWO, PCR2_OF_TWO } },
		{ three,
		  6,
		  { "86a41dea86e64f7af91906eaf2ef671c1eef37f141691f6de28d82a0c139ffd4"
		    "74f135bca0d03bba8cf0160670f3bbfe",
		    PCR1_OF_TWO,
		    "6e9f601540b66bd70272438ef0f0965ddeae51830b5256eee7141bb1287867d0"
		    "d27d12c9056c3b357d57f263b7030b4e" } },
		{ other,
		  5,
		  { "55ccffba32ccec67d2bd261437b1524b4e88c7a28ae7fd9a711ec2ecdac844cd"
		    "f741c1cf7cf36020a2825fdaafdcd7a0",
		    "21b5dd05383bc1f456c4f31c6079a7134aa91a516532df5b9458d8e5b4972231"
		    "ad392c605a8c61ae8b1754cb8e63afa2",
		    PCR2_OF_TWO } },
		{ one, 3, { PCR1_OF_TWO, PCR1_OF_TWO, PCR2_OF_NONE } },
		{ one, 0, { PCR2_OF_NONE, PCR2_OF_NONE, PCR2_OF_NONE } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_arena arena RELEASED = { 0 };
		const struct hs_span file = file_of(&arena, rows[i].list, rows[i].n);

		for (unsigned jobs = 1; jobs <= 3; jobs++) {
			struct hs_pcrs pcrs;

			measure(&pcrs, file, jobs);
			for (size_t j = 0; j < 3; j++)
				assert_pcr(&pcrs.pcr[j], rows[i].pcr[j]);
		}
	}
}

/* The register by its definition, with nothing of the program's. */
static void
extend(uint8_t out[48], struct hs_span content)
{
	uint8_t both[96] = { 0 };

	SHA384(content.at, content.len, both + 48);
	SHA384(both, sizeof(both), out);
}

static void
pcrs_of_sections_larger_than_a_chunk_are_those_of_their_bytes(void **state)
{
	enum { KERNEL = 300000, FIRST = 262144, SECOND = 800001 };
	struct hs_arena arena RELEASED = { 0 };
	struct build_eif b = { .out.arena = &arena };
	uint8_t *bytes = hs_arena_alloc(&arena, KERNEL + FIRST + SECOND);
	struct hs_span all = { bytes, KERNEL + FIRST + SECOND };
	uint8_t want[48];
	struct hs_pcrs pcrs;

	(void)state;
	for (size_t i = 0; i < all.len; i++)
		bytes[i] = (uint8_t)(i * 31 + (i >> 9));
	build_eif_add(&b, HS_EIF_KERNEL, hs_span_head(all, KERNEL));
	build_eif_gap(&b, HS_SPAN("some bytes of nobody's"));
	build_eif_add(&b, HS_EIF_RAMDISK, hs_span_head(hs_span_from(all, KERNEL), FIRST));
	build_eif_add(&b, HS_EIF_RAMDISK, hs_span_from(all, KERNEL + FIRST));
	measure(&pcrs, build_eif_end(&b), 2);
	extend(want, all);
	assert_memory_equal(pcrs.pcr[0].bytes, want, sizeof(want));
	extend(want, hs_span_head(all, KERNEL + FIRST));
	assert_memory_equal(pcrs.pcr[1].bytes, want, sizeof(want));
	extend(want, hs_span_from(all, KERNEL + FIRST));
	assert_memory_equal(pcrs.pcr[2].bytes, want, sizeof(want));
}

/* Tables may name bytes twice: each section is hashed, and the file summed up once. */
static void
pcrs_of_overlapping_sections_end_well(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	const struct hs_span file = build_eif_usual(&arena, "x");
	struct hs_eif eif;
	struct hs_err err;
	struct hs_run run;
	struct hs_pcrs pcrs;

	(void)state;
	start_run(&run, 2);
	assert_int_equal(hs_eif_read(&eif, &arena, file, &err), 0);
	for (size_t i = 0; i < eif.n_sections; i++)
		eif.sections[i].data = hs_span_from(file, i % 2 ? 600 : 10);
	assert_int_equal(hs_pcrs_of_eif(&pcrs, &run, hs_pool_main(run.pool), &eif, &err), 0);
	assert_int_equal(pcrs.crc, hs_eif_crc(file));
	hs_run_release(&run);
}

static void
pcrs_of_a_plan_are_those_of_its_file(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	const struct section list[] = {
		{ HS_EIF_KERNEL, "kern" }, { HS_EIF_CMDLINE, "cmd" }, { HS_EIF_METADATA, "{}" },
		{ HS_EIF_RAMDISK, "rd1" }, { HS_EIF_RAMDISK, "rd2" },
	};
	static const char *const want[][3] = {
		[HS_PCR_SHA384] = { PCR0_OF_TWO, PCR1_OF_TWO, PCR2_OF_TWO },
		[HS_PCR_SHA256] = { "7aaba0a2a36366a7d22994536097b548a9611b3d833606195494fb9284ff9c"
		                    "bd",
		                    "c9a82ed71382a7c4b3ac41c9d6c6492c1e40e501e42225b798767234bcc7c9"
		                    "c3",
		                    "79bb7e80b5ee2e8dee714cbd1fe68e5c29961448678b79f112f8f8640db4b0"
		                    "d4" },
		[HS_PCR_SHA512] = { "53567ed593c31e7ec03105659ade59fdc0ecf4c42886c01ee9a6f0cb3528a9"
		                    "4d"
		                    "f73d0c1d5704a73b050c41df2535ca96939f30b59dfb1beb53d54cea76c1fc"
		                    "b4",
		                    "9becfaf44a349653f2a4e9b975d5718978b1206d2447d313201e66bc8076a5"
		                    "88"
		                    "6c7c01f87d447d1f3838fc4224a6603b571c0785dabb6b69e9aa0331f17b4c"
		                    "a2",
		                    "7e606d09c42cf3453a5024092862d963c738a8fa1513d74248b2671f06b484"
		                    "c2"
		                    "ae815da381c05520147dd9de883f5b6d499e69332c15db2d08dd064172e443"
		                    "af" },
	};
	struct hs_eif_plan plan;
	struct hs_pcrs pcrs;
	struct hs_err err;
	struct hs_run run;

	(void)state;
	hs_eif_plan_init(&plan, false);
	for (size_t i = 0; i < 5; i++) {
		struct hs_pieces data = { .arena = &arena };
		const struct hs_span bytes = hs_span_of(list[i].data);

		/* In two pieces that are no neighbours. */
		hs_pieces_add(&data, hs_arena_copy(&arena, hs_span_head(bytes, 1)));
		hs_pieces_add(&data, hs_arena_copy(&arena, hs_span_from(bytes, 1)));
		assert_int_equal(
			hs_eif_plan_add(&plan, (enum hs_eif_type)list[i].type, &data, &err), 0);
	}
	start_run(&run, 2);
	for (int algo = HS_PCR_SHA384; algo <= HS_PCR_SHA512; algo++) {
		assert_int_equal(hs_pcrs_of_plan(&pcrs, &run, &plan, (enum hs_pcr_algo)algo, &err),
		                 0);
		for (size_t i = 0; i < 3; i++)
			assert_pcr(&pcrs.pcr[i], want[algo][i]);
	}
	hs_run_release(&run);
}

/* The examples of AWS's user guide. */
static void
pcr3_and_pcr4_extend_the_text_itself(void **state)
{
	struct hs_pcr pcr;

	(void)state;
	pcr = hs_pcr_of_text(HS_SPAN("arn:aws:iam::123456789012:role/Webserver"));
	assert_pcr(&pcr, "78fce75db17cd4e0a3fb8dad3ad128ca5e77edbb2b2c7f75329dccd99aa5f6ef"
	                 "4fc1f1a452e315b9e98f9e312e6921e6");
	pcr = hs_pcr_of_text(HS_SPAN("i-1234567890abcdef0"));
	assert_pcr(&pcr, "08f996b5d43e047a9eb51e7f548bfee7e164fd7dc8f65541f2ac09d6545ac812"
	                 "719327281c401a67a10fcba87ae79ce0");
}

static void
pcr_of_bytes_extends_their_hash(void **state)
{
	const struct hs_pcr none = hs_pcr_of_bytes(HS_SPAN(""), HS_PCR_SHA384);
	const struct hs_pcr some = hs_pcr_of_bytes(HS_SPAN("rd2"), HS_PCR_SHA384);

	(void)state;
	assert_pcr(&none, PCR2_OF_NONE);
	assert_pcr(&some, PCR2_OF_TWO);
	assert_int_equal(hs_pcr_of_bytes(HS_SPAN("x"), HS_PCR_SHA256).size, 32);
	assert_int_equal(hs_pcr_of_bytes(HS_SPAN("x"), HS_PCR_SHA512).size, 64);
}

static void
pcr_is_read_from_hex_of_either_case(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	struct hs_span hex = hs_arena_copy(&arena, HS_SPAN(PCR2_OF_NONE));
	const struct hs_pcr want = hs_pcr_of_bytes(HS_SPAN(""), HS_PCR_SHA384);
	struct hs_pcr got;
	uint8_t *upper = hs_arena_alloc(&arena, hex.len);

	(void)state;
	for (size_t i = 0; i < hex.len; i++)
		upper[i] = hex.at[i] >= 'a' ? (uint8_t)(hex.at[i] - 0x20) : hex.at[i];
	assert_true(hs_pcr_parse(&got, hex));
	assert_true(hs_pcr_equal(&got, &want));
	assert_true(hs_pcr_parse(&got, (struct hs_span){ upper, hex.len }));
	assert_true(hs_pcr_equal(&got, &want));
	got.bytes[47] ^= 1;
	assert_false(hs_pcr_equal(&got, &want));
	assert_false(hs_pcr_parse(&got, hs_span_head(hex, 95)));
	assert_false(hs_pcr_parse(&got, HS_SPAN("")));
	for (size_t i = 0; i < hex.len; i++) {
		const uint8_t was = upper[i];

		for (const char *c = "g/:@G` "; *c; c++) {
			upper[i] = (uint8_t)*c;
			assert_false(hs_pcr_parse(&got, (struct hs_span){ upper, hex.len }));
		}
		upper[i] = was;
	}
}

static void
pcrs_stop_when_the_time_is_up(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	struct hs_run run;
	struct hs_eif eif;
	struct hs_err err;
	struct hs_pcrs pcrs;

	(void)state;
	start_run(&run, 2);
	run.deadline_ns = 1;
	assert_int_equal(hs_eif_read(&eif, &arena, build_eif_usual(&arena, "x"), &err), 0);
	assert_int_equal(hs_pcrs_of_eif(&pcrs, &run, hs_pool_main(run.pool), &eif, &err), HS_ESTOP);
	hs_run_release(&run);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pcrs_cover_sections_in_the_order_of_the_file),
		cmocka_unit_test(pcrs_of_sections_larger_than_a_chunk_are_those_of_their_bytes),
		cmocka_unit_test(pcrs_of_overlapping_sections_end_well),
		cmocka_unit_test(pcrs_of_a_plan_are_those_of_its_file),
		cmocka_unit_test(pcr3_and_pcr4_extend_the_text_itself),
		cmocka_unit_test(pcr_of_bytes_extends_their_hash),
		cmocka_unit_test(pcr_is_read_from_hex_of_either_case),
		cmocka_unit_test(pcrs_stop_when_the_time_is_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
