# SPDX-License-Identifier: Apache-2.0
# What skopeo makes of a Docker configuration when it writes an OCI image: the node says that it is the
# same, and nothing else of the configuration differs.
. "$HS_SOURCE/tests/cli/compare.sh"
need skopeo tar

# docker NAME CONFIG: a docker-archive of one layer, its configuration as it is given.
docker() {
	mkdir "$1" && echo "$1" >"$1/file" && tar --mtime=@0 -C "$1" -cf "$1/layer.tar" file
	id=$(sha256sum "$1/layer.tar" | cut -d' ' -f1)
	echo "$2" | sed "s/@ID@/sha256:$id/" >"$1/config.json"
	echo '[{"Config":"config.json","RepoTags":["x/y:z"],"Layers":["layer.tar"]}]' >"$1/manifest.json"
	tar -C "$1" -cf "$1.tar" config.json layer.tar manifest.json
}

docker full '{"architecture":"amd64","config":{"Hostname":"c0ffee","Domainname":"","AttachStdin":false,
 "Tty":false,"Env":["PATH=/bin","A=1"],"Cmd":["/bin/sh","-c","a <&> b"],"Image":"sha256:1","Volumes":null,
 "WorkingDir":"","Entrypoint":null,"OnBuild":null,"Labels":{"b":"2","a":""}},"container":"c0ffee",
 "container_config":{"Hostname":"c0ffee","Env":["PATH=/bin"],"Cmd":["/bin/sh","-c","#(nop) "]},
 "created":"2020-01-02T03:04:05.120000000Z","docker_version":"20.10.7","history":[
 {"created":"2020-01-02T03:04:05.000000000Z","created_by":"/bin/sh -c #(nop) ADD file"},
 {"created":"2020-01-02T03:04:05.12Z","created_by":"CMD","empty_layer":true}],"os":"linux",
 "rootfs":{"type":"layers","diff_ids":["@ID@"]}}'
docker plain '{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":["@ID@"]}}'
for name in full plain; do
	for kind in oci-archive docker-archive; do
		skopeo copy -q --insecure-policy docker-archive:$name.tar $kind:$name.$kind:x/y:z >log 2>&1 ||
			skip "skopeo cannot copy here: $(tail -n 1 log)"
	done
	differs 1 $name.docker-archive $name.oci-archive 'result["complete"]' \
		'[n["code"] for n in node("config")["notes"]] == ["re-serialised"]'
done
# Copied once more nothing is left to be said otherwise.
skopeo copy -q --insecure-policy oci-archive:full.oci-archive docker-archive:again.tar:x/y:z || exit 1
differs 1 again.tar full.oci-archive 'node("config")["status"] == "metadata"'
# A real change is none.
sed -i 's/A=1/A=2/' full/config.json && tar -C full -cf changed.tar config.json layer.tar manifest.json
differs 1 changed.tar full.oci-archive 'not node("config")["notes"]' '"env A" in text'

if [ -n "$HS_SHARED" ] && [ -d "$HS_SHARED/vectors/oci/images" ]; then
	for file in "$HS_SHARED"/vectors/oci/images/*.tar; do
		name=$(basename "$file" .tar)
		# Not all of these are archives that skopeo reads.
		skopeo copy -q --insecure-policy docker-archive:"$file" docker-archive:"$name".d:x/y:z >log 2>&1 ||
			continue
		skopeo copy -q --insecure-policy docker-archive:"$file" oci-archive:"$name".o:x/y:z || exit 1
		differs 1 "$name".d "$name".o '[n["code"] for n in node("config")["notes"]] == ["re-serialised"]'
	done
fi
finish
