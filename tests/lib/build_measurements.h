/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUILD_MEASUREMENTS_H
#define BUILD_MEASUREMENTS_H

#include "core/measure.h"

/*
 * Measurements as the engine would make them, for sinks: PCR0 and PCR2 differ
 * by a file of ramdisk[2] and by times, PCR1 is the same, neither is signed, and
 * the metadata differs. A PCR is 96 times one digit. To be changed by the test.
 */
struct build_measurements {
	struct hs_measurements m;
	struct hs_measure_section sections[4]; /* kernel, cmdline, ramdisk[1], ramdisk[2] */
	struct hs_measure_cause causes[2];
	struct hs_measure_aside asides[1];
	const char *remarks[1];
};

struct build_measurements *build_measurements(struct hs_arena *a);

#endif
