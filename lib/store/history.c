/* What every write leaves behind. */
#include "core/buf.h"
#include "store/configure.h"
#include "store/internal.h"
#include "stream/json.h"
#include "stream/writer.h"

static struct value text_or_null(const char *s)
{
	return s ? value_text(str_of(s)) : value_null();
}

int64_t history_change_set(struct store *s)
{
	struct store_writer *w = s->writer;
	if (w->change_set)
		return w->change_set;
	struct sql last = { .arena = &w->arena }, q = { .arena = &w->arena };
	sql_add(&last, "select max(id) from change_set");
	w->change_set = db_int(s->db, &last, 0) + 1;
	sql_add(&q, "insert into change_set (id, at, user, login, program, command, reason, once)"
		    " values (");
	sql_int(&q, w->change_set);
	const struct value rest[] = {
		value_text(instant_print(s->settings.calendar.now, &w->arena)),
		s->settings.user ? value_int(s->settings.user) : value_null(),
		value_text(s->settings.login),
		text_or_null(w->info.program),
		text_or_null(w->info.command),
		text_or_null(w->info.reason),
		text_or_null(w->info.once),
	};
	for (size_t i = 0; i < countof(rest); i++) {
		sql_add(&q, ", ");
		sql_param(&q, rest[i]);
	}
	sql_add(&q, ")");
	db_run(s->db, &q);
	sql_free(&last);
	sql_free(&q);
	return w->change_set;
}

void history_next_set(struct store *s)
{
	history_flush(s);
	if (s->writer->change_set)
		s->writer->info.once = NULL;
	s->writer->change_set = 0;
	s->writer->configured = false;
}

void store_remember(struct store *s)
{
	if (!store_once(s, s->writer->info.program, s->writer->info.once))
		history_change_set(s);
}

int64_t store_once(struct store *s, const char *program, const char *key)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select id from change_set where program = ");
	sql_text(&q, str_of(program));
	sql_add(&q, " and once = ");
	sql_text(&q, str_of(key));
	sql_add(&q, " and undone_by is null");
	int64_t id = db_int(s->db, &q, 0);
	sql_free(&q);
	arena_free(&a);
	return id;
}

static void add_change(struct store *s, const char *entity, int64_t id, const char *op,
		       struct value before)
{
	struct store_writer *w = s->writer;
	int64_t set = history_change_set(s);
	if (!w->change) {
		struct sql q = { .arena = &w->arena };
		sql_add(&q, "insert into main.change (change_set, entity, record, op, before)"
			    " values ($1, $2, $3, $4, $5)");
		w->change = db_prepare(s->db, &q);
		sql_free(&q);
	}
	const struct value v[] = { value_int(set), value_text(str_of(entity)), value_int(id),
				   value_text(str_of(op)), before };
	stmt_post(s->db, w->change, NULL, v, countof(v));
}

/* Records that were made in a row enter with one statement: cheaper than one each. */
static void add_run(struct store *s, struct insert_run run)
{
	if (run.first == run.last) {
		add_change(s, run.entity->name, run.first, "i", value_null());
		return;
	}
	struct sql q = { .arena = &s->writer->arena };
	sql_add(&q, "insert into main.change (change_set, entity, record, op) select ");
	sql_int(&q, history_change_set(s));
	sql_add(&q, ", ");
	sql_text(&q, str_of(run.entity->name));
	sql_add(&q, ", id, 'i' from ");
	sql_stored(&q, run.entity);
	sql_add(&q, " where id >= ");
	sql_int(&q, run.first);
	sql_add(&q, " and id <= ");
	sql_int(&q, run.last);
	sql_add(&q, " order by id");
	store_one(s, &q); /* kept: an import may come here every few records */
	sql_free(&q);
}

void history_flush(struct store *s)
{
	struct insert_runs runs = s->writer->runs;
	s->writer->runs.n = 0;
	for (size_t i = 0; i < runs.n; i++)
		add_run(s, runs.of[i]);
}

/* Types take turns: each deal is followed by its stage. */
void history_insert(struct store *s, const struct entity *e, int64_t id)
{
	struct insert_runs *runs = &s->writer->runs;
	size_t i = 0;
	history_change_set(s);
	while (i < runs->n && runs->of[i].entity != e)
		i++;
	if (i < runs->n && id == runs->of[i].last + 1) {
		runs->of[i].last = id;
		return;
	}
	if (i < runs->n || runs->n == RUNS_MAX)
		history_flush(s);
	runs->of[runs->n++] = (struct insert_run){ e, id, id };
}

static void put_value(struct buf *b, const struct field *f, const struct value *v)
{
	buf_puts(b, b->n > 1 ? ",\"" : "\"");
	buf_puts(b, f->name);
	buf_puts(b, "\":");
	if (v->kind == V_INT)
		buf_int(b, v->i);
	else if (v->kind == V_TEXT)
		json_put_string(b, v->s);
	else
		buf_puts(b, "null");
}

/* The columns that differ, or all that are not empty where there is no `now`. */
static void add_before(struct store *s, const struct record *old, const struct record *now)
{
	struct buf b = { 0 };
	history_flush(s); /* changes stay in the order in which they were made */
	buf_putc(&b, '{');
	for (size_t i = 0; i < old->entity->nfields; i++) {
		const struct value *v = &old->values[i];
		if (now ? !value_eq(v, &now->values[i]) : v->kind != V_NULL)
			put_value(&b, &old->entity->fields[i], v);
	}
	merge_put(s, old, &b);
	buf_putc(&b, '}');
	add_change(s, old->entity->name, old->id, now ? "u" : "d", value_text(buf_str(&b)));
	buf_free(&b);
}

void history_update(struct store *s, const struct record *old, const struct record *now)
{
	add_before(s, old, now);
}

void history_delete(struct store *s, const struct record *old)
{
	add_before(s, old, NULL);
}

static struct value value_before(struct cell cell)
{
	int64_t i;
	if (cell.kind == CELL_NUMBER && str_int(cell.text, &i))
		return value_int(i);
	return cell.kind == CELL_TEXT ? value_text(cell.text) : value_null();
}

struct record history_values(const struct entity *e, int64_t id, struct str before, struct arena *a)
{
	struct record r = record_new(e, a);
	struct json_layout layout = { 0 };
	struct diag d = { 0 };
	struct row row;
	r.id = id;
	if (!json_record(before, &row, &layout, a, &d))
		die(STATUS_ENV, "the history of %s-%lld is damaged", e->name, (long long)id);
	for (size_t i = 0; i < row.n; i++) {
		const struct field *f = entity_field(e, row.names[i]);
		if (f) /* else it has been taken out of the configuration */
			r.values[field_index(e, f)] = value_before(row.cells[i]);
	}
	diag_free(&d);
	arena_free(&layout.arena);
	return r;
}

void history_config(struct store *s, struct str before)
{
	struct buf b = { 0 };
	if (s->writer->configured)
		return;
	s->writer->configured = true;
	store_count_on(s, CONFIG_SERIAL);
	history_flush(s);
	buf_puts(&b, "{\"yaml\":");
	json_put_string(&b, before);
	buf_putc(&b, '}');
	add_change(s, "config", 0, "u", value_text(buf_str(&b)));
	buf_free(&b);
}
