/* Why two records are one, or are not: the same sum, row by row. */
#include <math.h>

#include "core/buf.h"
#include "domain/dedupe_impl.h"

struct telling {
	const struct dedupe *d;
	const struct person *a, *b;
	struct dedupe_evidence *out;
	size_t n;
	struct arena *arena;
};

/* The text that was compared, all of them where there are several. */
static struct str shown(const struct telling *t, const struct person *who, enum trait k)
{
	const struct pool *pool = &t->d->people.pools[trait_defs[k].pool];
	const uint32_t *more = k == TRAIT_PHONE ? who->phone : k == TRAIT_EMAIL ? who->email : NULL;
	struct buf b = { 0 };
	buf_put(&b, pool_text(pool, who->word[k]));
	for (size_t i = 0; more && i < FURTHER && more[i]; i++) {
		buf_puts(&b, " ");
		buf_put(&b, pool_text(pool, more[i]));
	}
	struct str s = buf_copy(&b, t->arena);
	buf_free(&b);
	return s;
}

static void row(struct telling *t, const char *name, const char *en, const char *vi, double bits)
{
	t->out[t->n++] = (struct dedupe_evidence){ .name = name, .en = en, .vi = vi, .bits = bits };
}

/* Which text of the other one it was compared with: names may be swapped. */
static enum trait facing(const struct agreement *g, enum trait k)
{
	if (g->swapped && (k == TRAIT_GIVEN || k == TRAIT_FAMILY))
		return k == TRAIT_GIVEN ? TRAIT_FAMILY : TRAIT_GIVEN;
	return k;
}

/* A trait whose u is that of the place as a whole weighs with that row. */
static double put_trait(struct telling *t, enum trait k, const struct agreement *g,
			const struct chance *c)
{
	const struct model *m = &t->d->model;
	const struct trait_def *def = &trait_defs[k];
	uint8_t level = g->level[k];
	struct dedupe_evidence *e = &t->out[t->n];
	row(t, def->name, def->en, def->vi, 0);
	e->a = shown(t, t->a, k);
	e->b = shown(t, t->b, facing(g, k));
	e->level = level_names[level];
	if (!level)
		return 0;
	e->m = m->m[k][level];
	e->u = c->at[k];
	e->bits = log2(e->m / e->u);
	return e->bits;
}

/*
 * The rows behind the traits are what is left of the whole: first what the places as one
 * are worth instead of each alone, then what being close takes away, then the prior.
 */
static double put_all(struct telling *t)
{
	const struct model *m = &t->d->model;
	struct agreement g;
	struct chance c;
	agreement_of(&t->d->people, t->a, t->b, &g);
	chance_of(m, &g, &c);
	struct likelihood l = likelihood_of(m, g.level, &c);
	double free, p = score_of(m, &g, &free),
		     limit = log2(p / (1 - p)) - log2(free / (1 - free));
	double sum = 0, stranger = (1 - m->match - m->related) * l.other;
	for (enum trait k = 0; k < TRAITS; k++)
		sum += put_trait(t, k, &g, &c);
	double traits = log2(l.match / l.other),
	       prior = log2(m->match / (1 - m->match - m->related));
	double close = log2(stranger / (stranger + m->related * c.crowd * l.related));
	row(t, "address", "Address as one", "Địa chỉ nói chung", traits - sum);
	row(t, "related", "May be close", "Có thể là người thân", close);
	row(t, "prior", "Before any evidence", "Trước khi so", prior);
	if (p < free && kept_apart(m, &g))
		row(t, "apart", "Differ in what one does not", "Khác ở điều một người không khác",
		    limit);
	else if (p < free)
		row(t, "name_alone", "No more than a name", "Chỉ có tên", limit);
	else if (p > free)
		row(t, "firm_alone", "Organisations of one name", "Tổ chức cùng tên", limit);
	row(t, "sum", "Sum", "Tổng", traits + close + prior + (p < free || p > free ? limit : 0));
	return p;
}

static const struct person *find(const struct dedupe *d, const struct entity *e, int64_t id,
				 struct diag *diag)
{
	size_t type = 0;
	while (type < d->ntypes && d->types[type] != e)
		type++;
	size_t at = person_index(&d->people, type, id);
	if (at < d->people.n)
		return &d->people.all[at];
	diag_set(diag, NULL, "there is no %s-%lld", e->name, (long long)id);
	return NULL;
}

size_t dedupe_explain(struct dedupe *d, const struct entity *a_type, int64_t a,
		      const struct entity *b_type, int64_t b,
		      struct dedupe_evidence out[DEDUPE_EVIDENCE], double *score,
		      struct arena *arena, struct diag *diag)
{
	struct telling t = { .d = d, .out = out, .arena = arena };
	_Static_assert(TRAITS + 5 <= DEDUPE_EVIDENCE, "a row for everything");
	t.a = find(d, a_type, a, diag);
	t.b = t.a ? find(d, b_type, b, diag) : NULL;
	if (!t.a || !t.b)
		return 0;
	if (t.a == t.b || !comparable(t.a, t.b)) {
		diag_set(diag, NULL, "%s-%lld and %s-%lld are %s", a_type->name, (long long)a,
			 b_type->name, (long long)b,
			 t.a == t.b ? "one record" : "a person and an organisation");
		return 0;
	}
	*score = put_all(&t);
	return t.n;
}
