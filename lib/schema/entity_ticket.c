/* Tickets: questions, complaints and requests, with the clocks that run on them. */
#include "schema/fields.h"

static const struct field ticket_fields[] = {
	ID_FIELD("ticket"),
	{ "number", &type_text, F_UNIQUE | F_MATCH | F_SEARCH, "number one can tell the customer",
	  .label_vi = "Số phiếu", .alias = "ticket number|case number|ticket no|ticket id" },
	{ "subject", &type_text, F_REQUIRED | F_MATCH | F_SEARCH, "what it is about, in a line",
	  .label_vi = "Chủ đề", .alias = "title|name|ticket name" },
	{ "description", &type_text, F_LONG | F_SEARCH, "what they said", .label_vi = "Nội dung",
	  .alias = "body|details" },
	{ "kind", &type_pick, F_REQUIRED, "what it is", .label_vi = "Loại",
	  .picklist = "ticket.kind", .def = "question", .alias = "type|category" },
	{ "priority", &type_pick, F_REQUIRED, "how urgent", .label_vi = "Ưu tiên",
	  .picklist = "priority", .def = "normal" },
	{ "status", &type_pick, F_REQUIRED, "how far it is", .label_vi = "Trạng thái",
	  .picklist = "ticket.status", .def = "new", .alias = "ticket status|state" },
	{ "channel", &type_pick, 0, "how it came in", .label_vi = "Kênh",
	  .picklist = "activity.channel", .alias = "origin|source" },
	PERSON_REFS("who asks"),
	{ "product", &type_ref, 0, "product it is about", .label_vi = "Sản phẩm",
	  .ref = "product" },
	{ "order", &type_ref, F_INDEX, "order it is about", .label_vi = "Đơn hàng",
	  .ref = "order" },
	{ "owner", &type_ref, F_INDEX, "user who works on it", .label_vi = "Người xử lý",
	  .ref = "user", .alias = "ticket owner|assigned to|agent" },
	{ "opened_at", &type_instant, F_REQUIRED | F_INDEX, "when it came in",
	  .label_vi = "Tiếp nhận lúc", .alias = "created|opened|received" },
	{ "first_response_at", &type_instant, F_DERIVED, "when they first heard from us",
	  .label_vi = "Phản hồi đầu tiên" },
	{ "resolved_at", &type_instant, F_DERIVED | F_INDEX, "when it was resolved",
	  .label_vi = "Giải quyết lúc" },
	{ "closed_at", &type_instant, F_DERIVED, "when it was closed", .label_vi = "Đóng lúc" },
	{ "sla", &type_text, F_DERIVED, "policy that its promises come from", .label = "SLA",
	  .label_vi = "Chính sách SLA" },
	{ "response_due", &type_instant, F_DERIVED, "until when the policy wants a first response",
	  .label_vi = "Hạn phản hồi" },
	{ "resolution_due", &type_instant, F_DERIVED,
	  "until when the policy wants it resolved; waiting moves it on",
	  .label_vi = "Hạn giải quyết" },
	{ "pending_since", &type_instant, F_DERIVED, "since when it waits for the customer",
	  .label_vi = "Chờ từ" },
	{ "pending_s", &type_int, F_DERIVED, "business seconds it has waited so far",
	  .label_vi = "Đã chờ (giây)" },
	{ "reopened", &type_int, F_DERIVED, "how often it was opened again",
	  .label_vi = "Số lần mở lại", .def = "0" },
	{ "resolution", &type_text, F_LONG | F_SEARCH, "what was done about it",
	  .label_vi = "Cách giải quyết", .alias = "solution" },
	{ "csat", &type_int, 0, "how satisfied they are, 1 to 5", .label = "CSAT",
	  .label_vi = "Mức hài lòng", .alias = "satisfaction|rating" },
	EXTERNAL_ID,
	SYSTEM_FIELDS,
};

enum { CSAT_LEAST = 1, CSAT_MOST = 5 };

static bool is_over(struct str status)
{
	return is_one_of(status, (const char *const[]){ "resolved", "closed", NULL });
}

/* What a change of status says about times.  Service hours: the store (service.c). */
static void follow_status(struct record *r, const struct record *old, const struct codec *c)
{
	struct str to = text_of(r, "status");
	bool imported = c->seeding && !old; /* whatever happened to it did not happen now */
	if (str_is(to, "pending") && !is_set(r, "pending_since"))
		set_now(r, "pending_since", c);
	if (is_over(to) && !is_set(r, "resolved_at") && !imported)
		set_now(r, "resolved_at", c);
	if (str_is(to, "closed") && !is_set(r, "closed_at") && !imported)
		set_now(r, "closed_at", c);
	if (!str_is(to, "closed"))
		set_null(r, "closed_at");
	if (is_over(to))
		return;
	set_null(r, "resolved_at");
	if (!old || !is_over(text_of(old, "status")))
		return;
	record_get(r, "reopened")->i++;
	if (!is_set(r, "first_response_at")) /* resolved without a word: that was the answer */
		*record_get(r, "first_response_at") = *record_at(old, "resolved_at");
}

static bool check_ticket(struct record *r, const struct record *old, const struct codec *c,
			 struct diag *d)
{
	const struct value *csat = record_at(r, "csat");
	if (csat->kind == V_INT && (csat->i < CSAT_LEAST || csat->i > CSAT_MOST))
		return diag_set(d, "csat", "%lld is not between %d and %d", (long long)csat->i,
				CSAT_LEAST, CSAT_MOST);
	if (!is_set(r, "opened_at"))
		set_text(r, "opened_at", text_of(r, "created_at"));
	if (!is_set(r, "opened_at"))
		set_now(r, "opened_at", c);
	if (c->restoring)
		return true;
	if (old && changed(r, old, "status") && str_is(text_of(r, "status"), "new"))
		return diag_set(d, "status", "a ticket is new but once; open it again instead");
	if (!is_set(r, "reopened"))
		*record_get(r, "reopened") = value_int(0);
	if (!old || changed(r, old, "status"))
		follow_status(r, old, c);
	return true;
}

const struct entity entity_ticket = {
	.name = "ticket",
	.plural = "tickets",
	.label_vi = "Yêu cầu hỗ trợ",
	.help = "questions, complaints and requests of customers",
	ENTITY_FIELDS(ticket_fields),
	.list = "id,number,subject,account.name,priority,status,response_due,resolution_due,owner",
	.title = "subject",
	/* what waits; what reports read of tickets: most of them look at all */
	.indexes = "status resolution_due opened_at priority owner|"
		   "opened_at status priority owner sla first_response_at resolved_at "
		   "response_due resolution_due pending_since",
	.check = check_ticket,
};
