/* coverage: which systems know which customers, and what is known in one place alone. */
#include <stdlib.h>

#include "core/buf.h"
#include "report/study.h"
#include "schema/label.h"

enum { SOURCES_MOST = 64 }; /* a set of them is 64 bits */

struct known {
	struct study *study;
	struct map of;	     /* type and id → number of the customer + 1 */
	struct map numbers;  /* source → its number + 1 */
	struct str *sources; /* in the arena */
	uint64_t *sets;	     /* of sources: one a customer */
	size_t n, room;
	size_t nsources, sources_room;
	struct arena arena;
};

static int64_t *at(struct known *k, bool person, int64_t id)
{
	int64_t key[] = { person, id };
	return map_at(&k->of, (struct str){ (const char *)key, sizeof key });
}

/* A customer of that number is known there; false with diag: there are too many sources. */
static bool add_source(struct known *k, int64_t customer, const struct value *source)
{
	if (!customer || source->kind != V_TEXT)
		return true;
	int64_t *number = map_at(&k->numbers, source->s);
	if (!*number) {
		if (k->nsources == SOURCES_MOST)
			return diag_set(k->study->diag, NULL, "there are more than %d sources",
					SOURCES_MOST);
		k->sources = xgrow(k->sources, k->nsources, &k->sources_room, sizeof *k->sources);
		k->sources[k->nsources] = arena_str(&k->arena, source->s);
		*number = (int64_t)++k->nsources;
	}
	k->sets[customer - 1] |= UINT64_C(1) << (*number - 1);
	return true;
}

/* -- who there is -- */

static const char *const paths[] = { "id", "source", NULL };

static bool add_customers(struct known *k, const char *source, bool person)
{
	struct records *all = records_open(k->study->job, source, paths);
	struct value when;
	const struct value *v;
	bool ok = true;
	while (ok && (v = records_next(all, &when))) {
		k->sets = xgrow(k->sets, k->n, &k->room, sizeof *k->sets);
		k->sets[k->n++] = 0;
		*at(k, person, v[0].i) = (int64_t)k->n;
		ok = add_source(k, (int64_t)k->n, &v[1]);
	}
	records_close(all);
	return ok;
}

/* -- where else they are known: by their contacts, and by numbers in other systems -- */

static void contacts_sql(struct sql *q)
{
	sql_add(q, "select id, account, source from contact where account is not null");
}

static void identities_sql(struct sql *q)
{
	sql_add(q, "select contact, account, source from identity where source is not null");
}

static bool besides(const struct job *j, struct sql *q, size_t i)
{
	(void)j;
	static void (*const all[])(struct sql *) = { contacts_sql, identities_sql };
	if (i < countof(all))
		all[i](q);
	return i < countof(all);
}

static int64_t customer_of(struct known *k, bool person, const struct value *id)
{
	return id->kind == V_INT ? *at(k, person, id->i) : 0;
}

/* Each row: a contact, an account, a source. */
static bool add_rows(struct known *k, void (*sql)(struct sql *), bool contacts)
{
	struct sql q = { .arena = report_arena(k->study->job) };
	bool ok = true;
	sql(&q);
	struct stmt *rows = db_query(report_store(k->study->job)->db, &q);
	while (ok && stmt_step(rows)) {
		struct value contact = stmt_value(rows, 0), account = stmt_value(rows, 1);
		struct value source = stmt_value(rows, 2);
		int64_t customer = customer_of(k, false, &account);
		if (contacts) /* what is known of them is known of the account */
			*at(k, true, contact.i) = customer;
		else if (!customer)
			customer = customer_of(k, true, &contact);
		ok = add_source(k, customer, &source);
	}
	stmt_close(rows);
	sql_free(&q);
	return ok;
}

/* -- the answer -- */

/* A set of sources, and how many customers have it. */
struct set {
	uint64_t sources;
	int64_t customers;
	int n; /* sources */
	struct str words;
};

static int compare_sources(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static struct str words_of(struct known *k, uint64_t sources)
{
	struct str words[SOURCES_MOST];
	struct buf text = { 0 };
	size_t n = 0;
	for (size_t i = 0; i < k->nsources; i++)
		if (sources >> i & 1)
			words[n++] = k->sources[i];
	qsort(words, n, sizeof *words, compare_sources);
	for (size_t i = 0; i < n; i++) {
		buf_puts(&text, i ? ";" : "");
		buf_put(&text, words[i]);
	}
	struct str all = buf_copy(&text, &k->arena);
	buf_free(&text);
	return all;
}

static int by_customers(const void *a, const void *b)
{
	const struct set *x = a, *y = b;
	if (x->customers != y->customers)
		return x->customers < y->customers ? 1 : -1;
	return str_cmp(x->words, y->words);
}

static int by_set(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

/* Sorts the customers by their sets; the sets, each once. */
static struct set *sets_of(struct known *k, size_t *n)
{
	struct set *all = NULL;
	size_t room = 0;
	*n = 0;
	if (k->n)
		qsort(k->sets, k->n, sizeof *k->sets, by_set);
	for (size_t i = 0; i < k->n; i++) {
		if (!i || k->sets[i] != k->sets[i - 1]) {
			all = xgrow(all, *n, &room, sizeof *all);
			all[*n] = (struct set){ .sources = k->sets[i],
						.n = __builtin_popcountll(k->sets[i]),
						.words = words_of(k, k->sets[i]) };
			++*n;
		}
		all[*n - 1].customers++;
	}
	return all;
}

static struct str sources_word(const struct schema *s, struct str key, enum language l,
			       struct arena *a)
{
	struct buf text = { 0 };
	struct str rest = key, one;
	while (str_cut(&rest, ';', &one)) {
		buf_puts(&text, text.n ? " + " : "");
		buf_put(&text, key_label(schema_picklist(s, "lead.source"), one, l));
	}
	struct str words = buf_copy(&text, a);
	buf_free(&text);
	return words;
}

static const struct study_column columns[] = {
	{ "source", "Source", "Nguồn", .role = ROLE_DIMENSION, .word = sources_word },
	{ "customers", "Customers", "Khách hàng", STUDY_FIGURE = UNIT_COUNT },
	{ "share", "Share", "Tỷ lệ", STUDY_FIGURE = UNIT_SHARE },
	{ "only", "There alone", "Chỉ ở đó", STUDY_FIGURE = UNIT_COUNT },
	{ "only_share", "Alone, share", "Tỷ lệ chỉ ở đó", STUDY_FIGURE = UNIT_SHARE },
};

static const struct study_column combination_columns[] = {
	{ "sources", "Sources", "Các nguồn", .role = ROLE_DIMENSION, .word = sources_word },
	{ "number", "Number", "Số nguồn", STUDY_FIGURE = UNIT_COUNT },
	{ "customers", "Customers", "Khách hàng", STUDY_FIGURE = UNIT_COUNT },
	{ "share", "Share", "Tỷ lệ", STUDY_FIGURE = UNIT_SHARE },
};

static struct value words_value(const struct set *s)
{
	return s->words.n ? value_text(s->words) : value_null();
}

static void put_combinations(struct known *k, const struct set *sets, size_t n)
{
	study_begin(k->study, combination_columns, countof(combination_columns));
	for (size_t i = 0; i < n; i++) {
		const struct value row[] = {
			words_value(&sets[i]),
			value_int(sets[i].n),
			value_int(sets[i].customers),
			study_ratio(sets[i].customers, (int64_t)k->n),
		};
		study_put(k->study, row);
	}
}

static void put_source(struct known *k, const struct set *one, int64_t only)
{
	const struct value row[] = {
		words_value(one),
		value_int(one->customers),
		study_ratio(one->customers, (int64_t)k->n),
		value_int(only),
		study_ratio(only, one->customers),
	};
	study_put(k->study, row);
}

/* Those of no source last. */
static void put_sources(struct known *k, const struct set *sets, size_t n)
{
	struct set singles[SOURCES_MOST];
	const struct set *none = NULL;
	for (size_t s = 0; s < k->nsources; s++) {
		singles[s] = (struct set){ .sources = UINT64_C(1) << s, .words = k->sources[s] };
		for (size_t i = 0; i < n; i++)
			if (sets[i].sources & singles[s].sources)
				singles[s].customers += sets[i].customers;
	}
	if (k->nsources)
		qsort(singles, k->nsources, sizeof *singles, by_customers);
	study_begin(k->study, columns, countof(columns));
	for (size_t s = 0; s < k->nsources; s++) {
		int64_t only = 0;
		for (size_t i = 0; i < n; i++)
			if (sets[i].sources == singles[s].sources)
				only = sets[i].customers;
		put_source(k, &singles[s], only);
	}
	for (size_t i = 0; i < n; i++)
		none = sets[i].sources ? none : &sets[i];
	if (none)
		put_source(k, none, none->customers);
}

static bool compute(struct job *j, struct answer *out, struct diag *d)
{
	struct study s = { .job = j, .out = out, .diag = d };
	struct known k = { .study = &s };
	bool ok = study_plain(&s, false, false, true);
	ok = ok && (!study_reads(&s, "account") || add_customers(&k, "account", false)) &&
	     (!study_reads(&s, "contact") || add_customers(&k, "contact", true)) &&
	     add_rows(&k, contacts_sql, true) && add_rows(&k, identities_sql, false);
	if (ok) {
		size_t n;
		struct set *sets = sets_of(&k, &n);
		if (n)
			qsort(sets, n, sizeof *sets, by_customers);
		if (study_on(&s, "combinations"))
			put_combinations(&k, sets, n);
		else
			put_sources(&k, sets, n);
		free(sets);
	}
	free(k.sets);
	free(k.sources);
	map_free(&k.of);
	map_free(&k.numbers);
	arena_free(&k.arena);
	study_close(&s);
	return ok;
}

static const struct source sources[] = {
	{ "account", "account", .time = { "created_at" }, .apart = true, .reads = paths },
	{ "contact", "contact", .where = "account is null", .time = { "created_at" }, .apart = true,
	  .reads = paths },
};

static const struct report_option options[] = {
	{ "combinations", NULL, "a row for each set of sources that customers have", .flag = true },
	{ 0 },
};

static const struct dimension dimensions[] = {
	{ "owner", { "owner", "owner" }, .vi = "Người phụ trách" },
	{ "team", { "owner.team", "owner.team" }, .vi = "Nhóm" },
	{ 0 },
};

const struct report report_coverage = {
	.name = "coverage",
	.title = "Customers by who knows them",
	.title_vi = "Khách hàng theo hệ thống nguồn",
	.sources = sources,
	.nsources = countof(sources),
	.dimensions = dimensions,
	.compute = compute,
	.main = "customers",
	.each = true,
	.besides = besides,
	.options = options,
	.chart = { CHART_BAR, .category = "source", .values = "customers" },
	.definition =
	    "Customers are accounts, each with its contacts, and contacts without account; by\n"
	    "created_at.  A source knows a customer that has it as its source, or by whose\n"
	    "identities that system knows it; what a contact is known by, its account is.\n"
	    "customers: whom that source knows, so that rows overlap; share: of all customers;\n"
	    "only: whom no other source knows; only_share: of the source's.  No source: nobody\n"
	    "says where they are known.  --combinations: each set of sources, so that rows do\n"
	    "not overlap and add up to all; number: how many sources those are.  --by owner, "
	    "team:\n"
	    "each one's own customers.",
};
