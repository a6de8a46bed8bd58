/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/oci_writer.h"

#include "core/tar_header.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

/* Bytes that are written between two looks at the clock. */
enum { PIECE = 1 << 20 };

enum { REGULAR = '0', FOLDER = '5' };

/* Where the fields of a header stand; POSIX.1-1988. */
enum {
	MODE = 100,
	UID = 108,
	GID = 116,
	SIZE = 124,
	MTIME = 136,
	SUM = 148,
	TYPE = 156,
	MAGIC = 257,
	MAJOR = 329,
	MINOR = 337,
};

static const uint8_t magic[8] = { 'u', 's', 't', 'a', 'r', 0, '0', '0' };

/* Padding, and what ends an archive. */
static const uint8_t zeros[2 * HS_TAR_BLOCK];

void
hs_oci_writer_begin(struct hs_oci_writer *w, struct hs_run *run)
{
	*w = (struct hs_oci_writer){ .run = run };
}

void
hs_oci_writer_add(struct hs_oci_writer *w, struct hs_span bytes, struct hs_blob *keep,
                  struct hs_sha256 *digest)
{
	const struct hs_content content = { .blob = keep, .bytes = bytes };

	*digest = hs_content_sha256(&content);
	if (w->n == w->room) {
		w->room = w->room ? 2 * w->room : 16;
		w->blobs = hs_realloc(w->blobs, w->room, sizeof(*w->blobs));
	}
	w->blobs[w->n++] = (struct hs_oci_blob){ *digest, hs_blob_ref(keep), bytes };
}

void
hs_oci_writer_release(struct hs_oci_writer *w)
{
	for (size_t i = 0; i < w->n; i++)
		hs_blob_unref(w->blobs[i].blob);
	free(w->blobs);
	*w = (struct hs_oci_writer){ 0 };
}

static void
put_octal(uint8_t *field, int digits, uint64_t value)
{
	char text[24];

	snprintf(text, sizeof(text), "%0*" PRIo64, digits, value);
	memcpy(field, text, (size_t)digits + 1);
}

/* 12 bytes: octal, and what that does not hold as every reader knows it since GNU tar 1.13. */
static void
put_size(uint8_t *field, uint64_t size)
{
	if (size < UINT64_C(1) << 33) {
		put_octal(field, 11, size);
		return;
	}
	field[0] = 0x80;
	for (int i = 11; i > 0; i--, size >>= 8)
		field[i] = (uint8_t)size;
}

/* Where an archive goes. */
struct target {
	struct hs_run *run;
	FILE *out;
};

static int
write_bytes(const struct target *t, struct hs_span s, struct hs_err *err)
{
	while (s.len) {
		const struct hs_span piece = hs_span_head(s, PIECE);

		if (hs_run_check(t->run, err) < 0)
			return err->code;
		errno = 0;
		if (fwrite(piece.at, 1, piece.len, t->out) != piece.len)
			return hs_fail_errno(err, errno ? errno : EIO, "cannot be written");
		s = hs_span_from(s, piece.len);
	}
	return 0;
}

/* `name` has at most 99 bytes. */
static int
write_header(const struct target *t, const char *name, char type, uint64_t size, struct hs_err *err)
{
	uint8_t block[HS_TAR_BLOCK] = { 0 };
	const struct hs_span span = { block, sizeof(block) }, text = hs_span_of(name);

	memcpy(block, text.at, text.len);
	put_octal(block + MODE, 7, type == FOLDER ? 0755 : 0644);
	put_octal(block + UID, 7, 0);
	put_octal(block + GID, 7, 0);
	put_size(block + SIZE, size);
	put_octal(block + MTIME, 11, 0);
	block[TYPE] = (uint8_t)type;
	memcpy(block + MAGIC, magic, sizeof(magic));
	put_octal(block + MAJOR, 7, 0);
	put_octal(block + MINOR, 7, 0);
	put_octal(block + SUM, 6, hs_tar_sum(span));
	block[SUM + 7] = ' ';
	return write_bytes(t, span, err);
}

static int
write_file(const struct target *t, const char *name, struct hs_span bytes, struct hs_err *err)
{
	const size_t over = bytes.len % HS_TAR_BLOCK;

	if (write_header(t, name, REGULAR, bytes.len, err) < 0 || write_bytes(t, bytes, err) < 0)
		return err->code;
	return write_bytes(t, (struct hs_span){ zeros, over ? HS_TAR_BLOCK - over : 0 }, err);
}

static int
by_digest(const void *x, const void *y)
{
	const struct hs_oci_blob *a = x, *b = y;

	return memcmp(a->sha256.bytes, b->sha256.bytes, sizeof(a->sha256.bytes));
}

static int
write_blobs(struct hs_oci_writer *w, const struct target *t, struct hs_err *err)
{
	int rc = 0;

	if (w->n)
		qsort(w->blobs, w->n, sizeof(*w->blobs), by_digest);
	for (size_t i = 0; rc == 0 && i < w->n; i++) {
		char name[sizeof("blobs/sha256/") + HS_SHA256_HEX] = "blobs/sha256/";

		if (i && by_digest(&w->blobs[i - 1], &w->blobs[i]) == 0)
			continue;
		hs_sha256_hex(name + strlen(name), &w->blobs[i].sha256);
		rc = write_file(t, name, w->blobs[i].bytes, err);
	}
	return rc;
}

int
hs_oci_writer_finish(struct hs_oci_writer *w, FILE *out, struct hs_span index, struct hs_err *err)
{
	const struct hs_span layout = HS_SPAN("{\"imageLayoutVersion\":\"1.0.0\"}");
	const struct target t = { w->run, out };

	if (write_file(&t, "oci-layout", layout, err) < 0 ||
	    write_file(&t, "index.json", index, err) < 0 ||
	    write_header(&t, "blobs/", FOLDER, 0, err) < 0 ||
	    write_header(&t, "blobs/sha256/", FOLDER, 0, err) < 0 || write_blobs(w, &t, err) < 0)
		return err->code;
	return write_bytes(&t, (struct hs_span){ zeros, sizeof(zeros) }, err);
}
