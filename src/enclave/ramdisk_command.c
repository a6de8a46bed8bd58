/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From the configuration of an image to the files cmd and env, which init
 * reads at run time: an element a line. nitro-cli asks Docker's image inspect,
 * where a field that is absent is null. Of Cmd and Entrypoint it takes one:
 * Docker would run them one behind the other.
 */
#include "enclave/ramdisk.h"

#include "core/escape.h"
#include "core/limits.h"

#include <jansson.h>

#include <inttypes.h>

enum { SHORT = 160 };

/* A command that is one string is a list of it: Docker's first images have such. */
static int
wrap_command(json_t *config, const char *name)
{
	json_t *value = json_object_get(config, name);

	return json_is_string(value) ? json_object_set_new(config, name, json_pack("[O]", value))
	                             : 0;
}

/* The field of that name; NULL where it is absent or null. */
static const json_t *
field_of(const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);

	return json_is_null(value) ? NULL : value;
}

static struct hs_span
text_of(const json_t *string)
{
	/* An element that is null is an empty string to Go. */
	if (!json_is_string(string))
		return (struct hs_span){ 0 };
	return (struct hs_span){ (const uint8_t *)json_string_value(string),
		                 json_string_length(string) };
}

static int
check_list(const json_t *list, const char *name, struct hs_err *err)
{
	if (!json_is_array(list))
		return hs_fail(err, HS_EFORMAT, "its %s is no list", name);
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *element = json_array_get(list, i);

		if (!json_is_string(element) && !json_is_null(element))
			return hs_fail(err, HS_EFORMAT, "element %zu of its %s is no string", i,
			               name);
	}
	return 0;
}

static int
make_file(struct hs_span *out, struct hs_ramdisk_remarks *r, const json_t *list, const char *name,
          struct hs_err *err)
{
	size_t size = 0;
	uint8_t *at;

	if (check_list(list, name, err) < 0)
		return err->code;
	for (size_t i = 0; i < json_array_size(list); i++)
		size += text_of(json_array_get(list, i)).len + 1;
	at = hs_arena_alloc(r->arena, size);
	*out = (struct hs_span){ at, size };
	for (size_t i = 0; i < json_array_size(list); i++) {
		const struct hs_span text = text_of(json_array_get(list, i));
		char shown[SHORT];

		if (text.len)
			memcpy(at, text.at, text.len);
		at[text.len] = '\n';
		at += text.len + 1;
		if (!text.len || !memchr(text.at, '\n', text.len))
			continue;
		hs_escape_short(shown, sizeof(shown), text);
		hs_ramdisk_remark(
			r, HS_RAMDISK_NEWLINE,
			"element %zu of %s has a newline in it, which makes two of it: %s", i, name,
			shown);
	}
	return 0;
}

static void
remark_command(struct hs_ramdisk_remarks *r, const json_t *list, const char *name)
{
	const struct hs_span first = text_of(json_array_get(list, 0));
	char shown[SHORT];

	if (json_array_size(list) == 0) {
		hs_ramdisk_remark(r, HS_RAMDISK_EMPTY_COMMAND,
		                  "%s is an empty list: there is nothing for init to run", name);
		return;
	}
	if (hs_span_starts(first, HS_SPAN("/")))
		return;
	hs_escape_short(shown, sizeof(shown), first);
	if (first.len && memchr(first.at, '/', first.len))
		hs_ramdisk_remark(r, HS_RAMDISK_RELATIVE_COMMAND,
		                  "the command %s is relative, and init runs it in /", shown);
	else
		hs_ramdisk_remark(
			r, HS_RAMDISK_RELATIVE_COMMAND,
			"the command %s has no path: init looks for it in /sbin, /usr/sbin, "
			"/bin and /usr/bin, and not in the image's PATH",
			shown);
}

/* What Docker would heed and nitro-cli does not. */
static void
remark_ignored(struct hs_ramdisk_remarks *r, const json_t *config)
{
	const struct hs_span workdir = text_of(field_of(config, "WorkingDir"));
	const struct hs_span user = text_of(field_of(config, "User"));
	char shown[SHORT];

	if (workdir.len && !hs_span_is(workdir, "/")) {
		hs_escape_short(shown, sizeof(shown), workdir);
		hs_ramdisk_remark(r, HS_RAMDISK_WORKDIR,
		                  "WORKDIR %s is ignored: the command runs in /", shown);
	}
	if (user.len && !hs_span_is(user, "0") && !hs_span_is(user, "root") &&
	    !hs_span_is(user, "0:0") && !hs_span_is(user, "root:root")) {
		hs_escape_short(shown, sizeof(shown), user);
		hs_ramdisk_remark(r, HS_RAMDISK_USER,
		                  "USER %s is ignored: the command runs as root", shown);
	}
}

static int
make(struct hs_ramdisk_command *out, const json_t *config, struct hs_err *err)
{
	struct hs_ramdisk_remarks *r = &out->remarks;
	const json_t *cmd = field_of(config, "Cmd"), *entrypoint = field_of(config, "Entrypoint");
	const json_t *env = field_of(config, "Env"), *list = cmd ? cmd : entrypoint;
	const char *name = cmd ? "Cmd" : "Entrypoint";

	if (!list)
		return hs_fail(err, HS_EUSAGE, "its configuration has neither Cmd nor Entrypoint");
	if (cmd && entrypoint && check_list(entrypoint, "Entrypoint", err) < 0)
		return err->code;
	if (make_file(&out->cmd, r, list, name, err) < 0)
		return err->code;
	remark_command(r, list, name);
	if (cmd && entrypoint && json_array_size(entrypoint) > 0)
		hs_ramdisk_remark(r, HS_RAMDISK_ENTRYPOINT,
		                  "ENTRYPOINT is ignored beside CMD: Docker would run the two one "
		                  "behind the other");
	remark_ignored(r, config);
	return env ? make_file(&out->env, r, env, "Env", err) : 0;
}

int
hs_ramdisk_command(struct hs_ramdisk_command *out, struct hs_arena *a, struct hs_span json,
                   struct hs_err *err)
{
	json_error_t error;
	struct hs_span arch;
	json_t *root, *config;
	int rc;

	*out = (struct hs_ramdisk_command){ .remarks.arena = a };
	if (json.len > HS_MAX_IMAGE_JSON)
		return hs_fail(err, HS_ELIMIT,
		               "its configuration has %zu bytes, more than %" PRIu64
		               " (HS_MAX_IMAGE_JSON)",
		               json.len, HS_MAX_IMAGE_JSON);
	root = json_loadb((const char *)json.at, json.len, JSON_REJECT_DUPLICATES, &error);
	if (!json_is_object(root)) {
		json_decref(root);
		return hs_fail(err, HS_EFORMAT, "its configuration is no JSON object");
	}
	arch = text_of(json_object_get(root, "architecture"));
	if (hs_span_is(arch, "amd64"))
		out->arch = "x86_64";
	else if (hs_span_is(arch, "arm64"))
		out->arch = "aarch64";
	config = json_object_get(root, "config");
	if (wrap_command(config, "Cmd") < 0 || wrap_command(config, "Entrypoint") < 0)
		hs_die_out_of_memory();
	rc = make(out, config, err);
	json_decref(root);
	return rc;
}
