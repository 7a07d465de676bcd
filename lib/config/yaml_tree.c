/* A tree of YAML as text: short things on a line, long ones below each other. */
#include "config/yaml_put.h"

enum { WIDTH = 100, STEP = 2 };

static void indent(struct buf *b, int columns)
{
	for (int i = 0; i < columns; i++)
		buf_putc(b, ' ');
}

static void put_scalar(struct buf *b, const struct yaml *y)
{
	if (yaml_is_null(y))
		buf_puts(b, "null");
	else if (y->quoted)
		yaml_put_text(b, y->text);
	else
		yaml_put(b, y->text);
}

/* Whether it has text of several lines, which reads better as such. */
static bool has_lines(const struct yaml *y)
{
	if (y->kind == YAML_SCALAR)
		return memchr(y->text.p ? y->text.p : "", '\n', y->text.n);
	for (size_t i = 0; i < y->n; i++)
		if (has_lines(&y->items[i]))
			return true;
	return false;
}

void yaml_put_flow(struct buf *b, const struct yaml *y)
{
	if (y->kind == YAML_SCALAR) {
		put_scalar(b, y);
		return;
	}
	buf_putc(b, y->kind == YAML_MAP ? '{' : '[');
	for (size_t i = 0; i < y->n; i++) {
		buf_puts(b, i ? ", " : "");
		if (y->kind == YAML_MAP) {
			yaml_put_text(b, y->keys[i].text);
			buf_puts(b, ": ");
		}
		yaml_put_flow(b, &y->items[i]);
	}
	buf_putc(b, y->kind == YAML_MAP ? '}' : ']');
}

/* On the line at hand, if it fits there. */
static bool put_short(struct buf *b, const struct yaml *y)
{
	struct buf flow = { 0 };
	size_t start = b->n;
	if (has_lines(y))
		return false;
	while (start && b->p[start - 1] != '\n')
		start--;
	yaml_put_flow(&flow, y);
	bool fits = y->kind == YAML_SCALAR || !y->n || b->n - start + flow.n < WIDTH;
	if (fits) {
		buf_putc(b, ' ');
		buf_put(b, buf_str(&flow));
		buf_putc(b, '\n');
	}
	buf_free(&flow);
	return fits;
}

/* Lines of their own; with the line end that yaml_put_block leaves out. */
static void put_lines(struct buf *b, struct str text, int in)
{
	struct buf block = { 0 };
	bool ends = text.n > 1 && text.p[text.n - 1] == '\n' && text.p[text.n - 2] != '\n';
	yaml_put_block(&block, ends ? str_sub(text, 0, text.n - 1) : text);
	if (ends && !str_starts(buf_str(&block), "|-\n")) {
		block.n = 0;
		yaml_put(&block, text);
		ends = false;
	}
	struct str rest = buf_str(&block), line;
	buf_putc(b, ' ');
	for (bool first = true; str_cut(&rest, '\n', &line); first = false) {
		if (!first && line.n)
			indent(b, in - STEP);
		buf_put(b, first && ends ? STR("|") : line);
		buf_putc(b, '\n');
	}
	buf_free(&block);
}

static void put_behind(struct buf *b, const struct yaml *y, int in);

static void put_pair(struct buf *b, const struct yaml *y, size_t i, int in)
{
	yaml_put_text(b, y->keys[i].text);
	buf_putc(b, ':');
	put_behind(b, &y->items[i], in + STEP);
}

/* A map's first pair stands behind "- ", the others below it. */
static void put_item(struct buf *b, const struct yaml *y, int in)
{
	bool pairs = y->kind == YAML_MAP && y->n;
	buf_putc(b, '-');
	if (!pairs)
		put_behind(b, y, in + STEP);
	if (!pairs || (y->n > 1 && put_short(b, y)))
		return;
	buf_putc(b, ' ');
	for (size_t i = 0; i < y->n; i++) {
		if (i)
			indent(b, in + STEP);
		put_pair(b, y, i, in + STEP);
	}
}

/* Behind "key:" or "-", and below it `in` columns further in. */
static void put_behind(struct buf *b, const struct yaml *y, int in)
{
	if (put_short(b, y))
		return;
	if (y->kind == YAML_SCALAR) {
		put_lines(b, y->text, in);
		return;
	}
	buf_putc(b, '\n');
	for (size_t i = 0; i < y->n; i++) {
		indent(b, in);
		if (y->kind == YAML_MAP)
			put_pair(b, y, i, in);
		else
			put_item(b, &y->items[i], in);
	}
}

void yaml_put_section(struct buf *b, const char *name, const struct yaml *y)
{
	bool map = y->kind == YAML_MAP;
	buf_printf(b, "%s:%s", name, y->n ? "\n" : " []\n");
	for (size_t i = 0; i < y->n; i++) {
		indent(b, STEP);
		if (map)
			put_pair(b, y, i, STEP);
		else
			put_item(b, &y->items[i], STEP);
	}
}
