/* In what order values stand: picklists in theirs, words as in a dictionary, empty last. */
#include "core/utf8.h"
#include "report/job.h"

static int64_t place_in(const struct picklist *l, struct str key)
{
	size_t i = 0;
	while (l && i < l->n && !str_is(key, l->picks[i].key))
		i++;
	return (int64_t)i;
}

struct ranked rank_value(const struct value *v, const struct field *f, const struct schema *s,
			 struct arena *a)
{
	struct ranked r = { .empty = v->kind != V_INT && v->kind != V_TEXT };
	if (v->kind == V_INT)
		r.place = v->i;
	if (v->kind != V_TEXT)
		return r;
	if (f && f->type == &type_pick)
		r.place = place_in(schema_picklist(s, f->picklist), v->s);
	bool words = f && f->type->compare != COMPARE_EXACT && f->type != &type_date;
	r.key = words ? utf8_sort_key(v->s, a) : v->s;
	return r;
}

int ranked_compare(const struct ranked *a, const struct ranked *b)
{
	if (a->empty != b->empty)
		return a->empty - b->empty;
	if (a->place != b->place)
		return a->place < b->place ? -1 : 1;
	return str_cmp(a->key, b->key);
}

int ranked_order(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	int order = ranked_compare(x, y);
	if (!order)
		order = (x->id > y->id) - (x->id < y->id);
	return order ? order : (x->number > y->number) - (x->number < y->number);
}
