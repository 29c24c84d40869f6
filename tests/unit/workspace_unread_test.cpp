// What could not be read is never taken for what is not there: it is reported, and tried again at every look.
#include <catch2/catch.hpp>

#include <set>
#include <string>
#include <vector>

#include "memory_tree.h"
#include "workspace/load.h"

using namespace cascade;
using namespace cascade::workspace;

namespace {

// A tree in which some paths fail as a broken disk or a table of open files that is full make them fail.
class FailingTree final : public files::Tree {
 public:
  files::MemoryTree whole;
  std::set<std::string> broken;

  Result<std::string> read(const std::string& path, std::uint64_t most) const override {
    return broken.count(path) != 0 ? fault(path) : whole.read(path, most);
  }
  Result<files::FileText> read_stamped(const std::string& path, std::uint64_t most) const override {
    if (broken.count(path) != 0) return fault(path);
    return whole.read_stamped(path, most);
  }
  Result<files::Listing> list_stamped(const std::string& path) const override {
    if (broken.count(path) != 0) return fault(path);
    return whole.list_stamped(path);
  }
  Result<files::Stamp> stat(const std::string& path) const override {
    if (broken.count("stat " + path) != 0) return fault(path);
    return whole.stat(path);
  }
  Result<std::string> real_path(const std::string& path) const override {
    return broken.count("real " + path) != 0 ? fault(path) : whole.real_path(path);
  }
  Result<std::string> link_target(const std::string& path) const override { return whole.link_target(path); }
  Result<bool> is_own(const std::string& path) const override { return whole.is_own(path); }

 private:
  static Error fault(const std::string& path) { return {ErrorCode::unreadable, "cannot list: EIO", path, ""}; }
};

struct Library {
  FailingTree tree;
  std::vector<SourceRoot> roots{1};

  Library() {
    roots[0].folder.path = "/r";
    for (const char* name : {"a", "b", "c"})
      tree.whole.write("/r/skills/" + std::string(name) + "/SKILL.md", "---\ndescription: Does it.\n---\nText.\n");
    tree.whole.write("/r/.claude-plugin/plugin.json", R"({"name": "p", "agents": ["./more"]})");
    tree.whole.write("/r/more/x.md", "---\nname: x\ndescription: An agent.\n---\nText.\n");
  }

  Scan scan() const {
    ScanOptions options;
    options.scan_start_ns = 9'000'000'000'000'000'000;
    auto scanned = workspace::scan(tree, roots, TokenCounter::estimating(), {}, options);
    REQUIRE(scanned);
    return *std::move(scanned);
  }

  // By number of the flagged records, as the check of an index meets them.
  static std::size_t unread(const Scan& scan) {
    std::size_t count = 0;
    for (const auto* records : {&scan.files, &scan.folders})
      for (const index_file::FileRecord& record : *records)
        if ((record.flags & (index_file::flag_unread | index_file::flag_faulty)) != 0) ++count;
    return count;
  }
};

}  // namespace

TEST_CASE("whatever cannot be looked at is reported by its path and kept to be tried again") {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"/r/skills", "skills"},
      {"/r/skills/b", "skills/b"},
      {"/r/skills/b/SKILL.md", "skills/b/SKILL.md"},
      {"real /r/skills", "skills"},
      {"stat /r/more", "more"},
      {"/r/more/x.md", "more/x.md"},
      {"/r/.claude-plugin/plugin.json", ".claude-plugin/plugin.json"},
      {"stat /r/.mcp.json", ".mcp.json"},
  };
  for (const auto& [broken, reported] : cases) {
    CAPTURE(broken);
    Library library;
    library.tree.broken = {broken};
    const Scan found = library.scan();
    std::vector<std::string> paths;
    for (const Diagnostic& problem : found.report.problems)
      if (problem.rule == "ID009") paths.push_back(problem.at.path);
    CHECK(paths == std::vector<std::string>{reported});
    CHECK(Library::unread(found) >= 1);
  }
}

TEST_CASE("a whole library has nothing to try again") {
  const Library library;
  const Scan found = library.scan();
  CHECK(found.report.problems.empty());
  CHECK(Library::unread(found) == 0);
  CHECK(found.parts.size() == 4);
}
