/* crm-score rank: the best first, and why. */
#include <math.h>
#include <stdlib.h>

#include "cli/heading.h"
#include "cli/score.h"
#include "core/buf.h"
#include "schema/check.h"

static const struct heading columns[] = {
	{ "id", "ID", "Mã", false },
	{ "name", "Name", "Tên", false },
	{ "score", "Score", "Điểm", true },
	{ "rating", "Rating", "Mức độ nóng", false },
	{ "chance", "Chance %", "Khả năng %", true },
	{ "points", "Points", "Điểm quy tắc", true },
	{ "why", "Why", "Vì sao", false },
};

enum { PORTION = 100, REASONS = 3 };

struct ranking {
	struct crm *crm;
	struct scorer *scorer;
	const struct entity *of;
	struct writer *out;
	struct arena arena;
};

static int by_score(const void *a, const void *b)
{
	const struct scored *x = a, *y = b;
	double p = isnan(x->chance) ? -1 : x->chance, q = isnan(y->chance) ? -1 : y->chance;
	if (x->score != y->score)
		return y->score - x->score;
	if (p != q)
		return p < q ? 1 : -1;
	if (x->points != y->points)
		return x->points < y->points ? 1 : -1;
	return (x->id > y->id) - (x->id < y->id);
}

/* A reason and how much it weighs. */
struct reason {
	double weight;
	struct str text;
};

static int by_weight(const void *a, const void *b)
{
	const struct reason *x = a, *y = b;
	return x->weight != y->weight ? (x->weight < y->weight ? 1 : -1)
				      : str_cmp(x->text, y->text);
}

static void put_reasons(struct buf *b, struct reason *all, size_t n)
{
	qsort(all, n, sizeof *all, by_weight);
	for (size_t i = 0; i < n && i < REASONS; i++) {
		buf_puts(b, b->n ? ", " : "");
		buf_put(b, all[i].text);
	}
}

static void give_points(struct ranking *r, const struct scored *x, struct buf *b)
{
	const struct scoring *c = r->scorer->scoring;
	struct reason *all = arena_new(&r->arena, struct reason, c->nrules + 1);
	size_t n = 0;
	for (size_t i = 0; i < c->nrules; i++) {
		double points = x->parts[i].points;
		struct str text = score_number(fabs(points), 1, &r->arena).text;
		if (fabs(points) >= 0.05)
			all[n++] =
			    (struct reason){ fabs(points),
					     arena_printf(&r->arena, "%s %s%s", c->rules[i].key,
							  points < 0 ? "-" : "+", text.p) };
	}
	put_reasons(b, all, n);
}

static void give_factors(struct ranking *r, const struct learner *l, const struct scored *x,
			 struct buf *b)
{
	struct bayes_view v;
	struct score_factor f;
	size_t n = 0;
	if (!x->record || !bayes_look(&l->bayes, x->record, &v))
		return;
	struct reason *all = arena_new(&r->arena, struct reason, x->record->n + 1);
	for (size_t i = 0; i <= x->record->n; i++)
		if (score_factor(l, &v, i, &f) && fabs(log(f.factor)) >= 0.05)
			all[n++] =
			    (struct reason){ fabs(log(f.factor)),
					     arena_printf(&r->arena, "%s %.*s ×%.3g", f.feature,
							  (int)f.value.n, f.value.p, f.factor) };
	put_reasons(b, all, n);
}

static struct str name_of(struct ranking *r, int64_t id)
{
	struct record record;
	if (!store_get(r->crm->store, r->of, id, &record, &r->arena))
		return (struct str){ 0 };
	struct str name = text_of(&record, "name");
	return name.n || !entity_field(r->of, STR("company")) ? name : text_of(&record, "company");
}

static void put(struct ranking *r, const struct scored *x)
{
	bool lead = r->of == r->scorer->lead.context.entity;
	struct arena *a = &r->arena;
	struct buf why = { 0 };
	if (lead)
		give_points(r, x, &why);
	if (!x->won && !x->lost)
		give_factors(r, lead ? &r->scorer->lead : &r->scorer->deal, x, &why);
	const struct cell cells[countof(columns)] = {
		{ CELL_TEXT, ref_print(r->of, x->id, a) },
		cell_text(name_of(r, x->id)),
		score_number(x->score >= 0 ? (double)x->score : (double)NAN, 0, a),
		cell_text(str_of(x->rating)),
		score_number(x->chance, 2, a),
		score_number(lead ? x->points : (double)NAN, 2, a),
		cell_text(buf_copy(&why, a)),
	};
	writer_row(r->out, cells);
	buf_free(&why);
}

/* What was read of them in order of their ids, printed in that of the ranks. */
static void put_portion(struct ranking *r, const struct scored *ranked, size_t n)
{
	int64_t ids[PORTION];
	size_t found;
	for (size_t i = 0; i < n; i++)
		ids[i] = ranked[i].id;
	qsort(ids, n, sizeof *ids, int64_cmp);
	struct scored *some = score_in_parts(r->scorer, r->of, ids, n, &found, &r->arena);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < found; k++)
			if (some[k].id == ranked[i].id)
				put(r, &some[k]);
	arena_reset(&r->arena);
}

int score_rank(struct crm *crm, int argc, char **argv)
{
	struct score_asked asked;
	struct scorer s;
	struct ranking r = { .crm = crm, .scorer = &s };
	int64_t limit = option_int(crm, "limit", INT64_MAX);
	size_t n;
	score_ask(crm, argc, argv, &asked);
	score_open(crm, &s);
	db_begin_read(crm->store->db);
	struct scored *all = score_asked_for(crm, &s, &asked, &n);
	qsort(all, n, sizeof *all, by_score);
	if (limit >= 0 && (size_t)limit < n)
		n = (size_t)limit;
	r.of = asked.of;
	r.out = heading_writer(crm, columns, countof(columns));
	for (size_t i = 0; i < n; i += PORTION)
		put_portion(&r, all + i, n - i < PORTION ? n - i : PORTION);
	writer_close(r.out);
	db_commit(crm->store->db);
	arena_free(&r.arena);
	scorer_close(&s);
	return crm->refused ? STATUS_REFUSED : STATUS_OK;
}
