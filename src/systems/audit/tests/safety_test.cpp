// What keeps secrets and mistakes in: files that are searched and ignored, hooks, pinned actions, and what a confined
// command sees of the disk and of .git/config.
#include <filesystem>
#include <fstream>

#include "audit/tests/audited.h"
#include "confined/confined.h"
#include "scratch_folder.h"

namespace cascade::audit {
namespace {

using Files = std::map<std::string, std::string>;

TEST_CASE("git's settings: what lets somebody in is left out, and the rest still reads as it did") {
  const auto left = [](const std::string& text) { return without_credentials(text); };
  CHECK(left("[remote \"origin\"]\n\turl = https://example.org/a.git\n") ==
        "[remote \"origin\"]\n\turl = https://example.org/a.git\n");
  CHECK(left("url = https://ann:se@cr@et@example.org/a.git\n") == "url = https://example.org/a.git\n");
  CHECK(left("url = https://t0ken@example.org\n") == "url = https://example.org\n");
  CHECK(left("url = https://example.org/@scope/a@b.git\n") == "url = https://example.org/@scope/a@b.git\n");
  CHECK(left("url = git@example.org:a/b.git\n") == "url = git@example.org:a/b.git\n");  // no password
  CHECK(left("[url \"https://ann:pw@example.org/\"]\n\tinsteadOf = x:\n") ==
        "[url \"https://example.org/\"]\n\tinsteadOf = x:\n");
  for (const char* line :
       {"\textraheader = AUTHORIZATION: basic eHg6\n", "\tHelper = store\n", "smtpPass = hunter\n", "pass = x\n",
        "\tsmtppassword=x\n", "oauth-token = x\n", "cookieFile = x\n", "clientSecret = x\n",
        "proxy = ann:pw@proxy.example.org:8080\n", "\thelper = \"!f() { \\\n  echo username=ann; \\\necho x; }; f\"\n"})
    CHECK(left(std::string("[a]\n") + line + "x = 1\n") == "[a]\nx = 1\n");
  CHECK(left("proxy = proxy.example.org:8080\n") == "proxy = proxy.example.org:8080\n");
  // A section that is called so keeps what stands below it where it is.
  CHECK(left("[branch \"password-reset\"]\n\tmerge = refs/heads/a\n") ==
        "[branch \"password-reset\"]\n\tmerge = refs/heads/a\n");
  CHECK(left("[credential] helper = store\nx = 1\n") == "[credential]\nx = 1\n");
  CHECK(left("[credential \"a]b\"] helper = \\\n  store\n[b]\n") == "[credential \"a]b\"]\n[b]\n");
  CHECK(left("").empty());
  CHECK(left("[never closed\r\nx = 1") == "[never closed\nx = 1\n");
}

#ifndef _WIN32  // nothing is confined there
// The words behind `word` where it stands before `path`; empty: nowhere.
bool shows(const std::vector<std::string>& words, const std::string& word, const std::string& path) {
  for (std::size_t i = 0; i + 1 < words.size(); ++i)
    if (words[i] == word && (words[i + 1] == path || (i + 2 < words.size() && words[i + 2] == path))) return true;
  return false;
}

TEST_CASE("view: of the home the named folders alone, and of those no file that holds a key") {
  const test::ScratchFolder scratch;
  const std::string home = scratch.path + "/home", tools = scratch.path + "/tools", copy = scratch.path + "/copy";
  for (const std::string& folder : {home + "/.cargo/registry", home + "/.ssh", tools, copy})
    std::filesystem::create_directories(folder);
  std::ofstream(tools + "/credentials") << "x\n";
  const std::vector<EcosystemRow> rows = {{"rust", "home", ".cargo/registry .gone", "-"},
                                          {"rust", "folders", "CARGO_HOME PATH", "-"},
                                          {"*", "secret", "credentials gone", "-"},
                                          {"*", "system", "/nowhere/at/all", "-"}};
  const auto words = [&](std::vector<std::string> variables, const std::string& root = "/repo") {
    return words_of_view({copy, root, home, 64, std::move(variables)}, rows);
  };
  const auto some = words({"CARGO_HOME=" + tools, "OTHER=" + scratch.path + "/copy"});
  CHECK(shows(some, "--ro-bind", home + "/.cargo/registry"));
  CHECK(shows(some, "--ro-bind", tools));
  CHECK(shows(some, "/dev/null", tools + "/credentials"));
  CHECK(shows(some, "--bind", copy));
  CHECK(shows(some, "--tmpfs", home));
  for (const std::string& hidden : {home + "/.ssh", home + "/.cargo", home + "/.gone", std::string("/nowhere/at/all")})
    CHECK_FALSE(shows(some, "--ro-bind", hidden));
  CHECK(some.back() == "/");  // read only again, after the last place was added
  // A variable that names the home, what holds it, or a path that is none shows nothing more.
  const auto none = words({});
  for (const std::string& value : {home, scratch.path, home + "/", home + "/x/..", std::string("/"), std::string(""),
                                   std::string("relative"), scratch.path + "/gone", std::string(":::")})
    CHECK(words({"CARGO_HOME=" + value}) == none);
  CHECK_FALSE(shows(words({"PATH=" + tools}), "/dev/null", tools + "/credentials"));
  CHECK_FALSE(shows(words({}, home), "--tmpfs", home));  // the repository is the home: the copy lies there
}

#endif

Files with_queue(const std::string& path, const std::string& text) {
  return {{"package.json", R"({"name": "queue", "scripts": {"test": "jest"}})"},
          {"src/queue.js", "export const a = 1;\n"},
          {path, text}};
}

TEST_CASE("secrets: every file is searched but those of tests and examples, whose names say so in a word") {
  const std::string key = "key = \"AKIA" + std::string("Q3EGRTWZ5LHJYXUN") + "\"\n";
  const auto found = [&](const std::string& path) {
    return judgement_of(audited(with_queue(path, key)), "safety/secrets").finding.lacks.starts_with(path + ":1 holds ");
  };
  for (const char* path :
       {"config.py", "src/latest.py", "contest/a.py", "deploy/attestation.yml", "src/fastest/a.toml"})
    CHECK((found(path) ? "" : path) == std::string());
  for (const char* path : {"tests/a.py", "src/my_test.py", "testdata/a.toml", "unittest/a.py", "conftest.py",
                           "doc/example.py", "my-examples/a.py", "fixtures/a.py"})
    CHECK((found(path) ? path : "") == std::string());
}

TEST_CASE("secrets: .gitignore keeps a file out unless a later line takes it back") {
  const auto keeps = [](const std::string& text) {
    return judgement_of(audited(with_queue(".gitignore", text)), "safety/secrets").level == Level::consistent;
  };
  for (const char* text : {".env\n", "/.env\n", "*.pem\r\n", ".env*\n", "*.env\n", ".env\n!.env.example\n",
                           "!.env\n.env\n", ".env\n!.env\n*.key\n", "secrets.yml\n.env.local"})
    CHECK((keeps(text) ? "" : text) == std::string());
  for (const char* text : {"", "*\n", ".env/\n", "#.env\n", ".env\n!.env\n", ".env\n!/.env\n", "*.env\n!.env\n",
                           ".envrc\n", "!.env\n", "!\n/\n"})
    CHECK((keeps(text) ? text : "") == std::string());
}

std::string pinned(const std::string& action) {
  const Report report = audited(
      with_queue(".github/workflows/ci.yml",
                 "permissions: {}\non: push\njobs:\n  t:\n    runs-on: x\n    steps:\n      - uses: " + action + "\n"));
  const Judgement& one = judgement_of(report, "integration/actions");
  return one.finding.applies ? std::string(to_string(one.level)) : "not asked";
}

TEST_CASE("actions: a commit or an image's hash pins, a tag names a version, a branch does not") {
  const std::string commit(40, 'a'), digest(64, 'b');
  for (const std::string& action : {"o/a@" + commit, "o/a/b@" + commit + " # v1", "docker://alpine@sha256:" + digest,
                                    "docker://r.example:5000/a:3@sha256:" + digest, std::string("actions/checkout@v4")})
    CHECK(action + ": " + pinned(action) == action + ": consistent");
  for (const std::string& action : {std::string("o/a@v1"), "o/a@" + std::string(39, 'a'), "o/a@" + std::string(40, 'g'),
                                    std::string("docker://alpine:3.8"), std::string("docker://r.example:5000/a:3")})
    CHECK(action + ": " + pinned(action) == action + ": present");
  for (const char* action : {"o/a@main", "o/a@master", "o/a", "docker://alpine", "docker://alpine:latest", "o/a@",
                             "docker://r.example:5000/a", "actions/checkout@main", "o/a@HEAD"})
    CHECK(std::string(action) + ": " + pinned(action) == std::string(action) + ": absent");
  for (const char* action : {"./mine", "./.github/actions/a"}) CHECK(pinned(action) == "not asked");
}

TEST_CASE("hooks: a hook of a manager is known by its id, with quotes or a comment") {
  const auto level = [](const std::string& hook) {
    Files files = {{"pyproject.toml", "[project]\nname = \"a\"\n"}, {"a/b.py", "x = 1\n"}};
    files[".pre-commit-config.yaml"] = "repos:\n  - repo: https://example.org/r\n    hooks:\n      " + hook + "\n";
    return level_of(files, "validation/lint");
  };
  for (const char* hook : {"- id: ruff", "- id: ruff  # the linter", "- id: \"ruff\"", "- id: 'ruff'"})
    CHECK((level(hook) == Level::consistent ? "" : hook) == std::string());
  for (const char* hook : {"# - id: ruff", "- id: ruffian", "- id: \"ruff", "- id:", "- name: ruff"})
    CHECK((level(hook) == Level::consistent ? hook : "") == std::string());
}

}  // namespace
}  // namespace cascade::audit
