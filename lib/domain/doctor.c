/* Running the checks, and telling what they find. */
#include "domain/doctor.h"

#include "core/buf.h"

const char *const severity_names[] = { "info", "warn", "error" };

const char *severity_label(enum severity severity, enum language l)
{
	static const char *const vi[] = { "thông tin", "cảnh báo", "lỗi" };
	return label(l, severity_names[severity], vi[severity]);
}

static struct str name_of(const struct check *c, const struct entity *e, struct arena *a)
{
	return e ? arena_printf(a, "%s.%s", e->name, c->topic) : str_of(c->topic);
}

/* "lead.owner" is meant by its name, by "lead" and by "owner". */
static bool is_meant(struct str word, const struct check *c, const struct entity *e)
{
	size_t n = e ? strlen(e->name) : 0;
	if (str_is(word, c->topic) || (e && str_is(word, e->name)))
		return true;
	return e && word.n > n && word.p[n] == '.' &&
	       str_eq(str_sub(word, 0, n), str_of(e->name)) &&
	       str_is(str_sub(word, n + 1, word.n), c->topic);
}

bool doctor_wants(const struct doctor *d, const struct check *c, const struct entity *e)
{
	struct str rest = str_of(d->only), word;
	if (c->severity < d->least)
		return false;
	if (!d->only)
		return true;
	while (str_cut(&rest, ',', &word))
		if (is_meant(str_trim(word), c, e))
			return true;
	return false;
}

/* Whether any check goes by the word. */
static bool is_name(const struct doctor *d, struct str word)
{
	const struct schema *s = &d->store->schema;
	for (size_t i = 0; i < nchecks; i++) {
		if (is_meant(word, &checks[i], NULL))
			return true;
		for (size_t j = 0; j < s->nentities; j++) {
			const struct entity *e = s->entities[j];
			bool about = !checks[i].entity || !strcmp(checks[i].entity, e->name);
			if (about && is_meant(word, &checks[i], e))
				return true;
		}
	}
	return false;
}

bool doctor_names(const struct doctor *d, struct diag *diag)
{
	struct str rest = str_of(d->only), word;
	const char **names = arena_new(&diag->arena, const char *, nchecks);
	for (size_t i = 0; i < nchecks; i++)
		names[i] = checks[i].topic;
	while (d->only && str_cut(&rest, ',', &word)) {
		word = str_trim(word);
		if (is_name(d, word))
			continue;
		const char *near = nearest(word, names, nchecks);
		return diag_set(diag, NULL, "no check %s%s%s%s", quoted(word, &diag->arena),
				near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
	}
	return true;
}

/* What {now}, {today}, {-30d} stand for, as text. */
static struct str word_value(const struct doctor *d, struct str word, struct arena *a)
{
	int64_t now = d->store->settings.calendar.now, days;
	if (str_is(word, "now"))
		return instant_print(now, a);
	if (str_is(word, "today"))
		return day_print(zone_day(now), a);
	if (!word.n || word.p[word.n - 1] != 'd' || !str_int(str_sub(word, 0, word.n - 1), &days))
		die(STATUS_ENV, "a check asks for {%.*s}, which is nothing", (int)word.n, word.p);
	return instant_print(now + days * DAY_SECONDS, a);
}

void doctor_fill(const struct doctor *d, struct sql *q, const char *text)
{
	struct str rest = str_of(text);
	for (ptrdiff_t open; (open = str_find(rest, '{')) >= 0;) {
		sql_add_literal(q, arena_str(q->arena, str_sub(rest, 0, (size_t)open)).p);
		rest = str_sub(rest, (size_t)open + 1, rest.n);
		size_t close = (size_t)str_find(rest, '}');
		sql_text(q, word_value(d, str_sub(rest, 0, close), q->arena));
		rest = str_sub(rest, close + 1, rest.n);
	}
	sql_add_literal(q, arena_str(q->arena, rest).p);
}

/* Every record where they are wanted, else the first few, as one text. */
static struct str read_refs(struct doctor *d, const struct entity *e, const struct sql *ids)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct sql q = { .arena = &a };
	sql_append(&q, ids);
	if (!d->refs) {
		sql_add(&q, " limit ");
		sql_int(&q, DOCTOR_EXAMPLES);
	}
	struct stmt *rows = db_query(d->store->db, &q);
	while (stmt_step(rows)) {
		struct arena one = { 0 };
		struct str ref = ref_print(e, stmt_value(rows, 0).i, &one);
		if (d->refs)
			d->record(d->ctx, ref);
		else
			buf_printf(&b, "%s%s", b.n ? ";" : "", ref.p);
		arena_free(&one);
	}
	stmt_close(rows);
	sql_free(&q);
	struct str refs = buf_copy(&b, d->arena);
	buf_free(&b);
	arena_free(&a);
	return refs;
}

static void tell(struct doctor *d, const struct check *c, const struct finding *f)
{
	if (c->severity == SEVERITY_ERROR)
		d->sick = true;
	if (!d->refs)
		d->found(d->ctx, f);
}

void doctor_tell(struct doctor *d, const struct check *c, const struct entity *e, struct str en,
		 struct str vi, int64_t n, const struct sql *ids)
{
	struct str refs = ids ? read_refs(d, e, ids) : (struct str){ 0 };
	tell(d, c,
	     &(struct finding){ name_of(c, e, d->arena), c->severity, en, vi, n, refs, c->mend,
				c->mend_vi });
}

void doctor_tell_refs(struct doctor *d, const struct check *c, const struct entity *e, int64_t n,
		      struct str refs)
{
	tell(d, c,
	     &(struct finding){ name_of(c, e, d->arena), c->severity, str_of(c->en), str_of(c->vi),
				n, refs, c->mend, c->mend_vi });
}

void doctor_run(struct doctor *d)
{
	const struct schema *s = &d->store->schema;
	db_begin_read(d->store->db);
	for (size_t i = 0; i < nchecks; i++)
		if (checks[i].run)
			checks[i].run(d, &checks[i]);
	for (size_t i = 0; i < s->nentities; i++)
		doctor_scan(d, s->entities[i]);
	db_commit(d->store->db);
}
