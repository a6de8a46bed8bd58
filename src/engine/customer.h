/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENGINE_CUSTOMER_H
#define HS_ENGINE_CUSTOMER_H

#include "enclave/ramdisk.h"
#include "engine/side.h"

/*
 * The customer ramdisk of an image operand, with all that it holds on to.
 * It must not be moved in memory.
 */
struct hs_customer {
	struct hs_arena arena;
	struct hs_opened image, rootfs; /* opened for it */
	struct hs_export exported;
	struct hs_ramdisk_command command;
	struct hs_pieces ramdisk; /* the bytes, in places that this keeps */
	struct hs_span name;      /* of the image, for its metadata: its tag without ":...", or
	                             empty */
	struct hs_span image_id;  /* sha256 hex of its configuration */
};

/*
 * `o` must name one image (HS_EUSAGE names the choices otherwise). Directories
 * that no layer lists get `implied_time`. Remarks of all kinds are in
 * out->exported.remarks and out->command.remarks. Release in any case, and
 * only then the operand.
 */
int hs_customer_make(struct hs_customer *out, struct hs_run *run, const struct hs_operand *o,
                     int64_t implied_time, struct hs_err *err);
void hs_customer_release(struct hs_customer *c);

#endif
