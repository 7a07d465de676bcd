/* How people are related, by what else they are known, their part in deals; targets. */
#include "schema/fields.h"

static const struct field relation_fields[] = {
	ID_FIELD("relation"),
	{ "contact", &type_ref, F_PART | F_INDEX, "contact of whom it is said",
	  .label_vi = "Người liên hệ", .ref = "contact" },
	{ "account", &type_ref, F_PART | F_INDEX, "account of which it is said",
	  .label_vi = "Khách hàng", .ref = "account" },
	{ "kind", &type_pick, F_REQUIRED, "what the other one is to them", .label_vi = "Quan hệ",
	  .picklist = "relation.kind" },
	{ "to_contact", &type_ref, F_PART | F_INDEX, "the other contact",
	  .label_vi = "Người liên hệ kia", .ref = "contact" },
	{ "to_account", &type_ref, F_PART | F_INDEX, "the other account",
	  .label_vi = "Khách hàng kia", .ref = "account" },
	{ "note", &type_text, F_LONG | F_SEARCH, "free text", .label_vi = "Ghi chú" },
	PART_SYSTEM_FIELDS,
};

/* What the one is to the other, and the other to the one. */
static const struct {
	const char *kind, *inverse;
} inverses[] = {
	{ "child", "parent" },
	{ "assistant", "assists" },
	{ "manager", "report" },
	{ "referred_by", "referred" },
	{ "former_employee", "former_employer" },
};

const char *relation_inverse(const char *kind)
{
	for (size_t i = 0; i < countof(inverses); i++) {
		if (!strcmp(kind, inverses[i].kind))
			return inverses[i].inverse;
		if (!strcmp(kind, inverses[i].inverse))
			return inverses[i].kind;
	}
	return kind; /* spouse, sibling, friend …, and what an installation adds */
}

/* Exactly one of the two is filled. */
static bool one_of(const struct record *r, const char *a, const char *b, struct diag *d)
{
	if (is_set(r, a) != is_set(r, b))
		return true;
	return diag_set(d, a,
			is_set(r, a) ? "either a contact or an account, not both"
				     : "a relation has a contact or an account at each end");
}

static bool check_relation(struct record *r, const struct record *old, const struct codec *c,
			   struct diag *d)
{
	(void)old;
	if (c->restoring) /* its ends may come later */
		return true;
	if (!one_of(r, "contact", "account", d) || !one_of(r, "to_contact", "to_account", d))
		return false;
	const char *a = is_set(r, "contact") ? "contact" : "account";
	const char *b = is_set(r, "contact") ? "to_contact" : "to_account";
	if (is_set(r, b) && value_eq(record_at(r, a), record_at(r, b)))
		return diag_set(d, b, "nobody is related to himself or herself");
	return true;
}

const struct entity entity_relation = {
	.name = "relation",
	.plural = "relations",
	.label_vi = "Quan hệ",
	.help = "how people and accounts are related",
	ENTITY_FIELDS(relation_fields),
	.list = "id,contact.name,account.name,kind,to_contact.name,to_account.name,note",
	.title = "id",
	.about = "contact account to_contact to_account",
	.unique = "contact kind to_contact|contact kind to_account|account kind to_contact|"
		  "account kind to_account",
	.check = check_relation,
};

static const struct field identity_fields[] = {
	ID_FIELD("identity"),
	PERSON_REFS_WITH(F_PART, "whose it is"),
	{ "deal", &type_ref, F_PART | F_INDEX, "deal that another system calls so",
	  .label_vi = "Cơ hội", .ref = "deal" },
	{ "kind", &type_pick, F_REQUIRED, "what it is", .label_vi = "Loại",
	  .picklist = "identity.kind" },
	{ "email", &type_email, F_MATCH | F_SEARCH, "further e-mail address", .label = "E-mail",
	  .label_vi = "Email" },
	{ "phone", &type_phone, F_MATCH | F_SEARCH, "further telephone", .label_vi = "Điện thoại" },
	{ "zalo", &type_handle, F_MATCH | F_SEARCH, "Zalo id or number", .label_vi = "Zalo" },
	{ "facebook", &type_handle, F_MATCH | F_SEARCH, "Facebook id or address",
	  .label_vi = "Facebook" },
	{ "source", &type_text, F_MATCH, "other system", .label_vi = "Hệ thống" },
	{ "external_id", &type_text, F_MATCH | F_SEARCH, "number there",
	  .label_vi = "Mã bên ngoài" },
	{ "note", &type_text, 0, "such as home, work, old", .label_vi = "Ghi chú",
	  .alias = "label" },
	PART_SYSTEM_FIELDS,
};

/* The fields one of which says who it is, and the kind that each makes it. */
static bool check_identity(struct record *r, const struct record *old, const struct codec *c,
			   struct diag *d)
{
	static const char *const ways[][2] = { { "email", "email" },
					       { "phone", "phone" },
					       { "zalo", "zalo" },
					       { "facebook", "facebook" },
					       { "external_id", "external" } };
	const char *kind = NULL;
	(void)old;
	for (size_t i = 0; i < countof(ways) && !kind; i++)
		if (is_set(r, ways[i][0]))
			kind = ways[i][1];
	if (!kind)
		return diag_set(d, NULL,
				"an identity has an email, phone, zalo, facebook or external_id");
	if (!is_set(r, "kind"))
		set_text(r, "kind", str_of(kind));
	if (is_set(r, "external_id") && !is_set(r, "source"))
		return diag_set(d, "source", "in what system is that the external_id?");
	if (!c->restoring && !is_set(r, "lead") && !is_set(r, "account") && !is_set(r, "contact") &&
	    !is_set(r, "deal"))
		return diag_set(d, NULL,
				"an identity is that of a lead, an account, a contact or a deal");
	if (is_set(r, "deal") && !is_set(r, "external_id"))
		return diag_set(d, "deal", "a deal is known by an external_id alone");
	return true;
}

const struct entity entity_identity = {
	.name = "identity",
	.plural = "identities",
	.label_vi = "Định danh",
	.help = "further numbers and addresses by which people are known",
	ENTITY_FIELDS(identity_fields),
	.list = "id,kind,email,phone,zalo,facebook,source,external_id,lead.name,contact.name,"
		"account.name",
	.title = "id",
	.about = "contact account lead",
	.unique = "source external_id",
	.check = check_identity,
};

static const struct field deal_contact_fields[] = {
	ID_FIELD("deal_contact"),
	{ "deal", &type_ref, F_REQUIRED | F_PART | F_IMMUTABLE | F_INDEX, "deal",
	  .label_vi = "Cơ hội", .ref = "deal" },
	{ "contact", &type_ref, F_REQUIRED | F_INDEX, "person", .label_vi = "Người liên hệ",
	  .ref = "contact" },
	{ "role", &type_pick, F_REQUIRED, "their part in it", .label_vi = "Vai trò",
	  .picklist = "deal_contact.role", .def = "other" },
	{ "note", &type_text, F_LONG, "free text", .label_vi = "Ghi chú" },
	PART_SYSTEM_FIELDS,
};

const struct entity entity_deal_contact = {
	.name = "deal_contact",
	.plural = "deal contacts",
	.label_vi = "Người liên hệ của cơ hội",
	.help = "who plays what part in a deal",
	ENTITY_FIELDS(deal_contact_fields),
	.list = "id,deal,deal.name,contact.name,role,note",
	.title = "id",
	.about = "deal contact",
	.unique = "deal contact",
};

static const struct field target_figure_fields[] = {
	ID_FIELD("target_figure"),
	{ "user", &type_ref, 0, "user who is to reach it", .label_vi = "Nhân viên", .ref = "user" },
	{ "team", &type_ref, 0, "team that is to reach it", .label_vi = "Nhóm", .ref = "team" },
	{ "measure", &type_pick, F_REQUIRED, "what is measured", .label_vi = "Chỉ tiêu",
	  .picklist = "target_figure.measure" },
	{ "from_day", &type_date, F_REQUIRED, "first day of the period", .label_vi = "Từ ngày" },
	{ "to_day", &type_date, F_REQUIRED, "last day of the period", .label_vi = "Đến ngày" },
	{ "value", &type_money, 0, "the figure of a measure in money", .label_vi = "Giá trị" },
	{ "currency", &type_currency, 0, "currency of the value", .label_vi = "Tiền tệ" },
	{ "number", &type_int, 0, "the figure of a measure that counts", .label_vi = "Số lượng" },
	PART_SYSTEM_FIELDS,
};

bool target_in_money(struct str measure)
{
	static const char *const in_money[] = { "revenue", "margin", NULL };
	return is_one_of(measure, in_money);
}

/* One user or one team; money for a measure in money, else a count. */
static bool check_target_figure(struct record *r, const struct record *old, const struct codec *c,
				struct diag *d)
{
	bool money = target_in_money(text_of(r, "measure"));
	(void)old;
	if (!c->restoring && is_set(r, "user") == is_set(r, "team"))
		return diag_set(d, "user", "a target is that of one user or of one team");
	if (str_cmp(text_of(r, "to_day"), text_of(r, "from_day")) < 0)
		return diag_set(d, "to_day", "the period ends before it begins");
	if (!is_set(r, money ? "value" : "number") || is_set(r, money ? "number" : "value"))
		return diag_set(d, money ? "value" : "number", "\"%s\" is measured %s",
				arena_str(&d->arena, text_of(r, "measure")).p,
				money ? "in money: value" : "by counting: number");
	if (record_at(r, money ? "value" : "number")->i < 0)
		return diag_set(d, money ? "value" : "number", "must not be below 0");
	if (money && !is_set(r, "currency"))
		set_text(r, "currency", str_of(c->settings->currency));
	return true;
}

const struct entity entity_target_figure = {
	.name = "target_figure",
	.plural = "target figures",
	.label_vi = "Chỉ tiêu",
	.help = "what users and teams are to reach in a period",
	ENTITY_FIELDS(target_figure_fields),
	.list = "id,user,team,measure,from_day,to_day,value,number,currency",
	.title = "id",
	.unique = "user measure from_day to_day|team measure from_day to_day",
	.check = check_target_figure,
};
