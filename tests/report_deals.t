#!/bin/sh
# crm-report winloss, velocity, forecast, trend, and the leaderboard of a real CRM: what of all that
# is decided is won, how fast, and what will be.  Figures by hand, or by python3 over the raw input.
. tests/lib.sh
vietnam
crm-team add -q name=saigon
crm-user set -q mai team=saigon

report() { # REPORT ARGUMENT…: as CSV
	crm-report "$@" -o csv
}

# --- by hand ---------------------------------------------------------------------------
# lan wins 100 in 10 days and 300 in 20, and loses 200 in 5; mai wins 10.00 USD in 1 day and
# loses one without amount; one deal is open, one was won a year before.
crm-account add -q name='Minh Anh' industry=retail
crm-account add -q name='Sao Mai' industry=banking
crm-import deal -q - <<'CSV'
name,account,owner,stage,amount,currency,created_at,closed_at,lost_reason,competitor
a,Minh Anh,lan,won,100,VND,2026-10-01,2026-10-11,,Alpha
b,Minh Anh,lan,won,300,VND,2026-10-01,2026-10-21,,
c,Sao Mai,lan,lost,200,VND,2026-11-01,2026-11-06,price,Alpha
d,Sao Mai,mai,won,10.00,USD,2026-11-01,2026-11-02,,
e,Sao Mai,mai,lost,,VND,2026-11-01,2026-11-03,timing,
f,Minh Anh,mai,proposal,900,VND,2026-11-01,,,Alpha
g,Minh Anh,mai,won,50,VND,2025-11-01,2025-11-06,,
CSV
head='won,lost,win_rate,won_amount,lost_amount,amount_win_rate,average_won,currency,average_cycle_days,average_lost_days'
# lan: 2 of 3; 400 of 600; (10 + 20) / 2 = 15 days.  mai: 1 of 1 in dollars, 0 of 1 in đồng.
is 'by owner and currency' "$(report winloss --by owner --from 2026)" "owner,$head
lan,2,1,0.6667,400,200,0.6667,200,VND,15.0,5.0
mai,1,0,1.0000,10.00,0.00,1.0000,10.00,USD,1.0,
mai,0,1,0.0000,0,0,,,VND,,2.0"
is 'a cycle is of days, in the middle, too' \
	"$(crm-report velocity won -o table | grep -o '[a-zA-Z ]*cycle (days)')" ' Median cycle (days)'
is 'by reason' "$(report winloss --by lost_reason --from 2026 -w 'currency=VND' | cut -d, -f1-4)" \
	'lost_reason,won,lost,win_rate
price,0,1,0.0000
timing,0,1,0.0000
,2,0,1.0000'
is 'against a competitor, open deals left out' \
	"$(report winloss -w 'competitor=alpha' | cut -d, -f1-3)" 'won,lost,win_rate
1,1,0.5000'
is 'months without a decision show 0 and no rate' "$(report winloss --period month --from 2026-09 \
	--to 2026-12 -w 'currency=VND' | cut -d, -f1-4)" 'period,won,lost,win_rate
2026-09-01,0,0,
2026-10-01,2,0,1.0000
2026-11-01,0,2,0.0000'
is 'against the year before' "$(report winloss --period year -w 'currency=VND' --compare previous |
	cut -d, -f1-3,12-)" 'period,won,lost,previous,change,change_pct
2025-01-01,1,0,0,1,
2026-01-01,2,2,1,1,100.0'
is 'one part alone has no rate' "$(report winloss lost -w 'currency=VND' | sed 1d | cut -d, -f1-3)" ',2,'
is 'the records behind it' "$(crm-report winloss won --rows -w 'owner=lan' -o refs | tr '\n' ' ')" \
	'deal-1 deal-2 '
is 'of both parts, which are deals' "$(crm-report winloss --rows --from 2026 -o refs |
	tr '\n' ' ')" 'deal-1 deal-2 deal-3 deal-4 deal-5 '
is 'a win stays with who owned the deal then' "$(crm-deal set -q deal-1 owner=mai &&
	report winloss --by owner -w 'currency=VND' --from 2026 | cut -d, -f1-3)" 'owner,won,lost
lan,2,1
mai,0,1'
crm-undo -q
is 'by another path' "$(report winloss --by account.industry -w 'currency=VND' --from 2026 |
	cut -d, -f1-3)" 'account.industry,won,lost
banking,0,2
retail,2,0'

# --- velocity ----------------------------------------------------------------------------
# h is made on 1 November, goes to proposal on the 3rd, to negotiation on the 9th, and is won on
# the 10th; i goes to proposal on the 5th and back on the 6th, where it still is.
at() { # INSTANT COMMAND…
	instant=$1
	shift
	CRM_NOW=$instant "$@"
}
at 2026-11-01T00:00:00Z crm-deal add -q name=h account='Sao Mai' owner=lan amount=700
at 2026-11-01T00:00:00Z crm-deal add -q name=i account='Sao Mai' owner=lan amount=200
at 2026-11-03T00:00:00Z crm-pipeline move deal-8 proposal -q
at 2026-11-05T00:00:00Z crm-pipeline move deal-9 proposal -q
at 2026-11-06T00:00:00Z crm-pipeline move deal-9 discovery -q
at 2026-11-09T00:00:00Z crm-pipeline move deal-8 negotiation -q
at 2026-11-10T00:00:00Z crm-pipeline win deal-8 -q
# discovery: 2 and 4 days; proposal: 6 and 1; negotiation: 1.
head='open,win_rate,average_won,cycle_days,median_cycle_days,velocity,currency,stays,median_days,mean_days'
is 'days in each stage' "$(report velocity --by stage -w 'currency=VND')" "stage,$head
discovery,1,,,,,,VND,2,3.0,3.0
proposal,1,,,,,,VND,2,3.5,3.5
negotiation,0,,,,,,VND,1,1.0,1.0"
# lan in đồng: 1 open; won 100, 300, 700 in 10, 20, 9 days of 4 closed.  1 × 3/4 × 1100/3 ÷ 13 is
# 21.15.  mai in đồng: 1 open; 50 in 5 days of 2: 1 × 1/2 × 50 ÷ 5 = 5.  Dollars: nothing is open.
is 'what a day brings' "$(report velocity --by owner)" "owner,$head
lan,1,0.7500,367,13.0,10.0,21,VND,5,2.0,2.8
mai,0,1.0000,10.00,1.0,1.0,0.00,USD,0,,
mai,1,0.5000,50,5.0,5.0,5,VND,0,,"
# Since November: 700 of lan's 2 closed in 9 days: 1 × 1/2 × 700 ÷ 9 = 38.9.
is 'at the pace of late, of what is open now' "$(report velocity --by owner --from 2026-11 \
	-w 'owner=lan' | sed 1d)" 'lan,1,0.5000,700,9.0,9.0,39,VND,5,2.0,2.8'
is 'by period it is not known what was open' "$(report velocity --period month --from 2026-11 \
	--to 2026-12 -w 'owner=lan' | sed 1d)" 'sales,2026-11-01,,0.5000,700,9.0,9.0,,VND,5,2.0,2.8'

# --- forecast ----------------------------------------------------------------------------
# Closed deals that have been in discovery: h; in proposal: h; in negotiation: h, all won.  j is
# made in discovery in September, to close in October for 1000, and lost there in November: so of
# discovery half were won.  Of proposal h was, and k, due in October too (2000 at 50 %), which
# went to 3000 on 15 October and was won on 20 October for as much.
at 2026-09-10T00:00:00Z crm-deal add -q name=j account='Sao Mai' owner=mai amount=1000 expected_close=2026-10-31
at 2026-09-10T00:00:00Z crm-deal add -q name=k account='Sao Mai' owner=mai amount=2000 stage=proposal \
	expected_close=2026-10-15 forecast=commit
at 2026-10-15T00:00:00Z crm-deal set -q deal-11 amount=3000
at 2026-10-20T00:00:00Z crm-pipeline win deal-11 -q
at 2026-11-02T00:00:00Z crm-pipeline lose deal-10 price -q
crm-deal set -q deal-6 expected_close=2026-12-24 forecast=commit
crm-deal set -q deal-9 expected_close=2026-11-20
crm-deal add -q name=l account='Sao Mai' owner=lan amount=5000 stage=negotiation forecast=omitted \
	expected_close=2026-12-24
crm-deal add -q name=m account='Sao Mai' owner=lan amount=60 stage=negotiation probability=33
crm-deal add -q name=n account='Sao Mai' owner=lan amount=7 stage=discovery expected_close=2026-11-21
# December: f, 900 at 50 %, proposal: all won.  November: i was due yesterday; n is due today, 7 at
# 10 %, discovery: 1 of 2 won; h was won, in October a, b, k, d in dollars.
is 'by month and category' "$(report forecast --from 2026-10 -w 'currency=VND' | cut -d, -f1-9,10)" \
	'forecast,period,count,amount,weighted,by_history,slipped_count,slipped,won_count,won
pipeline,2026-10-01,0,0,0,,0,0,2,400
pipeline,2026-11-01,1,7,1,4,1,200,1,700
pipeline,2026-12-01,0,0,0,,0,0,0,0
commit,2026-10-01,0,0,0,,0,0,1,3000
commit,2026-11-01,0,0,0,,0,0,0,0
commit,2026-12-01,1,900,450,900,0,0,0,0'
is 'without a day: last' "$(report forecast --by owner -w 'owner=lan' --period year | tail -1)" \
	'lan,,1,60,20,60,0,0,0,0,VND'
is 'a month later more has slipped' "$(CRM_NOW=2026-12-25T00:00:00Z crm-report forecast --period year \
	--from 2026 --to 2027 --by pipeline -w 'currency=VND' -o csv | sed 1d | cut -d, -f3-8)" \
	'0,0,0,,3,1107'
# 1 October: j, 1000 at 10 %, and k, 2000 at 50 %; won were a 100, b 300, k 3000.
# 1 November: nothing was to close then; h came, 700.  d came in dollars.
is 'what the forecast said, and what came' "$(report forecast --backtest --from 2026-09 \
	-w 'currency=VND')" 'period,forecast,actual,error,currency,error_pct
2026-09-01,0,0,0,VND,
2026-10-01,1100,3400,2300,VND,209.1'
is 'November, once it is over' "$(CRM_NOW=2026-12-01T00:00:00Z crm-report forecast --backtest \
	--from 2026-11 -o csv | sed 1d)" '2026-11-01,0.00,10.00,10.00,USD,
2026-11-01,0,700,700,VND,'
is 'what each forecast said stands as --as-of has it' "$(crm-report forecast --as-of \
	2026-10-01T00:00:00+07:00 --from 2026-10 --to 2026-11 --by pipeline -o csv | sed 1d | cut -d, -f3-5)" '2,3000,1100'
status 2 'backtest goes by time alone' crm-report forecast --backtest --by owner
has 'and says so' '--backtest: not with --by' err
sqlite3 "$CRM_DB" "update role set read = 'own' where key = 'rep'"
is 'who reads her own alone sees them alone' "$(CRM_USER=lan crm-report forecast --backtest --from 2026-10 -o csv | sed 1d)" \
	'2026-10-01,0,400,400,VND,'
sqlite3 "$CRM_DB" "update role set read = 'all' where key = 'rep'"

# --- trend -------------------------------------------------------------------------------
# In đồng lan won 2 of 2 in October and 1 of 2 in November, mai k in October of 1, and lost two in
# November; in September nobody did.  Together: 3 of 3, then 1 of 4.  November is not over.
is 'a rate over time' "$(report trend winloss --measure win_rate --from 2026-09 --window 1 \
	-w 'currency=VND')" 'period,win_rate,moving_average,baseline,change,change_pct,complete
2026-09-01,,,,,,true
2026-10-01,1.0000,1.0000,,,,true
2026-11-01,0.2500,0.2500,1.0000,-0.7500,-75.0,false'
# (0 + 3) / 2 and (3 + 1) / 2; 1 is a third less than 1.5.
is 'counts on average' "$(report trend winloss --from 2026-09 --window 2 -w 'currency=VND' --by pipeline |
	sed 1d)" 'sales,2026-09-01,0,,,,,true
sales,2026-10-01,3,1.5,,,,true
sales,2026-11-01,1,2.0,1.5,-0.5,-33.3,false'
status 2 'a figure that is none' crm-report trend winloss --measure win_rat
has 'and what was meant' "--measure: report winloss has no \"win_rat\"; did you mean 'win_rate'?" err
status 2 'a report that is none' crm-report trend winlos
status 2 'no periods' crm-report trend --window 0
status 2 'a report that ranks' crm-report trend customers

# --- a real CRM ------------------------------------------------------------------------

maven=$data/maven
maps=$root/tests/data/maven
if [ ! -r "$maven/sales_pipeline.csv" ]; then
	echo '# skipped: no maven data'
	done_testing
	exit
fi
export CRM_DB=$work/maven.db CRM_NOW=2018-01-02T00:00:00Z
crm-init -q --currency USD --timezone UTC --region US
printf 'fields:\n  user:\n    - manager: {type: text}\n' | crm-config apply - -q
sed 's/^ignore.*//; s/^set:/  manager: manager\nset:/' "$maps/agents.yaml" >agents.yaml
ok 'maven: what others have' sh -c "
	crm-import team '$maven/sales_teams.csv' --map '$maps/teams.yaml' &&
	crm-import user '$maven/sales_teams.csv' --map agents.yaml &&
	crm-import account '$maven/accounts.csv' --map '$maps/accounts.yaml' &&
	crm-import deal '$maven/sales_pipeline.csv' --map '$maps/deals.yaml'"
cat >maven.py <<'PY'
import csv, sys
from datetime import date
from decimal import Decimal, ROUND_HALF_UP
from fractions import Fraction
read = lambda name: list(csv.DictReader(open(f'{sys.argv[1]}/{name}.csv')))
people = {p['sales_agent']: p for p in read('sales_teams')}
sectors = {a['account']: a['sector'].replace('technolgy', 'technology') for a in read('accounts')}
def shown(f, digits):
    if f is None: return ''
    return str((Decimal(f.numerator) / Decimal(f.denominator)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))
by = {
    'agent': lambda d: d['sales_agent'].lower().replace(' ', '.'),
    'manager': lambda d: people[d['sales_agent']]['manager'],
    'office': lambda d: people[d['sales_agent']]['regional_office'],
    'product': lambda d: d['product'].replace('GTXPro', 'GTX Pro'),
    'sector': lambda d: sectors.get(d['account'], ''),
}
day = date.fromisoformat
ratio = lambda a, b: Fraction(a, b) if b else None
for name, key in by.items():
    groups = {}
    for d in read('sales_pipeline'):
        if d['deal_stage'] in ('Won', 'Lost'):
            g = groups.setdefault(key(d), [0, 0, 0, 0])
            g[d['deal_stage'] == 'Lost'] += 1
            if d['deal_stage'] == 'Won':
                g[2] += int(d['close_value'])
                g[3] += (day(d['close_date']) - day(d['engage_date'])).days
    with open('wanted_' + name, 'w') as f:
        for k, (won, lost, amount, days) in sorted(groups.items()):
            print(k, won, lost, shown(ratio(won, won + lost), 4), f'{amount}.00',
                  shown(ratio(amount, won), 2), shown(ratio(days, won), 1), sep=',', file=f)
deals = read('sales_pipeline')
won = [d for d in deals if d['deal_stage'] == 'Won']
days = sorted((day(d['close_date']) - day(d['engage_date'])).days for d in won)
lost = sum(d['deal_stage'] == 'Lost' for d in deals)
n, rate = len(won), Fraction(len(won), len(won) + lost)
average, cycle = Fraction(sum(int(d['close_value']) for d in won), n), Fraction(sum(days), n)
months = {f'2017-{m:02}-01': sum(int(d['close_value']) for d in won if d['close_date'][5:7] == f'{m:02}')
          for m in range(3, 13)}
with open('wanted_trend', 'w') as f:
    v = list(months.values())
    for i, m in enumerate(months):
        a = Fraction(sum(v[i - 2:i + 1]), 3) if i >= 2 else None
        b = Fraction(sum(v[i - 3:i]), 3) if i >= 3 else None
        print(m, f'{v[i]}.00', shown(a, 2), shown(b, 2), shown(v[i] - b, 2) if b else '', 'USD',
              shown((v[i] - b) * 100 / b, 1) if b else '', 'true', sep=',', file=f)
team, month = {}, {'2017-12': {}, '2017-11': {}}
for d in won:
    k = people[d['sales_agent']]['regional_office'], d['close_date'][:7]
    count, value = team.get(k, (0, 0))
    team[k] = count + 1, value + int(d['close_value'])
    if k[1] in month:
        who = by['agent'](d)
        month[k[1]][who] = month[k[1]].get(who, 0) + int(d['close_value'])
with open('wanted_won', 'w') as f:
    for (t, m), (count, value) in sorted(team.items()):
        print(t, f'{m}-01', count, f'{value}.00', sep=',', file=f)
now, was = month['2017-12'], month['2017-11']
with open('wanted_board', 'w') as f:
    for who in sorted(set(now) | set(was)):
        is_, before = now.get(who, 0), was.get(who, 0)
        rank = 1 + sum(v > is_ for v in now.values())
        old = 1 + sum(v > before for v in was.values()) if before else ''
        print(who, rank, old, old - rank if before else '', f'{is_}.00', f'{before}.00', sep=',', file=f)
with open('wanted_velocity', 'w') as f:
    print(len(deals) - n - lost, shown(rate, 4), shown(average, 2), shown(cycle, 1),
          shown(Fraction(days[n // 2] + days[(n - 1) // 2], 2), 1),
          shown((len(deals) - n - lost) * rate * average / cycle, 2), sep=',', file=f)
PY
python3 maven.py "$maven"
for by in agent:owner manager:owner.manager office:team product:interest sector:industry; do
	report winloss --by "${by#*:}" | sed 1d | cut -d, -f1-5,8,10 | LC_ALL=C sort >got
	same "maven: win rate, average and cycle by ${by%:*}" got "wanted_${by%:*}"
done
report velocity | sed 1d | cut -d, -f2-7 >got
same 'maven: what is open, at the pace of what was closed' got wanted_velocity
report trend --to 2018 | sed 1d >got
same 'maven: revenue over time' got wanted_trend
report forecast --by team --to 2018 | sed 1d | cut -d, -f1,2,9,10 >got
same 'maven: what was won stands in its month of the forecast' got wanted_won
is 'maven: what is open has no day' "$(report forecast --by pipeline --from 2018 | sed 1d)" ''
is '  and stands behind all months' "$(report forecast --by pipeline | tail -1 | cut -d, -f1-3)" 'sales,,2089'
report leaderboard revenue --from 2017-12 --to 2018 | sed 1d | cut -d, -f2-7 | LC_ALL=C sort >got
same 'maven: agents by rank, and where they stood in November' got wanted_board
done_testing
