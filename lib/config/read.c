/* Reading the nodes of a section: what is due, or a mistake where it stands. */
#include "config/config.h"
#include "core/map.h"
#include "core/utf8.h"

enum { KEY_MAX = 64, TEXT_MAX = 1000 };

bool config_is_map(struct config *c, const struct yaml *y, const char *path)
{
	return y->kind == YAML_MAP ||
	       config_mistake(c, y, path, "%s where a map is due", yaml_what(y));
}

/* C0, DEL and C1, of which a terminal obeys the last as well. */
static bool is_control(struct str s, size_t i)
{
	unsigned char c = (unsigned char)s.p[i], next = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
	return c < 0x20 || c == 0x7f || (c == 0xc2 && next < 0xa0);
}

/* Control characters and line ends are no part of a label. */
static bool check_text(struct config *c, const struct yaml *y, const char *path, struct str s)
{
	if (s.n > TEXT_MAX)
		return config_mistake(c, y, path, "the text is longer than %d bytes", TEXT_MAX);
	for (size_t i = 0; i < s.n; i++)
		if (is_control(s, i))
			return config_mistake(c, y, path, "%s has a control character",
					      quoted(s, c->arena));
	return true;
}

bool config_scalar(struct config *c, const struct yaml *y, const char *path, const char **out)
{
	*out = NULL;
	if (y->kind != YAML_SCALAR)
		return config_mistake(c, y, path, "%s where a text is due", yaml_what(y));
	if (yaml_is_null(y))
		return true;
	struct str s = utf8_nfc(utf8_trim(y->text), c->arena);
	if (!check_text(c, y, path, s))
		return false;
	*out = s.n ? arena_str(c->arena, s).p : NULL;
	return true;
}

bool config_key(struct config *c, const struct yaml *y, const char *path, const char *what)
{
	struct str s = y->text;
	if (y->kind != YAML_SCALAR)
		return config_mistake(c, y, path, "%s where %s is due", yaml_what(y), what);
	if (!s.n || s.n > KEY_MAX)
		return config_mistake(c, y, path, "%s is of 1 to %d bytes", what, KEY_MAX);
	for (size_t i = 0; i < s.n; i++)
		if (is_control(s, i) || strchr(" ,;:=\"'()[]{}<>|&\\", s.p[i]))
			return config_mistake(c, y, path,
					      "%s: blanks, quotes, brackets and , ; : = | & \\ are "
					      "nothing for %s",
					      quoted(s, c->arena), what);
	static const char *const own[] = { "none", "any", "me" };
	for (size_t i = 0; i < countof(own); i++)
		if (str_is(s, own[i]))
			return config_mistake(c, y, path, "%s has a meaning of its own",
					      quoted(s, c->arena));
	if (s.p[0] == '-' || s.p[0] == '+' || s.p[0] == '.')
		return config_mistake(c, y, path, "%s must begin with a letter or digit", what);
	return true;
}

/* The parts of an item: its key, and what stands behind it. */
static bool split_item(struct config *c, const struct yaml *y, const char *path, bool names,
		       struct config_item *item)
{
	const struct yaml *behind = NULL;
	item->at = y;
	if (y->kind == YAML_MAP && y->n == 1) {
		item->at = &y->keys[0];
		behind = &y->items[0];
	} else if (y->kind == YAML_MAP && y->n > 1) {
		return config_mistake(c, &y->keys[1], path,
				      "an item has one key, %s; what is said of it stands in {…}, "
				      "or further in",
				      quoted(y->keys[0].text, c->arena));
	} else if (y->kind != YAML_SCALAR) {
		return config_mistake(c, y, path, "%s where \"- key: {…}\" is due", yaml_what(y));
	}
	if (names ? !config_scalar(c, item->at, path, &item->key)
		  : !config_key(c, item->at, path, "a key"))
		return false;
	if (!names)
		item->key = arena_str(c->arena, utf8_nfc(item->at->text, c->arena)).p;
	if (!item->key)
		return config_mistake(c, item->at, path, "a name must not be empty");
	item->path = arena_printf(c->arena, "%s.%s", path, item->key).p;
	if (!behind || yaml_is_null(behind))
		return true;
	if (behind->kind == YAML_SCALAR)
		return config_scalar(c, behind, item->path, &item->label);
	item->map = behind;
	return config_is_map(c, behind, item->path);
}

bool config_items(struct config *c, const struct yaml *y, const char *path, bool names,
		  struct config_item **items, size_t *n)
{
	struct map seen = { 0 };
	bool ok = true;
	*n = 0;
	*items = arena_new(c->arena, struct config_item, y->n + 1);
	if (yaml_is_null(y))
		return true;
	if (y->kind != YAML_LIST)
		return config_mistake(c, y, path, "%s where a list (- …) is due", yaml_what(y));
	for (size_t i = 0; i < y->n; i++) {
		struct config_item *item = &(*items)[*n];
		if (!split_item(c, &y->items[i], path, names, item)) {
			ok = false;
			continue;
		}
		int64_t *line = map_at(&seen, str_of(item->key));
		if (*line)
			ok = config_mistake(c, item->at, item->path, "stands in line %lld already",
					    (long long)*line);
		*line = item->at->line;
		++*n;
	}
	map_free(&seen);
	return ok;
}

bool config_known(struct config *c, const struct yaml *map, const char *path,
		  const char *const *names)
{
	size_t n = 0;
	bool ok = true;
	while (names[n])
		n++;
	for (size_t i = 0; map && i < map->n; i++) {
		struct str key = map->keys[i].text;
		bool known = false;
		for (size_t j = 0; j < n; j++)
			known |= str_is(key, names[j]);
		if (!known)
			ok = config_mistake(c, &map->keys[i], path, "there is no %s here%s",
					    quoted(key, c->arena), config_meant(c, key, names, n));
	}
	return ok;
}

const struct yaml *config_attr(const struct config_item *item, const char *name)
{
	return item->map ? yaml_get(item->map, name) : NULL;
}

const struct yaml *config_at(const struct config_item *item, const char *name)
{
	const struct yaml *y = config_attr(item, name);
	return y ? y : item->at;
}

static const char *attr_path(struct config *c, const struct config_item *item, const char *name)
{
	return arena_printf(c->arena, "%s.%s", item->path, name).p;
}

bool config_text_attr(struct config *c, const struct config_item *item, const char *name,
		      const char **out)
{
	const struct yaml *y = config_attr(item, name);
	return !y || config_scalar(c, y, attr_path(c, item, name), out);
}

bool config_bool_attr(struct config *c, const struct config_item *item, const char *name, bool *out)
{
	const struct yaml *y = config_attr(item, name);
	if (!y)
		return true;
	*out = y->kind == YAML_SCALAR && str_is(y->text, "true");
	return *out || (y->kind == YAML_SCALAR && str_is(y->text, "false")) ||
	       config_mistake(c, y, attr_path(c, item, name), "true or false is due");
}

bool config_int_attr(struct config *c, const struct config_item *item, const char *name,
		     int64_t least, int64_t most, int64_t *out)
{
	const struct yaml *y = config_attr(item, name);
	if (!y)
		return true;
	if (y->kind == YAML_SCALAR && str_int(y->text, out) && *out >= least && *out <= most)
		return true;
	return config_mistake(c, y, attr_path(c, item, name), "a number from %lld to %lld is due",
			      (long long)least, (long long)most);
}

bool config_word_attr(struct config *c, const struct config_item *item, const char *name,
		      const char *const *words, size_t n, size_t *out)
{
	const char *text = NULL;
	struct buf all = { 0 };
	if (!config_text_attr(c, item, name, &text))
		return false;
	if (!text)
		return true;
	for (size_t i = 0; i < n; i++)
		if (!strcmp(text, words[i])) {
			*out = i;
			return true;
		}
	for (size_t i = 0; i < n; i++)
		buf_printf(&all, "%s%s", !i ? "" : i + 1 < n ? ", " : " or ", words[i]);
	config_mistake(c, config_at(item, name), attr_path(c, item, name), "%.*s is due, not %s",
		       (int)all.n, all.p, quoted(str_of(text), c->arena));
	buf_free(&all);
	return false;
}

bool config_days_attr(struct config *c, const struct config_item *item, const char *name,
		      int64_t *days)
{
	enum { TEN_YEARS = 3650 };
	const char *text = NULL;
	struct delay d = { 0 };
	if (!config_text_attr(c, item, name, &text))
		return false;
	struct str s = str_of(text);
	if (!s.n)
		return true;
	if ((!str_int(s, &d.days) && !delay_parse(s, &d)) || d.seconds || d.days < 0 ||
	    d.days > TEN_YEARS)
		return config_mistake(c, config_at(item, name), item->path,
				      "%s is no time such as 14d or 2w (up to ten years)",
				      quoted(s, c->arena));
	*days = d.days;
	return true;
}

bool config_when_attr(struct config *c, const struct config_item *item, const char *name,
		      int64_t *at)
{
	const char *text = NULL;
	struct diag d = { 0 };
	struct when w;
	if (!config_text_attr(c, item, name, &text))
		return false;
	if (!text)
		return true;
	bool ok = when_parse(str_of(text), &c->store->settings.calendar, &w, &d);
	if (ok)
		*at = w.is_instant ? w.from : zone_instant(w.from, 0);
	else
		config_mistake(c, config_at(item, name), attr_path(c, item, name), "%.*s",
			       (int)d.message.n, d.message.p);
	diag_free(&d);
	return ok;
}

bool config_delay(struct config *c, const struct yaml *y, const char *path, struct delay *out)
{
	const char *text;
	*out = (struct delay){ 0 };
	if (!config_scalar(c, y, path, &text))
		return false;
	return (text && delay_parse(str_of(text), out)) ||
	       config_mistake(c, y, path, "%s is no time such as 10min, 2h, 3d or 1w",
			      text ? quoted(str_of(text), c->arena) : "null");
}

bool config_delay_attr(struct config *c, const struct config_item *item, const char *name,
		       struct delay *out)
{
	const struct yaml *y = config_attr(item, name);
	const char *path = attr_path(c, item, name);
	if (!y)
		return true;
	*out = (struct delay){ 0 };
	return yaml_is_null(y) ||
	       (config_delay(c, y, path, out) &&
		(delay_seconds(*out) || config_mistake(c, y, path, "more than no time is due")));
}

bool config_words_attr(struct config *c, const struct config_item *item, const char *name,
		       const char **out)
{
	const struct yaml *y = config_attr(item, name);
	const char *path = attr_path(c, item, name);
	struct buf b = { 0 };
	bool ok = true;
	*out = NULL;
	if (!y || yaml_is_null(y))
		return true;
	if (y->kind == YAML_MAP)
		return config_mistake(c, y, path, "a map where a list [a, b] is due");
	for (size_t i = 0; i < (y->kind == YAML_LIST ? y->n : 1); i++) {
		const struct yaml *word = y->kind == YAML_LIST ? &y->items[i] : y;
		if (!config_key(c, word, path, "a name")) {
			ok = false;
			continue;
		}
		if (b.n)
			buf_putc(&b, ' ');
		buf_put(&b, word->text);
	}
	if (b.n)
		*out = buf_copy(&b, c->arena).p;
	buf_free(&b);
	return ok;
}

void config_differs(struct config *c, const char *what, const char *name, const char *was,
		    const char *now)
{
	if (str_eq(str_of(was), str_of(now)))
		return;
	config_difference(c, "~ %s: %s %s → %s", what, name,
			  was ? quoted(str_of(was), c->arena) : "none",
			  now ? quoted(str_of(now), c->arena) : "none");
}
