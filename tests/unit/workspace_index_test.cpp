#include <catch2/catch.hpp>

#include <cascade/workspace.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "index/index_file.h"
#include "indexed_library.h"
#include "registry/tables.h"

using namespace cascade;
namespace fs = std::filesystem;

namespace {

std::string bytes_of(const Workspace& workspace) { return std::string(RegistryTables::bytes(workspace.registry())); }

std::string description(const Workspace& workspace, const std::string& name) {
  const Registry registry = workspace.registry();
  const auto id = registry.find({Kind::skill, name});
  return id ? std::string(registry[*id].description) : "none";
}

}  // namespace

TEST_CASE("the second run reads the index; a change, an addition, a removal and a rename are seen") {
  const test::IndexedLibrary library;
  library.skill("a", "one");
  library.skill("b", "two");
  CHECK(library.run() == "2 manifests; parsed 2, reused 0, removed 0");
  CHECK(library.run() == "2 manifests; parsed 0, reused 2, removed 0");
  library.write("skills/a/SKILL.md", "---\nname: a\ndescription: Changed. Use when asked.\n---\nlonger body\n");
  CHECK(library.run() == "2 manifests; parsed 1, reused 1, removed 0");
  CHECK(description(library.open(), "a") == "Changed. Use when asked.");
  library.skill("c", "three");
  CHECK(library.run() == "3 manifests; parsed 1, reused 2, removed 0");
  fs::remove_all(library.path + "/lib/skills/b");
  CHECK(library.run() == "2 manifests; parsed 0, reused 2, removed 1");
  fs::rename(library.path + "/lib/skills/c", library.path + "/lib/skills/d");
  CHECK(library.run() == "2 manifests; parsed 1, reused 1, removed 1");
}

TEST_CASE("a change of the same size within the clock's grain is seen") {
  const test::IndexedLibrary library;
  library.skill("a", "one");
  REQUIRE(library.run() == "1 manifests; parsed 1, reused 0, removed 0");
  const auto stamp = fs::last_write_time(library.path + "/lib/skills/a/SKILL.md");
  library.skill("a", "two");
  fs::last_write_time(library.path + "/lib/skills/a/SKILL.md", stamp);
  const Workspace workspace = library.open();
  CHECK(workspace.report().parsed == 1);
}

TEST_CASE("an index that was brought up to date answers as one that was built from nothing") {
  const test::IndexedLibrary library;
  library.skill("mending", "Mends a fence. See skill `digging`.");
  library.skill("digging", "Digs.");
  library.write("plugins/p/.claude-plugin/plugin.json", R"({"name": "garden"})");
  library.write("plugins/p/skills/pruning/SKILL.md", "---\nname: pruning\ndescription: Prunes a rose.\n---\nCut.\n");
  library.run();
  const auto names = [&] {
    const Workspace workspace = library.open();
    CHECK(workspace.check());
    std::string text;
    for (std::uint32_t i = 0; i < workspace.registry().size(); ++i)
      text += std::string(workspace.registry()[ManifestId{i}].name) + " ";
    return text;
  };
  library.skill("digging", "Digs a hole.");
  CHECK(names() == "digging garden:pruning mending ");
  library.write("plugins/p/.claude-plugin/plugin.json", R"({"name": "orchard"})");
  CHECK(names() == "digging mending orchard:pruning ");
  fs::rename(library.path + "/lib/skills/digging", library.path + "/lib/skills/burying");
  CHECK(names() == "burying mending orchard:pruning ");
  library.write("plugins/p/skills/pruning/SKILL.md", "---\nname: other\ndescription: Prunes.\n---\nCut it.\n");
  library.skill("a", "Use Skill(orchard:pruning).");
  CHECK(names() == "a burying mending orchard:pruning ");
}

TEST_CASE("touched but unchanged files are hashed, not parsed") {
  const test::IndexedLibrary library;
  library.skill("a", "one");
  library.age("skills/a/SKILL.md");
  library.run();
  fs::last_write_time(library.path + "/lib/skills/a/SKILL.md",
                      fs::file_time_type::clock::now() - std::chrono::hours(2));
  CHECK(library.run() == "1 manifests; parsed 0, reused 1, removed 0");
}

TEST_CASE("the index changes no answer: any number of threads, cached or not, the same bytes") {
  const test::IndexedLibrary library;
  for (int i = 0; i < 40; ++i)
    library.skill("s" + std::to_string(i),
                  "Use Skill(s" + std::to_string((i + 1) % 40) + ") and Task(\"t\", \"p\", \"nobody\").");
  WorkspaceOptions one = library.options();
  one.cache_directory.clear();
  one.threads = 1;
  const std::string expected = bytes_of(library.open(one));
  for (const unsigned threads : {2u, 5u, 16u}) {
    WorkspaceOptions many = one;
    many.threads = threads;
    CHECK(bytes_of(library.open(many)) == expected);
  }
  CHECK(bytes_of(library.open()) == expected);
  CHECK(bytes_of(library.open()) == expected);
  library.skill("s3", "changed");
  const Workspace updated = library.open();
  CHECK(updated.report().parsed == 1);
  WorkspaceOptions fresh = one;
  CHECK(bytes_of(updated) == bytes_of(library.open(fresh)));
}

TEST_CASE("a large library is checked from two threads, and nothing that changed escapes them") {
  const test::IndexedLibrary library;
  const auto name = [](int i) { return "s" + std::to_string(i); };
  for (int i = 0; i < 300; ++i) library.skill(name(i), "one");
  WorkspaceOptions options = library.options();
  options.threads = 2;
  const auto run = [&] {
    const Workspace workspace = library.open(options);
    return std::to_string(workspace.registry().size()) + " " + std::to_string(workspace.report().parsed) + " " +
           std::to_string(workspace.report().removed);
  };
  REQUIRE(run() == "300 300 0");
  CHECK(run() == "300 0 0");
  for (const int i : {0, 64, 299}) {
    library.skill(name(i), "another body");
    CHECK(run() == "300 1 0");
    library.skill(name(i) + "/inner" + name(i), "new");  // in a folder that held one file
    CHECK(run() == "301 1 0");
    fs::remove_all(library.path + "/lib/skills/" + name(i) + "/inner" + name(i));
    CHECK(run() == "300 0 1");
  }
  fs::rename(library.path + "/lib/skills/s200", library.path + "/lib/skills/z200");
  CHECK(run() == "300 1 1");
  CHECK(run() == "300 0 0");
}

TEST_CASE("any number of threads writes the same index, byte for byte but for the time of the scan") {
  const test::IndexedLibrary library;
  for (int i = 0; i < 40; ++i)
    library.skill("s" + std::to_string(i), "Use Skill(s" + std::to_string((i + 7) % 40) + ").");
  std::this_thread::sleep_for(std::chrono::milliseconds(30));  // beyond the clock's grain: no file counts as racy
  const auto index_of = [&](unsigned threads) {
    WorkspaceOptions options = library.options();
    options.threads = threads;
    options.cache_directory = library.path + "/cache" + std::to_string(threads);
    const Workspace workspace = library.open(options);
    std::ifstream in(workspace.index_path(), std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    REQUIRE(bytes.size() > index_file::header_bytes);
    return bytes.substr(index_file::header_bytes);
  };
  const std::string one = index_of(1);
  for (const unsigned threads : {2u, 3u, 8u, 64u}) CHECK(index_of(threads) == one);
}

TEST_CASE("folders that may have changed within the clock's grain after they were listed are listed once more") {
  for (int attempt = 0; attempt < 100; ++attempt) {
    const test::IndexedLibrary library;
    library.skill("a", "one");
    library.run();  // the folders are as young as the index
    const Workspace second = library.open();
    if (second.report().rebuilt_because.empty()) continue;  // a busy machine: the grain was over before the scan
    CHECK(second.report().rebuilt_because == "folders were looked at again");
    CHECK(second.report().reused == 1);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    library.open();
    CHECK(library.open().report().rebuilt_because == "");
    return;
  }
  FAIL("no scan within the clock's grain");
}

TEST_CASE("a check that goes on beside the answer says afterwards whether the index was right") {
  const test::IndexedLibrary library;
  for (int i = 0; i < 400; ++i) library.skill("s" + std::to_string(i), "one");  // enough for a second thread
  std::this_thread::sleep_for(std::chrono::milliseconds(20));  // nothing is within the clock's grain of the scan
  library.run();
  WorkspaceOptions options = library.options();
  options.check_later = true;
  {
    Workspace workspace = library.open(options);
    CHECK(*workspace.confirm());
    CHECK(workspace.report().reused == 400);
    CHECK(*workspace.confirm());
  }
  library.skill("s399", "two");
  library.skill("new", "one");
  {
    Workspace workspace = library.open(options);
    CHECK(workspace.registry().size() == 400);
    CHECK_FALSE(*workspace.confirm());
    CHECK(workspace.registry().size() == 401);
    CHECK(workspace.report().parsed == 2);
    CHECK(*workspace.confirm());
  }
  for (int i = 0; i < 50; ++i) library.open(options);  // never asked: the check ends with its workspace
  fs::remove_all(library.path + "/lib");
  Workspace workspace = library.open([&] {
    fs::create_directories(library.path + "/lib");
    return options;
  }());
  CHECK_FALSE(*workspace.confirm());
  CHECK(workspace.registry().size() == 0);
}

TEST_CASE("without a freshness check the index answers for files that are gone") {
  const test::IndexedLibrary library;
  library.skill("a", "one");
  library.run();
  fs::remove_all(library.path + "/lib/skills/a");
  CHECK(library.run(Freshness::off) == "1 manifests; parsed 0, reused 1, removed 0");
  CHECK(library.run() == "0 manifests; parsed 0, reused 0, removed 1");
}

TEST_CASE("a damaged index is rebuilt wherever the damage is") {
  const test::IndexedLibrary library;
  library.skill("a", "one");
  library.skill("b", "two");
  const std::string expected = bytes_of(library.open());
  const std::string path = library.index_path();
  const auto size = fs::file_size(path);
  // The header closely, the rest at some sixty places: each costs a build. tests/unit/index_file_test.cpp is thorough.
  for (std::uintmax_t at = 0; at < size; at += at < 512 ? 31 : size / 61) {
    {
      std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
      file.seekg(static_cast<std::streamoff>(at));
      const int byte = file.get();
      file.seekp(static_cast<std::streamoff>(at));
      file.put(static_cast<char>(byte ^ 0x55));
    }
    CHECK(bytes_of(library.open()) == expected);
  }
  fs::resize_file(path, size / 2);
  CHECK(bytes_of(library.open()) == expected);
  fs::resize_file(path, 0);
  CHECK(bytes_of(library.open()) == expected);
}

TEST_CASE("a cache that cannot be written costs nothing but time") {
  const test::IndexedLibrary library;
  library.skill("a", "one");
  WorkspaceOptions nowhere = library.options();
  nowhere.cache_directory = "/proc/none";
  CHECK(library.open(nowhere).registry().size() == 1);
}

TEST_CASE("sections are read back as they were indexed, or reported as stale") {
  const test::IndexedLibrary library;
  library.skill("a", "Lead.\n\n## Steps\n\nDo it.");
  const Workspace workspace = library.open();
  const Registry registry = workspace.registry();
  const ManifestView a = registry[*registry.find({Kind::skill, "a"})];
  CHECK(*workspace.read(a, registry.section(a.id, 0)) == "Lead.\n\n");
  CHECK(*workspace.read(a, registry.section(a.id, 1)) == "## Steps\n\nDo it.\n");
  library.skill("a", "Lead?\n\n## Steps\n\nDo it.");
  const Workspace later = library.open();  // its index is new; the first workspace reads on
  CHECK(*later.read(a, later.registry().section(a.id, 0)) == "Lead?\n\n");
  fs::remove(library.path + "/lib/skills/a/SKILL.md");
  const Workspace gone = library.open([&] {
    WorkspaceOptions options = library.options();
    options.freshness = Freshness::off;
    return options;
  }());
  CHECK(gone.read(a, registry.section(a.id, 0)).error().code == ErrorCode::stale);
}

TEST_CASE("only files inside the roots are read") {
  const test::IndexedLibrary library;
  library.skill("a", "one");
  library.write("../secret.md", "no");
  const Workspace workspace = library.open();
  CHECK(workspace.read_file("skills/a/SKILL.md"));
  CHECK_FALSE(workspace.read_file("../secret.md"));
  CHECK_FALSE(workspace.read_file("skills/../../secret.md"));
  CHECK_FALSE(workspace.read_file("/etc/passwd"));
}
