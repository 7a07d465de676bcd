/* Quotes, and the lines of deals and quotes. */
#include "schema/fields.h"
#include "schema/line.h"
#include "schema/status.h"

static const struct field deal_line_fields[] = {
	ID_FIELD("deal_line"),
	LINE_FIELDS("deal", "Cơ hội"),
	PART_SYSTEM_FIELDS,
};

const struct entity entity_deal_line = {
	.name = "deal_line",
	.plural = "deal lines",
	.label_vi = "Dòng cơ hội",
	.help = "what a deal is about, product by product",
	ENTITY_FIELDS(deal_line_fields),
	.list = "id,deal,product.name,description,quantity,unit_price,discount,amount,currency",
	.title = "description",
	.check = check_line,
};

static const struct field quote_fields[] = {
	ID_FIELD("quote"),
	{ "number", &type_text, F_UNIQUE | F_MATCH | F_SEARCH, "number of the document",
	  .label_vi = "Số báo giá", .alias = "quote number|quotation number|quote no" },
	{ "name", &type_text, F_MATCH | F_SEARCH, "what it is about", .label_vi = "Tên báo giá",
	  .alias = "subject|title" },
	{ "deal", &type_ref, F_INDEX, "deal it belongs to", .label_vi = "Cơ hội", .ref = "deal" },
	{ "account", &type_ref, F_INDEX, "account it is made to", .label_vi = "Khách hàng",
	  .ref = "account", .alias = "account name|company|customer" },
	{ "contact", &type_ref, F_INDEX, "person it is made to", .label_vi = "Người liên hệ",
	  .ref = "contact", .alias = "contact name" },
	{ "status", &type_pick, F_REQUIRED, "how far it is", .label_vi = "Trạng thái",
	  .picklist = "quote.status", .def = "draft", .alias = "stage|quote stage" },
	{ "quoted_on", &type_date, 0, "day of the document", .label_vi = "Ngày báo giá",
	  .def = "today", .alias = "date|quote date" },
	{ "valid_until", &type_date, 0, "last day on which it can be accepted",
	  .label_vi = "Hiệu lực đến", .alias = "valid till|expiration|expires" },
	{ "sent_at", &type_instant, F_DERIVED, "when it was sent", .label_vi = "Gửi lúc" },
	{ "decided_at", &type_instant, F_DERIVED, "when it was accepted or rejected",
	  .label_vi = "Quyết định lúc" },
	TOTAL_FIELDS,
	{ "terms", &type_text, F_LONG, "terms of payment and delivery", .label_vi = "Điều khoản" },
	{ "owner", &type_ref, F_INDEX, "user who made it", .label_vi = "Người phụ trách",
	  .ref = "user", .alias = "quote owner|assigned to" },
	{ "description", &type_text, F_LONG | F_SEARCH, "free text", .label_vi = "Mô tả",
	  .alias = "notes|note|ghi chú" },
	EXTERNAL_ID,
	PART_SYSTEM_FIELDS,
};

static const struct transition moves[] = {
	{ "draft", "sent accepted rejected expired", NULL },
	{ "sent", "draft accepted rejected expired", NULL },
	{ "expired", "draft sent rejected", "accepted" },
	{ "rejected", "draft", "sent accepted" },
	{ "accepted", "", "draft sent rejected" },
	{ 0 },
};

/* When it was sent and decided; what goes back has not been decided yet. */
static void note_times(struct record *r, const struct record *old, const struct codec *c)
{
	static const char *const decided[] = { "accepted", "rejected", NULL };
	if (c->seeding || !changed(r, old, "status"))
		return;
	if (status_enters(r, old, "sent") && !(changed(r, old, "sent_at") && is_set(r, "sent_at")))
		set_now(r, "sent_at", c);
	if (!is_one_of(text_of(r, "status"), decided))
		set_null(r, "decided_at");
	else if (!(changed(r, old, "decided_at") && is_set(r, "decided_at")))
		set_now(r, "decided_at", c);
}

static bool check_quote(struct record *r, const struct record *old, const struct codec *c,
			struct diag *d)
{
	if (!is_set(r, "deal") && !is_set(r, "account") && !is_set(r, "contact"))
		return diag_set(d, NULL, "a quote needs a deal, an account or a contact");
	struct str last = text_of(r, "valid_until");
	if (last.n && str_cmp(last, text_of(r, "quoted_on")) < 0)
		return diag_set(d, "valid_until", "it ends before the day of the quote");
	if (!status_follows(moves, r, old, c, d))
		return false;
	if (old && status_enters(r, old, "accepted") && last.n && str_cmp(last, today(c)) < 0 &&
	    !c->excused && !c->seeding && !c->restoring)
		return diag_set(d, "valid_until",
				"it could be accepted until %s; to accept it now, say why with"
				" --reason",
				arena_str(&d->arena, last).p);
	if (c->restoring)
		return true;
	note_times(r, old, c);
	return header_amounts(r, old, c, d);
}

const struct entity entity_quote = {
	.name = "quote",
	.plural = "quotes",
	.label_vi = "Báo giá",
	.help = "offers with a price and a last day",
	ENTITY_FIELDS(quote_fields),
	.list = "id,number,account.name,deal,status,valid_until,total,currency,owner",
	.title = "number",
	.check = check_quote,
};

static const struct field quote_line_fields[] = {
	ID_FIELD("quote_line"),
	LINE_FIELDS("quote", "Báo giá"),
	PART_SYSTEM_FIELDS,
};

const struct entity entity_quote_line = {
	.name = "quote_line",
	.plural = "quote lines",
	.label_vi = "Dòng báo giá",
	.help = "what a quote offers, product by product",
	ENTITY_FIELDS(quote_line_fields),
	.list = "id,quote.number,product.name,description,quantity,unit_price,discount,amount,tax,"
		"currency",
	.title = "description",
	.check = check_line,
};
