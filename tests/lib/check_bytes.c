/* SPDX-License-Identifier: Apache-2.0 */
#include "check_bytes.h"

#include "expanded.h"
#include "unit.h"

#include <stdlib.h>

/* All that a comparison would look at. */
static struct hs_sha256
fingerprint(const struct hs_comparator *by, struct hs_span file)
{
	struct hs_sha256_stream stream;
	struct hs_sha256 out;
	const unsigned bid = by->bid(file);
	struct expanded o;

	expanded_init(&o, by, file, NULL);
	hs_sha256_init(&stream);
	hs_sha256_update(&stream, (struct hs_span){ (const uint8_t *)&bid, sizeof(bid) });
	hs_sha256_update(&stream, hs_span_of(expanded_text(&o)));
	for (size_t i = 0; i < o.tree.n_entries; i++) {
		const struct hs_entry *e = &o.tree.entries[i];

		hs_sha256_update(&stream, e->key);
		hs_sha256_update(&stream, hs_span_of(expanded_entry_text(&o, e)));
		hs_sha256_update(&stream, e->head);
		hs_sha256_update(&stream, e->bytes);
	}
	if (o.rc < 0)
		hs_sha256_update(&stream, hs_span_of(o.err.text));
	hs_sha256_final(&stream, &out);
	expanded_release(&o);
	return out;
}

void
check_every_byte_counts(const struct hs_comparator *by, struct hs_span file)
{
	const struct hs_sha256 whole = fingerprint(by, file);
	struct hs_span copy = exact_copy(file, file.len);
	uint8_t *at = (uint8_t *)(uintptr_t)copy.at;

	for (size_t i = 0; i < file.len; i++) {
		struct hs_sha256 other;

		at[i] ^= 0x55;
		other = fingerprint(by, copy);
		if (memcmp(&whole, &other, sizeof(whole)) == 0)
			fail_msg("byte %zu of %zu differs unseen", i, file.len);
		at[i] ^= 0x55;
	}
	free(at);
}
