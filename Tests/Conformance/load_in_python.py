"""Loads pipelines with Python's distilabel and tells whether it reads what stands in the files.

    .local/reference/bin/python Tests/Conformance/load_in_python.py FILE…

Each file (.yaml, .yml or .json) is read with Python's `Pipeline.from_yaml` or `from_json`; then the names of the steps, the
connections, the routing functions and every parameter are compared with the file. Prints a line a file, and a count in the end.
The exit status is 0 when all are as in the file, 1 when some are not, 2 when nothing was given. `Scripts/setup-reference` makes the
Python that it needs.
"""
import json
import os
import sys
import warnings

warnings.filterwarnings("ignore")
os.environ["HF_HUB_OFFLINE"] = "1"

import yaml  # noqa: E402
from distilabel import constants  # noqa: E402
from distilabel.pipeline import Pipeline  # noqa: E402
from pydantic import BaseModel, SecretStr  # noqa: E402

# A model that could not be made complains once more when it is thrown away.
sys.unraisablehook = lambda _: None

# What says which type stands there, and what Python writes only to be read by people.
NO_PARAMETERS = {"type_info", "runtime_parameters_info", "name"}


def read(path):
    """The tree that stands in a file."""
    with open(path, encoding="utf-8") as file:
        return json.load(file) if path.endswith(".json") else yaml.safe_load(file)


def plain(value):
    """A value of a loaded component as files have it."""
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, BaseModel):
        return {name: plain(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, os.PathLike) else value


def spelled(name, value, step):
    """A parameter as Python spells it once it is loaded; only ExpandColumns has several spellings."""
    if step["type_info"]["name"] == "ExpandColumns":
        if name == "columns" and isinstance(value, list):
            return {column: column for column in value}
        if name == "encoded" and isinstance(value, bool):
            return list(step["columns"]) if value else []
    return value


def compare(stated, loaded, place, faults, ignored):
    """Compares the parameters in a file with those of the component that Python made of them.

    Fills `faults` with what differs and `ignored` with the parameters that Python's class does not have and leaves out.
    """
    kind = stated.get("type_info", {}).get("name")
    if kind != type(loaded).__name__:
        faults.append(f"{place} is {type(loaded).__name__}, not {kind}")
        return
    for name, value in stated.items():
        if name in NO_PARAMETERS:
            continue
        if name not in type(loaded).model_fields:
            ignored.add(name)
            continue
        there = getattr(loaded, name)
        if isinstance(value, dict) and "type_info" in value:
            compare(value, there, f"{place}.{name}", faults, ignored)
        elif plain(there) != spelled(name, value, stated):
            faults.append(f"{place}.{name} is {plain(there)!r}, not {value!r}"[:300])


def check(path):
    """What is wrong with a file, what Python leaves out of it, and its numbers of steps and connections."""
    tree = read(path)["pipeline"]
    pipeline = Pipeline.from_json(path) if path.endswith(".json") else Pipeline.from_yaml(path)
    faults, ignored = [], set()
    stated = {entry["name"]: entry["step"] for entry in tree["steps"]}
    nodes = {name: pipeline.dag.get_step(name) for name in pipeline.dag}
    if list(nodes) != list(stated):
        faults.append(f"the steps are {list(nodes)}, not {list(stated)}")
    for name, step in stated.items():
        if name in nodes:
            compare(step, nodes[name][constants.STEP_ATTR_NAME], name, faults, ignored)
    edges = {(entry["from"], to) for entry in tree["connections"] for to in entry["to"]}
    there = set(pipeline.dag.G.edges)
    if there != edges:
        faults.append(f"the connections are {sorted(there)}, not {sorted(edges)}")
    for entry in tree.get("routing_batch_functions") or []:
        function = nodes.get(entry["step"], {}).get(constants.ROUTING_BATCH_FUNCTION_ATTR_NAME)
        if function is None or function._get_type_info() != entry["type_info"]:
            faults.append(f"the routing function behind {entry['step']} is another")
    for key in ("name", "description"):
        if tree.get(key) not in (None, getattr(pipeline, key)):
            faults.append(f"the {key} is {getattr(pipeline, key)!r}, not {tree[key]!r}")
    return faults, ignored, len(stated), len(edges)


def main(paths):
    failed = 0
    for path in paths:
        try:
            faults, ignored, steps, edges = check(path)
        except Exception as error:  # Whatever Python's distilabel throws is what we want to know.
            reason = " ".join(str(error).split())[:300]
            faults, ignored, steps, edges = [f"{type(error).__name__}: {reason}"], set(), 0, 0
        if faults:
            failed += 1
            print(f"FAILED  {path}: " + "; ".join(faults))
        else:
            left = f"; Python leaves out {', '.join(sorted(ignored))}" if ignored else ""
            print(f"loaded  {path}: {steps} steps, {edges} connections{left}")
    print(f"{len(paths) - failed} loaded, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(print(__doc__, file=sys.stderr) or 2)
    sys.exit(main(sys.argv[1:]))
