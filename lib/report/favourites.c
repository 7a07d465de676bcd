/* products --favourites: what the customers of one group buy more than others do. */
#include <math.h>
#include <stdlib.h>

#include "domain/campaign.h"
#include "report/baskets.h"

struct favourite {
	size_t place; /* of the group among all */
	uint32_t group, customers;
	int64_t product;
	double rate, base;
};

struct favourites {
	const struct bought *bought;
	uint32_t *base; /* customers who bought each product, of all */
	size_t ncustomers;
	size_t *places;
	struct favourite *list;
	size_t n, room;
	double support; /* share of the group's customers */
	bool **members; /* of each stored segment, by customer; NULL: the orders' own groups */
};

/* In the order in which reports show such values. */
static void place_groups(struct favourites *f, const struct field *field, const struct schema *s)
{
	size_t n = f->bought->ngroups;
	struct arena a = { 0 };
	struct ranked *ranked = arena_new(&a, struct ranked, n + 1);
	f->places = xcalloc(n + 1, sizeof *f->places);
	for (size_t i = 0; i < n; i++) {
		ranked[i] = rank_value(&f->bought->groups[i], field, s, &a);
		ranked[i].number = i;
	}
	qsort(ranked, n, sizeof *ranked, ranked_order);
	for (size_t i = 0; i < n; i++)
		f->places[ranked[i].number] = i;
	arena_free(&a);
}

/* -- counting: a customer may be in several groups, where orders are grouped -- */

/* Which orders: all of them, those of a segment's members, or those of one group. */
struct choice {
	bool all;
	const bool *members;
	uint32_t group;
};

static bool is_chosen(const struct choice *c, const struct bought_order *o)
{
	return c->all || (c->members ? c->members[o->customer] : o->group == c->group);
}

/* The products of each customer, of the orders that are chosen. */
static void make_baskets(const struct bought *b, const struct choice *c, struct baskets *out)
{
	uint32_t *keys = xcalloc(b->nlines + 1, sizeof *keys);
	struct bought_line *lines = xcalloc(b->nlines + 1, sizeof *lines);
	size_t n = 0;
	for (size_t i = 0; i < b->nlines; i++) {
		const struct bought_order *o = &b->orders[b->lines[i].order];
		if (!is_chosen(c, o))
			continue;
		keys[n] = o->customer;
		lines[n++] = b->lines[i];
	}
	baskets_make(out, keys, lines, n, b->ncustomers);
	free(keys);
	free(lines);
}

static void add(struct favourites *f, struct favourite x)
{
	f->list = xgrow(f->list, f->n, &f->room, sizeof *f->list);
	f->list[f->n++] = x;
}

static void count_group(struct favourites *f, uint32_t group)
{
	const struct bought *b = f->bought;
	struct baskets baskets;
	const struct choice own = { .members = f->members ? f->members[group] : NULL,
				    .group = group };
	make_baskets(b, &own, &baskets);
	double size = (double)baskets_filled(&baskets);
	uint32_t *counts = baskets_count(&baskets, b->nproducts);
	double least = fmax(2, ceil(f->support * size - 1e-9));
	for (size_t i = 0; i < b->nproducts; i++) {
		if (counts[i] < least)
			continue;
		double rate = counts[i] / size;
		double base = (double)f->base[i] / (double)f->ncustomers;
		add(f, (struct favourite){ f->places[group], group, counts[i], b->products[i], rate,
					   base });
	}
	free(counts);
	baskets_free(&baskets);
}

static int by_lift(const void *a, const void *b)
{
	const struct favourite *x = a, *y = b;
	double p = x->rate / x->base, q = y->rate / y->base;
	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	if (p != q)
		return p < q ? 1 : -1;
	if (x->customers != y->customers)
		return x->customers < y->customers ? 1 : -1;
	return x->product < y->product ? -1 : 1;
}

/* -- rows -- */

static void put(struct study *s, const struct bought *b, const struct favourite *x)
{
	const struct value row[] = {
		b->groups[x->group],
		product_ref(s, x->product),
		product_name(s, x->product),
		value_int(x->customers),
		study_decimal(x->rate, 4),
		study_decimal(x->base, 4),
		study_decimal(x->rate / x->base, 4),
	};
	study_put(s, row);
}

static void begin(struct study *s, const struct study_column *segment)
{
	const struct study_column columns[] = {
		*segment,
		{ "product", "Product", "Mã sản phẩm", .role = ROLE_DIMENSION },
		{ "name", "Name", "Tên", .role = ROLE_DIMENSION },
		{ "customers", "Customers", "Khách hàng", STUDY_FIGURE = UNIT_COUNT },
		{ "rate", "Rate", "Tỷ lệ", STUDY_FIGURE = UNIT_SHARE },
		{ "base_rate", "Base rate", "Tỷ lệ chung", STUDY_FIGURE = UNIT_SHARE },
		{ "lift", "Lift", "Độ nâng", STUDY_FIGURE = UNIT_RATIO },
	};
	study_begin(s, columns, countof(columns));
}

static void put_all(struct study *s, struct favourites *f)
{
	int64_t shown = 0, top = study_whole(s, "top");
	if (f->n)
		qsort(f->list, f->n, sizeof *f->list, by_lift);
	for (size_t i = 0; i < f->n; i++) {
		shown = i && f->list[i].group == f->list[i - 1].group ? shown + 1 : 0;
		if (shown < top)
			put(s, f->bought, &f->list[i]);
	}
}

static void count_all(struct favourites *f)
{
	const struct bought *b = f->bought;
	struct baskets all;
	make_baskets(b, &(struct choice){ .all = true }, &all);
	f->base = baskets_count(&all, b->nproducts);
	f->ncustomers = baskets_filled(&all);
	baskets_free(&all);
	for (uint32_t i = 0; i < b->ngroups; i++)
		count_group(f, i);
}

/* -- stored segments -- */

/* Marks the customers who are in the segment.  False with diag: it is not understood. */
static bool mark_members(struct study *s, const struct record *segment, const struct bought *b,
			 bool *members)
{
	struct store *store = report_store(s->job);
	struct query_context q = *s->job->context;
	struct select what = { .context = &q, .limit = -1 };
	size_t n;
	q.entity = schema_entity(&store->schema, record_at(segment, "of")->s);
	q.aliases = NULL;
	what.where = segment_node(store, &q, segment, s->diag);
	if (!what.where)
		return false;
	int64_t *ids = select_ids(store, &what, &n, report_arena(s->job));
	bool person = !strcmp(q.entity->name, "contact");
	for (size_t i = 0; n && i < b->ncustomers; i++)
		members[i] = b->customers[i].person == person &&
			     bsearch(&b->customers[i].id, ids, n, sizeof *ids, int64_cmp) != NULL;
	return true;
}

/* The segments of accounts and contacts become the groups; the orders' own are none. */
static bool read_segments(struct study *s, struct favourites *f, struct bought *b)
{
	struct store *store = report_store(s->job);
	struct arena *a = report_arena(s->job);
	struct sql q = { .arena = a };
	sql_add(&q, "select id from segment where \"of\" = 'account' or \"of\" = 'contact'"
		    " order by id");
	struct stmt *rows = db_query(store->db, &q);
	int64_t *ids = stmt_ids(rows, &b->ngroups, a);
	stmt_close(rows);
	sql_free(&q);
	b->groups = xcalloc(b->ngroups + 1, sizeof *b->groups);
	f->members = arena_new(a, bool *, b->ngroups + 1);
	for (size_t i = 0; i < b->ngroups; i++) {
		struct record segment;
		f->members[i] = arena_new(a, bool, b->ncustomers + 1);
		if (!store_get(store, schema_entity(&store->schema, STR("segment")), ids[i],
			       &segment, a))
			continue;
		b->groups[i] = *record_at(&segment, "name");
		if (!mark_members(s, &segment, b, f->members[i]))
			return false;
	}
	return true;
}

/* -- all of it -- */

static void give(struct study *s, struct favourites *f, const struct study_column *segment)
{
	place_groups(f, segment->field, &report_store(s->job)->schema);
	count_all(f);
	begin(s, segment);
	put_all(s, f);
}

static bool by_segments(struct study *s, struct favourites *f, struct bought *b)
{
	const struct study_column segment = { "segment", "Segment", "Phân khúc",
					      .role = ROLE_DIMENSION };
	bought_read(s, NULL, b);
	bool ok = read_segments(s, f, b);
	if (ok)
		give(s, f, &segment);
	return ok;
}

/* By industry, unless --by says otherwise. */
static bool by_field(struct study *s, struct favourites *f, struct bought *b)
{
	struct job *j = s->job;
	if (!j->ndims && !axis_add(j, STR("industry"), s->diag))
		return false;
	const struct axis *by = &j->axes[j->first];
	const struct study_column segment = {
		by->name.p,
		axis_heading(by, ENGLISH, &j->arena).p,
		axis_heading(by, VIETNAMESE, &j->arena).p,
		.role = ROLE_DIMENSION,
		.field = by->path.field,
	};
	bought_read(s, j->feeds[0].axes[j->first].path.text.p, b);
	give(s, f, &segment);
	return true;
}

bool favourites(struct study *s)
{
	struct bought b = { 0 };
	struct favourites f = { .bought = &b };
	double percent = 0;
	bool stored = study_on(s, "segments");
	if (s->job->ndims > !stored)
		return diag_set(study_about(s->diag, "by"), NULL,
				stored ? "not with --segments" : "favourites are of one dimension");
	if (!study_number(s, "support", 0, 100, &percent))
		return false;
	f.support = percent / 100;
	bool ok = stored ? by_segments(s, &f, &b) : by_field(s, &f, &b);
	free(f.base);
	free(f.places);
	free(f.list);
	bought_free(&b);
	return ok;
}
