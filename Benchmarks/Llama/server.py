"""Measures llama.cpp's own server on the requests of LlamaBench, for comparison.

    python3 -m venv venv && venv/bin/pip install xllamacpp
    venv/bin/python server.py MODEL [sequences=8] [threads=1] [requests=32] [tokens=64] [prefix=own|shared] [json=1]

The server runs in this process and is asked over HTTP on loopback. The settings are its defaults, but for the threads, the number of
sequences and, with unified=1, one pool of memory for all of them. The prompts and the sampling are those of LlamaBench.swift, read from it.
"""

import json
import pathlib
import re
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import xllamacpp

model, settings = sys.argv[1], dict(pair.split("=", 1) for pair in sys.argv[2:])
sequences, threads = int(settings.get("sequences", 8)), int(settings.get("threads", 1))
count, tokens = int(settings.get("requests", 32)), int(settings.get("tokens", 64))
source = (pathlib.Path(__file__).parent / "LlamaBench.swift").read_text()
topics = re.findall(r'"(\w+)"', re.search(r"let topics = \[(.*?)\]", source, re.S)[1])
rules = re.sub(r"\\\n *", "", re.search(r'let rules = """\n *(.*?)\n *"""', source, re.S)[1])
schema = {
    "type": "object",
    "properties": {"title": {"type": "string", "maxLength": 40}, "level": {"type": "integer", "minimum": 1, "maximum": 5}},
    "required": ["title", "level"],
}

parameters = xllamacpp.CommonParams()
parameters.model.path = model
parameters.n_gpu_layers = 0
parameters.n_ctx = int(settings.get("context", 1024 * sequences))
parameters.n_parallel = sequences
parameters.cpuparams.n_threads = threads
parameters.cpuparams_batch.n_threads = threads
parameters.kv_unified = settings.get("unified") == "1"
parameters.port = 0
parameters.verbosity = 0
server = xllamacpp.Server(parameters)
address = server.listening_address


def ask(index):
    topic = topics[index % len(topics)]
    system = f"{topic} {index}." if settings.get("prefix", "own") == "own" else rules
    body = {
        "messages": [
            {"role": "system", "content": system},
            {"role": "user", "content": f"Number {index}: write about {topic}."},
        ],
        "max_tokens": tokens,
        "temperature": 0.8,
        "top_p": 0.95,
        "seed": index,
    }
    if settings.get("json") == "1":
        body["response_format"] = {"type": "json_schema", "json_schema": {"name": "answer", "schema": schema}}
    request = urllib.request.Request(
        f"{address}/v1/chat/completions", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=600) as response:
        return json.load(response)["usage"]


start, processor = time.monotonic(), time.process_time()
with ThreadPoolExecutor(int(settings.get("clients", 64))) as pool:
    usages = list(pool.map(ask, range(count)))
seconds, processor = time.monotonic() - start, time.process_time() - processor
generated = sum(usage["completion_tokens"] for usage in usages)
prompt = sum(usage["prompt_tokens"] for usage in usages)
print(
    f"server: requests {count} prompt {prompt} generated {generated} seconds {seconds:.3f} "
    f"generated/s {generated / seconds:.1f} cpu {processor:.2f} generated/cpu-s {generated / processor:.1f}",
    flush=True,
)
# The server's threads have no orderly end in this wheel.
import os

os._exit(0)
