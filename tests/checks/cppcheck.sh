#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# cppcheck's quick rules over the library and the program. internalAstError and unknownMacro come
# of its parser, which knows neither all of C17 nor jansson.
set -eu
command -v cppcheck >/dev/null || { echo 'skipped: no cppcheck'; exit 77; }
cppcheck --quiet --error-exitcode=1 --inline-suppr --std=c11 --library=gnu \
	--enable=warning,performance,portability --suppress=missingIncludeSystem \
	--suppress=internalAstError --suppress=unknownMacro -j 2 -I src -DHS_WITH_ISAL=1 -DHS_WITH_LIBGIT2=1 -D_GNU_SOURCE src
echo 'cppcheck has nothing to say'
