#!/bin/sh
# Customers by what they bought: lifetime value, RFM, cohorts, rhythm; products; ways to a win.
. tests/lib.sh

# close NAME FILE FILE: the same cells, numbers to within a unit of their last digit
close() {
	paste -d'|' "$2" "$3" | awk -F'|' '
		function off(a, b, d) {
			if (a == b)
				return 0
			if (a !~ /^-?[0-9]+\.[0-9]+$/ || b !~ /^-?[0-9]+\.[0-9]+$/)
				return 1
			d = length(a) - index(a, ".")
			return (a - b) ^ 2 > 1.2 / 10 ^ (2 * d)
		}
		{
			n = split($1, x, ",")
			if (n != split($2, y, ","))
				bad = bad NR " "
			for (i = 1; i <= n; i++)
				if (off(x[i], y[i]))
					bad = bad NR ":" i " "
		}
		END { print bad; exit bad != "" || NR == 0 }' >differ
	result $? "$1"
	[ ! -s differ ] || [ "$(cat differ)" = '' ] || { show differ; diff "$2" "$3" | head -20 | sed 's/^/# /'; }
}

# --- the published figures --------------------------------------------------------------------

cdnow=$data/cdnow/CDNOW_sample.txt
figures() { # REPORT TO ARGUMENT…
	python3 "$root/tests/clv_figures.py" "$cdnow" "$@"
}
if [ -r "$cdnow" ]; then
	crm-init -q --currency USD --timezone America/New_York
	figures csv | crm-import order - --map "$root/tests/data/cdnow/orders.yaml" -q
	crm-report clv --fit --unit week --calibrate-to 1997-09-30 -o json >fit.json
	is 'one object, these keys' "$(tr ',' '\n' <fit.json | sed 's/[{"]//g; s/:.*//' | paste -sd' ' -)" \
		'r alpha a b log_likelihood p q v gg_log_likelihood customers repeat_customers'
	# Fader, Hardie, Lee 2005; Fader, Hardie 2013
	is 'parameters and log-likelihood as published' "$(tr -d '{"}' <fit.json | tr ',' '\n' |
		awk -F: '{ f = "%.2f"; if ($1 ~ /^(r|alpha|a|b)$/) f = "%.3f"; if ($1 == "log_likelihood") f = "%.1f"
			if ($1 ~ /customers/) f = "%d"; if ($1 != "gg_log_likelihood") printf "%s=" f " ", $1, $2 }')" \
		'r=0.243 alpha=4.414 a=0.793 b=2.426 log_likelihood=-9582.4 p=6.25 q=3.74 v=15.44 customers=2357 repeat_customers=946 '
	crm-report clv --fit --unit week --calibrate-to 1997-09-30 -o json >again.json
	same 'the same bytes twice' again.json fit.json
	is 'days are a seventh of weeks' "$(crm-report clv --fit --unit day --calibrate-to 1997-09-30 -o csv |
		awk -F, 'NR == 2 { printf "%.3f", $2 / 7 }')" 4.414
	crm-report clv --holdout --calibrate-to 1997-09-30 -o csv | sed 1d | cut -d, -f1-4 >got
	figures holdout 2026-11-22 fit.json 1997-09-30 >wanted
	close 'hold-out: expected and actual' got wanted
	crm-report clv --fit --to 1998-07-01 -o json >fit.json
	crm-report clv --to 1998-07-01 --margin 30 -s id -o csv >all.csv
	grep -E '^account-([1-9]|[1-5][0-9]|60),' all.csv | sort -t- -k2n |
		awk -F, -v OFS=, '{ print $1, $3, $6, $7, $8, $9, $10, $11 }' >got
	figures clv 1998-07-01 fit.json >wanted
	close 'of customers: alive, expected purchases and worth, discounted' got wanted
	# Who hardly buys on, of the better half: sorted by revenue, the 1,179th of 2,357 is the last.
	awk -F, 'NR > 1 { print $6 }' all.csv | sort -rn | sed -n 1179p >least
	awk -F, -v least="$(cat least)" 'NR > 1 && $3 >= 3 && $6 >= least && $8 < 0.3 { print $1 "," $8 }' all.csv | sort >wanted
	CRM_NOW=1998-06-30T15:00:00Z crm-alert churn_risk -o csv -f id,p_alive | sed 1d | sort >got
	close 'those about to leave, by the same model' got wanted
	for report in rfm cohorts repeat; do
		crm-report $report --to 1998-07-01 -o csv | sed 1d >got
		figures $report 1998-07-01 >wanted
		[ $report = rfm ] && sort -t- -k2n got >sorted && mv sorted got
		same "$report, by brute force" got wanted
	done
	crm-report repeat --customers --to 1998-07-01 -o csv | sed 1d >got
	figures rhythm 1998-07-01 >wanted
	same 'the rhythm of each customer' got wanted
	is 'segments add up' "$(crm-report rfm --summary --to 1998-07-01 -o csv | awk -F, 'NR > 1 { n += $2; s += $3 } END { print n, (s - 1) ^ 2 < 1e-6 }')" '2357 1'
	status 1 'too few who bought again' crm-report clv --fit --to 1997-01-03
	is '  is said' "$(cat err)" "crm-report: 0 of $(awk '$3 < 19970103 && !n[$2]++ { k++ } END { print k }' "$cdnow") customers bought on more than one day; the model is not fitted to fewer than 100"
	is 'the records behind' "$(crm-report clv order --rows -o csv --to 1997-01-03 | sed 1d | wc -l)" \
		"$(awk '$3 < 19970103' "$cdnow" | wc -l)"
	# 4 at 25, cost 10, one of them came back: 75 - 30; and one whose cost is not known
	crm-account add -q name=New
	crm-order add -q account=New ordered_on=1998-06-01
	crm-order add-line -q order-6920 description=x quantity=4 unit_price=25 unit_cost=10
	crm-order confirm -q order-6920
	crm-order return -q order-6920 "$(crm-order lines order-6920 -o refs)"=1 return_reason=defective
	is 'margin less what came back' "$(crm-report clv --to 1998-07-01 -o csv | grep ,New, | cut -d, -f6,7,14)" \
		75.00,45.00,1.0000
	crm-order add -q account=New ordered_on=1998-06-02
	crm-order add-line -q order-6921 description=x quantity=1 unit_price=25
	crm-order confirm -q order-6921
	is 'unknown cost, unknown margin' "$(crm-report clv --to 1998-07-01 -o csv | grep ,New, | cut -d, -f6,7,12,14)" \
		100.00,,,0.7500
	is 'unless somebody says what is earned' \
		"$(crm-report clv --to 1998-07-01 --margin 20 -o csv | grep ,New, | cut -d, -f6,7)" 100.00,50.00
fi

# --- by hand: what is a purchase ----------------------------------------------------------------

CRM_DB=$work/hand.db
export CRM_DB
crm-init -q --currency USD --timezone America/New_York
crm-user add -q login=lan role=rep
crm-user add -q login=mai role=rep
crm-account add -q name=A owner=lan
crm-account add -q name=B owner=mai
crm-contact add -q name=C owner=mai
crm-deal add -q -i csv <<'CSV'
name,account,stage,amount,closed_at,lost_reason,owner
linked,A,won,999,2026-01-05T12:00:00Z,,lan
alone,B,won,70,2026-02-11T03:00:00Z,,mai
lost,B,lost,5,2026-02-11T03:00:00Z,price,mai
CSV
crm-order add -q -i csv <<'CSV'
id,account,contact,deal,ordered_on,owner
order-1,A,,deal-1,2026-01-05,lan
order-2,A,,,2026-01-05,lan
order-3,A,,,2026-03-06,lan
order-4,A,,,2026-04-01,lan
order-5,A,,,2026-04-02,lan
order-6,A,,,2026-04-03,lan
order-7,,C,,2026-02-01,mai
order-8,A,,,2026-12-01,lan
CSV
crm-import order_line - -q <<'CSV'
order,description,quantity,unit_price,unit_cost,tax_rate
order-1,x,10,10,6,10
order-2,x,1,50,20,
order-3,x,4,25,10,10
order-4,x,1,1000,,
order-5,x,1,1000,,
order-6,x,1,1000,,
order-7,x,1,30,,
order-8,x,1,1000,,
CSV
crm-order confirm -q order-1 order-2 order-3 order-5 order-6 order-7 order-8
crm-order cancel -q order-5
crm-order return -q order-6 return_reason=defective
crm-order return -q order-3 order_line-3=1 return_reason=defective
# A buys twice: on 5 January for 100 + 50, two orders on one day; on 6 March for 100 - 25.
is 'returns, drafts, what was cancelled and is to come; deals without order, on their local day' \
	"$(crm-report repeat --customers --least 2 -o csv | cut -d, -f1-5,7,8)" 'id,name,purchases,first_on,last_on,median_days,due_on
account-1,A,2,2026-01-05,2026-03-06,60.0,2026-05-05
account-2,B,1,2026-02-10,2026-02-10,,
contact-1,C,1,2026-02-01,2026-02-01,,'
cohorts() {
	crm-report cohorts --to 2026-04-01 -o csv "$@" | sed 1d | cut -d, -f1-7
}
is 'what came in, by month of the first purchase' "$(cohorts)" '2026-01-01,0,1,1,1.0000,150.00,USD
2026-01-01,1,1,0,0.0000,0.00,USD
2026-01-01,2,1,1,1.0000,75.00,USD
2026-02-01,0,2,2,1.0000,100.00,USD
2026-02-01,1,2,0,0.0000,0.00,USD
2026-02-01,2,2,,,,USD
2026-03-01,0,0,0,,0.00,USD
2026-03-01,1,0,,,,USD
2026-03-01,2,0,,,,USD'
is '  in a table periods stand right' "$(crm-report cohorts --to 2026-04-01 -o table |
	grep -o '^Cohort  *Months since \|^2026-01  *1 ')" 'Cohort  Months since 
2026-01            1 '
is 'deals alone' "$(cohorts --basis deals | grep ',0,1,')" '2026-01-01,0,1,1,1.0000,999.00,USD
2026-02-01,0,1,1,1.0000,70.00,USD'
is '  nobody knows the share of a month that goes on' "$(crm-report cohorts --to 2026-03-20 -o csv |
	grep -E '^2026-0[12]-01,(0|1|2),' | cut -d, -f1-5,8)" '2026-01-01,0,1,1,1.0000,true
2026-01-01,1,1,0,0.0000,true
2026-01-01,2,1,1,,false
2026-02-01,0,2,2,1.0000,true
2026-02-01,1,2,0,,false
2026-02-01,2,2,,,false'
is 'orders alone, of those who came later' "$(cohorts --basis orders --from 2026-02-01 | sed -n 1,2p)" \
	'2026-02-01,0,1,1,1.0000,30.00,USD
2026-02-01,1,1,0,0.0000,0.00,USD'
is 'by the week' "$(cohorts --from 2026-02-01 --to 2026-02-16 --period week | cut -d, -f1-4)" \
	'2026-01-26,0,1,1
2026-01-26,1,1,0
2026-01-26,2,1,0
2026-02-02,0,0,0
2026-02-02,1,0,0
2026-02-02,2,0,
2026-02-09,0,1,1
2026-02-09,1,1,
2026-02-09,2,1,'
is 'one line a cohort' "$(crm-report cohorts --to 2026-04-01 --wide -o csv)" 'cohort,size,0,1,2
2026-01-01,1,1.0000,0.0000,1.0000
2026-02-01,2,1.0000,0.0000,
2026-03-01,0,,,'
is 'of some customers' "$(crm-report repeat -w 'account.name = A' -o csv | sed 1d | cut -d, -f1-4)" 1,1,1.0000,2
is 'and of nobody' "$(crm-report repeat -w 'account.name = Z' -o json)" \
	'{"customers":0,"repeat_customers":0,"repeat_rate":null,"purchases":0,"median_days":null,"p90_days":null,"due":0,"lapsed":0}'
# lan has both days of A; mai has B's deal and C's order, each alone in February.
is 'customers who come back, by owner' "$(crm-report repeat --by owner -o csv | cut -d, -f1-5)" \
	'owner,customers,repeat_customers,repeat_rate,purchases
lan,1,1,1.0000,2
mai,2,0,0.0000,2'
is 'cohorts by owner, each from its own first month on' "$(cohorts --by owner --from 2026-02-01 | grep '[1-9]\.')" \
	'mai,2026-02-01,0,2,2,1.0000,100.00'
crm-report repeat --only due --least 2 --to 2026-05-20 -o refs >out
is 'lists go on through pipes' "$(cat out)" account-1
crm-config show | sed 's/- rep: {read: all/- rep: {read: own/' >own.yaml && crm-config apply -q own.yaml
is 'who may read one customer alone' "$(CRM_USER=lan crm-report repeat --customers -o csv | sed 1d | cut -d, -f1-3)" \
	'account-1,A,2'
crm-order add -q account=B ordered_on=2026-03-02 currency=VND
crm-order add-line -q order-9 description=y quantity=1 unit_price='500000 VND'
crm-order confirm -q order-9
crm-product set-rate -q USD VND 25000 2026-01-01
status 1 'no sum of two currencies' crm-report rfm
is '  but one, or all in one' "$(cat err)" 'crm-report: there are purchases in 2 currencies: choose one with -w currency=USD, or convert them with --currency'
is 'each currency by itself' "$(cohorts --from 2026-03-01 | grep -v ,USD)" '2026-03-01,0,1,1,1.0000,500000,VND'
is 'or converted by the rate of the day' "$(cohorts --currency USD | grep '^2026-02')" '2026-02-01,0,2,2,1.0000,100.00,USD
2026-02-01,1,2,1,0.5000,20.00,USD
2026-02-01,2,2,,,,USD'
is 'rhythm has no currency' "$(crm-report repeat --customers -o csv | sed -n '3p' | cut -d, -f1-5)" \
	'account-2,B,2,2026-02-10,2026-03-02'

crm-product add -q sku=K name=K price=1
crm-order add -q account=B ordered_on=2026-03-03 currency=VND
crm-order add-line -q order-10 product=K quantity=2 unit_price='50000 VND'
crm-order confirm -q order-10
# Two in March, none in April.
is 'best sellers against the month before' "$(crm-report products --from 2026-04-01 --to 2026-05-01 \
	--compare previous -o csv | sed 1d)" 'product-1,K,0,0,,0,VND,,100000,-100000,-100.0'
is '  and that of the year before, in which it did not sell' "$(crm-report products --from 2026-03-01 --to 2026-04-01 \
	--compare year -o csv | sed 1d | cut -d, -f1,6-)" 'product-1,100000,VND,1.0000,0,100000,'
status 2 'best sellers of all alone' crm-report products --by industry
has '  is told, with what there is' \
	'--by: that is for --favourites; what sells to whom says crm-report sales --by product,industry' err
ok '  and which answers' crm-report sales --by product,industry
status 2 'pairs have no revenue' crm-report products --together --from 2026-03-01 --compare previous
has '  to compare' '--compare: there is no revenue here to compare' err
is 'best sellers in another currency' "$(crm-report products --currency USD -o csv | sed 1d)" \
	product-1,K,1,1,2,4.00,USD,1.0000

# --- refused ---------------------------------------------------------------------------------

refused() { # STATUS MESSAGE ARGUMENT…
	wanted=$1 message=$2
	shift 2
	status "$wanted" "refused: $*" crm-report "$@"
	is "  says why" "$(cat err)" "crm-report: $message"
	is "  and prints nothing" "$(cat out)" ''
}
refused 1 'there are 3 customers; fifths of fewer than 25 say nothing' rfm --currency USD
refused 1 '1 of 3 customers bought on more than one day; the model is not fitted to fewer than 100' \
	clv -w currency=USD
refused 1 'there is 1 customer; fifths of fewer than 25 say nothing' rfm -w 'account = A' --currency USD
refused 1 '1 of 1 customer bought on more than one day; the model is not fitted to fewer than 100' \
	clv -w 'account = A' --currency USD
refused 2 '--unit: "fortnight" is none of day week month year' clv --unit fortnight
refused 2 '--holdout: not with --fit: one at a time' clv --fit --holdout
refused 2 '--calibrate-to: that day is still to come' clv --calibrate-to 2027-01-01
refused 2 '--by: report clv looks at all together; -w has it look at some, such as -w owner=LOGIN' clv --by owner
refused 2 '--wide: not with --by' cohorts --wide --by owner
refused 2 '--period: report rfm has no periods' rfm --period month
refused 2 '--from: report repeat needs all that was before' repeat --from 2026
refused 2 '--currency: report journey shows no amounts' journey --currency USD
refused 2 '--least: one purchase tells no interval' repeat --least 1
refused 2 '--support: 101 is not from 0 to 100' products --together --support 101

# --- products: every pair, by brute force ------------------------------------------------------

CRM_DB=$work/products.db
crm-init -q --currency USD --timezone America/New_York
cat >baskets.py <<'PY'
import collections, itertools, random, sys
random.seed(3)
industry = [random.choice(['retail', 'banking', '']) for _ in range(12)]
lines = [(o, random.randrange(12), random.randrange(8) if random.random() < .7 else 0, random.randrange(1, 4))
         for o in range(80) for _ in range(random.randrange(1, 5))]
who = {}
lines = [(o, who.setdefault(o, a), p, q) for o, a, p, q in lines]
lines.sort(key=lambda l: hash((l[2] * 7919 + l[0] * 104729) % 1009))  # not order by order
f = {'accounts': lambda: print('name,industry', *(f'A{i},{x}' for i, x in enumerate(industry)), sep='\n'),
     'products': lambda: print('sku,name,price', *(f'P{i},P{i},{i + 1}.50' for i in range(8)), sep='\n'),
     'orders': lambda: print('account,ordered_on', *(f'A{who[o]},2026-01-{o % 28 + 1:02}' for o in range(80)), sep='\n'),
     'lines': lambda: print('order,product,quantity', *(f'order-{o + 1},P{p},{q}' for o, a, p, q in lines), sep='\n')}
def baskets(key):
    b = collections.defaultdict(set)
    for l in lines: b[key(l)].add(l[2])
    return b
def together(key, least):
    b = baskets(key).values()
    n = collections.Counter(p for x in b for p in x)
    pairs = collections.Counter(pair for x in b for pair in itertools.permutations(x, 2))
    rows = [(-c * len(b) / (n[p] * n[q]), -c, p, q) for (p, q), c in pairs.items() if c >= max(2, least * len(b))]
    for lift, c, p, q in sorted(rows):
        print(f'product-{p + 1},P{p},product-{q + 1},P{q},{-c},{-c / len(b):.4f},{-c / n[p]:.4f},{-lift:.4f}')
def favourites(groups={g: [a for a in range(12) if industry[a] == g] for g in ['banking', 'retail', '']}):
    every = baskets(lambda l: l[1])
    for g, who in groups.items():
        mine = {a: x for a, x in every.items() if a in who}
        rows = []
        for p in range(8):
            c, base = sum(p in x for x in mine.values()), sum(p in x for x in every.values()) / len(every)
            if c >= 2: rows.append((-c / len(mine) / base, -c, p, c / len(mine), base))
        for lift, c, p, rate, base in sorted(rows)[:3]:
            print(f'{g},product-{p + 1},P{p},{-c},{rate:.4f},{base:.4f},{-lift:.4f}')
def sellers():
    rows = []
    for p in range(8):
        mine = [l for l in lines if l[2] == p]
        q = sum(l[3] for l in mine)
        rows.append((-q * (2 * p + 3), p, len({l[0] for l in mine}), len({l[1] for l in mine}), q))
    every = -sum(r[0] for r in rows)
    for r, p, o, c, q in sorted(rows):
        print(f'product-{p + 1},P{p},{o},{c},{q},{-r / 2:.2f},USD,{-r / every:.4f}')
f.update({'order': lambda: together(lambda l: l[0], .05), 'customer': lambda: together(lambda l: l[1], .25),
          'favourites': favourites, 'few': lambda: favourites({'Few': [0, 1, 4]}), 'sellers': sellers})
f[sys.argv[1]]()
PY
for type in account product order; do
	python3 baskets.py ${type}s >$type.csv && crm-$type add -q -i csv <$type.csv
done
python3 baskets.py lines | crm-import order_line - -q
crm-order list -f id | crm-order confirm -q
reckoned() { # NAME WHAT ARGUMENT…
	name=$1 what=$2
	shift 2
	crm-report products "$@" -o csv | sed 1d >got
	python3 baskets.py "$what" >wanted
	close "$name" got wanted
}
reckoned 'best sellers' sellers
reckoned 'bought together in an order' order --together --support 5
reckoned 'or by a customer' customer --together --per customer --support 25
reckoned 'favourites of each industry' favourites --favourites --top 3 --support 0
is 'by a field of one'"'"'s own choice' "$(crm-report products --favourites --by account.name --support 0 -o csv | head -1)" \
	account.name,product,name,customers,rate,base_rate,lift
crm-segment add -q name=Shops of=account condition='industry = retail'
crm-segment add -q name=Leads of=lead condition='status = new'
crm-segment add -q name=Few of=account kind=static
crm-segment add -q Few account-1 account-2 account-5
crm-report products --favourites --segments --support 0 --top 3 -o csv >got
sed -n 's/^Shops/retail/p; /^Few/p' got | sort -t, -k1,1 -s >sorted
{ python3 baskets.py few && python3 baskets.py favourites | grep ^retail; } >wanted
close 'favourites of stored segments, by list and by condition' sorted wanted
is '  and of none else' "$(sed '1d; s/,.*//' got | uniq | paste -sd' ' -)" 'Few Shops'
crm-order return -q order-1 return_reason=defective
is 'what came back is not bought' "$(crm-report products --rows -o refs | wc -l)" 79

# --- ways to a win ----------------------------------------------------------------------------

CRM_DB=$work/ways.db
vietnam
crm-account add -q name=A
crm-account add -q name=B
crm-lead add -q name=L
crm-deal add -q -i csv <<'CSV'
name,account,stage,amount,closed_at,lost_reason,lead
a1,A,won,1,2026-01-11T00:00:00Z,,
a2,A,won,1,2026-03-01T00:00:00Z,,
b1,B,won,1,2026-02-01T00:00:00Z,,lead-1
b2,B,lost,1,2026-02-10T00:00:00Z,price,
b3,B,won,1,2026-02-20T00:00:00Z,,
b4,B,discovery,1,,,
CSV
crm-activity add -q -i csv <<'CSV'
kind,channel,status,done_at,account,deal,lead
email,website,done,2026-01-01T00:00:00Z,A,,
call,,done,2026-01-03T00:00:00Z,A,,
call,,done,2026-01-05T00:00:00Z,A,,
note,,done,2026-01-06T00:00:00Z,A,,
task,,done,2026-01-06T00:00:00Z,A,,
meeting,,done,2026-01-09T00:00:00Z,A,deal-1,
meeting,,planned,,A,,
call,,done,2026-02-09T00:00:00Z,A,,
call,,done,2026-03-02T00:00:00Z,A,,
chat,website,done,2026-01-20T00:00:00Z,,,lead-1
call,,done,2026-01-28T00:00:00Z,,deal-3,
meeting,,done,2026-01-30T12:00:00Z,B,,
call,,done,2026-02-05T00:00:00Z,B,,
email,,done,2026-01-31T00:00:00Z,,deal-6,
CSV
crm-event add -q -i csv <<'CSV'
kind,at,account,source,external_id
order,2026-02-19T00:00:00Z,B,shop,1
CSV
# A's first: website 2 days, call 6, meeting 2: 10 in all.  A's second: call 20.  B's first:
# website 8, call 2.5, meeting 1.5: 12.  B's second: call, lost.  B's third: nothing is known.
is 'the commonest ways, and the time along them' "$(crm-report journey -o csv)" \
	'path,won,share,lost,win_rate,median_days,step_days
website;call;meeting,2,0.5000,0,1.0000,11.0,5.0;4.3;1.8
,1,0.2500,0,1.0000,,
call,1,0.2500,1,0.5000,20.0,20.0'
is 'the last steps of longer ones' "$(crm-report journey --steps 1 -o csv | sed 1d | cut -d, -f1,2,6)" 'meeting,2,1.8
,1,
call,1,20.0'
is 'of deals closed in time' "$(crm-report journey --from 2026-02-01 --to 2026-02-15 -o csv | sed 1d)" \
	'website;call;meeting,1,1.0000,0,1.0000,12.0,8.0;2.5;1.5'
is 'of some deals, the touches of others left with them' "$(crm-report journey -w 'name = a2' -o csv | sed 1d)" \
	'call,1,1.0000,0,1.0000,20.0,20.0'
is 'of each team, where nobody is in one' "$(crm-report journey --by team -o csv | sed 1d)" \
	"$(crm-report journey -o csv | sed '1d; s/^/,/')"
crm-report journey -o table >out
has 'people read words' 'Website → ' out
has '  and the days, told apart' '5,0; 4,3; 1,8' out

# Two wins and a loss of one lead: its touches are those of the win that came first.  Call 15 days
# before the meeting, that 12 before the win; the e-mail came after it, and makes no way to others.
crm-account add -q name=C
crm-lead add -q name=M
crm-deal add -q -i csv <<'CSV'
name,account,stage,amount,closed_at,lost_reason,lead
m1,C,lost,1,2026-01-10T00:00:00Z,price,lead-2
m3,C,won,1,2026-03-01T00:00:00Z,,lead-2
m2,C,won,1,2026-02-01T00:00:00Z,,lead-2
CSV
crm-activity add -q -i csv <<'CSV'
kind,status,done_at,lead
call,done,2026-01-05T00:00:00Z,lead-2
meeting,done,2026-01-20T00:00:00Z,lead-2
email,done,2026-02-15T00:00:00Z,lead-2
CSV
is 'of two deals of one lead its touches are the first win'"'"'s' \
	"$(crm-report journey -w 'name in (m1, m2, m3)' -o csv | sed 1d)" 'call;meeting,1,0.5000,0,1.0000,27.0,15.0;12.0
,1,0.5000,1,0.5000,,'
is '  also where the others alone are asked for' \
	"$(crm-report journey -w 'name in (m1, m3)' -o csv | sed 1d)" ',1,1.0000,1,0.5000,,'
done_testing
