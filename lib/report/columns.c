/* The columns of an answer: what each row is of, and its figures. */
#include "report/compare.h"
#include "schema/label.h"

bool job_names_records(const struct job *j)
{
	const struct dimension *x = j->ndims ? j->axes[j->first].dimension : NULL;
	return j->report->ids && x && x->show;
}

bool job_shows(const struct job *j, size_t measure)
{
	const struct measure *m = &j->report->measures[measure];
	return !m->hidden && option_allows(j, m->when);
}

/* The currency stands behind the last amount. */
bool job_last_money(const struct job *j, size_t measure)
{
	const struct report *r = j->report;
	for (size_t i = measure + 1; i < r->nmeasures; i++)
		if (job_shows(j, i) && r->measures[i].unit == UNIT_MONEY)
			return false;
	return job_shows(j, measure) && r->measures[measure].unit == UNIT_MONEY;
}

static struct str part_label(const struct schema *s, struct str part, enum language l,
			     struct arena *a)
{
	const struct entity *e = schema_entity(s, part);
	return e ? entity_label(e, l, a) : part;
}

static struct str step_heading(const struct journey *way, enum language l)
{
	return str_of(way->state ? label(l, way->heading, way->heading_vi)
				 : label(l, "Step", "Bước"));
}

struct answer_column *job_columns(struct job *j, struct answer_column *c)
{
	enum language l = report_language(j);
	const struct report *r = j->report;
	if (r->part)
		*c++ = (struct answer_column){ .name = str_of(r->name),
					       .label = str_of(label(l, "Of", "Đối tượng")),
					       .word = part_label };
	if (j->steps != NO_AXIS)
		*c++ = (struct answer_column){ .name = j->axes[j->steps].name,
					       .label = step_heading(r->journey, l),
					       .word = r->journey->label };
	if (job_names_records(j))
		*c++ = (struct answer_column){ .name = STR("id"),
					       .label = str_of(label(l, "ID", "Mã")) };
	for (size_t i = j->first; i < j->first + j->ndims; i++) {
		const struct axis *x = &j->axes[i];
		const struct dimension *d = x->dimension;
		*c++ = (struct answer_column){ .name = x->name,
					       .label = axis_heading(x, l, &j->arena),
					       .field = axis_field(x),
					       .word = d ? d->word : NULL,
					       .number = d && d->cut && !d->word };
	}
	if (job_in_periods(j))
		*c++ = (struct answer_column){ .name = STR("period"),
					       .label = str_of(label(l, "Period", "Kỳ")),
					       .role = ROLE_PERIOD,
					       .period = j->timing.period };
	return c;
}

struct answer_column currency_column(const struct job *j)
{
	return (struct answer_column){ .name = STR("currency"),
				       .label =
					   str_of(label(report_language(j), "Currency", "Tiền tệ")),
				       .role = ROLE_CURRENCY,
				       .field = j->axes[j->currency].path.field };
}

static struct answer_column *figure_columns(struct job *j, struct answer_column *c, enum language l)
{
	const struct report *r = j->report;
	for (size_t i = 0; i < r->nmeasures; i++) {
		const struct measure *m = &r->measures[i];
		if (job_shows(j, i))
			*c++ = (struct answer_column){ .name = str_of(m->name),
						       .label =
							   str_of(label(l, m->label, m->label_vi)),
						       .role = ROLE_FIGURE,
						       .unit = m->unit };
		if (job_last_money(j, i))
			*c++ = currency_column(j);
	}
	return c;
}

void job_begin(struct job *j, struct answer *out)
{
	enum language l = report_language(j);
	struct answer_column *all = arena_new(&j->arena, struct answer_column,
					      5 + j->naxes + j->report->nmeasures + COMPARED);
	struct answer_column *c = job_columns(j, all);
	c = figure_columns(j, c, l);
	if (j->timing.against)
		c = compared_columns(j, c, measure_named(j->report, j->report->main)->unit);
	answer_begin(out, all, (size_t)(c - all));
}
