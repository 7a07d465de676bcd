/* States: conditions that become true because something changed, or because time passed. */
#include "core/date.h"
#include "domain/follow_impl.h"

/* Whether a comparison of the condition asks for that field of a record of type e. */
static bool asks(const struct node *n, const struct entity *e, const struct followed_change *c)
{
	if (!n)
		return false;
	if (n->kind == NODE_AND || n->kind == NODE_OR || n->kind == NODE_NOT)
		return asks(n->left, e, c) || asks(n->right, e, c);
	if (n->kind != NODE_COMPARE) /* a word anywhere in the record */
		return e == c->entity;
	const struct field *base = n->path.nsteps ? n->path.steps[0] : n->path.field;
	return e == c->entity && c->before.values[field_index(e, base)].kind != V_NONE;
}

/* The rule's state, asked for many changes and parsed once a transaction. */
static const struct node *state_of(struct follow *f, const struct rule *r)
{
	struct node **kept = &f->states[r - f->rules];
	struct diag d = { 0 };
	struct query_context *q = arena_new(f->arena, struct query_context, 1);
	if (!*kept)
		*kept = match_node(f, r->when.entity, r->when.state,
				   f->store->settings.calendar.now, q, &d);
	diag_free(&d);
	return *kept;
}

bool state_depends(struct follow *f, const struct rule *r, const struct followed_change *c)
{
	return asks(state_of(f, r), r->when.entity, c);
}

/* Of fields that hold one of some values; of others the database alone can say what is equal. */
static bool is_one(const struct node *n, const struct value *v, bool *known)
{
	const struct type *t = n->path.field->type;
	bool is = false;
	*known = t == &type_pick || t == &type_bool || t == &type_ref;
	for (size_t i = 0; i < (n->op == OP_IN ? n->n : 1); i++) {
		const struct value *l = &n->literals[i].value;
		*known &= l->kind == V_TEXT || l->kind == V_INT;
		is |= value_eq(l, v);
	}
	return is;
}

static bool was_false(const struct node *n, const struct followed_change *c)
{
	bool known;
	if (n->kind == NODE_AND)
		return was_false(n->left, c) || was_false(n->right, c);
	if (n->kind == NODE_OR)
		return was_false(n->left, c) && was_false(n->right, c);
	if (n->kind != NODE_COMPARE || n->path.nsteps)
		return false;
	const struct value *v = &c->before.values[field_index(c->entity, n->path.field)];
	if (v->kind == V_NONE) /* not touched */
		return false;
	switch (n->op) {
	case OP_NULL:
		return v->kind != V_NULL;
	case OP_NOT_NULL:
		return v->kind == V_NULL;
	case OP_EQ:
	case OP_IN:
		return !is_one(n, v, &known) && known;
	case OP_NE:
		return is_one(n, v, &known) && known;
	default:
		return false;
	}
}

bool state_turned(struct follow *f, const struct rule *r, const struct followed_change *c)
{
	const struct node *n = state_of(f, r);
	return n && c->op == 'u' && was_false(n, c);
}

void chosen_sql(struct follow *f, struct sql *q, const int64_t *ids, size_t n)
{
	sql_add(q, " in (select id from chosen where list = ");
	sql_int(q, store_choose(f->store, ids, n));
	sql_add(q, ")");
}

/* The records of the type in front of the path's step that refer to one of these. */
static int64_t *referring(struct follow *f, const struct entity *from, const struct field *by,
			  const int64_t *ids, size_t n, size_t *found)
{
	struct sql q = { .arena = f->arena };
	sql_add(&q, "select t0.id from ");
	sql_table(&q, from);
	sql_add(&q, " t0 where ");
	sql_at(&q, 0, by);
	chosen_sql(f, &q, ids, n);
	sql_add(&q, " order by t0.id");
	int64_t *out = db_ids(f->store->db, &q, found, f->arena);
	sql_free(&q);
	return out;
}

/* Back along the steps of a path, from the record that changed to those that see it. */
static void back(struct follow *f, const struct path *p, size_t step, const struct entity *base,
		 const struct followed_change *c, struct found_list *out)
{
	const struct entity *chain[9] = { base };
	const int64_t *ids = &c->record;
	size_t n = 1;
	for (size_t i = 0; i < step; i++)
		chain[i + 1] = store_entity(f->store, p->steps[i]->ref);
	for (size_t i = step; i-- > 0 && n;)
		ids = referring(f, chain[i], p->steps[i], ids, n, &n);
	for (size_t i = 0; i < n; i++)
		found_add(
		    out,
		    (struct found){ .id = ids[i],
				    .at = c->at,
				    .key = arena_printf(f->arena, "change-%lld", (long long)c->id),
				    .ends = c->own },
		    f->arena);
}

static void refer(struct follow *f, const struct node *n, const struct entity *base,
		  const struct followed_change *c, struct found_list *out)
{
	if (!n)
		return;
	if (n->kind == NODE_AND || n->kind == NODE_OR || n->kind == NODE_NOT) {
		refer(f, n->left, base, c, out);
		refer(f, n->right, base, c, out);
		return;
	}
	for (size_t i = 0; n->kind == NODE_COMPARE && i < n->path.nsteps; i++) {
		const struct field *asked =
		    i + 1 < n->path.nsteps ? n->path.steps[i + 1] : n->path.field;
		if (!strcmp(n->path.steps[i]->ref, c->entity->name) &&
		    c->before.values[field_index(c->entity, asked)].kind != V_NONE)
			back(f, &n->path, i + 1, base, c, out);
	}
}

void state_referring(struct follow *f, const struct rule *r, const struct followed_change *c,
		     struct found_list *out)
{
	if (c->op == 'u')
		refer(f, state_of(f, r), r->when.entity, c, out);
}

static bool same_time(const struct node *a, const struct node *b)
{
	if (!a || !b || a->kind != b->kind)
		return !a && !b;
	if (a->kind == NODE_AND || a->kind == NODE_OR || a->kind == NODE_NOT)
		return same_time(a->left, b->left) && same_time(a->right, b->right);
	for (size_t i = 0;
	     a->kind == NODE_COMPARE && a->literals && i < (a->op == OP_IN ? a->n : 1); i++)
		if (a->literals[i].when.from != b->literals[i].when.from ||
		    a->literals[i].when.to != b->literals[i].when.to)
			return false;
	return true;
}

static struct node *negated(struct node *n, struct arena *a)
{
	struct node *not = arena_new(a, struct node, 1);
	*not = (struct node){ .kind = NODE_NOT, .left = n };
	return not ;
}

/* Those among these that are behind `behind` and of which one is true and the other is not. */
static int64_t *turned(struct follow *f, const struct query_context *q, struct node *among,
		       struct node *is, struct node *was, int64_t behind, size_t *n)
{
	struct sort_key *keys;
	struct select what = { .context = q, .limit = BATCH };
	struct diag d = { 0 };
	struct str after = arena_printf(f->arena, "id > %lld", (long long)behind);
	struct node *all = node_and(among, is, f->arena);
	all = node_and(all, was ? negated(was, f->arena) : NULL, f->arena);
	if (behind)
		all = node_and(all, where_parse(after, q, &d), f->arena);
	what.where = all;
	if (sort_parse(STR("id"), q, &keys, &what.nsort, &d))
		what.sort = keys;
	diag_free(&d);
	return select_ids(f->store, &what, n, f->arena);
}

/* Nothing but changes makes it true, and those were looked at; but of a rule with `from`. */
bool states_find(struct follow *f, const struct rule *r, const struct rule_place *p,
		 struct found_list *out)
{
	struct query_context q, q_then;
	struct diag d = { 0 };
	int64_t now = f->store->settings.calendar.now;
	bool all = r->from != INT64_MAX && p->followed.at == r->from;
	struct node *is = match_node(f, r->when.entity, r->when.state, now, &q, &d);
	struct node *was =
	    match_node(f, r->when.entity, r->when.state, p->followed.at, &q_then, &d);
	size_t n = 0, over = 0;
	diag_free(&d);
	if (!is || !was || (!all && (p->followed.at >= now || same_time(is, was))))
		return true;
	int64_t *behind = map_at(&f->passed, str_of(place_name(r, f->arena)));
	struct node *among = all ? NULL : states_among(f, r->when.entity, was, is);
	int64_t *ids = turned(f, &q, among, is, all ? NULL : was, *behind, &n);
	for (size_t i = 0; i < n; i++) {
		struct str key =
		    arena_printf(f->arena, "time %.20s", instant_print(now, f->arena).p);
		found_add(out, (struct found){ .id = ids[i], .at = now, .key = key }, f->arena);
		*behind = ids[i];
	}
	if (!all && n < BATCH) {
		ids = turned(f, &q_then, among, was, is, 0, &over);
		state_over(f, r, ids, over);
	}
	return n < BATCH;
}
