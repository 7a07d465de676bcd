/* One message: a template, a record, and who writes. */
#include <stdlib.h>

#include "cli/mail_impl.h"
#include "core/date.h"
#include "core/plain.h"
#include "core/utf8.h"
#include "schema/check.h"

static void tell(void *ctx, struct diag *d)
{
	complain(ctx, d);
}

static struct press *press_for(struct merging *g, const struct mail_row *row)
{
	struct desk *k = g->m->desk;
	for (size_t i = 0; i < g->npresses; i++)
		if (g->presses[i].letter == row->letter &&
		    g->presses[i].entity == row->about.entity)
			return &g->presses[i];
	g->presses = xrealloc(g->presses, (g->npresses + 1) * sizeof *g->presses);
	struct press *p = &g->presses[g->npresses++];
	*p = (struct press){ .letter = row->letter, .entity = row->about.entity };
	p->n = letter_all(k, row->letter, p->all, p->parts);
	bool link = row->letter->kind == LETTER_EMAIL && k->mail.unsubscribe_url.name;
	p->url = p->n;
	if (link)
		p->all[p->n] = &k->mail.unsubscribe_url;
	struct query_context q = query_context(g->crm, row->about.entity);
	const struct template_words words = { g->rows->words, NULL, g->rows->nwords };
	/* What it borrows must stay where it is while presses are added. */
	const struct template **all = arena_new(&g->crm->arena, const struct template *, p->n + 1);
	memcpy(all, p->all, (p->n + 1) * sizeof *all);
	p->filler = filler_open(g->crm->store, &q, all, p->n + link, &words, tell, g->crm);
	if (!link)
		p->url = SIZE_MAX;
	return p;
}

/* -- who writes -- */

static struct mime_address user_address(struct merging *g, int64_t id, struct record *user)
{
	const struct entity *e = store_entity(g->crm->store, "user");
	struct mime_address x = { 0 };
	if (id && store_get(g->crm->store, e, id, user, g->arena))
		x = (struct mime_address){ text_of(user, "name"), text_of(user, "email") };
	return x;
}

static int64_t owner_of(struct merging *g, const struct mail_row *row)
{
	struct record r;
	const struct field *f = entity_field(row->about.entity, STR("owner"));
	if (f && store_get(g->crm->store, row->about.entity, row->about.id, &r, g->arena) &&
	    is_set(&r, "owner"))
		return record_at(&r, "owner")->i;
	return is_set(&g->whom.record, "owner") ? record_at(&g->whom.record, "owner")->i : 0;
}

/* --from, the template's, the configured one, or whoever runs it. */
static bool find_sender(struct merging *g, const struct mail_row *row, struct mail_item *item)
{
	const char *from = option(g->crm, "from");
	struct record user;
	struct str phone = { 0 };
	if (!from)
		from = row->letter->from ? row->letter->from : g->m->desk->mail.from;
	bool owner = from && !strcmp(from, "owner");
	int64_t id = !from ? g->crm->store->settings.user : owner ? owner_of(g, row) : 0;
	if (from && !owner && !mailbox_parse(str_of(from), &g->from, g->arena, g->diag))
		return diag_within(g->diag, "from");
	if (!from || owner)
		g->from = user_address(g, id, &user);
	if (id && g->from.name.p)
		phone = text_of(&user, "phone");
	item->out.owner = owner ? id : 0;
	g->values[WORD_SENDER] = g->from.name.n ? g->from.name : g->from.address;
	g->values[WORD_SENDER_EMAIL] = g->from.address;
	g->values[WORD_SENDER_PHONE] = phone;
	return g->from.address.n || row->letter->kind != LETTER_EMAIL ||
	       diag_set(g->diag, "from",
			owner ? "the owner has no e-mail address"
			      : "who writes? Configure mail: {from: …}, or use --from");
}

/* -- the message -- */

/* Blanks and line ends of a field do not make a header of their own. */
static struct str one_line(struct str s, struct arena *a)
{
	struct buf b = { 0 };
	for (size_t i = 0; i < s.n; i++) {
		bool blank = strchr(" \t\r\n\v\f", s.p[i]) != NULL && s.p[i];
		if (!blank)
			buf_putc(&b, s.p[i]);
		else if (b.n && b.p[b.n - 1] != ' ')
			buf_putc(&b, ' ');
	}
	struct str out = utf8_trim(buf_copy(&b, a));
	buf_free(&b);
	return out;
}

static struct str part_of(const struct merging *g, const struct press *p, enum letter_part part)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->parts[i] == part)
			return buf_str(&g->text[i]);
	return (struct str){ 0 };
}

/* The link and the address by which one unsubscribes. */
static bool unsubscribing(struct merging *g, struct press *p, struct str id, struct str *header,
			  bool *one_click)
{
	const char *address = g->m->desk->mail.unsubscribe;
	struct buf b = { 0 }, mailto = { 0 };
	struct buf *link = &g->text[LETTER_PARTS];
	bool ok = true;
	*one_click = p->url != SIZE_MAX && p->letter->unsubscribe;
	link->n = 0;
	if (address && p->letter->unsubscribe) {
		buf_printf(&mailto, "mailto:%s?subject=unsubscribe%%20", address);
		url_put(&mailto, id);
	}
	if (*one_click) {
		const struct template_words words = { g->rows->words, g->values, g->rows->nwords };
		ok = filler_put(p->filler, p->url, &words, ESCAPE_URL, link, g->diag);
		buf_printf(&b, "<%.*s>", (int)link->n, link->p);
	}
	if (mailto.n)
		buf_printf(&b, "%s<%.*s>", b.n ? ", " : "", (int)mailto.n, mailto.p);
	g->values[WORD_UNSUBSCRIBE] = buf_copy(link->n ? link : &mailto, g->arena);
	*header = buf_copy(&b, g->arena);
	buf_free(&b);
	buf_free(&mailto);
	return ok;
}

static bool put_parts(struct merging *g, struct press *p)
{
	const struct template_words words = { g->rows->words, g->values, g->rows->nwords };
	for (size_t i = 0; i < p->n; i++) {
		g->text[i].n = 0;
		if (!filler_put(p->filler, i, &words,
				p->parts[i] == LETTER_HTML ? ESCAPE_HTML : ESCAPE_NONE, &g->text[i],
				g->diag))
			return false;
	}
	return true;
}

/* What the message answers: the activity that it is about, or the customer's last on the ticket. */
static int64_t answered(struct merging *g, const struct mail_row *row, struct str *id)
{
	struct store *s = g->crm->store;
	const struct entity *e = store_entity(s, "activity");
	bool ticket = !strcmp(row->about.entity->name, "ticket");
	int64_t found = row->about.entity == e ? row->about.id : 0;
	struct record r;
	if (ticket) {
		struct sql q = { .arena = g->arena };
		sql_add(&q, "select max(id) from activity where ticket = ");
		sql_int(&q, row->about.id);
		sql_add(&q, " and direction = 'in' and kind = 'email' and external_id is not null");
		found = db_int(s->db, &q, 0);
		sql_free(&q);
	}
	if (found && store_get(s, e, found, &r, g->arena))
		*id = text_of(&r, "external_id");
	return found;
}

static bool write_mail(struct merging *g, struct press *p, const struct mail_row *row,
		       struct mail_item *item, struct str text, struct str header, bool one_click,
		       struct buf *out)
{
	const char *reply_to =
	    row->letter->reply_to ? row->letter->reply_to : g->m->desk->mail.reply_to;
	struct str written = part_of(g, p, LETTER_TEXT);
	struct mime_message mail = {
		.from = { one_line(g->from.name, g->arena), g->from.address },
		.to = { one_line(g->whom.name, g->arena), g->whom.address },
		.subject = one_line(part_of(g, p, LETTER_SUBJECT), g->arena),
		.date = g->crm->store->settings.calendar.now,
		.message_id = item->out.message_id,
		.unsubscribe = header,
		.one_click = one_click,
		.automatic = item->out.automatic,
		.text = written.n ? written : text, /* HTML alone is read by few filters */
		.html = part_of(g, p, LETTER_HTML),
	};
	item->out.reply_to = answered(g, row, &mail.in_reply_to);
	item->out.subject = arena_str(&g->crm->arena, mail.subject);
	if (reply_to && !mailbox_parse(str_of(reply_to), &mail.reply_to, g->arena, g->diag))
		return diag_within(g->diag, "reply_to");
	return mime_write(&mail, out, g->diag);
}

/* What the activity keeps: the text, of HTML alone what one reads. */
static struct str shown_text(struct merging *g, const struct press *p)
{
	struct str text = part_of(g, p, LETTER_TEXT), html = part_of(g, p, LETTER_HTML);
	struct buf b = { 0 };
	if (!text.n)
		plain_put(&b, html);
	else
		buf_put(&b, text);
	text = utf8_trim(buf_copy(&b, g->arena));
	buf_free(&b);
	return text;
}

static void set_words(struct merging *g, const struct mail_row *row, struct str id)
{
	struct store *s = g->crm->store;
	int64_t today = zone_day(s->settings.calendar.now);
	struct civil c = civil_of(today);
	memcpy(g->values, row->values, g->rows->nwords * sizeof *g->values);
	g->values[WORD_GREETING] =
	    mail_greeting(s, &g->whom.record, g->m->desk->language, g->arena);
	g->values[WORD_GIVEN_NAME] = mail_given_name(s, &g->whom.record, g->arena);
	g->values[WORD_TODAY] =
	    s->settings.calendar.order == ORDER_YMD
		? day_print(today, g->arena)
		: arena_printf(g->arena, "%02d/%02d/%04d",
			       s->settings.calendar.order == ORDER_DMY ? c.day : c.month,
			       s->settings.calendar.order == ORDER_DMY ? c.month : c.day, c.year);
	g->values[WORD_TO] = g->whom.address;
	g->values[WORD_MESSAGE_ID] = id;
}

bool mail_make(struct merging *g, const struct mail_row *row, struct mail_item *item,
	       struct buf *message, struct str *text)
{
	struct press *p = press_for(g, row);
	struct str header;
	bool one_click;
	bool mail = row->letter->kind == LETTER_EMAIL;
	if (!p->filler)
		return diag_set(g->diag, NULL, "%s asks for fields that no %s has",
				row->letter->key, row->about.entity->name);
	if (!g->whom.address.n)
		return diag_set(g->diag, mail ? "email" : "phone", "%s has none",
				ref_print(g->whom.person.entity, g->whom.person.id, g->arena).p);
	set_words(g, row, item->out.message_id);
	if (!find_sender(g, row, item) || !filler_seek(p->filler, row->about.id) ||
	    !unsubscribing(g, p, item->out.message_id, &header, &one_click) || !put_parts(g, p))
		return false;
	item->to = arena_str(&g->crm->arena, g->whom.address);
	*text = shown_text(g, p);
	if (mail)
		return write_mail(g, p, row, item, *text, header, one_click, message);
	buf_put(message, *text);
	return true;
}

void mail_press_free(struct merging *g)
{
	for (size_t i = 0; i < g->npresses; i++)
		if (g->presses[i].filler)
			filler_close(g->presses[i].filler);
	for (size_t i = 0; i <= LETTER_PARTS; i++)
		buf_free(&g->text[i]);
	free(g->presses);
}
