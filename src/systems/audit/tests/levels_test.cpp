// Checks whose levels files alone decide, each from nothing up to consistent: what `cascade audit --explain` says that
// the levels take (checks.tsv).
#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "audit/tests/audited.h"

namespace cascade::audit {
namespace {

using Tree = std::map<std::string, std::string>;

// A package with code and a test, and these files besides or instead.
Tree with(const Tree& files) {
  Tree tree = {{"package.json", R"({"name": "queue", "version": "1.2.0", "scripts": {"test": "jest"}})"},
               {"src/queue.js", "function push(a) {\n  const b = a;\n  return b + 1;\n}\nmodule.exports = { push };\n"},
               {"test/queue.test.js",
                "const q = require('../src/queue');\ntest('push', () => { expect(q.push(1)).toBe(2); });\n"}};
  for (const auto& [path, text] : files) tree[path] = text;
  return tree;
}

std::string level(std::string_view check, const Tree& files) {
  switch (level_of(with(files), check)) {
    case Level::absent: return "absent";
    case Level::present: return "present";
    case Level::consistent: return "consistent";
    default: return "more";
  }
}

const std::string own_words =
    "The queue keeps numbers in the order in which they came and gives each of them back once, so nothing that was "
    "pushed is lost while somebody else pops.\n";

TEST_CASE("level: instructions say something, and what they name is here") {
  const auto of = [](const std::string& text) { return level("context/instructions", {{"AGENTS.md", text}}); };
  CHECK(level("context/instructions", {}) == "absent");
  CHECK(of("# Queue\n\nSee `src/queue.js`.\n") == "absent");  // too few words of its own
  CHECK(of("# Queue\n\n" + own_words) == "absent");           // names nothing
  CHECK(of("# Queue\n\n" + own_words + "\n```text\nqueue/\n├── src/\n└── gone/\n```\n") == "consistent");
  CHECK(of("# Queue\n\n" + own_words + "\nThe code is `src/queue.js`; `npm test` tests it.\n") == "consistent");
  CHECK(of("# Queue\n\n" + own_words + "\nThe code is `src/queue.js` and `src/gone.js`.\n") == "present");
  CHECK(of("# Queue\n\n" + own_words + "\nThe code is `src/queue.js`.\n\n```sh\nnpm run gone\n```\n") == "present");
}

TEST_CASE("level: documents name commands, and none that is missing") {
  const auto of = [](const std::string& commands) {
    return level("context/commands", {{"README.md", "# Queue\n\n```sh\n" + commands + "```\n"}});
  };
  CHECK(of("") == "absent");
  CHECK(of("npm install\n") == "absent");  // none that tests
  CHECK(of("npm test\n") == "present");
  CHECK(of("npm install\nnpm test\n") == "consistent");
  CHECK(of("npm install\nnpm test\nnpm run gone\n") == "present");
}

TEST_CASE("level: CI runs the tests, on requests, and their failure counts") {
  const auto of = [](const std::string& on, const std::string& run, const std::string& more = "") {
    return level("integration/tests",
                 {{".github/workflows/ci.yml",
                   "on: " + on + "\njobs:\n  t:\n    runs-on: x\n    steps:\n      - run: " + run + "\n" + more}});
  };
  CHECK(level("integration/tests", {}) == "absent");
  CHECK(of("pull_request", "echo tests pass") == "absent");
  CHECK(of("push", "npm test") == "present");
  CHECK(of("pull_request", "npm test") == "consistent");
  CHECK(of("[push, pull_request]", "npm test") == "consistent");
  CHECK(of("pull_request", "npm test || true") != "consistent");
  CHECK(of("pull_request", "npm test", "        continue-on-error: true\n") != "consistent");
  CHECK(of("pull_request", "npm run gone") == "absent");
}

TEST_CASE("level: foreign actions name a version, or the commit") {
  const auto of = [](const std::string& action, const std::string& head) {
    return level("integration/actions",
                 {{".github/workflows/ci.yml", head +
                                                   "on: pull_request\njobs:\n  t:\n    runs-on: x\n    steps:\n"
                                                   "      - uses: " +
                                                   action + "\n      - run: npm test\n"}});
  };
  const std::string commit = "0123456789abcdef0123456789abcdef01234567", limited = "permissions:\n  contents: read\n";
  CHECK(of("other/tool@main", "") != "consistent");
  CHECK(of("other/tool@v1", limited) == "present");
  CHECK(of("other/tool@" + commit, "") == "present");
  CHECK(of("other/tool@" + commit, limited) == "consistent");
}

TEST_CASE("level: a lock file has the direct dependencies") {
  const auto of = [](const std::string& lock) {
    return level("environment/locks",
                 {{"package.json", R"({"name": "queue", "dependencies": {"left": "^1.0.0", "right": "^2.0.0"}})"},
                  {"package-lock.json", lock}});
  };
  const auto lock = [](const std::string& packages) {
    return R"({"lockfileVersion": 3, "packages": {)" + packages + "}}";
  };
  CHECK(of("") == "absent");
  CHECK(of(lock("")) == "absent");
  CHECK(of(lock(R"("node_modules/left": {"version": "1.0.1"})")) == "present");
  CHECK(of(lock(R"("node_modules/left": {"version": "1.0.1"}, "node_modules/right": {"version": "2.0.0"})")) ==
        "consistent");
}

TEST_CASE("level: secrets are kept out") {
  CHECK(level("safety/secrets", {}) == "absent");
  CHECK(level("safety/secrets", {{".gitignore", "node_modules\n"}}) == "absent");
  CHECK(level("safety/secrets", {{".gitignore", ".env\n"}}) == "consistent");
  CHECK(level("safety/secrets", {{".gitignore", "# .env\n"}}) == "absent");
}

TEST_CASE("level: a bot brings up to date what is here") {
  const auto of = [](const std::string& ecosystem, const std::string& folder) {
    return level("safety/updates", {{".github/dependabot.yml",
                                     "version: 2\nupdates:\n  - package-ecosystem: " + ecosystem +
                                         "\n    directory: " + folder + "\n    schedule:\n      interval: weekly\n"}});
  };
  CHECK(level("safety/updates", {}) == "absent");
  CHECK(level("safety/updates", {{".github/dependabot.yml", "version: 2\nupdates: []\n"}}) == "absent");
  CHECK(of("npm", "/") == "consistent");
  CHECK(of("npm", "/gone") != "consistent");
  CHECK(of("cargo", "/") != "consistent");
}

TEST_CASE("level: owners of files that are here") {
  const auto of = [](const std::string& text) { return level("assimilation/owners", {{"CODEOWNERS", text}}); };
  CHECK(of("# nobody\n") == "absent");
  CHECK(of("gone/ @ann\n") == "absent");
  CHECK(of("* @ann\n") == "consistent");
  CHECK(of("/src/ @ann\n*.js @bea\n") == "consistent");
  CHECK(of("/src/ @ann\n/gone/ @bea\n") == "present");
}

TEST_CASE("level: a linter and a formatter are configured, and run") {
  const std::string lint = R"({"name": "queue", "scripts": {"test": "jest", "lint": "eslint ."}})";
  const std::string format = R"({"name": "queue", "scripts": {"test": "jest", "format": "prettier --check ."}})";
  CHECK(level("validation/lint", {}) == "absent");
  CHECK(level("validation/lint", {{".eslintrc.json", "{}"}}) == "absent");  // it says nothing
  CHECK(level("validation/lint", {{".eslintrc.json", R"({"extends": "eslint:recommended"})"}}) == "present");
  CHECK(level("validation/lint",
              {{".eslintrc.json", R"({"extends": "eslint:recommended"})"}, {"package.json", lint}}) == "consistent");
  CHECK(level("validation/format", {}) == "absent");
  CHECK(level("validation/format", {{".prettierrc", "semi: false\n"}}) == "present");
  CHECK(level("validation/format", {{".prettierrc", R"({"semi": false})"}, {"package.json", format}}) == "consistent");
}

TEST_CASE("level: what CI does besides the tests, one thing or two") {
  const std::string scripts =
      R"({"name": "queue", "scripts": {"test": "jest", "lint": "eslint .", "format": "prettier --check ."}})";
  const auto of = [&](const std::string& steps) {
    return level("integration/checks",
                 {{"package.json", scripts},
                  {".eslintrc.json", R"({"extends": "eslint:recommended"})"},
                  {".prettierrc", R"({"semi": false})"},
                  {".github/workflows/ci.yml", "on: pull_request\njobs:\n  t:\n    runs-on: x\n    steps:\n" + steps}});
  };
  CHECK(of("      - run: npm test\n") == "absent");
  CHECK(of("      - run: npm run lint\n") == "present");
  CHECK(of("      - run: npm run lint\n      - run: npm run format\n") == "consistent");
  CHECK(of("      - run: npm run lint && npm run format\n") == "consistent");
  CHECK(of("      - run: npm run lint || true\n      - run: npm run format\n") == "present");
}

TEST_CASE("level: a file that is added lowers nothing") {
  const std::vector<Tree> steps = {
      {},
      {{".gitignore", ".env\n"}},
      {{"CODEOWNERS", "* @ann\n"}},
      {{"CHANGELOG.md", "## 1.2.0\n\n- numbers may be negative now\n"}},
      {{"README.md", "# Queue\n\n```sh\nnpm install\nnpm test\n```\n"}},
      {{".github/workflows/ci.yml",
        "on: pull_request\njobs:\n  t:\n    runs-on: x\n    steps:\n      - run: npm test\n"}}};
  Tree all;
  std::map<std::string, Level> before;
  for (const Tree& step : steps) {
    all.insert(step.begin(), step.end());
    const Report report = audited(with(all));
    for (const Judgement& judgement : report.judgements) {
      const std::string id = id_of(*judgement.check);
      INFO(id);
      if (id == "integration/actions") continue;  // it asks nothing before there is CI
      CHECK(judgement.level >= before[id]);
      before[id] = judgement.level;
    }
  }
}

}  // namespace
}  // namespace cascade::audit
