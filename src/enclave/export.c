/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/export.h"

#include <stdlib.h>

struct hs_export_entry *
hs_export_add(struct hs_export *e)
{
	if (e->n == e->room) {
		e->room = e->room ? 2 * e->room : 256;
		e->entries = hs_realloc(e->entries, e->room, sizeof(*e->entries));
	}
	e->entries[e->n] = (struct hs_export_entry){ 0 };
	return &e->entries[e->n++];
}

struct hs_span
hs_export_hold(struct hs_export *e, struct hs_content content)
{
	/* Bytes without a blob live as long as the program does. */
	if (!content.blob)
		return content.bytes;
	if (e->n_held == e->room_held) {
		e->room_held = e->room_held ? 2 * e->room_held : 64;
		e->held = hs_realloc(e->held, e->room_held, sizeof(*e->held));
	}
	e->held[e->n_held++] = content;
	return content.bytes;
}

void
hs_export_remark_lost(struct hs_export *e, struct hs_span path, bool xattr, bool capability)
{
	if (capability)
		hs_ramdisk_remark_path(&e->remarks, HS_RAMDISK_LOST_CAPABILITY, path,
		                       "loses its file capabilities, which no cpio holds");
	if (xattr)
		hs_ramdisk_remark_path(&e->remarks, HS_RAMDISK_LOST_XATTR, path,
		                       "loses extended attributes, which no cpio holds");
}

void
hs_export_release(struct hs_export *e)
{
	for (size_t i = 0; i < e->n_held; i++)
		hs_content_release(&e->held[i]);
	free(e->held);
	free(e->entries);
	e->held = NULL;
	e->entries = NULL;
	e->n = e->room = e->n_held = e->room_held = 0;
}
