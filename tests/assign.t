#!/bin/sh
# crm-assign: who gets which lead, who keeps it, who loses it, and why.  What is to come out is
# dealt by hand (awk) from the rules as the man page says them.
. tests/lib.sh
command -v sqlite3 >/dev/null || skip_all 'no sqlite3'

vietnam # lan, mai
crm-user add -q login=hung name='Phạm Hùng' team=hanoi
ask() { sqlite3 -readonly crm.db "$1"; }
leads() { # HOW-MANY [CELLS [COLUMNS]]: so many leads, their references on stdout
	awk -v n="$1" -v cells="$2" -v columns="$3" 'BEGIN { print "name" (columns ? "," columns : "")
		for (i = 1; i <= n; i++) print "L" i (cells ? "," cells : "") }' |
		crm-lead add -o refs
}
configure() { printf '%s\n' "$1" >assignment.yaml && crm-config apply assignment.yaml -q; }
owners() { crm-assign "$@" -f owner -o csv | sed 1d | tr '\n' ' '; }
owned() { ask "select u.login || '=' || count(l.id) from user u left join lead l on l.owner = u.id
	and l.status not in ('disqualified','converted') where u.login in ('lan','mai','hung')
	group by u.id order by u.id" | tr '\n' ' '; }
forget() { # all leads go, and what is kept of their dealing with them
	sqlite3 crm.db 'delete from assignment; delete from activity; delete from lead'
}

# -- in turn: what nobody has configured --
leads 4 >refs
is 'nothing configured: all who sell, in turn' "$(owners <refs)" 'lan mai hung lan '
crm-lead rm lead-3 lead-4 -q
leads 1 >refs
is 'it goes on though what was dealt last has gone' "$(owners <refs)" 'mai '
is 'its record stays, without the lead' "$(ask 'select count(*) from assignment where lead is null')" 2
is 'who has an owner keeps it' "$(owners lead-1 2>err)" ''
has 'and that is said' 'lead-1: warning: its owner is lan' err
is 'nothing to do' "$(crm-assign owner:none -o csv -f id)" ''
status 0 'an empty stream' crm-assign -o jsonl </dev/null
is 'is silent' "$(cat out err)" ''
status 1 'one that is not there' crm-assign lead-99
crm-lead set lead-2 status=disqualified disqualify_reason=no_need owner= -q
ok 'one that is closed' crm-assign lead-2
has 'says so' 'lead-2: warning: it is disqualified' err

# -n shows what the real run prints; undo takes all of it back, the turn too
leads 5 >refs
ask .dump >before
crm-assign -n -o csv <refs >dry
ask .dump >after
same '-n writes nothing' after before
everything() { for table in lead assignment; do crm-export "$table" -o csv; done; }
everything >before
env -i CRM_DB="$CRM_DB" CRM_NOW=$CRM_NOW PATH="$PATH" crm-assign -o csv <refs >real
same 'the real run prints the same, without any environment' real dry
crm-undo -q
everything >after
same 'undone: all is as it was' after before
crm-assign -o csv <refs >again
same 'and the same people get them again' again real
head -1 refs | crm-assign --again --once morning -o csv >once 2>err
head -1 refs | crm-assign --again --once morning -o csv >twice
same 'once' twice once

# -- least load: 30 are 10 each; who is freed of 5 gets the next 5 --
forget
configure 'assignment:
  pools:
    - all: {method: least_load, members: [lan, mai, hung]}'
leads 30 | crm-assign -q
is 'least load: 10 each' "$(owned)" 'lan=10 mai=10 hung=10 '
crm-lead list owner:lan -l 5 | crm-lead set status=disqualified disqualify_reason=no_need -q
is 'closed: it stays theirs' "$(crm-lead count owner:lan)" 10
leads 5 | crm-assign -q
is 'who has least gets the next' "$(owned)" 'lan=10 mai=10 hung=10 '
is 'explained: what was compared' "$(crm-assign explain "$(crm-lead list -s -id -l 1 -o refs)" -o csv -f candidate,figure,state | sed 1d | sort | tr '\n' ' ')" 'hung,10, lan,9,dealt mai,10, '

# -- by weight: 3:2:1, exactly in every six, wherever a run begins and ends --
forget
configure 'assignment:
  pools:
    - weighed: {method: weighted, members: [lan: {weight: 3}, mai: {weight: 2}, hung: {weight: 1}]}'
leads 60 >refs
head -7 refs | crm-assign -q
sed 1,7d refs | head -13 | crm-assign -q
sed 1,20d refs | crm-assign -q
is 'weights' "$(owned)" 'lan=30 mai=20 hung=10 '
ask 'select u.login from assignment a join user u on u.id = a.user order by a.id' |
	awk '{ n[$1]++ } NR % 6 == 0 { print n["lan"], n["mai"], n["hung"]; delete n }' | sort -u >sixes
is 'of every six 3, 2 and 1' "$(cat sixes)" '3 2 1'
# who was away has not saved up
crm-user set lan on_duty=false -q
leads 6 | crm-assign -q
is 'the others share' "$(owned)" 'lan=30 mai=24 hung=12 '
crm-user set lan on_duty=true -q
leads 6 | crm-assign -q
is 'and who is back does not catch up' "$(owned)" 'lan=33 mai=26 hung=13 '
crm-config show assignment | sed 's/weight: 3/weight: 0/' >assignment.yaml
crm-config apply assignment.yaml -q
leads 3 | crm-assign -q
is 'a weight of 0 takes none' "$(owned)" 'lan=33 mai=28 hung=14 '
sed 's/method: weighted/method: round_robin/' assignment.yaml | crm-config apply - -q
leads 4 | crm-assign -q
is 'in turn likewise' "$(owned)" 'lan=33 mai=30 hung=16 '

# -- pools in order, conditions, overflow; who is on duty and has room --
forget
crm-user set lan 'skills=TikTok;ads' capacity=2 -q
crm-user set mai 'territories=Hà Nội;Hải Phòng' -q
configure 'assignment:
  pools:
    - big: {if: "budget >= 100tr", members: [mai], overflow: true, capacity: 1}
    - shop: {if: "source in (zalo, facebook)", skill: interest, members: [lan, hung]}
    - north: {if: country = VN, territory: city}
    - rest: {members: [hung: {if: "score > 5", per_day: 1}]}'
is 'each to its pool' "$(printf '%s\n' name,budget,source,interest,country,city,score A,200tr,,,,, B,150tr,zalo,tiktok,,, C,,zalo,shopee,,, 'D,,website,,VN,ha noi,' E,,website,,VN,Huế, F,,,,,,9 G,,,,,,9 H,,,,,,1 |
	crm-lead add -o refs | crm-assign -o csv -f name,owner 2>err | sed 1d | tr '\n' ' ')" 'A,mai B,lan D,mai F,hung '
cat >wanted <<'END'
crm-assign: lead-C: warning: nobody in pool shop can take it: lan skill, hung skill
crm-assign: lead-E: warning: nobody in pool north can take it: lan territory, mai territory, hung territory
crm-assign: lead-G: warning: nobody in pool rest can take it: hung full_today
crm-assign: lead-H: warning: nobody in pool rest can take it: hung full_today
END
crm-lead list -f id,name -o csv | sed 1d >names
awk -F, 'NR == FNR { name[$1] = $2; next } { for (id in name) gsub(id ":", "lead-" name[id] ":"); print }' names err >got
same 'and why nobody gets the others' got wanted
is 'the reason would be another tomorrow' "$(CRM_NOW=2026-11-22T02:30:00Z crm-assign explain name:H -o csv -f user,candidate,state)" 'user,candidate,state
,hung,condition'
is 'capacity: full' "$(printf 'name,source,interest\nX,zalo,ads\nY,zalo,ads\n' | crm-lead add -o refs | crm-assign -o refs 2>err | wc -l)" 1
has 'says so' 'pool shop can take it: lan full, hung skill' err

configure 'assignment:
  pools: [campaigns: {person: campaign.owner}]'
crm-campaign add -q name=Tet owner=mai
is 'whom a field names' "$(printf 'name,campaign\nK,Tet\nM,\n' | crm-lead add -o refs | crm-assign -o csv -f name,owner 2>err | sed 1d)" K,mai
has 'else nobody' 'nobody in pool campaigns can take it: lan full, mai another, hung another' err

# -- duty: shifts, absences, hours of a pool, who left --
forget
crm-user set lan mai hung skills= territories= capacity= -q
crm-user set lan shift='mon-fri 08:00-17:00' -q
crm-user absent mai 2026-11-21 2026-11-22 'nghỉ phép' -q
configure 'holidays: [2026-11-23]
assignment:
  pools:
    - weekend: {members: [lan], hours: "sun 08:00-10:00"}
    - all: {members: [lan, mai, hung]}'
duty() { CRM_NOW=$1 crm-assign duty -o csv -f login,state | grep -v "$(id -un)" | sed 1d | tr '\n' ' '; }
is 'Saturday' "$(duty 2026-11-21T02:30:00Z)" 'lan,off_shift mai,absent hung, '
is 'Tuesday, at five' "$(duty 2026-11-24T10:00:00Z)" 'lan,off_shift mai, hung, '
is 'Tuesday, before' "$(duty 2026-11-24T09:59:59Z)" 'lan, mai, hung, '
is 'a holiday' "$(duty 2026-11-23T03:00:00Z)" 'lan,off_shift mai, hung, '
is 'back before the day' "$(crm-user back mai -q; duty 2026-11-21T02:31:00Z)" 'lan,off_shift mai, hung, '
is 'one who is there cannot come back' "$(crm-user back hung 2>&1)" 'crm-user: hung: is not away'
is 'only those on duty' "$(leads 4 | owners)" 'mai hung mai hung '
is 'a pool that sleeps' "$(crm-assign pools -o csv -f pool,deals,user,state | sed 1d | head -1)" weekend,false,lan,off_shift
crm-user retire hung --to mai -q
is 'who left gets nothing' "$(leads 2 | owners)" 'mai mai '
is 'and is told of' "$(crm-assign explain "$(crm-lead list -s -id -l 1 -o refs)" -o csv -f candidate,state | sed 1d | tr '\n' ' ')" 'hung,retired lan,off_shift mai,dealt '
crm-user set mai on_duty=false -q
leads 1 >refs
status 0 'nobody is there: no failure' crm-assign <refs
is 'it stays in the pool' "$(crm-lead list -o refs owner:none)" "$(cat refs)"
has 'and is said so' 'nobody in pool all can take it: lan off_shift, mai off_duty, hung retired' err
ok '-q does not' crm-assign -q <refs
is 'a word' "$(cat err out)" ''
crm-user set mai on_duty=true -q
crm-user set hung active=true on_duty=true -q
crm-user set lan shift= -q
CRM_USER=lan status 1 'others are not sent away' crm-user absent mai mon
status 2 'an absence without end' crm-user absent mai 2026-11-22T09:00
status 1 'a shift that is none' crm-user set lan shift='mondays'

# -- known people: they go to who has them, and are protected for a time --
forget
configure 'assignment:
  conflict: {match: [phone, email], protect: 30d}
  pools: [all: {members: [lan, mai, hung]}]'
crm-account add -q name='Minh Anh' phone='0901 234 567' owner=mai created_at=2026-11-01T00:00:00Z 2>/dev/null ||
	crm-account add -q name='Minh Anh' phone='0901 234 567' owner=mai
crm-contact add -q name='Bà Hoa' email=hoa@x.vn
crm-deal add -q name=Deal contact=1 owner=hung
crm-lead add -q name=Own mobile=0988111222 owner=lan
printf 'name,phone,email\nP,+84 901234567,\nQ,,HOA@x.vn\nR,0988 111 222,\nS,0909000000,\n' | crm-lead add -q
is 'by telephone, e-mail, deal; others in turn' "$(crm-assign owner:none -o csv -f name,owner | sed 1d | tr '\n' ' ')" 'P,mai Q,hung R,lan S,lan '
is 'why' "$(crm-assign explain name:Q -o csv -f why,note | sed 1d)" 'known,deal-1 has the same email'
crm-lead add -q name=T phone=0901234567
t=$(crm-lead list name:T -o refs)
for verb in "set $t owner=lan" "claim $t" "add name=Z phone=0901234567 owner=lan"; do
	CRM_USER=lan status 1 "not theirs: $verb" crm-lead $verb
	is 'who has them and until when, no more' "$(sed 's/.*: //' err)" 'mai has them until 2026-12-21 09:30'
done
crm-lead add -q name=Mine phone=0977000077 owner=lan
CRM_USER=lan status 1 'nor does one that is hers become them' crm-lead set -q name:Mine mobile=0901234567
is 'who has them is said' "$(sed 's/.*: //' err)" 'mai has them until 2026-12-21 09:30'
CRM_USER=lan ok 'another number may come' crm-lead set -q name:Mine mobile=0977000078
CRM_USER=lan status 1 'nor by a further number' crm-lead add-identity Mine phone=0901234567
is 'which says who has them, too' "$(sed -n '$s/.*: //p' err)" 'mai has them until 2026-12-21 09:30'
CRM_USER=lan ok 'of others it may have more' crm-lead add-identity Mine phone=0977000079 -q
CRM_USER=lan crm-lead add -q name=Free phone=0977000080
CRM_USER=lan ok 'what is nobody'\''s may be known by it' crm-lead add-identity Free phone=0901234567 -q
CRM_USER=lan status 1 '  but not become hers then' crm-lead claim name:Free
is '  nor is it dealt to her' "$(crm-assign name:Free -n -o csv -f owner | tail -1)" mai
crm-lead rm -q name:Free
CRM_USER=lan status 1 'nor do they by a merge' crm-dedupe merge "$(crm-lead list name:Mine -o refs)" "$t"
has 'which says who has them' 'owner: mai has them until 2026-12-21 09:30' err
crm-lead rm -q name:Mine
CRM_NOW=2026-11-22T00:00:00Z CRM_USER=lan crm-contact add -q name=Trick phone=0901234567 owner=lan
CRM_NOW=2026-11-23T00:00:00Z CRM_USER=lan status 1 'nor does a record of her own come before' crm-lead claim "$t"
is 'neither when they are dealt out' "$(CRM_NOW=2026-11-23T00:00:00Z crm-assign "$t" -n -o csv -f owner | tail -1)" mai
crm-contact rm -q name:Trick
is 'the next free one is another' "$(CRM_USER=lan crm-lead claim 2>&1)" 'crm-lead: no lead is free'
CRM_USER=mai ok 'who has them may' crm-lead set "$t" owner=mai -q
CRM_USER=mai ok 'and may pass them on' crm-lead set "$t" owner=lan -q
ok 'a manager may' crm-lead set "$t" owner=hung -q
later=2026-12-21T02:30:00Z
CRM_USER=lan CRM_NOW=2026-12-21T02:29:59Z status 1 'protected to the last second' crm-lead claim "$t"
has 'said so' 'hung has them until 2026-12-21 09:30' err
CRM_USER=lan CRM_NOW=$later ok 'then whoever comes' crm-lead claim "$t" -q
is 'who lost what' "$(crm-assign lost -o csv -f lead,previous,user,why | sed 1d)" "$t,mai,lan,moved
$t,lan,hung,moved
$t,hung,lan,taken"

# -- recall: not worked on in time --
forget
configure 'assignment:
  conflict: {match: []}
  recall: {after: 4h, hours: business, statuses: [new]}
  pools:
    - fast: {if: source = hotline, members: [lan], recall: 30min}
    - all: {members: [lan, mai, hung], release: tags = wrong}'
configure 'hours: {mon-fri: ["08:00-12:00", "13:00-17:00"], sat: ["08:00-12:00"]}'
printf 'name,source\nA,\nB,\nC,\nD,hotline\nE,\n' | crm-lead add -o refs | crm-assign -q # Saturday 9:30
crm-lead add -q name=Imported owner=lan
crm-activity add -q kind=call lead="$(crm-lead list name:B -o refs)" status=done outcome=no_answer owner=mai
crm-lead set -q name:C status=contacted
crm-lead set -q name:E tags+=wrong status=contacted
crm-lead add name=F -o refs | crm-assign -q
crm-lead set -q name:F tags=wrong status=disqualified disqualify_reason=no_need
is 'nothing yet but the wrong one' "$(crm-assign recall --hold -n -o csv -f name,owner | sed 1d | tr '\n' ' ')" 'E, '
is 'the fast pool' "$(CRM_NOW=2026-11-21T03:00:00Z crm-assign recall name:D -o csv -f name,owner 2>err | sed 1d)" D,
has 'and nobody else is in it' 'nobody in pool fast can take it: lan lost_it' err
is 'business hours: 2.5 on Saturday, Monday is a holiday' "$(CRM_NOW=2026-11-24T02:29:00Z crm-assign recall name:A -n -o refs)" ''
export CRM_NOW=2026-11-24T02:30:00Z
is 'on to the next' "$(crm-assign recall -o csv -f name,owner 2>/dev/null | sed 1d | tr '\n' ' ')" 'A,hung E, '
is 'a second run finds nothing' "$(crm-assign recall -o refs)" ''
is 'who lost what, and why' "$(crm-assign lost -o csv -f lead.name,previous,why,note | sed 1d)" 'D,lan,recalled,not worked on within 30min of business
A,lan,recalled,not worked on within 4h of business
E,lan,released,release: tags = wrong'
crm-undo -q
is 'undone' "$(crm-lead list name:A,E -o csv -f name,owner | sed 1d | tr '\n' ' ')" 'A,lan E,lan '
CRM_USER=lan status 3 'not for everybody' crm-assign recall
CRM_USER=lan status 3 'nor is dealing again' crm-assign --again name:A

# -- a narrow role: may have what it may change dealt out, to whomever --
forget
configure 'roles: [admin: {read: all, write: all, remove: all, export: true, manage: true}, manager: {read: all, write: all, remove: all, export: true, manage: true}, rep: {read: own, write: own}, viewer: {read: all}]
assignment:
  conflict: {match: [phone]}
  pools: [all: {members: [mai, hung]}]'
crm-lead add -q name=Hidden phone=0901000001 owner=hung
CRM_USER=lan crm-lead add -q name=Form phone=0901000001
CRM_USER=lan crm-lead add -q name=Form2
CRM_USER=lan ok 'dealt to who has them, unseen' crm-assign owner:none -q
is 'as the rules say' "$(crm-lead list name:Form,Form2 -o csv -f name,owner | sed 1d | tr '\n' ' ')" 'Form,hung Form2,mai '
is 'whoever reads her own is told no more of the others' "$(for verb in duty pools; do
	CRM_USER=lan crm-assign $verb -o csv -f "$([ $verb = duty ] && echo login || echo user),open"; done |
	grep -E '^(lan|mai|hung)')" 'lan,0
mai,
hung,
hung,
mai,'
crm-user add login=xem role=viewer -q
crm-lead add -q name=V
CRM_USER=xem status 1 'who only reads deals nothing out' crm-assign name:V

# -- eight at once on 400: each once, exactly in turn --
forget
leads 400 >refs
for i in 1 2 3 4 5 6 7 8; do
	(crm-assign owner:none --wait 60 -o refs >got.$i 2>err.$i
	split -n r/$i/8 refs | crm-assign --wait 60 -o refs - >>got.$i 2>/dev/null) &
done
wait
is 'each was given once' "$(sort got.? | uniq -d | wc -l) $(cat got.? | wc -l)" '0 400'
is 'fair to one' "$(owned)" 'lan=0 mai=200 hung=200 '
is 'in turn, whoever did it' "$(ask 'select user from assignment order by id' | awk 'NR > 1 && $1 == last { bad++ } { last = $1 } END { print bad + 0 }')" 0

# -- who is a customer, or none, is dealt to nobody, and stops nothing --
crm-lead add -q name='Đã mua' status=qualified && crm-lead list 'Đã mua' | crm-convert -q -
converted=$(crm-lead list status:converted -o refs)
crm-lead add -q name='Còn mở'
ok 'terms pass over converted leads' crm-assign owner:none -o csv -f name
is '  and deal out the others' "$(cat out err)" 'name
Còn mở'
ok 'named, one is told of' crm-assign "$converted"
is '  and stays' "$(cat out err)" "crm-assign: $converted: warning: it is converted"
crm-lead add -q name='Còn mở 2'
is '  as in a stream, which goes on' "$(crm-lead list owner:none | crm-assign -f name -o csv 2>&1)" \
	"crm-assign: $converted: warning: it is converted
name
Còn mở 2"

# -- what is planned goes along --
ref=$(crm-lead add name='Đi cùng' owner=lan -o refs)
for who in lan hung; do crm-activity add -q kind=call due_at=+1d owner=$who "lead=$ref" subject="of $who"; done
crm-activity add -q kind=task due_at=+1d "lead=$ref" subject='of who has it'
crm-activity add -q kind=call owner=lan "lead=$ref" subject='done by lan'
planned() { crm-activity list "lead:$ref" -s subject -f subject,owner -o csv | sed 1d | tr '\n' ' '; }
crm-lead set "$ref" owner=mai -q
is 'what is planned by who had it is now mai'\''s' "$(planned)" \
	'done by lan,lan of hung,hung of lan,mai of who has it,mai '
crm-lead set "$ref" owner= -q
is '  nobody'\''s, when nobody has the lead' "$(planned)" 'done by lan,lan of hung,hung of lan, of who has it, '
crm-undo -q && crm-undo -q
is '  and theirs again, once that is taken back' "$(planned)" 'done by lan,lan of hung,hung of lan,lan of who has it,lan '

# -- configuration --
wrong() { # MESSAGE YAML
	printf '%s\n' "$2" >wrong.yaml
	status 1 "wrong: $1" crm-config apply wrong.yaml
	has 'says so' "$1" err
}
wrong 'assignment.pools.a.if: no field '"'"'scor'"'"' on lead' 'assignment: {pools: [a: {if: scor > 5}]}'
wrong 'assignment.pools.a.members.nobody: there is no user "nobody"' 'assignment: {pools: [a: {members: [nobody]}]}'
wrong 'assignment.pools.a: there is no team "x"' 'assignment: {pools: [a: {teams: [x]}]}'
wrong 'round_robin, weighted or least_load is due, not "roundrobin"' 'assignment: {pools: [a: {method: roundrobin}]}'
wrong '"22:00-06:00" ends before it begins; over midnight it is two' 'assignment: {pools: [a: {hours: "mon 22:00-06:00"}]}'
wrong 'is no time such as 10min, 2h, 3d or 1w' 'assignment: {conflict: {protect: a while}}'
wrong 'nobody is known by "fone"; did you mean phone?' 'assignment: {conflict: {match: [fone]}}'
wrong 'there is no "pool" here; did you mean pools?' 'assignment: {pool: []}'
wrong 'leads that are converted do not come back' 'assignment: {recall: {after: 1h, statuses: [new, converted]}}'
wrong 'no status "fresh" of leads' 'assignment: {recall: {after: 1h, statuses: [fresh]}}'
brought() { # FIELD: conditions, rules and letters name it, the text brings the field `floor`
	cat >floor.yaml <<END
fields: {lead: [floor: {type: number}]}
scoring: {rules: [high: {if: $1 > 5, points: 5}]}
assignment: {pools: [high: {if: $1 > 5, skill: $1}]}
rules: [high: {when: lead.created, if: $1 > 5, do: [tag: high]}]
templates: [high: {of: lead, subject: Hi, text: 'Floor {{$1}}'}]
END
}
brought flor
status 1 'a field that the text does not bring' crm-config apply floor.yaml
is '  each is told' "$(cut -d: -f5 err | tr -d '\n')" ' assignment.pools.high.if assignment.pools.high scoring.rules.high.if templates.high.text rules.high.if'
is '  and nothing came' "$(crm-config show fields | grep -c floor)" 0
brought floor
status 0 'one that it brings' crm-config apply -q floor.yaml
crm-config show >all.yaml
is 'shown, applied: no difference' "$(crm-config apply all.yaml)" ''
crm-config apply -q - <<'END'
scoring: {rules: [z: {if: source = zalo, points: 1}]}
assignment: {pools: [z: {if: source = zalo}]}
END
echo 'picklists: {lead.source: [{oa: {was: zalo, en: OA, vi: OA}}, website]}' | crm-config apply -q - 2>err
is 'a value gets another name: what goes by the old one is told of' "$(cut -d: -f2,3 err)" \
	' assignment.pools.z.if: warning
 scoring.rules.z.if: warning'
done_testing
