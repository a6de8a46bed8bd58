# SPDX-License-Identifier: Apache-2.0
# The completion in a real fish.
. "$HS_LIB"
need fish
touch file.tar
mkdir folder
fish --no-config <<'END' 2>&1
source $HS_SOURCE/completions/hashoscope.fish
for line in "hashoscope insp" "hashoscope ls --nu" "hashoscope ls --col" "hashoscope --color a" \
    "hashoscope completion " "hashoscope diff fi" "hashoscope ei" "hashoscope eif " \
    "hashoscope eif ramdisk " "hashoscope eif ramdisk bootstrap f" \
    "hashoscope eif --jobs 2 build f" "hashoscope eif build --blo" "hashoscope eif pcr --blo" \
    "hashoscope help e" "hashoscope help eif ramdisk c" "hashoscope diff -o " \
    "hashoscope eif build -o f" "hashoscope eif describe -o " "hashoscope eif build --version f" \
    "hashoscope eif build --blobs f" "hashoscope eif sign --certificate f"
	echo $line: (complete -C $line | string split -f 1 \t)
end
END
