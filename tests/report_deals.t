#!/bin/sh
# crm-report winloss: what of all that is decided is won.  Figures by hand, or by python3 over
# the raw input.
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
PY
python3 maven.py "$maven"
for by in agent:owner manager:owner.manager office:team product:interest sector:industry; do
	report winloss --by "${by#*:}" | sed 1d | cut -d, -f1-5,8,10 | LC_ALL=C sort >got
	same "maven: win rate, average and cycle by ${by%:*}" got "wanted_${by%:*}"
done
done_testing
