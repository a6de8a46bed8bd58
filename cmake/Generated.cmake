# SPDX-License-Identifier: Apache-2.0
# The manual pages and the completions are made from the option table and checked in.
# `cmake --build BUILD --target generated` writes them anew; tests/cli/generated compares them.
add_custom_target(generated
	COMMAND hashoscope help --man > docs/hashoscope.1
	COMMAND hashoscope help --man eif > docs/hashoscope-eif.1
	COMMAND hashoscope help --man attest > docs/hashoscope-attest.1
	COMMAND hashoscope completion bash > completions/hashoscope.bash
	COMMAND hashoscope completion zsh > completions/_hashoscope
	COMMAND hashoscope completion fish > completions/hashoscope.fish
	WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
	VERBATIM)

install(FILES docs/hashoscope.1 docs/hashoscope-eif.1 docs/hashoscope-attest.1
	DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES completions/hashoscope.bash
	DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME hashoscope)
install(FILES completions/_hashoscope DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES completions/hashoscope.fish
	DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
