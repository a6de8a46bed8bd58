/* SPDX-License-Identifier: Apache-2.0 */
#include "binary/eh_frame.h"

#include "build_bytes.h"
#include "build_elf.h"
#include "unit.h"

#include <elf.h>
#include <stdlib.h>

enum { AT = 0x2000 };

static struct hs_span
file_of(struct hs_arena *a, struct hs_span frames, uint16_t type)
{
	const struct build_elf_section s = { .name = ".eh_frame",
		                             .type = SHT_PROGBITS,
		                             .flags = SHF_ALLOC,
		                             .address = type == ET_REL ? 0 : AT,
		                             .bytes = frames };

	return build_elf(a, &(struct build_elf){ .type = type, .sections = &s, .n_sections = 1 });
}

/* A CIE with a personality and handlers; an FDE of 0x1000, 16 bytes, with handlers at 0x3000; one
 * of 0x1100 without; the end. */
static struct hs_span
frames_of(struct hs_arena *a)
{
	struct hs_build b = { 0 };
	struct hs_span s;

	hs_build_le(&b, 28, 4);
	hs_build_le(&b, 0, 4);
	hs_build_put(&b, HS_SPAN("\1zPLR\0\1\x78\x10\7\x9b"));
	hs_build_le(&b, 0x4000 - (AT + b.len), 4);
	hs_build_put(&b, HS_SPAN("\x1b\x1b\x0c\7\x08"));
	hs_build_fill(&b, 0, 32 - b.len);
	hs_build_le(&b, 24, 4);
	hs_build_le(&b, b.len, 4);
	hs_build_le(&b, 0x1000 - (AT + b.len), 4);
	hs_build_le(&b, 16, 4);
	hs_build_fill(&b, 4, 1);
	hs_build_le(&b, 0x3000 - (AT + b.len), 4);
	hs_build_put(&b, HS_SPAN("\x41\x0e\x10\0\0\0\0"));
	hs_build_le(&b, 20, 4);
	hs_build_le(&b, b.len, 4);
	hs_build_le(&b, 0x1100 - (AT + b.len), 4);
	hs_build_le(&b, 8, 4);
	hs_build_put(&b, HS_SPAN("\4\0\0\0\0\0\0\0"));
	hs_build_le(&b, 0, 4);
	s = hs_arena_copy(a, hs_build_span(&b));
	hs_build_release(&b);
	return s;
}

static void
each_function_is_read_with_what_it_shares(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_eh_frames it;
	struct hs_eh_frame f;
	struct hs_elf e;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_elf_read(&e, &a, file_of(&a, frames_of(&a), ET_DYN), &err), 0);
	it = hs_eh_frames_of(&e);
	assert_true(hs_eh_frame_next(&f, &it));
	assert_int_equal(f.at, 32);
	assert_int_equal(f.start, 0x1000);
	assert_int_equal(f.size, 16);
	assert_span(f.cie.letters, "zPLR");
	assert_int_equal(f.cie.version, 1);
	assert_true(f.cie.has_personality && f.cie.indirect);
	assert_int_equal(f.cie.personality, 0x4000);
	assert_true(f.has_handlers);
	assert_int_equal(f.handlers, 0x3000);
	assert_int_equal(f.instructions.at[0], 0x41);
	assert_true(hs_eh_frame_next(&f, &it));
	assert_int_equal(f.start, 0x1100);
	/* A distance of 0 leads nowhere. */
	assert_false(f.has_handlers);
	assert_false(hs_eh_frame_next(&f, &it));
	assert_false(it.damaged);
	/* Before it is linked, nothing stands where it will. */
	assert_int_equal(hs_elf_read(&e, &a, file_of(&a, frames_of(&a), ET_REL), &err), 0);
	it = hs_eh_frames_of(&e);
	assert_null(it.section);
	assert_false(hs_eh_frame_next(&f, &it));
}

/* Every beginning of it, and every byte another. */
static void
damage_ends_the_list(void **state)
{
	static const uint8_t values[] = { 0, 0xff, 0x80, 0x7f };
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span frames = frames_of(&a);
	bool damaged = false;

	(void)state;
	for (size_t i = 0; i < 5 * frames.len; i++) {
		RELEASED struct hs_arena own = { 0 };
		const struct hs_span copy = exact_copy(frames, i < frames.len ? i : frames.len);
		struct hs_eh_frames it;
		struct hs_eh_frame f;
		struct hs_elf e;
		struct hs_err err;
		unsigned n = 0;

		if (i >= frames.len)
			((uint8_t *)(uintptr_t)copy.at)[i % frames.len] =
				values[i / frames.len - 1];
		assert_int_equal(hs_elf_read(&e, &own, file_of(&own, copy, ET_DYN), &err), 0);
		it = hs_eh_frames_of(&e);
		while (hs_eh_frame_next(&f, &it))
			n++;
		assert_true(n <= 2);
		damaged |= it.damaged;
		free((void *)(uintptr_t)copy.at);
	}
	assert_true(damaged);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_function_is_read_with_what_it_shares),
		cmocka_unit_test(damage_ends_the_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
