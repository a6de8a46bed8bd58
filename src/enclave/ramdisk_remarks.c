/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/ramdisk_remarks.h"

#include "core/escape.h"
#include "core/limits.h"

#include <stdarg.h>
#include <stdio.h>

enum { SHORT_PATH = 200 };

const char *
hs_ramdisk_kind_code(enum hs_ramdisk_kind kind)
{
	static const char *const codes[HS_RAMDISK_N_KINDS] = {
		[HS_RAMDISK_IMPLIED_DIRECTORY] = "implied-directory",
		[HS_RAMDISK_HARD_LINK] = "hard-link",
		[HS_RAMDISK_LOST_XATTR] = "lost-xattr",
		[HS_RAMDISK_LOST_CAPABILITY] = "lost-capability",
		[HS_RAMDISK_DROPPED] = "dropped",
		[HS_RAMDISK_REPLACED] = "replaced",
		[HS_RAMDISK_MODE] = "mode-lost",
		[HS_RAMDISK_MOUNTED_OVER] = "mounted-over",
		[HS_RAMDISK_SOCKET] = "socket",
		[HS_RAMDISK_TIME] = "time-out-of-range",
		[HS_RAMDISK_OVERFLOW] = "field-overflow",
		[HS_RAMDISK_LAYERS] = "layers",
		[HS_RAMDISK_STREAM_END] = "stream-end",
		[HS_RAMDISK_ENTRYPOINT] = "entrypoint-ignored",
		[HS_RAMDISK_WORKDIR] = "workdir-ignored",
		[HS_RAMDISK_USER] = "user-ignored",
		[HS_RAMDISK_NEWLINE] = "newline",
		[HS_RAMDISK_RELATIVE_COMMAND] = "relative-command",
		[HS_RAMDISK_EMPTY_COMMAND] = "empty-command",
	};

	return codes[kind];
}

/* A place for one more; NULL where there are enough of its kind. */
static struct hs_ramdisk_remark *
place(struct hs_ramdisk_remarks *r, enum hs_ramdisk_kind kind)
{
	struct hs_ramdisk_remark *new;

	if (r->kinds[kind].n == HS_MAX_RAMDISK_REMARKS) {
		r->kinds[kind].last->n_more++;
		return NULL;
	}
	new = hs_arena_alloc(r->arena, sizeof(*new));
	new->code = hs_ramdisk_kind_code(kind);
	if (r->last)
		r->last->next = new;
	else
		r->first = new;
	r->last = r->kinds[kind].last = new;
	r->kinds[kind].n++;
	return new;
}

void
hs_ramdisk_remark(struct hs_ramdisk_remarks *r, enum hs_ramdisk_kind kind, const char *fmt, ...)
{
	struct hs_ramdisk_remark *const new = place(r, kind);
	char text[1024];
	va_list args;

	if (!new)
		return;
	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	new->text = hs_arena_printf(r->arena, "%s", text);
}

void
hs_ramdisk_remark_path(struct hs_ramdisk_remarks *r, enum hs_ramdisk_kind kind, struct hs_span path,
                       const char *text)
{
	char shown[SHORT_PATH];

	hs_escape_short(shown, sizeof(shown), path);
	hs_ramdisk_remark(r, kind, "%s %s", shown, text);
}
