"""Sets of people with known duplicates: into CSV for crm-import, and how well they were found.

    dedupe_data.py febrl FILE [tax]      CSV of people; with `tax` soc_sec_id is the tax code
    dedupe_data.py splink FILE           likewise; an e-mail that is no address is left out
    dedupe_data.py figures KIND PAIRS FOUND EXPORT...
                                         KIND febrl, splink or made; PAIRS true ones there are
                                         (0: among those exported); FOUND what crm-dedupe find
                                         printed as CSV; EXPORT id,external_id of the records

external_id says who it is: rec-N-org, rec-N-dup-k; CLUSTER-ROW; PERSON-COPY.  Figures are
"precision recall F1" of the pairs within clusters, of `same` alone and with `review`.
"""
import collections
import csv
import datetime
import itertools
import re
import sys


def iso(text):
    try:
        return datetime.datetime.strptime(text, '%Y%m%d').date().isoformat()
    except ValueError:
        return ''


def febrl(path, tax):
    names = 'external_id first_name last_name street ward city postal_code region birth_date'.split()
    yield names + (['tax_code'] if tax else [])
    with open(path, newline='') as file:
        rows = csv.reader(file, skipinitialspace=True)
        next(rows)
        for row in rows:
            if not row:
                continue
            who, given, family, number, street, ward, city, post, state, born, code = [x.strip() for x in row]
            yield [who, given, family, (number + ' ' + street).strip(), ward, city, post, state,
                   iso(born)] + ([code] if tax else [])


def splink(path):
    yield 'external_id first_name last_name birth_date city email'.split()
    good = re.compile(r'[^@]+@[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+')
    with open(path, newline='') as file:
        for r in csv.DictReader(file):
            yield [r['cluster'] + '-' + r['unique_id'], r['first_name'], r['surname'], r['dob'], r['city'],
                   r['email'] if good.fullmatch(r['email']) else '']


def figures(kind, total, found, exports):
    person = {}
    for path in exports:
        with open(path, newline='') as file:
            for r in csv.DictReader(file):
                parts = r['external_id'].split('-')
                person[r['id']] = parts[1] if kind == 'febrl' else parts[0]
    copies = collections.Counter(person.values())
    total = total or sum(n * (n - 1) // 2 for n in copies.values())
    for wanted in (['same'], ['same', 'review']):
        clusters = collections.defaultdict(list)
        with open(found, newline='') as file:
            for r in csv.DictReader(file):
                if r['verdict'] in wanted:
                    clusters[r['cluster']].append(r['id'])
        pairs = [p for ids in clusters.values() for p in itertools.combinations(ids, 2)]
        right = sum(person[a] == person[b] for a, b in pairs)
        precision, recall = right / max(len(pairs), 1), right / total
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        print('%.4f %.4f %.4f' % (precision, recall, f1))


if sys.argv[1] == 'figures':
    figures(sys.argv[2], int(sys.argv[3]), sys.argv[4], sys.argv[5:])
else:
    rows = febrl(sys.argv[2], len(sys.argv) > 3) if sys.argv[1] == 'febrl' else splink(sys.argv[2])
    csv.writer(sys.stdout, lineterminator='\n').writerows(rows)
