# bash completion for crm and crm-*: every candidate comes from the programs themselves.

_crm() {
	local word candidate program words=("${COMP_WORDS[@]}")
	local line=${COMP_LINE:0:COMP_POINT}

	# bash splits words at ":" and "=", which are part of ours: split at blanks instead.
	read -ra words <<<"$line"
	[[ $line == *[[:blank:]] ]] && words+=("")
	word=${words[-1]}
	program=${words[0]##*/}

	COMPREPLY=()
	if [[ $program == crm ]]; then
		set -- "${words[@]:1}"
	else
		set -- "${program#crm-}" "${words[@]:1}"
	fi
	while IFS= read -r candidate; do
		[[ $candidate == *[:=] ]] && compopt -o nospace
		# What stands before the last ":" or "=" is there already, as bash sees it.
		if [[ $word == *[:=]* && $COMP_WORDBREAKS == *:* ]]; then
			candidate=${candidate#"${word%"${word##*[:=]}"}"}
		fi
		COMPREPLY+=("$candidate")
	done < <(crm --complete "$@" 2>/dev/null)
	((${#COMPREPLY[@]})) || compopt -o default
}

complete -F _crm crm
while IFS= read -r _crm_program; do
	complete -F _crm "crm-$_crm_program"
done < <(crm --complete "" 2>/dev/null)
unset _crm_program
