/* crm-score learn: what history says, value by value; and how good it is. */
#include <math.h>
#include <stdlib.h>

#include "cli/heading.h"
#include "cli/score.h"

static const struct heading columns[] = {
	{ "of", "Of", "Loại", false },		{ "pipeline", "Pipeline", "Quy trình", false },
	{ "team", "Team", "Nhóm", false },	{ "field", "Field", "Trường", false },
	{ "value", "Value", "Giá trị", false }, { "won", "Won", "Thắng", true },
	{ "lost", "Lost", "Thua", true },	{ "factor", "Factor", "Hệ số", true },
};

/* Values of one team, those of a field together, as they were met. */
static int by_place(const void *a, const void *b)
{
	const struct bayes_value *const *x = a, *const *y = b;
	if ((*x)->scope != (*y)->scope)
		return (*x)->scope < (*y)->scope ? -1 : 1;
	if ((*x)->feature != (*y)->feature)
		return (*x)->feature < (*y)->feature ? -1 : 1;
	if ((*x)->feature == BAYES_STAGE)
		return *x < *y ? -1 : 1;
	return str_cmp((*x)->text, (*y)->text);
}

static void put_value(struct writer *out, const struct learner *l, const struct bayes_value *v,
		      uint32_t team, struct arena *a)
{
	const struct bayes *b = &l->bayes;
	struct bayes_odds o, first;
	if (!bayes_known(b, (uint32_t)(v - b->values), team, &o))
		return;
	if (v->feature == BAYES_STAGE &&
	    bayes_known(b, l->scopes[v->scope].numbers[0], team, &first)) {
		o.won_total = first.won;
		o.lost_total = first.lost;
	}
	const struct cell cells[countof(columns)] = {
		cell_text(str_of(l->context.entity->name)),
		cell_text(str_of(l->scopes[v->scope].key)),
		cell_text(team ? str_of(l->team_names[team]) : (struct str){ 0 }),
		cell_text(str_of(learner_feature(l, v->feature))),
		cell_text(v->text),
		score_number(o.won, 1, a),
		score_number(o.lost, 1, a),
		score_number(o.won / o.won_total / (o.lost / o.lost_total), 4, a),
	};
	writer_row(out, cells);
}

static void print_counts(struct crm *crm, const struct learner *l)
{
	struct writer *out = heading_writer(crm, columns, countof(columns));
	const struct bayes *b = &l->bayes;
	const struct bayes_value **all =
	    arena_new(&crm->arena, const struct bayes_value *, b->n + 1);
	struct arena a = { 0 };
	for (size_t i = 0; i < b->n; i++)
		all[i] = &b->values[i];
	qsort(all, b->n, sizeof(struct bayes_value *), by_place);
	for (uint32_t team = 0; team <= l->nteams; team++)
		for (size_t i = 0; i < b->n; i++) {
			put_value(out, l, all[i], team, &a);
			arena_reset(&a);
		}
	writer_close(out);
	arena_free(&a);
}

/* -- how good: each record as if it were new, by all the others -- */

static const struct heading check_columns[] = {
	{ "of", "Of", "Loại", false },
	{ "won", "Won", "Thắng", true },
	{ "lost", "Lost", "Thua", true },
	{ "auc", "AUC", "AUC", true },
	{ "log_loss", "Log-loss", "Log-loss", true },
	{ "base_log_loss", "By the rate alone", "Chỉ theo tỷ lệ", true },
	{ "brier", "Brier", "Brier", true },
};

struct guess {
	double p;
	bool won;
};

struct check {
	struct guess *all;
	size_t n, room;
};

static void guess(struct learner *l, const struct bayes_record *r, void *ctx)
{
	struct check *c = ctx;
	struct bayes_record fresh = *r;
	struct bayes_view v;
	fresh.stage = 0;
	bayes_count(&l->bayes, r, -1);
	if (bayes_look(&l->bayes, &fresh, &v)) {
		c->all = xgrow(c->all, c->n, &c->room, sizeof *c->all);
		c->all[c->n++] = (struct guess){ bayes_rounded(bayes_percent(&v)) / 100, r->won };
	}
	bayes_count(&l->bayes, r, 1);
}

static int by_guess(const void *a, const void *b)
{
	const struct guess *x = a, *y = b;
	return (x->p > y->p) - (x->p < y->p);
}

/* The chance that a won record has a higher guess than a lost one, ties half: Mann and Whitney. */
static double area(struct check *c, double won, double lost)
{
	double ranks = 0;
	qsort(c->all, c->n, sizeof *c->all, by_guess);
	for (size_t i = 0, end; i < c->n; i = end) {
		size_t winners = 0;
		for (end = i; end < c->n && c->all[end].p == c->all[i].p; end++)
			winners += c->all[end].won;
		ranks += (double)winners * ((double)(i + 1 + end) / 2);
	}
	return won > 0 && lost > 0 ? (ranks - won * (won + 1) / 2) / (won * lost) : NAN;
}

static void print_check(struct crm *crm, struct learner *l)
{
	struct check c = { 0 };
	double won = 0, loss = 0, brier = 0;
	learner_history(l, false, guess, &c);
	for (size_t i = 0; i < c.n; i++) {
		double p = c.all[i].won ? c.all[i].p : 1 - c.all[i].p;
		won += c.all[i].won;
		loss -= log(p);
		brier += (1 - p) * (1 - p);
	}
	double n = (double)c.n, rate = won / n, lost = n - won;
	double base = won > 0 && lost > 0 ? -rate * log(rate) - (1 - rate) * log(1 - rate) : NAN;
	struct writer *out = heading_writer(crm, check_columns, countof(check_columns));
	const struct cell cells[countof(check_columns)] = {
		cell_text(str_of(l->context.entity->name)),
		score_number((double)l->won, 0, &crm->arena),
		score_number((double)l->lost, 0, &crm->arena),
		score_number(area(&c, won, lost), 4, &crm->arena),
		score_number(loss / n, 4, &crm->arena),
		score_number(base, 4, &crm->arena),
		score_number(brier / n, 4, &crm->arena),
	};
	writer_row(out, cells);
	writer_close(out);
	free(c.all);
}

int score_learn(struct crm *crm, int argc, char **argv)
{
	struct score_asked asked;
	struct scorer s;
	if (argc)
		usage(crm, "learn takes no operands: all history counts");
	score_ask(crm, argc, argv, &asked);
	score_open(crm, &s);
	struct learner *l = asked.of == s.lead.context.entity ? &s.lead : &s.deal;
	db_begin_read(crm->store->db);
	learner_learn(l);
	if (option_on(crm, "check"))
		print_check(crm, l);
	else
		print_counts(crm, l);
	db_commit(crm->store->db);
	scorer_close(&s);
	return STATUS_OK;
}
