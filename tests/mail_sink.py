"""A mail server that keeps what it gets in a Maildir: mail_sink.py DIR PORTFILE.

never@… is nobody (550).  Ends with its stdin.
"""
import itertools
import os
import socketserver
import sys
import threading

folder, portfile = sys.argv[1:]
for part in ("tmp", "new", "cur"):
    os.makedirs(os.path.join(folder, part), exist_ok=True)
numbers = itertools.count(1)


class Session(socketserver.StreamRequestHandler):
    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def keep(self, lines):
        name = "%d.sink" % next(numbers)
        with open(os.path.join(folder, "tmp", name), "wb") as f:
            f.write(b"".join(lines))
        os.rename(os.path.join(folder, "tmp", name), os.path.join(folder, "new", name))

    def data(self):
        lines = []
        for line in self.rfile:
            line = line.rstrip(b"\r\n")
            if line == b".":
                break
            lines.append(line[line.startswith(b".."):] + b"\n")
        self.keep(lines)

    def handle(self):
        self.say("220 sink")
        for line in self.rfile:
            word = line.decode("latin-1").strip().lower()
            if word.startswith("rcpt") and "<never@" in word:
                self.say("550 5.1.1 nobody here")
            elif word == "data":
                self.say("354 go on")
                self.data()
                self.say("250 kept")
            elif word == "quit":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")


with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with open(portfile + ".new", "w") as f:
        f.write(str(server.server_address[1]))
    os.rename(portfile + ".new", portfile)
    sys.stdin.read()
    server.shutdown()
