/* What no two records of a type may share. */
#include "schema/check.h"
#include "store/internal.h"

/* What a field is compared by when no two records may share it; V_NULL: nothing to compare. */
static struct value match_value(const struct record *r, const struct field *f,
				const struct codec *c)
{
	const struct value *v = &r->values[field_index(r->entity, f)];
	return f->flags & F_MATCH ? field_key(f, v, c) : *v;
}

/* Who has the same values in these fields ("source external_id"); 0: nobody, or one is empty. */
static int64_t find_twin(struct store *s, const struct record *r, struct str fields,
			 const struct codec *c)
{
	struct str rest = fields, name;
	struct sql q = { .arena = c->arena };
	int64_t twin = 0;
	bool full = true;
	sql_add(&q, "select id from ");
	sql_stored(&q, r->entity);
	for (const char *before = " where "; full && str_cut(&rest, ' ', &name); before = " and ") {
		const struct field *f = entity_field(r->entity, name);
		struct value v = match_value(r, f, c);
		full = value_set(&v);
		sql_add_literal(&q, before);
		sql_match_column(&q, f);
		sql_add(&q, " = ");
		sql_param(&q, v);
	}
	if (full) {
		sql_add(&q, " and id <> ");
		sql_int(&q, r->id);
		sql_add(&q, " limit 1");
		twin = store_one(s, &q).i;
	}
	sql_free(&q);
	return twin;
}

static bool same_values(const struct record *r, const struct record *old, struct str fields)
{
	struct str name;
	while (old && str_cut(&fields, ' ', &name))
		if (changed(r, old, entity_field(r->entity, name)->name))
			return false;
	return old != NULL;
}

/* The fields that no two records share: each F_UNIQUE one, and the sets that the type names. */
bool check_unique(struct store *s, const struct record *r, const struct record *old,
		  const struct codec *c, struct diag *d)
{
	struct str rest = str_of(r->entity->unique), set;
	struct places unique = entity_places(r->entity, UNIQUE_PLACES);
	for (size_t i = 0; i < unique.n; i++) {
		const struct field *f = &r->entity->fields[unique.at[i]];
		const struct value *v = &r->values[unique.at[i]];
		if (!value_set(v) || (old && value_eq(v, &old->values[unique.at[i]])))
			continue;
		int64_t other = find_twin(s, r, str_of(f->name), c);
		if (other)
			return diag_set(d, f->name, "already used by %s-%lld", r->entity->name,
					(long long)other);
	}
	while (str_cut(&rest, '|', &set)) {
		int64_t other = same_values(r, old, set) ? 0 : find_twin(s, r, set, c);
		if (other)
			return diag_set(d, NULL, "%s-%lld has the same %s", r->entity->name,
					(long long)other, arena_str(&d->arena, set).p);
	}
	return true;
}

int64_t unique_twin(struct store *s, const struct record *r, const struct codec *c)
{
	struct str rest = str_of(r->entity->unique), set;
	int64_t twin = 0;
	while (!twin && str_cut(&rest, '|', &set))
		twin = find_twin(s, r, set, c);
	return twin;
}
