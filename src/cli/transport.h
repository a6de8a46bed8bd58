/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_TRANSPORT_H
#define HS_CLI_TRANSPORT_H

#include "cli/env.h"
#include "core/run.h"

/*
 * Images that are no files: docker://REF in a registry, docker-daemon:REF and
 * containers-storage:REF on this machine. skopeo copies them into a private
 * folder, in its dir: form, which keeps manifest and configuration byte for
 * byte. Behind REF may stand @OS/ARCHITECTURE[/VARIANT].
 */
bool hs_transport_is(const char *arg);

struct hs_transport {
	char *folder; /* the private folder; NULL for none */
	char *image;  /* in it: to be opened as a directory */
};

/*
 * Runs skopeo and waits for it, as long as the run may last. HS_EABSENT where
 * it is not installed, HS_EIO with its last words where it failed; the
 * operand is not named. Release in any case.
 */
int hs_transport_fetch(struct hs_transport *t, const char *arg, const struct hs_env *env,
                       struct hs_run *run, struct hs_err *err);

/* The platform that is asked for, a part of the argument; empty for none. */
struct hs_span hs_transport_platform(const char *arg);

/* What is to be said of it in a report, or NULL. */
const char *hs_transport_note(const char *arg);

/* Removes what was fetched. */
void hs_transport_release(struct hs_transport *t);

#endif
