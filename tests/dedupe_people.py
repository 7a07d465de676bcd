"""Made-up people and their copies, for the duplicate finder: dedupe_people.py COUNT SEED.

CSV of leads on stdout; external_id is PERSON-COPY.  Persons have Vietnamese and other
names.  A quarter of them are copied one to three times as forms, cards and phone calls
copy them: without accents, family name last or first, with a slip of the finger, fields
left out, another telephone or address.  What must not be taken for copies is there too:
spouses, twins, father and son of one name, colleagues with one hotline and one address,
and strangers of one name in one city.
"""
import csv
import datetime
import random
import sys
import unicodedata

FAMILY = 'Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý'.split()
MEN = 'Văn Văn Văn Đức Minh Quang Hữu Công Xuân Thành'.split()
WOMEN = 'Thị Thị Thị Ngọc Thu Minh Bảo Thanh Hồng Kim'.split()
HE = 'Hùng Đạt Tuấn Phúc Dũng Khoa Sơn Nam Long Hải Bình Cường Thắng Quân Việt Trung'.split()
SHE = 'Lan Thảo Hương Trang Ánh Yến Nhung Vy Hà Mai Linh Hoa Ngân Phương Quỳnh Thủy'.split()
FIRST = 'James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica Thomas Sarah Karen Charles Lisa Daniel Nancy Matthew Betty Anthony Sandra Mark Ashley'.split()
LAST = 'Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Wilson Anderson Taylor Moore Jackson Martin Lee Thompson White Harris Clark Lewis Robinson Walker Young Allen King Wright'.split()
STREETS = ['Lê Lợi', 'Trần Hưng Đạo', 'Nguyễn Trãi', 'Hai Bà Trưng', 'Lý Thường Kiệt', 'Điện Biên Phủ', 'Nguyễn Huệ',
           'Quang Trung', 'Hoàng Diệu', 'Phan Chu Trinh', 'Lạc Long Quân', 'Cách Mạng Tháng Tám', 'Võ Thị Sáu', 'Bà Triệu']
CITIES = ['Hà Nội', 'Hồ Chí Minh', 'Đà Nẵng', 'Cần Thơ', 'Hải Phòng', 'Huế', 'Nha Trang', 'Biên Hoà']
FIRMS = ['Minh Anh', 'Đại Phát', 'Hoà Bình', 'Sao Mai', 'Thành Công', 'Phương Đông', 'Bạch Đằng', 'Tân Á', 'Nam Long', 'Hải Âu']
COLUMNS = 'external_id name birth_date phone email street city company'.split()

count, seed = int(sys.argv[1]), int(sys.argv[2])
rnd = random.Random(seed)
pick = rnd.choice


def plain(s):
    s = unicodedata.normalize('NFD', s.replace('đ', 'd').replace('Đ', 'D'))
    return ''.join(c for c in s if not unicodedata.combining(c))


def mobile():
    return '0' + pick(['90', '91', '93', '97', '98', '32', '33', '70', '79']) + '%07d' % rnd.randrange(10**7)


def day(first=1955, last=2004):
    return datetime.date(rnd.randrange(first, last), 1, 1) + datetime.timedelta(days=rnd.randrange(365))


def address():
    return {'street': '%d %s' % (rnd.randrange(1, 400), pick(STREETS)), 'city': pick(CITIES)}


def named(family=None, woman=None):
    if family is None and rnd.random() < .2:
        return {'family': pick(LAST), 'middle': '', 'given': pick(FIRST), 'vn': False}
    woman = rnd.random() < .5 if woman is None else woman
    return {'family': family or pick(FAMILY), 'middle': pick(WOMEN if woman else MEN),
            'given': pick(SHE if woman else HE), 'vn': True}


def person(**given):
    p = named()
    p.update(address(), birth=day(), phone=mobile(), company='')
    p.update(given)
    word = plain(p['given']).lower()
    p['email'] = given.get('email', '%s.%s%d@%s' % (word, plain(p['family']).lower(), rnd.randrange(1000),
                                                    pick(['gmail.com', 'yahoo.com', 'example.vn', 'outlook.com'])))
    return p


def slip(s):
    if len(s) < 4:
        return s
    i = rnd.randrange(1, len(s) - 1)
    return pick([s[:i] + s[i + 1:], s[:i] + s[i] + s[i:], s[:i] + s[i + 1] + s[i] + s[i + 2:], s[:i] + pick('aeinost') + s[i + 1:]])


def spelled(n):
    return pick([n, n[:4] + ' ' + n[4:7] + ' ' + n[7:], '+84 ' + n[1:], '84' + n[1:], n[:4] + '.' + n[4:7] + '.' + n[7:]])


def full(p, copy):
    parts = [p['family'], p['middle'], p['given']] if p['vn'] else [p['given'], p['middle'], p['family']]
    if copy and p['vn'] and rnd.random() < .15:
        parts = [p['given'], p['middle'], p['family']] if rnd.random() < .3 else [p['given'], p['family']]
    elif copy and not p['vn'] and rnd.random() < .1:
        parts.reverse()
    if copy and rnd.random() < .15:
        i = rnd.randrange(len(parts))
        parts[i] = slip(parts[i])
    if copy and rnd.random() < .1 and len(parts) == 3:
        parts[1] = ''
    s = ' '.join(x for x in parts if x)
    return plain(s) if copy and rnd.random() < .4 else s.upper() if copy and rnd.random() < .1 else s


def birth(p, copy):
    if copy and rnd.random() < .35 or p['birth'] is None:
        return ''
    d = p['birth']
    if copy and rnd.random() < .05 and d.day <= 12:
        d = datetime.date(d.year, d.day, d.month)
    elif copy and rnd.random() < .04:
        d = d.replace(year=d.year + pick([-10, -1, 1, 10]), day=min(d.day, 28))
    return d.isoformat()


def row(p, who, n):
    copy = n > 0
    phone, email, street = p['phone'], p['email'], {'street': p['street'], 'city': p['city']}
    if copy and rnd.random() < .2:
        phone = mobile() if rnd.random() < .5 else ''
    if copy and rnd.random() < .45:
        email = '' if rnd.random() < .7 else person()['email']
    if copy and rnd.random() < .1:
        street = address()
    elif copy and rnd.random() < .4:
        street['street'] = '' if rnd.random() < .6 else plain(street['street'])
    return ['%d-%d' % (who, n), full(p, copy), birth(p, copy), phone and spelled(phone), email,
            street['street'], street['city'], p['company'] if not copy or rnd.random() < .7 else '']


def household():
    """Spouses, or twins, or father and son: one address, often one telephone."""
    a = person()
    shared = {k: a[k] for k in ('street', 'city')}
    if rnd.random() < .6:
        shared['phone'] = a['phone']
    kind = rnd.random()
    if kind < .5 or not a['vn']:
        b = person(**shared)
    elif kind < .7:
        b = person(**{**shared, **named(a['family']), 'birth': a['birth']})
    elif kind < .95:
        b = person(**{**shared, **named(a['family'])})
    else:
        same = {k: a[k] for k in ('family', 'middle', 'given', 'vn')}
        b = person(**{**shared, **same, 'birth': a['birth'].replace(year=a['birth'].year - 27, day=min(a['birth'].day, 28) % 28 + 1)})
    return [a, b]


def office():
    """Colleagues: one company, its address and hotline; some have their own number."""
    shared = {'company': 'Công ty TNHH %s %d' % (pick(FIRMS), rnd.randrange(1, 500)), **address()}
    hotline = '024 3%07d' % rnd.randrange(10**7)
    return [person(**shared, phone=hotline if rnd.random() < .7 else mobile(),
                   birth=day() if rnd.random() < .3 else None) for _ in range(rnd.randrange(3, 9))]


people = []
while len(people) < count:
    chance = rnd.random()
    people += household() if chance < .1 else office() if chance < .14 else [person()]
out = csv.writer(sys.stdout, lineterminator='\n')
out.writerow(COLUMNS)
rows = []
for who, p in enumerate(people):
    copies = rnd.choice([1, 1, 2, 3]) if rnd.random() < .25 else 0
    rows += [row(p, who, n) for n in range(1 + copies)]
rnd.shuffle(rows)
out.writerows(rows)
