/* SPDX-License-Identifier: Apache-2.0 */
#include "build_class.h"

/* Numbers of constants, before `more` is added; a long takes two. */
enum {
	SELF_NAME = 1,
	SELF,
	OBJECT_NAME,
	OBJECT,
	F,
	F_TYPE,
	CODE,
	LINES,
	X,
	X_TYPE,
	X_PAIR,
	X_FIELD,
	TEXT,
	STRING,
	LONG,
	VALUE = LONG + 2,
	SEVEN,
	SOURCE,
	FILE_NAME,
	FRAMES,
	END,
};

static void
utf8(struct hs_build *b, const char *s)
{
	hs_build_be(b, 1, 1);
	hs_build_be(b, strlen(s), 2);
	hs_build_text(b, s);
}

static void
one(struct hs_build *b, unsigned tag, unsigned i)
{
	hs_build_be(b, tag, 1);
	hs_build_be(b, i, 2);
}

static void
constants(struct hs_build *b, const struct build_class *w)
{
	hs_build_be(b, w->more + END, 2);
	for (unsigned i = 0; i < w->more; i++)
		utf8(b, "unused");
	utf8(b, "A");
	one(b, 7, w->more + SELF_NAME);
	utf8(b, "java/lang/Object");
	one(b, 7, w->more + OBJECT_NAME);
	utf8(b, "f");
	utf8(b, "()I");
	utf8(b, "Code");
	utf8(b, "LineNumberTable");
	utf8(b, "x");
	utf8(b, "I");
	one(b, 12, w->more + X);
	hs_build_be(b, w->more + X_TYPE, 2);
	one(b, 9, w->more + SELF);
	hs_build_be(b, w->more + X_PAIR, 2);
	utf8(b, w->text ? w->text : "text");
	one(b, 8, w->more + TEXT);
	hs_build_be(b, 5, 1);
	hs_build_be(b, 5, 8);
	utf8(b, "ConstantValue");
	hs_build_be(b, 3, 1);
	hs_build_be(b, 7, 4);
	utf8(b, "SourceFile");
	utf8(b, "A.java");
	utf8(b, "StackMapTable");
}

/* An attribute's name and length. */
static void
attribute(struct hs_build *b, unsigned name, uint64_t len)
{
	hs_build_be(b, name, 2);
	hs_build_be(b, len, 4);
}

/* ldc, ifnull, getstatic, iconst, ireturn; one handler, three lines, one frame. */
static void
code(struct hs_build *b, const struct build_class *w)
{
	static const unsigned lines[3][2] = { { 0, 10 }, { 5, 11 }, { 8, 13 } };

	attribute(b, w->more + CODE, 60);
	hs_build_be(b, 2, 2);
	hs_build_be(b, 1, 2);
	hs_build_be(b, 10, 4);
	hs_build_be(b, 0x12, 1);
	hs_build_be(b, w->more + STRING, 1);
	hs_build_be(b, 0xc60006, 3);
	one(b, 0xb2, w->more + X_FIELD);
	hs_build_be(b, 3 + w->value, 1);
	hs_build_be(b, 0xac, 1);
	hs_build_be(b, 1, 2);
	hs_build_be(b, 0, 2);
	hs_build_be(b, 5, 2);
	hs_build_be(b, 8, 2);
	hs_build_be(b, w->more + OBJECT, 2);
	hs_build_be(b, 2, 2);
	attribute(b, w->more + LINES, 14);
	hs_build_be(b, 3, 2);
	for (size_t i = 0; i < 3; i++) {
		hs_build_be(b, lines[i][0], 2);
		hs_build_be(b, lines[i][1] + w->line, 2);
	}
	attribute(b, w->more + FRAMES, 4);
	hs_build_be(b, 1, 2);
	hs_build_be(b, 72, 1);
	hs_build_be(b, 1, 1);
}

void
build_class(struct hs_build *b, const struct build_class *w)
{
	hs_build_be(b, 0xcafebabe, 4);
	hs_build_be(b, 61, 4);
	constants(b, w);
	hs_build_be(b, 0x21, 2);
	hs_build_be(b, w->more + SELF, 2);
	hs_build_be(b, w->more + OBJECT, 2);
	hs_build_be(b, 0, 2);
	hs_build_be(b, 1, 2);
	hs_build_be(b, 0x18, 2);
	hs_build_be(b, w->more + X, 2);
	hs_build_be(b, w->more + X_TYPE, 2);
	hs_build_be(b, 1, 2);
	attribute(b, w->more + VALUE, 2);
	hs_build_be(b, w->more + SEVEN, 2);
	hs_build_be(b, 1, 2);
	hs_build_be(b, 1, 2);
	hs_build_be(b, w->more + F, 2);
	hs_build_be(b, w->more + F_TYPE, 2);
	hs_build_be(b, 1, 2);
	code(b, w);
	hs_build_be(b, 1, 2);
	attribute(b, w->more + SOURCE, 2);
	hs_build_be(b, w->more + FILE_NAME, 2);
}
