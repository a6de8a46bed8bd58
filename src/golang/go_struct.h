/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_GOLANG_GO_STRUCT_H
#define HS_GOLANG_GO_STRUCT_H

#include "golang/go_json.h"
#include "golang/go_time.h"

/*
 * Go structures as encoding/json reads and writes them: a table of fields
 * says for one what its type and tags say in Go. Reading takes keys in any
 * case, keeps what a field held where null comes, goes on in a list, a map or
 * a structure that is named twice, and drops what no field takes; writing
 * gives the fields in the order of the table.
 */
enum hs_go_type {
	HS_GO_BOOL,
	HS_GO_INT,          /* int, int64, time.Duration */
	HS_GO_INT_POINTER,  /* *int */
	HS_GO_TEXT,         /* string */
	HS_GO_TEXTS,        /* []string */
	HS_GO_WORDS,        /* []string, for which one string may stand: strslice.StrSlice */
	HS_GO_SET,          /* map[string]struct{} */
	HS_GO_MAP,          /* map[string]string */
	HS_GO_RAWS,         /* map[string]json.RawMessage */
	HS_GO_STRUCT,       /* a structure */
	HS_GO_POINTER,      /* a pointer to one */
	HS_GO_STRUCTS,      /* a slice of them */
	HS_GO_TIME,         /* time.Time */
	HS_GO_TIME_POINTER, /* *time.Time */
};

/* A table ends with a field that has no name. */
struct hs_go_field {
	const char *name;
	enum hs_go_type type;
	bool omitempty;
	const struct hs_go_field *fields; /* of the structures */
};

/* A string of a list, or a key of a map with what it has there. */
struct hs_go_item {
	struct hs_span key, value;
};

/* What a field holds; which of these counts is a matter of its type. */
struct hs_go_cell {
	bool there; /* slices, maps and pointers: not nil */
	int64_t number;
	struct hs_span text;
	struct hs_go_time time;
	struct hs_go_item *items;      /* of a list or a map: `n` */
	struct hs_go_object **objects; /* of a slice of structures: `n`; of one structure: 1 */
	size_t n, room;
};

struct hs_go_object {
	const struct hs_go_field *fields;
	struct hs_go_cell *cells;
};

/* A structure with nothing in it. */
struct hs_go_object *hs_go_object_new(struct hs_arena *a, const struct hs_go_field *fields);

/*
 * Reads a value into it, as json.Unmarshal() does. HS_EUSAGE where Go refuses
 * a value for its type, naming the field: "history[2].created is a number".
 * Strings are parts of what the value is of.
 */
int hs_go_object_read(struct hs_go_object *o, struct hs_arena *a, const struct hs_go_value *v,
                      struct hs_err *err);

/* Compact, as json.Marshal() writes it. */
void hs_go_object_write(struct hs_go_text *t, const struct hs_go_object *o);

/* The cell of a field that is there by that name. */
struct hs_go_cell *hs_go_cell(const struct hs_go_object *o, const char *name);

/* The structure in a cell: of a structure or of a pointer to one; NULL for nil. */
struct hs_go_object *hs_go_cell_object(const struct hs_go_cell *c);

/* One more item of a list or a map, which is then not nil. */
void hs_go_cell_add(struct hs_go_cell *c, struct hs_arena *a, struct hs_go_item item);

/* A map as Go writes it: sorted by key, the last of equal keys. */
void hs_go_put_map(struct hs_go_text *t, const struct hs_go_cell *c, enum hs_go_type type);

/*
 * The members of an object that no field takes, as names for a sentence:
 * `author, "moby.cache"`; NULL for none. What is null, false, empty or 0 says
 * nothing and is not named.
 */
const char *hs_go_lost(struct hs_arena *a, const struct hs_go_value *v,
                       const struct hs_go_field *fields);

/* The member that a field takes its value from, the last of them; NULL for none. */
const struct hs_go_value *hs_go_member(const struct hs_go_value *v, const char *field);

#endif
