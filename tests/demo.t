#!/bin/sh
# The demo runs to its end, says the same every time, and loses no row.
. tests/lib.sh

ok "the demo succeeds" sh -c 'cd "$1" && sh tests/demo.sh' - "$root"
mv out first
ok "and again" sh -c 'cd "$1" && sh tests/demo.sh' - "$root"
sed 's/crm-demo\.[A-Za-z0-9]*/crm-demo/' out >b
sed 's/crm-demo\.[A-Za-z0-9]*/crm-demo/' first >a
same 'with the same output' b a
has 'a deal is won, and reported' '120.000.000 120.000.000 VND' a
is 'no row is lost' "$(sed -n 's/^crm-import: .*: read /read /p' err |
	awk -F'[ ,;]+' '{ print $2 - ($4 + $6 + $8 + $10 + $12) }')" 0
has 'it says where to read on' 'README.md' a

done_testing
