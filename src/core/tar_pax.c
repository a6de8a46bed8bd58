/* SPDX-License-Identifier: Apache-2.0 */
#include "core/tar_pax.h"

static const char *const key_name[HS_PAX_N_KEYS] = {
	[HS_PAX_PATH] = "path",
	[HS_PAX_LINKPATH] = "linkpath",
	[HS_PAX_SIZE] = "size",
	[HS_PAX_UID] = "uid",
	[HS_PAX_GID] = "gid",
	[HS_PAX_UNAME] = "uname",
	[HS_PAX_GNAME] = "gname",
	[HS_PAX_MTIME] = "mtime",
	[HS_PAX_ATIME] = "atime",
	[HS_PAX_CTIME] = "ctime",
	[HS_PAX_BIRTHTIME] = "LIBARCHIVE.creationtime",
	[HS_PAX_DEVMAJOR] = "SCHILY.devmajor",
	[HS_PAX_DEVMINOR] = "SCHILY.devminor",
	[HS_PAX_SPARSE_MAJOR] = "GNU.sparse.major",
	[HS_PAX_SPARSE_MINOR] = "GNU.sparse.minor",
	[HS_PAX_SPARSE_NAME] = "GNU.sparse.name",
	[HS_PAX_SPARSE_REALSIZE] = "GNU.sparse.realsize",
	[HS_PAX_SPARSE_SIZE] = "GNU.sparse.size",
	[HS_PAX_SPARSE_NUMBLOCKS] = "GNU.sparse.numblocks",
	[HS_PAX_SPARSE_MAP] = "GNU.sparse.map",
	[HS_PAX_SPARSE_OFFSET] = "GNU.sparse.offset",
	[HS_PAX_SPARSE_NUMBYTES] = "GNU.sparse.numbytes",
};

/* No record is longer than a header may be: 1 MiB. */
enum { MAX_LEN_DIGITS = 10 };

const char *
hs_pax_key_name(enum hs_pax_key key)
{
	return key_name[key];
}

enum hs_pax_key
hs_pax_key_of(struct hs_span key)
{
	for (unsigned i = 0; i < HS_PAX_N_KEYS; i++)
		if (key.len && key.at[0] == (uint8_t)key_name[i][0] && hs_span_is(key, key_name[i]))
			return (enum hs_pax_key)i;
	return HS_PAX_N_KEYS;
}

int
hs_pax_take(struct hs_pax_record *out, struct hs_span *rest, struct hs_err *err)
{
	struct hs_span record, body;
	const uint8_t *equals;
	uint64_t len;
	size_t digits = 0;

	if (rest->len == 0)
		return 0;
	while (digits < rest->len && rest->at[digits] >= '0' && rest->at[digits] <= '9')
		digits++;
	if (digits == 0 || digits > MAX_LEN_DIGITS || digits == rest->len ||
	    rest->at[digits] != ' ' || !hs_pax_u64(&len, hs_span_head(*rest, digits)))
		return hs_fail(err, HS_EFORMAT, "a pax record does not begin with its length");
	if (!hs_span_part(&record, *rest, 0, len) || len < digits + 3)
		return hs_fail(err, HS_EFORMAT,
		               "a pax record claims %llu bytes, %zu are left of its header",
		               (unsigned long long)len, rest->len);
	if (record.at[len - 1] != '\n')
		return hs_fail(err, HS_EFORMAT, "a pax record does not end in a line feed");
	body = hs_span_head(hs_span_from(record, digits + 1), len - digits - 2);
	equals = body.len ? memchr(body.at, '=', body.len) : NULL;
	if (!equals || equals == body.at)
		return hs_fail(err, HS_EFORMAT, "a pax record has no key");
	*out = (struct hs_pax_record){
		.key = hs_span_head(body, (uint64_t)(equals - body.at)),
		.value = hs_span_from(body, (uint64_t)(equals - body.at) + 1),
		.padded_len = record.at[0] == '0',
	};
	*rest = hs_span_from(*rest, len);
	return 1;
}

void
hs_pax_set(struct hs_pax_values *v, enum hs_pax_key key, struct hs_span value)
{
	v->of[key] = value;
	if (value.len)
		v->given |= UINT32_C(1) << key;
	else
		v->given &= ~(UINT32_C(1) << key);
}

bool
hs_pax_u64(uint64_t *out, struct hs_span text)
{
	uint64_t v = 0;

	if (text.len == 0)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		const unsigned digit = (unsigned)text.at[i] - '0';

		if (digit > 9 || v > (UINT64_MAX - digit) / 10)
			return false;
		v = v * 10 + digit;
	}
	*out = v;
	return true;
}

bool
hs_pax_i64(int64_t *out, struct hs_span text)
{
	const bool minus = hs_span_starts(text, HS_SPAN("-"));
	uint64_t v;

	if (!hs_pax_u64(&v, hs_span_from(text, minus)) || v > (uint64_t)INT64_MAX)
		return false;
	*out = minus ? -(int64_t)v : (int64_t)v;
	return true;
}

/* Up to nine digits as nanoseconds; false where one is no digit. */
static bool
take_fraction(struct hs_time *out, struct hs_span digits)
{
	uint32_t unit = 100000000;

	for (size_t i = 0; i < digits.len; i++) {
		if (digits.at[i] < '0' || digits.at[i] > '9')
			return false;
		out->nsec += (uint32_t)(digits.at[i] - '0') * unit;
		unit /= 10;
	}
	out->digits = (uint8_t)(digits.len < 9 ? digits.len : 9);
	return true;
}

bool
hs_pax_time(struct hs_time *out, bool *exact, struct hs_span text)
{
	const bool minus = hs_span_starts(text, HS_SPAN("-"));
	const struct hs_span digits = hs_span_from(text, minus);
	const uint8_t *dot = digits.len ? memchr(digits.at, '.', digits.len) : NULL;
	const struct hs_span whole =
		dot ? hs_span_head(digits, (uint64_t)(dot - digits.at)) : digits;
	const struct hs_span fraction =
		dot ? hs_span_from(digits, whole.len + 1) : (struct hs_span){ NULL, 0 };
	struct hs_time t = { 0 };
	uint64_t sec;

	if (!hs_pax_u64(&sec, whole) || sec >= (uint64_t)INT64_MAX || !take_fraction(&t, fraction))
		return false;
	t.sec = (int64_t)sec;
	*exact = fraction.len <= 9 && (!dot || fraction.len) &&
	         (whole.at[0] != '0' || whole.len == 1) && !(minus && sec == 0 && t.nsec == 0);
	if (minus) {
		t.sec = -t.sec - (t.nsec > 0);
		t.nsec = t.nsec ? 1000000000 - t.nsec : 0;
	}
	*out = t;
	return true;
}
