/* Clusters of records, as operands or as crm-dedupe find prints them. */
#include "cli/dedupe_clusters.h"

#include <unistd.h>

#include "cli/operands.h"
#include "core/buf.h"
#include "schema/check.h"

static bool parse_ref(struct crm *crm, struct str word, struct merge_ref *ref, struct diag *d)
{
	if (!ref_parse(&crm->store->schema, word, &ref->entity, &ref->id))
		return diag_set(d, "id", "%s is no reference such as lead-42",
				quoted(word, &d->arena));
	return is_one_of(str_of(ref->entity->name), merge_types) ||
	       diag_set(d, "id", "leads, contacts, accounts and deals are merged; %s is none",
			quoted(word, &d->arena));
}

static void add(struct crm *crm, struct cluster *c, struct merge_ref ref)
{
	if (c->n == c->room) {
		struct merge_ref *more = arena_new(&crm->arena, struct merge_ref, c->room * 2 + 2);
		if (c->n)
			memcpy(more, c->refs, c->n * sizeof *more);
		c->refs = more;
		c->room = c->room * 2 + 2;
	}
	c->refs[c->n++] = ref;
}

static struct cluster *add_cluster(struct crm *crm, struct clusters *all)
{
	all->list = arena_grow(&crm->arena, all->list, all->n, &all->room, sizeof *all->list);
	return &all->list[all->n++];
}

/* A row of the stream, while it is read. */
struct member_row {
	struct str cluster, id, verdict;
};

static struct member_row columns_of(const struct row *row)
{
	struct member_row m = { 0 };
	for (size_t i = 0; i < row->n; i++) {
		struct str *to = str_is(row->names[i], "cluster")   ? &m.cluster
				 : str_is(row->names[i], "id")	    ? &m.id
				 : str_is(row->names[i], "verdict") ? &m.verdict
								    : NULL;
		if (to && row->cells[i].kind != CELL_NULL)
			*to = row->cells[i].text;
	}
	return m;
}

static bool take_row(struct crm *crm, const struct row *row, struct clusters *all,
		     struct map *known, struct map *seen, struct diag *d)
{
	struct member_row m = columns_of(row);
	struct merge_ref ref;
	if (!m.cluster.n)
		return diag_set(d, "cluster",
				"the record has none; merge reads what crm-dedupe"
				" find prints (without --pairs)");
	if (!parse_ref(crm, m.id, &ref, d))
		return false;
	if (m.verdict.n && !str_is(m.verdict, "same") && !option_on(crm, "review"))
		return true;
	int64_t *at = map_at(known, m.cluster);
	if (!*at) {
		add_cluster(crm, all);
		*at = (int64_t)all->n;
	}
	struct arena a = { 0 };
	int64_t *other = map_at(seen, ref_print(ref.entity, ref.id, &a));
	arena_free(&a);
	if (*other && *other != *at)
		return diag_set(d, "id", "%s is in two clusters", quoted(m.id, &d->arena));
	if (!*other)
		add(crm, &all->list[*at - 1], ref);
	*other = *at;
	return true;
}

static void read_stream(struct crm *crm, struct clusters *all)
{
	struct reader *in = reader_for(crm, "-", false);
	struct map known = { 0 }, seen = { 0 };
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct row row;
	for (enum read_result r; (r = reader_next(in, &row, &a, &d)) != READ_END;) {
		if (r == READ_BAD || !take_row(crm, &row, all, &known, &seen, &d))
			complain(crm, &d);
		arena_reset(&a);
	}
	reader_close(in);
	map_free(&known);
	map_free(&seen);
	arena_free(&a);
	diag_free(&d);
}

static void leave_out_single(struct clusters *all)
{
	size_t kept = 0;
	for (size_t i = 0; i < all->n; i++)
		if (all->list[i].n > 1)
			all->list[kept++] = all->list[i];
	all->n = kept;
}

void clusters_read(struct crm *crm, int argc, char **argv, struct clusters *out)
{
	bool stream = !argc || (argc == 1 && !strcmp(argv[0], "-"));
	*out = (struct clusters){ 0 };
	if (!argc && isatty(STDIN_FILENO))
		usage(crm, "merge what? Name two records or pipe clusters in");
	if (stream) {
		read_stream(crm, out);
		leave_out_single(out);
		return;
	}
	struct cluster *c = add_cluster(crm, out);
	for (int i = 0; i < argc; i++) {
		struct merge_ref ref;
		if (!parse_ref(crm, str_of(argv[i]), &ref, &crm->diag))
			usage(crm, "%s", crm->diag.message.p);
		add(crm, c, ref);
	}
	if (argc < 2)
		usage(crm, "merge takes two records at least");
}
