/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/verbs.h"

#include <limits.h>
#include <string.h>

#define COMPARES HS_EXITS_COMPARES
#define READS HS_EXITS_READS
#define VERIFIES HS_EXITS_VERIFIES
#define PRINTS HS_EXITS_PRINTS

/* clang-format off */
const struct hs_verb hs_verbs[HS_N_VERBS] = {
	[HS_VERB_DIFF] = {
		HS_VERB_DIFF, "diff", "A B", 2, 2, "compare two files or directories",
		"Opens both operands down to the last member, pairs the members and "
		"says what differs. ARCHIVE@NAME, ARCHIVE@linux/arm64 and ARCHIVE@sha256:... "
		"are one image of several; docker://NAME, docker-daemon:NAME and "
		"containers-storage:NAME are fetched with skopeo. The name of the verb may be "
		"left out where the first word exists as a file, is - or contains one of / . : @",
		NULL, COMPARES },
	[HS_VERB_INSPECT] = {
		HS_VERB_INSPECT, "inspect", "X", 1, 1, "show the facts and members of one operand",
		"Reports what would be compared: every member at every depth and what is "
		"known of it.",
		NULL, READS },
	[HS_VERB_LS] = {
		HS_VERB_LS, "ls", "X [PATH]", 1, 2, "list the members at all depths",
		"One inner path a line, in the order of the container. A ! stands between a "
		"container and what is in it: layer[0]!etc/motd. With PATH, only what "
		"that member holds.",
		NULL, READS },
	[HS_VERB_CAT] = {
		HS_VERB_CAT, "cat", "X PATH", 2, 2,
		"write the bytes of one member to standard output",
		"PATH is an inner path as ls prints it.",
		NULL, READS },
	[HS_VERB_CANONICALIZE] = {
		HS_VERB_CANONICALIZE, "canonicalize", "IMAGE", 1, 1,
		"write an image as another tool would normalise it",
		"Makes the image that go-containerregistry's mutate.Canonical (kaniko "
		"--reproducible) or mutate.Time, BuildKit's rewrite-timestamp, buildah's "
		"--timestamp or oss-rebuild's stabilize would make: the same diffIDs and the "
		"same image ID. IMAGE may be a bare layer too. Without -o nothing is written "
		"and the digests are printed as JSON.",
		NULL, READS },
	[HS_VERB_PACK] = {
		HS_VERB_PACK, "pack", "ROOTFS", 1, 1,
		"make a deterministic image of a directory or a tar",
		"Writes an OCI archive with one uncompressed layer that is the same for the same "
		"files: entries sorted, owners as numbers, no time later than --time; without "
		"--time or $SOURCE_DATE_EPOCH all times are 0. ROOTFS is a directory or a tar. "
		"Prints the digests as JSON; without -o nothing is written.",
		NULL, READS },
	[HS_VERB_EXPLAIN] = {
		HS_VERB_EXPLAIN, "explain", "A B [PCR]", 2, 3,
		"say why the measurements of two enclave images differ",
		"A and B are enclave images (EIF), or one is the container image that the other "
		"was built of. Says in a sentence which PCRs differ and why, then the shortest "
		"list of what they differ by, then what no PCR covers. With PCR (PCR0, PCR1, "
		"PCR2 or PCR8), only that one.",
		NULL, COMPARES },
	[HS_VERB_EIF_DESCRIBE] = {
		HS_VERB_EIF_DESCRIBE, "eif describe", "FILE", 1, 1,
		"show what an enclave image says of itself",
		"Header, sections, measurements, signature and metadata of an EIF. "
		"-o nitro prints what nitro-cli describe-eif prints.",
		NULL, READS },
	[HS_VERB_EIF_PCR] = {
		HS_VERB_EIF_PCR, "eif pcr", "[FILE]", 0, 1, "print measurements as nitro-cli does",
		"PCR0, PCR1, PCR2 and, of a signed file, PCR8 of an EIF; or, with an option in "
		"place of FILE, the one PCR of a file, a certificate, a role or an instance.",
		NULL, READS },
	[HS_VERB_EIF_RAMDISK_BOOTSTRAP] = {
		HS_VERB_EIF_RAMDISK_BOOTSTRAP, "eif ramdisk bootstrap", "", 0, 0,
		"make the first ramdisk of an enclave image",
		"Of an init program and the nsm.ko module, byte for byte as nitro-cli makes it.",
		NULL, READS },
	[HS_VERB_EIF_RAMDISK_CUSTOMER] = {
		HS_VERB_EIF_RAMDISK_CUSTOMER, "eif ramdisk customer", "[IMAGE]", 0, 1,
		"make the second ramdisk of an enclave image",
		"Of a container image, or with --export of a docker export stream, byte for byte "
		"as nitro-cli makes it with a Docker daemon.",
		NULL, READS },
	[HS_VERB_EIF_BUILD] = {
		HS_VERB_EIF_BUILD, "eif build", "IMAGE", 1, 1,
		"make an enclave image of a container image",
		"Does what nitro-cli build-enclave does, without a daemon and twice the same. "
		"Prints the measurements as JSON.",
		NULL, READS },
	[HS_VERB_EIF_ASSEMBLE] = {
		HS_VERB_EIF_ASSEMBLE, "eif assemble", "", 0, 0,
		"make an enclave image of its sections",
		"Does what AWS's eif_build does; with --from DIR, puts together again what "
		"eif extract took apart. Prints the measurements as JSON.",
		NULL, READS },
	[HS_VERB_EIF_SIGN] = {
		HS_VERB_EIF_SIGN, "eif sign", "FILE", 1, 1, "sign an enclave image",
		"Adds a signature over PCR0, or replaces the one that is there. The key is "
		"checked against the certificate first.",
		NULL, READS },
	[HS_VERB_EIF_VERIFY] = {
		HS_VERB_EIF_VERIFY, "eif verify", "FILE", 1, 1,
		"check an enclave image and its signature",
		"Structure, checksum, signature, what was signed against what is measured, and "
		"the certificate's dates; with --certificate that it is this one, with --expect "
		"that the measurements are these.",
		NULL, VERIFIES },
	[HS_VERB_EIF_EXTRACT] = {
		HS_VERB_EIF_EXTRACT, "eif extract", "FILE DIR", 2, 2,
		"write the sections of an enclave image into a new folder",
		"Under fixed names: kernel, cmdline, metadata, ramdisk1, ramdisk2, ..., "
		"signature, and layout.json, which says how they stand in the file. "
		"DIR must be empty or not exist. With --lenient, what is wrong with the file is "
		"only said: gap1, gap2, ... are bytes that are no section's, and eif assemble "
		"--from DIR makes the same file of all this.",
		NULL, READS },
	[HS_VERB_ATTEST_SHOW] = {
		HS_VERB_ATTEST_SHOW, "attest show", "DOC", 1, 1,
		"show what an attestation document says, unverified",
		"Every field, the certificates, what each PCR means, and what real documents have "
		"been seen to tell beside. DOC is binary, base64, hex or PEM, or - for standard "
		"input.",
		NULL, READS },
	[HS_VERB_ATTEST_VERIFY] = {
		HS_VERB_ATTEST_VERIFY, "attest verify", "DOC...", 1, INT_MAX,
		"check attestation documents against what is expected",
		"Form, certificates up to a pinned root, signature, time, and what was asked for: "
		"nonce, data, key, measurements. Genuine is not enough: without --expect nothing "
		"was compared, which is a refusal unless --no-measurements is given.",
		NULL, VERIFIES },
	[HS_VERB_ATTEST_POLICY] = {
		HS_VERB_ATTEST_POLICY, "attest policy", "", 0, 0,
		"print the KMS condition, or the expectation, for an image",
		"Of the measurements of an enclave image or of a JSON file, and of a role, an "
		"instance and a signer: a statement for a KMS key policy, or what attest verify "
		"takes as --expect.",
		NULL, READS },
	[HS_VERB_ATTEST_REQUEST] = {
		HS_VERB_ATTEST_REQUEST, "attest request", "", 0, 0,
		"ask the security module for an attestation document",
		"Inside an enclave only: through /dev/nsm.",
		NULL, PRINTS },
	[HS_VERB_ATTEST_NSM_DESCRIBE] = {
		HS_VERB_ATTEST_NSM_DESCRIBE, "attest nsm describe", "", 0, 0,
		"show what the security module says of itself", NULL, NULL, PRINTS },
	[HS_VERB_ATTEST_NSM_PCR] = {
		HS_VERB_ATTEST_NSM_PCR, "attest nsm pcr", "N", 1, 1,
		"print one PCR of this enclave", NULL, NULL, PRINTS },
	[HS_VERB_ATTEST_NSM_EXTEND] = {
		HS_VERB_ATTEST_NSM_EXTEND, "attest nsm extend", "N DATA", 2, 2,
		"extend one PCR of this enclave",
		"DATA is hex, or @FILE. Only PCR16 and above are free, until they are locked.",
		NULL, PRINTS },
	[HS_VERB_ATTEST_NSM_LOCK] = {
		HS_VERB_ATTEST_NSM_LOCK, "attest nsm lock", "N|0-N", 1, 1,
		"lock PCRs of this enclave for good",
		"One, or all from the first to N: those below 16 are locked from the start.", NULL,
		PRINTS },
	[HS_VERB_ATTEST_NSM_RANDOM] = {
		HS_VERB_ATTEST_NSM_RANDOM, "attest nsm random", "[BYTES]", 0, 1,
		"write random bytes of the security module",
		"As many as one answer holds, or BYTES of them, to standard output.",
		NULL, PRINTS },
	[HS_VERB_SCHEMA] = {
		HS_VERB_SCHEMA, "schema", "NAME", 1, 1, "print the JSON Schema of a report format",
		"NAME is report, inspection, explanation, verification, attestation, eif or "
		"formats.",
		"report inspection explanation verification attestation eif formats", PRINTS },
	[HS_VERB_COMPLETION] = {
		HS_VERB_COMPLETION, "completion", "SHELL", 1, 1, "print a completion script",
		"SHELL is bash, zsh or fish.",
		"bash zsh fish", PRINTS },
	[HS_VERB_HELP] = {
		HS_VERB_HELP, "help", "[COMMAND]", 0, 3, "print the help of a command", NULL,
		NULL, PRINTS },
};
/* clang-format on */

const struct hs_family hs_families[HS_N_FAMILIES] = {
	{ "eif", "make, measure, sign and check AWS Nitro enclave images" },
	{ "attest", "check, explain and request attestation documents" },
};

const struct hs_verb *
hs_verb_find(const char *name)
{
	for (size_t i = 0; i < HS_N_VERBS; i++)
		if (strcmp(hs_verbs[i].name, name) == 0)
			return &hs_verbs[i];
	return NULL;
}

/* How many of the words the name begins with; *rest is what it has beside them. */
static int
count_matching(const char *name, const char *const *words, int n_words, const char **rest)
{
	int n = 0;

	for (*rest = name; n < n_words && **rest; n++) {
		const size_t len = strcspn(*rest, " ");

		if (strlen(words[n]) != len || strncmp(words[n], *rest, len) != 0)
			break;
		*rest += len + ((*rest)[len] == ' ');
	}
	return n;
}

const struct hs_verb *
hs_verb_match(const char *const *words, int n_words, int *used)
{
	for (size_t i = 0; i < HS_N_VERBS; i++) {
		const char *rest;

		*used = count_matching(hs_verbs[i].name, words, n_words, &rest);
		if (!*rest)
			return &hs_verbs[i];
	}
	*used = 0;
	return NULL;
}

int
hs_verb_count_known(const char *const *words, int n_words)
{
	int most = 0;

	for (size_t i = 0; i < HS_N_VERBS; i++) {
		const char *rest;
		const int n = count_matching(hs_verbs[i].name, words, n_words, &rest);

		most = n > most ? n : most;
	}
	return most;
}

const struct hs_family *
hs_family_find(const char *name)
{
	for (size_t i = 0; i < HS_N_FAMILIES; i++)
		if (strcmp(hs_families[i].name, name) == 0)
			return &hs_families[i];
	return NULL;
}

const struct hs_family *
hs_verb_family(const struct hs_verb *v)
{
	for (size_t i = 0; i < HS_N_FAMILIES; i++) {
		const size_t len = strlen(hs_families[i].name);

		if (strncmp(v->name, hs_families[i].name, len) == 0 && v->name[len] == ' ')
			return &hs_families[i];
	}
	return NULL;
}

uint64_t
hs_family_bits(const struct hs_family *family)
{
	uint64_t bits = 0;

	for (size_t i = 0; i < HS_N_VERBS; i++)
		if (hs_verb_family(&hs_verbs[i]) == family)
			bits |= HS_VERB_BIT(hs_verbs[i].id);
	return bits;
}
