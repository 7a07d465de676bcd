/*
 * The one function through which every write passes: what was there is laid under
 * what is mentioned, checked, compared, written, remembered.
 */
#include "store/internal.h"
#include "store/merged.h"

enum { DEPTH_MAX = 8 }; /* of writes that follow from writes */

/* Whether the caller may mention this field at all. */
static bool may_set(const struct field *f, const struct value *v, const struct record *old,
		    size_t i, unsigned flags, struct diag *d)
{
	if (old && value_eq(v, &old->values[i]))
		return true;
	if (flags & (PUT_TRUSTED | PUT_RESTORE))
		return true;
	if (f->flags & F_RETIRED && v->kind != V_NULL)
		return diag_set(d, f->name, "the field is retired: nothing new goes into it");
	if ((f->flags & F_DERIVED) && (flags & PUT_SEED))
		return true;
	if (old && f->flags & F_IMMUTABLE)
		return diag_set(d, f->name, "it is set when the record is made, and never after");
	if (!(f->flags & (F_SYSTEM | F_DERIVED)))
		return true;
	return diag_set(d, f->name, "it is set by the program; %s",
			f->flags & F_DERIVED ? "only an import may bring it"
					     : "it comes back only with the record's own id");
}

/*
 * The records that this write refers to must be there: for the acting user those that
 * they name, at all those that follow from a write.
 */
static bool check_refs(struct store *s, const struct record *r, const struct record *old,
		       const struct codec *c, struct diag *d)
{
	bool follows = s->writer->depth || c->trusted;
	bool (*there)(struct store *, const struct entity *, int64_t) =
	    follows ? record_exists : store_exists;
	struct places refs = entity_places(r->entity, REF_PLACES);
	for (size_t i = 0; i < refs.n; i++) {
		const struct field *f = &r->entity->fields[refs.at[i]];
		const struct value *v = &r->values[refs.at[i]];
		if (!value_set(v) || (old && value_eq(v, &old->values[refs.at[i]])))
			continue;
		if (v->kind == V_TEXT)
			return diag_set(d, f->name, "there is no %s %s", f->ref,
					quoted(v->s, &d->arena));
		const struct entity *to = schema_entity(&s->schema, str_of(f->ref));
		if (!(to == r->entity && v->i == r->id) && !there(s, to, v->i))
			return diag_set(d, f->name, "there is no %s-%lld", f->ref, (long long)v->i);
	}
	return true;
}

static bool check_required(const struct record *r, struct diag *d)
{
	struct places required = entity_places(r->entity, REQUIRED_PLACES);
	for (size_t i = 0; i < required.n; i++)
		if (!value_set(&r->values[required.at[i]]))
			return diag_set(d, r->entity->fields[required.at[i]].name,
					"must not be empty");
	return true;
}

int64_t store_next_id(struct store *s, const struct entity *e)
{
	struct writer_entity *w = store_writer_of(s, e);
	if (!w->next) {
		struct sql q = { .arena = &s->writer->arena };
		sql_add(&q, "select next from counter where entity = ");
		sql_text(&q, str_of(e->name));
		w->next = db_int(s->db, &q, 1);
		sql_free(&q);
	}
	return w->next;
}

void store_set_next_id(struct store *s, const struct entity *e, int64_t next)
{
	struct writer_entity *w = store_writer_of(s, e);
	w->next = next;
	w->moved = true;
}

int64_t store_take_id(struct store *s, const struct entity *e, int64_t wanted)
{
	int64_t next = store_next_id(s, e), id = wanted ? wanted : next;
	if (id >= next)
		store_set_next_id(s, e, id + 1);
	return id;
}

static void set_if_empty(struct record *r, const char *name, struct value v)
{
	struct value *have = record_get(r, name);
	if (have->kind == V_NONE || have->kind == V_NULL)
		*have = v;
}

/* created_*, updated_*, rev: a restored record brings its own, except rev. */
static void stamp(struct store *s, struct record *r, const struct record *old, unsigned flags,
		  const struct codec *c)
{
	struct value now = value_text(instant_print(s->settings.calendar.now, c->arena));
	struct value user = s->settings.user ? value_int(s->settings.user) : value_null();
	*record_get(r, "rev") = value_int(old ? record_at(old, "rev")->i + 1 : 1);
	if (!old) {
		*record_get(r, "id") = value_int(r->id);
		set_if_empty(r, "created_at", now);
	}
	if (flags & (PUT_RESTORE | PUT_SILENT))
		return;
	if (!old)
		*record_get(r, "created_by") = user;
	*record_get(r, "updated_at") = now;
	*record_get(r, "updated_by") = user;
}

/* One that says the same whatever the day and the configuration is read once. */
static bool set_default(struct writer_entity *w, struct record *r, size_t i, const struct codec *c,
			struct diag *d)
{
	const struct field *f = &r->entity->fields[i];
	struct value *v = &r->values[i];
	if (w->defaults[i].kind == V_NONE) {
		if (!field_parse(f, v, (struct cell){ CELL_TEXT, str_of(f->def) }, c, d))
			return false;
		if (f->type == &type_bool || f->type == &type_int)
			w->defaults[i] = *v;
		return true;
	}
	*v = w->defaults[i];
	return true;
}

/* Of the fields with these flags; 0: of all. */
static bool set_defaults(struct store *s, struct record *r, unsigned flags, const struct codec *c,
			 struct diag *d)
{
	struct places defaults = entity_places(r->entity, DEFAULT_PLACES);
	struct writer_entity *w = store_writer_of(s, r->entity);
	if (!w->defaults)
		w->defaults = arena_new(&s->writer->arena, struct value, r->entity->nfields);
	for (size_t i = 0; i < defaults.n; i++) {
		size_t at = defaults.at[i];
		if (r->values[at].kind == V_NONE &&
		    (r->entity->fields[at].flags & flags) == flags && !set_default(w, r, at, c, d))
			return false;
	}
	return true;
}

void set_nulls(struct record *r)
{
	struct value *v = r->values, *end = v + r->entity->nfields;
	for (; v < end; v++)
		v->kind = v->kind == V_NONE ? V_NULL : v->kind;
}

/* What is mentioned over what was there (or over the defaults). */
static bool merge(struct store *s, struct record *r, const struct record *old, unsigned flags,
		  const struct codec *c, struct diag *d)
{
	struct value *rev = record_get(r, "rev");
	struct value *v = r->values;
	size_t n = r->entity->nfields;
	for (size_t i = 0; i < n; i++, v++) {
		if (v->kind == V_NONE) {
			if (old)
				*v = old->values[i];
			continue;
		}
		const struct field *f = &r->entity->fields[i];
		bool given = f->flags & F_DERIVED && f->type == &type_currency; /* guard_currency */
		bool cleared =
		    v->kind == V_NULL && f->flags & F_SYSTEM; /* it has to say something */
		if (old && cleared && !(flags & PUT_TRUSTED))
			*v = old->values[i];
		else if (f->type != &type_id && f->type->sql && v != rev && !given &&
			 !may_set(f, v, old, i, flags, d))
			return false;
	}
	*rev = old ? *record_at(old, "rev") : value_null();
	*record_get(r, "id") = r->id ? value_int(r->id) : value_null();
	if (old)
		return true;
	if (!set_defaults(s, r, flags & PUT_RESTORE ? F_REQUIRED : 0, c, d))
		return false;
	set_nulls(r);
	return true;
}

bool record_same(const struct record *a, const struct record *b)
{
	for (size_t i = 0; i < a->entity->nfields; i++)
		if (!value_eq(&a->values[i], &b->values[i]))
			return false;
	return true;
}

/* What is mentioned laid over what was there, its money in minor units. */
bool record_lay_over(struct store *s, struct record *r, const struct record *old, unsigned flags,
		     struct codec *c, struct diag *d)
{
	if (!c->restoring && !guard_currency(s, r, old, c, d))
		return false;
	if (flags & PUT_SEED)
		lines_keep_totals(s, r, old);
	return money_settle(r, old, c, d) && merge(s, r, old, flags, c, d) &&
	       money_rescale(r, c, d);
}

/* What the program adds of itself, and the type's own check. */
bool record_fill(struct store *s, struct record *r, const struct record *old, struct codec *c,
		 struct diag *d)
{
	guard_fill(s, r, c);
	if (!lines_fill(s, r, old, c, d) || (r->entity->check && !r->entity->check(r, old, c, d)))
		return false;
	owner_fill(s, r, old, c);
	service_fill(s, r, old, c);
	return true;
}

/* *same: it is as it was, and nothing is to be written.  If not, that may come of what it fills. */
static bool complete(struct store *s, struct record *r, const struct record *old, unsigned flags,
		     bool *same, struct codec *c, struct diag *d)
{
	if (!record_lay_over(s, r, old, flags, c, d))
		return false;
	*same = old && !(flags & PUT_TOUCH) && record_same(r, old);
	if (*same)
		return true;
	if (!(c->restoring && !old ? pending_check(s, r, d) : check_refs(s, r, old, c, d)))
		return false;
	if (!record_fill(s, r, old, c, d) || !member_check(s, r, old, c, d))
		return false;
	main_fill(s, r, old, c);
	return check_required(r, d) && related_check(s, r, c, d) && check_unique(s, r, old, c, d) &&
	       guard(s, r, old, c, d) && lines_guard(s, r, old, c, d);
}

/* The row and its history. */
static void write_row(struct store *s, struct record *r, const struct record *old, unsigned flags,
		      const struct codec *c)
{
	if (!old)
		r->id = store_take_id(s, r->entity, r->id);
	if (!old && (flags & PUT_RESTORE))
		pending_defer(s, r, NULL, c);
	number_give(s, r, old, c);
	stamp(s, r, old, flags, c);
	if (old) {
		row_update(s, r, old, c);
		history_update(s, old, r);
	} else {
		row_insert(s, r, c);
		idset_add(&store_writer_of(s, r->entity)->there, r->id);
		history_insert(s, r->entity, r->id);
	}
}

/* What other records have of it. */
static bool follow(struct store *s, const struct record *r, const struct record *old,
		   unsigned flags, struct arena *a, struct diag *d)
{
	if (s->writer->depth == DEPTH_MAX)
		die(STATUS_ENV, "writes that follow from writes do not end");
	s->writer->depth++;
	bool ok = derive(s, old, r, flags, a, d);
	s->writer->depth--;
	return ok;
}

enum wrote record_try(struct store *s, struct record *r, const struct record *old, struct arena *a,
		      struct diag *d)
{
	struct codec c = store_codec(s, a);
	c.trusted = true;
	c.excused = s->writer->info.reason != NULL;
	bool same;
	if (!complete(s, r, old, PUT_TRUSTED, &same, &c, d))
		return WROTE_NOTHING;
	return same || record_same(r, old) ? WROTE_SAME : WROTE_UPDATED;
}

enum wrote store_put(struct store *s, struct record *r, unsigned flags, struct arena *a,
		     struct diag *d)
{
	struct record old_record, *old = NULL;
	struct codec c = store_codec(s, a);
	if (s->writer->undo && undo_settles(s->writer->undo, r))
		return WROTE_SAME;
	settle_facts(s);
	c.trusted = flags & (PUT_TRUSTED | PUT_RESTORE);
	c.restoring = flags & PUT_RESTORE;
	c.excused = s->writer->info.reason != NULL || flags & PUT_EXCUSED;
	c.seeding = flags & PUT_SEED;
	if (!r->id && r->entity->append_only && (r->id = unique_twin(s, r, &c)))
		return record_read(s, r->entity, r->id, r, a) ? WROTE_SAME : WROTE_NOTHING;
	if (r->id)
		settle_before(s, r->entity, r->id);
	if (r->id && record_read(s, r->entity, r->id, &old_record, a) &&
	    (s->writer->depth || access_reads(s, r->entity, r->id)))
		old = &old_record;
	if (r->id && !old && !(flags & PUT_RESTORE)) {
		store_missing(s, r->entity, r->id, d);
		return WROTE_NOTHING;
	}
	if (old && (flags & PUT_RESTORE) && !restore_over(s, r, old, &flags, &c, d))
		return WROTE_NOTHING;
	if (old)
		pending_forget(s, r, old, a);
	if (flags & PUT_SEED && lines_total_said(r))
		flags |= PUT_TOTAL;
	bool same;
	if (!complete(s, r, old, flags, &same, &c, d))
		return WROTE_NOTHING;
	if (same || (old && record_same(r, old) && !(flags & PUT_TOUCH)))
		return WROTE_SAME;
	if (!access_write(s, r, old, flags, d))
		return WROTE_NOTHING;
	write_row(s, r, old, flags, &c);
	if (!follow(s, r, old, flags, a, d))
		return WROTE_NOTHING;
	return old ? WROTE_UPDATED : WROTE_CREATED;
}
