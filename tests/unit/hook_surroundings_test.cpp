#include "hook/routing.h"

#include "files/process.h"
#include "hook_library.h"
#include "unit/library_folder.h"

namespace cascade {
namespace {

std::string told(const std::vector<std::string>& needs) {
  std::string out;
  for (const std::string& need : needs) out += (out.empty() ? "" : " ") + need;
  return out;
}

// A library with two skills for the same work, one of which requires `need`.
void add_container_skills(const test::HookLibrary& library, const std::string& need) {
  library.write(
      "lib/skills/container-slimming/SKILL.md",
      "---\nname: container-slimming\ndescription: Makes container images smaller. Use when a container image "
      "is too big.\nmetadata:\n  cascade-triggers: container image too big; slim image\n  "
      "cascade-requires-all: " +
          need + "\n---\nFewer layers.\n\n## Steps\n\n1. List the layers of the container image.\n");
}

const std::string git = "bin/git" + std::string(files::program_ending);
constexpr const char* asked = "our container image is too big, make the container image smaller";

constexpr const char* review =
    "---\nname: review\ndescription: Reviews a change. Use when a branch is ready to merge.\n---\n\nRead the tests "
    "before the code.\n\n## Steps\n\nAsk for the reason of each change.\n";

// In a place where nothing is switched off and nothing is missing.
Result<bool> taken(const Workspace& workspace, request::Task& task, hook::Gate gate) {
  const listing::Switches none;
  return add_prompt_root({workspace, [&]() -> const listing::Switches& { return none; }}, task, gate);
}

}  // namespace

TEST_CASE("what a skill requires is looked for where programs and the session's files are") {
  const test::HookLibrary place;
  place.write(git, "");
  place.write("work/Dockerfile", "");
  place.write("work/main.tf", "");
  std::filesystem::create_directories(place.path + "/bin/folder");
  const auto missing = [&](const std::vector<std::string_view>& needs) {
    return told(hook::missing(needs, place.path + "/work",
                              std::string("/nowhere") + files::path_separator + place.path + "/bin"));
  };
  CHECK(missing({"bin:git", "file:Dockerfile", "file:*.tf"}) == "");
  CHECK(missing({"bin:docker", "bin:git", "file:go.mod", "file:*.rs"}) == "bin:docker file:go.mod file:*.rs");
  CHECK(missing({"bin:folder"}) == "bin:folder");
  CHECK(missing({"mcp:browser"}) == "");                                           // only the client knows
  CHECK(missing({"file:../bin/git", "file:/etc/nothing", "file:../none"}) == "");  // not looked at
  CHECK(told(hook::missing({"bin:docker"}, place.path, "")) == "");
  CHECK(told(hook::missing({"file:x"}, "", "/bin")) == "");
}

TEST_CASE("a folder of very many files tells nothing") {
  const test::HookLibrary place;
  CHECK(told(hook::files_at_hand(place.path)) == "lib");
  CHECK(hook::files_at_hand(place.path + "/none").empty());
  for (int i = 0; i < 400; ++i) place.write("f" + std::to_string(i), "");
  CHECK(hook::files_at_hand(place.path).empty());
}

TEST_CASE("a skill that needs a missing tool is not spoken of, unless it is called by its name") {
  test::HookLibrary library;
  library.write(git, "");
  library.options.search_path = library.path + "/bin";
  add_container_skills(library, "bin:no-such-program");
  CHECK(library.prompt(asked) == "");
  CHECK(test::contains(library.prompt("/container-slimming " + std::string(asked)), "container-slimming"));
  add_container_skills(library, "bin:git");
  CHECK(test::contains(library.prompt(asked, "s2"), "container-slimming"));
}

using hook::Gate;
using hook::nothing_for_prompt;
using test::LibraryFolder;

TEST_CASE("what a prompt would load becomes a root, or nothing does") {
  const LibraryFolder library{{"skills/review/SKILL.md", review}};
  Workspace workspace = library.open();
  request::Task task;
  task.prompt = "review my branch before the merge";
  REQUIRE(taken(workspace, task, Gate::kept).value_or(false));
  REQUIRE(task.request.roots.size() == 1);
  CHECK(to_string(task.request.roots.front()) == "skill:review");
  const auto bundle = assemble_task(workspace, task);
  REQUIRE(bundle);
  CHECK(text(*bundle).find("Ask for the reason") != std::string::npos);
  CHECK(task.bundle.resolution.selected.size() == 1);

  request::Task other;
  other.prompt = "zzzz qqqq";
  CHECK_FALSE(taken(workspace, other, Gate::ignored).value_or(true));
  CHECK(other.request.roots.empty());
  CHECK(nothing_for_prompt(other, "--anyway") == "nothing matches this prompt");
}

TEST_CASE("where the router would stay silent a prompt has no root, unless the gate is ignored") {
  const LibraryFolder library{{"skills/review/SKILL.md", review}};
  Workspace workspace = library.open();
  request::Task task;
  task.prompt = "thanks, the change is fine";
  REQUIRE_FALSE(taken(workspace, task, Gate::kept).value_or(true));
  CHECK(task.request.roots.empty());
  CHECK_FALSE(task.router);
  CHECK(nothing_for_prompt(task, "--anyway") ==
        "nothing clearly fits this prompt; --anyway takes the best guess, skill:review");
  REQUIRE(taken(workspace, task, Gate::ignored).value_or(false));
  CHECK(task.decision == Decision::silence);
  CHECK(to_string(task.request.roots.front()) == "skill:review");
}

TEST_CASE("what is excluded is as if it were not there: the next-ranked manifest becomes the root") {
  const LibraryFolder library{
      {"skills/review/SKILL.md", review},
      {"skills/merge-review/SKILL.md",
       "---\nname: merge-review\ndescription: Reviews a branch before the merge. Use when it is ready.\n---\nRead.\n"}};
  Workspace workspace = library.open();
  const auto root_of = [&](std::vector<Symbol> exclude) {
    request::Task task;
    task.prompt = "review my branch before the merge";
    task.request.exclude = std::move(exclude);
    const bool any = taken(workspace, task, Gate::ignored).value_or(false);
    return any ? to_string(task.request.roots.front()) : std::string("none");
  };
  const std::string first = root_of({}), second = root_of({*Symbol::parse(first)});
  CHECK(first != second);
  CHECK(second != "none");
  CHECK(root_of({*Symbol::parse(first), *Symbol::parse(second)}) == "none");
}

TEST_CASE("what a conversation would only be told of is no root, unless the gate is ignored") {
  const LibraryFolder library{{"skills/review/SKILL.md", review}};
  Workspace workspace = library.open();
  request::Task task;
  task.prompt = "is this branch ready to merge?";
  REQUIRE_FALSE(taken(workspace, task, Gate::kept).value_or(true));
  CHECK(task.decision == Decision::offer);
  CHECK(task.request.roots.empty());
  CHECK(nothing_for_prompt(task, "--anyway") ==
        "only an offer: a conversation is told of skill:review and gets no text; --anyway takes the first");
  REQUIRE(taken(workspace, task, Gate::ignored).value_or(false));
  CHECK(to_string(task.request.roots.front()) == "skill:review");
}

TEST_CASE("a role that a prompt gives out comes before what merely scores well") {
  const LibraryFolder library{{"skills/review/SKILL.md", review},
                              {"agents/tide-reader.md", "---\nname: tide-reader\ndescription: Tides.\n---\nRead.\n"}};
  Workspace workspace = library.open();
  const auto roots = [&](const char* prompt) {
    request::Task task;
    task.prompt = prompt;
    std::string names;
    if (taken(workspace, task, Gate::kept).value_or(false))
      for (const Symbol& root : task.request.roots) names += to_string(root) + " ";
    return names;
  };
  CHECK(roots("act as the tide-reader agent and review my branch before the merge") == "agent:tide-reader ");
  CHECK(roots("do not act as the tide-reader agent, review my branch before the merge").find("tide") ==
        std::string::npos);
  CHECK(roots("review my branch before the merge of the agent code") == "skill:review ");
}

TEST_CASE("an agent that is excluded or not safe is no root, however the prompt calls it") {
  const LibraryFolder library{
      {"skills/review/SKILL.md", review},
      {"agents/bosun.md",
       "---\nname: bosun\ndescription: Moors the boat. Use when a boat must be moored.\n---\nBOW\n"}};
  Workspace workspace = library.open();
  listing::Switches unsafe;
  unsafe.unsafe = [](const ManifestView& view) { return std::string(view.name == "bosun" ? "SEC001 in it" : ""); };
  for (const char* prompt :
       {"act as the bosun agent and moor the boat", "You are the bosun agent. Moor the boat.", "use the bosun agent",
        "@bosun moor the boat", "take on the role of the bosun agent", "moor the boat"}) {
    INFO(prompt);
    for (const bool is_excluded : {true, false}) {
      const listing::Switches none;
      request::Task task;
      task.prompt = prompt;
      if (is_excluded) task.request.exclude.push_back(*Symbol::parse("agent:bosun"));
      const hook::Place place{workspace, [&]() -> const listing::Switches& { return is_excluded ? none : unsafe; }};
      REQUIRE(add_prompt_root(place, task, Gate::ignored));
      for (const Symbol& root : task.request.roots) CHECK(to_string(root) != "agent:bosun");
      CHECK(task.unsafe.size() == (is_excluded ? 0U : 1U));
    }
  }
}

TEST_CASE("what is not safe is no offer, and is told with its reason") {
  const LibraryFolder library{{"skills/review/SKILL.md", review}};
  Workspace workspace = library.open();
  const auto router = workspace.router();
  REQUIRE(router);
  listing::Switches switches;
  const hook::Place place{workspace, [&]() -> const listing::Switches& { return switches; }};
  Query query;
  query.text = "is this branch ready to merge?";
  REQUIRE(route_here(place, *router, query).report.routing.offered.size() == 1);
  switches.unsafe = [](const ManifestView&) { return std::string("SEC001 in it"); };
  const hook::Routed routed = route_here(place, *router, query);
  CHECK(routed.report.routing.decision == Decision::silence);
  CHECK(routed.report.routing.offered.empty());
  REQUIRE(routed.unsafe.size() == 1);
  CHECK(line_of(workspace.registry(), routed.unsafe.front()) ==
        "skill:review is not loaded, because its files are not safe: SEC001 in it");
}

TEST_CASE("where every answer is unsafe, nothing comes, after a bounded number of looks") {
  const LibraryFolder library{};
  for (int i = 0; i < 60; ++i) {
    const std::string name = "mend-" + std::to_string(i);
    library.write("skills/" + name + "/SKILL.md",
                  "---\nname: " + name + "\ndescription: Mends sails. Use when a sail is torn.\n---\nSew.\n");
  }
  Workspace workspace = library.open();
  listing::Switches unsafe;
  unsafe.unsafe = [](const ManifestView&) { return std::string("SEC001 in it"); };
  request::Task task;
  task.prompt = "mend the torn sail";
  CHECK_FALSE(add_prompt_root({workspace, [&]() -> const listing::Switches& { return unsafe; }}, task, Gate::ignored)
                  .value_or(true));
  CHECK(task.request.roots.empty());
  CHECK(task.unsafe.size() < 60);
}

}  // namespace cascade
