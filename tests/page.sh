# shellcheck shell=sh
# Pages as their readers see them: `. tests/page.sh`, then
#
#   page_tools          sets $browser and $axe, or says what is missing, with status 1
#   page_wrong PAGE [FOLDER]   prints what is wrong with it (tests/page.js), or "nothing is
#                       wrong"; screenshots into the folder
#   page_looked_at PAGE     the test that nothing is, or that it was skipped
#
# The browser is $CRM_BROWSER, else a Chromium that is installed; axe-core is the file
# $CRM_AXE, else that of `npm root -g` (npm install -g axe-core).

page_tools() {
	browser=${CRM_BROWSER:-}
	for name in chromium chromium-browser google-chrome; do
		[ -n "$browser" ] || browser=$(command -v $name)
	done
	axe=${CRM_AXE:-$(npm root -g 2>/dev/null)/axe-core/axe.min.js}
	missing=
	[ -n "$browser" ] || missing="no Chromium (CRM_BROWSER)"
	[ -e "$axe" ] || missing="${missing:+$missing, }no axe-core (CRM_AXE)"
	command -v node >/dev/null || missing="${missing:+$missing, }no node"
	[ -z "$missing" ] || echo "$missing"
	[ -z "$missing" ]
}

# shellcheck disable=SC2154 # root: of lib.sh
page_wrong() {
	node "$root/tests/page.js" "$browser" "$axe" "$@"
}

page_looked_at() {
	if missing=$(page_tools); then
		page_tools
		is 'nothing is wrong in light, dark, on paper, on a phone' "$(page_wrong "$1")" \
			'nothing is wrong'
	else
		tests=$((tests + 1))
		echo "ok $tests # SKIP not looked at in a browser: $missing"
	fi
}
