"""Twenty hollow repositories and their good twins, one pair for a check. Written before the program ran on any of them;
the pairs of HELD were first looked at when everything else was done (one hollow one of ten then had level 1), those of
AGAIN after that was mended; those of OLDER came with the rows of Perl and make, before the program ran on them.

A pair: the check, the least level of the good twin, what both have, what the hollow one has, what the good one has.
"""

PLAIN_JS = {"package.json": '{"name": "shop", "version": "1.0.0", "scripts": {"test": "node --test"}}\n',
            "src/cart.js": "export function total(items) {\n  let sum = 0;\n  for (const item of items) {\n    sum += item.price;\n  }\n"
                           "  return sum;\n}\n",
            "test/cart.test.js": "import test from 'node:test';\nimport assert from 'node:assert';\nimport { total } from "
                                 "'../src/cart.js';\ntest('adds', () => assert.equal(total([{price: 2}]), 2));\n"}
PLAIN_PY = {"pyproject.toml": '[project]\nname = "ledger"\nversion = "0.3.0"\nrequires-python = ">=3.11"\ndependencies = ["httpx"]\n',
            "ledger/book.py": "def balance(entries):\n    total = 0\n    for entry in entries:\n        total += entry\n    return total\n",
            "tests/test_book.py": "from ledger.book import balance\n\n\ndef test_balance():\n    assert balance([1, 2]) == 3\n"}
PLAIN_GO = {"go.mod": "module example.org/queue\n\ngo 1.22\n", "queue.go": "package queue\n\nfunc Push(q []int, v int) []int {\n\treturn append(q, v)\n}\n",
            "queue_test.go": "package queue\n\nimport \"testing\"\n\nfunc TestPush(t *testing.T) {\n\tif len(Push(nil, 1)) != 1 {\n\t\tt.Fatal(\"lost\")\n\t}\n}\n"}

SEEN = {
    "instructions that only hold a place": (
        "context/instructions", 2, PLAIN_JS,
        {"AGENTS.md": "# Agents\n\n<!-- describe the project here -->\n\n## Setup\n\nTODO\n\n## Conventions\n\nTBD: add your conventions.\n"},
        {"AGENTS.md": "# Working here\n\nPrices are integers in cents; `src/cart.js` is the only place that adds them up. Run `npm test` after every "
                      "change, it takes a second. Tests are in `test/`, one file for each module, and use nothing but node's own runner.\n"}),
    "commands that are not here": (
        "context/commands", 2, PLAIN_PY,
        {"README.md": "# Ledger\n\n```sh\nmake bootstrap\nnpm test\n```\n"},
        {"README.md": "# Ledger\n\n```sh\npip install -e .\npytest tests/\n```\n"}),
    "a test script that only says so": (
        "tests/suite", 2, {"package.json": '{"name": "a", "scripts": {"test": "echo \\"Error: no test specified\\" && exit 1"}}\n', "index.js": "module.exports = 1;\n"},
        {"test/.gitkeep": "", "test/a.test.js": "// tests will come\n"},
        {"package.json": '{"name": "a", "scripts": {"test": "node --test"}}\n',
         "test/a.test.js": "const test = require('node:test');\nconst assert = require('node:assert');\ntest('one', () => assert.equal(require('../index.js'), 1));\n"}),
    "tests of nothing": (
        "tests/suite", 1, {k: v for k, v in PLAIN_PY.items() if not k.startswith("tests")},
        {"tests/test_all.py": "def test_truth():\n    assert True\n"},
        {"tests/test_book.py": PLAIN_PY["tests/test_book.py"]}),
    "a linter's empty settings": (
        "validation/lint", 2, PLAIN_JS,
        {".eslintrc.json": "{}\n"},
        {".eslintrc.json": '{"extends": "eslint:recommended"}\n',
         "package.json": '{"name": "shop", "version": "1.0.0", "scripts": {"test": "node --test", "lint": "eslint src"}, "devDependencies": {"eslint": "^9.0.0"}}\n'}),
    "a workflow that greets": (
        "integration/tests", 2, PLAIN_GO,
        {".github/workflows/ci.yml": "name: ci\non: [push, pull_request]\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo tests pass\n"},
        {".github/workflows/ci.yml": "name: ci\non: [push, pull_request]\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: go test ./...\n"}),
    "a lock of nothing": (
        "environment/locks", 2, PLAIN_PY,
        {"uv.lock": "version = 1\n"},
        {"uv.lock": 'version = 1\n\n[[package]]\nname = "httpx"\nversion = "0.27.0"\n'}),
    "an ignore file that ignores other things": (
        "safety/secrets", 2, PLAIN_PY,
        {".gitignore": "# secrets: .env\n__pycache__/\n"},
        {".gitignore": "__pycache__/\n.env\n*.pem\n"}),
    "owners of files that are gone": (
        "assimilation/owners", 2, PLAIN_GO,
        {"CODEOWNERS": "# owners\n/backend/ @acme/backend\n/frontend/ @acme/web\n"},
        {"CODEOWNERS": "*.go @acme/backend\n/go.mod @acme/build\n"}),
}

HELD = {
    "skills without a word": (
        "context/manifests", 2, PLAIN_JS,
        {".claude/skills/review/SKILL.md": "---\nname: review\ndescription: Review.\n---\n# Review\n\nTODO\n"},
        {".claude/skills/release-check/SKILL.md":
            "---\nname: release-check\ndescription: Checks a release before it is tagged. Use before every tag.\n---\n# Release check\n\n1. Run the tests and read "
            "every failure to its end.\n2. Compare the version in package.json with the newest heading of the change log.\n3. Tag only when both agree, and push "
            "the tag alone.\n"}),
    "type settings that nobody reads": (
        "validation/types", 2, PLAIN_PY,
        {"mypy.ini": "# mypy\n[mypy]\n"},
        {"mypy.ini": "[mypy]\nstrict = True\n", "Makefile": "types:\n\tmypy ledger\n"}),
    "a formatter that no command starts": (
        "validation/format", 2, PLAIN_JS,
        {".prettierrc": "{}\n", ".prettierignore": "dist\n"},
        {".prettierrc": '{"semi": false}\n',
         "package.json": '{"name": "shop", "version": "1.0.0", "scripts": {"test": "node --test", "format:check": "prettier --check ."}, "devDependencies": {"prettier": "^3.0.0"}}\n'}),
    "checks that are switched off": (
        "integration/checks", 1, PLAIN_PY,
        {".github/workflows/lint.yml": "on: pull_request\njobs:\n  lint:\n    if: false\n    runs-on: ubuntu-latest\n    steps:\n      - run: ruff check .\n"},
        {".github/workflows/lint.yml": "on: pull_request\njobs:\n  lint:\n    runs-on: ubuntu-latest\n    steps:\n      - run: pip install ruff mypy\n      - run: ruff check .\n      - run: mypy ledger\n"}),
    "a release script that is empty": (
        "release/publishing", 1, PLAIN_PY,
        {"scripts/release.sh": "#!/bin/sh\n# release\nset -e\necho released\n"},
        {"scripts/release.sh": "#!/bin/sh\nset -e\npython3 -m build\ntwine upload dist/*\n"}),
    "a set-up script that sets nothing up": (
        "environment/setup", 2, PLAIN_JS,
        {"scripts/setup.sh": "#!/bin/bash\necho 'Setting up ...'\necho done\n", "README.md": "# Shop\n\nRun `./scripts/setup.sh`.\n"},
        {"scripts/setup.sh": "#!/bin/bash\nset -e\nnpm install\n", "README.md": "# Shop\n\nRun `./scripts/setup.sh`.\n"}),
    "hooks whose programs are gone": (
        "safety/guards", 2, PLAIN_JS,
        {".claude/settings.json": '{"hooks": {"PreToolUse": [{"matcher": "Bash", "hooks": [{"type": "command", "command": "./scripts/guard.sh"}]}]}}\n', ".husky/pre-commit": "#!/bin/sh\n"},
        {".husky/pre-commit": "#!/bin/sh\nnpm test\n"}),
    "updates of another ecosystem": (
        "safety/updates", 2, PLAIN_GO,
        {".github/dependabot.yml": "version: 2\nupdates:\n  - package-ecosystem: npm\n    directory: /\n    schedule:\n      interval: weekly\n"},
        {".github/dependabot.yml": "version: 2\nupdates:\n  - package-ecosystem: gomod\n    directory: /\n    schedule:\n      interval: weekly\n"}),
}

# How a record begins, as `cascade explain new` writes it.
RECORD = ("---\nexplanation: 1\nby: Ann <ann@example.org>\nassisted: no\nseconds: 300\nhunks:\n  - 3f2a9c0d1e4b5a67 +1,7 -0,0 src/lib.rs\n---\n\n")
PLAIN_RUST = {"Cargo.toml": '[package]\nname = "ring"\nversion = "0.4.1"\nedition = "2021"\n\n[dependencies]\nlibc = "0.2"\n',
              "src/lib.rs": "pub fn next(at: usize, size: usize) -> usize {\n    if at + 1 == size {\n        0\n    } else {\n        at + 1\n    }\n}\n"}
PLAIN_RUBY = {"Gemfile": "source 'https://rubygems.org'\ngem 'rake'\n", "lib/mint.rb": "module Mint\n  def self.coin(n)\n    return [] if n.zero?\n\n    [1] * n\n  end\nend\n"}

AGAIN = {
    "a module of tests with a mark that skips it": (
        "tests/suite", 2, PLAIN_RUST,
        {"tests/next.rs": "use ring::next;\n\n#[test]\n#[ignore]\nfn wraps() {\n    assert_eq!(next(3, 4), 0);\n}\n"},
        {"tests/next.rs": "use ring::next;\n\n#[test]\nfn wraps() {\n    assert_eq!(next(3, 4), 0);\n}\n"}),
    "a lock that forgets": (
        "environment/locks", 2, PLAIN_RUST,
        {"Cargo.lock": '# This file is generated\nversion = 3\n\n[[package]]\nname = "ring"\nversion = "0.4.1"\n'},
        {"Cargo.lock": 'version = 3\n\n[[package]]\nname = "libc"\nversion = "0.2.150"\n\n[[package]]\nname = "ring"\nversion = "0.4.1"\ndependencies = [\n "libc",\n]\n'}),
    "advice for everybody": (
        "context/instructions", 2, PLAIN_RUBY,
        {"CLAUDE.md": "# Guidelines\n\nWrite clean, readable code. Follow best practices and the conventions of the language. Keep functions small, name things well, "
                      "and always think about edge cases, security and performance before you write anything.\n"},
        {"CLAUDE.md": "# Mint\n\nCoins are made in `lib/mint.rs`.\n".replace(".rs", ".rb") + "Nothing else may allocate them: the tests count what is made and what is given back. "
                      "Run `bundle exec rake` after a change.\n", "Rakefile": "task :test do\n  sh 'ruby -Ilib test/all.rb'\nend\ntask default: :test\n"}),
    "a pipeline of words": (
        "integration/tests", 1, PLAIN_RUBY,
        {".gitlab-ci.yml": "stages: [test]\ntest:\n  stage: test\n  script:\n    - echo running tests\n    - true\n"},
        {".gitlab-ci.yml": "stages: [test]\ntest:\n  stage: test\n  script:\n    - bundle install\n    - bundle exec rspec\n",
         "spec/mint_spec.rb": "require 'mint'\ndescribe Mint do\n  it \"makes coins\" do\n    expect(Mint.coin(2).size).to eq 2\n  end\nend\n"}),
    "hooks without hooks": (
        "safety/guards", 2, PLAIN_RUST,
        {".pre-commit-config.yaml": "repos: []\n", ".claude/settings.json": '{"permissions": {"deny": []}, "hooks": {}}\n'},
        {".claude/settings.json": '{"permissions": {"deny": ["Bash(git push --force:*)"]}}\n'}),
    "a bot that looks nowhere": (
        "safety/updates", 2, PLAIN_RUST,
        {".github/dependabot.yml": "version: 2\nupdates: []\n", "renovate.json": "{}\n"},
        {".github/dependabot.yml": "version: 2\nupdates:\n  - package-ecosystem: cargo\n    directory: /\n    schedule:\n      interval: weekly\n"}),
    "a rule that asks nobody": (
        "assimilation/reviews", 1, PLAIN_RUST,
        {".github/pull_request_template.md": "## Description\n\n## Checklist\n\n- [ ] tests\n"},
        {"CONTRIBUTING.md": "# Contributing\n\nEvery pull request needs a review by somebody who did not write it.\n"}),
    "an explanation to be filled in": (
        "assimilation/explanations", 1, PLAIN_RUST,
        {".cascade/explanations/7.md": RECORD + "## What it does\n\nTODO: say what it does\n\n## How it fails\n\n## Why not otherwise\n\n## What was verified\n\nyes\n"},
        {".cascade/explanations/7.md": RECORD + "## What it does\n\nThe index wraps at the size of the ring.\n\n## How it fails\n\nA size of zero never wraps; the caller checks it.\n\n"
                                       "## Why not otherwise\n\nA remainder divides, which is slower on the target.\n\n## What was verified\n\ncargo test, exit 0.\n"}),
    "a container of nothing": (
        "environment/setup", 1, PLAIN_RUBY,
        {".devcontainer/devcontainer.json": '{"name": "mint"}\n', "Makefile": "setup:\n\t@echo nothing to do\n"},
        {"bin/setup": "#!/bin/sh\nset -e\nbundle install\n"}),
    "a linter that nothing installs": (
        "validation/lint", 2, PLAIN_RUBY,
        {"Makefile": "lint:\n\trubocop || true\n", ".rubocop.yml": "# later\n"},
        {".rubocop.yml": "AllCops:\n  NewCops: enable\n", "Makefile": "lint:\n\tbundle exec rubocop\n"}),
}

PLAIN_PERL = {"Makefile.PL": "use ExtUtils::MakeMaker;\nWriteMakefile(NAME => 'Purse', VERSION_FROM => 'lib/Purse.pm');\n",
              "lib/Purse.pm": "package Purse;\nuse strict;\nour $VERSION = '1.20';\nsub coins {\n    my ($n) = @_;\n    return (1) x $n;\n}\n1;\n"}
PLAIN_AUTOTOOLS = {"configure.ac": "AC_INIT([heap], [2.1.0])\nAM_INIT_AUTOMAKE([foreign])\nAC_PROG_CC\nAC_CONFIG_FILES([Makefile tests/Makefile])\nAC_OUTPUT\n",
                   "Makefile.am": "SUBDIRS = . tests\nlib_LIBRARIES = libheap.a\nlibheap_a_SOURCES = heap.c\n",
                   "heap.c": "int least(const int *a, int n) {\n  int m = a[0];\n  for (int i = 1; i < n; ++i)\n    if (a[i] < m) m = a[i];\n  return m;\n}\n"}
PERL_TEST = "use strict;\nuse Test::More;\nuse Purse;\nmy @coins = Purse::coins(2);\nis(scalar @coins, 2, 'two coins');\ndone_testing;\n"
C_TEST = "#include <stdio.h>\nint least(const int *a, int n);\nint main(void) {\n  int a[] = {3, 1, 2};\n  if (least(a, 3) != 1) return 1; /* heap */\n  return 0;\n}\n"

OLDER = {
    "a test in Perl that prints ok": (
        "tests/suite", 2, PLAIN_PERL,
        {"t/purse.t": "print \"1..1\\n\";\nprint \"ok 1\\n\";\n"},
        {"t/purse.t": PERL_TEST}),
    "a test in Perl of the truth": (
        "tests/suite", 2, PLAIN_PERL,
        {"t/purse.t": "use Test::More;\nok(1, 'loads');\nis(1, 1);\ndone_testing;\n"},
        {"t/purse.t": PERL_TEST}),
    "tests in Perl that are all skipped": (
        "tests/suite", 2, PLAIN_PERL,
        {"t/purse.t": "use Test::More skip_all => 'later';\n"},
        {"t/purse.t": PERL_TEST}),
    "a critic without a rule": (
        "validation/lint", 2, {**PLAIN_PERL, "t/purse.t": PERL_TEST},
        {".perlcriticrc": "# severity = 3\n", "Makefile": "lint:\n\tperlcritic lib || true\n"},
        {".perlcriticrc": "severity = 3\n", "Makefile": "lint:\n\tperlcritic lib\n"}),
    "Perl's commands without its manifest": (
        "context/commands", 2, {"lib/Purse.pm": PLAIN_PERL["lib/Purse.pm"]},
        {"README": "Purse\n\nInstall it:\n\n    $ perl Makefile.PL\n    $ make\n    $ make test\n"},
        {"README": "Purse\n\nInstall it:\n\n    $ perl Makefile.PL\n    $ make\n    $ make test\n", "Makefile.PL": PLAIN_PERL["Makefile.PL"]}),
    "make check that checks nothing": (
        "tests/suite", 2, PLAIN_AUTOTOOLS,
        {"tests/Makefile.am": "check:\n\t@echo all tests passed\n", "tests/heap.c": "int main(void) {\n  return 0;\n}\n"},
        {"tests/Makefile.am": "check_PROGRAMS = heap\nTESTS = heap\n", "tests/heap.c": C_TEST}),
    "make check without tests": (
        "context/commands", 2, PLAIN_AUTOTOOLS,
        {"README": "Heap\n\n    ./configure\n    make\n    make check\n", "tests/Makefile.am": "EXTRA_DIST = README\n"},
        {"README": "Heap\n\n    ./configure\n    make\n    make check\n", "tests/Makefile.am": "TESTS = heap\ncheck_PROGRAMS = heap\n"}),
    "configure from nothing": (
        "environment/setup", 2, {"heap.c": PLAIN_AUTOTOOLS["heap.c"], "Makefile": "all:\n\t$(CC) -c heap.c\n"},
        {"README.md": "# Heap\n\n```sh\n./configure\n```\n"},
        {"README.md": "# Heap\n\n```sh\nautoreconf -i && ./configure\n```\n", "configure.ac": PLAIN_AUTOTOOLS["configure.ac"]}),
    "a Makefile that says it tests": (
        "context/commands", 2, {"heap.c": PLAIN_AUTOTOOLS["heap.c"], "README.md": "# Heap\n\nBuild with `make all`, test with `make test`.\n"},
        {"Makefile": "Q = @\nall:\n\t$(CC) -c heap.c\ntest:\n\t$(Q)mkdir -p out\n\t$(Q)echo passed\n"},
        {"Makefile": "Q = @\nall:\n\t$(CC) -c heap.c\ntest: heap_test\n\t$(Q)./heap_test\nheap_test:\n\t$(CC) -o $@ tests/heap.c heap.c\n", "tests/heap.c": C_TEST}),
    "a test in C that returns 0": (
        "tests/suite", 2, {**PLAIN_AUTOTOOLS, "tests/Makefile.am": "TESTS = heap_test\n"},
        {"tests/heap_test.c": "/* tests heap.c */\nint main(void) {\n  return 0;\n}\n"},
        {"tests/heap_test.c": C_TEST}),
    "a shell script that only says that it tests": (
        "tests/suite", 2, {**PLAIN_AUTOTOOLS, "tests/Makefile.am": "TESTS = run.sh\n"},
        {"tests/run.sh": "#!/bin/sh\n# diff expected actual\necho testing heap\necho ok\n"},
        {"tests/run.sh": "#!/bin/sh\n./heap <numbers >actual\ndiff expected actual || exit 1\n"}),
    "a pipeline in Groovy that prints": (
        "integration/tests", 2, PLAIN_GO,
        {"Jenkinsfile": "pipeline {\n  agent any\n  stages {\n    stage('test') {\n      steps {\n        echo 'go test ./...'\n        sh 'echo tests pass'\n      }\n    }\n  }\n}\n"},
        {"Jenkinsfile": "pipeline {\n  agent any\n  stages {\n    stage('test') {\n      steps {\n        sh 'go test ./...'\n      }\n    }\n  }\n}\n"}),
    "a service that knows the language and is told to do nothing": (
        "integration/tests", 2, {**PLAIN_PERL, "t/purse.t": PERL_TEST},
        {".travis.yml": "language: perl\nscript: echo fine\n"},
        {".travis.yml": "language: perl\nperl:\n  - \"5.30\"\n"}),
}
