"""How many bytes a program reads, or with -w writes: bytes_read.py [-w] COMMAND… says it."""
import os
import sys

writes = sys.argv[1] == "-w"
command = sys.argv[1 + writes:]
quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
pid = os.posix_spawnp(command[0], command, os.environ, file_actions=quiet)
os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
with open(f"/proc/{pid}/io") as io:
    print(next(line.split()[1] for line in io if line.startswith("wchar" if writes else "rchar")))
