/* The joins that the paths of one statement need. */
#include "query/parse.h"

size_t joins_step(struct joins *j, size_t from, const struct field *f)
{
	for (size_t i = 0; i < j->n; i++)
		if (j->join[i].from == from && j->join[i].field == f)
			return i + 1;
	if (j->n == JOINS_MAX)
		die(STATUS_USAGE, "one query follows at most %d references", JOINS_MAX);
	j->join = arena_grow(j->arena, j->join, j->n, &j->room, sizeof *j->join);
	j->join[j->n] = (struct join){ from, f, schema_entity(j->schema, str_of(f->ref)) };
	return ++j->n;
}

size_t joins_alias(struct joins *j, const struct path *p)
{
	size_t alias = 0;
	for (size_t i = 0; i < p->nsteps; i++)
		alias = joins_step(j, alias, p->steps[i]);
	return alias;
}

void joins_sql(const struct joins *j, struct sql *q)
{
	for (size_t i = 0; i < j->n; i++) {
		const struct join *join = &j->join[i];
		sql_add(q, " left join ");
		sql_table(q, join->to);
		sql_add(q, " ");
		sql_alias(q, i + 1);
		sql_add(q, " on ");
		sql_at(q, i + 1, &join->to->fields[FIELD_ID]);
		sql_add(q, " = ");
		sql_at(q, join->from, join->field);
	}
}

/* The field that names a record of e to a person: its key, else its title. */
static const struct field *naming_field(const struct entity *e)
{
	const struct field *key = entity_key(e);
	return key ? key : entity_field(e, str_of(e->title));
}

void path_sql(const struct path *p, struct joins *j, struct sql *q)
{
	size_t alias = joins_alias(j, p);
	const struct field *f = p->field;
	if (f->type == &type_ref) {
		const struct entity *to = schema_entity(j->schema, str_of(f->ref));
		if (entity_key(to)) {
			alias = joins_step(j, alias, f);
			f = entity_key(to);
		}
	}
	sql_at(q, alias, f);
}

static void sort_key_sql(const struct sort_key *k, struct joins *j, struct sql *q)
{
	size_t alias = joins_alias(j, &k->path);
	const struct field *f = k->path.field;
	if (f->type == &type_ref) {
		alias = joins_step(j, alias, f);
		f = naming_field(schema_entity(j->schema, str_of(f->ref)));
	}
	bool words = f->type->compare == COMPARE_TEXT;
	if (words)
		sql_add(q, "sort_key(");
	sql_at(q, alias, f);
	if (words)
		sql_add(q, ")");
	if (k->descending)
		sql_add(q, " desc");
	sql_add(q, " nulls last");
}

void sort_sql(const struct sort_key *keys, size_t n, struct joins *j, struct sql *q)
{
	for (size_t i = 0; i < n; i++) {
		sort_key_sql(&keys[i], j, q);
		sql_add(q, ", ");
	}
	sql_add(q, "t0.\"id\"");
}
