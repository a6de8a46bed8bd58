/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_CRC32_H
#define HS_CORE_CRC32_H

#include "core/span.h"

/* The CRC-32 that zip, gzip, PNG and EIF have (ISO 3309, polynomial 0xedb88320). */
uint32_t hs_crc32(struct hs_span s);

/* That of bytes whose beginning has the CRC `crc`, `s` being the rest; 0 is that of no bytes. */
uint32_t hs_crc32_more(uint32_t crc, struct hs_span s);

#endif
