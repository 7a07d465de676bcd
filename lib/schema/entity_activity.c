/* Activities: every touch, whatever the department. */
#include "schema/fields.h"

static const struct field activity_fields[] = {
	ID_FIELD("activity"),
	{ "kind", &type_pick, F_REQUIRED, "what sort of touch", .label_vi = "Loại",
	  .picklist = "activity.kind", .alias = "type|activity type" },
	{ "channel", &type_pick, 0, "through what", .label_vi = "Kênh",
	  .picklist = "activity.channel" },
	{ "direction", &type_pick, 0, "in or out", .label_vi = "Chiều",
	  .picklist = "activity.direction" },
	{ "subject", &type_text, F_SEARCH, "what it is about, in a line", .label_vi = "Chủ đề",
	  .alias = "suggestion" },
	{ "body", &type_text, F_LONG | F_SEARCH, "the text", .label_vi = "Nội dung",
	  .alias = "note|notes|description|evidence" },
	{ "status", &type_pick, F_REQUIRED, "planned or done", .label_vi = "Trạng thái",
	  .picklist = "activity.status" },
	{ "due_at", &type_instant, F_INDEX, "when it is to be done", .label_vi = "Hạn",
	  .alias = "due date" },
	{ "started_at", &type_instant, 0, "when it began", .label_vi = "Bắt đầu" },
	{ "done_at", &type_instant, F_INDEX, "when it was done", .label_vi = "Hoàn thành" },
	{ "duration_s", &type_int, 0, "how long it took, in seconds",
	  .label_vi = "Thời lượng (giây)", .alias = "duration" },
	{ "outcome", &type_pick, F_INDEX, "what came of it", .label_vi = "Kết quả",
	  .picklist = "activity.outcome" },
	{ "quality", &type_percent, 0, "how good it was, 0 to 100", .label_vi = "Chất lượng" },
	{ "priority", &type_pick, 0, "how urgent", .label_vi = "Ưu tiên", .picklist = "priority",
	  .alias = "severity" },
	{ "owner", &type_ref, F_INDEX, "who does it", .label_vi = "Người thực hiện", .ref = "user",
	  .alias = "assigned to" },
	{ "location", &type_text, 0, "where", .label_vi = "Địa điểm" },
	{ "lead", &type_ref, F_INDEX, "lead it is about", .label_vi = "Đầu mối", .ref = "lead" },
	{ "account", &type_ref, F_INDEX, "account it is about", .label_vi = "Khách hàng",
	  .ref = "account" },
	{ "contact", &type_ref, F_INDEX, "contact it is about", .label_vi = "Người liên hệ",
	  .ref = "contact" },
	{ "deal", &type_ref, F_INDEX, "deal it is about", .label_vi = "Cơ hội", .ref = "deal" },
	{ "ticket", &type_ref, F_INDEX, "ticket it is about", .label_vi = "Phiếu hỗ trợ",
	  .ref = "ticket" },
	{ "campaign", &type_ref, F_INDEX, "campaign it belongs to", .label_vi = "Chiến dịch",
	  .ref = "campaign" },
	{ "order", &type_ref, F_INDEX, "order it is about", .label_vi = "Đơn hàng",
	  .ref = "order" },
	{ "product", &type_ref, F_INDEX, "product it is about", .label_vi = "Sản phẩm",
	  .ref = "product" },
	{ "reply_to", &type_ref, F_INDEX, "activity it answers", .label_vi = "Trả lời cho",
	  .ref = "activity" },
	{ "automatic", &type_bool, 0,
	  "a program did it, so nobody was in touch: a mailing, an absence note",
	  .label_vi = "Tự động" },
	{ "pinned", &type_bool, 0, "a fact to see first", .label_vi = "Ghim" },
	{ "repeats", &type_rrule, F_INDEX, "when it comes again: FREQ=WEEKLY;BYDAY=MO",
	  .label_vi = "Lặp lại", .alias = "rrule" },
	{ "external_id", &type_external, F_MATCH, "number under which another system knows it",
	  .label_vi = "Mã bên ngoài", .alias = "record id|message id" },
	SYSTEM_FIELDS,
};

/* Asked of what is written now: an old slip is no reason to refuse another field. */
static bool in_order(const struct record *r, const struct record *old, struct diag *d)
{
	const struct value *s = record_at(r, "duration_s");
	bool moved = !old || changed(r, old, "started_at") || changed(r, old, "done_at");
	if (s->kind == V_INT && s->i < 0 && (!old || changed(r, old, "duration_s")))
		return diag_set(d, "duration_s", "it cannot have taken less than no time");
	if (moved && is_set(r, "started_at") && is_set(r, "done_at") &&
	    str_cmp(text_of(r, "done_at"), text_of(r, "started_at")) < 0)
		return diag_set(d, "done_at", "it was done before it began (started_at)");
	return true;
}

static bool check_activity(struct record *r, const struct record *old, const struct codec *c,
			   struct diag *d)
{
	static const char *const outward[] = { "call", "email", "sms", NULL };
	if (!is_set(r, "status"))
		set_text(r, "status",
			 is_set(r, "due_at") && !is_set(r, "done_at") && !is_set(r, "outcome")
			     ? STR("planned")
			     : STR("done"));
	if (c->restoring)
		return true;
	if (!old && !is_set(r, "direction") && is_one_of(text_of(r, "kind"), outward))
		set_text(r, "direction", STR("out"));
	bool done = str_is(text_of(r, "status"), "done");
	if (done && !is_set(r, "done_at"))
		set_now(r, "done_at", c);
	if (!done && old && !changed(r, old, "done_at"))
		set_null(r, "done_at");
	return in_order(r, old, d);
}

const struct entity entity_activity = {
	.name = "activity",
	.plural = "activities",
	.label_vi = "Hoạt động",
	.help = "calls, e-mails, meetings, notes, tasks: every touch",
	ENTITY_FIELDS(activity_fields),
	.list = "id,kind,subject,status,due_at,done_at,outcome,lead.name,account.name,owner",
	.title = "subject",
	/*
	 * What was done in some time, what with whom, what is planned: the first two hold all that
	 * most reports read.  More than eleven columns take twice as long to sort.  Calls have one
	 * of their own, by customer: what came after each is then found where the last was.
	 */
	.indexes =
	    "done_at status kind direction channel outcome duration_s owner lead account contact|"
	    "account done_at status kind direction channel lead contact deal started_at automatic|"
	    "kind=call account done_at status kind direction outcome duration_s owner lead contact "
	    "quality|"
	    "status due_at?",
	.about = "lead contact account deal",
	.check = check_activity,
};
