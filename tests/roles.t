#!/bin/sh
# Roles: who may read, write, remove and carry away what; and whoever tries all the same.
# Figures are asked of the file itself, with sqlite3.
. tests/lib.sh
command -v sqlite3 >/dev/null || skip_all 'no sqlite3'

me=$(id -un)
vietnam
crm-team add name=hue -q
printf 'login,role,team\nsep,manager,\ntu,rep,hue\nxem,viewer,hanoi\n' | crm-user add -q
printf 'name,owner\nOfLan,lan\nOfMai,mai\nOfTu,tu\nFree,\n' | crm-lead add -q
crm-account add -q name='Minh Anh' owner=mai phone='0901 234 567'
crm-account add -q name='Hoà Bình' owner=lan
crm-deal add -q name=Shared account=1 owner=mai 'collaborators=lan:40;mai:60' amount=5tr
crm-deal add -q name=Closed account=1 owner=mai amount=7tr
crm-deal add -q name=Own account=2 owner=lan amount=9tr
crm-activity add -q kind=call owner=mai account=1 subject=theirs
crm-activity add -q kind=call owner=mai account=2 subject='about mine'
crm-activity add -q kind=note owner=lan account=1 subject='by me'
ask() { sqlite3 -readonly crm.db "$1"; }
as() { # USER COMMAND…
	user=$1
	shift
	CRM_USER=$user "$@"
}
everything() {
	ask .dump
}
denied() { # USER MESSAGE COMMAND…: refused, said so, nothing printed, nothing written
	who=$1 message=$2
	shift 2
	everything >before
	as "$who" "$@" >out 2>err </dev/null
	code=$?
	is "$who: $*: refused" "$([ $code -eq 1 ] || [ $code -eq 3 ] || echo "status $code")" ''
	is "$who: $*: said so" "$(cat err)" "$message"
	is "$who: $*: silent" "$(cat out)" ''
	everything >after
	same "$who: $*: nothing written" after before
}

# Each role, each kind of write: 0 done, 1 refused as a record, 3 refused as a whole
try() { # COMMAND…: the statuses of manager, rep and viewer, which leave no trace (-n)
	for user in $me sep lan xem; do
		as "$user" "$@" </dev/null >/dev/null 2>&1
		printf '%s ' $?
	done
}
is 'make a record' "$(try crm-lead add name=X -n)" '0 0 0 1 '
is 'make one for somebody else' "$(try crm-activity add kind=call owner=mai due_at=tomorrow -n)" '0 0 0 1 '
is 'change one of lan' "$(try crm-lead set lead-1 status=contacted -n)" '0 0 0 1 '
is 'change one of mai' "$(try crm-lead set lead-2 status=contacted -n)" '0 0 1 1 '
is 'change nobody'"'"'s' "$(try crm-lead set lead-4 status=contacted -n)" '0 0 0 1 '
is 'hand one'"'"'s own on' "$(try crm-lead set lead-1 owner=mai -n)" '0 0 0 1 '
is 'take one of mai' "$(try crm-lead set lead-2 owner=lan -n)" '0 0 1 1 '
is 'change a deal one shares in' "$(try crm-deal set deal-1 next_step=call -n)" '0 0 0 1 '
is 'change one that one does not' "$(try crm-deal set deal-2 next_step=call -n)" '0 0 1 1 '
is 'change what is about one'"'"'s own' "$(try crm-activity set activity-2 body=x -n)" '0 0 0 1 '
is 'change what is not' "$(try crm-activity set activity-1 body=x -n)" '0 0 1 1 '
is 'remove one of lan' "$(try crm-activity rm activity-3 -n)" '0 0 0 1 '
is 'remove one of mai' "$(try crm-activity rm activity-1 -n)" '0 0 1 1 '
is 'remove nobody'"'"'s' "$(try crm-lead rm lead-4 -n)" '0 0 1 1 '
is 'remove a deal one shares in' "$(try crm-deal rm deal-1 -n)" '0 0 1 1 '
is 'remove what is about one'"'"'s own' "$(try crm-activity rm activity-2 -n)" '0 0 1 1 '
is 'claim' "$(try crm-lead claim -n)" '0 0 0 1 '
is 'convert one of lan' "$(try crm-convert lead-1 -n)" '0 0 0 1 '
is 'convert one of mai' "$(try crm-convert lead-2 -n)" '0 0 1 1 '
is 'add a user' "$(try crm-user add login=new -n)" '0 0 1 1 '
status 1 'a login that means nobody' crm-user add login=pool
is 'add an admin' "$(try crm-user add login=new role=admin -n)" '0 1 1 1 '
is 'give a role' "$(try crm-user set mai role=manager -n)" '0 1 1 1 '
is 'move a user' "$(try crm-user set mai team=hue -n)" '0 0 1 1 '
is 'change an admin' "$(try crm-user set "$me" team=hue -n)" '0 1 1 1 '
is 'change a team' "$(try crm-team set hanoi manager=lan -n)" '0 0 1 1 '
is 'retire' "$(try crm-user retire tu --to pool -n)" '0 0 3 3 '
is 'export' "$(try crm-export lead)" '0 0 3 3 '
is 'SQL' "$(try crm-query 'select 1')" '0 0 3 3 '
is 'list, which all may read' "$(try crm-lead list)" '0 0 0 0 '
is 'as CSV, too' "$(as lan crm-lead list -o csv | wc -l)" 5
is 'upgrade' "$(try crm-init -q)" '0 3 3 3 '

# Whoever tries
denied lan 'crm-lead: lead-2: owned by mai; rep lan may change only own records' \
	crm-lead set lead-2 owner=lan
denied lan 'crm-lead: lead-2: owned by mai; rep lan may remove only own records' crm-lead rm lead-2
denied lan 'crm-user: user-2: rep lan may not change users' crm-user set lan role=admin
denied lan 'crm-user: user-2: rep lan may not change users' crm-user set lan team=hue
denied lan 'crm-user: user-3: rep lan may not change users' crm-user set mai phone=0912345678
denied sep 'crm-user: user-4: role: only an admin gives roles; you are manager sep' \
	crm-user set sep role=admin
denied sep 'crm-user: user-1: only an admin may change an admin; you are manager sep' \
	crm-user set user-1 active=false
denied "$me" 'crm-user: user-1: the last admin; make somebody else one first' \
	crm-user set user-1 role=rep
denied "$me" 'crm-user: user-1: the last admin; make somebody else one first' \
	crm-user set user-1 active=false
denied "$me" 'crm-user: user-1: the last admin; make somebody else one first' \
	crm-user retire user-1 --to pool
denied xem 'crm-lead: viewer xem may change no records' crm-lead add name=X
denied xem 'crm-user: user-6: viewer xem may not change users' crm-user set xem phone=0912345678
denied lan 'crm-export: the role has no right to export; you are rep lan' crm-export lead
denied lan 'crm-query: SQL of one'"'"'s own is for roles that may export and read all; you are rep lan' \
	crm-query 'select * from main.lead'
ok 'one'"'"'s own telephone' as lan crm-user set lan phone='0912 345 678' name='Lê Lan' -q
crm-user set lan name='Lê Thị Lan' phone= -q

# Through streams and imports
piped() { # MESSAGE INPUT COMMAND…, as lan
	message=$1
	printf '%s\n' "$2" >input
	shift 2
	everything >before
	as lan "$@" <input >out 2>err
	is "lan: stream to $*: refused" $? 1
	is "lan: stream to $*: said so" "$(head -1 err)" "$message"
	everything >after
	same "lan: stream to $*: nothing written" after before
}
piped 'crm-lead: lead-2: owned by mai; rep lan may change only own records' \
	'{"id":"lead-1"}
{"id":"lead-2"}' crm-lead set owner=lan
piped 'crm-lead: <stdin>:1: id: only an admin restores records under their ids; you are rep lan' \
	'{"id":"lead-77","name":"Back"}' crm-lead add
piped 'crm-import: <stdin>:1: owned by mai; rep lan may change only own records' \
	'{"id":"lead-2","name":"Stolen","owner":"lan"}' crm-import lead -
piped 'crm-import: <stdin>:1: id: only an admin restores records under their ids; you are rep lan' \
	'{"id":"lead-99","name":"Back"}' crm-import lead -
piped 'crm-import: <stdin>:1: owned by mai; rep lan may change only own records' \
	'{"name":"Mine now","phone":"0901234567","owner":"lan"}' crm-import account - --match phone
piped 'crm-import: <stdin>:1: rep lan may not change users' \
	'{"id":"user-2","role":"admin"}' crm-import user -
piped 'crm-import: <stdin>:2: rep lan may not change users' \
	'{"name":"X","owner":"lan"}
{"name":"Y","owner":"new-boss"}' crm-import lead - --create-missing user
printf 'name,owner\nOne,lan\nTwo,mai\n' >two.csv
ok 'new records, also for others' as lan crm-import lead two.csv
crm-lead rm 5 6 -q

# What follows from a write that is allowed is allowed
ok 'lan calls a customer of mai' as lan crm-activity add kind=call account=1 outcome=connected -q
is 'which the account says' "$(ask 'select last_contacted_at from account where id = 1')" \
	2026-11-21T02:30:00Z
crm-lead add -q name='Chị Ba' company='Minh Anh' phone='0901 234 567' industry=retail owner=lan
ok 'lan converts a lead to an account of mai' as lan crm-convert lead-7 -q
is 'which is linked' "$(ask 'select account from lead where id = 7')" 1
is 'and left as it was' "$(ask 'select industry is null, rev from account where id = 1')" \
	"$(ask 'select 1, rev from account where id = 1')"
is 'the deal is lan'"'"'s' "$(ask "select u.login from deal d join user u on u.id = d.owner
	where d.lead = 7")" lan

# Who acts
is 'whoami' "$(as lan crm-user whoami -o csv)" 'login,user,role,read,write,remove,export,manage
lan,user-2,rep,all,own,own,false,false'
is 'an admin' "$(crm-user whoami -o csv | tail -1)" "$me,user-1,admin,all,all,all,true,true"
crm-user set tu active=false -q
denied tu 'crm-lead: user "tu" is not active here any more' crm-lead list
crm-user set tu active=true -q
sqlite3 crm.db "update user set login = 'renamed' where id = 1"
is 'whoever is no user here reads' "$(crm-lead count)" 5
status 1 'and writes nothing' crm-lead add name=X
is 'and is told why' "$(cat err)" "crm-lead: $me is no user here and may only read; an admin may add one, or set CRM_USER"
sqlite3 crm.db "insert into setting values ('strangers', 'refused')"
status 3 'unless that is refused' crm-lead count
is 'with a word' "$(cat err)" "crm-lead: there is no user \"$me\" here; an admin may add one"
sqlite3 crm.db "delete from setting where key = 'strangers'; update user set login = '$me' where id = 1"
sqlite3 crm.db "insert into setting values ('crm_user', 'forbidden')"
status 3 'CRM_USER where it is forbidden' as lan crm-lead count
is 'is told' "$(cat err)" "crm-lead: CRM_USER: this database takes everybody for who they are; you are $me"
ok 'one'"'"'s own name is no other' as "$me" crm-lead count
sqlite3 crm.db "update user set role = 'rep' where id = 1; update user set role = 'admin' where id = 2"
status 3 'crm-init does not take another name either' as lan crm-init
crm-lead add name=Clock -q
is 'nor does a rep choose the hour' "$(ask "select created_at > '2026-11-21T02:31' or
	created_at < '2026-11-21T02:29' from lead where name = 'Clock'")" 1
sqlite3 crm.db "update user set role = 'admin' where id = 1; update user set role = 'rep' where id = 2"
crm-lead rm Clock -q
sqlite3 crm.db "delete from setting where key = 'crm_user'"
sqlite3 crm.db "update user set active = 0 where role = 'admin'"
status 3 'an admin who was switched off' crm-lead count
ok 'comes back with crm-init where there is no other' crm-init -q
is 'as admin' "$(crm-user whoami -o csv | tail -1)" "$me,user-1,admin,all,all,all,true,true"

# Reading one's own
sqlite3 crm.db "update role set read = 'own' where key = 'rep'"
list() { # USER PROGRAM: ids
	as "$1" "$2" list -o csv -f id | sed '1d; s/.*-//' | sort -n | paste -sd' '
}
own="owner = 2 or owner is null"
is 'leads' "$(list lan crm-lead)" "$(ask "select id from lead where $own" | sort -n | paste -sd' ')"
is 'accounts' "$(list lan crm-account)" "$(ask "select id from account where $own" | sort -n | paste -sd' ')"
is 'deals, also shared ones' "$(list lan crm-deal)" \
	"$(ask "select id from deal where $own or collaborators like '%lan%'" | sort -n | paste -sd' ')"
is 'activities, also about one'"'"'s own' "$(list lan crm-activity)" "$(ask "select id from activity
	where owner = 2 or account in (select id from account where $own)
	or lead in (select id from lead where $own)
	or contact in (select id from contact where $own)
	or deal in (select id from deal where $own or collaborators like '%lan%')" | sort -n | paste -sd' ')"
is 'mai sees hers' "$(list mai crm-lead)" "$(ask 'select id from lead where owner = 3 or owner is null' | sort -n | paste -sd' ')"
is 'a viewer all' "$(list xem crm-lead)" "$(ask 'select id from lead' | sort -n | paste -sd' ')"
is 'count' "$(as lan crm-lead count)" "$(ask "select count(*) from lead where $own")"
as lan crm-report pipeline -o csv >pipeline
is 'a report' "$(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
	NR > 1 { n += $at["count"] } END { print n + 0 }' pipeline)" \
	"$(ask "select count(*) from deal where stage not in ('won', 'lost')
		and ($own or collaborators like '%lan%')")"
is 'the funnel counts their leads' "$(as lan crm-report funnel -o csv | awk -F, '$2 == "target" { print $3 }')" \
	"$(ask "select count(*) from lead where $own")"
is 'a search finds none of others' "$(as lan crm-lead count OfMai)" 0
is 'a path ends where one may not look' \
	"$(as lan crm-deal list deal-1 -f account.name -o csv | tail -1)" ''
for what in 'show lead-2' 'set lead-2 status=contacted' 'rm lead-2'; do
	# shellcheck disable=SC2086
	denied lan 'crm-lead: there is no lead-2' crm-lead $what
done
denied lan 'crm-deal: account: there is no account-1' crm-deal add name=X account=account-1
denied lan 'crm-lead: there is no lead "OfMai"' crm-lead show OfMai
is 'who calls: only whom one may know' \
	"$(as lan crm-who 0901234567 | grep -c '"account-1"') $(as mai crm-who 0901234567 | grep -c '"account-1"')" '0 1'
piped 'crm-import: <stdin>:1: phone: account-1 is owned by mai; rep lan may not read it' \
	'{"name":"Again","phone":"0901234567"}' crm-import account - --match phone
crm-lead add -q name='Anh Tư' phone='0901 234 567' owner=lan
denied lan 'crm-convert: lead-9: account-1 is owned by mai; rep lan may not read it' \
	crm-convert lead-9
ok 'the pool is open' as lan crm-lead claim lead-4 -q
ok 'and given back' as lan crm-lead set lead-4 owner= -q
ok 'a shared deal moves' as lan crm-pipeline move deal-1 proposal -q
is 'and its account follows' "$(ask 'select lifecycle from account where id = 1')" during
ok 'a call about it' as lan crm-activity add kind=call deal=1 outcome=connected -q
is 'reaches the account that lan does not see' \
	"$(ask 'select account from activity order by id desc limit 1')" 1
is 'no SQL, though the role may export' "$(
	sqlite3 crm.db "update role set export = 1 where key = 'rep'"
	as lan crm-query 'select * from main.lead' 2>&1
)" 'crm-query: SQL of one'"'"'s own is for roles that may export and read all; you are rep lan'
is 'an export is of what one sees' "$(as lan crm-export lead -f id -o csv | sed 1d | wc -l)" \
	"$(ask "select count(*) from lead where $own")"

# The words of a command name what it was done to
as mai crm-lead set lead-2 rating=hot --reason OfMaiReason -q
printf 'lead-1\nlead-2\n' | crm-lead set - rating=warm --reason OfBoth -q
crm-lead set lead-1 notes='seen by lan' -q
CRM_USER=lan crm-lead add name=Hers owner=mai --reason HersReason -q
as lan crm-log -o csv >log
readable="select change_set from change c where entity in ('user', 'team', 'product')
	or entity = 'lead' and record in (select id from lead where $own)
	or entity = 'account' and record in (select id from account where $own)
	or entity in ('deal', 'activity')"
is 'change sets of others are not there' \
	"$(ask "select count(*) from change_set where login <> 'lan' and id not in ($readable)
		and id in ($(sed '1d; s/,.*//' log | paste -sd,))")" 0
is 'nor what was typed' "$(grep -c 'OfMai\|OfBoth' log)" 0
is 'of one that touched theirs, too, it tells only that' "$(ask "select id || ',' || at ||
	',' || login || ',crm-lead,,0,1,0,,,' from change_set where reason = 'OfBoth'")" \
	"$(sed -n 2,4p log | grep ',1,0,,,$')"
is 'of theirs all' "$(grep -c 'seen by lan\|HersReason' log)" 2
as lan crm-log --set "$(ask 'select max(id) from change_set')" -o csv >changes
is 'but not what became of a record that is not theirs' "$(wc -l <changes)" 1
crm-campaign add name=Tet channel=other -q
printf 'lead-1\nlead-2\n' | crm-campaign add Tet -q -
is 'members are whom one may know' "$(as lan crm-campaign members Tet -f lead -o csv | paste -sd' ')" 'lead lead-1'
is 'all of them to who reads all' "$(crm-campaign members Tet -f lead -o csv | paste -sd' ')" 'lead lead-1 lead-2'
crm-lead rm 'Hers' -q

# As of then, and narrowed
CRM_NOW=2026-11-25T00:00:00Z crm-lead set lead-1 owner=mai name=Gone -q
CRM_NOW=2026-11-25T00:00:00Z crm-lead set lead-2 owner=lan -q
is 'now' "$(CRM_NOW=2026-11-26T00:00:00Z as lan crm-lead list -f name -o csv | sed 1d | paste -sd' ')" \
	"$(ask "select name from lead where $own" | paste -sd' ')"
is 'as of then: what was theirs then' \
	"$(CRM_NOW=2026-11-26T00:00:00Z as lan crm-lead list --as-of 2026-11-22 -f name -o csv |
		sed 1d | paste -sd' ')" 'OfLan Free Chị Ba Anh Tư'
is 'deals, which did not change since' \
	"$(CRM_NOW=2026-11-26T00:00:00Z as lan crm-deal list --as-of 2026-11-22 -f id -o csv | sed 1d | wc -l)" \
	"$(ask "select count(*) from deal where $own or collaborators like '%lan%'")"
crm-lead set lead-1 owner=lan name=OfLan -q
crm-lead set lead-2 owner=mai -q

# A team's
sqlite3 crm.db "update role set read = 'team', write = 'team' where key = 'rep'"
is 'a team reads its leads' "$(list lan crm-lead)" "$(ask "select id from lead where owner is null
	or owner in (select id from user where team = 1)" | sort -n | paste -sd' ')"
ok 'and writes them' as lan crm-lead set lead-2 rating=hot -q
denied lan 'crm-lead: there is no lead-3' crm-lead set lead-3 rating=hot
sqlite3 crm.db "update role set read = 'all' where key = 'rep'"
denied lan 'crm-lead: lead-3: owned by tu; rep lan may change only their team'"'"'s records' \
	crm-lead set lead-3 rating=hot
crm-team set hue manager=lan -q
ok 'who manages a team writes its records' as lan crm-lead set lead-3 rating=hot -q
crm-team set hue manager= -q
sqlite3 crm.db "update role set read = 'all', write = 'own', export = 0 where key = 'rep'"

# A role that nobody has said anything of reads
sqlite3 crm.db "update user set role = 'guest' where login = 'xem'"
is 'an unknown role' "$(as xem crm-user whoami -o csv | tail -1)" \
	xem,user-6,guest,all,none,none,false,false

# Somebody leaves
crm-activity add -q kind=call owner=mai due_at=tomorrow subject=planned lead=lead-2
crm-deal set deal-2 stage=won -q
crm-team set hanoi manager=mai -q
crm-lead add -q name=Done owner=mai status=disqualified disqualify_reason=no_need
crm-deal add -q name='Share of the past' account=1 owner=lan collaborators='lan:40;mai:60'
crm-deal set -q 'Share of the past' stage=won
sets=$(ask 'select count(*) from change_set')
open=$(ask "select (select count(*) from lead where owner = 3 and status not in ('disqualified', 'converted')),
	(select count(*) from account where owner = 3),
	(select count(*) from deal d where owner = 3 and stage not in ('won', 'lost')),
	(select count(*) from activity where owner = 3 and status = 'planned'),
	(select count(*) from deal where collaborators like '%;mai:%' and stage not in ('won', 'lost'))")
ok 'retire' crm-user retire mai --to lan -o csv -f login,active,on_duty
is 'prints the user' "$(tail -1 out)" mai,false,false
is 'says what went' "$(cat err)" "mai: 1 team, $(echo "$open" |
	awk -F'|' '{ print $1 " lead, " $2 " account, " $3 " deal, " $5 " shared deal, " $4 " activity handed over" }')"
is 'shares of what is open go, too' "$(ask "select group_concat(collaborators, ' ') from
	(select collaborators from deal where collaborators is not null order by id)")" ';lan:100; ;lan:40;mai:60;'
is 'in one change set' "$(ask 'select count(*) from change_set')" $((sets + 1))
is 'what is past stays' "$(ask 'select
	(select count(*) from deal where owner = 3 and stage = "won"),
	(select count(*) from activity where owner = 3 and status <> "done"),
	(select count(*) from lead where owner = 3)')" '1|0|1'
is 'nothing open is left' "$(ask "select (select count(*) from account where owner = 3),
	(select count(*) from deal where owner = 3 and stage <> 'won'),
	(select count(*) from team where manager = 3)")" '0|0|0'
denied mai 'crm-lead: user "mai" is not active here any more' crm-lead list
denied "$me" 'crm-user: --to: mai is not active' crm-user retire lan --to mai
denied "$me" 'crm-user: user-2: who leaves cannot take over from themselves' \
	crm-user retire lan --to lan
status 2 'to whom?' crm-user retire lan
status 1 'at most so many' crm-user retire lan --to pool --max 3
ok 'to nobody' crm-user retire lan --to pool -q
is 'the pool has them' "$(ask 'select count(*) from lead where owner = 2 and status <> "converted"')" 0
is 'a converted lead stays history' "$(ask 'select owner from lead where id = 7')" 2

# Shares with nobody named to take them: the owner's, else the largest other one's
printf 'login,role\nan,rep\nbi,rep\nco,rep\n' | crm-user add -q
printf 'name,account,owner,collaborators\n1,1,an,an:50;bi:30;co:20\n2,1,co,an:50;bi:30;co:20\n3,1,co,an:100\n' |
	crm-deal add -q
ok 'retire to the pool' crm-user retire an --to pool -q
is 'shares' "$(ask "select group_concat(collaborators, ' ') from
	(select collaborators from deal where name in ('1', '2', '3') order by name)")" \
	';bi:80;co:20; ;bi:30;co:70; ;co:100;'
ok 'undone' crm-undo -q
is 'as they were' "$(ask "select collaborators from deal where name = '3'")" ';an:100;'

# Nobody takes the last admin away, by whatever way
is 'there is one admin' "$(ask "select count(*) from user where role = 'admin' and active")" 1
for change in role=rep active=false; do
	denied "$me" 'crm-user: user-1: the last admin; make somebody else one first' crm-user set 1 "$change"
done
sqlite3 crm.db 'update user set rev = 1 where id = 1'
printf 'id,login,name,role,active,on_duty\nuser-1,%s,x,rep,true,true\n' "$me" >last.csv
denied "$me" 'crm-import: nobody would be an admin any more; nothing was written' crm-import user last.csv
printf 'user-20,next,Next,admin,true,true\n' >>last.csv
ok 'a copy that brings another may' crm-import user last.csv -n -q

# What was given away is no longer theirs to put back
as bi crm-lead add -q name=Handed owner=bi
as bi crm-lead set -q Handed company=Before
early=$(ask 'select max(id) from change_set')
handed=$(crm-lead list Handed -o refs)
crm-lead set -q Handed owner=co
denied bi "crm-undo: $handed: owned by co; rep bi may change only own records" crm-undo "$early"
denied bi "crm-undo: $handed: owned by co; rep bi may change only own records" crm-undo "$early" --force
ok 'whoever may write it may' crm-undo "$early" -q

# Who reads a small part of many records finds it by indexes: little of the file is read.
if [ -e /proc/self/io ]; then
	export CRM_DB=$work/many.db
	vietnam
	printf 'login,role\nmoi,rep\nlong,rep\nminh,rep\n' | crm-user add -q
	printf 'roles:\n  - rep: {read: own}\n' >own.yaml
	ok 'reps read their own' crm-config apply own.yaml
	printf 'name,owner\nMột,mai\nHai,moi\nBa,\n' | crm-lead add -q
	awk 'BEGIN { print "kind,status,subject,lead,owner,done_at"
		for (i = 1; i <= 20000; i++) printf "call,done,Cuộc gọi %0100d,%s,%s,2026-01-0%d\n",
			i, i == 5000 ? 2 : i == 6000 ? 3 : 1,
			i == 4000 ? "moi" : "mai", 1 + i % 9 }' |
		crm-import activity -q
	moi=$(sqlite3 many.db "select id from user where login = 'moi'")
	sqlite3 many.db "select 'activity-' || a.id from activity a left join lead l on l.id = a.lead
		where a.owner = $moi or l.owner = $moi or l.owner is null
		order by a.done_at desc, a.id" >wanted
	is 'what is theirs, or about what is theirs or nobody'"'"'s' "$(wc -l <wanted)" 3
	as moi crm-activity list -s -done_at -f id -o csv | sed 1d >got
	same 'is what they see' got wanted
	for what in 'count' 'list -l 50' 'list -s -done_at -l 2'; do
		# shellcheck disable=SC2086
		read=$(as moi python3 "$root/tests/bytes_read.py" crm-activity $what)
		[ "$((read * 8))" -lt "$(wc -c <many.db)" ]
		result $? "$what reads little: $read of $(wc -c <many.db) bytes"
	done
fi
done_testing
