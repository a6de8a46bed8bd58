/* SPDX-License-Identifier: Apache-2.0 */
#include "core/crc32.h"

#if HS_WITH_ISAL

#include <isa-l/crc.h>

/* Ten times as fast as zlib's, and called for every member that is opened. */
uint32_t
hs_crc32(struct hs_span s)
{
	return crc32_gzip_refl(0, s.at, s.len);
}

#else

#include <zlib.h>

uint32_t
hs_crc32(struct hs_span s)
{
	return (uint32_t)crc32_z(0, s.at, s.len);
}

#endif
