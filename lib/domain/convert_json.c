/* The plan of a conversion as one JSON object. */
#include "core/buf.h"
#include "domain/convert.h"
#include "schema/check.h"
#include "stream/writer.h"

static const char *const action_names[] = { "none", "create", "link" };

static void put_ref(struct buf *b, const char *type, int64_t id)
{
	if (id)
		buf_printf(b, "\"%s-%lld\"", type, (long long)id);
	else
		buf_puts(b, "null");
}

struct cell convert_cell(const struct converter *c, const struct field *f, const struct value *v,
			 struct arena *a)
{
	struct codec codec = store_codec(c->store, a);
	const struct entity *to = f->type == &type_ref ? store_entity(c->store, f->ref) : NULL;
	struct record r;
	if (to && to->key && v->kind == V_INT && store_get(c->store, to, v->i, &r, a))
		return (struct cell){ CELL_TEXT, text_of(&r, to->key) };
	return field_print(f, v, &codec);
}

/* What is passed around while a plan is printed. */
struct plan {
	const struct converter *c;
	struct buf *b;
	struct arena *a;
};

static void put_list(struct buf *b, struct str rest)
{
	struct str item;
	const char *between = "";
	buf_putc(b, '[');
	while (str_cut(&rest, ';', &item)) {
		buf_puts(b, between);
		json_put_string(b, item);
		between = ",";
	}
	buf_putc(b, ']');
}

static void put_value(const struct plan *p, const struct field *f, const struct value *v)
{
	struct buf *b = p->b;
	struct cell cell = convert_cell(p->c, f, v, p->a);
	if (cell.kind == CELL_NUMBER || cell.kind == CELL_BOOL)
		buf_put(b, cell.text);
	else if (cell.kind == CELL_LIST)
		put_list(b, cell.text);
	else if (cell.kind == CELL_NULL)
		buf_puts(b, "null");
	else
		json_put_string(b, cell.text);
}

static void put_fields(const struct plan *p, const struct record *r)
{
	struct buf *b = p->b;
	const char *between = "";
	buf_puts(b, ",\"fields\":{");
	for (size_t i = 0; i < r->entity->nfields; i++) {
		if (r->values[i].kind == V_NONE)
			continue;
		buf_printf(b, "%s\"%s\":", between, r->entity->fields[i].name);
		put_value(p, &r->entity->fields[i], &r->values[i]);
		between = ",";
	}
	buf_puts(b, "}");
}

static void put_match(const struct plan *p, const char *name, const struct converted *part,
		      const struct match *m)
{
	buf_printf(p->b, ",\"%s\":[", name);
	for (size_t i = 0; i < m->n; i++) {
		buf_puts(p->b, i ? "," : "");
		put_ref(p->b, part->record.entity->name, m->ids[i]);
	}
	buf_puts(p->b, "]");
}

static void put_differences(const struct plan *p, const struct converted *part)
{
	struct buf *b = p->b;
	buf_puts(b, ",\"conflicts\":[");
	for (size_t i = 0; i < part->ndifferences; i++) {
		const struct difference *d = &part->differences[i];
		buf_printf(b, "%s{\"field\":\"%s\",\"has\":", i ? "," : "", d->field->name);
		put_value(p, d->field, &d->has);
		buf_puts(b, ",\"lead\":");
		put_value(p, d->field, &d->lead);
		buf_puts(b, "}");
	}
	buf_puts(b, "]");
	put_match(p, "same_name", part, &part->alike);
	put_match(p, "same_phone", part, &part->shared);
}

static void put_suggestions(const struct plan *p, const struct converted *part)
{
	struct buf *b = p->b;
	buf_puts(b, ",\"suggest\":[");
	for (size_t i = 0; i < part->nsuggest; i++) {
		const struct dedupe_candidate *one = &part->suggest[i];
		buf_puts(b, i ? ",{\"ref\":" : "{\"ref\":");
		put_ref(b, one->type->name, one->id);
		buf_puts(b, ",\"name\":");
		json_put_string(b, one->name);
		buf_printf(b, ",\"score\":%s,\"why\":\"%s\"}",
			   dedupe_score_cell(one->score, p->a).text.p, one->why);
	}
	buf_puts(b, "]");
}

static void put_part(const struct plan *p, const char *name, const struct converted *part)
{
	struct buf *b = p->b;
	buf_printf(b, ",\"%s\":{\"action\":\"%s\",\"ref\":", name, action_names[part->action]);
	put_ref(b, name, part->record.id);
	buf_puts(b, ",\"matched_by\":");
	if (part->by == MATCH_NOTHING)
		buf_puts(b, "null");
	else
		json_put_string(b, str_of(match_names[part->by]));
	put_fields(p, &part->record);
	put_differences(p, part);
	put_suggestions(p, part);
	buf_puts(b, "}");
}

struct str conversion_json(const struct converter *c, const struct conversion *v, struct arena *a)
{
	struct buf b = { 0 };
	struct plan plan = { c, &b, a };
	struct str name = text_of(&v->lead, "name");
	buf_puts(&b, "{\"lead\":");
	put_ref(&b, "lead", v->lead.id);
	buf_puts(&b, ",\"name\":");
	json_put_string(&b, name.n ? name : text_of(&v->lead, "company"));
	for (enum part p = 0; p < PARTS; p++)
		put_part(&plan, part_names[p], &v->parts[p]);
	buf_printf(&b, ",\"activities\":%ld}", v->activities);
	struct str s = buf_copy(&b, a);
	buf_free(&b);
	return s;
}
