/* YAML as text. */
#include "config/emit.h"

#include "config/yaml_put.h"

static void indent(struct emit *e, int depth)
{
	for (int i = 0; i < depth; i++)
		buf_puts(&e->text, "  ");
}

void emit_comment(struct emit *e, int depth, const char *text)
{
	indent(e, depth);
	buf_printf(&e->text, "# %s\n", text);
}

void emit_map(struct emit *e, int depth, struct str key)
{
	indent(e, depth);
	yaml_put_text(&e->text, key);
	buf_puts(&e->text, ":\n");
}

void emit_pair(struct emit *e, int depth, struct str key, struct str text)
{
	indent(e, depth);
	yaml_put_text(&e->text, key);
	buf_puts(&e->text, ": ");
	yaml_put_text(&e->text, text);
	buf_putc(&e->text, '\n');
}

void emit_word_pair(struct emit *e, int depth, const char *key, const char *word)
{
	indent(e, depth);
	buf_printf(&e->text, "%s: %s\n", key, word);
}

void emit_item(struct emit *e, int depth, struct str key)
{
	indent(e, depth);
	buf_puts(&e->text, "- ");
	yaml_put_text(&e->text, key);
	e->attrs = 0;
}

void emit_item_pair(struct emit *e, int depth, struct str key, struct str text)
{
	emit_item(e, depth, key);
	buf_puts(&e->text, ": ");
	yaml_put_text(&e->text, text);
	buf_putc(&e->text, '\n');
}

static void begin_attr(struct emit *e, const char *name)
{
	buf_printf(&e->text, "%s%s: ", e->attrs++ ? ", " : ": {", name);
}

void emit_attr(struct emit *e, const char *name, struct str text)
{
	begin_attr(e, name);
	yaml_put_text(&e->text, text);
}

void emit_word(struct emit *e, const char *name, const char *word)
{
	begin_attr(e, name);
	buf_puts(&e->text, word);
}

void emit_int(struct emit *e, const char *name, int64_t n)
{
	begin_attr(e, name);
	buf_int(&e->text, n);
}

static void put_words(struct emit *e, const char *blank_separated)
{
	struct str rest = str_of(blank_separated), word;
	size_t n = 0;
	buf_putc(&e->text, '[');
	while (str_cut(&rest, ' ', &word)) {
		if (!word.n)
			continue;
		if (n++)
			buf_puts(&e->text, ", ");
		yaml_put_text(&e->text, word);
	}
	buf_putc(&e->text, ']');
}

void emit_words(struct emit *e, const char *name, const char *blank_separated)
{
	begin_attr(e, name);
	put_words(e, blank_separated);
}

static void put_words_behind(struct emit *e, const char *blank_separated)
{
	buf_puts(&e->text, ": ");
	put_words(e, blank_separated);
	buf_putc(&e->text, '\n');
}

void emit_words_pair(struct emit *e, int depth, struct str key, const char *blank_separated)
{
	indent(e, depth);
	yaml_put_text(&e->text, key);
	put_words_behind(e, blank_separated);
}

void emit_item_words(struct emit *e, int depth, struct str key, const char *blank_separated)
{
	emit_item(e, depth, key);
	put_words_behind(e, blank_separated);
}

void emit_end(struct emit *e)
{
	buf_puts(&e->text, e->attrs ? "}\n" : "\n");
}

void emit_free(struct emit *e)
{
	buf_free(&e->text);
}
