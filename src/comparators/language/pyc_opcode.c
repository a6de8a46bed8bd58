/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/language/pyc_opcode.h"

#include <stddef.h>
#include <string.h>

enum { N_TABLES = 9 };

static const unsigned versions[N_TABLES] = { 207, 306, 307, 308, 309, 310, 311, 312, 313 };

static const struct {
	const char *name;
	uint8_t argument;
	int16_t number[N_TABLES];
} rows[] = {
#define PYC_OP(name, argument, ...) { #name, HS_PYC_##argument, { __VA_ARGS__ } },
#include "comparators/language/pyc_opcodes.def"
#undef PYC_OP
};

/* The magic numbers that each version went through, alphas and betas included. */
static const struct {
	unsigned first, last, version;
} magics[] = {
	{ 3000, 3131, 300 },   { 3141, 3151, 301 },   { 3160, 3180, 302 }, { 3190, 3230, 303 },
	{ 3250, 3310, 304 },   { 3320, 3351, 305 },   { 3360, 3379, 306 }, { 3390, 3394, 307 },
	{ 3400, 3413, 308 },   { 3420, 3425, 309 },   { 3430, 3439, 310 }, { 3450, 3495, 311 },
	{ 3500, 3531, 312 },   { 3550, 3571, 313 },   { 3600, 3627, 314 }, { 62061, 62131, 205 },
	{ 62151, 62161, 206 }, { 62171, 62211, 207 },
};

void
hs_pyc_opcodes_init(struct hs_pyc_opcodes *out, unsigned version)
{
	size_t table = 0;

	*out = (struct hs_pyc_opcodes){ .version = version };
	while (table < N_TABLES && versions[table] != version)
		table++;
	for (size_t i = 0; table < N_TABLES && i < sizeof(rows) / sizeof(rows[0]); i++) {
		const int16_t number = rows[i].number[table];

		if (number < 0)
			continue;
		out->name[number] = rows[i].name;
		out->argument[number] = rows[i].argument;
	}
}

unsigned
hs_pyc_shift(const struct hs_pyc_opcodes *ops, uint8_t op)
{
	const char *name = ops->name[op] ? ops->name[op] : "";

	if (strcmp(name, "LOAD_GLOBAL") == 0)
		return ops->version >= 311;
	if (strcmp(name, "LOAD_ATTR") == 0)
		return ops->version >= 312;
	return strcmp(name, "LOAD_SUPER_ATTR") == 0 ? 2 : 0;
}

unsigned
hs_pyc_version(unsigned magic)
{
	for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++)
		if (magic >= magics[i].first && magic <= magics[i].last)
			return magics[i].version;
	return 0;
}
