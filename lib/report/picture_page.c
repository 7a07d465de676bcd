/* Answers on a page: their table, and their pictures. */
#include <stdlib.h>

#include "report/picture.h"

/* What it sorts by, where that is not what people read. */
static struct page_cell page_cell_of(const struct answer_column *column, const struct value *v,
				     bool total, const struct codec *c)
{
	struct codec machine = *c;
	machine.human = false;
	struct page_cell cell = { .text = answer_named(column, v, total, c).text };
	cell.none = v->kind != V_INT && v->kind != V_TEXT;
	if (column->role == ROLE_FIGURE || column->role == ROLE_PERIOD || column->starts ||
	    v->kind == V_INT || (column->field && column->field->type == &type_ref))
		cell.number = answer_cell(column, v, total, &machine).text;
	return cell;
}

bool is_among(const char *words, struct str name)
{
	struct str rest = str_of(words), word;
	while (rest.p && str_cut(&rest, ' ', &word))
		if (str_eq(word, name) || str_is(word, "*"))
			return true;
	return false;
}

static bool is_empty(const struct kept *k, size_t column)
{
	for (size_t i = 0; i < k->n; i++)
		if (k->rows[i].values[column].kind == V_INT ||
		    k->rows[i].values[column].kind == V_TEXT)
			return false;
	return k->n > 0;
}

/* The places of the columns that are shown, of those chosen the ones with a figure; how many. */
static size_t choose(const struct kept *k, const char *figures, size_t from, size_t *places)
{
	const struct answer *a = &k->answer;
	size_t n = 0;
	for (size_t i = from; i < a->n; i++)
		if (!figures ||
		    (a->columns[i].role != ROLE_FIGURE && !str_is(a->columns[i].name, "id")) ||
		    (is_among(figures, a->columns[i].name) && !is_empty(k, i)))
			places[n++] = i;
	return n;
}

struct page_table answer_table(const struct kept *k, const char *figures, size_t from,
			       const struct codec *c, struct arena *a)
{
	size_t *places = arena_new(a, size_t, k->answer.n), ntotals = 0;
	size_t n = choose(k, figures, from, places);
	struct codec codec = *c;
	struct column *columns = arena_new(a, struct column, n);
	struct page_cell *cells = arena_new(a, struct page_cell, n * k->n);
	codec.arena = a;
	for (size_t i = 0; i < n; i++)
		columns[i] = answer_heading(&k->answer.columns[places[i]]);
	for (size_t row = 0; row < k->n; row++) {
		const struct kept_row *r = &k->rows[row];
		ntotals += r->total;
		for (size_t i = 0; i < n; i++)
			cells[row * n + i] = page_cell_of(&r->columns[places[i]],
							  &r->values[places[i]], r->total, &codec);
	}
	return (struct page_table){ columns, n, cells, k->n, ntotals };
}

/* Its height in pixels, as chart_svg wrote it. */
static double height_of(const struct buf *svg)
{
	static const char name[] = " height=\"";
	const char *at = memmem(svg->p, svg->n, name, sizeof name - 1);
	return at ? strtod(at + sizeof name - 1, NULL) : 0;
}

void pictures_svg(const struct pictures *p, int width, struct buf *out)
{
	struct buf all = { 0 };
	double y = 0;
	for (size_t i = 0; i < p->n; i++) {
		struct buf one = { 0 };
		chart_svg(&p->charts[i], (struct svg_place){ width, (unsigned)i, false }, &one);
		if (p->n == 1) {
			buf_put(out, buf_str(&one));
		} else {
			buf_printf(&all, "<svg y=\"%g\"%.*s", y, (int)one.n - 4, one.p + 4);
			y += height_of(&one);
		}
		buf_free(&one);
	}
	if (p->n > 1)
		buf_printf(out,
			   "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%g\""
			   " viewBox=\"0 0 %d %g\">\n%.*s</svg>\n",
			   width, y, width, y, (int)all.n, all.p);
	buf_free(&all);
}
