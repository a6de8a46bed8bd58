# SPDX-License-Identifier: Apache-2.0
# What cannot be made is said, and nothing is written.
. "$HS_LIB"
"$HS_PYTHON" "$HS_CASE/image.py" image.tar
printf x >init
exec 2>&1
status "$HASHOSCOPE" eif ramdisk bootstrap --init init -o out
status "$HASHOSCOPE" eif ramdisk bootstrap --init init --nsm absent -o out
status "$HASHOSCOPE" eif ramdisk bootstrap --init init --nsm . -o out
status "$HASHOSCOPE" eif ramdisk bootstrap --init init --nsm init -o init
status "$HASHOSCOPE" eif ramdisk customer -o out
status "$HASHOSCOPE" eif ramdisk customer image.tar --export image.tar -o out
status "$HASHOSCOPE" eif ramdisk customer image.tar --cmd init -o out
status "$HASHOSCOPE" eif ramdisk customer --export image.tar --cmd init -o out
status "$HASHOSCOPE" eif ramdisk customer --export init --cmd init --env init -o out
status "$HASHOSCOPE" eif ramdisk customer init -o out
status "$HASHOSCOPE" eif ramdisk customer image.tar -o image.tar
status "$HASHOSCOPE" eif ramdisk customer image.tar@app:2 -o out
head -c 3000 image.tar >cut.tar
status "$HASHOSCOPE" eif ramdisk customer cut.tar -o out
ls
