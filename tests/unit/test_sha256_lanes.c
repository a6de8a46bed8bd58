/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/sha256_lanes.h"

#include <openssl/evp.h>

enum { BLOCKS = 3, LENGTH = BLOCKS * HS_SHA256_BLOCK };

static const uint32_t initial[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
	                             0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };

/* The last block of a message of LENGTH bytes. */
static void
make_end(uint8_t *end)
{
	memset(end, 0, HS_SHA256_BLOCK);
	end[0] = 0x80;
	end[62] = LENGTH * 8 >> 8;
	end[63] = (uint8_t)(LENGTH * 8);
}

static void
assert_state(const uint32_t *state, const uint8_t *message)
{
	uint8_t wanted[32];

	assert_int_equal(EVP_Digest(message, LENGTH, wanted, NULL, EVP_sha256(), NULL), 1);
	for (int i = 0; i < 8; i++)
		assert_int_equal(state[i],
		                 (uint32_t)wanted[4 * i] << 24 | (uint32_t)wanted[4 * i + 1] << 16 |
		                         (uint32_t)wanted[4 * i + 2] << 8 | wanted[4 * i + 3]);
}

static void
lanes_take_blocks_of_one_and_of_two(void **state)
{
	uint8_t a[LENGTH], b[LENGTH], end[HS_SHA256_BLOCK];
	uint32_t one[8], x[8], y[8];

	(void)state;
	if (!hs_sha256_has_lanes()) {
		print_message("this processor has no SHA instructions\n");
		skip();
	}
	for (size_t i = 0; i < LENGTH; i++) {
		a[i] = (uint8_t)(i * 5);
		b[i] = (uint8_t)(i * 3 + 1);
	}
	make_end(end);
	memcpy(one, initial, sizeof(one));
	memcpy(x, initial, sizeof(x));
	memcpy(y, initial, sizeof(y));
	hs_sha256_blocks(one, a, BLOCKS);
	hs_sha256_blocks(one, end, 1);
	hs_sha256_blocks_of_two(x, b, y, a, BLOCKS);
	hs_sha256_blocks_of_two(x, end, y, end, 1);
	hs_sha256_blocks_of_two(x, end, y, end, 0);
	assert_state(one, a);
	assert_state(x, b);
	assert_state(y, a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lanes_take_blocks_of_one_and_of_two),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
