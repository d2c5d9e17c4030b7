# SPDX-License-Identifier: BSD-3-Clause
"""The rules of Jenkins' JUnit schema, as src/main/resources/.../junit-10.xsd of jenkinsci/xunit-plugin states them: which
elements stand in which, which attributes each may and must have, how a time is written."""
import re

# xs:simpleType SUREFIRE_TIME: at most three digits behind the point.
TIME = re.compile(r"(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]{0,3})?")

# element -> (attributes it must have, those it may have, elements in it, whether text is in it)
RULES = {
    "testsuites": (set(), {"name", "time", "tests", "failures", "errors"}, {"testsuite"}, False),
    "testsuite": ({"name", "tests", "failures", "errors"},
                  {"group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url", "version"},
                  {"testsuite", "properties", "testcase", "system-out", "system-err"}, False),
    "properties": (set(), set(), {"property"}, False),
    "property": ({"name", "value"}, set(), set(), False),
    "testcase": ({"name"}, {"time", "classname", "group"},
                 {"skipped", "error", "failure", "rerunFailure", "rerunError", "flakyFailure", "flakyError", "system-out",
                  "system-err"}, False),
    "skipped": (set(), {"type", "message"}, set(), True),
    "error": (set(), {"type", "message"}, set(), True),
    "failure": (set(), {"type", "message"}, set(), True),
}
# Of the suites alone: a test case's time is any text.
TIMED = {"testsuites", "testsuite"}


def complaints(element):
    """What of an xml.etree element, and of all in it, the schema does not allow; one text each."""
    if element.tag not in RULES:
        yield f"there is no element <{element.tag}>"
        return
    must, may, inside, text = RULES[element.tag]
    for name in must - set(element.attrib):
        yield f"<{element.tag}> has no {name}"
    for name in set(element.attrib) - must - may:
        yield f"<{element.tag}> has no attribute {name}"
    if element.tag in TIMED and not TIME.fullmatch(element.get("time", "")):
        yield f"<{element.tag}> has the time {element.get('time')}"
    if not text and (element.text or "").strip():
        yield f"<{element.tag}> has text"
    for child in element:
        if child.tag not in inside:
            yield f"<{element.tag}> has a <{child.tag}> in it"
        if (child.tail or "").strip():
            yield f"<{element.tag}> has text"
        yield from complaints(child)
