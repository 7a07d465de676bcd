/* Answers as rows of cells: what every format of lists and tables prints. */
#include "core/money.h"
#include "report/answer.h"
#include "schema/label.h"

/* -- for people -- */

/* Of those who share a name each one's login, too. */
static void tell_apart(struct pick *picks, size_t n, struct arena *a)
{
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && !strcmp(picks[end].en, picks[i].en);)
			end++;
		for (size_t k = i; end - i > 1 && k < end; k++)
			picks[k].en = arena_printf(a, "%s (%s)", picks[k].en, picks[k].key).p;
	}
}

static const struct picklist *people(const struct store *s, struct arena *a)
{
	struct sql q = { .arena = a };
	struct picklist *all = arena_new(a, struct picklist, 1);
	struct pick *picks = NULL;
	size_t room = 0;
	sql_add(&q, "select login, name from ");
	sql_table(&q, schema_entity(&s->schema, STR("user")));
	sql_add(&q, " where login is not null and name is not null order by name, login");
	struct stmt *rows = db_query(s->db, &q);
	for (; stmt_step(rows); all->n++) {
		if (all->n == room) {
			struct pick *more = arena_new(a, struct pick, room = 2 * room + 32);
			picks = all->n ? memcpy(more, picks, all->n * sizeof *picks) : more;
		}
		picks[all->n].key = arena_str(a, stmt_value(rows, 0).s).p;
		picks[all->n].en = arena_str(a, stmt_value(rows, 1).s).p;
	}
	stmt_close(rows);
	sql_free(&q);
	tell_apart(picks, all->n, a);
	all->picks = picks;
	return all;
}

struct codec answer_codec(const struct store *s, struct arena *a)
{
	struct codec c = store_codec(s, a);
	c.human = true;
	c.people = people(s, a);
	return c;
}

static struct cell put_key(const struct field *f, const struct value *v, const struct codec *c)
{
	bool person = c->human && c->people && f->type == &type_ref && !strcmp(f->ref, "user");
	if (person && v->kind == V_TEXT)
		return (struct cell){ CELL_TEXT, key_label(c->people, v->s, ENGLISH) };
	return field_print(f, v, c);
}

/* -- cells -- */

static struct cell people_number(const struct value *v, const char *mark, const struct codec *c)
{
	const struct settings *s = c->settings;
	char group = s->group ? s->group : ',', point = s->point ? s->point : '.';
	struct str text = decimal_group(v->i, v->scale, group, point, c->arena);
	return (struct cell){ CELL_TEXT,
			      arena_printf(c->arena, "%.*s%s", (int)text.n, text.p, mark) };
}

static struct cell put_number(const struct value *v, const struct codec *c)
{
	return c->human ? people_number(v, "", c)
			: (struct cell){ CELL_NUMBER, decimal_print(v->i, v->scale, c->arena) };
}

static struct cell put_percent(const struct value *v, const struct codec *c)
{
	return c->human ? people_number(v, "%", c) : put_number(v, c);
}

/* Without its last digits, of which there are log10(of); half away from zero. */
static struct value rounded(const struct value *v, int64_t of, uint8_t scale)
{
	struct value out = value_int((v->i + (v->i < 0 ? -of : of) / 2) / of);
	out.scale = scale;
	return out;
}

/* 0.1250 → 12.5 % with one decimal. */
static struct cell put_share(const struct value *v, const struct codec *c)
{
	struct value percent = rounded(v, 10, 1);
	return c->human ? people_number(&percent, "%", c) : put_number(v, c);
}

static struct cell put_flag(const struct value *v, const struct codec *c)
{
	if (c->human)
		return (struct cell){ CELL_TEXT, str_of(truth_label(v->i, c->settings->language)) };
	return (struct cell){ CELL_BOOL, v->i ? STR("true") : STR("false") };
}

static struct cell put_credit(const struct value *v, const struct codec *c)
{
	struct value credit = rounded(v, 100, 2);
	return c->human ? people_number(&credit, "", c) : put_number(v, c);
}

static struct cell put_text(const struct value *v, const struct codec *c)
{
	(void)c;
	return (struct cell){ CELL_TEXT, v->s };
}

/* 1.5;12.0 → "1,5; 12,0" */
static struct cell put_numbers(const struct value *v, const struct codec *c)
{
	struct buf b = { 0 };
	if (!c->human)
		return put_text(v, c);
	for (size_t i = 0; i < v->s.n; i++) {
		char point = c->settings->point ? c->settings->point : '.', p = v->s.p[i];
		buf_putc(&b, p == '.' ? point : p);
		if (p == ';')
			buf_putc(&b, ' ');
	}
	struct str text = buf_copy(&b, c->arena);
	buf_free(&b);
	return (struct cell){ CELL_TEXT, text };
}

static struct cell put_instant(const struct value *v, const struct codec *c)
{
	return type_instant.print(v, NULL, c);
}

static struct cell (*const figures[])(const struct value *, const struct codec *) = {
	[UNIT_COUNT] = put_number,    [UNIT_MONEY] = put_number,    [UNIT_SHARE] = put_share,
	[UNIT_PERCENT] = put_percent, [UNIT_NUMBER] = put_number,   [UNIT_RATIO] = put_number,
	[UNIT_FLAG] = put_flag,	      [UNIT_INSTANT] = put_instant, [UNIT_DAY] = put_text,
	[UNIT_NUMBERS] = put_numbers, [UNIT_CREDIT] = put_credit,
};

static bool is_text(enum unit u)
{
	return u == UNIT_INSTANT || u == UNIT_DAY || u == UNIT_NUMBERS;
}

/* The first day of a period as people call it: 2026-Q3. */
static struct str period_text(enum period p, struct str day, const struct codec *c)
{
	bool vi = c->settings->language == VIETNAMESE;
	struct str year = str_sub(day, 0, 4), month = str_sub(day, 5, 2);
	int64_t m;
	if (p == PERIOD_YEAR)
		return year;
	if (p == PERIOD_QUARTER && str_int(month, &m)) {
		int quarter = (int)(m + 2) / 3;
		return vi ? arena_printf(c->arena, "Q%d/%.4s", quarter, year.p)
			  : arena_printf(c->arena, "%.4s-Q%d", year.p, quarter);
	}
	if (p == PERIOD_MONTH)
		return vi ? arena_printf(c->arena, "%.2s/%.4s", month.p, year.p)
			  : str_sub(day, 0, 7);
	return day;
}

/* Without a field: text as it is, by its label where people read, and bare numbers. */
static struct cell plain(const struct answer_column *column, const struct value *v,
			 const struct codec *c)
{
	struct str key = v->kind == V_INT ? decimal_print(v->i, v->scale, c->arena) : v->s;
	if (!column->word || !c->human)
		return v->kind == V_INT ? put_number(v, c) : put_text(v, c);
	return (struct cell){ CELL_TEXT,
			      column->word(c->schema, key, c->settings->language, c->arena) };
}

struct cell answer_cell(const struct answer_column *column, const struct value *v, bool total,
			const struct codec *c)
{
	if (v->kind != V_INT && v->kind != V_TEXT)
		return (struct cell){ .kind = CELL_NULL };
	if (column->role == ROLE_FIGURE && (v->kind == V_TEXT) == is_text(column->unit))
		return figures[column->unit](v, c);
	if (total)
		return put_text(v, c);
	if (c->human && (column->starts || column->role == ROLE_PERIOD))
		return (struct cell){ CELL_TEXT, period_text(column->period, v->s, c) };
	return column->field ? put_key(column->field, v, c) : plain(column, v, c);
}

struct str answer_none(enum language l)
{
	return str_of(label(l, "(none)", "(không có)"));
}

/* An id is empty where what it names is, which says so. */
struct cell answer_named(const struct answer_column *column, const struct value *v, bool total,
			 const struct codec *c)
{
	struct cell cell = answer_cell(column, v, total, c);
	bool names = column->role == ROLE_DIMENSION || column->role == ROLE_PERIOD;
	if (cell.kind == CELL_NULL && c->human && !total && names && !str_is(column->name, "id"))
		return (struct cell){ CELL_TEXT, answer_none(c->settings->language) };
	return cell;
}

static bool stands_right(const struct answer_column *c)
{
	bool text = c->unit == UNIT_FLAG || is_text(c->unit);
	return c->role == ROLE_FIGURE ? !text : c->number || (c->field && c->field->type->right);
}

struct column answer_heading(const struct answer_column *c)
{
	return (struct column){ c->name, c->label, stands_right(c) };
}

static void begin(struct answer *a)
{
	struct printer *p = (struct printer *)a;
	struct column *columns = arena_new(&p->arena, struct column, a->n);
	for (size_t i = 0; i < a->n; i++)
		columns[i] = answer_heading(&a->columns[i]);
	p->cells = arena_new(&p->arena, struct cell, a->n);
	p->writer = p->open(p->ctx, columns, a->n, a->single);
}

static void print_row(struct answer *a, const struct value *values, bool total)
{
	struct printer *p = (struct printer *)a;
	p->codec.arena = &p->row;
	for (size_t i = 0; i < a->n; i++)
		p->cells[i] = answer_named(&a->columns[i], &values[i], total, &p->codec);
	writer_row(p->writer, p->cells);
	p->rows++;
	arena_reset(&p->row);
}

struct printer printer_new(const struct store *s, bool human,
			   struct writer *(*open)(void *, const struct column *, size_t, bool),
			   void *ctx)
{
	struct printer p = { .answer = { .totals = human, .begin = begin, .row = print_row },
			     .open = open,
			     .ctx = ctx };
	p.codec = human ? answer_codec(s, &p.arena) : store_codec(s, NULL);
	return p;
}

void printer_close(struct printer *p)
{
	if (p->writer)
		writer_close(p->writer);
	arena_free(&p->row);
	arena_free(&p->arena);
}
