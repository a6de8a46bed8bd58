# SPDX-License-Identifier: Apache-2.0
# The field's own parts (docs/design.md, Libraries). Optional ones define HS_WITH_<NAME> to 1.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

add_library(hs_libraries INTERFACE)
pkg_check_modules(HS_REQUIRED REQUIRED IMPORTED_TARGET
	libarchive zlib libzstd libcrypto libxxhash libmagic jansson)
target_link_libraries(hs_libraries INTERFACE PkgConfig::HS_REQUIRED Threads::Threads m)

# hs_optional_library(NAME pkg-config-name): links it where it is there and HS_<NAME> is not OFF.
function(hs_optional_library name module)
	option(HS_${name} "Build with ${module} where it is installed" ON)
	separate_arguments(module)
	if(HS_${name})
		pkg_check_modules(${name} IMPORTED_TARGET ${module})
	endif()
	if(HS_${name} AND ${name}_FOUND)
		target_link_libraries(hs_libraries INTERFACE PkgConfig::${name})
		target_compile_definitions(hs_libraries INTERFACE HS_WITH_${name}=1)
	else()
		target_compile_definitions(hs_libraries INTERFACE HS_WITH_${name}=0)
	endif()
endfunction()

hs_optional_library(ISAL libisal)
hs_optional_library(LIBGIT2 libgit2)
hs_optional_library(LZMA liblzma)
hs_optional_library(ELFUTILS "libelf libdw")
hs_optional_library(CAPSTONE capstone)
hs_optional_library(LIBXML2 libxml-2.0)
hs_optional_library(SQLITE sqlite3)
hs_optional_library(YAML yaml-0.1)
hs_optional_library(INIH inih)
hs_optional_library(EXT2FS ext2fs)
hs_optional_library(SQUASHFS libsquashfs1)

# Debian's libbz2 brings no .pc file.
option(HS_BZIP2 "Build with libbz2 where it is installed" ON)
if(HS_BZIP2)
	find_package(BZip2)
endif()
if(HS_BZIP2 AND BZIP2_FOUND)
	target_link_libraries(hs_libraries INTERFACE BZip2::BZip2)
	target_compile_definitions(hs_libraries INTERFACE HS_WITH_BZIP2=1)
else()
	target_compile_definitions(hs_libraries INTERFACE HS_WITH_BZIP2=0)
endif()
