/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs a fuzz target without a fuzzer, the same way each time:
 *
 *	fuzz_tar [-mutations=N] FILE|FOLDER...
 *
 * Each file as it is, every truncation of it, and N mutations of it. An input
 * lies in memory of exactly its size, so that ASan sees a read past its end.
 */
#include "target.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/* Longer files are cut at so many places only, evenly spread. */
enum { MAX_TRUNCATIONS = 4096, MAX_FILE = 1 << 20, MAX_INSERT = 64 };

static uint64_t
next_random(uint64_t *state)
{
	uint64_t x = *state;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	*state = x;
	return x;
}

static void
run_one(const uint8_t *data, size_t size)
{
	uint8_t *copy = malloc(size ? size : 1);

	if (!copy)
		abort();
	memcpy(copy, data, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

static void
run_truncations(const uint8_t *data, size_t size)
{
	const size_t step = size / MAX_TRUNCATIONS + 1;

	for (size_t len = 0; len < size; len += step)
		run_one(data, len);
}

/* Values that lengths and counts go wrong at. */
static void
put_number(uint8_t *at, size_t room, uint64_t r)
{
	static const uint64_t numbers[] = { 0,      1,         0x7f,       0xff,      0x7fff,
		                            0xffff, INT32_MAX, UINT32_MAX, INT64_MAX, UINT64_MAX };
	const uint64_t v = numbers[r % (sizeof(numbers) / sizeof(numbers[0]))];
	const size_t widths[] = { 1, 2, 4, 8 };
	const size_t width = widths[r >> 8 & 3];

	for (size_t i = 0; i < width && i < room; i++)
		at[i] = (uint8_t)(r >> 16 & 1 ? v >> 8 * i : v >> 8 * (width - 1 - i));
}

/* Moves what follows `at` by up to MAX_INSERT bytes: a part is left out, or stands there twice. */
static size_t
shift(uint8_t *data, size_t size, size_t at, uint64_t r)
{
	const size_t n = 1 + (size_t)(r >> 8) % MAX_INSERT;

	if (r & 1) {
		memmove(data + at + n, data + at, size - at);
		return size + n;
	}
	if (n > size - at)
		return at;
	memmove(data + at, data + at + n, size - at - n);
	return size - n;
}

/* `data` has room for MAX_INSERT bytes more. */
static size_t
mutate(uint8_t *data, size_t size, uint64_t *state)
{
	const uint64_t r = next_random(state);
	const size_t at = size ? (size_t)(next_random(state) % size) : 0;

	if (size == 0)
		return 0;
	switch (r % 6) {
	case 0:
		data[at] ^= (uint8_t)(1U << (r >> 8 & 7));
		return size;
	case 1:
		data[at] = (uint8_t)(r >> 8);
		return size;
	case 2:
		put_number(data + at, size - at, r >> 8);
		return size;
	case 3: /* numbers in ASCII are what tar, cpio and ar have */
		data[at] = (uint8_t)("0179afF8 -"[(r >> 8) % 10]);
		return size;
	case 4:
		return shift(data, size, at, r >> 8);
	default: /* a part is copied to another place */
		put_number(data + at, size - at, r >> 8);
		memmove(data + at, data, (size - at) / 2);
		return size;
	}
}

static void
run_mutations(const uint8_t *data, size_t size, unsigned long n)
{
	enum { PER_INPUT = 4 };
	uint64_t state = UINT64_C(0x9e3779b97f4a7c15) ^ size;
	uint8_t *copy = malloc(size + PER_INPUT * MAX_INSERT + 1);

	if (!copy)
		abort();
	for (unsigned long i = 0; i < n; i++) {
		size_t len = size;

		memcpy(copy, data, size);
		for (uint64_t k = 1 + next_random(&state) % PER_INPUT; k > 0; k--)
			len = mutate(copy, len, &state);
		run_one(copy, len);
	}
	free(copy);
}

static int
run_file(const char *path, unsigned long mutations)
{
	FILE *f = fopen(path, "rb");
	uint8_t *data = malloc(MAX_FILE);
	size_t size;

	if (!f || !data) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		exit(2);
	}
	size = fread(data, 1, MAX_FILE, f);
	fclose(f);
	run_one(data, size);
	run_truncations(data, size);
	run_mutations(data, size, mutations);
	free(data);
	return 1;
}

static int
is_visible(const struct dirent *d)
{
	return d->d_name[0] != '.';
}

static int
run_path(const char *path, unsigned long mutations)
{
	struct dirent **names;
	struct stat st;
	int n, ran = 0;

	if (stat(path, &st) == 0 && !S_ISDIR(st.st_mode))
		return run_file(path, mutations);
	n = scandir(path, &names, is_visible, alphasort);
	if (n < 0) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		exit(2);
	}
	for (int i = 0; i < n; i++) {
		char inner[4096];

		snprintf(inner, sizeof(inner), "%s/%s", path, names[i]->d_name);
		ran += run_path(inner, mutations);
		free(names[i]);
	}
	free(names);
	return ran;
}

int
main(int argc, char **argv)
{
	static const char option[] = "-mutations=";
	unsigned long mutations = 0;
	int ran = 0;

	for (int i = 1; i < argc; i++) {
		if (strncmp(argv[i], option, sizeof(option) - 1) == 0)
			mutations = strtoul(argv[i] + sizeof(option) - 1, NULL, 10);
		else
			ran += run_path(argv[i], mutations);
	}
	if (ran == 0) {
		fprintf(stderr, "no input was run\n");
		return 1;
	}
	printf("%d files, their truncations, %lu mutations of each\n", ran, mutations);
	return 0;
}
