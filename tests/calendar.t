#!/bin/sh
# Activities as a calendar.
. tests/lib.sh

crm-init --timezone Europe/Berlin >/dev/null
crm-lead add name='Trần, Thị; Minh' phone=0912345678 -q
crm-activity add kind=meeting subject='Gặp; khách, hàng' body='dòng 1
dòng 2 \ hết' started_at=2026-10-19T09:30 duration_s=5400 location='12 Lê Lợi, Hà Nội' lead=1 \
	repeats='FREQ=WEEKLY;BYDAY=MO;COUNT=3' status=planned -q
crm-activity add kind=call subject='Gọi lại một khách hàng rất lâu rồi không ai gọi, hỏi xem còn cần gì nữa không' \
	due_at=2026-11-24T14:00 lead=1 priority=high -q
crm-activity add kind=task subject=weekly due_at=2026-11-24T08:00 repeats='FREQ=WEEKLY;INTERVAL=2' -q
crm-activity add kind=call outcome=connected subject=done due_at=2026-11-20 lead=1 -q
crm-activity add kind=visit subject=off started_at=2026-11-25T10:00 status=cancelled -q
crm-activity add kind=meeting subject='no time' status=planned -q
crm-activity add kind=note subject=fact body='knows the boss' location=Huế priority=high lead=1 -q
crm-activity add kind=task subject=odd due_at=2026-11-26T08:00 -q

ok "a calendar" crm-export activity -o ics
crm-export activity -o ics 2>/dev/null >one.ics
crm-export activity -o ics 2>/dev/null >two.ics
same "the same again" two.ics one.ics
tr -d '\r' <one.ics >unix.ics
has "text is escaped" 'SUMMARY:Gặp\; khách\, hàng' unix.ics
has "lines in it too" 'DESCRIPTION:dòng 1\ndòng 2 \\ hết' unix.ics
has "what repeats is in the zone" 'DTSTART;TZID=Europe/Berlin:20261019T093000' unix.ics
has "… which the file explains" 'TZID:Europe/Berlin' unix.ics
has "all else is UTC" 'DUE:20261124T130000Z' unix.ics
has "a number that no other database has" 'UID:activity-1-1795228200@crm' unix.ics
is "one component an activity" "$(grep -cE '^BEGIN:(VEVENT|VTODO|VJOURNAL)' unix.ics)" 8
is "a journal entry has no place and no priority" "$(sed -n '/^BEGIN:VJOURNAL/,/^END/p' unix.ics | grep -E '^(LOCATION|PRIORITY|COMMENT)')" COMMENT:Huế
is "and nobody is asked to take part" "$(grep -cE '^(METHOD|ORGANIZER)' unix.ics)" 0
python3 - <<'END' >check
raw = open("one.ics", "rb").read()
for line in raw.split(b"\r\n"):
    line.decode("utf-8")
print(max(len(line) for line in raw.split(b"\r\n")) <= 75, raw.count(b"\n") == raw.count(b"\r\n"))
END
is "folded, no character cut, CRLF" "$(cat check)" 'True True'
ok "terms choose" crm-export activity kind:visit -o ics
is "… one" "$(grep -c '^BEGIN:VEVENT' out)" 1

for python in python3 /usr/bin/python3 ''; do
	[ -z "$python" ] || "$python" -c 'import icalendar' 2>/dev/null && break
done
if [ -n "$python" ]; then
	"$python" - <<'END' >got
import icalendar
calendar = icalendar.Calendar.from_ical(open("one.ics", "rb").read())
for c in calendar.walk():
    if c.name in ("VEVENT", "VTODO", "VJOURNAL"):
        times = " ".join(str(c[k].dt) if k in c else "-" for k in ("dtstart", "dtend", "due", "completed"))
        rule = c["rrule"].to_ical().decode() if "rrule" in c else "-"
        print(c.name, c["summary"][:12], c["status"], c.get("priority", "-"), times, rule, sep="|")
END
	cat >wanted <<'END'
VEVENT|Gặp; khách, |CONFIRMED|-|2026-10-19 09:30:00+02:00 2026-10-19 11:00:00+02:00 - -|FREQ=WEEKLY;COUNT=3;BYDAY=MO
VTODO|Gọi lại một |NEEDS-ACTION|3|- - 2026-11-24 13:00:00+00:00 -|-
VTODO|weekly|NEEDS-ACTION|-|2026-11-24 08:00:00+01:00 - - -|FREQ=WEEKLY;INTERVAL=2
VTODO|done|COMPLETED|-|- - 2026-11-19 23:00:00+00:00 2026-11-21 02:30:00+00:00|-
VEVENT|off|CANCELLED|-|2026-11-25 09:00:00+00:00 - - -|-
VTODO|no time|NEEDS-ACTION|-|- - - -|-
VJOURNAL|fact|FINAL|-|2026-11-21 02:30:00+00:00 - - -|-
VTODO|odd|NEEDS-ACTION|-|- - 2026-11-26 07:00:00+00:00 -|-
END
	same "as another program reads it" got wanted
else
	echo "# no python3-icalendar: nobody else reads our calendar"
fi

status 2 "crm-activity says who writes calendars" crm-activity list -o ics
has "… there" 'crm-export activity -o ics' err
is "… and prints nothing" "$(cat out)" ''
status 2 "a lead is no activity" crm-export lead -o ics
has "it says so" 'calendars are of activities' err
status 2 "nor is everything" crm-export all -o ics
has "it says so too" 'crm-export activity -o ics' err
status 2 "a folder of cards could not be read again" crm-export all --folder all -o vcf
status 3 "a full disk" sh -c 'crm-export activity -o ics >/dev/full'
ok "no activities" crm-export activity kind:sms -o ics
has "is a calendar too" 'END:VCALENDAR' out

if command -v ldd >/dev/null && ldd "$(command -v crm-export)" | grep -q libical; then
	for program in "$(dirname "$(command -v crm-export)")"/crm-*; do
		ldd "$program" 2>/dev/null | grep -q libical && basename "$program"
	done >linked
	is "two programs are linked with libical" "$(tr '\n' ' ' <linked)" 'crm-export crm-remind '
fi
done_testing
