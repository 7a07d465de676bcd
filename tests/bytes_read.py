"""How many bytes a program reads: bytes_read.py COMMAND… prints their number."""
import os
import sys

quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
pid = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
with open(f"/proc/{pid}/io") as io:
    print(next(line.split()[1] for line in io if line.startswith("rchar")))
