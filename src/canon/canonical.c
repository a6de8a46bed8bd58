/* SPDX-License-Identifier: Apache-2.0 */
#include "canon/canonical.h"

#include "canon/canonical_form.h"
#include "canon/canonical_layer.h"
#include "image/document.h"
#include "image/image.h"

/* The layers of one image while they are rewritten, each by a thread of its own choice. */
struct layer_job {
	struct hs_err err;
	int rc;
	struct hs_arena arena;
	struct hs_canonical_layer layer;
};

struct layers {
	const struct hs_canonical_order *order;
	struct layer_job *jobs;
};

static hs_canonical_writer *
writer_of(const struct hs_canon *how)
{
	static hs_canonical_writer *const writers[HS_N_LIKE] = {
		[HS_LIKE_GGCR] = hs_canonical_ggcr,
		[HS_LIKE_BUILDKIT] = hs_canonical_buildkit,
		[HS_LIKE_BUILDAH] = hs_canonical_buildah,
		[HS_LIKE_STABILIZE] = hs_canonical_stabilize,
	};

	return writers[how->like];
}

/* A document of an image, copied into the arena; empty where the image has none. */
static int
read_part(struct hs_span *out, struct hs_arena *a, const struct hs_tree *t,
          const struct hs_part *part, struct hs_err *err)
{
	struct hs_content content;
	int rc;

	*out = (struct hs_span){ 0 };
	if (!part)
		return 0;
	rc = hs_part_open(&content, t, part, err);
	if (rc == 0)
		*out = hs_arena_copy(a, content.bytes);
	hs_content_release(&content);
	return rc;
}

/* Whether the image has Docker's media types: as its manifest says, or where it has none. */
static bool
is_docker(struct hs_arena *a, struct hs_span manifest)
{
	struct hs_document d;

	hs_document_read(&d, a, manifest, HS_MAX_IMAGE_PARTS);
	return !hs_span_starts(d.media_type, HS_SPAN("application/vnd.oci.")) &&
	       !(d.has_config &&
	         hs_span_starts(d.config.media_type, HS_SPAN("application/vnd.oci.")));
}

static int
open_form(struct hs_canonical_form *f, struct hs_arena *a, const struct hs_canonical_order *o,
          struct hs_err *err)
{
	const struct hs_image_info *image = o->image;
	int rc;

	*f = (struct hs_canonical_form){ .arena = a, .how = o->how, .n_layers = image->n_layers };
	if (hs_like_needs_time(o->how->like) && !o->how->has_time)
		return hs_fail(err, HS_EUSAGE, "the form of %s needs a time",
		               hs_like_name(o->how->like));
	if (!image->config)
		return hs_fail(err, HS_EUSAGE, "the configuration is not in the archive");
	rc = read_part(&f->config, a, o->tree, image->config, err);
	if (rc == 0)
		rc = read_part(&f->manifest, a, o->tree, image->manifest, err);
	f->docker = is_docker(a, f->manifest);
	return rc;
}

static int
rewrite_layer(const struct hs_canonical_order *o, struct layer_job *job, size_t i,
              struct hs_err *err)
{
	struct hs_content content;
	int rc;

	if (!o->image->layers[i])
		return hs_fail(err, HS_EUSAGE, "it is not in the archive");
	rc = hs_layer_open(&content, o->tree, o->image->layers[i], err);
	job->layer = (struct hs_canonical_layer){
		.run = o->tree->run, .layer = content.bytes, .how = o->how, .arena = &job->arena
	};
	if (rc == 0 && o->blobs)
		rc = hs_canonical_layer_spool(&o->blobs[i], &job->layer, err);
	else if (rc == 0)
		rc = hs_canonical_layer_make(&job->layer, err);
	hs_content_release(&content);
	return rc;
}

static void
layer_job(void *ctx, size_t i, struct hs_worker *w)
{
	struct layers *l = ctx;

	(void)w;
	l->jobs[i].rc = rewrite_layer(l->order, &l->jobs[i], i, &l->jobs[i].err);
}

static void
run_jobs(struct layers *l)
{
	const size_t n = l->order->image->n_layers;

	if (l->order->worker) {
		hs_pool_each(l->order->worker, n, layer_job, l);
		return;
	}
	for (size_t i = 0; i < n && (i == 0 || l->jobs[i - 1].rc == 0); i++)
		layer_job(l, i, NULL);
}

/* Rewrites the layers; the first from the bottom that cannot be is the error. */
static int
make_layers(struct hs_canonical *out, struct hs_canonical_form *f,
            const struct hs_canonical_order *o, struct hs_err *err)
{
	struct hs_sha256 *diff_ids;
	uint64_t *sizes;
	const size_t n = o->image->n_layers;
	struct layers l = { .order = o };
	int rc = 0;

	l.jobs = hs_arena_array(f->arena, n + 1, sizeof(*l.jobs));
	f->diff_ids = out->diff_ids = diff_ids = hs_arena_array(f->arena, n + 1, sizeof(*diff_ids));
	out->sizes = sizes = hs_arena_array(f->arena, n + 1, sizeof(*sizes));
	run_jobs(&l);
	for (size_t i = 0; i < n; i++) {
		struct layer_job *job = &l.jobs[i];

		if (rc == 0 && job->rc < 0) {
			*err = job->err;
			rc = hs_fail_in(err, "layer[%zu]", i);
		}
		for (size_t j = 0; rc == 0 && j < job->layer.n_losses; j++)
			hs_canonical_lose(f, "layer[%zu]: %s", i, job->layer.losses[j]);
		diff_ids[i] = job->layer.diff_id;
		sizes[i] = job->layer.size;
		hs_arena_release(&job->arena);
	}
	return rc;
}

/* The configuration with whatever diffIDs the form has. */
static int
write_config(struct hs_span *out, struct hs_canonical_form *f, struct hs_err *err)
{
	struct hs_go_text text = { 0 };
	int rc = writer_of(f->how)(&text, f, err);

	*out = hs_go_text_take(&text, f->arena);
	return rc;
}

static void
finish(struct hs_canonical *out, const struct hs_canonical_form *f, struct hs_span config)
{
	size_t *layers = hs_arena_array(f->arena, f->n_kept + 1, sizeof(*layers));

	for (size_t i = 0; i < f->n_kept; i++)
		layers[i] = i;
	out->config = config;
	out->image_id = hs_sha256(config);
	out->n_layers = f->n_kept;
	out->layers = layers;
	out->losses = f->losses;
	out->n_losses = f->n_losses;
	out->manifest = f->manifest;
	out->docker = f->docker;
}

int
hs_canonical_make(struct hs_canonical *out, struct hs_arena *a,
                  const struct hs_canonical_order *order, struct hs_err *err)
{
	struct hs_canonical_form f;
	struct hs_span config;
	int rc = open_form(&f, a, order, err);

	*out = (struct hs_canonical){ 0 };
	if (rc == 0)
		rc = make_layers(out, &f, order, err);
	if (rc == 0)
		rc = write_config(&config, &f, err);
	if (rc == 0)
		finish(out, &f, config);
	return rc;
}

/* The configurations of both as they would be if their layers were the same. */
static int
compare_configs(bool *same, struct hs_canonical_meeting *m, struct hs_arena *a)
{
	struct hs_span config[2];

	for (int i = 0; i < 2; i++) {
		const struct hs_canonical_order order = { .tree = m->tree[i],
			                                  .image = m->image[i],
			                                  .how = m->how };
		struct hs_canonical_form f;
		int rc;

		m->side = i ? 'b' : 'a';
		rc = open_form(&f, a, &order, &m->reason);
		f.diff_ids = hs_arena_array(a, f.n_layers + 1, sizeof(*f.diff_ids));
		if (rc == 0)
			rc = write_config(&config[i], &f, &m->reason);
		if (rc == 0 && f.n_kept < f.n_layers)
			rc = hs_fail(&m->reason, HS_EUSAGE, "%s", f.losses[f.n_losses - 1]);
		if (rc < 0)
			return rc;
	}
	*same = hs_span_equal(config[0], config[1]);
	return 0;
}

static bool
same_diff_id(const struct hs_part *a, const struct hs_part *b)
{
	return a->diff_id.text.len && hs_span_equal(a->diff_id.text, b->diff_id.text);
}

/* Opens layer `i` of side `s`; an error is the reason. */
static int
open_layer(struct hs_content *out, struct hs_canonical_meeting *m, int s, size_t i)
{
	const struct hs_part *part = m->image[s]->layers[i];
	int rc;

	*out = (struct hs_content){ 0 };
	rc = part ? hs_layer_open(out, m->tree[s], part, &m->reason)
	          : hs_fail(&m->reason, HS_EUSAGE, "it is not in the archive");
	if (rc < 0)
		m->side = s ? 'b' : 'a';
	return rc;
}

static int
compare_layer(bool *same, struct hs_canonical_meeting *m, size_t i)
{
	const struct hs_part *a = m->image[0]->layers[i], *b = m->image[1]->layers[i];
	struct hs_content content[2] = { { 0 } };
	struct hs_rewrite_pair pair = { .how = m->how, .worker = m->worker };
	int rc;

	*same = a && b && same_diff_id(a, b);
	if (*same)
		return 0;
	rc = open_layer(&content[0], m, 0, i);
	if (rc == 0)
		rc = open_layer(&content[1], m, 1, i);
	pair.a = content[0].bytes;
	pair.b = content[1].bytes;
	if (rc == 0) {
		rc = hs_rewrite_same(same, m->tree[0]->run, &pair, &m->reason);
		m->side = pair.side;
	}
	hs_content_release(&content[0]);
	hs_content_release(&content[1]);
	return rc < 0 ? hs_fail_in(&m->reason, "layer[%zu]", i) : 0;
}

/* Sets the rung where it is one of layers. */
static int
compare_layers(bool *same, struct hs_canonical_meeting *m)
{
	const size_t n[2] = { m->image[0]->n_layers, m->image[1]->n_layers };
	const size_t least = n[0] < n[1] ? n[0] : n[1];

	*same = true;
	for (m->layer = 0; m->layer < least; m->layer++) {
		int rc = compare_layer(same, m, m->layer);

		if (rc < 0 || !*same)
			return rc;
	}
	*same = n[0] == n[1];
	return 0;
}

/* What both become, where nothing speaks against it. */
static int
meet(struct hs_canonical_meeting *m, struct hs_arena *a)
{
	const struct hs_canonical_order order = { .tree = m->tree[0],
		                                  .image = m->image[0],
		                                  .how = m->how };
	bool same_config, same_layers;
	int rc = compare_configs(&same_config, m, a);

	if (rc == 0)
		rc = compare_layers(&same_layers, m);
	if (rc < 0)
		return rc;
	m->rung = !same_layers ? HS_CANONICAL_LAYERS : HS_CANONICAL_CONFIG;
	if (!same_layers || !same_config)
		return 0;
	m->side = 'a';
	rc = hs_canonical_make(&m->form, a, &order, &m->reason);
	if (rc == 0)
		m->rung = HS_CANONICAL_SAME;
	return rc;
}

int
hs_canonical_meet(struct hs_canonical_meeting *m, struct hs_arena *a, struct hs_err *err)
{
	if (meet(m, a) == 0)
		return 0;
	if (m->reason.code == HS_ESTOP) {
		*err = m->reason;
		return HS_ESTOP;
	}
	m->rung = HS_CANONICAL_REFUSED;
	return 0;
}
