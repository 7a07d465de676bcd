/* A page of panels: figures, pictures, tables. */
#include "core/markup.h"
#include "report/page_impl.h"
#include "schema/label.h"

enum { NARROW = 312, ROOMY = 540, FULL = 780 }; /* pixels of a picture; 312: a phone of 360 */
enum { LONG = 16 }; /* rows: such a panel may be cut between two pages */

static void put_element(const char *open, struct str text, const char *close, struct buf *out)
{
	if (!text.n)
		return;
	buf_puts(out, open);
	markup_put(out, text);
	buf_puts(out, close);
}

static void put_fact(const char *name, struct str text, struct buf *out)
{
	if (text.n)
		buf_printf(out, "<div><dt>%s</dt>", name);
	put_element("<dd>", text, "</dd></div>\n", out);
}

void page_begin(const struct page *p, struct buf *out)
{
	enum language l = p->language;
	struct buf style = { 0 };
	buf_puts(&style, page_style);
	chart_style(&style);
	buf_putc(&style, '\0');
	page_top(l, true, style.p, out);
	buf_free(&style);
	buf_puts(out, "<title>");
	markup_put(out, p->title);
	buf_puts(out, "</title>\n</head>\n<body>\n<header>\n<h1>");
	markup_put(out, p->title);
	buf_puts(out, "</h1>\n");
	if (p->as_of.n || p->zone.n || p->period.n || p->filter.n) {
		buf_puts(out, "<dl>\n");
		put_fact(label(l, "As of", "Tính đến"), p->as_of, out);
		put_fact(label(l, "Time zone", "Múi giờ"), p->zone, out);
		put_fact(label(l, "Period", "Kỳ"), p->period, out);
		put_fact(label(l, "Filter", "Bộ lọc"), p->filter, out);
		buf_puts(out, "</dl>\n");
	}
	buf_puts(out, "</header>\n<main>\n");
}

/* The arrow is for the eye alone: the word says the same. */
static void put_move(enum language l, const struct page_kpi *k, struct buf *out)
{
	static const struct {
		const char *arrow, *en, *vi;
	} moves[] = {
		[MOVE_UP] = { "▲", "up", "tăng" },
		[MOVE_DOWN] = { "▼", "down", "giảm" },
		[MOVE_NONE] = { "■", "unchanged", "không đổi" },
	};
	static const char *const tones[] = { "", " good", " bad" };
	if (k->move == MOVE_UNKNOWN)
		return;
	buf_printf(out, "<dd class=\"move%s\"><span aria-hidden=true>%s</span> %s", tones[k->tone],
		   moves[k->move].arrow, label(l, moves[k->move].en, moves[k->move].vi));
	put_element(" ", k->change, "", out);
	put_element(label(l, " from ", " so với "), k->against, "", out);
	buf_puts(out, "</dd>");
}

static void put_kpis(enum language l, const struct page_panel *panel, struct buf *out)
{
	buf_puts(out, panel->nkpis ? "<dl class=kpis>\n" : "");
	for (size_t i = 0; i < panel->nkpis; i++) {
		const struct page_kpi *k = &panel->kpis[i];
		buf_puts(out, "<div><dt>");
		markup_put(out, k->label);
		buf_puts(out, "</dt><dd class=figure>");
		markup_put(out, k->value.n ? k->value : STR("–"));
		buf_puts(out, "</dd>");
		put_move(l, k, out);
		buf_puts(out, "</div>\n");
	}
	buf_puts(out, panel->nkpis ? "</dl>\n" : "");
}

/* Drawn for a screen and for a phone: the style shows one of them. */
static void put_chart(const struct page *p, const struct page_panel *panel, struct buf *out)
{
	const struct svg_place roomy = { panel->wide ? FULL : ROOMY, p->panels * 2, true };
	const struct svg_place narrow = { NARROW, p->panels * 2 + 1, true };
	buf_puts(out, "<div class=roomy>\n");
	chart_svg(panel->chart, roomy, out);
	buf_puts(out, "</div>\n<div class=narrow>\n");
	chart_svg(panel->chart, narrow, out);
	buf_puts(out, "</div>\n");
}

void page_panel(struct page *p, const struct page_panel *panel, struct buf *out)
{
	enum language l = p->language;
	bool table = panel->table && panel->table->nrows;
	bool lengthy = table && panel->table->nrows > LONG;
	buf_printf(out, "<section class=\"panel%s%s\" aria-labelledby=p%u>\n<h2 id=p%u>",
		   panel->wide ? " full" : "", lengthy ? " long" : "", p->panels, p->panels);
	markup_put(out, panel->heading);
	buf_puts(out, "</h2>\n");
	put_kpis(l, panel, out);
	if (panel->chart)
		put_chart(p, panel, out);
	if (table)
		page_put_table(l, panel, out);
	if (!panel->nkpis && !panel->chart && !table)
		buf_printf(out, "<p>%s</p>\n", label(l, "no data", "không có dữ liệu"));
	put_element("<p class=note>", panel->note, "</p>\n", out);
	put_element("<p class=made><code>", panel->command, "</code></p>\n", out);
	buf_puts(out, "</section>\n");
	p->panels++;
}

void page_end(const struct page *p, struct buf *out)
{
	buf_puts(out, "</main>\n");
	if (p->command.n) {
		buf_puts(out, "<footer>\n<p>");
		buf_puts(out, label(p->language, "This page: ", "Trang này: "));
		put_element("<code>", p->command, "</code></p>\n</footer>\n", out);
	}
	buf_printf(out, "<script>%s</script>\n</body>\n</html>\n", page_script);
}
