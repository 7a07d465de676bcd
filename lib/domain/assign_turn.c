/*
 * Whose turn it is.  What a pool goes on from is said by its newest record that has
 * candidates: "mai:2:dealt hung::absent lan:3:", all members in the order in which they were
 * asked, with the figure that was compared (the lowest wins, the first of equals) and why not.
 *
 * By weight: a lead takes 1/weight of a round.  Each member's next lead ends one such step
 * after the last; whoever's ends first gets it (fair queueing).
 */
#include "core/buf.h"
#include "domain/assign_impl.h"

enum { ROUND = 720720000 }; /* divisible by each weight up to 16 */

static int64_t step_of(const struct seat *t)
{
	int64_t weight = t->limits.weight > 0 ? t->limits.weight : 1;
	return ROUND / (weight < ROUND ? weight : ROUND);
}

static struct seat *seat_called(struct pool *p, struct str login)
{
	for (size_t i = 0; i < p->n; i++)
		if (str_is(login, p->seats[i].person->login))
			return &p->seats[i];
	return NULL;
}

/* "login:figure:why not" */
struct token {
	struct str login, digits, why;
	int64_t figure;
};

static bool next_token(struct str *rest, struct token *out)
{
	struct str token;
	if (!rest->p || !str_cut(rest, ' ', &token))
		return false;
	*out = (struct token){ 0 };
	str_cut(&token, ':', &out->login);
	if (token.p && str_cut(&token, ':', &out->digits) && !str_int(out->digits, &out->figure))
		out->figure = 0;
	out->why = token;
	return true;
}

/* Who could take no lead saves nothing up: they begin no sooner than the first of the others. */
static void hold_back(struct pool *p, const bool *could)
{
	int64_t first = INT64_MAX;
	for (size_t i = 0; i < p->n; i++)
		if (could[i] && p->seats[i].turn < first)
			first = p->seats[i].turn;
	for (size_t i = 0; first < INT64_MAX && i < p->n; i++)
		if (!could[i] && p->seats[i].turn < first)
			p->seats[i].turn = first;
}

/* Where the members' next leads begin, after the one that these candidates were asked for. */
static void go_on(struct pool *p, struct str candidates, struct arena *a)
{
	bool *could = arena_new(a, bool, p->n);
	struct str rest = candidates;
	struct token t;
	while (next_token(&rest, &t)) {
		struct seat *s = seat_called(p, t.login);
		bool dealt = str_is(t.why, "dealt");
		if (!s)
			continue;
		could[s - p->seats] = dealt || !t.why.n;
		s->turn = t.figure - (dealt ? 0 : step_of(s));
	}
	hold_back(p, could);
}

/* The seat behind the one that got the last lead, or behind where that one was. */
static void find_next(struct pool *p, struct str candidates)
{
	struct str rest = candidates;
	struct token t;
	bool past = false;
	for (int round = 0; round < 2;
	     round++, rest = candidates) /* those behind it, then those before */
		while (next_token(&rest, &t)) {
			struct seat *s = seat_called(p, t.login);
			if (past && s) {
				p->next = (size_t)(s - p->seats);
				return;
			}
			past = past || str_is(t.why, "dealt");
		}
}

struct assign_candidate *turn_read(struct str candidates, bool turns, size_t *n, struct arena *a)
{
	struct assign_candidate *all = arena_new(a, struct assign_candidate, candidates.n / 2 + 1);
	struct str rest = candidates;
	struct token t;
	for (*n = 0; candidates.n && next_token(&rest, &t); ++*n) {
		struct assign_candidate *x = &all[*n];
		x->login = arena_str(a, t.login).p;
		x->state = t.why;
		x->figure = t.digits;
		if (turns)
			x->figure = arena_printf(a, "%lld.%03lld", (long long)(t.figure / ROUND),
						 (long long)(t.figure % ROUND / (ROUND / 1000)));
	}
	return all;
}

void turn_load(struct assigner *g, struct pool *p)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	if (p->loaded)
		return;
	p->loaded = true;
	sql_add(&q, "select candidates from main.assignment where pool = ");
	sql_text(&q, str_of(p->rules->key));
	sql_add(&q, " and candidates is not null order by id desc limit 1");
	struct stmt *row = db_query(g->store->db, &q);
	if (stmt_step(row)) {
		struct str candidates = arena_str(&a, stmt_value(row, 0).s);
		find_next(p, candidates);
		go_on(p, candidates, &a);
	}
	stmt_close(row);
	sql_free(&q);
	arena_free(&a);
}

static int64_t figure_of(struct assigner *g, const struct pool *p, struct seat *t)
{
	return p->rules->method == LEAST_LOAD ? person_open(g, t->person)
	       : p->rules->method == WEIGHTED ? t->turn + step_of(t)
					      : 0;
}

static struct str candidates_of(const struct decision *x, bool chosen, struct arena *a)
{
	const struct pool *p = x->pool;
	bool figures = p->rules->method != ROUND_ROBIN;
	struct buf b = { 0 };
	for (size_t k = 0; k < p->n; k++) {
		size_t i = (p->next + k) % p->n;
		bool this = chosen && i == x->seat;
		buf_printf(&b, "%s%s:", k ? " " : "", p->seats[i].person->login);
		if (figures)
			buf_printf(&b, "%lld", (long long)x->figures[i]);
		buf_printf(&b, ":%s", this ? "dealt" : x->why_not[i] ? x->why_not[i] : "");
	}
	struct str out = buf_copy(&b, a);
	buf_free(&b);
	return out;
}

bool turn_choose(struct assigner *g, struct decision *x, struct arena *a)
{
	struct pool *p = x->pool;
	bool found = false;
	turn_load(g, p);
	x->figures = arena_new(a, int64_t, p->n + 1);
	for (size_t k = 0; k < p->n; k++) {
		size_t i = (p->next + k) % p->n;
		x->figures[i] = figure_of(g, p, &p->seats[i]);
		if (x->why_not[i] || (found && x->figures[i] >= x->figures[x->seat]))
			continue;
		x->seat = i;
		found = true;
	}
	x->candidates = candidates_of(x, found, a);
	return found;
}

void turn_done(struct decision *x, struct arena *a)
{
	struct pool *p = x->pool;
	bool *could = arena_new(a, bool, p->n);
	p->next = (x->seat + 1) % p->n;
	if (p->rules->method != WEIGHTED)
		return;
	for (size_t i = 0; i < p->n; i++)
		could[i] = !x->why_not[i];
	p->seats[x->seat].turn = x->figures[x->seat];
	hold_back(p, could);
}
