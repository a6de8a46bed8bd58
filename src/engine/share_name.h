/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENGINE_SHARE_NAME_H
#define HS_ENGINE_SHARE_NAME_H

#include "core/blob.h"

/*
 * Two contents to be compared whose names differ, old.conf and new.txt: where
 * one of them is what it is only by its name and the other would be the same
 * under that name, the other takes it. Where both are what they are only by
 * their names, both keep them, so that A beside B is what B beside A is.
 */
void hs_share_name(struct hs_content *a, struct hs_content *b);

#endif
