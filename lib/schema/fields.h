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

/* The last rows of every type. */
#define SYSTEM_FIELDS                                                                              \
	{ "tags", &type_tags, F_SEARCH, "free labels", .label_vi = "Nhãn", .alias = "tag|labels",  \
	  .converts = "account.tags contact.tags deal.tags" },                                     \
	{ "created_at", &type_instant, F_SYSTEM | F_DERIVED | F_INDEX, "when it was made",         \
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
/* clang-format on */

#define ENTITY_FIELDS(array) .fields = (array), .nfields = countof(array)

extern const struct entity entity_user, entity_team, entity_lead, entity_account, entity_contact,
    entity_deal, entity_stage_change, entity_activity;

#endif
