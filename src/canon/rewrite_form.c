/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What each tool changes, and which content it copies:
 *
 *	ggcr       mtime; atime and ctime where the format is just PAX or GNU
 *	           (layerTime); content of type '0' alone
 *	BuildKit   each time that is later than the epoch (tarconverter); all content
 *	buildah    each time that is not zero (makeFilteredLayerWriteCloser); content
 *	           of what has a size, which must then be there
 *	stabilize  all but type, name, link, size and content (StabilizeTar)
 */
#include "canon/rewrite_form.h"

#include "golang/go_number.h"
#include "golang/go_sparse.h"

#include <inttypes.h>

enum { STABLE_MODE = 0777 };

static struct hs_go_tar_time
at_second(int64_t sec)
{
	return (struct hs_go_tar_time){ .at = { .sec = sec }, .set = true };
}

static void
form_ggcr(struct hs_go_header *h, const struct hs_canon *how)
{
	const struct hs_go_tar_time none = { .set = false };
	const struct hs_go_tar_time t = how->has_time ? at_second(how->time) : none;

	h->mtime = t;
	if (h->format == HS_GO_PAX || h->format == HS_GO_GNU)
		h->atime = h->ctime = t;
}

/* Go's zero time lies before any epoch that is one. */
static void
clamp(struct hs_go_tar_time *t, int64_t epoch)
{
	const struct hs_go_tar_time to = at_second(epoch);

	if (t->set && hs_go_tar_time_order(&t->at, &to.at) > 0)
		*t = to;
}

static void
set_present(struct hs_go_tar_time *t, int64_t epoch)
{
	if (!hs_go_tar_time_is_zero(t))
		*t = at_second(epoch);
}

static void
form_stabilize(struct hs_go_header *h)
{
	const struct hs_go_header was = *h;

	*h = (struct hs_go_header){
		.typeflag = was.typeflag,
		.name = was.name,
		.link = was.link,
		.size = was.size,
		.mode = STABLE_MODE,
		.mtime = at_second(0),
		.atime = at_second(0),
		.format = HS_GO_PAX,
	};
}

void
hs_form_header(struct hs_go_header *h, const struct hs_canon *how)
{
	switch (how->like) {
	case HS_LIKE_GGCR:
		form_ggcr(h, how);
		break;
	case HS_LIKE_BUILDKIT:
		clamp(&h->mtime, how->time);
		clamp(&h->atime, how->time);
		clamp(&h->ctime, how->time);
		break;
	case HS_LIKE_BUILDAH:
		set_present(&h->mtime, how->time);
		set_present(&h->atime, how->time);
		set_present(&h->ctime, how->time);
		break;
	case HS_LIKE_STABILIZE:
	case HS_N_LIKE:
		form_stabilize(h);
		break;
	}
}

/* The tools that take no regard of the type write 'S' without its map, and dense content. */
static int
refuse_gnu_sparse(const struct hs_canon *how, struct hs_err *err)
{
	if (how->like == HS_LIKE_STABILIZE)
		return hs_fail(err, HS_EUSAGE, "the tool refuses old GNU sparse files");
	return hs_fail(err, HS_EUSAGE,
	               "go would write this old GNU sparse file without its map, which no reader "
	               "can undo");
}

/* Data that are read must be all there and all mapped. */
static int
check_read(const struct hs_go_entry *e, bool reads_nothing, struct hs_err *err)
{
	const uint64_t mapped = e->sparse ? hs_go_sparse_stored(e) : e->stored;

	if (e->data.len < e->stored)
		return hs_fail(err, HS_EFORMAT, "the file ends after %zu of its %" PRIu64 " bytes",
		               e->data.len, e->stored);
	if (mapped > e->stored && !reads_nothing)
		return hs_fail(err, HS_EFORMAT,
		               "go refuses: sparse file references non-existent data");
	if (mapped < e->stored && !reads_nothing)
		return hs_fail(err, HS_EFORMAT,
		               "go refuses: sparse file contains unreferenced data");
	return 0;
}

int
hs_form_content(bool *copies, const struct hs_go_entry *e, const struct hs_canon *how,
                struct hs_err *err)
{
	const struct hs_go_header *const h = &e->header;
	const bool is_ggcr = how->like == HS_LIKE_GGCR;
	const bool has_none = hs_go_is_header_only(h->typeflag) || h->typeflag == 'g';

	*copies = false;
	if (h->typeflag == 'S' && !is_ggcr)
		return refuse_gnu_sparse(how, err);
	if (has_none && how->like == HS_LIKE_BUILDAH && h->size != 0)
		return hs_fail(err, HS_EUSAGE,
		               "buildah refuses: expected %" PRId64 " bytes, got 0 bytes", h->size);
	if (has_none)
		return 0;
	if (is_ggcr && h->typeflag != '0') {
		if (h->size > 0)
			return hs_fail(err, HS_EUSAGE,
			               "go refuses: missed writing %" PRId64 " bytes", h->size);
		return 0;
	}
	*copies = true;
	return check_read(e, h->size == 0 && (is_ggcr || how->like == HS_LIKE_BUILDAH), err);
}

bool
hs_form_loses_times(const struct hs_go_header *h, const struct hs_canon *how)
{
	if (how->like != HS_LIKE_BUILDKIT && how->like != HS_LIKE_BUILDAH)
		return false;
	return h->format == HS_GO_UNKNOWN &&
	       (!hs_go_tar_time_is_zero(&h->atime) || !hs_go_tar_time_is_zero(&h->ctime) ||
	        h->mtime.at.nsec != 0);
}
