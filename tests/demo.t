#!/bin/sh
# The demo runs to its end, says the same every time, and loses no row.
. tests/lib.sh

# What the lines of the quote come to, from the generator's own rows.
quoted() {
	gen=${PATH%%:*}/tests/gen
	"$gen" products 6 >products.csv
	"$gen" lines 4 3 | awk -F, '
		FNR == 1 { next }
		FILENAME == "products.csv" { price[$1] = $3; tax[$1] = $5; next }
		{
			amount = $2 * price[$1] * (100 - $3) / 100
			total += amount + amount * tax[$1] / 100
		}
		END {
			whole = sprintf("%d", total)
			while (match(whole, /[0-9][0-9][0-9][0-9](\.|$)/))
				whole = substr(whole, 1, RSTART) "." substr(whole, RSTART + 1)
			print whole
		}' products.csv -
}

ok "the demo succeeds" sh -c 'cd "$1" && sh tests/demo.sh' - "$root"
mv out first
ok "and again" sh -c 'cd "$1" && sh tests/demo.sh' - "$root"
sed 's/crm-demo\.[A-Za-z0-9]*/crm-demo/' out >b
sed 's/crm-demo\.[A-Za-z0-9]*/crm-demo/' first >a
same 'with the same output' b a
has 'deals are won, and reported' '248.750.000 124.375.000' a
is 'the order comes to what its lines say' "$(grep '^SO-2026-0001' a | awk '{ print $(NF-2) }')" \
	"$(quoted)"
has 'clocks run' 'breached' a
has 'and are met' 'met  ' a
has 'the new customer is told' 'Became a customer' a
is 'no row is lost' "$(sed -n 's/^crm-import: .*: read /read /p' err |
	awk -F'[ ,;]+' '{ n++; lost += $2 - ($4 + $6 + $8 + $10 + $12 + $14) } END { print n, lost }')" '3 0'
has 'the dashboard has them all' 'Revenue (VND)                  248.750.000' a
ok 'and is a page' grep -q '</html>' "$(sed -n 's|^Look at the dashboard: file://||p' a)"
has 'it says where to read on' 'README.md' a

done_testing
