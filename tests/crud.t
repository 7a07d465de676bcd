#!/bin/sh
# add list show set rm count: what they do, what they refuse, what they leave alone.
. tests/lib.sh

vietnam
crm-lead add name='Nguyễn Văn Đức' phone='0912 345 678' score=70 tags='vip;hot' \
	city='Đà Nẵng' source=zalo owner=lan -q
crm-lead add first_name=An last_name='Trần Thị' email=AN@Example.COM score=20 budget=15tr -q
crm-lead add company='Minh Anh' mobile=+84352345678 score=50 budget='250 USD' -q

list() { crm-lead list "$@" -o refs | tr '\n' ' '; }

# terms
is 'a range, ends included' "$(list score:50..70)" 'lead-1 lead-3 '
is 'an open range' "$(list score:..20)" 'lead-2 '
is 'text without case and accents' "$(list city:'da nang')" 'lead-1 '
is 'an amount is in the currency of the database' "$(list budget:250..)" 'lead-2 '
is 'unless it names another' "$(list 'budget:250 USD..')" 'lead-3 '
is 'a tag' "$(list tag:vip)" 'lead-1 '
is 'nobody' "$(list owner:none)" 'lead-2 lead-3 '
is 'anybody' "$(list owner:any)" 'lead-1 '
is 'through two references' "$(list owner.team:hanoi)" 'lead-1 '
is 'any of several' "$(list source:zalo,card)" 'lead-1 '
is 'not' "$(list score.not:70)" 'lead-2 lead-3 '
is 'part of a phone number' "$(list 0912345)" 'lead-1 '
is 'a phone number in its other form' "$(list +84912345678)" 'lead-1 '
is 'the old form of a migrated mobile' "$(list mobile:01652345678)" 'lead-3 '
is 'two bare words, any order' "$(list duc nguyen)" 'lead-1 '
is 'a word that no record has' "$(list nobodyhere)" ''
is 'an interval as a date' "$(list created_at:2026-11)" 'lead-1 lead-2 lead-3 '
is 'before today' "$(list created_at:..-1d)" ''
is 'a regular expression' "$(list 'name.re:^tran')" 'lead-2 '
is 'contains' "$(list name.has:van)" 'lead-1 '
is 'terms are AND-ed' "$(list score:20.. city:none)" 'lead-2 lead-3 '
is 'where' "$(list -w 'score >= 50 and not (owner = lan)')" 'lead-3 '
is 'where and terms' "$(list score:20.. -w "name ~ 'tran'")" 'lead-2 '
is 'named records come in the order named' "$(list lead-3 lead-1)" 'lead-3 lead-1 '
is 'sort, limit, offset' "$(list -s -score -l 2 --offset 1)" 'lead-3 lead-2 '
is 'count' "$(crm-lead count score:50..)" 2

status 2 'an unknown field is a usage error' crm-lead list scor:5
has 'with the nearest one' "did you mean 'score'" err
status 2 'a bare field name: the shell took the rest' crm-lead list score
has 'which is explained' 'score:50..' err
status 2 'where points at the column' crm-lead list -w 'status = new and scor >= 5'
has 'of the wrong word' "-w:1:18: no field 'scor' on lead; did you mean 'score'?" err
is 'and prints nothing' "$(cat out)" ''

# values
is 'money: words, exact' "$(crm-lead show 2 -f budget -o csv | tail -1)" 15000000
is 'money: another currency' "$(crm-lead show 3 -f budget,currency -o csv | tail -1)" 250.00,USD
is 'a name from its parts, family first' "$(crm-lead show 2 -f name -o csv | tail -1)" 'Trần Thị An'
is 'e-mail in canonical form' "$(crm-lead show 2 -f email -o csv | tail -1)" an@example.com
is 'tags: each once, sorted' \
	"$(crm-lead set lead-1 tags+='vip;alpha' tags-=hot -f tags -o csv | tail -1)" 'alpha;vip'
is 'numbers add up' "$(crm-lead set lead-2 score+=5 -f score -o csv | tail -1)" 25
is 'a null byte of nothing: clear' "$(crm-lead set lead-2 score= -f score -o csv | tail -1)" ''

refused() { # NAME MESSAGE ARGUMENT…
	name=$1 message=$2
	shift 2
	status 1 "$name" "$@"
	has "$name: says why" "$message" err
}
before=$(crm-lead list -f '*,rev')
refused 'an e-mail address' 'crm-lead: email: "foo@@bar" is not an e-mail address' \
	crm-lead add name=X email=foo@@bar
refused '30 February' '"2026-02-30" is not a date' crm-lead add name=X birth_date=2026-02-30
refused 'a picklist' 'status: "foo" is none of: target new' crm-lead add name=X status=foo
refused 'a number' 'score: "abc" is not a whole number' crm-lead add name=X score=abc
refused 'nobody' 'needs a name, a company' crm-lead add score=5
refused 'what the program sets' 'only an import may bring it' crm-lead add name=X created_at=2020-01-01
refused 'converted by hand' 'only crm-convert' crm-lead add name=X status=converted
refused 'no reason' 'needs a reason' crm-lead set 1 status=disqualified
refused 'an unknown owner' 'there is no user "nobody"' crm-lead set 1 owner=nobody
refused 'a missing record' 'there is no lead-99' crm-lead set lead-99 score=1
refused 'all or nothing' 'there is no lead-99' crm-lead set lead-1 lead-99 score=1
refused 'too many' 'more than 1 records' crm-lead set score:0.. --max 1 rating=hot
# When an activity comes again: rules of RFC 5545 and nothing else.
for rule in 'FREQ=WEEKLY' 'FREQ=MONTHLY;BYDAY=-1FR,2MO;COUNT=3' 'FREQ=MONTHLY;BYMONTHDAY=-1,15;INTERVAL=2' \
	'FREQ=YEARLY;BYMONTH=12;WKST=SU;UNTIL=20281231' 'FREQ=DAILY;UNTIL=20261231T170000Z' \
	'FREQ=DAILY;BYHOUR=0,16;BYMINUTE=0;EXDATE=20261225,20261224T160000,20261231T170000Z'; do
	is "the rule $rule" "$(crm-activity add kind=task subject=x repeats="$rule" -n -o tsv -f repeats | tail -1)" "$rule"
done
is 'as an iCalendar file has it' "$(crm-activity add kind=task subject=x repeats='rrule:freq=daily' -n -o tsv -f repeats | tail -1)" \
	'FREQ=DAILY'
for rule in weekly INTERVAL=2 FREQ=HOURLY FREQ= 'FREQ=WEEKLY;' 'FREQ=WEEKLY;FREQ=DAILY' 'FREQ=DAILY;COUNT=0' \
	'FREQ=DAILY;COUNT=1;UNTIL=20261231' 'FREQ=DAILY;UNTIL=20260230' 'FREQ=DAILY;UNTIL=20261231T240000Z' \
	'FREQ=YEARLY;BYMONTH=13' 'FREQ=WEEKLY;BYDAY=MO,' 'FREQ=WEEKLY;BYDAY=54MO' 'FREQ=WEEKLY;BYDAY=XX' \
	'FREQ=DAILY;COUNT=-1' 'FREQ=DAILY;COUNT=99999999999999999999' 'FREQ=DAILY;BYHOUR=24' 'FREQ=DAILY;BYMINUTE=-1' \
	'FREQ=DAILY;EXDATE=20260230' 'FREQ=DAILY;EXDATE=20260228T99' 'FREQ=DAILY;EXDATE='; do
	refused "no rule: $rule" 'crm-activity: repeats: ' crm-activity add kind=task subject=x repeats="$rule"
done
is 'CRM_NOW without a zone is in that of the database' \
	"$(CRM_NOW=2026-11-21T09:30 crm-lead add name=now -n -o csv -f created_at | tail -1)" \
	"$(TZ=Asia/Ho_Chi_Minh date -d '2026-11-21 09:30' +%s | xargs -I{} date -u -d @{} +%FT%TZ)"
refused 'the wrong rev' 'crm-lead: lead-1: was changed meanwhile: its rev is' crm-lead set lead-1 --if-rev 77 score=1
is 'and nothing was written' "$(crm-lead list -f '*,rev')" "$before"

status 2 'an unknown assignment' crm-lead add nme=X
has 'names the nearest field' 'did you mean name?' err
status 2 'an unknown option' crm-lead list --foo
is 'prints nothing on stdout' "$(cat out)" ''
status 2 'an unknown verb' crm-lead lst
has 'names the nearest verb' 'did you mean list?' err
status 2 'an unknown format' crm-lead list -o xml
status 2 'another type' crm-lead set account-1 score=1

ok 'an unreadable phone is kept' crm-lead add name=P phone=abc -q
has 'with a warning' 'warning: "abc" cannot be read as a telephone number' err
ok 'SQL in a name is a name' crm-lead add name="Robert'); drop table lead;--" -q
is 'as it was' "$(crm-lead list name.has:robert -f name -o csv | tail -1)" "Robert'); drop table lead;--"
ok 'a record is removed' crm-lead rm name.has:robert -q
is 'and gone' "$(crm-lead count name.has:robert)" 0

# streams
crm-lead list score:50.. | crm-lead set owner=mai status=contacted -q
is 'set reads what list wrote' "$(list owner:mai)" 'lead-1 lead-3 '
crm-lead list owner:mai -o csv | crm-activity add kind=call due_at=tomorrow -q -
is 'one activity about each' "$(crm-activity list lead-1 lead-3 -f lead,due_at -o csv | tr '\n' ' ')" \
	'lead,due_at lead-1,2026-11-21T17:00:00Z lead-3,2026-11-21T17:00:00Z '
refused 'a record that others refer to stays' 'activity-1 still refers to it' crm-lead rm lead-1
is 'the planned call is the next contact' \
	"$(crm-lead show 1 -f next_contact_at -o csv | tail -1)" 2026-11-21T17:00:00Z
crm-activity set status=done outcome=connected lead-1 -q 2>err || crm-activity set id:1 status=done -q
is 'a done call counts' \
	"$(crm-lead show 1 -f contact_attempts,last_contacted_at,first_response_at -o csv | tail -1)" \
	1,2026-11-21T02:30:00Z,2026-11-21T02:30:00Z
CRM_NOW=2026-11-21T03:00:00Z crm-activity add lead=lead-1 kind=email automatic=true subject=x -q
is 'what a program sent is no contact' \
	"$(crm-lead show 1 -f contact_attempts,last_contacted_at -o csv | tail -1)" 1,2026-11-21T02:30:00Z
printf 'lead-1\nlead-3\n' | crm-lead set rating=hot -q
is 'bare references' "$(list rating:hot)" 'lead-1 lead-3 '
printf '[{"id":"lead-1"},\n{"id":3}]' | crm-lead set rating=cold -q
is 'a JSON array, bare numbers' "$(list rating:cold)" 'lead-1 lead-3 '
printf '1\n3\n' | crm-lead set rating=warm -q
is 'bare numbers' "$(list rating:warm)" 'lead-1 lead-3 '
printf '0912 345 678\n' | crm-lead set rating=hot -q
is 'bare phone numbers' "$(list rating:hot)" 'lead-1 '
printf 'lan\nmai\n' | crm-user show -o refs | tr '\n' ' ' >out
is 'bare logins' "$(cat out)" 'user-2 user-3 '
printf 'nobody\n' >nobody.txt
status 1 'a bare word that is nobody' sh -c 'crm-user show <nobody.txt'
has 'is said so, with its line' '<stdin>:1: there is no user "nobody"' err
for verb in show list; do
	status 1 "$verb: one of two is missing" crm-lead $verb lead-1 lead-99
	is "$verb: the other is printed" "$(grep -c '"lead-1"' out)" 1
	has "$verb: that one is told of" 'there is no lead-99' err
done
is 'count: the other is counted' "$(crm-lead count lead-1 lead-99 2>err)" 1
is 'a selection is not widened by one that is missing' "$(crm-lead list lead-99 status:new 2>err)" ''
crm-lead add -q name=Tiền budget=15000000 annual_revenue=2000
tien=lead-$(sqlite3 "$CRM_DB" "select id from lead where name = 'Tiền'")
status 1 'dong do not become dollars by a word' crm-lead set "$tien" currency=USD
has 'which is said' "$tien: currency: annual_revenue is 2000 VND; say along what it is in USD" err
status 1 'nor by an amount beside them' crm-lead set "$tien" annual_revenue='250 USD'
ok 'but where all are said' crm-lead set "$tien" annual_revenue='250 USD' budget=600 -q
is 'they are dollars' "$(crm-lead show "$tien" -o csv -f currency,budget,annual_revenue | tail -1)" USD,600.00,250.00
crm-lead rm "$tien" -q
crm-lead add -q name=Im do_not_call=yes do_not_call_source=phone
consent() { crm-lead show "$1" -o csv -f do_not_call,do_not_call_at,do_not_call_by,do_not_call_source | tail -1; }
im=lead-$(sqlite3 "$CRM_DB" "select id from lead where name = 'Im'")
is 'a wish not to be called has a day, a user and a source' "$(consent "$im")" "true,2026-11-21T02:30:00Z,$(id -un),phone"
crm-lead set "$im" do_not_call=no -q
is 'one that is taken back has none' "$(consent "$im")" 'false,,,'
crm-undo -q
is 'and has them again when that is undone' "$(consent "$im")" "true,2026-11-21T02:30:00Z,$(id -un),phone"
crm-lead rm "$im" -q
printf '' >empty
ok 'an empty stream is no error' sh -c 'crm-lead set rating=warm <empty'
is 'and silent' "$(cat out err)" ''
printf 'name,phone,score\nLê Hà,0987654321,5\nX,,\n' | crm-lead add -f name,score -o csv >out
is 'add makes the records of a stream' "$(cat out)" "$(printf 'name,score\nLê Hà,5\nX,')"
printf 'name,phne\nX,1\n' >bad.csv
refused 'an unknown column' 'did you mean "phone"' sh -c 'crm-lead add - <bad.csv'
printf 'name,score\nX,1\nY,abc\n' >bad.csv
refused 'a wrong cell: file, line, field' 'crm-lead: <stdin>:3: score: "abc"' \
	sh -c 'crm-lead add - <bad.csv'
is 'adds none of them' "$(crm-lead count name:Y)" 0
is 'a loop keeps its stdin' "$(printf 'a\nb\n' | while read -r n; do
	crm-lead add name="$n" -q; done; crm-lead count name:a,b)" 2

# more records than a statement can name
awk 'BEGIN { print "name,score"; for (i = 1; i <= 1500; i++) print "Many " i "," i % 100 }' |
	crm-lead add -q
is 'a long stream of names is a selection too' \
	"$(crm-lead list many -o refs | crm-lead list - score:99 -s -name -o refs | wc -l)" 15
crm-lead list many score:98.. | crm-activity add kind=note subject=s -q -
is 'so are the activities about them' \
	"$(crm-lead list many -o refs | crm-activity list - kind:note -o refs | wc -l)" 30
is 'in the order in which they were named' \
	"$(crm-lead list many -s -id -l 200 -o refs | crm-lead list - -o refs | cksum)" \
	"$(crm-lead list many -s -id -l 200 -o refs | cksum)"

# what must not be worked on
ok 'an empty stream with a term' sh -c 'crm-lead rm - name.has:many <empty'
is 'selects nothing' "$(crm-lead count many)" 1500
is 'the same for set' "$(crm-lead set - name.has:many score=1 <empty)" ''
crm-activity rm kind:note -q
is 'writers honour -l and -s' "$(crm-lead rm name.has:many score:99 -s -id -l 1 -o refs | wc -l)" 1
is 'and leave the rest' "$(crm-lead count many)" 1499
status 1 'rm honours --max' crm-lead rm name.has:many --max 5
status 1 'and --if-rev' crm-lead rm lead-1 --if-rev 77
is 'so nothing went' "$(crm-lead count many)" 1499
is 'several -w are AND-ed' "$(crm-lead count -w 'score = 98' -w 'name ~ many')" 15
status 2 'a wrong -f is found' crm-lead add name=BadF -f bogus
is 'before anything is written' "$(crm-lead count name:BadF)" 0
is 'count reads a stream too' "$(crm-lead list score:98 -o refs | crm-lead count -)" 15
crm-deal add name=Yen contact="$(crm-contact add name=C -o refs)" amount=17 currency=JPY -q
refused 'amounts of two currencies do not add up' 'it is in USD, the record in JPY' \
	crm-deal set 1 amount+='5 USD'
status 2 'the currency of a database stays' crm-init --currency USD
sqlite3 other.db 'create table lead (a)'
status 3 'another program'"'"'s database stays as it is' crm-init other.db

seq -f 'lead-%.0f' 900001 900030 >missing
status 1 'thirty records that are not there' crm-lead set score=1 - <missing
is 'are twenty complaints and a count' "$(wc -l <err)" 21
has 'of the rest' '… and 10 more' err
is 'each named once' "$(head -1 err)" 'crm-lead: there is no lead-900001'
printf 'id,score\nlead-1,4\n' >scores
status 2 'columns of a stream are no assignments' crm-lead set - <scores
has 'and it is said what takes them' 'set what? Write FIELD=VALUE; a stream on stdin names only the records, and what its columns hold is taken by crm-import lead' err
is 'a grouped whole number' "$(crm-lead set lead-1 employees=1.250 -f employees -o csv | tail -1)" 1250

status 2 'errors as JSON' crm-lead list --errors jsonl --bogus
is 'those of the command line too' \
	"$(python3 -c 'import json; print(json.load(open("err"))["program"])')" crm-lead

# the way out
status 3 'a full disk is noticed' sh -c 'crm-lead list >/dev/full'
ok 'a reader that closes early' sh -c 'crm-lead list | head -1'
is 'does not take back what was written' \
	"$(crm-lead list | crm-lead set notes=x | head -1 >/dev/null; crm-lead count notes:x)" \
	"$(crm-lead count)"
status 3 'no database' crm-lead list -d "$work/none.db"
has 'says how to make one' 'make one with crm-init' err
echo garbage >garbage.db
status 3 'no database at all' crm-lead list -d garbage.db
ok 'help on stdout' crm-lead list --help
is 'and nothing on stderr' "$(cat err)" ''
ok 'version' crm-lead -V
env -i "$(command -v crm-lead)" list -d "$CRM_DB" lead-1 -o table -f name >out 2>err
has 'without LANG Vietnamese is printed right' 'Nguyễn Văn Đức' out
crm-lead add name="$(printf 'evil\033[31m\007')" -q
crm-lead list name.has:evil -o table >out
is 'escape sequences do not reach the terminal' "$(tr -d -c '\033\007' <out | wc -c)" 0
status 75 'a held lock is status 75' sh -c '
	sqlite3 "$CRM_DB" "begin immediate" ".shell crm-lead add name=late --wait 0; echo \$? >code"
	exit "$(cat code)"'
# what makes no sense
crm-lead add name=Gọi -q
lead=$(crm-lead list Gọi -o refs | tail -1)
status 1 'done before it began' crm-activity add kind=call lead="$lead" started_at=2026-11-20T10:00 done_at=2026-11-20T09:59
is 'is said' "$(cat err)" 'crm-activity: done_at: it was done before it began (started_at)'
status 1 'less than no time' crm-activity add kind=call lead="$lead" duration_s=-1
is 'likewise' "$(cat err)" "crm-activity: duration_s: it cannot have taken less than no time"
ok 'at once is possible' crm-activity add kind=call lead="$lead" started_at=2026-11-20T10:00 done_at=2026-11-20T10:00 duration_s=0 -o refs
call=$(cat out)
status 1 'nor later' crm-activity set "$call" started_at=2026-11-20T10:01
sqlite3 "$CRM_DB" "update activity set duration_s = -5 where id = ${call#activity-}"
ok 'an old slip does not stand in the way of another field' crm-activity set "$call" subject=x -q
for site in javascript:alert\(1\) ftp://x.vn data:text/html,x; do
	status 1 "no web address: $site" crm-lead set "$lead" website="$site"
	has 'which is said' "website: \"$site\" is not a web address: it begins with http:// or https://, or is a bare host" err
done
ok 'a host and its port' crm-lead set "$lead" website=shop.vn:8080/x -q
done_testing
