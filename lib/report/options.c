/* A report's own options, and what reports in C may ask of the job. */
#include "report/job.h"

static bool check_one(const struct report_option *o, const char *text, struct diag *d)
{
	int64_t n;
	const char *shown = text ? quoted(str_of(text), &d->arena) : NULL;
	if (!text)
		return true;
	if (o->values && !words_have(o->values, str_of(text)))
		return diag_set(d, NULL, "--%s: %s is none of %s%s%s", o->name, shown, o->values,
				o->hint ? "; " : "", o->hint ? o->hint : "");
	if (o->most && !str_int(str_of(text), &n))
		return diag_set(d, NULL, "--%s: %s is no whole number", o->name, shown);
	if (o->most && (n < 0 || n > o->most))
		return diag_set(d, NULL, "--%s: %s is not from 0 to %lld", o->name, shown,
				(long long)o->most);
	return true;
}

bool options_check(struct job *j, struct diag *d)
{
	const struct report_option *o = j->report->options;
	int64_t days;
	for (size_t i = 0; o && o[i].name; i++) {
		if (!check_one(&o[i], j->options->own[i], d))
			return false;
		if (o[i].alone && j->options->own[i] && j->options->by)
			return diag_set(d, NULL, "--%s: not with --by", o[i].name);
		if (!strcmp(o[i].name, "within") &&
		    str_int(str_of(report_option(j, "within")), &days))
			j->taking.within = days * DAY_SECONDS;
	}
	return true;
}

static const char *option_text(const struct job *j, struct str name)
{
	const struct report_option *o = j->report->options;
	for (size_t i = 0; o && o[i].name; i++)
		if (str_is(name, o[i].name))
			return j->options->own[i] ? j->options->own[i] : o[i].def;
	die(STATUS_ENV, "report %s has no option %.*s", j->report->name, (int)name.n, name.p);
}

const char *report_option(const struct job *j, const char *name)
{
	return option_text(j, str_of(name));
}

bool option_allows(const struct job *j, const char *when)
{
	struct str rest = str_of(when), option, is;
	if (!when)
		return true;
	str_cut(&rest, '=', &option);
	const char *text = option_text(j, option);
	while (text && str_cut(&rest, ',', &is))
		if (str_is(is, text))
			return true;
	return false;
}

struct store *report_store(const struct job *j)
{
	return j->store;
}

enum language report_language(const struct job *j)
{
	return j->store->settings.language;
}

int64_t report_now(const struct job *j)
{
	return j->taking.now;
}

struct arena *report_arena(struct job *j)
{
	return &j->arena;
}
