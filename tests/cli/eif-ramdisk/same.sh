# SPDX-License-Identifier: Apache-2.0
# One image is one ramdisk, whoever makes it, where, and with how many threads.
. "$HS_LIB"
"$HS_PYTHON" "$HS_CASE/image.py" image.tar
"$HASHOSCOPE" eif ramdisk customer image.tar -j 1 -o one >json.1 2>log
mkdir elsewhere
cp image.tar elsewhere/other.tar
(cd elsewhere && umask 077 && TZ=Asia/Tokyo LC_ALL=C.UTF-8 "$HASHOSCOPE" eif ramdisk customer \
	other.tar -j 8 -o ../two >../json.2 2>../log)
"$HASHOSCOPE" eif ramdisk customer image.tar -o - >three 2>json.3
cmp one two && cmp one three && cmp json.1 json.2
tail -n 1 json.3 | cmp - json.1
# No file: the facts alone.
"$HASHOSCOPE" eif ramdisk customer image.tar 2>log | cmp - json.1
# Directories that no layer lists are of the epoch, and nothing else is.
SOURCE_DATE_EPOCH=1234567890 "$HASHOSCOPE" eif ramdisk customer image.tar -o four >json.4 2>log
"$HASHOSCOPE" ls -l four | grep 2009-02-13
gzip -n image.tar
"$HASHOSCOPE" eif ramdisk customer image.tar.gz 2>log | cmp - json.1
