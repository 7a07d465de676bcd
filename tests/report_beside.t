#!/bin/sh
# Reports that two threads read say what one alone does, to the byte.
. tests/lib.sh
vietnam
generated account 1500 contact 600 lead 1500 deal 1200 activity 6000
# What has no key, stands behind all others, or alone.
sqlite3 "$CRM_DB" "
	update activity set account = null, lead = 1 + id % 1500 where id % 5 = 0;
	update activity set contact = 1 + id % 600 where id % 7 = 0;
	update activity set account = 399 where id % 11 = 0;
	update activity set status = 'missed', direction = 'in', done_at = null where id % 13 = 0;
	update deal set contact = 1 + id % 600 where id % 4 = 0;
	update lead set created_at = '2020-02-29T00:00:00Z' where id = 700"

both() { # ARGUMENT…
	CRM_JOBS=1 crm-report "$@" >one 2>&1
	CRM_JOBS=2 crm-report "$@" >two 2>&1
	cmp -s one two || echo "crm-report $*"
}
crm-report list -o csv | sed '1d; s/,.*//' | uniq >reports
while read -r report; do
	both "$report" -o csv
	both "$report" -o json --by owner
	both "$report" -o csv --by team --period month
	both "$report" -o csv --from 2025-01-01 --to 2026-11-01
	both "$report" -o csv -w 'owner=lan or owner is null'
	both "$report" -o csv --compare previous --from 2026-01-01
	both "$report" --rows
	both "$report" --as-of 2026-06-01 -o csv
	CRM_USER=hoa both "$report" -o csv
done <reports >differ 2>&1
is 'every report is the same' "$(cat differ)" ''
is '  and there are many' "$(($(wc -l <reports) > 25))" 1
both pivot activity --rows kind,status --columns owner -o csv >differ
both pivot deal --rows account.name --measure 'sum(amount)' -o csv >>differ
both pivot lead --rows source -w 'name ~ an' -o csv >>differ
both trend sales --period month -o csv >>differ
both calls -o html >>differ
both calls -o svg >>differ
is 'so are pivots, trends and pictures' "$(cat differ)" ''
CRM_JOBS=2 crm-report touchpoints -o csv >two
is 'there is something in them' "$(($(wc -l <two) > 5))" 1

# Somebody who writes meanwhile disturbs nobody.
(while [ ! -e stop ]; do crm-activity add -q kind=call account=account-1 owner=lan; done) &
for _ in 1 2 3 4 5 6 7 8; do
	CRM_JOBS=2 crm-report activities -o json
	CRM_JOBS=2 crm-report calls -o json
done >out 2>err
is 'read while it is written' "$? $(cat err)" '0 '
touch stop
wait
done_testing
