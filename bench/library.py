"""The library that is measured: a copy of the real one where ../shared is there, else the shipped one several times over.

    library(source_tree, target) -> what it is, in words

The copy lets a measurement change a file. At least 700 manifests: a gate against a small index means nothing.
"""
import pathlib
import shutil

WANTED = 760


def library(source, target):
    real = source.parent / "shared" / "corpora" / "context-cascade"
    if real.is_dir():
        shutil.copytree(real, target)
        for path in target.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        target.chmod(0o755)
        return "760 real manifests of one public repository (6.5 MB)"
    count = multiply(source, target)
    return f"{count} manifests: those that come with Cascade, several times over"


def multiply(source, target):
    count = 0
    for copy in range(100):
        if count >= WANTED:
            return count
        for kind in ("skills", "agents", "commands"):
            for path in sorted((source / kind).rglob("*.md")):
                name = path.relative_to(source / kind)
                copied = target / kind / f"copy-{copy}" / name
                copied.parent.mkdir(parents=True, exist_ok=True)
                text = path.read_text(encoding="utf-8")
                if copy > 0:
                    text = text.replace("\nname: ", f"\nname: c{copy}-", 1)
                copied.write_text(text, encoding="utf-8")
                count += path.name == "SKILL.md" or kind != "skills"
    return count
