#!/bin/sh
# crm-report watch, on a terminal that a program plays.
. tests/lib.sh

vietnam
crm-account add name=Minh -q
for stage in proposal discovery proposal; do
	crm-deal add name=x account=Minh stage=$stage -q
done
watched() { # SIGNAL DEAL WAS IS
	is "drawn anew when data change, until $1" \
		"$(python3 "$root/tests/watch.py" "$1" "$2" pipeline -s -count 2>&1)" \
		"its own screen: True
first: ['$3']
columns without room: [] 1
drawn again without a change: False
after a write: ['$4']
rows: 5 columns: True
restored: True status: 0"
}
watched SIGINT deal-1 1 2
watched SIGHUP deal-3 2 3
status 2 'not off a terminal' crm-report watch
is '  which is said' "$(cat err)" \
	'crm-report: it draws on a terminal; off it ask once: crm-report dashboard (see crm-report watch --help)'
is 'options of all reports are its own' "$(crm-report --complete watch --every 2 --withi)" '--within'
done_testing
