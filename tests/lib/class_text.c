/* SPDX-License-Identifier: Apache-2.0 */
#include "class_text.h"

#include "core/capture.h"

struct hs_class
class_of(struct hs_arena *a, const char *const *utf8)
{
	struct hs_class k = { .n_constants = 1 };

	while (utf8[k.n_constants - 1][0])
		k.n_constants++;
	k.constants = hs_arena_array(a, k.n_constants, sizeof(*k.constants));
	for (unsigned i = 1; i < k.n_constants; i++) {
		k.constants[i].tag = 1;
		k.constants[i].bytes =
			(struct hs_span){ (const uint8_t *)utf8[i - 1], strlen(utf8[i - 1]) };
	}
	return k;
}

char *
class_text(const struct hs_class *k, struct hs_span bytes, class_write *write)
{
	struct hs_capture text;
	FILE *out = hs_capture_open(&text);

	write(out, k, bytes);
	fputc('\0', out);
	fclose(out);
	return (char *)text.bytes;
}
