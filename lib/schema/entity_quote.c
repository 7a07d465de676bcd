/* Quotes, orders, and the lines of deals, quotes and orders. */
#include "schema/fields.h"

static const struct field deal_line_fields[] = {
	ID_FIELD("deal_line"),
	LINE_FIELDS("deal", "Cơ hội"),
	SYSTEM_FIELDS,
};

const struct entity entity_deal_line = {
	.name = "deal_line",
	.plural = "deal lines",
	.label_vi = "Dòng cơ hội",
	.help = "what a deal is about, product by product",
	ENTITY_FIELDS(deal_line_fields),
	.list = "id,deal,product.name,description,quantity,unit_price,discount,amount,currency",
	.title = "description",
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
	{ "status", &type_pick, F_REQUIRED | F_INDEX, "how far it is", .label_vi = "Trạng thái",
	  .picklist = "quote.status", .def = "draft", .alias = "stage|quote stage" },
	{ "quoted_on", &type_date, F_INDEX, "day of the document", .label_vi = "Ngày báo giá",
	  .alias = "date|quote date" },
	{ "valid_until", &type_date, F_INDEX, "last day on which it can be accepted",
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
	SYSTEM_FIELDS,
};

const struct entity entity_quote = {
	.name = "quote",
	.plural = "quotes",
	.label_vi = "Báo giá",
	.help = "offers with a price and a last day",
	ENTITY_FIELDS(quote_fields),
	.list = "id,number,account.name,deal,status,valid_until,total,currency,owner",
	.title = "number",
};

static const struct field quote_line_fields[] = {
	ID_FIELD("quote_line"),
	LINE_FIELDS("quote", "Báo giá"),
	SYSTEM_FIELDS,
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
};
