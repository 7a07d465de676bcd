/* A portrait as one JSON object: facts are an object or null, all else arrays of objects. */
#include "cli/view.h"

static void put_row(struct buf *b, const struct portrait_part *part, const struct portrait_row *row)
{
	buf_putc(b, '{');
	for (size_t i = 0; i < part->ncolumns; i++) {
		buf_puts(b, i ? "," : "");
		json_put_string(b, part->columns[i].name);
		buf_putc(b, ':');
		json_put_cell(b, &row->cells[i]);
	}
	if (part->shape == PORTRAIT_ROWS)
		buf_puts(b, row->own ? ",\"own\":true" : ",\"own\":false");
	if (row->marked)
		buf_puts(b, ",\"asked\":true");
	buf_putc(b, '}');
}

static void put_part(struct buf *b, const struct portrait_part *part)
{
	buf_putc(b, ',');
	json_put_string(b, str_of(part->name));
	buf_putc(b, ':');
	if (part->shape == PORTRAIT_FACTS) {
		if (part->n)
			put_row(b, part, &part->rows[0]);
		else
			buf_puts(b, "null");
		return;
	}
	buf_putc(b, '[');
	for (size_t i = 0; i < part->n; i++) {
		buf_puts(b, i ? "," : "");
		put_row(b, part, &part->rows[i]);
	}
	buf_putc(b, ']');
}

static void put_object(struct view *v, const struct portrait *p, const char *after)
{
	struct buf b = { 0 };
	const struct customer *c = &p->customer;
	buf_puts(&b, "{\"id\":");
	json_put_string(&b, p->ref);
	buf_puts(&b, ",\"name\":");
	json_put_string(&b, p->name);
	buf_puts(&b, ",\"asked\":");
	json_put_string(&b, c->by_entity ? ref_print(c->by_entity, c->by_id, v->arena) : p->ref);
	for (size_t i = 0; i < p->nparts; i++) {
		put_part(&b, &p->parts[i]);
		view_write(v, &b);
	}
	buf_putc(&b, '}');
	buf_puts(&b, after);
	view_write(v, &b);
	buf_free(&b);
}

static void put_line(struct view *v, const struct portrait *p)
{
	put_object(v, p, "\n");
}

static void put_element(struct view *v, const struct portrait *p)
{
	struct buf b = { 0 };
	buf_puts(&b, v->printed ? ",\n" : "[\n");
	view_write(v, &b);
	buf_free(&b);
	put_object(v, p, "");
}

static void end_array(struct view *v)
{
	struct buf b = { 0 };
	buf_puts(&b, v->printed ? "\n]\n" : "[]\n");
	view_write(v, &b);
	buf_free(&b);
}

const struct view_format view_jsonl = { .name = "jsonl", .put = put_line };
const struct view_format view_json = { .name = "json", .put = put_element, .end = end_array };
