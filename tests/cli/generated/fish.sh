# SPDX-License-Identifier: Apache-2.0
# The completion in a real fish.
. "$HS_LIB"
need fish
fish --no-config <<'END' 2>&1
source $HS_SOURCE/completions/hashoscope.fish
for line in "hashoscope insp" "hashoscope ls --nu" "hashoscope ls --col" "hashoscope --color a" \
    "hashoscope completion "
	echo $line: (complete -C $line | string split -f 1 \t)
end
END
