# What the reports on customers should say of the CDNOW purchases, by brute force.
#
#   clv_figures.py CDNOW_sample.txt csv                     purchases as crm-import reads them
#   clv_figures.py … rfm|cohorts|repeat|rhythm|holdout|clv TO [PARAMETERS]
#
# TO: the first day that does not count.  Nothing here knows how crm counts.
import bisect, collections, datetime as dt, json, math, statistics, sys
from fractions import Fraction

day = lambda s: dt.date(int(s[:4]), int(s[4:6]), int(s[6:8]))
lines = [l.split() for l in open(sys.argv[1])]
if sys.argv[2] == 'csv':
    print('customer,day,cds,dollars')
    for l in lines:
        print('C' + l[1], day(l[2]), l[3], l[4], sep=',')
    sys.exit()
what, to = sys.argv[2], dt.date.fromisoformat(sys.argv[3])
today = to - dt.timedelta(1)
ids, log = {}, collections.defaultdict(lambda: collections.defaultdict(int))
for l in lines:  # accounts are made in the order in which they come
    ids.setdefault('C' + l[1], len(ids) + 1)
    if day(l[2]) < to:
        log['C' + l[1]][day(l[2])] += int(round(float(l[4]) * 100))
half_up = lambda n, d, k: (2 * n * 10**k + d) // (2 * d)
ratio = lambda n, d: f'{half_up(n, d, 4) / 10**4:.4f}'
money = lambda cents: f'{cents // 100}.{cents % 100:02}'
days = lambda x: f'{math.floor(x * 10 + .5) / 10:.1f}'

def months_back(d, n):
    m = d.year * 12 + d.month - 1 - n
    first = dt.date(m // 12, m % 12 + 1, 1)
    last = (dt.date((m + 1) // 12, (m + 1) % 12 + 1, 1) - dt.timedelta(1)).day
    return first.replace(day=min(d.day, last))

def rfm():
    since = months_back(today, 24)
    rows = [dict(who=c, last=max(p), r=(today - max(p)).days, f=sum(d > since for d in p),
                 m=sum(v for d, v in p.items() if d > since)) for c, p in log.items()]
    for key, better in (('r', -1), ('f', 1), ('m', 1)):
        every = sorted(better * y[key] for y in rows)
        for x in rows:  # the fifth, by how many are worse
            x['s' + key] = 1 + 5 * bisect.bisect_left(every, better * x[key]) // len(rows)
    for x in rows:
        r, fm = x['sr'], (x['sf'] + x['sm'] + 1) // 2
        x['segment'] = ('lost' if (r, fm) == (1, 1) else 'hibernating' if r < 3 and fm < 3 else
            'cant_lose' if r < 3 and fm == 5 or (r, fm) == (1, 4) else 'at_risk' if r < 3 else
            'about_to_sleep' if r == 3 and fm < 3 else 'need_attention' if (r, fm) == (3, 3) else
            'champions' if r == 5 and fm > 3 else 'loyal' if fm > 3 else
            'potential_loyalist' if fm > 1 else 'new' if r == 5 else 'promising')
    for x in sorted(rows, key=lambda x: ids[x['who']]):
        print(f"account-{ids[x['who']]}", x['who'], x['last'], x['r'], x['f'], money(x['m']), 'USD',
              x['sr'], x['sf'], x['sm'], f"{x['sr']}{x['sf']}{x['sm']}", x['segment'], sep=',')

def cohorts():
    month = lambda d: d.year * 12 + d.month - 1
    first = {c: month(min(p)) for c, p in log.items()}
    begin, now, over = min(first.values()), month(today), month(to)
    for c in range(begin, now + 1):
        who = [w for w in log if first[w] == c]
        for since in range(now - begin + 1):
            got = [[v for d, v in log[w].items() if month(d) == c + since] for w in who]
            active, revenue = sum(map(bool, got)), sum(map(sum, got))
            begun, known = c + since <= now, since == 0 or c + since < over
            print(f'{c // 12}-{c % 12 + 1:02}-01', since, len(who), active if begun else '',
                  ratio(active, len(who)) if known and who else '', money(revenue) if begun else '',
                  'USD', 'true' if c + since < over else 'false', sep=',')

gaps = lambda p: [(b - a).days for a, b in zip(sorted(p), sorted(p)[1:])]

def quantile(xs, share):  # between neighbours
    xs, at = sorted(xs), share * (len(xs) - 1)
    low = int(at)
    return xs[low] + (at - low) * (xs[min(low + 1, len(xs) - 1)] - xs[low])

def rhythm():
    p90 = quantile([g for p in log.values() for g in gaps(p)], Fraction(9, 10))
    for c, p in sorted(log.items(), key=lambda x: ids[x[0]]):
        ago, known = (today - max(p)).days, len(p) >= 3
        own = statistics.median(gaps(p)) if known else 0
        due = max(p) + dt.timedelta(math.floor(own + .5)) if known else None
        state = ('lapsed' if ago > max(p90, 2 * own) else 'due' if due and due <= today else
                 'active' if len(p) > 1 else 'once')
        yield [f'account-{ids[c]}', c, len(p), min(p), max(p), ago, days(own) if known else '',
               due or '', (today - due).days if due and due <= today else '', state]

def repeat():
    every, rows = [g for p in log.values() for g in gaps(p)], list(rhythm())
    again = sum(len(p) > 1 for p in log.values())
    print(len(log), again, ratio(again, len(log)), sum(map(len, log.values())),
          days(statistics.median(every)), days(quantile(every, Fraction(9, 10))),
          sum(r[-1] == 'due' for r in rows), sum(r[-1] == 'lapsed' for r in rows), sep=',')

# --- the models as the papers write them, times in weeks; parameters as crm printed them --------

def history(c, end):
    p = sorted(d for d in log[c] if d <= end)
    return len(p) - 1, (p[-1] - p[0]).days / 7, (end - p[0]).days / 7

def f21(a, b, c, z):
    term = total = 1.0
    for i in range(100000):
        term *= (a + i) * (b + i) / (c + i) / (i + 1) * z
        total += term
        if abs(term) < 1e-15 * abs(total):
            return total

def alive(k, x, tx, T):
    return 1 if x == 0 else 1 / (1 + k['a'] / (k['b'] + x - 1) *
                                 ((k['alpha'] + T) / (k['alpha'] + tx)) ** (k['r'] + x))

def expected(k, x, tx, T, t):
    r, alpha, a, b = k['r'], k['alpha'], k['a'], k['b']
    f = f21(r + x, b + x, a + b + x - 1, t / (alpha + T + t))
    return (a + b + x - 1) / (a - 1) * (1 - ((alpha + T) / (alpha + T + t)) ** (r + x) * f) * \
        alive(k, x, tx, T)

def holdout(k, end):
    last = max(d for p in log.values() for d in p)
    sums = collections.defaultdict(lambda: [0, 0.0, 0])
    for c, p in log.items():
        if min(p) > end:
            continue
        x, tx, T = history(c, end)
        for key in (str(x) if x < 7 else '7+', 'all'):
            sums[key][0] += 1
            sums[key][1] += expected(k, x, tx, T, (last - end).days / 7)
            sums[key][2] += len(p) - x - 1
    for key in list('0123456') + ['7+', 'all']:
        print(key, sums[key][0], days(sums[key][1]), sums[key][2], sep=',')

def clv(k, margin, discount):
    for c, p in sorted(log.items(), key=lambda x: ids[x[0]])[:60]:
        x, tx, T = history(c, today)
        m = sum(v for d, v in p.items() if d > min(p)) / 100 / x if x else 0
        value = k['p'] * (k['v'] + x * m) / (k['p'] * x + k['q'] - 1)
        before = future = 0
        for month in range(1, 13):
            t = (months_back(today, -month) - today).days
            now = expected(k, x, tx, T, t / 7)
            future += (now - before) / (1 + discount) ** (t / 365.25)
            before = now
        print(f'account-{ids[c]}', len(p), money(sum(p.values())), f'{sum(p.values()) / 100 * margin:.2f}',
              f'{alive(k, x, tx, T):.4f}', f'{before:.4f}', f'{value:.2f}',
              f'{future * value * margin:.2f}', sep=',')

if what == 'rhythm':
    for row in rhythm():
        print(*row, sep=',')
elif what == 'holdout':
    holdout(json.load(open(sys.argv[4])), dt.date.fromisoformat(sys.argv[5]))
elif what == 'clv':
    clv(json.load(open(sys.argv[4])), .3, .1)
else:
    globals()[what]()
