"""docs/outcome.md from the rows. The same rows give the same bytes."""
import collections
import math
import statistics

Z = 1.959963984540054  # of a 95 % interval
# What must be known of an agent to read its rows.
KNOWN = {"helper": """A strong agent by hand: fresh assistants of the people who build Cascade, each of which did ten to fifteen different tasks in one conversation, no task twice,
and saw the runs' folders alone. After a few tasks they expected a list to hold a house rule, so all arms may find more than a new session would."""}
ORDER = ["none", "listing", "hook", "mod"]
ARMS = {"none": "nothing", "listing": "the client's listing", "hook": "listing and hook", "mod": "mod"}

HEAD = """# Does an agent do better with it?

Tasks that are given to an agent in several ways, and judged by their own tests. `bench/outcome/run --report` writes this page from
`bench/outcome/results.tsv`, a row for each run and the bad ones too. How a task is made and a run laid out: `bench/outcome/README.md`.

"""

METHOD = """## What is compared

| arm | what the agent is sent |
| --- | --- |
| nothing | the instruction |
| the client's listing | before it, the lines that Claude Code shows of a pool's skills (`cascade listing show`: beyond its room names alone); any of them can be opened by name |
| listing and hook | the same, with what `cascade hook` answers to the session's start and to the prompt; the model can ask for more by name |
| mod | what is left of the listing with the mod of `cascade init --listing short`, and what the mod answers to the session's start and to the prompt |

A pool has 40, 150 or 550 skills: those that the task needs, their nearest neighbours by words (a quarter), and others in the order of
their names' hashes. *Solved* means that every check of the task passed. Shares have 95 % intervals by Wilson, differences by Newcombe. *Tokens*
are those of what the agent was sent and of the skills that it opened, o200k, the median over runs; the *whole conversation* is what the agent
itself reports, where it does. *Needless* are tokens that the hook added to the prompt and that serve no needed skill.

## Again, with an agent of your own

```sh
bench/outcome/run --agent 'my-agent --yes' --date 2026-11-28 --pool DIR && bench/outcome/run --report
```

The agent gets the prompt on its standard input, works in the folder that it is started in, and may do there what it likes: run it in a container.
Claude Code lists skills and calls hooks by itself: `--client --agent 'claude -p --permission-mode bypassPermissions'`, with a key in the
environment. DIR is any folder with enough skills; without `--pool` they are those of `../shared/corpora`. The rows of your agent stand beside those that
are there.
"""

EMPTY = """No run has been made yet: nothing is known of what an agent does with Cascade, neither good nor bad. The tasks are there and their tests
were tried (`bench/outcome/run --self-test`).

"""


# Figures

def wilson(hits, of):
    """Low and high end of a share."""
    share, square = hits / of, Z * Z
    middle, reach = share + square / (2 * of), Z * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    return (middle - reach) / (1 + square / of), (middle + reach) / (1 + square / of)


def percent(value):
    text = f"{100 * value:.1f}"
    return "0.0" if text == "-0.0" else text


def share(hits, of):
    if of == 0:
        return "–"
    low, high = wilson(hits, of)
    return f"{percent(hits / of)} [{percent(max(low, 0))}, {percent(min(high, 1))}]"


def difference(hits, of, other_hits, other_of):
    """Points that the first share has more than the second, with Newcombe's interval."""
    first, second = hits / of, other_hits / other_of
    (low, high), (other_low, other_high) = wilson(hits, of), wilson(other_hits, other_of)
    gain = first - second
    return (f"{signed(gain)} [{signed(gain - math.hypot(first - low, other_high - second))}, "
            f"{signed(gain + math.hypot(high - first, second - other_low))}]")


def signed(value):
    text = percent(value)
    return text if text.startswith("-") or text == "0.0" else "+" + text


def middle(values):
    """The median of what was measured; numbers that may be empty texts."""
    known = [float(value) for value in values if value != ""]
    return statistics.median(known) if known else None


def whole(value):
    return "–" if value is None else f"{math.floor(value + 0.5):,}"


# The page

def page(rows):
    if not rows:
        return HEAD + EMPTY + METHOD
    agents = sorted({row.agent for row in rows})
    return HEAD + summary(rows, agents) + METHOD + "".join(section(agent, [row for row in rows if row.agent == agent])
                                                           for agent in agents)


def summary(rows, agents):
    days = sorted({row.date for row in rows})
    when = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
    return (f"{counted(len(rows), 'run')} of {counted(len({row.task for row in rows}), 'task')} by {counted(len(agents), 'agent')}, "
            f"{when}; {counted(sum(not row.solved for row in rows), 'run')} not solved, each with its cause below.\n\n")


def counted(number, noun):
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def section(agent, rows):
    text = f"\n## {cell(agent)}\n" + (f"\n{KNOWN[agent]}\n" if agent in KNOWN else "")
    for title, some in (("Tasks that need a skill", [row for row in rows if row.needs > 0]),
                        ("Tasks that need none", [row for row in rows if row.needs == 0])):
        if some:
            text += f"\n### {title}\n\n" + arms_table(some) + differences(some)
    return text + failures([row for row in rows if not row.solved])


def arms_table(rows):
    text = ("| arm | pool | runs | solved, % | checks passed | tokens | needless a prompt | whole conversation | opened | minutes |\n"
            "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n")
    for (arm, pool), some in by_arm(rows):
        opened = [len([name for name in row.opened.split(",") if name != "-"]) for row in some if row.opened]
        text += (f"| {ARMS.get(arm, arm)} | {pool or '–'} | {len(some)} | {share(sum(row.solved for row in some), len(some))} "
                 f"| {sum(row.passed for row in some)} of {sum(row.of for row in some)} | {whole(middle(row.tokens for row in some))} "
                 f"| {mean(row.needless for row in some)} | {whole(middle(row.conversation for row in some))} | {mean(opened)} | {minutes(some)} |\n")
    return text


def by_arm(rows):
    groups = collections.defaultdict(list)
    for row in rows:
        groups[row.arm, row.pool].append(row)
    return sorted(groups.items(), key=lambda item: (item[0][1], ORDER.index(item[0][0]) if item[0][0] in ORDER else 9, item[0][0]))


def mean(values):
    known = list(values)
    return f"{statistics.mean(known):.1f}" if known else "–"


def minutes(rows):
    value = middle(row.minutes for row in rows)
    return "–" if value is None else f"{value:.1f}"


def differences(rows):
    """With the hook against the listing alone, over the tasks that both were given."""
    text = ""
    groups = dict(by_arm(rows))
    for pool in sorted({pool for _, pool in groups}):
        for arm in ("hook", "mod"):
            both = shared_runs(groups.get((arm, pool), []), groups.get(("listing", pool), []))
            if both:
                ours, theirs = both
                text += (f"- {ARMS[arm]} against the listing alone, pool of {pool}: "
                         f"{difference(sum(row.solved for row in ours), len(ours), sum(row.solved for row in theirs), len(theirs))} points\n")
    return "\n" + text if text else ""


def shared_runs(ours, theirs):
    tasks = {row.task for row in ours} & {row.task for row in theirs}
    return ([row for row in ours if row.task in tasks], [row for row in theirs if row.task in tasks]) if tasks else None


def failures(rows):
    if not rows:
        return "\nEvery run was solved.\n"
    text = "\n### Runs that were not solved\n\n| task | arm | pool | run | passed | opened | cause |\n| --- | --- | --- | --- | --- | --- | --- |\n"
    for row in sorted(rows, key=lambda row: (row.task, row.pool, row.arm, row.run, row.date)):
        text += (f"| {row.task} | {ARMS.get(row.arm, row.arm)} | {row.pool or '–'} | {row.run} | {row.passed} of {row.of} "
                 f"| {cell(row.opened.replace(',', ', ')) or '–'} | {cell(row.cause) or 'nobody has looked yet'} |\n")
    return text


def cell(text):
    return text.replace("|", "\\|")
