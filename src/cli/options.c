/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/options.h"

#include "cli/size.h"
#include "core/limits.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define DIFF (1u << HS_VERB_DIFF)
#define INSPECT (1u << HS_VERB_INSPECT)
#define LS (1u << HS_VERB_LS)
#define CAT (1u << HS_VERB_CAT)
#define CANONICALIZE (1u << HS_VERB_CANONICALIZE)
#define PACK (1u << HS_VERB_PACK)
#define READING (DIFF | INSPECT | LS | CAT | CANONICALIZE | PACK)
#define ALL ((1u << HS_N_VERBS) - 1)

/* clang-format off */
const struct hs_verb hs_verbs[HS_N_VERBS] = {
	[HS_VERB_DIFF] = {
		HS_VERB_DIFF, "diff", "A B", 2, 2, "compare two files or directories",
		"Opens both operands down to the last member, pairs the members and "
		"says what differs. ARCHIVE@NAME, ARCHIVE@linux/arm64 and ARCHIVE@sha256:... "
		"are one image of several; docker://NAME, docker-daemon:NAME and "
		"containers-storage:NAME are fetched with skopeo. The name of the verb may be "
		"left out where the first word exists as a file, is - or contains one of / . : @",
		NULL },
	[HS_VERB_INSPECT] = {
		HS_VERB_INSPECT, "inspect", "X", 1, 1, "show the facts and members of one operand",
		"Reports what would be compared: every member at every depth and what is "
		"known of it.",
		NULL },
	[HS_VERB_LS] = {
		HS_VERB_LS, "ls", "X [PATH]", 1, 2, "list the members at all depths",
		"One inner path a line, in the order of the container. A ! stands between a "
		"container and what is in it: layer[0]!etc/motd. With PATH, only what "
		"that member holds.",
		NULL },
	[HS_VERB_CAT] = {
		HS_VERB_CAT, "cat", "X PATH", 2, 2,
		"write the bytes of one member to standard output",
		"PATH is an inner path as ls prints it.",
		NULL },
	[HS_VERB_CANONICALIZE] = {
		HS_VERB_CANONICALIZE, "canonicalize", "IMAGE", 1, 1,
		"write an image as another tool would normalise it",
		"Makes the image that go-containerregistry's mutate.Canonical (kaniko "
		"--reproducible) or mutate.Time, BuildKit's rewrite-timestamp, buildah's "
		"--timestamp or oss-rebuild's stabilize would make: the same diffIDs and the "
		"same image ID. IMAGE may be a bare layer too. Without -o nothing is written "
		"and the digests are printed as JSON.",
		NULL },
	[HS_VERB_PACK] = {
		HS_VERB_PACK, "pack", "ROOTFS", 1, 1,
		"make a deterministic image of a directory or a tar",
		"Writes an OCI archive with one uncompressed layer that is the same for the same "
		"files: entries sorted, owners as numbers, no time later than --time; without "
		"--time or $SOURCE_DATE_EPOCH all times are 0. ROOTFS is a directory or a tar. "
		"Prints the digests as JSON; without -o nothing is written.",
		NULL },
	[HS_VERB_SCHEMA] = {
		HS_VERB_SCHEMA, "schema", "NAME", 1, 1, "print the JSON Schema of a report format",
		"NAME is report or inspection.",
		"report inspection" },
	[HS_VERB_COMPLETION] = {
		HS_VERB_COMPLETION, "completion", "SHELL", 1, 1, "print a completion script",
		"SHELL is bash, zsh or fish.",
		"bash zsh fish" },
	[HS_VERB_HELP] = {
		HS_VERB_HELP, "help", "[COMMAND]", 0, 1, "print the help of a command",
		NULL,
		"diff inspect ls cat canonicalize pack schema completion help" },
};

const struct hs_option hs_options[HS_N_OPTIONS] = {
	[HS_OPT_OUTPUT] = {
		HS_OPT_OUTPUT, "output", 'o', "FMT[=FILE]", HS_GROUP_OUTPUT, DIFF | INSPECT,
		"text json",
		"write the report as text or json, to FILE or to standard output (also =-); "
		"each file is replaced only once it is complete", true, false },
	[HS_OPT_OUT_FILE] = {
		HS_OPT_OUT_FILE, "output", 'o', "FILE", HS_GROUP_OUTPUT, CANONICALIZE | PACK, NULL,
		"write the image to FILE, which is replaced only once it is complete, or to "
		"standard output (-); the digests then go to standard error", false,
		false },
	[HS_OPT_JSON] = {
		HS_OPT_JSON, "json", 0, NULL, HS_GROUP_OUTPUT, DIFF | INSPECT, NULL,
		"short for -o json", false, false },
	[HS_OPT_QUIET] = {
		HS_OPT_QUIET, "quiet", 'q', NULL, HS_GROUP_OUTPUT, DIFF | INSPECT, NULL,
		"write nothing to standard output: the exit status says it", false, false },
	[HS_OPT_VERBOSE] = {
		HS_OPT_VERBOSE, "verbose", 'v', NULL, HS_GROUP_OUTPUT, DIFF | INSPECT, NULL,
		"say more in the text report", true, false },
	[HS_OPT_CONTEXT] = {
		HS_OPT_CONTEXT, "context", 0, "N", HS_GROUP_OUTPUT, DIFF, NULL,
		"lines of context around a change", false, false },
	[HS_OPT_MAX_LINES] = {
		HS_OPT_MAX_LINES, "max-lines", 0, "N", HS_GROUP_OUTPUT, DIFF, NULL,
		"lines kept of one member's difference, 0 for all; text shows 40 without -v",
		false, false },
	[HS_OPT_EXCLUDE] = {
		HS_OPT_EXCLUDE, "exclude", 0, "GLOB", HS_GROUP_COMPARE, DIFF | INSPECT, NULL,
		"leave out members whose inner path matches; * also matches /", true, false },
	[HS_OPT_ROOTFS] = {
		HS_OPT_ROOTFS, "rootfs", 0, NULL, HS_GROUP_IMAGE, DIFF | INSPECT, NULL,
		"compare what the layers come to once applied, not one layer with another",
		false, false },
	[HS_OPT_TIME] = {
		HS_OPT_TIME, "time", 0, "EPOCH", HS_GROUP_IMAGE, DIFF | CANONICALIZE | PACK, NULL,
		"seconds since 1970 for canonical forms and pack; without it $SOURCE_DATE_EPOCH",
		false, false },
	[HS_OPT_PROFILE] = {
		HS_OPT_PROFILE, "profile", 0, "NAME", HS_GROUP_IGNORE, DIFF, "exact semantic",
		"semantic ignores what --ignore-timestamps, -history, -order, -tar-format and "
		"-image-name ignore, and how an image is packed", false, false },
	[HS_OPT_IGNORE_TIMESTAMPS] = {
		HS_OPT_IGNORE_TIMESTAMPS, "ignore-timestamps", 0, NULL, HS_GROUP_IGNORE, DIFF, NULL,
		"times of files and of images", false, false },
	[HS_OPT_IGNORE_HISTORY] = {
		HS_OPT_IGNORE_HISTORY, "ignore-history", 0, NULL, HS_GROUP_IGNORE, DIFF, NULL,
		"the history of an image's configuration", false, false },
	[HS_OPT_IGNORE_ORDER] = {
		HS_OPT_IGNORE_ORDER, "ignore-order", 0, NULL, HS_GROUP_IGNORE, DIFF, NULL,
		"the order of members", false, false },
	[HS_OPT_IGNORE_TAR_FORMAT] = {
		HS_OPT_IGNORE_TAR_FORMAT, "ignore-tar-format", 0, NULL, HS_GROUP_IGNORE, DIFF, NULL,
		"how a tar writes the same metadata: dialect, padding, type bits in modes",
		false, false },
	[HS_OPT_IGNORE_IMAGE_NAME] = {
		HS_OPT_IGNORE_IMAGE_NAME, "ignore-image-name", 0, NULL, HS_GROUP_IGNORE, DIFF, NULL,
		"tags and annotations that name an image", false, false },
	[HS_OPT_IGNORE_COMPRESSION] = {
		HS_OPT_IGNORE_COMPRESSION, "ignore-compression", 0, NULL, HS_GROUP_IGNORE, DIFF,
		NULL, "how the same content is compressed", false, false },
	[HS_OPT_IGNORE_OWNER_NAMES] = {
		HS_OPT_IGNORE_OWNER_NAMES, "ignore-owner-names", 0, NULL, HS_GROUP_IGNORE, DIFF,
		NULL, "names of users and groups; their numbers count", false, false },
	[HS_OPT_IGNORE_PATH] = {
		HS_OPT_IGNORE_PATH, "ignore-path", 0, "GLOB", HS_GROUP_IGNORE, DIFF, NULL,
		"whatever differs in members whose inner path matches; unlike --exclude it is "
		"still counted and listed", true, false },
	[HS_OPT_LIKE] = {
		HS_OPT_LIKE, "like", 0, "TOOL", HS_GROUP_IMAGE, CANONICALIZE,
		"ggcr buildkit buildah stabilize",
		"whose form: ggcr (kaniko --reproducible; with --time mutate.Time), buildkit, "
		"buildah or stabilize", false, false },
	[HS_OPT_PRINT] = {
		HS_OPT_PRINT, "print", 0, NULL, HS_GROUP_IMAGE, CANONICALIZE, NULL,
		"print the digests as JSON, beside -o too", false, false },
	[HS_OPT_CONFIG] = {
		HS_OPT_CONFIG, "config", 0, "FILE", HS_GROUP_IMAGE, PACK, NULL,
		"JSON whose keys (architecture, os, config, ...) go into the image's "
		"configuration", false, false },
	[HS_OPT_TRUST_DIGESTS] = {
		HS_OPT_TRUST_DIGESTS, "trust-digests", 0, NULL, HS_GROUP_IMAGE, READING & ~PACK,
		NULL, "take the word of an image's documents: do not hash blobs to check them",
		false, false },
	[HS_OPT_MAX_DEPTH] = {
		HS_OPT_MAX_DEPTH, "max-depth", 0, "N", HS_GROUP_LIMITS, READING, NULL,
		"containers inside containers", false, false },
	[HS_OPT_MAX_SIZE] = {
		HS_OPT_MAX_SIZE, "max-size", 0, "SIZE", HS_GROUP_LIMITS, READING, NULL,
		"bytes decompressed in all; SIZE may end in K, M, G or T", false, false },
	[HS_OPT_MAX_MEMBERS] = {
		HS_OPT_MAX_MEMBERS, "max-members", 0, "N", HS_GROUP_LIMITS, READING, NULL,
		"members of one container", false, false },
	[HS_OPT_MAX_RATIO] = {
		HS_OPT_MAX_RATIO, "max-ratio", 0, "N", HS_GROUP_LIMITS, READING, NULL,
		"decompressed to compressed size, beyond the first 256M", false, false },
	[HS_OPT_TIMEOUT] = {
		HS_OPT_TIMEOUT, "timeout", 0, "SECONDS", HS_GROUP_LIMITS, READING, NULL,
		"stop after so long and report what was done, 0 for never", false, false },
	[HS_OPT_JOBS] = {
		HS_OPT_JOBS, "jobs", 'j', "N", HS_GROUP_LIMITS, READING, NULL,
		"threads; the output is the same for any number", false, false },
	[HS_OPT_LONG] = {
		HS_OPT_LONG, "long", 'l', NULL, HS_GROUP_LISTING, LS, NULL,
		"add type, mode, size and mtime before each path", false, false },
	[HS_OPT_NULL] = {
		HS_OPT_NULL, "null", '0', NULL, HS_GROUP_LISTING, LS, NULL,
		"end each path with NUL and do not escape it", false, false },
	[HS_OPT_COLOR] = {
		HS_OPT_COLOR, "color", 0, "WHEN", HS_GROUP_DISPLAY, DIFF | INSPECT,
		"auto always never",
		"colour the text report: auto, always or never", false, false },
	[HS_OPT_PROGRESS] = {
		HS_OPT_PROGRESS, "progress", 0, "HOW", HS_GROUP_DISPLAY, READING,
		"auto bar plain json none",
		"how to show progress on standard error: auto (a bar on a terminal), bar, plain "
		"(a line for each stage), json (an event a line) or none", false, false },
	[HS_OPT_LIST_FORMATS] = {
		HS_OPT_LIST_FORMATS, "list-formats", 0, NULL, HS_GROUP_OTHER, ALL, NULL,
		"list the formats that are opened, and exit", false, false },
	[HS_OPT_MAN] = {
		HS_OPT_MAN, "man", 0, NULL, HS_GROUP_OTHER, 1u << HS_VERB_HELP, NULL,
		"print the manual page", false, true },
	[HS_OPT_HELP] = {
		HS_OPT_HELP, "help", 'h', NULL, HS_GROUP_OTHER, ALL, NULL,
		"print help and exit; -h prints a short one", false, false },
	[HS_OPT_VERSION] = {
		HS_OPT_VERSION, "version", 0, NULL, HS_GROUP_OTHER, ALL, NULL,
		"print the version and the libraries in use, and exit", false, false },
};
/* clang-format on */

const char *
hs_group_name(enum hs_option_group group)
{
	static const char *const names[HS_N_GROUPS] = {
		[HS_GROUP_OUTPUT] = "Output",
		[HS_GROUP_COMPARE] = "Selection",
		[HS_GROUP_IGNORE] = "Differences to ignore",
		[HS_GROUP_IMAGE] = "Images",
		[HS_GROUP_LIMITS] = "Limits",
		[HS_GROUP_LISTING] = "Listing",
		[HS_GROUP_DISPLAY] = "Display",
		[HS_GROUP_OTHER] = "Other",
	};

	return names[group];
}

const struct hs_verb *
hs_verb_find(const char *name)
{
	for (size_t i = 0; i < HS_N_VERBS; i++)
		if (strcmp(hs_verbs[i].name, name) == 0)
			return &hs_verbs[i];
	return NULL;
}

bool
hs_option_fits(const struct hs_option *o, enum hs_verb_id verb)
{
	return (o->verbs & 1u << verb) != 0;
}

bool
hs_option_default(char *out, size_t size, enum hs_option_id id)
{
	static const struct hs_limits limits = HS_LIMITS_DEFAULT;

	switch (id) {
	case HS_OPT_OUTPUT:
		snprintf(out, size, "text");
		return true;
	case HS_OPT_CONTEXT:
		snprintf(out, size, "%d", HS_DEFAULT_CONTEXT);
		return true;
	case HS_OPT_MAX_LINES:
		snprintf(out, size, "%d", HS_DEFAULT_MAX_LINES);
		return true;
	case HS_OPT_MAX_DEPTH:
		snprintf(out, size, "%" PRIu64, limits.max_depth);
		return true;
	case HS_OPT_MAX_SIZE:
		hs_size_print(out, size, limits.max_size);
		return true;
	case HS_OPT_MAX_MEMBERS:
		snprintf(out, size, "%" PRIu64, limits.max_members);
		return true;
	case HS_OPT_MAX_RATIO:
		snprintf(out, size, "%" PRIu64, limits.max_ratio);
		return true;
	case HS_OPT_TIMEOUT:
		snprintf(out, size, "%g", limits.timeout_s);
		return true;
	case HS_OPT_JOBS:
		snprintf(out, size, "one a processor");
		return true;
	case HS_OPT_COLOR:
	case HS_OPT_PROGRESS:
		snprintf(out, size, "auto");
		return true;
	default:
		return false;
	}
}
