#!/bin/sh
# The tour of README.md: each line of its ```sh blocks is run, and prints what is shown.
# "$ " begins a command, "> " goes on with it; stderr counts.
. tests/lib.sh

awk '
	function flush_command() {
		if (command != "")
			print "{\n" command "\n} 2>&1"
		command = ""
	}
	/^```/ { flush_command(); inside = $0 == "```sh"; next }
	!inside { next }
	{ print >"wanted" }
	/^[$>] / {
		if (/^\$ /)
			flush_command()
		print "cat <<\047---\047\n" $0 "\n---" >"/dev/stdout"
		command = command (command == "" ? "" : "\n") substr($0, 3)
		next
	}
' "$root/README.md" >script

ok 'there is a tour' test -s script
sh script >got 2>&1
same 'README.md: the tour' got wanted

done_testing
