/* adoption: who writes down what they do, and whose records lie idle. */
#include <stdlib.h>

#include "report/study.h"
#include "report/take.h"

struct member {
	int64_t id, team; /* team 0: none */
	struct str login, role;
	int64_t last; /* write; INT64_MIN: never */
	int64_t changes, activities, open, stale;
	int64_t users, silent; /* of a team or role */
};

struct members {
	struct member *list;
	size_t n, room;
	struct map at; /* id → number + 1 */
};

static struct str id_key(const int64_t *id)
{
	return (struct str){ (const char *)id, sizeof *id };
}

static struct member *member_of(const struct members *m, const struct value *user)
{
	const int64_t *number = user->kind == V_INT ? map_find(&m->at, id_key(&user->i)) : NULL;
	return number ? &m->list[*number - 1] : NULL;
}

/* -- what is read -- */

static const char *const user_paths[] = { "id", "login", "team", "role", NULL };
static const char *const activity_paths[] = { "owner", NULL };
static const char *const touched_paths[] = { "owner", "updated_at", "last_contacted_at", NULL };
static const char *const ticket_paths[] = { "owner", "updated_at", NULL };

static const struct source sources[] = {
	{ "user", "user", .where = "active = true", .stock = true, .reads = user_paths },
	{ "activity", "activity", .where = "status = done", .time = { "done_at" },
	  .reads = activity_paths },
	/* said so that no index of the status leads: they are many, and lie all over the table */
	{ "lead", "lead", .where = "status not in (disqualified, converted)", .stock = true,
	  .reads = touched_paths },
	{ "deal", "deal", DEALS_OPEN, .through = true, .stock = true, .reads = touched_paths },
	{ "ticket", "ticket", .where = "status in (new, open, pending)", .stock = true,
	  .reads = ticket_paths },
};

/* Whose records the role does not show may well work hard: nothing is said of them. */
static bool is_seen(const struct store *s, int64_t user)
{
	const struct access *a = &s->access;
	bool seen = a->role.read == SCOPE_ALL || user == s->settings.user;
	for (size_t i = 0; a->role.read == SCOPE_TEAM && i < a->nusers; i++)
		seen = seen || a->users[i] == user;
	return seen;
}

static void read_users(struct study *s, struct members *m)
{
	struct value when;
	const struct value *v;
	struct records *r = records_open(s->job, "user", user_paths);
	while ((v = records_next(r, &when))) {
		if (!is_seen(report_store(s->job), v[0].i))
			continue;
		m->list = xgrow(m->list, m->n, &m->room, sizeof *m->list);
		m->list[m->n++] = (struct member){
			.id = v[0].i,
			.login = arena_str(report_arena(s->job), v[1].s),
			.team = v[2].kind == V_INT ? v[2].i : 0,
			.role = arena_str(report_arena(s->job), v[3].s),
			.last = INT64_MIN,
		};
		*map_at(&m->at, id_key(&v[0].i)) = (int64_t)m->n;
	}
	records_close(r);
}

static void add_activity(void *members, const struct records *r, const struct value *v)
{
	struct member *who = member_of(members, &v[0]);
	(void)r;
	if (who)
		who->activities++;
}

struct opened {
	const struct members *members;
	size_t times;	/* what is read behind the owner */
	int64_t before; /* stale where nobody wrote to a record, or spoke to them, since then */
};

static void add_open(void *opened, const struct records *r, const struct value *v)
{
	const struct opened *o = opened;
	struct member *who = member_of(o->members, &v[0]);
	bool stale = true;
	(void)r;
	if (!who)
		return;
	for (size_t i = 1; stale && i <= o->times; i++) {
		int64_t at;
		stale = !value_instant(&v[i], &at) || at < o->before;
	}
	who->open++;
	who->stale += stale;
}

/* Who wrote when; and of what was written in the time how much. */
static bool history_sql(const struct job *j, struct sql *q, size_t i)
{
	const struct range *r = &j->timing.range;
	if (i)
		return false;
	sql_add(q, "select s.\"user\", s.at,"
		   " (select count(*) from change c where c.change_set = s.id");
	if (r->has_from) {
		sql_add(q, " and s.at >= ");
		sql_param(q, value_text(instant_print(r->from, q->arena)));
	}
	if (r->has_to) {
		sql_add(q, " and s.at < ");
		sql_param(q, value_text(instant_print(r->to, q->arena)));
	}
	sql_add(q, ") from change_set s"
		   " where exists (select 1 from change c where c.change_set = s.id)");
	return true;
}

static void read_history(struct study *s, const struct members *m)
{
	struct sql q = { .arena = report_arena(s->job) };
	history_sql(s->job, &q, 0);
	struct stmt *rows = db_query(report_store(s->job)->db, &q);
	while (stmt_step(rows)) {
		struct value user = stmt_value(rows, 0), when = stmt_value(rows, 1),
			     n = stmt_value(rows, 2);
		struct member *who = member_of(m, &user);
		int64_t at;
		if (!who || !value_instant(&when, &at) || at > report_now(s->job))
			continue;
		who->last = at > who->last ? at : who->last;
		who->changes += n.i;
	}
	stmt_close(rows);
	sql_free(&q);
}

/* -- the answer -- */

static const struct field person = { "user", &type_ref, 0, "user", .ref = "user" };

static const struct study_column columns[] = {
	{ "user", "User", "Người dùng", .role = ROLE_DIMENSION, .field = &person },
	{ "team", "Team", "Nhóm", .role = ROLE_DIMENSION },
	{ "last_write", "Last write", "Ghi lần cuối", STUDY_FIGURE = UNIT_INSTANT },
	{ "changes", "Changes", "Số thay đổi", STUDY_FIGURE = UNIT_COUNT },
	{ "activities", "Activities", "Số hoạt động", STUDY_FIGURE = UNIT_COUNT },
	{ "silent", "Silent", "Không ghi gì", STUDY_FIGURE = UNIT_FLAG },
	{ "open_records", "Open records", "Hồ sơ đang mở", STUDY_FIGURE = UNIT_COUNT },
	{ "stale_records", "Stale", "Hồ sơ bỏ quên", STUDY_FIGURE = UNIT_COUNT },
	{ "stale_share", "Stale share", "Tỷ lệ bỏ quên", STUDY_FIGURE = UNIT_SHARE },
};

static int by_activities(const void *a, const void *b)
{
	const struct member *x = a, *y = b;
	if (x->activities != y->activities)
		return x->activities < y->activities ? -1 : 1;
	if (x->changes != y->changes)
		return x->changes < y->changes ? -1 : 1;
	return str_cmp(x->login, y->login);
}

static int by_team(const void *a, const void *b)
{
	const struct member *x = a, *y = b;
	if (x->team != y->team)
		return x->team < y->team ? -1 : 1;
	return str_cmp(x->login, y->login);
}

static int by_role(const void *a, const void *b)
{
	const struct member *x = a, *y = b;
	int order = str_cmp(x->role, y->role);
	return order ? order : str_cmp(x->login, y->login);
}

/* In place of the users their teams, or roles. */
static void make_groups(struct members *m, bool roles)
{
	size_t n = 0;
	if (m->n)
		qsort(m->list, m->n, sizeof *m->list, roles ? by_role : by_team);
	for (size_t i = 0; i < m->n; i++) {
		struct member one = m->list[i], *group = &m->list[n ? n - 1 : 0];
		one.users = 1;
		one.silent = !one.changes && !one.activities;
		if (!n || (roles ? !str_eq(group->role, one.role) : group->team != one.team)) {
			m->list[n++] = one;
			continue;
		}
		group->last = one.last > group->last ? one.last : group->last;
		group->changes += one.changes;
		group->activities += one.activities;
		group->open += one.open;
		group->stale += one.stale;
		group->users++;
		group->silent += one.silent;
	}
	m->n = n;
}

static const struct field role = { "role", &type_pick, 0, "role", .picklist = "user.role" };

static const struct study_column role_column = { "role", "Role", "Vai trò", .role = ROLE_DIMENSION,
						 .field = &role };

static const struct study_column group_columns[] = {
	{ "team", "Team", "Nhóm", .role = ROLE_DIMENSION },
	{ "users", "Users", "Số người dùng", STUDY_FIGURE = UNIT_COUNT },
	{ "silent_users", "Silent", "Không ghi gì", STUDY_FIGURE = UNIT_COUNT },
	{ "last_write", "Last write", "Ghi lần cuối", STUDY_FIGURE = UNIT_INSTANT },
	{ "changes", "Changes", "Số thay đổi", STUDY_FIGURE = UNIT_COUNT },
	{ "activities", "Activities", "Số hoạt động", STUDY_FIGURE = UNIT_COUNT },
	{ "open_records", "Open records", "Hồ sơ đang mở", STUDY_FIGURE = UNIT_COUNT },
	{ "stale_records", "Stale", "Hồ sơ bỏ quên", STUDY_FIGURE = UNIT_COUNT },
	{ "stale_share", "Stale share", "Tỷ lệ bỏ quên", STUDY_FIGURE = UNIT_SHARE },
};

static struct value last_write(struct study *s, const struct member *x)
{
	return x->last != INT64_MIN ? value_text(instant_print(x->last, &s->row)) : value_null();
}

static struct value team_name(struct study *s, const struct member *x)
{
	const struct entity *team = schema_entity(s->job->context->schema, STR("team"));
	return x->team ? study_name(s, team, x->team) : value_null();
}

static void put_groups(struct study *s, const struct members *m, bool roles)
{
	struct study_column all[countof(group_columns)];
	memcpy(all, group_columns, sizeof all);
	if (roles)
		all[0] = role_column;
	study_begin(s, all, countof(all));
	for (size_t i = 0; i < m->n; i++) {
		const struct member *x = &m->list[i];
		const struct value row[] = {
			roles ? value_text(x->role) : team_name(s, x),
			value_int(x->users),
			value_int(x->silent),
			last_write(s, x),
			value_int(x->changes),
			value_int(x->activities),
			value_int(x->open),
			value_int(x->stale),
			study_ratio(x->stale, x->open),
		};
		study_put(s, row);
	}
}

static void put_members(struct study *s, const struct members *m)
{
	study_begin(s, columns, countof(columns));
	for (size_t i = 0; i < m->n; i++) {
		const struct member *x = &m->list[i];
		const struct value row[] = {
			value_text(x->login),
			team_name(s, x),
			last_write(s, x),
			value_int(x->changes),
			value_int(x->activities),
			value_int(!x->changes && !x->activities),
			value_int(x->open),
			value_int(x->stale),
			study_ratio(x->stale, x->open),
		};
		study_put(s, row);
	}
}

/* A row for each user, or for each team or role. */
static bool wants_groups(const struct study *s, bool *groups, bool *roles)
{
	const char *by = s->job->options->by;
	*roles = by && !strcmp(by, "role");
	*groups = *roles || (by && !strcmp(by, "team"));
	return !by || *groups || !strcmp(by, "user") ||
	       diag_set(study_about(s->diag, "by"), NULL,
			"report adoption goes by one of user, team, role");
}

static void read_all(struct study *s, struct members *m)
{
	int64_t before = report_now(s->job) - study_whole(s, "stale") * DAY_SECONDS;
	read_users(s, m);
	records_each(s->job, "activity", activity_paths, add_activity, m);
	struct opened o = { m, 2, before };
	records_each(s->job, "lead", touched_paths, add_open, &o);
	records_each(s->job, "deal", touched_paths, add_open, &o);
	o.times = 1;
	records_each(s->job, "ticket", ticket_paths, add_open, &o);
	read_history(s, m);
}

static bool compute(struct job *j, struct answer *out, struct diag *d)
{
	struct study s = { .job = j, .out = out, .diag = d };
	struct members m = { 0 };
	bool groups, roles;
	bool ok = study_plain(&s, false, true, true) && study_moneyless(&s) &&
		  wants_groups(&s, &groups, &roles);
	if (ok && feeds_read(j) < j->nfeeds)
		ok = diag_set(d, NULL, "the parts of report adoption make sense together alone");
	if (ok) {
		read_all(&s, &m);
		if (groups)
			make_groups(&m, roles);
		if (m.n)
			qsort(m.list, m.n, sizeof *m.list, by_activities);
		if (groups)
			put_groups(&s, &m, roles);
		else
			put_members(&s, &m);
	}
	free(m.list);
	map_free(&m.at);
	study_close(&s);
	return ok;
}

static const struct report_option options[] = {
	{ "stale", "DAYS", "days after which an open record that nobody touched is stale (30)",
	  .most = 36500, .def = "30" },
	{ 0 },
};

/* Rows are users, or their teams or roles. */
static const struct dimension dimensions[] = {
	{ "user", { "login", "owner", "owner", "owner", "owner" }, .vi = "Người dùng" },
	{ "team",
	  { "team", "owner.team", "owner.team", "owner.team", "owner.team" },
	  .vi = "Nhóm" },
	{ "role",
	  { "role", "owner.role", "owner.role", "owner.role", "owner.role" },
	  .vi = "Vai trò" },
	{ 0 },
};

const struct report report_adoption = {
	.name = "adoption",
	.title = "Who works with it",
	.title_vi = "Mức độ sử dụng",
	.sources = sources,
	.nsources = countof(sources),
	.dimensions = dimensions,
	.compute = compute,
	.besides = history_sql,
	.options = options,
	.chart = { CHART_BAR, .category = "user", .values = "activities" },
	.definition =
	    "Every active user whose records one may read, those who log least first; --by team\n"
	    "or role adds them up (users, and how many of them are silent).\n"
	    "last_write: when they last changed anything, by the history, whatever --from says.\n"
	    "changes: records that they made, changed or deleted in the time asked for, each as\n"
	    "often as they did; imports count.  activities: those they own that were done in the\n"
	    "time (done_at).  silent: neither.  open_records: leads, deals and tickets that they\n"
	    "own and that are open now; stale_records: of them, those that nobody wrote to and\n"
	    "whose people nobody was in touch with (updated_at, last_contacted_at) for --stale\n"
	    "days (30); stale_share: stale / open.  Who only reads leaves no trace: there are no\n"
	    "logins.",
};
