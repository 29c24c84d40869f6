#!/usr/bin/env python3
"""Finds four silent faults of asyncio in Python files.

usage: find_async_faults.py FILE|FOLDER...
  blocking   a call that stops the loop, in an async function (not in a function that is only defined there), also by a client,
             connection or session that this file makes, and of SQLAlchemy's session.query(...).all()
  lost       create_task, ensure_future or gather whose result nobody keeps or reads
  swallowed  an except or contextlib.suppress around an await that takes CancelledError and does not raise
  unawaited  a coroutine of the same file or class that is called and neither awaited nor passed on
It reads one file at a time: what a function or client of another file does is not seen (measure the loop for that).
A line that ends with `# loop: ok` is left out. Exit 0: none; 1: found, as FILE:LINE, kind and what; 2: no Python file, or
one that cannot be read.
"""
import ast
import os
import sys

BLOCKING = {"time.sleep", "os.system", "os.wait", "os.waitpid", "socket.create_connection", "socket.getaddrinfo", "socket.gethostbyname",
            "urllib.request.urlopen", "subprocess.run", "subprocess.call", "subprocess.check_call", "subprocess.check_output", "shutil.copytree",
            "shutil.rmtree", "shutil.copyfileobj", "sqlite3.connect", "psycopg2.connect", "pymysql.connect", "smtplib.SMTP", "input", "boto3.client",
            "boto3.resource", "redis.Redis", "ftplib.FTP", "zipfile.ZipFile", "httpx.get", "httpx.post", "httpx.put", "httpx.patch",
            "httpx.delete", "httpx.head", "httpx.request", "httpx.stream", "httpx.Client", "urllib3.PoolManager"}
BLOCKING_MODULES = {"requests"}
# What is made blocks by each method that is called on it.
HOLDERS = {"requests.Session", "requests.session", "httpx.Client", "urllib3.PoolManager", "sqlite3.connect", "psycopg2.connect", "psycopg.connect",
           "pymysql.connect", "MySQLdb.connect", "redis.Redis", "redis.StrictRedis", "redis.from_url", "boto3.client", "boto3.resource",
           "pymongo.MongoClient", "smtplib.SMTP", "ftplib.FTP"}
ORM_ENDS = {"all", "first", "one", "one_or_none", "scalar", "count", "delete", "update"}
BLOCKING_METHODS = {"read_text", "write_text", "read_bytes", "write_bytes"}
SPAWNERS = {"create_task", "ensure_future"}
WAITERS = {"Popen": {"wait", "communicate"}, "run_coroutine_threadsafe": {"result"}, "submit": {"result"}}
CANCELS = {"BaseException", "CancelledError", "asyncio.CancelledError", "asyncio.exceptions.CancelledError"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def dotted(node):
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        left = dotted(node.value)
        return left + "." + node.attr if left else ""
    return ""


def inside(node):
    """Everything below a node that runs when it does: not the bodies of functions that are only defined there."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, FUNCTIONS):
            yield child
            yield from inside(child)


def imported(tree):
    """{local name: what it means}, from `import x as y` and `from x import y`."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for item in node.names:
                names[item.asname or item.name.split(".")[0]] = item.name if item.asname else item.name.split(".")[0]
        elif isinstance(node, ast.ImportFrom) and node.module:
            for item in node.names:
                names[item.asname or item.name] = node.module + "." + item.name
    return names


def called(node):
    """The last name of what a call calls, also behind another call."""
    func = node.func if isinstance(node, ast.Call) else None
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def thrown_away(node):
    """Calls of a statement whose results go nowhere: f(), _ = f(), [f() for ...]."""
    if isinstance(node, ast.Assign) and all(isinstance(target, ast.Name) and target.id == "_" for target in node.targets):
        yield node.value
    elif isinstance(node, ast.Expr):
        value = node.value.elt if isinstance(node.value, (ast.ListComp, ast.SetComp, ast.GeneratorExp)) else node.value
        yield value.func.value if called(value) == "add_done_callback" and isinstance(value.func, ast.Attribute) else value


def waits(function):
    """Calls in an async function that wait for what a name of it stands for: a process, a future of another thread."""
    kinds = {target.id: called(part.value) for part in inside(function) if isinstance(part, ast.Assign) for target in part.targets
             if isinstance(target, ast.Name) and called(part.value) in WAITERS}
    for part in inside(function):
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
            of = part.func.value
            kind = kinds.get(of.id) if isinstance(of, ast.Name) else called(of)
            if part.func.attr in WAITERS.get(kind, ()):
                yield part.lineno, kind + "." + part.func.attr


def never_used(function, is_own):
    """Names that an own coroutine or a task was given to, and that nothing reads."""
    read = {part.id for part in ast.walk(function) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)}
    read |= {name for part in ast.walk(function) if isinstance(part, (ast.Global, ast.Nonlocal)) for name in part.names}
    for part in inside(function):
        if isinstance(part, ast.Assign) and isinstance(part.value, ast.Call) and is_own(part.value):
            if all(isinstance(target, ast.Name) and target.id not in read for target in part.targets):
                yield part.lineno, dotted(part.value.func)


def held(tree, meaning):
    """Names and attributes that a client, connection or session is given to: anywhere, as it may be made before the loop."""
    for node in ast.walk(tree):
        pairs = [(target, node.value) for target in node.targets] if isinstance(node, ast.Assign) else \
            [(item.optional_vars, item.context_expr) for item in node.items] if isinstance(node, ast.With) else []
        for target, value in pairs:
            if isinstance(value, ast.Call) and meaning(value) in HOLDERS and dotted(target):
                yield dotted(target)


def is_query(call):
    """session.query(...) with anything behind it, ended by a method that asks the database."""
    part = call.func.value if isinstance(call.func, ast.Attribute) and call.func.attr in ORM_ENDS else None
    while isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
        if part.func.attr == "query":
            return True
        part = part.func.value
    return False


def waits_inside(body):
    return any(isinstance(sub, (ast.Await, ast.AsyncFor, ast.AsyncWith)) for line in body for sub in [line, *inside(line)])


def faults_of(tree):
    known = imported(tree)

    def meaning(call):
        name = dotted(call.func)
        first, dot, rest = name.partition(".")
        return known.get(first, first) + dot + rest

    holders = set(held(tree, meaning))
    own = {node.name for node in tree.body if isinstance(node, ast.AsyncFunctionDef)}
    groups = {item.optional_vars.id for node in ast.walk(tree) if isinstance(node, ast.AsyncWith) for item in node.items
              if isinstance(item.optional_vars, ast.Name) and isinstance(item.context_expr, ast.Call)
              and meaning(item.context_expr).endswith(("TaskGroup", "create_task_group"))}
    methods = {}
    for place in ast.walk(tree):
        if isinstance(place, ast.ClassDef):
            names = {node.name for node in place.body if isinstance(node, ast.AsyncFunctionDef)}
            for node in ast.walk(place):
                methods[node] = names
    def is_own(call):
        name = dotted(call.func)
        return name in own or (name.startswith("self.") and name[5:] in methods.get(call, ()))

    def is_spawned(call):
        return called(call) in SPAWNERS and dotted(call.func).partition(".")[0] not in groups

    for node in ast.walk(tree):
        for call in thrown_away(node):
            if not isinstance(call, ast.Call):
                continue
            name = dotted(call.func)
            if is_spawned(call) or meaning(call) == "asyncio.gather":
                yield node.lineno, "lost", name or called(call)
            elif is_own(call):
                yield node.lineno, "unawaited", name
        if not isinstance(node, ast.AsyncFunctionDef):
            continue
        awaited = {part.value for part in inside(node) if isinstance(part, ast.Await)}
        cancelled = {dotted(part.func.value) for part in inside(node)
                     if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr == "cancel"} - {""}
        for line, name in waits(node):
            yield line, "blocking", name
        for line, name in never_used(node, is_own):
            yield line, "unawaited", name
        for line, name in never_used(node, is_spawned):
            yield line, "lost", name
        for part in inside(node):
            if isinstance(part, ast.With) and waits_inside(part.body):
                for call in (item.context_expr for item in part.items):
                    if isinstance(call, ast.Call) and meaning(call) == "contextlib.suppress" and {dotted(kind) for kind in call.args} & CANCELS:
                        yield part.lineno, "swallowed", "contextlib.suppress"
            if isinstance(part, ast.Call) and part not in awaited:
                name = meaning(part)
                if isinstance(part.func, ast.Attribute) and dotted(part.func.value) in holders or is_query(part):
                    yield part.lineno, "blocking", name or called(part)
                elif name in BLOCKING or name.split(".")[0] in BLOCKING_MODULES and "." in name:
                    yield part.lineno, "blocking", name
                elif name == "open" or called(part) in BLOCKING_METHODS:
                    yield part.lineno, "blocking", name or called(part)
            if isinstance(part, ast.Try) and waits_inside(part.body):
                for handler in part.handlers:
                    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
                    names = {"BaseException" if kind is None else dotted(kind) for kind in kinds}
                    own_wait = any("cancel" in ast.dump(line) for line in part.body) or any(
                        isinstance(sub, ast.Await) and dotted(sub.value) in cancelled for line in part.body for sub in inside(line))
                    if names & {"CancelledError", "asyncio.CancelledError"} and own_wait:
                        continue  # waits for a task that it has cancelled itself
                    if names & CANCELS and not any(isinstance(sub, ast.Raise) for line in handler.body for sub in [line, *inside(line)]):
                        yield handler.lineno, "swallowed", " ".join(sorted(names & CANCELS))
                    if names & CANCELS:
                        break


def main(arguments):
    files = []
    for place in arguments:
        if os.path.isdir(place):
            files += sorted(os.path.join(top, name) for top, _, names in os.walk(place) for name in names
                            if name.endswith(".py") and not {"node_modules", ".venv", "venv", "site-packages"} & set(top.split(os.sep)))
        else:
            files.append(place)
    if not files:
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    found = 0
    for path in files:
        try:
            with open(path, encoding="utf-8") as file:
                text = file.read()
            lines = text.splitlines()
            for line, kind, what in sorted(set(faults_of(ast.parse(text, path)))):
                if not lines[line - 1].rstrip().endswith("# loop: ok"):
                    found += 1
                    print("%s:%d\t%s\t%s" % (path, line, kind, what))
        except (OSError, SyntaxError, UnicodeDecodeError, ValueError) as fault:
            print("find_async_faults: %s: %s" % (path, fault), file=sys.stderr)
            return 2
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
