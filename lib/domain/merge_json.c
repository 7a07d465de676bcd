/* The plan of a merge as one JSON object. */
#include "core/buf.h"
#include "domain/merge_impl.h"
#include "stream/writer.h"

struct plan {
	const struct merger *g;
	const struct merge *m;
	struct buf *b;
	struct arena *a;
};

static void put_ref(struct buf *b, const struct entity *e, int64_t id)
{
	buf_printf(b, "\"%s-%lld\"", e->name, (long long)id);
}

static void put_member(const struct plan *p, size_t k)
{
	put_ref(p->b, p->m->entity, p->m->members[k].record.id);
}

static void put_value(const struct plan *p, const struct field *f, const struct value *v)
{
	struct cell cell = convert_cell(&p->g->convert, f, v, p->a);
	json_put_cell(p->b, &cell);
}

static void put_list(const struct plan *p, const char *name, const struct merge_ref *refs, size_t n)
{
	buf_printf(p->b, ",\"%s\":[", name);
	for (size_t i = 0; i < n; i++) {
		buf_puts(p->b, i ? "," : "");
		put_ref(p->b, refs[i].entity, refs[i].id);
	}
	buf_puts(p->b, "]");
}

static void put_merged(const struct plan *p)
{
	buf_puts(p->b, ",\"merged\":[");
	for (size_t k = 1; k < p->m->n; k++) {
		buf_puts(p->b, k > 1 ? "," : "");
		put_member(p, k);
	}
	buf_puts(p->b, "]");
}

/* Those whose values were joined. */
static void put_origins(const struct plan *p, size_t i)
{
	const char *between = "";
	buf_putc(p->b, '[');
	for (size_t k = 0; k < p->m->n; k++) {
		if (!value_set(&p->m->members[k].record.values[i]))
			continue;
		buf_puts(p->b, between);
		put_member(p, k);
		between = ",";
	}
	buf_putc(p->b, ']');
}

static void put_fields(const struct plan *p)
{
	const char *between = "";
	buf_puts(p->b, ",\"fields\":{");
	for (size_t i = 0; i < p->m->entity->nfields; i++) {
		const struct field *f = &p->m->entity->fields[i];
		const struct value *v = &p->m->now.values[i];
		if (f->flags & (F_SYSTEM | F_DERIVED) || !value_set(v))
			continue;
		buf_printf(p->b, "%s\"%s\":{\"value\":", between, f->name);
		put_value(p, f, v);
		buf_puts(p->b, ",\"from\":");
		if (p->m->origins[i].how == ORIGIN_JOINED)
			put_origins(p, i);
		else
			put_member(p, p->m->origins[i].member);
		buf_putc(p->b, '}');
		between = ",";
	}
	buf_puts(p->b, "}");
}

static void put_conflicts(const struct plan *p)
{
	buf_puts(p->b, ",\"conflicts\":[");
	for (size_t i = 0; i < p->m->nconflicts; i++) {
		const struct merge_conflict *c = &p->m->conflicts[i];
		size_t at = field_index(p->m->entity, c->field);
		buf_printf(p->b, "%s{\"field\":\"%s\",\"value\":", i ? "," : "", c->field->name);
		put_value(p, c->field, &p->m->now.values[at]);
		buf_puts(p->b, ",\"other\":");
		put_value(p, c->field, &p->m->members[c->member].record.values[at]);
		buf_puts(p->b, ",\"of\":");
		put_member(p, c->member);
		buf_printf(p->b, ",\"kept\":%s}", c->identity ? "\"identity\"" : "\"history\"");
	}
	buf_puts(p->b, "]");
}

static void put_counts(const struct plan *p, const char *name, size_t offset)
{
	const struct schema *s = &p->g->store->schema;
	const char *between = "";
	buf_printf(p->b, ",\"%s\":{", name);
	for (size_t i = 0; i < s->nentities; i++) {
		const struct merge_count *c = &p->m->counts[i];
		long n = offset == 0 ? c->moved : offset == 1 ? c->joined : c->dropped;
		if (!n)
			continue;
		buf_printf(p->b, "%s\"%s\":%ld", between, s->entities[i]->name, n);
		between = ",";
	}
	buf_puts(p->b, "}");
}

struct str merge_json(const struct merger *g, const struct merge *m, struct arena *a)
{
	static const char *const counts[] = { "moved", "joined", "dropped" };
	struct buf b = { 0 };
	struct plan p = { g, m, &b, a };
	buf_puts(&b, "{\"survivor\":");
	put_member(&p, 0);
	put_merged(&p);
	put_list(&p, "converted", m->lead_refs, m->nleads);
	put_fields(&p);
	put_conflicts(&p);
	for (size_t i = 0; i < countof(counts); i++)
		put_counts(&p, counts[i], i);
	buf_puts(&b, ",\"conversions\":[");
	for (size_t i = 0; i < m->nleads; i++) {
		buf_puts(&b, i ? "," : "");
		buf_put(&b, conversion_json(&g->convert, &m->leads[i], a));
	}
	buf_puts(&b, "]}");
	struct str s = buf_copy(&b, a);
	buf_free(&b);
	return s;
}
