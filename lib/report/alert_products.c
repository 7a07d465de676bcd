/*
 * cross_sell: what others with the same product bought, too (pairs.h), of those who have the one
 * and lack the other.  up_sell: the better product (upgrade) of one that they have.  switch_sell:
 * what replaces (successor) one that they have.
 *
 * What is offered is sold now: of what is not, its successor that is.  Who has one of a line of
 * products is not offered another of it as a cross-sell.
 */
#include <stdlib.h>

#include "report/alert_shelf.h"
#include "report/pairs.h"

/* clang-format off */
#define OFFER                                                                           \
	{ "product", "Offer", "Sản phẩm chào", ROLE_DIMENSION, UNIT_COUNT, NULL },      \
	{ "product_name", "Offer", "Tên sản phẩm chào", ROLE_DIMENSION, UNIT_COUNT, NULL }, \
	{ "has", "Has", "Đang có", ROLE_DIMENSION, UNIT_COUNT, NULL },                  \
	{ "has_name", "Has", "Tên đang có", ROLE_DIMENSION, UNIT_COUNT, NULL }
/* clang-format on */

enum { OFFERED, OFFERED_NAME, HAS, HAS_NAME, SUPPORT, CONFIDENCE, LIFT };
enum { BUYERS = SUPPORT, WENT_ON, WENT_RATE };
enum { RETIRED = SUPPORT, MARGIN_GAIN };

const struct alert_figure alert_product_figures[] = {
	OFFER,
	{ "support", "Support", "Độ phổ biến", ROLE_FIGURE, UNIT_SHARE, NULL },
	{ "confidence", "Confidence", "Độ tin cậy", ROLE_FIGURE, UNIT_SHARE, NULL },
	{ "lift", "Lift", "Độ nâng", ROLE_FIGURE, UNIT_RATIO, NULL },
	{ 0 },
};

const struct alert_figure alert_up_figures[] = {
	OFFER,
	{ "buyers", "Buyers", "Số người mua", ROLE_FIGURE, UNIT_COUNT, NULL },
	{ "went_on", "Went on", "Đã nâng cấp", ROLE_FIGURE, UNIT_COUNT, NULL },
	{ "went_rate", "Went on", "Tỷ lệ nâng cấp", ROLE_FIGURE, UNIT_SHARE, NULL },
	{ 0 },
};

const struct alert_figure alert_switch_figures[] = {
	OFFER,
	{ "retired", "Sold no more", "Ngừng bán", ROLE_FIGURE, UNIT_FLAG, NULL },
	{ "margin_gain", "Margin gain", "Lợi nhuận tăng thêm", ROLE_FIGURE, UNIT_MONEY, NULL },
	{ 0 },
};

static const struct entity *type_of(const struct shelf *s, const struct buyer *b)
{
	return schema_entity(&s->x->store->schema, b->person ? STR("contact") : STR("account"));
}

static struct alert *offer(struct shelf *s, enum alert_number kind, uint32_t customer,
			   const struct product *p, const struct product *have, struct value **f)
{
	struct alerting *x = s->x;
	const struct buyer *b = &s->bought.customers[customer];
	const struct entity *e = type_of(s, b);
	const struct entity *product = schema_entity(&x->store->schema, STR("product"));
	const struct alert_subject *about = alert_subject(x, e, b->id);
	if (!about)
		return NULL;
	struct alert *a = alert_add(x, kind, e, about, f);
	a->topic = ref_print(product, p->id, x->arena);
	(*f)[OFFERED] = value_text(a->topic);
	(*f)[OFFERED_NAME] = value_text(p->name);
	(*f)[HAS] = value_text(ref_print(product, have->id, x->arena));
	(*f)[HAS_NAME] = value_text(have->name);
	a->suggestion = SAY(x, "offer %s", "chào %s", p->name.p);
	return a;
}

/* -- what a customer could be offered, of one kind -- */

struct offered {
	const struct product *offered, *has;
	const struct pair *rule; /* of a cross-sell */
	double strength;
};

struct offers {
	struct offered *list;
	size_t n, room;
};

/* Each product once: for the strongest reason. */
static void add_chance(struct offers *c, struct offered one)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->list[i].offered == one.offered) {
			if (one.strength > c->list[i].strength)
				c->list[i] = one;
			return;
		}
	c->list = xgrow(c->list, c->n, &c->room, sizeof *c->list);
	c->list[c->n++] = one;
}

static int by_strength(const void *a, const void *b)
{
	const struct offered *x = a, *y = b;
	if (x->strength != y->strength)
		return x->strength < y->strength ? 1 : -1;
	return x->offered < y->offered ? -1 : 1; /* they lie by id */
}

/* The strongest `top` of them. */
static void strongest(struct shelf *s, enum alert_number kind, struct offers *c)
{
	size_t top = (size_t)alert_least(s->x, kind, "top");
	if (c->n)
		qsort(c->list, c->n, sizeof *c->list, by_strength);
	c->n = c->n < top ? c->n : top;
}

/* -- cross-sell -- */

struct rules {
	struct pairs pairs;
	size_t *start;		   /* of the rules by the number of the first product */
	const struct pair **rules; /* those that hold */
};

static bool holds(struct shelf *s, const struct pairs *all, const struct pair *p)
{
	const struct product *a = shelf_at(s, p->product), *b = shelf_at(s, p->with);
	double confidence = (double)p->count / all->counts[p->product];
	return a && b && b->active && !shelf_same_line(s, a, b) &&
	       p->lift >= alert_least(s->x, ALERT_CROSS_SELL, "lift") &&
	       100 * confidence >= alert_least(s->x, ALERT_CROSS_SELL, "confidence");
}

static void learn(struct shelf *s, struct rules *r)
{
	size_t n = s->bought.nproducts;
	bool per_customer = alert_has_word(s->x->config, ALERT_CROSS_SELL, "per", "customer");
	pairs_learn(&s->bought, per_customer, alert_least(s->x, ALERT_CROSS_SELL, "support"),
		    (uint32_t)alert_least(s->x, ALERT_CROSS_SELL, "least"), &r->pairs);
	r->start = xcalloc(n + 2, sizeof *r->start);
	r->rules = xcalloc(r->pairs.n + 1, sizeof *r->rules);
	bool *good = xcalloc(r->pairs.n + 1, sizeof *good);
	for (size_t i = 0; i < r->pairs.n; i++) {
		good[i] = holds(s, &r->pairs, &r->pairs.list[i]);
		r->start[r->pairs.list[i].product + 2] += good[i];
	}
	for (size_t i = 2; i < n + 2; i++)
		r->start[i] += r->start[i - 1];
	for (size_t i = 0; i < r->pairs.n; i++)
		if (good[i])
			r->rules[r->start[r->pairs.list[i].product + 1]++] = &r->pairs.list[i];
	free(good);
}

static void cross_sell(struct shelf *s, const struct rules *r, uint32_t customer,
		       const struct offered *c)
{
	struct alerting *x = s->x;
	const struct pairs *all = &r->pairs;
	const struct pair *p = c->rule;
	double confidence = (double)p->count / all->counts[p->product];
	struct value *f;
	struct alert *a = offer(s, ALERT_CROSS_SELL, customer, c->offered, c->has, &f);
	if (!a)
		return;
	f[SUPPORT] = study_ratio(p->count, (int64_t)all->filled);
	f[CONFIDENCE] = study_decimal(confidence, 4);
	f[LIFT] = study_decimal(p->lift, 4);
	alert_score(a, 100 * confidence);
	if (c->offered->price.kind == V_INT)
		alert_value(a, (double)c->offered->price.i, c->offered->currency);
	a->evidence =
	    SAY(x,
		"has %s, and not %s; of those with the one %.0f%% have the other, too, %s"
		" times as often as by chance",
		"đã có %s, chưa có %s; trong số có sản phẩm đầu, %.0f%% có cả sản phẩm"
		" sau, gấp %s lần ngẫu nhiên",
		c->has->name.p, c->offered->name.p, 100 * confidence, alert_decimal(x, p->lift, 1));
}

static void cross_sells(struct shelf *s)
{
	struct rules r = { 0 };
	struct offers c = { 0 };
	learn(s, &r);
	for (uint32_t k = 0; k < s->owned.n; k++) {
		c.n = 0;
		for (size_t i = s->owned.start[k]; i < s->owned.start[k + 1]; i++) {
			uint32_t a = s->owned.items[i];
			for (size_t j = r.start[a]; j < r.start[a + 1]; j++) {
				const struct pair *p = r.rules[j];
				const struct product *b = &s->list[s->places[p->with]];
				if (!shelf_has(s, k, b, true))
					add_chance(&c, (struct offered){
							   b, &s->list[s->places[a]], p,
							   (double)p->count / r.pairs.counts[a] });
			}
		}
		strongest(s, ALERT_CROSS_SELL, &c);
		for (size_t i = 0; i < c.n; i++)
			cross_sell(s, &r, k, &c.list[i]);
	}
	pairs_free(&r.pairs);
	free(r.start);
	free(r.rules);
	free(c.list);
}

/* -- up-sell and switch-sell -- */

/* The difference of two amounts of one currency. */
static bool difference(const struct product *more, const struct product *than,
		       const struct value *x, const struct value *y, int64_t *out)
{
	bool comparable =
	    x->kind == V_INT && y->kind == V_INT && str_eq(more->currency, than->currency);
	*out = comparable ? x->i - y->i : 0;
	return comparable;
}

/* Of each product, how many customers have it, and how many of them what it is upgraded to. */
struct ladder {
	int64_t *have, *went; /* by place */
};

static void climb(struct shelf *s, struct ladder *l)
{
	l->have = xcalloc(s->n + 1, sizeof *l->have);
	l->went = xcalloc(s->n + 1, sizeof *l->went);
	for (uint32_t k = 0; k < s->owned.n; k++)
		for (size_t i = s->owned.start[k]; i < s->owned.start[k + 1]; i++) {
			uint32_t place = s->places[s->owned.items[i]];
			const struct product *p = place == NOT_SHELVED ? NULL : &s->list[place];
			const struct product *up =
			    p ? shelf_on_sale(s, shelf_product(s, p->upgrade)) : NULL;
			if (!up)
				continue;
			l->have[place]++;
			l->went[place] += shelf_has(s, k, up, false);
		}
}

static void up_sell(struct shelf *s, const struct ladder *l, uint32_t customer,
		    const struct offered *c)
{
	struct alerting *x = s->x;
	size_t place = (size_t)(c->has - s->list);
	int64_t more;
	struct value *f;
	struct alert *a = offer(s, ALERT_UP_SELL, customer, c->offered, c->has, &f);
	if (!a)
		return;
	double rate = (double)l->went[place] / (double)l->have[place];
	f[BUYERS] = value_int(l->have[place]);
	f[WENT_ON] = value_int(l->went[place]);
	f[WENT_RATE] = study_ratio(l->went[place], l->have[place]);
	alert_score(a, 100 * rate);
	if (difference(c->offered, c->has, &c->offered->price, &c->has->price, &more))
		alert_value(a, (double)more, c->offered->currency);
	a->evidence =
	    SAY(x, "has %s; %s is the better one, and %lld of %lld who had it went on",
		"đã có %s; %s là bản cao hơn, %lld trên %lld khách đã nâng cấp", c->has->name.p,
		c->offered->name.p, (long long)l->went[place], (long long)l->have[place]);
}

static void switch_sell(struct shelf *s, uint32_t customer, const struct offered *c)
{
	struct alerting *x = s->x;
	const struct product *p = c->offered, *old = c->has;
	int64_t price, cost;
	struct value *f;
	struct alert *a = offer(s, ALERT_SWITCH_SELL, customer, p, old, &f);
	if (!a)
		return;
	f[RETIRED] = value_int(!old->active);
	if (difference(p, old, &p->price, &old->price, &price) &&
	    difference(p, old, &p->cost, &old->cost, &cost))
		f[MARGIN_GAIN] = study_money(price - cost, p->currency);
	alert_score(a, old->active ? 50 : 75);
	if (p->price.kind == V_INT)
		alert_value(a, (double)p->price.i, p->currency);
	a->evidence = old->active
			  ? SAY(x, "has %s, which %s replaces", "đang dùng %s, đã có %s thay thế",
				old->name.p, p->name.p)
			  : SAY(x, "has %s, which is sold no more; %s replaces it",
				"đang dùng %s, đã ngừng bán; %s thay thế", old->name.p, p->name.p);
}

/* Whether the customer has that already, or what comes behind it. */
static bool has_gone_on(struct shelf *s, enum alert_number kind, uint32_t customer,
			const struct product *to)
{
	enum { STEPS = 32 }; /* they may go round */
	for (int i = 0; to && i < STEPS; i++) {
		if (shelf_has(s, customer, to, false))
			return true;
		to = shelf_product(s, kind == ALERT_UP_SELL ? to->upgrade : to->successor);
	}
	return false;
}

/* What the customer could be offered for what they have by one kind of link. */
static void link_chances(struct shelf *s, enum alert_number kind, uint32_t customer,
			 struct offers *c)
{
	c->n = 0;
	for (size_t i = s->owned.start[customer]; i < s->owned.start[customer + 1]; i++) {
		const struct product *have = shelf_at(s, s->owned.items[i]), *to;
		if (!have)
			continue;
		to = shelf_product(s, kind == ALERT_UP_SELL ? have->upgrade : have->successor);
		to = shelf_on_sale(s, to);
		if (to && to != have && !has_gone_on(s, kind, customer, to))
			add_chance(c, (struct offered){
					  to, have, NULL,
					  to->price.kind == V_INT ? (double)to->price.i : 0 });
	}
	strongest(s, kind, c);
}

static void link_sells(struct shelf *s, enum alert_number kind)
{
	struct offers c = { 0 };
	struct ladder l = { 0 };
	if (kind == ALERT_UP_SELL)
		climb(s, &l);
	for (uint32_t k = 0; k < s->owned.n; k++) {
		link_chances(s, kind, k, &c);
		for (size_t i = 0; i < c.n; i++)
			if (kind == ALERT_UP_SELL)
				up_sell(s, &l, k, &c.list[i]);
			else
				switch_sell(s, k, &c.list[i]);
	}
	free(l.have);
	free(l.went);
	free(c.list);
}

bool alerts_of_products(struct alerting *x)
{
	struct shelf s;
	bool cross = alert_on(x, ALERT_CROSS_SELL), up = alert_on(x, ALERT_UP_SELL);
	bool other = alert_on(x, ALERT_SWITCH_SELL);
	if (!cross && !up && !other)
		return true;
	bool ok = shelf_open(x, &s);
	if (ok && cross)
		cross_sells(&s);
	if (ok && up)
		link_sells(&s, ALERT_UP_SELL);
	if (ok && other)
		link_sells(&s, ALERT_SWITCH_SELL);
	shelf_close(&s);
	return ok;
}
