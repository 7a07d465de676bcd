/* What is known of the records that an axis shows: looked up where it is shown, not before. */
#include "report/job.h"

/* What of the record that `of` shows is the other's value in a source; NULL: something else. */
static const char *known_of(const struct dimension *x, const struct dimension *of, size_t source)
{
	const char *path = x->path[source], *record = of->path[source];
	size_t n = strlen(record);
	if (!*path)
		return path;
	return !strncmp(path, record, n) && path[n] == '.' ? path + n + 1 : NULL;
}

/* Of each record the same is known, whichever source it is met in. */
static bool follows(const struct job *j, const struct axis *x, const struct axis *of)
{
	const char *known[SOURCES_MAX] = { 0 };
	if (x == of || !x->dimension || x->dimension->cut || x->dimension->show || !of->dimension)
		return false;
	for (size_t i = 0; i < j->nfeeds; i++) {
		const struct feed_axis *at = &j->feeds[i].axes[of - j->axes];
		if (!feed_reads(&j->feeds[i]))
			continue;
		known[i] = at->late ? known_of(x->dimension, of->dimension, i) : NULL;
		if (!known[i])
			return false;
		for (size_t k = 0; k < i; k++)
			if (known[k] && j->feeds[k].axes[of - j->axes].to == at->to &&
			    strcmp(known[k], known[i]) != 0)
				return false;
	}
	return true;
}

void axes_follow(struct job *j)
{
	for (size_t i = j->first; i < j->first + j->ndims; i++)
		for (size_t k = j->first; k < j->first + j->ndims; k++)
			if (follows(j, &j->axes[i], &j->axes[k]))
				j->axes[i].follows = k;
}

void series_look_up(struct job *j, const size_t *series, size_t n)
{
	for (size_t i = j->first; i < j->first + j->ndims; i++) {
		struct axis *x = &j->axes[i];
		for (size_t k = 0; k < n; k++) {
			uint32_t *at = &j->members[series[k] * j->naxes];
			if (x->follows == NO_AXIS)
				axis_look_up(x, at[i], &j->arena);
			else
				at[i] = (uint32_t)axis_follow(
				    j, i, &j->axes[x->follows].records[at[x->follows]]);
		}
	}
}
