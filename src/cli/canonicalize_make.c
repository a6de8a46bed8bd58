/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/canonicalize.h"

#include "canon/canonical_layer.h"
#include "canon/canonical_manifest.h"
#include "image/image.h"
#include "pack/oci_writer.h"

#include <errno.h>

/* An image on its way into an archive. */
struct making {
	struct hs_canonicalize *c;
	const struct hs_tree *tree;
	const struct hs_image_info *image;
	struct hs_canonical form;
	struct hs_blob **rewritten; /* of each layer of the image; NULL without an output */
	struct hs_canonical_blob *stored;
	struct hs_content *kept; /* of each layer: its compressed blob, where that can stay */
	size_t n_kept;
};

/* The digests of the layers as the members of a JSON array. */
static const char *
list_of(struct hs_arena *a, const struct hs_sha256 *digests, size_t n)
{
	static const char before[] = ", \"sha256:", behind[] = "\"";
	const size_t each = sizeof(before) - 1 + HS_SHA256_HEX - 1 + sizeof(behind) - 1;
	char *text = hs_arena_alloc(a, n * each + 1), *at = text;

	for (size_t i = 0; i < n; i++) {
		char hex[HS_SHA256_HEX];

		at += snprintf(at, each + 1, "%s%s%s", i ? before : before + 2,
		               hs_sha256_hex(hex, &digests[i]), behind);
	}
	return text;
}

static const char *
digest_text(struct hs_arena *a, const struct hs_sha256 *digest)
{
	char hex[HS_SHA256_HEX];

	return hs_arena_printf(a, "\"sha256:%s\"", hs_sha256_hex(hex, digest));
}

/* Whether the layer comes out as it went in. */
static bool
is_unchanged(const struct making *m, const struct hs_part *part, size_t i)
{
	char hex[HS_SHA256_HEX];

	return part->diff_id.alg == HS_DIGEST_SHA256 &&
	       hs_span_is(part->diff_id.encoded, hs_sha256_hex(hex, &m->form.diff_ids[i]));
}

/* Keeps the blob of a layer that comes out as it went in, where the manifest has a word for it. */
static int
keep_blob(struct making *m, size_t i, struct hs_err *err)
{
	const struct hs_part *part = m->image->layers[m->form.layers[i]];
	struct hs_content blob;
	enum hs_codec codec;
	int rc;

	if (!is_unchanged(m, part, i))
		return 0;
	rc = hs_part_open(&blob, m->tree, part, err);
	codec = hs_codec_of(blob.bytes);
	if (rc < 0 || codec == HS_CODEC_NONE ||
	    !hs_canonical_can_store(&m->form, &m->c->how, codec)) {
		hs_content_release(&blob);
		return rc;
	}
	m->kept[i] = blob;
	m->n_kept++;
	m->stored[i] =
		(struct hs_canonical_blob){ hs_content_sha256(&blob), blob.bytes.len, codec };
	return 0;
}

static int
choose_blobs(struct making *m, struct hs_err *err)
{
	const size_t n = m->form.n_layers;
	struct hs_arena *a = &m->c->arena;
	int rc = 0;

	m->stored = hs_arena_array(a, n + 1, sizeof(*m->stored));
	m->kept = hs_arena_array(a, n + 1, sizeof(*m->kept));
	for (size_t i = 0; rc == 0 && i < n; i++) {
		m->stored[i] = (struct hs_canonical_blob){ .sha256 = m->form.diff_ids[i],
			                                   .size = m->form.sizes[i] };
		rc = keep_blob(m, i, err);
	}
	return rc;
}

static int
write_archive(struct making *m, struct hs_span manifest, struct hs_err *err)
{
	struct hs_canonicalize *c = m->c;
	const struct hs_span index =
		hs_canonical_index(&c->arena, &m->form, &c->how, manifest, m->image->ref);
	struct hs_oci_writer w;
	struct hs_sha256 digest;
	int rc;

	c->session.run.stage = "writing";
	hs_oci_writer_begin(&w, &c->session.run);
	for (size_t i = 0; i < m->form.n_layers; i++) {
		struct hs_blob *blob = m->rewritten[m->form.layers[i]];

		if (m->stored[i].codec == HS_CODEC_NONE)
			hs_oci_writer_add(&w, blob->bytes, blob, &digest);
		else
			hs_oci_writer_add(&w, m->kept[i].bytes, m->kept[i].blob, &digest);
	}
	hs_oci_writer_add(&w, m->form.config, NULL, &digest);
	hs_oci_writer_add(&w, manifest, NULL, &digest);
	rc = hs_oci_writer_finish(&w, c->output.out, index, err);
	hs_oci_writer_release(&w);
	return rc;
}

/* Why the manifest is not the tool's, whose compressor is not ours. */
static const char *
how_stored(const struct making *m)
{
	const size_t n = m->form.n_layers, n_plain = n - m->n_kept;

	if (n_plain == n)
		return "its layers are stored uncompressed";
	if (n_plain == 0)
		return "its layers keep their compressed blobs";
	return hs_arena_printf(&m->c->arena,
	                       "of its %zu layers %zu are stored uncompressed, the others keep "
	                       "their compressed blobs",
	                       n, n_plain);
}

static void
tell(struct making *m, struct hs_span manifest)
{
	static const char *const tools[HS_N_LIKE] = {
		[HS_LIKE_GGCR] = "go-containerregistry",
		[HS_LIKE_BUILDKIT] = "BuildKit",
		[HS_LIKE_BUILDAH] = "buildah",
		[HS_LIKE_STABILIZE] = "stabilize",
	};
	const struct hs_sha256 manifest_digest = hs_sha256(manifest);
	struct hs_canonicalize *c = m->c;
	struct hs_arena *a = &c->arena;

	c->json = hs_arena_printf(
		a, "{\"image_id\": %s, \"diff_ids\": [%s], \"manifest_digest\": %s}\n",
		digest_text(a, &m->form.image_id), list_of(a, m->form.diff_ids, m->form.n_layers),
		digest_text(a, &manifest_digest));
	if (m->form.n_layers > 0 && c->how.like != HS_LIKE_STABILIZE)
		c->note = hs_arena_printf(a, "the manifest digest %s %s's: %s",
		                          m->n_kept == m->form.n_layers ? "may not be" : "is not",
		                          tools[c->how.like], how_stored(m));
}

static int
build(struct making *m, struct hs_err *err)
{
	struct hs_canonicalize *c = m->c;
	const struct hs_canonical_order order = {
		.tree = m->tree,
		.image = m->image,
		.how = &c->how,
		.worker = hs_pool_main(c->session.run.pool),
		.blobs = m->rewritten,
	};
	int rc;

	c->session.run.stage = "rewriting";
	rc = hs_canonical_make(&m->form, &c->arena, &order, err);
	if (rc < 0)
		return rc;
	c->losses = m->form.losses;
	c->n_losses = m->form.n_losses;
	if (m->form.n_layers < m->image->n_layers)
		return hs_fail(err, HS_EUSAGE, "no image is made that lacks layers of the input");
	return choose_blobs(m, err);
}

int
hs_canonicalize_image(struct hs_canonicalize *c, const struct hs_tree *t,
                      const struct hs_image_info *image, struct hs_err *err)
{
	struct making m = { .c = c, .tree = t, .image = image };
	struct hs_span manifest;
	int rc;

	if (c->output.out)
		m.rewritten =
			hs_arena_array(&c->arena, image->n_layers + 1, sizeof(struct hs_blob *));
	rc = build(&m, err);
	if (rc == 0) {
		manifest = hs_canonical_manifest(&c->arena, &m.form, &c->how, m.stored);
		tell(&m, manifest);
	}
	if (rc == 0 && c->output.out)
		rc = write_archive(&m, manifest, err);
	for (size_t i = 0; m.kept && i < m.form.n_layers; i++)
		hs_content_release(&m.kept[i]);
	for (size_t i = 0; m.rewritten && i < image->n_layers; i++)
		hs_blob_unref(m.rewritten[i]);
	return rc;
}

static int
to_file(void *ctx, struct hs_span bytes, struct hs_err *err)
{
	FILE *out = ctx;

	errno = 0;
	if (bytes.len && fwrite(bytes.at, 1, bytes.len, out) != bytes.len)
		return hs_fail_errno(err, errno, "the output cannot be written");
	return 0;
}

int
hs_canonicalize_layer(struct hs_canonicalize *c, struct hs_span layer, struct hs_err *err)
{
	struct hs_canonical_layer l = {
		.run = &c->session.run,
		.layer = layer,
		.how = &c->how,
		.sink = c->output.out ? to_file : NULL,
		.ctx = c->output.out,
		.arena = &c->arena,
	};
	int rc;

	c->session.run.stage = "rewriting";
	rc = hs_canonical_layer_make(&l, err);
	if (rc < 0)
		return rc;
	c->losses = l.losses;
	c->n_losses = l.n_losses;
	c->json = hs_arena_printf(&c->arena, "{\"diff_id\": %s}\n",
	                          digest_text(&c->arena, &l.diff_id));
	return 0;
}
