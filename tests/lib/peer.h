/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PEER_H
#define PEER_H

#include "expanded.h"

/*
 * libarchive as the other opinion: it writes archives for our readers, and
 * reads what they read.
 */

/*
 * A small tree with every kind of member that the format takes, as
 * archive_write_set_format_by_name() and archive_write_set_options() have it
 * (`options` may be NULL).
 */
struct hs_span peer_archive(struct hs_arena *a, const char *format, const char *options);

/* Fails the test where a member's name, type, metadata or content are not what libarchive reads. */
void peer_agrees(struct expanded *x);

#endif
