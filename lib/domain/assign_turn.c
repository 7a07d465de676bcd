/*
 * Whose turn it is.  What a pool goes on from is said by its newest record that has
 * candidates: "mai:2:dealt hung::absent lan:3:", all members in the order in which they were
 * asked, with the figure that was compared (the lowest wins, the first of equals) and why not.
 *
 * By weight: a lead takes 1/weight of a round.  Each member's next lead ends one such step
 * after the last; whoever's ends first gets it.  Who cannot take one, does not save it up:
 * their step begins no sooner than that of the lead that went by (start-time fair queueing).
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

/* The members' steps after that lead; who was not there yet comes in at its beginning. */
static void go_on(struct pool *p, struct str candidates, int64_t begun)
{
	struct str rest = candidates;
	struct token t;
	for (size_t i = 0; i < p->n; i++)
		p->seats[i].turn = begun;
	while (next_token(&rest, &t)) {
		struct seat *s = seat_called(p, t.login);
		if (!s)
			continue;
		s->turn = t.figure - step_of(s);
		if (str_is(t.why, "dealt"))
			s->turn = t.figure;
		else if (t.why.n && s->turn < begun)
			s->turn = begun;
	}
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
	struct str rest, candidates;
	struct token t;
	if (p->loaded)
		return;
	p->loaded = true;
	sql_add(&q, "select candidates from main.assignment where pool = ");
	sql_text(&q, str_of(p->rules->key));
	sql_add(&q, " and candidates is not null order by id desc limit 1");
	struct stmt *row = db_query(g->store->db, &q);
	if (stmt_step(row)) {
		rest = candidates = arena_str(&a, stmt_value(row, 0).s);
		find_next(p, candidates);
		while (next_token(&rest, &t))
			if (str_is(t.why, "dealt")) {
				struct seat *s = seat_called(p, t.login);
				go_on(p, candidates, t.figure - (s ? step_of(s) : 0));
			}
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

void turn_done(struct decision *x)
{
	struct pool *p = x->pool;
	int64_t begun = p->seats[x->seat].turn;
	p->next = (x->seat + 1) % p->n;
	if (p->rules->method != WEIGHTED)
		return;
	for (size_t i = 0; i < p->n; i++)
		if (x->why_not[i] && p->seats[i].turn < begun)
			p->seats[i].turn = begun;
	p->seats[x->seat].turn = x->figures[x->seat];
}
