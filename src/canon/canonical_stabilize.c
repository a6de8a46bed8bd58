/* SPDX-License-Identifier: Apache-2.0 */
/*
 * oss-rebuild's stabilize knows archives, not images: what it makes of an
 * image is ours to say. Its layers are stabilised and the configuration names
 * them; all else in it stays as it is spelled, since the tool leaves what is
 * inside a file alone.
 */
#include "canon/canonical_form.h"

int
hs_canonical_stabilize(struct hs_go_text *out, struct hs_canonical_form *f, struct hs_err *err)
{
	const struct hs_go_value *v, *list;
	struct hs_span rest = f->config;
	size_t n = 0;

	if (hs_go_json_read(&v, f->arena, f->config, true, err) < 0)
		return hs_fail_in(err, "the configuration");
	list = hs_go_member(v, "rootfs");
	list = list ? hs_go_member(list, "diff_ids") : NULL;
	for (const struct hs_go_value *id = list ? list->first : NULL; id; id = id->next, n++) {
		char hex[HS_SHA256_HEX];

		if (n == f->n_layers)
			return hs_fail(
				err, HS_EUSAGE,
				"the configuration has more diff_ids than the image layers (%zu)",
				n);
		hs_go_put(out, hs_span_head(rest, (size_t)(id->raw.at - rest.at)));
		hs_go_puts(out, "\"sha256:");
		hs_go_puts(out, hs_sha256_hex(hex, &f->diff_ids[n]));
		hs_go_puts(out, "\"");
		rest = hs_span_from(rest, (size_t)(id->raw.at - rest.at) + id->raw.len);
	}
	if (n != f->n_layers)
		return hs_fail(err, HS_EUSAGE,
		               "the configuration has no diff_ids from layer[%zu] on", n);
	hs_go_put(out, rest);
	f->n_kept = n;
	return 0;
}
