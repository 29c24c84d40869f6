#include <catch2/catch.hpp>

#include <cascade/workspace.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "indexed_library.h"
#include "workspace/contents.h"

using namespace cascade;
namespace fs = std::filesystem;

TEST_CASE("default sources: the project's .claude and those above it, the user, installed plugins, the library") {
  const test::IndexedLibrary library;
  const auto write = [&](const std::string& name, const std::string& text) { library.write("../" + name, text); };
  write("home/.claude/skills/u/SKILL.md", "---\nname: u\ndescription: d\n---\nu\n");
  write("home/.claude/plugins/installed_plugins.json",
        "{\"version\": 2, \"plugins\": {\"tdd@m\": [{\"installPath\": \"" + library.path +
            "/tdd\"}], \"off@m\": [{\"installPath\": \"" + library.path + "/off\"}]}}");
  write("home/.claude/settings.json", "{\"enabledPlugins\": {\"tdd@m\": true, \"off@m\": false}}");
  write("tdd/.claude-plugin/plugin.json", "{\"name\": \"tdd\"}");
  write("tdd/skills/cycle/SKILL.md", "---\nname: cycle\ndescription: d\n---\nc\n");
  write("off/skills/x/SKILL.md", "---\nname: x\ndescription: d\n---\nc\n");
  write("desk/.claude/agents/a.md", "---\nname: a\ndescription: d\n---\na\n");
  write("desk/sub/.claude/skills/s/SKILL.md", "---\nname: s\ndescription: d\n---\ns\n");
  write("builtin/commands/b.md", "---\ndescription: d\n---\nb\n");
  WorkspaceOptions options;
  options.directory = library.path + "/desk/sub";
  options.home = library.path + "/home";
  options.builtin_library = library.path + "/builtin";
  const Registry registry = library.open(options).registry();
  std::string names;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView view = registry[ManifestId{i}];
    names += std::string(to_string(view.scope)) + " " + std::string(view.name) + " " + std::string(view.path) + "\n";
  }
  CHECK(names ==
        "project s .claude/skills/s/SKILL.md\nplugin tdd:cycle plugin-tdd:skills/cycle/SKILL.md\nuser u "
        "user:skills/u/SKILL.md\n"
        "project a project:.claude/agents/a.md\nbuiltin b builtin:commands/b.md\n");
}

TEST_CASE("library: off leaves the shipped library out of the default sources, and says which file did so") {
  const test::IndexedLibrary library;
  const auto write = [&](const std::string& name, const std::string& text) { library.write("../" + name, text); };
  write("desk/.claude/agents/a.md", "---\nname: a\ndescription: d\n---\na\n");
  write("builtin/commands/b.md", "---\ndescription: d\n---\nb\n");
  WorkspaceOptions options;
  options.directory = library.path + "/desk";
  options.home = library.path + "/home";
  options.builtin_library = library.path + "/builtin";
  options.users_configuration = library.path + "/home/own.yaml";
  CHECK(library.open(options).registry().size() == 2);
  write("desk/cascade.yaml", "library: off\n");
  CHECK(library.open(options).registry().size() == 1);
  CHECK(library.open(options).preferences().no_library == library.path + "/desk/cascade.yaml");
  write("desk/cascade.yaml", "library: on\n");
  CHECK(library.open(options).registry().size() == 2);
  CHECK(library.open(options).preferences().no_library.empty());
  write("home/own.yaml", "library: off\n");
  CHECK(library.open(options).registry().size() == 1);
  CHECK(library.open(options).preferences().no_library == options.users_configuration);
  options.roots = {{library.path + "/builtin", Scope::project}};  // what somebody asks for is read
  CHECK(library.open(options).registry().size() == 1);
  CHECK(library.open(options).preferences().no_library.empty());
  options.default_roots = true;
  CHECK(library.open(options).registry().size() == 2);
}

TEST_CASE("who reads the configurations for itself is asked for their texts, but not where files are replaced") {
  const test::IndexedLibrary library;
  const auto write = [&](const std::string& name, const std::string& text) { library.write("../" + name, text); };
  write("desk/cascade.yaml", "caution: low\n");
  write("builtin/commands/b.md", "---\ndescription: d\n---\nb\n");
  write("home/own.yaml", "announce: on\n");
  std::vector<std::string> asked;
  WorkspaceOptions options;
  options.directory = library.path + "/desk";
  options.builtin_library = library.path + "/builtin";
  options.users_configuration = library.path + "/home/own.yaml";
  options.read_configuration = [&](const std::string& path, std::uint64_t) {
    asked.push_back(fs::path(path).filename());
    return Result<std::string>(asked.size() == 1 ? "caution: high\n" : "library: off\n");
  };
  const Workspace given = library.open(options);
  CHECK(given.preferences().caution == "high");
  CHECK(given.preferences().no_library == options.users_configuration);
  CHECK(asked == std::vector<std::string>{"cascade.yaml", "own.yaml"});
  options.instead = {{fs::canonical(library.path).string() + "/desk/cascade.yaml", "caution: normal\n"}};
  CHECK(library.open(options).preferences().caution == "normal");
  CHECK(asked.size() == 2);
}

TEST_CASE("a root that does not exist is an error, an empty one is an empty registry") {
  const test::IndexedLibrary library;
  WorkspaceOptions options = library.options();
  options.roots = {{library.path + "/none", Scope::project}};
  CHECK(Workspace::open(options).error().code == ErrorCode::not_found);
  fs::create_directories(library.path + "/lib");
  CHECK(library.open().registry().size() == 0);
}

TEST_CASE("the roots of the user's own file are added to the default sources, and count as somebody else's") {
  const test::IndexedLibrary library;
  const auto write = [&](const std::string& name, const std::string& text) { library.write("../" + name, text); };
  write("desk/.claude/skills/s/SKILL.md", "---\nname: s\ndescription: d\n---\ns\n");
  write("builtin/commands/b.md", "---\ndescription: d\n---\nb\n");
  write("home/sets/theirs/skills/s/SKILL.md", "---\nname: s\ndescription: d\n---\nt\n");
  write("home/sets/theirs/skills/t/SKILL.md", "---\nname: t\ndescription: d\n---\nt\n");
  write("home/own.yaml", "roots: [default, ~/sets/theirs, ~/sets/gone]\n");
  WorkspaceOptions options;
  options.directory = library.path + "/desk";
  options.home = library.path + "/home";
  options.builtin_library = library.path + "/builtin";
  options.users_configuration = library.path + "/home/own.yaml";
  const auto paths = [&](const Workspace& workspace) {
    std::string all;
    const Registry registry = workspace.registry();
    for (std::uint32_t i = 0; i < registry.size(); ++i)
      if (!registry.shadowed_in_favour_of(ManifestId{i})) all += std::string(registry[ManifestId{i}].path) + " ";
    return all;
  };
  const Workspace workspace = library.open(options);
  CHECK(paths(workspace) == ".claude/skills/s/SKILL.md library-theirs:skills/t/SKILL.md builtin:commands/b.md ");
  REQUIRE(workspace.roots().size() == 3);
  CHECK(WorkspaceContents::is_added(workspace, 1));
  CHECK(!WorkspaceContents::is_added(workspace, 2));
  REQUIRE(workspace.problems().size() == 1);
  CHECK(workspace.problems()[0].at.path == library.path + "/home/sets/gone");
  write("desk/cascade.yaml", "roots: [.claude]\n");
  CHECK(paths(library.open(options)) == "skills/s/SKILL.md ");
  write("desk/cascade.yaml", "roots: [.claude, default]\n");
  CHECK(paths(library.open(options)) == "skills/s/SKILL.md library-theirs:skills/t/SKILL.md builtin:commands/b.md ");
  options.directory = library.path + "/home";
  options.users_configuration = library.path + "/home/cascade.yaml";  // the nearest one as well
  write("home/cascade.yaml", "roots: [~/sets/theirs]\n");
  CHECK(paths(library.open(options)) == "skills/s/SKILL.md skills/t/SKILL.md builtin:commands/b.md ");
}
