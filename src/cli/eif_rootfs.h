/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_EIF_ROOTFS_H
#define HS_CLI_EIF_ROOTFS_H

#include "core/blob.h"
#include "core/run.h"
#include "enclave/eif.h"

/*
 * The root file system that an enclave runs: what stands below rootfs/ once
 * all ramdisks are unpacked one after the other, as Linux does it, so that of
 * a path that comes twice the later one counts. As a tar that is the same for
 * the same files. *out is the caller's to unref. HS_EFORMAT where a ramdisk
 * is damaged or has no such folder; the error names the ramdisk.
 */
int hs_eif_rootfs(struct hs_blob **out, struct hs_run *run, const struct hs_eif *eif,
                  struct hs_err *err);

#endif
