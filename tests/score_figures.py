"""Leads and deals to be scored, and what they should come to: an implementation of its own.

    score_figures.py data                    writes leads.csv, deals.csv (the same every time)
    score_figures.py leads STATE [TEAMS]     STATE: a CSV of leads; prints "id chance" of open ones
    score_figures.py check STATE              of leads: AUC, log-loss and so on, leaving each one out
    score_figures.py deals STATE

As Odoo's predictive lead scoring: tables of (won, lost) + 0.1 by team, field and value.
"""
import csv
import math
import random
import sys
from collections import defaultdict

STATUSES = ["target", "new", "contacted", "nurturing", "qualified"]
STAGES = {"sales": ["discovery", "proposal", "negotiation"], "renewal": ["due", "offered"]}
TEAM = {"lan": "hanoi", "mai": "hanoi", "hoa": "saigon", "": ""}
TAGS_LEAST = 5


def data():
    random.seed(7)
    with open("leads.csv", "w", newline="") as f:
        out = csv.writer(f)
        out.writerow("name title source city owner tags email status created_at".split())
        for i in range(1, 121):
            fate = random.choice(["won", "lost", "lost", "open"])
            good = fate == "won" or (fate == "open" and i % 2)
            source = random.choices(["zalo", "website", "referral"], [1, 3, 4 if good else 1])[0]
            city = random.choice(["Hà Nội", "ha noi", "Đà Nẵng", ""])
            owner = random.choices(["lan", "mai", "hoa", ""], [3, 3, 3, 2])[0]
            tags = ";".join(t for t in ("vip", "event", "rare") if random.random() < (0.08 if t == "rare" else 0.4))
            email = f"a{i}@example.vn" if random.random() < (0.7 if good else 0.4) else ""
            status = random.choice(STATUSES)
            out.writerow([f"Khách {i}", fate, source, city, owner, tags, email, status,
                          "2024-05-01T00:00:00Z" if i % 10 == 0 else "2026-03-01T00:00:00Z"])
    with open("deals.csv", "w", newline="") as f:
        out = csv.writer(f)
        out.writerow("name account pipeline stage lost_reason next_step source owner".split())
        for i in range(1, 71):
            pipeline = "renewal" if i % 5 == 0 else "sales"
            fate = random.choice(["won", "lost", "open"])
            stage = random.choice(STAGES[pipeline])
            born_lost = i in (3, 44)
            fate = "born" if born_lost else fate
            out.writerow([f"D{i}", "account-1", pipeline, "lost" if born_lost else stage,
                          "price" if born_lost else "", fate,
                          random.choice(["zalo", "website", "referral"]),
                          random.choices(["lan", "hoa", ""], [3, 3, 2])[0]])


class Tables:
    """One scope: counts[team][field][value] = [won, lost]."""

    def __init__(self, stages):
        self.stages, self.counts = stages, defaultdict(lambda: defaultdict(lambda: defaultdict(lambda: [0, 0])))

    def learn(self, team, values, stage, won):
        reached = self.stages if won else self.stages[: self.stages.index(stage) + 1]
        for s in reached:
            self.counts[team]["stage"][s][0 if won else 1] += 1
        for field, value in values:
            self.counts[team][field][value][0 if won else 1] += 1

    def table(self, team):
        teams = [team] if team and team in self.counts else list(self.counts)
        out = defaultdict(dict)
        for t in teams:
            for field, values in self.counts[t].items():
                for value, (w, l) in values.items():
                    if field == "tags" and w + l + 0.2 < TAGS_LEAST:
                        continue
                    a, b = out[field].get(value, (0, 0))
                    out[field][value] = (a + w + 0.1, b + l + 0.1)
        return out

    def chance(self, team, values, stage):
        table = self.table(team)
        if self.stages[0] not in table["stage"]:
            return None
        won, lost = table["stage"][self.stages[0]]
        p, q = won / (won + lost), lost / (won + lost)
        for field, value in [("stage", stage)] + values:
            if value not in table[field]:
                continue
            w, l = table[field][value]
            tw, tl = (won, lost) if field == "stage" else (
                sum(x[0] for x in table[field].values()), sum(x[1] for x in table[field].values()))
            p, q = p * w / tw, q * l / tl
        return min(max(round(100 * p / (p + q), 2), 0.01), 99.99)


def plain(city):
    return {"Hà Nội": "ha noi", "ha noi": "ha noi", "Đà Nẵng": "da nang"}.get(city, "")


def lead_values(row):
    values = [("source", row["source"])] + [("tags", t) for t in row["tags"].split(";") if t]
    values.append(("city", plain(row["city"])))  # empty counts, too
    values.append(("email?", "yes" if row["email"] else "no"))
    return values


def leads(state, teams=True):
    """What they are now is in the state; where the lost ones came from only we know."""
    born = {r["name"]: r for r in csv.DictReader(open("leads.csv"))}
    rows = list(csv.DictReader(open(state)))
    tables = Tables(STATUSES)
    team = lambda r: TEAM[r["owner"]] if teams else ""
    for r in rows:
        if r["status"] in ("converted", "disqualified") and born[r["name"]]["created_at"] >= "2025":
            tables.learn(team(r), lead_values(r), born[r["name"]]["status"], r["status"] == "converted")
    for r in rows:
        if r["status"] not in ("converted", "disqualified"):
            print(r["id"], f'{tables.chance(team(r), lead_values(r), r["status"]):g}')


def check(state):
    born = {r["name"]: r for r in csv.DictReader(open("leads.csv"))}
    past = [r for r in csv.DictReader(open(state))
            if r["status"] in ("converted", "disqualified") and born[r["name"]]["created_at"] >= "2025"]
    guesses = []
    for one in past:
        tables = Tables(STATUSES)
        for r in past:
            if r is not one:
                tables.learn(TEAM[r["owner"]], lead_values(r), born[r["name"]]["status"], r["status"] == "converted")
        guesses.append((tables.chance(TEAM[one["owner"]], lead_values(one), STATUSES[0]) / 100, one["status"] == "converted"))
    won, lost = [p for p, w in guesses if w], [p for p, w in guesses if not w]
    n, rate = len(past), len(won) / len(past)
    right = [p if w else 1 - p for p, w in guesses]
    auc = sum((p > q) + (p == q) / 2 for p in won for q in lost) / len(won) / len(lost)
    print("lead", len(won), len(lost), *(f"{x:.4f}".rstrip("0") for x in (
        auc, -sum(map(math.log, right)) / n, -rate * math.log(rate) - (1 - rate) * math.log(1 - rate),
        sum((1 - p) ** 2 for p in right) / n)), sep=",")


def deals(state):
    born = {r["name"]: r for r in csv.DictReader(open("deals.csv"))}
    rows = list(csv.DictReader(open(state)))
    tables = {p: Tables(s) for p, s in STAGES.items()}
    for r in rows:
        if r["stage"] in ("won", "lost"):
            stage = born[r["name"]]["stage"]
            stage = STAGES[r["pipeline"]][0] if stage == "lost" else stage
            tables[r["pipeline"]].learn(TEAM[r["owner"]], [("source", r["source"])], stage, r["stage"] == "won")
    for r in rows:
        if r["stage"] not in ("won", "lost"):
            c = tables[r["pipeline"]].chance(TEAM[r["owner"]], [("source", r["source"])], r["stage"])
            print(r["id"], f"{c:g}")


{"data": data, "leads": lambda s, t="teams": leads(s, t == "teams"), "check": check, "deals": deals}[sys.argv[1]](*sys.argv[2:])
