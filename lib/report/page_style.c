/* How pages look, and the script that sorts their tables. */
#include "report/page_impl.h"
#include "schema/label.h"

/* clang-format off */
static const char shared_style[] =
	":root{color-scheme:light dark;--ink:#1c1e21;--soft:#5c636b;--line:#d9dde2;--paper:#fff;"
	"--card:#f6f7f9;--mark:#fff3c4;--good:#00663f;--bad:#b3261e;--accent:#0b5cad}\n"
	"@media screen and (prefers-color-scheme:dark){:root{--ink:#e6e8eb;--soft:#9aa3ad;"
	"--line:#343a41;--paper:#15181c;--card:#1d2126;--mark:#4a3d10;--good:#5fd19b;--bad:#ff8a80;"
	"--accent:#7ab7f5}}\n"
	"@media print{:root{color-scheme:light}}\n"
	"*{box-sizing:border-box}\n"
	"body{margin:0 auto;padding:1.5rem;max-width:76rem;color:var(--ink);background:var(--paper);"
	"font:15px/1.45 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif}\n"
	"h1{margin:0;font-size:1.7rem;line-height:1.2;overflow-wrap:anywhere}\n"
	"h2{margin:1.6rem 0 .4rem;font-size:1rem;color:var(--accent)}\n"
	"dt{color:var(--soft);font-size:.82rem}\n"
	"dd{margin:0;overflow-wrap:anywhere;white-space:pre-line}\n"
	".wide{overflow-x:auto}\n"
	"table{border-collapse:collapse;min-width:50%}\n"
	"thead th{color:var(--soft);font-size:.82rem;font-weight:normal;text-align:start;"
	"white-space:nowrap}\n"
	"th,td{padding:.3rem .7rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}\n"
	"td{white-space:pre-line;overflow-wrap:anywhere;unicode-bidi:isolate;min-width:5rem}\n"
	"th.n,.n{text-align:end;white-space:nowrap;font-variant-numeric:tabular-nums}\n"
	"@media print{body{padding:0;max-width:none;font-size:10pt}h2{break-after:avoid}"
	"tr,dl div{break-inside:avoid}.wide{overflow:visible}}\n";

const char page_style[] =
	"header dl{display:flex;flex-wrap:wrap;gap:.3rem 1.6rem;margin:.6rem 0 1rem}\n"
	"header dl div{min-width:0}\n"
	"main{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,30rem),1fr));"
	"gap:1rem}\n"
	"section{min-width:0;padding:1rem;background:var(--card);border:1px solid var(--line);"
	"border-radius:8px}\n"
	"section.full{grid-column:1/-1}\n"
	"h2{margin:0 0 .5rem;font-size:1.05rem;overflow-wrap:anywhere}\n"
	"p{margin:.4rem 0;overflow-wrap:anywhere}\n"
	".note,.made,footer{color:var(--soft);font-size:.82rem}\n"
	"code{font-family:ui-monospace,'DejaVu Sans Mono',monospace;overflow-wrap:anywhere}\n"
	".crm-chart{display:block;max-width:100%;height:auto;margin:.4rem auto}\n"
	".narrow{display:none}\n"
	".made code{white-space:pre-wrap}\n"
	".kpis{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,11rem),1fr));"
	"gap:.8rem 1.2rem;margin:0}\n"
	".figure{font-size:1.5rem;line-height:1.25;font-variant-numeric:tabular-nums}\n"
	".move{color:var(--soft);font-size:.86rem}.good{color:var(--good)}.bad{color:var(--bad)}\n"
	"section table{width:100%;font-size:.9rem}section.full table{width:auto}\n"
	"section .wide{margin-top:.5rem}section:not(.full) .wide{max-height:19rem;overflow:auto}\n"
	"section thead th,section thead th.n{position:sticky;top:0;background:var(--card);"
	"white-space:normal;overflow-wrap:normal;vertical-align:bottom}\n"
	"tbody th,tfoot th{font-weight:normal;text-align:start;min-width:6rem;"
	"overflow-wrap:anywhere}\n"
	"tfoot th,tfoot td{font-weight:600;border-bottom:0}\n"
	"td.n{min-width:0}section .w{white-space:nowrap;min-width:0}td:last-child,th:last-child{padding-inline-end:0}\n"
	"caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);"
	"white-space:nowrap}\n"
	".wide{position:relative}\n"
	".wide:focus-visible,a:focus-visible,button:focus-visible{outline:2px solid var(--accent);"
	"outline-offset:2px}\n"
	"thead button{all:unset;cursor:pointer;color:inherit;font:inherit;white-space:inherit}\n"
	"thead button:hover{color:var(--accent)}\n"
	"th[aria-sort=ascending] button::after{content:' ▲'}\n"
	"th[aria-sort=descending] button::after{content:' ▼'}\n"
	"a{color:var(--accent)}\n"
	"footer{margin-top:1.2rem}\n"
	"@media(max-width:40rem){body{padding:.75rem}section{padding:.5rem}.roomy{display:none}"
	".narrow{display:block}h1{font-size:1.35rem}section table{font-size:.82rem}"
	"section th,section td{padding-inline-end:.5rem;min-width:0;overflow-wrap:break-word}"
	"tbody th{min-width:5rem}}\n"
	"@page{margin:12mm}\n"
	"@media print{main{display:block}section{margin-bottom:6mm;background:none}"
	"section,figure{break-inside:avoid}section.long{break-inside:auto}thead{display:table-header-group}"
	".roomy{display:block}.narrow,.csv{display:none}.crm-chart{max-width:14cm}"
	"section{padding:2mm 3mm}section table{font-size:8pt}"
	"section th,section td{padding-block:.12rem;padding-inline-end:.4rem}"
	"section:not(.full) .wide{max-height:none;overflow:visible}section thead th{position:static}"
	"section thead th,section thead th.n{font-size:inherit}.full table.many{font-size:6.5pt}"
	".full table.many th,.full table.many td{min-width:0;padding-inline-end:.2rem}"
	".full table.many tbody th{min-width:9em}.full table.most{font-size:5.4pt}"
	".full table.most tbody th{min-width:6em}"
	".full table.most td:nth-child(2):not(.n){min-width:10em}}\n";

/* Sorts a table by the column that is clicked: by data-v where a cell has it; empty ones last. */
const char page_script[] =
	"for(const t of document.querySelectorAll('table')){const h=[...t.tHead.rows[0].cells];"
	"h.forEach((c,i)=>{const b=document.createElement('button');b.type='button';"
	"b.append(...c.childNodes);c.append(b);b.addEventListener('click',()=>{"
	"const up=c.getAttribute('aria-sort')!=='ascending';"
	"h.forEach(x=>x.removeAttribute('aria-sort'));"
	"c.setAttribute('aria-sort',up?'ascending':'descending');"
	"const v=r=>r.cells[i].dataset.v??r.cells[i].textContent,s=[...t.tBodies[0].rows];"
	"s.sort((a,b)=>{const x=v(a),y=v(b),e=(x==='')-(y==='');if(e)return e;"
	"const d=isNaN(x)||isNaN(y)?x.localeCompare(y,document.documentElement.lang):x-y;"
	"return up?d:-d});t.tBodies[0].append(...s)})})}";
/* clang-format on */

/* The policy lets this script run and no other: its SHA-256 (tests/page.t computes it). */
#define SCRIPT_HASH "oDpoJf9wFZF/cZg0FjRWdhtXEKen2mPjsZT4nhYIEXg="

void page_top(enum language l, bool script, const char *style, struct buf *out)
{
	buf_printf(out,
		   "<!DOCTYPE html>\n<html lang=%s>\n<head>\n<meta charset=utf-8>\n"
		   "<meta name=viewport content=\"width=device-width,initial-scale=1\">\n"
		   "<meta http-equiv=Content-Security-Policy content=\"default-src 'none';"
		   "style-src 'unsafe-inline'%s\">\n<style>\n%s%s</style>\n",
		   language_name(l),
		   script ? ";img-src data:;script-src 'sha256-" SCRIPT_HASH "'" : "", shared_style,
		   style);
}
