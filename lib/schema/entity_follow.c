/*
 * Following up: what rules decided about records, whom sequences look after, and what
 * has to leave the house.
 */
#include "schema/fields.h"

/* clang-format off */
#define ABOUT(name, vi, what)                                                                      \
	{ name, &type_ref, F_LETS_GO | F_INDEX, name " " what, .label_vi = vi, .ref = name }

static const struct field errand_fields[] = {
	ID_FIELD("errand"),
	{ "kind", &type_pick, F_REQUIRED, "what is to be sent", .label_vi = "Loại",
	  .picklist = "errand.kind" },
	{ "status", &type_pick, F_REQUIRED, "how far it is", .label_vi = "Trạng thái",
	  .picklist = "errand.status", .def = "pending" },
	{ "rule", &type_text, F_SEARCH, "rule or sequence that asks for it", .label_vi = "Quy tắc" },
	{ "step", &type_int, 0, "which step of a sequence", .label_vi = "Bước" },
	{ "occasion", &type_text, 0, "on what occasion", .label_vi = "Dịp" },
	{ "template", &type_text, 0, "template of the message", .label_vi = "Mẫu" },
	{ "record", &type_text, F_INDEX, "reference of the record that it is about",
	  .label_vi = "Bản ghi" },
	PERSON_REFS_WITH(F_LETS_GO, "it is about"),
	ABOUT("deal", "Cơ hội", "it is about"),
	ABOUT("ticket", "Phiếu hỗ trợ", "it is about"),
	ABOUT("order", "Đơn hàng", "it is about"),
	{ "payload", &type_text, F_LONG, "what else is to be known, a JSON object",
	  .label_vi = "Dữ liệu" },
	{ "due_at", &type_instant, F_REQUIRED, "not before that", .label_vi = "Hạn", .def = "now" },
	{ "any_hour", &type_bool, 0, "it is no advertisement, and goes at night too",
	  .label_vi = "Mọi giờ", .def = "false" },
	{ "claimed_at", &type_instant, 0, "when it was printed for the next program",
	  .label_vi = "Nhận lúc" },
	{ "done_at", &type_instant, 0, "when it was done, failed or cancelled",
	  .label_vi = "Hoàn thành" },
	{ "error", &type_text, F_LONG, "why it failed or was cancelled", .label_vi = "Lỗi" },
	ABOUT("activity", "Hoạt động", "that it became"),
	PART_SYSTEM_FIELDS,
};
/* clang-format on */

const struct entity entity_errand = {
	.name = "errand",
	.plural = "errands",
	.label_vi = "Việc gửi đi",
	.help = "messages and other things that have to leave the house",
	ENTITY_FIELDS(errand_fields),
	.list = "id,kind,status,rule,step,template,record,due_at,claimed_at,done_at,error",
	.title = "id",
	.indexes = "status due_at",
	.about = "contact account lead deal ticket order",
};

static const struct field firing_fields[] = {
	ID_FIELD("firing"),
	{ "rule", &type_text, F_REQUIRED, "rule or sequence", .label_vi = "Quy tắc" },
	{ "record", &type_text, F_REQUIRED | F_INDEX, "reference of the record",
	  .label_vi = "Bản ghi" },
	{ "occasion", &type_text, F_REQUIRED, "on what occasion", .label_vi = "Dịp" },
	{ "status", &type_pick, F_REQUIRED, "what became of it", .label_vi = "Trạng thái",
	  .picklist = "firing.status" },
	{ "at", &type_instant, F_REQUIRED, "when the occasion was", .label_vi = "Lúc",
	  .def = "now" },
	{ "due_at", &type_instant, 0, "when it is or was due", .label_vi = "Hạn" },
	{ "done_at", &type_instant, 0, "when it was decided", .label_vi = "Hoàn thành" },
	{ "ended_at", &type_instant, 0, "when the state that it was for was over",
	  .label_vi = "Hết hiệu lực" },
	{ "did", &type_text, F_LONG, "what was done", .label_vi = "Đã làm" },
	{ "why", &type_text, F_LONG, "why it, or a part of it, was not done", .label_vi = "Lý do" },
	PART_SYSTEM_FIELDS,
};

const struct entity entity_firing = {
	.name = "firing",
	.plural = "firings",
	.label_vi = "Lần áp dụng quy tắc",
	.help = "what follow-up rules did, will do and did not do, and why",
	ENTITY_FIELDS(firing_fields),
	.list = "id,rule,record,occasion,status,at,due_at,done_at,did,why",
	.title = "id",
	.indexes = "status due_at",
	.unique = "rule record occasion",
};

static const struct field enrolment_fields[] = {
	ID_FIELD("enrolment"),
	{ "sequence", &type_text, F_REQUIRED, "sequence that looks after them",
	  .label_vi = "Chuỗi chăm sóc" },
	{ "status", &type_pick, F_REQUIRED, "how far it is", .label_vi = "Trạng thái",
	  .picklist = "enrolment.status", .def = "active" },
	PERSON_REFS_WITH(F_LETS_GO, "who is looked after"),
	{ "step", &type_int, F_REQUIRED, "how many steps were taken", .label_vi = "Bước",
	  .def = "0" },
	{ "next_at", &type_instant, 0, "when the next step is due", .label_vi = "Bước kế tiếp" },
	{ "started_at", &type_instant, F_REQUIRED, "when it began", .label_vi = "Bắt đầu",
	  .def = "now" },
	{ "ended_at", &type_instant, 0, "when it ended", .label_vi = "Kết thúc" },
	{ "why", &type_text, F_LONG, "why it ended", .label_vi = "Lý do" },
	PART_SYSTEM_FIELDS,
};

/* One person when it is made; merging and conversion may add others. */
static bool check_enrolment(struct record *r, const struct record *old, const struct codec *c,
			    struct diag *d)
{
	int people = is_set(r, "lead") + is_set(r, "contact") + is_set(r, "account");
	if (c->restoring || old)
		return true;
	return people == 1 || diag_set(d, NULL, "one lead, contact or account is enrolled");
}

const struct entity entity_enrolment = {
	.name = "enrolment",
	.plural = "enrolments",
	.label_vi = "Tham gia chuỗi",
	.help = "who is in a sequence, and how far",
	ENTITY_FIELDS(enrolment_fields),
	.list = "id,sequence,lead.name,contact.name,account.name,status,step,next_at,started_at,"
		"ended_at,why",
	.title = "id",
	.indexes = "status next_at",
	.about = "contact account lead",
	.check = check_enrolment,
};
