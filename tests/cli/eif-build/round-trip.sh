# SPDX-License-Identifier: Apache-2.0
# What is built is what the other commands read: it verifies, it comes to pieces and together
# again, and it is the image's.
. "$HS_LIB"
"$HS_PYTHON" "$HS_CASE/image.py" in
"$HASHOSCOPE" eif build in/docker.tar --blobs in/blobs -o app.eif >built.json 2>/dev/null
status "$HASHOSCOPE" eif verify app.eif --expect built.json >verify.txt
tail -1 verify.txt
"$HASHOSCOPE" eif pcr app.eif >pcr.json
for pcr in 0 1 2; do
	grep -q "$(grep -o "\"PCR$pcr\": \"[0-9a-f]*\"" built.json)" pcr.json || echo "PCR$pcr differs"
done
"$HASHOSCOPE" eif describe app.eif -o nitro | grep -e CheckCRC -e ImageName -e BuildTool\"
"$HASHOSCOPE" eif extract app.eif parts >/dev/null
"$HASHOSCOPE" eif assemble --from parts -o again.eif >again.json
cmp app.eif again.eif
"$HASHOSCOPE" eif ramdisk customer in/oci -o customer.img >/dev/null 2>&1
"$HASHOSCOPE" eif ramdisk bootstrap --init in/blobs/x86_64/init --nsm in/blobs/x86_64/nsm.ko \
	-o bootstrap.img >/dev/null
"$HASHOSCOPE" cat app.eif 'ramdisk[1]' | cmp - bootstrap.img
"$HASHOSCOPE" cat app.eif 'ramdisk[2]' | cmp - customer.img
"$HASHOSCOPE" ls app.eif 'ramdisk[2]'
echo '# The image, and another one, against it.'
status "$HASHOSCOPE" explain in/docker.tar app.eif 2>/dev/null
status "$HASHOSCOPE" explain in/other.tar app.eif 2>/dev/null
