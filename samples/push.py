#!/usr/bin/env python3
"""Pushes one message through the send gateway and waits until e-Sight has it. Needs Python 3.9 and nothing else.

GATEWAY=https://... API_KEY=... EDM_USER=... EDM_PASSWORD=... python3 samples/push.py message.json
Exit code 0: delivered. 1: refused or given up, with the reason.
"""
import json
import os
import sys
import time
import urllib.error
import urllib.request

GATEWAY = os.environ["GATEWAY"].rstrip("/")
TRIES = 5


def call(method, path, body=None, token=None, tries=TRIES):
    """One call, tried again after Retry-After: a message is taken once, however often it is sent under its messageId."""
    request = urllib.request.Request(GATEWAY + path, data=body, method=method)
    request.add_header("x-api-key", os.environ["API_KEY"])
    if body is not None:
        request.add_header("Content-Type", "application/json")
    if token is not None:
        request.add_header("Authorization", f"Bearer {token}")
    try:
        with urllib.request.urlopen(request, timeout=40) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as refusal:
        if refusal.code not in (429, 503) or tries == 1:
            sys.exit(f"{refusal.code} {refusal.read().decode()}")
        time.sleep(int(refusal.headers.get("Retry-After", "1")))
    except (urllib.error.URLError, TimeoutError) as fault:
        if tries == 1:
            sys.exit(str(fault))
        time.sleep(1)
    return call(method, path, body, token, tries - 1)


def main():
    login = {"username": os.environ["EDM_USER"], "password": os.environ["EDM_PASSWORD"]}
    token = call("POST", "/login", json.dumps(login).encode())
    with open(sys.argv[1], "rb") as file:
        accepted = json.loads(call("POST", "/api/v1/service/send", file.read(), token))
    print("accepted as", accepted["sendId"])
    for _ in range(60):
        status = json.loads(call("GET", f"/api/v1/service/send/{accepted['sendId']}", token=token))
        if status["state"] in ("delivered", "settled"):
            print(status["state"])
            return
        if status["state"] != "accepted":
            sys.exit(json.dumps(status))
        time.sleep(1)
    sys.exit(f"not delivered yet: {json.dumps(status)}")


main()
