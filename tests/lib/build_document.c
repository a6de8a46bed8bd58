/* SPDX-License-Identifier: Apache-2.0 */
#include "build_document.h"

#include "core/cbor.h"

enum { PCRS = 5, PCR = 48, SIGNATURE = 96 };

static void
put_pcrs(struct hs_cbor_writer *w, bool debug)
{
	hs_cbor_text(w, "pcrs");
	hs_cbor_head(w, HS_CBOR_MAP, PCRS);
	for (unsigned i = 0; i < PCRS; i++) {
		uint8_t value[PCR];

		memset(value, debug && i < 3 ? 0 : (int)i + 1, sizeof(value));
		hs_cbor_int(w, i);
		hs_cbor_bytes(w, (struct hs_span){ value, sizeof(value) });
	}
}

static void
put_nonce(struct hs_cbor_writer *w, const char *nonce)
{
	hs_cbor_text(w, "nonce");
	if (nonce)
		hs_cbor_bytes(w, hs_span_of(nonce));
	else
		hs_cbor_raw(w, HS_SPAN("\xf6"));
}

static void
put_fields(struct hs_cbor_writer *w, const struct build_document *d)
{
	hs_cbor_text(w, "module_id");
	hs_cbor_text(w, "i-0123456789abcdef0-enc0191cceb4289903f");
	hs_cbor_text(w, "digest");
	hs_cbor_text(w, "SHA384");
	hs_cbor_text(w, "timestamp");
	hs_cbor_int(w, INT64_C(1725719859545));
	put_pcrs(w, d->debug);
	hs_cbor_text(w, "certificate");
	hs_cbor_bytes(w, HS_SPAN("leaf"));
	hs_cbor_text(w, "cabundle");
	hs_cbor_head(w, HS_CBOR_ARRAY, 2);
	hs_cbor_bytes(w, HS_SPAN("root"));
	hs_cbor_bytes(w, HS_SPAN("middle"));
	hs_cbor_text(w, "public_key");
	hs_cbor_bytes(w, HS_SPAN("a key"));
	hs_cbor_text(w, "user_data");
	hs_cbor_bytes(w, HS_SPAN(""));
}

static struct hs_span
payload_of(struct hs_arena *a, const struct build_document *d)
{
	struct hs_cbor_writer w = { .arena = a };

	if (d->indefinite)
		hs_cbor_raw(&w, HS_SPAN("\xbf"));
	else
		hs_cbor_head(&w, HS_CBOR_MAP, d->unknown ? 10 : 9);
	if (d->last_first)
		put_nonce(&w, d->nonce);
	put_fields(&w, d);
	if (!d->last_first)
		put_nonce(&w, d->nonce);
	if (d->unknown) {
		hs_cbor_text(&w, d->unknown);
		hs_cbor_int(&w, 7);
	}
	if (d->indefinite)
		hs_cbor_raw(&w, HS_SPAN("\xff"));
	return hs_cbor_written(&w);
}

void
build_document(struct hs_build *out, const struct build_document *d)
{
	struct hs_arena a = { 0 };
	struct hs_cbor_writer w = { .arena = &a };
	uint8_t signature[SIGNATURE];

	memset(signature, 0x55, sizeof(signature));
	if (d->tagged)
		hs_cbor_head(&w, HS_CBOR_TAG, 18);
	hs_cbor_head(&w, HS_CBOR_ARRAY, 4);
	hs_cbor_bytes(&w, HS_SPAN("\xa1\x01\x38\x22"));
	hs_cbor_raw(&w, HS_SPAN("\xa0"));
	hs_cbor_bytes(&w, payload_of(&a, d));
	hs_cbor_bytes(&w, (struct hs_span){ signature, sizeof(signature) });
	hs_build_put(out, hs_cbor_written(&w));
	hs_arena_release(&a);
}
