#!/usr/bin/env python3
"""Lists the views of a Django project with what each asks of its caller, and those that ask nothing.

usage: open_django_views.py FOLDER [--all] [--public NAME,...]
Reads the code as text (nothing is imported): functions and classes that urls.py files, routers and @api_view name.
  open      no login, no permission, neither on the view nor by the project's default
  by id     asks for a login, but takes an object by its id from all of them (Model.objects.get(pk=…),
            get_object_or_404(Model, pk=…), queryset = Model.objects.all() or model = Model of a DetailView, UpdateView or
            DeleteView with nothing in get_queryset)
  csrf      csrf_exempt on a view that changes data with the session's cookie
  --all     also what is guarded and by what; --public: views that may be open (login, health)
Exit 0: nothing found; 1: found, FILE:LINE, kind, view; 2: no Django project, or a file that is no Python.
"""
import ast
import os
import re
import sys

GUARDS = re.compile(r"^(login_required|permission_required|user_passes_test|staff_member_required|superuser_required|login_not_required|permission_classes|"
                    r"method_decorator|requires?_\w+|\w+_required)$")
MIXINS = re.compile(r"(LoginRequired|PermissionRequired|UserPassesTest|AccessMixin|Staff\w*Mixin|Superuser\w*Mixin)")
OPEN_CLASSES = {"AllowAny"}
GENERIC = re.compile(r"(View|ViewSet|APIView|Admin)$")
ONE = {"DetailView", "UpdateView", "DeleteView"}
CHANGES = {"post", "put", "patch", "delete", "create", "update", "destroy", "form_valid"}


def last(node):
    while isinstance(node, ast.Call):
        node = node.func
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def named(node):
    return {last(item) for item in node.elts} if isinstance(node, (ast.List, ast.Tuple)) else {last(node)}


class Project:
    def __init__(self, folder):
        self.files, self.classes, self.functions = {}, {}, {}
        self.default_login, self.default_rest = False, False
        for top, folders, names in os.walk(folder):
            folders[:] = sorted(set(folders) - {".git", "node_modules", ".venv", "venv", "migrations", "tests", "site-packages"})
            for name in sorted(names):
                if name.endswith(".py") and not name.startswith("test"):
                    self.read(os.path.join(top, name))

    def read(self, path):
        with open(path, encoding="utf-8", errors="replace") as file:
            text = file.read()
        tree = ast.parse(text, path)
        self.files[path] = tree
        live = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
        self.default_login |= "LoginRequiredMiddleware" in live
        default = re.search(r"DEFAULT_PERMISSION_CLASSES[\"']?\s*[:=]\s*[\[(]([^\])]*)", live)
        self.default_rest |= bool(default and default.group(1).strip() and "AllowAny" not in default.group(1))
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                self.classes.setdefault(node.name, (path, node))
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self.functions.setdefault(node.name, (path, node))

    def lineage(self, node, seen=()):
        """The class and those of the project that it derives from."""
        yield node
        for base in node.bases:
            name = last(base)
            if name in self.classes and name not in seen:
                yield from self.lineage(self.classes[name][1], (*seen, name))

    def routed(self):
        """Names that urls or routers mention, with what wraps them there."""
        found = {}
        for path, tree in self.files.items():
            for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
                if last(call) in ("path", "re_path", "url") and len(call.args) > 1:
                    view, wraps = call.args[1], set()
                    while isinstance(view, ast.Call) and last(view) != "as_view" and view.args:
                        wraps.add(last(view))
                        view = view.args[0]
                    if isinstance(view, ast.Call) and isinstance(view.func, ast.Attribute) and view.func.attr == "as_view":
                        view = view.func.value
                    name = last(view)
                    if name and name != "include":
                        found.setdefault(name, []).append(wraps)
                elif last(call) == "register" and len(call.args) > 1 and isinstance(call.func, ast.Attribute) and "router" in ast.dump(call.func.value).lower():
                    found.setdefault(last(call.args[1]), []).append(set())
        return found

    def guard_of(self, name):
        """(what guards the view, its decorators)."""
        if name in self.functions:
            node = self.functions[name][1]
            marks = {last(item) for item in node.decorator_list}
            classes = [named(item.args[0]) for item in node.decorator_list if last(item) == "permission_classes" and isinstance(item, ast.Call) and item.args]
            if classes:
                return ("" if not classes[0] - {""} or classes[0] & OPEN_CLASSES else ", ".join(sorted(classes[0]))), marks
            guard = ", ".join(sorted(m for m in marks if GUARDS.match(m) and m not in ("login_not_required", "method_decorator")))
            guard = guard or turned_away(node)
            if "login_not_required" in marks:
                return "", marks
            if "api_view" in marks:
                return guard or ("default" if self.default_rest else ""), marks
            return guard or ("default" if self.default_login else ""), marks
        marks, rest, decided = set(), False, None
        for part in self.lineage(self.classes[name][1]):
            marks |= {last(arg) for item in part.decorator_list if isinstance(item, ast.Call) for arg in item.args} | {last(i) for i in part.decorator_list}
            rest |= any(re.search(r"ViewSet|APIView|(Create|List|Retrieve|Update|Destroy)\w*APIView", last(base)) for base in part.bases)
            names = [last(base) for base in part.bases]
            views = [i for i, base in enumerate(names) if GENERIC.search(base)]  # a mixin behind the view is never asked
            mixins = [base for base in names[:min(views, default=len(names))] if MIXINS.search(base)]
            for line in part.body:
                if isinstance(line, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    marks |= {last(arg) for item in line.decorator_list if isinstance(item, ast.Call) and last(item) == "method_decorator" for arg in item.args}
                    if line.name == "get_permissions" and decided is None:
                        decided = "get_permissions"
                if isinstance(line, ast.Assign) and decided is None and any(last(t) == "permission_classes" for t in line.targets):
                    classes = named(line.value) - {""}
                    decided = "" if not classes or classes & OPEN_CLASSES else ", ".join(sorted(classes))
            if mixins and decided is None:
                decided = ", ".join(mixins)
        if decided is not None:
            return decided, marks
        guard = ", ".join(sorted(m for m in marks if GUARDS.match(m) and m not in ("login_not_required", "method_decorator")))
        return guard or ("default" if (self.default_rest if rest else self.default_login) and "login_not_required" not in marks else ""), marks


def turned_away(node):
    """A function that begins by sending strangers away: if not request.user.is_authenticated: return or raise."""
    for line in node.body:
        if isinstance(line, ast.If) and "attr='is_authenticated'" in ast.dump(line.test) and isinstance(line.test, ast.UnaryOp):
            if isinstance(line.test.op, ast.Not) and isinstance(line.body[-1], (ast.Return, ast.Raise)):
                return "is_authenticated"
        if not isinstance(line, (ast.Expr, ast.Assign, ast.If)):
            break
    return ""


def by_id(project, name):
    nodes = [project.functions[name][1]] if name in project.functions else list(project.lineage(project.classes[name][1]))
    own = {line.name for node in nodes for line in node.body if isinstance(line, (ast.FunctionDef, ast.AsyncFunctionDef))}
    for node in nodes:
        for part in ast.walk(node):
            if isinstance(part, ast.Call):
                keys = {key.arg for key in part.keywords if key.arg}
                ids = keys & {"pk", "id", "uuid", "slug"} or {key for key in keys if key.endswith(("_id", "_pk"))}
                of_all = isinstance(part.func, ast.Attribute) and part.func.attr in ("get", "filter", "aget") and "objects" in ast.dump(part.func.value) and len(keys) == 1
                if of_all and ids and part.func.attr != "filter":
                    yield part.lineno
                if last(part) in ("get_object_or_404", "aget_object_or_404") and part.args and isinstance(part.args[0], ast.Name) and ids and len(keys) == 1:
                    yield part.lineno
        if isinstance(node, ast.ClassDef) and "get_queryset" not in own and "get_object" not in own and "has_object_permission" not in ast.dump(node):
            for line in node.body:
                text = ast.dump(line)
                if isinstance(line, ast.Assign) and any(last(t) == "queryset" for t in line.targets) and "attr='all'" in text:
                    yield line.lineno
                if isinstance(line, ast.Assign) and any(last(t) == "model" for t in line.targets) and "test_func" not in own and ONE & {last(base) for base in node.bases}:
                    yield line.lineno


def main(arguments):
    public = set()
    for word in [a for a in arguments if a.startswith("--public")]:
        at = arguments.index(word)
        value = word.partition("=")[2] or (arguments.pop(at + 1) if at + 1 < len(arguments) else "")
        public, arguments = public | set(value.split(",")), [a for a in arguments if a != word]
    show_all, places = "--all" in arguments, [a for a in arguments if not a.startswith("--")]
    if len(places) != 1 or not os.path.isdir(places[0]):
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    try:
        project = Project(places[0])
    except (OSError, SyntaxError, ValueError) as fault:
        print("open_django_views: %s" % fault, file=sys.stderr)
        return 2
    routed = {name: wraps for name, wraps in project.routed().items() if name in project.functions or name in project.classes}
    if not routed:
        print("no urls that name a view of this folder", file=sys.stderr)
        return 2
    found = 0
    for name in sorted(routed):
        path, node = project.functions.get(name) or project.classes[name]
        guard, marks = project.guard_of(name)
        outside = {"login_required", "staff_member_required", "permission_required", "user_passes_test"}
        guarded = guard or (", ".join(sorted(outside & set.intersection(*routed[name]))))
        rows = [] if guarded or name in public else [(node.lineno, "open", name)]
        if guarded:
            rows += [(line, "by id", name) for line in sorted(set(by_id(project, name)))]
        methods = {line.name for line in getattr(node, "body", []) if isinstance(line, (ast.FunctionDef, ast.AsyncFunctionDef))}
        if ("csrf_exempt" in marks or any("csrf_exempt" in w for w in routed[name])) and (name in project.functions or methods & CHANGES):
            rows.append((node.lineno, "csrf", name))
        for line, kind, view in rows:
            print("%s:%d\t%s\t%s" % (path, line, kind, view))
        found += len(rows)
        if show_all and guarded:
            print("%s:%d\tguarded\t%s: %s" % (path, node.lineno, name, guarded))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
