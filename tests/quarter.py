#!/usr/bin/env python3
"""A sales house for some days, as cron and its people run it, and whether it kept its word.

    quarter.py DAYS [SEED [HOURS]]       HOURS: when cron runs, such as 7-20; all, unless said

Two hosts run the same crontab on one database every ten minutes, at the same time, and one of
them is killed now and then.  Leads arrive, some of them known, some who want no mail; staff come
and go with their shifts and days off, ring, convert and give up; customers answer, opt out and
bounce.  Then every message that left and every lead is looked at.  The clock is CRM_NOW; all
of it is made from the seed.  Prints TAP.
"""
import collections, csv, datetime as dt, email, email.policy, io, os, pwd, random, signal
import subprocess, sys, time

days, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
from_hour, to_hour = map(int, sys.argv[3].split('-')) if len(sys.argv) > 3 else (0, 24)
rnd = random.Random(seed)
ICT = dt.timezone(dt.timedelta(hours=7))
UTC = dt.timezone.utc
start = dt.datetime(2026, 10, 1, 0, 0, tzinfo=ICT)
TICK = dt.timedelta(minutes=10)
here = os.getcwd()
sink, inbox = here + '/sink', here + '/inbox'
for folder in (sink, inbox):
    os.makedirs(folder, exist_ok=True)
base = {k: v for k, v in os.environ.items() if k not in ('CRM_NOW', 'CRM_USER')}
base.update(CRM_DB=here + '/quarter.db', SINK=sink)

with open('deliver', 'w') as f:  # a mail system that takes its time now and then
    f.write('#!/bin/sh\nf=$(mktemp "$SINK/.XXXXXXXX") && cat >"$f" && mv "$f" "$SINK/m${f##*/.}"\n')
os.chmod('deliver', 0o755)

CONFIG = '''
currency: VND
timezone: Asia/Ho_Chi_Minh
hours: {mon-fri: ["08:00-12:00", "13:00-17:30"], sat: ["08:00-12:00"]}
teams: [hanoi, hcm]
users:
  - ADMIN: {role: admin}
  - lan: {name: Lê Thị Lan, role: rep, team: hanoi}
  - mai: {name: Nguyễn Thị Mai, role: rep, team: hanoi}
  - duc: {name: Trần Đức, role: rep, team: hcm}
  - hung: {name: Phạm Hùng, role: rep, team: hcm}
  - sep: {name: Trưởng phòng, role: manager, team: hanoi}
mail: {from: Công ty Sao Mai <chao@saomai.example>, domain: saomai.example}
templates:
  - welcome: {of: lead, subject: "Chào {{name}}", text: "Chào {{name}},\\ncảm ơn bạn đã quan tâm."}
  - second: {of: lead, subject: "{{name}}: bạn có câu hỏi nào không?", text: "Chào {{name}}."}
  - third: {of: lead, subject: "{{name}}: thư cuối", text: "Tạm biệt {{name}}."}
assignment:
  conflict: {match: [phone, email], protect: 30d}
  recall: {after: 6h, hours: business, statuses: [new]}
  pools:
    - web: {if: source = website, method: weighted, members: [lan: {weight: 2}, mai: {weight: 1}]}
    - rest: {method: round_robin, members: [lan, mai, duc, hung]}
rules:
  - first-call: {when: lead.created, do: [{activity: {kind: call, subject: Gọi lần đầu}}]}
  - welcome: {when: lead.created, if: email is not null, do: [{emit: {kind: email, template: welcome, any_hour: true}}]}
sequences:
  - nurture:
      of: lead
      enter: status = nurturing and email is not null
      steps:
        - {after: 1d, emit: {kind: email, template: second}}
        - {after: 2d, emit: {kind: email, template: third}}
'''
SHIFTS = {  # Monday is 0
    'lan': ('mon-fri 08:00-17:00', range(0, 5), 8, 17), 'mai': ('mon-sat 07:30-15:30', range(0, 6), 7.5, 15.5),
    'duc': ('mon-sun 12:00-20:00', range(0, 7), 12, 20), 'hung': ('tue-sat 09:00-18:00', range(1, 6), 9, 18)}

def stamp(t):
    return t.astimezone(UTC).strftime('%Y-%m-%dT%H:%M:%SZ')

def crm(now, *words, user=None, stdin='', may=(0,)):
    env = dict(base, CRM_NOW=stamp(now), **({'CRM_USER': user} if user else {}))
    p = subprocess.run(words, input=stdin, capture_output=True, text=True, env=env)
    if p.returncode not in may:
        print('#', ' '.join(words), '->', p.returncode, p.stderr.strip().replace('\n', '\n# '))
        problems.append((words, p.returncode))
    return p.stdout

def table(now, *words):
    return list(csv.DictReader(io.StringIO(crm(now, *words, '-o', 'csv'))))

tests, problems = 0, []
def check(name, wrong):
    global tests
    tests += 1
    print('not ok' if wrong else 'ok', tests, '-', name)
    for w in list(wrong)[:8]:
        print('#  ', w)

# --- the house ---------------------------------------------------------------------------------

now = start
crm(now, 'crm-init', '--currency', 'VND', '--timezone', 'Asia/Ho_Chi_Minh', '--region', 'VN', '-q')
open('house.yaml', 'w').write(CONFIG.replace('ADMIN', pwd.getpwuid(os.getuid()).pw_name))
crm(now, 'crm-config', 'apply', 'house.yaml', '-q')
for login, (shift, *_) in SHIFTS.items():
    crm(now, 'crm-user', 'set', login, 'shift=' + shift, '-q')
absent = {}
for login in SHIFTS:
    for day in range(days):
        if rnd.random() < .12:
            absent[login, day] = True
            on = (start + dt.timedelta(day)).strftime('%Y-%m-%d')
            crm(now, 'crm-user', 'absent', login, on, on, 'nghỉ phép', '-q')

def on_duty(t):
    """Who is, by the plan above."""
    hour, day = t.hour + t.minute / 60, (t - start).days
    return [w for w, (_, week, a, b) in SHIFTS.items()
            if t.weekday() in week and a <= hour < b and (w, day) not in absent]

# --- what happens ------------------------------------------------------------------------------

class Lead:
    def __init__(self, ref, made, mail, phone, source, silent):
        self.ref, self.made, self.mail, self.phone, self.source = ref, made, mail, phone, source
        self.silent = made if silent else None  # from when on no mail may go to them
        self.done = None                        # from when on no nurturing may
leads, by_mail, kills = [], {}, 0

def arrive(t):
    n = len(leads) + 1
    known = rnd.choice(leads) if leads and rnd.random() < .08 else None
    phone = known.phone if known else '09%08d' % rnd.randrange(10 ** 8)
    mail = 'khach%d@example.vn' % n if rnd.random() < .8 else ''
    silent = mail and rnd.random() < .08
    source = rnd.choice(['website', 'facebook', 'zalo'])
    words = ['crm-lead', 'add', 'name=Khách Số %d' % n, 'phone=' + phone, 'source=' + source]
    words += ['email=' + mail] if mail else []
    words += ['do_not_email=true'] if silent else []
    lead = Lead(crm(t, *words, '-o', 'refs').strip(), t, mail, phone, source, silent)
    leads.append(lead)
    by_mail[mail] = lead

def work(t):
    """Those on duty ring a few of their people."""
    for who in on_duty(t):
        mine = crm(t, 'crm-lead', 'list', 'owner:' + who, 'status:new,contacted', '-s',
                   'contact_attempts,created_at', '-l', '3', '-o', 'refs').split()
        for ref in mine:
            lead = next(l for l in leads if l.ref == ref)
            roll = rnd.random()
            if roll < .45:
                crm(t, 'crm-call', ref, rnd.choice(['no_answer', 'connected', 'busy']), '-q', user=who)
            elif roll < .7:
                crm(t, 'crm-lead', 'set', ref, 'status=nurturing', '-q', user=who)
                lead.done = None  # what was answered before does not count against it
            elif roll < .8:
                crm(t, 'crm-convert', ref, '-q', user=who, may=(0, 1))
                lead.done = lead.done or t
            elif roll < .85:
                crm(t, 'crm-lead', 'set', ref, 'status=disqualified', 'disqualify_reason=no_need', '-q', user=who)

seen = {}  # file → message
def look():
    """Messages that left since; customers answer some of them."""
    new = []
    for name in sorted(os.listdir(sink)):
        if name not in seen and not name.startswith('.'):
            with open(sink + '/' + name, 'rb') as f:
                seen[name] = email.message_from_binary_file(f, policy=email.policy.default)
            new.append(seen[name])
    return new

def answer(t, m):
    lead = by_mail[m['To'].addresses[0].addr_spec]
    roll = rnd.random()
    if roll < .12:
        text = ('From: %s\nTo: chao@saomai.example\nSubject: Re: thư của bạn\nMessage-ID: <r%d@example.vn>\n'
                'In-Reply-To: %s\nDate: %s\n\nTôi quan tâm.\n') % (lead.mail, rnd.randrange(10 ** 9),
                m['Message-ID'], t.strftime('%a, %d %b %Y %H:%M:%S +0700'))
        crm(t, 'crm-mail', 'ingest', '-q', stdin=text)
        lead.done = lead.done or t
    elif roll < .2:
        crm(t, 'crm-lead', 'set', lead.ref, 'do_not_email=true', '-q', may=(0, 1))
        lead.silent = lead.silent or t

CRON = ('crm-assign owner:none -q; crm-assign recall -q; '
        'crm-follow run | crm-mail send - --kind email --command ./deliver -q')

def tick(t):
    """Both hosts at once; their clocks differ by seconds, and one may die."""
    global kills
    hosts = [subprocess.Popen(['sh', '-c', CRON], env=dict(base, CRM_NOW=stamp(t + dt.timedelta(seconds=s))),
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              start_new_session=True) for s in (0, 3)]
    killed = None
    if rnd.random() < .05:
        time.sleep(rnd.random() * .12)
        killed = rnd.choice(hosts)
        kills += killed.poll() is None
        try:
            os.killpg(killed.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    for h in hosts:
        said = h.communicate()[1].decode()
        if h is not killed and said and not all('were sent before' in l or 'do not want' in l for l in said.splitlines()):
            talk[said.strip()] += 1

talk = collections.Counter()
for n in range(days * 144):
    now = start + n * TICK
    if not from_hour <= now.hour < to_hour:
        continue
    if 7 <= now.hour < 22 and rnd.random() < .2:
        arrive(now - dt.timedelta(minutes=rnd.randrange(1, 9)))
    tick(now)
    later = now + dt.timedelta(minutes=5)
    if now.minute == 0:
        work(later)
    for m in look():
        answer(later, m)
now = start + days * dt.timedelta(1)
for extra in range(3):  # what a kill left claimed is handed out again
    tick(now + extra * 2 * TICK)
look()
now += 6 * TICK

# --- whether the house kept its word -----------------------------------------------------------

print('#', days, 'days,', len(leads), 'leads,', len(seen), 'messages,', kills, 'kills')
for said, times in talk.most_common(12):
    print('# %dx %s' % (times, said.replace('\n', '\n#    ')))
check('every command did what it was to', problems)

took = {}
for a in table(now, 'crm-export', 'assignment'):
    ref = a.get('lead') or ''
    if a.get('user'):
        took.setdefault(ref, []).append(a)
def in_time(lead):
    t = start + -(-(lead.made - start) // TICK) * TICK
    pool = ['lan', 'mai'] if lead.source == 'website' else list(SHIFTS)
    while not set(pool) & set(on_duty(t)) and t < now:
        t += TICK
    limit = t + 2 * TICK
    got = [dt.datetime.strptime(a['at'], '%Y-%m-%dT%H:%M:%SZ').replace(tzinfo=UTC) for a in took.get(lead.ref, [])]
    return limit > now or (got and min(got) <= limit)
check('every lead has had an owner in time', [l.ref + ' of ' + str(l.made) for l in leads if not in_time(l)])
check('and nobody was given one while off duty, but their own people',
      [a for l in took.values() for a in l if a['why'] == 'dealt' and
       a['user'] not in on_duty(dt.datetime.strptime(a['at'], '%Y-%m-%dT%H:%M:%SZ').replace(tzinfo=UTC).astimezone(ICT))])

sent = [(m['To'].addresses[0].addr_spec, str(m['Subject']),
         email.utils.parsedate_to_datetime(m['Date'])) for m in seen.values()]
twice = [k for k, n in collections.Counter((to, what) for to, what, _ in sent).items() if n > 1]
check('nobody got a message twice', twice)
check('who wants none got none', [s for s in sent if by_mail[s[0]].silent and s[2] > by_mail[s[0]].silent])
check('who answered or was converted is no longer nurtured',
      [s for s in sent if not s[1].startswith('Chào') and by_mail[s[0]].done and s[2] > by_mail[s[0]].done])
stuck = table(now, 'crm-follow', 'stuck')
welcomed = {to for to, what, _ in sent if what.startswith('Chào')}
missing = [l.ref for l in leads if l.mail and not l.silent and l.mail not in welcomed and
           l.ref not in {e.get('lead', e.get('id')) for e in stuck}]
check('nothing was lost: whoever wants mail was welcomed, or it is known that nobody knows', missing)
check('that is rare: at most one a kill', stuck[kills:])
check('messages are no more than was decided', [len(sent)] if len(sent) > len(table(now, 'crm-export', 'errand')) else [])
some = rnd.sample(leads, min(len(leads), 25))
check('why a lead is whose is told', [l.ref for l in some if l.ref in took and not crm(now, 'crm-assign', 'explain', l.ref)])
check('and what rules did with it', [l.ref for l in some if not crm(now, 'crm-follow', 'explain', l.ref)])
boss = pwd.getpwuid(os.getuid()).pw_name
calls = collections.Counter(a['lead'] for a in table(now, 'crm-export', 'activity')
                            if a['subject'] == 'Gọi lần đầu' and a['created_by'] == boss)
check('each has one first call', [l.ref for l in leads if calls[l.ref] != 1])
check('the database is whole', [l for l in crm(now, 'crm-doctor', 'check', '-o', 'jsonl', may=(0, 1)).splitlines() if '"error"' in l])
print('1..%d' % tests)
sys.exit(0)
