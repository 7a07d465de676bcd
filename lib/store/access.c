/* Who acts, and what they may do. */
#include "store/access.h"

#include <pwd.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "schema/check.h"
#include "store/internal.h"

/* CRM_USER, else the operating system's user. */
static bool acting_login(struct store *s, bool allowed, struct diag *d)
{
	const char *asked = getenv("CRM_USER");
	const struct passwd *pw = getpwuid(getuid());
	const char *own = pw ? pw->pw_name : "unknown";
	bool other = asked && *asked && strcmp(asked, own) != 0;
	s->settings.login = arena_str(&s->arena, str_of(other ? asked : own));
	return !other || allowed ||
	       diag_set(d, "CRM_USER", "this database takes everybody for who they are; you are %s",
			own);
}

static void teams_query(struct sql *q, int64_t user)
{
	sql_add(q, "select id from \"user\" where id <> ");
	sql_int(q, user);
	sql_add(q, " and team in (select team from \"user\" where id = ");
	sql_int(q, user);
	sql_add(q, " union select id from team where manager = ");
	sql_int(q, user);
	sql_add(q, ") order by id");
}

/* Oneself, then the others of the teams that one is in or manages. */
static void load_team(struct store *s)
{
	struct access *ac = &s->access;
	const struct role *r = &ac->role;
	bool team = r->read == SCOPE_TEAM || r->write == SCOPE_TEAM || r->remove == SCOPE_TEAM;
	size_t room = team ? (size_t)store_count(s, schema_entity(&s->schema, STR("user"))) + 1 : 1;
	ac->users = arena_new(&s->arena, int64_t, room);
	ac->users[ac->nusers++] = s->settings.user;
	if (!team)
		return;
	struct sql q = { .arena = &s->arena };
	teams_query(&q, s->settings.user);
	struct stmt *rows = db_query(s->db, &q);
	while (ac->nusers < room && stmt_step(rows))
		ac->users[ac->nusers++] = stmt_value(rows, 0).i;
	stmt_close(rows);
	sql_free(&q);
}

static const struct role *default_role(const char *key)
{
	for (size_t i = 0; i < ndefault_roles; i++)
		if (!strcmp(default_roles[i].key, key))
			return &default_roles[i];
	die(STATUS_ENV, "there is no shipped role %s", key);
}

static struct role read_role(struct store *s, struct str key)
{
	struct role role = *default_role("viewer"); /* of a role that nobody has said anything of */
	struct sql q = { .arena = &s->arena };
	sql_add(&q, "select key, read, write, remove, export, manage from role where key = ");
	sql_text(&q, key);
	struct stmt *row = db_query(s->db, &q);
	if (stmt_step(row))
		role = role_row(row, 0, &s->arena);
	else
		role.key = arena_str(&s->arena, key).p;
	stmt_close(row);
	sql_free(&q);
	return role;
}

/* The acting user's record: id, role, whether active.  Whoever has none is a stranger. */
static bool load_user(struct store *s, struct str *role, bool *active)
{
	struct sql q = { .arena = &s->arena };
	sql_add(&q, "select id, role, active from \"user\" where login = ");
	sql_text(&q, s->settings.login);
	struct stmt *row = db_query(s->db, &q);
	bool found = stmt_step(row);
	s->settings.user = found ? stmt_value(row, 0).i : 0;
	*role = found ? arena_str(&s->arena, stmt_value(row, 1).s) : (struct str){ "", 0 };
	*active = found && stmt_value(row, 2).i != 0;
	stmt_close(row);
	sql_free(&q);
	return found;
}

static void take_role(struct store *s, struct str key)
{
	s->access.role = read_role(s, key);
	s->access.admin = str_is(key, "admin");
	load_team(s);
	if (s->access.role.read != SCOPE_ALL)
		scope_shadow(s, NULL);
}

bool access_load(struct store *s, struct diag *d)
{
	const char *strangers = s->access.strangers;
	struct str role;
	bool active;
	if (!acting_login(s, !s->access.crm_user_forbidden, d))
		return false;
	if (load_user(s, &role, &active)) {
		if (!active)
			return diag_set(d, NULL, "user %s is not active here any more",
					quoted(s->settings.login, &d->arena));
	} else if (getenv("CRM_USER") && str_is(s->settings.login, getenv("CRM_USER"))) {
		return diag_set(d, "CRM_USER", "there is no user %s",
				quoted(s->settings.login, &d->arena));
	} else if (!strcmp(strangers, "refused")) {
		return diag_set(d, NULL, "there is no user %s here; an admin may add one",
				quoted(s->settings.login, &d->arena));
	} else {
		role = str_of(strangers);
	}
	take_role(s, role);
	if (s->access.crm_user_forbidden && !s->access.admin) /* nor is the hour theirs to choose */
		s->settings.calendar.now = (int64_t)time(NULL);
	return true;
}

void access_everything(struct store *s)
{
	s->access.role = *default_role("admin");
	s->access.admin = true;
}

bool access_has_admin(struct store *s)
{
	return access_admins(s, 0) > 0;
}

bool access_may_upgrade(struct store *s, struct diag *d)
{
	struct str role;
	bool active;
	if (!db_has(s->db, STR("user"), STR("role")) || !access_has_admin(s))
		return true;
	struct sql q = { .arena = &s->arena };
	sql_add(&q, "select 1 from setting where key = 'crm_user' and value = 'forbidden'");
	bool allowed = !db_int(s->db, &q, 0);
	sql_free(&q);
	if (!acting_login(s, allowed, d)) {
		d->field = NULL; /* crm-init takes a field for one of its options */
		return false;
	}
	if (load_user(s, &role, &active) && active && str_is(role, "admin"))
		return true;
	return diag_set(d, NULL, "only an admin may upgrade or change a database; you are %s",
			arena_str(&d->arena, s->settings.login).p);
}

/* -- what a program may ask for -- */

bool access_require(const struct store *s, enum right right, struct diag *d)
{
	const struct role *r = &s->access.role;
	const struct {
		bool given;
		const char *what;
	} rights[] = {
		[RIGHT_ADMIN] = { s->access.admin, "only an admin may do that" },
		[RIGHT_EXPORT] = { r->export, "the role has no right to export" },
		[RIGHT_SQL] = { r->export && r->read == SCOPE_ALL,
				"SQL of one's own is for roles that may export and read all" },
		[RIGHT_MANAGE] = { r->manage, "the role does not manage users and teams" },
	};
	return rights[right].given || diag_set(d, NULL, "%s; you are %s %s", rights[right].what,
					       r->key, arena_str(&d->arena, s->settings.login).p);
}

/* -- writing -- */

/* "owned by mai", "nobody's", "part of what others own". */
static const char *whose(struct store *s, const struct record *r, struct arena *a)
{
	const struct field *owner = entity_field(r->entity, STR("owner"));
	const struct value *v = owner ? &r->values[field_index(r->entity, owner)] : NULL;
	struct record user;
	if (!v || v->kind != V_INT ||
	    !record_read(s, schema_entity(&s->schema, STR("user")), v->i, &user, a))
		return "not yours";
	return arena_printf(a, "owned by %s", arena_str(a, text_of(&user, "login")).p).p;
}

static bool refuse_write(struct store *s, const struct record *r, enum scope scope,
			 const char *what, struct diag *d)
{
	struct arena a = { 0 };
	const char *const words[] = { "no", "only own", "only their team's", "all" };
	diag_set(d, NULL, "%s; %s %s may %s %s records", whose(s, r, &a), s->access.role.key,
		 arena_str(&a, s->settings.login).p, what, words[scope]);
	arena_free(&a);
	return false;
}

static bool refuse_all(const struct store *s, const char *what, struct diag *d)
{
	const char *login = arena_str(&d->arena, s->settings.login).p;
	if (s->settings.user)
		return diag_set(d, NULL, "%s %s may %s no records", s->access.role.key, login,
				what);
	return diag_set(d, NULL,
			"%s is no user here and may only read; an admin may add one,"
			" or set CRM_USER",
			login);
}

/* What a team lives by, and nobody makes for himself: catalogue, rates, targets, people. */
static bool is_managed(const struct entity *e)
{
	static const char *const managed[] = { "user",		"team",		 "product",
					       "exchange_rate", "target_figure", NULL };
	return is_one_of(str_of(e->name), managed);
}

/* A part that is made, or that moves, changes the whole that it comes to. */
static bool write_wholes(struct store *s, const struct record *now, const struct record *old,
			 struct diag *d)
{
	enum scope scope = s->access.role.write;
	for (size_t i = 0; i < now->entity->nfields; i++) {
		const struct field *f = &now->entity->fields[i];
		const struct value *v = &now->values[i];
		if (!(f->flags & F_PART) || v->kind != V_INT ||
		    (old && value_eq(v, &old->values[i])))
			continue;
		const struct entity *to = schema_entity(&s->schema, str_of(f->ref));
		struct arena a = { 0 };
		struct record whole;
		bool ok = scope_has(s, to, v->i, scope, TO_WRITE) ||
			  !record_read(s, to, v->i, &whole, &a) ||
			  refuse_write(s, &whole, scope, "change", d);
		arena_free(&a);
		if (!ok)
			return diag_set(d, f->name, "%s", arena_str(&d->arena, d->message).p);
	}
	return true;
}

bool access_write(struct store *s, const struct record *now, const struct record *old,
		  unsigned flags, struct diag *d)
{
	const struct entity *e = (now ? now : old)->entity;
	const struct role *role = &s->access.role;
	enum scope scope = now ? role->write : role->remove;
	const char *what = now ? "change" : "remove";
	if (s->writer->depth)
		return true;
	if (!s->access.admin && !old && flags & PUT_RESTORE)
		return access_refuse_role(s, "id", "only an admin restores records under their ids",
					  d);
	if (!strcmp(e->name, "user"))
		return access_write_user(s, now, old, flags, d);
	if (s->access.admin)
		return true;
	if (scope == SCOPE_NONE)
		return refuse_all(s, what, d);
	if (!strcmp(e->name, "absence"))
		return access_write_absence(s, now, old, d);
	if (is_managed(e))
		return role->manage ||
		       access_refuse_role(
			   s, NULL,
			   arena_printf(&d->arena, "only who manages users writes %s", e->plural).p,
			   d);
	if (scope == SCOPE_ALL)
		return true;
	if (old && !scope_has(s, e, old->id, scope, now ? TO_WRITE : TO_REMOVE))
		return refuse_write(s, old, scope, what, d);
	return !now || write_wholes(s, now, old, d);
}

bool access_undo(struct store *s, int64_t by, struct diag *d)
{
	const struct role *role = &s->access.role;
	if (role->write == SCOPE_NONE)
		return refuse_all(s, "change", d);
	if (role->write == SCOPE_ALL || by == s->settings.user)
		return true;
	return diag_set(d, NULL, "made by somebody else; %s %s may take back only own changes",
			role->key, arena_str(&d->arena, s->settings.login).p);
}

bool access_undo_record(struct store *s, const struct record *have, bool moved, struct diag *d)
{
	enum scope scope = s->access.role.write;
	return !moved || access_changes(s, have->entity, have->id) ||
	       refuse_write(s, have, scope, "change", d);
}

bool access_reads(struct store *s, const struct entity *e, int64_t id)
{
	return !s->access.shadowed || store_exists(s, e, id);
}

bool access_changes(struct store *s, const struct entity *e, int64_t id)
{
	return s->access.role.write == SCOPE_ALL ||
	       scope_has(s, e, id, s->access.role.write, TO_WRITE);
}

bool access_refuse_hidden(struct store *s, const struct entity *e, int64_t id, const char *field,
			  struct diag *d)
{
	struct arena a = { 0 };
	struct record r;
	if (record_read(s, e, id, &r, &a))
		diag_set(d, field, "%s-%lld is %s; %s %s may not read it", e->name, (long long)id,
			 whose(s, &r, &a), s->access.role.key, arena_str(&a, s->settings.login).p);
	else
		diag_set(d, field, "there is no %s-%lld", e->name, (long long)id);
	arena_free(&a);
	return false;
}
