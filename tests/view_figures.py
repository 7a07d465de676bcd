"""What crm-view says of an account or contact, from the tables by plain Python.

view_figures.py DATABASE REF <PORTRAIT    prints what differs; nothing if all is well
"""
import json
import sqlite3
import sys
from fractions import Fraction

db = sqlite3.connect(sys.argv[1])
db.row_factory = sqlite3.Row
subject, number = sys.argv[2].rsplit("-", 1)
number = int(number)
portrait = json.load(sys.stdin)
tables = {
    t: [dict(r) for r in db.execute(f'select * from "{t}"')]
    for t in (
        "account contact lead deal stage_change quote order ticket activity event"
        " campaign_member relation identity deal_contact user order_line product"
    ).split()
}


def circle(seeds, without=None):
    """Ids by type of all that belongs to the seeds."""
    found = {t: set() for t in tables}
    for t, i in seeds:
        found[t].add(i)
    ties = [
        ("contact", ["account"]),
        ("lead", ["account", "contact"]),
        ("deal", ["account", "contact", "lead"]),
        ("stage_change", ["deal"]),
        ("quote", ["account", "contact", "deal"]),
        ("order", ["account", "contact", "deal", "quote"]),
        ("ticket", ["account", "contact", "lead", "order"]),
        ("activity", ["account", "contact", "lead", "deal", "ticket", "order"]),
        ("event", ["account", "contact", "lead", "order"]),
        ("campaign_member", ["account", "contact", "lead"]),
        ("identity", ["account", "contact", "lead"]),
    ]
    for t, fields in ties:
        for r in tables[t]:
            if any(r[f] in found[f] for f in fields if r[f] is not None):
                found[t].add(r["id"])
        if without:
            found[t] -= without[t]
    return found


def around_of(row):
    return row["account"] if subject != "account" and row["account"] else None


me = next(r for r in tables[subject] if r["id"] == number)
own = circle([(subject, number)])
around = around_of(me)
rings = [(own, True)]
if around:
    rings.append((circle([("account", around)], own), False))

problems = []


def same(what, got, wanted):
    if got != wanted:
        problems.append(f"{what}:\n  got    {got}\n  wanted {wanted}")


def refs(part, key="id"):
    return sorted((r[key], r["own"]) for r in portrait[part])


def wanted(table, keep=lambda r: True):
    return sorted(
        (f"{table}-{r['id']}", mine)
        for ring, mine in rings
        for r in tables[table]
        if r["id"] in ring[table] and keep(r) and (table, r["id"]) != (subject, number)
    )


same("deals", refs("deals"), wanted("deal", lambda r: r["closed_at"] is None))
same("closed", refs("closed_deals"), wanted("deal", lambda r: r["closed_at"] is not None))
for part, table in [("quotes", "quote"), ("orders", "order"), ("tickets", "ticket"),
                    ("contacts", "contact"), ("leads", "lead"), ("campaigns", "campaign_member")]:
    same(part, refs(part), wanted(table))
same("next", refs("next_steps"), wanted("activity", lambda r: r["status"] == "planned"))
same("notes", refs("notes"), wanted("activity", lambda r: r["pinned"] == 1))
same("activities", sorted((r["id"], r["own"]) for r in portrait["timeline"] if r["type"] == "activity"),
     wanted("activity", lambda r: r["status"] != "planned"))
same("stages", sorted((r["id"], r["own"]) for r in portrait["timeline"] if r["type"] == "stage_change"),
     wanted("stage_change"))
same("events", sum(r["times"] for r in portrait["timeline"] if r["type"] == "event"), len(wanted("event")))

for ring, mine in rings:
    sums = {}
    for r in tables["order"]:
        if r["id"] in ring["order"]:
            s = sums.setdefault(r["currency"], [0, 0, 0, 0, 0])
            kept = r["status"] in ("confirmed", "delivered")
            s[0] += kept
            s[1] += (r["total"] or 0) * kept
            s[2] += (r["balance"] or 0) * kept
            s[3] += (r["returned"] or 0) * (kept or r["status"] == "returned")
            s[4] += not kept
    minor = {"VND": 1, "USD": 100}
    got = {
        r["currency"]: [r["orders"]]
        + [round((r[k] or 0) * minor[r["currency"]]) for k in ("total", "balance", "returned")]
        + [r["not_counted"]]
        for r in portrait["order_totals"]
        if r["own"] == mine
    }
    same("order totals", got, sums)
    lots = {}
    for l in tables["order_line"]:
        order = next(r for r in tables["order"] if r["id"] == l["order"])
        back = l["returned"] or 0
        if (order["id"] not in ring["order"] or order["status"] not in ("confirmed", "delivered")
                or l["stand_in"] or back == l["quantity"]):
            continue
        name = next((p["name"] for p in tables["product"] if p["id"] == l["product"]), l["description"])
        lot = lots.setdefault((l["product"], name, order["currency"]), [set(), 0, 0, []])
        lot[0].add(order["id"])
        lot[1] += l["quantity"] - back
        share = Fraction(l["amount"] * back, l["quantity"])
        lot[2] += l["amount"] - int(abs(share) + Fraction(1, 2)) * (1 if share > 0 else -1)
        lot[3].append(order["ordered_on"])
    got = {
        (int(r["product"][8:]) if r["product"] else None, r["name"], r["currency"]):
        [r["times"], round(r["quantity"] * 10**6), round(r["value"] * minor[r["currency"]]), r["first_on"], r["last_on"]]
        for r in portrait["products"]
        if r["own"] == mine
    }
    same("products", got, {k: [len(l[0]), l[1], l[2], min(l[3]), max(l[3])] for k, l in lots.items()})
    sums = {}
    for r in tables["deal"]:
        if r["id"] in ring["deal"]:
            state = {"won": "won", "lost": "lost"}.get(r["stage"], "open")
            s = sums.setdefault((state, r["currency"]), [0, 0])
            s[0] += 1
            s[1] += r["amount"] or 0
    got = {
        (r["state"], r["currency"]): [r["deals"], round((r["amount"] or 0) * minor[r["currency"]])]
        for r in portrait["deal_totals"]
        if r["own"] == mine
    }
    same("deal totals", got, sums)

# Newest first; a day ends with its evening (Vietnam: 17:00 UTC).
at = [r["at"] if "T" in r["at"] else r["at"] + "T16:59:59Z" for r in portrait["timeline"]]
same("order of the timeline", at, sorted(at, reverse=True))
print("\n".join(problems), end="")
