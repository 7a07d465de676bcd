/* Which records: conditions in the query language, so that lists can show the same ones. */
#include "report/job.h"

void where_quote(struct buf *out, struct str text)
{
	buf_putc(out, '\'');
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '\'' || text.p[i] == '\\')
			buf_putc(out, '\\');
		buf_putc(out, text.p[i]);
	}
	buf_putc(out, '\'');
}

static unsigned kinds_of(enum deals deals)
{
	static const unsigned kinds[] = {
		[DEALS_OPEN] = 1u << STAGE_OPEN,
		[DEALS_WON] = 1u << STAGE_WON,
		[DEALS_LOST] = 1u << STAGE_LOST,
		[DEALS_CLOSED] = 1u << STAGE_WON | 1u << STAGE_LOST,
	};
	return kinds[deals];
}

/* stage in (…) of one pipeline; false: it has none of those kinds. */
static bool put_stages(struct buf *out, const struct pipeline *p, unsigned kinds)
{
	size_t n = 0;
	for (size_t i = 0; i < p->n; i++) {
		if (!(kinds & 1u << p->stages[i].kind))
			continue;
		buf_puts(out, n++ ? ", " : "stage in (");
		where_quote(out, str_of(p->stages[i].key));
	}
	if (n)
		buf_putc(out, ')');
	return n > 0;
}

/*
 * Deals by the kind of their stage; two pipelines may use one key for different things.
 * through: said so that no index leads to them.
 */
static void put_deals(struct buf *out, const struct schema *s, unsigned kinds, bool through)
{
	size_t n, some = 0;
	const struct pipeline *p = schema_pipelines(s, &n);
	buf_puts(out, through ? " and not not (" : " and (");
	for (size_t i = 0; i < n; i++) {
		size_t before = out->n;
		buf_puts(out, some ? " or (" : "(");
		if (n > 1) {
			buf_puts(out, "pipeline = ");
			where_quote(out, str_of(p[i].key));
			buf_puts(out, " and ");
		}
		if (put_stages(out, &p[i], kinds)) {
			buf_putc(out, ')');
			some++;
		} else {
			out->n = before;
		}
	}
	buf_puts(out, some ? ")" : "id is null)");
}

/* Of the source's index, separated by blanks. */
static const char *index_columns(const struct feed *f, struct arena *a)
{
	struct str rest = str_of(f->context.entity->indexes), columns = { 0 };
	while (!str_starts(columns, f->source->index) && str_cut(&rest, '|', &columns))
		;
	return arena_str(a, columns).p;
}

/* Whether the index that leads to the records lacks what the report goes by. */
static bool is_beyond_index(struct job *j, const struct feed *f)
{
	const char *columns = f->source->index ? index_columns(f, &j->arena) : NULL;
	bool beyond = false;
	for (size_t i = j->first; columns && i < j->first + j->ndims; i++) {
		const struct path *p = &f->axes[i].path;
		const struct field *read = p->nsteps ? p->steps[0] : p->field;
		beyond = beyond || (read && !words_have(columns, str_of(read->name)));
	}
	return beyond;
}

/* What lasts many days: those of which some lie in the range. */
static void put_overlap(struct buf *out, const struct source *s, const struct range *r,
			struct arena *a)
{
	if (r->has_to)
		buf_printf(out, " and %s <= %s", s->time[0], day_print(zone_day(r->to - 1), a).p);
	if (r->has_from)
		buf_printf(out, " and %s >= %s", s->until, day_print(zone_day(r->from), a).p);
}

/* "order.deal": none of that type refers to it so. */
static struct node *unreferred(struct job *j, const char *by)
{
	struct str rest = str_of(by), type;
	str_cut(&rest, '.', &type);
	const struct entity *e = schema_entity(j->context->schema, type);
	return node_unreferred(e, entity_field(e, rest), &j->arena);
}

struct node *feed_where(struct job *j, const struct feed *f, const struct range *r)
{
	const struct source *s = f->source;
	struct query_context plain = f->context; /* the source's own words are those of its type */
	struct buf text = { 0 };
	struct diag d = { 0 };
	struct node *own = NULL;
	plain.aliases = NULL;
	bool all = !f->given && (!f->ntimes || (!r->has_from && !r->has_to));
	bool through = all && (s->through || is_beyond_index(j, f));
	if (s->deals != DEALS_ANY)
		put_deals(&text, j->context->schema, kinds_of(s->deals), through);
	if (s->where)
		buf_printf(&text, through && s->index ? " and not not (%s)" : " and (%s)",
			   s->where);
	if (s->until)
		put_overlap(&text, s, r, &j->arena);
	else
		range_where(r, f->times, f->ntimes, &text, &j->arena);
	if (text.n) {
		struct str whole = str_sub(buf_copy(&text, &j->arena), strlen(" and "), text.n);
		own = where_parse(whole, &plain, &d);
		if (!own)
			die(STATUS_ENV, "report %s cannot be asked: %.*s", j->report->name,
			    (int)d.message.n, d.message.p);
	}
	buf_free(&text);
	if (s->unless && option_allows(j, s->unless_when))
		own = node_and(own, unreferred(j, s->unless), &j->arena);
	return node_and(own, f->given, &j->arena);
}

struct node *feed_read_where(struct job *j, const struct feed *f)
{
	const struct range all = { .has_from = false };
	return f->source->past ? feed_where(j, f, &all) : f->where;
}
