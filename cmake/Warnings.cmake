# SPDX-License-Identifier: Apache-2.0
# What every target of ours is compiled with.
# Errors for who works on it, not for who only builds it, with a compiler that we never saw.
set(werror OFF)
if(CMAKE_BUILD_TYPE STREQUAL "Debug")
	set(werror ON)
endif()
option(HS_WERROR "Treat warnings as errors" ${werror})

# gcc 12 at -O3 warns of overflows that cannot be; nothing of ours gains by it.
string(REPLACE "-O3" "-O2" CMAKE_C_FLAGS_RELEASE "${CMAKE_C_FLAGS_RELEASE}")

add_library(hs_options INTERFACE)
target_compile_features(hs_options INTERFACE c_std_17)
set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
target_compile_definitions(hs_options INTERFACE _GNU_SOURCE _FILE_OFFSET_BITS=64)
target_compile_options(hs_options INTERFACE
	-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes
	-Wvla -Wundef -Wwrite-strings -Wcast-qual -Wformat=2 -Wpointer-arith -Wimplicit-fallthrough
	$<$<BOOL:${HS_WERROR}>:-Werror>)

# No path of the machine that builds gets into what it builds.
target_compile_options(hs_options INTERFACE
	-ffile-prefix-map=${CMAKE_SOURCE_DIR}=. -ffile-prefix-map=${CMAKE_BINARY_DIR}=build)
