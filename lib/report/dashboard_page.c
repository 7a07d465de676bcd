/* The dashboard as one page, and as one object. */
#include "report/dashboard_impl.h"
#include "schema/label.h"

/* -- HTML -- */

static void put_line(struct buf *b, struct str line)
{
	buf_puts(b, b->n ? "\n" : "");
	buf_put(b, line);
}

/* Each command line once. */
static void put_command(const struct dashboard *d, size_t first, size_t at, struct buf *b)
{
	for (size_t i = first; i < at; i++)
		if (d->panels[i].now == d->panels[at].now)
			return;
	put_line(b, d->panels[at].now->command);
}

static void put_kpis(const struct dashboard *d, struct page *page, size_t first, size_t end,
		     struct buf *out)
{
	enum language l = page->language;
	struct buf commands = { 0 };
	size_t n = 0, room = 0;
	for (size_t i = first; i < end; i++)
		room += d->panels[i].now->kept.n + 1;
	struct page_kpi *kpis = arena_new(d->arena, struct page_kpi, room);
	for (size_t i = first; i < end; i++) {
		const struct shown *p = &d->panels[i];
		for (size_t k = 0; k < p->now->kept.n; k++) {
			size_t row = dashboard_row(d, p->now, k);
			if (dashboard_figure(p->now, row))
				kpis[n++] = dashboard_kpi(d, p, &p->now->kept.rows[row], true);
		}
		if (!p->now->kept.n)
			kpis[n++] = (struct page_kpi){ .label = p->heading };
		put_command(d, first, i, &commands);
	}
	struct page_panel panel = {
		.heading = str_of(label(l, "Key figures", "Chỉ số chính")),
		.note = arena_printf(d->arena, "%s: %.*s", label(l, "compared with", "so với"),
				     (int)d->before.n, d->before.p),
		.command = buf_copy(&commands, d->arena),
		.kpis = kpis,
		.nkpis = n,
		.wide = true,
	};
	page_panel(page, &panel, out);
	buf_free(&commands);
}

/* Each currency has a panel of its own; the table of all is below the first. */
static void put_panel(const struct dashboard *d, struct page *page, const struct shown *p,
		      struct buf *out)
{
	struct pictures pictures = dashboard_pictures(d, p);
	struct page_table table = dashboard_table(d, p);
	struct page_panel panel = {
		.heading = dashboard_heading(p, &pictures, 0),
		.name = str_of(p->panel->name),
		.note = p->now->why,
		.command = p->now->command,
		.chart = pictures.n ? &pictures.charts[0] : NULL,
		.table = p->now->why.n ? NULL : &table,
		.wide = p->panel->wide,
	};
	for (size_t i = 0; i < pictures.n; i++)
		pictures.charts[i].note = pictures.charts[i].left_out; /* the page says the rest */
	page_panel(page, &panel, out);
	for (size_t i = 1; i < pictures.n; i++) {
		struct page_panel more = { .heading = dashboard_heading(p, &pictures, i),
					   .command = p->now->command,
					   .chart = &pictures.charts[i],
					   .wide = p->panel->wide };
		page_panel(page, &more, out);
	}
}

void dashboard_page(const struct dashboard *d, struct str command, struct buf *out)
{
	struct page page = {
		.language = d->codec.settings->language,
		.title = d->facts.title,
		.as_of = d->facts.as_of,
		.zone = d->facts.zone,
		.period = d->facts.period,
		.filter = d->facts.filter,
		.command = command,
	};
	page_begin(&page, out);
	for (size_t i = 0; i < d->n;) {
		size_t end = dashboard_group(d, i);
		if (is_kpi(&d->panels[i]))
			put_kpis(d, &page, i, end, out);
		else
			put_panel(d, &page, &d->panels[i], out);
		i = end;
	}
	page_end(&page, out);
}

/* -- JSON -- */

static void put_member(struct buf *b, const char *name, struct str text)
{
	buf_printf(b, "\"%s\":", name);
	json_put_string(b, text);
}

static void put_columns(const struct answer *a, struct buf *b)
{
	buf_puts(b, ",\"columns\":[");
	for (size_t i = 0; i < a->n; i++) {
		buf_puts(b, i ? "," : "");
		json_put_string(b, a->columns[i].name);
	}
	buf_puts(b, "]");
}

static void put_rows(const struct answered *x, const struct codec *machine, struct buf *b)
{
	const struct kept *k = &x->kept;
	buf_puts(b, ",\"rows\":[");
	for (size_t row = 0; row < k->n && !k->rows[row].total; row++) {
		buf_puts(b, row ? ",\n[" : "\n[");
		for (size_t i = 0; i < k->answer.n; i++) {
			struct cell c = answer_cell(&k->rows[row].columns[i],
						    &k->rows[row].values[i], false, machine);
			buf_puts(b, i ? "," : "");
			json_put_cell(b, &c);
		}
		buf_puts(b, "]");
	}
	buf_puts(b, "]");
}

static void put_answer(const struct answered *x, const struct codec *machine, struct buf *b)
{
	put_member(b, "command", x->command);
	if (x->why.n)
		buf_puts(b, ",\"columns\":null,\"rows\":null");
	if (x->why.n)
		return;
	put_columns(&x->kept.answer, b);
	put_rows(x, machine, b);
}

void dashboard_json(const struct dashboard *d, struct buf *out)
{
	struct codec machine = d->codec;
	machine.human = false;
	buf_puts(out, "{");
	put_member(out, "as_of", d->as_of);
	buf_puts(out, ",");
	put_member(out, "zone", d->facts.zone);
	buf_puts(out, ",");
	put_member(out, "from", d->from);
	buf_puts(out, ",");
	put_member(out, "to", d->to);
	buf_puts(out, ",\"panels\":[");
	for (size_t i = 0; i < d->n; i++) {
		const struct shown *p = &d->panels[i];
		buf_puts(out, i ? ",\n{" : "\n{");
		put_member(out, "name", str_of(p->panel->name));
		buf_puts(out, ",");
		if (is_kpi(p)) {
			put_member(out, "kpi", str_of(p->panel->kpi));
			buf_puts(out, ",");
		}
		put_answer(p->now, &machine, out);
		if (p->before) {
			buf_puts(out, ",\"before\":{");
			put_answer(p->before, &machine, out);
			buf_puts(out, "}");
		}
		buf_puts(out, "}");
	}
	buf_puts(out, "]}\n");
}
