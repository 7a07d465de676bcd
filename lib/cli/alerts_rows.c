/* Alerts as rows: columns of all kinds, then the figures of those that are asked for. */
#include "cli/alerts_rows.h"

#include "cli/alerts.h"
#include "cli/heading.h"
#include "core/buf.h"
#include "core/money.h"

static struct str kind_word(const struct schema *s, struct str key, enum language l,
			    struct arena *a)
{
	(void)a;
	return key_label(schema_picklist(s, "alert.kind"), key, l);
}

static struct str severity_word(const struct schema *s, struct str key, enum language l,
				struct arena *a)
{
	(void)a;
	return key_label(schema_picklist(s, "priority"), key, l);
}

/* clang-format off */
static const struct alert_figure first[] = {
	{ "alert", "Alert", "Cảnh báo", ROLE_DIMENSION, UNIT_COUNT, kind_word },
	{ "id", "ID", "Mã", ROLE_DIMENSION, UNIT_COUNT, NULL },
	{ "name", "Name", "Tên", ROLE_DIMENSION, UNIT_COUNT, NULL },
	{ "owner", "Owner", "Người phụ trách", ROLE_DIMENSION, UNIT_COUNT, NULL },
	{ "severity", "Severity", "Mức độ", ROLE_DIMENSION, UNIT_COUNT, severity_word },
	{ "score", "Score", "Điểm", ROLE_FIGURE, UNIT_COUNT, NULL },
	{ "value", "Value", "Giá trị", ROLE_FIGURE, UNIT_MONEY, NULL },
	{ "currency", "Currency", "Tiền tệ", ROLE_CURRENCY, UNIT_COUNT, NULL },
	{ "evidence", "Evidence", "Căn cứ", ROLE_DIMENSION, UNIT_COUNT, NULL },
	{ "suggestion", "Suggestion", "Đề xuất", ROLE_DIMENSION, UNIT_COUNT, NULL },
};
/* clang-format on */

enum { COLUMNS_MAX = 96 };

struct table {
	struct crm *crm;
	struct answer_column columns[COLUMNS_MAX];
	struct heading headings[COLUMNS_MAX];
	size_t n;
	/* Where the figures of each kind stand. */
	uint8_t places[ALERT_KINDS][COLUMNS_MAX];
	struct writer *writer;
	struct codec codec;
	struct arena row;
};

/* Kinds share columns of one name. */
static size_t add_column(struct table *t, const struct alert_figure *f)
{
	size_t i = 0;
	while (i < t->n && !str_is(t->columns[i].name, f->name))
		i++;
	if (i < t->n)
		return i;
	if (t->n == COLUMNS_MAX)
		die(STATUS_ENV, "alerts have more than %d columns", COLUMNS_MAX);
	t->columns[t->n] = (struct answer_column){
		.name = str_of(f->name), .role = f->role, .unit = f->unit, .word = f->word
	};
	t->headings[t->n] = (struct heading){ f->name, f->label, f->label_vi,
					      f->role == ROLE_FIGURE && f->unit != UNIT_DAY &&
						  f->unit != UNIT_INSTANT };
	return t->n++;
}

static void add_columns(struct table *t, const struct alerts_asked *asked, bool all)
{
	for (size_t i = 0; i < countof(first); i++)
		if (all || (strcmp(first[i].name, "score") && strcmp(first[i].name, "suggestion")))
			add_column(t, &first[i]);
	for (size_t k = 0; all && k < ALERT_KINDS; k++)
		for (size_t i = 0; asked->kinds[k] && alert_figures(k)[i].name; i++)
			t->places[k][i] = (uint8_t)add_column(t, &alert_figures(k)[i]);
}

static struct value text_or_null(struct str s)
{
	return s.n ? value_text(s) : value_null();
}

static struct value common(const struct table *t, const struct alert *a, struct str column)
{
	struct value money = value_int(a->value);
	money.scale = a->valued ? (uint8_t)currency_digits(a->currency) : 0;
	const struct {
		const char *name;
		struct value value;
	} all[] = {
		{ "alert", value_text(str_of(alert_kinds[a->kind].key)) },
		{ "id", value_text(ref_print(a->entity, a->id, t->codec.arena)) },
		{ "name", text_or_null(a->name) },
		{ "owner", text_or_null(a->owner) },
		{ "severity", value_text(str_of(alert_severity(a->score))) },
		{ "score", value_int(a->score) },
		{ "value", a->valued ? money : value_null() },
		{ "currency", text_or_null(a->currency) },
		{ "evidence", text_or_null(a->evidence) },
		{ "suggestion", text_or_null(a->suggestion) },
	};
	for (size_t i = 0; i < countof(all); i++)
		if (str_is(column, all[i].name))
			return all[i].value;
	return value_null();
}

static void put(struct table *t, const struct alert *a, bool all)
{
	struct value values[COLUMNS_MAX];
	struct cell cells[COLUMNS_MAX];
	for (size_t i = 0; i < t->n; i++)
		values[i] = common(t, a, t->columns[i].name);
	for (size_t i = 0; all && alert_figures(a->kind)[i].name; i++)
		values[t->places[a->kind][i]] = a->figures[i];
	for (size_t i = 0; i < t->n; i++)
		cells[i] = answer_cell(&t->columns[i], &values[i], false, &t->codec);
	writer_row(t->writer, cells);
	arena_reset(&t->row);
}

void alerts_rows(struct crm *crm, FILE *out, const struct alerts_asked *asked,
		 const struct alert_list *l)
{
	struct table *t = arena_new(&crm->arena, struct table, 1);
	struct writer_options o = writer_options(crm, stdout);
	bool all = o.format != FORMAT_TABLE || option(crm, "fields");
	t->crm = crm;
	t->codec = store_codec(crm->store, &t->row);
	add_columns(t, asked, all);
	t->writer = list_writer(crm, out, t->headings, t->n, o);
	t->codec.human = writer_human(t->writer);
	for (size_t i = 0; i < l->n; i++)
		put(t, &l->all[i], all);
	writer_close(t->writer);
	arena_free(&t->row);
}

/* -- kinds -- */

static const struct heading kind_columns[] = {
	{ "alert", "Alert", "Cảnh báo", false },
	{ "label", "Called", "Tên gọi", false },
	{ "on", "On", "Bật", false },
	{ "thresholds", "Thresholds", "Ngưỡng", false },
	{ "help", "What it tells", "Ý nghĩa", false },
};

static struct str thresholds(const struct alert_kind *k, const struct alert_rule *r,
			     struct arena *a)
{
	struct buf b = { 0 };
	for (size_t i = 0; k->options[i].name; i++) {
		struct str rest = str_of(r->values[i]), word;
		buf_printf(&b, "%s%s=", i ? " " : "", k->options[i].name);
		for (bool more = false; str_cut(&rest, ' ', &word); more = true)
			buf_printf(&b, "%s%.*s", more ? "," : "", (int)word.n, word.p);
	}
	struct str text = buf_copy(&b, a);
	buf_free(&b);
	return text;
}

int alerts_kinds(struct crm *crm, int argc, char **argv)
{
	const struct alerts *all = alerts_get(crm->store, &crm->arena, &crm->diag);
	const struct picklist *labels = schema_picklist(&crm->store->schema, "alert.kind");
	(void)argv;
	if (argc)
		usage(crm, "kinds takes no operands");
	if (!all)
		refuse(crm, STATUS_REFUSED);
	struct writer *w = heading_writer(crm, kind_columns, countof(kind_columns));
	enum language l = writer_human(w) ? crm_language(crm) : ENGLISH;
	for (size_t k = 0; k < ALERT_KINDS; k++) {
		const struct alert_kind *kind = &alert_kinds[k];
		const struct alert_rule *rule = &all->rules[k];
		const struct cell cells[countof(kind_columns)] = {
			{ CELL_TEXT, str_of(kind->key) },
			{ CELL_TEXT, key_label(labels, str_of(kind->key), l) },
			{ writer_human(w) ? CELL_TEXT : CELL_BOOL,
			  str_of(writer_human(w) ? truth_label(!rule->off, l)
						 : (rule->off ? "false" : "true")) },
			{ CELL_TEXT, thresholds(kind, rule, &crm->arena) },
			{ CELL_TEXT, str_of(kind->help) },
		};
		writer_row(w, cells);
	}
	writer_close(w);
	return STATUS_OK;
}
