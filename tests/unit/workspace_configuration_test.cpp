#include <catch2/catch.hpp>

#include "memory_tree.h"
#include "workspace/configuration.h"

using namespace cascade;
using namespace cascade::workspace;

namespace {

// As everybody but a hook takes it.
Result<Configuration> whole(Configuration read) {
  if (!read.faults.empty()) return read.faults.front();
  return read;
}

Result<Configuration> read_whole(std::string_view text, const std::string& path, const std::string& folder,
                                 const std::string& home = {}) {
  return whole(read_configuration(text, path, folder, home));
}

Result<Configuration> find_whole(const files::Tree& tree, const std::string& directory,
                                 const IsAllowed& is_allowed = {}, const std::string& home = {}) {
  return whole(find_configuration(tree, directory, is_allowed, home));
}

std::string refused(const std::string& text) {
  auto read = read_whole(text, "cascade.yaml", "/p");
  if (read) return "accepted";
  return read.error().path + " " + read.error().message + "; " + read.error().help;
}

}  // namespace

TEST_CASE("every key is read") {
  auto read = read_whole(
      "profile: cascade\n"
      "fail_on: error\n"
      "rules: { CT009: off, DQ: info }\n"
      "ignore:\n"
      "  - \"vendor/**\"\n"
      "  - { path: \"skills/red/**\", rules: [SEC005, SEC007], reason: \"reviewed\" }\n"
      "limits: { listing_budget: 1, bundle_budget: 2, max_agents_per_skill: 3, max_depth: 4 }\n"
      "known: { tools: [A], mcp_servers: [b], models: [c], agents: [d] }\n"
      "roots: [., ../lib]\n"
      "model: opus\n"
      "budget: 4000\n"
      "caution: high\n",
      "cascade.yaml", "/p");
  REQUIRE(read);
  CHECK(read->policy.profile == "cascade");
  CHECK(read->policy.fail_on == Severity::error);
  REQUIRE(read->policy.rules.size() == 2);
  CHECK(read->policy.rules[1].rule == "DQ");
  CHECK(read->policy.rules[1].severity == Severity::info);
  REQUIRE(read->policy.ignore.size() == 2);
  CHECK(read->policy.ignore[1].rules == std::vector<std::string>{"SEC005", "SEC007"});
  CHECK(read->policy.limits.max_depth == 4);
  CHECK(read->policy.known.agents == std::vector<std::string>{"d"});
  CHECK(read->roots == std::vector<std::string>{"/p", "/lib"});
  CHECK(read->preferences.model == "opus");
  CHECK(read->preferences.budget.tokens == 4000);
  CHECK(read->preferences.caution == "high");
}

TEST_CASE("a budget may be a share of the model's window") {
  const auto read = read_whole("budget: 2.5%\n", "cascade.yaml", "/p");
  REQUIRE(read);
  CHECK(read->preferences.budget.tokens == 0);
  CHECK(read->preferences.budget.share_ppm == 25'000);
}

TEST_CASE("an unknown key is refused with its place and the nearest key") {
  CHECK(refused("profil: cascade\n") == "cascade.yaml:1:1 unknown key \"profil\"; did you mean profile?");
  CHECK(refused("limits:\n  max_dept: 3\n") ==
        "cascade.yaml:2:3 unknown key \"max_dept\" in limits; did you mean max_depth?");
  CHECK(refused("zzz: 1\n").find("known keys: announce, budget, caution") != std::string::npos);
}

TEST_CASE("values of the wrong kind are refused where they stand") {
  CHECK(refused("budget: many\n") ==
        "cascade.yaml:1:9 expected a number of tokens or a share of the window; 4000, or 2%");
  CHECK(refused("budget: 4294967296\n") == "cascade.yaml:1:9 a budget is at most 4294967295 tokens; 4000, or 2%");
  CHECK(refused("limits: { max_depth: many }\n").find("expected a whole number from 0 to 4294967295; ") !=
        std::string::npos);
  CHECK(refused("fail_on: loud\n") == "cascade.yaml:1:10 \"loud\" is not a severity; one of off, info, warning, error");
  CHECK(refused("profile: x\n").find("one of agent-skills, claude-code, cascade") != std::string::npos);
  CHECK(refused("ignore:\n  - { rules: [CT001] }\n").find("needs a path") != std::string::npos);
  CHECK(refused("- a\n").find("expected keys and values") != std::string::npos);
  CHECK(refused("a: [\n").rfind("cascade.yaml:", 0) == 0);
}

TEST_CASE("an empty file and no file are the defaults; the nearest file upwards wins") {
  files::MemoryTree tree;
  tree.write("/p/a/b/x.md", "");
  CHECK(find_whole(tree, "/p/a/b")->path.empty());
  tree.write("/p/cascade.yaml", "budget: 1\nroots: [lib]\n");
  CHECK(find_whole(tree, "/p/a/b")->preferences.budget.tokens == 1);
  CHECK(find_whole(tree, "/p/a/b")->roots == std::vector<std::string>{"/p/lib"});
  tree.write("/p/a/cascade.yaml", "");
  CHECK(find_whole(tree, "/p/a/b")->path == "/p/a/cascade.yaml");
  CHECK(find_whole(tree, "/p/a/b")->preferences.budget.tokens == 0);
}

TEST_CASE("a cascade.yaml that is a link to another file is refused, and nothing of that file is quoted") {
  files::MemoryTree tree;
  tree.write("/etc/passwd", "root:x:0:0\n");
  tree.write("/p/.git/config", "password: x\n");
  for (const char* target : {"/etc/passwd", ".git/config"}) {
    files::MemoryTree one = tree;
    one.link("/p/cascade.yaml", target);
    const auto found = find_whole(one, "/p");
    REQUIRE_FALSE(found);
    CHECK(found.error().path == "/p/cascade.yaml");
    CHECK(found.error().message == "the link leads to another file, not followed");
  }
}

TEST_CASE("a cascade.yaml of another user, or in a folder of another user's, is obeyed when it is allowed only") {
  for (const char* foreign : {"/p/cascade.yaml", "/p"}) {
    files::MemoryTree tree;
    tree.write("/cascade.yaml", "budget: 2\n");
    tree.write("/p/cascade.yaml", "budget: 1\n");
    tree.give_away(foreign);
    const auto found = find_whole(tree, "/p");
    REQUIRE(found);
    CHECK(found->preferences.budget.tokens == 2);
    REQUIRE(found->problems.size() == 1);
    CHECK(found->problems[0].at.path == "/p/cascade.yaml");
    CHECK(found->problems[0].message == "belongs to another user, and is not obeyed");
    const auto allowed = find_whole(tree, "/p", [](const std::string& path) { return path == "/p/cascade.yaml"; });
    CHECK(allowed->preferences.budget.tokens == 1);
    CHECK(allowed->problems.empty());
  }
}

TEST_CASE("roots outside of the folder of cascade.yaml are read when it is allowed only") {
  files::MemoryTree tree;
  tree.write("/p/cascade.yaml", "roots: [lib, ../q, /etc]\n");
  const auto found = find_whole(tree, "/p");
  CHECK(found->roots == std::vector<std::string>{"/p/lib"});
  CHECK(found->problems.size() == 2);
  CHECK(find_whole(tree, "/p", [](const std::string&) { return true; })->roots.size() == 3);
}

namespace {

std::string roots_of(const std::string& text, const std::string& home) {
  const auto read = read_whole(text, "cascade.yaml", "/p", home);
  if (!read) return read.error().path + " " + read.error().message + "; " + read.error().help;
  std::string roots;
  for (const std::string& root : read->roots) roots += (roots.empty() ? "" : " ") + root;
  return roots;
}

}  // namespace

TEST_CASE("~ at the beginning of a root is the user's folder, and an ordinary character elsewhere") {
  CHECK(roots_of("roots: [~/skills, ~//a/../b, \"~\", \"~/\"]\n", "/home/u") ==
        "/home/u/skills /home/u/b /home/u /home/u");
  CHECK(roots_of("roots: [~other/x, a/~/b, ./~]\n", "/home/u") == "/p/~other/x /p/a/~/b /p/~");
  CHECK(roots_of("roots: [lib]\n", "") == "/p/lib");
  CHECK(roots_of("roots: [default, ./default]\n", "") == "default /p/default");
  CHECK(roots_of("roots: [lib, ~/x]\n", "") ==
        "cascade.yaml:1:8 the user's folder is not known, so \"~/x\" leads nowhere; set HOME");
}

TEST_CASE("a project's roots in the user's folder are roots outside: read when the file is allowed only") {
  files::MemoryTree tree;
  tree.write("/home/u/p/cascade.yaml", "roots: [~/skills, ~/p/own]\n");
  const auto found = find_whole(tree, "/home/u/p", {}, "/home/u");
  REQUIRE(found);
  CHECK(found->roots == std::vector<std::string>{"/home/u/p/own"});
  REQUIRE(found->problems.size() == 1);
  CHECK(found->problems[0].help == "read it, then: cascade allow /home/u/p/cascade.yaml");
  const auto allowed = [](const std::string&) { return true; };
  CHECK(find_whole(tree, "/home/u/p", allowed, "/home/u")->roots.size() == 2);
}

TEST_CASE("the shipped library is left out by the project's file or the user's own; neither brings it back") {
  const auto left_out_by = [](const std::string& project, const std::string& users) {
    files::MemoryTree tree;
    tree.write("/p/cascade.yaml", project);
    if (!users.empty()) tree.write("/home/u/.config/cascade/cascade.yaml", users);
    Configuration found = find_configuration(tree, "/p");
    const UsersSources sources = users_sources(tree, found, "/home/u/.config/cascade/cascade.yaml", "/home/u");
    if (found.faults.empty()) return sources.without_library;
    return found.faults.front().path + " " + found.faults.front().message + "; " + found.faults.front().help;
  };
  const std::string own = "/home/u/.config/cascade/cascade.yaml";
  CHECK(left_out_by("", "").empty());
  CHECK(left_out_by("library: on\n", "library: on\n").empty());
  CHECK(left_out_by("library: off\n", "") == "/p/cascade.yaml");
  CHECK(left_out_by("library: off\n", "library: on\n") == "/p/cascade.yaml");
  CHECK(left_out_by("", "library: off\n") == own);
  CHECK(left_out_by("library: on\n", "systems: { tools: warn }\nlibrary: \"off\"\n") == own);
  CHECK(left_out_by("", "# the library\nteam: a\n").empty());
  CHECK(left_out_by("", "library: of\n") == own + ":1:10 \"of\" is not a known value; one of on, off");
  CHECK(left_out_by("", "library: [off]\n").find("is not a known value") != std::string::npos);
  CHECK(left_out_by("", "library: off\nx: [\n").rfind(own + ":", 0) == 0);
  CHECK(refused("library: no\n") == "cascade.yaml:1:10 \"no\" is not a known value; one of on, off");
}
