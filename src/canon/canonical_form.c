/* SPDX-License-Identifier: Apache-2.0 */
#include "canon/canonical_form.h"

#include <stdarg.h>
#include <stdio.h>

static const struct hs_go_field oci_run_config[] = {
	{ "User", HS_GO_TEXT, true, NULL },
	{ "ExposedPorts", HS_GO_SET, true, NULL },
	{ "Env", HS_GO_TEXTS, true, NULL },
	{ "Entrypoint", HS_GO_TEXTS, true, NULL },
	{ "Cmd", HS_GO_TEXTS, true, NULL },
	{ "Volumes", HS_GO_SET, true, NULL },
	{ "WorkingDir", HS_GO_TEXT, true, NULL },
	{ "Labels", HS_GO_MAP, true, NULL },
	{ "StopSignal", HS_GO_TEXT, true, NULL },
	{ "ArgsEscaped", HS_GO_BOOL, true, NULL },
	{ 0 },
};

static const struct hs_go_field oci_rootfs[] = {
	{ "type", HS_GO_TEXT, false, NULL },
	{ "diff_ids", HS_GO_TEXTS, false, NULL },
	{ 0 },
};

const struct hs_go_field hs_canonical_oci_history[] = {
	{ "created", HS_GO_TIME_POINTER, true, NULL }, { "created_by", HS_GO_TEXT, true, NULL },
	{ "author", HS_GO_TEXT, true, NULL },          { "comment", HS_GO_TEXT, true, NULL },
	{ "empty_layer", HS_GO_BOOL, true, NULL },     { 0 },
};

const struct hs_go_field hs_canonical_oci_image[] = {
	{ "created", HS_GO_TIME_POINTER, true, NULL },
	{ "author", HS_GO_TEXT, true, NULL },
	{ "architecture", HS_GO_TEXT, false, NULL },
	{ "os", HS_GO_TEXT, false, NULL },
	{ "os.version", HS_GO_TEXT, true, NULL },
	{ "os.features", HS_GO_TEXTS, true, NULL },
	{ "variant", HS_GO_TEXT, true, NULL },
	{ "config", HS_GO_STRUCT, true, oci_run_config },
	{ "rootfs", HS_GO_STRUCT, false, oci_rootfs },
	{ "history", HS_GO_STRUCTS, true, hs_canonical_oci_history },
	{ 0 },
};

void
hs_canonical_lose(struct hs_canonical_form *f, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (f->n_losses == f->room) {
		const size_t room = f->room ? 2 * f->room : 8;
		const char **losses = hs_arena_array(f->arena, room, sizeof(const char *));

		if (f->n_losses)
			memcpy(losses, f->losses, f->n_losses * sizeof(const char *));
		f->losses = losses;
		f->room = room;
	}
	f->losses[f->n_losses++] = hs_arena_printf(f->arena, "%s", text);
}

void
hs_canonical_lose_members(struct hs_canonical_form *f, const char *what,
                          const struct hs_go_value *object, const struct hs_go_field *kept)
{
	const char *names = hs_go_lost(f->arena, object, kept);

	if (names)
		hs_canonical_lose(f, "%s loses %.400s", what, names);
}

void
hs_canonical_put_diff_ids(struct hs_canonical_form *f, struct hs_go_cell *list)
{
	*list = (struct hs_go_cell){ 0 };
	for (size_t i = 0; i < f->n_kept; i++) {
		char hex[HS_SHA256_HEX];
		struct hs_go_item item = { 0 };

		hs_sha256_hex(hex, &f->diff_ids[i]);
		item.value = hs_arena_span(f->arena, "sha256:%s", hex);
		hs_go_cell_add(list, f->arena, item);
	}
}

size_t
hs_canonical_with_layer(const struct hs_go_cell *history)
{
	size_t n = 0;

	for (size_t i = 0; i < history->n; i++)
		n += !hs_go_cell(history->objects[i], "empty_layer")->number;
	return n;
}
