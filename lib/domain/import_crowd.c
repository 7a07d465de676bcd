/* Records of one parent, by a hash of what they say. */
#include "domain/import_crowd.h"

#include <stdlib.h>

#include "domain/dedupe_text.h"

static uint64_t add_value(uint64_t hash, size_t field, const struct value *v)
{
	struct str text = v->kind == V_TEXT ? v->s : STR("");
	const int64_t head[] = { (int64_t)field, v->kind, v->kind == V_INT ? v->i : 0,
				 (int64_t)text.n };
	return hash_bytes(hash_bytes(hash, head, sizeof head), text.p, text.n);
}

/* Which fields are looked at, and what the leading one holds. */
uint64_t import_crowd_group(const struct import_said *said)
{
	uint64_t hash = add_value(HASH_START, said->lead, &said->keys[said->lead]);
	for (size_t i = 0; i < countof(said->keyed.bits); i++)
		hash = hash_mix(hash_mix(hash ^ said->keyed.bits[i]) ^ said->texted.bits[i]);
	return hash;
}

static uint64_t content_of(const struct import_said *said)
{
	const struct field_mask *keyed = &said->keyed, *texted = &said->texted;
	uint64_t hash = import_crowd_group(said);
	for (size_t i = mask_next(keyed, 0); i < FIELDS_MAX; i = mask_next(keyed, i + 1))
		hash = add_value(hash, i, &said->keys[i]);
	for (size_t i = mask_next(texted, 0); i < FIELDS_MAX; i = mask_next(texted, i + 1))
		hash = add_value(hash, i, &said->texts[i]);
	return hash;
}

static struct str name_of(const uint64_t *hash)
{
	return (struct str){ (const char *)hash, sizeof *hash };
}

bool import_crowd_has(const struct import_crowd *c, const struct import_said *said)
{
	if (!c->built.n)
		return false;
	uint64_t group = import_crowd_group(said);
	return map_find(&c->built, name_of(&group)) != NULL;
}

/* Youngest first: each is put before those that are in. */
static void select_group(struct sql *q, const struct import *im, const struct import_said *said)
{
	sql_add(q, "select id");
	for (size_t i = 0; i < im->entity->nfields; i++) {
		if (mask_has(&said->keyed, i)) {
			sql_add(q, ", ");
			sql_match_column(q, &im->entity->fields[i]);
		}
		if (mask_has(&said->texted, i)) {
			sql_add(q, ", ");
			sql_column(q, &im->entity->fields[i]);
		}
	}
	sql_add(q, " from ");
	sql_stored(q, im->entity);
	sql_add(q, " where not id > ");
	sql_int(q, im->before);
	sql_add(q, " and ");
	sql_match_column(q, &im->entity->fields[said->lead]);
	sql_add_literal(q, said->keys[said->lead].kind == V_NULL ? " is " : " = ");
	sql_param(q, said->keys[said->lead]);
	sql_add(q, " order by id desc");
}

static void add_record(struct import_crowd *c, int64_t id, uint64_t content)
{
	int64_t *oldest = map_at(&c->oldest, name_of(&content));
	if (c->n == c->room) {
		c->room = 2 * c->room + 1024;
		c->all = xrealloc(c->all, c->room * sizeof *c->all);
	}
	c->all[c->n++] = (struct crowded){ id, *oldest };
	*oldest = (int64_t)c->n;
}

void import_crowd_build(struct import_crowd *c, struct import *im, const struct import_said *said)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	size_t n = im->entity->nfields;
	struct value *keys = arena_new(&a, struct value, n),
		     *texts = arena_new(&a, struct value, n);
	struct import_said has = { keys, texts, said->keyed, said->texted, said->lead };
	uint64_t group = import_crowd_group(said);
	select_group(&q, im, said);
	struct stmt *rows = db_query(im->store->db, &q);
	while (stmt_step(rows)) {
		size_t column = 0;
		for (size_t i = 0; i < n; i++) {
			if (mask_has(&said->keyed, i))
				keys[i] = stmt_value(rows, ++column);
			if (mask_has(&said->texted, i))
				texts[i] = stmt_value(rows, ++column);
		}
		add_record(c, stmt_value(rows, 0).i, content_of(&has));
	}
	stmt_close(rows);
	sql_free(&q);
	arena_free(&a);
	*map_at(&c->built, name_of(&group)) = 1;
}

int64_t import_crowd_find(struct import_crowd *c, const struct import *im,
			  const struct import_said *said)
{
	uint64_t content = content_of(said);
	int64_t *at = map_find(&c->oldest, name_of(&content));
	while (at && *at && idset_has(&im->seen, c->all[*at - 1].id))
		*at = c->all[*at - 1].next;
	return at ? *at : 0;
}

void import_crowd_free(struct import_crowd *c)
{
	map_free(&c->built);
	map_free(&c->oldest);
	free(c->all);
	*c = (struct import_crowd){ 0 };
}
