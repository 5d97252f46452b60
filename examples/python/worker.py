#!/usr/bin/env python3
"""A worker in Python, with nothing but the standard library: one JSON object a line."""
import json
import socket
import sys

host, port = (sys.argv[1] if len(sys.argv) > 1 else "localhost:5050").rsplit(":", 1)
operations = {
    "repeat": lambda params: params["text"] * params["times"],
    "sort": lambda params: sorted(params["words"]),
}

connection = socket.create_connection((host, int(port)))
lines = connection.makefile("rw", encoding="utf-8", newline="\n")


def send(frame):
    lines.write(json.dumps(frame) + "\n")
    lines.flush()


send({"type": "register", "role": "worker", "operations": list(operations), "presence": False})
for line in lines:
    frame = json.loads(line)
    if frame["type"] == "registered":
        print("registered as", frame["name"], flush=True)
    elif frame["type"] == "ping":
        send({"type": "pong"})
    elif frame["type"] == "task":
        report = {"task": frame["task"], "attempt": frame["attempt"]}
        try:
            send({"type": "done", **report, "result": operations[frame["operation"]](frame["params"])})
        except Exception as problem:  # whatever is wrong with the params, the submitter hears of it
            error = {"code": "bad_input", "message": repr(problem)}
            send({"type": "failed", **report, "error": error, "retry": False})
