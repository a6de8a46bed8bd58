/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/options.h"

#include "cli/size.h"
#include "core/limits.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define DIFF HS_VERB_BIT(HS_VERB_DIFF)
#define INSPECT HS_VERB_BIT(HS_VERB_INSPECT)
#define LS HS_VERB_BIT(HS_VERB_LS)
#define CAT HS_VERB_BIT(HS_VERB_CAT)
#define CANONICALIZE HS_VERB_BIT(HS_VERB_CANONICALIZE)
#define PACK HS_VERB_BIT(HS_VERB_PACK)
#define EXPLAIN HS_VERB_BIT(HS_VERB_EXPLAIN)
#define DESCRIBE HS_VERB_BIT(HS_VERB_EIF_DESCRIBE)
#define PCR HS_VERB_BIT(HS_VERB_EIF_PCR)
#define BOOTSTRAP HS_VERB_BIT(HS_VERB_EIF_RAMDISK_BOOTSTRAP)
#define CUSTOMER HS_VERB_BIT(HS_VERB_EIF_RAMDISK_CUSTOMER)
#define BUILD HS_VERB_BIT(HS_VERB_EIF_BUILD)
#define ASSEMBLE HS_VERB_BIT(HS_VERB_EIF_ASSEMBLE)
#define SIGN HS_VERB_BIT(HS_VERB_EIF_SIGN)
#define VERIFY HS_VERB_BIT(HS_VERB_EIF_VERIFY)
#define EXTRACT HS_VERB_BIT(HS_VERB_EIF_EXTRACT)
#define SHOW HS_VERB_BIT(HS_VERB_ATTEST_SHOW)
#define CHECK HS_VERB_BIT(HS_VERB_ATTEST_VERIFY)
#define POLICY HS_VERB_BIT(HS_VERB_ATTEST_POLICY)
#define REQUEST HS_VERB_BIT(HS_VERB_ATTEST_REQUEST)
#define MODULE                                                                                     \
	(HS_VERB_BIT(HS_VERB_ATTEST_NSM_DESCRIBE) | HS_VERB_BIT(HS_VERB_ATTEST_NSM_PCR) |          \
	 HS_VERB_BIT(HS_VERB_ATTEST_NSM_EXTEND) | HS_VERB_BIT(HS_VERB_ATTEST_NSM_LOCK) |           \
	 HS_VERB_BIT(HS_VERB_ATTEST_NSM_RANDOM))
#define ALL (HS_VERB_BIT(HS_N_VERBS) - 1)

/* Those that open whatever an operand can be. */
#define OPENING                                                                                    \
	(DIFF | INSPECT | LS | CAT | CANONICALIZE | PACK | EXPLAIN | CUSTOMER | BUILD | CHECK)
/* Those that have to do with the bytes of files, and may take their time. */
#define READING (OPENING | DESCRIBE | PCR | BOOTSTRAP | ASSEMBLE | SIGN | VERIFY | EXTRACT | POLICY)
#define WRITING (CANONICALIZE | PACK | BOOTSTRAP | CUSTOMER | BUILD | ASSEMBLE | SIGN | REQUEST)

/* clang-format off */
const struct hs_option hs_options[HS_N_OPTIONS] = {
	[HS_OPT_OUTPUT] = {
		HS_OPT_OUTPUT, "output", 'o', "FMT[=FILE]", HS_GROUP_OUTPUT, DIFF | INSPECT,
		"text json",
		"write the report as text or json, to FILE or to standard output (also =-); "
		"each file is replaced only once it is complete", true, false },
	[HS_OPT_OUT_FILE] = {
		HS_OPT_OUT_FILE, "output", 'o', "FILE", HS_GROUP_OUTPUT, WRITING, NULL,
		"write the result to FILE, which is replaced only once it is complete, or to "
		"standard output (-); the digests then go to standard error", false,
		false },
	[HS_OPT_JSON] = {
		HS_OPT_JSON, "json", 0, NULL, HS_GROUP_OUTPUT, DIFF | INSPECT, NULL,
		"short for -o json", false, false },
	[HS_OPT_QUIET] = {
		HS_OPT_QUIET, "quiet", 'q', NULL, HS_GROUP_OUTPUT, DIFF | INSPECT, NULL,
		"write nothing to standard output: the exit status says it", false, false },
	[HS_OPT_VERBOSE] = {
		HS_OPT_VERBOSE, "verbose", 'v', NULL, HS_GROUP_OUTPUT, DIFF | INSPECT | CHECK, NULL,
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
		HS_OPT_TRUST_DIGESTS, "trust-digests", 0, NULL, HS_GROUP_IMAGE, OPENING & ~PACK,
		NULL, "take the word of an image's documents: do not hash blobs to check them",
		false, false },
	[HS_OPT_MAX_DEPTH] = {
		HS_OPT_MAX_DEPTH, "max-depth", 0, "N", HS_GROUP_LIMITS, OPENING, NULL,
		"containers inside containers", false, false },
	[HS_OPT_MAX_SIZE] = {
		HS_OPT_MAX_SIZE, "max-size", 0, "SIZE", HS_GROUP_LIMITS, OPENING, NULL,
		"bytes decompressed in all; SIZE may end in K, M, G or T", false, false },
	[HS_OPT_MAX_MEMBERS] = {
		HS_OPT_MAX_MEMBERS, "max-members", 0, "N", HS_GROUP_LIMITS, OPENING, NULL,
		"members of one container", false, false },
	[HS_OPT_MAX_RATIO] = {
		HS_OPT_MAX_RATIO, "max-ratio", 0, "N", HS_GROUP_LIMITS, OPENING, NULL,
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
		"list the formats that are opened, how each is recognised and what reads it, and "
		"exit; -o json for programs", false, false },
	[HS_OPT_MAN] = {
		HS_OPT_MAN, "man", 0, NULL, HS_GROUP_OTHER, HS_VERB_BIT(HS_VERB_HELP), NULL,
		"print the manual page", false, true },
	[HS_OPT_HELP] = {
		HS_OPT_HELP, "help", 'h', NULL, HS_GROUP_OTHER, ALL, NULL,
		"print help and exit; -h prints a short one", false, false },
	[HS_OPT_VERSION] = {
		HS_OPT_VERSION, "version", 0, NULL, HS_GROUP_OTHER,
		ALL & ~(BUILD | ASSEMBLE), NULL,
		"print the version and the libraries in use, and exit", false, false },
	[HS_OPT_FORMAT] = {
		HS_OPT_FORMAT, "output", 'o', "FMT", HS_GROUP_OUTPUT, DESCRIBE | VERIFY | EXPLAIN,
		"text json nitro",
		"write text, json or (eif describe) what nitro-cli prints", false, false },
	[HS_OPT_LENIENT] = {
		HS_OPT_LENIENT, "lenient", 0, NULL, HS_GROUP_ENCLAVE,
		DESCRIBE | PCR | SIGN | EXTRACT, NULL,
		"take what AWS's own reader takes, which looks at the sections alone", false,
		false },
	[HS_OPT_INPUT] = {
		HS_OPT_INPUT, "input", 0, "FILE", HS_GROUP_ENCLAVE, PCR, NULL,
		"the PCR of all bytes of any file", false, false },
	[HS_OPT_CERTIFICATE] = {
		HS_OPT_CERTIFICATE, "certificate", 0, "PEM", HS_GROUP_SIGNING,
		PCR | BUILD | ASSEMBLE | SIGN | VERIFY | POLICY, NULL,
		"the signer's certificate, the first of the file: for PCR8, to sign with, or to "
		"insist on", false, false },
	[HS_OPT_PRIVATE_KEY] = {
		HS_OPT_PRIVATE_KEY, "private-key", 0, "PEM", HS_GROUP_SIGNING,
		BUILD | ASSEMBLE | SIGN, NULL,
		"its key, on P-256, P-384 or P-521: SEC1 or PKCS#8, not encrypted", false, false },
	[HS_OPT_SIGNER] = {
		HS_OPT_SIGNER, "signer", 0, "COMMAND", HS_GROUP_SIGNING, BUILD | ASSEMBLE | SIGN,
		NULL,
		"a program in place of the key: it gets the raw digest on standard input and "
		"writes an ECDSA signature in DER", false, false },
	[HS_OPT_DETERMINISTIC] = {
		HS_OPT_DETERMINISTIC, "deterministic", 0, NULL, HS_GROUP_SIGNING,
		BUILD | ASSEMBLE | SIGN, NULL,
		"sign as RFC 6979 says, twice the same; no verifier can tell", false, false },
	[HS_OPT_ROLE_ARN] = {
		HS_OPT_ROLE_ARN, "role-arn", 0, "ARN", HS_GROUP_ENCLAVE, PCR | POLICY,
		NULL, "PCR3: the IAM role of the parent instance", false, false },
	[HS_OPT_INSTANCE_ID] = {
		HS_OPT_INSTANCE_ID, "instance-id", 0, "ID", HS_GROUP_ENCLAVE, PCR | POLICY,
		NULL, "PCR4: the parent instance", false, false },
	[HS_OPT_INIT] = {
		HS_OPT_INIT, "init", 0, "FILE", HS_GROUP_ENCLAVE, BOOTSTRAP | BUILD | EXPLAIN, NULL,
		"the init program of the first ramdisk", false, false },
	[HS_OPT_NSM] = {
		HS_OPT_NSM, "nsm", 0, "FILE", HS_GROUP_ENCLAVE, BOOTSTRAP | BUILD | EXPLAIN, NULL,
		"the nsm.ko of the first ramdisk", false, false },
	[HS_OPT_EXPORT] = {
		HS_OPT_EXPORT, "export", 0, "TAR", HS_GROUP_ENCLAVE, CUSTOMER, NULL,
		"a docker export stream in place of IMAGE; needs --cmd and --env", false, false },
	[HS_OPT_CMD] = {
		HS_OPT_CMD, "cmd", 0, "FILE", HS_GROUP_ENCLAVE, CUSTOMER, NULL,
		"the file cmd as it will stand in the ramdisk, a word a line", false, false },
	[HS_OPT_ENV] = {
		HS_OPT_ENV, "env", 0, "FILE", HS_GROUP_ENCLAVE, CUSTOMER, NULL,
		"the file env as it will stand in the ramdisk, a variable a line", false, false },
	[HS_OPT_BLOBS] = {
		HS_OPT_BLOBS, "blobs", 0, "DIR", HS_GROUP_ENCLAVE, BUILD | EXPLAIN, NULL,
		"where nitro-cli's blobs are: bzImage or Image, its .config, cmdline, init, "
		"nsm.ko; without it $NITRO_CLI_BLOBS, else /usr/share/nitro_enclaves/blobs", false,
		false },
	[HS_OPT_KERNEL] = {
		HS_OPT_KERNEL, "kernel", 0, "FILE", HS_GROUP_ENCLAVE, BUILD | ASSEMBLE | EXPLAIN,
		NULL, "the kernel", false, false },
	[HS_OPT_KERNEL_CONFIG] = {
		HS_OPT_KERNEL_CONFIG, "kernel-config", 0, "FILE", HS_GROUP_ENCLAVE,
		BUILD | ASSEMBLE, NULL,
		"the kernel's .config, whose third line gives the metadata its version", false,
		false },
	[HS_OPT_CMDLINE] = {
		HS_OPT_CMDLINE, "cmdline", 0, "TEXT", HS_GROUP_ENCLAVE, BUILD | ASSEMBLE | EXPLAIN,
		NULL, "the kernel's command line, as it is", false, false },
	[HS_OPT_RAMDISK] = {
		HS_OPT_RAMDISK, "ramdisk", 0, "FILE", HS_GROUP_ENCLAVE, ASSEMBLE, NULL,
		"a ramdisk", true, false },
	[HS_OPT_FROM] = {
		HS_OPT_FROM, "from", 0, "DIR", HS_GROUP_ENCLAVE, ASSEMBLE, NULL,
		"all sections, as eif extract has written them", false, false },
	[HS_OPT_ARCH] = {
		HS_OPT_ARCH, "arch", 0, "NAME", HS_GROUP_ENCLAVE, BUILD | ASSEMBLE | EXPLAIN,
		"x86_64 aarch64",
		"the architecture: without it that of the image (eif build), or x86_64", false,
		false },
	[HS_OPT_NAME] = {
		HS_OPT_NAME, "name", 0, "TEXT", HS_GROUP_ENCLAVE, BUILD | ASSEMBLE, NULL,
		"the image's name in the metadata", false, false },
	[HS_OPT_IMAGE_VERSION] = {
		HS_OPT_IMAGE_VERSION, "version", 0, "TEXT", HS_GROUP_ENCLAVE, BUILD | ASSEMBLE,
		NULL, "the image's version in the metadata", false, false },
	[HS_OPT_METADATA] = {
		HS_OPT_METADATA, "metadata", 0, "JSON", HS_GROUP_ENCLAVE, BUILD | ASSEMBLE, NULL,
		"a file of JSON (or, beginning with {, the JSON itself) that the metadata hold as "
		"CustomMetadata", false, false },
	[HS_OPT_DOCKER_INFO] = {
		HS_OPT_DOCKER_INFO, "docker-info", 0, "JSON", HS_GROUP_ENCLAVE, BUILD | ASSEMBLE,
		NULL,
		"a file of JSON (or the JSON itself) that the metadata hold as DockerInfo, or "
		"none", false, false },
	[HS_OPT_BUILD_TIME] = {
		HS_OPT_BUILD_TIME, "build-time", 0, "TIME", HS_GROUP_ENCLAVE, BUILD | ASSEMBLE,
		NULL,
		"the metadata's BuildTime: seconds since 1970, or the text itself; without it "
		"$SOURCE_DATE_EPOCH, else 0", false, false },
	[HS_OPT_BUILD_TOOL] = {
		HS_OPT_BUILD_TOOL, "build-tool", 0, "TEXT", HS_GROUP_ENCLAVE, BUILD | ASSEMBLE,
		NULL,
		"the metadata's BuildTool", false, false },
	[HS_OPT_BUILD_TOOL_VERSION] = {
		HS_OPT_BUILD_TOOL_VERSION, "build-tool-version", 0, "TEXT", HS_GROUP_ENCLAVE,
		BUILD | ASSEMBLE, NULL, "the metadata's BuildToolVersion", false, false },
	[HS_OPT_IMG_OS] = {
		HS_OPT_IMG_OS, "img-os", 0, "TEXT", HS_GROUP_ENCLAVE, BUILD | ASSEMBLE, NULL,
		"the metadata's OperatingSystem", false, false },
	[HS_OPT_IMG_KERNEL] = {
		HS_OPT_IMG_KERNEL, "img-kernel", 0, "TEXT", HS_GROUP_ENCLAVE, BUILD | ASSEMBLE,
		NULL,
		"the metadata's KernelVersion", false, false },
	[HS_OPT_ALGO] = {
		HS_OPT_ALGO, "algo", 0, "NAME", HS_GROUP_ENCLAVE, ASSEMBLE, "sha256 sha384 sha512",
		"the hash of the measurements that are printed; enclaves have sha384", false,
		false },
	[HS_OPT_EXPECT] = {
		HS_OPT_EXPECT, "expect", 0, "PCRS", HS_GROUP_ENCLAVE, VERIFY, NULL,
		"measurements that it must have: a JSON file as eif pcr prints it, or "
		"PCRn=HEX", true, false },
	[HS_OPT_AT] = {
		HS_OPT_AT, "at", 0, "TIME", HS_GROUP_SIGNING, VERIFY, NULL,
		"when the certificate must be valid: now, none, or a time in RFC 3339", false,
		false },
	[HS_OPT_ROOTFS_TAR] = {
		HS_OPT_ROOTFS_TAR, "rootfs", 0, NULL, HS_GROUP_ENCLAVE, EXTRACT, NULL,
		"write nothing but rootfs.tar: the root file system that the enclave runs", false,
		false },
	[HS_OPT_ATTEST_FORMAT] = {
		HS_OPT_ATTEST_FORMAT, "output", 'o', "FMT", HS_GROUP_OUTPUT, SHOW | CHECK,
		"text json ndjson",
		"write text, json or (attest verify) ndjson: an object a line, in the order of "
		"the documents", false, false },
	[HS_OPT_ROOT] = {
		HS_OPT_ROOT, "root", 0, "PEM", HS_GROUP_ATTEST, CHECK, NULL,
		"roots to trust in place of AWS's", true, false },
	[HS_OPT_PARTITION] = {
		HS_OPT_PARTITION, "partition", 0, "NAME", HS_GROUP_ATTEST, CHECK, "aws aws-us-gov",
		"whose root to trust, of those that are built in and pinned", false, false },
	[HS_OPT_ATTEST_AT] = {
		HS_OPT_ATTEST_AT, "at", 0, "TIME", HS_GROUP_ATTEST, CHECK, NULL,
		"when the certificates must be valid: now, timestamp (the document's own time, "
		"which says nothing of its age) or a time in RFC 3339", false, false },
	[HS_OPT_MAX_AGE] = {
		HS_OPT_MAX_AGE, "max-age", 0, "SECONDS", HS_GROUP_ATTEST, CHECK, NULL,
		"refuse a document that is older", false, false },
	[HS_OPT_NONCE] = {
		HS_OPT_NONCE, "nonce", 0, "HEX|@FILE", HS_GROUP_ATTEST, CHECK | REQUEST, NULL,
		"the nonce: what it must be, or what to ask with", false, false },
	[HS_OPT_USER_DATA] = {
		HS_OPT_USER_DATA, "user-data", 0, "HEX|@FILE", HS_GROUP_ATTEST, CHECK | REQUEST,
		NULL, "the user data, likewise", false, false },
	[HS_OPT_PUBLIC_KEY] = {
		HS_OPT_PUBLIC_KEY, "public-key", 0, "FILE", HS_GROUP_ATTEST, CHECK | REQUEST, NULL,
		"the public key, likewise: the bytes of a file", false, false },
	[HS_OPT_ATTEST_EXPECT] = {
		HS_OPT_ATTEST_EXPECT, "expect", 0, "WHAT", HS_GROUP_ATTEST, CHECK, NULL,
		"measurements that it must have: an enclave image or a container image, which is "
		"measured, a JSON file as eif pcr prints it, or PCRn=HEX", true, false },
	[HS_OPT_NO_MEASUREMENTS] = {
		HS_OPT_NO_MEASUREMENTS, "no-measurements", 0, NULL, HS_GROUP_ATTEST, CHECK, NULL,
		"be content with a genuine document, whatever it measures", false, false },
	[HS_OPT_ALLOW_DEBUG] = {
		HS_OPT_ALLOW_DEBUG, "allow-debug", 0, NULL, HS_GROUP_ATTEST, CHECK, NULL,
		"take an enclave in debug mode, which anybody can look into", false, false },
	[HS_OPT_POLICY_FROM] = {
		HS_OPT_POLICY_FROM, "from", 0, "FILE", HS_GROUP_ATTEST, POLICY, NULL,
		"an enclave image, or a JSON file as eif pcr prints it", false, false },
	[HS_OPT_POLICY_FORMAT] = {
		HS_OPT_POLICY_FORMAT, "format", 0, "NAME", HS_GROUP_ATTEST, POLICY, "kms json",
		"a statement for a KMS key policy, or what --expect takes", false, false },
	[HS_OPT_NSM_DEVICE] = {
		HS_OPT_NSM_DEVICE, "nsm-device", 0, "FILE", HS_GROUP_ATTEST, REQUEST | MODULE, NULL,
		"the security module's device, or a UNIX socket", false, true },
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
		[HS_GROUP_ENCLAVE] = "Enclave images",
		[HS_GROUP_SIGNING] = "Signatures",
		[HS_GROUP_ATTEST] = "Attestation",
		[HS_GROUP_LIMITS] = "Limits",
		[HS_GROUP_LISTING] = "Listing",
		[HS_GROUP_DISPLAY] = "Display",
		[HS_GROUP_OTHER] = "Other",
	};

	return names[group];
}

bool
hs_option_fits(const struct hs_option *o, enum hs_verb_id verb)
{
	return (o->verbs & HS_VERB_BIT(verb)) != 0;
}

bool
hs_option_default(char *out, size_t size, enum hs_option_id id)
{
	static const struct hs_limits limits = HS_LIMITS_DEFAULT;

	switch (id) {
	case HS_OPT_OUTPUT:
	case HS_OPT_FORMAT:
	case HS_OPT_ATTEST_FORMAT:
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
	case HS_OPT_AT:
	case HS_OPT_ATTEST_AT:
		snprintf(out, size, "now");
		return true;
	case HS_OPT_PARTITION:
		snprintf(out, size, "aws");
		return true;
	case HS_OPT_POLICY_FORMAT:
		snprintf(out, size, "kms");
		return true;
	case HS_OPT_ALGO:
		snprintf(out, size, "sha384");
		return true;
	case HS_OPT_COLOR:
	case HS_OPT_PROGRESS:
		snprintf(out, size, "auto");
		return true;
	default:
		return false;
	}
}
