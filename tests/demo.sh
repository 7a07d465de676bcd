#!/bin/sh
# The main job in two minutes, on made-up data in a temporary folder: a dirty list of
# leads becomes a pipeline and reports.  Each command is named before it runs.
set -eu

root=$(pwd)
build=${BUILD:-build}
case $build in /*) ;; *) build=$root/$build ;; esac
PATH=$build:$PATH
folder=$(mktemp -d "${TMPDIR:-/tmp}/crm-demo.XXXXXX")
trap 'cd /; rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
cd "$folder"
export CRM_DB="$folder/crm.db" CRM_NOW=2026-11-21T02:30:00Z
export XDG_CONFIG_HOME="$folder" HOME="$folder"
unset CRM_USER

bold='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
	bold=$(printf '\033[1;36m') plain=$(printf '\033[0m')
fi

say() {
	printf '\n%s\n' "$*"
}

run() { # COMMAND as one would type it
	printf '%s$ %s%s\n' "$bold" "$1" "$plain"
	eval "$1"
}

refused() { # COMMAND that is to end with status 1
	printf '%s$ %s%s\n' "$bold" "$1" "$plain"
	code=0
	eval "$1" || code=$?
	[ "$code" -eq 1 ]
}

say 'A database for a company in Viet Nam, a team, and two people who sell.'
run 'crm-init --currency VND --timezone Asia/Ho_Chi_Minh --region VN'
run "crm-team add name=hanoi department=sales -q"
run "crm-user add login=lan name='Lê Thị Lan' team=hanoi -q"
run "crm-user add login=mai name='Nguyễn Thị Mai' team=hanoi -q"

say 'Two hundred leads, as lists from the field are: with twins, bad addresses, 30 February.'
"$build/tests/gen" --vi leads 200 4 >leads.csv
run 'head -4 leads.csv'

say 'Import them.  What cannot be taken is put aside, with its line and the reason.'
refused 'crm-import lead leads.csv --rejects rejects.csv'
run 'head -5 rejects.csv'

say 'Whom to ring first?  ":" asks; city finds Đà Nẵng however it is typed.'
run 'crm-lead list status:new score:90.. -s -score -l 8 -o table'
run "crm-lead list city:'da nang' status:new -f id,name,city,phone,score -l 5 -o table"

say '"=" sets.  Programs hand each other records, so one line gives out work and plans the calls.'
run "crm-lead list status:new source:zalo score:50.. | crm-lead set owner=lan status=contacted |
    crm-activity add kind=call due_at=tomorrow+9h subject='first call' - | wc -l"
run "crm-lead list status:new source:facebook score:50.. | crm-lead set owner=mai status=contacted -q"
run 'crm-activity list status:planned -f id,kind,subject,due_at,lead -l 5 -o table'

say 'The qualified become accounts, contacts and deals.  First the plan, then the deed.'
run 'crm-lead list status:qualified score:60.. -s -score -l 6 | crm-convert -n - | head -1 | cut -c-100'
run "crm-lead list status:qualified score:60.. -s -score -l 6 | crm-convert --amount 120tr - |
    crm-deal set owner=lan - -o table -f id,name,account.name,amount,stage"

say 'Deals move, are won, and are lost for a reason.'
run 'crm-pipeline move deal-1 deal-2 deal-3 proposal -q'
run 'crm-pipeline move deal-2 negotiation -q'
run 'crm-pipeline win deal-1 -q'
run 'crm-pipeline lose deal-6 price -q'

say 'The board, and the figures.'
run 'crm-pipeline show -o table'
run 'crm-report pipeline -o table'
run 'crm-report leads --by source -o table'
run 'crm-report sales --by owner --period month -o table'
run "crm-query 'select status, count(*) leads from lead group by 1 order by 2 desc' -o table"

say "Where to read on: README.md for a tour, man build/man/crm.7 for the whole, crm-lead --help."
