/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/zip_extra.h"

#include "unit.h"

static void
times_and_owners_become_metadata(void **state)
{
	const struct {
		struct hs_span extras;
		const char *facts;
	} rows[] = {
		/* extended timestamp: modified, read, changed; then as the directory has it */
		{ HS_SPAN("\x55\x54\x0d\0\x07\1\0\0\0\2\0\0\0\3\0\0\0"),
		  "type: file\nmtime: 1970-01-01T00:00:01Z\natime: 1970-01-01T00:00:02Z\n"
		  "ctime: 1970-01-01T00:00:03Z\n" },
		{ HS_SPAN("\x55\x54\5\0\x07\1\0\0\0"),
		  "type: file\nmtime: 1970-01-01T00:00:01Z\n" },
		{ HS_SPAN("\x55\x54\5\0\1\xff\xff\xff\xff"),
		  "type: file\nmtime: 1969-12-31T23:59:59Z\n" },
		{ HS_SPAN("\x55\x54\0\0"), "type: file\n" },
		/* owner, in numbers of 4 and of 2 bytes */
		{ HS_SPAN("\x75\x78\x0b\0\1\4\xe8\3\0\0\4\x64\0\0\0"),
		  "type: file\nuid: 1000\ngid: 100\n" },
		{ HS_SPAN("\x75\x78\7\0\1\2\xe8\3\2\x64\0"), "type: file\nuid: 1000\ngid: 100\n" },
		{ HS_SPAN("\x75\x78\3\0\2\4\xe8"), "type: file\n" }, /* a version from the future */
		{ HS_SPAN("\x75\x78\3\0\1\xff\xe8"), "type: file\n" },
		{ HS_SPAN("\x55\x78\4\0\xe8\3\x64\0"), "type: file\nuid: 1000\ngid: 100\n" },
		/* the old one: read, modified, owner */
		{ HS_SPAN("\x55\x58\x0c\0\2\0\0\0\1\0\0\0\xe8\3\x64\0"),
		  "type: file\nuid: 1000\ngid: 100\nmtime: 1970-01-01T00:00:01Z\n"
		  "atime: 1970-01-01T00:00:02Z\n" },
		/* NTFS: 100 ns since 1601; better than whole seconds on either side of it */
		{ HS_SPAN("\x55\x54\5\0\1\1\0\0\0"
		          "\x0a\0\x20\0\0\0\0\0\1\0\x18\0"
		          "\xc1\x61\x23\xd6\xde\xb1\x9d\1"
		          "\0\x80\x3e\xd5\xde\xb1\x9d\1\0\x80\x3e\xd5\xde\xb1\x9d\1"
		          "\x55\x54\5\0\1\1\0\0\0"),
		  "type: file\nmtime: 1970-01-01T00:00:01.5000001Z\n"
		  "atime: 1970-01-01T00:00:00.0000000Z\n"
		  "birthtime: 1970-01-01T00:00:00.0000000Z\n" },
		/* 7-Zip keeps the first of the three */
		{ HS_SPAN("\x0a\0\x20\0\0\0\0\0\1\0\x18\0\0\x80\x3e\xd5\xde\xb1\x9d\1"
		          "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
		  "type: file\nmtime: 1970-01-01T00:00:00.0000000Z\n" },
		{ HS_SPAN("\x0a\0\x0c\0\0\0\0\0\1\0\4\0abcd"), "type: file\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct hs_facts facts = { .arena = &arena };
		struct hs_meta meta = { .kind = HS_KIND_FILE };

		hs_zip_read_extras(&meta, rows[i].extras);
		hs_say_meta(&facts, &meta);
		assert_string_equal(hs_facts_text(&facts), rows[i].facts);
	}
}

static void
each_field_is_said_by_number_and_name(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_facts facts = { .arena = &arena };
	uint8_t large[4 + 33] = { 0x34, 0x12, 33, 0 };

	(void)state;
	hs_zip_say_extras(&facts, "",
	                  HS_SPAN("\xfe\xca\0\0\x11\x22\2\0\xab\xcd\1\0\x10\0"
	                          "0123456789abcdef\x01\x02\x03"),
	                  &(struct hs_meta){ 0 });
	hs_zip_say_extras(&facts, "local ", (struct hs_span){ large, sizeof(large) },
	                  &(struct hs_meta){ 0 });
	assert_string_equal(hs_facts_text(&facts),
	                    "extra 0xcafe Java: \n"
	                    "extra 0x2211: abcd\n"
	                    "extra 0x0001 zip64: 16 bytes\n"
	                    "extra that is no field: 010203\n"
	                    "local extra 0x1234: "
	                    "sha256:"
	                    "7f9c9e31ac8256ca2f258583df262dbc7d6f68f2a03043d5c99a4ae5a7396ce9"
	                    ", 33 bytes\n");
}

/* Those that have a text of their own, and the same where they are not as they should be. */
static void
known_fields_are_said_in_words(void **state)
{
	const struct {
		struct hs_span extras;
		const char *facts;
	} rows[] = {
		{ HS_SPAN("\x75\x70\x07\0\1\4\3\2\1\xc3\xa9"),
		  "extra 0x7075 Unicode path: \u00e9\n"
		  "extra 0x7075 Unicode path, for: crc-32 0x01020304\n" },
		{ HS_SPAN("\x75\x70\x06\0\2\4\3\2\1a"),
		  "extra 0x7075 Unicode path: 020403020161\n" },
		{ HS_SPAN("\x75\x63\x02\0\1\4"), "extra 0x6375 Unicode comment: 0104\n" },
		{ HS_SPAN("\x35\xd9\x05\0\4\0\0\0\0"),
		  "extra 0xd935 Android alignment: to 4, 3 bytes of padding\n" },
		{ HS_SPAN("\x35\xd9\x03\0\4\0x"), "extra 0xd935 Android alignment: 040078\n" },
		{ HS_SPAN("\x55\x54\x09\0\3\1\0\0\0\2\0\0\0"),
		  "extra 0x5455 extended timestamp: modified, read\n" },
		{ HS_SPAN("\x55\x54\5\0\3\1\0\0\0"),
		  "extra 0x5455 extended timestamp: modified, read, of which the first is here\n" },
		{ HS_SPAN("\x55\x54\5\0\1\1\0\0\0"),
		  "extra 0x5455 extended timestamp: modified\n" },
		/* another time than the member has, one that it has not, flags without a meaning */
		{ HS_SPAN("\x55\x54\5\0\1\2\0\0\0"),
		  "extra 0x5455 extended timestamp: 0102000000\n" },
		{ HS_SPAN("\x55\x54\5\0\4\0\0\0\0"),
		  "extra 0x5455 extended timestamp: 0400000000\n" },
		{ HS_SPAN("\x55\x54\5\0\x09\1\0\0\0"),
		  "extra 0x5455 extended timestamp: 0901000000\n" },
		{ HS_SPAN("\x55\x54\6\0\1\1\0\0\0x"),
		  "extra 0x5455 extended timestamp: 010100000078\n" },
		{ HS_SPAN("\x75\x78\x0b\0\1\4\xe8\3\0\0\4\x64\0\0\0"),
		  "extra 0x7875 Info-ZIP Unix owner: uid of 4 bytes, gid of 4\n" },
		{ HS_SPAN("\x75\x78\7\0\1\2\xe9\3\2\x64\0"),
		  "extra 0x7875 Info-ZIP Unix owner: 0102e903026400\n" },
		{ HS_SPAN("\x55\x78\4\0\xe8\3\x64\0"),
		  "extra 0x7855 Info-ZIP Unix, 16 bits: uid and gid of 2 bytes\n" },
		{ HS_SPAN("\x35\xd9\x01\0\4"), "extra 0xd935 Android alignment: 04\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct hs_facts facts = { .arena = &arena };
		const struct hs_meta told = {
			.has = HS_HAS_MTIME | HS_HAS_ATIME | HS_HAS_OWNER,
			.mtime.sec = 1,
			.atime.sec = 2,
			.uid = 1000,
			.gid = 100,
		};

		hs_zip_say_extras(&facts, "", rows[i].extras, &told);
		assert_string_equal(hs_facts_text(&facts), rows[i].facts);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_and_owners_become_metadata),
		cmocka_unit_test(each_field_is_said_by_number_and_name),
		cmocka_unit_test(known_fields_are_said_in_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
