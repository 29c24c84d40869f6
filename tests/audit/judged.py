"""Levels that one reader gave to six public libraries (partial copies, see ../shared/corpora) before the program ran on
them; every other check is 0 or does not apply."""

JUDGED = {
    "awesome-subagents": {"context/instructions": 2, "context/manifests": 2},
    "context-cascade": {"context/instructions": 1, "context/manifests": 1},
    "infrastructure-showcase": {"context/manifests": 1},
    "my-workflow": {"context/instructions": 1, "context/manifests": 1},
    "superpowers": {"context/instructions": 1, "context/manifests": 2, "assimilation/reviews": 1},
    "wshobson-agents": {"context/instructions": 1, "context/manifests": 1},
}
