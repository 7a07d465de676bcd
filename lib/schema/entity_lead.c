/* Leads: a card picked up, a number, a form. */
#include "schema/fields.h"

#define BOTH(name) "account." name " contact." name
#define ADDRESS(name) "account.billing_" name " contact." name

static const struct field lead_fields[] = {
	ID_FIELD("lead"),
	{ "name", &type_text, F_MATCH | F_SEARCH, "person's full name", .label_vi = "Họ và tên",
	  .alias = "full name|lead name|contact name|họ tên|tên khách hàng|khách hàng",
	  .converts = "contact.name" },
	{ "first_name", &type_text, 0, "given name (tên)", .label_vi = "Tên", .alias = "given name",
	  .converts = "contact.first_name" },
	{ "last_name", &type_text, 0, "family and middle name (họ và tên đệm)",
	  .label_vi = "Họ và tên đệm", .alias = "family name|surname|họ",
	  .converts = "contact.last_name" },
	{ "salutation", &type_pick, 0, "form of address", .label_vi = "Danh xưng",
	  .picklist = "salutation", .converts = "contact.salutation" },
	{ "title", &type_text, 0, "job title", .label_vi = "Chức danh",
	  .alias = "job title|position|designation|job position|chức vụ",
	  .converts = "contact.title" },
	{ "company", &type_text, F_MATCH | F_SEARCH, "organisation they work for",
	  .label_vi = "Công ty",
	  .alias = "company name|organization|organisation|account name|tên công ty",
	  .converts = "account.name" },
	{ "kind", &type_pick, F_REQUIRED, "organisation or person", .label_vi = "Loại",
	  .picklist = "kind", .converts = "account.kind" },
	{ "email", &type_email, F_MATCH | F_SEARCH, "e-mail address", .label = "E-mail",
	  .label_vi = "Email", .alias = "e-mail|email address|mail", .converts = BOTH("email") },
	{ "phone", &type_phone, F_MATCH | F_SEARCH, "telephone", .label_vi = "Điện thoại",
	  .alias = "phone number|telephone|tel|số điện thoại|sđt|điện thoại",
	  .converts = BOTH("phone") },
	{ "mobile", &type_phone, F_MATCH | F_SEARCH, "mobile phone", .label_vi = "Di động",
	  .alias = "mobile phone|cell phone|di động|số di động", .converts = BOTH("mobile") },
	{ "zalo", &type_handle, F_MATCH | F_SEARCH, "Zalo id or number", .label_vi = "Zalo",
	  .alias = "zalo id|số zalo", .converts = BOTH("zalo") },
	{ "facebook", &type_handle, F_MATCH | F_SEARCH, "Facebook id or address",
	  .label_vi = "Facebook", .alias = "facebook id", .converts = BOTH("facebook") },
	{ "website", &type_url, F_SEARCH, "web address", .label_vi = "Trang web",
	  .alias = "web site|website url|web page", .converts = "account.website" },
	ADDRESS_FIELDS("", "", "", ADDRESS),
	{ "industry", &type_pick, 0, "line of business", .label_vi = "Ngành nghề",
	  .picklist = "industry", .alias = "sector", .converts = "account.industry" },
	{ "employees", &type_int, 0, "how many work there", .label_vi = "Số nhân viên",
	  .alias = "number of employees|no of employees", .converts = "account.employees" },
	{ "annual_revenue", &type_money, 0, "yearly turnover", .label_vi = "Doanh thu năm",
	  .converts = "account.annual_revenue" },
	{ "budget", &type_money, 0, "what they can spend", .label_vi = "Ngân sách",
	  .converts = "deal.budget deal.amount" },
	{ "currency", &type_currency, 0, "currency of the amounts", .label_vi = "Tiền tệ",
	  .converts = "account.currency deal.currency" },
	{ "need", &type_text, F_LONG | F_SEARCH, "what they need", .label_vi = "Nhu cầu",
	  .converts = "deal.need" },
	{ "interest", &type_text, F_SEARCH, "product they ask for", .label_vi = "Sản phẩm quan tâm",
	  .alias = "product|product interest|sản phẩm", .converts = "deal.interest" },
	{ "source", &type_pick, F_INDEX, "where they came from", .label_vi = "Nguồn",
	  .picklist = "lead.source", .alias = "lead source|original source|nguồn khách hàng",
	  .converts = "account.source contact.source deal.source" },
	{ "channel", &type_pick, 0, "how they got in touch", .label_vi = "Kênh",
	  .picklist = "activity.channel", .converts = "-" },
	{ "campaign", &type_ref, F_INDEX, "campaign that brought them", .label_vi = "Chiến dịch",
	  .ref = "campaign", .alias = "campaign name",
	  .converts = "account.campaign deal.campaign" },
	{ "status", &type_pick, F_REQUIRED | F_INDEX, "where they stand", .label_vi = "Trạng thái",
	  .picklist = "lead.status", .def = "new", .alias = "lead status", .converts = "-" },
	{ "rating", &type_pick, 0, "hot, warm or cold", .label_vi = "Mức độ nóng",
	  .picklist = "lead.rating", .converts = "-" },
	{ "score", &type_int, F_INDEX, "points for how promising they are", .label_vi = "Điểm",
	  .alias = "lead score|hubspot score", .converts = "-" },
	{ "win_probability", &type_number, F_DERIVED,
	  "chance that they are converted, in percent, as history has it",
	  .label_vi = "Khả năng chuyển đổi", .converts = "-" },
	{ "owner", &type_ref, F_INDEX, "user who looks after them", .label_vi = "Người phụ trách",
	  .ref = "user", .alias = "lead owner|contact owner|assigned to|salesperson",
	  .converts = "account.owner contact.owner deal.owner" },
	{ "birth_date", &type_date, F_PARTIAL, "birthday (--05-17 where the year is not known)",
	  .label_vi = "Ngày sinh", .alias = "birthday|date of birth|birthdate|sinh nhật",
	  .converts = "contact.birth_date" },
	{ "founded_on", &type_date, F_PARTIAL, "day the company was founded",
	  .label_vi = "Ngày thành lập", .converts = "account.founded_on" },
	{ "tax_code", &type_code, F_MATCH | F_SEARCH, "tax code", .label_vi = "Mã số thuế",
	  .alias = "mst|vat number|tax id", .converts = "account.tax_code" },
	CONSENT_FIELDS(BOTH),
	{ "next_contact_at", &type_instant, F_DERIVED, "earliest planned activity",
	  .label_vi = "Liên hệ tiếp theo", .converts = "-" },
	{ "last_contacted_at", &type_instant, F_DERIVED | F_INDEX, "latest contact",
	  .label_vi = "Liên hệ gần nhất", .alias = "last activity date", .converts = "-" },
	{ "contact_attempts", &type_int, F_DERIVED, "how often somebody tried to reach them",
	  .label_vi = "Số lần liên hệ", .def = "0", .converts = "-" },
	{ "disqualify_reason", &type_pick, 0, "why they are no customer", .label_vi = "Lý do loại",
	  .picklist = "lead.disqualify_reason", .converts = "-" },
	{ "disqualified_from", &type_pick, F_DERIVED,
	  "status they had before they were disqualified", .label_vi = "Loại từ trạng thái",
	  .picklist = "lead.status", .converts = "-" },
	{ "notes", &type_text, F_LONG | F_SEARCH, "free text", .label_vi = "Ghi chú",
	  .alias = "note|description|comments",
	  .converts = "account.description contact.description deal.description" },
	{ "converted_at", &type_instant, F_SYSTEM, "when they were converted",
	  .label_vi = "Ngày chuyển đổi", .converts = "-" },
	{ "account", &type_ref, F_SYSTEM | F_INDEX, "account made of them",
	  .label_vi = "Thành khách hàng", .ref = "account", .converts = "-" },
	{ "contact", &type_ref, F_SYSTEM | F_INDEX, "contact made of them",
	  .label_vi = "Thành người liên hệ", .ref = "contact", .converts = "-" },
	{ "deal", &type_ref, F_SYSTEM | F_INDEX, "deal made of them", .label_vi = "Thành cơ hội",
	  .ref = "deal", .converts = "-" },
	{ "assigned_at", &type_instant, F_DERIVED, "when they got their owner",
	  .label_vi = "Ngày giao", .converts = "-" },
	{ "first_response_at", &type_instant, F_DERIVED, "first time somebody got back to them",
	  .label_vi = "Phản hồi đầu tiên", .converts = "-" },
	{ "sla", &type_text, F_DERIVED, "policy that the promise comes from", .label = "SLA",
	  .label_vi = "Chính sách SLA", .converts = "-" },
	{ "response_due", &type_instant, F_DERIVED,
	  "until when the policy wants somebody to get back to them", .label_vi = "Hạn phản hồi",
	  .converts = "-" },
	{ "external_id", &type_external, F_MATCH, "number under which another system knows them",
	  .label_vi = "Mã bên ngoài", .alias = "record id|external id", .converts = "-" },
	SYSTEM_FIELDS,
};

static void check_kind(struct record *r, const struct record *old)
{
	bool gained = is_set(r, "company") && (!old || !is_set(old, "company"));
	if (!is_set(r, "kind") || (old && gained && !changed(r, old, "kind")))
		set_text(r, "kind", is_set(r, "company") ? STR("org") : STR("person"));
}

/* How far they had come, and what crm-score had made of them is certain now, or open again. */
static void follow_status(struct record *r, const struct record *old)
{
	struct str now = text_of(r, "status"), was = old ? text_of(old, "status") : STR("");
	bool lost = str_is(now, "disqualified"), won = str_is(now, "converted");
	bool closed = str_is(was, "disqualified") || str_is(was, "converted");
	if (!lost)
		set_null(r, "disqualified_from");
	else if (old && !closed && !changed(r, old, "disqualified_from"))
		set_text(r, "disqualified_from", was);
	settle_chance(r, won ? 100 : 0, won || lost, closed);
}

static bool check_status(struct record *r, const struct record *old, const struct codec *c,
			 struct diag *d)
{
	struct str status = text_of(r, "status");
	if (!c->trusted && old && str_is(text_of(old, "status"), "converted"))
		return diag_set(d, NULL, "it is converted, and history from then on");
	if (!c->trusted && str_is(status, "converted"))
		return diag_set(d, "status", "only crm-convert makes a lead \"converted\"");
	if (!str_is(status, "disqualified")) {
		if (is_set(r, "disqualify_reason") && changed(r, old, "disqualify_reason"))
			return diag_set(d, "disqualify_reason", "the lead is not disqualified");
		set_null(r, "disqualify_reason");
		return true;
	}
	if (!is_set(r, "disqualify_reason"))
		return diag_set(d, "disqualify_reason", "a disqualified lead needs a reason");
	if (str_is(text_of(r, "disqualify_reason"), "other") && !is_set(r, "notes"))
		return diag_set(d, "notes", "the reason \"other\" wants a word in the notes");
	return true;
}

static bool check_lead(struct record *r, const struct record *old, const struct codec *c,
		       struct diag *d)
{
	check_name(r, old, c);
	if (!is_set(r, "name") && !is_set(r, "company") && !is_set(r, "phone") &&
	    !is_set(r, "email") && !is_set(r, "mobile"))
		return diag_set(d, NULL,
				"needs a name, a company, a phone number or an e-mail address");
	check_kind(r, old);
	check_consent(r, old, c);
	if (changed(r, old, "owner") && !changed(r, old, "assigned_at") && !c->restoring) {
		set_null(r, "assigned_at");
		if (is_set(r, "owner"))
			set_now(r, "assigned_at", c);
	}
	if (!c->restoring && changed(r, old, "status"))
		follow_status(r, old);
	return check_status(r, old, c, d);
}

const struct entity entity_lead = {
	.name = "lead",
	.plural = "leads",
	.label_vi = "Đầu mối",
	.help = "people and companies who may become customers",
	ENTITY_FIELDS(lead_fields),
	.list = "id,name,company,phone,email,source,status,score,owner",
	.title = "name",
	/*
	 * What becomes of those who came in, which reports read without the rest of the record;
	 * who waits for an answer that was promised.
	 */
	.indexes = "created_at status source owner disqualify_reason disqualified_from deal "
		   "converted_at first_response_at last_contacted_at rev|"
		   "first_response_at response_due?",
	.check = check_lead,
};
