/* Who may write users, and when they are away. */
#include "schema/check.h"
#include "store/internal.h"

int64_t access_admins(struct store *s, int64_t but)
{
	struct sql q = { .arena = &s->arena };
	sql_add(&q, "select count(*) from main.\"user\" where role = 'admin' and active = 1"
		    " and id <> ");
	sql_int(&q, but);
	int64_t n = db_int(s->db, &q, 0);
	sql_free(&q);
	return n;
}

bool access_refuse_role(const struct store *s, const char *field, const char *what, struct diag *d)
{
	return diag_set(d, field, "%s; you are %s %s", what, s->access.role.key,
			arena_str(&d->arena, s->settings.login).p);
}

static bool refuse_type(const struct store *s, const struct entity *e, struct diag *d)
{
	return diag_set(d, NULL, "%s %s may not change %s", s->access.role.key,
			arena_str(&d->arena, s->settings.login).p, e->plural);
}

static bool is_active_admin(const struct record *r)
{
	return r && str_is(text_of(r, "role"), "admin") && is_true(r, "active");
}

/* What everybody may change in their own record. */
static bool is_personal(const char *field)
{
	static const char *const fields[] = { "name", "email", "phone", "on_duty", NULL };
	return is_one_of(str_of(field), fields);
}

static bool only_personal(const struct record *now, const struct record *old)
{
	for (size_t i = 0; i < now->entity->nfields; i++) {
		const struct field *f = &now->entity->fields[i];
		if (!(f->flags & F_SYSTEM) && !value_eq(&now->values[i], &old->values[i]) &&
		    !is_personal(f->name))
			return false;
	}
	return true;
}

/* Users: a manager's, but roles and admins are an admin's; nobody takes the last admin away. */
bool access_write_user(struct store *s, const struct record *now, const struct record *old,
		       unsigned flags, struct diag *d)
{
	const struct role *role = &s->access.role;
	const char *usual = entity_field((now ? now : old)->entity, STR("role"))->def;
	bool own = now && old && now->id == s->settings.user && role->write != SCOPE_NONE &&
		   only_personal(now, old);
	if (!role->manage && !own)
		return refuse_type(s, (now ? now : old)->entity, d);
	if (!s->access.admin && !own && old && str_is(text_of(old, "role"), "admin"))
		return access_refuse_role(s, NULL, "only an admin may change an admin", d);
	if (!s->access.admin && now &&
	    (old ? changed(now, old, "role") : !str_is(text_of(now, "role"), usual)))
		return access_refuse_role(s, "role", "only an admin gives roles", d);
	bool last = is_active_admin(old) && !is_active_admin(now) && !access_admins(s, old->id);
	if (last && flags & PUT_RESTORE) /* the export may bring its own, further down */
		return s->writer->needs_admin = true;
	if (last)
		return diag_set(d, NULL, "the last admin; make somebody else one first");
	return true;
}

/* One's own, or that of those whom one manages. */
bool access_write_absence(struct store *s, const struct record *now, const struct record *old,
			  struct diag *d)
{
	const struct record *both[] = { now, old };
	for (size_t i = 0; i < countof(both) && !s->access.role.manage; i++)
		if (both[i] && record_at(both[i], "user")->i != s->settings.user)
			return access_refuse_role(
			    s, "user", "only who manages users says when others are away", d);
	return true;
}
