"""Every configuration file of the repository fits its JSON Schema, and files that are wrong do not.

Ends with 77 (skipped) where python3-jsonschema or python3-yaml is not installed.
Usage: schemas_fit.py PROJECT_FOLDER
"""
import json
import pathlib
import sys

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"skipped: {missing} (python3-jsonschema, python3-yaml)")
    sys.exit(77)

FOLDERS = {
    "mapping": ["mappings/*/*.yaml"],
    "value-set": ["mappings/valuesets/*.yaml"],
    "concept-map": ["mappings/conceptmaps/*.yaml"],
    "policy": ["config/policies/*.yaml"],
    "jurisdiction": ["config/jurisdictions/*.yaml"],
    "route": ["config/routes/*.yaml"],
    "checks": ["config/checks/*.yaml"],
    "settings": ["config/musubi.yaml", "config/examples/*.yaml"],
}
NO_MAPPINGS = {"catalogue", "valuesets", "conceptmaps"}
CASES = "tests/unit/app/lint"
WRONG = {
    "mapping": ["mapping/head-key-misspelt", "mapping/rule-key-misspelt", "mapping/reads-unknown",
                "mapping/field-misspelt", "mapping/value-set-misspelt", "mapping/conversion-misspelt",
                "mapping/on-error-unknown", "mapping/field-in-group", "outward/outward-writes-unknown"],
    "value-set": ["codes/value-set-label-missing", "codes/value-set-reason-misspelt"],
    "concept-map": ["codes/concept-map-without-codes", "codes/concept-map-reason-misspelt",
                    "codes/concept-map-source-unknown"],
    "policy": ["configuration/policy-rules-wrong", "configuration/policy-head-wrong"],
    "route": ["configuration/route-wrong"],
    "settings": ["configuration/settings-wrong"],
}


class TextLoader(yaml.BaseLoader):
    """Texts stay texts, as for Musubi; only null is null."""


TextLoader.add_implicit_resolver("tag:yaml.org,2002:null", yaml.SafeLoader.yaml_implicit_resolvers["~"][0][1],
                                 ["~", "n", "N", ""])
TextLoader.add_constructor("tag:yaml.org,2002:null", lambda loader, node: None)


def errors_of(validator, file):
    tree = yaml.load(file.read_text(encoding="utf-8-sig"), Loader=TextLoader)
    return [f"{file}: {'/'.join(map(str, each.path))}: {each.message[:200]}" for each in validator.iter_errors(tree)]


def main(project):
    problems, fitting, refused = [], 0, 0
    for name, patterns in FOLDERS.items():
        schema = json.loads((project / f"config/schemas/{name}.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        for file in sorted(file for pattern in patterns for file in project.glob(pattern)):
            if file.name.endswith(".test.yaml") or (name == "mapping" and file.parent.name in NO_MAPPINGS):
                continue
            problems += errors_of(validator, file)
            fitting += 1
        for case in WRONG.get(name, []):
            refused += 1
            if not errors_of(validator, project / CASES / f"{case}.yaml"):
                problems.append(f"{case}: should not fit the schema {name}")
    print("\n".join(problems))
    print(f"{fitting} files of the repository, {refused} wrong ones, {len(problems)} problems")
    return 1 if problems or fitting < 40 else 0


sys.exit(main(pathlib.Path(sys.argv[1])))
