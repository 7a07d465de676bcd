/* Who is to be rung, printed. */
#include "cli/call_card.h"

#include <stdio.h>

#include "schema/check.h"

enum part { CLAIM, WHO, ACCOUNT, CAMPAIGN, PLANNED, LAST, ITSELF };

/* A row a fact: of which record, its fields (the first that is filled), and what it is called. */
static const struct fact {
	struct heading heading;
	enum part part;
	const char *fields;
} facts[] = {
	{ { "id", "ID", "Mã", false }, ITSELF, NULL },
	{ { "name", "Name", "Họ và tên", false }, WHO, "name company" },
	{ { "phone", "Phone", "Điện thoại", false }, ITSELF, NULL },
	{ { "salutation", "Salutation", "Danh xưng", false }, WHO, "salutation" },
	{ { "company", "Company", "Công ty", false }, WHO, "company" },
	{ { "account", "Account", "Khách hàng", false }, ACCOUNT, "name" },
	{ { "title", "Title", "Chức danh", false }, WHO, "title" },
	{ { "need", "Need", "Nhu cầu", false }, WHO, "need" },
	{ { "interest", "Interest", "Sản phẩm quan tâm", false }, WHO, "interest" },
	{ { "source", "Source", "Nguồn", false }, WHO, "source" },
	{ { "status", "Status", "Trạng thái", false }, WHO, "status lifecycle role" },
	{ { "score", "Score", "Điểm", true }, WHO, "score" },
	{ { "owner", "Owner", "Người phụ trách", false }, WHO, "owner" },
	{ { "attempts", "Calls so far", "Số lần đã gọi", true }, ITSELF, NULL },
	{ { "last_outcome", "Last outcome", "Kết quả lần trước", false }, LAST, "outcome" },
	{ { "last_call_at", "Last call", "Lần gọi trước", false }, LAST, "done_at" },
	{ { "due_at", "Due", "Hạn", false }, PLANNED, "due_at" },
	{ { "subject", "Subject", "Chủ đề", false }, PLANNED, "subject" },
	{ { "notes", "Notes", "Ghi chú", false }, ITSELF, NULL },
	{ { "campaign", "Campaign", "Chiến dịch", false }, CAMPAIGN, "name" },
	{ { "objective", "Objective", "Mục tiêu", false }, CAMPAIGN, "objective" },
	{ { "script", "Script", "Kịch bản", false }, CAMPAIGN, "description" },
	{ { "activity", "Activity", "Hoạt động", false }, CLAIM, "activity" },
	{ { "until", "Kept until", "Giữ đến", false }, CLAIM, "until" },
};

static const struct heading sheet[] = {
	{ "field", "Whom to ring", "Gọi cho ai", false },
	{ "value", "Value", "Giá trị", false },
};

/* On a terminal, unless -f chooses columns of a table. */
static bool is_sheet(struct crm *crm)
{
	return writer_options(crm, stdout).format == FORMAT_TABLE && !option(crm, "fields");
}

struct writer *call_card_writer(struct crm *crm)
{
	struct heading *all = arena_new(&crm->arena, struct heading, countof(facts));
	for (size_t i = 0; i < countof(facts); i++)
		all[i] = facts[i].heading;
	return is_sheet(crm) ? heading_writer(crm, sheet, countof(sheet))
			     : heading_writer(crm, all, countof(facts));
}

static struct cell first_of(struct crm *crm, const struct record *r, const char *fields,
			    const struct codec *c)
{
	struct str rest = str_of(fields), name;
	while (r->entity && str_cut(&rest, ' ', &name)) {
		const struct field *f = entity_field(r->entity, name);
		struct record to;
		if (!f || !is_set(r, f->name))
			continue;
		const struct value *v = record_at(r, f->name);
		const struct entity *e =
		    f->type == &type_ref ? schema_entity(c->schema, str_of(f->ref)) : NULL;
		if (e && e->key && store_get(crm->store, e, v->i, &to, c->arena))
			return cell_text(text_of(&to, e->key));
		return field_print(f, v, c);
	}
	return cell_text((struct str){ 0 });
}

static struct cell fact_cell(struct crm *crm, const struct call_card *card, const struct fact *f,
			     const struct codec *c)
{
	const struct record *const of[] = { &card->claim,    &card->who,     &card->account,
					    &card->campaign, &card->planned, &card->last };
	if (f->part != ITSELF)
		return first_of(crm, of[f->part], f->fields, c);
	if (!strcmp(f->heading.name, "id"))
		return cell_text(ref_print(card->who.entity, card->who.id, c->arena));
	if (!strcmp(f->heading.name, "attempts"))
		return (struct cell){ CELL_NUMBER,
				      arena_printf(c->arena, "%lld", (long long)card->attempts) };
	return cell_text(!strcmp(f->heading.name, "phone") ? card->number : card->notes);
}

void call_card_print(struct crm *crm, struct writer *out, const struct call_card *card)
{
	struct codec c = store_codec(crm->store, &crm->arena);
	struct cell cells[countof(facts)];
	enum language l = crm_language(crm);
	c.human = writer_human(out);
	for (size_t i = 0; i < countof(facts); i++)
		cells[i] = fact_cell(crm, card, &facts[i], &c);
	if (!is_sheet(crm)) {
		writer_row(out, cells);
		return;
	}
	for (size_t i = 0; i < countof(facts); i++) {
		const struct heading *h = &facts[i].heading;
		const struct cell row[] = { cell_text(str_of(label(l, h->en, h->vi))), cells[i] };
		if (cells[i].kind != CELL_NULL && cells[i].text.n)
			writer_row(out, row);
	}
}
