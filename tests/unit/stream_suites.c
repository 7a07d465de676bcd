/* Readers and writers against the corpora that other people wrote to break theirs. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <jansson.h>

#include "stream/writer.h"
#include "stream_fixture.h"

struct counts {
	int rows, bad;
	bool opened;
};

static struct counts read_all(int fd, const struct reader_options *o)
{
	struct counts c = { 0 };
	struct diag d = { 0 };
	struct arena a = { 0 };
	struct row row;
	struct reader *r = reader_open(fd, "test", o, &d);
	c.opened = r != NULL;
	assert_true(r || d.message.n);
	for (enum read_result got; r && (got = reader_next(r, &row, &a, &d)) != READ_END;) {
		c.rows += got == READ_ROW;
		c.bad += got == READ_BAD;
		assert_true((got == READ_BAD) == (d.message.n > 0));
		arena_reset(&a);
	}
	reader_close(r);
	arena_free(&a);
	diag_free(&d);
	return c;
}

/* The cells of the row as a JSON array of texts; nothing and "" are one to those who wrote this. */
static json_t *cells_json(const struct row *row)
{
	json_t *array = json_array();
	for (size_t i = 0; i < row->n; i++)
		json_array_append_new(array,
				      json_stringn(row->cells[i].text.n ? row->cells[i].text.p : "",
						   row->cells[i].text.n));
	return array;
}

static json_t *rows_json(const char *path, bool headless, bool objects)
{
	struct reader_options o = { .format = FORMAT_CSV, .headless = headless };
	struct diag d = { 0 };
	struct arena a = { 0 };
	struct row row;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct reader *r = reader_open(fd, path, &o, &d);
	assert_non_null(r);
	json_t *all = json_array();
	for (enum read_result got; (got = reader_next(r, &row, &a, &d)) != READ_END;) {
		assert_int_equal(got, READ_ROW);
		json_t *cells = cells_json(&row), *record = objects ? json_object() : cells;
		for (size_t i = 0; objects && i < row.n; i++)
			json_object_set(record, row.names[i].p, json_array_get(cells, i));
		if (objects)
			json_decref(cells);
		json_array_append_new(all, record);
		arena_reset(&a);
	}
	reader_close(r);
	close(fd);
	arena_free(&a);
	return all;
}

/* Calls check for every file of the folder; returns how many there were. */
static int each_file(const char *folder, const char *suffix,
		     void (*check)(const char *path, const char *name))
{
	char dir[4096], path[8192];
	int n = 0;
	snprintf(dir, sizeof dir, "%s/%s", data_dir(), folder);
	DIR *d = opendir(dir);
	assert_non_null(d);
	for (struct dirent *e; (e = readdir(d));) {
		char *end = strrchr(e->d_name, '.');
		if (!end || strcmp(end, suffix) != 0)
			continue;
		snprintf(path, sizeof path, "%s/%s", dir, e->d_name);
		check(path, e->d_name);
		n++;
	}
	closedir(d);
	return n;
}

static void check_meaning(const char *path, bool headless, bool objects, const char *json)
{
	json_error_t err;
	json_t *expected = json_load_file(json, 0, &err);
	assert_non_null(expected);
	json_t *got = rows_json(path, headless, objects);
	if (!json_equal(got, expected))
		fail_msg("%s: %s", path, json_dumps(got, 0));
	json_decref(got);
	json_decref(expected);
}

static void spectrum_file(const char *path, const char *name)
{
	char json[8192];
	/* It has quotes inside of cells without quotes, which is no RFC 4180. */
	if (strcmp(name, "location_coordinates.csv") == 0) {
		int fd = open(path, O_RDONLY | O_CLOEXEC);
		struct counts c = read_all(fd, &(struct reader_options){ 0 });
		close(fd);
		assert_true(c.opened && c.rows == 0 && c.bad == 1);
		return;
	}
	snprintf(json, sizeof json, "%s/csv-spectrum/json/%.*sjson", data_dir(),
		 (int)strlen(name) - 3, name);
	check_meaning(path, false, true, json);
}

static void test_csv_spectrum(void **state)
{
	(void)state;
	if (!has_data("csv-spectrum"))
		skip();
	assert_int_equal(each_file("csv-spectrum/csvs", ".csv", spectrum_file), 12);
}

/* The files named bad-header-… are bad because the header foo,bar,baz was agreed on. */
static void bad_file(const char *path, const char *name)
{
	struct diag d = { 0 };
	struct reader_options o = { .format = FORMAT_CSV };
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct reader *r = reader_open(fd, path, &o, &d);
	size_t n;
	const struct str *names = reader_columns(r, &n);
	bool agreed =
	    n == 3 && str_is(names[0], "foo") && str_is(names[1], "bar") && str_is(names[2], "baz");
	reader_close(r);
	lseek(fd, 0, SEEK_SET);
	struct counts c = read_all(fd, &o);
	close(fd);
	if (agreed && !c.bad)
		fail_msg("%s was not refused", name);
	assert_true(strncmp(name, "bad-header-", 11) == 0 || agreed);
	assert_int_equal(c.rows, 0);
}

static void test_data_file(const char *path, const char *name)
{
	char json[8192];
	if (strncmp(name, "bad-", 4) == 0) {
		bad_file(path, name);
		return;
	}
	bool header = strncmp(name, "header-", 7) == 0;
	snprintf(json, sizeof json, "%s/csv-test-data/json/%.*sjson", data_dir(),
		 (int)strlen(name) - 3, name);
	check_meaning(path, !header, header, json);
}

static void test_csv_test_data(void **state)
{
	(void)state;
	if (!has_data("csv-test-data"))
		skip();
	assert_int_equal(each_file("csv-test-data/csv", ".csv", test_data_file), 25);
}

static void json_file(const char *path, const char *name)
{
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct str text = slurp(path, &a);
	bool good = json_check(text, JSON_RFC8259, &d);
	bool record = json_check(text, JSON_RECORD_RULES, &d);
	if ((name[0] == 'y' && !good) || (name[0] == 'n' && (good || record)))
		fail_msg("%s was %s", name, good ? "taken" : "refused");
	bool never = strstr(name, "duplicated_key") || strstr(name, "null_in_key") ||
		     strstr(name, "null_escape");
	if (name[0] == 'y')
		assert_true(record == !never);
	int fd = fd_of(text);
	struct counts c = read_all(fd, &(struct reader_options){ .format = FORMAT_JSON });
	close(fd);
	if (name[0] == 'n' && c.opened && !c.bad && c.rows)
		fail_msg("%s gave a row and no complaint", name);
	if (!strcmp(name, "n_structure_double_array.json"))
		assert_true(c.bad);
	arena_free(&a);
	diag_free(&d);
}

static void test_json_suite(void **state)
{
	(void)state;
	if (!has_data("json-test-suite"))
		skip();
	alarm(120);
	assert_true(each_file("json-test-suite", ".json", json_file) > 300);
	alarm(0);
}

/* Writes every string with a number beside it. */
static int write_strings(const json_t *strings, const struct writer_options *o)
{
	static const struct column columns[] = { { .name = { "n", 1 } },
						 { .name = { "text", 4 } } };
	char *bytes = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&bytes, &n);
	struct writer *w = writer_open(out, columns, countof(columns), o);
	for (size_t i = 0; i < json_array_size(strings); i++) {
		const json_t *s = json_array_get(strings, i);
		char number[24];
		snprintf(number, sizeof number, "%zu", i);
		struct cell cells[] = {
			{ CELL_NUMBER, str_of(number) },
			{ CELL_TEXT, { json_string_value(s), json_string_length(s) } },
		};
		writer_row(w, cells);
	}
	writer_close(w);
	fclose(out);
	int fd = fd_of((struct str){ bytes, n });
	free(bytes);
	return fd;
}

static void check_strings(const json_t *strings, const struct writer_options *o)
{
	struct diag d = { 0 };
	struct arena a = { 0 };
	struct row row;
	int fd = write_strings(strings, o);
	struct reader *r = reader_open(fd, "test", &(struct reader_options){ 0 }, &d);
	assert_non_null(r);
	assert_int_equal(reader_format(r), o->format);
	for (size_t i = 0; i < json_array_size(strings); i++) {
		const json_t *s = json_array_get(strings, i);
		struct str text = { json_string_value(s), json_string_length(s) };
		assert_int_equal(reader_next(r, &row, &a, &d), READ_ROW);
		assert_int_equal(row.n, 2);
		struct str got = row.cells[1].text;
		if (!str_eq(got, text))
			fail_msg("string %zu came back as %s", i, quoted(got, &a));
		arena_reset(&a);
	}
	assert_int_equal(reader_next(r, &row, &a, &d), READ_END);
	reader_close(r);
	close(fd);
	arena_free(&a);
}

static void test_naughty_strings(void **state)
{
	static const struct writer_options machine[] = {
		{ .format = FORMAT_CSV },   { .format = FORMAT_CSV, .excel = true },
		{ .format = FORMAT_TSV },   { .format = FORMAT_JSON },
		{ .format = FORMAT_JSONL },
	};
	char path[4096];
	json_error_t err;
	(void)state;
	if (!has_data("blns"))
		skip();
	snprintf(path, sizeof path, "%s/blns/blns.json", data_dir());
	json_t *strings = json_load_file(path, 0, &err);
	assert_non_null(strings);
	assert_true(json_array_size(strings) > 400);
	json_array_append_new(strings, json_string("a\r\nb\tc\\n\\\\\x1b[0m\x7f\r"));
	json_array_append_new(strings, json_string("\" \n\""));
	json_array_append_new(strings, json_string("''=\"'\""));
	json_array_append_new(strings, json_string("'@, '"));
	for (size_t i = 0; i < countof(machine); i++)
		check_strings(strings, &machine[i]);
	json_decref(strings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_csv_spectrum),
		cmocka_unit_test(test_csv_test_data),
		cmocka_unit_test(test_json_suite),
		cmocka_unit_test(test_naughty_strings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
