/* SPDX-License-Identifier: Apache-2.0 */
#include "attest/reason.h"

const char *
hs_attest_reason_name(enum hs_attest_reason reason)
{
	static const char *const names[HS_ATTEST_N_REASONS] = {
		[HS_ATTEST_OK] = "ok",
		[HS_ATTEST_NOT_COSE] = "not-a-document",
		[HS_ATTEST_ENVELOPE] = "envelope",
		[HS_ATTEST_PAYLOAD] = "payload",
		[HS_ATTEST_FIELD] = "field",
		[HS_ATTEST_NITROTPM] = "nitrotpm",
		[HS_ATTEST_EMULATED] = "emulated",
		[HS_ATTEST_CERTIFICATE] = "certificate",
		[HS_ATTEST_ROOT] = "root",
		[HS_ATTEST_CHAIN] = "chain",
		[HS_ATTEST_NOT_YET_VALID] = "not-yet-valid",
		[HS_ATTEST_EXPIRED] = "expired",
		[HS_ATTEST_SIGNATURE] = "signature",
		[HS_ATTEST_TIMESTAMP] = "timestamp",
		[HS_ATTEST_STALE] = "stale",
		[HS_ATTEST_NONCE] = "nonce",
		[HS_ATTEST_USER_DATA] = "user-data",
		[HS_ATTEST_PUBLIC_KEY] = "public-key",
		[HS_ATTEST_DEBUG] = "debug-mode",
		[HS_ATTEST_MEASUREMENT] = "measurement",
		[HS_ATTEST_NOT_COMPARED] = "not-compared",
	};

	return names[reason];
}
