#!/bin/sh
# crm: one name for all programs.
. tests/lib.sh

vietnam
ok 'crm lead add' crm lead add name=An -o refs
is 'runs crm-lead' "$(cat out)" lead-1
status 1 'its status is passed on' crm lead show lead-9
is 'and its messages' "$(cat err)" 'crm-lead: there is no lead-9'
ok 'from its own folder first' env -i CRM_DB="$CRM_DB" "$(command -v crm)" lead count
is 'without a PATH' "$(cat out)" 1
mkdir bin
printf '#!/bin/sh\necho "mine: $*"\n' >bin/crm-mine
chmod +x bin/crm-mine
ok 'then from the PATH' env PATH="$work/bin:$PATH" crm mine a 'b c'
is 'with its operands' "$(cat out)" 'mine: a b c'

ok 'crm help' crm help
is 'has nothing on stderr' "$(cat err)" ''
for file in "$(dirname "$(command -v crm)")"/crm-*; do
	case $file in *.*) continue ;; esac
	name=${file##*/crm-}
	printf '  %-14s %s\n' "$name" "$("$file" --help | sed -n '/^$/{n;p;q;}')"
done | LC_ALL=C sort >wanted
sed -n '/^Programs:/,/^$/p' out | sed '1d;$d' | LC_ALL=C sort >listed
same 'lists every program in its own words' listed wanted
ok 'crm help lead' crm help lead
crm-lead --help >wanted
same 'is crm-lead --help' out wanted
ok 'crm help lead add' crm help lead add
crm-lead add --help >wanted
same 'is crm-lead add --help' out wanted
ok 'crm --help' crm --help
has 'is crm help' 'usage: crm PROGRAM' out
ok 'crm --version' crm --version
is 'is that of all' "$(cat out)" "$(crm-lead --version | sed 's/^crm-lead/crm/')"

status 2 'an unknown program' crm laed list
is 'names the nearest' "$(cat err)" 'crm: no program "laed"; did you mean lead? (see crm help)'
is 'and prints nothing' "$(cat out)" ''
status 2 'help about one that is none' crm help zzzzzz
is 'says so' "$(cat err)" 'crm: no program "zzzzzz" (see crm help)'
status 2 'nothing at all' crm
status 2 'an unknown option' crm --verbose
is 'prints nothing' "$(cat out)" ''
status 2 'a path is no program' crm ../../bin/sh
status 3 'a full disk is noticed' sh -c 'crm help >/dev/full'
status 3 'for the programs too' sh -c 'crm lead list >/dev/full'

is 'completion: programs' "$(crm --complete con | grep -c '^con')" "$(crm --complete con | wc -l)"
is 'completion: verbs' "$(crm --complete lead cla)" claim
is 'completion: as the program itself' "$(crm --complete lead list status:n)" "$(crm-lead --complete list status:n)"
is 'completion: of what is no program' "$(crm --complete nothing x)" ''
done_testing
