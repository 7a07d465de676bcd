#!/bin/sh
# make bench: our programs beside sqlite3 doing the same work on the same data.
#
#   sh tests/bench/run.sh [LEADS]         ROUNDS=5 for more rounds than 3,
#                                         ONLY='^import' for the cases so named
#
# Accounts are a tenth of the leads; deals and activities as many as the leads, unless
# ACTIVITIES=5000000 says otherwise.  The import that sqlite3 does is the plain one: into a
# typed table, indexes after; it neither checks values nor keeps history.  Other importers
# that are installed (sqlite-utils, csvsql) do likewise; imports of other forms and of what
# is there stand beside our own first import from CSV.  Where theirs keeps a history (mixed,
# set from a pipe), it is what somebody who knows sqlite3 well writes for the same outcome.
set -eu

n=${1:-100000}
touches=${ACTIVITIES:-$n}
most=$((touches > n ? touches : n)) # activities are about a tenth as many accounts
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

echo "making $n leads and deals, $touches activities …" >&2
"$gen" --clean leads "$n" >leads.csv
"$gen" --clean leads $((n / 10)) >less.csv
"$gen" leads "$n" >dirty.csv # one row in twelve is refused
"$gen" --clean contacts "$n" >contacts.csv
$init
"$gen" --clean accounts $((most / 10 > 0 ? most / 10 : 1)) | crm-import account -q -
sqlite3 crm.db 'pragma wal_checkpoint(truncate)' >/dev/null
cp crm.db accounts.db
crm-import lead leads.csv -q
"$gen" --clean deals "$n" | crm-import deal -q -
"$gen" --clean activities "$touches" | crm-import activity -q -
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

# An expert's import by e-mail: staged, checked, history kept.
cat >by_email.sql <<'END'
pragma page_size = 8192; pragma journal_mode = wal; pragma synchronous = normal;
pragma cache_size = -65536;
create table lead(id integer primary key, name text not null, company text, kind text, email text,
  phone text, city text, industry text, source text, status text not null,
  score integer check(score between 0 and 100), budget integer, birth_date text, interest text,
  notes text, tags text, created_at text not null) strict;
create unique index lead_email on lead(email);
create table history(id integer primary key, lead integer not null, op text, at text) strict;
create temp table stage(name text, company text, kind text, email text, phone text, city text,
  industry text, source text, status text, score text, budget text, birth_date text, interest text,
  notes text, tags text, created_at text);
.import --csv --skip 1 leads.csv stage
update stage set birth_date = substr(birth_date, 7) || '-' || substr(birth_date, 4, 2) || '-' ||
  substr(birth_date, 1, 2) where birth_date like '__/__/____';
create temp table wrong as select rowid row from stage where name = ''
  or (email <> '' and email not like '%_@_%') or cast(score as integer) not between 0 and 100
  or (birth_date <> '' and date(birth_date) is null) or datetime(created_at) is null
  or (budget <> '' and budget glob '*[^0-9]*') or status not in
    (select value from json_each('["target", "new", "contacted", "nurturing", "qualified"]'));
begin immediate;
insert into lead(name, company, kind, email, phone, city, industry, source, status, score, budget,
    birth_date, interest, notes, tags, created_at)
  select name, nullif(company, ''), kind, nullif(email, ''), nullif(phone, ''), nullif(city, ''),
    nullif(industry, ''), nullif(source, ''), status, cast(nullif(score, '') as integer),
    cast(nullif(budget, '') as integer), nullif(birth_date, ''), nullif(interest, ''),
    nullif(notes, ''), nullif(tags, ''), created_at
  from stage where rowid not in (select row from wrong)
  on conflict(email) do update set name = excluded.name, company = excluded.company,
    phone = excluded.phone, status = excluded.status, score = excluded.score,
    notes = excluded.notes;
insert into history(lead, op, at) select id, 'create', datetime() from lead;
create index lead_name on lead(name); create index lead_company on lead(company);
create index lead_phone on lead(phone); create index lead_source on lead(source);
create index lead_status on lead(status); create index lead_created on lead(created_at);
commit;
END

# A tenth as many rows again: half as they are, three in ten changed, two in ten new.
sqlite3 -csv -header crm.db >mixed.csv <<END
select case when k > 7 then 'new.' else '' end || email email, name, company, source,
  case when k in (5, 6, 7) then 'qualified' else status end status,
  case when k in (5, 6, 7) then (score + 7) % 100 else score end score
from (select *, row_number() over (order by id) % 10 k from lead where email is not null
      group by email having count(*) = 1 and status <> 'converted' limit $((n / 10)));
END
# The same leads with mail for sqlite3 alone, with the keys and the history that it takes.
sqlite3 theirs.db <<'END'
pragma page_size = 8192; pragma journal_mode = wal;
attach 'crm.db' as crm;
create table lead(id integer primary key, email text, name text, company text, source text,
  status text, score integer, phone text, created_at text) strict;
insert into lead select id, email, name, company, source, status, score, phone,
  created_at from crm.lead where email is not null group by email;
create unique index lead_email on lead(email);
create index lead_name on lead(name); create index lead_company on lead(company);
create index lead_source on lead(source); create index lead_status on lead(status);
create index lead_phone on lead(phone); create index lead_created on lead(created_at);
create table history(id integer primary key, lead integer, op text, before text) strict;
create index history_lead on history(lead);
END
cat >mixed.sql <<'END'
pragma cache_size = -262144;
create temp table stage(email text, name text, company text, source text, status text, score int);
.import --csv --skip 1 mixed.csv stage
begin immediate;
create temp table changed as select l.id, s.* from stage s join lead l using (email)
  where (l.name, l.company, l.source, l.status, l.score)
    is not (s.name, nullif(s.company, ''), nullif(s.source, ''), s.status, s.score);
insert into history(lead, op, before) select l.id, 'u',
  json_object('name', l.name, 'company', l.company, 'source', l.source, 'status', l.status,
    'score', l.score) from changed c join lead l on l.id = c.id;
update lead set (name, company, source, status, score) = (select c.name, nullif(c.company, ''),
  nullif(c.source, ''), c.status, c.score from changed c where c.id = lead.id)
  where id in (select id from changed);
create temp table top as select max(id) id from lead;
insert into lead(email, name, company, source, status, score, created_at)
  select email, name, nullif(company, ''), nullif(source, ''), status, score, datetime()
  from stage where email not in (select email from lead);
insert into history(lead, op) select id, 'i' from lead where id > (select id from top);
commit;
END
# What our set leaves behind, on a copy of our own database: the same columns, indexes and history.
cat >set.sql <<'END'
pragma cache_size = -262144;
begin immediate;
insert into change_set(id, at, user, login, program, command)
  select max(id) + 1, '2026-11-21T02:30:00Z', 1, 'bench', 'sqlite3', 'set' from change_set;
insert into change(change_set, entity, record, op, before)
  select (select max(id) from change_set), 'lead', id, 'u',
    json_object('rating', rating, 'rev', rev) from lead where status = 'new' order by id;
update lead set rating = 'hot', rev = rev + 1, updated_at = '2026-11-21T02:30:00Z',
  updated_by = 1 where status = 'new';
commit;
END

# What the panels of the dashboard show of records that the generator makes.
cat >dashboard.sql <<'END'
select stage, count(*), sum(amount), avg(amount) from deal where stage in ('won', 'lost')
  and closed_at >= '2026-10-31T17:00:00Z' and closed_at < '2026-11-21T17:00:00Z' group by 1;
select count(*) from lead where created_at >= '2026-10-31T17:00:00Z';
select count(*), sum(status = 'converted') from lead
  where created_at >= '2026-05-24T17:00:00Z' and created_at < '2026-08-22T17:00:00Z';
select owner, kind, count(*) from activity where done_at >= '2026-10-31T17:00:00Z'
  and done_at < '2026-11-21T17:00:00Z' group by 1, 2;
select stage, count(*), sum(amount), sum(amount * probability) / 100,
  avg(julianday('2026-11-21') - julianday(created_at)), avg(stage_since < '2026-11-07'),
  sum(next_contact_at is null) from deal where stage in ('discovery', 'proposal', 'negotiation')
  group by 1;
select substr(closed_at, 1, 7), count(*), sum(amount) from deal where stage = 'won' group by 1;
select source, status, count(*) from lead where created_at >= '2025-11-30T17:00:00Z' group by 1, 2;
select a.name, count(*), sum(d.amount) from deal d join account a on a.id = d.account
  where d.stage = 'won' and d.closed_at >= '2025-11-30T17:00:00Z' group by a.id
  order by 3 desc limit 10;
select name, owner, amount from deal where stage in ('discovery', 'proposal', 'negotiation')
  and (expected_close < '2026-11-21' or next_contact_at is null) order by amount desc limit 10;
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
	row 'import by e-mail; script' "$(fresh leads.csv) --match email" \
		'exec sqlite3 i.db <by_email.sql >/dev/null' 'rm -f i.db*'
	peer sqlite-utils sqlite-utils leads.csv \
		"sqlite-utils insert --csv --detect-types p.db lead leads.csv >/dev/null 2>&1 $(
			index name company email phone source status created_at
		)"
	# It takes minutes, and as long for each row as for the first.
	peer csvsql 'csvsql, a tenth' tenth.csv \
		'exec csvsql --db sqlite:///p.db --tables lead --insert tenth.csv 2>/dev/null'
	row 'import jsonl; csv' "$(fresh leads.jsonl)" "$(fresh leads.csv)" 'rm -f i.db*'
	row 'import, some refused; none' "$(fresh dirty.csv) --rejects r.csv 2>/dev/null || true" \
		"$(fresh leads.csv)" 'rm -f i.db*'
	row 'import contacts; leads' 'CRM_DB=i.db exec crm-import contact -q contacts.csv' \
		'CRM_DB=i.db exec crm-import lead -q leads.csv' 'rm -f i.db*; cp accounts.db i.db'
	row 'import, unchanged; first' 'exec crm-import lead -q leads.csv' \
		"$(fresh leads.csv)" 'rm -f i.db*'
	row 'import, all updated; first' \
		'CRM_DB=s.db exec crm-import lead -q --match email --set rating=hot email.csv' \
		"$(fresh email.csv)" 'rm -f i.db* s.db*; cp crm.db s.db'
	row 'import, mixed' 'CRM_DB=s.db exec crm-import lead -q --match email mixed.csv' \
		'exec sqlite3 t.db <mixed.sql' 'rm -f s.db* t.db*; cp crm.db s.db; cp theirs.db t.db'
	row 'import; of a tenth' "$(fresh leads.csv)" "$(fresh less.csv)" 'rm -f i.db*'
	row 'who has the number' 'exec crm-who +84912345678 -o csv >/dev/null' \
		"$(sql 'select * from lead where phone_key = "+84912345678"')"
	row 'set, one' "CRM_DB=s.db crm-lead set lead-$middle rating=hot -q" \
		"exec sqlite3 s.db 'update lead set rating = \"hot\" where id = $middle'" \
		'rm -f s.db*; cp crm.db s.db'
	row 'set, some' 'CRM_DB=s.db crm-lead set status:new score:90.. rating=hot -q' \
		"exec sqlite3 s.db 'update lead set rating = \"hot\" where status = \"new\" and score >= 90'" \
		'rm -f s.db*; cp crm.db s.db'
	row 'set, from a pipe' \
		'export CRM_DB=s.db; crm-lead list status:new -o refs | crm-lead set rating=hot -q -' \
		'exec sqlite3 t.db <set.sql' 'rm -f s.db* t.db*; cp crm.db s.db; cp crm.db t.db'
	row 'eight writers, 400 records' \
		'export CRM_DB=s.db; seq 400 | xargs -P 8 -I@ crm-lead add name=n@ -q' \
		"seq 400 | xargs -P 8 -I@ sqlite3 t.db '.timeout 9999' 'insert into lead(name) values (\"n@\")'" \
		'rm -f s.db* t.db*; cp crm.db s.db; cp theirs.db t.db'
	row 'first of all; all' 'crm-lead list -o csv | head -n 2 >/dev/null' \
		'exec crm-lead list -o csv >/dev/null'
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
	row 'report calls' 'exec crm-report calls -o csv >/dev/null' \
		"$(sql 'select owner, outcome, direction, count(*), sum(duration_s) from activity where kind = "call" and status = "done" group by 1, 2, 3')"
	for report in calls touchpoints quality; do
		row "report $report; one thread" "CRM_JOBS=2 exec crm-report $report -o csv >/dev/null" \
			"CRM_JOBS=1 exec crm-report $report -o csv >/dev/null"
	done
	row 'report customers' 'exec crm-report customers -l 20 -o csv >/dev/null' \
		"$(sql 'select a.name, count(*), sum(d.amount) from deal d join account a on a.id = d.account where d.stage = "won" group by a.id order by 3 desc limit 20')"
	row 'report dashboard' 'exec crm-report dashboard -o json >/dev/null' \
		'exec sqlite3 crm.db <dashboard.sql >/dev/null'
} | grep -E "${ONLY:-.}" >cases

"$build/tests/bench/versus" "${ROUNDS:-3}" <cases
