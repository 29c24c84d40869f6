// What a workspace tells of the contents of its files without reading them.
#include <catch2/catch.hpp>

#include <filesystem>
#include <string>

#include "files/tree.h"
#include "unit/library_folder.h"
#include "workspace/contents.h"

namespace cascade {
namespace {

using test::LibraryFolder;

std::string skill(const std::string& text) { return "---\nname: a\ndescription: Does it.\n---\n\n" + text + "\n"; }

// The paths, each with a mark where the hash is not that of the file.
std::string told(const Workspace& workspace, const std::string& root) {
  std::string text;
  for (const auto& [path, content] : WorkspaceContents::of(workspace)) {
    const auto read = files::DiskTree().read(root + "/" + path, 1 << 20);
    text += path + (read && hash::hash128(*read) == content ? " " : "! ");
  }
  return text;
}

TEST_CASE("the contents of files are told as the index has them, whether it was read or made") {
  const LibraryFolder library{{"skills/a/SKILL.md", skill("One.")}, {"agents/b.md", skill("Two.")}};
  const LibraryFolder cache{};
  WorkspaceOptions options = library.options();
  const std::string all = "agents/b.md skills/a/SKILL.md ";
  const auto now = [&] {
    const auto workspace = Workspace::open(options);
    REQUIRE(workspace);
    return told(*workspace, library.path());
  };
  SECTION("without an index") { CHECK(now() == all); }
  SECTION("with one") {
    options.cache_directory = cache.path();
    CHECK(now() == all);
    CHECK(now() == all);
    library.write("skills/a/SKILL.md", skill("Six."));
    CHECK(now() == all);
    std::filesystem::remove(library.path() + "/agents/b.md");
    CHECK(now() == "skills/a/SKILL.md ");
  }
  SECTION("where it is not compared with the files, nothing is told") {
    options.cache_directory = cache.path();
    CHECK(now() == all);
    for (const Freshness freshness : {Freshness::off, Freshness::partial}) {
      options.freshness = freshness;
      CHECK(now().empty());
    }
    options.freshness = Freshness::full;
    options.check_later = true;
    auto workspace = Workspace::open(options);
    REQUIRE(workspace);
    CHECK(told(*workspace, library.path()).empty());
    REQUIRE(workspace->confirm());
    CHECK(told(*workspace, library.path()) == all);
  }
  SECTION("a file that is taken to be otherwise") {
    const std::string agent = std::filesystem::canonical(library.path()).generic_string() + "/agents/b.md";
    options.instead = {{agent, skill("Ten."), false}};
    CHECK(now() == "agents/b.md! skills/a/SKILL.md ");
  }
}

}  // namespace
}  // namespace cascade
