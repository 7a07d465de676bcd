/*
 * crm-doctor backup, restore and vacuum.  A copy is believed only after it was read:
 * whole by the engine, and with as many records as it was made of.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/doctor.h"
#include "core/buf.h"
#include "core/temporary.h"

/* --- looking into a database file --- */

static void first_problem(void *ctx, struct str problem)
{
	struct diag *d = ctx;
	if (!d->message.n)
		diag_set(d, NULL, "it is damaged: %.*s", (int)problem.n, problem.p);
}

/*
 * How a copy is opened that nobody writes to: so that looking at it, and being refused,
 * leaves no -wal and no -shm beside it.  One that has a -wal is in use: as it is.
 */
static const char *at_rest(const char *path, struct arena *a)
{
	bool used = access(path, F_OK) != 0 || access(arena_printf(a, "%s-wal", path).p, F_OK) == 0;
	const char *uri = used ? NULL : db_at_rest(path, a);
	return uri ? uri : path;
}

/* A whole database of ours, open for reading; NULL with diag. */
static struct db *open_sound(const char *path, struct diag *d)
{
	struct db *db = db_open(path, DB_READ, d);
	if (!db)
		return NULL;
	db_integrity(db, first_problem, d);
	if (!d->message.n && !db_has(db, STR("change_set"), STR("id")))
		diag_set(d, NULL, "it is no crm database");
	if (!d->message.n)
		return db;
	db_close(db);
	return NULL;
}

/* Once more as it is called, where it cannot be opened: so that the message calls it so. */
static struct db *open_at_rest(const char *path, struct arena *a, struct diag *d)
{
	struct db *db = open_sound(at_rest(path, a), d);
	if (db)
		return db;
	diag_clear(d);
	return open_sound(path, d);
}

static int64_t count(struct db *db, const struct entity *e, struct arena *a)
{
	struct sql q = { .arena = a };
	if (!db_has(db, str_of(e->name), (struct str){ 0 }))
		return 0;
	sql_add(&q, "select count(*) from ");
	sql_table(&q, e);
	int64_t n = db_int(db, &q, 0);
	sql_free(&q);
	return n;
}

static int64_t newest_change(struct db *db, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select max(id) from change_set");
	int64_t n = db_int(db, &q, 0);
	sql_free(&q);
	return n;
}

/* Whether both hold as many records of each type; false with diag.  *n: how many of all. */
static bool same_counts(struct db *db, struct db *copy, int64_t *n, struct diag *d)
{
	struct arena a = { 0 };
	bool ok = newest_change(db, &a) == newest_change(copy, &a) ||
		  diag_set(d, NULL, "the copy ends with another change");
	*n = 0;
	for (size_t i = 0; ok && i < shipped_schema.nentities; i++) {
		const struct entity *e = shipped_schema.entities[i];
		int64_t have = count(db, e, &a), got = count(copy, e, &a);
		*n += have;
		if (have != got)
			ok = diag_set(d, NULL, "of %lld %s the copy has %lld", (long long)have,
				      e->plural, (long long)got);
	}
	arena_free(&a);
	return ok;
}

/* --- backup --- */

/* A copy that is not finished goes with all that belongs to it. */
static void copy_to_temporary(struct db *db, const char *to, int wait, struct arena *a)
{
	temporary_add(arena_printf(a, "%s-journal", to).p);
	db_copy(db, to, wait);
}

static void put_numbers(struct crm *crm, const struct column *columns, const int64_t *numbers,
			size_t n)
{
	struct cell *cells = arena_new(&crm->arena, struct cell, n);
	for (size_t i = 0; i < n; i++)
		cells[i] = (struct cell){ CELL_NUMBER, arena_printf(&crm->arena, "%lld",
								    (long long)numbers[i]) };
	struct writer *w = writer_for(crm, stdout, columns, n);
	writer_row(w, cells);
	writer_close(w);
}

static int64_t size_of(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 ? st.st_size : 0;
}

/* Within one snapshot: the copy, and whether it is a good one.  How many records. */
static int64_t copy_and_verify(struct crm *crm, const char *to)
{
	struct db *db = crm->store->db;
	int64_t n = 0;
	db_begin_read(db);
	newest_change(db, &crm->arena); /* the snapshot is that of the first reading */
	copy_to_temporary(db, to, 10, &crm->arena);
	struct db *copy = open_at_rest(to, &crm->arena, &crm->diag);
	bool ok = copy && same_counts(db, copy, &n, &crm->diag);
	db_close(copy);
	db_commit(db);
	if (!ok) {
		crm->diag.source = STR("the copy");
		refuse(crm, STATUS_ENV);
	}
	return n;
}

/* A pipe cannot be written to in pages: the copy is made elsewhere first. */
static void backup_to_pipe(struct crm *crm, FILE *out)
{
	char block[1 << 16];
	char *name = temporary_template("crm-backup");
	int fd = temporary_file(name);
	if (fd < 0)
		die(STATUS_ENV, "cannot make a temporary file:");
	copy_and_verify(crm, name);
	for (ssize_t n; (n = read(fd, block, sizeof block)) != 0;) {
		if (n < 0)
			die(STATUS_ENV, "cannot read the copy:");
		if (fwrite(block, 1, (size_t)n, out) != (size_t)n)
			break; /* crm_main says why */
	}
	close(fd);
	free(name);
}

/* So that crm-doctor checklist can tell when the last one was; a reader leaves no note. */
static void note_backup(struct crm *crm)
{
	struct arena a = { 0 };
	struct diag d = { 0 };
	const char *path = database_path(crm);
	struct store *s = access(path, W_OK) == 0 ? store_open(path, DB_WRITE, &d) : NULL;
	if (s && !db_try_write(s->db)) {
		warn("the backup is made; another process is writing, so the checklist will"
		     " not know of it");
	} else if (s) {
		store_set(s, "backup_at", instant_print(s->settings.calendar.now, &a).p);
		db_commit(s->db);
	}
	store_close(s);
	diag_free(&d);
	arena_free(&a);
}

int doctor_backup(struct crm *crm, int argc, char **argv)
{
	static const struct column columns[] = { { { "records", 7 }, { "records", 7 }, true },
						 { { "bytes", 5 }, { "bytes", 5 }, true } };
	struct outfile out;
	struct stat st;
	if (argc != 1)
		usage(crm, "backup into which file?");
	if (option(crm, "as-of"))
		usage(crm, "a backup is of now");
	outfile_open(&out, argv[0]);
	if (!out.temporary) {
		backup_to_pipe(crm, out.file);
		outfile_commit(&out);
		note_backup(crm);
		return STATUS_OK;
	}
	int64_t numbers[] = { copy_and_verify(crm, out.temporary), size_of(out.temporary) };
	if (stat(database_path(crm), &st) == 0 && fchmod(fileno(out.file), st.st_mode & 0777) != 0)
		die(STATUS_ENV, "cannot write %s:", argv[0]);
	outfile_commit(&out);
	note_backup(crm);
	if (!option_on(crm, "quiet"))
		put_numbers(crm, columns, numbers, countof(columns));
	return STATUS_OK;
}

/* --- restore --- */

/* To replace all there is takes the right to change all there is. */
static void check_admin(struct crm *crm, const char *path)
{
	struct store *s = store_open(path, DB_READ, &crm->diag);
	if (!s || !access_require(s, RIGHT_ADMIN, &crm->diag))
		refuse(crm, STATUS_ENV);
	store_close(s);
}

/* What was done since the backup would be lost. */
static void check_newer(struct crm *crm, struct db *live, struct db *backup)
{
	int64_t lost = newest_change(live, &crm->arena) - newest_change(backup, &crm->arena);
	if (lost <= 0 || option_on(crm, "force"))
		return;
	db_close(live);
	db_close(backup);
	die(STATUS_REFUSED,
	    "the database has %lld change%s that the backup has not; --force if they may go",
	    (long long)lost, lost == 1 ? "" : "s");
}

/* A sound database: whoever has it open goes on, and sees the one or the other. */
static void replace_content(struct crm *crm, struct db *live, struct db *backup, const char *path,
			    const char *kept)
{
	struct outfile out;
	int wait = lock_wait(crm);
	check_admin(crm, path);
	check_newer(crm, live, backup);
	outfile_open(&out, kept);
	if (!out.temporary)
		die(STATUS_ENV, "%s is no place for a copy", kept);
	copy_to_temporary(live, out.temporary, wait, &crm->arena);
	outfile_commit(&out);
	db_close(live);
	db_copy(backup, path, wait);
}

/* No database, or a damaged one, which is put aside with what belongs to it. */
static void replace_file(struct db *backup, const char *path, const char *kept, struct arena *a)
{
	static const char *const parts[] = { "", "-wal", "-shm", "-journal" };
	struct outfile out;
	for (size_t i = 0; i < countof(parts); i++) {
		const char *from = arena_printf(a, "%s%s", path, parts[i]).p;
		const char *to = arena_printf(a, "%s%s", kept, parts[i]).p;
		if (rename(from, to) != 0 && errno != ENOENT)
			die(STATUS_ENV, "cannot move %s aside:", from);
	}
	outfile_open(&out, path);
	copy_to_temporary(backup, out.temporary, 0, a);
	outfile_commit(&out);
}

int doctor_restore(struct crm *crm, int argc, char **argv)
{
	const char *path = database_path(crm);
	const char *kept = arena_printf(&crm->arena, "%s.before-restore", path).p;
	struct diag d = { 0 };
	if (argc != 1)
		usage(crm, "restore which backup?");
	if (same_file(path, argv[0]))
		usage(crm, "that is the database itself");
	struct db *backup = open_at_rest(argv[0], &crm->arena, &crm->diag);
	if (!backup) {
		crm->diag.source = str_of(argv[0]);
		refuse(crm, STATUS_ENV);
	}
	bool there = access(path, F_OK) == 0;
	struct db *live = there ? open_sound(path, &d) : NULL;
	if (live)
		replace_content(crm, live, backup, path, kept);
	else
		replace_file(backup, path, kept, &crm->arena);
	db_close(backup);
	if (!option_on(crm, "quiet") && d.message.n)
		warn("%s: %s; what is left of it is in %s", path, arena_str(&d.arena, d.message).p,
		     kept);
	else if (!option_on(crm, "quiet") && there)
		warn("what was there before is in %s", kept);
	diag_free(&d);
	return STATUS_OK;
}

/* --- vacuum --- */

int doctor_vacuum(struct crm *crm, int argc, char **argv)
{
	static const struct column columns[] = { { { "before", 6 }, { "before", 6 }, true },
						 { { "after", 5 }, { "after", 5 }, true } };
	const char *path = database_path(crm);
	const char *wal = arena_printf(&crm->arena, "%s-wal", path).p;
	(void)argv;
	if (argc)
		usage(crm, "the whole database is vacuumed, and nothing else");
	int64_t numbers[2] = { size_of(path) + size_of(wal), 0 };
	struct db *db = db_open(path, DB_WRITE, &crm->diag);
	if (!db)
		refuse(crm, STATUS_ENV);
	db_vacuum(db);
	db_close(db);
	numbers[1] = size_of(path) + size_of(wal);
	if (!option_on(crm, "quiet"))
		put_numbers(crm, columns, numbers, countof(columns));
	return STATUS_OK;
}
