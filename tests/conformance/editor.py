"""What an editor tells of a case: `vanthu schema` accepts the samples and refuses broken ones.

In Python, since every JSON Schema crate turns on features of crates that typst stands on.
"""

import copy
import json
from pathlib import Path

import jsonschema
import yaml

import programs
from results import Results


class Loader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: `co` and `no` are words, and a date is text."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":bool", ":timestamp"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def check(results: Results, program: Path, root: Path) -> None:
    answer = programs.call(program, "schema")
    schema = json.loads(answer.stdout)
    validator = jsonschema.Draft202012Validator(schema)
    try:
        jsonschema.Draft202012Validator.check_schema(schema)
        results.add("editor: the schema is one", "vanthu schema", True)
    except jsonschema.SchemaError as fault:
        results.add("editor: the schema is one", "vanthu schema", False, fault.message)

    samples = sorted((root / "templates").glob("*/ho_so_mau*.yaml"))
    cases = [*samples, *sorted((root / "reports").glob("*/ho_so.yaml"))]
    wrong = {
        "an unknown fact": lambda case: case["noi_dung"].update(khong_co_truong_nay="x"),
        "no fact at all": lambda case: case.pop("noi_dung"),
        "an unknown wording": lambda case: case.update(mau="khong_co_mau_nay"),
        "an unknown key": lambda case: case.update(khong_co_khoa_nay="x"),
    }
    for path in cases:
        name = f"{path.parent.name}/{path.name}"
        case = yaml.load(path.read_text("utf-8"), Loader)
        faults = [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(case)]
        results.add("editor: accepts", name, not faults, "; ".join(faults)[:300])
        if not isinstance(case.get("noi_dung"), dict):
            continue
        asked = facts(schema, case)
        broken = dict(wrong) if asked else {key: wrong[key] for key in ("an unknown wording", "an unknown key")}
        for fact in asked:
            broken[f"no `{fact}`"] = lambda case, fact=fact: case["noi_dung"].pop(fact)
        for what, spoil in broken.items():
            spoilt = copy.deepcopy(case)
            spoil(spoilt)
            results.add(f"editor: refuses {what}", name, not validator.is_valid(spoilt))


def facts(schema: dict, case: dict) -> list[str]:
    """What the wording of a case requires."""
    for condition in schema["allOf"]:
        if jsonschema.Draft202012Validator(condition["if"]).is_valid(case):
            content = condition["then"]["properties"].get("noi_dung")
            if content:
                return content.get("required", [])
    return []
