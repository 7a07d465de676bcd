/* What is written to customers: templates, and how mail leaves. */
#include "config/document.h"
#include "config/letters.h"
#include "config/sections.h"
#include "core/email.h"
#include "core/utf8.h"

const char *const letter_kinds[] = { "email", "sms", "zalo", NULL };
const char *const letter_parts[] = { "subject", "text", "html" };

const struct str letter_words[LETTER_WORDS] = {
	[WORD_GREETING] = { "greeting", 8 },
	[WORD_GIVEN_NAME] = { "given_name", 10 },
	[WORD_TODAY] = { "today", 5 },
	[WORD_SENDER] = { "sender", 6 },
	[WORD_SENDER_EMAIL] = { "sender.email", 12 },
	[WORD_SENDER_PHONE] = { "sender.phone", 12 },
	[WORD_TO] = { "to", 2 },
	[WORD_MESSAGE_ID] = { "message_id", 10 },
	[WORD_UNSUBSCRIBE] = { "unsubscribe", 11 },
};

const struct letter *letter_named(const struct letters *l, const char *key)
{
	for (size_t i = 0; l && i < l->n; i++)
		if (!strcmp(l->all[i].key, key))
			return &l->all[i];
	return NULL;
}

const struct template *letter_part_in(const struct letter *l, enum letter_part part,
				      enum language language)
{
	const size_t order[] = { 1 + (size_t)language, 0, 2 - (size_t)language };
	for (size_t i = 0; i < countof(order); i++)
		if (l->parts[order[i]][part].name)
			return &l->parts[order[i]][part];
	return NULL;
}

bool mailbox_parse(struct str text, struct mime_address *out, struct arena *a, struct diag *d)
{
	struct str rest = text, name = { 0 };
	if (str_find(text, '<') >= 0)
		str_cut(&rest, '<', &name);
	name = utf8_trim(name);
	if (name.n > 1 && name.p[0] == '"' && name.p[name.n - 1] == '"')
		name = str_sub(name, 1, name.n - 2);
	out->name = name;
	return email_parse(text, &out->address, a, d);
}

static bool check_mailbox(struct config *c, const struct yaml *at, const char *path,
			  const char *text)
{
	struct mime_address x;
	struct diag d = { 0 };
	bool ok = !text || mailbox_parse(str_of(text), &x, c->arena, &d) ||
		  config_mistake(c, at, path, "%.*s", (int)d.message.n, d.message.p);
	diag_free(&d);
	return ok;
}

/* -- templates -- */

static const char templates_help[] =
    "what is written to customers: - welcome: {of: lead, subject: …, text: …, html: …}; kind:\n"
    "email, sms or zalo; vi: and en: {subject: …} where they differ; see crm-mail(1)";

/* A mistake within the text of a template, at the scalar that has it. */
struct place {
	struct config *c;
	const struct yaml *at;
	const char *path;
};

static void tell(void *ctx, struct diag *d)
{
	const struct place *p = ctx;
	config_mistake(p->c, p->at, p->path, "%ld:%ld: %.*s", d->line, d->column, (int)d->message.n,
		       d->message.p);
}

static bool read_part(struct config *c, const struct yaml *map, const char *path,
		      enum letter_part part, struct template *out)
{
	const struct yaml *y = yaml_get(map, letter_parts[part]);
	struct place at = { c, y, arena_printf(c->arena, "%s.%s", path, letter_parts[part]).p };
	struct diag d = { 0 };
	if (!y)
		return true;
	if (y->kind != YAML_SCALAR || yaml_is_null(y) || !utf8_trim(y->text).n)
		return config_mistake(c, y, at.path, "a text is due");
	bool ok = template_parse(y->text, at.path, out, c->arena, &d);
	if (ok && part == LETTER_SUBJECT && str_find(y->text, '\n') >= 0)
		ok = config_mistake(c, y, at.path, "a subject is one line");
	else if (!ok)
		tell(&at, &d);
	diag_free(&d);
	return ok;
}

static const char *const languages[] = { NULL, "en", "vi" }; /* of struct letter.parts */

static bool read_parts(struct config *c, const struct config_item *item, struct letter *l)
{
	static const char *const known[] = { "subject", "text", "html", NULL };
	bool ok = true;
	for (size_t i = 0; i < countof(languages); i++) {
		const struct yaml *map = i ? yaml_get(item->map, languages[i]) : item->map;
		const char *path =
		    i ? arena_printf(c->arena, "%s.%s", item->path, languages[i]).p : item->path;
		if (!map)
			continue;
		if (i && (!config_is_map(c, map, path) || !config_known(c, map, path, known))) {
			ok = false;
			continue;
		}
		for (enum letter_part p = 0; p < LETTER_PARTS; p++)
			ok &= read_part(c, map, path, p, &l->parts[i][p]);
	}
	return ok;
}

static bool read_kind(struct config *c, const struct config_item *item, struct letter *l)
{
	size_t kind = LETTER_EMAIL;
	bool has[LETTER_PARTS];
	if (!config_word_attr(c, item, "kind", letter_kinds, LETTER_KINDS, &kind))
		return false;
	l->kind = (enum letter_kind)kind;
	for (enum letter_part p = 0; p < LETTER_PARTS; p++)
		has[p] = letter_part_in(l, p, ENGLISH) != NULL;
	if (l->kind != LETTER_EMAIL && (has[LETTER_SUBJECT] || has[LETTER_HTML]))
		return config_mistake(c, item->at, item->path,
				      "a message by %s is a text: it has no subject and no html",
				      letter_kinds[l->kind]);
	if (!has[LETTER_TEXT] && !has[LETTER_HTML])
		return config_mistake(c, item->at, item->path, "a text is due, or html");
	return l->kind != LETTER_EMAIL || has[LETTER_SUBJECT] ||
	       config_mistake(c, item->at, item->path, "a subject is due");
}

/* Words of the program, and columns that the template says it needs. */
static struct template_words words_of(struct config *c, const struct letter *l)
{
	struct str rest = str_of(l->columns), one;
	size_t n = LETTER_WORDS, room = n + rest.n + 1;
	struct str *names = arena_new(c->arena, struct str, room);
	memcpy(names, letter_words, sizeof letter_words);
	while (rest.p && str_cut(&rest, ' ', &one))
		names[n++] = one;
	return (struct template_words){ names, NULL, n };
}

static void tell_unknown(void *ctx, struct diag *d)
{
	const struct place *p = ctx;
	config_unknown(p->c, p->at, p->path, "%ld:%ld: %.*s", d->line, d->column, (int)d->message.n,
		       d->message.p);
}

static bool check_type(struct config *c, const struct config_item *item, const struct letter *l,
		       struct str type)
{
	const struct schema *schema = &c->store->schema;
	struct query_context q = { schema, &c->store->settings, .arena = c->arena };
	struct template_words words = words_of(c, l);
	long before = c->mistakes;
	q.entity = schema_entity(schema, type);
	if (!q.entity)
		return config_mistake(c, config_at(item, "of"), item->path,
				      "there is no record type %s", quoted(type, c->arena));
	for (size_t i = 0; i < countof(languages); i++)
		for (enum letter_part p = 0; p < LETTER_PARTS; p++) {
			const struct template *t = &l->parts[i][p];
			const struct yaml *map = i ? yaml_get(item->map, languages[i]) : item->map;
			struct place at = { c, NULL, t->name };
			if (!t->name)
				continue;
			at.at = yaml_get(map, letter_parts[p]);
			template_check(&q, &t, 1, &words, tell_unknown, &at);
		}
	return c->mistakes == before;
}

static bool check_types(struct config *c, const struct config_item *item, const struct letter *l)
{
	struct str rest = str_of(l->of), type;
	bool ok = true;
	while (rest.p && str_cut(&rest, ' ', &type))
		ok &= check_type(c, item, l, type);
	return ok;
}

static bool read_letter(struct config *c, const struct config_item *item, struct letter *l)
{
	static const char *const attrs[] = { "kind",	 "of",		"columns", "from",
					     "reply_to", "unsubscribe", "subject", "text",
					     "html",	 "en",		"vi",	   NULL };
	*l = (struct letter){ .key = item->key, .unsubscribe = true };
	if (!item->map)
		return config_mistake(c, item->at, item->path,
				      "a map {subject: …, text: …} is due behind it");
	bool ok = config_known(c, item->map, item->path, attrs);
	ok &= config_words_attr(c, item, "of", &l->of);
	ok &= config_words_attr(c, item, "columns", &l->columns);
	ok &= config_text_attr(c, item, "from", &l->from);
	ok &= config_text_attr(c, item, "reply_to", &l->reply_to);
	ok &= config_bool_attr(c, item, "unsubscribe", &l->unsubscribe);
	bool owner = l->from && !strcmp(l->from, "owner");
	ok &= owner || check_mailbox(c, config_at(item, "from"), item->path, l->from);
	ok &= check_mailbox(c, config_at(item, "reply_to"), item->path, l->reply_to);
	ok &= read_parts(c, item, l);
	return ok && read_kind(c, item, l) && check_types(c, item, l);
}

static void *templates_read(struct config *c, const struct yaml *y)
{
	struct letters *l = arena_new(c->arena, struct letters, 1);
	struct config_item *items;
	bool ok = config_items(c, y, "templates", false, &items, &l->n);
	l->all = arena_new(c->arena, struct letter, l->n + 1);
	for (size_t i = 0; i < l->n; i++)
		ok &= read_letter(c, &items[i], &l->all[i]);
	return ok ? l : NULL;
}

const struct config_section section_templates = {
	"templates", templates_help, false, document_show, document_plan, templates_read,
};

/* -- mail -- */

static const char mail_help[] =
    "how mail leaves: {from: Name <address>, reply_to: …, domain: of Message-IDs, unsubscribe:\n"
    "{mailto: address, url: https://…?m={{message_id}}}, per_day: 3 (of advertisements to one\n"
    "address in 24 hours)}";

static bool read_unsubscribe(struct config *c, const struct config_item *all,
			     struct mail_settings *m)
{
	static const char *const attrs[] = { "mailto", "url", NULL };
	const struct yaml *y = yaml_get(all->map, "unsubscribe");
	struct config_item item = { .at = y, .map = y, .path = "mail.unsubscribe" };
	const char *url = NULL;
	struct place at = { c, y, "mail.unsubscribe.url" };
	struct diag d = { 0 };
	if (!y || yaml_is_null(y))
		return true;
	if (!config_is_map(c, y, item.path) || !config_known(c, y, item.path, attrs) ||
	    !config_text_attr(c, &item, "mailto", &m->unsubscribe) ||
	    !config_text_attr(c, &item, "url", &url) ||
	    !check_mailbox(c, config_at(&item, "mailto"), item.path, m->unsubscribe))
		return false;
	if (url && !str_starts(str_of(url), "https://"))
		return config_mistake(c, config_at(&item, "url"), at.path,
				      "it begins with https://");
	bool ok = !url || template_parse(str_of(url), at.path, &m->unsubscribe_url, c->arena, &d);
	if (!ok)
		tell(&at, &d);
	diag_free(&d);
	return ok;
}

static void *mail_read(struct config *c, const struct yaml *y)
{
	static const char *const attrs[] = { "from",	    "reply_to", "domain",
					     "unsubscribe", "per_day",	NULL };
	struct mail_settings *m = arena_new(c->arena, struct mail_settings, 1);
	struct config_item item = { .at = y, .map = y, .path = "mail" };
	if (!config_is_map(c, y, "mail") || !config_known(c, y, "mail", attrs))
		return NULL;
	bool ok = config_text_attr(c, &item, "from", &m->from);
	ok &= config_text_attr(c, &item, "reply_to", &m->reply_to);
	ok &= config_text_attr(c, &item, "domain", &m->domain);
	ok &= check_mailbox(c, config_at(&item, "from"), "mail.from", m->from);
	ok &= check_mailbox(c, config_at(&item, "reply_to"), "mail.reply_to", m->reply_to);
	const char *probe = m->domain ? arena_printf(c->arena, "x@%s", m->domain).p : NULL;
	ok &= check_mailbox(c, config_at(&item, "domain"), "mail.domain", probe);
	ok &= read_unsubscribe(c, &item, m);
	ok &= config_int_attr(c, &item, "per_day", 1, 100, &m->per_day);
	return ok ? m : NULL;
}

const struct config_section section_mail = {
	"mail", mail_help, false, document_show, document_plan, mail_read,
};
