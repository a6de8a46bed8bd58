/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_NEW_FOLDER_H
#define HS_CLI_NEW_FOLDER_H

#include "enclave/pieces.h"

/*
 * A folder that did not exist, or was empty, and is filled with files: all of
 * them, or in the end none.
 *
 *	rc = hs_new_folder_open(&f, path, &err);
 *	if (rc == 0)
 *		rc = hs_new_folder_write(&f, "kernel", &pieces, &err);
 *	...
 *	if (rc == 0)
 *		hs_new_folder_keep(&f);
 *	hs_new_folder_drop(&f);
 */
struct hs_new_folder {
	const char *path;      /* borrowed */
	struct hs_arena arena; /* of the names */
	struct hs_new_file *files;
	int fd;    /* -1: none */
	bool made; /* it did not exist */
};

/* HS_EUSAGE for what is there and no empty folder, a link to one included. */
int hs_new_folder_open(struct hs_new_folder *f, const char *path, struct hs_err *err);

/* A new file of mode 0644 (less the umask). `name` is copied and has no slash. */
int hs_new_folder_write(struct hs_new_folder *f, const char *name, const struct hs_pieces *content,
                        struct hs_err *err);

/* The files stay. */
void hs_new_folder_keep(struct hs_new_folder *f);

/* Takes away what is not kept, and the folder if it was made. All zero but for fd = -1, or opened.
 */
void hs_new_folder_drop(struct hs_new_folder *f);

#endif
