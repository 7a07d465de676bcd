/* The same row, imported before: found by an index, told by what a write would change. */
#include "domain/import_same.h"

#include <limits.h>
#include <stdlib.h>

#include "core/buf.h"
#include "domain/import_crowd.h"

enum {
	FITTING_MAX = 32, /* of many that fit, one of the oldest */
	PASSED_MIN = 32,
	CROWD_MIN = 256, /* from how many on they are looked up by what they say */
	FOLLOWED = 256,	 /* seen ones that are passed over for a row */
	ASKED_MIN = 64,	 /* likewise, after so many rows that the same field led to the same ones */
	GROUPS = 1 << 20 /* that are told apart by it: the others are looked up so early */
};

struct import_twins {
	struct import_narrow narrow;
	int64_t last;  /* found */
	int64_t taken; /* from there up to here all are seen */
	bool strays;   /* the last row was not that of the next record */
	struct import_crowd crowd;
	struct map passed; /* where many rows are equal: up to which id they have taken all */
	unsigned char asked[GROUPS]; /* how many rows a crowd that was not built was searched for */
};

/*
 * What the record has there if the row made it, as its key says (keys: what is known of them,
 * or NULL); false: that is nothing to look for.  The program may have had the last word.  What
 * the row does not say may have changed since, and is looked for only where nothing else leads
 * anywhere.
 */
static bool looks_for(const struct record *r, const struct record *draft, const struct value *keys,
		      size_t i, bool unsaid, struct value *wanted, struct codec *c)
{
	const struct field *f = &r->entity->fields[i];
	enum kind said = r->values[i].kind;
	if (said != V_TEXT && said != V_INT && !(unsaid && f->flags & F_MATCH))
		return false;
	struct value v = draft->values[i];
	if (!value_set(&v))
		return false;
	if (f->flags & F_MATCH)
		v = keys ? keys[i] : field_key(f, &v, c);
	if (v.kind != V_TEXT && v.kind != V_INT)
		return false;
	*wanted = v;
	return true;
}

/* One search, and where it begins: before that, all are taken. */
struct search {
	bool leads; /* something of the row is indexed */
	struct stmt *stmt;
	struct import_said said;
	bool texts; /* said has some */
	struct str key;
	int64_t passed;
};

static void begin(struct import *im, struct search *s, struct arena *a)
{
	const struct value *values = s->said.keys;
	const struct field_mask *m = &s->said.keyed;
	struct buf key = { 0 };
	size_t n = 2;
	s->stmt = import_narrow_stmt(&im->twins->narrow, im, &s->said, a);
	for (size_t i = mask_next(m, 0); i < FIELDS_MAX; i = mask_next(m, i + 1)) {
		struct str text = values[i].kind == V_TEXT ? values[i].s : (struct str){ 0 };
		const int64_t head[] = { (int64_t)i, values[i].i, (int64_t)text.n };
		stmt_bind(s->stmt, ++n, &values[i]);
		buf_put(&key, (struct str){ (const char *)head, sizeof head });
		buf_put(&key, text);
	}
	s->key = arena_str(a, (struct str){ key.p, key.n });
	buf_free(&key);
	const int64_t *passed = map_find(&im->twins->passed, s->key);
	struct value from = value_int(passed ? *passed : 0);
	stmt_bind(s->stmt, 2, &from);
	s->passed = from.i;
}

/* Texts that the row says and no index knows: whoever has others is another record. */
static void add_texts(struct search *s, const struct import_narrow *n, const struct record *r,
		      const struct record *draft)
{
	for (size_t j = 0; j < n->ntexts; j++) {
		size_t i = n->texts[j];
		if (r->values[i].kind != V_TEXT || draft->values[i].kind != V_TEXT)
			continue;
		mask_add(&s->said.texted, i);
		s->texts = true;
	}
	s->said.texts = draft->values;
}

/*
 * Nothing that it says leads anywhere: of those who lack something, too, there are fewer.
 * The field, or SIZE_MAX.
 */
static size_t lead_by_lack(const struct import *im, const struct record *draft, struct codec *c)
{
	struct field_mask lacked = { 0 };
	for (size_t i = 0; i < im->entity->nfields; i++) {
		const struct field *f = &im->entity->fields[i];
		struct value v = draft->values[i];
		if (value_set(&v) && f->flags & F_MATCH)
			v = field_key(f, &v, c);
		if (!value_set(&v) && !(f->flags & (F_SYSTEM | F_DERIVED)))
			mask_add(&lacked, i);
	}
	return import_narrow_lead(&im->twins->narrow, &lacked);
}

/* By what the row says, if that leads nowhere by what follows from it, or else by a lack. */
enum narrowing { SAID, UNSAID, LACK };

static struct search narrow_by(struct import *im, const struct record *r,
			       const struct record *draft, const struct value *keys,
			       enum narrowing how, struct arena *a)
{
	struct search s = { 0 };
	struct import_said *said = &s.said;
	struct codec c = store_codec(im->store, a);
	struct value *values = arena_take(a, r->entity->nfields * sizeof *values);
	const struct import_narrow *n = &im->twins->narrow;
	for (size_t j = 0; j < n->nkeys; j++) {
		size_t i = n->keys[j];
		if (looks_for(r, draft, keys, i, how == UNSAID, &values[i], &c))
			mask_add(&said->keyed, i);
	}
	said->keys = values;
	said->lead =
	    how == LACK ? lead_by_lack(im, draft, &c) : import_narrow_lead(n, &said->keyed);
	s.leads = said->lead != SIZE_MAX;
	if (s.leads && how == LACK) {
		values[said->lead] = value_null();
		mask_add(&said->keyed, said->lead);
	}
	if (s.leads)
		add_texts(&s, n, r, draft);
	return s;
}

static struct search narrow(struct import *im, const struct record *r, const struct record *draft,
			    struct arena *a)
{
	struct search s = { 0 };
	for (enum narrowing how = SAID; how <= LACK && !s.leads; how++)
		s = narrow_by(im, r, draft, NULL, how, a);
	if (s.leads)
		begin(im, &s, a);
	return s;
}

struct nearest {
	int64_t id;
	int apart, fitting;
};

/* A row that says less fits the records of others too, and would take them away. */
static void consider(struct import *im, const struct record *r, const struct record *draft,
		     int64_t id, struct nearest *nearest, struct arena *a)
{
	if (id > im->before || idset_has(&im->seen, id) || !access_reads(im->store, r->entity, id))
		return;
	int apart = store_distance(im->store, r, draft, id, PUT_SEED, a);
	nearest->fitting += apart >= 0;
	if (apart < 0 || apart >= nearest->apart)
		return;
	nearest->id = id;
	nearest->apart = apart;
}

/* Goes through those of a crowd that say the same. */
static void seek_crowd(struct import *im, const struct record *r, const struct record *draft,
		       const struct search *s, struct nearest *nearest, struct arena *a)
{
	struct import_crowd *crowd = &im->twins->crowd;
	if (!import_crowd_has(crowd, &s->said))
		import_crowd_build(crowd, im, &s->said);
	nearest->fitting = 0;
	for (int64_t at = import_crowd_find(crowd, im, &s->said);
	     at && nearest->apart && nearest->fitting < FITTING_MAX; at = crowd->all[at - 1].next)
		consider(im, r, draft, crowd->all[at - 1].id, nearest, a);
}

/*
 * Whether they are looked up by what they say: they were before, or there may be many, of
 * whom the search passes over nearly all, for each row anew.
 */
static bool is_crowd(struct import *im, const struct search *s)
{
	if (!s->leads || import_crowd_has(&im->twins->crowd, &s->said))
		return s->leads;
	unsigned char *asked = &im->twins->asked[import_crowd_group(&s->said) % GROUPS];
	if (*asked <= ASKED_MIN)
		++*asked;
	return *asked > ASKED_MIN;
}

/* Goes through all behind `after` that have the same in what is indexed. */
static void seek(struct import *im, const struct record *r, const struct record *draft,
		 int64_t after, struct nearest *nearest, struct arena *a)
{
	struct search s = narrow(im, r, draft, a);
	struct value from = value_int(after);
	long taken = 0, met = 0;
	bool crowded = is_crowd(im, &s);
	bool all_taken = after <= s.passed;
	if (s.stmt && !all_taken)
		stmt_bind(s.stmt, 2, &from);
	nearest->fitting = 0;
	while (s.stmt && !crowded && nearest->apart && nearest->fitting < FITTING_MAX &&
	       stmt_step(s.stmt)) {
		crowded = s.texts && ++met == CROWD_MIN;
		int64_t id = stmt_value(s.stmt, 0).i;
		all_taken = all_taken && idset_has(&im->seen, id);
		if (all_taken) {
			s.passed = id;
			taken++;
		}
		consider(im, r, draft, id, nearest, a);
	}
	if (s.stmt)
		stmt_reset(s.stmt);
	if (taken >= PASSED_MIN)
		*map_at(&im->twins->passed, s.key) = s.passed;
	if (crowded && nearest->apart)
		seek_crowd(im, r, draft, &s, nearest, a);
}

static struct import_twins *twins_new(const struct entity *e)
{
	struct import_twins *t = xcalloc(1, sizeof *t);
	import_narrow_open(&t->narrow, e);
	return t;
}

/* Behind the last one that was found; it may be seen, or not be there. */
static int64_t next_record(struct import *im)
{
	struct import_twins *t = im->twins;
	for (size_t i = 0; i < FOLLOWED && idset_has(&im->seen, t->taken + 1); i++)
		t->taken++;
	return t->taken + 1;
}

/*
 * Whether the row made that record, and nobody wrote to it since: then the search, which begins
 * behind the last one found, would find none before it.  Of a crowd it would be the oldest.
 */
static bool made_next(struct import *im, const struct record *r, const struct record *draft,
		      int64_t next, struct arena *a)
{
	struct value *keys = arena_new(a, struct value, r->entity->nfields);
	if (im->twins->strays || next > im->before || idset_has(&im->seen, next) ||
	    !access_reads(im->store, r->entity, next) ||
	    !store_is_made(im->store, r, draft, next, keys, a))
		return false;
	struct search s = narrow_by(im, r, draft, keys, SAID, a);
	return s.leads && !is_crowd(im, &s);
}

/*
 * What comes again comes in the order in which it came: so the search begins behind the
 * record of the row before, or thousands of parts of one whole would each be compared with
 * all those before it.
 */
static int64_t search(struct import *im, const struct record *r, const struct record *draft,
		      struct arena *a)
{
	struct nearest nearest = { .apart = INT_MAX };
	struct import_twins *t = im->twins;
	int64_t next = next_record(im);
	if (made_next(im, r, draft, next, a))
		return next;
	if (t->last)
		seek(im, r, draft, t->last, &nearest, a);
	if (nearest.apart)
		seek(im, r, draft, 0, &nearest, a);
	t->strays = nearest.id != next;
	return nearest.id;
}

bool import_same(struct import *im, struct record *r, struct arena *a)
{
	struct nearest nearest = { .apart = INT_MAX };
	struct record draft;
	if (!im->before || !store_draft(im->store, r, PUT_SEED, &draft, a))
		return false;
	int64_t only = store_unique_twin(im->store, &draft, a);
	if (only)
		consider(im, r, &draft, only, &nearest, a);
	else if (!im->twins)
		im->twins = twins_new(im->entity);
	r->id = only ? nearest.id : search(im, r, &draft, a);
	if (r->id && im->twins)
		im->twins->last = im->twins->taken = r->id;
	return r->id != 0;
}

void import_same_free(struct import *im)
{
	if (im->twins) {
		import_narrow_free(&im->twins->narrow);
		map_free(&im->twins->passed);
		import_crowd_free(&im->twins->crowd);
	}
	free(im->twins);
	im->twins = NULL;
}
