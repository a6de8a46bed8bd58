# SPDX-License-Identifier: Apache-2.0
set(HS_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= takes them: address,undefined or thread")

if(HS_SANITIZE)
	target_compile_options(hs_options INTERFACE -fsanitize=${HS_SANITIZE} -fno-sanitize-recover=all
		-fno-omit-frame-pointer -g)
	target_link_options(hs_options INTERFACE -fsanitize=${HS_SANITIZE})
	if(HS_SANITIZE MATCHES "address")
		# Each allocation of an arena by itself, so that ASan sees where it ends.
		target_compile_definitions(hs_options INTERFACE HS_ARENA_DEBUG)
	endif()
endif()
