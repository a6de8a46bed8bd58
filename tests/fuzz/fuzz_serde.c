/* SPDX-License-Identifier: Apache-2.0 */
#include "target.h"

#include "core/capture.h"
#include "enclave/metadata.h"
#include "enclave/serde_parse.h"

#include <stdlib.h>

/* Whatever is taken is written, and passed over where nobody wants it: less is asked of it then. */
static void
check_value(struct hs_arena *arena, struct hs_span text)
{
	struct hs_capture made = { .bytes = NULL };
	FILE *out = hs_capture_open(&made);
	const struct hs_serde *v;
	struct hs_serde_parser p;
	struct hs_err err;
	const bool read = hs_serde_read(&v, arena, text, &err) == 0;

	if (read) {
		hs_serde_write(out, v);
		hs_serde_write_pretty(out, v, 3);
	}
	fclose(out);
	free(made.bytes);
	hs_serde_parse_init(&p, arena, text, &err);
	if ((hs_serde_parse_ignored(&p) < 0 || hs_serde_parse_end(&p) < 0) && read)
		abort();
	hs_serde_parse_release(&p);
}

/* What was read and written again is read as what it was. */
static void
check_metadata(struct hs_arena *arena, struct hs_span text)
{
	struct hs_metadata m, again;
	struct hs_err err;

	hs_metadata_kernel(&m, text);
	if (hs_metadata_read(&m, arena, text, &err) < 0 || m.none)
		return;
	m.docker_info = m.custom_metadata = NULL;
	if (hs_metadata_read(&again, arena, hs_metadata_write(arena, &m), &err) < 0)
		abort();
	if (!hs_span_equal(m.image_name, again.image_name) ||
	    !hs_span_equal(m.kernel_version, again.kernel_version))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct hs_span text = { data, size };
	struct hs_arena arena = { 0 };

	check_value(&arena, text);
	check_metadata(&arena, text);
	hs_arena_release(&arena);
	return 0;
}
