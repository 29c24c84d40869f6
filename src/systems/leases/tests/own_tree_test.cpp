#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

#include "files/tree.h"
#include "leases/calls.h"
#include "scratch_folder.h"

using namespace cascade;
using namespace cascade::systems;

namespace {

// A project with src/a.cpp, src/b.cpp and README.md, and who works on what there.
struct Project {
  test::ScratchFolder folder;
  Surroundings surroundings;
  std::string mode = "block";

  Project() {
    std::filesystem::create_directories(folder.path + "/work/.git");
    for (const char* file : {"work/src/a.cpp", "work/src/b.cpp", "work/README.md"}) {
      std::filesystem::create_directories(std::filesystem::path(folder.path + "/" + file).parent_path());
      std::ofstream(folder.path + "/" + file) << "x";
    }
    surroundings.users_file = folder.path + "/cascade.yaml";
    surroundings.state_directory = folder.path + "/state";
  }
  // Who started before is given the file.
  void give_to_another(const std::string& file) const {
    REQUIRE(begin_work({"other", "toolu_0", {"work:" + at(file)}, "worker", false, ""}, surroundings)->empty());
  }
  // The resources that the call has claimed.
  std::vector<std::string> begun() const {
    std::vector<std::string> resources;
    const auto leases = lease::Leases::open(surroundings.store_options("", true))->list();
    for (const lease::Lease& one : *leases)
      if (one.holder.session == "s") resources.push_back(one.resource);
    return resources;
  }
  std::string at(const std::string& file) const { return folder.path + "/work/" + file; }

  // The files that another works on, from the project's folder on.
  std::string contested(const std::string& prompt, const std::string& more = "",
                        const std::string& directory = "work") const {
    std::ofstream(surroundings.users_file) << "systems: { leases: " << mode << " }\n";
    const auto event =
        hook::read_event(R"({"session_id":"s","hook_event_name":"PreToolUse","tool_name":"Agent",)"
                         R"("tool_use_id":"toolu_1","cwd":")" +
                         folder.path + "/" + directory + R"(","tool_input":{"subagent_type":"worker","prompt":")" +
                         prompt + "\"" + more + "}}");
    const auto policy = policy::read_policy(files::DiskTree(), surroundings.users_file, at("work"));
    REQUIRE(policy);
    const auto found = contested_files(*event, *policy, surroundings);
    REQUIRE(found);
    std::string text;
    for (const std::string& file : *found) text += file.substr(at("").size()) + " ";
    return text;
  }
};

}  // namespace

TEST_CASE("a text names files as people write them, and nothing that is none") {
  const Project project;
  const auto named = [&](const std::string& text) {
    std::string list;
    for (const std::string& file : named_files(text, project.at(""), files::DiskTree()))
      list += file.substr(project.at("").size()) + " ";
    return list;
  };
  CHECK(named("Fix `src/a.cpp:12`, then (./src/b.cpp).") == "src/a.cpp src/b.cpp ");
  CHECK(named("see @README.md and src/../README.md") == "README.md ");
  CHECK(named("add " + project.at("src/new.cpp")) == "src/new.cpp ");  // in a folder that is there
  CHECK(named("in src/ or src, by Node.js 18.2 at https://example.com/src/a.cpp, e.g. lib/none.cpp or a.cpp") == "");
}

TEST_CASE("the second of two agents on the same file gets its own tree, a third file disturbs nobody") {
  const Project first;
  CHECK(first.contested("change src/a.cpp") == "");
  CHECK(first.begun() == std::vector<std::string>{"work:" + first.at("src/a.cpp")});
  const Project project;
  project.give_to_another("src/a.cpp");
  CHECK(project.contested("change src/a.cpp and src/b.cpp") == "src/a.cpp ");
  CHECK(project.contested("think about it") == "");
  CHECK(project.begun().empty());
  CHECK(project.contested("change src/b.cpp") == "");
  CHECK(project.begun() == std::vector<std::string>{"work:" + project.at("src/b.cpp")});
}

TEST_CASE("who cannot write, has a tree already, works outside of a repository or unguarded is left alone") {
  Project project;
  project.give_to_another("src/a.cpp");
  CHECK(project.contested("change src/a.cpp", R"(,"isolation":"worktree")") == "");
  CHECK(project.contested("change " + project.at("src/a.cpp"), "", "") == "");
  std::filesystem::create_directories(project.at(".claude/agents"));
  std::ofstream(project.at(".claude/agents/worker.md"))
      << "---\nname: worker\ndescription: Looks.\ntools: Read, Bash\n---\nLook.\n";
  project.surroundings.library = [] { return WorkspaceOptions(); };
  CHECK(project.contested("look at src/a.cpp") == "");
  CHECK(project.begun().empty());
  project.surroundings.library = {};
  for (const char* mode : {"off", "shadow", "warn"}) {
    project.mode = mode;
    CHECK(project.contested("change src/a.cpp") == "");
  }
}
