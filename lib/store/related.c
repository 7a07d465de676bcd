/* Who can be what to whom: an organisation has no family, and was in nobody's service. */
#include "schema/check.h"
#include "store/internal.h"

/* What only a person can be. */
static const char *const personal[] = { "spouse",   "child",  "parent",		 "sibling",
					"relative", "friend", "former_employee", NULL };

static bool is_organisation(struct store *s, const struct record *r, const char *field,
			    struct arena *a)
{
	struct record account;
	const struct value *v = record_at(r, field);
	return v->kind == V_INT &&
	       record_read(s, schema_entity(&s->schema, STR("account")), v->i, &account, a) &&
	       str_is(text_of(&account, "kind"), "org");
}

bool related_check(struct store *s, const struct record *r, const struct codec *c, struct diag *d)
{
	if (strcmp(r->entity->name, "relation") || c->restoring) /* its ends may come later */
		return true;
	const char *kind = text_of(r, "kind").p;
	const struct {
		const char *field, *role;
	} ends[] = { { "to_account", kind }, { "account", relation_inverse(kind) } };
	for (size_t i = 0; i < countof(ends); i++)
		if (is_one_of(str_of(ends[i].role), personal) &&
		    is_organisation(s, r, ends[i].field, c->arena))
			return diag_set(d, ends[i].field, "an organisation is nobody's %s",
					ends[i].role);
	return true;
}
