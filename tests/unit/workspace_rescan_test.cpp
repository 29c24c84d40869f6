// What a scan may take from the last one without listing a folder: each change is scanned after the last scan and from
// nothing, and both must agree.
#include <catch2/catch.hpp>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "files/tree.h"
#include "registry/tables.h"
#include "scratch_folder.h"
#include "workspace/contents.h"
#include "workspace/load.h"

using namespace cascade;
using namespace cascade::workspace;
namespace fs = std::filesystem;

namespace {

// A root on disk, and what the last scan of it left behind.
class Folder {
 public:
  Folder() {
    fs::create_directories(path_ + "/root");
    sources_.resize(1);
    sources_[0].folder.path = path_ + "/root";
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string at(const std::string& name) const { return path_ + "/root/" + name; }
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories(fs::path(at(name)).parent_path());
    std::ofstream(at(name), std::ios::binary) << text;
  }
  void skill(const std::string& folder, const std::string& text) const {
    write(folder + "/SKILL.md", "---\ndescription: Does it.\n---\n" + text + "\n");
  }

  // "walked, parsed 1, reused 2, removed 0: skill:a skill:b"; what the long way finds must be the same.
  std::string scan() {
    Scan found = scan_after(known());
    Scan anew = scan_after({});
    CHECK(anew.walked);
    const std::vector<index_file::FileRecord> before_numbers = found.files;
    const Registry registry = found.build_registry();
    CHECK(found.same == (!found.walked && found.parsed + found.removed == 0));
    if (found.same) {
      CHECK(RegistryTables::bytes(*registry_) == RegistryTables::bytes(registry));
      CHECK(same_bytes(before_numbers, found.files));
    }
    CHECK(RegistryTables::bytes(registry) == RegistryTables::bytes(anew.build_registry()));
    CHECK(joined(found.calls) == joined(anew.calls));
    CHECK(write_walk_report(found.report) == write_walk_report(anew.report));
    CHECK(like_after_check(found, registry));
    for (Scan* one : {&found, &anew}) CHECK(texts_fault(*one) == "");
    std::string text = std::string(found.walked ? "walked" : "known") + ", parsed " + std::to_string(found.parsed) +
                       ", reused " + std::to_string(found.reused) + ", removed " + std::to_string(found.removed) + ":";
    for (std::uint32_t id = 0; id < registry.size(); ++id)
      text += " " + std::string(to_string(registry[ManifestId{id}].kind)) + ":" +
              std::string(registry[ManifestId{id}].name);
    keep(found, registry);
    return text;
  }

  std::int64_t scan_start_ns = 4'000'000'000'000'000'000;  // long after all: nothing is racy

 private:
  Scan scan_after(const Records& records) const {
    ScanOptions options;
    options.scan_start_ns = scan_start_ns;
    auto scanned = workspace::scan(tree_, sources_, TokenCounter::estimating(), records, options);
    REQUIRE(scanned);
    return *std::move(scanned);
  }

  // What a check has seen to be as it was is not looked at again, and nothing comes out otherwise.
  bool like_after_check(const Scan& found, const Registry& registry) const {
    Records records = known();
    FreshnessCheck check(tree_, sources_, records, Freshness::full, 1);
    check.finish();
    records.seen = check.take_seen();
    Scan after = scan_after(records);
    return RegistryTables::bytes(after.build_registry()) == RegistryTables::bytes(registry) &&
           joined(after.calls) == joined(found.calls) && after.strings == found.strings &&
           after.walked == found.walked && same_bytes(after.files, found.files) &&
           same_bytes(after.folders, found.folders);
  }

  // Texts that were kept are those of their files, by their manifests; what was parsed has one.
  std::string texts_fault(Scan& scan) const {
    std::size_t manifests = 0, kept = 0;
    for (const index_file::FileRecord& file : scan.files) manifests += file.calls_length != 0 ? 1 : 0;
    const FileContents contents(scan, manifests);
    for (std::size_t i = 0; i < scan.files.size(); ++i) {
      const index_file::FileRecord& file = scan.files[i];
      const std::string name = scan.strings.substr(file.path_offset, file.path_length);
      const ManifestId id{file.manifest};
      const bool manifest = file.calls_length != 0;
      if (manifest && !(contents.of(id) == hash::Hash128{file.content_high, file.content_low})) return name + " hash";
      const std::string text = manifest ? contents.take_text(id) : std::exchange(scan.texts[i], std::string());
      if (text.empty()) continue;
      ++kept;
      if (auto now = tree_.read(at(name), 1 << 20); !now || *now != text) return name;
      if (manifest && !contents.take_text(id).empty()) return name + " twice";
    }
    return kept == scan.parsed ? "" : std::to_string(kept) + " kept, " + std::to_string(scan.parsed) + " parsed";
  }

  template <typename T>
  static bool same_bytes(const std::vector<T>& a, const std::vector<T>& b) {
    return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0);
  }

  static std::string joined(const std::vector<std::string_view>& pieces) {
    std::string all;
    for (const std::string_view piece : pieces) all.append(piece);
    return all;
  }

  void keep(const Scan& scan, const Registry& registry) {
    const std::string all = joined(scan.calls);
    calls_ = aligned(all);
    registry_ = registry;
    report_ = aligned(write_walk_report(scan.report));
    call_bytes_ = all.size();
    report_bytes_ = write_walk_report(scan.report).size();
    files_ = scan.files;
    folders_ = scan.folders;
    origins_ = scan.origins;
    strings_ = scan.strings;
  }
  Records known() const {
    Records records;
    records.files = {files_.data(), files_.size()};
    records.folders = {folders_.data(), folders_.size()};
    records.origins = {origins_.data(), origins_.size()};
    records.strings = strings_;
    records.calls = {reinterpret_cast<const char*>(calls_.data()), call_bytes_};
    records.registry = registry_;
    records.report = {reinterpret_cast<const char*>(report_.data()), report_bytes_};
    return records;
  }
  static std::vector<std::uint64_t> aligned(const std::string& bytes) {
    std::vector<std::uint64_t> words(bytes.size() / 8 + 1);
    std::memcpy(words.data(), bytes.data(), bytes.size());
    return words;
  }

  std::string path_ = test::new_folder();
  files::DiskTree tree_;
  std::vector<SourceRoot> sources_;
  std::vector<index_file::FileRecord> files_, folders_;
  std::vector<index_file::OriginRecord> origins_;
  std::vector<std::uint64_t> calls_, report_;
  std::optional<Registry> registry_;
  std::size_t call_bytes_ = 0, report_bytes_ = 0;
  std::string strings_;
};

}  // namespace

TEST_CASE("when only files have changed, no folder is listed") {
  Folder root;
  root.skill("skills/a", "one");
  root.skill("skills/b", "two");
  CHECK(root.scan() == "walked, parsed 2, reused 0, removed 0: skill:a skill:b");
  CHECK(root.scan() == "known, parsed 0, reused 2, removed 0: skill:a skill:b");
  root.skill("skills/a", "three and more");
  CHECK(root.scan() == "known, parsed 1, reused 1, removed 0: skill:a skill:b");
  root.skill("skills/b", "two");  // written again
  CHECK(root.scan() == "known, parsed 0, reused 2, removed 0: skill:a skill:b");
}

TEST_CASE("what comes, goes or gets another name is found by a walk") {
  Folder root;
  root.skill("skills/a", "one");
  root.skill("skills/b", "two");
  root.scan();
  root.skill("skills/c", "three");
  CHECK(root.scan() == "walked, parsed 1, reused 2, removed 0: skill:a skill:b skill:c");
  fs::remove(root.at("skills/a/SKILL.md"));
  CHECK(root.scan() == "walked, parsed 0, reused 2, removed 1: skill:b skill:c");
  fs::rename(root.at("skills/b"), root.at("skills/d"));
  CHECK(root.scan() == "walked, parsed 1, reused 1, removed 1: skill:c skill:d");
  fs::create_directories(root.at("agents"));
  CHECK(root.scan() == "walked, parsed 0, reused 2, removed 0: skill:c skill:d");
  root.write("agents/x.md", "---\nname: x\ndescription: d\n---\n");
  CHECK(root.scan() == "walked, parsed 1, reused 2, removed 0: skill:c skill:d agent:x");
  CHECK(root.scan() == "known, parsed 0, reused 3, removed 0: skill:c skill:d agent:x");
  fs::remove(root.at("skills/c/SKILL.md"));
  fs::create_directories(root.at("skills/c/SKILL.md"));
  CHECK(root.scan() == "walked, parsed 0, reused 2, removed 1: skill:d agent:x");
}

TEST_CASE("a folder that changed within the clock's grain of the last scan is listed again") {
  Folder root;
  root.skill("skills/a", "one");
  constexpr std::int64_t half_a_grain_ns = 5'000'000;
  root.scan_start_ns = files::DiskTree().stat(root.at("skills/a"))->changed_ns + half_a_grain_ns;
  root.scan();
  CHECK(root.scan() == "walked, parsed 0, reused 1, removed 0: skill:a");
}

TEST_CASE("a folder from the future is not listed again for ever") {
  Folder root;
  root.skill("skills/a", "one");
  root.scan_start_ns = 0;
  root.scan();
  CHECK(root.scan() == "known, parsed 0, reused 1, removed 0: skill:a");
}

TEST_CASE("a plugin's files are named anew when its plugin.json changes, although they did not") {
  Folder root;
  root.write("plugins/p/.claude-plugin/plugin.json", R"({"name": "old"})");
  root.skill("plugins/p/skills/a", "one");
  CHECK(root.scan() == "walked, parsed 1, reused 0, removed 0: skill:old:a");
  CHECK(root.scan() == "known, parsed 0, reused 1, removed 0: skill:old:a");
  root.skill("plugins/p/skills/a", "another one");
  CHECK(root.scan() == "known, parsed 1, reused 0, removed 0: skill:old:a");
  root.write("plugins/p/.claude-plugin/plugin.json", R"({"name": "newer"})");
  CHECK(root.scan() == "walked, parsed 1, reused 0, removed 0: skill:newer:a");
  root.write("plugins/p/.claude-plugin/plugin.json", R"({"name": "newer", "agents": ["./more/x.md"]})");
  CHECK(root.scan() == "walked, parsed 0, reused 1, removed 0: skill:newer:a");
  CHECK(root.scan() == "known, parsed 0, reused 1, removed 0: skill:newer:a");
  root.write("plugins/p/more/x.md", "---\nname: x\ndescription: d\n---\n");  // what was missing
  CHECK(root.scan() == "walked, parsed 1, reused 1, removed 0: skill:newer:a agent:newer:x");
}

TEST_CASE("a plugin that lists its own folder is known again without a walk") {
  Folder root;
  root.write(".claude-plugin/plugin.json", R"({"name": "p", "skills": ["./"]})");
  root.skill("a", "one");
  CHECK(root.scan() == "walked, parsed 1, reused 0, removed 0: skill:a");
  CHECK(root.scan() == "known, parsed 0, reused 1, removed 0: skill:a");
  root.skill("b", "two");
  CHECK(root.scan() == "walked, parsed 1, reused 1, removed 0: skill:a skill:b");
}

TEST_CASE("a marketplace that names other plugins is followed") {
  Folder root;
  root.write(".claude-plugin/marketplace.json", R"({"name": "m", "plugins": [{"name": "p", "source": "./p"}]})");
  root.skill("p/skills/a", "one");
  CHECK(root.scan() == "walked, parsed 1, reused 0, removed 0: skill:p:a");
  CHECK(root.scan() == "known, parsed 0, reused 1, removed 0: skill:p:a");
  root.write(".claude-plugin/marketplace.json", R"({"name": "m", "plugins": [{"name": "other", "source": "./p"}]})");
  CHECK(root.scan() == "walked, parsed 1, reused 0, removed 0: skill:other:a");
  root.write(".claude-plugin/marketplace.json",
             R"({"name": "m", "plugins": [{"name": "p", "source": "./p"}, {"name": "q", "source": "./deep/q"}]})");
  CHECK(root.scan() == "walked, parsed 1, reused 0, removed 0: skill:p:a");
  root.skill("deep/q/skills/b", "two");  // the source that was missing
  CHECK(root.scan() == "walked, parsed 1, reused 1, removed 0: skill:p:a skill:q:b");
}

TEST_CASE("folders that wait for a plugin, hooks or servers are looked at") {
  Folder root;
  root.skill("skills/a", "one");
  fs::create_directories(root.at("hooks"));
  fs::create_directories(root.at("plugins/p/.claude-plugin"));
  fs::create_directories(root.at("tools"));
  root.scan();
  CHECK(root.scan() == "known, parsed 0, reused 1, removed 0: skill:a");
  root.write("hooks/hooks.json", "{}");
  CHECK(root.scan() == "walked, parsed 0, reused 1, removed 0: skill:a");
  root.write("plugins/p/.claude-plugin/plugin.json", R"({"name": "p"})");
  CHECK(root.scan() == "walked, parsed 0, reused 1, removed 0: skill:a");
  root.skill("tools", "three");
  CHECK(root.scan() == "walked, parsed 1, reused 1, removed 0: skill:a skill:tools");
}

TEST_CASE("a link that leads nowhere, and one whose way leads out of the root later, are followed by a walk") {
  Folder root;
  root.skill("skills/a", "one");
  fs::create_directory_symlink("../shared/b", root.at("skills/b"));
  CHECK(root.scan() == "walked, parsed 1, reused 0, removed 0: skill:a");
  CHECK(root.scan() == "walked, parsed 0, reused 1, removed 0: skill:a");
  root.skill("shared/b", "two");
  CHECK(root.scan() == "walked, parsed 1, reused 1, removed 0: skill:a skill:b");
  CHECK(root.scan() == "known, parsed 0, reused 2, removed 0: skill:a skill:b");
  fs::rename(root.at("shared"), root.at("../shared"));  // the folder of b stays what it was
  fs::create_directory_symlink("../shared", root.at("shared"));
  root.skill("skills/b", "two, but outside");
  CHECK(root.scan() == "walked, parsed 0, reused 1, removed 1: skill:a");
}
