#!/bin/sh
# crm-remind: work-lists.  Expected days come from Python's calendar, rules of repetition from
# recur.txt, whose events say how many they are.
. tests/lib.sh

ids() { # LIST ARGUMENT…: kind and record of each row
	crm-remind "$@" -o csv -f kind,record | sed 1d | tr ',\n' ': '
}

# --- what repeats ------------------------------------------------------------------------
crm-init --currency VND --timezone UTC -q
if [ -r "$data/recurrence/recur.txt" ]; then
	python3 "$root/tests/recurrences.py" "$data/recurrence/recur.txt"
	crm-import activity recur.csv -q
	ok 'all times of rules' crm-remind due --from 1996-01-01 --days 15340 -o csv -f subject
	sed 1d out | sort | uniq -c | awk '{ print $2, $1 }' | sort >got
	sort recur.want >want
	same 'as often as they are to come' got want
	is 'so many rules, and one whose only time is excepted' "$(wc -l <want | tr -d ' ') $(crm-activity count status:planned)" '51 52'
	crm-activity rm status:planned -q
fi
crm-activity add -q kind=task subject=weekly due_at=2019-10-21T08:00Z \
	repeats='FREQ=WEEKLY;BYDAY=TU;COUNT=3'
crm-activity add -q kind=task subject=fortnightly due_at=2019-10-21T08:00Z \
	repeats='FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=2'
days() { # SUBJECT
	crm-remind due subject:"$1" --from 2019-10-01 --days 60 -o csv -f at | sed '1d; s/T.*//' | tr '\n' ' '
}
is 'each Tuesday' "$(days weekly)" '2019-10-22 2019-10-29 2019-11-05 '
is 'every other' "$(days fortnightly)" '2019-10-22 2019-11-05 '
is 'of what repeats the last is overdue, once no more come' \
	"$(crm-remind overdue subject:weekly -o csv -f at,days | tail -1)" '2019-11-05T08:00:00Z,-2573'
is 'not while more come' "$(CRM_NOW=2019-10-30T00:00:00Z crm-remind overdue -o refs)" ''
echo 'timezone: America/New_York' | crm-config apply -q -
crm-activity add -q kind=meeting subject=standup due_at=2026-10-30T09:00 repeats='FREQ=DAILY;UNTIL=20261102T140000Z'
is 'the hour stays when clocks are put back, to the end in UTC' \
	"$(crm-remind due --from 2026-10-30 --days 9 -o csv -f at | sed 1d | tr '\n' ' ')" \
	'2026-10-30T13:00:00Z 2026-10-31T13:00:00Z 2026-11-01T14:00:00Z 2026-11-02T14:00:00Z '

crm-activity add -q kind=task subject=shifts due_at=2026-10-30T09:00 \
	repeats='FREQ=DAILY;COUNT=12;BYHOUR=9,16;BYMINUTE=0,30;EXDATE=20261031,20261101T163000,20261030T203000Z'
is 'but not on a day, nor at a time of the clock or of the world' \
	"$(crm-remind due subject:shifts --from 2026-10-30 --days 9 -o csv -f at | sed 1d | tr '\n' ' ')" \
	'2026-10-30T13:00:00Z 2026-10-30T13:30:00Z 2026-10-30T20:00:00Z 2026-11-01T14:00:00Z 2026-11-01T14:30:00Z 2026-11-01T21:00:00Z '
crm-activity add -q kind=task subject=lost due_at=2026-03-07T02:30 repeats='FREQ=DAILY;COUNT=8;BYHOUR=2,3;BYMINUTE=0,30'
is 'what falls into the hour that is left out comes an hour later, once' \
	"$(crm-remind due subject:lost --from 2026-03-08 --days 1 -o csv -f at | sed 1d | tr '\n' ' ')" \
	'2026-03-08T07:00:00Z 2026-03-08T07:30:00Z '
crm-remind due subject:shifts --from 2026-10-30 --days 9 -o ics | tr -d '\r' >shifts.ics
is 'calendars are told each of them' "$(grep '^EXDATE' shifts.ics | tr '\n' ' ')" "$(printf 'EXDATE;TZID=America/New_York:%s ' \
	20261030T163000 20261031T090000 20261031T093000 20261031T160000 20261031T163000 20261101T163000)"
is 'beside the rule' "$(grep '^RRULE:FREQ=D' shifts.ics)" 'RRULE:FREQ=DAILY;COUNT=12;BYMINUTE=0,30;BYHOUR=9,16'

# --- due, overdue, today -----------------------------------------------------------------
rm -f crm.db*
vietnam
export CRM_NOW=2026-12-28T09:00:00+07:00
crm-account add -q name='Minh Anh' owner=lan phone='024 3333 4444' founded_on=2006-12-31
crm-contact add -q name='Trần Lan' account=1 phone=0901234567 email=lan@example.vn zalo=0901234567 \
	birth_date=1986-01-02 owner=lan
crm-contact add -q name='Trần Mai' account=1 phone=0901234568 email=mai@example.vn \
	birth_date=--12-30 do_not_call=true owner=mai
crm-lead add -q name='Bình' company='Sao Mai' source=zalo mobile=0909999999 owner=lan birth_date=1990-12-28
crm-activity add -q kind=call lead=1 subject='gọi lại' due_at=2027-01-03T23:59 owner=lan
crm-activity add -q kind=call contact=1 subject='gọi trễ' due_at=-1h owner=lan
crm-activity add -q kind=task subject='của tôi' due_at=today+17h owner=mai
crm-activity add -q kind=call contact=2 subject='tuần sau' due_at=2027-01-04T00:00 owner=mai
crm-activity add -q kind=call lead=1 subject='xong rồi' due_at=today+10h status=done owner=lan
ok 'due' crm-remind due -o csv
cat >want <<'END'
id,kind,at,days,owner,name,company,subject,phone,email,zalo,record
contact-1,overdue,2026-12-28T01:00:00Z,0,lan,Trần Lan,Minh Anh,gọi trễ,0901234567,lan@example.vn,0901234567,activity-2
activity-3,due,2026-12-28T10:00:00Z,0,mai,,,của tôi,,,,activity-3
lead-1,due,2027-01-03T16:59:00Z,6,lan,Bình,Sao Mai,gọi lại,0909999999,,,activity-1
END
same 'a week across the end of the year' out want
is 'two days' "$(ids due --days 2)" 'overdue:activity-2 due:activity-3 '
is 'a later week' "$(ids due --from 2027-01-04)" 'due:activity-4 '
is 'one owner' "$(ids due --owner mai)" 'due:activity-3 '
is 'nobody has any' "$(ids due --owner none)" ''
is 'terms' "$(ids due kind:call -w 'owner = lan')" 'overdue:activity-2 due:activity-1 '
is 'overdue' "$(ids overdue)" 'overdue:activity-2 '
is 'today, past hours too' "$(ids today)" 'overdue:activity-2 due:activity-3 '
is 'sorted, cut' "$(ids due -s -days,owner -l 2)" 'due:activity-1 overdue:activity-2 '
is 'without the first' "$(ids due --offset 2)" 'due:activity-1 '
is 'numbers of who wants none stay away' \
	"$(crm-remind due --from 2027-01-04 -o csv -f name,phone,email | tail -1)" 'Trần Mai,,mai@example.vn'
crm-remind due -o table --owner lan >out
has 'people read local times' '2026-12-28 08:00' out
ok 'next calls of those who are overdue' sh -c \
	'crm-remind overdue | crm-activity add -q kind=call due_at=tomorrow subject=again -'
is 'are about them' "$(crm-activity list subject:again -o csv -f contact,due_at | tail -1)" 'contact-1,2026-12-28T17:00:00Z'
crm-activity rm subject:again -q
crm-activity add -q kind=task due_at=-1h subject=mine owner=mai
status 1 'a task for each, of whoever has it' sh -c 'crm-remind overdue -s at | crm-activity add kind=task due_at=tomorrow -o csv -f contact,subject,owner -'
is 'what there is to say; of who is about nobody, none' "$(cat out)" 'contact,subject,owner
contact-1,gọi trễ,lan'
has 'who is named' ': id: activity-' err
crm-undo -q
crm-activity rm subject:mine -q
is 'what was done was done by who says so' "$(crm-remind overdue | crm-activity add -n kind=call - -f owner,subject -o csv | tail -1)" "$(id -un),gọi trễ"
status 2 'a term that nothing has' crm-remind due statu:new
status 2 'no records' crm-remind due lead-1
status 2 'a type that the list does not look at' crm-remind untouched deals
has 'those that it does are told' 'untouched looks at no deals, but at: lead, contact, account' err
status 2 'no day' crm-remind due --from soon
status 2 'no days' crm-remind due --days 0
status 2 'no column' crm-remind due -s foo
status 3 'a full disk' sh -c 'crm-remind due >/dev/full'

# --- days of the year --------------------------------------------------------------------
is 'birthdays across the end of the year; no year, no age' \
	"$(crm-remind birthdays -o csv -f id,at,days,subject,owner | sed 1d)" 'lead-1,2026-12-28,0,turns 36,lan
contact-2,2026-12-30,2,birthday,mai
contact-1,2027-01-02,5,turns 41,lan'
is 'of one type' "$(ids birthdays leads)" 'birthday:lead-1 '
is 'terms that only one type has' "$(ids birthdays status:new)" 'birthday:lead-1 '
is 'anniversaries' "$(crm-remind anniversaries -o csv -f id,kind,at,subject | sed 1d)" \
	'account-1,founded,2026-12-31,founded 20 years ago'
python3 - <<'END'
import datetime, random
random.seed(29)
born = [datetime.date(1940, 2, 29), datetime.date(2000, 2, 29), datetime.date(1999, 2, 28)]
born += [datetime.date(1950, 1, 1) + datetime.timedelta(random.randrange(27000)) for _ in range(120)]
with open('people.csv', 'w') as out:
    out.write('name,birth_date\n')
    for i, b in enumerate(born):
        out.write(f'p{i},{b}\n' if i % 3 else f'p{i},{b:--%m-%d}\n')
def kept(b, year):
    try: return b.replace(year=year)
    except ValueError: return datetime.date(year, 2, 28)
for name, start, days in ('a', datetime.date(2027, 2, 20), 14), ('b', datetime.date(2028, 2, 20), 14), \
        ('c', datetime.date(2026, 12, 20), 800):
    rows = []
    for i, b in enumerate(born):
        for year in range(start.year, start.year + 4):
            day = kept(b, year)
            if start <= day < start + datetime.timedelta(days) and (i % 3 == 0 or year > b.year):
                rows.append((day, i, f'{day},p{i},' + (f'turns {year - b.year}' if i % 3 else 'birthday')))
    open('want.' + name, 'w').writelines(r[2] + '\n' for r in sorted(rows))
END
crm-import contact people.csv -q
window() { # FROM DAYS
	crm-remind birthdays contacts name.re:'^p[0-9]' --from "$1" --days "$2" -o csv -f at,name,subject | sed 1d
}
window 2027-02-20 14 >got
same '29 February is the 28th in a common year' got want.a
window 2028-02-20 14 >got
same 'and itself in a leap year' got want.b
window 2026-12-20 800 >got
same 'twice in two years' got want.c
crm-contact rm name.re:'^p[0-9]' -q

# --- who was forgotten -------------------------------------------------------------------
# Opened three weeks ago: nobody was in touch; one was called ten days ago, one yesterday.
CRM_NOW=2026-12-07T09:00:00+07:00 crm-lead add -q name='Chưa gọi'
CRM_NOW=2026-12-07T09:00:00+07:00 crm-lead add -q name='Đã gọi'
CRM_NOW=2026-12-07T09:00:00+07:00 crm-lead add -q name='Hôm qua'
CRM_NOW=2026-12-07T09:00:00+07:00 crm-lead add -q name='Đã bỏ' status=disqualified disqualify_reason=no_need
CRM_NOW=2026-12-18T09:00:00+07:00 crm-activity add -q kind=call lead='Đã gọi' outcome=connected
CRM_NOW=2026-12-27T09:00:00+07:00 crm-activity add -q kind=call lead='Hôm qua' outcome=connected
is 'untouched' "$(crm-remind untouched -o csv -f name,days,subject | sed 1d)" 'Chưa gọi,-21,never contacted
Đã gọi,-10,last contact 10 days ago'
is 'for longer' "$(crm-remind untouched --days 15 -o csv -f name | sed 1d)" 'Chưa gọi'
CRM_NOW=2026-12-07T09:00:00+07:00 crm-account add -q name='Ngủ quên'
is 'accounts, where asked for' "$(crm-remind untouched account -o refs)" 'account-2'
ok 'calls are planned' sh -c 'crm-remind untouched | crm-activity add -q kind=call due_at=tomorrow -'
is 'and they are untouched no more' "$(crm-remind untouched -o refs)" ''
CRM_NOW=2026-12-01T09:00:00+07:00 crm-deal add -q name='Máy in' account=1 contact=1 amount=5tr owner=lan \
	next_step='gửi báo giá'
is 'nothing is planned' "$(crm-remind no-next-step -o csv -f id,subject,name,phone | sed 1d)" \
	'deal-1,gửi báo giá,Trần Lan,0901234567'
is 'stale, as its stage says' "$(crm-remind stale -o refs)" "$(crm-pipeline stale -o refs)"
is 'stale' "$(crm-remind stale --days 20 -o csv -f id,days,subject | sed 1d)" 'deal-1,-27,Máy in'
is 'not yet' "$(crm-remind stale --days 30 -o refs)" ''
crm-activity add -q kind=call deal=1 due_at=+3d
is 'something is' "$(crm-remind no-next-step -o refs)" ''

# --- what runs out, who buys again -------------------------------------------------------
crm-quote add -q name='Báo giá 1' deal=deal-1 status=sent valid_until=2027-01-03
crm-quote add -q name='Báo giá 2' deal=deal-1 status=sent valid_until=2027-01-04
printf '%s\n' account,ordered_on,status,contract_number,ends_on,total \
	account-1,2026-09-01,confirmed,HD-1,2026-12-31,5000000 account-1,2026-09-29,confirmed,,,1000000 \
	account-1,2026-10-29,confirmed,,,1000000 account-1,2026-12-05,delivered,,,1000000 \
	account-2,2024-12-05,delivered,,2027-02-01,1000000 >orders.csv
crm-import order orders.csv -q
is 'expiring' "$(crm-remind expiring -o csv -f id,kind,at,subject,record | sed 1d)" \
	'order-1,contract,2026-12-31,HD-1,order-1
deal-1,quote,2027-01-03,Báo giá 1,quote-1'
# 28, 30 and 37 days between them: due 30 days after the last.
is 'reorder' "$(crm-remind reorder --days 8 -o csv -f id,at,days,subject,phone | sed 1d)" \
	'account-1,2027-01-04,7,buys every 30 days,024 3333 4444'
is 'within fewer days' "$(crm-remind reorder --days 7 -o refs)" ''
is 'a calendar hears of a new day by the stamp, the entry stays' \
	"$(crm-remind reorder --days 8 -o ics | tr -d '\r' | grep '^\(UID\|DTSTAMP\)' | sed 's/-[0-9]*@crm//' | tr '\n' ' ')" \
	"UID:account-1-reorder DTSTAMP:20261228T020000Z "
is "somebody else's" "$(crm-remind reorder --days 30 --owner mai -o refs)" ''
is "hers" "$(crm-remind reorder --days 30 accounts --owner lan -o refs)" account-1

# --- calendars ---------------------------------------------------------------------------
crm-activity add -q kind=meeting account=1 subject='Họp tuần' due_at=2026-12-01T09:30 \
	repeats='FREQ=WEEKLY;BYDAY=TU,FR' owner=mai
is 'each time' "$(ids due kind:meeting)" "due:activity-$(crm-activity list kind:meeting -o refs | cut -d- -f2) due:$(crm-activity list kind:meeting -o refs) "
crm-contact set -q 2 birth_date=2000-02-29
crm-remind due -o ics >due.ics
crm-remind birthdays --days 70 -o ics >days.ics
crm-remind expiring -o ics >expiring.ics
ok 'into its place' crm-remind due --owner lan -o ics --out lan.ics
is 'the same twice' "$(crm-remind due -o ics | cksum)" "$(cksum <due.ics)"
python3 - >got 2>&1 <<'END'
import re
def read(name):
    text = open(name, newline='').read()
    assert all(l.endswith('\r\n') for l in text.splitlines(True)), 'CRLF'
    text = re.sub(r'\r\n[ \t]', '', text)
    return re.findall(r'BEGIN:(VEVENT|VTODO)\r\n(.*?)END:\1', text, re.S)
def say(name, *wanted):
    for kind, body in read(name):
        alarm = re.search(r'BEGIN:VALARM.*END:VALARM\r\n', body, re.S)
        own = dict(l.split(':', 1) for l in body.replace(alarm[0], '').splitlines())
        trigger = re.search(r'TRIGGER[^:]*:(.*)\r', alarm[0])[1]
        print(kind, *[own.get(w, '-') for w in wanted], trigger, sep=' | ')
    uids = [re.search('UID:(.*)\r', b)[1] for _, b in read(name)]
    assert len(set(uids)) == len(uids), uids
say('due.ics', 'SUMMARY', 'DUE', 'RRULE', 'DTSTART;TZID=Asia/Ho_Chi_Minh')
say('days.ics', 'SUMMARY', 'RRULE', 'DTSTART;VALUE=DATE', 'TRANSP')
say('expiring.ics', 'SUMMARY', 'DTSTART;VALUE=DATE')
END
cat >want <<'END'
VTODO | gọi trễ | 20261228T010000Z | - | - | -PT15M
VTODO | của tôi | 20261228T100000Z | - | - | -PT15M
VTODO | never contacted | 20261228T170000Z | - | - | -PT15M
VTODO | last contact 10 days ago | 20261228T170000Z | - | - | -PT15M
VEVENT | Họp tuần | - | FREQ=WEEKLY;BYDAY=TU,FR | 20261201T093000 | -PT15M
VTODO | call | 20261230T170000Z | - | - | -PT15M
VTODO | gọi lại | 20270103T165900Z | - | - | -PT15M
VEVENT | Birthday: Bình | FREQ=YEARLY;BYMONTHDAY=28;BYMONTH=12 | 19901228 | TRANSPARENT | PT8H
VEVENT | Birthday: Trần Lan | FREQ=YEARLY;BYMONTHDAY=2;BYMONTH=1 | 19860102 | TRANSPARENT | PT8H
VEVENT | Birthday: Trần Mai | FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=2 | 20000229 | TRANSPARENT | PT8H
VEVENT | Contract ends: Minh Anh – HD-1 | 20261231 | PT8H
VEVENT | Quote expires: Trần Lan – Báo giá 1 | 20270103 | PT8H
END
same 'calendars' got want

# --- language, and what the index is for -------------------------------------------------
# One is one, where a language has a word for it.
printf 'name,founded_on,customer_since\nNon,2025-12-30,2025-12-29\n' | crm-import account -q -
printf '%s\n' account,ordered_on,status,total Non,2026-12-25,confirmed,1000000 \
	Non,2026-12-26,confirmed,1000000 Non,2026-12-27,confirmed,1000000 | crm-import order -q -
CRM_NOW=2026-12-01T09:00:00+07:00 crm-lead add -q name='Hôm kia'
CRM_NOW=2026-12-27T08:00:00+07:00 crm-activity add -q kind=call lead='Hôm kia' outcome=connected
ones() {
	crm-remind anniversaries accounts name:Non -o csv -f subject | sed 1d
	crm-remind untouched leads name:'Hôm kia' --days 1 -o csv -f subject | sed 1d
	crm-remind reorder accounts name:Non -o csv -f subject | sed 1d
}
is 'one year, one day' "$(ones)" 'customer for 1 year
founded 1 year ago
last contact 1 day ago
buys every day'
echo 'language: vi' | crm-config apply -q -
is 'in Vietnamese they are said alike' "$(ones)" 'khách hàng 1 năm
kỷ niệm 1 năm thành lập
liên hệ lần cuối 1 ngày trước
thường mua mỗi 1 ngày'
crm-remind birthdays -o table >out
has 'kinds and phrases in Vietnamese' 'tròn 41 tuổi' out
has 'headings too' 'Người phụ trách' out
is 'keys stay, what there is to say is said in it' "$(crm-remind birthdays lead -o csv -f kind,subject | tail -1)" 'birthday,tròn 36 tuổi'
plan() { # SQL
	sqlite3 crm.db "explain query plan $1" | sed -n 's/.*\(SEARCH\|SCAN\)/\1/p'
}
is 'a week is looked up among millions' \
	"$(plan "select id from activity where not ((status = \$1) is not true) and repeats is null and due_at >= \$2 and due_at < \$3")" \
	'SEARCH activity USING INDEX activity.due_at (due_at>? AND due_at<?)'
is 'what repeats, too' \
	"$(plan "select id from activity where not ((status = \$1) is not true) and repeats is not null and repeats > ''")" \
	'SEARCH activity USING INDEX activity.repeats (repeats>?)'
is 'overdue among what is planned' "$(plan "select id from activity where status = \$1 and repeats is null and due_at < \$2")" \
	'SEARCH activity USING INDEX activity.status_due_at (status=? AND due_at<?)'
done_testing
