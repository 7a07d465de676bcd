/* Rows that several record types share.  Only lib/schema/entity_*.c include this. */
#ifndef CRM_SCHEMA_FIELDS_H
#define CRM_SCHEMA_FIELDS_H

#include "schema/check.h"
#include "schema/schema.h"

/* clang-format off */
/* The first row of every type. */
#define ID_FIELD(entity)                                                                           \
	{ "id", &type_id, F_SYSTEM | F_IMMUTABLE, "typed reference", .label = "ID",                \
	  .label_vi = "Mã", .ref = entity, .converts = "-" }

/* The last rows of every type; parts and helpers of others are not looked for by their time. */
#define SYSTEM_FIELDS SYSTEM_FIELDS_WITH(F_INDEX)
#define PART_SYSTEM_FIELDS SYSTEM_FIELDS_WITH(0)
#define SYSTEM_FIELDS_WITH(time)                                                                   \
	{ "tags", &type_tags, F_SEARCH, "free labels", .label_vi = "Nhãn", .alias = "tag|labels",  \
	  .converts = "account.tags contact.tags deal.tags" },                                     \
	{ "created_at", &type_instant, F_SYSTEM | F_DERIVED | (time), "when it was made",         \
	  .label_vi = "Ngày tạo", .alias = "create date|created time|created date|created on",     \
	  .converts = "-" },                                                                       \
	{ "created_by", &type_ref, F_SYSTEM, "who made it", .label_vi = "Người tạo",               \
	  .ref = "user", .converts = "-" },                                                        \
	{ "updated_at", &type_instant, F_SYSTEM, "when it was last changed",                       \
	  .label_vi = "Ngày sửa", .converts = "-" },                                               \
	{ "updated_by", &type_ref, F_SYSTEM, "who last changed it", .label_vi = "Người sửa",       \
	  .ref = "user", .converts = "-" },                                                        \
	{ "rev", &type_int, F_SYSTEM | F_HIDDEN, "how often it was written, for --if-rev",         \
	  .label_vi = "Phiên bản", .converts = "-" }

/* Seven columns of a postal address; `to(name)` gives where a lead's go. */
#define ADDRESS_FIELDS(p, en, vi, to)                                                              \
	{ p "street", &type_text, F_SEARCH, en "house number and street",                          \
	  .label_vi = vi "Số nhà, đường", .alias = p "address|" p "đường", .converts = to("street") }, \
	{ p "ward", &type_text, 0, en "ward or commune", .label_vi = vi "Phường/xã",               \
	  .converts = to("ward") },                                                                \
	{ p "district", &type_text, 0, en "district", .label_vi = vi "Quận/huyện",                 \
	  .converts = to("district") },                                                            \
	{ p "city", &type_text, F_SEARCH, en "city or province", .label_vi = vi "Tỉnh/thành phố",  \
	  .alias = p "province|" p "tỉnh|" p "thành phố", .converts = to("city") },                \
	{ p "region", &type_text, 0, en "region or state", .label_vi = vi "Vùng",                  \
	  .alias = p "state|" p "state/region|" p "state/province", .converts = to("region") },    \
	{ p "postal_code", &type_text, 0, en "postal code", .label_vi = vi "Mã bưu chính",         \
	  .alias = p "zip|" p "zip code|" p "postcode|" p "zip/postal code",                       \
	  .converts = to("postal_code") },                                                         \
	{ p "country", &type_text, 0, en "country", .label_vi = vi "Quốc gia",                     \
	  .alias = p "country/region", .converts = to("country") }

#define TO_NOWHERE(name) NULL

/* A refusal to be contacted, with when, where from and by whom; `to` as above. */
#define CONSENT(what, by, vi, to)                                                                  \
	{ "do_not_" what, &type_bool, 0, "must not be contacted by " by, .label_vi = "Không " vi,  \
	  .def = "false", .converts = to("do_not_" what) },                                                        \
	{ "do_not_" what "_at", &type_instant, 0, "since when", .label_vi = "Không " vi " từ",     \
	  .converts = to("do_not_" what "_at") },                                                  \
	{ "do_not_" what "_source", &type_text, 0, "where that was said",                          \
	  .label_vi = "Nguồn không " vi, .converts = to("do_not_" what "_source") },               \
	{ "do_not_" what "_by", &type_ref, 0, "who noted it", .label_vi = "Người ghi không " vi,   \
	  .ref = "user", .converts = to("do_not_" what "_by") }

#define CONSENT_FIELDS(to)                                                                         \
	CONSENT("call", "telephone", "gọi", to), CONSENT("email", "e-mail", "gửi email", to),      \
	    CONSENT("sms", "text message", "nhắn SMS", to), CONSENT("zalo", "Zalo", "nhắn Zalo", to)
/*
 * A line of a deal, quote or order.  What it comes to follows from it (see line_amounts in
 * schema/line.h); its currency is that of the whole.
 */
#define LINE_FIELDS(whole, vi)                                                                     \
	{ whole, &type_ref, F_REQUIRED | F_PART | F_INDEX | F_IMMUTABLE, whole " it is a line of", \
	  .label_vi = vi, .ref = whole },                                                          \
	{ "position", &type_int, 0, "place among the lines", .label_vi = "Thứ tự" },               \
	{ "product", &type_ref, F_INDEX, "product or service", .label_vi = "Sản phẩm",             \
	  .ref = "product", .alias = "sku|product name|item|mã hàng|sản phẩm" },                   \
	{ "description", &type_text, F_LONG | F_SEARCH, "what it is; the product's name unless set", \
	  .label_vi = "Diễn giải", .alias = "item name|tên hàng" },                                \
	{ "quantity", &type_number, F_REQUIRED, "how many", .label_vi = "Số lượng",                \
	  .alias = "qty|sl", .def = "1" },                                                         \
	{ "unit", &type_text, 0, "unit of the quantity", .label_vi = "Đơn vị" },                   \
	{ "unit_price", &type_money, 0, "price of one; the product's unless set",                  \
	  .label_vi = "Đơn giá", .alias = "price|giá" },                                           \
	{ "unit_cost", &type_money, 0, "what one costs us; the product's unless set",              \
	  .label_vi = "Giá vốn", .alias = "cost price" },                                     \
	{ "discount", &type_number, 0, "discount in percent", .label_vi = "Chiết khấu (%)",        \
	  .alias = "discount %|discount percent" },                                                \
	{ "tax_rate", &type_number, 0, "tax in percent; empty: none; the product's unless set",    \
	  .label_vi = "Thuế suất (%)", .alias = "vat|vat %|thuế suất" },                            \
	{ "tax_included", &type_bool, F_REQUIRED,                                                  \
	  "whether the price has the tax in it; as the product's unless set",                      \
	  .label_vi = "Giá gồm thuế" },                                                            \
	{ "amount", &type_money, F_DERIVED, "what it comes to, discount taken off, without tax",   \
	  .label_vi = "Thành tiền" },                                                              \
	{ "discount_amount", &type_money, F_DERIVED, "what the discount takes off, without tax",   \
	  .label_vi = "Tiền chiết khấu" },                                                         \
	{ "tax", &type_money, F_DERIVED, "tax on the amount", .label_vi = "Tiền thuế" },           \
	{ "cost", &type_money, F_DERIVED, "what it costs us; empty: not known",                    \
	  .label_vi = "Tiền vốn" },                                                                \
	{ "currency", &type_currency, F_DERIVED, "currency of the amounts: that of the whole",     \
	  .label_vi = "Tiền tệ" }

/* What a quote or order comes to: the sums over its lines. */
#define TOTAL_FIELDS                                                                               \
	{ "currency", &type_currency, F_REQUIRED, "currency of the amounts",                       \
	  .label_vi = "Tiền tệ" },                                                                 \
	{ "subtotal", &type_money, F_DERIVED, "all lines before discount and tax",                 \
	  .label_vi = "Tạm tính" },                                                                \
	{ "discount", &type_money, F_DERIVED, "what the discounts take off",                       \
	  .label_vi = "Chiết khấu" },                                                              \
	{ "tax", &type_money, F_DERIVED, "tax of all lines", .label_vi = "Thuế" },                 \
	{ "total", &type_money, F_DERIVED, "what is to be paid", .label_vi = "Tổng cộng",          \
	  .alias = "amount|grand total|thành tiền|tổng tiền" },                                    \
	{ "cost", &type_money, F_DERIVED, "what the lines cost us; empty: not known of all",       \
	  .label_vi = "Giá vốn" },                                                                 \
	{ "margin", &type_money, F_DERIVED, "subtotal less discount and cost; empty: not known",   \
	  .label_vi = "Lợi nhuận gộp" }

/* The people a record may be about. */
#define PERSON_REFS(what) PERSON_REFS_WITH(0, what)
#define PERSON_REFS_WITH(part, what)                                                               \
	{ "lead", &type_ref, (part) | F_INDEX, "lead " what, .label_vi = "Đầu mối", .ref = "lead" },        \
	{ "account", &type_ref, (part) | F_INDEX, "account " what, .label_vi = "Khách hàng",                \
	  .ref = "account" },                                                                      \
	{ "contact", &type_ref, (part) | F_INDEX, "contact " what, .label_vi = "Người liên hệ",             \
	  .ref = "contact" }

#define EXTERNAL_ID                                                                                \
	{ "external_id", &type_text, F_MATCH, "number under which another system knows it",        \
	  .label_vi = "Mã bên ngoài", .alias = "record id" }
/* clang-format on */

#define ENTITY_FIELDS(array) .fields = (array), .nfields = countof(array)

extern const struct entity entity_user, entity_team, entity_product, entity_segment,
    entity_campaign, entity_lead, entity_account, entity_contact, entity_deal, entity_deal_line,
    entity_deal_contact, entity_stage_change, entity_quote, entity_quote_line, entity_order,
    entity_order_line, entity_ticket, entity_activity, entity_event, entity_campaign_member,
    entity_segment_member, entity_relation, entity_identity, entity_exchange_rate,
    entity_target_figure, entity_errand, entity_firing, entity_enrolment, entity_assignment,
    entity_absence, entity_call_claim, entity_alert;

#endif
