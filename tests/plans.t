#!/bin/sh
# The query plan of every report: a change is a decision, not an accident.
. tests/lib.sh

expect=$root/tests/expect/plans
vietnam
plan() { # ARGUMENT…
	echo "crm-report $*"
	crm-report "$@" --explain 2>/dev/null | sed -n 's/^\(SCAN\|SEARCH\|USE\|MULTI\|INDEX\)/  &/p'
}
for report in $(crm-report list -o csv | sed '1d; s/,.*//' | uniq); do
	plan "$report"
	plan "$report" --by owner,owner.team --period month
	plan "$report" --from 2026-11-01 --to 2026-12-01
	plan "$report" -w 'owner=lan'
done >got
same 'plans are the ones decided on' got "$expect"
is 'none sorts to group' "$(grep -c 'TEMP B-TREE' got)" 0
done_testing
