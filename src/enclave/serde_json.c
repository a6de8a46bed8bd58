/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/serde_json.h"

#include "core/limits.h"
#include "enclave/serde_number.h"
#include "enclave/serde_parse.h"

#include <inttypes.h>

int
hs_serde_read(const struct hs_serde **out, struct hs_arena *a, struct hs_span text,
              struct hs_err *err)
{
	struct hs_serde *value = hs_arena_alloc(a, sizeof(*value));
	struct hs_serde_parser p;
	int rc;

	if (text.len > HS_MAX_JSON)
		return hs_fail(err, HS_ELIMIT,
		               "the JSON is %zu bytes long, %" PRIu64
		               " at most are read (HS_MAX_JSON)",
		               text.len, (uint64_t)HS_MAX_JSON);
	hs_serde_parse_init(&p, a, text, err);
	rc = hs_serde_parse_value(&p, value);
	if (rc == 0)
		rc = hs_serde_parse_end(&p);
	hs_serde_parse_release(&p);
	if (rc == 0)
		*out = value;
	return rc;
}

const struct hs_serde *
hs_serde_get(const struct hs_serde *object, const char *key)
{
	const struct hs_span wanted = hs_span_of(key);
	size_t low = 0, high;

	if (!object || object->kind != HS_SERDE_OBJECT)
		return NULL;
	high = object->of.n;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		const int order = hs_span_order(wanted, object->of.keys[middle]);

		if (order == 0)
			return &object->of.list[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

static void
write_escaped(FILE *out, uint8_t c)
{
	static const char named[] = "\"\\\b\f\n\r\t", names[] = "\"\\bfnrt";
	const char *at = c ? strchr(named, c) : NULL;

	if (at)
		fprintf(out, "\\%c", names[at - named]);
	else
		fprintf(out, "\\u%04x", c);
}

void
hs_serde_write_string(FILE *out, struct hs_span utf8)
{
	size_t from = 0;

	fputc('"', out);
	for (size_t i = 0; i < utf8.len; i++) {
		const uint8_t c = utf8.at[i];

		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		fwrite(utf8.at + from, 1, i - from, out);
		write_escaped(out, c);
		from = i + 1;
	}
	if (utf8.len > from)
		fwrite(utf8.at + from, 1, utf8.len - from, out);
	fputc('"', out);
}

static void
write_scalar(FILE *out, const struct hs_serde *v)
{
	switch (v->kind) {
	case HS_SERDE_FALSE:
		fputs("false", out);
		break;
	case HS_SERDE_TRUE:
		fputs("true", out);
		break;
	case HS_SERDE_U64:
		fprintf(out, "%" PRIu64, v->u64);
		break;
	case HS_SERDE_I64:
		fprintf(out, "%" PRId64, v->i64);
		break;
	case HS_SERDE_F64:
		hs_serde_write_f64(out, v->f64);
		break;
	case HS_SERDE_STRING:
		hs_serde_write_string(out, v->string);
		break;
	default:
		fputs("null", out);
	}
}

static void
write_line_end(FILE *out, bool pretty, unsigned level)
{
	if (pretty)
		fprintf(out, "\n%*s", (int)(2 * level), "");
}

/* Recurses no deeper than what was read is nested. */
static void
write_value(FILE *out, const struct hs_serde *v, bool pretty, unsigned level)
{
	const bool object = v->kind == HS_SERDE_OBJECT;

	if (!object && v->kind != HS_SERDE_ARRAY) {
		write_scalar(out, v);
		return;
	}
	fputc(object ? '{' : '[', out);
	for (size_t i = 0; i < v->of.n; i++) {
		if (i > 0)
			fputc(',', out);
		write_line_end(out, pretty, level + 1);
		if (object) {
			hs_serde_write_string(out, v->of.keys[i]);
			fputs(pretty ? ": " : ":", out);
		}
		write_value(out, &v->of.list[i], pretty, level + 1);
	}
	if (v->of.n > 0)
		write_line_end(out, pretty, level);
	fputc(object ? '}' : ']', out);
}

void
hs_serde_write(FILE *out, const struct hs_serde *v)
{
	write_value(out, v, false, 0);
}

void
hs_serde_write_pretty(FILE *out, const struct hs_serde *v, unsigned level)
{
	write_value(out, v, true, level);
}
