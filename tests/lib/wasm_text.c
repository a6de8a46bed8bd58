/* SPDX-License-Identifier: Apache-2.0 */
#include "wasm_text.h"

#include "core/capture.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

struct hs_wasm
wasm_of(struct hs_build *b, struct hs_arena *a, const struct build_wasm *want)
{
	struct hs_wasm w;
	struct hs_err err;

	build_wasm(b, want);
	assert_int_equal(hs_wasm_read(&w, a, hs_build_span(b), &err), 0);
	return w;
}

char *
wasm_text(const struct hs_wasm *w, struct hs_span bytes, wasm_write *write)
{
	struct hs_capture text;
	FILE *out = hs_capture_open(&text);

	write(out, w, bytes);
	fputc('\0', out);
	fclose(out);
	return (char *)text.bytes;
}
