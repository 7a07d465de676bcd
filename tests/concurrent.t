#!/bin/sh
# Many at once: every record is there, every lead has one owner, nobody is turned away.
. tests/lib.sh

vietnam
i=0
while [ $i -lt 64 ]; do
	echo "u$i,User $i"
	i=$((i + 1))
done | sed '1i login,name' | crm-user add -q
seq -f 'Lead %g' 50 | sed '1i name' | crm-lead add -q

# 64 people reach for 50 leads
i=0
while [ $i -lt 64 ]; do
	(
		CRM_USER=u$i crm-lead claim --wait 60 -o csv -f id,owner >claim.$i 2>claim-err.$i
		echo "$?" >claim-status.$i
	) &
	i=$((i + 1))
done
wait
is '50 get one, 14 are told that none is left' \
	"$(cat claim-status.* | sort | uniq -c | tr -s ' \n' ' ')" ' 50 0 14 1 '
is 'each lead went to one' "$(cat claim.? claim.?? | grep -v ^id | cut -d, -f1 | sort -u | wc -l)" 50
is 'each got one' "$(crm-lead list owner:any -f owner -o csv | sed 1d | sort -u | wc -l)" 50
is 'what was printed is what is there' \
	"$(cat claim.? claim.?? | grep -v ^id | sort)" "$(crm-lead list owner:any -f id,owner -o csv | sed 1d | sort)"
is 'the others say why' "$(cat claim-err.? claim-err.?? | sort | uniq -c | sed 's/^ *//')" '14 crm-lead: no lead is free'

# One lead, many hands
crm-lead add name=Only -q
i=0
while [ $i -lt 12 ]; do
	(CRM_USER=u$i crm-lead claim Only --wait 60 -q 2>one-err.$i; echo "$?" >one-status.$i) &
	i=$((i + 1))
done
wait
is 'exactly one gets it' "$(cat one-status.* | sort | uniq -c | tr -s ' \n' ' ')" ' 1 0 11 1 '
is 'the others hear whose it is' "$(cat one-err.* | sort -u)" \
	"crm-lead: lead-51: it is taken; its owner is $(crm-lead show Only -f owner -o csv | tail -1)"

# One lead, converted by many
crm-lead add name=Once company=Once -q
i=0
while [ $i -lt 8 ]; do
	(crm-convert Once --wait 60 -q 2>convert-err.$i; echo "$?" >convert-status.$i) &
	i=$((i + 1))
done
wait
is 'one converts it' "$(cat convert-status.* | sort | uniq -c | tr -s ' \n' ' ')" ' 1 0 7 1 '
is 'the others hear of it' "$(cat convert-err.* | sort -u)" \
	'crm-convert: lead-52: converted already into account-1, contact-1, deal-1'
is 'one deal' "$(crm-deal count)" 1
crm-lead set lead-52 tags=kept -q 2>err
is 'history does not change' "$(cat err)" 'crm-lead: lead-52: it is converted, and history from then on'

# Who may not write beside the file looks on
looker() { # COMMAND…: as somebody who may only read
	if [ "$(id -u)" -eq 0 ]; then
		setpriv --reuid=65534 --regid=65534 --clear-groups -- "$@"
	else
		"$@"
	fi
}
mkdir 'shut?#%41'
cp crm.db 'shut?#%41/crm.db'
chmod 755 . 'shut?#%41'
chmod 644 'shut?#%41/crm.db'
[ "$(id -u)" -eq 0 ] || chmod 555 'shut?#%41'
shut="$work/shut?#%41/crm.db"
if looker test -r "$shut" 2>/dev/null && looker "$(command -v crm-lead)" --version >/dev/null 2>&1; then
	ok 'a folder that one may not write to' looker "$(command -v crm-lead)" -d "$shut" count
	is 'is read' "$(cat out)" "$(crm-lead count)"
	is 'and nothing made in it' "$(ls "${shut%/*}")" crm.db
	status 3 'nor written' looker "$(command -v crm-lead)" -d "$shut" add name=X
	has 'which is said' 'may not be written to' err
	if python3 -c 'import sqlite3' 2>/dev/null && [ "$(id -u)" -eq 0 ]; then
		python3 -c '
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("update lead set score = 1 where id = 1")
db.commit()
os.kill(os.getpid(), 9)' "$shut" 2>/dev/null
		rm "$shut-shm"
		status 3 'what a killed writer left is not passed over' \
			looker "$(command -v crm-lead)" -d "$shut" count
		has 'but named' 'what was written last is still in the file -wal or -journal beside it' err
		crm-lead count -d "$shut" >/dev/null
		ok 'and taken over by the next who may' looker "$(command -v crm-lead)" -d "$shut" count
		mkfifo slow
		looker "$(command -v crm-log)" -d "$shut" --follow --after 0 >slow 2>moved &
		{
			read -r first
			crm-lead set lead-1 score=2 -q -d "$shut"
			kill -INT $!
		} <slow
		wait $!
		is 'what is written under its eyes is noticed' "$? $(cat moved)" \
			'75 crm-log: the database was written to while it was read; try again'
	fi
else
	echo '# nobody else may read here: not tried'
fi
chmod 755 "${shut%/*}"

# Eight write 1,000 records each: most from streams, some one by one
crm-lead list status.not:converted -o refs | crm-lead rm -q
writer() { # NUMBER
	first=1
	for n in 300 300 340; do # streams
		seq -f "W$1-%g" $first $((first + n - 1)) | sed '1i name' | crm-lead add --wait 60 -q || echo failed
		first=$((first + n))
	done
	while [ $first -le 1000 ]; do # and commands
		crm-lead add name="W$1-$first" --wait 60 -q || echo failed
		first=$((first + 1))
	done
}
for w in 1 2 3 4 5 6 7 8; do
	writer $w >writer.$w 2>&1 &
done
wait
is 'no error' "$(cat writer.*)" ''
is 'all are there' "$(crm-lead count status:new)" 8000
for w in 1 2 3 4 5 6 7 8; do seq -f "W$w-%g" 1000; done | sort >wanted
crm-lead list status:new -f name -o csv | sed 1d | sort >out
same 'each once' out wanted
is 'no id twice, none lost' "$(crm-lead list status:new -o refs | sort -u | wc -l)" 8000
is 'history has each' "$(python3 -c "
import sqlite3
print(*sqlite3.connect('crm.db').execute('''select count(*) from change
  where entity = 'lead' and op = 'i' and record > 52''').fetchone())")" 8000
done_testing
