/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/rfc6979.h"

#include "enclave/curve.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/hmac.h>

enum { MAX_ORDER = 66 }; /* bytes, of P-521 */

/* What is signed with, all of it secret but the group. */
struct signing {
	EC_GROUP *group;
	const BIGNUM *q; /* order; the group's */
	BIGNUM *x;       /* private key */
	BIGNUM *h;       /* digest as a number, modulo q */
	BIGNUM *k, *r, *s;
	BN_CTX *ctx;
	const EVP_MD *md;
	uint8_t K[EVP_MAX_MD_SIZE], V[EVP_MAX_MD_SIZE];
	size_t mac; /* bytes of K and V */
	size_t order;
};

/* bits2int (2.3.2): the leftmost bits, as many as q has. */
static bool
bits_to_int(BIGNUM *out, const struct signing *g, struct hs_span bits)
{
	const int excess = (int)(8 * bits.len) - BN_num_bits(g->q);

	return BN_bin2bn(bits.at, (int)bits.len, out) &&
	       (excess <= 0 || BN_rshift(out, out, excess));
}

/* K := HMAC(K, [V, marker, seed]); V := HMAC(K, V). */
static bool
mix(struct signing *g, const uint8_t *marker, struct hs_span seed)
{
	uint8_t text[EVP_MAX_MD_SIZE + 1 + 2 * MAX_ORDER];
	size_t len = g->mac;
	bool good;

	memcpy(text, g->V, len);
	text[len++] = *marker;
	if (seed.len > 0)
		memcpy(text + len, seed.at, seed.len);
	len += seed.len;
	good = HMAC(g->md, g->K, (int)g->mac, text, len, g->K, NULL) &&
	       HMAC(g->md, g->K, (int)g->mac, g->V, g->mac, g->V, NULL);
	OPENSSL_cleanse(text, sizeof(text));
	return good;
}

/* Steps b to g. */
static bool
seed(struct signing *g)
{
	static const uint8_t zero = 0, one = 1;
	uint8_t bytes[2 * MAX_ORDER];
	const struct hs_span all = { bytes, 2 * g->order };
	const int order = (int)g->order;
	bool good;

	memset(g->K, 0, sizeof(g->K));
	memset(g->V, 1, sizeof(g->V));
	good = BN_bn2binpad(g->x, bytes, order) == order &&
	       BN_bn2binpad(g->h, bytes + order, order) == order && mix(g, &zero, all) &&
	       mix(g, &one, all);
	OPENSSL_cleanse(bytes, sizeof(bytes));
	return good;
}

/* Step h: the next candidate for k. */
static bool
next_k(struct signing *g)
{
	uint8_t bits[MAX_ORDER + EVP_MAX_MD_SIZE];
	size_t len = 0;
	bool good = true;

	while (good && len < g->order) {
		good = HMAC(g->md, g->K, (int)g->mac, g->V, g->mac, g->V, NULL) != NULL;
		memcpy(bits + len, g->V, g->mac);
		len += g->mac;
	}
	/* Of bytes that no HMAC is in, none is used: only the order's count. */
	good = good && bits_to_int(g->k, g, (struct hs_span){ bits, g->order });
	OPENSSL_cleanse(bits, sizeof(bits));
	return good;
}

/* 1/n modulo q without a branch on n: n^(q - 2), q being a prime. */
static bool
invert(BIGNUM *out, const BIGNUM *n, const struct signing *g, BN_MONT_CTX *mont)
{
	BIGNUM *const e = BN_dup(g->q);
	const bool good =
		e && BN_sub_word(e, 2) && BN_mod_exp_mont_consttime(out, n, e, g->q, g->ctx, mont);

	BN_free(e);
	return good;
}

/* r = x(kG) mod q */
static bool
make_r(struct signing *g)
{
	EC_POINT *const point = EC_POINT_new(g->group);
	BIGNUM *const x = BN_new();
	const bool good = point && x && EC_POINT_mul(g->group, point, g->k, NULL, NULL, g->ctx) &&
	                  EC_POINT_get_affine_coordinates(g->group, point, x, NULL, g->ctx) &&
	                  BN_nnmod(g->r, x, g->q, g->ctx);

	EC_POINT_clear_free(point);
	BN_free(x);
	return good;
}

/* s = (h + rx) / k mod q, all of it multiplied by a random b and divided by it at the end. */
static bool
make_s(struct signing *g)
{
	BN_MONT_CTX *const mont = BN_MONT_CTX_new();
	BIGNUM *const b = BN_secure_new(), *const t = BN_secure_new();
	bool good = mont && b && t && BN_MONT_CTX_set(mont, g->q, g->ctx);

	if (good)
		BN_set_flags(b, BN_FLG_CONSTTIME);
	if (good)
		BN_set_flags(t, BN_FLG_CONSTTIME);
	do
		good = good && BN_priv_rand_range(b, g->q);
	while (good && BN_is_zero(b));
	good = good && BN_mod_mul(t, b, g->x, g->q, g->ctx) &&
	       BN_mod_mul(t, t, g->r, g->q, g->ctx) && BN_mod_mul(g->s, b, g->h, g->q, g->ctx) &&
	       BN_mod_add_quick(g->s, g->s, t, g->q) && BN_mod_mul(t, b, g->k, g->q, g->ctx) &&
	       invert(t, t, g, mont) && BN_mod_mul(g->s, g->s, t, g->q, g->ctx);
	BN_clear_free(b);
	BN_clear_free(t);
	BN_MONT_CTX_free(mont);
	return good;
}

static bool
sign(struct signing *g)
{
	static const uint8_t zero = 0;

	if (!seed(g))
		return false;
	for (;;) {
		if (!next_k(g))
			return false;
		if (!BN_is_zero(g->k) && BN_ucmp(g->k, g->q) < 0) {
			if (!make_r(g) || !make_s(g))
				return false;
			if (!BN_is_zero(g->r) && !BN_is_zero(g->s))
				return true;
		}
		if (!mix(g, &zero, (struct hs_span){ NULL, 0 }))
			return false;
	}
}

static bool
start(struct signing *g, const struct hs_rfc6979 *with, struct hs_span digest)
{
	const struct hs_curve *const curve = hs_curve_of_key(with->key);

	g->md = EVP_get_digestbyname(with->hash);
	if (!curve || !g->md)
		return false;
	g->order = curve->order;
	g->mac = (size_t)EVP_MD_get_size(g->md);
	g->group = EC_GROUP_new_by_curve_name(OBJ_sn2nid(curve->group));
	g->ctx = BN_CTX_secure_new();
	g->h = BN_secure_new();
	g->k = BN_secure_new();
	g->r = BN_new();
	g->s = BN_new();
	if (!g->group || !g->ctx || !g->h || !g->k || !g->r || !g->s ||
	    !EVP_PKEY_get_bn_param(with->key, OSSL_PKEY_PARAM_PRIV_KEY, &g->x))
		return false;
	g->q = EC_GROUP_get0_order(g->group);
	BN_set_flags(g->x, BN_FLG_CONSTTIME);
	BN_set_flags(g->k, BN_FLG_CONSTTIME);
	return bits_to_int(g->h, g, digest) && BN_nnmod(g->h, g->h, g->q, g->ctx);
}

static void
finish(struct signing *g)
{
	BN_clear_free(g->x);
	BN_clear_free(g->h);
	BN_clear_free(g->k);
	BN_free(g->r);
	BN_free(g->s);
	BN_CTX_free(g->ctx);
	EC_GROUP_free(g->group);
	OPENSSL_cleanse(g, sizeof(*g));
}

/* r and s, which the structure takes over. */
static bool
encode(struct hs_span *der, struct hs_arena *a, struct signing *g)
{
	ECDSA_SIG *const sig = ECDSA_SIG_new();
	uint8_t *bytes = NULL;
	int len = 0;

	if (sig && ECDSA_SIG_set0(sig, g->r, g->s)) {
		g->r = g->s = NULL;
		len = i2d_ECDSA_SIG(sig, &bytes);
	}
	if (len > 0)
		*der = hs_arena_copy(a, (struct hs_span){ bytes, (size_t)len });
	OPENSSL_free(bytes);
	ECDSA_SIG_free(sig);
	return len > 0;
}

int
hs_rfc6979_sign(struct hs_span *der, struct hs_arena *a, const struct hs_rfc6979 *with,
                struct hs_span digest, struct hs_err *err)
{
	struct signing g = { 0 };
	const bool good = start(&g, with, digest) && sign(&g) && encode(der, a, &g);

	finish(&g);
	if (!good)
		return hs_fail(err, HS_EUSAGE, "OpenSSL could not sign with the private key");
	return 0;
}
