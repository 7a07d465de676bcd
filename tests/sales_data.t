#!/bin/sh
# Real sales: a CRM's won deals as orders of products, and 6,919 purchases of CDs of which
# the total alone is known.  The figures come from awk over the files.
. tests/lib.sh
maven=$data/maven cdnow=$data/cdnow/CDNOW_sample.txt
maps=$root/tests/data
[ -r "$maven/sales_pipeline.csv" ] && [ -r "$cdnow" ] || skip_all "no $maven or $cdnow"
export CRM_NOW=2018-01-02T00:00:00Z

sql() {
	sqlite3 -batch -separator ' ' "$CRM_DB" "$1"
}

crm-init --currency USD --timezone UTC --region US -q
crm-import -q team "$maven/sales_teams.csv" --map "$maps/maven/teams.yaml"
crm-import -q user "$maven/sales_teams.csv" --map "$maps/maven/agents.yaml"
crm-import -q account "$maven/accounts.csv" --map "$maps/maven/accounts.yaml"
ok "products" crm-import product "$maven/products.csv" --map "$maps/maven/products.yaml"
awk -F, 'NR == 1 || $5 == "Won"' "$maven/sales_pipeline.csv" >won.csv
ok "orders" crm-import order won.csv --map "$maps/maven/orders.yaml"
has "4,238 of them" "read 4238, created 4238" err
ok "their lines" crm-import order_line won.csv --map "$maps/maven/order_lines.yaml"
has "as many" "read 4238, created 4238" err
is "what they come to is what the README says" "$(sql 'select sum(total) / 100 from "order"')" 10005534
is "revenue by month" \
	"$(sql 'select substr(ordered_on, 1, 7), count(*), sum(subtotal - discount) / 100 from "order" group by 1 order by 1')" \
	"$(awk -F, 'NR > 1 { m = substr($7, 1, 7); n[m]++; v[m] += $8 } END { for (i in n) print i, n[i], v[i] }' won.csv | sort)"
is "revenue by product" \
	"$(sql "select replace(p.name, ' ', '_'), count(*), sum(l.amount) / 100 from order_line l join product p on p.id = l.product group by 1" | LC_ALL=C sort)" \
	"$(awk -F, 'NR > 1 { p = $3 == "GTXPro" ? "GTX Pro" : $3; gsub(/ /, "_", p); n[p]++; v[p] += $8 } END { for (i in n) print i, n[i], v[i] }' won.csv | LC_ALL=C sort)"
is "and by month and product" \
	"$(sql "select substr(o.ordered_on, 1, 7), replace(p.name, ' ', '_'), sum(l.amount) / 100 from order_line l join product p on p.id = l.product join \"order\" o on o.id = l.\"order\" group by 1, 2" | LC_ALL=C sort)" \
	"$(awk -F, 'NR > 1 { p = $3 == "GTXPro" ? "GTX Pro" : $3; gsub(/ /, "_", p); v[substr($7, 1, 7) " " p] += $8 } END { for (i in v) print i, v[i] }' won.csv | LC_ALL=C sort)"
is "by office" \
	"$(sql "select t.name, sum(o.total) / 100 from \"order\" o join user u on u.id = o.owner join team t on t.id = u.team group by 1 order by 1")" \
	"Central 3346293
East 3090594
West 3568647"
# The same by the report, whichever way it is cut.
told() { # DIMENSIONS [OPTION…]: figures without headings, blanks as _
	by=$1
	shift
	crm-report sales --by "$by" "$@" -o csv | sed '1d; s/ /_/g' | awk -F, '{ print $1, $2, $3 + 0 }' |
		LC_ALL=C sort
}
counted() { # EXPRESSION of the key, over won.csv with `office`, `sector` known
	awk -F, 'FILENAME ~ /teams/ { office[$1] = $3; next } FILENAME ~ /accounts/ { sector[$1] = $2; next }
		FNR > 1 { k = '"$1"'; gsub(/ /, "_", k); n[k]++; v[k] += $8 }
		END { for (i in n) print i, n[i], v[i] }' "$maven/sales_teams.csv" "$maven/accounts.csv" won.csv |
		LC_ALL=C sort
}
is "the report by office" "$(told team)" "$(counted 'office[$2]')"
is "by agent" "$(told owner.name)" "$(counted '$2')"
is "by product" "$(told product)" "$(counted '$3 == "GTXPro" ? "GTX Pro" : $3')"
is "by series" "$(told category)" "$(counted 'substr($3, 1, $3 ~ /^MG/ ? 2 : 3)')"
is "by sector" "$(told industry | grep -v '^ ')" \
	"$(counted '$4 ? sector[$4] : ""' | sed 's/^technolgy/technology/' | grep -v '^ ' | LC_ALL=C sort)"
is "by month" "$(crm-report sales --period month -o csv | awk -F, 'NR > 1 && $2 { print substr($1, 1, 7), $2, $3 + 0 }')" \
	"$(counted 'substr($7, 1, 7)')"
is "whoever bought is a customer since the first day" \
	"$(sql "select replace(name, ' ', '_'), customer_since from account where type = 'customer' and name <> '(no account)'" | LC_ALL=C sort)" \
	"$(awk -F, 'NR > 1 && $4 { a = $4; gsub(/ /, "_", a); if (!(a in d) || $7 < d[a]) d[a] = $7 } END { for (a in d) print a, d[a] }' won.csv | LC_ALL=C sort)"
is "list prices, where nobody says another" "$(crm-order add account=Isdom -q && crm-order add-line SO-2018-0001 product='GTX Pro' quantity=3 -o csv -f unit_price,amount | tail -1)" "4821.00,14463.00"

ok "the lines once more" crm-order add-line SO-2018-0001 product=gtx-basic -q
is "add to the sum" "$(crm-order show SO-2018-0001 -o csv -f total | tail -1)" 15013.00

# -- purchases: the totals alone --
awk 'BEGIN { print "customer,day,cds,dollars" } { printf "C%s,%s-%s-%s,%s,%s\n", $1, substr($3, 1, 4), substr($3, 5, 2), substr($3, 7), $4, $5 }' "$cdnow" >cds.csv
crm-init -q --db cds.db --currency USD --timezone UTC --region US
export CRM_DB=cds.db
ok "purchases" crm-import order cds.csv --map "$maps/cdnow/orders.yaml"
has "6,919 of them" "created 6919" err
is "a line each, those too that cost nothing" "$(sql 'select count(*), sum(stand_in), sum(amount = 0) from order_line')" \
	"$(awk -F, 'NR > 1 { n++; free += $4 + 0 == 0 } END { print n, n, free }' cds.csv)"
is "sales by month" "$(crm-report sales --period month -o csv | awk -F, 'NR > 1 && $2 { print substr($1, 1, 7), $2, $3 + 0 }')" \
	"$(awk -F, 'NR > 1 { m = substr($2, 1, 7); n[m]++; v[m] += $4 } END { for (i in n) print i, n[i], v[i] + 0 }' cds.csv | sort)"
is "orders and dollars by month" \
	"$(sql 'select substr(ordered_on, 1, 7), count(*), sum(total) from "order" group by 1 order by 1')" \
	"$(awk -F, 'NR > 1 { m = substr($2, 1, 7); n[m]++; split($4, p, "."); v[m] += p[1] * 100 + substr(p[2] "00", 1, 2) } END { for (i in n) print i, n[i], v[i] }' cds.csv | sort)"
is "customers, by their first day" \
	"$(sql 'select customer_since, count(*) from account group by 1 order by 1')" \
	"$(awk -F, 'NR > 1 { if (!($1 in d) || $2 < d[$1]) d[$1] = $2 } END { for (c in d) n[d[c]]++; for (i in n) print i, n[i] }' cds.csv | sort)"
done_testing
