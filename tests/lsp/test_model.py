"""A random client and the server always agree, whatever the client does.

The model is the specification restated: a text is a list of code units, a change replaces some of them, and what is
said of a text is what `analyze` says of it afresh, with the disk as it is. After every step each request has exactly
one answer, the server's text is the model's, and so are its diagnostics.
"""

import json
import re
import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, final

import pytest
from attrs import define, evolve, field, frozen
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from lsp.client import Json
from lsp.driver import Driver
from lsp.units import changed, from_units, position_of, range_of, start_of, to_units
from report_ls.analysis.analyze import analyze
from report_ls.base.diagnostic import Diagnostic, Severity, Stage
from report_ls.base.memo import clear_memos
from report_ls.base.text import SourceText
from report_ls.data.error import DataError
from report_ls.files.disk import DiskFiles
from report_ls.packs.pack import Pack
from report_ls.packs.recognise import recognise
from report_ls.project.packs import load_pack, packs, parse_pack
from report_ls.report.outline import outline
from support.memory_files import MemoryFiles

FAR = (1 << 31) - 1


# What clients do

_SIGNS = [*"aé\U0001f4f7\u2028\u2029\x85\f\v\x1c\0\ufeff\t", "\ud83d", "\udcf7"]
_PIECES = [
    *("### Question 1\n", "### Question 2\n", "## Part\n", "# Question 3 \U0001f4f7\n", "One two three. "),
    *("> How? Answer length: 2-5 words\n", "> Answer length: 1-2 words. Attach 1 to 2 images.\n"),
    *(">\n> Answer:\n\n", "> answer\n\n", "Answer:"),
    *("![a](figures/a.png)", "![b](figures/B.PNG)", "![ø](figures/ø%20å.png)", "![c](../x.png)", "[a](figures/a.png)"),
    *("![a](figures/none/a.png)", "![](a.png)", "![a](b c.png)", '<img src="figures/a.png">', "`![a](figures/a.png)`"),
    *("--- question 1 fill here ---", "--- one two ---", "```\n", "    ", "<!--", "-->", "---\n", "***"),
    *("\n", "\r\n", "\r", "\n\n", " ", "\n\r"),
]  # fmt: skip
_REPORT = (
    "# Report\n\n### Question 1\n\n> Why? Answer length: 2-5 words\n>\n> Answer:\n\n"
    "Øne é twø \U0001f4f7 three\ud83d fœur\udcf7\U0001f4f7.\n\n"
    "### Question 2\n\n> How? Answer length: 1-20 words. Attach 1 to 2 images.\n>\n> Answer:\n\n"
    "--- question 2 fill here ---\n\n![é](figures/a.png) [b](figures/b.png)\n"
)
_texts = st.one_of(
    st.lists(st.sampled_from(_PIECES + _SIGNS), max_size=8).map("".join),
    st.lists(st.sampled_from(_SIGNS), max_size=3).map("".join),
    st.sampled_from(["", "\ud83d", "\udcf7"]),
)
_whole_texts = st.one_of(
    _texts,
    st.sampled_from([_REPORT, _REPORT.replace("\n", "\r\n"), _REPORT.replace("\n", "\r"), _REPORT * 2, ""]),
    st.tuples(st.just(_REPORT), _texts).map("".join),
)
_numbers = st.one_of(st.integers(0, 30), st.integers(0, 3), st.sampled_from([FAR, FAR - 1, 99]))
_positions = st.fixed_dictionaries({"line": _numbers, "character": _numbers})
_ranges = st.fixed_dictionaries({"start": _positions, "end": _positions})
_partial = st.fixed_dictionaries({"range": _ranges, "text": _texts}, optional={"rangeLength": st.integers(0, 9)})
_full = st.one_of(
    st.fixed_dictionaries({"text": _whole_texts}),
    st.fixed_dictionaries({"text": _whole_texts, "range": st.none()}),
)
_kinds = st.lists(
    st.lists(st.sampled_from(["near", "near", "near", "far", "full"]), max_size=4), min_size=1, max_size=3
)
_versions = st.one_of(st.integers(-3, 12), st.sampled_from([FAR, -FAR, None]))

_NAMES = ["a.png", "b.png", "B.png", "ø å.png", "a.jpg", "note.txt"]
_FOLDERS = ["figures", ".", "sub ø%/figures"]
_PACK_FILES = [
    "id: mine\ntitle: Mine\nquestions: [{number: 1, words: 1-2}, {number: 2, images: 1-1}]\nscript: {parts: 2}\n",
    "id: mine\ntitle: Mine\nmarker: '--- {number} ---'\nquestions: [{number: 1}, {number: 2}, {number: 3}]\n",
    "id: mine\ntitle: Mine\nseverities: {image-not-found: hint, unanswered: off}\nscript: {parts: 3}\n",
    "id: mine\ntitle: [\n",
    "id: mine\ntitle: Mine\nquestion: []\n",
    "",
    None,
]
_settings = st.fixed_dictionaries(
    {},
    optional={
        "pack": st.sampled_from(["", "dtu-mlops-2026-01", "course.yaml", "course.yaml", "no-such-pack", 3]),
        "stage": st.sampled_from(["auto", "draft", "final", "soon", None]),
        "severity": st.sampled_from(
            [
                {},
                {"unanswered": "hint", "image-not-found": "off"},
                {"unanswered@1": "off", "no-check": "error"},
                {"image-not-found": 1},
                [],
            ]
        ),
        "hints": st.sampled_from([True, False, "no"]),
    },
)
_capabilities = st.fixed_dictionaries(
    {
        "general": st.sampled_from(
            [
                {},
                {"positionEncodings": []},
                {"positionEncodings": ["utf-16", "utf-8"]},
                {"positionEncodings": ["utf-32", "utf-16"]},
                {"positionEncodings": ["utf-8"]},
                {"positionEncodings": ["utf-8", "utf-16"]},
            ]
        ),
        "textDocument": st.fixed_dictionaries(
            {
                "publishDiagnostics": st.fixed_dictionaries(
                    {},
                    optional={
                        "versionSupport": st.booleans(),
                        "relatedInformation": st.booleans(),
                        "tagSupport": st.just({"valueSet": [1, 2]}),
                        "dataSupport": st.booleans(),
                    },
                ),
                "codeAction": st.sampled_from(
                    [
                        {},
                        {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}},
                        {
                            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}},
                            "dataSupport": True,
                            "resolveSupport": {"properties": ["edit"]},
                        },
                    ]
                ),
            },
            optional={
                "diagnostic": st.just({}),
                "inlayHint": st.just({}),
                "hover": st.just({"contentFormat": ["markdown", "plaintext"]}),
                "documentSymbol": st.just({"hierarchicalDocumentSymbolSupport": True}),
                "completion": st.just({"completionItem": {"snippetSupport": True}}),
            },
        ),
        "workspace": st.fixed_dictionaries(
            {},
            optional={
                "configuration": st.booleans(),
                "diagnostics": st.just({"refreshSupport": True}),
                "inlayHint": st.just({"refreshSupport": True}),
                "workspaceEdit": st.just({"documentChanges": True, "resourceOperations": ["rename"]}),
                "fileOperations": st.just({"willRename": True}),
                "didChangeWatchedFiles": st.just({"dynamicRegistration": True}),
            },
        ),
    }
)
_junk = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-3, 3), st.just(1.5), st.sampled_from(["", "file:///x", "a", "\ud800"])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.dictionaries(
            st.sampled_from(
                ["textDocument", "uri", "position", "range", "start", "line", "id", "command", "arguments"]
            ),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=6,
)
_METHODS = [
    *("hover", "codeAction", "documentSymbol", "completion", "inlayHint", "foldingRange", "documentLink", "definition"),
    *("diagnostic", "prepareRename", "rename"),
]
_COMMANDS = ["reportLs.nextProblem", "reportLs.summary", "no.such.command"]
# Messages that change no text: junk must not touch an open document.
_junk_methods = st.one_of(
    st.sampled_from([f"textDocument/{name}" for name in (*_METHODS, "didSave", "nothing")]),
    st.sampled_from(
        ["workspace/executeCommand", "workspace/diagnostic", "codeAction/resolve", "initialize", "foo", "$/foo"]
    ),
    st.sampled_from(
        ["$/cancelRequest", "window/workDoneProgress/cancel", "workspace/willRenameFiles", "$/setTrace", ""]
    ),
)
_SILENT = b"{}"
"""Neither a request nor a notification nor an answer."""
_broken = st.sampled_from(
    [b"", b"{", b"[]", b"null", b"3", b'"a"', b"\xff", b"[[[[", b'{"id": 1, "method": 2}', _SILENT]
)


@define
class Open:
    """The model's state of an open document."""

    uri: str
    text: str
    version: int | None
    edited: int | None = None
    """Where it was last edited, until it is saved."""
    recognised: Pack | None = None
    """The pack of its edition, kept unless another fits clearly better."""
    pack: Pack | None = None
    """The pack by which it is judged."""
    results: dict[str, Json] = field(factory=dict)
    """The diagnostics that were pulled, by their result id."""

    versions: set[int] = field(factory=set)
    """All versions it has had."""

    def in_order(self, version: int | None) -> int | None:
        """Return the version for an edit: none between others, as the server would take it for one that is late."""
        self.versions |= {known for known in (self.version,) if known is not None}
        if version is not None and self.versions and min(self.versions) < version < max(self.versions):
            version = max(self.versions)
        self.versions |= set() if version is None else {version}
        return version


@frozen
class Kept:
    """The settings that the server should have."""

    pack: str = ""
    stage: Stage | None = None
    severities: Mapping[str, Severity | None] = {}


def understood(table: Json) -> Kept:
    """Return the settings of a table without invalid values."""
    pack, severity = table.get("pack"), table.get("severity")
    stage = {"draft": Stage.DRAFT, "final": Stage.FINAL}.get(table.get("stage"))
    severities: dict[str, Severity | None] = {}
    for code, word in severity.items() if isinstance(severity, dict) else ():
        if code != "no-check" and isinstance(word, str):
            severities[code] = None if word == "off" else Severity[word.upper()]
    return Kept(pack if isinstance(pack, str) else "", stage, severities)


@final
class Session(RuleBasedStateMachine):
    """One client, its server, and the expected state of both."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp(prefix="report-ls-")).resolve()
        for name in _FOLDERS:
            self.folder.joinpath(name).mkdir(parents=True, exist_ok=True)
        self.uris = [
            self.folder.joinpath("report.md").as_uri(),
            self.folder.joinpath("sub ø%", "report.md").as_uri(),
            "untitled:Untitled-1",
        ]
        self.open: dict[int, Open] = {}
        self.kept = Kept()
        self.forced: Pack | None = None
        self.asked: Counter[int | str | None] = Counter()
        self.driver: Driver | None = None

    def teardown(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.folder)
        if self.driver:
            self.driver.__exit__(None, None, None)

    @initialize(
        capabilities=_capabilities, settings=_settings, status=st.booleans(), names=st.sets(st.sampled_from(_NAMES))
    )
    def start(self, capabilities: Json, settings: Json, names: set[str], *, status: bool) -> None:
        """Start a server for some client."""
        for name in names:
            self.folder.joinpath("figures", name).touch()
        self.capabilities = capabilities
        offered = capabilities["general"].get("positionEncodings", [])
        self.encoding = offered[0] if offered else "utf-16"
        assert self.encoding in ("utf-8", "utf-16", "utf-32")
        # A client that pulls, but not again when the server asks, is pushed to.
        asks_anew = capabilities["workspace"].get("diagnostics", {}).get("refreshSupport", False)
        self.pulls = asks_anew and "diagnostic" in capabilities["textDocument"]
        self.has_settings = bool(capabilities["workspace"].get("configuration"))
        options = {"status": status, **({} if self.has_settings else {"settings": settings})}
        self.client = Driver(capabilities, self.folder, options)
        self.client.settings = settings
        self.driver = self.client.__enter__()
        self.asked[1] += 1
        self.take(settings)

    # The model's side

    def take(self, settings: Json) -> None:
        """Take other settings."""
        kept = understood(settings)
        if kept.pack != self.kept.pack:
            self.forced = None
            for document in self.open.values():
                document.recognised = None
            self.kept = kept
            self.read_pack()
        self.kept = kept
        self.judge()

    def read_pack(self) -> None:
        """Read the pack of the settings; if it is broken, keep the last valid one."""
        name = self.kept.pack
        path = self.folder / name
        if name.endswith(".yaml"):
            try:
                self.forced = parse_pack(path.read_text("utf-8"), str(path))
            except (DataError, OSError):
                return
        elif name:
            self.forced = load_pack(name) or self.forced

    def judge(self) -> None:
        """Choose the pack of each document; keep the old one unless another fits clearly better."""
        for document in self.open.values():
            found = outline(SourceText(document.text).plain)
            if self.forced:
                document.pack = self.forced if found.questions else None
            elif found.questions:
                document.pack = document.recognised = recognise(found, packs(), document.recognised)
            else:
                document.pack = None

    def expected(self, number: int) -> list[Json]:
        """Return the diagnostics that the client should see."""
        document = self.open[number]
        if document.pack is None:
            return []
        pack = document.pack._replace(severities={**document.pack.severities, **self.kept.severities})
        # A document without a file is in no folder.
        folder = self.folder.joinpath(*["sub ø%"] * number)
        files = MemoryFiles((), name=None) if number == 2 else DiskFiles(folder)
        analysis = analyze(SourceText(document.text), pack, files, self.kept.stage, edited=document.edited)
        assert analysis.failures == ()
        return [self.as_json(document, diagnostic) for diagnostic in analysis.diagnostics]

    def as_json(self, document: Open, diagnostic: Diagnostic) -> Json:
        """Return a diagnostic with the properties that this client supports."""
        takes = self.capabilities["textDocument"]["publishDiagnostics"]
        others = diagnostic.other_lines(SourceText(document.text)) if not takes.get("relatedInformation") else ""
        said: Json = {
            "range": range_of(document.text, diagnostic.span, self.encoding),
            "message": f"{diagnostic.full_message}; {others}" if others else diagnostic.full_message,
            "severity": diagnostic.severity.value,
            "code": diagnostic.code,
            "source": "report-ls",
        }
        if takes.get("tagSupport") and diagnostic.unnecessary:
            said["tags"] = [1]
        if takes.get("dataSupport"):
            said["data"] = {"question": diagnostic.question}
        if takes.get("relatedInformation") and diagnostic.related:
            said["relatedInformation"] = [
                {
                    "location": {"uri": document.uri, "range": range_of(document.text, related.span, self.encoding)},
                    "message": related.full_message,
                }
                for related in diagnostic.related
            ]
        return json.loads(json.dumps(said))

    # The client's side

    def spelled(self, data: st.DataObject, number: int) -> str:
        """Return one of the ways to write a document's URI."""
        uri = self.open[number].uri if number in self.open else self.uris[number]
        return data.draw(st.sampled_from([uri, self.uris[number], self.uris[number].replace("report", "%72eport")]))

    @rule(data=st.data(), number=st.integers(0, 2), text=_whole_texts, version=_versions)
    def open_one(self, data: st.DataObject, number: int, text: str, version: int | None) -> None:
        """Open a document, or open it again."""
        self.open.pop(number, None)
        uri = self.spelled(data, number)
        self.open[number] = Open(uri, from_units(to_units(text, "utf-16"), "utf-16"), version)
        self.judge()
        self.client.open(uri, text, version)

    @rule(data=st.data(), kinds=_kinds, version=_versions)
    def edit(self, data: st.DataObject, kinds: list[list[str]], version: int | None) -> None:
        """Edit a document, sometimes one that is not open: several notifications at once, each with several changes."""
        number = data.draw(st.sampled_from([*self.open, *self.open, *self.open, 0]))
        document = self.open.get(number)
        if document:
            version = document.in_order(version)
        messages = []
        for batch in kinds:
            changes = []
            if document:
                document.edited = None
            for kind in batch:
                change: Json = data.draw(_full if kind == "full" else _partial)
                if document and kind == "near":
                    change["range"] = {name: self.near(data, document.text) for name in ("start", "end")}
                if document:
                    document.edited = start_of(document.text, change, self.encoding)
                    document.text = changed(document.text, change, self.encoding)
                changes.append(change)
            if document:
                document.version = version
            identifier = {"uri": self.spelled(data, number), "version": version}
            params = {"textDocument": identifier, "contentChanges": changes}
            messages.append({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": params})
        self.judge()
        self.client.send(*messages)

    def near(self, data: st.DataObject, text: str) -> Json:
        """Return a position in a text, or one unit further: within a character, or after the end of a line."""
        beside_halves = [place for half in re.finditer("[\ud800-\udfff]", text) for place in half.span()]
        offsets = st.integers(0, len(text))
        offset = data.draw(offsets | st.sampled_from(beside_halves) if beside_halves else offsets)
        position = position_of(text, offset, self.encoding)
        return {**position, "character": position["character"] + data.draw(st.integers(0, 1))}

    @rule(data=st.data(), number=st.integers(0, 2))
    def close(self, data: st.DataObject, number: int) -> None:
        """Close a document; its diagnostics are cleared."""
        self.client.notify("textDocument/didClose", {"textDocument": {"uri": self.spelled(data, number)}})
        document = self.open.pop(number, None)
        if document:
            assert not self.client.published(document.uri)

    @rule(settings=_settings)
    def change_settings(self, settings: Json) -> None:
        """Change the settings, maybe to invalid ones."""
        self.client.settings = settings
        pushed = None if self.has_settings else {"reportLs": settings}
        self.client.notify("workspace/didChangeConfiguration", {"settings": pushed})
        self.take(settings)

    @rule(stage=st.sampled_from(["auto", "draft", "final", "soon"]))
    def set_stage(self, stage: str) -> None:
        """Change the stage with the command."""
        stages = {"auto": None, "draft": Stage.DRAFT, "final": Stage.FINAL}
        params = {"command": "reportLs.setStage", "arguments": [stage]}
        assert (stage in stages) is self.request("workspace/executeCommand", params)["result"]
        if stage in stages:
            self.kept = evolve(self.kept, stage=stages[stage])

    @rule(
        data=st.data(),
        place=st.sampled_from(_FOLDERS),
        name=st.sampled_from(_NAMES),
        how=st.sampled_from(["create", "delete", "clear"]),
    )
    def change_disk(self, data: st.DataObject, place: str, name: str, how: str) -> None:
        """Create or delete a picture, or all pictures of a folder, and make the server look."""
        path = self.folder / place / name
        if how == "create":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        elif how == "clear" and place != ".":
            shutil.rmtree(path.parent, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
        self.look(data)

    @rule(data=st.data(), text=st.sampled_from(_PACK_FILES))
    def change_pack(self, data: st.DataObject, text: str | None) -> None:
        """Write the course's own pack, maybe half written as while the user types it."""
        path = self.folder / "course.yaml"
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.write_text(text, "utf-8")
        self.look(data)
        self.read_pack()
        self.judge()

    def look(self, data: st.DataObject) -> None:
        """Notify the server of a change on disk, in one of several ways."""
        if not self.open or data.draw(st.booleans()):
            event = {"uri": self.folder.joinpath("figures/a.png").as_uri(), "type": 2}
            self.client.notify("workspace/didChangeWatchedFiles", {"changes": [event]})
        else:
            for number, document in self.open.items():
                document.edited = None
                self.client.notify("textDocument/didSave", {"textDocument": {"uri": self.spelled(data, number)}})
        self.read_pack()
        self.judge()

    @rule(name=st.sampled_from(_NAMES))
    def type_after_a_change_on_the_disk(self, name: str) -> None:
        """Change the disk without a notification: the next keystroke notices it, in its own document."""
        path = self.folder / "figures" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        nothing = {"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}, "text": ""}
        for document in self.open.values():
            document.edited = 0
            self.client.change(document.uri, document.version, nothing)

    # Requests

    def request(self, method: str, params: Json) -> Json:
        """Send a request and return its only answer."""
        answer = self.client.ask(method, params)
        self.asked[answer["id"]] += 1
        return answer

    @rule(
        data=st.data(), method=st.sampled_from(_METHODS), number=st.integers(0, 2), range_=_ranges, late=st.booleans()
    )
    def ask(self, data: st.DataObject, method: str, number: int, range_: Json, *, late: bool) -> None:
        """Send any request about any place, also directly after an edit; some requests are cancelled at once."""
        params: Json = {
            "textDocument": {"uri": self.spelled(data, number)},
            "position": range_["start"],
            "range": range_,
            "newName": "é b.png",
        }
        if method == "codeAction":
            params["context"] = {"diagnostics": []}
        identifier = self.client.number()
        self.asked[identifier] += 1
        messages = [{"jsonrpc": "2.0", "id": identifier, "method": f"textDocument/{method}", "params": params}]
        if late:
            messages.append({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": identifier}})
        self.client.send(*messages)
        (answer,) = self.client.answers[identifier]
        assert answer.get("error", {}).get("code") in (None, -32601, -32800), answer
        for action in answer.get("result") or [] if method == "codeAction" and "result" in answer else []:
            if "edit" not in action:
                resolved = self.request("codeAction/resolve", action)
                assert "edit" in resolved["result"]

    @precondition(lambda self: self.pulls)
    @rule(data=st.data(), number=st.integers(0, 2))
    def pull(self, data: st.DataObject, number: int) -> None:
        """Pull the diagnostics, with the ids of earlier pulls."""
        document = self.open.get(number)
        params: Json = {"textDocument": {"uri": self.spelled(data, number)}}
        if document and document.results:
            params["previousResultId"] = data.draw(st.sampled_from(sorted(document.results)))
        report = self.request("textDocument/diagnostic", params)["result"]
        items = self.expected(number) if document else []
        if report["kind"] == "unchanged":
            assert document
            assert items == document.results[params["previousResultId"]]
        else:
            assert items == report["items"]
            if document:
                document.results[report["resultId"]] = items

    @precondition(lambda self: self.pulls)
    @rule(token=st.sampled_from([None, "token"]), cancel=st.booleans())
    def pull_all(self, token: str | None, *, cancel: bool) -> None:
        """Pull the whole workspace."""
        for number in (0, 1):
            path = self.folder.joinpath(*["sub ø%"] * number, "report.md")
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(_REPORT.encode("utf-8", "replace"))
        identifier = self.client.number()
        self.asked[identifier] += 1
        params: Json = {"previousResultIds": []} | ({"partialResultToken": token} if token else {})
        messages = [{"jsonrpc": "2.0", "id": identifier, "method": "workspace/diagnostic", "params": params}]
        if cancel:
            messages.append({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": identifier}})
        self.client.send(*messages)

    @rule(
        messages=st.lists(
            st.one_of(_broken, st.tuples(_junk_methods, _junk, st.sampled_from(["", "id", "odd"]))),
            min_size=1,
            max_size=3,
        )
    )
    def talk_nonsense(self, messages: list[bytes | tuple[str, Json, str]]) -> None:
        """Send invalid messages; a request is still answered."""
        sent: list[Any] = []
        for message in messages:
            if isinstance(message, bytes):
                self.asked[None] += message != _SILENT
                sent.append(message)
                continue
            method, params, kind = message
            body: Json = {"jsonrpc": "2.0", "method": method, "params": params}
            if kind == "id":
                body["id"] = self.client.number()
                self.asked[body["id"]] += 1
            elif kind == "odd":
                body["id"] = {"no": "id"}
                self.asked[None] += 1
            sent.append(body)
        self.client.send(*sent)
        if any(isinstance(message, tuple) and message[0] == "textDocument/didSave" for message in messages):
            self.read_pack()
            self.judge()

    # Invariants

    @invariant()
    def each_request_has_its_answer(self) -> None:
        """Each id was answered exactly once."""
        if self.driver:
            assert self.asked == Counter({number: len(found) for number, found in self.client.answers.items()})

    @invariant()
    def both_have_the_same_text(self) -> None:
        """The server's documents equal the model's."""
        if self.driver:
            theirs = {
                document.uri: (document.source.text, document.version) for document in self.client.session.documents
            }
            assert {document.uri: (document.text, document.version) for document in self.open.values()} == theirs

    @invariant()
    def both_say_the_same_of_it(self) -> None:
        """The client's diagnostics equal those of a fresh analysis."""
        clear_memos()
        for number, document in self.open.items():
            expected = self.expected(number)
            note(f"{document.uri}: {len(expected)} diagnostics")
            if self.pulls:
                assert self.client.published(document.uri) is None
                report = self.request("textDocument/diagnostic", {"textDocument": {"uri": document.uri}})
                assert expected == report["result"]["items"]
            else:
                assert expected == (self.client.published(document.uri) or [])


def _profile(n_examples: int, n_steps: int) -> settings:
    unhurried = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    return settings(
        max_examples=n_examples, stateful_step_count=n_steps, deadline=None, suppress_health_check=unhurried
    )


def test_a_random_client_and_its_server_agree() -> None:
    run_state_machine_as_test(Session, settings=_profile(40, 20))


@pytest.mark.slow
def test_many_random_clients_and_their_servers_agree() -> None:
    run_state_machine_as_test(Session, settings=_profile(200, 50))
