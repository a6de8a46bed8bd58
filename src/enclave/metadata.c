/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What varies between builds of the same image: BuildTime is the moment of
 * the build, and DockerInfo what a Docker daemon knew of the image (folders of
 * its storage, when it was tagged, names). nitro-cli has no option for either.
 */
#include "enclave/metadata.h"

#include "core/capture.h"
#include "core/limits.h"
#include "enclave/serde_parse.h"

#include <inttypes.h>
#include <stdlib.h>

enum { N_MEMBERS = 5 };

/* What becomes of a member. */
enum taken { TEXT, VALUE, BUILD };

struct member {
	const char *name;
	enum taken taken;
	union {
		struct hs_span *text;
		const struct hs_serde **value;
		struct member *build; /* the members of what is inside */
	};
	bool found;
};

static int take_members(struct hs_serde_parser *p, struct member *list);

static int
take_value(struct hs_serde_parser *p, const struct hs_serde **out)
{
	struct hs_serde *v = hs_arena_alloc(p->arena, sizeof(*v));
	const int rc = hs_serde_parse_value(p, v);

	*out = v->kind == HS_SERDE_NULL ? NULL : v;
	return rc;
}

static int
take_text(struct hs_serde_parser *p, const struct member *m)
{
	if (hs_serde_parse_peek(p) != '"')
		return hs_fail(p->err, HS_EFORMAT, "%s is no string at byte %zu of the JSON",
		               m->name, p->at);
	return hs_serde_parse_string(p, m->text);
}

static int
take_member(struct hs_serde_parser *p, struct member *m)
{
	if (m->found)
		return hs_fail(p->err, HS_EFORMAT, "%s stands there twice, at byte %zu of the JSON",
		               m->name, p->at);
	m->found = true;
	if (m->taken == TEXT)
		return take_text(p, m);
	if (m->taken == VALUE)
		return take_value(p, m->value);
	return take_members(p, m->build);
}

static int
take_array(struct hs_serde_parser *p, struct member *list)
{
	size_t n = 0;
	int rc = hs_serde_parse_enter(p, '[');

	while (rc == 0 && hs_serde_parse_next(p, ']', n == 0, &rc)) {
		if (n == N_MEMBERS)
			return hs_serde_parse_fail(p, "more elements than there are members");
		rc = take_member(p, &list[n++]);
	}
	return rc;
}

static struct member *
find_member(struct member *list, struct hs_span key)
{
	for (size_t i = 0; i < N_MEMBERS; i++)
		if (hs_span_is(key, list[i].name))
			return &list[i];
	return NULL;
}

static int
take_object(struct hs_serde_parser *p, struct member *list)
{
	struct member *m;
	struct hs_span key;
	bool first = true;
	int rc = hs_serde_parse_enter(p, '{');

	while (rc == 0 && hs_serde_parse_next(p, '}', first, &rc)) {
		first = false;
		rc = hs_serde_parse_key(p, &key);
		if (rc < 0)
			return rc;
		m = find_member(list, key);
		rc = m ? take_member(p, m) : hs_serde_parse_ignored(p);
	}
	return rc;
}

/*
 * As serde's derived readers take a struct: an object, or an array in the
 * order of its members. Recurses into BuildMetadata only.
 */
static int
take_members(struct hs_serde_parser *p, struct member *list)
{
	const int c = hs_serde_parse_peek(p);
	int rc;

	if (c == '[')
		rc = take_array(p, list);
	else if (c == '{')
		rc = take_object(p, list);
	else
		return hs_serde_parse_fail(p, "no object");
	for (size_t i = 0; rc == 0 && i < N_MEMBERS; i++)
		if (!list[i].found)
			rc = hs_fail(p->err, HS_EFORMAT, "the member %s is missing", list[i].name);
	return rc;
}

static int
take_metadata(struct hs_serde_parser *p, struct hs_metadata *out)
{
	struct member build[N_MEMBERS] = {
		{ .name = "BuildTime", TEXT, { .text = &out->build_time } },
		{ .name = "BuildTool", TEXT, { .text = &out->build_tool } },
		{ .name = "BuildToolVersion", TEXT, { .text = &out->build_tool_version } },
		{ .name = "OperatingSystem", TEXT, { .text = &out->operating_system } },
		{ .name = "KernelVersion", TEXT, { .text = &out->kernel_version } },
	};
	struct member list[N_MEMBERS] = {
		{ .name = "ImageName", TEXT, { .text = &out->image_name } },
		{ .name = "ImageVersion", TEXT, { .text = &out->image_version } },
		{ .name = "BuildMetadata", BUILD, { .build = build } },
		{ .name = "DockerInfo", VALUE, { .value = &out->docker_info } },
		{ .name = "CustomMetadata", VALUE, { .value = &out->custom_metadata } },
	};
	struct hs_serde null;

	if (hs_serde_parse_peek(p) != 'n')
		return take_members(p, list);
	out->none = true;
	return hs_serde_parse_value(p, &null);
}

int
hs_metadata_read(struct hs_metadata *out, struct hs_arena *a, struct hs_span section,
                 struct hs_err *err)
{
	struct hs_serde_parser p;
	int rc;

	*out = (struct hs_metadata){ .none = false };
	if (section.len > HS_MAX_EIF_METADATA)
		return hs_fail(err, HS_ELIMIT,
		               "the metadata are %zu bytes long, %" PRIu64
		               " at most are read (HS_MAX_EIF_METADATA)",
		               section.len, (uint64_t)HS_MAX_EIF_METADATA);
	hs_serde_parse_init(&p, a, section, err);
	rc = take_metadata(&p, out);
	if (rc == 0)
		rc = hs_serde_parse_end(&p);
	hs_serde_parse_release(&p);
	return rc < 0 ? hs_fail_in(err, "metadata") : 0;
}

static void
write_member(FILE *out, const char *before, struct hs_span text)
{
	fputs(before, out);
	hs_serde_write_string(out, text);
}

static void
write_value(FILE *out, const char *before, const struct hs_serde *v)
{
	const struct hs_serde null = { .kind = HS_SERDE_NULL };

	fputs(before, out);
	hs_serde_write(out, v ? v : &null);
}

struct hs_span
hs_metadata_write(struct hs_arena *a, const struct hs_metadata *m)
{
	struct hs_capture made = { .bytes = NULL };
	FILE *out = hs_capture_open(&made);
	struct hs_span bytes;

	write_member(out, "{\"ImageName\":", m->image_name);
	write_member(out, ",\"ImageVersion\":", m->image_version);
	write_member(out, ",\"BuildMetadata\":{\"BuildTime\":", m->build_time);
	write_member(out, ",\"BuildTool\":", m->build_tool);
	write_member(out, ",\"BuildToolVersion\":", m->build_tool_version);
	write_member(out, ",\"OperatingSystem\":", m->operating_system);
	write_member(out, ",\"KernelVersion\":", m->kernel_version);
	write_value(out, "},\"DockerInfo\":", m->docker_info);
	write_value(out, ",\"CustomMetadata\":", m->custom_metadata);
	fputc('}', out);
	fclose(out);
	bytes = hs_arena_copy(a, (struct hs_span){ made.bytes, made.len });
	free(made.bytes);
	return bytes;
}

/* The line's n-th word (from 0) between blanks, slashes and dashes; false where it has fewer. */
static bool
word_of(struct hs_span *out, struct hs_span line, unsigned n)
{
	size_t from = 0;

	for (size_t i = 0; i <= line.len; i++) {
		const uint8_t c = i < line.len ? line.at[i] : ' ';

		if (c != ' ' && c != '/' && c != '-')
			continue;
		if (n-- == 0) {
			*out = hs_span_head(hs_span_from(line, from), i - from);
			return true;
		}
		from = i + 1;
	}
	return false;
}

void
hs_metadata_kernel(struct hs_metadata *m, struct hs_span config)
{
	struct hs_span line = config;

	m->operating_system = m->kernel_version = HS_SPAN("Unknown");
	for (unsigned i = 0;; i++) {
		const uint8_t *end = line.len ? memchr(line.at, '\n', line.len) : NULL;
		const size_t len = end ? (size_t)(end - line.at) : line.len;

		if (i == 2) {
			line = hs_span_head(line, len);
			if (end && hs_span_ends(line, HS_SPAN("\r")))
				line.len--;
			break;
		}
		if (!end)
			return;
		line = hs_span_from(line, len + 1);
	}
	word_of(&m->operating_system, line, 1);
	word_of(&m->kernel_version, line, 3);
}
