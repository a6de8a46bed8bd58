/* SPDX-License-Identifier: Apache-2.0 */
#include "image/kept.h"

#include "core/arena.h"
#include "core/limits.h"

#include <pthread.h>
#include <stdlib.h>

struct hs_kept_layer {
	struct hs_kept *owner;
	struct hs_kept_layer *next;
	pthread_mutex_t busy; /* held while it is decompressed */
	struct hs_inflated layer;
	struct hs_err err;
	int rc;
	bool done;
};

struct hs_kept {
	pthread_mutex_t lock; /* of the sum */
	uint64_t bytes;
	struct hs_kept_layer *first;
};

struct hs_kept *
hs_kept_new(void)
{
	struct hs_kept *k = hs_alloc(sizeof(*k));

	pthread_mutex_init(&k->lock, NULL);
	return k;
}

void
hs_kept_free(struct hs_kept *k)
{
	struct hs_kept_layer *l = k ? k->first : NULL;

	if (!k)
		return;
	while (l) {
		struct hs_kept_layer *next = l->next;

		hs_blob_unref(l->layer.blob);
		pthread_mutex_destroy(&l->busy);
		free(l);
		l = next;
	}
	pthread_mutex_destroy(&k->lock);
	free(k);
}

struct hs_kept_layer *
hs_kept_add(struct hs_kept *k)
{
	struct hs_kept_layer *l = hs_alloc(sizeof(*l));

	pthread_mutex_init(&l->busy, NULL);
	l->owner = k;
	l->next = k->first;
	k->first = l;
	return l;
}

/* Whether there is still room for so much; takes it if so. */
static bool
may_keep(struct hs_kept *k, uint64_t bytes)
{
	bool fits;

	pthread_mutex_lock(&k->lock);
	fits = bytes <= HS_MAX_KEPT_LAYERS && k->bytes <= HS_MAX_KEPT_LAYERS - bytes;
	if (fits)
		k->bytes += bytes;
	pthread_mutex_unlock(&k->lock);
	return fits;
}

int
hs_kept_inflate(struct hs_inflated *out, struct hs_kept_layer *l,
                const struct hs_inflate_order *order, struct hs_err *err)
{
	int rc;

	pthread_mutex_lock(&l->busy);
	if (l->done) {
		*out = l->layer;
		hs_blob_ref(out->blob);
		rc = l->rc;
		if (rc < 0)
			*err = l->err;
	} else {
		rc = hs_inflate_watched(out, order, err);
		if (may_keep(l->owner, out->blob ? out->blob->bytes.len : 0)) {
			l->layer = *out;
			hs_blob_ref(out->blob);
			l->rc = rc;
			if (rc < 0)
				l->err = *err;
			l->done = true;
		}
	}
	pthread_mutex_unlock(&l->busy);
	return rc;
}
