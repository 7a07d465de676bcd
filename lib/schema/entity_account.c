/* Accounts: organisations and persons that are, were or may be customers. */
#include "schema/fields.h"

static const struct field account_fields[] = {
	ID_FIELD("account"),
	{ "name", &type_text, F_REQUIRED | F_MATCH | F_SEARCH, "name of the organisation or person",
	  .label_vi = "Tên khách hàng",
	  .alias = "account name|company|company name|account|organization|organisation|công "
		   "ty|tên công ty" },
	{ "kind", &type_pick, F_REQUIRED, "organisation or person", .label_vi = "Loại",
	  .picklist = "kind", .def = "org" },
	{ "type", &type_pick, F_REQUIRED | F_INDEX, "what they are to us", .label_vi = "Quan hệ",
	  .picklist = "account.type", .def = "prospect", .alias = "account type" },
	{ "lifecycle", &type_pick, F_DERIVED, "before, during or after the sale",
	  .label_vi = "Giai đoạn", .picklist = "account.lifecycle", .def = "before" },
	{ "tier", &type_pick, 0, "how important they are", .label_vi = "Hạng",
	  .picklist = "account.tier" },
	{ "parent", &type_ref, F_INDEX, "account they belong to", .label_vi = "Công ty mẹ",
	  .ref = "account", .alias = "subsidiary of|member of|parent account" },
	{ "industry", &type_pick, F_INDEX, "line of business", .label_vi = "Ngành nghề",
	  .picklist = "industry", .alias = "sector" },
	{ "employees", &type_int, 0, "how many work there", .label_vi = "Số nhân viên",
	  .alias = "number of employees|no of employees" },
	{ "annual_revenue", &type_money, 0, "yearly turnover", .label_vi = "Doanh thu năm",
	  .alias = "revenue" },
	{ "currency", &type_currency, 0, "currency of the amounts", .label_vi = "Tiền tệ" },
	{ "website", &type_url, F_SEARCH, "web address", .label_vi = "Trang web",
	  .alias = "web site|website url|web page" },
	{ "email", &type_email, F_MATCH | F_SEARCH, "e-mail address", .label = "E-mail",
	  .label_vi = "Email", .alias = "e-mail|email address" },
	{ "phone", &type_phone, F_MATCH | F_SEARCH, "telephone", .label_vi = "Điện thoại",
	  .alias = "phone number|telephone|số điện thoại|sđt" },
	{ "mobile", &type_phone, F_MATCH | F_SEARCH, "mobile phone of a person",
	  .label_vi = "Di động", .alias = "mobile phone|di động" },
	{ "zalo", &type_handle, F_MATCH | F_SEARCH, "Zalo id or number", .label_vi = "Zalo" },
	{ "facebook", &type_handle, F_MATCH | F_SEARCH, "Facebook id or address",
	  .label_vi = "Facebook" },
	ADDRESS_FIELDS("billing_", "billing: ", "Địa chỉ: ", TO_NOWHERE),
	ADDRESS_FIELDS("shipping_", "shipping: ", "Giao hàng: ", TO_NOWHERE),
	{ "legal_name", &type_text, F_SEARCH, "name on contracts and invoices",
	  .label_vi = "Tên pháp lý" },
	{ "tax_code", &type_code, F_MATCH | F_SEARCH, "tax code", .label_vi = "Mã số thuế",
	  .alias = "mst|vat number|tax id" },
	{ "invoice_email", &type_email, 0, "where invoices go", .label_vi = "Email nhận hoá đơn" },
	{ "founded_on", &type_date, F_PARTIAL, "day the organisation was founded",
	  .label_vi = "Ngày thành lập" },
	{ "first_name", &type_text, 0, "person: given name", .label_vi = "Tên" },
	{ "last_name", &type_text, 0, "person: family and middle name",
	  .label_vi = "Họ và tên đệm" },
	{ "salutation", &type_pick, 0, "person: form of address", .label_vi = "Danh xưng",
	  .picklist = "salutation" },
	{ "title", &type_text, 0, "person: job title", .label_vi = "Chức danh" },
	{ "gender", &type_pick, 0, "person: gender", .label_vi = "Giới tính",
	  .picklist = "gender" },
	{ "birth_date", &type_date, F_PARTIAL, "person: birthday", .label_vi = "Ngày sinh",
	  .alias = "birthday|date of birth" },
	{ "owner", &type_ref, F_INDEX, "user who looks after them", .label_vi = "Người phụ trách",
	  .ref = "user", .alias = "account owner|company owner|assigned to" },
	{ "source", &type_pick, F_INDEX, "where they came from", .label_vi = "Nguồn",
	  .picklist = "lead.source", .alias = "account source|lead source" },
	{ "campaign", &type_ref, F_INDEX, "campaign that brought them", .label_vi = "Chiến dịch",
	  .ref = "campaign" },
	{ "customer_since", &type_date, F_DERIVED | F_INDEX, "first won deal or confirmed order",
	  .label_vi = "Khách hàng từ" },
	CONSENT_FIELDS(TO_NOWHERE),
	{ "next_contact_at", &type_instant, F_DERIVED, "earliest planned activity",
	  .label_vi = "Liên hệ tiếp theo" },
	{ "last_contacted_at", &type_instant, F_DERIVED, "latest contact",
	  .label_vi = "Liên hệ gần nhất" },
	{ "description", &type_text, F_LONG | F_SEARCH, "free text", .label_vi = "Mô tả",
	  .alias = "notes|note|ghi chú" },
	{ "external_id", &type_external, F_MATCH, "number under which another system knows them",
	  .label_vi = "Mã bên ngoài", .alias = "record id|account number" },
	SYSTEM_FIELDS,
};

static bool check_account(struct record *r, const struct record *old, const struct codec *c,
			  struct diag *d)
{
	check_name(r, old, c);
	check_consent(r, old, c);
	const struct value *parent = record_at(r, "parent");
	if (r->id && parent->kind == V_INT && parent->i == r->id)
		return diag_set(d, "parent", "an account cannot belong to itself");
	return true;
}

const struct entity entity_account = {
	.name = "account",
	.plural = "accounts",
	.label_vi = "Khách hàng",
	.help = "organisations and persons one sells to",
	ENTITY_FIELDS(account_fields),
	.list = "id,name,kind,type,industry,phone,email,owner,customer_since",
	.title = "name",
	.check = check_account,
};
