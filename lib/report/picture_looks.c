/* Who is in several pictures beside each other has one colour in all. */
#include "report/chart_impl.h"
#include "report/picture_impl.h"

/* One that nobody has in any of them, else one that nobody has in this one. */
static size_t free_look(const struct chart_series *series, size_t n, size_t had)
{
	for (size_t look = had < CHART_LOOKS ? had + 1 : 1;; look++) {
		size_t i = 0;
		while (i < n && series[i].look != look)
			i++;
		if (i == n)
			return look;
	}
}

static void look(struct chart *c, struct map *looks, struct arena *a)
{
	struct chart_series *series = arena_new(a, struct chart_series, c->nseries);
	for (size_t i = 0; i < c->nseries; i++) {
		const int64_t *had = map_find(looks, c->series[i].name);
		series[i] = c->series[i];
		series[i].look = had ? (size_t)*had : 0;
	}
	for (size_t i = 0; i < c->nseries; i++)
		if (!series[i].look && !series[i].reference) {
			series[i].look = free_look(series, c->nseries, looks->n);
			*map_at(looks, series[i].name) = (int64_t)series[i].look;
		}
	c->series = series;
}

void pictures_look(struct pictures *p, struct arena *a)
{
	struct map looks = { 0 }; /* of each name */
	for (size_t i = 0; p->n > 1 && i < p->n; i++)
		if (p->charts[i].series_title.n) /* else figures are drawn, not who has them */
			look(&p->charts[i], &looks, a);
	map_free(&looks);
}
