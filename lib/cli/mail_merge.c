/* The messages: all of them are made, and checked, before the first one leaves. */
#include <stdlib.h>

#include "cli/mail_impl.h"
#include "core/temporary.h"
#include "schema/check.h"
#include "schema/reach.h"
#include "store/counter.h"

/* Letters, digits, - and _ as they are; what is long is hashed (FNV-1a). */
static void put_key(struct buf *b, struct str s)
{
	enum { LONG = 40 };
	uint64_t hash = UINT64_C(14695981039346656037);
	size_t start = b->n;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) ||
			     c == '-' || c == '_';
		hash = (hash ^ c) * UINT64_C(1099511628211);
		if (plain)
			buf_putc(b, (char)c);
		else
			buf_printf(b, "=%02X", c);
	}
	if (b->n - start <= LONG)
		return;
	b->n = start;
	buf_printf(b, "%016llx", (unsigned long long)hash);
}

/* The same for the same errand, or the same template, record and --once. */
static struct str message_id(struct merging *g, const struct mail_row *row)
{
	struct buf b = { 0 };
	struct str domain = str_of(g->m->desk->mail.domain), local;
	struct mime_address configured;
	struct diag d = { 0 };
	if (!domain.n && g->m->desk->mail.from &&
	    mailbox_parse(str_of(g->m->desk->mail.from), &configured, g->arena, &d)) {
		domain = configured.address;
		str_cut(&domain, '@', &local);
	}
	diag_free(&d);
	if (!domain.n)
		domain = STR("crm.invalid");
	if (row->errand) {
		buf_printf(&b, "crm.errand-%lld", (long long)row->errand);
	} else {
		buf_printf(&b, "crm.%s.", ref_print(row->about.entity, row->about.id, g->arena).p);
		put_key(&b, str_of(row->letter->key));
		buf_putc(&b, '.');
		if (g->m->once)
			put_key(&b, str_of(g->m->once));
		else
			buf_printf(&b, "%llx.%llx",
				   (unsigned long long)g->crm->store->settings.calendar.now,
				   (unsigned long long)g->run);
	}
	buf_printf(&b, "@%.*s", (int)domain.n, domain.p);
	struct str id = buf_copy(&b, &g->crm->arena);
	buf_free(&b);
	return id;
}

static void keep(struct merging *g, struct mail_item *item, struct str message, struct str text)
{
	FILE *f = g->m->spool;
	item->at = ftell(f);
	item->size = message.n;
	item->text = text.n;
	if (item->at < 0 || fwrite(message.p, 1, message.n, f) != message.n ||
	    fwrite(text.p, 1, text.n, f) != text.n)
		die(STATUS_ENV, "cannot write a temporary file:");
}

/* -- all of them -- */

static void failed(struct merging *g, const struct mail_row *row, struct str why)
{
	struct mailing *m = g->m;
	if (row->errand)
		m->unsent[m->nunsent++] =
		    (struct mail_unsent){ row->errand, arena_str(&g->crm->arena, why), true };
}

void mail_refused(struct mailing *m, int64_t errand, const char *refusal)
{
	m->refused_by[!strcmp(refusal, mail_bounced)]++;
	if (errand)
		m->unsent[m->nunsent++] = (struct mail_unsent){ errand, str_of(refusal), false };
}

/* Of people who have the same address one gets it; what stands for itself, as an order, does. */
static bool gets_it_already(struct merging *g, const struct mail_row *row,
			    const struct mail_item *item)
{
	struct arena *a = g->arena;
	if (g->m->each || row->errand || !is_one_of(str_of(row->about.entity->name), person_types))
		return false;
	struct str key = arena_printf(a, "%s %.*s", row->letter->key, (int)item->to.n, item->to.p);
	int64_t *first = map_at(&g->seen, key);
	if (!*first) {
		*first = (int64_t)g->m->n + 1;
		return false;
	}
	const struct mail_out *other = &g->m->items[*first - 1].out;
	g->diag->source = ref_print(row->about.entity, row->about.id, a);
	g->diag->line = 0;
	diag_warn(g->diag, NULL, "%.*s gets it for %s; --each sends both", (int)item->to.n,
		  item->to.p, ref_print(other->entity, other->id, a).p);
	return true;
}

static bool merge_row(struct merging *g, const struct mail_row *row)
{
	struct mailing *m = g->m;
	struct mail_item *item = &m->items[m->n];
	int64_t campaign = m->campaign ? m->campaign : row->campaign;
	enum letter_kind kind = row->letter->kind;
	if (!mail_whom(g->crm->store, kind, row->about.entity, row->about.id, campaign, &g->whom,
		       g->arena))
		return diag_set(g->diag, NULL, "nobody there whom one could write to");
	if (g->whom.refusal) {
		mail_refused(m, row->errand, g->whom.refusal);
		return true;
	}
	*item = (struct mail_item){ .letter = row->letter, .errand = row->errand };
	item->out = (struct mail_out){ .kind = kind,
				       .entity = row->about.entity,
				       .id = row->about.id,
				       .person = g->whom.person,
				       .campaign = campaign,
				       .automatic = row->errand || campaign || m->automatic,
				       .message_id = message_id(g, row) };
	if ((*map_at(&g->seen, item->out.message_id))++)
		return true; /* named twice */
	struct buf message = { 0 };
	struct str text;
	bool ok = mail_make(g, row, item, &message, &text);
	if (ok && !gets_it_already(g, row, item)) {
		keep(g, item, buf_str(&message), text);
		m->n++;
	}
	buf_free(&message);
	return ok;
}

static void set_source(struct diag *d, const struct mail_row *row, struct arena *a)
{
	d->source = row->line ? STR("<stdin>") : ref_print(row->about.entity, row->about.id, a);
	d->line = row->line;
	d->column = 0;
}

void mail_merge(struct mailing *m, const struct mail_rows *rows)
{
	struct crm *crm = m->desk->crm;
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct merging g = { .m = m, .crm = crm, .rows = rows, .arena = &a, .diag = &d };
	g.values = arena_new(&crm->arena, struct str, rows->nwords);
	g.run = counter_largest(crm->store, store_entity(crm->store, "activity"));
	m->spool = temporary_nameless();
	m->items = arena_new(&crm->arena, struct mail_item, rows->n);
	m->unsent = arena_new(&crm->arena, struct mail_unsent, rows->n + rows->nunsent);
	for (; m->nunsent < rows->nunsent; m->nunsent++)
		m->unsent[m->nunsent] = rows->unsent[m->nunsent];
	for (size_t i = 0; i < rows->n; i++) {
		if (!merge_row(&g, &rows->all[i])) {
			failed(&g, &rows->all[i], diag_text(&d, &a));
			set_source(&d, &rows->all[i], &a);
			complain(crm, &d);
		}
		arena_reset(&a);
	}
	mail_press_free(&g);
	map_free(&g.seen);
	arena_free(&a);
	diag_free(&d);
}

void mail_item_read(struct mailing *m, const struct mail_item *item, struct str *message,
		    struct str *text, struct arena *a)
{
	char *all = arena_alloc(a, item->size + item->text + 1);
	size_t n = item->size + item->text;
	if (fseek(m->spool, item->at, SEEK_SET) != 0 || fread(all, 1, n, m->spool) != n)
		die(STATUS_ENV, "cannot read a temporary file:");
	*message = (struct str){ all, item->size };
	*text = (struct str){ all + item->size, item->text };
}
