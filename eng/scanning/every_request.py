"""What sqlmap asks before each request: a key and an address of its own, or the second request would be answered as a repeat of the first."""
import os
import random
import re
import uuid


def preprocess(req):
    # A byte a request: sqlmap does not say how many it sent.
    with open(os.environ["SCAN_COUNT"], "ab") as count:
        count.write(b".")
    req.add_header("Idempotency-Key", str(uuid.uuid4()))
    # The server takes the caller's address from its proxy, which is us: the pause after failed sign-ins counts by address.
    req.add_header("X-Forwarded-For", f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(1, 255)}")
    if req.data and b"_key=" in req.data:
        req.data = re.sub(rb"_key=[^&]*", b"_key=" + str(uuid.uuid4()).encode(), req.data)
