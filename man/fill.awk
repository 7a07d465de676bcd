# Fills a page's templates from the program itself:
#
#   @SYNOPSIS@ @VERBS@ @OPTIONS@ @FIELDS@   of the program that the page is named after
#   @FIELDS lead@ @TYPES@ @PICKLISTS@       in pages of section 7, from crm-init
#
# awk -v build=FOLDER -f man/fill.awk PAGE.in

FNR == 1 {
	program = FILENAME
	sub(/.*\//, "", program)
	sub(/\.[0-9]\.in$/, "", program)
	if (FILENAME ~ /\.7\.in$/)
		program = "crm-init"
}

/^@[A-Z]+( [a-z_]+)?@$/ {
	part = tolower(substr($0, 2, length($0) - 2))
	command = build "/" program " --mdoc " part
	lines = 0
	while ((command | getline line) > 0) {
		fold(line)
		lines++
	}
	if (close(command) != 0 || lines == 0) {
		print FILENAME ":" FNR ": " command " failed" >"/dev/stderr"
		exit 1
	}
	next
}

{ print }

# Text lines folded at blanks; macros as they are.
function fold(line,    n, i, words, text) {
	if (line ~ /^\./) {
		print line
		return
	}
	n = split(line, words, " ")
	text = words[1]
	for (i = 2; i <= n; i++) {
		if (width(text " " words[i]) > 78) {
			print text
			text = words[i]
		} else {
			text = text " " words[i]
		}
	}
	print text
}

# As mandoc counts: bytes, with \[u1EA1] for what is not ASCII.  Run in the C locale.
function width(text,    wide) {
	wide = gsub(/[\300-\377]/, "&", text)
	return length(text) + 6 * wide
}
