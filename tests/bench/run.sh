#!/bin/sh
# make bench: our programs beside sqlite3 doing the same work on the same data.
#
#   sh tests/bench/run.sh [LEADS]         ROUNDS=5 for more rounds than 3
#
# Accounts are a tenth of the leads; deals and activities as many as the leads.  The
# import that sqlite3 does is the plain one: into a typed table, indexes after; it
# neither checks values nor keeps history.  Other importers that are installed
# (sqlite-utils, csvsql) do likewise; imports of other forms and of what is there stand
# beside our own first import from CSV.
set -eu

n=${1:-100000}
build=${BUILD:-build}
case $build in /*) ;; *) build=$(pwd)/$build ;; esac
PATH=$build:$PATH
folder=$(mktemp -d "${TMPDIR:-/tmp}/crm-bench.XXXXXX")
trap 'cd /; rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
cd "$folder"
export CRM_DB="$folder/crm.db" CRM_NOW=2026-11-21T02:30:00Z HOME="$folder"
unset CRM_USER CRM_OUTPUT

init='crm-init -q --currency VND --timezone Asia/Ho_Chi_Minh --region VN'
gen=$build/tests/gen

echo "making $n leads, deals and activities …" >&2
"$gen" --clean leads "$n" >leads.csv
"$gen" --clean contacts "$n" >contacts.csv
$init
"$gen" --clean accounts $((n / 10 > 0 ? n / 10 : 1)) | crm-import account -q -
sqlite3 crm.db 'pragma wal_checkpoint(truncate)' >/dev/null
cp crm.db accounts.db
crm-import lead leads.csv -q
"$gen" --clean deals "$n" | crm-import deal -q -
"$gen" --clean activities "$n" | crm-import activity -q -
sqlite3 crm.db 'pragma wal_checkpoint(truncate)' >/dev/null
fields=$(head -n 1 leads.csv)
crm-lead list -o jsonl --fields "$fields" >leads.jsonl
crm-lead list -w 'email is not null' -o csv --fields "$fields" >email.csv
head -n $((n / 10 + 1)) email.csv >tenth.csv

# The lead table as our importer fills it, for sqlite3 alone.
cat >import.sql <<'END'
create table lead(id integer primary key, name text, company text, kind text, email text,
  phone text, city text, industry text, source text, status text, score integer,
  budget integer, birth_date text, interest text, notes text, tags text, created_at text) strict;
.import --csv leads.csv stage
insert into lead select null, name, company, kind, email, phone, city, industry, source, status,
  score, nullif(budget, ''), birth_date, interest, notes, tags, created_at from stage;
drop table stage;
create index lead_name on lead(name); create index lead_company on lead(company);
create index lead_email on lead(email); create index lead_phone on lead(phone);
create index lead_source on lead(source); create index lead_status on lead(status);
create index lead_created on lead(created_at);
END

row() { # NAME OURS THEIRS [BEFORE]
	printf '%s\t%s\t%s' "$1" "$2" "$3"
	[ $# -lt 4 ] || printf '\t%s' "$4"
	echo
}

sql() { # STATEMENT, on the database that our programs work on
	printf "exec sqlite3 -csv -header crm.db '%s' >/dev/null" "$1"
}

# Our import of leads into a fresh database.
fresh() { # FILE
	printf 'CRM_DB=i.db; export CRM_DB; %s && exec crm-import lead -q %s' "$init" "$1"
}

# Another importer beside ours, if it is there.
peer() { # PROGRAM NAME FILE COMMAND
	if command -v "$1" >/dev/null; then
		row "import; $2" "$(fresh "$3")" "$4" 'rm -f i.db* p.db*'
	else
		echo "bench: $1 is not installed and left out" >&2
	fi
}
index() { printf ' && sqlite-utils create-index p.db lead %s' "$@"; }

middle=$((n / 2 + 1))
{
	row 'start-up' 'exec crm-lead --version >/dev/null' 'exec sqlite3 -version >/dev/null'
	row 'open' 'exec crm-user count >/dev/null' "$(sql 'select count(*) from user')"
	row 'show one' "exec crm-lead show lead-$middle -o csv >/dev/null" \
		"$(sql "select * from lead where id = $middle")"
	row 'count' 'exec crm-lead count status:new score:90.. >/dev/null' \
		"$(sql 'select count(*) from lead where status = "new" and score >= 90')"
	row 'list, some' 'exec crm-lead list status:new score:90.. -o csv >/dev/null' \
		"$(sql 'select * from lead where status = "new" and score >= 90')"
	row 'list, all' 'exec crm-lead list -o csv >/dev/null' "$(sql 'select * from lead')"
	row 'list, all, jsonl' 'exec crm-lead list -o jsonl >/dev/null' \
		'exec sqlite3 -json crm.db "select * from lead" >/dev/null'
	row 'search, few' 'exec crm-lead list 345678 -o csv >/dev/null' \
		"$(sql 'select * from lead where instr(search, "345678")')"
	row 'search, some' 'exec crm-lead count nguyen >/dev/null' \
		"$(sql 'select count(*) from lead where instr(search, "nguyen")')"
	row 'search, most' 'exec crm-lead count text:com >/dev/null' \
		"$(sql 'select count(*) from lead where instr(search, "com")')"
	row 'import' \
		"CRM_DB=i.db; export CRM_DB; $init && exec crm-import lead leads.csv -q" \
		'exec sqlite3 i.db <import.sql' 'rm -f i.db*'
	peer sqlite-utils sqlite-utils leads.csv \
		"sqlite-utils insert --csv --detect-types p.db lead leads.csv >/dev/null 2>&1 $(
			index name company email phone source status created_at
		)"
	# It takes minutes, and as long for each row as for the first.
	peer csvsql 'csvsql, a tenth' tenth.csv \
		'exec csvsql --db sqlite:///p.db --tables lead --insert tenth.csv 2>/dev/null'
	row 'import jsonl; csv' "$(fresh leads.jsonl)" "$(fresh leads.csv)" 'rm -f i.db*'
	row 'import contacts; leads' 'CRM_DB=i.db exec crm-import contact -q contacts.csv' \
		'CRM_DB=i.db exec crm-import lead -q leads.csv' 'rm -f i.db*; cp accounts.db i.db'
	row 'import, unchanged; first' 'exec crm-import lead -q leads.csv' \
		"$(fresh leads.csv)" 'rm -f i.db*'
	row 'import, all updated; first' \
		'CRM_DB=s.db exec crm-import lead -q --match email --set rating=hot email.csv' \
		"$(fresh email.csv)" 'rm -f i.db* s.db*; cp crm.db s.db'
	row 'set, one' "CRM_DB=s.db crm-lead set lead-$middle rating=hot -q" \
		"exec sqlite3 s.db 'update lead set rating = \"hot\" where id = $middle'" \
		'rm -f s.db*; cp crm.db s.db'
	row 'set, some' 'CRM_DB=s.db crm-lead set status:new score:90.. rating=hot -q' \
		"exec sqlite3 s.db 'update lead set rating = \"hot\" where status = \"new\" and score >= 90'" \
		'rm -f s.db*; cp crm.db s.db'
	row 'report pipeline' 'exec crm-report pipeline -o csv >/dev/null' \
		"$(sql 'select stage, count(*), sum(amount), sum(amount * probability) / 100, avg(julianday("2026-11-21") - julianday(created_at)), avg(stage_since < "2026-11-07"), sum(next_contact_at is null) from deal where closed_at is null group by 1')"
	row 'report leads' 'exec crm-report leads -o csv >/dev/null' \
		"$(sql 'select source, count(*), sum(status <> "new"), sum(converted_at is not null) from lead group by 1')"
	row 'report funnel' 'exec crm-report funnel deal -o csv >/dev/null' \
		"$(sql 'select stage, count(*), avg(julianday(closed_at) - julianday(created_at)) from deal group by 1')"
	row 'report sales' 'exec crm-report sales --by source --period month -o csv >/dev/null' \
		"$(sql 'select source, substr(closed_at, 1, 7), count(*), sum(amount) from deal where stage = "won" group by 1, 2')"
	row 'report pivot' 'exec crm-report pivot deal --rows source --columns stage --measure "count,sum(amount)" -o csv >/dev/null' \
		"$(sql 'select source, stage, count(*), sum(amount) from deal group by 1, 2')"
	row 'report activities' 'exec crm-report activities --by kind -o csv >/dev/null' \
		"$(sql 'select kind, count(*) from activity where status = "done" group by 1')"
} >cases

"$build/tests/bench/versus" "${ROUNDS:-3}" <cases
