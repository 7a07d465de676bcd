/* Contacts: the persons of an account. */
#include "schema/fields.h"

static const struct field contact_fields[] = {
	ID_FIELD("contact"),
	{ "name", &type_text, F_REQUIRED | F_MATCH | F_SEARCH, "full name", .label_vi = "Họ và tên",
	  .alias = "full name|contact name|họ tên" },
	{ "first_name", &type_text, 0, "given name (tên)", .label_vi = "Tên",
	  .alias = "given name" },
	{ "last_name", &type_text, 0, "family and middle name (họ và tên đệm)",
	  .label_vi = "Họ và tên đệm", .alias = "family name|surname|họ" },
	{ "salutation", &type_pick, 0, "form of address", .label_vi = "Danh xưng",
	  .picklist = "salutation" },
	{ "title", &type_text, 0, "job title", .label_vi = "Chức danh",
	  .alias = "job title|position|chức vụ" },
	{ "department", &type_text, 0, "department", .label_vi = "Phòng ban" },
	{ "role", &type_pick, 0, "what they are at the account", .label_vi = "Vai trò",
	  .picklist = "contact.role" },
	{ "account", &type_ref, F_INDEX, "account they belong to", .label_vi = "Khách hàng",
	  .ref = "account", .alias = "account name|company|company name|organization|công ty" },
	{ "is_primary", &type_bool, F_REQUIRED, "the account's main contact",
	  .label_vi = "Người liên hệ chính", .def = "false" },
	{ "reports_to", &type_ref, F_INDEX, "contact who is their superior", .label_vi = "Cấp trên",
	  .ref = "contact" },
	{ "email", &type_email, F_MATCH | F_SEARCH, "e-mail address", .label = "E-mail",
	  .label_vi = "Email", .alias = "e-mail|email address" },
	{ "phone", &type_phone, F_MATCH | F_SEARCH, "telephone", .label_vi = "Điện thoại",
	  .alias = "phone number|telephone|số điện thoại|sđt" },
	{ "mobile", &type_phone, F_MATCH | F_SEARCH, "mobile phone", .label_vi = "Di động",
	  .alias = "mobile phone|cell phone|di động" },
	{ "zalo", &type_handle, F_MATCH | F_SEARCH, "Zalo id or number", .label_vi = "Zalo" },
	{ "facebook", &type_handle, F_MATCH | F_SEARCH, "Facebook id or address",
	  .label_vi = "Facebook" },
	{ "birth_date", &type_date, F_PARTIAL, "birthday (--05-17 where the year is not known)",
	  .label_vi = "Ngày sinh", .alias = "birthday|date of birth|birthdate" },
	{ "gender", &type_pick, 0, "gender", .label_vi = "Giới tính", .picklist = "gender" },
	ADDRESS_FIELDS("", "", "", TO_NOWHERE),
	{ "owner", &type_ref, F_INDEX, "user who looks after them", .label_vi = "Người phụ trách",
	  .ref = "user", .alias = "contact owner|assigned to" },
	{ "source", &type_pick, 0, "where they came from", .label_vi = "Nguồn",
	  .picklist = "lead.source", .alias = "lead source" },
	CONSENT_FIELDS(TO_NOWHERE),
	{ "next_contact_at", &type_instant, F_DERIVED, "earliest planned activity",
	  .label_vi = "Liên hệ tiếp theo" },
	{ "last_contacted_at", &type_instant, F_DERIVED, "latest contact",
	  .label_vi = "Liên hệ gần nhất" },
	{ "description", &type_text, F_LONG | F_SEARCH, "free text", .label_vi = "Mô tả",
	  .alias = "notes|note|ghi chú" },
	{ "external_id", &type_external, F_MATCH, "number under which another system knows them",
	  .label_vi = "Mã bên ngoài", .alias = "record id|contact id" },
	SYSTEM_FIELDS,
};

static bool check_contact(struct record *r, const struct record *old, const struct codec *c,
			  struct diag *d)
{
	check_name(r, old, c);
	check_consent(r, old, c);
	const struct value *boss = record_at(r, "reports_to");
	if (r->id && boss->kind == V_INT && boss->i == r->id)
		return diag_set(d, "reports_to", "nobody reports to himself or herself");
	if (is_true(r, "is_primary") && !is_set(r, "account"))
		return diag_set(d, "is_primary", "a main contact needs an account");
	return true;
}

const struct entity entity_contact = {
	.name = "contact",
	.plural = "contacts",
	.label_vi = "Người liên hệ",
	.help = "people, and the accounts they belong to",
	ENTITY_FIELDS(contact_fields),
	.list = "id,name,title,account.name,phone,email,is_primary,owner",
	.title = "name",
	.indexes = "account is_primary",
	.check = check_contact,
};
