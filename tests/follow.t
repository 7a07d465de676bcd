#!/bin/sh
# crm-follow: rules and sequences, once a record and occasion; errands, sent once.
. tests/lib.sh

at() { # INSTANT COMMAND…
	when=$1
	shift
	env CRM_NOW="$when" "$@"
}
q() { crm-query "$1" -o csv | sed 1d; }
vietnam

# -- the configuration --

cat >bad.yaml <<'END'
rules:
  - a: {when: leed.created, do: [{tag: x}]}
  - b: {when: lead.creatd, do: [{tag: x}]}
  - c: {when: lead.created, if: scor > 5, do: [{tag: x}]}
  - d: {when: lead.created, do: [{activity: {kind: cal}}]}
  - e: {when: lead.created, do: [{set: {statuss: new}}]}
  - f: {when: lead.created, do: [{set: {rev: 3}}]}
  - g: {when: lead.created, after: soon, do: [{tag: x}]}
  - h: {when: lead.created}
  - i: {when: lead.created, do: [{emit: {template: x}}]}
  - j: {when: lead.created, do: [{mail: x}]}
  - k: {when: order.ends_on -2h, do: [{tag: x}]}
  - l: {when: lead.created, do: [{activity: {kind: call, owner: nobody}}]}
sequences:
  - m: {of: lead, steps: []}
  - n: {of: deal, steps: [{tag: x}]}
  - o: {steps: [{after: 1d, tag: x}], exit: {bored: true}}
END
status 1 'what is wrong is refused' crm-config apply bad.yaml
sed 's/^crm-config: //' err >told
cat >wanted <<'END'
bad.yaml:2:15: rules.a: there are no rules about "leed"; did you mean lead?
bad.yaml:3:15: rules.b: lead has neither a field nor a status "creatd"; say lead.created, lead.FIELD, or lead while CONDITION
bad.yaml:4:33: rules.c.if: no field 'scor' on lead; did you mean 'score'? (character 1 of the condition)
bad.yaml:5:52: rules.d: kind: "cal" is none of: call email meeting sms chat visit letter note task
bad.yaml:6:41: rules.e: there is no field "statuss" on lead; did you mean status?
bad.yaml:7:41: rules.f: rev is set by the program
bad.yaml:8:36: rules.g: "soon" is no time such as 10min, 2h, 3d or 1w
bad.yaml:9:5: rules.h: do is missing: [{activity: {kind: call}}] …
bad.yaml:10:41: rules.i: kind, such as email or sms, is missing
bad.yaml:11:35: rules.j: there is nothing called "mail" to do
bad.yaml:12:15: rules.k: ends_on is a day: say how many days before
bad.yaml:13:65: rules.l: owner: there is no user "nobody"
bad.yaml:15:26: sequences.m: steps are missing: [{after: 2d, emit: {…}}]
bad.yaml:16:13: sequences.n.of: lead, contact or account is due, not "deal"
bad.yaml:17:46: sequences.o: there is no "bored" here
END
same 'where it stands, and what was meant' told wanted
is 'nothing of it came' "$(crm-config show rules | grep -v '^#')" 'rules: []'
status 1 'nor is a sequence called like a rule' sh -c "crm-config apply - <<'END'
rules: [{x: {when: lead.created, do: [{tag: x}]}}]
sequences: [{x: {steps: [{tag: x}]}}]
END"

# -- the rules of this test --

crm-lead add -q name='Từ trước' source=zalo email=old@x.vn
crm-campaign add -q name=spring channel=email
cat >rules.yaml <<'END'
fields:
  lead:
    - floor: {type: number}
rules:
  - call-new: {when: lead.created, if: "source in (zalo, facebook)", after: 10min, do: [{activity: {kind: call, subject: First call, due: 2h}}, {tag: [fresh, hot]}]}
  - welcome: {when: lead.created, if: email is not null, do: [{emit: {kind: email, template: welcome, lang: vi}}]}
  - forgotten: {when: lead while status = new and last_contacted_at is null, after: 2d, do: [{set: {rating: cold}}]}
  - ping: {when: lead.floor, do: [{set: {budget: 5tr}}]}
  - pong: {when: lead.budget, do: [{set: {floor: 7}}, {untag: fresh}]}
  - qualified: {when: lead.status = qualified, once: true, do: [{enrol: {campaign: spring}}]}
  - won: {when: deal.won, after: 1d, do: [{activity: {kind: call, subject: Courtesy call, owner: mai}}]}
  - clicked: {when: event.email_click, if: lead.status = new, do: [{set: {lead.status: contacted}}]}
  - busy: {when: activity.done, if: outcome = busy, do: [{activity: {kind: call, subject: Again}}]}
  - birthday: {when: contact.birth_date, do: [{emit: {kind: sms, template: birthday}}]}
  - renew: {when: order.ends_on -30d, do: [{activity: {kind: call, subject: Renew}}]}
  - anniversary: {when: account.customer_since yearly, do: [{activity: {kind: call, subject: Anniversary}}]}
  - breached: {when: ticket.breached, do: [{set: {priority: urgent}}]}
  - nearly: {when: ticket.due -1h, do: [{activity: {kind: task, subject: Answer}}]}
sequences:
  - nurture:
      of: lead
      enter: status = nurturing
      steps:
        - {after: 2d, emit: {kind: email, template: hello}}
        - {after: 1d, do: [{activity: {kind: call, subject: Ask}}, {tag: asked}]}
      exit: {if: rating = hot}
END
ok 'rules and the field that they need in one text' crm-config apply rules.yaml
crm-config show >all.yaml
ok 'what is shown is what there is' sh -c "crm-config apply all.yaml -n 2>&1 | tee told; [ ! -s told ]"
cp "$CRM_DB" start.db

# -- a new lead: what comes at once, what waits, and what is the past --

crm-lead add -q name=An source=zalo email=an@x.vn owner=lan
crm-lead add -q name=Bo source=website phone='090 123 4567'
crm-lead add -q name=Cu source=zalo email=cu@x.vn do_not_email=true do_not_call=true
cp "$CRM_DB" before.db
crm-follow run -n -o csv >foretold 2>told
is '-n writes nothing' "$(sqlite3 "$CRM_DB" .dump | md5sum)" "$(sqlite3 before.db .dump | md5sum)"
crm-follow run -o csv >printed 2>err
is 'nothing is said where nobody looks' "$(cat err)" ''
same 'and prints what the run prints' printed foretold
is 'an errand for whom it may reach' "$(cat printed)" 'errand,id,kind,template,to,rule,step,due_at,lang
errand-1,lead-2,email,welcome,an@x.vn,welcome,,2026-11-21T02:30:00Z,vi'
is 'what -n says' "$(cat told)" 'crm-follow: welcome lead-2: errand-1
crm-follow: welcome lead-4: not done: lead-4 must not be contacted by e-mail
crm-follow: fired 1, waiting 5, skipped 1, cancelled 0; enrolled 0, steps 0, ended 0; errands 1'
is 'firings' "$(q 'select rule, record, status, due_at from firing order by rule, record')" \
	'call-new,lead-2,waiting,2026-11-23T01:10:00Z
call-new,lead-4,waiting,2026-11-23T01:10:00Z
forgotten,lead-2,waiting,2026-11-23T02:30:00Z
forgotten,lead-3,waiting,2026-11-23T02:30:00Z
forgotten,lead-4,waiting,2026-11-23T02:30:00Z
welcome,lead-2,fired,2026-11-21T02:30:00Z
welcome,lead-4,skipped,2026-11-21T02:30:00Z'
sets=$(q 'select max(id) from change_set')
is 'it is handed out once' "$(crm-follow run)" ''
is 'and a run with nothing to do leaves nothing' "$(q 'select max(id) from change_set')" "$sets"
is 'again when its lease is over' "$(at 2026-11-21T02:50:00Z crm-follow run -o refs)" lead-2
crm-follow explain lead-4 -o csv -f rule,status,why >told
has 'what was left out, and why' 'welcome,skipped,lead-4 must not be contacted by e-mail' told
has 'what has not come about' 'nurture,none,it is not in that state' told
has 'what it has not come to' 'ping,none,no such occasion since the rule came' told

# Monday at nine and at ten: minutes and hours are those of business
crm-lead set -q lead-3 status=contacted
at 2026-11-23T01:05:00Z crm-follow run -q
is 'nothing before it is due' "$(q 'select count(*) from activity')" 0
at 2026-11-23T02:40:00Z crm-follow run -q
is 'a call for the owner, due in two hours of business' \
	"$(crm-activity list -o csv -f subject,kind,status,lead,owner,due_at | sed 1d)" \
	'First call,call,planned,lead-2,lan,2026-11-23T04:40:00Z'
is 'none with whom not to ring, but the tags' "$(q "select did || '|' || why from firing where rule = 'call-new' and record = 'lead-4'")" \
	'lead-4: tags += fresh;hot|lead-4 must not be contacted by telephone'
is 'a state must last' "$(q "select record, status from firing where rule = 'forgotten' order by 1")" \
	'lead-2,fired
lead-3,cancelled
lead-4,fired'
is 'who was there before the rules is the past' "$(q "select count(*) from firing where record = 'lead-1'")" 0

# -- a state comes again; chains of rules end --

at 2026-11-24T02:00:00Z crm-lead set -q lead-2 status=contacted
at 2026-11-24T02:00:00Z crm-follow run -q
at 2026-11-24T02:10:00Z crm-lead set -q lead-2 status=new floor=3
at 2026-11-24T02:20:00Z crm-follow run -q
at 2026-11-24T02:30:00Z crm-follow run -q
at 2026-11-24T02:40:00Z crm-follow run -q
at 2026-11-24T02:50:00Z crm-follow run -q
is 'over, and in it again: another occasion' "$(q "select status, count(*) from firing where rule = 'forgotten' and record = 'lead-2' group by 1 order by 1")" \
	'fired,1
waiting,1'
is 'each rule of a chain once' "$(q "select rule, count(*) from firing where rule in ('ping', 'pong') group by 1")" \
	'ping,1
pong,1'
is 'what they did' "$(crm-lead list lead-2 -o csv -f floor,budget,tags | sed 1d)" '7,5000000,hot'
crm-lead set -q lead-2 status=qualified
at 2026-11-24T03:00:00Z crm-follow run -q
crm-lead set -q lead-2 status=contacted
crm-lead set -q lead-2 status=qualified
at 2026-11-24T03:10:00Z crm-follow run -q
is 'once is once' "$(q "select occasion, did from firing where rule = 'qualified'")" once,campaign_member-1

# -- what people did --

crm-event add -q kind=email_click lead=lead-1
crm-activity add -q kind=call lead=lead-3 outcome=busy
at 2026-11-24T03:20:00Z crm-follow run -q
is 'an event acts on whom it is about' "$(crm-lead list lead-1 -o csv -f status | sed 1d)" contacted
is 'an outcome plans the next call, about the same lead' "$(q "select subject, lead from activity where subject = 'Again'")" Again,3

# -- dates --

at 2026-11-24T03:00:00Z crm-account add -q name='Minh Anh'
crm-contact add -q name='Bà Lan' account=account-1 mobile=0909000111 birth_date=1990-11-25
crm-contact add -q name='Ông Tý' account=account-1 mobile=0909000222 birth_date=--02-29
at 2026-11-24T03:00:00Z crm-order add -q account=account-1 ends_on=2026-12-30
at 2026-11-24T03:00:00Z crm-order add -q account=account-1 ends_on=2026-12-10
at 2026-11-24T03:00:00Z crm-order add -q account=account-1 ends_on=2026-11-01
at 2026-11-24T03:00:00Z crm-deal add -q name=Pump account=account-1 amount=5tr owner=lan
at 2026-11-24T03:05:00Z crm-pipeline win -q deal-1
at 2026-11-24T03:30:00Z crm-follow run -q
is 'a date entered late counts while it is ahead' "$(q "select record from firing where rule = 'renew'")" order-2
at 2026-11-24T17:30:00Z crm-follow run >night
is 'a birthday: no message at night' "$(grep contact night)" ''
at 2026-11-25T01:00:00Z crm-follow run -o csv -f id,to >day
is 'it goes at seven' "$(grep contact day)" contact-1,0909000111
is 'a courtesy call with whom it says' "$(at 2026-11-25T09:00:00Z crm-follow run -q; q "select a.subject, u.login, a.account, a.deal from activity a join user u on u.id = a.owner where a.subject = 'Courtesy call'")" \
	'Courtesy call,mai,1,1'
is 'nor at night when its lease is over' "$(at 2026-11-25T16:00:00Z crm-follow run -o csv -f id | grep contact)" ''
is 'but in the morning' "$(at 2026-11-26T00:00:00Z crm-follow run -o csv -f id | grep contact)" contact-1
at 2026-12-20T02:00:00Z crm-follow run -q
is 'what cron missed is made up for' "$(q "select record, at from firing where rule = 'renew' order by 1")" \
	'order-1,2026-11-29T17:00:00Z
order-2,2026-11-09T17:00:00Z'
at 2027-03-01T02:00:00Z crm-follow run -q
is '29 February is 28 February in common years' "$(q "select at from firing where occasion = 'birth_date 2027' and record = 'contact-2'")" 2027-02-27T17:00:00Z
at 2027-11-30T02:00:00Z crm-follow run -q
is 'every year' "$(q "select record, occasion from firing where rule in ('birthday', 'anniversary') order by at")" \
	'contact-1,birth_date 2026
contact-2,birth_date 2027
account-1,customer_since 2027
contact-1,birth_date 2027'

# -- tickets: soon late, and late --

cp start.db "$CRM_DB"
at 2026-11-23T01:00:00Z crm-ticket add -q subject=Broken priority=high owner=lan
at 2026-11-23T03:30:00Z crm-follow run -q
is 'not yet' "$(q 'select count(*) from firing')" 0
at 2026-11-23T04:10:00Z crm-follow run -q
is 'an hour of business before its time' "$(q 'select rule, occasion from firing')" \
	'nearly,response_due 2026-11-23T05:00:00Z'
at 2026-11-23T06:10:00Z crm-follow run -q
is 'and past it' "$(crm-ticket list -o csv -f priority | sed 1d)" urgent
crm-ticket set -q ticket-1 status=resolved resolution=x
at 2026-12-23T06:10:00Z crm-follow run -q
is 'not when it was resolved' "$(q "select count(*) from firing where occasion like 'resolution%' and rule = 'breached'")" 0

# -- sequences --

cp start.db "$CRM_DB"
echo 'rules: []' | crm-config apply - -q
for name in reply convert refuse hot finish; do
	crm-lead add -q name=$name email=$name@x.vn status=nurturing
done
crm-lead add -q name=hand email=hand@x.vn
crm-follow run -q
is 'who enters is enrolled' "$(q "select lead, status, step, next_at from enrolment where lead < 4")" \
	'2,active,0,2026-11-23T02:30:00Z
3,active,0,2026-11-23T02:30:00Z'
is 'and by hand' "$(crm-follow enrol nurture lead-7 -o csv -f lead,status | sed 1d)" lead-7,active
status 1 'once' crm-follow enrol nurture lead-7
is 'and says so' "$(cat err)" 'crm-follow: lead-7: it is in it already'
status 2 'an unknown sequence' crm-follow enrol nurtur lead-7
is 'and out' "$(crm-follow stop lead-7 --reason 'asked us' -o csv -f status,why | sed 1d)" 'stopped,asked us'
status 1 'nobody comes back into it' crm-follow enrol nurture lead-7
at 2026-11-22T02:00:00Z crm-activity add -q kind=email direction=in lead=lead-2 subject=Re
at 2026-11-22T02:00:00Z crm-activity add -q kind=email direction=in automatic=true lead=lead-6 subject=Away
crm-convert lead-3 -q 2>/dev/null
crm-lead set -q lead-4 do_not_email=true
crm-lead set -q lead-5 rating=hot
at 2026-11-23T02:40:00Z crm-follow run -o csv -f id,rule,step,template >out
is 'a step goes to whom nothing keeps from it' "$(cat out)" 'id,rule,step,template
lead-6,nurture,1,hello'
is 'what ended it' "$(q 'select lead, status, why from enrolment where lead < 6 order by 1')" \
	"2,replied,
3,converted,
4,opted_out,lead-4 must not be contacted by e-mail
5,stopped,exit if: rating = hot"
at 2026-11-24T03:00:00Z crm-follow run -q
is 'the last step ends it' "$(q 'select status, step, next_at from enrolment where lead = 6')" finished,2,
is 'what was done, step by step' "$(q "select occasion, did from firing where record = 'lead-6' and rule = 'nurture' order by id" | tail -2)" \
	'enrolment-5 step 1,errand-1
enrolment-5 step 2,activity-3; lead-6: tags += asked'

# -- errands: acknowledged, or tried again --

cat >welcome.yaml <<'END'
rules:
  - call-new: {when: lead.created, if: source = zalo, after: 10min, do: [{tag: fresh}]}
  - welcome: {when: lead.created, if: email is not null, do: [{emit: {kind: email, template: welcome}}]}
END
crm-config apply welcome.yaml -q
crm-lead add -q name=x email=x@x.vn
crm-lead add -q name=y email=y@x.vn
crm-follow run >stream
is 'a stream is acknowledged as it came' "$(head -1 stream | crm-follow "done" -o csv -f id,status | sed 1d)" errand-2,done
is 'one failed' "$(crm-follow fail errand-3 --error 'mailbox full' -o csv -f status,error | sed 1d)" 'failed,mailbox full'
is 'it stays where somebody looks' "$(crm-follow stuck -o refs)" errand-3
is 'and is not handed out' "$(at 2026-11-23T05:00:00Z crm-follow run -o csv -f errand | sed 1d)" errand-1
crm-follow retry errand-3 -q
is 'until it is to be' "$(crm-follow run -o csv -f errand | sed 1d)" errand-3
status 1 'what is done stays so' crm-follow retry errand-2
is 'and says so' "$(cat err)" 'crm-follow: errand-2: it is done already'
status 1 'nothing of that name' crm-follow "done" errand-77
crm-follow retry errand-3 -q
crm-lead set -q name:y do_not_email=true
is 'who said no meanwhile gets nothing' "$(crm-follow run)" ''
is 'it is cancelled' "$(q "select status, error from errand where id = 3")" 'cancelled,lead-9 must not be contacted by e-mail'

# -- undo: what was done is taken back, and not done again --

crm-lead add -q name=z email=z@x.vn
crm-follow run -q
set=$(q 'select max(id) from change_set')
ok 'a run is taken back' crm-undo "$set"
is 'what it made has gone' "$(q "select count(*) from firing where record = 'lead-10'")" 0
is 'and the next run leaves it so' "$(crm-follow run)" ''

# -- a rule that goes, or comes --

crm-lead add -q name=w source=zalo
crm-follow run -q
grep -v call-new welcome.yaml | crm-config apply - -q
at 2026-11-25T02:00:00Z crm-follow run -q
is 'what waited for a rule that went' "$(q "select status, why from firing where rule = 'call-new' and record = 'lead-11'")" \
	'cancelled,there is no such rule any more'
cat >new.yaml <<'END'
rules:
  - late: {when: lead.created, do: [{tag: late}]}
  - all: {when: lead.created, from: 2026-11-01, do: [{tag: all}]}
END
crm-config apply new.yaml -q
crm-follow run -q 2>told # one lead is converted: nothing is done to it
is 'a new rule begins with today, or where it says' "$(q "select rule, count(*) from firing where rule in ('late', 'all') group by 1")" "all,$(q 'select count(*) from lead')"

# -- a rule that went comes again: what was in between is the past --

echo 'rules: []' | crm-config apply - -q
crm-follow run -q
crm-lead add -q name=between
crm-config apply new.yaml -q
crm-follow run -q
is 'it begins anew' "$(q "select count(*) from firing where rule = 'late'")" 0

# -- between two runs a state was over, or was not yet --

cp start.db "$CRM_DB"
crm-lead add -q name=Lại
crm-follow run -q
crm-lead add -q name=Sau status=contacted
at 2026-11-22T03:00:00Z crm-lead set -q lead-2 status=contacted
at 2026-11-24T03:00:00Z crm-lead set -q lead-2 lead-3 status=new
at 2026-11-24T04:00:00Z crm-follow run -q
is 'its time begins when it does' "$(q "select record, status, at from firing where rule = 'forgotten' order by id")" \
	'lead-2,cancelled,2026-11-21T02:30:00Z
lead-2,waiting,2026-11-24T03:00:00Z
lead-3,waiting,2026-11-24T03:00:00Z'

# -- loops of states, what was merged, texts with places, what is no more --

cp start.db "$CRM_DB"
cat >more.yaml <<'END'
rules:
  - cool: {when: lead while rating = hot, do: [{set: {rating: cold}}]}
  - heat: {when: lead while rating = cold, do: [{set: {rating: hot}}]}
  - later: {when: lead.created, after: 1d, do: [{assign: true}, {activity: {kind: call, subject: "Gọi {{name}} ({{phone|không có số}})"}}]}
  - seen: {when: lead.status = qualified, do: [{tag: seen}]}
  - mail: {when: lead.created, if: email is not null, do: [{emit: {kind: email, hello: "Chào {{first_name}}"}}]}
assignment:
  pools:
    - all: {members: [lan]}
END
crm-config apply more.yaml -q
status 1 'an unknown sequence' sh -c "echo 'rules: [{x: {when: lead.created, do: [{enrol: {sequence: nix}}]}}]' | crm-config apply"
has 'is told' 'there is no sequence "nix"' err
status 1 'an unknown place' sh -c "echo 'rules: [{x: {when: lead.created, do: [{activity: {kind: call, subject: \"{{nam}}\"}}]}}]' | crm-config apply"
has 'is told, too' 'nam' err
crm-lead add -q name='An Lê' first_name=An email=an@x.vn rating=hot
crm-lead add -q name='Lê An' phone=0901234567
crm-lead add -q name='Không tên' email=bounced@x.vn
crm-event add -q kind=bounce lead=lead-4 subject=bounced@x.vn
crm-lead set -q lead-2 status=qualified
crm-lead set -q lead-2 status=new
status 0 'what may be done is done' crm-follow run -o csv -f id,hello
is 'a text has its places filled' "$(cat out)" 'id,hello
lead-2,Chào An'
for i in 1 2 3 4; do crm-follow run -q; done
is 'two states that call each other end' "$(q "select rule, count(*) from firing where rule in ('cool', 'heat') group by 1")" \
	'cool,1
heat,1'
is 'what was in between counts' "$(q "select record from firing where rule = 'seen'")" lead-2
is 'what came back is not written to' "$(q "select why from firing where rule = 'mail' and record = 'lead-4'")" \
	'email: what was sent to lead-4 came back'
crm-lead add -q name=Hai first_name=Hai email=hai@x.vn status=nurturing
crm-lead add -q name='Hai nữa' first_name=Hai email=hai2@x.vn status=nurturing
printf 'name,created_at\nCó sẵn,2026-01-05T00:00:00Z\n' | crm-import lead - -q
crm-follow run -q
crm-dedupe merge lead-2 lead-3 -q 2>/dev/null
crm-dedupe merge lead-5 lead-6 -q 2>/dev/null
crm-dedupe merge lead-7 lead-4 --keep lead-7 -q 2>/dev/null
at 2026-11-24T03:00:00Z crm-follow run -o csv -f id,rule >merged
is 'what waits for a merged record is done for whom it became, once' \
	"$(q "select subject, lead from activity order by 1")" 'Gọi An Lê (0901234567),2
Gọi Có sẵn (không có số),7
Gọi Hai (không có số),5'
is 'no message goes twice to whom both were' "$(grep lead-5 merged)" 'lead-5,mail
lead-5,nurture'
is 'leads are dealt out' "$(crm-lead list lead-2 lead-7 -o csv -f owner | sed 1d | uniq)" lan
ok 'a hole in a text is told' sh -c "crm-lead add -q name=Hole email=hole@x.vn; crm-follow run 2>told; [ \$? -eq 1 ] && grep -q first_name told"

# one program for each kind, and the message goes once
cat >send.yaml <<'END'
mail: {from: lan@x.vn}
templates: [{hello: {subject: "Chào {{name}}", text: "Chào {{name}}"}}]
rules:
  - hello: {when: lead.created, do: [{emit: {kind: email, template: hello}}, {emit: {kind: sms, template: hello}}, {emit: {kind: call}}]}
END
cp "$CRM_DB" keep.db
crm-config apply send.yaml -q
crm-lead add -q name=Both email=both@x.vn phone=0909123123 mobile=0977123123
crm-follow pending -o refs | crm-follow "done" -q
mkdir box
ok 'mail takes its errands' sh -c 'crm-follow run --kind email | crm-mail send --maildir box -q'
ok 'a run later, too' sh -c 'CRM_NOW=2026-11-21T03:30:00Z crm-follow run --kind email | crm-mail send --maildir box -q'
is 'sent once; the other waits' "$(ls box/new | wc -l | tr -d ' ') $(q "select kind, status from errand where lead = (select max(id) from lead) order by id" | tr '\n' ' ')" '1 email,done sms,pending call,pending '
is 'a call goes to the mobile, as a text does' "$(at 2026-11-21T03:30:00Z crm-follow run --kind call -o csv -f to | tail -1)" 0977123123
status 2 'a kind that is none' crm-follow run --kind fax
cp keep.db "$CRM_DB"

# a run with its errands is one change set, and goes as one
crm-lead add -q name=U first_name=U email=u@x.vn
ok 'they are handed out' sh -c 'crm-follow run | grep -q lead-9'
ok 'and taken back' crm-undo
is 'the errand with them' "$(q "select count(*) from errand where lead = 6")" 0
crm-lead add -q name=V first_name=V email=v@x.vn
status 3 'a full disk' sh -c 'crm-follow run >/dev/full'
is 'loses nothing' "$(at 2026-11-21T04:00:00Z crm-follow run -o csv -f id | grep -c lead-10)" 1
crm-follow run -q
set=$(q "select max(change_set) from change where entity = 'errand' and op = 'i'")
crm-follow "done" -q "errand-$(q 'select max(id) from errand')"
status 1 'what was sent stands in the way of an undo' crm-undo "$set"
crm-config show picklists >lists.yaml
echo 'picklists: {lead.rating: [warm]}' | crm-config apply - -q
status 1 'rules that are right no more do nothing' crm-follow run
is 'and say what is wrong, each' "$(cat err)" 'crm-follow: rules.cool: rating: "cold" is none of: warm
crm-follow: rules.heat: rating: "hot" is none of: warm'
crm-config apply lists.yaml -q

# -- what is wrong stops nothing else, and catches up --

cp start.db "$CRM_DB" && rm -f "$CRM_DB"-*
crm-config apply - -q <<'END'
rules:
  - fine: {when: lead.created, do: [{tag: fine}]}
  - warm: {when: lead.created, do: [{set: {rating: warm}}]}
  - soon: {when: lead.created, after: 1d, do: [{set: {rating: hot}}]}
  - deal: {when: lead.created, do: [{assign: true}]}
  - into: {when: lead.created, if: name = 'Trong', do: [{enrol: {sequence: care}}]}
  - free: {when: lead.created, if: name = 'Trong', do: [{enrol: {sequence: other}}]}
sequences:
  - care: {of: lead, enter: status = nurturing, steps: [{after: 1h, set: {rating: cold}}, {after: 9d, tag: x}]}
  - other: {of: lead, steps: [{after: 1h, tag: other}]}
assignment:
  pools: [{all: {members: [lan, mai]}}]
END
crm-follow run -q
first=$(crm-lead add name=Trước status=nurturing -o refs)
crm-follow run -q
crm-config apply - -q <<'END'
picklists: {lead.rating: [lukewarm]}
END
crm-user rm -q mai
second=$(crm-lead add name=Trong status=nurturing -o refs)
at 2026-11-24T03:00:00Z crm-follow run -v >out 2>err
is 'status 1' "$?" 1
has 'the wrong one and what is wrong' 'crm-follow: rules.warm: rating: "warm" is none of: lukewarm' err
has 'what deals out where that is wrong' "crm-follow: rules.deal: assignment.pools" err
has 'what enrols into the wrong one' 'crm-follow: rules.into: sequence care is not right' err
is 'those that are right run' "$(q "select rule, status from firing where record = '$second' order by 1, 2")" \
	'fine,fired
free,fired'
is 'the others wait' "$(q "select rule, status from firing where record = '$first' and status = 'waiting'")" soon,waiting
is 'nobody has left or gone on' "$(q "select sequence, status, step from enrolment where lead = ${first#lead-}")" care,active,0
crm-follow rules -o csv -f rule >out 2>err
is 'the list is of those that are right' "$(tr '\n' ' ' <out)" 'rule fine free '
crm-config apply - -q <<'END'
picklists: {lead.rating: [hot, warm, cold]}
assignment: {pools: [{all: {members: [lan]}}]}
END
status 0 'mended' env CRM_NOW=2026-11-24T05:00:00Z crm-follow run -q
is 'it catches up with what there was' \
	"$(q "select record, rule, status from firing where rule in ('warm', 'into', 'soon', 'deal') or occasion like '% step 1' order by 1, 2" | sed "s/$first/first/; s/$second/second/")" \
	"first,care,fired
first,deal,fired
first,soon,fired
first,warm,fired
second,deal,fired
second,into,fired
second,other,fired
second,soon,fired
second,warm,fired"

# -- who may, and where nothing is set --


status 3 'rules are not for who sees a part' env CRM_USER=lan crm-follow run
has 'and says so' 'role rep may not' err
ok 'cron has no environment' env -i PATH="$PATH" CRM_DB="$CRM_DB" crm-follow run -q
crm-lead add -q name=v
n=$(q 'select count(*) from firing')
status 1 'a limit' crm-follow run --max 0
is 'and nothing was written' "$(q 'select count(*) from firing')" "$n"

# -- many at once, and some of them killed --

cat >many.yaml <<'END'
rules:
  - hello: {when: lead.created, do: [{emit: {kind: webhook, n: 1}}, {activity: {kind: task, subject: Hello}}]}
END
crm-config apply many.yaml -q
awk 'BEGIN { print "name"; for (i = 0; i < 2500; i++) print "m" i }' | crm-import lead - -q
for i in 1 2 3; do
	crm-follow run >killed.$i 2>/dev/null &
	pid=$!
	sleep 0.$i
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
done
for i in 1 2 3 4; do
	crm-follow run -o csv -f errand,kind >one.$i 2>err.$i &
done
wait
is 'each rule, record and occasion once' "$(q "select count(*), count(distinct record) from firing where rule = 'hello'")" 2500,2500
is 'with what it does' "$(q "select count(*), count(distinct lead) from activity where subject = 'Hello'")" 2500,2500
at 2026-11-21T03:00:00Z crm-follow run -o csv -f errand,kind >one.5
is 'each errand goes to one' "$(grep -h webhook one.[1-4] | sort | uniq -d)" ''
is 'and none is lost' "$(grep -h webhook killed.* one.* | grep -o 'errand-[0-9]*' | sort -u | wc -l)" 2500
ok 'the database is sound' crm-doctor check -q

# -- between the change and the run --

cp start.db "$CRM_DB" && rm -f "$CRM_DB"-*
echo 'rules: []' | crm-config apply - -q
early=$(crm-lead add name=early email=early@x.vn status=nurturing -o refs)
at 2026-11-21T02:33:00Z crm-activity add -q kind=email direction=in "lead=$early" subject=Re
at 2026-11-21T02:40:00Z crm-follow run -q
at 2026-11-23T02:50:00Z crm-follow run -q
is 'who answered before the run came to them has answered' \
	"$(q "select status, started_at from enrolment where lead = ${early#lead-}")" 'replied,2026-11-21T02:30:00Z'

# -- states that time alone makes true --

cp start.db "$CRM_DB" && rm -f "$CRM_DB"-*
crm-config apply - -q <<'END'
rules:
  - gone: {when: lead while next_contact_at < now, do: [{tag: a}]}
  - near: {when: lead while not (next_contact_at >= +1h) and status != new, do: [{tag: b}]}
  - today: {when: lead while next_contact_at = today, do: [{tag: c}]}
  - either: {when: lead while next_contact_at < -2h or score > 90, do: [{tag: d}]}
  - through: {when: lead while campaign.start_on <= today, do: [{tag: e}]}
END
crm-follow run -q
crm-campaign add -q name=later start_on=2026-11-22
crm-import lead - -q <<'END'
name,status,next_contact_at,campaign
A,contacted,2026-11-21T03:00:00Z,
B,contacted,2026-11-21T18:00:00Z,later
END
for time in 21T02:35 21T03:10 21T05:10 22T03:00; do
	at 2026-11-$time:00Z crm-follow run -q
done
is 'each when it is true' "$(q "select rule, record, at from firing where rule in ('gone', 'near', 'today', 'either', 'through') order by record, at, rule")" \
	'near,lead-2,2026-11-21T02:30:00Z
today,lead-2,2026-11-21T02:30:00Z
gone,lead-2,2026-11-21T03:10:00Z
either,lead-2,2026-11-21T05:10:00Z
either,lead-3,2026-11-22T03:00:00Z
gone,lead-3,2026-11-22T03:00:00Z
near,lead-3,2026-11-22T03:00:00Z
through,lead-3,2026-11-22T03:00:00Z
today,lead-3,2026-11-22T03:00:00Z'

# -- who leaves a sequence leaves it with the next run --

crm-config apply - -q <<'END'
rules: []
sequences:
  - long:
      of: lead
      enter: status = nurturing
      steps: [{after: 1min, emit: {kind: sms, template: hello}}, {after: 60d, emit: {kind: email, template: hello}}]
      exit: {if: rating = hot}
  - staff: {of: contact, steps: [{after: 60d, emit: {kind: email, template: hello}}]}
END
for name in answers converts refuses warms stays; do
	crm-lead add -q name=$name email=$name@x.vn phone=0901234567 status=nurturing
done
crm-account add -q name=Nhà
crm-contact add -q name=Bà account=Nhà email=ba@x.vn
crm-contact add -q name=Ông account=Nhà email=ong@x.vn
at 2026-11-23T03:00:00Z crm-follow run -q
crm-follow enrol staff email:any -q
at 2026-11-23T15:30:00Z crm-follow run -q
is 'a message waits for the morning' "$(q "select count(*) from errand where status = 'pending' and kind = 'sms'")" 5
at 2026-11-23T16:00:00Z crm-activity add -q kind=sms direction=in lead=answers body=ok
at 2026-11-23T16:00:00Z crm-convert name:converts -q 2>/dev/null
at 2026-11-23T16:00:00Z crm-lead set -q name:refuses do_not_email=true
at 2026-11-23T16:00:00Z crm-lead set -q name:warms rating=hot
at 2026-11-23T16:00:00Z crm-account set -q name:Nhà do_not_email=true
sets=$(q 'select max(id) from change_set')
at 2026-11-24T01:00:00Z crm-follow run -v -o csv -f id,kind >out 2>told
has 'who leaves is told' ': stopped: exit if: rating = hot' told
is 'who has left has, long before the next step' "$(q "select l.name, e.status from enrolment e join lead l on l.id = e.lead where e.sequence = 'long' order by e.id")" \
	'answers,replied
converts,converted
refuses,opted_out
warms,stopped
stays,active'
is 'and the people of an account that refuses' "$(q "select status, why from enrolment where sequence = 'staff'" | sort -u | cut -d, -f1)" opted_out
is 'no message goes after it' "$(sed 1d out)" "lead-$(q "select id from lead where name = 'stays'"),sms"
is 'it says so' "$(q "select error from errand where kind = 'sms' and status = 'cancelled' order by 1")" \
	'the sequence was over: converted
the sequence was over: opted_out
the sequence was over: replied
the sequence was over: stopped'

# -- who left gets nothing more to do --
cp start.db "$CRM_DB"
crm-user add -q login=ra name=Ra
account=$(crm-account add name='Của Mai' owner=mai -o refs)
cat <<'END' | crm-config apply -q
rules:
  - had: {when: deal.won, do: [{activity: {kind: call, subject: Thanks}}]}
  - new: {when: lead.created, do: [{activity: {kind: call, subject: Hello}}]}
END
crm-lead add -q name=Bỏ owner=ra
crm-deal add -q name=Dở "account=$account" owner=ra
crm-pipeline win name:Dở -q
crm-user set ra active=false -q
crm-follow run -q
is 'whoever has the customer does' "$(crm-activity list subject:Thanks -o csv -f owner | tail -1)" mai
is 'else nobody, which is told' "$(q "select owner, why from activity join firing on rule = 'new' where subject = 'Hello'")" \
	',activity-2 is nobody'"'"'s: whose lead it is left'
crm-activity add -q kind=call due_at=tomorrow subject=Mine "lead=$(crm-lead list name:Bỏ -o refs)"
is 'nor does a task that is planned by hand go to them' "$(crm-activity list subject:Mine -o csv -f owner | tail -1)" "$(id -un)"
done_testing
