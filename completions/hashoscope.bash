# bash completion for hashoscope; made by: hashoscope completion bash

_hashoscope_options()
{
	case $verb in
	diff | '') words='--output -o --json --quiet -q --verbose -v --context --max-lines --exclude --rootfs --time --profile --ignore-timestamps --ignore-history --ignore-order --ignore-tar-format --ignore-image-name --ignore-compression --ignore-owner-names --ignore-path --trust-digests --max-depth --max-size --max-members --max-ratio --timeout --jobs -j --color --progress --list-formats --help -h --version' ;;
	inspect) words='--output -o --json --quiet -q --verbose -v --exclude --rootfs --trust-digests --max-depth --max-size --max-members --max-ratio --timeout --jobs -j --color --progress --list-formats --help -h --version' ;;
	ls) words='--trust-digests --max-depth --max-size --max-members --max-ratio --timeout --jobs -j --long -l --null -0 --progress --list-formats --help -h --version' ;;
	cat) words='--trust-digests --max-depth --max-size --max-members --max-ratio --timeout --jobs -j --progress --list-formats --help -h --version' ;;
	canonicalize) words='--output -o --time --like --print --trust-digests --max-depth --max-size --max-members --max-ratio --timeout --jobs -j --progress --list-formats --help -h --version' ;;
	pack) words='--output -o --time --config --max-depth --max-size --max-members --max-ratio --timeout --jobs -j --progress --list-formats --help -h --version' ;;
	schema) words='--list-formats --help -h --version' ;;
	completion) words='--list-formats --help -h --version' ;;
	help) words='--list-formats --help -h --version' ;;
	esac
}

_hashoscope_operands()
{
	files=yes
	case $verb in
	'') words='diff inspect ls cat canonicalize pack schema completion help' ;;
	schema) words='report inspection' files='' ;;
	completion) words='bash zsh fish' files='' ;;
	help) words='diff inspect ls cat canonicalize pack schema completion help' files='' ;;
	esac
}

_hashoscope()
{
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
	local verb='' words='' files='' i

	COMPREPLY=()
	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		diff | inspect | ls | cat | canonicalize | pack | schema | completion | help)
			verb=${COMP_WORDS[i]}
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
	-o | --output) words='text json' ;;
	-o | --output) return ;;
	--context) return ;;
	--max-lines) return ;;
	--exclude) return ;;
	--time) return ;;
	--profile) words='exact semantic' ;;
	--ignore-path) return ;;
	--like) words='ggcr buildkit buildah stabilize' ;;
	--config) return ;;
	--max-depth) return ;;
	--max-size) return ;;
	--max-members) return ;;
	--max-ratio) return ;;
	--timeout) return ;;
	-j | --jobs) return ;;
	--color) words='auto always never' ;;
	--progress) words='auto bar plain json none' ;;
	*)
		case $cur in
		-*) _hashoscope_options ;;
		*) _hashoscope_operands ;;
		esac
		;;
	esac
	if [[ $words ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
	fi
	if [[ $files ]]; then
		compopt -o filenames 2>/dev/null
		local -a found
		mapfile -t found < <(compgen -f -- "$cur")
		COMPREPLY+=("${found[@]}")
	fi
}

complete -F _hashoscope hashoscope
