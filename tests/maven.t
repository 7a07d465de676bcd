#!/bin/sh
# A whole CRM of somebody else: users, teams, accounts and 8,800 deals come in, and
# the figures come out to the unit.
. tests/lib.sh
maven=$data/maven
maps=$root/tests/data/maven
[ -r "$maven/sales_pipeline.csv" ] || skip_all "no $maven"
export CRM_NOW=2018-01-02T00:00:00Z

sql() {
	sqlite3 -batch -separator ' ' "$CRM_DB" "$1"
}

crm-init --currency USD --timezone UTC --region US -q

# 3 teams and 6 managers are named by 35 rows
ok "teams" crm-import team "$maven/sales_teams.csv" --map "$maps/teams.yaml"
has "rows that name a team again are duplicates" "read 35, created 3, updated 0, unchanged 0, duplicate 32, skipped 0, rejected 0; committed" err
ok "managers" crm-import user "$maven/sales_teams.csv" --map "$maps/managers.yaml"
has "six managers" "created 6, updated 0, unchanged 0, duplicate 29" err
ok "agents" crm-import user "$maven/sales_teams.csv" --map "$maps/agents.yaml"
is "users with their teams" \
	"$(sql "select name, team from v_user where role <> 'admin' order by 1")" \
	"$(awk -F, 'NR > 1 { sub(/\r/, ""); print $1, $3; if (!seen[$2]++) print $2, $3 }' "$maven/sales_teams.csv" | LC_ALL=C sort)"
is "logins are made from names" "$(sql "select login from user where name = 'Darcel Schlecht'")" darcel.schlecht

ok "accounts" crm-import account "$maven/accounts.csv" --map "$maps/accounts.yaml"
is "names, industry and exact turnover" \
	"$(sql "select name, industry, annual_revenue from account order by id" | sort)" \
	"$(awk -F, 'NR > 1 { s = $2 == "technolgy" ? "technology" : $2; printf "%s %s %d\n", $1, s, $4 * 100000000 + 0.5 }' "$maven/accounts.csv" | sort)"
is "subsidiaries, also of accounts that come later in the file" \
	"$(sql "select a.name, p.name from account a join account p on p.id = a.parent order by 1, 2" | sort)" \
	"$(awk -F, 'NR > 1 { sub(/\r/, "") } NR > 1 && $7 { print $1, $7 }' "$maven/accounts.csv" | sort)"

start=$(date +%s)
ok "8,800 deals" crm-import deal "$maven/sales_pipeline.csv" --map "$maps/deals.yaml" --summary sum.json
end=$(date +%s)
[ $((end - start)) -le 20 ]
result $? "in seconds"
is "accounting as JSON" "$(sed 's/,"changed_further.*//' sum.json)" '{"read":8800,"created":8800,"updated":0,"unchanged":0,"duplicate":0,"skipped":0,"rejected":0,"created_missing":1,"pending":0,"committed":true,"settled_rows":8800,"change_set":6,"notes":[]'

is "deals and what they are worth, by stage" \
	"$(sql "select stage, count(*), coalesce(sum(amount) / 100, 0) from deal group by 1" | sort)" \
	"$(awk -F, 'BEGIN { s["Prospecting"] = "discovery"; s["Engaging"] = "proposal"; s["Won"] = "won"; s["Lost"] = "lost" }
		NR > 1 { n[s[$5]]++; v[s[$5]] += $8 } END { for (i in n) print i, n[i], v[i] }' "$maven/sales_pipeline.csv" | sort)"
is "the figures of the README" "$(sql "select count(*), sum(amount) / 100 from deal where stage = 'won'")" "4238 10005534"
is "the view says it in dollars" "$(sql "select cast(sum(amount) as integer) from v_deal where stage = 'won'")" 10005534
is "won by office" "$(sql "select t.name, count(*), sum(d.amount) / 100 from deal d join user u on u.id = d.owner join team t on t.id = u.team where stage = 'won' group by 1 order by 1")" \
	"Central 1629 3346293
East 1171 3090594
West 1438 3568647"
is "won by month" \
	"$(sql "select substr(closed_at, 1, 7), count(*), sum(amount) / 100 from deal where stage = 'won' group by 1 order by 1")" \
	"$(awk -F, '$5 == "Won" { m = substr($7, 1, 7); n[m]++; v[m] += $8 } END { for (i in n) print i, n[i], v[i] }' "$maven/sales_pipeline.csv" | sort)"
is "GTXPro is GTX Pro" "$(sql "select count(*) from deal where interest = 'GTX Pro'")" 1480
is "deals without an account are with the placeholder" "$(sql "select count(*) from v_deal where account_name = '(no account)'")" 1425
is "the day it was engaged is the day it was made" "$(sql "select external_id, substr(created_at, 1, 10) from deal where stage <> 'discovery'" | sort)" \
	"$(awk -F, 'NR > 1 && $6 { print $1, $6 }' "$maven/sales_pipeline.csv" | sort)"
is "deals that had no such day are of today" "$(sql "select count(*) from deal where created_at = '2018-01-02T00:00:00Z'")" 500

ok "the same again" crm-import deal "$maven/sales_pipeline.csv" --map "$maps/deals.yaml"
has "changes nothing" "read 8800, created 0, updated 0, unchanged 8800, duplicate 0, skipped 0, rejected 0" err
ok "and the accounts" crm-import account "$maven/accounts.csv" --map "$maps/accounts.yaml"
has "change nothing either" "updated 0, unchanged 85" err
done_testing
