// An index that was renewed after any edits is the same, byte for byte, as one that was built from nothing.
#include <catch2/catch.hpp>

#include <cascade/workspace.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "index/index_file.h"
#include "scratch_folder.h"
#include "unit/seeded_random.h"

using namespace cascade;
using index_file::RegionKind;
namespace fs = std::filesystem;

namespace {

constexpr const char* words[] = {"review", "deploy", "kubernetes", "tests",   "database", "grammar", "colour", "loader",
                                 "zebra",  "quux",   "container",  "latency", "async",    "2gb",     "cache",  "naïve"};

// A library on disk that is edited at random, and two caches: one that is renewed, one that is empty before each build.
class Edited {
 public:
  Edited(std::uint64_t seed, std::size_t padding) : random_{seed}, padding_(padding) {}
  ~Edited() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Edited(const Edited&) = delete;
  Edited& operator=(const Edited&) = delete;

  void write(std::uint32_t number) {
    const bool agent = random_.below(6) == 0;
    const std::string file = agent ? "agents/" + name(number) + ".md" : "skills/" + name(number) + "/SKILL.md";
    put(file, text(number));
  }

  // Edits a line, adds, removes or renames a manifest, or leaves all as it is.
  void edit() {
    const std::vector<fs::path> all = manifests();
    const fs::path some = all.empty() ? fs::path() : all[random_.below(static_cast<std::uint32_t>(all.size()))];
    switch (all.empty() ? 0 : random_.below(10)) {
      case 0:
      case 1: return write(random_.below(60));
      case 2: fs::remove(some); return;
      case 3: {
        const fs::path folder = fs::path(path_) / "lib/skills" / ("moved-" + name(random_.below(99)));
        fs::create_directories(folder);
        fs::rename(some, folder / "SKILL.md");
        return;
      }
      case 4: return;
      case 5: put("plugins/p/.claude-plugin/plugin.json", R"({"name": "p)" + name(random_.below(3)) + "\"}"); return;
      case 6: put("plugins/p/skills/" + name(random_.below(60)) + "/SKILL.md", text(random_.below(60))); return;
      default: {
        std::ofstream(some, std::ios::app) << line() << "\n";
        return;
      }
    }
  }

  Workspace renewed() { return open(path_ + "/renewed"); }
  // Which regions differ from those of an index that is built now.
  std::string difference() {
    fs::remove_all(path_ + "/anew");
    const Workspace ours = renewed(), anew = open(path_ + "/anew");
    std::string found;
    const Copy one(ours.index_path()), other(anew.index_path());
    constexpr std::pair<RegionKind, const char*> kinds[] = {
        {RegionKind::registry, "registry"}, {RegionKind::router, "router"},     {RegionKind::notes, "notes"},
        {RegionKind::calls, "calls"},       {RegionKind::problems, "problems"}, {RegionKind::origins, "origins"},
        {RegionKind::strings, "strings"}};
    for (const auto& [kind, label] : kinds)
      if (one.region(kind) != other.region(kind)) found += std::string(label) + " ";
    return found;
  }

 private:
  // The bytes of an index file, aligned.
  struct Copy {
    explicit Copy(const std::string& path) {
      std::ifstream in(path, std::ios::binary);
      const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
      size = text.size();
      words.resize(size / 8 + 1);
      std::memcpy(words.data(), text.data(), size);
    }
    std::string region(RegionKind kind) const {
      index_file::Header header;
      std::memcpy(static_cast<void*>(&header), words.data(), sizeof(header));
      const auto image = index_file::Image::over({reinterpret_cast<const char*>(words.data()), size},
                                                 {header.key_high, header.key_low});
      REQUIRE(image);
      REQUIRE(image->verify());
      return std::string(*image->region(kind));
    }
    std::vector<std::uint64_t> words;
    std::size_t size = 0;
  };

  static std::string name(std::uint32_t number) { return "m" + std::to_string(number) + "-tool"; }

  void put(const std::string& file, const std::string& text) const {
    const fs::path path = fs::path(path_) / "lib" / file;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }

  std::vector<fs::path> manifests() const {
    std::vector<fs::path> all;
    for (const auto& entry : fs::recursive_directory_iterator(path_ + "/lib"))
      if (entry.path().extension() == ".md") all.push_back(entry.path());
    std::sort(all.begin(), all.end());
    return all;
  }

  std::string some_words(std::uint32_t count) {
    std::string text;
    for (; count > 0; --count) text += (text.empty() ? "" : " ") + std::string(words[random_.below(std::size(words))]);
    return text;
  }

  // Some lines stand in about four files, where a line becomes common; some link.
  std::string line() {
    switch (random_.below(6)) {
      case 0: return "Shared advice number " + std::to_string(random_.below(9)) + ".";
      case 1: return "## Section " + std::to_string(random_.below(9));
      case 2: return "Then run Skill(\"" + name(random_.below(60)) + "\") on " + some_words(2) + ".";
      case 3: return "Skill(\"" + name(random_.below(60)) + "\")";
      default: return some_words(1 + random_.below(9)) + std::to_string(random_.below(40));
    }
  }

  std::string text(std::uint32_t number) {
    std::string text = "---\nname: " + name(number) + "\ndescription: Helps with " + some_words(5);
    if (random_.below(2) == 0) text += "\ntriggers: " + some_words(2) + ", " + some_words(3);
    if (random_.below(9) == 0) text += "\nmetadata:\n  cascade-conflicts: " + name(random_.below(60));
    if (padding_ > 0) text += "\nnote: " + std::string(padding_, static_cast<char>('a' + number % 26));
    text += "\n---\n# " + some_words(2) + "\n\n";
    for (std::uint32_t lines = random_.below(20); lines > 0; --lines) text += line() + "\n";
    return text;
  }

  Workspace open(const std::string& cache) const {
    WorkspaceOptions options;
    options.directory = path_;
    options.cache_directory = cache;
    options.roots = {{path_ + "/lib", Scope::project}};
    options.threads = 2;
    auto workspace = Workspace::open(options);
    REQUIRE(workspace);
    REQUIRE(workspace->report().not_kept_because.empty());
    return std::move(*workspace);
  }

  std::string path_ = test::new_folder();
  test::SeededRandom random_;
  std::size_t padding_;
};

}  // namespace

TEST_CASE("after any edits the renewed index is the one that is built anew, byte for byte") {
  std::size_t in_part = 0, steps = 0;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    Edited library(seed, 0);
    for (std::uint32_t i = 0; i < 45; ++i) library.write(i);
    library.renewed();
    for (int step = 0; step < 50; ++step, ++steps) {
      library.edit();
      INFO("seed " << seed << ", step " << step);
      const Workspace renewed = library.renewed();
      in_part += renewed.report().parsed == 1 && renewed.report().reused > 20 ? 1 : 0;
      REQUIRE(library.difference() == "");
    }
  }
  CHECK(steps == 250);
  CHECK(in_part > 100);
}

TEST_CASE("an index so large that it is written region by region is the same, too") {
  Edited library(7, 450'000);
  for (std::uint32_t i = 0; i < 40; ++i) library.write(i);
  for (int step = 0; step < 3; ++step) {
    library.edit();
    INFO("step " << step);
    REQUIRE(library.difference() == "");
  }
  const Workspace again = library.renewed();
  CHECK(again.report().parsed == 0);
  CHECK(again.check());
}
