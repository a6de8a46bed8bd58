# SPDX-License-Identifier: Apache-2.0
# hs_embed(TARGET FILES...): compiles texts into TARGET, as src/cli/embedded.h shows them.
# Run as a script (cmake -DOUT=... -DFILES=... -P), this file writes the C source.
if(CMAKE_SCRIPT_MODE_FILE)
	set(arrays "")
	set(rows "")
	set(n 0)
	foreach(file IN LISTS FILES)
		file(READ ${file} hex HEX)
		string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
		string(REGEX REPLACE "((0x..,){16})" "\\1\n\t" bytes "${bytes}")
		get_filename_component(name ${file} NAME)
		string(APPEND arrays "static const unsigned char text_${n}[] = {\n\t${bytes}\n};\n\n")
		string(APPEND rows "\t{ \"${name}\", text_${n}, sizeof(text_${n}) },\n")
		math(EXPR n "${n} + 1")
	endforeach()
	file(WRITE ${OUT} "#include \"cli/embedded.h\"\n\n${arrays}"
		"const struct hs_embedded hs_embedded[] = {\n${rows}\t{ NULL, NULL, 0 },\n};\n")
	return()
endif()

function(hs_embed target)
	set(source ${CMAKE_CURRENT_BINARY_DIR}/embedded_texts.c)
	set(script ${CMAKE_SOURCE_DIR}/cmake/Embed.cmake)
	string(REPLACE ";" "\\;" files "${ARGN}")
	add_custom_command(OUTPUT ${source}
		COMMAND ${CMAKE_COMMAND} -DOUT=${source} -DFILES=${files} -P ${script}
		DEPENDS ${ARGN} ${script}
		VERBATIM)
	target_sources(${target} PRIVATE ${source})
endfunction()
