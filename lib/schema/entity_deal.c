/* Deals (opportunities), and the history of their stages. */
#include "core/buf.h"
#include "schema/fields.h"

static const struct field deal_fields[] = {
	ID_FIELD("deal"),
	{ "name", &type_text, F_REQUIRED | F_MATCH | F_SEARCH, "what is sold to whom",
	  .label_vi = "Tên cơ hội",
	  .alias = "deal name|opportunity name|opportunity|potential name" },
	{ "account", &type_ref, F_INDEX, "account that buys", .label_vi = "Khách hàng",
	  .ref = "account", .alias = "account name|company|organization|related to" },
	{ "contact", &type_ref, F_INDEX, "person one talks to", .label_vi = "Người liên hệ",
	  .ref = "contact", .alias = "contact name|contact person" },
	{ "lead", &type_ref, F_INDEX, "lead it came from", .label_vi = "Đầu mối", .ref = "lead" },
	{ "pipeline", &type_pick, F_REQUIRED, "pipeline it runs in", .label_vi = "Quy trình",
	  .picklist = "deal.pipeline" },
	{ "stage", &type_pick, F_REQUIRED, "how far it is", .label_vi = "Bước",
	  .picklist = "deal.stage", .alias = "deal stage|sales stage" },
	{ "amount", &type_money, 0, "what it is worth", .label_vi = "Giá trị",
	  .alias = "value|deal value|close value|expected revenue" },
	{ "currency", &type_currency, F_REQUIRED, "currency of the amount", .label_vi = "Tiền tệ" },
	{ "probability", &type_percent, F_REQUIRED,
	  "chance to win, in percent; the stage's unless set", .label_vi = "Xác suất",
	  .alias = "probability (%)" },
	{ "win_probability", &type_number, F_DERIVED,
	  "chance to win, in percent, as history has it", .label_vi = "Khả năng thắng" },
	{ "expected_close", &type_date, F_INDEX, "day it should be decided",
	  .label_vi = "Dự kiến chốt",
	  .alias = "expected close date|closing date|expected closing" },
	{ "closed_at", &type_instant, F_INDEX, "when it was won or lost", .label_vi = "Ngày chốt",
	  .alias = "close date|closed date|closed on|won time" },
	{ "owner", &type_ref, F_INDEX, "user who works on it", .label_vi = "Người phụ trách",
	  .ref = "user", .alias = "deal owner|opportunity owner|assigned to|sales agent" },
	{ "collaborators", &type_shares, 0, "who else shares in it, such as lan:60;mai:40",
	  .label_vi = "Người cùng làm" },
	{ "source", &type_pick, F_INDEX, "where it came from", .label_vi = "Nguồn",
	  .picklist = "lead.source", .alias = "lead source" },
	{ "campaign", &type_ref, F_INDEX, "campaign that brought it", .label_vi = "Chiến dịch",
	  .ref = "campaign" },
	{ "type", &type_pick, 0, "new or existing business", .label_vi = "Loại",
	  .picklist = "deal.type" },
	{ "next_step", &type_text, 0, "what comes next", .label_vi = "Bước tiếp theo" },
	{ "lost_reason", &type_pick, F_INDEX, "why it was lost", .label_vi = "Lý do thua",
	  .picklist = "deal.lost_reason" },
	{ "competitor", &type_text, F_SEARCH, "who else is in the race", .label_vi = "Đối thủ" },
	{ "forecast", &type_pick, 0, "forecast category", .label_vi = "Dự báo",
	  .picklist = "deal.forecast", .def = "pipeline" },
	{ "need", &type_text, F_LONG | F_SEARCH, "what they need", .label_vi = "Nhu cầu" },
	{ "budget", &type_money, 0, "what they can spend", .label_vi = "Ngân sách" },
	{ "decision_by", &type_text, 0, "who decides", .label_vi = "Người quyết định" },
	{ "interest", &type_text, F_SEARCH, "product they ask for", .label_vi = "Sản phẩm quan tâm",
	  .alias = "product" },
	{ "next_contact_at", &type_instant, F_DERIVED, "earliest planned activity",
	  .label_vi = "Liên hệ tiếp theo" },
	{ "last_contacted_at", &type_instant, F_DERIVED, "latest contact",
	  .label_vi = "Liên hệ gần nhất" },
	{ "won_by", &type_ref, F_DERIVED, "owner at the win: whose win it is",
	  .label_vi = "Người chốt", .ref = "user" },
	{ "stage_since", &type_instant, F_DERIVED, "when it came into its stage",
	  .label_vi = "Ở bước này từ" },
	{ "description", &type_text, F_LONG | F_SEARCH, "free text", .label_vi = "Mô tả",
	  .alias = "notes|note|ghi chú" },
	{ "external_id", &type_external, F_MATCH, "number under which another system knows it",
	  .label_vi = "Mã bên ngoài", .alias = "record id|opportunity id" },
	SYSTEM_FIELDS,
};

/* Name of the first field that the stage requires and the deal lacks; NULL: none. */
static const char *missing_field(const struct record *r, const struct stage *s, struct arena *a)
{
	struct str rest = str_of(s->require), name;
	while (str_cut(&rest, ' ', &name)) {
		const char *field = arena_str(a, name).p;
		if (name.n && !is_set(r, field))
			return field;
	}
	return NULL;
}

/* How many open stages lie between the two. */
static long skipped(const struct pipeline *p, const struct stage *from, const struct stage *to)
{
	long n = 0;
	for (const struct stage *s = from + 1; s < to && s < p->stages + p->n; s++)
		n += s->kind == STAGE_OPEN;
	return n;
}

static bool other_explained(const struct record *r, const struct stage *t, struct diag *d)
{
	if (t->kind == STAGE_LOST && str_is(text_of(r, "lost_reason"), "other") &&
	    !is_set(r, "description"))
		return diag_set(d, "description",
				"the reason \"other\" wants a word in the description");
	return true;
}

/* A win stays with whoever owned the deal then, whoever has it later. */
static void follow_win(struct record *r, const struct record *old, const struct stage *at)
{
	if (at->kind != STAGE_WON)
		set_null(r, "won_by");
	else if (!is_set(r, "won_by") && (!old || !is_set(old, "won_by")))
		*record_get(r, "won_by") = *record_at(r, "owner");
}

/*
 * What is said of a deal's end while it has none is refused rather than lost; a deal that is
 * opened again leaves it behind.
 */
static bool says_no_end(const struct record *r, const struct record *old, const struct stage *at,
			struct diag *d)
{
	if (at->kind == STAGE_OPEN && is_set(r, "closed_at") && changed(r, old, "closed_at"))
		return diag_set(d, "closed_at",
				"the deal is open; win or lose it, or say expected_close");
	if (at->kind != STAGE_LOST && is_set(r, "lost_reason") && changed(r, old, "lost_reason"))
		return diag_set(d, "lost_reason", "the deal is not lost");
	return true;
}

/* Without a move: what is said of a closed deal stays said, of an open one stays unsaid. */
static bool may_stay(struct record *r, const struct record *old, const struct stage *at,
		     const struct codec *c, struct diag *d)
{
	const char *missing = at->kind == STAGE_OPEN ? NULL : missing_field(r, at, c->arena);
	if (missing)
		return diag_set(d, missing, "stage \"%s\" needs it", at->key);
	if (!says_no_end(r, old, at, d))
		return false;
	if (at->kind != STAGE_OPEN && !is_set(r, "closed_at"))
		set_text(r, "closed_at", text_of(old, "closed_at"));
	if (at->kind != STAGE_OPEN)
		*record_get(r, "probability") = value_int(at->probability);
	return other_explained(r, at, d);
}

static bool may_enter(struct record *r, const struct record *old, const struct pipeline *p,
		      const struct stage *to, const struct codec *c, struct diag *d)
{
	const char *missing = missing_field(r, to, c->arena);
	if (missing)
		return diag_set(d, missing, "stage \"%s\" needs it", to->key);
	if (!other_explained(r, to, d))
		return false;
	const struct stage *from = old ? pipeline_stage(p, text_of(old, "stage")) : NULL;
	if (p->strict && from && !c->excused && !c->restoring && to->kind != STAGE_LOST &&
	    skipped(p, from, to))
		return diag_set(d, "stage",
				"\"%s\" skips a stage after \"%s\"; say why with --reason", to->key,
				from->key);
	return true;
}

/* The stage's probability, unless somebody set another and the deal is still open. */
static void settle_probability(struct record *r, const struct record *old, const struct stage *from,
			       const struct stage *to)
{
	const struct value *was = old ? record_at(old, "probability") : NULL;
	bool own =
	    from && from->kind == STAGE_OPEN && was->kind == V_INT && was->i != from->probability;
	bool said = is_set(r, "probability") && (own || !old || changed(r, old, "probability"));
	if (to->kind != STAGE_OPEN || !said)
		*record_get(r, "probability") = value_int(to->probability);
	settle_chance(r, to->probability, to->kind != STAGE_OPEN, from && from->kind != STAGE_OPEN);
}

/* A closed deal that is won after all, or lost, is closed anew. */
static void settle_closing(struct record *r, const struct record *old, const struct stage *from,
			   const struct stage *to, const struct codec *c)
{
	bool anew = from && from->kind != to->kind && !changed(r, old, "closed_at");
	if (to->kind == STAGE_OPEN)
		set_null(r, "closed_at");
	else if (!is_set(r, "closed_at") || anew)
		set_now(r, "closed_at", c);
	if (to->kind != STAGE_LOST)
		set_null(r, "lost_reason");
}

/* Since when it is in the stage, unless that is said. */
static void settle_since(struct record *r, const struct record *old, const struct stage *to,
			 const struct codec *c)
{
	struct str since = { 0 };
	if (is_set(r, "stage_since") && changed(r, old, "stage_since"))
		return;
	if (to->kind != STAGE_OPEN)
		since = text_of(r, "closed_at");
	else if (!old) /* one that is brought in from elsewhere was there before today */
		since = text_of(r, "created_at");
	if (since.n)
		set_text(r, "stage_since", since);
	else
		set_now(r, "stage_since", c);
}

/* What a deal's new stage makes of it. */
static void follow_stage(struct record *r, const struct record *old, const struct pipeline *p,
			 const struct stage *to, const struct codec *c)
{
	const struct stage *from = old ? pipeline_stage(p, text_of(old, "stage")) : NULL;
	settle_probability(r, old, from, to);
	settle_closing(r, old, from, to, c);
	settle_since(r, old, to, c);
}

static bool check_deal(struct record *r, const struct record *old, const struct codec *c,
		       struct diag *d)
{
	if (!is_set(r, "account") && !is_set(r, "contact"))
		return diag_set(d, NULL, "a deal needs an account or a contact");
	size_t n;
	if (!is_set(r, "pipeline") && !old)
		set_text(r, "pipeline", str_of(schema_pipelines(c->schema, &n)->key));
	const struct pipeline *p = schema_pipeline(c->schema, text_of(r, "pipeline"));
	if (!p)
		return diag_set(d, "pipeline", "there is no such pipeline");
	if (!is_set(r, "stage") && !old)
		set_text(r, "stage", str_of(p->stages[0].key));
	if (!is_set(r, "stage"))
		return diag_set(d, "stage", "must not be empty");
	struct str key = text_of(r, "stage");
	const struct stage *to = pipeline_stage(p, key);
	if (!to)
		return diag_set(d, "stage", "%s is no stage of pipeline \"%s\"",
				quoted(key, &d->arena), p->key);
	if (!c->restoring)
		follow_win(r, old, to);
	else if (!is_set(r, "probability")) /* as it is with a deal that is new */
		*record_get(r, "probability") = value_int(to->probability);
	if (!changed(r, old, "stage") && !changed(r, old, "pipeline"))
		return may_stay(r, old, to, c, d);
	if (!c->restoring && !says_no_end(r, old, to, d))
		return false;
	if (!c->restoring)
		follow_stage(r, old, p, to, c);
	return may_enter(r, old, p, to, c, d);
}

const struct entity entity_deal = {
	.name = "deal",
	.plural = "deals",
	.label_vi = "Cơ hội",
	.help = "opportunities to sell something",
	ENTITY_FIELDS(deal_fields),
	.list = "id,name,account.name,stage,amount,currency,probability,expected_close,owner",
	.title = "name",
	.indexes = "stage closed_at id amount currency won_by account contact lead owner pipeline|"
		   "created_at owner lead account contact|account stage pipeline",
	.check = check_deal,
};

static const struct field stage_change_fields[] = {
	ID_FIELD("stage_change"),
	{ "deal", &type_ref, F_REQUIRED | F_PART, "deal that moved", .label_vi = "Cơ hội",
	  .ref = "deal" },
	{ "pipeline", &type_pick, F_REQUIRED, "pipeline", .label_vi = "Quy trình",
	  .picklist = "deal.pipeline" },
	{ "from_stage", &type_pick, 0, "stage it left; empty: it was made", .label_vi = "Từ bước",
	  .picklist = "deal.stage" },
	{ "stage", &type_pick, F_REQUIRED | F_INDEX, "stage it entered", .label_vi = "Đến bước",
	  .picklist = "deal.stage" },
	{ "at", &type_instant, F_REQUIRED | F_INDEX, "when", .label_vi = "Lúc" },
	{ "user", &type_ref, F_INDEX, "who moved it", .label_vi = "Người chuyển", .ref = "user" },
	{ "owner", &type_ref, F_INDEX, "owner at that moment", .label_vi = "Người phụ trách",
	  .ref = "user" },
	{ "amount", &type_money, 0, "what the deal was worth then", .label_vi = "Giá trị" },
	{ "currency", &type_currency, 0, "currency of the amount", .label_vi = "Tiền tệ" },
	{ "duration_s", &type_int, 0, "seconds it had been in the stage it left",
	  .label_vi = "Thời gian (giây)" },
	PART_SYSTEM_FIELDS,
};

const struct entity entity_stage_change = {
	.name = "stage_change",
	.plural = "stage changes",
	.label_vi = "Lần chuyển bước",
	.help = "the history of the deals' stages",
	ENTITY_FIELDS(stage_change_fields),
	.list = "id,deal,deal.name,from_stage,stage,at,user,amount,currency,duration_s",
	.title = "id",
	.indexes = "deal at id stage",
};
