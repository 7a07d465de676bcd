"""What Python's email module makes of messages, to check ours by.

mail_read.py mbox FILE        a line a message: what its headers and parts say
mail_read.py reply FILE TEXT  an answer to the message in FILE
"""
import email
import email.policy
import mailbox
import re
import sys


def show(raw):
    m = email.message_from_bytes(raw, policy=email.policy.default)
    if m.defects:
        print("defects:", m.defects)
    longest = max(len(line) for line in raw.split(b"\n"))
    if longest > 998 or not raw.isascii():
        print("no mail for a server of 7 bits:", longest)
    for name in ("From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "Reply-To",
                 "List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted"):
        if m[name] is not None:
            print(name + ":", m[name])
    if m["Bcc"]:
        print("a header that nobody wrote:", m["Bcc"])
    for part in m.walk():
        if not part.is_multipart():
            print("[" + part.get_content_type() + "]")
            print(part.get_content(), end="")
    print("====")


command, path = sys.argv[1:3]
if command == "mbox":
    text = open(path, "rb").read()
    found = re.split(rb"^From .*\n", text, flags=re.M)[1:]
    assert len(found) == len(mailbox.mbox(path))
    for raw in found:
        show(re.sub(rb"^>(>*From )", rb"\1", raw[:-1], flags=re.M))
else:
    m = email.message_from_bytes(open(path, "rb").read(), policy=email.policy.default)
    r = email.message.EmailMessage()
    r["From"] = m["To"]
    r["To"] = m["From"]
    r["Subject"] = "Re: " + m["Subject"]
    r["Message-ID"] = "<reply-to-" + m["Message-ID"].strip("<>")[:20] + "@example.vn>"
    r["In-Reply-To"] = m["Message-ID"]
    r["Date"] = "Sat, 21 Nov 2026 09:20:00 +0700"
    r.set_content(sys.argv[3])
    sys.stdout.buffer.write(r.as_bytes())
