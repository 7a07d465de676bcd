"""Alerts reckoned once more, from the rows of the database, as crm-alert(1) defines them.

  alert_figures.py data           files of accounts, products, orders, lines, deals to import
  alert_figures.py check ALERTS   for each kind: how many there are, and "ok" or what differs
"""
import collections
import csv
import datetime
import itertools
import json
import math
import os
import random
import sqlite3
import statistics
import sys

TODAY = datetime.date(2026, 11, 21)
NOW = datetime.datetime(2026, 11, 21, 2, 30)


def write(name, rows):
    with open(name, "w", newline="") as f:
        csv.writer(f, lineterminator="\n").writerows(rows)


def data():
    r = random.Random(3)
    day = lambda n: (TODAY - datetime.timedelta(days=n)).isoformat()
    write("accounts.csv", [["name", "tier", "owner", "created_at"]] + [
        [f"K{i}", ["vip", "gold", "silver", ""][i % 4], ["lan", "mai"][i % 2], "2025-01-01"]
        for i in range(1, 41)])
    links = {1: ("P2", ""), 2: ("P3", ""), 4: ("", "P5"), 6: ("", "P7")}
    # what is named must be there before: from the end
    write("products.csv", [["name", "sku", "price", "cost", "currency", "active", "upgrade", "successor"]] + [
        [f"P{i}", f"P{i}", i * 1000, i * 600 if i != 10 else "", "USD" if i == 8 else "VND",
         "false" if i in (4, 9) else "true", *links.get(i, ("", ""))] for i in range(12, 0, -1)])
    orders, lines = [["number", "account", "contact", "ordered_on", "status", "currency", "owner"]], \
        [["order", "product", "quantity", "unit_price", "unit_cost"]]
    n = 0

    def order(who, ago, products, margin=0.4, status=None):
        nonlocal n
        n += 1
        person = who > 40
        orders.append([f"o{n}", "" if person else f"K{who}", f"N{who}" if person else "", day(ago),
                       status or r.choice(["confirmed", "delivered", "delivered", "cancelled", "draft"]
                                          if r.random() < 0.3 else ["delivered"]),
                       "USD" if who % 7 == 0 else "VND", ["lan", "mai"][who % 2]])
        for p in products:
            price = p * 1000
            lines.append([f"o{n}", f"P{p}", r.randint(1, 5), price,
                          "" if p == 10 else round(price * (1 - margin) * r.uniform(0.8, 1.2))])

    for who in range(1, 44):
        gap, first, kind = r.randint(15, 60), r.randint(250, 420), r.random()
        stop = r.choice([0, 0, 70, 150])  # who stays away in the end
        mine = [*r.sample(range(1, 10), 3), *([10, 11] if who % 3 else [1, 12])[:r.choice([1, 2, 2])]]
        for ago in range(first, stop, -gap):
            order(who, ago + r.randint(0, 9), sorted({*r.sample(mine, r.randint(1, 3))}),
                  0.4 if ago > 51 or kind < 0.5 else 0.1)
    for ago in range(395, 25, -30):  # the same every month, and last month more, or nothing
        order(2, ago, [11], status="delivered")
        order(4, ago, [12], status="delivered")
    for _ in range(9):
        order(2, 40, [11, 12], status="delivered")
    write("orders.csv", orders)
    write("lines.csv", lines)
    deals = [["name", "account", "pipeline", "stage", "amount", "currency", "owner", "stage_since", "closed_at",
              "lost_reason"]]
    for i in range(60):
        stage = r.choice(["discovery", "proposal", "negotiation", "won", "lost"])
        since = NOW - datetime.timedelta(days=r.randint(1, 60), hours=5)
        at = since.isoformat() + "Z"
        deals.append([f"D{i}", f"K{r.randint(1, 40)}", "sales", stage, r.randint(1, 90) * 1000000,
                      "USD" if i % 11 == 0 else "VND", r.choice(["lan", "mai", "hoa", ""]), at,
                      at if stage in ("won", "lost") else "", "price" if stage == "lost" else ""])
    write("deals.csv", deals)


# -- once more ------------------------------------------------------------------------------------

def read():
    db = sqlite3.connect(os.environ["CRM_DB"])
    db.row_factory = sqlite3.Row
    return lambda q: [dict(row) for row in db.execute(q)]


def customer(row):
    return f"account-{row['account']}" if row["account"] else f"contact-{row['contact']}"


def local_day(instant):
    at = datetime.datetime.fromisoformat(instant.rstrip("Z")) + datetime.timedelta(hours=7)
    return at.date()


class World:
    def __init__(self, q):
        self.q = q
        self.products = {p["id"]: p for p in q("select * from product")}
        self.orders = {o["id"]: o for o in q(
            'select * from "order" where status in (\'confirmed\', \'delivered\')')}
        self.owned, self.baskets = collections.defaultdict(set), collections.defaultdict(set)
        back = collections.Counter()
        for line in q("select * from order_line"):
            o = self.orders.get(line["order"])
            if not o:
                continue
            if line["cost"] is not None:
                back[o["id"]] += round(line["cost"] * (line["returned"] or 0) / line["quantity"])
            if line["product"] and line["quantity"] != (line["returned"] or 0):
                self.owned[customer(o)].add(line["product"])
                self.baskets[o["id"]].add(line["product"])
        # (customer, currency) -> day -> [revenue, known, margin]
        self.bought = collections.defaultdict(lambda: collections.defaultdict(lambda: [0, 0, 0]))
        linked = {o["deal"] for o in q('select deal from "order" where deal is not null')}
        for o in self.orders.values():
            revenue = o["subtotal"] - o["discount"] - (o["returned"] or 0)
            at = self.bought[customer(o), o["currency"]][datetime.date.fromisoformat(o["ordered_on"])]
            at[0] += revenue
            if o["cost"] is not None:
                at[1] += revenue
                at[2] += revenue - (o["cost"] - back[o["id"]])
        for d in q("select * from deal where stage = 'won'"):
            if d["id"] not in linked:
                self.bought[customer(d), d["currency"]][local_day(d["closed_at"])][0] += d["amount"] or 0
        self.days = collections.defaultdict(set)
        for (who, _), days in self.bought.items():
            self.days[who] |= set(days)

    def purse(self, who):
        mine = sorted((-max(days).toordinal(), code) for (w, code), days in self.bought.items() if w == who)
        return mine[0][1]

    def on_sale(self, p):
        seen = 0
        while p and not self.products[p]["active"] and seen < 32:
            p, seen = self.products[p]["successor"], seen + 1
        return p if p and self.products[p]["active"] else None

    def lines(self):
        group = {p: p for p in self.products}

        def root(p):
            return p if group[p] == p else root(group[p])
        for p in self.products.values():
            for to in (p["upgrade"], p["successor"]):
                if to:
                    group[root(p["id"])] = root(to)
        return {p: root(p) for p in self.products}


def ref(p):
    return f"product-{p}"


def cross_sell(w):
    sets = list(w.owned.values())
    count = collections.Counter(p for s in sets for p in s)
    both = collections.Counter(pair for s in sets for pair in itertools.permutations(s, 2))
    line = w.lines()
    for who, have in w.owned.items():
        best = {}
        for (a, b), n in both.items():
            confidence, lift = n / count[a], n / count[a] / (count[b] / len(sets))
            if a in have and n >= max(3, math.ceil(len(sets) / 100)) and confidence >= 0.2 and lift >= 1.2 \
                    and w.products[b]["active"] and line[a] != line[b] and line[b] not in {line[p] for p in have}:
                best.setdefault(b, []).append((confidence, n, lift))
        top = sorted((-max(c)[0], b) for b, c in best.items())[:3]
        for confidence, b in top:
            of = [c for c in best[b] if c[0] == -confidence]
            price = w.products[b]["price"]
            yield (who, ref(b)), dict(confidence=-confidence, value=price), \
                [dict(support=n / len(sets), lift=lift) for _, n, lift in of]


def linked(w, link):
    have_count, went = collections.Counter(), collections.Counter()
    for have in w.owned.values():
        for p in have:
            to = w.on_sale(w.products[p][link])
            if to:
                have_count[p] += 1
                went[p] += to in have
    for who, have in w.owned.items():
        best = {}
        for p in have:
            to = w.on_sale(w.products[p][link])
            chain, at = [], to
            while at and len(chain) < 32:
                chain.append(at)
                at = w.products[at][link]
            if to and not have & set(chain):
                best.setdefault(to, []).append(p)
        top = sorted((-(w.products[b]["price"] or 0), b) for b in best)[:3]
        for _, b in top:
            yield who, b, best[b], have_count, went


def up_sell(w):
    for who, b, of, have, went in linked(w, "upgrade"):
        p = w.products
        yield (who, ref(b)), {}, [dict(has=ref(a), buyers=have[a], went_on=went[a], went_rate=went[a] / have[a],
                                       value=p[b]["price"] - p[a]["price"]) for a in of]


def switch_sell(w):
    for who, b, of, _, _ in linked(w, "successor"):
        p = w.products
        yield (who, ref(b)), dict(value=p[b]["price"]), [
            dict(has=ref(a), retired=not p[a]["active"],
                 margin_gain=p[b]["price"] - p[a]["price"] - p[b]["cost"] + p[a]["cost"]) for a in of]


def quantile(list_, share):
    at = share * (len(list_) - 1)
    low = int(at)
    return list_[low] + (at - low) * (list_[min(low + 1, len(list_) - 1)] - list_[low])


def rhythms(w):
    gaps = {}
    for who, days in w.days.items():
        days = sorted(days)
        gaps[who] = sorted((b - a).days for a, b in zip(days, days[1:]))
    p90 = quantile(sorted(itertools.chain(*gaps.values())), 0.9)
    for who, days in w.days.items():
        if gaps[who]:
            yield who, len(days), max(days), (TODAY - max(days)).days, quantile(gaps[who], 0.5), p90


def revenue(w, who, code, first=datetime.date.min, last=datetime.date.max):
    return sum(v[0] for day, v in w.bought[who, code].items() if first <= day <= last)


def due_reorder(w):
    for who, n, last, ago, usual, p90 in rhythms(w):
        due = last + datetime.timedelta(days=int(usual + 0.5))
        if n >= 3 and due <= TODAY and usual <= ago <= max(2 * usual, p90):
            code = w.purse(who)
            typical = statistics.median(v[0] for v in w.bought[who, code].values())
            yield (who, last.isoformat()), dict(
                purchases=n, days_ago=ago, usual_days=usual, overdue_days=(TODAY - due).days,
                value=typical, currency=code), None


def churn_risk(w):  # too few customers bought again for the model
    for who, n, last, ago, usual, p90 in rhythms(w):
        code = w.purse(who)
        all_ = sorted((revenue(w, a, c) for a, c in list(w.bought) if c == code), reverse=True)
        if n >= 3 and ago > 2 * usual and ago > p90 and \
                revenue(w, who, code) >= all_[math.ceil(len(all_) / 2) - 1]:
            newest = max(w.bought[who, code])
            year = newest.replace(year=newest.year - 1) + datetime.timedelta(days=1)
            yield (who, last.isoformat()), dict(
                days_ago=ago, value=revenue(w, who, code, year, newest), currency=code, p_alive=None), None


def falling_margin(w):
    quarter, year = datetime.date(2026, 10, 1), datetime.date(2025, 10, 1)
    for (who, code), days in w.bought.items():
        now = [v for d, v in days.items() if d >= quarter and v[1]]
        was = [v for d, v in days.items() if year <= d < quarter and v[1]]
        known, before = sum(v[1] for v in now), sum(v[1] for v in was)
        if known <= 0:
            continue
        rate = sum(v[2] for v in now) / known
        usual = sum(v[2] for v in was) / before if len(was) >= 3 and before > 0 else None
        fell = usual is not None and rate <= usual - 0.05 and known >= before / 4 * 0.2
        if fell or rate < 0:
            wanted = usual if fell else 0
            yield (who, code), dict(margin_rate=rate, usual_margin_rate=usual, revenue=known,
                                    value=wanted * known - rate * known), None


def starts():
    return [datetime.date(2026, m, 1) for m in range(4, 12)]


def departs(figures):
    usual = statistics.median(figures[:-1])
    if usual <= 0:
        return None
    sigma = 1.4826 * statistics.median(abs(f - usual) for f in figures[:-1])
    off = figures[-1] - usual
    if abs(off) <= 2 * sigma or abs(off) / usual < 0.2 or not off:
        return None
    return dict(actual=figures[-1], usual=usual, change=off / usual, deviations=off / sigma if sigma else None,
                value=abs(off))


def trend(w):
    months = starts()
    for (who, code), days in w.bought.items():
        d = departs([revenue(w, who, code, a, b - datetime.timedelta(days=1)) for a, b in zip(months, months[1:])])
        if d:
            yield (who, f"revenue {code}"), d, None
    sold = collections.defaultdict(lambda: [0] * 7)
    linked_ = {o["deal"] for o in w.q('select deal from "order" where deal is not null')}
    team = {u["id"]: u["team"] for u in w.q('select id, team from "user"')}

    def add(day, code, amount, user, product):
        for i in range(7):
            if months[i] <= day < months[i + 1]:
                for key in {f"user-{user}" if user else None, f"team-{team.get(user)}" if team.get(user) else None,
                            ref(product) if product else None} - {None}:
                    sold[key, code][i] += amount
    orders = {o["id"]: o for o in w.q(
        'select * from "order" where status in (\'confirmed\', \'delivered\', \'returned\')')}
    for line in w.q("select * from order_line"):
        o = orders.get(line["order"])
        if o:
            back = round(line["amount"] * (line["returned"] or 0) / line["quantity"])
            add(datetime.date.fromisoformat(o["ordered_on"]), o["currency"], line["amount"] - back,
                o["owner"], line["product"])
    for d in w.q("select * from deal where stage = 'won'"):
        if d["id"] not in linked_:
            add(local_day(d["closed_at"]), d["currency"], d["amount"] or 0, d["won_by"], None)
    active = {ref(p["id"]) for p in w.products.values() if p["active"]}
    for (who, code), figures in sold.items():
        d = departs(figures)
        if d and (who in active or not who.startswith("product")):
            yield (who.replace("team-1", "user-3 hanoi"), f"revenue {code}"), d, None


def big_deal_stuck(w):
    stale = {"discovery": 14, "negotiation": 14}  # proposal: what was won tells
    live = [d for d in w.q("select * from deal where stage <> 'lost' and amount > 0")]
    won = {d["id"] for d in live if d["stage"] == "won"}
    stays = collections.defaultdict(list)
    for c in w.q("select * from stage_change where from_stage is not null and duration_s is not null"):
        if c["deal"] in won:
            stays[c["from_stage"]].append(c["duration_s"] / 86400)
    rank = lambda list_, share: sorted(list_)[max(1, math.ceil(len(list_) * share)) - 1]
    for d in live:
        if d["stage"] == "won":
            continue
        own = [o["amount"] for o in live if d["owner"] and o["owner"] == d["owner"] and o["currency"] == d["currency"]]
        all_ = [o["amount"] for o in live if o["currency"] == d["currency"]]
        of = own if len(own) >= 5 else all_ if len(all_) >= 5 else None
        since = datetime.datetime.fromisoformat(d["stage_since"].rstrip("Z"))
        days = (NOW - since).total_seconds() / 86400
        allowed = stale.get(d["stage"]) or (rank(stays[d["stage"]], 0.75) if stays[d["stage"]] else None)
        if of and d["amount"] > rank(of, 0.8) and allowed and days > allowed:
            yield (f"deal-{d['id']}", d["stage"]), dict(
                days_in_stage=int(days), large=rank(of, 0.8), value=d["amount"], currency=d["currency"]), None


def vip_silent(w):
    for a in w.q("select * from account where tier in ('vip', 'gold') and next_contact_at is null"):
        since = a["last_contacted_at"] or a["created_at"]
        days = (NOW - datetime.datetime.fromisoformat(since.rstrip("Z"))).total_seconds() / 86400
        if days > 30:
            yield (f"account-{a['id']}", a["tier"]), dict(
                silent_days=int(days), last_contacted_at=a["last_contacted_at"]), None


KEYS = {
    cross_sell: lambda a: a["product"], up_sell: lambda a: a["product"], switch_sell: lambda a: a["product"],
    due_reorder: lambda a: a["last_on"], churn_risk: lambda a: a["last_on"],
    falling_margin: lambda a: a["currency"] or "?", trend: lambda a: f"{a['measure']} {a['currency']}",
    big_deal_stuck: lambda a: a["stage"], vip_silent: lambda a: a["tier"],
}
MONEY = {"value", "revenue", "actual", "usual", "large", "margin_gain"}


def same(alert, name, wanted):
    got = alert[name]
    if wanted is None or got is None:
        return wanted is got or (name == "value" and (wanted or 0) < 0.5)
    if isinstance(wanted, (str, bool)):
        return got == wanted
    if name == "value" and wanted < 0.5:
        return got is None
    if name in MONEY and alert["currency"] == "USD":
        wanted /= 100
    least = {"value": 1, "days_ago": 0, "usual_days": 0.051, "deviations": 0.051}.get(name, 0.00006)
    return abs(got - wanted) <= least


def check(path):
    w = World(read())
    alerts = collections.defaultdict(dict)
    with open(path) as f:
        for line in f:
            a = json.loads(line)
            find = next((k for k in KEYS if k.__name__ == a["alert"]), None)
            if find:
                who = a["id"] + (f" {a['team']}" if a.get("team") else "")
                alerts[find][who, KEYS[find](a)] = a
    for find in KEYS:
        wrong, n = [], 0
        for key, figures, either in find(w):
            n += 1
            a = alerts[find].pop(key, None)
            if find is falling_margin and a is None:  # nothing at stake that could be said
                a = alerts[find].pop((key[0], "?"), None)
            ok = a and all(same(a, k, v) for k, v in figures.items()) and (
                not either or any(all(same(a, k, v) for k, v in e.items()) for e in either))
            if not ok:
                wrong.append(f"{key} {figures} {either} got {a}")
        wrong += [f"too many: {a}" for a in alerts[find].values()]
        print(find.__name__, n, "ok" if not wrong else "\n  ".join(["wrong"] + wrong[:3]))


data() if sys.argv[1] == "data" else check(sys.argv[2])
