#!/bin/sh
# The main job in two minutes, on made-up data in a temporary folder: a dirty list of
# leads becomes a pipeline, orders, customers who are looked after, and figures.  Each
# command is named before it runs.
set -eu

root=$(pwd)
build=${BUILD:-build}
case $build in /*) ;; *) build=$root/$build ;; esac
PATH=$build:$PATH
folder=$(mktemp -d "${TMPDIR:-/tmp}/crm-demo.XXXXXX")
trap 'cd /; rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
cd "$folder"
export CRM_DB="$folder/crm.db" CRM_NOW=2026-11-21T02:30:00Z
export XDG_CONFIG_HOME="$folder" HOME="$folder"
unset CRM_USER

bold='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
	bold=$(printf '\033[1;36m') plain=$(printf '\033[0m')
fi

say() {
	printf '\n%s\n' "$*"
}

run() { # COMMAND as one would type it
	printf '%s$ %s%s\n' "$bold" "$1" "$plain"
	eval "$1"
}

refused() { # COMMAND that is to end with status 1
	printf '%s$ %s%s\n' "$bold" "$1" "$plain"
	code=0
	eval "$1" || code=$?
	[ "$code" -eq 1 ]
}

say 'A database for a company in Viet Nam, a team, and two people who sell.'
run 'crm-init --currency VND --timezone Asia/Ho_Chi_Minh --region VN'
run "crm-team add name=hanoi department=sales -q"
run "crm-user add login=lan name='Lê Thị Lan' team=hanoi -q"
run "crm-user add login=mai name='Nguyễn Thị Mai' team=hanoi -q"

say 'Two hundred leads, as lists from the field are: with twins, bad addresses, 30 February.'
"$build/tests/gen" --vi leads 200 4 >leads.csv
run 'head -4 leads.csv'

say 'Import them.  What cannot be taken is put aside, with its line and the reason.'
refused 'crm-import lead leads.csv --rejects rejects.csv'
run 'head -5 rejects.csv'

say 'Whom to ring first?  ":" asks; city finds Đà Nẵng however it is typed.'
run 'crm-lead list status:new score:90.. -s -score -l 8 -o table'
run "crm-lead list city:'da nang' status:new -f id,name,city,phone,score -l 5 -o table"

say '"=" sets.  Programs hand each other records, so one line gives out work and plans the calls.'
run "crm-lead list status:new source:zalo score:50.. | crm-lead set owner=lan status=contacted |
    crm-activity add kind=call due_at=tomorrow+9h subject='first call' - | wc -l"
run "crm-lead list status:new source:facebook score:50.. | crm-lead set owner=mai status=contacted -q"
run 'crm-activity list status:planned -f id,kind,subject,due_at,lead -l 5 -o table'

say 'The qualified become accounts, contacts and deals.  First the plan, then the deed.'
run 'crm-lead list status:qualified score:60.. -s -score -l 6 | crm-convert -n - | head -1 | cut -c-100'
run "crm-lead list status:qualified score:60.. -s -score -l 6 | crm-convert --amount 120tr - |
    crm-deal set owner=lan - -o table -f id,name,account.name,amount,stage"

say 'A catalogue, what they want of it, and the quote: lines in, totals out.'
"$build/tests/gen" products 6 >products.csv
"$build/tests/gen" lines 4 3 >lines.csv
run 'crm-import product products.csv'
run 'crm-deal add-line deal-3 -q - <lines.csv'
run "crm-deal lines deal-3 | crm-quote add deal=deal-3 valid_until=+30d owner=lan --lines |
    crm-quote send -o table -f number,account.name,subtotal,discount,tax,total,margin"

say 'Deals move, and are lost for a reason.  The quote is accepted: an order, a won deal, a customer.'
run 'crm-pipeline move deal-1 deal-2 deal-3 proposal -q'
run 'crm-pipeline move deal-2 negotiation -q'
run 'crm-pipeline lose deal-6 price -q'
run "crm-quote accept Q-2026-0001 --order --win | crm-order deliver carrier=GHN |
    crm-order pay - 20tr transfer -o table -f number,account.name,status,total,paid,balance"
run 'crm-pipeline win deal-1 -q'

say 'Who may hear of the next offer?  A segment, and a campaign for whoever has not said no.'
run "crm-segment add name='warm' of=lead condition='score >= 70 and status in (new, contacted)' -q"
run 'crm-segment members warm city:hue | crm-lead set do_not_email=true -o refs'
run "crm-campaign add name='December' channel=email start_on=2026-12-01 budget=5tr -q"
run 'crm-segment members warm | crm-campaign add December -q -'
run "crm-campaign members December | crm-campaign mark December sent -q -"
run 'crm-event add kind=email_click email=khach1@example.vn campaign=December source=mailer external_id=1 -q'
run "crm-campaign members December -o table -l 4 -f lead.name,lead.city,status,sent_at,clicked_at"

say 'Whose birthday is in the next days?  Who was left alone?  Lists for people, and for the next pipe.'
run 'crm-remind birthdays -l 5 -o table -f name,at,subject,phone'
run "crm-remind no-next-step | crm-activity add kind=call due_at=tomorrow+10h subject='next step?' - -o table -f subject,due_at,owner,deal.name"

say 'What the house does of itself is configured, and cron runs it.'
cat >house.yaml <<'END'
mail: {from: Sao Mai <chao@saomai.example>}
templates:
  - welcome: {of: lead, subject: "Chào {{greeting}}", text: "Cảm ơn {{greeting}} đã quan tâm."}
assignment:
  conflict: {match: [phone, email], protect: 30d}
  pools: [web: {if: source = website, method: weighted, members: [lan: {weight: 2}, mai]}]
rules:
  - welcome: {when: lead.created, if: email is not null, do: [{emit: {kind: email, template: welcome}}]}
END
run 'cat house.yaml'
run 'crm-config apply house.yaml'
run "crm-lead add name='Vũ Hà' phone=0977111222 email=ha@example.vn source=website -q"
run 'crm-assign status:new source:website owner:none -q && crm-assign pools -o table'
run 'crm-follow run | crm-mail send - -o mbox'
run "crm-call 0977111222 na next=+2h -o table -f status,outcome,due_at,lead.name,owner"

say 'Whom to ring first, and why?'
run 'crm-score run -q'
run 'crm-score rank -l 5 -o table'

say 'After the sale: what they ask, since Thursday.  Clocks run in business hours.'
"$build/tests/gen" tickets 30 >tickets.csv
run 'export CRM_NOW=2026-11-19T01:30:00Z'
run 'crm-import ticket tickets.csv --set owner=mai'
run 'export CRM_NOW=2026-11-19T03:30:00Z'
run "crm-ticket reply ticket-1 'Xin gửi ảnh màn hình' --pending -q"
run "crm-ticket list priority:normal,high -l 12 | crm-ticket reply - 'Chúng tôi đang xem' -q"
run "crm-ticket resolve ticket-2 ticket-4 resolution='Đã xuất lại hoá đơn' csat=5 -q"
run 'export CRM_NOW=2026-11-21T02:30:00Z'

say 'The figures.'
run 'crm-report pipeline -o table'
run 'crm-report leads --by source -o table'
run 'crm-report sales --by owner --period month -o table'
run "crm-query 'select status, count(*) leads from lead group by 1 order by 2 desc' -o table"

say 'All of it on one page: in the terminal, and as a file that opens from disk, mails and prints.'
run 'crm-report dashboard -o table'
page=$build/dashboard.html
run "crm-report dashboard -o html --out '$page'"

say 'What a day begins with: the board, and the clocks of what is urgent.'
run 'crm-pipeline show -o table'
run 'crm-ticket sla priority:urgent,high -o table'

say 'And one rings: all that is known of the new customer, by order, number or name.'
run "crm-activity add kind=note account=account-3 owner=lan pinned=true -q subject='hỏi chị Hạnh, không hỏi giám đốc'"
run 'crm-view SO-2026-0001 -o table'

say "Look at the dashboard: file://$page"
say "Where to read on: README.md for a tour, man build/man/crm-tutorial.7 for two customers' lives,
man build/man/crm.7 for the whole, crm-lead --help."
