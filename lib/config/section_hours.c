/* Business hours, and the days that have others. */
#include "config/sections.h"
#include "store/service.h"

static const char hours_help[] =
    "when the clocks of tickets run: days: [from-to, …]; {}: around the clock";
static const char holidays_help[] =
    "days that are none of business, --09-02 in every year, 2027-02-05..2027-02-10 several;\n"
    "- day: [from-to, …]: other hours";

/* "mon-fri 08:00-12:00 13:00-17:30": what is before the first blank, and behind it. */
struct entry {
	const char *key, *spans;
};

/* Of a text as hours_parse reads it. */
static struct entry *entries_of(const char *text, size_t *n, struct arena *a)
{
	struct str rest = str_of(text), piece;
	struct entry *all = arena_new(a, struct entry, rest.n / 3 + 2);
	*n = 0;
	while (rest.p && str_cut(&rest, ';', &piece)) {
		struct str key;
		piece = str_trim(piece);
		if (!piece.n)
			continue;
		str_cut(&piece, ' ', &key);
		all[*n].key = arena_str(a, key).p;
		all[(*n)++].spans = arena_str(a, str_trim(piece)).p;
	}
	return all;
}

static void show_hours(const struct config_section *section, struct store *s, struct emit *e,
		       struct arena *a)
{
	size_t n;
	const struct entry *all = entries_of(service_get(s)->week, &n, a);
	if (!n)
		emit_word_pair(e, 0, section->name, "{}");
	else
		emit_map(e, 0, str_of(section->name));
	for (size_t i = 0; i < n; i++)
		emit_words_pair(e, 1, str_of(all[i].key), all[i].spans);
}

static void show_holidays(const struct config_section *section, struct store *s, struct emit *e,
			  struct arena *a)
{
	size_t n;
	const struct entry *all = entries_of(service_get(s)->special, &n, a);
	if (!n)
		emit_word_pair(e, 0, section->name, "[]");
	else
		emit_map(e, 0, str_of(section->name));
	for (size_t i = 0; i < n; i++) {
		if (*all[i].spans) {
			emit_item_words(e, 1, str_of(all[i].key), all[i].spans);
			continue;
		}
		emit_item(e, 1, str_of(all[i].key));
		emit_end(e);
	}
}

/* One span more, or several in one text. */
static bool add_spans(struct config *c, const struct yaml *y, const char *path, struct buf *text,
		      struct day_hours *h)
{
	struct diag d = { 0 };
	const char *span;
	if (!config_scalar(c, y, path, &span) || !span)
		return false;
	buf_printf(text, " %s", span);
	bool ok = spans_parse(h, buf_str(text), &d) ||
		  config_mistake(c, y, path, "%.*s", (int)d.message.n, d.message.p);
	diag_free(&d);
	return ok;
}

/* [from-to, …], one alone, or nothing; *out: as it is stored, or NULL after a mistake. */
static const char *read_spans(struct config *c, const struct yaml *y, const char *path)
{
	struct buf text = { 0 }, out = { 0 };
	struct day_hours h = { 0 };
	bool ok = y->kind != YAML_MAP ||
		  config_mistake(c, y, path, "a map where a list [from-to] is due");
	if (ok && y->kind == YAML_SCALAR && !yaml_is_null(y))
		ok = add_spans(c, y, path, &text, &h);
	for (size_t i = 0; ok && y->kind == YAML_LIST && i < y->n; i++)
		ok = add_spans(c, &y->items[i], path, &text, &h);
	for (size_t i = 0; i < h.n; i++)
		buf_printf(&out, "%s%02d:%02d-%02d:%02d", i ? " " : "", h.span[i].from / 60,
			   h.span[i].from % 60, h.span[i].to / 60, h.span[i].to % 60);
	const char *spans = ok ? buf_copy(&out, c->arena).p : NULL;
	buf_free(&text);
	buf_free(&out);
	return spans;
}

/* What a step is given. */
static char *copied(struct str text, struct arena *a)
{
	char *copy = arena_alloc(a, text.n + 1);
	if (text.n)
		memcpy(copy, text.p, text.n);
	return copy;
}

static bool write_hours(struct config *c, void *what, struct diag *d)
{
	(void)d;
	service_set(c->store, what, NULL, NULL, 0);
	return true;
}

static bool write_holidays(struct config *c, void *what, struct diag *d)
{
	(void)d;
	service_set(c->store, NULL, what, NULL, 0);
	return true;
}

/* The days of one key, each once in all. */
static bool read_days(struct config *c, const struct yaml *key, bool *seen)
{
	struct diag d = { 0 };
	int first = 0, last = 0;
	bool ok = weekdays_parse(key->text, &first, &last, &d) ||
		  config_mistake(c, key, "hours", "%.*s", (int)d.message.n, d.message.p);
	for (int i = first; ok && i <= last; i++) {
		if (seen[i])
			ok =
			    config_mistake(c, key, "hours", "%s has a day that stands here already",
					   quoted(key->text, c->arena));
		seen[i] = true;
	}
	diag_free(&d);
	return ok;
}

static const char *hours_words(const char *text)
{
	return *text ? text : "around the clock";
}

static void plan_hours(struct config *c, const struct yaml *y)
{
	struct buf b = { 0 };
	bool seen[7] = { false }, ok = true, open = false;
	if (!config_is_map(c, y, "hours"))
		return;
	for (size_t i = 0; i < y->n; i++) {
		const char *path =
		    arena_printf(c->arena, "hours.%.*s", (int)y->keys[i].text.n, y->keys[i].text.p)
			.p;
		ok &= read_days(c, &y->keys[i], seen);
		const char *spans = read_spans(c, &y->items[i], path);
		ok &= spans != NULL;
		open |= spans && *spans;
		buf_printf(&b, "%s%.*s%s%s", b.n ? ";" : "", (int)y->keys[i].text.n,
			   y->keys[i].text.p, spans && *spans ? " " : "", spans ? spans : "");
	}
	if (ok && y->n && !open)
		ok = config_mistake(c, y, "hours", "no day has any; {} is around the clock");
	const char *now = buf_copy(&b, c->arena).p, *was = service_get(c->store)->week;
	buf_free(&b);
	if (!ok || !strcmp(now, was))
		return;
	config_difference(c, "~ hours: %s → %s", hours_words(was), hours_words(now));
	config_do(c, y, "hours", write_hours, copied(str_of(now), c->arena));
}

/* A day of one year, or of all; or several. */
static bool read_day(struct config *c, const struct yaml *y, const char **day)
{
	struct diag d = { 0 };
	struct hours h;
	if (!config_scalar(c, y, "holidays", day))
		return false;
	struct str s = str_of(*day);
	bool one = s.n && !memchr(s.p, ' ', s.n) && !memchr(s.p, ';', s.n);
	bool ok = one && hours_parse(&h, (struct str){ 0 }, s, c->arena, &d);
	if (!ok && d.message.n)
		config_mistake(c, y, "holidays", "%.*s", (int)d.message.n, d.message.p);
	else if (!ok)
		config_mistake(c, y, "holidays", "%s is no day such as 2026-01-01 or --09-02",
			       quoted(s, c->arena));
	diag_free(&d);
	return ok;
}

/* `- day` or `- day: [from-to, …]`. */
static bool read_holiday(struct config *c, const struct yaml *y, struct entry *out)
{
	const struct yaml *key = y;
	out->spans = "";
	if (y->kind == YAML_MAP && y->n == 1)
		key = &y->keys[0];
	else if (y->kind != YAML_SCALAR)
		return config_mistake(c, y, "holidays",
				      "%s where \"- day\" or \"- day: [from-to]\" is due",
				      y->kind == YAML_MAP ? "a map of several" : yaml_what(y));
	if (!read_day(c, key, &out->key))
		return false;
	if (y->kind == YAML_MAP)
		out->spans =
		    read_spans(c, &y->items[0], arena_printf(c->arena, "holidays.%s", out->key).p);
	return out->spans != NULL;
}

static const struct entry *entry_of(const struct entry *all, size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(all[i].key, key))
			return &all[i];
	return NULL;
}

static const char *spans_words(const char *spans)
{
	return *spans ? spans : "closed";
}

static void differ(struct config *c, const struct entry *was, size_t nwas, const struct entry *now,
		   size_t nnow)
{
	for (size_t i = 0; i < nnow; i++) {
		const struct entry *old = entry_of(was, nwas, now[i].key);
		if (!old)
			config_difference(c, "+ holidays: %s%s%s", now[i].key,
					  *now[i].spans ? " " : "", now[i].spans);
		else if (strcmp(old->spans, now[i].spans))
			config_difference(c, "~ holidays %s: %s → %s", now[i].key,
					  spans_words(old->spans), spans_words(now[i].spans));
	}
	for (size_t i = 0; i < nwas; i++)
		if (!entry_of(now, nnow, was[i].key))
			config_difference(c, "- holidays: %s", was[i].key);
}

/* As hours_parse reads them. */
static char *joined(const struct entry *all, size_t n, struct arena *a)
{
	struct buf b = { 0 };
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%s%s%s%s", i ? ";" : "", all[i].key, *all[i].spans ? " " : "",
			   all[i].spans);
	char *text = copied(buf_str(&b), a);
	buf_free(&b);
	return text;
}

static void plan_holidays(struct config *c, const struct yaml *y)
{
	size_t nwas, n = 0, before = c->differences;
	bool none = yaml_is_null(y), ok = true;
	if (!none && y->kind != YAML_LIST) {
		config_mistake(c, y, "holidays", "%s where a list (- day) is due", yaml_what(y));
		return;
	}
	struct entry *now = arena_new(c->arena, struct entry, y->n + 1);
	for (size_t i = 0; !none && i < y->n; i++) {
		if (!read_holiday(c, &y->items[i], &now[n]))
			ok = false;
		else if (entry_of(now, n, now[n].key))
			ok = config_mistake(c, &y->items[i], "holidays", "%s stands here already",
					    now[n].key);
		else
			n++;
	}
	const struct entry *was = entries_of(service_get(c->store)->special, &nwas, c->arena);
	if (ok)
		differ(c, was, nwas, now, n);
	if (c->differences > before)
		config_do(c, y, "holidays", write_holidays, joined(now, n, c->arena));
}

const struct config_section section_hours = { "hours",	  hours_help, false,
					      show_hours, plan_hours, NULL };
const struct config_section section_holidays = { "holidays",	holidays_help, false,
						 show_holidays, plan_holidays, NULL };
