# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
# fake_skopeo: a skopeo on PATH whose last words are the script on standard input.
fake_skopeo() {
	mkdir -p bin
	{
		echo "#!/bin/sh"
		cat
	} > bin/skopeo
	chmod +x bin/skopeo
	PATH=$PWD/bin:$PATH
}

# left: what is left in the temporary folder.
left() {
	echo "left: $(ls -A "$TMPDIR")"
}
