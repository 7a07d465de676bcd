/* An export comes back over records that are there. */
#include "schema/check.h"
#include "store/internal.h"
#include "store/stand_in.h"

/* An export read back over records that are there: what the program sets stays as it is. */
static void forget_system(struct record *r)
{
	for (size_t i = 0; i < r->entity->nfields; i++)
		if (r->entity->fields[i].flags & (F_SYSTEM | F_DERIVED))
			r->values[i] = (struct value){ .kind = V_NONE };
}

/*
 * Whom crm-init made: an export comes back over that user as if it were not there,
 * or no copy of a database could be true.
 */
static bool is_first_admin(const struct record *r)
{
	return !strcmp(r->entity->name, "user") && record_at(r, "rev")->i == 1 &&
	       record_at(r, "created_by")->kind == V_NULL;
}

/* Whether a record that is not the user itself names this user. */
static bool is_referred_to(struct store *s, const struct record *user)
{
	for (size_t i = 0; i < s->schema.nentities; i++) {
		const struct entity *e = s->schema.entities[i];
		for (size_t j = 0; j < e->nfields; j++) {
			const struct field *f = &e->fields[j];
			if (f->type != &type_ref || strcmp(f->ref, user->entity->name))
				continue;
			struct sql q = { .arena = &s->writer->arena };
			sql_add(&q, "select id from ");
			sql_stored(&q, e);
			sql_add(&q, " where ");
			sql_column(&q, f);
			sql_add(&q, " = ");
			sql_int(&q, user->id);
			sql_add(&q, " limit 1");
			int64_t id = store_one(s, &q).i;
			sql_free(&q);
			if (id && !(e == user->entity && id == user->id))
				return true;
		}
	}
	return false;
}

/* What is there and not mentioned stays where it must be there, and else goes. */
static void replace_all(struct record *r, const struct record *old)
{
	struct places required = entity_places(r->entity, REQUIRED_PLACES);
	for (size_t i = 0; i < required.n; i++)
		if (r->values[required.at[i]].kind == V_NONE)
			r->values[required.at[i]] = old->values[required.at[i]];
	set_nulls(r);
}

bool restore_over(struct store *s, struct record *r, const struct record *old, unsigned *flags,
		  struct codec *c, struct diag *d)
{
	const struct value *login = is_first_admin(old) ? record_at(r, "login") : NULL;
	if (stand_in_replaced(s, r, old)) {
		set_nulls(r);
	} else if (!login) {
		*flags &= ~(unsigned)PUT_RESTORE;
		c->restoring = c->trusted = false;
		forget_system(r);
	} else if (login->kind == V_TEXT) {
		if (!str_eq(login->s, record_at(old, "login")->s) && is_referred_to(s, old))
			return diag_set(d, "login",
					"this user is %s here, and records refer to them;"
					" bring the users back before anything else",
					quoted(record_at(old, "login")->s, &d->arena));
		replace_all(r, old);
	}
	pending_defer(s, r, old, c);
	return true;
}
