#!/bin/sh
# What users and teams are to reach: set-target, targets, rm-target.
. tests/lib.sh
vietnam

sql() {
	sqlite3 -batch -separator ' ' "$CRM_DB" "$1"
}
figures="select coalesce(u.login, t.name), measure, from_day, to_day, coalesce(value, number),
	coalesce(currency, '-') from target_figure f left join user u on u.id = f.user
	left join team t on t.id = f.team order by f.id"

ok "a target" crm-user set-target lan revenue 500tr 2026-Q4 -q
ok "said again it is changed, not doubled" crm-user set-target lan revenue 600tr 2026-Q4 -o csv -f id,user,measure,from_day,to_day,value
is "and printed" "$(cat out)" "id,user,measure,from_day,to_day,value
target_figure-1,lan,revenue,2026-10-01,2026-12-31,600000000"
ok "for all of a team" crm-user set-target team:hanoi calls 100 2026-11 -q
ok "for those of a stream" sh -c 'crm-user list login:mai | crm-user set-target meetings 5 2026-W47 -q'
ok "for the team as one" crm-team set-target hanoi margin '5000 USD' 2026 -q
is "they are held" "$(sql "$figures")" "lan revenue 2026-10-01 2026-12-31 600000000 VND
lan calls 2026-11-01 2026-11-30 100 -
mai calls 2026-11-01 2026-11-30 100 -
mai meetings 2026-11-16 2026-11-22 5 -
hanoi margin 2026-01-01 2026-12-31 500000 USD"

ids() {
	"$@" -o refs | sed 's/target_figure-//' | tr '\n' ' '
}
is "all of users" "$(ids crm-user targets)" "1 2 3 4 "
is "all of teams" "$(ids crm-team targets)" "5 "
is "hers" "$(ids crm-user targets lan)" "1 2 "
is "hers, whoever else is not there" "$(ids crm-user targets lan typo 2>err)" "1 2 "
is "of both, by a term" "$(ids crm-user targets lan mai measure:calls,meetings)" "2 3 4 "
is "by a condition" "$(ids crm-user targets -w 'to_day > 2026-12-01')" "1 "
ok "in a table" crm-user targets -o table
has "with labels" "Revenue" out
status 1 "nobody's" crm-user targets nobody
has "are not there" 'there is no user "nobody"' err

status 2 "a wrong measure" crm-user set-target lan reven 5 2026
has "and those there are" "is none of: revenue margin won_deals" err
status 2 "half a call" crm-user set-target lan calls 5.5 2026
status 2 "an instant is no period" crm-user set-target lan calls 5 now
has "which is said" "a target is for days" err
status 2 "a word is missing" crm-user set-target lan calls
has "an example" "Write lan revenue 500000000 2026-Q4" err
status 1 "below 0" crm-user set-target lan calls -- -5 2026
has "is refused" "number: must not be below 0" err
status 1 "nobody" crm-user set-target nobody calls 5 2026
ok "-n" crm-user set-target lan calls 7 2026-11 -n -q
is "changes nothing" "$(sql 'select number from target_figure where id = 2')" 100
status 1 "nobody sets their own" env CRM_USER=lan crm-user set-target lan calls 1 2026
has "but who manages" "only who manages users writes target figures; you are rep lan" err

ok "terms do not reach the others'" crm-user rm-target measure:margin -q
is "it is there" "$(ids crm-team targets)" "5 "
status 2 "nothing named" crm-user rm-target
is "is nothing removed" "$(sql 'select count(*) from target_figure')" 5
ok "by name" crm-user rm-target target_figure-1 -q
ok "by a term" crm-team rm-target measure:margin -q
is "they are gone" "$(sql 'select group_concat(id) from target_figure')" 2,3,4
ok "and come back" sh -c 'crm-undo -q && crm-undo -q'
is "all" "$(sql 'select count(*) from target_figure')" 5
done_testing
