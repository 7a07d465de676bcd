#!/bin/sh
# The dashboard: each panel says what its own command line says, as configured, for whom it may.
. tests/lib.sh
. "$root/tests/page.sh"

vietnam
crm-team add name=saigon -q
crm-user add login=hoa name='Trần Thị Hoa' team=saigon role=rep -q
crm-account add name='Minh Anh' owner=lan -q
crm-account add name='Bình Minh' owner=hoa -q
cat >deals.csv <<'END'
name,account,amount,currency,stage,owner,created_at,expected_close,closed_at
old,Minh Anh,1000000,VND,won,lan,2025-09-03,2025-11-20,2025-11-20T03:00:00Z
october,Minh Anh,4000000,VND,won,lan,2026-09-03,2026-10-20,2026-10-20T03:00:00Z
later,Minh Anh,9000000,VND,won,lan,2026-09-03,2026-10-28,2026-10-28T03:00:00Z
november,Bình Minh,6000000,VND,won,hoa,2026-10-05,2026-11-10,2026-11-10T03:00:00Z
dollars,Bình Minh,19.99,USD,won,hoa,2026-10-05,2026-11-11,2026-11-11T03:00:00Z
overdue,Minh Anh,2500000,VND,proposal,lan,2026-11-02,2026-11-15,
open,Bình Minh,7000000,VND,discovery,hoa,2026-11-02,2026-12-15,
END
cat >leads.csv <<'END'
name,phone,source,owner,status,created_at
a,0901234001,zalo,lan,new,2026-11-02
b,0901234002,zalo,hoa,new,2026-11-03
c,0901234003,website,hoa,new,2026-10-03
END
ok 'deals' crm-import deal deals.csv
ok 'leads' crm-import lead leads.csv
crm-activity add kind=call account='Minh Anh' owner=lan status=done done_at=2026-11-05 -q

# Runs the command of each panel, and says where its answer is another one.
cat >check.py <<'END'
import json, shlex, subprocess, sys, decimal
def load(text):
    return json.loads(text, parse_float=decimal.Decimal)
d = load(open(sys.argv[1]).read())
n = 0
for p in d["panels"]:
    for a in [p] + ([p["before"]] if "before" in p else []):
        words = shlex.split(a["command"])
        out = subprocess.run(words + ["-o", "json"], capture_output=True, text=True)
        rows = [list(r.values()) for r in load(out.stdout)]
        n += 1
        if rows != a["rows"] or out.returncode:
            print(p["name"], a["command"], out.stderr, rows, a["rows"])
print(n > 15)
END
crm-report dashboard -o json >all.json
is 'the command of a panel gives its figures' "$(python3 check.py all.json)" True
figure() { # FILE NAME: the figure and the one before
	python3 -c '
import json, sys
for p in json.load(open(sys.argv[1]))["panels"]:
    if p["name"] == sys.argv[2]:
        for a in (p, p.get("before")):
            print(a and [r[a["columns"].index(p["kpi"])] for r in a["rows"]])' "$1" "$2" | paste -sd' '
}
# 6,000,000 and 19.99 from 1 to 21 November; 4,000,000 from 1 to 21 October, not that of the 28th
# Of each currency one deal in November; one of đồng until 21 October, and none of dollars.
is 'counts are of their currency, too, the house first' \
	"$(crm-report dashboard -o table | grep '^Sales (' | tr -s ' ')" 'Sales (VND) 1 ■ 1
Sales (USD) 1'
is '  on a page, too' "$(crm-report dashboard -o html | grep -o '<dt>Sales ([A-Z]*' | sed 's/.*(//' | xargs)" 'VND USD'
is 'revenue, and that of the same days of the month before' "$(figure all.json revenue)" \
	'[19.99, 6000000] [4000000]'
crm-report dashboard -o html >all.html
is 'what has several currencies names each, above its picture' "$(grep -o '<h2[^<]*(...)' all.html |
	sed 's/.*>//' | sort | uniq -d)$(grep -o '<h2[^>]*>Sales by month[^<]*' all.html | sed 's/.*>//')" \
	'Sales by month, against last year and target (VND)
Sales by month, against last year and target (USD)'
is '  in a terminal, too' "$(crm-report dashboard -o table | grep '^Sales by month')" \
	'Sales by month, against last year and target (VND)
Sales by month, against last year and target (USD)'
is 'new leads' "$(figure all.json leads)" '[2] [1]'
rows() { # FILE NAME COLUMN…
	python3 -c '
import json, sys
for p in json.load(open(sys.argv[1]))["panels"]:
    if p["name"] == sys.argv[2]:
        for r in p["rows"]:
            print(*(r[p["columns"].index(c)] for c in sys.argv[3:]))' "$@"
}
# Twelve months: since 1 December 2025.
is 'top customers of each currency' "$(rows all.json customers rank customer revenue currency)" \
	'1 Minh Anh 13000000 VND
2 Bình Minh 6000000 VND
1 Bình Minh 19.99 USD'
is 'open now, stage by stage: nothing before' "$(figure all.json open)" '[7000000, 2500000, 0] None'
is '  and in all' "$(crm-report dashboard -o table | awk '/^Open deals \(/ { print $NF }')" 9.500.000
is 'as of, zone, and what is shown' "$(python3 -c '
import json; d = json.load(open("all.json")); print(d["as_of"], d["zone"], d["from"], d["to"])')" \
	'2026-11-21T02:30:00Z Asia/Ho_Chi_Minh 2026-11-01 2026-11-22'
crm-report dashboard --from 2026-10 --to 2026-11 -o json >october.json
is 'another month: 4,000,000 + 9,000,000; nothing in September' \
	"$(figure october.json revenue)" '[13000000] [0]'
crm-report dashboard --period year -o json >year.json
is 'a year so far, and the same days of the last one: until 21 November' \
	"$(figure year.json revenue)" '[19.99, 19000000] [1000000]'

# --- for whom --------------------------------------------------------------------------

crm-report dashboard --owner lan -o json >lan.json
is 'of one owner' "$(figure lan.json revenue) $(figure lan.json leads)" '[0] [4000000] [1] [0]'
is '  by its own commands' "$(python3 check.py lan.json)" True
crm-report dashboard --team saigon -o json >saigon.json
is 'of one team' "$(figure saigon.json open) $(figure saigon.json leads)" '[7000000, 0, 0] None [1] [1]'
CRM_USER=hoa crm-report dashboard -o json >hoa.json
is 'a rep sees what the role may' "$(figure hoa.json open | tr -dc '0-9\n ' | awk '{ print $1 + $2 + $3 }')" \
	"$(CRM_USER=hoa crm-deal list stage:discovery,proposal -o csv -f amount | awk 'NR > 1 { n += $1 } END { print n }')"
# Several processes see, say and refuse what one does.
export CRM_JOBS=4
crm-report dashboard -o json >jobs.json
same 'several processes answer the same' jobs.json all.json
CRM_USER=hoa crm-report dashboard -o json >jobs.json
same '  and see what the role may' jobs.json hoa.json
unset CRM_JOBS
status 2 'nobody of that name' crm-report dashboard --owner nobody
has '  is told' '--owner' err
is '  and nothing is printed' "$(cat out)" ''
status 2 'one of them' crm-report dashboard --owner lan --team saigon

# --- configured ------------------------------------------------------------------------

is 'as shipped' "$(crm-config show dashboard | tail -1)" 'dashboard: []'
crm-report dashboard --panels >shipped.yaml
ok 'the shipped panels are a configuration' crm-config apply shipped.yaml
crm-report dashboard --panels >again.yaml
same '  which is shown as it was' again.yaml shipped.yaml
crm-config show dashboard >again.yaml
is '  and, shown as configuration, changes nothing' "$(crm-config apply again.yaml)" ''
crm-report dashboard -o json >same.json
same '  and answers the same' same.json all.json
cat >own.yaml <<'END'
dashboard:
  - money: {report: sales, kpi: revenue, en: Money, vi: Tiền}
  - stages: {report: pipeline, chart: none, columns: [count], time: always, options: {by: stage, sort: "-count"}}
END
is 'panels of one'"'"'s own' "$(crm-config apply own.yaml | sed -n '1p;$p')" '+ dashboard: money
- dashboard: risk'
is '  in their order' "$(crm-report dashboard -o json | grep -o '"name":"[a-z]*"' | paste -sd' ')" \
	'"name":"money" "name":"stages"'
crm-report dashboard -o table >got
cat >wanted <<'END'
Dashboard
as of: 2026-11-21 09:30 Asia/Ho_Chi_Minh
period: 2026-11-01 – 2026-11-21

Key figure        Now  Change 2026-10-01 – 2026-10-21
Money (VND) 6.000.000 ▲ 50,0%               4.000.000
Money (USD)     19,99
crm-report sales --from 2026-11-01 --to 2026-11-22

Pipeline
END
sed -i 's/^Pipeline$/Open deals/' wanted
head -10 got >top
same '  in a terminal, too' top wanted
printf 'dashboard:\n  - money: {report: sales, kpi: revenue}\n  - x: {report: rfm, time: always}\n  - y: {report: sales}\n' |
	crm-config apply -q
status 2 'what cannot be answered' crm-report dashboard -o json
cp err one
CRM_JOBS=4 status 2 '  is refused by several processes, too' crm-report dashboard -o json
same '  in the same words, once' err one
is '  and nothing is printed' "$(cat out)" ''
printf 'dashboard:\n  - x: {report: sales, options: {currency: EUR}}\n  - y: {report: sales}\n' |
	crm-config apply -q
crm-report dashboard -o json >one 2>one.err
CRM_JOBS=4 crm-report dashboard -o json >four 2>four.err
same 'several processes warn as one does' four.err one.err
has '  of what they did' 'crm-report: warning: ' four.err
same '  and answer' four one
ok 'undone' crm-undo -q
ok 'undone' crm-undo -q
wrong() { # LINE:COLUMN MESSAGE PANEL
	printf 'dashboard:\n  - x: %s\n' "$3" >wrong.yaml
	status 1 "refused: $3" crm-config check wrong.yaml
	is '  says where and why' "$(cat err)" "crm-config: wrong.yaml:$1: dashboard.x: $2"
}
wrong 2:17 'there is no report "sale"; did you mean sales?' '{report: sale}'
wrong 2:29 'report sales has no figure "revenu"; did you mean revenue?' '{report: sales, kpi: revenu}'
wrong 2:39 'report sales has no option "bye"; did you mean by?' '{report: sales, options: {bye: a}}'
wrong 2:38 "--by: report sales has no dimension \"ownr\"; did you mean 'owner'?" \
	'{report: sales, options: {by: ownr}}'
wrong 2:31 '"pie" is none of none, bars, stacked, lines, funnel, heat, pareto' \
	'{report: sales, chart: pie}'
wrong 2:24 'there is no "tim" here; did you mean time?' '{report: sales, tim: year}'
ok 'it goes' crm-undo -q
is '  and comes back' "$(crm-config show dashboard | grep -c "^  - ")" "$(grep -c report: shipped.yaml)"
printf 'dashboard: []\n' | crm-config apply -q

# --- a page ----------------------------------------------------------------------------

crm-report dashboard -o html >page.html
crm-report dashboard -o html >twice.html
same 'the same bytes twice' twice.html page.html
has 'a change is said' '▲</span> up 50,0% from 4.000.000' page.html
is 'each panel has its command' "$(grep -c 'class=made' page.html)" "$(grep -c '<section' page.html)"
printf 'language: vi\n' | crm-config apply -q
crm-report dashboard -o html >vi.html
has 'in the language of people' 'Bảng điều hành</h1>' vi.html
crm-report dashboard -o json >vi.json
same '  machines read the same' vi.json all.json
CRM_DB=empty.db crm-init -q
ok 'of nothing at all' crm-report dashboard -d empty.db -o html
cp out empty.html

page_looked_at page.html
crm-deal add -q name=big account='Minh Anh' amount=12500000000 stage=won owner=lan
is 'a terminal has room for all digits' "$(crm-report dashboard -o table | grep -c ' 12\.506\.000\.000 .* 4\.000\.000$')" 1
crm-report dashboard -o html >big.html
is 'a card says both figures short' "$(grep -o 'figure>12,5 tỷ\|so với 4 tr' big.html | sort | tr '\n' ' ')" 'figure>12,5 tỷ so với 4 tr '

# --- two currencies ----------------------------------------------------------------------
# Twelve who pay in đồng leave those who pay in dollars their places: ten of each.
awk 'BEGIN {
	print "name,account,amount,currency,stage,owner,created_at,expected_close,closed_at"
	for (i = 1; i <= 12; i++) {
		printf "w%d,K%02d,%d,VND,won,lan,2026-09-03,2026-10-20,2026-10-20T03:00:00Z\n", i, i, 20000000 + i
		printf "o%d,K%02d,%d,VND,proposal,lan,2026-09-03,2026-10-20,\n", i, i, 17525000 + i
	}
	print "w13,K13,5000,USD,won,lan,2026-09-03,2026-10-20,2026-10-20T03:00:00Z"
	print "o13,K13,5000,USD,proposal,lan,2026-09-03,2026-10-20,"
}' >many.csv
awk -F, 'NR > 1 { print $2 }' many.csv | sort -u | sed '1i name' | crm-import account -q -
ok 'many' crm-import deal many.csv
crm-report dashboard -o json >many.json
is 'ten of one currency do not push out the other: customers' \
	"$(rows many.json customers currency | uniq -c | xargs)" '10 VND 2 USD'
is '  the best first' "$(rows many.json customers customer revenue | sed -n '1p;10p;11,$p')" \
	'Minh Anh 12513000000
K04 20000004
K13 5000.0
Bình Minh 19.99'
is '  deals at risk' "$(rows many.json risk currency | uniq -c | xargs) $(rows many.json risk name amount | tail -1)" \
	'10 VND 1 USD o13 5000.0'
is '  by their own commands' "$(python3 check.py many.json)" True
# Ten of fourteen: 12,513,000,000 and nine times 20 million of 12,759 million in all.
is '  the shares add up to what these ten have of all' "$(CRM_LANG=en crm-report dashboard -o table |
	sed -n '/^Top customers.*(VND)/,/^$/s/.* \([0-9,]*%\)$/\1/p' | sed -n '1p;10p' | xargs)" '98% 99%'
done_testing
