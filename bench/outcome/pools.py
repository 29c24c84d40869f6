"""Pools of skills that a needed one must be found in, drawn from libraries of others.

    candidates(folders) -> Candidates in the order in which they are drawn
    draw(task, size, found) -> the skills of one pool: needed ones, their near neighbours, and others

No clock and no chance: others come in the order of their names' hashes, neighbours by the words that they share with what is
needed. The pool of 40 is a part of that of 150, and that a part of the one of 550.
"""
import collections
import dataclasses
import hashlib
import pathlib
import re

HEAD = re.compile(r"---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|$)", re.DOTALL)
ENTRY = re.compile(r"^description:(.*(?:\n(?:[ \t].*)?)*)", re.MULTILINE)
OTHER_KINDS = {"agents", "categories", "commands", "tools"}  # folders whose manifests are laid out as skills when skills are too few
NEIGHBOURS = 4  # one in four of a pool is near to what is needed


@dataclasses.dataclass(frozen=True)
class Candidate:
    name: str
    text: str
    words: frozenset


class TooFew(Exception):
    """The folders hold fewer manifests than a pool needs."""


def candidates(folders):
    """Skills first, then other manifests; each kind in the order of hashes, of two of one name the first."""
    skills, others = {}, {}
    for folder in folders:
        for path in sorted(pathlib.Path(folder).rglob("*.md")):
            if path.name == "SKILL.md":
                keep(skills, path, path.parent.name)
            elif OTHER_KINDS & set(path.relative_to(folder).parts[:-1]):
                keep(others, path, path.stem)
    for name in skills:
        others.pop(name, None)
    return [kind[name] for kind in (skills, others) for name in sorted(kind, key=hashed)]


def keep(found, path, name):
    text = path.read_text(encoding="utf-8", errors="replace")
    head = HEAD.match(text)
    described = head and ENTRY.search(head.group(1))
    if not described or not described.group(1).strip() or "disable-model-invocation" in head.group(1):
        return
    named = re.search(r"^name:[ \t]*[\"']?([\w .-]+)", head.group(1), re.MULTILINE)
    name = re.sub(r"[^a-z0-9]+", "-", (named.group(1) if named else name).lower()).strip("-")
    if not name or name in found:
        return
    head_text = f"name: {name}\ndescription:{described.group(1).rstrip()}\n"
    found[name] = Candidate(name, f"---\n{head_text}---\n{text[head.end():]}", words_of(head_text))


def hashed(name):
    return hashlib.sha256(name.encode()).hexdigest()


def words_of(text):
    return frozenset(re.sub(r"(ing|ed|es|s)$", "", word) for word in re.findall(r"[a-z]{4,}", text.lower()))


# Drawing

def draw(task, size, found):
    """Candidates of one pool without the needed skills, whose folders are copied whole."""
    needed = {folder.name for folder in task.skills}
    free = [each for each in found if each.name not in needed]
    wanted = size - len(needed)
    if len(free) < wanted:
        raise TooFew(f"a pool of {size} needs {wanted} manifests besides those of the task, and there are {len(free)}")
    near = neighbours(task, size // NEIGHBOURS, free)
    chosen = {each.name for each in near}
    return near + [each for each in free if each.name not in chosen][:wanted - len(near)]


def neighbours(task, count, free):
    """Those nearest to each needed skill in turn, or to the instruction where none is needed."""
    asked = [head_of(folder) for folder in task.skills] or [task.instruction]
    rankings = [nearest(words_of(text), free) for text in asked]
    taken = {}
    for row in zip(*rankings):
        for each in row:
            if len(taken) < count:
                taken.setdefault(each.name, each)
    return list(taken.values())


def head_of(folder):
    return HEAD.match((folder / "SKILL.md").read_text(encoding="utf-8")).group(1)


def nearest(words, free):
    """All of them, by the rarity of the words that they share; whole numbers, so that every machine agrees."""
    spread = collections.Counter(word for each in free for word in each.words)
    score = {each.name: sum(len(free) // spread[word] for word in words & each.words) for each in free}
    return sorted(free, key=lambda each: (-score[each.name], hashed(each.name)))
