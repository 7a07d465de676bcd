/* What a report answers as a page or as a picture. */
#include "cli/report_draw.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/heading.h"
#include "core/shell.h"
#include "report/picture.h"

enum { SVG_WIDTH = 720 };

/* Without where the database is and where it is written to: whoever reads it has his own. */
struct str report_command(struct crm *crm)
{
	static const char *const unsaid[] = { "db", "out", "quiet", "errors" };
	struct buf b = { 0 };
	buf_printf(&b, "%s %s", program_name, crm->verb->name);
	for (size_t i = 0; crm->words && crm->words[i]; i++) {
		buf_putc(&b, ' ');
		shell_put(&b, str_of(crm->words[i]));
	}
	for (size_t i = 0; i < crm->nvalues; i++) {
		const struct option_value *v = &crm->values[i];
		bool said = true;
		for (size_t k = 0; k < countof(unsaid); k++)
			said = said && strcmp(v->def->name, unsaid[k]) != 0;
		if (!said)
			continue;
		if (v->def->letter)
			buf_printf(&b, " -%c", v->def->letter);
		else
			buf_printf(&b, " --%s", v->def->name);
		buf_puts(&b, v->text ? " " : "");
		if (v->text)
			shell_put(&b, str_of(v->text));
	}
	struct str line = buf_copy(&b, &crm->arena);
	buf_free(&b);
	return line;
}

size_t report_width(void)
{
	struct winsize size;
	const char *columns = getenv("COLUMNS");
	int64_t n = 80;
	if (report_terminal() && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col)
		n = size.ws_col;
	else if (!columns || !str_int(str_of(columns), &n))
		n = 80;
	return n < 40 ? 40 : n > 400 ? 400 : (size_t)n;
}

bool report_terminal(void)
{
	return isatty(STDOUT_FILENO);
}

bool report_colour(void)
{
	const char *no_colour = getenv("NO_COLOR");
	return report_terminal() && !(no_colour && *no_colour);
}

struct drawing_run {
	struct crm *crm;
	const struct report_print *what;
	struct kept kept;
	struct codec codec;
	struct report_facts facts;
	struct pictures pictures;
};

static void draw(struct drawing_run *r, bool totals)
{
	struct crm *crm = r->crm;
	const struct report *report = r->what->report;
	const char *rank = report->ranked ? option(crm, report->ranked) : NULL;
	r->kept = report_kept(crm, r->what, totals);
	r->codec = answer_codec(crm->store, &crm->arena);
	r->facts = r->what->facts(r->what->ctx, crm_language(crm), &crm->arena);
	const struct picture_ask ask = {
		.picture = &report->chart,
		.main = picture_main(report, rank),
		.part = report->part != NULL,
		.each = picture_each(report),
		.by = picture_by(report, option(crm, "by"), r->what->period),
		.sorted = option_on(crm, "sort"),
		.facts = r->facts,
	};
	r->pictures = pictures_of(&r->kept, &ask, &r->codec, &crm->arena);
}

static void put_page(struct drawing_run *r, struct buf *out)
{
	struct crm *crm = r->crm;
	struct page_table table = answer_table(&r->kept, NULL, 0, &r->codec, &crm->arena);
	struct page page = {
		.language = crm_language(crm),
		.title = r->facts.title,
		.as_of = r->facts.as_of,
		.zone = r->facts.zone,
		.period = r->facts.period,
		.filter = r->facts.filter,
		.command = report_command(crm),
	};
	page_begin(&page, out);
	for (size_t i = 0; i < r->pictures.n; i++) {
		struct page_panel panel = { .heading = r->pictures.charts[i].title,
					    .chart = &r->pictures.charts[i],
					    .wide = true };
		r->pictures.charts[i].note = r->pictures.charts[i].left_out; /* the rest is above */
		page_panel(&page, &panel, out);
	}
	struct page_panel panel = { .heading = str_of(label(page.language, "Figures", "Số liệu")),
				    .name = str_of(crm->verb->name),
				    .note = r->facts.more,
				    .table = &table,
				    .wide = true };
	page_panel(&page, &panel, out);
	page_end(&page, out);
}

static bool has_dimensions(const struct answer *a)
{
	size_t i = 0;
	while (i < a->n && a->columns[i].role != ROLE_DIMENSION &&
	       a->columns[i].role != ROLE_PERIOD)
		i++;
	return i < a->n;
}

static void put_pictures(struct drawing_run *r, enum format format, struct buf *out)
{
	if (!r->pictures.n && has_dimensions(&r->kept.answer))
		usage(r->crm,
		      "there is no picture of these rows, which -o table and -o html print");
	if (!r->pictures.n)
		usage(r->crm, "there is no picture of one figure alone: name --by or --period");
	if (format == FORMAT_SVG)
		pictures_svg(&r->pictures, SVG_WIDTH, out);
	if (format == FORMAT_VEGALITE)
		chart_vegalite(r->pictures.charts, r->pictures.n, out);
	for (size_t i = 0; i < r->pictures.n && format == FORMAT_CHART; i++) {
		buf_puts(out, i ? "\n" : "");
		chart_text(&r->pictures.charts[i], report_width(), report_colour(), out);
	}
}

void report_draw(struct crm *crm, const struct report_print *what, enum format format)
{
	struct drawing_run r = { .crm = crm, .what = what };
	struct buf out = { 0 };
	draw(&r, format == FORMAT_HTML);
	if (format == FORMAT_HTML)
		put_page(&r, &out);
	else
		put_pictures(&r, format, &out);
	fwrite(out.p, 1, out.n, stdout);
	buf_free(&out);
	kept_free(&r.kept);
}
