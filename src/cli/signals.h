/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_SIGNALS_H
#define HS_CLI_SIGNALS_H

#include <stdbool.h>
#include <sys/types.h>

/*
 * How the program ends when it does not end by itself. A signal that ends it
 * (SIGINT, SIGTERM, SIGHUP, SIGPIPE) first takes away the progress line,
 * unfinished output files and temporary folders, then ends it as that signal does, so that a shell
 * sees 128 + n. SIGBUS means that a mapped input became shorter: status 2 and
 * a sentence.
 */
void hs_signals_setup(void);

/*
 * Names a file to be unlinked should the program be ended; the string must
 * stay until hs_signals_unguard(). At most HS_MAX_GUARDED at a time.
 */
enum { HS_MAX_GUARDED = 16 };
void hs_signals_guard(const char *path);
void hs_signals_unguard(const char *path);

/* The same for a folder with all in it. */
void hs_signals_guard_folder(const char *path);
void hs_signals_unguard_folder(const char *path);

/* A process that is not to outlive the program: it is killed and waited for; 0 for none. */
void hs_signals_set_child(pid_t pid);

/* Whether a progress line stands on standard error, to be erased. */
void hs_signals_set_line(bool there);

#endif
