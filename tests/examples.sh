# shellcheck shell=sh
# The examples of a manual page.
#
# An example is a `.Bd -literal` block whose first line begins with "$ ".  Such lines are
# commands (a line that ends in "|" or "\" goes on), the lines after them what they print,
# stderr included.
#
#   examples PAGE    `script`, which runs them and prints what the page would show, and
#                    `wanted`, what the page does show
examples() {
	: >wanted
	: >script
	awk '
		/^\.Bd -literal/ { literal = first = 1; next }
		/^\.Ed/ { literal = more = 0 }
		literal && first && !/^\$ / { literal = 0 }
		literal {
			first = 0
			gsub(/\\&/, "")
			gsub(/\\e/, "\\")
			gsub(/\\-/, "-")
			print >"wanted"
			if (more || sub(/^\$ /, "")) {
				shown = $0
				gsub(/\047/, "\047\\\047\047", shown)
				printf "printf \047%%s\\n\047 \047%s%s\047\n", more ? "" : "$ ", shown >"script.echo"
				text = more ? text "\n" $0 : $0
				more = /[|\\]$/
				if (!more) {
					close("script.echo")
					while ((getline line <"script.echo") > 0)
						print line >"script"
					close("script.echo")
					printf "" >"script.echo"
					close("script.echo")
					print "{\n" text "\n} 2>&1" >"script"
				}
			}
		}
	' "$1"
}
