/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_CLASS_FILE_H
#define HS_COMPARATORS_CLASS_FILE_H

#include "core/arena.h"
#include "core/err.h"
#include "core/hash.h"

#include <stdio.h>

/* A constant of a class file, not resolved. */
struct hs_class_constant {
	uint8_t tag;          /* 1 Utf8, 3 Integer ...; 0: none of that number */
	struct hs_span bytes; /* behind the tag (of Utf8: the characters) */
};

/* An attribute: of the class, a field, a method or its code. */
struct hs_class_attribute {
	struct hs_span name, bytes;
};

/* A field or a method. */
struct hs_class_member {
	unsigned flags;
	struct hs_span name, type;
	struct hs_cursor attributes; /* from their number on */
	bool is_method;
};

struct hs_class {
	unsigned minor, major, flags;
	struct hs_class_constant *constants;
	unsigned n_constants; /* 0 is none; those of 8 bytes take two numbers */
	struct hs_sha256
		form; /* of all constants but their characters: in which order they stand */
	unsigned self, super;
	struct hs_span interfaces;       /* 2 bytes each */
	struct hs_class_member *members; /* fields, then methods */
	size_t n_members;
	struct hs_cursor attributes; /* of the class, from their number on */
	struct hs_span bootstraps;   /* the BootstrapMethods attribute, or empty */
	struct hs_span rest;         /* behind the end */
};

/* Takes the file apart; names and arrays are in `a` or parts of the file. */
int hs_class_read(struct hs_class *out, struct hs_arena *a, struct hs_span file,
                  struct hs_err *err);

/* The number of attributes at the front, which is taken. */
unsigned hs_class_count(struct hs_cursor *c);
/* The next attribute; an empty name where its number means none. False where it is cut short. */
bool hs_class_attribute(struct hs_class_attribute *out, const struct hs_class *k,
                        struct hs_cursor *c);

/* The characters of a Utf8 constant; empty for any other. */
struct hs_span hs_class_utf8(const struct hs_class *k, unsigned i);

/* Writes a constant as what it resolves to: "java/lang/Object.<init>:()V", "'text'", ... */
void hs_class_constant_write(FILE *out, const struct hs_class *k, unsigned i);

#endif
