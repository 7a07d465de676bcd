/* crm-score explain: what each rule and each field of history gave. */
#include <math.h>
#include <stdlib.h>

#include "cli/heading.h"
#include "cli/score.h"

static const struct heading columns[] = {
	{ "id", "ID", "Mã", false },
	{ "part", "Part", "Phần", false },
	{ "name", "Name", "Tên", false },
	{ "what", "What", "Nội dung", false },
	{ "points", "Points", "Điểm", true },
	{ "count", "Count", "Số lần", true },
	{ "at", "Last", "Lần cuối", false },
	{ "won", "Won", "Thắng", true },
	{ "lost", "Lost", "Thua", true },
	{ "factor", "Factor", "Hệ số", true },
	{ "half_life", "Half-life (days)", "Giảm nửa sau (ngày)", true },
	{ "cap", "Cap", "Trần", true },
};

/* What one row says; NaN and empty: nothing. */
struct said {
	const char *part, *name;
	struct str what;
	double points, count, won, lost, factor, half_life, cap;
	int64_t at; /* INT64_MIN: none */
};

static const struct said nothing = {
	.points = NAN,
	.count = NAN,
	.won = NAN,
	.lost = NAN,
	.factor = NAN,
	.half_life = NAN,
	.cap = NAN,
	.at = INT64_MIN,
};

struct explained {
	struct crm *crm;
	struct scorer *scorer;
	const struct entity *of;
	struct writer *out;
	struct arena arena; /* of one record */
};

static void put(struct explained *e, int64_t id, const struct said *s)
{
	struct arena *a = &e->arena;
	struct str at = { 0 };
	if (s->at != INT64_MIN)
		at = writer_human(e->out) ? instant_print_local(s->at, a) : instant_print(s->at, a);
	const struct cell cells[countof(columns)] = {
		{ CELL_TEXT, ref_print(e->of, id, a) },
		cell_text(str_of(s->part)),
		cell_text(str_of(s->name)),
		cell_text(s->what),
		score_number(s->points, 2, a),
		score_number(s->count, 0, a),
		cell_text(at),
		score_number(s->won, 1, a),
		score_number(s->lost, 1, a),
		score_number(s->factor, 4, a),
		score_number(s->half_life, 0, a),
		score_number(s->cap, 2, a),
	};
	writer_row(e->out, cells);
}

static void put_rules(struct explained *e, const struct scored *x)
{
	const struct scoring *c = e->scorer->scoring;
	for (size_t i = 0; i < c->nrules; i++) {
		const struct score_rule *r = &c->rules[i];
		const struct score_part *p = &x->parts[i];
		struct said s = nothing;
		if (!p->n && !option_on(e->crm, "all"))
			continue;
		s.part = r->on->name;
		s.name = r->key;
		s.what = str_of(r->text);
		s.points = p->points;
		s.count = (double)p->n;
		s.at = p->n ? p->last : INT64_MIN;
		s.half_life = r->half_life > 0 ? r->half_life : NAN;
		s.cap = p->capped ? r->cap : NAN;
		put(e, x->id, &s);
	}
}

static void put_odds(struct explained *e, int64_t id, const char *name, struct str what,
		     const struct bayes_odds *o, double factor)
{
	struct said s = nothing;
	s.part = "history";
	s.name = name;
	s.what = what;
	s.won = o->won;
	s.lost = o->lost;
	s.factor = factor;
	put(e, id, &s);
}

static void put_history(struct explained *e, const struct learner *l, const struct scored *x)
{
	struct bayes_view v;
	struct score_factor f;
	if (x->won || x->lost || !x->record || !bayes_look(&l->bayes, x->record, &v))
		return;
	struct str team = v.all ? STR("all teams") : str_of(l->team_names[x->record->team]);
	put_odds(e, x->id, "prior", team, &v.prior, v.prior.won / v.prior.lost);
	for (size_t i = 0; i <= x->record->n; i++)
		if (score_factor(l, &v, i, &f))
			put_odds(e, x->id, f.feature, f.value, &f.odds, f.factor);
}

static void put_total(struct explained *e, int64_t id, const char *name, struct str what,
		      double points)
{
	struct said s = nothing;
	s.part = "total";
	s.name = name;
	s.what = what;
	s.points = points;
	if (!isnan(points))
		put(e, id, &s);
}

static void explain_one(struct explained *e, const struct scored *x)
{
	bool lead = e->of == e->scorer->lead.context.entity;
	struct str end = x->won ? STR("won") : x->lost ? STR("lost") : (struct str){ 0 };
	if (lead)
		put_rules(e, x);
	put_history(e, lead ? &e->scorer->lead : &e->scorer->deal, x);
	if (lead && e->scorer->scoring->nrules)
		put_total(e, x->id, "points", (struct str){ 0 }, x->points);
	put_total(e, x->id, "chance", end, x->chance);
	if (x->score >= 0)
		put_total(e, x->id, "score", str_of(x->rating), x->score);
}

/* In portions, so that any number can be explained. */
int score_explain(struct crm *crm, int argc, char **argv)
{
	enum { PORTION = 100 };
	struct score_asked asked;
	struct scorer s;
	struct explained e = { .crm = crm, .scorer = &s };
	int64_t ids[PORTION];
	size_t n, found;
	score_ask(crm, argc, argv, &asked);
	if (asked.all)
		usage(crm, "explain what? Name records or terms");
	score_open(crm, &s);
	db_begin_read(crm->store->db);
	struct scored *all = score_asked_for(crm, &s, &asked, &n);
	e.of = asked.of;
	e.out = heading_writer(crm, columns, countof(columns));
	for (size_t i = 0; i < n; i += PORTION) {
		size_t most = n - i < PORTION ? n - i : PORTION;
		for (size_t k = 0; k < most; k++)
			ids[k] = all[i + k].id;
		struct scored *some = score_in_parts(&s, e.of, ids, most, &found, &e.arena);
		for (size_t k = 0; k < found; k++)
			explain_one(&e, &some[k]);
		arena_reset(&e.arena);
	}
	writer_close(e.out);
	db_commit(crm->store->db);
	arena_free(&e.arena);
	scorer_close(&s);
	return crm->refused ? STATUS_REFUSED : STATUS_OK;
}
