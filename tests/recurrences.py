"""Rules of /work/shared's recur.txt as activities (csv), and how often each is to come (want)."""
import re, sys
KNOWN = {'FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'BYMONTHDAY', 'BYYEARDAY', 'BYWEEKNO',
         'BYMONTH', 'BYSETPOS', 'BYHOUR', 'BYMINUTE', 'WKST'}
text = re.sub(r'\n[ \t]', '', open(sys.argv[1]).read())
csv, want = open('recur.csv', 'w'), open('recur.want', 'w')
csv.write('kind,subject,status,due_at,repeats\n')
n = 0
for event in re.findall(r'^BEGIN:VEVENT\n(.*?)^END:VEVENT', text, re.S | re.M):
    rule = re.findall(r'^RRULE:(.*)$', event, re.M)[0]
    start = re.findall(r'^DTSTART[^:]*:(\d{8})T(\d\d)(\d\d)', event, re.M)[0]
    parts = dict(p.split('=') for p in rule.split(';'))
    but = re.findall(r'^EXDATE[^:]*:(.*)$', event, re.M)
    # Rules of exceptions, and steps of hours and minutes, are none that an activity can have.
    if 'EXRULE' in event or not set(parts) <= KNOWN or \
            parts['FREQ'] in ('HOURLY', 'MINUTELY', 'SECONDLY'):
        continue
    n += 1
    day = f'{start[0][:4]}-{start[0][4:6]}-{start[0][6:]}'
    if but:
        rule += ';EXDATE=' + ','.join(but)
    csv.write(f'task,r{n},planned,{day}T{start[1]}:{start[2]}:00Z,"{rule}"\n')
    times = re.findall("NUMEVENTS: ([0-9]+)", event)[0]
    if times != '0':
        want.write(f'r{n} {times}\n')
