/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/eif_layout.h"

#include "core/capture.h"
#include "core/limits.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

static const char *
part_name(struct hs_arena *a, const struct hs_eif_section *s)
{
	if (s->type == HS_EIF_RAMDISK || s->ordinal > 1)
		return hs_arena_printf(a, "%s%u", hs_eif_type_name(s->type), s->ordinal);
	return hs_eif_type_name(s->type);
}

void
hs_eif_layout_name(struct hs_eif_layout *layout, struct hs_arena *a)
{
	const struct hs_eif *eif = &layout->eif;
	size_t gap = 0, section = 0;

	layout->parts = hs_arena_array(a, eif->n_sections + eif->n_gaps, sizeof(*layout->parts));
	while (gap < eif->n_gaps || section < eif->n_sections) {
		struct hs_eif_part *p = &layout->parts[layout->n_parts++];
		const struct hs_eif_section *s =
			section < eif->n_sections ? &eif->sections[section] : NULL;

		if (s && (gap == eif->n_gaps || s->header.at < eif->gaps[gap].at)) {
			*p = (struct hs_eif_part){ .file = part_name(a, s),
				                   .section = section,
				                   .data = s->data };
			section++;
		} else {
			*p = (struct hs_eif_part){ .file = hs_arena_printf(a, "gap%zu", gap + 1),
				                   .section = SIZE_MAX,
				                   .data = eif->gaps[gap] };
			gap++;
		}
	}
}

/* jansson's integers end there, and many readers' sooner. */
static void
put_number(FILE *out, uint64_t v)
{
	fprintf(out, v > INT64_MAX ? "\"%" PRIu64 "\"" : "%" PRIu64, v);
}

static void
put_field(FILE *out, const char *name, uint64_t v)
{
	fprintf(out, "  \"%s\": ", name);
	put_number(out, v);
	fputs(",\n", out);
}

static void
put_table(FILE *out, const char *name, const uint64_t table[HS_EIF_MAX_SECTIONS])
{
	fprintf(out, "  \"%s\": [", name);
	for (size_t i = 0; i < HS_EIF_MAX_SECTIONS; i++) {
		fputs(i ? ", " : "", out);
		put_number(out, table[i]);
	}
	fputs("],\n", out);
}

static void
put_odd(FILE *out, const struct hs_eif *eif)
{
	const uint32_t crc = hs_eif_crc(eif->file);
	struct hs_eif regular = *eif;

	hs_eif_list_sections(&regular);
	if (!hs_eif_is(eif->file))
		fprintf(out, "  \"magic\": \"%02x%02x%02x%02x\",\n", eif->magic.at[0],
		        eif->magic.at[1], eif->magic.at[2], eif->magic.at[3]);
	if (eif->n_claimed != regular.n_claimed)
		put_field(out, "sections", eif->n_claimed);
	if (memcmp(eif->offsets, regular.offsets, sizeof(eif->offsets)) != 0)
		put_table(out, "offsets", eif->offsets);
	if (memcmp(eif->sizes, regular.sizes, sizeof(eif->sizes)) != 0)
		put_table(out, "sizes", eif->sizes);
	if (crc != eif->crc)
		fprintf(out, "  \"crc\": \"%08" PRIx32 "\",\n", eif->crc);
}

struct hs_span
hs_eif_layout_write(struct hs_arena *a, const struct hs_eif_layout *layout)
{
	const struct hs_eif *eif = &layout->eif;
	struct hs_capture text = { 0 };
	FILE *out = hs_capture_open(&text);
	struct hs_span copy;

	fputs("{\n", out);
	put_field(out, "version", eif->version);
	put_field(out, "flags", eif->flags);
	put_field(out, "default_memory", eif->memory);
	put_field(out, "default_cpus", eif->cpus);
	put_field(out, "reserved", eif->reserved);
	put_field(out, "unused", eif->unused);
	put_odd(out, eif);
	fputs("  \"parts\": [", out);
	for (size_t i = 0; i < layout->n_parts; i++) {
		const struct hs_eif_part *p = &layout->parts[i];
		const struct hs_eif_section *s =
			p->section == SIZE_MAX ? NULL : &eif->sections[p->section];

		fprintf(out, "%s\n    { \"file\": \"%s\"", i ? "," : "", p->file);
		if (s)
			fprintf(out, ", \"type\": %u, \"flags\": %u", s->raw_type, s->flags);
		if (s && s->size != s->data.len) {
			fputs(", \"size\": ", out);
			put_number(out, s->size);
		}
		fputs(" }", out);
	}
	fputs("\n  ]\n}\n", out);
	if (fclose(out) != 0)
		hs_die_out_of_memory();
	copy = hs_arena_copy(a, (struct hs_span){ text.bytes, text.len });
	free(text.bytes);
	return copy;
}

static int
fail_field(struct hs_err *err, const char *name, const char *what)
{
	return hs_fail(err, HS_EFORMAT, "its \"%s\" is %s", name, what);
}

static bool
number_of(uint64_t *out, const json_t *value, uint64_t most)
{
	const char *text = json_string_value(value);
	uint64_t v = 0;

	if (json_is_integer(value) && json_integer_value(value) >= 0) {
		*out = (uint64_t)json_integer_value(value);
		return *out <= most;
	}
	if (!text || !*text)
		return false;
	for (; *text; text++) {
		const uint64_t digit = (uint64_t)(uint8_t)*text - '0';

		if (digit > 9 || v > (UINT64_MAX - digit) / 10)
			return false;
		v = v * 10 + digit;
	}
	*out = v;
	return v <= most;
}

/* A number of the object that must be there. */
static int
take_number(uint64_t *out, const json_t *object, const char *name, uint64_t most,
            struct hs_err *err)
{
	if (number_of(out, json_object_get(object, name), most))
		return 0;
	return fail_field(err, name, "missing or no number that has room in the header");
}

static int
take_table(uint64_t table[HS_EIF_MAX_SECTIONS], bool *has, const json_t *root, const char *name,
           struct hs_err *err)
{
	const json_t *list = json_object_get(root, name);

	*has = list != NULL;
	if (!list)
		return 0;
	if (json_array_size(list) != HS_EIF_MAX_SECTIONS)
		return fail_field(err, name, "no list of 32 numbers");
	for (size_t i = 0; i < HS_EIF_MAX_SECTIONS; i++)
		if (!number_of(&table[i], json_array_get(list, i), UINT64_MAX))
			return fail_field(err, name, "no list of 32 numbers");
	return 0;
}

/* Eight hex digits. */
static int
take_hex(uint32_t *out, bool *has, const json_t *root, const char *name, struct hs_err *err)
{
	const json_t *value = json_object_get(root, name);
	const char *text = json_string_value(value);

	*has = value != NULL;
	if (!value)
		return 0;
	if (!text || strlen(text) != 8 || !hs_span_is_hex(hs_span_of(text)))
		return fail_field(err, name, "no string of 8 hex digits");
	*out = (uint32_t)strtoul(text, NULL, 16);
	return 0;
}

static int
take_header(struct hs_eif_layout *out, struct hs_arena *a, const json_t *root, struct hs_err *err)
{
	struct hs_eif *eif = &out->eif;
	uint64_t version, flags, reserved, unused, count = 0;
	uint32_t magic = 0;
	bool has_magic;

	if (take_number(&version, root, "version", UINT16_MAX, err) < 0 ||
	    take_number(&flags, root, "flags", UINT16_MAX, err) < 0 ||
	    take_number(&eif->memory, root, "default_memory", UINT64_MAX, err) < 0 ||
	    take_number(&eif->cpus, root, "default_cpus", UINT64_MAX, err) < 0 ||
	    take_number(&reserved, root, "reserved", UINT16_MAX, err) < 0 ||
	    take_number(&unused, root, "unused", UINT32_MAX, err) < 0 ||
	    take_hex(&magic, &has_magic, root, "magic", err) < 0 ||
	    take_hex(&eif->crc, &out->has_crc, root, "crc", err) < 0 ||
	    take_table(eif->offsets, &out->has_offsets, root, "offsets", err) < 0 ||
	    take_table(eif->sizes, &out->has_sizes, root, "sizes", err) < 0)
		return err->code;
	out->has_count = json_object_get(root, "sections") != NULL;
	if (out->has_count && take_number(&count, root, "sections", UINT16_MAX, err) < 0)
		return err->code;
	eif->version = (uint16_t)version;
	eif->flags = (uint16_t)flags;
	eif->reserved = (uint16_t)reserved;
	eif->unused = (uint32_t)unused;
	eif->n_claimed = (uint16_t)count;
	eif->magic = HS_SPAN(".eif");
	if (has_magic) {
		const uint8_t bytes[4] = { (uint8_t)(magic >> 24), (uint8_t)(magic >> 16),
			                   (uint8_t)(magic >> 8), (uint8_t)magic };

		eif->magic = hs_arena_copy(a, (struct hs_span){ bytes, sizeof(bytes) });
	}
	return 0;
}

static bool
is_plain_name(const char *name)
{
	return name && *name && !strchr(name, '/') && strcmp(name, ".") != 0 &&
	       strcmp(name, "..") != 0;
}

static int
take_part(struct hs_eif_layout *out, struct hs_arena *a, const json_t *value, struct hs_err *err)
{
	struct hs_eif_part *p = &out->parts[out->n_parts++];
	const char *name = json_string_value(json_object_get(value, "file"));
	struct hs_eif_section *s;
	uint64_t type, flags;

	if (!is_plain_name(name))
		return hs_fail(err, HS_EFORMAT, "its part %zu names no file of the folder",
		               out->n_parts);
	p->file = hs_arena_printf(a, "%s", name);
	p->section = SIZE_MAX;
	if (!json_object_get(value, "type"))
		return 0;
	p->section = out->eif.n_sections;
	s = &out->eif.sections[out->eif.n_sections++];
	p->has_size = json_object_get(value, "size") != NULL;
	if (take_number(&type, value, "type", UINT16_MAX, err) < 0 ||
	    take_number(&flags, value, "flags", UINT16_MAX, err) < 0 ||
	    (p->has_size && take_number(&s->size, value, "size", UINT64_MAX, err) < 0))
		return hs_fail_in(err, "part %zu", out->n_parts);
	s->raw_type = (uint16_t)type;
	s->flags = (uint16_t)flags;
	return 0;
}

static int
take_layout(struct hs_eif_layout *out, struct hs_arena *a, const json_t *root, struct hs_err *err)
{
	const json_t *parts = json_object_get(root, "parts");
	const size_t n = json_array_size(parts);
	int rc = take_header(out, a, root, err);

	if (rc < 0)
		return rc;
	if (!json_is_array(parts))
		return fail_field(err, "parts", "missing or no list");
	if (n > 2 * HS_MAX_EIF_SECTIONS)
		return hs_fail(err, HS_ELIMIT, "it has %zu parts; %d are read", n,
		               2 * HS_MAX_EIF_SECTIONS);
	out->parts = hs_arena_array(a, n, sizeof(*out->parts));
	out->eif.sections = hs_arena_array(a, n, sizeof(*out->eif.sections));
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = take_part(out, a, json_array_get(parts, i), err);
	return rc;
}

int
hs_eif_layout_read(struct hs_eif_layout *out, struct hs_arena *a, struct hs_span text,
                   struct hs_err *err)
{
	json_error_t why;
	json_t *root;
	int rc;

	*out = (struct hs_eif_layout){ 0 };
	if (text.len > HS_MAX_JSON)
		return hs_fail(err, HS_ELIMIT, "it has %zu bytes, %" PRIu64 " are read", text.len,
		               HS_MAX_JSON);
	root = json_loadb((const char *)text.at, text.len, JSON_REJECT_DUPLICATES, &why);
	if (!root)
		return hs_fail(err, HS_EFORMAT, "it is no JSON from line %d on", why.line);
	if (!json_is_object(root)) {
		json_decref(root);
		return hs_fail(err, HS_EFORMAT, "it is no JSON object");
	}
	rc = take_layout(out, a, root, err);
	json_decref(root);
	return rc;
}

/* Sizes and places of the sections, as the parts give them. */
static void
place_parts(struct hs_eif_layout *layout)
{
	uint64_t at = HS_EIF_HEADER;

	for (size_t i = 0; i < layout->n_parts; i++) {
		const struct hs_eif_part *p = &layout->parts[i];
		struct hs_eif_section *s =
			p->section == SIZE_MAX ? NULL : &layout->eif.sections[p->section];

		if (s) {
			s->offset = at;
			s->data = p->data;
			s->size = p->has_size ? s->size : p->data.len;
			at += HS_EIF_SECTION_HEADER;
		}
		at += p->data.len;
	}
}

void
hs_eif_layout_make(struct hs_pieces *out, struct hs_eif_layout *layout)
{
	uint8_t *header = hs_arena_alloc(out->arena, HS_EIF_HEADER);
	struct hs_eif *eif = &layout->eif, listed;

	place_parts(layout);
	listed = *eif;
	hs_eif_list_sections(&listed);
	if (!layout->has_count)
		eif->n_claimed = listed.n_claimed;
	if (!layout->has_offsets)
		memcpy(eif->offsets, listed.offsets, sizeof(eif->offsets));
	if (!layout->has_sizes)
		memcpy(eif->sizes, listed.sizes, sizeof(eif->sizes));
	hs_eif_put_header(header, eif);
	hs_pieces_add(out, (struct hs_span){ header, HS_EIF_HEADER });
	for (size_t i = 0; i < layout->n_parts; i++) {
		const struct hs_eif_part *p = &layout->parts[i];
		uint8_t *head = hs_arena_alloc(out->arena, HS_EIF_SECTION_HEADER);
		const struct hs_eif_section *s =
			p->section == SIZE_MAX ? NULL : &eif->sections[p->section];

		if (s) {
			hs_eif_put_section_header(head, s->raw_type, s->flags, s->size);
			hs_pieces_add(out, (struct hs_span){ head, HS_EIF_SECTION_HEADER });
		}
		hs_pieces_add(out, p->data);
	}
	if (layout->has_crc)
		return;
	eif->crc = hs_eif_crc_of_pieces(out);
	hs_eif_put_header(header, eif);
}
