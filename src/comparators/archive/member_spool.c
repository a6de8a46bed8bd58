/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/member_spool.h"

#include <inttypes.h>

int
hs_member_spool_count(struct hs_member_spool *s, uint64_t n, struct hs_err *err)
{
	const uint64_t ratio = s->out->run->limits.max_ratio;
	int rc = hs_run_inflated(s->out->run, n, err);

	s->content += n;
	if (rc == 0)
		rc = hs_run_check(s->out->run, err);
	if (rc == 0 && ratio && s->content > HS_RATIO_FREE && s->content / ratio > s->file.len)
		rc = hs_fail(err, HS_ELIMIT,
		             "an archive of %zu bytes gives more than %" PRIu64
		             " times as many (--max-ratio)",
		             s->file.len, ratio);
	return rc;
}

int
hs_member_spool_put(struct hs_member_spool *s, const uint8_t *at, uint64_t len, struct hs_err *err)
{
	if (!s->begun)
		hs_spool_begin(&s->writer, s->out->run->spool);
	s->begun = true;
	while (len > 0) {
		size_t n;
		uint8_t *room = hs_spool_room(&s->writer, &n);
		int rc;

		if (n > len)
			n = (size_t)len;
		if (at) {
			memcpy(room, at, n);
			at += n;
		} else {
			memset(room, 0, n);
		}
		len -= n;
		rc = hs_spool_took(&s->writer, n, err);
		if (rc == 0)
			rc = hs_member_spool_count(s, n, err);
		if (rc < 0)
			return rc;
	}
	return 0;
}

void
hs_member_spool_close(struct hs_member_spool *s, struct hs_entry *e)
{
	const uint64_t size = s->begun ? hs_spool_size(&s->writer) : 0;

	e->bytes = (struct hs_span){ NULL, size - s->closed };
	e->codec = HS_IN_SPOOL;
	s->closed = size;
}

/* Gives the members their parts; without the blob, of a full disk, a note. */
static void
settle(struct hs_tree *out, struct hs_blob *blob)
{
	uint64_t at = 0;

	for (size_t i = 0; i < out->n_entries; i++) {
		struct hs_entry *e = &out->entries[i];

		if (e->codec != HS_IN_SPOOL)
			continue;
		e->codec = 0;
		if (e->bytes.len == 0)
			continue;
		if (blob && hs_span_part(&e->bytes, blob->bytes, at, e->bytes.len)) {
			at += e->bytes.len;
			e->blob = hs_blob_ref(blob);
		} else {
			e->bytes = (struct hs_span){ NULL, 0 };
			e->note = "its content could not be kept";
			e->damaged = true;
		}
	}
}

int
hs_member_spool_end(struct hs_member_spool *s, int rc, struct hs_err *err)
{
	struct hs_blob *blob = NULL;
	struct hs_err why;

	if (s->begun && (rc == HS_EIO || hs_spool_end(&s->writer, &blob, &why) < 0)) {
		hs_spool_drop(&s->writer);
		if (rc != HS_EIO) {
			rc = why.code;
			*err = why;
		}
	}
	settle(s->out, blob);
	hs_blob_unref(blob);
	return rc;
}
