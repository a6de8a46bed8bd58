# SPDX-License-Identifier: Apache-2.0
set(HS_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= takes them: address,undefined or thread")
option(HS_FUZZ "Build tests/fuzz for libFuzzer (clang) instead of the plain driver" OFF)

if(HS_SANITIZE)
	target_compile_options(hs_options INTERFACE -fsanitize=${HS_SANITIZE} -fno-sanitize-recover=all
		-fno-omit-frame-pointer -g)
	target_link_options(hs_options INTERFACE -fsanitize=${HS_SANITIZE})
	target_sources(hs_options INTERFACE ${CMAKE_SOURCE_DIR}/cmake/sanitizer_options.c)
	if(HS_SANITIZE MATCHES "address")
		# Each allocation of an arena by itself, so that ASan sees where it ends.
		target_compile_definitions(hs_options INTERFACE HS_ARENA_DEBUG)
	endif()
endif()

if(HS_FUZZ)
	if(NOT CMAKE_C_COMPILER_ID STREQUAL "Clang")
		message(FATAL_ERROR "HS_FUZZ needs clang: cmake --preset fuzz")
	endif()
	target_compile_options(hs_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
