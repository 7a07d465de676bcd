/* Who got which lead, who lost it, and why; and when people are away. */
#include "schema/fields.h"

/* A reference of what happened: it holds nobody, and what happened stays where one goes. */
#define WENT(name, en, vi, to, flags)                                                          \
	{                                                                                      \
		name, &type_ref, F_SYSTEM | F_LETS_GO | (flags), en, .label_vi = vi, .ref = to \
	}

static const struct field assignment_fields[] = {
	ID_FIELD("assignment"),
	{ "at", &type_instant, F_SYSTEM, "when", .label_vi = "Lúc" },
	WENT("lead", "lead that changed hands", "Đầu mối", "lead", F_INDEX),
	WENT("user", "user who has it from then on; empty: nobody", "Người nhận", "user", 0),
	WENT("previous", "user who had it before", "Người trước", "user", 0),
	{ "why", &type_pick, F_SYSTEM, "why it changed hands", .label_vi = "Vì sao",
	  .picklist = "assignment.why" },
	{ "pool", &type_text, F_SYSTEM | F_INDEX, "pool that dealt it out",
	  .label_vi = "Nhóm chia" },
	{ "method", &type_pick, F_SYSTEM, "how the pool deals", .label_vi = "Cách chia",
	  .picklist = "assignment.method" },
	{ "candidates", &type_text, F_SYSTEM | F_LONG,
	  "members in the order of that time, as login:figure:why not",
	  .label_vi = "Các ứng viên" },
	{ "note", &type_text, F_SYSTEM | F_LONG, "what is to be said of it",
	  .label_vi = "Ghi chú" },
	PART_SYSTEM_FIELDS,
};

const struct entity entity_assignment = {
	.name = "assignment",
	.plural = "assignments",
	.label_vi = "Lượt giao",
	.help = "which lead went to whom, from whom, and why",
	ENTITY_FIELDS(assignment_fields),
	.list = "id,at,lead,lead.name,user,previous,why,pool,note",
	.title = "id",
	.indexes = "user at",
	.about = "lead",
};

static const struct field absence_fields[] = {
	ID_FIELD("absence"),
	{ "user", &type_ref, F_REQUIRED | F_PART | F_INDEX, "who is away", .label_vi = "Nhân viên",
	  .ref = "user", .alias = "login|nhân viên" },
	{ "from_at", &type_instant, F_REQUIRED, "when it begins", .label_vi = "Từ",
	  .alias = "from|start" },
	{ "to_at", &type_instant, F_REQUIRED, "when they are back", .label_vi = "Đến",
	  .alias = "to|until|end" },
	{ "reason", &type_text, 0, "such as leave, ill, training", .label_vi = "Lý do" },
	PART_SYSTEM_FIELDS,
};

static bool check_absence(struct record *r, const struct record *old, const struct codec *c,
			  struct diag *d)
{
	(void)old;
	(void)c;
	return str_cmp(text_of(r, "from_at"), text_of(r, "to_at")) < 0 || !is_set(r, "from_at") ||
	       !is_set(r, "to_at") || diag_set(d, "to_at", "the absence ends before it begins");
}

const struct entity entity_absence = {
	.name = "absence",
	.plural = "absences",
	.label_vi = "Vắng mặt",
	.help = "when users are away and take no new leads",
	ENTITY_FIELDS(absence_fields),
	.list = "id,user,from_at,to_at,reason",
	.title = "id",
	.check = check_absence,
};
