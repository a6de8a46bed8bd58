/* SPDX-License-Identifier: Apache-2.0 */
#include "build_rpm.h"

void
hs_build_rpm_entry(struct hs_build_rpm *h, const uint32_t fields[4])
{
	for (size_t i = 0; i < 4; i++)
		hs_build_be(&h->index, fields[i], 4);
	h->n++;
}

void
hs_build_rpm_value(struct hs_build_rpm *h, uint32_t tag, uint32_t type, uint32_t count,
                   struct hs_span value)
{
	hs_build_rpm_entry(h, (const uint32_t[4]){ tag, type, (uint32_t)h->store.len, count });
	hs_build_put(&h->store, value);
}

void
hs_build_rpm_string(struct hs_build_rpm *h, uint32_t tag, const char *value)
{
	hs_build_rpm_value(h, tag, 6, 1,
	                   (struct hs_span){ (const uint8_t *)value, strlen(value) + 1 });
}

void
hs_build_rpm_header(struct hs_build *b, struct hs_build_rpm *h)
{
	hs_build_put(b, HS_SPAN("\x8e\xad\xe8\1\0\0\0\0"));
	hs_build_be(b, h->n, 4);
	hs_build_be(b, h->store.len, 4);
	hs_build_put(b, hs_build_span(&h->index));
	hs_build_put(b, hs_build_span(&h->store));
	hs_build_release(&h->index);
	hs_build_release(&h->store);
	h->n = 0;
}

void
hs_build_rpm_package(struct hs_build *b, struct hs_build_rpm *signature,
                     struct hs_build_rpm *header, struct hs_span payload)
{
	hs_build_put(b, HS_SPAN("\xed\xab\xee\xdb\3\0\0\0\0\1"));
	hs_build_text(b, "name-1-1");
	hs_build_fill(b, 0, 66 - 8);
	hs_build_put(b, HS_SPAN("\0\1\0\5"));
	hs_build_fill(b, 0, 16);
	hs_build_rpm_header(b, signature);
	hs_build_align(b, 8);
	hs_build_rpm_header(b, header);
	hs_build_put(b, payload);
}
