/* Users and the teams they belong to. */
#include "core/buf.h"
#include "core/hours.h"
#include "schema/fields.h"

static const struct field user_fields[] = {
	ID_FIELD("user"),
	{ "login", &type_text, F_REQUIRED | F_UNIQUE | F_MATCH | F_SEARCH | F_IMMUTABLE,
	  "short name for the command line, for good", .label_vi = "Tên đăng nhập",
	  .alias = "username|user name" },
	{ "name", &type_text, F_MATCH | F_SEARCH, "full name", .label_vi = "Họ tên",
	  .alias = "full name|họ và tên|sales agent|salesperson" },
	{ "email", &type_email, F_MATCH | F_SEARCH, "e-mail address", .label = "E-mail",
	  .label_vi = "Email", .alias = "e-mail|email address" },
	{ "phone", &type_phone, F_MATCH | F_SEARCH, "telephone", .label_vi = "Điện thoại",
	  .alias = "phone number|mobile" },
	{ "role", &type_pick, F_REQUIRED, "what they may do", .label_vi = "Vai trò",
	  .picklist = "user.role", .def = "rep" },
	{ "team", &type_ref, F_INDEX, "team they belong to", .label_vi = "Nhóm", .ref = "team" },
	{ "active", &type_bool, F_REQUIRED, "whether they work here", .label_vi = "Đang làm việc",
	  .def = "true" },
	{ "on_duty", &type_bool, F_REQUIRED, "whether they take new leads now",
	  .label_vi = "Đang trực", .def = "true" },
	{ "weight", &type_int, 0, "share of new leads when dealt out by weight",
	  .label_vi = "Trọng số", .def = "1" },
	{ "capacity", &type_int, 0, "open leads they can work on; empty: no limit",
	  .label_vi = "Sức chứa" },
	{ "shift", &type_text, 0,
	  "hours in which they take new leads, such as mon-fri 08:00-17:00; empty: any",
	  .label_vi = "Ca làm việc", .alias = "shifts|ca|ca trực" },
	{ "skills", &type_tags, 0, "what they are good at, for leads dealt out by skill",
	  .label_vi = "Kỹ năng", .alias = "skill" },
	{ "territories", &type_tags, 0, "where they sell, for leads dealt out by territory",
	  .label_vi = "Địa bàn", .alias = "territory|region|khu vực" },
	PART_SYSTEM_FIELDS,
};

/* A key of digits, or one that looks like a reference, could not be told from an id. */
static bool check_key(struct record *r, const char *name, const struct codec *c, struct diag *d)
{
	struct str key = text_of(r, name);
	const struct entity *e;
	int64_t id;
	if (str_int(key, &id) || ref_parse(c->schema, key, &e, &id))
		return diag_set(d, name, "%s could be taken for a record's number",
				quoted(key, &d->arena));
	if (is_one_of(key, (const char *const[]){ "none", "any", "me", NULL }))
		return diag_set(d, name, "%s has a meaning of its own", quoted(key, &d->arena));
	return true;
}

static bool check_numbers(const struct record *r, struct diag *d)
{
	static const char *const numbers[] = { "weight", "capacity" };
	for (size_t i = 0; i < countof(numbers); i++)
		if (record_at(r, numbers[i])->kind == V_INT && record_at(r, numbers[i])->i < 0)
			return diag_set(d, numbers[i], "must not be below 0");
	return true;
}

static bool check_shift(const struct record *r, const struct codec *c, struct diag *d)
{
	struct hours h;
	if (hours_parse(&h, text_of(r, "shift"), STR(""), c->arena, d))
		return true;
	return diag_set(d, "shift", "%s", arena_str(&d->arena, d->message).p);
}

static bool check_user(struct record *r, const struct record *old, const struct codec *c,
		       struct diag *d)
{
	struct str login = text_of(r, "login");
	if (!old && str_is(login, "pool")) /* crm-user retire --to pool */
		return diag_set(d, "login", "\"pool\" has a meaning of its own");
	for (size_t i = 0; i < login.n; i++)
		if (strchr(" \t,;:=\"'()", login.p[i]))
			return diag_set(d, "login", "%s has a character that no login may have",
					quoted(login, &d->arena));
	return check_key(r, "login", c, d) && check_numbers(r, d) && check_shift(r, c, d);
}

const struct entity entity_user = {
	.name = "user",
	.plural = "users",
	.label_vi = "Người dùng",
	.help = "people who work here",
	ENTITY_FIELDS(user_fields),
	.list = "id,login,name,role,team,active",
	.title = "name",
	.key = "login",
	.check = check_user,
};

static const struct field team_fields[] = {
	ID_FIELD("team"),
	{ "name", &type_text, F_REQUIRED | F_UNIQUE | F_MATCH | F_SEARCH, "name of the team",
	  .label_vi = "Tên nhóm", .alias = "team|regional office|office" },
	{ "department", &type_text, F_SEARCH, "department it belongs to", .label_vi = "Phòng ban" },
	{ "manager", &type_ref, F_INDEX, "user who leads it", .label_vi = "Trưởng nhóm",
	  .ref = "user" },
	PART_SYSTEM_FIELDS,
};

static bool check_team(struct record *r, const struct record *old, const struct codec *c,
		       struct diag *d)
{
	(void)old;
	return check_key(r, "name", c, d);
}

const struct entity entity_team = {
	.name = "team",
	.plural = "teams",
	.label_vi = "Nhóm",
	.help = "teams of users",
	ENTITY_FIELDS(team_fields),
	.list = "id,name,department,manager",
	.title = "name",
	.key = "name",
	.check = check_team,
};
