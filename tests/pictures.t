#!/bin/sh
# Reports as pictures and pages: the same figures, drawn.
. tests/lib.sh
. "$root/tests/page.sh"

vietnam
crm-account add name=Minh -q
cat >deals.csv <<'END'
name,account,amount,currency,stage,owner,created_at,expected_close
a,Minh,1000000,VND,discovery,lan,2026-09-03,2026-11-30
b,Minh,2500000,VND,proposal,lan,2026-10-05,2026-12-05
c,Minh,19.99,USD,proposal,mai,2026-11-02,2026-12-15
d,Minh,,VND,negotiation,mai,2026-11-03,2027-01-10
e,Minh,0.02,USD,proposal,mai,2026-11-04,2026-12-16
END
ok 'deals of two currencies' crm-import deal deals.csv

# The values of a Vega-Lite specification, exactly as they are written in it.
values() {
	python3 -c '
import json, sys, decimal
whole = json.load(sys.stdin, parse_float=decimal.Decimal)
for spec in whole.get("vconcat", [whole]):
    print(spec["title"]["text"])
    for r in spec["data"]["values"]:
        print("%s/%s=%s" % (r.get("series") or "", r["category"], r["value"]))'
}
is 'each currency has its picture, exact, in major units' \
	"$(crm-report pipeline -o vegalite | values)" 'Open deals (VND)
/Discovery=1000000
/Proposal=2500000
/Negotiation=0
Open deals (USD)
/Discovery=0.00
/Proposal=20.01
/Negotiation=0.00'
crm-report pipeline --by owner,stage -w 'owner is not null' -o vegalite >looks.json
is 'whoever is in two of them has one colour' "$(python3 -c '
import json
looks = {}
def scales(x):
    if isinstance(x, dict):
        if x.get("field") == "series" and "scale" in x:
            for who, look in zip(x["scale"]["domain"], x["scale"]["range"]):
                looks.setdefault(who, set()).add(look)
        x = list(x.values())
    for y in x if isinstance(x, list) else ():
        scales(y)
scales(json.load(open("looks.json")))
for who in sorted(looks):
    print(who, len(looks[who]), len({min(l) for l in looks.values()}))')" 'Lê Thị Lan 1 2
Nguyễn Thị Mai 1 2'
is '  in SVG, too' "$(crm-report pipeline --by owner,stage -o svg |
	sed -n '/<svg y="[1-9]/,$p' | grep -o 'class="f[0-9]"' | sort -u)" 'class="f1"'
is 'an axis writes numbers as the tables of the house do' \
	"$(crm-report pipeline -w 'stage = discovery' -o svg | grep -o '>0[.,]2M<')" '>0,2M<'
crm-report pipeline -o svg >both.svg
crm-report pipeline -w 'currency = VND' -o svg >one.svg
is 'one picture of several is one well-formed file' "$(python3 -c '
import xml.etree.ElementTree as e
svg = "{http://www.w3.org/2000/svg}svg"
both, one = (e.parse(f).getroot() for f in ("both.svg", "one.svg"))
ids = [x.get("id") for x in both.iter() if x.get("id")]
print(len(both.findall(svg)), len(one.findall(svg)), len(ids) == len(set(ids)))')" '2 0 True'
is 'periods in their order, what is empty 0; owners upon each other' \
	"$(crm-report pipeline --by owner --period month --currency VND -w 'currency = VND' -o vegalite | values)" \
	'Open deals
Lê Thị Lan/2026-11=1000000
Lê Thị Lan/2026-12=2500000
Lê Thị Lan/2027-01=0
Nguyễn Thị Mai/2026-11=0
Nguyễn Thị Mai/2026-12=0
Nguyễn Thị Mai/2027-01=0'
is 'what went before is a line beside' \
	"$(crm-report pipeline --by '' --period month --compare previous -w 'currency = VND' -o vegalite |
		grep -o '"series":"[A-Z][a-z]*",[^,]*,"reference":[a-z]*' | sort -u)" \
	'"series":"Amount","index":0,"reference":false
"series":"Previous","index":1,"reference":true'
COLUMNS=60 crm-report pipeline -w 'currency = VND' -o chart >got
cat >wanted <<'END'
Open deals

Amount (VND)
Discovery   ███████████████▎                       1.000.000
Proposal    ██████████████████████████████████████ 2.500.000
Negotiation                                                0

As of 2026-11-21 09:30 Asia/Ho_Chi_Minh · currency = VND
END
same 'on a terminal of 60 columns' got wanted
crm-report funnel -o vegalite | grep '^"title"' >titles
is 'each part has its picture' "$(sed 's/.*"text":"\([^"]*\)".*/\1/' titles)" 'Funnel · Lead
Funnel · Deal'

# --- many: the largest first, the rest is said -----------------------------------------

awk 'BEGIN { print "name,kind"; for (i = 1; i <= 30; i++) printf "Khách %02d,org\n", i }' >accounts.csv
awk 'BEGIN { print "name,account,amount,stage"
	for (i = 1; i <= 30; i++) printf "n%d,Khách %02d,%d,discovery\n", i, i, (i * 7 % 31) * 1000 }' >many.csv
crm-import account accounts.csv 2>err && crm-import deal many.csv 2>err
crm-report pipeline --by account.name -w 'name ~ n and account.name ~ Khach' -o vegalite >many.json
is 'of thirty the twenty largest' "$(values <many.json | sed 1d | sed 's/.*=//' | paste -sd' ')" \
	"$(awk -F, 'NR > 1 { print $3 }' many.csv | sort -rn | head -20 | paste -sd' ')"
has 'and that is said' 'the largest 20 of 30' many.json
crm-report pipeline --by account.name -w 'name ~ n and account.name ~ Khach' -o html >many.html
has '  on a page, too, below the picture' '>the largest 20 of 30<' many.html
# Costs are known of two who bought, above and below them, not of the 22 others.
sqlite3 crm.db "vacuum into 'costs.db'"
(
	export CRM_DB=costs.db
	awk 'BEGIN { print "account,ordered_on,status,total"
		for (i = 3; i <= 24; i++) printf "Khách %02d,2026-11-02,confirmed,1000\n", i }' | crm-import order -q -
	crm-product add -q sku=P name=Pump cost=60000
	for i in 1 2; do
		crm-order add -q number=o$i account="Khách 0$i" currency=VND
		crm-order add-line -q o$i product=P unit_price=$((i * 40000))
		crm-order set -q o$i status=confirmed
	done
	crm-report profit -w 'currency = VND' -o vegalite >profit.json
)
is 'whose figure is not known has no empty place among the largest' "$(values <profit.json)" 'Profit
/Khách 02=20000
/Khách 01=-20000'
has '  and it is said of how many' 'without a figure: 22' profit.json

# --- pages -----------------------------------------------------------------------------

crm-report pipeline -w "currency = VND and name != '<b>'" -o html >page.html
has 'a page has its figures' '<td class=n data-v="2500000">2.500.000</td>' page.html
has 'as of when, and where' '<dd>2026-11-21 09:30</dd>' page.html
has 'what is typed is text' 'name != &#39;&lt;b&gt;&#39;</dd>' page.html
has 'and the line that makes it, as a shell reads it' \
	"crm-report pipeline -w &#39;currency = VND and name != &#39;\&#39;&#39;&lt;b&gt;&#39;\&#39;&#39;&#39; -o html" page.html
has 'its picture above the table' '<svg ' page.html
ok 'a page of one figure has no picture' crm-report leads -o html
is '  but its table' "$(grep -c '<svg' out) $(grep -c '<tbody>' out)" '0 1'
for format in svg html vegalite chart; do
	crm-report activities --by user --period month -o $format >a
	crm-report activities --by user --period month -o $format >b
	same "the same bytes twice ($format)" a b
done

# --- refused ---------------------------------------------------------------------------

status 2 'one figure has no picture' crm-report leads -o svg
is '  it says why' "$(cat err)" 'crm-report: there is no picture of one figure alone: name --by or --period (see crm-report leads --help)'
status 2 'a list of records is no picture' crm-report pipeline --rows -o svg
is '  it says so' "$(cat err)" 'crm-report: --rows is not printed as svg (see crm-report pipeline --help)'
status 2 'other programs have no pictures' crm-deal list -o svg
is '  and say what they have' "$(cat err)" 'crm-deal: -o: there is no svg of this; its formats: table csv tsv json jsonl refs vcf (see crm-deal list --help)'
is 'completion offers them where they are' "$(crm-report --complete pipeline -o v; crm-report --complete list -o s)" 'vcf
vegalite'
status 3 'a full disk is told' sh -c 'crm-report pipeline -o svg >/dev/full'

# --- what is drawn of it ---------------------------------------------------------------
crm-deal set -q 1 3 4 stage=won
crm-activity add -q kind=call direction=out status=done owner=lan deal=deal-1 outcome=connected
crm-activity add -q kind=call direction=out status=done owner=mai deal=deal-4 outcome=no_answer
is 'the forecast month by month' "$(crm-report forecast -w 'currency = VND' -o vegalite | values |
	grep '/20' | cut -d/ -f2 | cut -d= -f1 | sort -u | tr '\n' ' ')" '2026-11 2026-12 '
is 'counts, too, currency by currency' "$(crm-report winloss --by owner -o vegalite | values | grep -v Lost)" \
	'Won and lost (VND)
Won/Lê Thị Lan=1
Won/Nguyễn Thị Mai=1
Won and lost (USD)
Won/Nguyễn Thị Mai=1'
is 'of figures that contain each other one stands upon another' \
	"$(crm-report calls --by owner --period month -o vegalite | values)" 'Calls
Lê Thị Lan/2026-11=1
Nguyễn Thị Mai/2026-11=1'
is 'a touchpoint is one bar, owner upon owner' "$(crm-report touchpoints --by owner -w 'currency = VND' -o vegalite |
	values | grep -c '[a-z]/Call=')" 2
is 'an axis of which one figure alone is left is called so' \
	"$(crm-report leaderboard won_deals --from 2026-09 -o chart | sed -n 3p)" Actual
is 'a cohort is a month, and the columns are months since' \
	"$(CRM_LANG='vi' crm-report cohorts -w 'currency = VND' -o svg | grep -o '>[01][0-9]/20[0-9]*<\|>Số tháng sau<' |
		sort -u | tail -2 | paste -sd' ')" '>11/2026< >Số tháng sau<'
is '  or whatever was asked for' \
	"$(crm-report cohorts --period quarter -w 'currency = VND' -o svg | grep -o '>20[0-9-]*Q[1-4]<\|>Quarters since<' |
		sort -u | tail -2 | paste -sd' ')" '>2026-Q4< >Quarters since<'
is 'a pivot has a heading' "$(crm-report pivot deal --rows stage -o table | head -1)" Deals
is 'no shipped stage is cut, in 80 columns, in Vietnamese' \
	"$(CRM_LANG=vi COLUMNS=80 crm-report funnel deal -o chart | grep -c …)" 0
is 'touchpoints month by month are upon each other' "$(crm-report touchpoints --period month --from 2026-11 \
	-w 'currency = VND' -o vegalite | values)" "Touchpoints
Call/2026-11=$(crm-report touchpoints --from 2026-11 -w 'currency = VND' -o csv | sed -n 's/^call,.*,\(.*\),VND/\1/p')"
crm-campaign add -q name=Nothing
is 'no ticks at half a deal, or half a đồng' "$({
	crm-report leaderboard won_deals --from 2026-09 -o svg
	crm-report campaigns -o svg
} | grep -c '>0\.[0-9]<')" 0
ok 'a back-test is drawn' crm-report forecast --backtest --from 2026-09 -o svg
status 2 'rows without a picture' crm-report products --together -o svg
is '  say what prints them' "$(cat err)" 'crm-report: there is no picture of these rows, which -o table and -o html print (see crm-report products --help)'

# People are called by their names, and told apart; programs know them by their logins.
crm-user set mai name='Lê Thị Lan' -q
crm-report pipeline --by owner -o html >page.html
is 'owners on a page' "$(grep -o 'data-v="[lm]a[in]">[^<]*' page.html | sort -u)" 'data-v="lan">Lê Thị Lan (lan)
data-v="mai">Lê Thị Lan (mai)'
has '  and in its CSV' 'lan%2C' page.html
is 'in a table' "$(crm-report pipeline --by owner -w 'owner = lan and currency = VND' -o table | grep -o '^Lê.*)')" \
	'Lê Thị Lan (lan)'
crm-account add name=An -q
crm-deal add name=f account=An amount=300000 currency=VND stage=won owner=lan -q
crm-deal list stage:won currency:VND -f account,amount -o csv >won.csv
is 'what the first have of the whole, by what they are ranked by' "$(crm-report customers -w 'currency = VND' -l 1 -o chart |
	sed -n 's/.* \([0-9,]*%\)$/\1/p')" "$(awk -F, 'NR > 1 { all += $2; n[$1] += $2 }
		END { for (i in n) most = n[i] > most ? n[i] : most; printf "%.0f%%", most / all * 100 }' won.csv)"
is '  of orders, too' "$(crm-report customers -w 'currency = VND' --rank orders -l 1 -o chart |
	sed -n 's/.*█ *\([0-9]*\) *\([0-9,]*%\)$/\1 \2/p')" "$(awk -F, 'NR > 1 { n[$1]++ }
		END { for (i in n) most = n[i] > most ? n[i] : most; printf "%d %.0f%%", most, most / (NR - 1) * 100 }' won.csv)"
# What is empty has one name wherever people read it, and none where programs do; a period is called
# in tables as in pictures, and sorted by its day.
crm-deal add name=g account=An amount=400000 currency=VND stage=won closed_at=2026-08-05T03:00:00Z -q
crm-deal set name:g owner= -q
sales() { # FORMAT [ARGUMENT…]
	format=$1
	shift
	crm-report sales --by owner -w 'currency = VND' -o "$format" "$@"
}
is 'owners who are nobody, in a table' "$(sales table | grep -o '^(none)')" '(none)'
is '  in Vietnamese' "$(CRM_LANG='vi' sales table | grep -o '^(không có)')" '(không có)'
is '  in a picture' "$(sales svg | grep -o '>(none)<' | sort -u)" '>(none)<'
is '  across' "$(crm-report pivot deal --rows stage --columns owner -o table | grep -o '(none)')" '(none)'
sales html >page.html
is '  on a page, which sorts it as empty' "$(grep -o 'data-v="">[^<]*' page.html)" 'data-v="">(none)'
is '  whose CSV is that of the report' "$(grep -o 'charset=utf-8,[^"]*' page.html | python3 -c '
import sys, urllib.parse
sys.stdout.write(urllib.parse.unquote(sys.stdin.read().strip().split(",", 1)[1]))')" "$(sales csv)"
is '  in programs nothing' "$(sales csv | cut -d, -f1 | tail -1)$(sales json | jq -r '.[-1].owner')" null
is 'sums are not called so' "$(crm-report activities --by user,kind -o table | grep ^total | tr -s ' ')" 'total 2'
for period in day week month quarter year; do
	sales table --period $period --from 2026-08 --to 2026-09 | grep '^(none)' | head -1
done | tr -s ' ' | cut -d' ' -f1-2 >got
for period in month quarter; do
	CRM_LANG='vi' sales table --period $period --from 2026-08 --to 2026-09 | grep -o 'có).*/2026'
done | tr -s ' ' >>got
is 'periods by their names' "$(cat got)" '(none) 2026-08-01
(none) 2026-07-27
(none) 2026-08
(none) 2026-Q3
(none) 2026
có) 08/2026
có) Q3/2026'
crm-deal add name=h account=An amount=500000 currency=VND expected_close=2023-12-15 -q
crm-deal add name=i account=An amount=600000 currency=VND -q
is '  what is of none is named below, whatever has no room' \
	"$(crm-report forecast -w 'currency = VND' -o svg | grep -c '>(none)<') $(crm-report forecast \
	-w 'currency = VND' -o svg | grep -c '>2024-01<')" '1 0'
sales html --period month --from 2026-08 --to 2026-09 >page.html
is '  sorted by their days on a page' "$(grep -o 'data-v="2026[^<]*' page.html | sort -u)" 'data-v="2026-08-01">2026-08'
is '  whose CSV has these' "$(grep -c '%2C2026-08-01%2C' page.html)" 1
# A table of more than twenty columns is not cut on paper.
crm-report campaigns -o html >wide.html
is 'wide tables are set smaller on paper' "$(grep -c "<table class='many most'>" wide.html)" 1
page_looked_at wide.html
done_testing
