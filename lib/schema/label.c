/* Labels: of fields, picklist values, stages, in English and Vietnamese. */
#include "schema/label.h"

static const char *const names[] = { [ENGLISH] = "en", [VIETNAMESE] = "vi" };

const char *language_name(enum language l)
{
	return names[l];
}

bool language_parse(struct str text, enum language *out)
{
	struct str name = str_sub(text, 0, 2);
	if (text.n > 2 && !strchr("_-.@", text.p[2]))
		return false;
	for (size_t i = 0; i < countof(names); i++) {
		if (str_is(name, names[i])) {
			*out = (enum language)i;
			return true;
		}
	}
	return false;
}

const char *label(enum language l, const char *en, const char *vi)
{
	const char *first = l == VIETNAMESE ? vi : en, *other = l == VIETNAMESE ? en : vi;
	return first && *first ? first : other && *other ? other : NULL;
}

struct str label_of_name(struct str name, struct arena *a)
{
	char *out = arena_alloc(a, name.n + 1);
	for (size_t i = 0; i < name.n; i++)
		out[i] = name.p[i] == '_' ? ' ' : name.p[i];
	if (name.n && out[0] >= 'a' && out[0] <= 'z')
		out[0] = (char)(out[0] - 'a' + 'A');
	return (struct str){ out, name.n };
}

struct str field_label(const struct field *f, enum language l, struct arena *a)
{
	struct str named = label_of_name(str_of(f->name), a);
	return str_of(label(l, f->label ? f->label : named.p, f->label_vi));
}

struct str entity_label(const struct entity *e, enum language l, struct arena *a)
{
	struct str named = label_of_name(str_of(e->name), a);
	return str_of(label(l, named.p, e->label_vi));
}

static const char *or_key(const char *label, const char *key)
{
	return label ? label : key;
}

const char *pick_label(const struct pick *p, enum language l)
{
	return or_key(label(l, p->en, p->vi), p->key);
}

const char *stage_label(const struct stage *s, enum language l)
{
	return or_key(label(l, s->en, s->vi), s->key);
}

const char *pipeline_label(const struct pipeline *p, enum language l)
{
	return or_key(label(l, p->en, p->vi), p->key);
}

const char *stage_kind_label(enum stage_kind k, enum language l)
{
	static const char *const en[] = { "open", "won", "lost" };
	static const char *const vi[] = { "đang mở", "thắng", "thua" };
	return label(l, en[k], vi[k]);
}

const char *truth_label(bool truth, enum language l)
{
	return truth ? label(l, "yes", "có") : label(l, "no", "không");
}

struct str key_label(const struct picklist *list, struct str key, enum language l)
{
	for (size_t i = 0; i < list->n; i++)
		if (str_is(key, list->picks[i].key))
			return str_of(pick_label(&list->picks[i], l));
	return key;
}
