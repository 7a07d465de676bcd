#!/bin/sh
# Eight write records of every type, two read, and one of them is killed again and again:
# what was printed as committed is there, and what was killed is whole or is not.
#
#   STORM_SECONDS=8 STORM_EVERY=100 (milliseconds between kills) STORM_SEED=1
#
# What should be there comes from the writers' logs (see storm.c), and what is there from
# the tables themselves; at the end the check is shown to find what is not right.
. tests/lib.sh

PATH=${PATH%%:*}/tests:$PATH
seconds=${STORM_SECONDS:-8}
vietnam
crm-lead add name=everybody -q
for w in 0 1 2 3 4 5 6 7; do
	echo "w$w,Writer $w,manager"
done | sed '1i login,name,role' | crm-user add -q

cat >check.py <<'X'
"""What the logs say against what the tables hold: nothing to say if both agree."""
import collections, glob, sqlite3, sys
file, folder = sys.argv[1:3]
db = sqlite3.connect("file:%s?mode=ro" % file, uri=True)
counted = {"add-lead": ("lead", "name"), "add-account": ("account", "name"),
           "add-contact": ("contact", "name"), "add-deal": ("deal", "name"),
           "add-call": ("activity", "subject"), "add-ticket": ("ticket", "subject"),
           "reply": ("activity", "body"), "add-campaign": ("campaign", "name"),
           "import-leads": ("lead", "name"), "import-accounts": ("account", "name"),
           "add-events": ("event", "source"), "convert": ("deal", "name")}
field = {"set": "notes", "set-piped": "notes", "convert": "status", "move": "stage", "win": "stage"}
value = {"convert": "converted", "move": "negotiation", "win": "won"}
problems, seen, facts, maybe = [], collections.Counter(), {}, []

def now(fact):
    what, name, column, text = fact
    if what == "count":
        return db.execute('select count(*) from "%s" where "%s" = ?' % (name, column), (text,)).fetchone()[0]
    table, _, number = name.rpartition("-")
    row = db.execute('select "%s" from "%s" where id = ?' % (column, table), (number,)).fetchone()
    return row[0] if what == "field" and row else bool(row) if what == "there" else "no record"

start = {"notes": None, "status": "new", "stage": "discovery"}
def before(fact):
    return facts.get(fact, 0 if fact[0] == "count" else fact[1] == "lead-1" if fact[0] == "there" else start[fact[2]])

def meant(kind, token, wanted, taken, printed, done):
    """The facts that this job makes; of what it printed, only once it is done."""
    after = {}
    if kind in counted and not (done and printed and wanted and kind != "reply"):
        table, column = counted[kind]
        after["count", table, column, token] = {"reply": 1, "convert": len(taken)}.get(kind, wanted)
    for ref in printed if kind == "set-piped" and done else taken:
        if kind in field:
            after["field", ref, field[kind], None] = value.get(kind, token)
        if kind == "rm":
            after["there", ref, "id", None] = False
            after.update({fact: "no record" for fact in facts if fact[0] == "field" and fact[1] == ref})
    if done and wanted:
        for ref in printed:
            after["there", ref, "id", None] = True
        if len(printed) != wanted:
            problems.append("%s %s printed %d of %d" % (kind, token, len(printed), wanted))
    return after

tags, may = set(), set()
made = collections.Counter()
for log in sorted(glob.glob(folder + "/log.*")):
    last = None
    for line in open(log):
        kind, token, status, wanted, taken, printed = line.rstrip("\n").split("\t")
        wanted, taken, printed = int(wanted), taken.split(), printed.split()
        status = status.replace("cut", "") if status != "cut1" else "75"  # a torn line is refused
        seen[kind, status] += 1
        if status not in ("0", "75", "killed"):
            problems.append("%s %s: status %s" % (kind, token, status))
        if token == "-":
            continue
        if kind == "tag":
            (tags if status == "0" else may if status == "killed" else set()).add(token)
            continue
        after = last if kind == "undo" else meant(kind, token, wanted, taken, printed, status == "0")
        was = {fact: before(fact) for fact in after}
        if status == "0":
            facts.update(after)
            last = was
            made.update(printed if wanted else ())
        elif status == "killed":
            maybe.append((kind, token, was, after))
            for fact in after:
                facts.pop(fact, None)

for fact, wanted in facts.items():
    if now(fact) != wanted:
        problems.append("%s: %s, not %s" % (fact, now(fact), wanted))
for kind, token, was, after in maybe:
    found = {fact: now(fact) for fact in after}
    seen["killed, then " + ("done" if found == after else "not done"), ""] += 1
    if found not in (was, after):
        problems.append("%s %s, killed, is half there: %s" % (kind, token, found))
problems += ["%s was given out twice" % ref for ref, n in made.items() if n > 1]
found = set((db.execute("select tags from lead where id = 1").fetchone()[0] or "").replace(";", "\n").split())
problems += ["tag %s of lead-1 is lost" % t for t in sorted(tags - found)]
problems += ["tag %s of lead-1 is nobody's" % t for t in sorted(found - tags - may)]
if len(sys.argv) > 3:
    for (kind, status), n in sorted(seen.items()):
        print("#", kind, status, n)
    print("# facts", len(facts), "tags", len(tags))
    print("# last", max((f[1] for f, there in facts.items() if there is True and f[1].startswith("lead-")),
                        key=lambda ref: int(ref[5:])))
for p in problems[:20]:
    print(p)
sys.exit(bool(problems))
X

ok 'the storm is over' storm "$seconds" "${STORM_EVERY:-100}" "${STORM_SEED:-1}"
grep -v '^#' out
ok 'what is noted is there, what was killed is whole or is not' python3 check.py crm.db . figures
cp out figures
cat figures
is 'much was done' "$(awk '$3 == 0 { n += $4 } END { print (n > 20) }' figures)" 1
is 'and somebody killed' "$(awk '$3 == "killed" { n += $4 } END { print (n > 0) }' figures)" 1
# A torn stream is complained of, and so are twins; words of the engine or a sanitizer are not.
is 'nothing broke' "$(grep -hiE 'sql|constraint|corrupt|malformed|locked|ERROR: |runtime error' err.*)" ''

ok 'the doctor' crm-doctor check --severity error
is 'finds nothing' "$(cat out)" ''
for b in backup.?.*[0-9]; do
	case ${b#backup.?.} in *.*) continue ;; esac # what a killed one left unfinished
	crm-doctor check --severity error -d "$b" || echo "$b: $?"
	sqlite3 "$b" 'pragma integrity_check; pragma foreign_key_check'
done 2>&1 | grep -v '^ok$' >found
is 'nor in a backup' "$(cat found)" ''
is 'the file is sound' "$(sqlite3 "$CRM_DB" 'pragma integrity_check; pragma foreign_key_check')" ok
is 'a change of each record is known' "$(sqlite3 "$CRM_DB" "
	select count(*) from lead where not exists (
		select 1 from change where entity = 'lead' and record = lead.id and op = 'i')")" 0
ok 'all of it' crm-export all --out a.jsonl
ok 'into a new database' sh -c 'crm-init --currency VND --timezone Asia/Ho_Chi_Minh --region VN -q -d b.db &&
	crm-import all a.jsonl -q -d b.db'
ok 'and out again' crm-export all -d b.db --out b.jsonl
same 'is the same' b.jsonl a.jsonl

# The check itself: each of these is found.
sqlite3 "$CRM_DB" 'pragma wal_checkpoint(truncate)' >/dev/null
finds() { # NAME SQL [LINE of a log]
	mkdir broken && cp crm.db log.? broken || exit 1
	sqlite3 broken/crm.db "pragma foreign_keys = off; $2"
	[ -z "$3" ] || printf "$3\n" >>broken/log.3
	status 1 "found: $1" python3 check.py broken/crm.db broken
	rm -r broken
}
finds 'a record that was never written' '' \
	'add-lead\tw9j1x\t0\t1\t\tlead-9999999'
finds 'a lost record' "delete from lead where id = $(sed -n 's/^# last lead-//p' figures)"
finds 'a lost change' "update lead set notes = 'w9j9x' where id = (
	select max(id) from lead where notes like 'w%%' and status = 'new')"
finds 'a lost tag' "update lead set tags = 'x' where id = 1"
finds 'half an import' "insert into lead (id, name) values (9999998, 'w9j2x')" \
	'import-leads\tw9j2x\tkilled\t2\t\t'
finds 'a removed record that is there' '' "rm\tw9j3x\t0\t0\tlead-1\tlead-1"
finds 'a number given out twice' '' 'add-lead\tw9j4x\t0\t1\t\tlead-1\nadd-lead\tw9j5x\t0\t1\t\tlead-1'
finds 'a status that must not be' '' 'crm-report\t-\t3\t0\t\t'
done_testing
