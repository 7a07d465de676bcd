/* Records as a text that people edit. */
#include "cli/edit_impl.h"
#include "config/yaml_put.h"
#include "schema/label.h"

bool edit_fixed(const struct field *f)
{
	return f->type == &type_id || (f->flags & (F_SYSTEM | F_DERIVED | F_IMMUTABLE));
}

/* The values that it may have; empty: whatever its type allows. */
struct str edit_choices(const struct field *f, const struct codec *c)
{
	if (f->type == &type_bool)
		return STR("true false");
	if (!f->picklist)
		return (struct str){ 0 };
	const struct picklist *l = schema_picklist(c->schema, f->picklist);
	struct buf b = { 0 };
	for (size_t i = 0; i < l->n; i++)
		if (!l->picks[i].retired)
			buf_printf(&b, "%s%s", b.n ? " " : "", l->picks[i].key);
	struct str out = buf_copy(&b, c->arena);
	buf_free(&b);
	return out;
}

static void put_field(struct buf *b, const struct field *f, const struct cell *cell,
		      const struct codec *c)
{
	struct str choices = edit_choices(f, c);
	buf_printf(b, "%s:", f->name);
	if (cell->kind > CELL_NULL) {
		buf_putc(b, ' ');
		if (choices.n)
			yaml_put(b, cell->text);
		else
			yaml_put_block(b, cell->text);
	}
	if (choices.n)
		buf_printf(b, "  # %.*s", (int)choices.n, choices.p);
	buf_putc(b, '\n');
}

static void put_fixed(struct buf *b, const struct edit_record *r)
{
	for (size_t i = 0; i < r->entity->nfields; i++) {
		const struct field *f = &r->entity->fields[i];
		if (!edit_fixed(f) || f->type == &type_id || r->cells[i].kind <= CELL_NULL)
			continue;
		buf_printf(b, "# %s: ", f->name);
		yaml_put(b, r->cells[i].text);
		buf_putc(b, '\n');
	}
}

static void put_record(struct buf *b, const struct edit_record *r, const struct codec *c)
{
	buf_printf(b, "id: %s-%lld\n", r->entity->name, (long long)r->id);
	for (size_t i = 0; i < r->entity->nfields; i++)
		if (!edit_fixed(&r->entity->fields[i]))
			put_field(b, &r->entity->fields[i], &r->cells[i], c);
	put_fixed(b, r);
}

void edit_put(struct buf *b, const struct edit_record *r, size_t n, const struct codec *c)
{
	buf_puts(
	    b, label(c->settings->language,
		     "# Save and leave the editor to write what you changed. An emptied line\n"
		     "# clears its field, a deleted one leaves it alone. Text with # or : in it,\n"
		     "# or blanks at its ends, needs \"quotes\".\n",
		     "# Lưu và thoát để ghi những gì đã sửa. Dòng để trống sẽ xoá giá trị của\n"
		     "# trường, dòng bị xoá thì giữ nguyên. Chữ có # hoặc : hay dấu cách ở hai\n"
		     "# đầu cần đặt trong \"ngoặc kép\".\n"));
	for (size_t i = 0; i < n; i++) {
		if (n > 1)
			buf_puts(b, "---\n");
		put_record(b, &r[i], c);
	}
}
