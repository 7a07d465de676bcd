#!/bin/sh
# Pages of panels: whole without a network and without JavaScript.
. tests/lib.sh
. "$root/tests/charts.sh"
. "$root/tests/page.sh"

{
	line language vi
	line title 'Chỉ số chính'
	line kpi 'Doanh thu tháng này' '1.250.000.000 ₫' up '12,5 %' good 'tháng trước'
	line kpi 'Cơ hội đang mở' 42 down 3 bad 'tuần trước'
	line kpi 'Chưa biết <b>' '' unknown '' neutral ''
	for kind in bar lying line funnel heat empty pareto; do
		echo panel
		sample "$kind"
	done
	line totals 1
} >page.in
ok 'a page' chart page <page.in
cp out page.html
chart page <page.in >again.html
same 'the same again' again.html page.html

cat >check.py <<'END'
import base64, csv, hashlib, html.parser, io, re, urllib.parse
class Page(html.parser.HTMLParser):
    open, wrong, levels, files, script = [], [], [], [], ""
    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        for name, value in attrs.items():
            if name.startswith("on") or name in ("src", "srcset", "action"):
                self.wrong.append(f"{tag} {name}={value}")
            if name == "href" and not value.startswith("data:text/csv;charset=utf-8,"):
                self.wrong.append(f"{tag} {name}={value}")
        if tag == "th" and attrs.get("scope") not in ("col", "row"):
            self.wrong.append("th without scope")
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "a":
            self.files.append(urllib.parse.unquote(attrs["href"].split(",", 1)[1]))
        if tag == "html":
            self.wrong += [] if attrs.get("lang") == "vi" else ["no language"]
        if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy":
            self.policy = attrs["content"]
        if tag not in ("meta", "br", "rect", "path", "circle"):
            self.open.append(tag)
    def handle_startendtag(self, tag, attrs):
        pass
    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes nothing")
    def handle_data(self, data):
        if self.open and self.open[-1] == "script":
            self.script += data
page = Page()
page.feed(open("page.html", encoding="utf-8").read())
page.close()
digest = base64.b64encode(hashlib.sha256(page.script.encode()).digest()).decode()
if f"script-src 'sha256-{digest}'" not in page.policy or "default-src 'none'" not in page.policy:
    page.wrong.append(f"the policy is {page.policy}, the script sha256-{digest}")
if page.levels[0] != 1 or any(b - a > 1 or b == 1 for a, b in zip(page.levels, page.levels[1:])):
    page.wrong.append(f"headings {page.levels}")
print("\n".join(page.wrong + page.open))
for i, rows in ((1, slice(0, 4)), (-1, slice(3, None))):
    print(list(csv.reader(io.StringIO(page.files[i])))[rows])
END
is 'is whole, its files too' "$(python3 check.py)" "
[['category', 'value'], ['Nguyễn Thị Hoàng Oanh Phượng', '1250000000'], [']]></script>', '455000000'], ['Trần Thị Bích Thủy – Phòng Kinh doanh Khu vực Miền Trung và Tây Nguyên', '-120000000']]
[['FPT', '150']]"
has 'sums stand below' '<tfoot>' page.html
has 'a change is said in words' '▲</span> tăng 12,5 % so với tháng trước' page.html
has 'an unknown figure' '<dt>Chưa biết &lt;b&gt;</dt><dd class=figure>–</dd></div>' page.html
has 'the language of the page' '<dt>Tính đến</dt>' page.html
has 'nothing to draw' 'không có dữ liệu' page.html

page_looked_at page.html
done_testing
