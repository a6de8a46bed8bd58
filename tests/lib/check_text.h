/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_TESTS_CHECK_TEXT_H
#define HS_TESTS_CHECK_TEXT_H

/* Fails the test, showing the text, where `part` does not stand in it. */
void hs_check_has(const char *text, const char *part);

/* The other way round. */
void hs_check_lacks(const char *text, const char *part);

#endif
