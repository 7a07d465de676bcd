/* Campaigns with their members, and segments. */
#include "schema/fields.h"

static const struct field campaign_fields[] = {
	ID_FIELD("campaign"),
	{ "name", &type_text, F_REQUIRED | F_UNIQUE | F_MATCH | F_SEARCH, "what it is called",
	  .label_vi = "Tên chiến dịch", .alias = "campaign name|campaign" },
	{ "type", &type_pick, 0, "what sort of campaign", .label_vi = "Loại chiến dịch",
	  .picklist = "campaign.type", .alias = "campaign type" },
	{ "status", &type_pick, F_REQUIRED, "how far it is", .label_vi = "Trạng thái",
	  .picklist = "campaign.status", .def = "planned", .alias = "campaign status" },
	{ "channel", &type_pick, F_REQUIRED, "how its members are reached", .label_vi = "Kênh",
	  .picklist = "campaign.channel", .def = "email" },
	{ "start_on", &type_date, 0, "first day", .label_vi = "Ngày bắt đầu",
	  .alias = "start date" },
	{ "end_on", &type_date, 0, "last day", .label_vi = "Ngày kết thúc",
	  .alias = "end date|expected close date" },
	{ "budget", &type_money, 0, "what it may cost", .label_vi = "Ngân sách",
	  .alias = "budgeted cost|budget cost" },
	{ "cost", &type_money, 0, "what it did cost", .label_vi = "Chi phí",
	  .alias = "actual cost" },
	{ "expected_revenue", &type_money, 0, "what it should bring",
	  .label_vi = "Doanh thu kỳ vọng" },
	{ "currency", &type_currency, F_REQUIRED, "currency of the amounts",
	  .label_vi = "Tiền tệ" },
	{ "expected_responses", &type_int, 0, "how many should respond",
	  .label_vi = "Phản hồi kỳ vọng", .alias = "expected response" },
	{ "objective", &type_text, F_LONG | F_SEARCH, "what it is for", .label_vi = "Mục tiêu" },
	{ "segment", &type_ref, 0, "segment it is aimed at", .label_vi = "Phân khúc",
	  .ref = "segment" },
	{ "parent", &type_ref, F_INDEX, "campaign it is a part of", .label_vi = "Chiến dịch mẹ",
	  .ref = "campaign" },
	{ "owner", &type_ref, 0, "user who runs it", .label_vi = "Người phụ trách", .ref = "user",
	  .alias = "campaign owner|assigned to" },
	{ "description", &type_text, F_LONG | F_SEARCH, "free text", .label_vi = "Mô tả" },
	EXTERNAL_ID,
	PART_SYSTEM_FIELDS,
};

static bool check_campaign(struct record *r, const struct record *old, const struct codec *c,
			   struct diag *d)
{
	(void)old;
	(void)c;
	if (is_set(r, "start_on") && is_set(r, "end_on") &&
	    str_cmp(text_of(r, "end_on"), text_of(r, "start_on")) < 0)
		return diag_set(d, "end_on", "the campaign ends before it begins");
	return true;
}

const struct entity entity_campaign = {
	.name = "campaign",
	.plural = "campaigns",
	.label_vi = "Chiến dịch",
	.help = "campaigns, and how their members respond",
	ENTITY_FIELDS(campaign_fields),
	.list = "id,name,type,channel,status,start_on,end_on,budget,cost,currency,owner",
	.title = "name",
	.check = check_campaign,
};

/* clang-format off */
#define FIRST(status, en, vi)                                                                      \
	{ status "_at", &type_instant, F_DERIVED, "first time " en, .label_vi = "Lần đầu " vi }

static const struct field campaign_member_fields[] = {
	ID_FIELD("campaign_member"),
	{ "campaign", &type_ref, F_REQUIRED | F_PART | F_IMMUTABLE | F_INDEX, "campaign",
	  .label_vi = "Chiến dịch", .ref = "campaign" },
	PERSON_REFS_WITH(F_LETS_GO, "who is its member"),
	{ "status", &type_pick, F_REQUIRED | F_INDEX, "how far they went",
	  .label_vi = "Trạng thái", .picklist = "campaign_member.status" },
	FIRST("listed", "listed", "vào danh sách"),
	FIRST("sent", "something was sent", "gửi"),
	FIRST("delivered", "it arrived", "nhận"),
	FIRST("opened", "they opened it", "mở"),
	FIRST("clicked", "they clicked in it", "nhấp"),
	FIRST("replied", "they replied", "trả lời"),
	FIRST("bounced", "it came back", "bị trả lại"),
	FIRST("queued", "queued to be rung", "chờ gọi"),
	FIRST("no_answer", "nobody answered", "không nghe máy"),
	FIRST("busy", "the line was busy", "máy bận"),
	FIRST("reached", "reached", "gặp được"),
	FIRST("interested", "interested", "quan tâm"),
	FIRST("refused", "they refused", "từ chối"),
	FIRST("callback", "to be rung again", "hẹn gọi lại"),
	FIRST("invited", "invited", "mời"),
	FIRST("registered", "registered", "đăng ký"),
	FIRST("attended", "they came", "tham dự"),
	FIRST("absent", "they did not come", "vắng mặt"),
	FIRST("converted", "converted", "chuyển đổi"),
	FIRST("opted_out", "they opted out", "từ chối nhận tin"),
	{ "opens", &type_int, F_DERIVED, "how often they opened it", .label_vi = "Số lần mở" },
	{ "clicks", &type_int, F_DERIVED, "how often they clicked in it", .label_vi = "Số lần nhấp" },
	{ "note", &type_text, F_LONG | F_SEARCH, "what they said", .label_vi = "Ghi chú" },
	PART_SYSTEM_FIELDS,
};
/* clang-format on */

/* Whom it is about: exactly one person when it is made; conversion may add the contact to the lead.
 */
static bool check_campaign_member(struct record *r, const struct record *old, const struct codec *c,
				  struct diag *d)
{
	int people = is_set(r, "lead") + is_set(r, "contact") + is_set(r, "account");
	if (c->restoring || old)
		return true;
	return people == 1 || diag_set(d, NULL, "a member is one lead, contact or account");
}

const struct entity entity_campaign_member = {
	.name = "campaign_member",
	.plural = "campaign members",
	.label_vi = "Thành viên chiến dịch",
	.help = "who is in a campaign, and how they responded",
	ENTITY_FIELDS(campaign_member_fields),
	.list = "id,campaign.name,lead.name,contact.name,account.name,status,updated_at",
	.title = "id",
	.about = "lead contact account",
	.unique = "campaign lead|campaign contact|campaign account",
	.check = check_campaign_member,
};

static const struct field segment_fields[] = {
	ID_FIELD("segment"),
	{ "name", &type_text, F_REQUIRED | F_UNIQUE | F_MATCH | F_SEARCH, "what it is called",
	  .label_vi = "Tên phân khúc" },
	{ "kind", &type_pick, F_REQUIRED, "dynamic (a condition) or static (a list)",
	  .label_vi = "Loại", .picklist = "segment.kind", .def = "dynamic" },
	{ "of", &type_pick, F_REQUIRED | F_IMMUTABLE, "record type of its members",
	  .label_vi = "Đối tượng", .picklist = "segment.of", .def = "lead" },
	{ "condition", &type_text, F_LONG, "where expression that its members fulfil",
	  .label_vi = "Điều kiện", .alias = "where|filter" },
	{ "owner", &type_ref, 0, "user who made it", .label_vi = "Người phụ trách", .ref = "user" },
	{ "description", &type_text, F_LONG | F_SEARCH, "what it is for", .label_vi = "Mô tả" },
	PART_SYSTEM_FIELDS,
};

static bool check_segment(struct record *r, const struct record *old, const struct codec *c,
			  struct diag *d)
{
	bool dynamic = str_is(text_of(r, "kind"), "dynamic");
	(void)c;
	if (old && changed(r, old, "kind"))
		return diag_set(d, "kind",
				"a list does not become a condition, nor a condition a list");
	if (dynamic == is_set(r, "condition"))
		return true;
	return diag_set(d, "condition",
			dynamic ? "a dynamic segment needs one, such as score >= 50"
				: "a static segment has a list, not a condition");
}

const struct entity entity_segment = {
	.name = "segment",
	.plural = "segments",
	.label_vi = "Phân khúc",
	.help = "groups of customers: by condition or by list",
	ENTITY_FIELDS(segment_fields),
	.list = "id,name,of,kind,condition,owner",
	.title = "name",
	.check = check_segment,
};

static const struct field segment_member_fields[] = {
	ID_FIELD("segment_member"),
	{ "segment", &type_ref, F_REQUIRED | F_PART | F_IMMUTABLE | F_INDEX, "static segment",
	  .label_vi = "Phân khúc", .ref = "segment" },
	PERSON_REFS_WITH(F_PART, "who is in it"),
	{ "deal", &type_ref, F_PART | F_INDEX, "deal that is in it", .label_vi = "Cơ hội",
	  .ref = "deal" },
	PART_SYSTEM_FIELDS,
};

static bool check_segment_member(struct record *r, const struct record *old, const struct codec *c,
				 struct diag *d)
{
	int members =
	    is_set(r, "lead") + is_set(r, "contact") + is_set(r, "account") + is_set(r, "deal");
	(void)old;
	return c->restoring || members == 1 ||
	       diag_set(d, NULL, "a member is one lead, contact, account or deal");
}

const struct entity entity_segment_member = {
	.name = "segment_member",
	.plural = "segment members",
	.label_vi = "Thành viên phân khúc",
	.help = "who is in a static segment",
	ENTITY_FIELDS(segment_member_fields),
	.list = "id,segment.name,lead.name,contact.name,account.name,deal.name",
	.title = "id",
	.unique = "segment lead|segment contact|segment account|segment deal",
	.check = check_segment_member,
};
