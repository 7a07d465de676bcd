/* Which fields lead to the records that a row may have made, and the statements for that. */
#include "domain/import_narrow.h"

/* Whether equal rows have equal values of it in the table, to narrow the search by. */
static bool narrows(const struct field *f)
{
	return f->flags & F_MATCH || f->type == &type_ref || f->type == &type_date ||
	       f->type == &type_instant || f->type == &type_pick;
}

static signed char rank(const struct field *f)
{
	static const char *const shared[] = { "user", "team", "campaign", "segment", "product" };
	bool name = f->type == &type_text;
	if (f->flags & F_UNIQUE || (f->flags & F_MATCH && !name))
		return 0;
	if (f->flags & F_MATCH)
		return 2;
	for (size_t i = 0; f->ref && i < countof(shared); i++)
		if (!strcmp(f->ref, shared[i]))
			return 4;
	return f->type == &type_ref ? 1 : f->flags & F_INDEX ? 3 : -1;
}

void import_narrow_open(struct import_narrow *n, const struct entity *e)
{
	for (size_t i = 0; i < e->nfields; i++) {
		const struct field *f = &e->fields[i];
		n->rank[i] = rank(f);
		if (f->flags & (F_SYSTEM | F_DERIVED))
			continue;
		if (narrows(f))
			n->keys[n->nkeys++] = (unsigned char)i;
		else if (f->type == &type_text)
			n->texts[n->ntexts++] = (unsigned char)i;
	}
}

size_t import_narrow_lead(const struct import_narrow *n, const struct field_mask *m)
{
	size_t best = SIZE_MAX;
	for (size_t i = mask_next(m, 0); i < FIELDS_MAX; i = mask_next(m, i + 1))
		if (n->rank[i] >= 0 && (best == SIZE_MAX || n->rank[i] < n->rank[best]))
			best = i;
	return best;
}

/*
 * No index is used for what is "not <>", which is as portable as it is odd.  = leads by an
 * index that has no nulls, too.
 */
static struct stmt *prepare(const struct import *im, const struct narrow_stmt *of, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select id from ");
	sql_stored(&q, im->entity);
	sql_add(&q, " where not id > ");
	sql_int(&q, im->before);
	sql_add(&q, " and id > ");
	sql_int(&q, 0);
	for (size_t i = mask_next(&of->keyed, 0); i < FIELDS_MAX;
	     i = mask_next(&of->keyed, i + 1)) {
		sql_add_literal(&q, i == of->lead ? " and " : " and not ");
		sql_match_column(&q, &im->entity->fields[i]);
		sql_add_literal(&q, i != of->lead ? " <> " : of->lacked ? " is " : " = ");
		sql_param(&q, value_null());
	}
	sql_add(&q, " order by id");
	struct stmt *s = db_prepare(im->store->db, &q);
	struct value before = value_int(im->before);
	stmt_bind(s, 1, &before);
	sql_free(&q);
	return s;
}

struct stmt *import_narrow_stmt(struct import_narrow *n, const struct import *im,
				const struct import_said *said, struct arena *a)
{
	bool lacked = said->keys[said->lead].kind == V_NULL;
	for (size_t i = 0; i < countof(n->kept); i++)
		if (n->kept[i].stmt && n->kept[i].lacked == lacked &&
		    !memcmp(&n->kept[i].keyed, &said->keyed, sizeof said->keyed))
			return n->kept[i].stmt;
	struct narrow_stmt *slot = &n->kept[n->next++ % countof(n->kept)];
	stmt_close(slot->stmt);
	*slot = (struct narrow_stmt){ .keyed = said->keyed, .lead = said->lead, .lacked = lacked };
	return slot->stmt = prepare(im, slot, a);
}

void import_narrow_free(struct import_narrow *n)
{
	for (size_t i = 0; i < countof(n->kept); i++)
		stmt_close(n->kept[i].stmt);
}
