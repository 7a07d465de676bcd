/* What customers did, as other systems report it: the raw stream, append-only. */
#include "schema/fields.h"

static const struct field event_fields[] = {
	ID_FIELD("event"),
	{ "at", &type_instant, F_REQUIRED | F_INDEX | F_IMMUTABLE, "when", .label_vi = "Lúc",
	  .def = "now", .alias = "timestamp|time|date|occurred at" },
	{ "kind", &type_pick, F_REQUIRED | F_IMMUTABLE, "what happened", .label_vi = "Loại",
	  .picklist = "event.kind", .alias = "event|type|event type" },
	{ "source", &type_text, F_IMMUTABLE, "system that reports it", .label_vi = "Hệ thống" },
	{ "external_id", &type_external, F_MATCH | F_IMMUTABLE, "its number there",
	  .label_vi = "Mã bên ngoài", .alias = "event id|message id|id in source" },
	PERSON_REFS("who did it"),
	{ "product", &type_ref, F_IMMUTABLE, "product it is about", .label_vi = "Sản phẩm",
	  .ref = "product" },
	{ "campaign", &type_ref, F_INDEX | F_IMMUTABLE, "campaign it belongs to",
	  .label_vi = "Chiến dịch", .ref = "campaign" },
	{ "order", &type_ref, F_IMMUTABLE, "order it is about", .label_vi = "Đơn hàng",
	  .ref = "order" },
	{ "subject", &type_text, F_SEARCH | F_IMMUTABLE, "page, form, link or question",
	  .label_vi = "Chủ đề", .alias = "url|page|link|title" },
	{ "rating", &type_int, F_IMMUTABLE, "points given in a review or survey",
	  .label_vi = "Điểm đánh giá", .alias = "score|stars|nps|nps score" },
	{ "value", &type_money, F_IMMUTABLE, "what it is worth", .label_vi = "Giá trị",
	  .alias = "amount|revenue" },
	{ "currency", &type_currency, F_IMMUTABLE, "currency of the value", .label_vi = "Tiền tệ" },
	{ "address", &type_text, F_IMMUTABLE, "address or number of whoever did it, as reported",
	  .label_vi = "Địa chỉ" },
	{ "payload", &type_text, F_LONG | F_IMMUTABLE, "all that was reported, as JSON",
	  .label_vi = "Dữ liệu gốc", .alias = "data|properties" },
	SYSTEM_FIELDS,
};

static bool check_event(struct record *r, const struct record *old, const struct codec *c,
			struct diag *d)
{
	(void)old;
	if (is_set(r, "external_id") && !is_set(r, "source"))
		return diag_set(d, "source", "in what system is that the external_id?");
	if (is_set(r, "value") && !is_set(r, "currency"))
		set_text(r, "currency", str_of(c->settings->currency));
	return true;
}

const struct entity entity_event = {
	.name = "event",
	.plural = "events",
	.label_vi = "Sự kiện",
	.help = "what customers did, as other systems report it",
	ENTITY_FIELDS(event_fields),
	.list = "id,at,kind,source,lead.name,contact.name,account.name,subject,value,currency",
	.title = "id",
	.about = "contact account lead campaign product order",
	.unique = "source external_id",
	.append_only = true,
	.check = check_event,
};
