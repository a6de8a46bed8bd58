/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENCLAVE_RAMDISK_H
#define HS_ENCLAVE_RAMDISK_H

#include "enclave/export.h"
#include "enclave/newc_writer.h"

/* The two ramdisks of an enclave image, the bytes that linuxkit with AWS's patches writes for
 * nitro-cli. */

/* dev, init, nsm.ko. */
void hs_ramdisk_bootstrap(struct hs_pieces *out, struct hs_span init, struct hs_span nsm);

/*
 * rootfs/ with what was exported, the special names dropped, replaced, added
 * and repeated, then cmd and env. HS_EFORMAT for what linuxkit refuses. Adds to the
 * remarks of `e`.
 */
struct hs_ramdisk_customer {
	struct hs_export *rootfs;
	struct hs_span cmd, env; /* the files, an element a line */
};
int hs_ramdisk_customer(struct hs_pieces *out, const struct hs_ramdisk_customer *c,
                        struct hs_err *err);

/* Whether linuxkit leaves out what has exactly that name in the export. */
bool hs_ramdisk_drops(struct hs_span name);

/* Whether linuxkit gives the directory of that path (without a slash behind it) its own time. */
bool hs_ramdisk_is_dated_anew(struct hs_span path);

/*
 * The files cmd and env of an image's configuration (its JSON), as nitro-cli
 * derives them: Cmd, else Entrypoint; Env. HS_EUSAGE where there is neither
 * Cmd nor Entrypoint. In the arena. HS_ELIMIT past HS_MAX_IMAGE_JSON. Remarks: entrypoint-ignored,
 * workdir-ignored, user-ignored, newline, relative-command, empty-command.
 */
struct hs_ramdisk_command {
	struct hs_span cmd, env;
	const char *arch; /* "x86_64", "aarch64", or NULL where the image states another or none */
	struct hs_ramdisk_remarks remarks;
};
int hs_ramdisk_command(struct hs_ramdisk_command *out, struct hs_arena *a, struct hs_span config,
                       struct hs_err *err);

#endif
