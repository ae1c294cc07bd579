"""What watches a hub fits what a hub prints.

Alert rules and dashboard name only metrics and labels that are printed, their expressions can be read, every alert
says in both languages what to do, fires once and stays silent once in the tests beside it, and those tests pass.
Ends with 77 (skipped) where promtool (package prometheus) or python3-yaml is not installed.
Usage: monitoring_fits.py PROJECT_FOLDER FILE_OF_METRICS
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

try:
    import yaml
except ImportError as missing:
    print(f"skipped: {missing} (python3-yaml)")
    sys.exit(77)

TEXTS = {"summary_ja", "summary_en", "description_ja", "description_en"}
SEVERITIES = {"critical", "warning"}
OF_PROMETHEUS = {"up": {"job", "instance"}}
ADDED_BY_PROMETHEUS = {"instance", "job"}


def printed_metrics(text):
    """Name -> labels, of every sample; the parts of a histogram under their own names."""
    metrics = {}
    for name, labels in re.findall(r"^(\w+)(?:\{(.*)\})? ", text, re.MULTILINE):
        metrics.setdefault(name, set()).update(re.findall(r'(\w+)="', labels))
    return metrics


def problems_of(where, expression, metrics):
    """Metrics that nobody prints, and selectors and groupings by labels that they do not have."""
    problems, labels = [], set()
    for name, selector in re.findall(r"\b(musubi_\w+|up)\b(?:\{([^}]*)\})?", expression):
        known = metrics.get(name)
        if known is None:
            problems.append(f"{where}: no such metric: {name}")
            continue
        labels |= known
        for label in re.findall(r"(\w+)\s*[=!]~?\s*\"", selector):
            if label not in known | ADDED_BY_PROMETHEUS:
                problems.append(f"{where}: {name} has no label {label}")
    for group in re.findall(r"\b(?:by|on)\s*\(([^)]*)\)", expression):
        for label in filter(None, re.split(r"[\s,]+", group)):
            if label not in labels | ADDED_BY_PROMETHEUS:
                problems.append(f"{where}: nothing here has the label {label}")
    return problems


def alerts_of(file):
    return [rule for group in yaml.safe_load(file.read_text(encoding="utf-8"))["groups"] for rule in group["rules"]]


def problems_of_alert(alert, metrics):
    name = alert["alert"]
    problems = problems_of(name, alert["expr"], metrics)
    if alert["labels"].get("severity") not in SEVERITIES:
        problems.append(f"{name}: severity is one of {sorted(SEVERITIES)}")
    if missing := TEXTS - alert["annotations"].keys():
        problems.append(f"{name}: lacks {sorted(missing)}")
    return problems


def problems_of_tests(file, alerts):
    """Each alert is expected to fire at least once, and to stay silent at least once."""
    fires, silent = set(), set()
    for test in yaml.safe_load(file.read_text(encoding="utf-8"))["tests"]:
        for case in test["alert_rule_test"]:
            (fires if case["exp_alerts"] else silent).add(case["alertname"])
    names = {alert["alert"] for alert in alerts}
    return [f"{name}: not tested {how}" for how, seen in (("firing", fires), ("silent", silent)) for name in names - seen]


def expressions_of(dashboard):
    for panel in dashboard["panels"]:
        for target in panel.get("targets", []):
            yield panel["title"], target["expr"]
    for variable in dashboard["templating"]["list"]:
        if variable["type"] == "query":
            metric, label = re.fullmatch(r"label_values\((\w+), (\w+)\)", variable["query"]["query"]).groups()
            yield variable["name"], f"count by ({label}) ({metric})"


def promtool(*arguments):
    done = subprocess.run(["promtool", *arguments], capture_output=True, text=True, check=False)
    return [] if done.returncode == 0 else [f"promtool {' '.join(arguments)}: {done.stdout}{done.stderr}"]


def unreadable(expressions):
    """A dashboard's expressions as rules, so that promtool reads them; Grafana's own names stand for a time."""
    rules = [{"record": "dashboard", "labels": {"n": str(n)}, "expr": expression.replace("$__rate_interval", "5m")}
             for n, (_, expression) in enumerate(expressions)]
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        yaml.safe_dump({"groups": [{"name": "dashboard", "rules": rules}]}, file)
        file.flush()
        return promtool("check", "rules", file.name)


def main(project, printed):
    if shutil.which("promtool") is None:
        print("skipped: promtool is not installed (package prometheus)")
        return 77
    folder = project / "config/monitoring"
    metrics = printed_metrics(printed.read_text(encoding="utf-8")) | OF_PROMETHEUS
    alerts = alerts_of(folder / "alerts.yml")
    expressions = list(expressions_of(json.loads((folder / "dashboard.json").read_text(encoding="utf-8"))))
    problems = [problem for alert in alerts for problem in problems_of_alert(alert, metrics)]
    problems += problems_of_tests(folder / "alerts.test.yml", alerts)
    problems += [problem for where, each in expressions for problem in problems_of(where, each, metrics)]
    problems += unreadable(expressions)
    problems += promtool("check", "rules", str(folder / "alerts.yml"))
    problems += promtool("test", "rules", str(folder / "alerts.test.yml"))
    print("\n".join(problems))
    print(f"{len(metrics)} metrics, {len(alerts)} alerts, {len(expressions)} expressions, {len(problems)} problems")
    return 1 if problems or len(alerts) < 10 or len(expressions) < 20 else 0


sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))
