# SPDX-License-Identifier: Apache-2.0
# Release builds only: fortify needs optimisation, and sanitizers bring their own checks.
if(CMAKE_BUILD_TYPE STREQUAL "Release" OR CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
	set(CMAKE_POSITION_INDEPENDENT_CODE ON)
	target_compile_options(hs_options INTERFACE -D_FORTIFY_SOURCE=2 -fstack-protector-strong
		-fvisibility=hidden -fPIE)
	target_link_options(hs_options INTERFACE -pie -Wl,-z,relro,-z,now,-z,noexecstack)
endif()
