/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_FOLDER_H
#define HS_CLI_FOLDER_H

#include "core/err.h"

/*
 * A private folder below `tmp` (NULL: /tmp), mode 0700, that is removed with
 * all in it by hs_folder_drop() and by a signal that ends the program. The
 * path is for free(); HS_EIO where it cannot be made.
 */
int hs_folder_make(char **path, const char *tmp, struct hs_err *err);

/* Removes the folder and lets go of its path. Nothing to do for NULL. */
void hs_folder_drop(char *path);

/*
 * Removes a folder and what is in it, HS_FOLDER_DEPTH levels deep, never through a
 * symbolic link. For signal handlers too: only system calls.
 */
enum { HS_FOLDER_DEPTH = 8 };
void hs_folder_remove(const char *path);

#endif
