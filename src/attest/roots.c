/* SPDX-License-Identifier: Apache-2.0 */
#include "attest/roots.h"

#include "core/hash.h"
#include "core/limits.h"
#include "core/pem.h"

#include <stdlib.h>

/*
 * The roots that AWS publishes for its partitions: the commercial one at
 * https://aws-nitro-enclaves.amazonaws.com/AWS_NitroEnclaves_Root-G1.zip, that
 * of GovCloud in its user guide. The digests are of the DER; a slip in the text below is caught by
 * them.
 */
struct builtin {
	const char *partition;
	const char *sha256;
	const char *pem;
};

/* clang-format off */
static const struct builtin builtins[] = {
	{ "aws", "641a0321a3e244efe456463195d606317ed7cdcc3c1756e09893f3c68f79bb5b",
	"-----BEGIN CERTIFICATE-----\n"
	"MIICETCCAZagAwIBAgIRAPkxdWgbkK/hHUbMtOTn+FYwCgYIKoZIzj0EAwMwSTEL\n"
	"MAkGA1UEBhMCVVMxDzANBgNVBAoMBkFtYXpvbjEMMAoGA1UECwwDQVdTMRswGQYD\n"
	"VQQDDBJhd3Mubml0cm8tZW5jbGF2ZXMwHhcNMTkxMDI4MTMyODA1WhcNNDkxMDI4\n"
	"MTQyODA1WjBJMQswCQYDVQQGEwJVUzEPMA0GA1UECgwGQW1hem9uMQwwCgYDVQQL\n"
	"DANBV1MxGzAZBgNVBAMMEmF3cy5uaXRyby1lbmNsYXZlczB2MBAGByqGSM49AgEG\n"
	"BSuBBAAiA2IABPwCVOumCMHzaHDimtqQvkY4MpJzbolL//Zy2YlES1BR5TSksfbb\n"
	"48C8WBoyt7F2Bw7eEtaaP+ohG2bnUs990d0JX28TcPQXCEPZ3BABIeTPYwEoCWZE\n"
	"h8l5YoQwTcU/9KNCMEAwDwYDVR0TAQH/BAUwAwEB/zAdBgNVHQ4EFgQUkCW1DdkF\n"
	"R+eWw5b6cp3PmanfS5YwDgYDVR0PAQH/BAQDAgGGMAoGCCqGSM49BAMDA2kAMGYC\n"
	"MQCjfy+Rocm9Xue4YnwWmNJVA44fA0P5W2OpYow9OYCVRaEevL8uO1XYru5xtMPW\n"
	"rfMCMQCi85sWBbJwKKXdS6BptQFuZbT73o/gBh1qUxl/nNr12UO8Yfwr6wPLb+6N\n"
	"IwLz3/Y=\n"
	"-----END CERTIFICATE-----\n" },
	{ "aws-us-gov", "20bcd30a3e168ea03789e1c45912bc123c4de3c977b8a6e1c125c7929d668b3b",
	"-----BEGIN CERTIFICATE-----\n"
	"MIICIDCCAaWgAwIBAgIQP+wUYfyWFFRko9PR00zhZzAKBggqhkjOPQQDAzBQMQsw\n"
	"CQYDVQQGEwJVUzEPMA0GA1UECgwGQW1hem9uMQwwCgYDVQQLDANBV1MxIjAgBgNV\n"
	"BAMMGWF3cy11cy1nb3Yubml0cm8tZW5jbGF2ZXMwIBcNMjAwOTEwMTIwMzQ2WhgP\n"
	"MjA1MDA5MTAxMzAzNDZaMFAxCzAJBgNVBAYTAlVTMQ8wDQYDVQQKDAZBbWF6b24x\n"
	"DDAKBgNVBAsMA0FXUzEiMCAGA1UEAwwZYXdzLXVzLWdvdi5uaXRyby1lbmNsYXZl\n"
	"czB2MBAGByqGSM49AgEGBSuBBAAiA2IABCzkRJcZVx7Sg2yXXkl0Nqj9o1ECZNAh\n"
	"0L8/90ATZXAaS1rxA1ti1F3wE86PGsh2UiQIYXiMu81l5kO7775gPuLsgYcGMO/J\n"
	"0t08BHI8s3+JmjxTlA+/UyAqEmj7fD5CbKNCMEAwDwYDVR0TAQH/BAUwAwEB/zAd\n"
	"BgNVHQ4EFgQUUKIzFk2FAlhihuQexsqOxZ5ZjF0wDgYDVR0PAQH/BAQDAgGGMAoG\n"
	"CCqGSM49BAMDA2kAMGYCMQD9bO9epcf5kMSdsHcyNJXs4bo07wvTIOwnxN41t5eE\n"
	"SDyXtUei++RebAbI9Viap2gCMQC7PVZ6Kpg0+N9k+DDpksoJv7gx6YwCqKsmTfU/\n"
	"WigyQlpyJUrWapqk0afDA4lef14=\n"
	"-----END CERTIFICATE-----\n" },
};
/* clang-format on */

static void
add(struct hs_attest_roots *r, const struct hs_certificate *c)
{
	struct hs_certificate *more = hs_realloc(r->list, r->n + 1, sizeof(*more));

	more[r->n++] = *c;
	r->list = more;
}

int
hs_attest_roots_builtin(struct hs_attest_roots *out, const char *partition, struct hs_err *err)
{
	for (size_t i = 0; i < sizeof(builtins) / sizeof(builtins[0]); i++) {
		const struct builtin *b = &builtins[i];
		struct hs_certificate c;
		struct hs_sha256 digest;
		char hex[HS_SHA256_HEX];

		if (strcmp(b->partition, partition) != 0)
			continue;
		if (hs_certificate_of_pem(&c, hs_span_of(b->pem), err) < 0)
			return err->code;
		digest = hs_sha256(c.der);
		if (strcmp(hs_sha256_hex(hex, &digest), b->sha256) != 0) {
			hs_certificate_release(&c);
			return hs_fail(err, HS_EFORMAT,
			               "the built-in root of %s is not the pinned one", partition);
		}
		add(out, &c);
		return 0;
	}
	return hs_fail(err, HS_EUSAGE, "no root is built in for that partition");
}

int
hs_attest_roots_add_pem(struct hs_attest_roots *r, struct hs_span pem, struct hs_err *err)
{
	struct hs_span rest = pem;
	struct hs_pem_block b;
	size_t n = 0;

	if (pem.len > HS_MAX_PEM)
		return hs_fail(err, HS_ELIMIT,
		               "it has %zu bytes, more than %" PRIu64 " (HS_MAX_PEM)", pem.len,
		               HS_MAX_PEM);
	while (hs_pem_next(&b, &rest)) {
		struct hs_certificate c;

		if (!hs_pem_is_certificate(b.label))
			continue;
		if (hs_certificate_of_pem(&c, b.block, err) < 0)
			return err->code;
		add(r, &c);
		n++;
	}
	return n ? 0 : hs_fail(err, HS_EFORMAT, "there is no certificate in PEM");
}

void
hs_attest_roots_release(struct hs_attest_roots *r)
{
	for (size_t i = 0; i < r->n; i++)
		hs_certificate_release(&r->list[i]);
	free(r->list);
	*r = (struct hs_attest_roots){ 0 };
}
