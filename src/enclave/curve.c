/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/curve.h"

#include "core/arena.h"

#include <openssl/core_names.h>
#include <stdio.h>

static const struct hs_curve curves[] = {
	{ "P-256", "prime256v1", "ES256", "SHA256", -7, 32 },
	{ "P-384", "secp384r1", "ES384", "SHA384", -35, 48 },
	{ "P-521", "secp521r1", "ES512", "SHA512", -36, 66 },
};

enum { N_CURVES = sizeof(curves) / sizeof(curves[0]) };

/* The name of an EC key's group; false for another key, and for parameters without a name. */
static bool
group_of(char out[HS_KEY_KIND], const EVP_PKEY *key)
{
	int is_explicit = 0;
	size_t len;

	if (!key || !EVP_PKEY_is_a(key, "EC"))
		return false;
	EVP_PKEY_get_int_param(key, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS, &is_explicit);
	return !is_explicit && EVP_PKEY_get_group_name(key, out, HS_KEY_KIND, &len) == 1;
}

const struct hs_curve *
hs_curve_of_key(const EVP_PKEY *key)
{
	char group[HS_KEY_KIND];

	if (!group_of(group, key))
		return NULL;
	for (size_t i = 0; i < N_CURVES; i++)
		if (strcmp(curves[i].group, group) == 0)
			return &curves[i];
	return NULL;
}

const struct hs_curve *
hs_curve_of_cose(int64_t alg)
{
	for (size_t i = 0; i < N_CURVES; i++)
		if (curves[i].cose == alg)
			return &curves[i];
	return NULL;
}

const char *
hs_key_kind(char out[HS_KEY_KIND], const EVP_PKEY *key)
{
	const struct hs_curve *const curve = hs_curve_of_key(key);
	const char *const type = key ? EVP_PKEY_get0_type_name(key) : NULL;
	char group[HS_KEY_KIND];

	if (curve)
		snprintf(out, HS_KEY_KIND, "EC %s", curve->name);
	else if (group_of(group, key))
		snprintf(out, HS_KEY_KIND, "EC %.60s", group);
	else if (!type)
		snprintf(out, HS_KEY_KIND, "of an unknown kind");
	else if (EVP_PKEY_is_a(key, "EC"))
		snprintf(out, HS_KEY_KIND, "EC with explicit parameters");
	else if (EVP_PKEY_is_a(key, "RSA") || EVP_PKEY_is_a(key, "DSA"))
		snprintf(out, HS_KEY_KIND, "%s %d", type, EVP_PKEY_get_bits(key));
	else
		snprintf(out, HS_KEY_KIND, "%.60s", type);
	return out;
}

size_t
hs_curve_digest(uint8_t out[EVP_MAX_MD_SIZE], const struct hs_curve *curve, struct hs_span bytes)
{
	size_t len = 0;

	if (!EVP_Q_digest(NULL, curve->hash, NULL, bytes.at, bytes.len, out, &len))
		hs_die_out_of_memory(); /* SHA-2 is always there: nothing else can fail */
	return len;
}
