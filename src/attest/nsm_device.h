/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ATTEST_NSM_DEVICE_H
#define HS_ATTEST_NSM_DEVICE_H

#include "attest/nsm.h"

/*
 * The device of the security module, /dev/nsm (Linux, include/uapi/linux/nsm.h:
 * one ioctl with a request and room for a response). A UNIX socket in its
 * place gets the same messages, each behind its length in 4 bytes, most
 * significant first.
 */
#define HS_NSM_DEVICE "/dev/nsm"

/* HS_EABSENT where there is none, HS_EUSAGE for what is neither, HS_EIO. */
int hs_nsm_open(struct hs_nsm *out, const char *path, struct hs_err *err);

/* Nothing to do for one that is all zero. */
void hs_nsm_close(struct hs_nsm *nsm);

#endif
