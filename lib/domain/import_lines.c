/* What an address book has no column for stands in its notes, a line a field. */
#include "domain/import_lines.h"

#include "core/utf8.h"

static bool takes(const struct field *f, struct str text, struct codec *c)
{
	struct diag ignored = { 0 };
	struct value v;
	bool good = field_parse(f, &v, (struct cell){ CELL_TEXT, text }, c, &ignored);
	diag_free(&ignored);
	return good;
}

/* The field of "Zalo: 0912345678", and what is behind the colon. */
static const struct field *field_of(const struct import_map *m, struct str line, struct str *value)
{
	for (size_t i = 0; i < m->nlines; i++) {
		struct str label = m->lines[i].label;
		if (line.n > label.n + 1 && !memcmp(line.p, label.p, label.n) &&
		    line.p[label.n] == ':') {
			*value = utf8_trim(str_sub(line, label.n + 1, line.n));
			return m->lines[i].field;
		}
	}
	return NULL;
}

/* The street of such a book ends with the ward and the district, which it has no place for. */
static void cut_street(const struct import_map *m, struct bind_cell *cells, size_t n)
{
	static const char *const parts[] = { "district", "ward" }; /* from the end */
	struct bind_cell *street = bind_cell_for(cells, n, entity_field(m->entity, STR("street")));
	for (size_t i = 0; street && i < countof(parts); i++) {
		struct bind_cell *part =
		    bind_cell_for(cells, n, entity_field(m->entity, str_of(parts[i])));
		struct str *text = &street->cell.text, end = part ? part->cell.text : *text;
		if (!part || !end.n || text->n < end.n ||
		    memcmp(text->p + text->n - end.n, end.p, end.n) != 0)
			continue;
		*text = str_sub(*text, 0, text->n - end.n);
		while (text->n && strchr(", ", text->p[text->n - 1]))
			text->n--;
		if (!text->n)
			street->cell.kind = CELL_ABSENT;
	}
}

size_t import_lines_take(const struct import_map *m, struct bind_cell *cells, size_t n,
			 struct codec *c)
{
	struct bind_cell *notes = bind_cell_for(cells, n, m->rest);
	struct buf left = { 0 };
	struct str rest = notes ? notes->cell.text : STR(""), line, value;
	bool taken = false;
	while (m->nlines && rest.n && str_cut(&rest, '\n', &line)) {
		const struct field *f = field_of(m, line, &value);
		struct bind_cell *at = f ? bind_cell_for(cells, n, f) : NULL;
		if (!f || (at && utf8_trim(at->cell.text).n) || !value.n || !takes(f, value, c)) {
			buf_line(&left, line);
			continue;
		}
		if (!at)
			at = &cells[n++];
		*at = (struct bind_cell){ .field = f, .cell = { CELL_TEXT, value } };
		taken = true;
	}
	if (taken) {
		notes->cell =
		    (struct cell){ left.n ? CELL_TEXT : CELL_ABSENT, buf_copy(&left, c->arena) };
		cut_street(m, cells, n);
	}
	buf_free(&left);
	return n;
}
