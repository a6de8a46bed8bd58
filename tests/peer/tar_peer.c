/* SPDX-License-Identifier: Apache-2.0 */
/* The answers of golang/go_tar.h and canon/rewrite.h to what gotar.py also asks gotar/main.go. */
#include "canon/rewrite.h"
#include "core/escape.h"
#include "golang/go_number.h"
#include "golang/go_tar.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static const struct hs_limits limits = {
	.max_depth = 4,
	.max_size = 64 << 20,
	.max_ratio = UINT64_MAX,
	.max_members = 1000000,
};

/* The fields of one line, which ends the program where it has no more. */
struct fields {
	struct hs_arena *arena;
	char *rest;
};

static const char *
take(struct fields *f)
{
	const char *field = strsep(&f->rest, " \n");

	if (!field) {
		fputs("a line is cut short\n", stderr);
		exit(2);
	}
	return field;
}

static int64_t
take_number(struct fields *f)
{
	return (int64_t)strtoll(take(f), NULL, 10);
}

static struct hs_span
take_text(struct fields *f)
{
	const char *hex = take(f);
	const size_t len = hex[0] == '-' ? 0 : strlen(hex) / 2;
	uint8_t *const bytes = hs_arena_alloc(f->arena, len);

	for (size_t i = 0; i < len; i++) {
		const char digits[3] = { hex[2 * i], hex[2 * i + 1], '\0' };

		bytes[i] = (uint8_t)strtoul(digits, NULL, 16);
	}
	return (struct hs_span){ bytes, len };
}

static struct hs_go_tar_time
take_time(struct fields *f)
{
	struct hs_go_tar_time t = { .set = take_number(f) != 0 };

	t.at.sec = take_number(f);
	t.at.nsec = (uint32_t)take_number(f);
	return t;
}

static void
take_header(struct hs_go_header *h, struct fields *f)
{
	static const unsigned formats[] = { HS_GO_USTAR, HS_GO_PAX, HS_GO_GNU };
	struct hs_go_record *records;

	*h = (struct hs_go_header){ .typeflag = (uint8_t)take_number(f) };
	h->name = take_text(f);
	h->link = take_text(f);
	h->uname = take_text(f);
	h->gname = take_text(f);
	h->size = take_number(f);
	h->mode = take_number(f);
	h->uid = take_number(f);
	h->gid = take_number(f);
	h->dev_major = take_number(f);
	h->dev_minor = take_number(f);
	h->mtime = take_time(f);
	h->atime = take_time(f);
	h->ctime = take_time(f);
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		h->format |= take_number(f) ? formats[i] : 0;
	h->n_records = (size_t)take_number(f);
	h->records = records = hs_arena_array(f->arena, h->n_records, sizeof(*records));
	for (size_t i = 0; i < h->n_records; i++) {
		records[i].key = take_text(f);
		records[i].value = take_text(f);
	}
}

static void
put_hex(struct hs_span s)
{
	for (size_t i = 0; i < s.len; i++)
		printf("%02x", s.at[i]);
}

static void
write_all(void)
{
	char *line = NULL;
	size_t room = 0;

	while (getline(&line, &room, stdin) > 0) {
		struct hs_arena arena = { 0 };
		struct fields f = { .arena = &arena, .rest = line };
		struct hs_go_header h;
		struct hs_span out;
		struct hs_err err;

		take_header(&h, &f);
		if (hs_go_write(&out, &arena, &h, &err) < 0)
			printf("! \"%s\"", err.text);
		else
			put_hex(out);
		putchar('\n');
		hs_arena_release(&arena);
	}
	free(line);
}

static void
put_text(struct hs_span s)
{
	putchar(' ');
	put_hex(s);
}

static void
put_time(const struct hs_go_tar_time *t)
{
	if (hs_go_tar_time_is_zero(t))
		printf(" none");
	else
		printf(" %" PRId64 ".%09" PRIu32, t->at.sec, t->at.nsec);
}

static void
put_header(const struct hs_go_header *h)
{
	printf("%u", h->typeflag);
	put_text(h->name);
	put_text(h->link);
	put_text(h->uname);
	put_text(h->gname);
	printf(" %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64, h->size,
	       h->mode, h->uid, h->gid, h->dev_major, h->dev_minor);
	put_time(&h->mtime);
	put_time(&h->atime);
	put_time(&h->ctime);
	for (size_t i = 0; i < h->n_records; i++) {
		put_text(h->records[i].key);
		putchar('=');
		put_hex(h->records[i].value);
	}
	printf(" %s; ", h->format == HS_GO_USTAR ? "USTAR"
	                : h->format == HS_GO_PAX ? "PAX"
	                : h->format == HS_GO_GNU ? "GNU"
	                                         : "<unknown>");
}

static void
read_archive(struct hs_span file)
{
	struct hs_go_reader r = { .file = file };

	for (;;) {
		struct hs_arena arena = { 0 };
		struct hs_go_entry entry;
		struct hs_err err;
		const int found = hs_go_next(&entry, &arena, &r, &err);

		if (found > 0)
			put_header(&entry.header);
		else
			puts(found == 0 ? "end" : "!");
		hs_arena_release(&arena);
		if (found <= 0)
			return;
	}
}

static void
rewrite(struct hs_run *run, struct hs_span file, const struct hs_canon *how)
{
	struct hs_sha256 digest;
	char hex[HS_SHA256_HEX];
	struct hs_err err;

	switch (hs_rewrite_diff_id(&digest, run, file, how, &err)) {
	case 0:
		puts(hs_sha256_hex(hex, &digest));
		break;
	case HS_ELIMIT:
		puts("?");
		break;
	default:
		puts("!");
	}
}

/* The next archive, of just its size so that a sanitizer sees a read past it; false at the end. */
static bool
take_archive(struct hs_span *out, uint8_t **memory)
{
	uint8_t head[4];
	struct hs_cursor c = { .rest = { head, sizeof(head) } };
	size_t size;

	if (fread(head, sizeof(head), 1, stdin) != 1)
		return false;
	size = (size_t)hs_take_be(&c, sizeof(head));
	*memory = hs_alloc(size ? size : 1);
	*out = (struct hs_span){ *memory, size };
	return size == 0 || fread(*memory, size, 1, stdin) == 1;
}

int
main(int argc, char **argv)
{
	struct hs_canon how = { .has_time = argc > 2 };
	struct hs_span file;
	struct hs_run run;
	uint8_t *memory;

	if (argc < 2)
		return 2;
	if (strcmp(argv[1], "write") == 0) {
		write_all();
		return 0;
	}
	if (strcmp(argv[1], "read") != 0 && !hs_like_find(&how.like, argv[1]))
		return 2;
	if (how.has_time)
		how.time = (int64_t)strtoll(argv[2], NULL, 10);
	hs_run_init(&run, &limits, 1, "/tmp");
	while (take_archive(&file, &memory)) {
		if (strcmp(argv[1], "read") == 0)
			read_archive(file);
		else
			rewrite(&run, file, &how);
		free(memory);
	}
	hs_run_release(&run);
	return 0;
}
