# SPDX-License-Identifier: Apache-2.0
# What each format is, how it is recognised and what reads it; with -o json for programs.
"$HASHOSCOPE" --list-formats | grep -A 2 '^gzip '
"$HASHOSCOPE" --list-formats | grep -A 1 '^oci-archive '
"$HASHOSCOPE" diff --list-formats -o json=formats.json -o text=formats.txt
"$HASHOSCOPE" --list-formats | cmp - formats.txt
"$HASHOSCOPE" -o json --list-formats | cmp - formats.json
"$HASHOSCOPE" --list-formats -o json >/dev/full
echo "status $?"
"$HASHOSCOPE" --list-formats -o json=missing/formats.json
echo "status $?"
