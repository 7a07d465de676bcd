/* An amount less those of other columns. */
#include "core/money.h"
#include "core/utf8.h"
#include "domain/import_cell.h"

struct decimal {
	int64_t value;
	int scale;
};

static bool read_decimal(const struct import_rule *rule, struct str text, struct decimal *out,
			 struct diag *d)
{
	*out = (struct decimal){ 0 };
	return !text.n || decimal_parse(text, &out->value, &out->scale) ||
	       diag_set(d, rule->field->name, "%s is no number to reckon with",
			quoted(text, &d->arena));
}

static bool take_off(struct decimal *from, struct decimal what)
{
	int scale = from->scale > what.scale ? from->scale : what.scale;
	if (!decimal_rescale(from->value, from->scale, scale, &from->value) ||
	    !decimal_rescale(what.value, what.scale, scale, &what.value))
		return false;
	from->scale = scale;
	return !__builtin_sub_overflow(from->value, what.value, &from->value);
}

bool import_less(const struct import_feed *f, const struct row *row, struct cell *cell,
		 struct arena *a, struct diag *d)
{
	const struct import_rule *rule = f->rule;
	struct str text = utf8_trim(cell->text);
	struct decimal left, other;
	if (!rule || !rule->nless || !text.n)
		return true;
	if (!read_decimal(rule, text, &left, d))
		return false;
	for (size_t i = 0; i < rule->nless; i++) {
		if (f->less[i] == SIZE_MAX)
			continue;
		if (!read_decimal(rule, utf8_trim(row->cells[f->less[i]].text), &other, d))
			return false;
		if (!take_off(&left, other))
			return diag_set(d, rule->field->name, "%s is too large",
					quoted(text, &d->arena));
	}
	*cell = (struct cell){ CELL_TEXT, decimal_print(left.value, left.scale, a) };
	return true;
}
