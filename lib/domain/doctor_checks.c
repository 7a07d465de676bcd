/* All checks.  One that is a condition is a row here and nothing else. */
#include "domain/doctor_rules.h"

#define OPEN_LEAD "t.status not in ('target', 'disqualified', 'converted')"
#define STAGE_IS(kinds)                                                                   \
	"exists (select 1 from stage s where s.pipeline = t.pipeline and s.key = t.stage" \
	" and s.kind in (" kinds "))"
#define GONE "t.owner in (select u.id from \"user\" u where u.active = 0)"
#define LOGGED_NOTHING(since)                                                             \
	"t.active = 1 and t.created_at < {" since "}"                                     \
	" and t.id not in (select c.\"user\" from change_set c where c.at >= {" since "}" \
	" and c.\"user\" is not null)"                                                    \
	" and t.id not in (select a.owner from activity a where a.done_at >= {" since "}" \
	" and a.owner is not null)"

/* One reading of the lines, summed up: l. */
#define LINES_OF(whole, whole_table)                                                         \
	whole_table " t left join (select " whole " id, sum(amount) amount,"                 \
		    " sum(coalesce(discount_amount, 0)) discount, sum(coalesce(tax, 0)) tax" \
		    " from "
#define AND_TOTALS " group by 1) l on l.id = t.id"
#define IS_NOT(field, sum) "coalesce(t." field ", 0) <> coalesce(" sum ", 0)"
#define TOTALS_DIFFER                                                                        \
	"(l.id is not null and (" IS_NOT("subtotal", "l.amount + l.discount") " or " IS_NOT( \
	    "discount",                                                                      \
	    "l.discount") " or " IS_NOT("tax", "l.tax") ")) or t.margin <> "                 \
							"t.subtotal - t.discount - t.cost or "
#define REFUSES(channel, consent)                                        \
	"(c.channel = '" channel "' and (coalesce(l." consent ", 0) = 1" \
	" or coalesce(a." consent ", 0) = 1 or coalesce(p." consent ", 0) = 1))"

/* clang-format off */
const struct check checks[] = {
	/* what should never be */
	{ "integrity", NULL, SEVERITY_ERROR, "the file is damaged", "tệp dữ liệu bị hỏng",
	  "crm-doctor restore BACKUP", .run = rule_integrity },
	{ "orphan", NULL, SEVERITY_ERROR, "names a record that is not there", "trỏ tới bản ghi không tồn tại",
	  "clear the field, such as crm-lead set REF owner=",
	  .mend_vi = "xoá trống trường đó, ví dụ crm-lead set REF owner=", .each = rule_orphan },
	{ "pending", NULL, SEVERITY_WARN, "links wait for records that have not come",
	  "liên kết chờ bản ghi chưa được nhập", "import the missing records",
	  .mend_vi = "nhập các bản ghi còn thiếu", .run = rule_pending },
	{ "counter", NULL, SEVERITY_ERROR, "the next id is behind the largest one", "số thứ tự kế tiếp đã dùng",
	  "crm-doctor mend", .run = rule_counter },
	{ "keys", NULL, SEVERITY_ERROR, "search text or keys do not say what the fields say",
	  "khoá tìm kiếm lệch với dữ liệu", "crm-doctor mend", .run = rule_keys },
	{ "value", NULL, SEVERITY_ERROR, "a date that does not exist", "ngày không tồn tại",
	  "set the field again",
	  .mend_vi = "nhập lại trường đó", .run = rule_value },
	{ "picklist", NULL, SEVERITY_ERROR, "a value that is not in its list", "giá trị không có trong danh mục",
	  "set the field again, or add the value to the list",
	  .mend_vi = "nhập lại trường đó, hoặc thêm giá trị vào danh mục", .each = rule_picklist },
	{ "required", NULL, SEVERITY_ERROR, "empty, and must not be", "bắt buộc nhưng đang trống",
	  "fill the field",
	  .mend_vi = "điền trường đó", .each = rule_required },

	/* time */
	{ "future", NULL, SEVERITY_WARN, "lies in the future", "nằm trong tương lai",
	  "correct the date; and the computer's clock",
	  .mend_vi = "sửa ngày, và đồng hồ máy tính", .each = rule_future },
	{ "order", NULL, SEVERITY_WARN, "is before what it follows", "trước thời điểm bắt đầu",
	  "correct the dates",
	  .mend_vi = "sửa các ngày", .each = rule_before },
	{ "done", "activity", SEVERITY_ERROR, "done, without saying when", "đã xong nhưng không có thời điểm",
	  "crm-activity set REF done_at=…", .where = "t.status = 'done' and t.done_at is null" },
	{ "overdue", "activity", SEVERITY_WARN, "planned, and more than 30 days overdue", "quá hạn hơn 30 ngày",
	  "do it, or crm-activity set REF status=cancelled",
	  .mend_vi = "làm ngay, hoặc crm-activity set REF status=cancelled",
	  .where = "t.status = 'planned' and t.due_at < {-30d}" },
	{ "closed", "deal", SEVERITY_ERROR, "closed_at and the stage do not agree", "ngày chốt không khớp với bước",
	  "crm-pipeline move REF STAGE",
	  .where = "(t.closed_at is null and " STAGE_IS("'won', 'lost'") ") or"
		   " (t.closed_at is not null and " STAGE_IS("'open'") ")" },
	{ "overdue", "deal", SEVERITY_WARN, "open, and expected to be closed by now", "quá ngày dự kiến chốt",
	  "crm-deal set REF expected_close=…, or win or lose it",
	  .mend_vi = "crm-deal set REF expected_close=…, hoặc chốt thắng, chốt thua",
	  .where = "t.expected_close < {today} and " STAGE_IS("'open'") },

	/* what follows from other records */
	{ "contacted", NULL, SEVERITY_ERROR, "last_contacted_at is before the last contact",
	  "lần liên hệ cuối chưa được cập nhật", "touch the activity: crm-activity set REF done_at=…",
	  .mend_vi = "ghi lại hoạt động: crm-activity set REF done_at=…",
	  .run = rule_contacted },
	{ "next", NULL, SEVERITY_ERROR, "next_contact_at is not the earliest plan",
	  "lần liên hệ tiếp theo không khớp kế hoạch", "touch the activity: crm-activity set REF due_at=…",
	  .mend_vi = "ghi lại hoạt động: crm-activity set REF due_at=…",
	  .run = rule_next_contact },
	{ "attempts", "lead", SEVERITY_ERROR, "contact_attempts is less than the contacts", "số lần liên hệ bị thiếu",
	  "import the lead with the right number",
	  .mend_vi = "nhập lại đầu mối với số đúng",
	  .from = "(select lead, count(*) n from activity where status = 'done' and done_at is not null"
		  " and coalesce(direction, 'out') <> 'in' and kind in ('call', 'email', 'meeting',"
		  " 'sms', 'chat', 'visit', 'letter') and coalesce(automatic, 0) = 0 group by lead) a join lead t on t.id = a.lead",
	  .where = "coalesce(t.contact_attempts, 0) < a.n" },
	{ "customer", "account", SEVERITY_ERROR, "customer_since is after the first win", "ngày thành khách hàng bị sai",
	  "reopen and win the deal again",
	  .mend_vi = "mở lại rồi chốt thắng lại",
	  .from = "deal d join stage s on s.pipeline = d.pipeline and s.key = d.stage"
		  " join account t on t.id = d.account",
	  .where = "s.kind = 'won' and local_day(d.closed_at) < coalesce(t.customer_since, '9999')" },
	{ "stage", "deal", SEVERITY_ERROR, "its stage is not the last one of its history",
	  "bước hiện tại không khớp lịch sử", "crm-pipeline move REF STAGE",
	  .where = "t.stage <> (select c.stage from stage_change c where c.deal = t.id"
		   " order by c.at desc, c.id desc limit 1)" },
	{ "pipeline", "deal", SEVERITY_ERROR, "its stage is none of its pipeline", "bước không thuộc quy trình",
	  "crm-pipeline move REF STAGE",
	  .where = "not exists (select 1 from stage s where s.pipeline = t.pipeline and s.key = t.stage)" },
	{ "primary", "account", SEVERITY_ERROR, "has contacts, but not one main contact",
	  "không có đúng một người liên hệ chính", "crm-contact set REF is_primary=true",
	  .from = "(select account id from contact where account is not null group by account"
		  " having sum(is_primary) <> 1) t" },
	{ "converted", "lead", SEVERITY_ERROR, "converted, but the account is gone", "đã chuyển đổi nhưng mất khách hàng",
	  "crm-log lead-N says what became of it",
	  .mend_vi = "xem crm-log lead-N để biết chuyện gì đã xảy ra",
	  .where = "t.status = 'converted' and t.account is null" },
	{ "unconverted", "lead", SEVERITY_ERROR, "not converted, but with an account", "chưa chuyển đổi nhưng có khách hàng",
	  "crm-log lead-N says who did that",
	  .mend_vi = "xem crm-log lead-N để biết ai đã làm",
	  .where = "t.status <> 'converted' and t.converted_at is not null" },

	{ "amounts", NULL, SEVERITY_ERROR, "its quantity and price make another amount",
	  "số lượng và đơn giá không khớp thành tiền", "set the line's price again, with --reason",
	  .mend_vi = "nhập lại đơn giá của dòng, kèm --reason",
	  .run = rule_amounts },
	{ "total", "deal", SEVERITY_ERROR, "its amount is not what its lines come to",
	  "giá trị không khớp tổng các dòng", "crm-deal set-line LINE quantity=… sums them up again",
	  .mend_vi = "crm-deal set-line LINE quantity=… để cộng lại",
	  .from = "(select deal, sum(amount) n from deal_line group by deal) l join deal t on t.id = l.deal",
	  .where = "coalesce(t.amount, -1) <> l.n" },
	{ "total", "quote", SEVERITY_ERROR, "its totals are not what its lines come to",
	  "tổng tiền không khớp các dòng", "crm-quote set-line LINE quantity=… sums them up again",
	  .mend_vi = "crm-quote set-line LINE quantity=… để cộng lại",
	  .from = LINES_OF("quote", "quote") "quote_line" AND_TOTALS,
	  .where = TOTALS_DIFFER IS_NOT("total", "t.subtotal - t.discount + t.tax") },
	{ "total", "order", SEVERITY_ERROR, "its totals are not what its lines come to",
	  "tổng tiền không khớp các dòng", "crm-order set-line LINE quantity=… sums them up again",
	  .mend_vi = "crm-order set-line LINE quantity=… để cộng lại",
	  .from = LINES_OF("\"order\"", "\"order\"") "order_line" AND_TOTALS,
	  .where = TOTALS_DIFFER
		   IS_NOT("total", "t.subtotal - t.discount + t.tax + coalesce(t.shipping_fee, 0)") },
	{ "returned", "order", SEVERITY_ERROR, "what came back is not worth what its lines say",
	  "giá trị trả lại không khớp các dòng", "crm-order set-line LINE quantity=… sums them up again",
	  .mend_vi = "crm-order set-line LINE quantity=… để cộng lại",
	  /* each line is rounded to a whole unit */
	  .from = "\"order\" t join (select \"order\" id, count(*) n, sum(amount * 1.0 * returned / quantity) amount,"
		  " sum(tax * 1.0 * returned / quantity) tax from order_line where quantity <> 0"
		  " and returned is not null group by 1) l on l.id = t.id",
	  .where = "abs(coalesce(t.returned, 0) - l.amount) > l.n or abs(coalesce(t.returned_tax, 0) - l.tax) > l.n" },
	{ "balance", "order", SEVERITY_ERROR, "its balance is not what is due less what was paid",
	  "số còn phải thu không khớp", "crm-order set-line LINE quantity=… makes it anew",
	  .mend_vi = "crm-order set-line LINE quantity=… để tính lại",
	  .where = IS_NOT("balance", "case when t.status = 'cancelled' then 0 else t.total"
		   " - coalesce(t.returned, 0) - coalesce(t.returned_tax, 0) end - coalesce(t.paid, 0)") },
	{ "paid", "order", SEVERITY_ERROR, "paid is less than the payments noted", "đã thanh toán ít hơn các khoản đã ghi",
	  "crm-log order-N says who did that",
	  .mend_vi = "xem crm-log order-N để biết ai đã làm",
	  .from = "(select \"order\" id, sum(value) n from event where kind = 'payment'"
		  " and \"order\" is not null group by 1) e join \"order\" t on t.id = e.id",
	  .where = "coalesce(t.paid, 0) < e.n" },
	{ "rate", NULL, SEVERITY_WARN, "in a currency without an exchange rate", "tiền tệ chưa có tỷ giá",
	  "crm-product set-rate FROM TO RATE", .run = rule_rate },
	{ "response", "ticket", SEVERITY_ERROR, "first_response_at is not the first answer",
	  "lần phản hồi đầu tiên không khớp", "touch the activity: crm-activity set REF done_at=…",
	  .mend_vi = "ghi lại hoạt động: crm-activity set REF done_at=…",
	  .from = "(select ticket, min(done_at) n from activity where status = 'done'"
		  " and coalesce(direction, 'out') <> 'in' and kind in ('call', 'email', 'meeting',"
		  " 'sms', 'chat', 'visit', 'letter') and coalesce(automatic, 0) = 0 group by ticket) a join ticket t on t.id = a.ticket",
	  .where = "coalesce(t.first_response_at, '9999') > a.n" },
	{ "clock", "ticket", SEVERITY_ERROR, "its times and its status do not agree", "thời điểm không khớp trạng thái",
	  "crm-ticket reopen REF, or resolve it",
	  .mend_vi = "crm-ticket reopen REF, hoặc giải quyết xong",
	  .where = "(t.status = 'pending' and t.pending_since is null)"
		   " or (t.status not in ('resolved', 'closed') and t.resolved_at is not null)"
		   " or (t.status <> 'closed' and t.closed_at is not null) or t.pending_s < 0" },
	{ "condition", "segment", SEVERITY_ERROR, "its condition is not understood", "điều kiện không hợp lệ",
	  "crm-segment set REF condition='…'", .run = rule_condition },

	/* what the rules want */
	{ "consent", "campaign_member", SEVERITY_ERROR, "to be contacted, and said no",
	  "từ chối liên hệ nhưng vẫn trong danh sách", "crm-campaign remove CAMPAIGN REF",
	  .from = "campaign_member t join campaign c on c.id = t.campaign left join lead l on l.id = t.lead"
		  " left join account a on a.id = t.account left join contact p on p.id = t.contact",
	  .where = "t.status in ('listed', 'queued') and (" REFUSES("email", "do_not_email") " or "
		   REFUSES("sms", "do_not_sms") " or " REFUSES("zalo", "do_not_zalo") " or "
		   REFUSES("call", "do_not_call") ")" },
	{ "owner", "lead", SEVERITY_WARN, "open, without an owner", "chưa có người phụ trách",
	  "crm-doctor check lead.owner -o refs | crm-lead set owner=LOGIN",
	  .where = "t.owner is null and " OPEN_LEAD },
	{ "owner", "deal", SEVERITY_WARN, "open, without an owner", "chưa có người phụ trách",
	  "crm-doctor check deal.owner -o refs | crm-deal set owner=LOGIN",
	  .where = "t.owner is null and " STAGE_IS("'open'") },
	{ "owner", "account", SEVERITY_INFO, "without an owner", "chưa có người phụ trách",
	  "crm-doctor check account.owner -o refs | crm-account set owner=LOGIN",
	  .where = "t.owner is null" },
	{ "owner", "ticket", SEVERITY_WARN, "open, without an owner", "chưa có người xử lý",
	  "crm-doctor check ticket.owner -o refs | crm-ticket set owner=LOGIN",
	  .where = "t.owner is null and t.status not in ('resolved', 'closed')" },
	{ "inactive", "lead", SEVERITY_WARN, "open, and its owner does not work here any more",
	  "người phụ trách đã nghỉ việc", "crm-user retire LOGIN --to LOGIN", .where = GONE " and " OPEN_LEAD },
	{ "inactive", "deal", SEVERITY_WARN, "open, and its owner does not work here any more",
	  "người phụ trách đã nghỉ việc", "crm-user retire LOGIN --to LOGIN",
	  .where = GONE " and " STAGE_IS("'open'") },
	{ "inactive", "account", SEVERITY_WARN, "its owner does not work here any more", "người phụ trách đã nghỉ việc",
	  "crm-user retire LOGIN --to LOGIN", .where = GONE },
	{ "inactive", "ticket", SEVERITY_WARN, "open, and its owner does not work here any more",
	  "người xử lý đã nghỉ việc", "crm-user retire LOGIN --to LOGIN",
	  .where = GONE " and t.status not in ('resolved', 'closed')" },
	{ "inactive", "activity", SEVERITY_WARN, "planned for somebody who does not work here any more",
	  "được giao cho người đã nghỉ việc", "crm-user retire LOGIN --to LOGIN",
	  .where = GONE " and t.status = 'planned'" },
	{ "nobody", "lead", SEVERITY_ERROR, "neither name nor company, phone or e-mail", "không có tên, điện thoại, email",
	  "crm-lead rm REF",
	  .where = "t.name is null and t.company is null and t.phone is null and t.email is null" },
	{ "nobody", "deal", SEVERITY_ERROR, "neither account nor contact", "không có khách hàng",
	  "crm-deal set REF account=…", .where = "t.account is null and t.contact is null" },
	{ "nobody", "activity", SEVERITY_INFO, "about nobody", "không gắn với ai", "crm-activity set REF lead=…",
	  .where = "t.lead is null and t.account is null and t.contact is null and t.deal is null" },
	{ "reason", "lead", SEVERITY_ERROR, "disqualified without a reason", "bị loại không rõ lý do",
	  "crm-lead set REF disqualify_reason=…",
	  .where = "t.status = 'disqualified' and t.disqualify_reason is null" },
	{ "reason", "deal", SEVERITY_ERROR, "lost without a reason", "thua không rõ lý do",
	  "crm-deal set REF lost_reason=…", .where = "t.lost_reason is null and " STAGE_IS("'lost'") },
	{ "amount", "deal", SEVERITY_INFO, "open, and nobody knows what it is worth", "chưa có giá trị",
	  "crm-deal set REF amount=…", .where = "t.amount is null and " STAGE_IS("'open'") },
	{ "plan", "deal", SEVERITY_INFO, "open, with nothing planned", "chưa có kế hoạch tiếp theo",
	  "crm-doctor check deal.plan -o refs | crm-activity add kind=call due_at=tomorrow -",
	  .where = "t.next_contact_at is null and " STAGE_IS("'open'") },
	{ "duplicate", NULL, SEVERITY_WARN, "the same on several", "trùng nhau",
	  "crm-dedupe find | crm-dedupe merge - -n",
	  .run = rule_duplicate },

	/* how the system is used */
	{ "complete", NULL, SEVERITY_INFO, "filled in", "đã điền", "ask for it when talking to them",
	  .mend_vi = "hỏi khi nói chuyện với họ",
	  .each = rule_complete, .share = true },
	{ "idle7", "user", SEVERITY_INFO, "logged nothing for 7 days", "không ghi nhận gì trong 7 ngày",
	  "ask why; crm-user set REF active=false for those who left",
	  .mend_vi = "hỏi lý do; crm-user set REF active=false cho người đã nghỉ", .where = LOGGED_NOTHING("-7d") },
	{ "idle30", "user", SEVERITY_WARN, "logged nothing for 30 days", "không ghi nhận gì trong 30 ngày",
	  "ask why; crm-user set REF active=false for those who left",
	  .mend_vi = "hỏi lý do; crm-user set REF active=false cho người đã nghỉ", .where = LOGGED_NOTHING("-30d") },
};
/* clang-format on */

const size_t nchecks = countof(checks);
