/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/pack.h"

#define OCI "application/vnd.oci.image."

static const char *
descriptor(struct hs_arena *a, const char *type, const struct hs_sha256 *digest, size_t size)
{
	char hex[HS_SHA256_HEX];

	return hs_arena_printf(a,
	                       "{\"mediaType\":\"" OCI "%s\",\"digest\":\"sha256:%s\",\"size\":%zu",
	                       type, hs_sha256_hex(hex, digest), size);
}

/* What a reader chooses an image by. */
static struct hs_span
platform(struct hs_arena *a, const json_t *config)
{
	static const char *const fields[] = { "architecture", "os", "os.version", "variant" };
	json_t *object = json_object();
	struct hs_span out;

	for (size_t i = 0; object && i < sizeof(fields) / sizeof(fields[0]); i++) {
		json_t *value = json_object_get(config, fields[i]);

		if (value && json_object_set(object, fields[i], value) != 0)
			hs_die_out_of_memory();
	}
	out = hs_pack_json(a, object);
	json_decref(object);
	return out;
}

static void
make_documents(struct hs_packed *p, const struct hs_pack_order *order)
{
	json_t *config = order->config;
	struct hs_arena *a = p->list.arena;

	hs_pack_config_fill(config, order->times.has_time ? order->times.time : 0,
	                    &p->layer->sha256);
	p->config = hs_pack_config_text(a, config);
	p->image_id = hs_sha256(p->config);
	p->manifest = hs_arena_span(
		a,
		"{\"schemaVersion\":2,\"mediaType\":\"" OCI "manifest.v1+json\",\"config\":%s},"
		"\"layers\":[%s}]}",
		descriptor(a, "config.v1+json", &p->image_id, p->config.len),
		descriptor(a, "layer.v1.tar", &p->layer->sha256, p->layer->bytes.len));
	p->manifest_digest = hs_sha256(p->manifest);
	p->index = hs_arena_span(
		a,
		"{\"schemaVersion\":2,\"mediaType\":\"" OCI "index.v1+json\",\"manifests\":[%s,"
		"\"platform\":%s}]}",
		descriptor(a, "manifest.v1+json", &p->manifest_digest, p->manifest.len),
		(const char *)platform(a, config).at);
}

int
hs_pack(struct hs_packed *out, const struct hs_tree *t, const struct hs_pack_order *order,
        struct hs_err *err)
{
	int rc;

	if (!t->ops || !t->ops->meta)
		return hs_fail(err, HS_EUSAGE, "only a directory or a tar can be packed");
	rc = hs_pack_list_make(&out->list, t, err);
	if (rc == 0)
		rc = hs_pack_layer(&out->layer, &out->list, t, &order->times, err);
	if (rc == 0)
		make_documents(out, order);
	return rc;
}

int
hs_packed_write(const struct hs_packed *p, struct hs_run *run, FILE *out, struct hs_err *err)
{
	struct hs_oci_writer w;
	struct hs_sha256 ignored;
	int rc;

	hs_oci_writer_begin(&w, run);
	hs_oci_writer_add(&w, p->layer->bytes, p->layer, &ignored);
	hs_oci_writer_add(&w, p->config, NULL, &ignored);
	hs_oci_writer_add(&w, p->manifest, NULL, &ignored);
	rc = hs_oci_writer_finish(&w, out, p->index, err);
	hs_oci_writer_release(&w);
	return rc;
}

void
hs_packed_release(struct hs_packed *p)
{
	hs_blob_unref(p->layer);
	p->layer = NULL;
	hs_pack_list_release(&p->list);
}
