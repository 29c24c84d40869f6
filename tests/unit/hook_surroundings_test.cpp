#include "hook/routing.h"

#include "files/process.h"
#include "hook_library.h"

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

}  // namespace cascade
