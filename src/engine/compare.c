/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/compare.h"

#include "core/digest_task.h"
#include "core/spool.h"
#include "engine/engine.h"
#include "engine/ignore.h"

/* Whether all its bytes are what is looked at, and not the members of a directory or one image. */
static bool
is_bytes(const struct hs_operand *o)
{
	return o->blob && o->selector.len == 0;
}

static bool
is_one_image(const struct hs_operand *o)
{
	return o->selector.len || o->fetched;
}

static struct hs_input
input_of(const struct hs_operand *o)
{
	return (struct hs_input){
		.name = o->name,
		.format = o->blob ? "" : "directory",
		.size = is_bytes(o) ? o->blob->bytes.len : 0,
	};
}

static void
set_input(struct hs_input *in, struct hs_side *side, const struct hs_sha256 *digest)
{
	in->sha256 = side->sha256 = *digest;
	in->has_sha256 = side->has_sha256 = true;
	side->size = in->size;
}

/* Bytes at the front that are compared before all else. */
enum { FRONT = 1 << 20 };

/* Hashing one side while the other thread tells whether the two differ at all. */
struct root_job {
	struct hs_span a, b;
	struct hs_sha256 digest[2];
	bool same_file; /* both operands name one file */
	bool same;
};

static void
root_bytes(void *ctx, size_t i, struct hs_worker *w)
{
	struct root_job *j = ctx;

	if (i == 0) {
		j->digest[0] = hs_sha256(j->a);
		return;
	}
	j->same = j->same_file || hs_same_bytes(w, j->a, j->b);
	if (!j->same)
		j->digest[1] = hs_sha256(j->b);
}

/* Operands that are known to differ: their digests are wanted last. */
struct late_job {
	struct hs_pool *pool;
	struct hs_digest_task tasks[2];
	struct hs_sha256 *out;
};

static void
end_task(void *ctx, size_t i, struct hs_worker *w)
{
	struct late_job *j = ctx;

	(void)w;
	hs_digest_task_end(&j->out[i], &j->tasks[i], j->pool);
}

static void
compare_and_hash(struct root_job *r, const struct hs_engine *en, struct hs_node *root,
                 const struct hs_content_pair *c)
{
	struct hs_worker *w = hs_pool_main(en->run->pool);
	struct late_job late = { .pool = w->pool, .out = r->digest };

	hs_digest_task_begin(&late.tasks[1], w->pool, r->b);
	hs_digest_task_begin(&late.tasks[0], w->pool, r->a);
	hs_compare_content(en, w, root, c);
	hs_pool_each(w, 2, end_task, &late);
}

/* Whether a look at their beginnings tells that they are not the same bytes. */
static bool
differ_early(struct hs_span a, struct hs_span b)
{
	return a.len != b.len || !hs_span_equal(hs_span_head(a, FRONT), hs_span_head(b, FRONT));
}

static struct hs_node *
new_root(struct hs_worker *w)
{
	struct hs_node *root = hs_arena_alloc(&w->keep, sizeof(*root));

	root->a.format = root->b.format = "";
	return root;
}

/* That digests of images were believed is to be known of the whole result. */
static void
note_trust(struct hs_run *run, struct hs_node *root)
{
	if (atomic_load(&run->trusted))
		hs_node_note(root, &hs_pool_main(run->pool)->keep,
		             (struct hs_note){ .code = "trusted",
		                               .text = "digests of the images' blobs were not "
		                                       "checked (--trust-digests)" });
}

/* Two operands that are both bytes. */
static void
compare_files(const struct hs_engine *en, struct hs_report *r, struct hs_node *root,
              const struct hs_operand *a, const struct hs_operand *b)
{
	struct hs_worker *w = hs_pool_main(en->run->pool);
	struct root_job j = {
		.a = a->blob->bytes,
		.b = b->blob->bytes,
		.same_file = a->blob->file.known &&
		             memcmp(&a->blob->file, &b->blob->file, sizeof(a->blob->file)) == 0,
	};
	const struct hs_content_pair c = {
		.a = { .blob = a->blob, .bytes = a->blob->bytes, .name = hs_operand_base(a) },
		.b = { .blob = b->blob, .bytes = b->blob->bytes, .name = hs_operand_base(b) },
		.has_a = true,
		.has_b = true,
	};

	const bool early = !j.same_file && differ_early(j.a, j.b);

	if (early) {
		root->status = HS_STATUS_CONTENT;
		compare_and_hash(&j, en, root, &c);
	} else {
		hs_pool_each(w, 2, root_bytes, &j);
	}
	set_input(&r->a, &root->a, &j.digest[0]);
	set_input(&r->b, &root->b, &j.digest[j.same ? 0 : 1]);
	if (early || j.same)
		return;
	root->status = HS_STATUS_CONTENT;
	hs_compare_content(en, w, root, &c);
}

/* The selector of an operand names nothing: what is to be said instead of a report. */
static void
refuse(struct hs_report *r, const struct hs_operand *o, const struct hs_opened *opened)
{
	if (r->refused.code || opened->trouble.code != HS_EUSAGE)
		return;
	r->refused = opened->trouble;
	hs_fail_in_span(&r->refused, hs_span_of(o->name));
}

static void
note_filter(struct hs_node *node, struct hs_worker *w, const struct hs_opened *o, char side)
{
	if (o->through)
		hs_node_note(node, &w->keep,
		             (struct hs_note){
				     .code = "compression",
				     .text = hs_arena_printf(&w->keep,
		                                             "%c is compressed with %s, the other "
		                                             "side is not",
		                                             side, o->through) });
}

/* Two operands opened as the members that they have. */
static void
compare_opened(const struct hs_engine *en, struct hs_node *root, struct hs_opened *a,
               struct hs_opened *b)
{
	struct hs_worker *w = hs_pool_main(en->run->pool);

	root->a.format = a->format;
	root->b.format = b->format;
	if (!a->through != !b->through)
		note_filter(root, w, a->through ? a : b, a->through ? 'a' : 'b');
	if (hs_compare_opened(en, w, root, a, b))
		root->status = HS_STATUS_CONTENT;
	if (a->trouble.code)
		hs_note_trouble(root, w, &a->trouble, 'a');
	if (b->trouble.code)
		hs_note_trouble(root, w, &b->trouble, 'b');
}

struct open_job {
	const struct hs_engine *en;
	const struct hs_operand *operand[2];
	struct hs_opened *out[2];
};

static void
open_operand(void *ctx, size_t i, struct hs_worker *w)
{
	const struct open_job *j = ctx;

	hs_side_open_operand(j->out[i], j->en->run, w, j->operand[i]);
}

/* At least one directory or selected image: there are no bytes to begin with, only members. */
static void
compare_trees(const struct hs_engine *en, struct hs_report *r, struct hs_node *root,
              const struct hs_operand *a, const struct hs_operand *b)
{
	struct hs_worker *w = hs_pool_main(en->run->pool);
	struct hs_opened oa, ob;
	const struct hs_operand *file = is_bytes(a) ? a : is_bytes(b) ? b : NULL;

	if (file) {
		const struct hs_sha256 digest = hs_sha256(file->blob->bytes);

		set_input(file == a ? &r->a : &r->b, file == a ? &root->a : &root->b, &digest);
	}
	hs_pool_each(w, 2, open_operand,
	             &(struct open_job){ .en = en, .operand = { a, b }, .out = { &oa, &ob } });
	if (is_one_image(a) && !is_one_image(b))
		hs_side_follow(&ob, &oa);
	else if (is_one_image(b) && !is_one_image(a))
		hs_side_follow(&oa, &ob);
	refuse(r, a, &oa);
	refuse(r, b, &ob);
	if (!r->refused.code)
		compare_opened(en, root, &oa, &ob);
	hs_side_release(&oa);
	hs_side_release(&ob);
}

void
hs_compare(struct hs_report *out, struct hs_run *run, const struct hs_operand *a,
           const struct hs_operand *b, const struct hs_compare_options *options)
{
	const struct hs_engine en = {
		.run = run,
		.options = options,
		.ladder = &out->ladder,
		.measurements = &out->measurements,
	};
	struct hs_node *root = new_root(hs_pool_main(run->pool));

	*out = (struct hs_report){ .run = run, .root = root, .a = input_of(a), .b = input_of(b) };
	root->a.present = root->b.present = true;
	atomic_store(&run->stage, "comparing");
	if (is_bytes(a) && is_bytes(b))
		compare_files(&en, out, root, a, b);
	else
		compare_trees(&en, out, root, a, b);
	out->a.format = root->a.format;
	out->b.format = root->b.format;
	hs_ignore(out, options);
	note_trust(run, root);
	hs_summarize(out);
}

void
hs_inspect(struct hs_report *out, struct hs_run *run, const struct hs_operand *x,
           const struct hs_compare_options *options)
{
	const struct hs_engine en = { .run = run, .options = options, .inspection = true };
	struct hs_worker *w = hs_pool_main(run->pool);
	struct hs_node *root = new_root(w);

	*out = (struct hs_report){
		.run = run,
		.root = root,
		.a = input_of(x),
		.inspection = true,
	};
	root->a.present = true;
	atomic_store(&run->stage, "reading");
	if (is_bytes(x)) {
		const struct hs_sha256 digest = hs_sha256(x->blob->bytes);
		const struct hs_content_pair c = {
			.a = { .blob = x->blob,
			       .bytes = x->blob->bytes,
			       .name = hs_operand_base(x) },
			.has_a = true,
		};

		set_input(&out->a, &root->a, &digest);
		hs_compare_content(&en, w, root, &c);
	} else {
		struct hs_opened o;

		hs_side_open_operand(&o, run, w, x);
		refuse(out, x, &o);
		root->a.format = o.format;
		if (!out->refused.code)
			hs_compare_opened(&en, w, root, &o, NULL);
		if (o.trouble.code)
			hs_note_trouble(root, w, &o.trouble, 0);
		hs_side_release(&o);
	}
	out->a.format = root->a.format;
	note_trust(run, root);
	hs_summarize(out);
}

/* The contents of one side; the nodes themselves go with the run. */
static void
release_side(void *ctx, size_t i, struct hs_worker *w)
{
	const struct hs_report *report = ctx;

	(void)w;
	for (struct hs_node *n = report->root; n; n = hs_node_next(n))
		hs_content_release(i == 0 ? &n->a.content : &n->b.content);
}

void
hs_report_release(struct hs_report *report)
{
	if (report->root)
		hs_pool_each(hs_pool_main(report->run->pool), 2, release_side, report);
	report->root = NULL;
}
