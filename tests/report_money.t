#!/bin/sh
# crm-report receivables, customers, leaderboard, profit: what is owed, who is worth most, who
# sells most, and what is left of it.  Figures by hand.
. tests/lib.sh
vietnam

report() { # REPORT ARGUMENT…: as CSV
	crm-report "$@" -o csv
}

# account-3 has the name of account-1; Hoa buys for herself.
crm-account add -q name='Minh Anh' industry=retail tier=vip
crm-account add -q name='Sao Mai' industry=banking
crm-account add -q --reason 'another one' name='Minh Anh' industry=retail
crm-contact add -q name=Hoa
crm-product add -q sku=P name=Pump price=100 cost=60
crm-import order -q - <<'CSV'
number,account,contact,ordered_on,due_on,status,amount,currency,owner
o1,account-1,,2026-11-01,2026-11-21,confirmed,1000,VND,lan
o2,account-1,,2026-11-01,2026-11-20,delivered,2000,VND,lan
o3,account-1,,2026-09-22,2026-10-22,delivered,400,VND,lan
o4,account-2,,2026-09-21,2026-10-21,delivered,500,VND,mai
o5,account-2,,2026-08-01,2026-08-22,delivered,600,VND,mai
o6,account-2,,2026-08-01,2026-08-23,delivered,700,VND,mai
o7,,contact-1,2026-11-11,,confirmed,300,VND,mai
o8,account-1,,2026-10-01,2026-10-15,cancelled,9999,VND,lan
o9,account-1,,2026-10-01,2026-10-15,draft,9999,VND,lan
o10,account-3,,2026-11-01,2026-12-01,confirmed,50,VND,lan
o11,account-2,,2026-11-01,2026-12-01,confirmed,10.00,USD,mai
o12,account-1,,2026-11-01,2026-11-05,delivered,800,VND,lan
o13,account-1,,2026-11-01,2026-11-05,delivered,100,VND,lan
CSV
crm-order pay -q o2 500
crm-order pay -q o11 '4.00 USD'
crm-order pay -q o12
crm-order pay -q o13
crm-order return -q o13 defective

# --- receivables -------------------------------------------------------------------------
# Today is 21 November.  Minh Anh: 1000 due today, 2000 − 500 since 1 day, 400 since 30, and 100 of
# what came back.  Sao Mai: 500 since 31 days, 700 since 90, 600 since 91; 10 − 4 dollars.  Hoa: 300
# since the 11th, for want of a day.
head='count,open,not_due,days_1_30,days_31_60,days_61_90,days_over_90,overdue,overdue_share,oldest_days,credit,currency'
is 'by customer, those of one name apart' "$(report receivables)" "id,customer,$head
account-1,Minh Anh,4,2900,1000,1900,0,0,0,1900,0.6552,30,100,VND
account-2,Sao Mai,3,1800,0,0,500,700,600,1800,1.0000,91,0,VND
contact-1,Hoa,1,300,0,300,0,0,0,300,1.0000,10,0,VND
account-3,Minh Anh,1,50,50,0,0,0,0,0,0.0000,,0,VND
account-2,Sao Mai,1,6.00,6.00,0.00,0.00,0.00,0.00,0.00,0.0000,,0.00,USD"
is 'one heading for the ids that all lists have' \
	"$(crm-report receivables -o table | grep -o '^ID ') $(crm-account list -o table -f id | head -1)" 'ID  ID'
is 'by the month in which they are due' "$(report receivables --by owner --period month \
	-w 'currency=VND and owner=mai' | cut -d, -f1-4)" 'owner,period,count,open
mai,2026-08-01,2,1300
mai,2026-09-01,0,0
mai,2026-10-01,1,500
mai,2026-11-01,1,300'
is 'the orders behind it, of both kinds of customer' \
	"$(crm-report receivables --rows -w 'owner=mai and balance > 0' -o refs | tr '\n' ' ')" \
	'order-4 order-5 order-6 order-7 order-11 '
is 'as of an earlier day it was not paid' "$(report receivables --as-of 2026-11-21T02:30:00Z \
	-w 'number=o2' | sed 1d | cut -d, -f1-4)" 'account-1,Minh Anh,1,1500'
is 'an amount in a list is the house'\''s, as one alone' "$(crm-order count -w 'total in (10, 1000)')" 1

# --- customers ---------------------------------------------------------------------------
# account-3 buys two pumps: 200, at a cost of 120.  Hoa wins a deal of 250 without an order.
crm-order add -q account=account-3 number=o14 ordered_on=2026-11-02 due_on=2026-12-31
crm-order add-line -q o14 product=P quantity=2
crm-order set -q o14 status=confirmed
crm-deal add -q name=Hoa contact=contact-1 stage=won amount=250 owner=mai
# Đồng: 1000 + 2000 + 400 + 800 + (100 − 100), 500 + 600 + 700, 300 + 250, 50 + 200; in all 6800.
head='rank,id,customer,tier,orders,revenue,margin,currency,last,share,cumulative_share'
is 'by revenue' "$(report customers)" "$head
1,account-1,Minh Anh,vip,5,4200,,VND,2026-11-01,0.6176,0.6176
2,account-2,Sao Mai,,3,1800,,VND,2026-09-21,0.2647,0.8824
3,contact-1,Hoa,,2,550,,VND,2026-11-21,0.0809,0.9632
4,account-3,Minh Anh,,2,250,80,VND,2026-11-02,0.0368,1.0000
1,account-2,Sao Mai,,1,10.00,,USD,2026-11-01,1.0000,1.0000"
is 'by margin, where it is known' "$(report customers --rank margin | cut -d, -f1,2,7,10 | head -3)" \
	'rank,id,margin,share
1,account-3,80,1.0000
,contact-1,,'
is 'by orders: equals share a rank' "$(report customers --rank orders | cut -d, -f1,2,5,10,11)" \
	'rank,id,orders,share,cumulative_share
1,account-1,5,0.3846,0.3846
2,account-2,3,0.2308,0.6154
3,contact-1,2,0.1538,0.7692
3,account-3,2,0.1538,0.9231
5,account-2,1,0.0769,1.0000'
is 'by tier, without contacts' "$(report customers -w 'tier=vip' --by industry)" \
	'rank,industry,orders,revenue,margin,currency,last,share,cumulative_share
1,retail,5,4200,,VND,2026-11-01,1.0000,1.0000'
is 'the best of each month' "$(report customers --period month --from 2026-10 --to 2026-12 \
	-w 'currency=VND' | cut -d, -f1,2,5,7,11 | sed 1d | grep -v ',0,')" \
	'1,account-1,2026-11-01,3800,0.8261
2,contact-1,2026-11-01,550,0.1196
3,account-3,2026-11-01,250,0.0543'
# The tier is known of the customer, whatever stands first, and of contacts none is.
is 'what follows from the customer' "$(report customers --by tier,customer | cut -d, -f1-5)" \
	'rank,tier,customer,orders,revenue
1,vip,Minh Anh,5,4200
2,,Sao Mai,3,1800
3,,Hoa,2,550
4,,Minh Anh,2,250
1,,Sao Mai,1,10.00'
is 'they go on through pipes' "$(crm-report customers -l 2 -w currency=VND -o refs | tr '\n' ' ')" 'account-1 account-2 '
# Rows that cannot be among the first are not made: the others are as in the whole answer, with
# equals, two currencies and empty figures, and no total where rows are missing.
first() { # ARGUMENT…
	report "$@" | sed 1d >whole
	for limit in 0 1 3; do
		report "$@" -l "$limit" | sed 1d >some
		head -n "$limit" whole | cmp -s - some || echo "$*: not the first $limit"
	done
}
# By an amount, of each currency: one of đồng and ten dollars do not compare.  Of ranks, in each
# period, too, whose day is the first date of a line.
first_each() { # ARGUMENT…
	report "$@" | sed 1d >whole
	case $* in *--period*) periods=1 ;; *) periods=0 ;; esac
	case $* in *'--rank orders'*) amount=0 ;; *) amount=1 ;; esac
	for limit in 0 1 3; do
		report "$@" -l "$limit" | sed 1d >some
		awk -v limit="$limit" -v periods="$periods" -v amount=$amount '{
			match($0, /,(VND|USD),|,(VND|USD)$/)
			key = amount ? substr($0, RSTART + 1, 3) : ""
			if (periods && match($0, /,20[0-9][0-9]-[0-9][0-9]-01,/)) key = key substr($0, RSTART, 11)
			if (++n[key] <= limit) print }' whole |
			cmp -s - some || echo "$*: not the first $limit of each currency"
	done
}
{
	for by in revenue margin; do
		first_each customers --rank "$by"
		first_each customers -s "-$by"
		first_each customers -s "$by,-last"
	done
	first customers --rank orders
	first customers -s -orders
	first customers -s orders,-last
	first_each customers --period quarter
	first_each customers --period month --rank orders
	first_each leaderboard revenue --period month --from 2026-08
	first_each leaderboard orders --period month --from 2026-08
	first_each customers --by owner --compare year --from 2026-09
	for by in -count,customer customer -oldest_days customer,-open; do
		first receivables -s "$by"
	done
	for by in -credit +credit; do
		first_each receivables -s "$by"
	done
	first_each receivables
	first_each profit -s +profit
	first_each products
} >got
is 'the first rows are those of the whole' "$(cat got)" ''
is '  by an amount one of đồng and one of dollars' "$(report customers -l 1 | sed 1d | cut -d, -f2,6,8)" \
	'account-1,4200,VND
account-2,10.00,USD'
is 'their totals are left out where rows are' \
	"$(crm-report receivables -l 1 -o table | grep -c total)/$(crm-report receivables -o table |
		grep -c total)" '0/2'
status 2 'what nobody ranks by' crm-report customers --rank size
has 'is refused' '--rank: "size" is none of revenue margin orders' err
status 1 'no sum of two currencies' crm-report rfm
has '  but one, and the first to think of is the house'"'"'s' 'choose one with -w currency=VND, or' err
status 2 'rows of orders and deals' crm-report customers --rows
has 'are named' 'name one part of the report: order or deal' err

crm-order pay -q o11 '6.00 USD'
is 'what is settled is owed in no currency' "$(report receivables | grep -c USD)" 0

# --- leaderboard -------------------------------------------------------------------------
# November 2026 has 21 days from Monday to Friday; the 20th is a holiday.  Until Saturday the 21st
# 14 of the 20 are over, 6 are left.  October has 22, December 23.
printf 'holidays: [2026-11-20]\n' | crm-config apply - -q
crm-import order -q - <<'CSV'
number,account,ordered_on,status,amount,currency,owner
o16,account-2,2026-10-05,delivered,900,VND,mai
CSV
crm-order set -q o14 owner=lan
crm-user set-target -q lan revenue 4200 2026-11
crm-user set-target -q mai calls 10 2026-11
crm-team set-target -q hanoi revenue 10000 2026-Q4
crm-import activity -q - <<'CSV'
kind,status,contact,done_at,owner
call,done,contact-1,2026-11-02T05:00:00Z,mai
call,done,contact-1,2026-11-20T05:00:00Z,mai
call,done,contact-1,2026-10-20T05:00:00Z,lan
call,planned,contact-1,,mai
meeting,done,contact-1,2026-11-02T05:00:00Z,mai
CSV
head='measure,owner,rank,previous_rank,moved,actual,previous,target,attained,due,pace,per_day,needed_per_day,currency'
# lan: 1000 + 2000 + 800 + 50 + 200 of 4200, of which 14/20 are due, 150 are missing; mai: 300 + 250,
# and 900 in October, when lan had nothing.
is 'revenue of users' "$(report leaderboard revenue)" "$head
revenue,lan,1,,,4050,0,4200,0.9643,2940,1.3776,210,25,VND
revenue,mai,2,1,-1,550,900,,,,,,,VND
revenue,mai,1,,,10.00,0.00,,,,,,,USD"
# Of the 10000 November has 42/65 − 22/65, rounded each: 6462 − 3385; until today 36/65: 5538 − 3385.
is 'each measure has the same columns, also by the currency that they have anyway' \
	"$(report leaderboard --by currency,owner | awk -F, '{ print NF }' | uniq)" 14
is 'and of teams, with theirs' "$(report leaderboard revenue --by team -w 'team=hanoi and currency=VND' |
	sed 1d)" 'revenue,hanoi,1,1,0,4600,900,3077,1.4950,2153,2.1366,154,0,VND'
# Of 10 calls 7 are due; 8 in 6 days are missing.
is 'calls' "$(report leaderboard calls | sed 1d)" 'calls,mai,1,,,2,0,10,0.2000,7,0.2857,0.5,1.3,
calls,lan,2,1,-1,0,1,,,,,,,'
is 'what is nobody'"'"'s has no rank' "$(report leaderboard new_customers | sed 1d)" 'new_customers,,,,,1,0,,,,,,,'
is 'every measure that has figures' "$(report leaderboard | sed 1d | cut -d, -f1 | uniq | tr '\n' ' ')" \
	'revenue margin won_deals new_deals new_customers orders calls meetings activities '
report leaderboard | sed 1d >whole
for limit in 0 1 2; do
	report leaderboard -l "$limit" | sed 1d >some
	awk -F, -v limit="$limit" '++n[$1 $NF] <= limit' whole >wanted
	same "the first $limit of each measure, of revenue in each currency" some wanted
done
is 'sorted anew the first of all' "$(report leaderboard -s -actual -l 1 | sed 1d | cut -d, -f1-2)" revenue,lan
is 'month by month' "$(report leaderboard calls --period month --from 2026-10 --to 2026-12 | cut -d, -f1-7,9 | sed 1d)" \
	'calls,lan,2026-10-01,1,,,1,
calls,mai,2026-10-01,2,,,0,
calls,mai,2026-11-01,1,,,2,10
calls,lan,2026-11-01,2,1,-1,0,'
is 'sales have the same target' "$(report sales --target --by owner --from 2026-11 --to 2026-12 \
	-w 'owner=lan and currency=VND' -s owner | sed 1d | tr , '\n' | grep -c '^4050$\|^4200$\|^0.9643$')" 3

# --- profit ------------------------------------------------------------------------------
# A campaign of 100 is named by three sales: o7 and the deal, both of Hoa, and o14: 33.3 each.  One
# that brought nothing is in nobody's.  Sao Mai buys a pump for 90, ten off, at a cost of 60.
crm-campaign add -q name=Fair cost=100
crm-campaign add -q name=Ads cost=1000
crm-order set -q o7 o8 o14 campaign=Fair
crm-deal set -q deal-1 campaign=Fair
crm-order add -q account=account-2 number=o17 ordered_on=2026-11-03 owner=mai
crm-order add-line -q o17 product=P discount=10
crm-order set -q o17 status=confirmed
head='discount,revenue,cost,campaign_cost,margin,profit,currency,profit_rate,cost_known'
is 'by customer' "$(report profit)" "id,customer,$head
account-3,Minh Anh,0,250,120,33,80,47,VND,0.2333,0.8000
account-2,Sao Mai,10,2790,60,0,30,30,VND,0.3333,0.0323
contact-1,Hoa,0,550,,67,,,VND,,0.0000
account-1,Minh Anh,0,4200,,0,,,VND,,0.0000
account-2,Sao Mai,0.00,10.00,,0.00,,,USD,,0.0000"
is 'by product, without campaigns' "$(report profit --by product -w 'currency=VND' | head -2)" "id,product,$head
product-1,Pump,10,290,180,,110,110,VND,0.3793,1.0000"
is 'by campaign' "$(report profit --by campaign -w 'campaign=Fair' | sed 1d)" \
	'campaign-1,Fair,0,750,120,100,80,-20,VND,-0.1000,0.2667'

# --- leap days ---------------------------------------------------------------------------
# What was sold on 28 February 2023 is held against that day of 2024, and not against the 29th too.
crm-import order -q - <<'CSV'
number,account,ordered_on,status,amount
f1,account-1,2023-02-28,delivered,7
f2,account-1,2024-02-29,delivered,5
CSV
is 'a 29 February was not in the year before' "$(report sales --period day --compare year --from 2024-02-28 \
	--to 2024-03-02 | cut -d, -f1,3,9-)" 'period,revenue,previous,change,change_pct
2024-02-28,0,7,-7,-100.0
2024-02-29,5,,,
2024-03-01,0,0,0,'
done_testing
