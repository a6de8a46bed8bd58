/* SPDX-License-Identifier: Apache-2.0 */
#include "image/image.h"

#include "core/hash.h"
#include "image/kept.h"

/* "sha512:" and its digits. */
enum { LONGEST_DIGEST = 7 + 128 };

static void
release_image(void *state)
{
	struct hs_image *image = state;

	hs_kept_free(image->kept);
	for (size_t i = 0; i < image->n_left_out; i++)
		hs_blob_unref(image->left_out[i]);
	if (image->under.release)
		image->under.release(image->under.state);
}

struct hs_image *
hs_image_begin(struct hs_tree *t)
{
	struct hs_image *image = hs_arena_alloc(&t->arena, sizeof(*image));
	const size_t n = t->n_entries;

	hs_tree_finish(t);
	image->tree = t;
	image->under = *t;
	image->under.arena = (struct hs_arena){ 0 };
	image->under.entries = hs_arena_array(&t->arena, n, sizeof(*t->entries));
	if (n)
		memcpy(image->under.entries, t->entries, n * sizeof(*t->entries));
	for (size_t i = 0; i < n; i++)
		t->entries[i].occurrence = 0;
	hs_names_init(&image->names, &t->arena, &t->worker->scratch, &image->under);
	image->members = hs_arena_array(&t->arena, n, sizeof(struct hs_member *));
	image->kept = hs_kept_new();
	return image;
}

size_t
hs_image_find(struct hs_image *image, struct hs_span name)
{
	if (name.len == 0 || name.len > HS_MAX_NAME)
		return HS_NOWHERE;
	return hs_names_find(&image->names, hs_key_of_name(&image->tree->arena, name));
}

size_t
hs_image_find_blob(struct hs_image *image, const struct hs_digest *digest)
{
	struct hs_arena *a = &image->tree->worker->scratch;
	const struct hs_arena_mark mark = hs_arena_mark(a);
	size_t found = HS_NOWHERE;

	if (digest->text.len && digest->text.len <= HS_MAX_NAME) {
		const struct hs_span key = hs_arena_span(a, "blobs/%.*s", (int)digest->text.len,
		                                         (const char *)digest->text.at);
		uint8_t *slash = hs_arena_alloc(a, key.len);

		memcpy(slash, key.at, key.len);
		slash[sizeof("blobs/") - 1 + digest->algorithm.len] = '/';
		found = hs_names_find(&image->names, (struct hs_span){ slash, key.len });
	}
	hs_arena_rewind(a, mark);
	return found;
}

struct hs_member *
hs_image_member(struct hs_image *image, size_t entry)
{
	struct hs_member **m = &image->members[entry];

	if (!*m) {
		*m = hs_arena_alloc(&image->tree->arena, sizeof(**m));
		(*m)->entry = entry;
		(*m)->owner = (*m)->info = HS_NOWHERE;
	}
	return *m;
}

int
hs_image_open(struct hs_content *out, const struct hs_image *image, size_t entry,
              struct hs_err *err)
{
	return hs_tree_open(out, &image->under, &image->under.entries[entry], err);
}

const struct hs_document *
hs_image_document(struct hs_image *image, size_t entry)
{
	struct hs_member *m = hs_image_member(image, entry);
	struct hs_arena *a = &image->tree->arena;
	struct hs_content content;
	struct hs_err err;

	if (m->document)
		return m->document;
	m->document = hs_arena_alloc(a, sizeof(*m->document));
	if (hs_image_open(&content, image, entry, &err) < 0)
		hs_remarks_add(&m->document->remarks, a, hs_remark_of(&err), "%s", err.text);
	else
		hs_document_read(m->document, a, content.bytes, HS_MAX_IMAGE_PARTS - image->n_read);
	image->n_read += m->document->n_list;
	hs_content_release(&content);
	return m->document;
}

const struct hs_config *
hs_image_config(struct hs_image *image, size_t entry)
{
	struct hs_member *m = hs_image_member(image, entry);
	struct hs_arena *a = &image->tree->arena;
	struct hs_content content;
	struct hs_err err;

	if (m->config)
		return m->config;
	m->config = hs_arena_alloc(a, sizeof(*m->config));
	if (hs_image_open(&content, image, entry, &err) < 0)
		hs_remarks_add(&m->config->remarks, a, hs_remark_of(&err), "%s", err.text);
	else
		hs_config_read(m->config, a, content.bytes, HS_MAX_IMAGE_PARTS - image->n_read);
	image->n_read += m->config->n_diff_ids;
	hs_content_release(&content);
	return m->config;
}

bool
hs_image_visit(struct hs_image *image, size_t entry)
{
	struct hs_member *m = hs_image_member(image, entry);

	if (m->visits++ < HS_MAX_IMAGE_VISITS)
		return true;
	if (m->visits == HS_MAX_IMAGE_VISITS + 1)
		hs_remarks_add(&m->remarks, &image->tree->arena, HS_REMARK_LIMIT,
		               "it is named more often than the %d times it is followed "
		               "(HS_MAX_IMAGE_VISITS)",
		               HS_MAX_IMAGE_VISITS);
	return false;
}

bool
hs_image_take_role(struct hs_image *image, size_t entry)
{
	struct hs_member *m = hs_image_member(image, entry);

	if (m->roles++ < HS_MAX_IMAGE_ROLES)
		return true;
	if (m->roles == HS_MAX_IMAGE_ROLES + 1)
		hs_remarks_add(&m->remarks, &image->tree->arena, HS_REMARK_LIMIT,
		               "it is a layer more often than the %d times that are read "
		               "(HS_MAX_IMAGE_ROLES)",
		               HS_MAX_IMAGE_ROLES);
	return false;
}

int
hs_image_part(struct hs_part **out, struct hs_image *image, struct hs_span key, size_t entry,
              struct hs_err *err)
{
	struct hs_arena *a = &image->tree->arena;
	struct hs_member *m = hs_image_member(image, entry);
	struct hs_part **grown;

	if (image->n_parts >= HS_MAX_IMAGE_PARTS)
		return hs_fail(err, HS_ELIMIT,
		               "its documents name more than %d parts (HS_MAX_IMAGE_PARTS)",
		               HS_MAX_IMAGE_PARTS);
	if (image->n_parts == image->room) {
		image->room = image->room ? 2 * image->room : 32;
		grown = hs_arena_array(a, image->room, sizeof(struct hs_part *));
		if (image->n_parts)
			memcpy(grown, image->parts, image->n_parts * sizeof(struct hs_part *));
		image->parts = grown;
	}
	*out = hs_arena_alloc(a, sizeof(**out));
	**out = (struct hs_part){ .key = key, .entry = entry, .member = m, .info = HS_NOWHERE };
	image->parts[image->n_parts++] = *out;
	m->has_parts = true;
	return 0;
}

struct hs_image_info *
hs_image_add(struct hs_image *image, size_t n_layers)
{
	struct hs_arena *a = &image->tree->arena;
	struct hs_image_info *grown;

	if (image->n_infos == image->infos_room) {
		image->infos_room = image->infos_room ? 2 * image->infos_room : 4;
		grown = hs_arena_array(a, image->infos_room, sizeof(*grown));
		if (image->n_infos)
			memcpy(grown, image->infos, image->n_infos * sizeof(*grown));
		image->infos = grown;
	}
	image->infos[image->n_infos] = (struct hs_image_info){
		.layers = hs_arena_array(a, n_layers, sizeof(struct hs_part *)),
		.n_layers = n_layers,
	};
	return &image->infos[image->n_infos++];
}

void
hs_image_missing(struct hs_image *image, struct hs_part *part, bool damage, const char *what,
                 const struct hs_descriptor *d)
{
	struct hs_arena *a = &image->tree->arena;
	/* Checked against its grammar: plain characters, but of any length. */
	const struct hs_span digest = hs_span_head(d->digest.text, LONGEST_DIGEST);
	enum hs_remark_kind kind = damage ? HS_REMARK_MISSING : HS_REMARK_ELSEWHERE;

	if (d->has_data) {
		if (d->data.len != d->size || !hs_digest_fits(&d->digest, d->data))
			hs_remarks_add(&part->remarks, a, HS_REMARK_DATA,
			               "the data of %s does not match its digest", what);
		return;
	}
	if (d->foreign)
		kind = HS_REMARK_FOREIGN;
	hs_remarks_add(&part->remarks, a, kind, "names %s %.*s, which %sthe archive does not hold",
	               what, (int)digest.len, (const char *)digest.at,
	               d->foreign ? "is kept elsewhere and which " : "");
}

bool
hs_part_is_packed(const struct hs_part *part)
{
	return part && part->kind == HS_PART_LAYER && part->member->codec != HS_CODEC_NONE;
}

/*
 * What tells two entries' metadata apart: the raw head, and a digest of all
 * that the ops say besides. A packed layer's own digest is in it, or two
 * layers that differ only in how they were packed would pass for the same.
 */
static struct hs_span
head_of(struct hs_image *image, const struct hs_entry *e, const struct hs_part *p)
{
	struct hs_arena *scratch = &image->tree->worker->scratch;
	const struct hs_arena_mark mark = hs_arena_mark(scratch);
	struct hs_facts facts = { .arena = scratch };
	struct hs_sha256_stream stream;
	struct hs_sha256 sum;
	uint8_t *head = hs_arena_alloc(&image->tree->arena, e->head.len + HS_SHA256_SIZE);

	hs_part_describe(&facts, p);
	hs_sha256_init(&stream);
	for (const struct hs_fact *f = facts.first; f; f = f->next) {
		const uint64_t len = f->value.len;

		hs_sha256_update(&stream, hs_span_of(f->field));
		hs_sha256_update(&stream, (struct hs_span){ (const uint8_t *)&len, sizeof(len) });
		hs_sha256_update(&stream, f->value);
	}
	hs_sha256_final(&stream, &sum);
	hs_arena_rewind(scratch, mark);
	if (e->head.len)
		memcpy(head, e->head.at, e->head.len);
	memcpy(head + e->head.len, sum.bytes, HS_SHA256_SIZE);
	return (struct hs_span){ head, e->head.len + HS_SHA256_SIZE };
}

/* What its documents and its name have against an entry; its container's note stays its own. */
static void
collect(struct hs_remarks *out, struct hs_arena *a, const struct hs_member *m,
        const struct hs_part *p)
{
	hs_remarks_join(out, a, &m->remarks);
	if (!p)
		return;
	if (p->kind == HS_PART_DOCUMENT && m->document)
		hs_remarks_join(out, a, &m->document->remarks);
	if (p->kind == HS_PART_DOCUMENT && m->config)
		hs_remarks_join(out, a, &m->config->remarks);
	hs_remarks_join(out, a, &p->remarks);
}

/* Behind those that its container gave it. */
static void
add_notes(struct hs_entry *e, struct hs_arena *a, const struct hs_remarks *r)
{
	struct hs_entry_note *all = hs_arena_array(a, e->n_notes + r->n, sizeof(*all));
	const struct hs_entry_note *more = hs_remarks_notes(r, a);

	if (e->n_notes)
		memcpy(all, e->notes, e->n_notes * sizeof(*all));
	if (r->n)
		memcpy(all + e->n_notes, more, r->n * sizeof(*all));
	e->notes = all;
	e->n_notes += r->n;
}

static void
dress(struct hs_image *image, struct hs_entry *e, size_t entry, const struct hs_part *p)
{
	struct hs_arena *a = &image->tree->arena;
	const struct hs_entry *stored = &image->under.entries[entry];
	const struct hs_member *m = image->members[entry];
	struct hs_role *role = hs_arena_alloc(a, sizeof(*role));
	struct hs_remarks remarks = { 0 };

	*role = (struct hs_role){ entry, p };
	e->more = role;
	if (m) {
		collect(&remarks, a, m, p);
		add_notes(e, a, &remarks);
		/* An entry that is itself packed in its container, as of a zip, is told apart by
		 * how it is packed too. */
		if (!stored->codec || !stored->bytes.at)
			e->digest = m->identity;
	}
	if (!p && m && m->key.len)
		e->key = m->key;
	if (!p)
		return;
	e->key = p->key;
	e->head = head_of(image, stored, p);
	if (hs_part_is_packed(p))
		e->codec = (uint32_t)p->member->codec;
}

/* One more entry for a blob that plays a second part. */
static int
add_alias(struct hs_image *image, const struct hs_part *p, struct hs_err *err)
{
	const struct hs_entry *stored = &image->under.entries[p->entry];
	struct hs_entry *e;
	const int rc = hs_tree_add(&e, image->tree, stored->name, err);

	if (rc < 0)
		return rc;
	*e = *stored;
	e->occurrence = 0;
	hs_blob_ref(e->blob);
	dress(image, e, p->entry, p);
	return 0;
}

/* Whether the entry is a blob named by its digest that has another key than that. */
static bool
is_keyed_blob(const struct hs_member *m)
{
	return m && m->name.text.len && (m->placed || m->key.len);
}

/* Those blobs as they stand, in the order of parts, and then in that of the loose ones. */
static size_t
sort_blobs(struct hs_entry *sorted, const struct hs_image *image)
{
	const struct hs_tree *t = image->tree;
	size_t n = 0;

	for (size_t i = 0; i < image->n_parts; i++) {
		const struct hs_member *m = image->parts[i]->member;
		const struct hs_entry *e = &t->entries[m->entry];

		if (m->name.text.len && ((const struct hs_role *)e->more)->part == image->parts[i])
			sorted[n++] = *e;
	}
	for (size_t i = 0; i < image->n_loose; i++)
		if (is_keyed_blob(image->members[image->loose[i]]) &&
		    !image->members[image->loose[i]]->placed)
			sorted[n++] = t->entries[image->loose[i]];
	return n;
}

/*
 * Blobs named by digest and written in the order of their names stand in an
 * order that says nothing, and another one in each build. They change places
 * among themselves to the order of the parts; any other order is the
 * writer's, and stays.
 */
static void
order_parts(struct hs_image *image)
{
	struct hs_tree *t = image->tree;
	const size_t n = image->under.n_entries;
	struct hs_entry *sorted = hs_arena_array(&t->arena, n, sizeof(*sorted));
	const struct hs_entry *before = NULL;
	size_t n_keyed = 0, next = 0;

	for (size_t i = 0; i < n; i++) {
		if (!is_keyed_blob(image->members[i]))
			continue;
		if (before && hs_span_order(before->key, image->under.entries[i].key) > 0)
			return;
		before = &image->under.entries[i];
		n_keyed++;
	}
	if (sort_blobs(sorted, image) != n_keyed)
		return;
	for (size_t i = 0; i < n; i++)
		if (is_keyed_blob(image->members[i]))
			t->entries[i] = sorted[next++];
}

int
hs_image_finish(struct hs_image *image, struct hs_err *err)
{
	struct hs_tree *t = image->tree;
	int rc = 0;

	hs_image_verify(image);
	for (size_t i = 0; i < image->n_parts; i++) {
		const struct hs_part *p = image->parts[i];

		if (hs_part_is_packed(p) && !p->member->kept)
			p->member->kept = hs_kept_add(image->kept);
	}
	for (size_t i = 0; i < image->n_parts && rc == 0; i++) {
		const struct hs_part *p = image->parts[i];

		if (p->member->placed) {
			rc = add_alias(image, p, err);
			continue;
		}
		p->member->placed = true;
		dress(image, &t->entries[p->entry], p->entry, p);
	}
	for (size_t i = 0; i < image->under.n_entries; i++)
		if (!image->members[i] || !image->members[i]->placed)
			dress(image, &t->entries[i], i, NULL);
	order_parts(image);
	t->under = t->ops;
	t->ops = &hs_image_ops;
	t->state = image;
	t->release = release_image;
	image->tree = NULL;
	return rc;
}
