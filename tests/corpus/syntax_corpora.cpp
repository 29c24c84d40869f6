#include "syntax_corpora.h"

#include "read_text.h"
#include "syntax/json.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace cascade::corpus {
namespace {

std::vector<Manifest> load() {
  std::vector<Manifest> found;
  const std::filesystem::path root = shared_folder() + "corpora";
  if (!std::filesystem::is_directory(root)) return found;
  std::vector<std::filesystem::path> folders;
  for (const auto& entry : std::filesystem::directory_iterator(root))
    if (std::filesystem::exists(entry.path() / "oracle.json")) folders.push_back(entry.path());
  std::sort(folders.begin(), folders.end());
  syntax::NodeLimits limits;
  limits.bytes = 64 << 20;
  limits.nodes = 4'000'000;
  for (const auto& folder : folders) {
    syntax::Parsed oracle = syntax::parse_json(test::read_text(folder / "oracle.json"), limits);
    for (syntax::Node& entry : oracle.root.items) {
      const syntax::Node* path = entry.find("path");
      if (path == nullptr) continue;
      Manifest manifest{folder.filename().string(), path->text, test::read_text(folder / path->text), {}};
      manifest.oracle = std::move(entry);
      found.push_back(std::move(manifest));
    }
  }
  return found;
}

}  // namespace

std::string shared_folder() { return std::string(CASCADE_SOURCE_DIR) + "/../shared/"; }

const std::vector<Manifest>& manifests() {
  static const std::vector<Manifest> all = load();
  return all;
}

std::string said(const Manifest& manifest, const std::string& key) {
  const syntax::Node* value = manifest.oracle.find(key);
  return value == nullptr ? "" : value->text;
}

bool says(const Manifest& manifest, const std::string& list, const std::string& prefix) {
  const syntax::Node* values = manifest.oracle.find(list);
  return values != nullptr && std::any_of(values->items.begin(), values->items.end(), [&](const syntax::Node& value) {
           return value.text.compare(0, prefix.size(), prefix) == 0;
         });
}

}  // namespace cascade::corpus
