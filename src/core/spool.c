/* SPDX-License-Identifier: Apache-2.0 */
#include "core/spool.h"

#include "core/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
	SEGMENT = 64 * 1024 * 1024, /* one shared file: mapped once, filled front to back */
	ALIGN = 16,
	MAX_FREE = 16, /* writers' buffers kept for the next stream */
};

/* A shared file. The blob is its mapping; pieces are children of it. */
struct segment {
	int fd;
	size_t used;
	struct hs_blob *blob;
};

struct hs_spool {
	const char *folder;
	pthread_mutex_t lock;   /* protects all below */
	struct segment segment; /* fd -1: none begun */
	uint8_t *free_buffers[MAX_FREE];
	size_t n_free;
};

struct hs_spool *
hs_spool_new(const char *folder)
{
	struct hs_spool *s = hs_alloc(sizeof(*s));

	s->folder = folder && *folder ? folder : "/tmp";
	s->segment.fd = -1;
	pthread_mutex_init(&s->lock, NULL);
	return s;
}

static void
close_segment(struct segment *seg)
{
	if (seg->fd >= 0)
		close(seg->fd);
	hs_blob_unref(seg->blob);
	*seg = (struct segment){ .fd = -1 };
}

void
hs_spool_free(struct hs_spool *s)
{
	if (!s)
		return;
	close_segment(&s->segment);
	for (size_t i = 0; i < s->n_free; i++)
		free(s->free_buffers[i]);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

/* An unlinked file; where the file system has no O_TMPFILE, one that is unlinked at once. */
static int
open_file(const struct hs_spool *s, struct hs_err *err)
{
	int fd = open(s->folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL)) {
		char path[4096];
		const int n = snprintf(path, sizeof(path), "%s/hashoscope.XXXXXX", s->folder);

		if (n > 0 && (size_t)n < sizeof(path)) {
			fd = mkostemp(path, O_CLOEXEC);
			if (fd >= 0)
				unlink(path);
		}
	}
	if (fd < 0)
		return hs_fail_errno(err, errno, "no temporary file in %s", s->folder);
	return fd;
}

static int
write_all(const char *folder, int fd, struct hs_span bytes, off_t where, struct hs_err *err)
{
	while (bytes.len > 0) {
		const ssize_t done = pwrite(fd, bytes.at, bytes.len, where);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return hs_fail_errno(err, done < 0 ? errno : ENOSPC,
			                     "temporary storage in %s", folder);
		bytes = hs_span_from(bytes, (uint64_t)done);
		where += done;
	}
	return 0;
}

static uint8_t *
take_buffer(struct hs_spool *s)
{
	uint8_t *buffer = NULL;

	pthread_mutex_lock(&s->lock);
	if (s->n_free > 0)
		buffer = s->free_buffers[--s->n_free];
	pthread_mutex_unlock(&s->lock);
	return buffer ? buffer : hs_realloc(NULL, HS_SPOOL_BUFFER, 1);
}

static void
give_buffer(struct hs_spool *s, uint8_t *buffer)
{
	pthread_mutex_lock(&s->lock);
	if (buffer && s->n_free < MAX_FREE) {
		s->free_buffers[s->n_free++] = buffer;
		buffer = NULL;
	}
	pthread_mutex_unlock(&s->lock);
	free(buffer);
}

void
hs_spool_begin(struct hs_spool_writer *w, struct hs_spool *s)
{
	*w = (struct hs_spool_writer){ .spool = s, .buffer = take_buffer(s), .fd = -1 };
}

uint8_t *
hs_spool_room(struct hs_spool_writer *w, size_t *n)
{
	*n = HS_SPOOL_BUFFER - w->filled;
	return w->buffer + w->filled;
}

static int
flush(struct hs_spool_writer *w, struct hs_err *err)
{
	int rc;

	if (w->fd < 0) {
		w->fd = open_file(w->spool, err);
		if (w->fd < 0)
			return w->fd;
	}
	rc = write_all(w->spool->folder, w->fd, (struct hs_span){ w->buffer, w->filled },
	               (off_t)w->flushed, err);
	if (rc < 0)
		return rc;
	w->flushed += w->filled;
	w->filled = 0;
	return 0;
}

int
hs_spool_took(struct hs_spool_writer *w, size_t n, struct hs_err *err)
{
	w->filled += n;
	return w->filled == HS_SPOOL_BUFFER ? flush(w, err) : 0;
}

uint64_t
hs_spool_size(const struct hs_spool_writer *w)
{
	return w->flushed + w->filled;
}

/* A fresh shared file, its room reserved so that a full disk is an error here and not a signal
 * later. */
static int
begin_segment(struct hs_spool *s, struct hs_err *err)
{
	const int fd = open_file(s, err);
	int rc;

	if (fd < 0)
		return fd;
	if (ftruncate(fd, SEGMENT) != 0) {
		rc = hs_fail_errno(err, errno, "temporary storage in %s", s->folder);
		close(fd);
		return rc;
	}
	close_segment(&s->segment);
	s->segment.fd = fd;
	rc = hs_blob_map(&s->segment.blob, fd, SEGMENT, err);
	if (rc < 0)
		close_segment(&s->segment);
	return rc;
}

/* A small stream becomes a part of the shared file. */
static int
end_small(struct hs_spool_writer *w, struct hs_blob **out, struct hs_err *err)
{
	struct hs_spool *s = w->spool;
	int rc = 0;

	pthread_mutex_lock(&s->lock);
	if (s->segment.fd < 0 || w->filled > SEGMENT - s->segment.used)
		rc = begin_segment(s, err);
	if (rc == 0)
		rc = write_all(s->folder, s->segment.fd, (struct hs_span){ w->buffer, w->filled },
		               (off_t)s->segment.used, err);
	if (rc == 0) {
		*out = hs_blob_part(
			s->segment.blob,
			(struct hs_span){ s->segment.blob->bytes.at + s->segment.used, w->filled });
		s->segment.used += (w->filled + ALIGN - 1) / ALIGN * ALIGN;
	}
	pthread_mutex_unlock(&s->lock);
	return rc;
}

int
hs_spool_end(struct hs_spool_writer *w, struct hs_blob **out, struct hs_err *err)
{
	int rc;

	if (w->fd < 0) {
		rc = end_small(w, out, err);
	} else {
		rc = flush(w, err);
		if (rc == 0)
			rc = hs_blob_map(out, w->fd, w->flushed, err);
	}
	if (rc == 0)
		hs_spool_drop(w);
	return rc;
}

void
hs_spool_drop(struct hs_spool_writer *w)
{
	if (w->fd >= 0)
		close(w->fd);
	give_buffer(w->spool, w->buffer);
	*w = (struct hs_spool_writer){ .fd = -1 };
}
