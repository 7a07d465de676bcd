/* crm-query: read-only SQL, in any output format. */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/command.h"
#include "core/buf.h"

static struct str read_stdin(struct crm *crm)
{
	struct buf b = { 0 };
	size_t n;
	if (isatty(STDIN_FILENO))
		usage(crm, "what is the question? Write SQL, or pipe it in");
	while ((n = fread(buf_room(&b, 1 << 16), 1, 1 << 16, stdin)) > 0)
		b.n += n;
	if (ferror(stdin))
		die(STATUS_ENV, "cannot read <stdin>:");
	struct str text = buf_copy(&b, &crm->arena);
	buf_free(&b);
	return text;
}

/* 5 is a number; 007, +5 and 0912345678 are text, as people type codes and telephones. */
static struct value parameter(const char *word, struct arena *a)
{
	struct str text = str_of(word);
	int64_t i;
	if (str_int(text, &i) && str_eq(arena_printf(a, "%lld", (long long)i), text))
		return value_int(i);
	return value_text(text);
}

/* The engine counts characters through all lines. */
static void find_line(struct diag *d, struct str text)
{
	long left = d->column;
	d->line = 1;
	for (size_t i = 0; i < text.n && left > 1; i++) {
		bool begins = ((unsigned char)text.p[i] & 0xc0) != 0x80;
		left -= begins;
		if (text.p[i] == '\n') {
			d->line++;
			d->column = left;
		}
	}
}

static bool named_before(const struct column *c, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(c[i].name, name))
			return true;
	return false;
}

/* A JSON object names a key once: the second count becomes count_2. */
static struct column *columns_of(struct stmt *rows, size_t n, struct arena *a)
{
	struct column *c = arena_new(a, struct column, n);
	for (size_t i = 0; i < n; i++) {
		struct str plain = arena_str(a, str_of(stmt_name(rows, i))), name = plain;
		for (int k = 2; named_before(c, i, name); k++)
			name = arena_printf(a, "%s_%d", plain.p, k);
		c[i] = (struct column){ name, name, false };
	}
	return c;
}

static struct cell cell_at(struct stmt *rows, size_t i, struct arena *a)
{
	struct value v = stmt_value(rows, i);
	if (v.kind == V_NULL)
		return cell_null();
	if (v.kind == V_INT)
		return cell_int(v.i, a);
	bool number = stmt_is_number(rows, i);
	bool finite = number && v.s.n && strchr("-0123456789", v.s.p[0]) && v.s.p[v.s.n - 1] != 'f';
	return (struct cell){ finite ? CELL_NUMBER : CELL_TEXT, v.s };
}

static void print(struct crm *crm, struct stmt *rows)
{
	struct arena a = { 0 };
	size_t n = stmt_columns(rows);
	bool more = stmt_step(rows); /* numbers stand right: the first row says which they are */
	struct column *columns = columns_of(rows, n, &crm->arena);
	for (size_t i = 0; more && i < n; i++)
		columns[i].right = stmt_is_number(rows, i);
	struct cell *cells = arena_new(&crm->arena, struct cell, n);
	struct writer *w = writer_for(crm, stdout, columns, n);
	for (; more; more = stmt_step(rows)) {
		for (size_t i = 0; i < n; i++)
			cells[i] = cell_at(rows, i, &a);
		writer_row(w, cells);
		arena_reset(&a);
	}
	writer_close(w);
	arena_free(&a);
}

static int run(struct crm *crm, int argc, char **argv)
{
	bool piped = !argc || !strcmp(argv[0], "-");
	struct str text = piped ? read_stdin(crm) : str_of(argv[0]);
	size_t n = argc > 1 ? (size_t)argc - 1 : 0;
	struct value *params = arena_new(&crm->arena, struct value, n);
	for (size_t i = 0; i < n; i++)
		params[i] = parameter(argv[i + 1], &crm->arena);
	crm->diag.source = STR("SQL");
	struct stmt *rows = db_query_text(crm->store->db, text, params, n, &crm->diag);
	if (!rows) {
		if (crm->diag.column)
			find_line(&crm->diag, text);
		refuse(crm, STATUS_USAGE);
	}
	print(crm, rows);
	stmt_close(rows);
	return STATUS_OK;
}

static const struct verb verbs[] = {
	{ "", "[SQL|-] [PARAMETER…]", "run read-only SQL", NEED_READ | NEED_SQL, NULL, run },
	{ 0 },
};

static const struct command command = { "query", "read-only SQL on the database", verbs, NULL,
					NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
