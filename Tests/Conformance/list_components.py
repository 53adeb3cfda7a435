"""Lists the components of Python's distilabel with their options, as JSON on standard output.

    .local/reference/bin/python Tests/Conformance/list_components.py > Tests/Conformance/components-1.5.3.json

`common` has what all steps, generators, tasks and models have; `components` has by name the kind, the module, the options of its own
and, of models, the keys of `generation_kwargs`. Only names: the tests hold Documentation/COMPATIBILITY.md against it.
"""
import importlib
import inspect
import json
import pkgutil
import sys
import warnings

warnings.filterwarnings("ignore")

import distilabel  # noqa: E402
from distilabel.models.embeddings.base import Embeddings  # noqa: E402
from distilabel.models.image_generation.base import ImageGenerationModel  # noqa: E402
from distilabel.models.llms.base import LLM  # noqa: E402
from distilabel.steps.base import GeneratorStep, GlobalStep, Step, _Step  # noqa: E402
from distilabel.steps.tasks.base import _Task  # noqa: E402


def subclasses(kind):
    for one in kind.__subclasses__():
        yield one
        yield from subclasses(one)


def kind_of(one):
    if issubclass(one, _Task):
        return "generator task" if issubclass(one, GeneratorStep) else "task"
    if issubclass(one, GeneratorStep):
        return "generator"
    if issubclass(one, GlobalStep):
        return "global"
    for base, name in ((_Step, "step"), (LLM, "model"), (Embeddings, "embeddings"), (ImageGenerationModel, "images")):
        if issubclass(one, base):
            return name


def generation_keys(one):
    function = getattr(one, "agenerate", None) or getattr(one, "generate", None)
    if function is None:
        return []
    names = inspect.signature(inspect.unwrap(function)).parameters
    return [name for name in names if name not in ("self", "input", "inputs", "num_generations", "kwargs")]


def main():
    for module in pkgutil.walk_packages(distilabel.__path__, "distilabel."):
        if module.name == "distilabel.__main__":
            continue
        try:
            importlib.import_module(module.name)
        except ImportError as error:
            print(f"{module.name} is left out: {error}", file=sys.stderr)
    step = list(_Step.model_fields)
    common = {
        "step": step + [name for name in Step.model_fields if name not in step],
        "generator": step + [name for name in GeneratorStep.model_fields if name not in step],
        "task": [name for name in _Task.model_fields if name not in step],
        "model": list(LLM.model_fields),
    }
    components = {}
    for base in (_Step, LLM, Embeddings, ImageGenerationModel):
        for one in subclasses(base):
            if inspect.isabstract(one) or not one.__module__.startswith("distilabel."):
                continue
            kinds = kind_of(one).split() if issubclass(one, GeneratorStep) or issubclass(one, _Task) else []
            kinds.append("model" if issubclass(one, LLM) else "step" if issubclass(one, _Step) else "")
            shared = {name for kind in kinds for name in common.get(kind, [])}
            options = [name for name in one.model_fields if name not in shared]
            keys = generation_keys(one) if kind_of(one) in ("model", "images") else []
            entry = {"kind": kind_of(one), "module": one.__module__, "options": options}
            if keys:
                entry["generation_kwargs"] = keys
            components[one.__name__] = entry
    tree = {"version": distilabel.__version__, "common": common, "components": dict(sorted(components.items()))}
    print(json.dumps(tree, indent=1))


if __name__ == "__main__":
    main()
