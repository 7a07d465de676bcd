#!/bin/sh
# Completion: what the programs offer, and what each shell makes of it.
. tests/lib.sh
completions=$root/completions
ok 'a database' vietnam
crm-lead add name=An status=new -q

offered() { # WORD…: what crm offers for the last, on one line
	crm --complete "$@" | tr '\n' ' ' | sed 's/ $//'
}

is 'programs' "$(offered acc)" 'account'
is 'verbs' "$(offered lead co)" 'count'
is 'verbs of what goes without one' "$(offered import pre)" 'presets'
is 'options of the verb' "$(offered lead list --wh)" '--where'
is 'values of an option' "$(offered lead list -o js)" 'json jsonl'
is 'fields to ask and to set' "$(offered lead set sco)" 'score: score='
is 'a list only asks' "$(offered lead list sco)" 'score:'
is 'picklist values' "$(offered lead list status:n)" 'status:new status:nurturing'
is 'the next of several values' "$(offered lead list status:new,con)" 'status:new,contacted status:new,converted'
is 'logins' "$(offered lead set owner=l)" 'owner=lan'
is 'through a reference' "$(offered deal list account.tie)" 'account.tier:'
is 'values at the end of a path' "$(offered deal list account.tier:v)" 'account.tier:vip'
is 'references' "$(offered lead show lead-)" 'lead-1'
is 'what one is to another' "$(offered contact relate contact-1 sp)" 'spouse'
is 'a part in a deal' "$(offered deal add-contact deal-1 contact-1 e)" 'evaluator'
is 'an outcome' "$(offered call lead-1 no)" 'no_answer not_interested'
is 'who is there' "$(offered user retire l)" 'lan login: login='
is 'who is not there has any name' "$(offered user add l)" 'login='
is 'references of a verb that takes no fields' "$(offered lead add-identity lead-)" 'lead-1'
is 'logins after an option' "$(offered log --user m)" 'mai'
is 'record types after an option' "$(offered log --type prod)" 'product'
is 'record types' "$(offered export acc)" 'account'
is 'nothing of an unknown program' "$(offered nothing x)" ''
CRM_DB=/nonexistent/crm.db
is 'without a database, the shipped values' "$(offered lead list status:q)" 'status:qualified'
CRM_DB=$work/crm.db

# The real function, on a line as bash hands it over.
if command -v bash >/dev/null; then
	ok 'bash: syntax' bash -n "$completions/crm.bash"
	cat >bash.sh <<-'END'
		. "$1"
		COMP_LINE=$2 COMP_POINT=${#2}
		COMP_WORDS=($2)
		_crm 2>/dev/null
		echo "${COMPREPLY[*]}"
	END
	is 'bash: verbs' "$(bash bash.sh "$completions/crm.bash" 'crm-lead co')" 'count'
	is 'bash: through crm' "$(bash bash.sh "$completions/crm.bash" 'crm lead co')" 'count'
	is 'bash: what follows the colon' \
		"$(bash bash.sh "$completions/crm.bash" 'crm-lead list status:n')" 'new nurturing'
	is 'bash: logins' "$(bash bash.sh "$completions/crm.bash" 'crm-lead set 1 owner=l')" 'lan'
fi
if command -v zsh >/dev/null; then
	ok 'zsh: syntax' zsh -n "$completions/_crm"
	cat >zsh.sh <<-'END'
		compadd() { while [[ $1 == -* && $1 != -a ]]; do [[ $1 == -S ]] && shift; shift; done; shift; print -r -- ${(P)1} }
		_files() { print files }
		words=(${(z)2}) CURRENT=$#words
		_crm() { eval "$(<$1)" }
		_crm $1
	END
	is 'zsh: picklist values' "$(zsh -f zsh.sh "$completions/_crm" 'crm-lead list status:n')" \
		'status:new status:nurturing'
	is 'zsh: through crm' "$(zsh -f zsh.sh "$completions/_crm" 'crm lead co')" 'count'
fi
if command -v fish >/dev/null; then
	ok 'fish: syntax' fish -n "$completions/crm.fish"
	is 'fish: picklist values' "$(fish -c "source $completions/crm.fish
		complete -C 'crm-lead list status:n'" | sort | tr '\n' ' ')" 'status:new status:nurturing '
	is 'fish: verbs through crm' "$(fish -c "source $completions/crm.fish
		complete -C 'crm lead co'")" 'count'
fi

is 'stages as the last operand' "$(crm --complete pipeline move deal-1 prop)" proposal
is 'one more of a list of fields' "$(crm --complete lead list -f id,na)" id,name
done_testing
