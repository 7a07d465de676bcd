#!/bin/sh
# Charts: drawn from descriptions, as SVG, on a terminal, as Vega-Lite.
. tests/lib.sh
. "$root/tests/charts.sh"

draw() { # NAME [WIDTH]: NAME.svg, NAME-narrow.svg, NAME.txt, NAME.json of NAME.in
	chart svg 640 <"$1.in" >"$1.svg" && chart svg 300 <"$1.in" >"$1-narrow.svg" &&
		chart text 60 <"$1.in" >"$1.txt" && chart vegalite <"$1.in" >"$1.json"
}

for kind in $kinds; do
	sample "$kind" >"$kind.in"
done
{
	line kind line
	awk 'BEGIN { printf "categories"; for (i = 1; i <= 1000; i++) printf "\t%d", i
		printf "\nseries\tx"; for (i = 1; i <= 1000; i++) printf "\t%d", i * i % 97
		print "" }'
} >many.in
{
	line kind stacked
	line categories one
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do line series "s$i" $i; done
} >series.in
for kind in $kinds many series; do
	ok "$kind: drawn" draw "$kind"
done
is 'nothing is wrong with them' "$(python3 "$root/tests/charts.py" 2>&1)" ''

has 'a mark says what it is' '2025-Q4 · Hà Nội: 12' bar.words
has 'a reference too' '2026-Q1 · Target: 18' bar.words
for i in A B; do
	printf 'Công ty TNHH Thương mại và Dịch vụ Kỹ thuật Xây dựng và Phát triển Hạ tầng miền Trung Minh Anh %s\t' $i
done >names
{
	line kind bar
	line categories "$(sed 's/.$//' names)"
	line series x 2 1
} >alike.in
ok 'names that begin alike: drawn' draw alike
is '  and told apart, on a terminal' "$(grep -c '^Công ty.*….* Anh [AB] ' alike.txt)" 2
is '  in a picture, too' "$(grep -o '…[^<]*Anh [AB]</text>' alike.svg | grep -o '[AB]<' | paste -sd' ')" 'A< B<'
has '  whose titles have all of them' "<title>$(sed 's/.$//; s/.*	//' names)</title>" alike.svg
{
	line kind bar
	line ordered
	line categories a b
	line series Sales 2 4
	line reference Target '' 4
} >gap.in
ok 'a target of one of two months: drawn' draw gap
is '  where there is none nothing stands for it' "$(sed 's/[^─┤█]//g' gap.txt | grep -c .)" 3
has '  and a blank is left before its figure' '┤ 4' gap.txt
for kind in bar line; do
	{
		line kind $kind
		line ordered
		line categories a b
		line series Sales 2 4
		line reference Target 3 3
		line reference 'Last year' 1 5
	} >two.in
	ok "$kind: two references: drawn" draw two
	is '  each in a way of its own, in the legend and in the picture' \
		"$(grep -o 'class="ref[a-z ]*"' two.svg | sort | uniq -c | tr -s ' ' | paste -sd';')" \
		"$([ $kind = bar ] && echo ' 3 class="ref dots"; 3 class="ref"' || echo ' 2 class="ref dots"; 2 class="ref"')"
	is '  and of a colour of its own, named in the legend, as Vega-Lite' "$(python3 -c '
import json
layers = [l for l in json.load(open("two.json"))["layer"]]
scales = [l["encoding"]["color"]["scale"] for l in layers]
print(len(layers), scales[0]["domain"], len(set(scales[0]["range"])), all(s == scales[0] for s in scales),
	len(set(str(l["mark"]) + str(l["transform"]) for l in layers)))')" \
		"3 ['Sales', 'Target', 'Last year'] 3 True 3"
	is '  nothing keeps the legend away, and nothing is counted in halves' \
		"$(grep -c '"legend":null' two.json) $(grep -o '"axis":{[^}]*}' two.json | sort -u)" \
		'0 "axis":{"format":",d","tickMinStep":1}'
done
has '  and on a terminal' '─ Target  ┄ Last year' two.txt
has 'markup is text' 'Deals won & lost by <quarter>' bar.words
has 'labels are wrapped' 'Nguyễn Thị Hoàng Oanh' lying.words
has 'whatever they are' ']]></script>' lying.words
has 'money as people say it' '1,25 tỷ' lying.words
has 'a mark says the whole of it' 'Nguyễn Thị Hoàng Oanh Phượng: 1.250.000.000' lying.words
has 'the filter stands below' 'amount > 0 and stage != "<lost>"' lying.words
is 'a gap has no mark' "$(grep -c '株式会社東京:' lying.words)" 0
has 'a stack has its sum' '| 43 |' stacked.words
has 'a step of the funnel its rate' '410 · 48%' funnel.words
{
	line kind funnel
	line categories Discovery Proposal Won
	line series '' 68 17 92
} >more.in
ok 'more won than were proposed to: drawn' draw more
has '  what is less is a share' '17 · 25%' more.svg
has '  what is more is none' '>92</text>' more.svg
is '  on a terminal, too' "$(tr -dc '0-9%\n ' <more.txt | tr -s ' ' | paste -sd';')" ' 68; 17 25%; 92'
has 'a cell of a heat map its figure' '2 · 2026-09: 40%' heat.words
has 'Pareto adds up' 'Vinamilk · Cumulative share: 80%' pareto.words
has 'nothing to draw' 'no data' empty.words
has 'nothing but gaps' 'no data' gaps.words
is 'a thousand points' "$(grep -c '^[0-9]* · x: ' many.words)" 1000

is 'figures are exact, gaps null' "$(python3 -c '
import json, decimal
def values(name):
	return json.load(open(name), parse_float=decimal.Decimal)["data"]["values"]
print([str(r["value"]) for r in values("pareto.json")], values("pareto.json")[3]["running"])
print([r["value"] for r in values("gaps.json")])')" "['500.10', '300.20', '150', '50'] 1
[None, None, None]"

for figure in 0 5; do
	{
		line kind heat
		line categories a b
		line series x $figure $figure
		line series y $figure $figure
	} >same.in
	ok "cells that are all $figure: drawn" draw same
	is '  and their shade means that alone' "$(sed -n 1p same.txt | tr -d '░█')$(grep -c ">$figure</text>" same.svg)" \
		" ${figure}5"
done

sed -n 3,8p heat.txt >got
cat >wanted <<'END'
0% ░▒▓█ 100%   → Months since the first purchase
Cohort       0      1      2      3
2026-08 █ 100% ▒45.6% ▒  30% ▒  25%
2026-09 █ 100% ▓  50% ▒  40%
2026-10 █ 100% ▒  41%
2026-11 █ 100%
END
same 'a heat map on a terminal' got wanted
chart text 60 colour <bar.in | sed "s/$(printf '\033')\[[0-9;]*m//g" >plain.txt
same 'colour adds nothing else' plain.txt bar.txt
chart svg 640 <bar.in >again.svg
same 'the same again' again.svg bar.svg
done_testing
