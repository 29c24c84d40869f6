#include "lessons.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace cascade::bench {
namespace {

namespace fs = std::filesystem;

struct Writer {
  std::string name;
  std::vector<std::string> organisations;
};

// Who wrote which of the sets that are folders.
const std::vector<Writer> writers = {
    {"first", {"halmfeld", "quillfeather", "brackwater"}},
    {"second", {"osterby", "pinewick", "wells"}},
    {"third", {"lanternfish", "haldane", "skarven", "thornbury", "meridian", "cobblegate"}},
    {"fourth", {"kestrelby", "fenwick", "larkmoor", "wolverby", "sablewick"}},
    {"fifth", {"vellmoor", "copperhollow"}},
    {"sixth", {"hollinmere", "brennholt"}},
    {"seventh", {"kaldvik", "orchardpell"}},
    {"eighth", {"lichtspiel", "porphyr", "tannwald", "tapirhaus"}},
    {"ninth", {"kranwerk", "mosaikum", "saltmarsh", "tollhaus"}},
    {unfitted, {"velourine", "kelpwright", "thimblegate", "nordlicht", "firnwacht", "ottavine"}},
};

}  // namespace

std::vector<Organisation> read_organisations(const std::string& root) {
  const fs::path base = root, memory = base / "tests/corpus/memory";
  std::vector<Organisation> all;
  if (auto set = test::read_memory_set((base / "../shared/fixtures/memory").string()))
    all.push_back({"shared", "shared", *std::move(set)});
  for (const Writer& writer : writers)
    for (const std::string& name : writer.organisations)
      if (auto set = test::read_memory_set((memory / name).string()))
        all.push_back({writer.name, name, *std::move(set)});
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(memory / "pairs")) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files)
    if (auto set = test::read_memory_pairs(file.string()))
      all.push_back({file.filename().string().substr(0, 1), file.stem().string(), *std::move(set)});
  return all;
}

}  // namespace cascade::bench
