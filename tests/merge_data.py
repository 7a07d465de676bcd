"""Random people with everything that can hang on them: merge_data.py SEED FOLDER [PEOPLE].

Writes one JSON Lines file a record type, in the order of their names, for crm-import;
clusters.csv has random clusters of leads, contacts and accounts, each record in one.
"""
import json
import random
import sys

seed, folder = int(sys.argv[1]), sys.argv[2]
people = int(sys.argv[3]) if len(sys.argv) > 3 else 12
r = random.Random(seed)


def maybe(value, p=0.5):
    return value() if r.random() < p else None


def day():
    return '2025-%02d-%02d' % (r.randint(1, 12), r.randint(1, 28))


def at():
    return day() + 'T%02d:00:00Z' % r.randint(0, 23)


def ref(kind):
    return '%s-%d' % (kind, r.randint(1, people))


def phone():
    return '09%08d' % r.randint(10000000, 10000050)


def consent(row):
    for what in 'call', 'email', 'sms', 'zalo':
        if r.random() < 0.2:
            row['do_not_' + what] = True
            row['do_not_%s_at' % what] = at()
            row['do_not_%s_source' % what] = 'form'


def person(kind, i):
    row = {'name': 'Nguyễn Văn %d' % r.randint(1, 5), 'created_at': at(),
           'phone': maybe(phone), 'mobile': maybe(phone, 0.4), 'zalo': maybe(phone, 0.3),
           'facebook': maybe(lambda: 'fb.%d' % r.randint(1, 9), 0.3),
           'email': maybe(lambda: 'p%d@example.vn' % r.randint(1, 9)),
           'owner': maybe(lambda: r.choice(['lan', 'mai'])),
           'tags': maybe(lambda: r.sample(['vip', 'old', 'new', 'hot'], 2)),
           'external_id': maybe(lambda: '%s%d' % (r.choice(['hubspot:', '']), i * 3 + len(kind)))}
    street = '' if kind != 'account' else 'billing_'
    row[street + 'street'] = maybe(lambda: '%d Lê Lợi' % r.randint(1, 3), 0.4)
    row[street + 'city'] = maybe(lambda: r.choice(['Huế', 'Đà Nẵng']), 0.4)
    row['notes' if kind == 'lead' else 'description'] = maybe(lambda: 'note %d' % r.randint(1, 4))
    row['last_contacted_at'] = maybe(at, 0.2)  # an import brought it
    row['floor'] = maybe(lambda: r.randint(1, 9))
    consent(row)
    return row


out = {}


def add(kind, row):
    out.setdefault(kind, []).append({k: v for k, v in row.items() if v is not None})


for i in range(1, people + 1):
    row = person('lead', i)
    row.update(status=r.choice(['target', 'new', 'contacted', 'qualified']),
               company=maybe(lambda: 'Công ty %d' % r.randint(1, 4), 0.3),
               budget=maybe(lambda: r.randint(1, 9) * 1000), contact_attempts=maybe(lambda: 3, 0.2))
    add('lead', row)
    row = person('account', i)
    row.update(kind='org', type=maybe(lambda: r.choice(['prospect', 'partner'])),
               annual_revenue=maybe(lambda: r.randint(1, 9) * 1000000),
               parent='account-%d' % r.randint(1, i - 1) if i > 1 and r.random() < 0.5 else None,
               customer_since=maybe(day, 0.2))
    add('account', row)
    row = person('contact', i)
    row.update(account=maybe(lambda: ref('account'), 0.7), birth_date=maybe(day, 0.3),
               reports_to='contact-%d' % r.randint(1, i - 1) if i > 1 and r.random() < 0.5 else None,
               buddy='contact-%d' % r.randint(1, i - 1) if i > 1 and r.random() < 0.5 else None)
    add('contact', row)

for i in range(1, 2 * people):
    row = {'name': 'Deal %d' % i, 'account': ref('account'), 'contact': maybe(lambda: ref('contact')),
           'lead': maybe(lambda: ref('lead'), 0.3), 'amount': r.randint(1, 9) * 1000,
           'stage': r.choice(['discovery', 'proposal', 'won']), 'expected_close': day()}
    if row['stage'] == 'won':
        row['closed_at'] = at()
    add('deal', row)
    add('order', {'account': ref('account'), 'contact': maybe(lambda: ref('contact')),
                  'status': r.choice(['draft', 'confirmed']), 'ordered_on': day(),
                  'amount': r.randint(1, 9) * 100})
    add('quote', {'account': ref('account'), 'contact': maybe(lambda: ref('contact')),
                  'quoted_on': '2025-01-01'})
    add('ticket', {'subject': 'Ticket %d' % i, r.choice(['lead', 'contact', 'account']): None})
    kind = r.choice(['lead', 'contact', 'account'])
    out['ticket'][-1][kind] = ref(kind)
for i in range(6 * people):
    kind = r.choice(['lead', 'contact', 'account'])
    done = r.random() < 0.6
    add('activity', {'kind': r.choice(['call', 'email', 'note', 'meeting']), 'subject': 's%d' % i,
                     kind: ref(kind), 'status': 'done' if done else 'planned',
                     'done_at': at() if done else None, 'due_at': None if done else at(),
                     'ticket': maybe(lambda: 'ticket-%d' % r.randint(1, 2 * people - 1), 0.1),
                     'direction': r.choice(['in', 'out'])})
    kind = r.choice(['lead', 'contact', 'account'])
    add('event', {'at': at(), 'kind': 'page_view', 'source': 'web', 'external_id': 'e%d' % i,
                  kind: ref(kind)})


def each_once(kind, n, make):
    seen = set()
    for _ in range(n):
        key, row = make()
        if key not in seen:
            seen.add(key)
            add(kind, row)


def member(of, row):
    kind = r.choice(['lead', 'contact', 'account'])
    who = ref(kind)
    row[kind] = who
    return (row[of], who), row


each_once('campaign_member', 4 * people, lambda: member(
    'campaign', {'campaign': r.choice(['Spring', 'Autumn']), 'note': maybe(lambda: 'n%d' % r.randint(1, 3)),
                 'status': r.choice(['invited', 'registered', 'absent', 'attended', 'opted_out']),
                 'invited_at': maybe(at), 'registered_at': maybe(at), 'opens': maybe(lambda: r.randint(1, 4))}))


def segment_member():
    kind = r.choice(['lead', 'contact', 'account'])
    who = ref(kind)
    return who, {'segment': 'list of %ss' % kind, kind: who}


each_once('segment_member', 3 * people, segment_member)


def relation():
    ends = [r.choice(['contact', 'account']), r.choice(['contact', 'account'])]
    a, b, kind = ref(ends[0]), ref(ends[1]), r.choice(['assistant', 'referred_by', 'other'])
    key = (a, b, kind) if a != b else None
    return key, {ends[0]: a, 'to_' + ends[1]: b, 'kind': kind, 'note': maybe(lambda: 'r%d' % r.randint(1, 3))}


seen = {None}
for _ in range(3 * people):
    key, row = relation()
    if key not in seen:
        seen.add(key)
        add('relation', row)
for i in range(3 * people):
    kind = r.choice(['lead', 'contact', 'account'])
    way = r.choice(['email', 'phone', 'zalo', 'external_id'])
    row = {kind: ref(kind), way: {'email': 'p%d@example.vn' % r.randint(1, 9), 'phone': phone(),
                                  'zalo': phone(), 'external_id': 'x%d' % i}[way]}
    if way == 'external_id':
        row['source'] = 'hubspot'
    add('identity', row)
each_once('deal_contact', 3 * people, lambda: (lambda d, c: ((d, c), {
    'deal': d, 'contact': c, 'role': r.choice(['decision_maker', 'user', 'other'])}))(
        'deal-%d' % r.randint(1, 2 * people - 1), ref('contact')))

order = ['account', 'contact', 'lead', 'deal', 'deal_contact', 'order', 'quote', 'ticket',
         'activity', 'event', 'campaign_member', 'segment_member', 'relation', 'identity']
for i, kind in enumerate(order):
    with open('%s/%02d.%s.jsonl' % (folder, i, kind), 'w') as f:
        for row in out[kind]:
            f.write(json.dumps(row, ensure_ascii=False) + '\n')

with open(folder + '/clusters.csv', 'w') as f:
    f.write('cluster,id,score,verdict\n')
    number = 0
    leads = []
    for kind in 'lead', 'contact', 'account':
        ids = list(range(1, people + 1))
        r.shuffle(ids)
        while len(ids) > people // 4:
            number += 1
            for _ in range(min(len(ids), r.choice([2, 2, 3]))):
                f.write('%d,%s-%d,0.99,same\n' % (number, kind, ids.pop()))
            if kind == 'contact' and leads:
                f.write('%d,lead-%d,0.99,same\n' % (number, leads.pop()))
        if kind == 'lead':
            leads = ids
