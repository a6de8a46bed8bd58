/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/certificate_told.h"

#include "core/escape.h"

struct hs_span
hs_certificate_told(const struct hs_facts *facts, const char *field)
{
	const struct hs_fact *const f = hs_facts_find(facts, field);

	return f ? hs_escape(facts->arena, f->value) : HS_SPAN("");
}

void
hs_certificate_print_json(struct hs_json *j, const struct hs_certificate *c)
{
	static const struct {
		const char *key, *field;
	} rows[] = {
		{ "subject", "subject" },
		{ "issuer", "issuer" },
		{ "serial_number", "serial number" },
		{ "not_before", "not before" },
		{ "not_after", "not after" },
		{ "key", "key" },
	};
	const size_t prefix = strlen("sha256:");
	struct hs_arena scratch = { 0 };
	struct hs_facts facts = { .arena = &scratch };

	hs_certificate_say(&facts, c);
	hs_json_open(j, '{');
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		hs_json_key(j, rows[i].key);
		hs_json_text(j, hs_certificate_told(&facts, rows[i].field));
	}
	hs_json_key(j, "sha256");
	hs_json_text(j, hs_span_from(hs_certificate_told(&facts, "fingerprint"), prefix));
	hs_json_close(j, '}');
	hs_arena_release(&scratch);
}
