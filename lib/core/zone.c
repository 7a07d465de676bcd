/* Local days and wall clocks: the system's zone files, asked seldom. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/buf.h"
#include "core/date.h"

/*
 * Offsets from UTC by blocks of three days.  The shortest summer time ever
 * kept (Freetown, 1939) lasted four, so a block that begins and ends with one
 * offset has it throughout; only the blocks with a change in them ask libc each
 * time.  The cache holds eight years of a report.
 */
enum { BLOCK = 3 * DAY_SECONDS, BLOCKS = 1024 };
static struct block {
	int64_t number;
	int first, last; /* offsets of its first second and of the next block's */
	bool known;
} blocks[BLOCKS];

static char *current; /* NULL: UTC */

const char *zone_name(void)
{
	return current ? current : "UTC";
}

/* Zone names are paths below the zone directory: none may lead out of it. */
static bool safe_name(const char *name)
{
	return *name && *name != '/' && *name != '.' && !strstr(name, "/.") && strlen(name) < 256;
}

static bool zone_file(const char *name)
{
	const char *folder = getenv("TZDIR");
	struct arena a = { 0 };
	struct str path =
	    arena_printf(&a, "%s/%s", folder && *folder ? folder : "/usr/share/zoneinfo", name);
	FILE *f = fopen(path.p, "re");
	char magic[4] = { 0 };
	bool good = f && fread(magic, 1, sizeof magic, f) == sizeof magic &&
		    memcmp(magic, "TZif", sizeof magic) == 0;
	if (f)
		fclose(f);
	arena_free(&a);
	return good;
}

bool zone_set(const char *name, struct diag *d)
{
	bool utc = strcmp(name, "UTC") == 0; /* is known to a system without zone files too */
	if (!utc && (!safe_name(name) || !zone_file(name)))
		return diag_set(d, NULL,
				"unknown time zone %s (an IANA name such as Asia/Ho_Chi_Minh)",
				quoted(str_of(name), &d->arena));
	char *copy = xstrdup(name); /* before free: name may be the old one */
	free(current);
	current = copy;
	memset(blocks, 0, sizeof blocks);
	if (setenv("TZ", current, 1) != 0)
		die(STATUS_ENV, "cannot set the time zone:");
	tzset();
	return true;
}

static int ask(int64_t instant)
{
	time_t t = (time_t)instant;
	struct tm tm;
	return localtime_r(&t, &tm) ? (int)tm.tm_gmtoff : 0;
}

static int offset_of(int64_t instant)
{
	if (!current)
		return 0;
	int64_t number = floor_div(instant, BLOCK);
	struct block *b = &blocks[(uint64_t)number % BLOCKS];
	if (!b->known || b->number != number) {
		int64_t start = number * BLOCK;
		*b = (struct block){
			.number = number,
			.first = ask(start),
			.last = ask(start + BLOCK),
			.known = true,
		};
	}
	return b->first == b->last ? b->first : ask(instant);
}

int64_t zone_day(int64_t instant)
{
	return floor_div(instant + offset_of(instant), DAY_SECONDS);
}

int zone_second(int64_t instant)
{
	int64_t local = instant + offset_of(instant);
	return (int)(local - floor_div(local, DAY_SECONDS) * DAY_SECONDS);
}

int64_t zone_instant(int64_t day, int second)
{
	int64_t local = day * DAY_SECONDS + second;
	/* The offset of the day before and of the day after: one of them is right, or neither. */
	int64_t a = local - offset_of(local - DAY_SECONDS);
	int64_t b = local - offset_of(local + DAY_SECONDS);
	bool a_right = a + offset_of(a) == local, b_right = b + offset_of(b) == local;
	if (a_right != b_right)
		return a_right ? a : b;
	bool fold = a_right;
	return fold == (a < b) ? a : b;
}
