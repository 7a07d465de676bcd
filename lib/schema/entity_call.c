/* Who is ringing whom just now, so that no two ring the same person. */
#include "schema/fields.h"

/* No index: at most a few rows a user are ever there. */
static const struct field call_claim_fields[] = {
	ID_FIELD("call_claim"),
	{ "user", &type_ref, F_REQUIRED | F_IMMUTABLE, "user who rings them",
	  .label_vi = "Người gọi", .ref = "user" },
	{ "status", &type_pick, F_REQUIRED, "whether the call is still to be noted",
	  .label_vi = "Trạng thái", .picklist = "call_claim.status", .def = "open" },
	{ "lead", &type_ref, F_LETS_GO, "lead who is rung", .label_vi = "Đầu mối", .ref = "lead" },
	{ "account", &type_ref, F_LETS_GO, "person account who is rung", .label_vi = "Khách hàng",
	  .ref = "account" },
	{ "contact", &type_ref, F_LETS_GO, "contact who is rung", .label_vi = "Người liên hệ",
	  .ref = "contact" },
	{ "campaign", &type_ref, F_LETS_GO, "campaign that it is for", .label_vi = "Chiến dịch",
	  .ref = "campaign" },
	{ "activity", &type_ref, F_LETS_GO, "planned call that is due", .label_vi = "Hoạt động",
	  .ref = "activity" },
	{ "claimed_at", &type_instant, F_REQUIRED, "when they were handed out",
	  .label_vi = "Nhận lúc" },
	{ "until", &type_instant, F_REQUIRED, "until when nobody else gets them",
	  .label_vi = "Giữ đến" },
	PART_SYSTEM_FIELDS,
};

const struct entity entity_call_claim = {
	.name = "call_claim",
	.plural = "call claims",
	.label_vi = "Lượt gọi",
	.help = "who is ringing whom, as crm-call hands them out",
	ENTITY_FIELDS(call_claim_fields),
	.list = "id,user,status,lead.name,contact.name,account.name,campaign.name,claimed_at,until",
	.title = "id",
	.about = "lead contact account",
};
