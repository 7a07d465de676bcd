/* Records that wait. */
#include "schema/spool.h"

#include <stdlib.h>

#include "core/temporary.h"

enum { IN_MEMORY = 1 << 20, BUFFER = 1 << 18 /* read back in turn */ };

/* What a record begins with; behind it are its texts and values. */
struct head {
	size_t length; /* of these */
	long line;
	int64_t id;
	unsigned source;
	bool unreadable, absent;
};

/* What get_text takes, at `to`; gives where that ends.  The NUL is for who gets the text. */
static char *put_text(char *to, struct str s)
{
	uint32_t n = (uint32_t)s.n; /* records are not longer than RECORD_MAX */
	memcpy(to, &n, sizeof n);
	if (n)
		memcpy(to + sizeof n, s.p, n);
	to[sizeof n + n] = '\0';
	return to + sizeof n + n + 1;
}

enum { TEXT_ROOM = sizeof(uint32_t) + 1 }; /* that it takes beside the text */

/* What a value begins with; behind it are its number and its text, if it has them. */
struct value_head {
	uint16_t place; /* of its field; none behind the last value */
	uint8_t kind, scale;
};

static void put_value(struct buf *b, size_t place, const struct value *v)
{
	struct value_head head = { (uint16_t)place, (uint8_t)v->kind, v->scale };
	char *to = buf_room(b, sizeof head + sizeof v->i + TEXT_ROOM + v->s.n);
	memcpy(to, &head, sizeof head);
	to += sizeof head;
	if (v->kind == V_INT) {
		memcpy(to, &v->i, sizeof v->i);
		to += sizeof v->i;
	}
	if (v->kind != V_NULL) /* of an amount: the currency that it named */
		to = put_text(to, v->s);
	b->n = (size_t)(to - b->p);
}

static void put_values(struct spool *s, const struct record *r)
{
	const struct value *v = r->values, *end = v ? v + s->entity->nfields : v;
	for (; v < end; v++) {
		if (v->kind == V_NONE)
			continue;
		size_t place = (size_t)(v - r->values);
		s->mentioned[place] = true;
		put_value(&s->buf, place, v);
	}
	put_value(&s->buf, s->entity->nfields, &(struct value){ .kind = V_NULL });
}

static void flush(struct spool *s)
{
	if (!s->file) { /* without a buffer of ours the C library takes one of a page */
		s->block = xmalloc(BUFFER);
		setvbuf(s->file = temporary_nameless(), s->block, _IOFBF, BUFFER);
	}
	if (fwrite(s->buf.p, 1, s->buf.n, s->file) != s->buf.n)
		die(STATUS_ENV, "cannot write a temporary file:");
	s->buf.n = 0;
}

void spool_put_item(struct spool *s, const struct spooled *item)
{
	struct head head = { .line = item->line,
			     .id = item->record.id,
			     .source = item->source,
			     .unreadable = item->unreadable,
			     .absent = item->absent };
	const struct str texts[] = { item->raw, item->further, item->field, item->refused };
	size_t start = s->buf.n, size = sizeof head;
	for (size_t i = 0; i < countof(texts); i++)
		size += TEXT_ROOM + texts[i].n;
	char *to = buf_room(&s->buf, size) + sizeof head;
	for (size_t i = 0; i < countof(texts); i++)
		to = put_text(to, texts[i]);
	s->buf.n += size;
	put_values(s, &item->record);
	head.length = s->buf.n - start - sizeof head;
	memcpy(s->buf.p + start, &head, sizeof head);
	s->n++;
	if (s->buf.n > IN_MEMORY)
		flush(s);
}

void spool_put(struct spool *s, const struct record *r, long line, struct str raw)
{
	spool_put_item(s, &(struct spooled){ .record = *r, .line = line, .raw = raw });
}

void spool_rewind(struct spool *s)
{
	s->at = 0;
	if (!s->file)
		return;
	if (s->buf.n)
		flush(s);
	if (fflush(s->file) != 0)
		die(STATUS_ENV, "cannot write a temporary file:");
	rewind(s->file);
}

static void get_bytes(const char **at, void *p, size_t n)
{
	memcpy(p, *at, n);
	*at += n;
}

static struct str get_text(const char **at)
{
	uint32_t n;
	get_bytes(at, &n, sizeof n);
	struct str text = { *at, n };
	*at += n + 1;
	return text;
}

/* The head of the next record, and what is behind it (from the file, where there is one). */
static const char *fetch(struct spool *s, struct head *head, struct arena *a)
{
	if (!s->file) {
		if (s->at == s->buf.n)
			return NULL;
		const char *from = s->buf.p + s->at;
		get_bytes(&from, head, sizeof *head);
		s->at += sizeof *head + head->length;
		return memcpy(arena_take(a, head->length), from, head->length);
	}
	if (fread(head, sizeof *head, 1, s->file) != 1)
		return NULL;
	char *bytes = arena_take(a, head->length);
	if (fread(bytes, 1, head->length, s->file) != head->length)
		die(STATUS_ENV, "cannot read a temporary file:");
	return bytes;
}

static void get_values(const char **at, struct record *r)
{
	for (;;) {
		struct value_head head;
		get_bytes(at, &head, sizeof head);
		if (head.place == r->entity->nfields)
			return;
		struct value *v = &r->values[head.place];
		v->kind = (enum kind)head.kind;
		v->scale = head.scale;
		if (v->kind == V_INT)
			get_bytes(at, &v->i, sizeof v->i);
		if (v->kind != V_NULL)
			v->s = get_text(at);
	}
}

bool spool_get_item(struct spool *s, struct spooled *item, struct arena *a)
{
	struct head head;
	const char *at = fetch(s, &head, a);
	if (!at)
		return false;
	*item = (struct spooled){ .record = record_new(s->entity, a),
				  .line = head.line,
				  .source = head.source,
				  .unreadable = head.unreadable,
				  .absent = head.absent };
	item->record.id = head.id;
	item->raw = get_text(&at);
	item->further = get_text(&at);
	item->field = get_text(&at);
	item->refused = get_text(&at);
	get_values(&at, &item->record);
	return true;
}

bool spool_get(struct spool *s, struct record *r, long *line, struct str *raw, struct arena *a)
{
	struct spooled item;
	if (!spool_get_item(s, &item, a))
		return false;
	*r = item.record;
	*line = item.line;
	*raw = item.raw;
	return true;
}

void spool_free(struct spool *s)
{
	if (s->file)
		fclose(s->file);
	free(s->block);
	buf_free(&s->buf);
}
