# SPDX-License-Identifier: Apache-2.0
# Inner paths, escaped for people and raw with -0.
. "$HS_LIB"
mkdir -p a/sub
printf 'one\n' >a/sub/x
printf 'two\n' >"a/$(printf 'new\nline \033[31m')"
ln -s sub/x a/link
chmod 600 a/sub/x
touch -d @1700000000 a/sub/x
touch -h -d @1700000000 a/link
status "$HASHOSCOPE" ls a | sort
"$HASHOSCOPE" ls -0 a | tr '\n\0' '?\n' | sort
"$HASHOSCOPE" ls --long a | grep -e sub/x
status "$HASHOSCOPE" ls a nothing
