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
	"$(awk -F, 'NR > 1 { s = $2 == "technolgy" ? "technology" : $2; printf "%s %s %.0f\n", $1, s, $4 * 100000000 }' "$maven/accounts.csv" | sort)"
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

# -- reports and pivots, against python3 over the raw file --
cat >figures.py <<'PY'
import collections, csv, math, statistics, sys
folder = sys.argv[1]
read = lambda name: csv.DictReader(open(f'{folder}/{name}.csv'))
team = {p['sales_agent']: p['regional_office'] for p in read('sales_teams')}
sector = {a['account']: a['sector'].replace('technolgy', 'technology') for a in read('accounts')}
deals = list(read('sales_pipeline'))
closed = [d for d in deals if d['deal_stage'] in ('Won', 'Lost')]
won = [d for d in deals if d['deal_stage'] == 'Won']
product = lambda d: 'GTX Pro' if d['product'] == 'GTXPro' else d['product']
def table(name, rows):
    with open(name, 'w') as f:
        f.writelines(','.join(map(str, r)) + '\n' for r in rows)
def sales(name, key):
    sums = collections.defaultdict(list)
    for d in won: sums[key(d)].append(int(d['close_value']))
    table(name, ((k, len(v), f'{sum(v)}.00') for k, v in sorted(sums.items())))
sales('team', lambda d: team[d['sales_agent']])
sales('owner.name', lambda d: d['sales_agent'])
sales('industry', lambda d: sector.get(d['account'], 'none'))
sales('period', lambda d: d['close_date'][:7] + '-01')
half_up = lambda n, d: (2 * n + d) // (2 * d)
money = lambda cents: f'{cents // 100}.{cents % 100:02}'
rows = []
for office in sorted(set(team.values())):
    for q in range(4):
        mine = [d for d in closed if team[d['sales_agent']] == office and (int(d['close_date'][5:7]) - 1) // 3 == q]
        wins = [int(d['close_value']) for d in mine if d['deal_stage'] == 'Won']
        rows.append((office, f'2017-{q * 3 + 1:02}-01', 'USD', len(wins), money(half_up(sum(wins) * 100, len(wins))),
                     len(mine) - len(wins), '0.00'))
table('quarters', rows)
rows = []
for p in sorted(set(map(product, won))):
    v = sorted(int(d['close_value']) for d in won if product(d) == p)
    customers = {d['account'] or 'none' for d in won if product(d) == p}
    rows.append((p, len(v), money(half_up(int(2 * statistics.median(v)) * 100, 2)), f'{v[math.ceil(len(v) * .9) - 1]}.00',
                 f'{v[0]}.00', f'{v[-1]}.00', 'USD', len(customers)))
table('products', rows)
PY
if command -v python3 >/dev/null; then
	python3 figures.py "$maven"
	for by in team owner.name industry; do
		crm-report sales --basis deals --by $by -o csv | sed 1d | cut -d, -f1-3 | sed 's/^,/none,/' |
			LC_ALL=C sort >got
		LC_ALL=C sort $by >wanted
		same "sales by $by" got wanted
	done
	crm-report sales --period month -o csv | sed 1d | cut -d, -f1-3 | grep -v ',0,' >got
	same "sales by month" got period
	crm-report pivot deal --rows owner.team --columns stage --measure 'count,avg(amount)' \
		-w 'stage in (won, lost)' --period quarter --time closed_at -o csv >out
	is "a pivot names its columns" "$(sed -n 1p out)" \
		'owner.team,period,currency,won.count,won.avg_amount,lost.count,lost.avg_amount'
	sed 1d out >got
	same "deals and averages by office, quarter and stage" got quarters
	crm-report pivot deal --rows interest --measure \
		'count,median(amount),p90(amount),min(amount),max(amount),distinct(account)' \
		-w stage=won -s interest -o csv | sed 1d >got
	same "medians, p90 and customers by product" got products
fi
crm-report pivot deal --rows owner.team --columns stage -o table >out
has "people get totals of rows and columns" 'total             500    1,589 4,238 2,473 8,800' out
refused() { # MESSAGE ARGUMENT…
	message=$1
	shift
	status 2 "refused: $*" crm-report "$@"
	has "  says why" "$message" err
}
refused "--measure: sum(name): 'name' is no number, but text" pivot deal --measure 'sum(name)'
refused "--rows: 'amount' is an amount, nothing to group by" pivot deal --rows amount
refused '--columns: amounts have a row for each currency; put it into --rows' \
	pivot deal --columns currency --measure 'sum(amount)'
refused "--measure: no field 'amout' on deal; did you mean 'amount'?" pivot deal --measure 'sum(amout)'
refused '--measure: "smu(amount)" is none of count, sum(FIELD)' pivot deal --measure 'smu(amount)'
refused 'no record type "dael"; did you mean deal?' pivot dael
refused "--time: 'stage' is neither a date nor an instant" pivot deal --time stage
refused "--columns: no field 'stag' on deal; did you mean 'stage'?" pivot deal --rows owner --columns stag
refused "--rows: no field 'ownr' on deal; did you mean 'owner'?" pivot deal --rows ownr
refused "--columns: one field alone goes across" pivot deal --columns stage,owner
is "nothing is no row" "$(crm-report pivot ticket --rows owner --columns status -o csv)" owner

# -- a report of one's own --
cat >own.yaml <<'YAML'
title: {en: Won by office, vi: Thắng theo văn phòng}
parameters:
  from: {type: date, default: 2017-01-01}
  least: {type: int, default: 0}
sql: |
  -- '$nothing' is no parameter here
  select t.name as office, count(*) as won, sum(amount) / 100 as revenue, 0.25 as part
  from deal d join user u on u.id = d.owner join team t on t.id = u.team
  where stage = 'won' and closed_at >= $from group by 1 having count(*) >= $least order by 1
columns:
  office: {en: Office, vi: Văn phòng}
  revenue: {unit: money}
  part: {unit: share}
chart: {kind: bars, category: office, values: revenue}
YAML
is "a report of one's own" "$(crm-report run own.yaml least=1200 -s -revenue -o csv)" 'office,won,revenue,part
West,1438,3568647,0.2500
Central,1629,3346293,0.2500'
is "its parameters are bound" "$(crm-report run own.yaml from=2018-01-01 -o csv)" office,won,revenue,part
crm-report run own.yaml -o table >out
has "and shown" 'from: 2017-01-01' out
has "as are its labels" 'Office' out
broken() { # SED MESSAGE
	sed "$1" own.yaml >broken.yaml
	status 2 "broken: $1" crm-report run broken.yaml
	is "  says where" "$(cat err)" "crm-report: broken.yaml:$2"
}
broken 's/sum(amount)/summ(amount)/' '7: no such function: summ'
broken 's/\$least/$leest/' '9: there is no parameter "leest"'
broken 's/type: int/type: integer/' '4:17: "integer" is none of text, int, date, instant'
broken 's/unit: money/unit: mony/' '12:19: "mony" is none of count, money, share, percent, number, ratio, instant, day'
broken 's/^chart/chrat/' '14:1: there is no "chrat" here; did you mean chart?'
broken 's/^  revenue: /  revenu: /' '12:3: the statement has no column "revenu"; did you mean revenue?'
broken 's/values: revenue/values: won revenu/' \
	'14:47: the statement has no column "revenu"; did you mean revenue?'
broken 's/select t.name/delete from deal; select t.name/' '6: it writes; only reading statements are run'
status 2 "a parameter that is none" crm-report run own.yaml frm=1
status 2 "one of another type" crm-report run own.yaml least=x
has "  says which" 'least: "x" is no whole number' err
done_testing
