/* Records that were merged into others: noted in the history, and found there. */
#include "store/merged.h"

#include "store/internal.h"
#include "stream/json.h"

#define KEY "merged_into"

void store_note_merge(struct store *s, const struct entity *e, int64_t id,
		      const struct entity *into_type, int64_t into)
{
	s->writer->merge = (struct writer_merge){ e, id, into_type, into };
}

void merge_put(struct store *s, const struct record *old, struct buf *before)
{
	struct writer_merge *m = &s->writer->merge;
	if (m->entity != old->entity || m->id != old->id)
		return;
	buf_printf(before, "%s\"" KEY "\":\"%s-%lld\"", before->n > 1 ? "," : "",
		   m->into_type->name, (long long)m->into);
	*m = (struct writer_merge){ 0 };
}

bool merge_is_noted(struct str before)
{
	return memmem(before.p, before.n, "\"" KEY "\"", strlen(KEY) + 2) != NULL;
}

/* What a change's `before` says of a merge; false: nothing. */
static bool read_note(struct store *s, struct str before, struct merged *m, struct arena *a)
{
	struct json_layout layout = { 0 };
	struct diag d = { 0 };
	struct row row;
	const struct cell *into = NULL;
	if (merge_is_noted(before) && json_record(before, &row, &layout, a, &d))
		into = row_cell(&row, KEY);
	bool found = into && ref_parse(&s->schema, into->text, &m->into_type, &m->into);
	diag_free(&d);
	arena_free(&layout.arena);
	return found;
}

/* Removals of the record, and the merges of it, the newest first. */
static struct stmt *ends_of(struct store *s, const struct entity *e, int64_t id, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select c.id, c.change_set, c.op, c.before, s.undoes from main.change c"
		    " join change_set s on s.id = c.change_set where c.entity = ");
	sql_text(&q, str_of(e->name));
	sql_add(&q, " and c.record = ");
	sql_int(&q, id);
	sql_add(&q, " and c.op <> 'i' order by c.id desc");
	struct stmt *rows = db_query(s->db, &q);
	sql_free(&q);
	return rows;
}

/* Whether that change took the record away: removed it, or converted the lead. */
static bool is_end(struct str op, struct str before)
{
	static const char conversion[] = "\"converted_at\":null";
	return str_is(op, "d") ||
	       memmem(before.p, before.n, conversion, sizeof conversion - 1) != NULL;
}

/*
 * An end that an undo made is the one before it once more, or takes back that the record
 * was made: what an older one says holds.  Any other says by itself what it was.
 */
bool store_merged(struct store *s, const struct entity *e, int64_t id, struct merged *out)
{
	struct arena a = { 0 };
	struct stmt *rows = ends_of(s, e, id, &a);
	bool found = false, over = false;
	*out = (struct merged){ .entity = e, .id = id };
	while (!found && !over && stmt_step(rows)) {
		if (!is_end(stmt_value(rows, 2).s, stmt_value(rows, 3).s))
			continue;
		out->change = stmt_value(rows, 0).i;
		out->set = stmt_value(rows, 1).i;
		found = read_note(s, stmt_value(rows, 3).s, out, &a);
		over = stmt_value(rows, 4).kind != V_INT;
	}
	stmt_close(rows);
	arena_free(&a);
	return found;
}

struct merged *store_merges(struct store *s, int64_t set, size_t *n, struct arena *a)
{
	struct arena scratch = { 0 };
	struct sql q = { .arena = &scratch };
	size_t room = 0;
	struct merged *all = arena_grow(a, NULL, 0, &room, sizeof *all);
	sql_add(&q, "select id, entity, record, before from main.change where change_set = ");
	sql_int(&q, set);
	sql_add(&q, " and before like '%\"" KEY "\"%' order by id");
	struct stmt *rows = db_query(s->db, &q);
	for (*n = 0; stmt_step(rows);) {
		struct merged m = { .set = set, .change = stmt_value(rows, 0).i };
		m.entity = schema_entity(&s->schema, stmt_value(rows, 1).s);
		m.id = stmt_value(rows, 2).i;
		if (!m.entity || !read_note(s, stmt_value(rows, 3).s, &m, &scratch))
			continue;
		all = arena_grow(a, all, *n, &room, sizeof *all);
		all[(*n)++] = m;
	}
	stmt_close(rows);
	sql_free(&q);
	arena_free(&scratch);
	return all;
}

bool store_missing(struct store *s, const struct entity *e, int64_t id, struct diag *d)
{
	struct merged m;
	if (store_exists(s, e, id) || !store_merged(s, e, id, &m))
		return diag_set(d, NULL, "there is no %s-%lld", e->name, (long long)id);
	struct str way = arena_printf(&d->arena, "%s-%lld was merged into %s-%lld", e->name,
				      (long long)id, m.into_type->name, (long long)m.into);
	while (!store_exists(s, m.into_type, m.into)) {
		struct merged next;
		if (!store_merged(s, m.into_type, m.into, &next))
			break;
		way = arena_printf(&d->arena, "%.*s, and that into %s-%lld", (int)way.n, way.p,
				   next.into_type->name, (long long)next.into);
		m = next;
	}
	return diag_set(d, NULL, "%.*s", (int)way.n, way.p);
}

/* Whether merges and undos alone ever touched the record, which is there no more. */
static bool was_made_by_merge(struct store *s, const struct entity *e, int64_t id, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q,
		"select max(case when s.program = 'crm-dedupe' and c.op = 'i' then 1 else 0 end)"
		" - max(case when s.program <> 'crm-dedupe' and s.undoes is null then 1 else 0"
		" end) from main.change c join change_set s on s.id = c.change_set"
		" where c.entity = ");
	sql_text(&q, str_of(e->name));
	sql_add(&q, " and c.record = ");
	sql_int(&q, id);
	bool made = store_one(s, &q).i == 1;
	sql_free(&q);
	return made && !record_exists(s, e, id);
}

/*
 * The further numbers that a merge kept, and the person that the lead of an organisation
 * became, go with it.  Nothing else refers to them, and no other command had to do with
 * them: so what a merge and its end leave behind is what was there before.
 */
void merge_give_back(struct store *s)
{
	static const char *const made[] = { "identity", "contact" };
	struct arena a = { 0 };
	for (size_t i = 0; i < countof(made); i++) {
		const struct entity *e = schema_entity(&s->schema, str_of(made[i]));
		int64_t next = store_next_id(s, e), was = next;
		while (next > 1 && was_made_by_merge(s, e, next - 1, &a)) {
			next--;
			arena_reset(&a);
		}
		if (next != was)
			store_set_next_id(s, e, next);
		arena_reset(&a);
	}
	arena_free(&a);
}
