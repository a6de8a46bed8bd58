# SPDX-License-Identifier: Apache-2.0
# What is checked in is what the option table makes; `cmake --build BUILD --target generated`.
"$HASHOSCOPE" help --man | cmp - "$HS_SOURCE/docs/hashoscope.1"
"$HASHOSCOPE" help --man eif | cmp - "$HS_SOURCE/docs/hashoscope-eif.1"
"$HASHOSCOPE" help --man attest | cmp - "$HS_SOURCE/docs/hashoscope-attest.1"
"$HASHOSCOPE" completion bash | cmp - "$HS_SOURCE/completions/hashoscope.bash"
"$HASHOSCOPE" completion zsh | cmp - "$HS_SOURCE/completions/_hashoscope"
"$HASHOSCOPE" completion fish | cmp - "$HS_SOURCE/completions/hashoscope.fish"
