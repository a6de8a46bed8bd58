# bash completion for hashoscope; made by: hashoscope completion bash

_hashoscope_options()
{
	words='--help -h'
	case $verb in
	diff | '') words='--output -o --json --quiet -q --verbose -v --context --max-lines --exclude --rootfs --time --profile --ignore-timestamps --ignore-history --ignore-order --ignore-tar-format --ignore-image-name --ignore-compression --ignore-owner-names --ignore-path --trust-digests --max-depth --max-size --max-members --max-ratio --timeout --jobs -j --color --progress --list-formats --help -h --version' ;;
	inspect) words='--output -o --json --quiet -q --verbose -v --exclude --rootfs --trust-digests --max-depth --max-size --max-members --max-ratio --timeout --jobs -j --color --progress --list-formats --help -h --version' ;;
	ls) words='--trust-digests --max-depth --max-size --max-members --max-ratio --timeout --jobs -j --long -l --null -0 --progress --list-formats --help -h --version' ;;
	cat) words='--trust-digests --max-depth --max-size --max-members --max-ratio --timeout --jobs -j --progress --list-formats --help -h --version' ;;
	canonicalize) words='--output -o --time --like --print --trust-digests --max-depth --max-size --max-members --max-ratio --timeout --jobs -j --progress --list-formats --help -h --version' ;;
	pack) words='--output -o --time --config --max-depth --max-size --max-members --max-ratio --timeout --jobs -j --progress --list-formats --help -h --version' ;;
	explain) words='--trust-digests --max-depth --max-size --max-members --max-ratio --timeout --jobs -j --progress --list-formats --help -h --version --output -o --init --nsm --blobs --kernel --cmdline --arch' ;;
	'eif describe') words='--timeout --jobs -j --progress --list-formats --help -h --version --output -o --lenient' ;;
	'eif pcr') words='--timeout --jobs -j --progress --list-formats --help -h --version --lenient --input --certificate --role-arn --instance-id' ;;
	'eif ramdisk bootstrap') words='--output -o --timeout --jobs -j --progress --list-formats --help -h --version --init --nsm' ;;
	'eif ramdisk customer') words='--output -o --trust-digests --max-depth --max-size --max-members --max-ratio --timeout --jobs -j --progress --list-formats --help -h --version --export --cmd --env' ;;
	'eif build') words='--output -o --trust-digests --max-depth --max-size --max-members --max-ratio --timeout --jobs -j --progress --list-formats --help -h --certificate --private-key --signer --deterministic --init --nsm --blobs --kernel --kernel-config --cmdline --arch --name --version --metadata --docker-info --build-time --build-tool --build-tool-version --img-os --img-kernel' ;;
	'eif assemble') words='--output -o --timeout --jobs -j --progress --list-formats --help -h --certificate --private-key --signer --deterministic --kernel --kernel-config --cmdline --ramdisk --from --arch --name --version --metadata --docker-info --build-time --build-tool --build-tool-version --img-os --img-kernel --algo' ;;
	'eif sign') words='--output -o --timeout --jobs -j --progress --list-formats --help -h --version --lenient --certificate --private-key --signer --deterministic' ;;
	'eif verify') words='--timeout --jobs -j --progress --list-formats --help -h --version --output -o --certificate --expect --at' ;;
	'eif extract') words='--timeout --jobs -j --progress --list-formats --help -h --version --lenient --rootfs' ;;
	'attest show') words='--list-formats --help -h --version --output -o' ;;
	'attest verify') words='--verbose -v --trust-digests --max-depth --max-size --max-members --max-ratio --timeout --jobs -j --progress --list-formats --help -h --version --output -o --root --partition --at --max-age --nonce --user-data --public-key --expect --no-measurements --allow-debug' ;;
	'attest policy') words='--timeout --jobs -j --progress --list-formats --help -h --version --certificate --role-arn --instance-id --from --format' ;;
	'attest request') words='--output -o --list-formats --help -h --version --nonce --user-data --public-key' ;;
	'attest nsm describe') words='--list-formats --help -h --version' ;;
	'attest nsm pcr') words='--list-formats --help -h --version' ;;
	'attest nsm extend') words='--list-formats --help -h --version' ;;
	'attest nsm lock') words='--list-formats --help -h --version' ;;
	'attest nsm random') words='--list-formats --help -h --version' ;;
	schema) words='--list-formats --help -h --version' ;;
	completion) words='--list-formats --help -h --version' ;;
	help) words='--list-formats --help -h --version' ;;
	esac
}

_hashoscope_operands()
{
	case $verb in
	'') words='diff inspect ls cat canonicalize pack explain eif attest schema completion help' files=-f ;;
	eif) words='describe pcr ramdisk build assemble sign verify extract' ;;
	attest) words='show verify policy request nsm' ;;
	'eif ramdisk') words='bootstrap customer' ;;
	'attest nsm') words='describe pcr extend lock random' ;;
	help) words='diff inspect ls cat canonicalize pack explain eif attest schema completion help' ;;
	'help eif') words='describe pcr ramdisk build assemble sign verify extract' ;;
	'help attest') words='show verify policy request nsm' ;;
	'help eif ramdisk') words='bootstrap customer' ;;
	'help attest nsm') words='describe pcr extend lock random' ;;
	diff) files=-f ;;
	inspect) files=-f ;;
	ls) files=-f ;;
	cat) files=-f ;;
	canonicalize) files=-f ;;
	pack) files=-f ;;
	explain) files=-f ;;
	'eif describe') files=-f ;;
	'eif pcr') files=-f ;;
	'eif ramdisk customer') files=-f ;;
	'eif build') files=-f ;;
	'eif sign') files=-f ;;
	'eif verify') files=-f ;;
	'eif extract') files=-f ;;
	'attest show') files=-f ;;
	'attest verify') files=-f ;;
	'attest nsm pcr') files=-f ;;
	'attest nsm extend') files=-f ;;
	'attest nsm lock') files=-f ;;
	'attest nsm random') files=-f ;;
	schema) words='report inspection explanation verification attestation eif formats' ;;
	completion) words='bash zsh fish' ;;
	esac
}

_hashoscope_plain()
{
	case $cur in
	-*) _hashoscope_options ;;
	*) _hashoscope_operands ;;
	esac
}

_hashoscope()
{
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
	local verb='' words='' files='' i

	COMPREPLY=()
	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${verb:+$verb }${COMP_WORDS[i]} in
		eif | attest | 'eif ramdisk' | 'attest nsm' | help | 'help eif' | 'help attest' | 'help eif ramdisk' | 'help attest nsm') verb=${verb:+$verb }${COMP_WORDS[i]} ;;
		diff | 'help diff' | inspect | 'help inspect' | ls | 'help ls' | cat | 'help cat' | canonicalize | 'help canonicalize' | pack | 'help pack' | explain | 'help explain' | 'eif describe' | 'help eif describe' | 'eif pcr' | 'help eif pcr' | 'eif ramdisk bootstrap' | 'help eif ramdisk bootstrap' | 'eif ramdisk customer' | 'help eif ramdisk customer' | 'eif build' | 'help eif build' | 'eif assemble' | 'help eif assemble' | 'eif sign' | 'help eif sign' | 'eif verify' | 'help eif verify' | 'eif extract' | 'help eif extract' | 'attest show' | 'help attest show' | 'attest verify' | 'help attest verify' | 'attest policy' | 'help attest policy' | 'attest request' | 'help attest request' | 'attest nsm describe' | 'help attest nsm describe' | 'attest nsm pcr' | 'help attest nsm pcr' | 'attest nsm extend' | 'help attest nsm extend' | 'attest nsm lock' | 'help attest nsm lock' | 'attest nsm random' | 'help attest nsm random' | schema | 'help schema' | completion | 'help completion' | 'help help')
			verb=${verb:+$verb }${COMP_WORDS[i]}
			break
			;;
		esac
	done
	# Readline splits --color=auto into three words.
	if [[ $cur == = ]]; then
		cur=''
	elif [[ $prev == = ]] && ((COMP_CWORD > 1)); then
		prev=${COMP_WORDS[COMP_CWORD - 2]}
	fi
	case $prev in
	-o | --output) 
		case $verb in
		diff | '' | inspect) words='text json' ;;
		canonicalize | pack | 'eif ramdisk bootstrap' | 'eif ramdisk customer' | 'eif build' | 'eif assemble' | 'eif sign' | 'attest request') files=-f ;;
		explain | 'eif describe' | 'eif verify') words='text json nitro' ;;
		'attest show' | 'attest verify') words='text json ndjson' ;;
		*) _hashoscope_plain ;;
		esac
		;;
	--context) return ;;
	--max-lines) return ;;
	--exclude) return ;;
	--time) return ;;
	--profile) words='exact semantic' ;;
	--ignore-path) return ;;
	--like) words='ggcr buildkit buildah stabilize' ;;
	--config) files=-f ;;
	--max-depth) return ;;
	--max-size) return ;;
	--max-members) return ;;
	--max-ratio) return ;;
	--timeout) return ;;
	-j | --jobs) return ;;
	--color) words='auto always never' ;;
	--progress) words='auto bar plain json none' ;;
	--input) files=-f ;;
	--certificate) files=-f ;;
	--private-key) files=-f ;;
	--signer) files=-f ;;
	--role-arn) return ;;
	--instance-id) return ;;
	--init) files=-f ;;
	--nsm) files=-f ;;
	--export) files=-f ;;
	--cmd) files=-f ;;
	--env) files=-f ;;
	--blobs) files=-d ;;
	--kernel) files=-f ;;
	--kernel-config) files=-f ;;
	--cmdline) return ;;
	--ramdisk) files=-f ;;
	--from) 
		case $verb in
		'eif assemble') files=-d ;;
		'attest policy') files=-f ;;
		*) _hashoscope_plain ;;
		esac
		;;
	--arch) words='x86_64 aarch64' ;;
	--name) return ;;
	--version) 
		case $verb in
		'eif build' | 'eif assemble') return ;;
		*) _hashoscope_plain ;;
		esac
		;;
	--metadata) files=-f ;;
	--docker-info) files=-f ;;
	--build-time) return ;;
	--build-tool) return ;;
	--build-tool-version) return ;;
	--img-os) return ;;
	--img-kernel) return ;;
	--algo) words='sha256 sha384 sha512' ;;
	--expect) 
		case $verb in
		'eif verify') files=-f ;;
		'attest verify') return ;;
		*) _hashoscope_plain ;;
		esac
		;;
	--at) 
		case $verb in
		'eif verify') return ;;
		'attest verify') return ;;
		*) _hashoscope_plain ;;
		esac
		;;
	--root) files=-f ;;
	--partition) words='aws aws-us-gov' ;;
	--max-age) return ;;
	--nonce) return ;;
	--user-data) return ;;
	--public-key) files=-f ;;
	--format) words='kms json' ;;
	*) _hashoscope_plain ;;
	esac
	if [[ $words ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
	fi
	if [[ $files ]]; then
		compopt -o filenames 2>/dev/null
		local -a found
		mapfile -t found < <(compgen "$files" -- "$cur")
		COMPREPLY+=("${found[@]}")
	fi
}

complete -F _hashoscope hashoscope
