#!/usr/bin/env python3
"""Lists the views of a Django project with what each asks of its caller, and those that ask nothing.

usage: open_django_views.py FOLDER [--all] [--public NAME,...]
Reads the code as text (nothing is imported): functions and classes that urls.py files and routers name, each found by the imports
of the file that names it; where these do not tell, all of that name are judged.
  open      no login, no permission, neither on the view nor by the project's default; also a part of it: an @action, a branch of
            get_permissions, a method that method_decorator(..., name=...) leaves out
  by id     asks for a login, but takes an object by its id from all of them (Model.objects.get(pk=...), filter(pk=...).first(),
            get_object_or_404(Model, pk=...), queryset = Model.objects.all() or model = Model of a DetailView, UpdateView or
            DeleteView with nothing in get_queryset)
  csrf      csrf_exempt on a view that changes data with the session's cookie
  --all     also what is guarded and by what; --public: views that may be open (login, health), as FILE:NAME where several have the name
The last line (standard error) counts what was judged and names views that are not of this folder.
Exit 0: nothing found; 1: found, FILE:LINE, kind, view; 2: no Django project, or a file that is no Python.
"""
import ast
import os
import re
import sys

GUARDS = re.compile(r"^(login_required|permission_required|user_passes_test|staff_member_required|superuser_required|permission_classes|"
                    r"requires?_\w+|\w+_required)$")
MIXINS = re.compile(r"(LoginRequired|PermissionRequired|UserPassesTest|AccessMixin|Staff\w*Mixin|Superuser\w*Mixin)")
OUTSIDE = {"login_required", "staff_member_required", "permission_required", "user_passes_test"}
GENERIC = re.compile(r"(View|ViewSet|APIView|Admin)$")
ONE = {"DetailView", "UpdateView", "DeleteView"}
POSTS = re.compile(r"(Create|Update|Delete|Form)View$")
VERBS = {"get", "post", "put", "patch", "delete"}
CHANGES = {"post", "put", "patch", "delete", "create", "update", "destroy", "form_valid"}
ONE_ROW = {"get", "aget", "first", "afirst", "last", "alast", "update", "aupdate", "delete", "adelete", "earliest", "latest"}
NEUTRAL = {"all", "using", "only", "defer", "order_by", "values", "values_list", "distinct", "annotate", "select_related", "prefetch_related",
           "select_for_update"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def last(node):
    while isinstance(node, ast.Call):
        node = node.func
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def dotted(node):
    """a.b.c as its parts; nothing where it does not begin with a name."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts, node = [node.attr, *parts], node.value
    return [node.id, *parts] if isinstance(node, ast.Name) else []


def named(node):
    """The names in a list of permissions, also of [A | B, C(...)]."""
    if isinstance(node, (ast.List, ast.Tuple)):
        return set().union(*(named(item) for item in node.elts))
    if isinstance(node, ast.BinOp):
        return named(node.left) | named(node.right)
    return named(node.operand) if isinstance(node, ast.UnaryOp) else {last(node)} - {""}


def permissions(node):
    """What a list of permissions asks; "" where it lets everybody in."""
    names = named(node)
    return "" if "AllowAny" in names else ", ".join(sorted(names))


def granted(function):
    """What get_permissions asks; None where it hands on to what the class has."""
    answers = [line.value for line in ast.walk(function) if isinstance(line, ast.Return) and line.value is not None]
    if any(last(node) == "AllowAny" for node in ast.walk(function)) or any(isinstance(a, (ast.List, ast.Tuple)) and not a.elts for a in answers):
        return ""
    handed = [a for a in answers if "attr='permission_classes'" in ast.dump(a) or last(a) == "get_permissions"]
    return None if answers and len(handed) == len(answers) else "get_permissions"


def guards_in(marks):
    return ", ".join(sorted(mark for mark in marks if GUARDS.match(mark)))


class Project:
    def __init__(self, folder):
        self.trees, self.views, self.assigned, self.imports, self.named = {}, {}, {}, {}, {}
        self.default_login, self.default_rest = False, False
        self.packages = {os.path.basename(os.path.abspath(folder))}
        for top, folders, names in os.walk(folder):
            folders[:] = sorted(set(folders) - {".git", "node_modules", ".venv", "venv", "migrations", "tests", "site-packages"})
            for name in sorted(names):
                if name.endswith(".py") and not name.startswith("test"):
                    self.read(os.path.normpath(os.path.join(top, name)))

    def read(self, path):
        with open(path, encoding="utf-8", errors="replace") as file:
            text = file.read()
        tree = self.trees[path] = ast.parse(text, path)
        self.packages |= set(path[:-3].split(os.sep))
        live = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
        self.default_login |= "LoginRequiredMiddleware" in live
        default = re.search(r"DEFAULT_PERMISSION_CLASSES[\"']?\s*[:=]\s*[\[(]([^\])]*)", live)
        self.default_rest |= bool(default and default.group(1).strip() and "AllowAny" not in default.group(1))
        self.imports[path] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                for item in node.names:
                    self.imports[path].setdefault(item.asname or item.name, []).append((node.level, (node.module or "").split("."), item.name))
            elif isinstance(node, ast.Import):
                for item in node.names:
                    self.imports[path].setdefault(item.asname or item.name.split(".")[0], []).append((0, (item.name if item.asname else item.name.split(".")[0]).split("."), ""))
        pending = list(tree.body)
        for node in pending:  # a definition below `if` or `try` counts, and a later one replaces an earlier one
            if isinstance(node, (ast.ClassDef, *FUNCTIONS)):
                self.views[path, node.name] = node
                self.named.setdefault(node.name, set()).add((path, node.name))
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                self.assigned[path, node.targets[0].id] = node.value
            for part in ("body", "orelse", "handlers") if isinstance(node, (ast.If, ast.Try)) else ("body",) if isinstance(node, ast.ExceptHandler) else ():
                pending += getattr(node, part, [])

    def module(self, path, level, parts):
        """The file of a module that `path` imports: the nearest one of that name."""
        parts = [part for part in parts if part]
        if level:
            folder = os.path.dirname(path)
            for _ in range(level - 1):
                folder = os.path.dirname(folder)
            wanted = [os.path.normpath(os.path.join(folder, *parts)) + ".py", os.path.normpath(os.path.join(folder, *parts, "__init__.py"))]
            return next((name for name in wanted if name in self.trees), None)
        ends = tuple(os.sep + os.path.join(*parts, *end) for end in ((), ("__init__",))) if parts else ()
        found = [name for name in self.trees if os.path.abspath(name)[:-3].endswith(ends)] if ends else []
        return max(found, key=lambda name: (len(os.path.commonpath([os.path.abspath(name), os.path.abspath(path)])), -len(name)), default=None)

    def find(self, path, parts, depth=8):
        """The definitions that a.b.c means in a file; None where its imports do not tell."""
        if not parts or depth == 0:
            return None
        if len(parts) == 1:
            if (path, parts[0]) in self.views:
                return {(path, parts[0])}
            if (path, parts[0]) in self.assigned:
                return self.views_of(path, self.assigned[path, parts[0]], depth - 1)[1]
        for level, module, name in self.imports[path].get(parts[0], []):
            rest = parts[1:]
            if not name:  # import a, then a.b.views.x
                for cut in range(len(rest) - 1, -1, -1):
                    file = self.module(path, 0, module + rest[:cut])
                    if file:
                        return self.find(file, rest[cut:], depth - 1)
                return None if module[0] in self.packages else set()
            file = self.module(path, level, module + [name]) if rest else None
            if file:
                return self.find(file, rest, depth - 1)
            file = self.module(path, level, module)
            if file:
                return self.find(file, [name, *rest], depth - 1)
            return None if level or module[0] in self.packages else set()  # of a package that is not in this folder
        for level, module, name in self.imports[path].get("*", []):
            file = self.module(path, level, module)
            found = file and self.find(file, parts, depth - 1)
            if found:
                return found
        return None

    def views_of(self, path, view, depth=8):
        """(what wraps it there, definitions) of a view that urls or a router name."""
        wraps = set()
        while isinstance(view, ast.Call) and last(view) != "as_view" and view.args:
            wraps.add(last(view))
            view = view.args[0]
        if isinstance(view, ast.Call) and isinstance(view.func, ast.Attribute) and view.func.attr == "as_view":
            view = view.func.value
        found = self.find(path, dotted(view), depth)
        return wraps, self.named.get(last(view), set()) if found is None else found

    def bases(self, key):
        for base in self.views[key].bases:
            found = self.find(key[0], dotted(base))
            yield last(base), {k for k in (self.named.get(last(base), set()) if found is None else found) if isinstance(self.views[k], ast.ClassDef)}

    def lineage(self, key, seen=()):
        """The class and those of the project that it derives from."""
        yield self.views[key]
        for _, found in self.bases(key):
            for base in sorted(found - {key, *seen}):
                yield from self.lineage(base, (*seen, key))

    def is_set(self, keys):
        return any(isinstance(self.views[key], ast.ClassDef) and any(re.search(r"ViewSet", last(base)) for part in self.lineage(key) for base in part.bases) for key in keys)

    def routed(self):
        """(definitions that urls or routers mention, with what wraps them there; names that are not of this folder)."""
        found, foreign = {}, set()
        for path, tree in self.trees.items():
            routers = {last(target) for line in ast.walk(tree) if isinstance(line, ast.Assign) and isinstance(line.value, ast.Call)
                       and re.search(r"Router$", last(line.value)) for target in line.targets}
            for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
                view = next((key.value for key in call.keywords if key.arg in ("view", "viewset")), call.args[1] if len(call.args) > 1 else None)
                if view is None or last(view) == "include" or isinstance(view, (ast.Constant, ast.List, ast.Tuple)):
                    continue
                if last(call) in ("path", "re_path", "url"):
                    if isinstance(view, ast.Attribute) and view.attr == "urls":  # admin.site.urls
                        continue
                    wraps, keys = self.views_of(path, view)
                elif last(call) == "register" and isinstance(call.func, ast.Attribute):
                    wraps, keys = self.views_of(path, view)
                    if not (last(call.func.value) in routers or "router" in ast.dump(call.func.value).lower() or self.is_set(keys)):
                        continue
                else:
                    continue
                for key in keys:
                    found.setdefault(key, []).append(wraps)
                if not keys:
                    foreign.add(last(view.func.value if last(view) == "as_view" and isinstance(view, ast.Call) and isinstance(view.func, ast.Attribute) else view) or "line %d of %s" % (call.lineno, path))
        return found, foreign

    def guard_of_function(self, node):
        marks = {last(item) for item in node.decorator_list}
        asked = [permissions(item.args[0]) for item in node.decorator_list if last(item) == "permission_classes" and isinstance(item, ast.Call) and item.args]
        if asked:
            return asked[0], marks
        if "login_not_required" in marks:
            return "", marks
        return guards_in(marks) or turned_away(node) or ("default" if (self.default_rest if "api_view" in marks else self.default_login) else ""), marks

    def guard_of(self, key):
        """(what guards the view, its decorators)."""
        if not isinstance(self.views[key], ast.ClassDef):
            return self.guard_of_function(self.views[key])
        marks, rest, decided, covered, handlers = set(), False, None, {}, set()
        for part in self.lineage(key):
            names = [last(base) for base in part.bases]
            rest |= any(re.search(r"ViewSet|APIView", base) for base in names)
            handlers |= {"get", "post"} if any(POSTS.search(base) for base in names) else set()
            views = [i for i, base in enumerate(names) if GENERIC.search(base)]  # a mixin behind the view is never asked
            mixins = [base for base in names[:min(views, default=len(names))] if MIXINS.search(base)]
            for mark, method in method_decorators(part):
                marks.add(mark)
                covered.setdefault(method, set()).add(mark)
            asked = None
            for line in part.body:
                if isinstance(line, FUNCTIONS):
                    handlers |= {line.name} & VERBS
                    asked = granted(line) if line.name == "get_permissions" else asked
            for line in part.body:
                if isinstance(line, ast.Assign) and asked is None and any(last(t) == "permission_classes" for t in line.targets):
                    asked = permissions(line.value)
            decided = asked if decided is None else decided
            if mixins and decided is None:
                decided = ", ".join(mixins)
        if decided is not None:
            return decided, marks
        guard = guards_in(set().union(*(covered.get(method, set()) for method in ("dispatch", "initial", "setup"))))
        if not guard and handlers and all(guards_in(covered.get(method, set())) for method in handlers):
            guard = guards_in(set().union(*covered.values()))
        return guard or ("default" if (self.default_rest if rest else self.default_login) and "login_not_required" not in marks else ""), marks


def method_decorators(node):
    """(decorator, method) of method_decorator on a class or on its methods."""
    for holder in [node, *(line for line in node.body if isinstance(line, FUNCTIONS))]:
        for item in holder.decorator_list:
            if isinstance(item, ast.Call) and last(item) == "method_decorator":
                method = next((key.value.value for key in item.keywords if key.arg == "name" and isinstance(key.value, ast.Constant)), holder.name)
                for arg in item.args[:1]:
                    for one in arg.elts if isinstance(arg, (ast.List, ast.Tuple)) else [arg]:
                        yield last(one), method
            elif holder is node:
                yield last(item), "dispatch"  # a decorator of the project's own, made for classes


def turned_away(node):
    """A function that begins by sending strangers away: if not request.user.is_authenticated: return or raise."""
    for line in node.body:
        if isinstance(line, ast.If) and "attr='is_authenticated'" in ast.dump(line.test) and isinstance(line.test, ast.UnaryOp):
            if isinstance(line.test.op, ast.Not) and isinstance(line.body[-1], (ast.Return, ast.Raise)):
                return "is_authenticated"
        if not isinstance(line, (ast.Expr, ast.Assign, ast.If)):
            break
    return ""


def id_keys(keywords):
    """Whether keywords ask for ids and nothing else, and not for the caller's own."""
    keys = [re.sub(r"__(in|exact)$", "", key.arg or "") for key in keywords]
    return bool(keys) and all(re.search(r"^(pk|id|uuid|slug)$|_(id|pk)$", key) for key in keys) and not any("attr='user'" in ast.dump(key.value) for key in keywords)


def of_all(node):
    """The keywords by which a chain of calls chooses from Model.objects; None where it begins elsewhere or is scoped."""
    keywords = []
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr in ("filter", "get", "aget"):
            if node.args:
                return None
            keywords += node.keywords
        elif node.func.attr not in ONE_ROW | NEUTRAL:
            return None
        node = node.func.value
    return keywords if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager") else None


def by_id(project, key):
    view = project.views[key]
    nodes = list(project.lineage(key)) if isinstance(view, ast.ClassDef) else [view]
    own = {line.name for node in nodes for line in node.body if isinstance(line, FUNCTIONS)}
    for node in nodes:
        for part in ast.walk(node):
            chain = of_all(part) if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr in ONE_ROW else None
            if isinstance(part, ast.Subscript):
                chain = of_all(part.value)
            if chain and id_keys(chain):
                yield part.lineno
            if isinstance(part, ast.Call) and last(part) in ("get_object_or_404", "aget_object_or_404") and part.args and id_keys(part.keywords):
                whole = part.args[0]
                if of_all(whole) == [] or isinstance(whole, (ast.Name, ast.Attribute)) and last(whole)[:1].isupper():
                    yield part.lineno
        if isinstance(node, ast.ClassDef) and "get_queryset" not in own and "get_object" not in own and "has_object_permission" not in ast.dump(node):
            for line in node.body:
                text = ast.dump(line)
                if isinstance(line, ast.Assign) and any(last(t) == "queryset" for t in line.targets) and "attr='all'" in text:
                    yield line.lineno
                if isinstance(line, ast.Assign) and any(last(t) == "model" for t in line.targets) and "test_func" not in own and ONE & {last(base) for base in node.bases}:
                    yield line.lineno


def open_actions(node):
    """(line, name) of actions whose own permissions let everybody in: they replace those of the class."""
    for line in node.body if isinstance(node, ast.ClassDef) else []:
        for item in line.decorator_list if isinstance(line, FUNCTIONS) else []:
            if isinstance(item, ast.Call) and last(item) == "action" and any(k.arg == "permission_classes" and not permissions(k.value) for k in item.keywords):
                yield line.lineno, "%s.%s" % (node.name, line.name)


def judged(project, key, wraps, may_be_open):
    """(rows of what is wrong with a view, what guards it)."""
    path, name = key
    node = project.views[key]
    guard, marks = project.guard_of(key)
    guard = guard or ", ".join(sorted(OUTSIDE & set.intersection(*wraps)))
    rows = [] if guard or may_be_open else [(node.lineno, "open", name)]
    if guard:
        rows += [(line, "by id", name) for line in sorted(set(by_id(project, key)))]
        rows += [] if may_be_open else [(line, "open", view) for line, view in open_actions(node)]
    methods = {line.name for line in node.body if isinstance(line, FUNCTIONS)}
    if ("csrf_exempt" in marks or any("csrf_exempt" in w for w in wraps)) and (not isinstance(node, ast.ClassDef) or methods & CHANGES):
        rows.append((node.lineno, "csrf", name))
    return rows, guard


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
    routed, foreign = project.routed()
    if not routed:
        print("no urls that name a view of this folder", file=sys.stderr)
        return 2
    found = 0
    for key in sorted(routed):
        path, name = key
        alone = sum(other == name for _, other in routed) == 1
        may_be_open = name in public and alone or any(("/" + path + ":" + name).endswith("/" + word) for word in public if ":" in word)
        rows, guard = judged(project, key, routed[key], may_be_open)
        for line, kind, view in rows:
            print("%s:%d\t%s\t%s" % (path, line, kind, view))
        found += len(rows)
        if show_all and guard:
            print("%s:%d\tguarded\t%s: %s" % (path, project.views[key].lineno, name, guard))
    print("%d views judged%s" % (len(routed), "; not of this folder: " + ", ".join(sorted(foreign)) if foreign else ""), file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
