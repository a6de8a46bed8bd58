/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_MAGIC_H
#define HS_CORE_MAGIC_H

#include "core/pool.h"

/*
 * What libmagic calls bytes that no comparator claims: "data", "PNG image
 * data, ...". Only a name for people; nothing is decided by it, because its
 * database differs between machines. Empty where the library cannot say.
 * The text lives in w->scratch.
 */
struct hs_span hs_magic_name(struct hs_worker *w, struct hs_span bytes);

/* Lets go of the worker's cookie; the pool calls it. */
void hs_magic_release(struct hs_worker *w);

#endif
