"""The licences of third-party software in the VS Code extension and in the page."""

import json
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import Distribution, distributions
from pathlib import Path

Licence = tuple[str, Sequence[str]]
"""A library with its version, and the texts of its licence."""


def notices(product: str, licences: Iterable[Licence]) -> str:
    """Return the notices of all third-party software in a product."""
    parts = [f"{product} contains the following software of others.\n"]
    for name, texts in sorted(licences):
        parts += ["\n" + "=" * 80 + "\n", f"{name}\n\n", "\n\n".join(text.strip() for text in texts), "\n"]
    return "".join(parts)


def python_licences(folder: Path) -> Iterator[Licence]:
    """Yield each Python library in a folder."""
    for library in distributions(path=[str(folder)]):
        name = f"{library.metadata['Name']} {library.version} (Python)"
        if library.metadata["Name"] != "report-ls":
            yield name, list(licence_texts(library)) or [declared(library)]


def licence_texts(library: Distribution) -> Iterator[str]:
    """Yield the texts of a library's licence files."""
    for file in library.files or ():
        if ".dist-info" in file.parts[0] and is_licence(file.name):
            yield file.read_text("utf-8")


def declared(library: Distribution) -> str:
    """Return the licence that a library declares in its metadata."""
    metadata = library.metadata
    classifiers = [line for line in metadata.get_all("Classifier") or () if line.startswith("License")]
    return "\n".join(filter(None, (metadata["License-Expression"], metadata["License"], *classifiers)))


def node_licences(folder: Path, metafile: Path) -> Iterator[Licence]:
    """Yield each npm package that esbuild has put into the bundles of a folder, according to its metafile."""
    inputs = json.loads(metafile.read_text("utf-8"))["inputs"]
    packages = {folder / package_of(Path(path)) for path in inputs if path.startswith("node_modules/")}
    for place in packages:
        package = json.loads((place / "package.json").read_text("utf-8"))
        texts = [path.read_text("utf-8") for path in sorted(place.iterdir()) if is_licence(path.name)]
        yield f"{package['name']} {package['version']} (npm)", texts or [package["license"]]


def package_of(path: Path) -> Path:
    """Return the folder of a file's package."""
    start = len(path.parts) - 1 - path.parts[::-1].index("node_modules")
    return Path(*path.parts[: start + (3 if path.parts[start + 1].startswith("@") else 2)])


def is_licence(name: str) -> bool:
    """Return whether a file's name is that of a licence."""
    return name.lower().startswith(("licen", "copying", "notice"))
