/* Alerts that were raised, so that they are not raised every morning again. */
#include "schema/fields.h"

#define ABOUT(type, what, vi)                                                           \
	{                                                                               \
		type, &type_ref, F_INDEX | F_LETS_GO, what, .label_vi = vi, .ref = type \
	}

static const struct field alert_fields[] = {
	ID_FIELD("alert"),
	{ "kind", &type_pick, F_REQUIRED, "what it says", .label_vi = "Loại",
	  .picklist = "alert.kind" },
	{ "topic", &type_text, 0, "which of that kind: a product, a period, a stage",
	  .label_vi = "Về việc" },
	ABOUT("account", "account it is about", "Khách hàng"),
	ABOUT("contact", "contact it is about", "Người liên hệ"),
	ABOUT("deal", "deal it is about", "Cơ hội"),
	ABOUT("user", "user it is about", "Nhân viên"),
	ABOUT("team", "team it is about", "Nhóm"),
	ABOUT("product", "product it is about", "Sản phẩm"),
	{ "severity", &type_pick, F_REQUIRED, "how bad it was when it was raised last",
	  .label_vi = "Mức độ", .picklist = "priority" },
	{ "value", &type_money, 0, "what was at stake then", .label_vi = "Giá trị" },
	{ "currency", &type_currency, 0, "currency of the value", .label_vi = "Tiền tệ" },
	{ "evidence", &type_text, F_LONG, "why, in a sentence", .label_vi = "Căn cứ" },
	{ "raised_at", &type_instant, F_REQUIRED, "when it was raised last",
	  .label_vi = "Báo lúc" },
	PART_SYSTEM_FIELDS,
};

const struct entity entity_alert = {
	.name = "alert",
	.plural = "alerts",
	.label_vi = "Cảnh báo",
	.help = "alerts that crm-alert --new raised and that still hold",
	ENTITY_FIELDS(alert_fields),
	.list = "id,kind,account.name,contact.name,deal.name,user,topic,severity,value,currency,"
		"raised_at",
	.title = "id",
	.about = "account contact deal",
};
