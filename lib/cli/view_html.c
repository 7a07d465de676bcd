/*
 * Portraits as one page that needs nothing else: no script, no font, no picture.  What
 * people typed is escaped, and isolated from the direction of the writing around it.
 */
#include "cli/heading.h"
#include "cli/view.h"
#include "core/markup.h"
#include "report/page.h"

/* clang-format off */
static const char style[] =
	"h2 small,header p{color:var(--soft);font-weight:normal}\n"
	"header p{margin:.2rem 0 0}\n"
	"article+article{margin-top:3rem;padding-top:2rem;border-top:3px solid var(--line)}\n"
	"aside h1{padding-top:1rem;font-size:1.25rem}\n"
	"aside{margin-top:2rem;padding:.1rem 1.2rem 1.2rem;background:var(--card);"
	"border:1px solid var(--line);border-radius:8px}\n"
	"dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.6rem 1.2rem;"
	"margin:0}\n"
	".notes td{background:var(--mark)}\n"
	".consent h2{color:var(--bad)}\n"
	".s{white-space:nowrap}\n"
	".asked td{background:var(--mark)}\n"
	".around td:first-child{border-inline-start:4px solid var(--line);padding-inline-start:.5rem}\n"
	"@media print{aside{background:none}article+article{break-before:page;border:0}}\n";
/* clang-format on */

static void put_heading(struct buf *b, struct str text, int64_t n)
{
	buf_puts(b, "<h2>");
	markup_put(b, text);
	if (n)
		buf_printf(b, " <small>%lld</small>", (long long)n);
	buf_puts(b, "</h2>\n");
}

static void put_facts(struct buf *b, const struct portrait_part *part)
{
	buf_puts(b, "<dl>\n");
	for (size_t i = 0; i < part->ncolumns; i++) {
		if (!view_filled(&part->rows[0].cells[i]))
			continue;
		buf_puts(b, "<div><dt>");
		markup_put(b, part->columns[i].label);
		buf_puts(b, "</dt><dd><bdi>");
		markup_put(b, part->rows[0].cells[i].text);
		buf_puts(b, "</bdi></dd></div>\n");
	}
	buf_puts(b, "</dl>\n");
}

/* Numbers to the right; references and times in one piece. */
static const char *class_of(const struct column *c)
{
	static const char *const short_ones[] = { "id", "at", "by", "currency" };
	if (c->right)
		return " class=n";
	for (size_t i = 0; i < countof(short_ones); i++)
		if (str_is(c->name, short_ones[i]))
			return " class=s";
	return "";
}

static void put_row(struct buf *b, const struct portrait_part *part, const struct portrait_row *row,
		    const bool *shown, bool mixed)
{
	buf_puts(b, row->marked		 ? "<tr class=asked>"
		    : mixed && !row->own ? "<tr class=around>"
					 : "<tr>");
	for (size_t c = 0; c < part->ncolumns; c++) {
		if (!shown[c])
			continue;
		buf_printf(b, "<td%s>", class_of(&part->columns[c]));
		if (view_filled(&row->cells[c]))
			markup_put(b, row->cells[c].text);
		buf_puts(b, "</td>");
	}
	buf_puts(b, "</tr>\n");
}

static void put_rows(struct view *v, struct buf *b, const struct portrait_part *part,
		     enum view_rows which)
{
	bool *shown = arena_new(v->arena, bool, part->ncolumns);
	buf_puts(b, "<div class=wide><table>\n<thead><tr>");
	for (size_t c = 0; c < part->ncolumns; c++) {
		shown[c] = view_column(part, which, c);
		if (!shown[c])
			continue;
		buf_printf(b, "<th scope=col%s>", class_of(&part->columns[c]));
		markup_put(b, part->columns[c].label);
		buf_puts(b, "</th>");
	}
	buf_puts(b, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < part->n; i++)
		if (view_among(&part->rows[i], which)) {
			put_row(b, part, &part->rows[i], shown, which == ROWS_ALL);
			if (b->n > 1 << 16)
				view_write(v, b);
		}
	buf_puts(b, "</tbody>\n</table></div>\n");
}

static void put_part(struct view *v, struct buf *b, const struct portrait_part *part,
		     enum view_rows which)
{
	bool facts = part->shape == PORTRAIT_FACTS;
	int64_t more;
	size_t n = view_count(part, which, &more);
	if (!n)
		return;
	buf_printf(b, "<section class=%s>\n", part->name);
	put_heading(b, str_of(label(v->language, part->en, part->vi)),
		    facts ? 0 : (int64_t)n + more);
	if (facts)
		put_facts(b, part);
	else
		put_rows(v, b, part, which);
	if (more > 0)
		buf_printf(b, "<p>… %lld %s</p>\n", (long long)more,
			   label(v->language, "more", "nữa"));
	buf_puts(b, "</section>\n");
}

static void put_title(struct view *v, struct buf *b, const struct portrait *p)
{
	const struct customer *c = &p->customer;
	buf_puts(b, "<header>\n<h1><bdi>");
	markup_put(b, p->name.n ? p->name : p->ref);
	buf_puts(b, "</bdi></h1>\n<p>");
	markup_put(b, entity_label(c->entity, v->language, v->arena));
	buf_puts(b, " ");
	markup_put(b, p->ref);
	if (c->by_entity)
		buf_printf(b, " ▶ %s-%lld", c->by_entity->name, (long long)c->by_id);
	buf_puts(b, "</p>\n</header>\n");
}

static void put_around(struct view *v, struct buf *b, const struct portrait *p, size_t n)
{
	if (!p->around_ref.n)
		return;
	buf_puts(b, "<aside>\n<h1><bdi>");
	markup_put(b, p->around_name);
	buf_puts(b, "</bdi></h1>\n");
	for (size_t i = 0; i < n; i++)
		put_part(v, b, &p->parts[i], ROWS_AROUND);
	buf_puts(b, "</aside>\n");
}

static void put_page(struct view *v, const struct portrait *p)
{
	struct buf b = { 0 };
	size_t n = p->nparts - 1;
	if (!v->printed) { /* the first one names the page */
		buf_puts(&b, "<title>");
		markup_put(&b, p->name.n ? p->name : p->ref);
		buf_puts(&b, "</title>\n</head>\n<body>\n");
	}
	buf_puts(&b, "<article>\n");
	put_title(v, &b, p);
	for (size_t i = 0; i < n; i++)
		put_part(v, &b, &p->parts[i], ROWS_OWN);
	put_around(v, &b, p, n);
	put_part(v, &b, &p->parts[n], ROWS_ALL);
	buf_puts(&b, "</article>\n");
	view_write(v, &b);
	buf_free(&b);
}

static void begin_page(struct view *v)
{
	struct buf b = { 0 };
	page_top(v->language, false, style, &b);
	view_write(v, &b);
	buf_free(&b);
}

static void end_page(struct view *v)
{
	struct buf b = { 0 };
	if (!v->printed)
		buf_puts(&b, "<title></title>\n</head>\n<body>\n");
	buf_puts(&b, "</body>\n</html>\n");
	view_write(v, &b);
	buf_free(&b);
}

const struct view_format view_html = {
	.name = "html", .human = true, .begin = begin_page, .put = put_page, .end = end_page
};
