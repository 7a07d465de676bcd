"""Watches on a terminal of its own: watch.py SIGNAL DEAL ARGUMENT… ; prints what it saw."""
import fcntl, os, pty, re, select, signal, struct, subprocess, sys, termios, time

def screen(rows, columns):
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

def until(wanted, seconds=20):
    """Reads until the text is there, or time is over."""
    text, end = b"", time.time() + seconds
    while wanted not in text and time.time() < end:
        if select.select([fd], [], [], 0.1)[0]:
            try:
                text += os.read(fd, 65536)
            except OSError:
                break
    return text.decode(errors="replace")

child, fd = pty.fork()
if child == 0:
    time.sleep(0.2)  # until the terminal has its size
    os.execvp("crm-report", ["crm-report", "watch", "--every", "1", *sys.argv[3:]])
screen(12, 60)
first = until(b"\x1b[J")
print("its own screen:", first.startswith("\x1b[?1049h\x1b[?25l\x1b[H"))
print("first:", re.findall(r"Discovery +(?:VND +)?(\d+)", first))
print("columns without room:", re.findall("[^ ]…", first), len(re.findall(" …", first)))
quiet = until(b"\x1b[J", 2)
print("drawn again without a change:", bool(quiet))
subprocess.run(["crm-deal", "set", sys.argv[2], "stage=discovery", "-q"], check=True)
second = until(b"\x1b[J")
print("after a write:", re.findall(r"Discovery +(?:VND +)?(\d+)", second))
screen(5, 40)
os.kill(child, signal.SIGWINCH)
third = until(b"\xe2\x80\xa6")
lines = third.split("\r\n")
print("rows:", len(lines), "columns:", max(len(re.sub("\x1b\\[[0-9;?]*[A-Za-z]", "", l)) for l in lines) <= 40)
os.kill(child, getattr(signal, sys.argv[1]))
end = until(b"\x1b[?1049l")
_, status = os.waitpid(child, 0)
print("restored:", end.endswith("\x1b[?25h\x1b[?1049l"), "status:", os.waitstatus_to_exitcode(status))
