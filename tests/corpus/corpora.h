// The real libraries beside the repository, with their independently made answers. Absent: tests skip with a message.
#pragma once

#include <cascade/manifest.h>
#include <cascade/registry.h>

#include "discovery/discovery.h"
#include "files/tree.h"
#include "read_text.h"
#include "syntax/json.h"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cascade::corpora {

inline std::string shared() { return std::string(CASCADE_SOURCE_DIR) + "/../shared"; }

using test::read_text;

inline syntax::Node read_json(const std::string& path) {
  syntax::NodeLimits limits;
  limits.bytes = std::size_t{1} << 30;
  limits.nodes = 100'000'000;
  return syntax::parse_json(read_text(path), limits).root;
}

// The text of a key, empty when absent or null.
inline std::string written(const syntax::Node& map, std::string_view key) {
  const syntax::Node* value = map.find(key);
  return value == nullptr || value->kind == syntax::NodeKind::null ? std::string() : value->text;
}

struct Entry {
  syntax::Node oracle;
  std::string path;
  Manifest manifest;
};

// What discovery says about the files of a library, by path.
inline std::map<std::string, discovery::Found> discovered(const std::string& root) {
  std::map<std::string, discovery::Found> out;
  Result<discovery::Discovery> found = discovery::discover(files::DiskTree(), {root});
  if (found)
    for (discovery::Found& file : found->manifests) {
      const std::string path = file.path;
      out.emplace(path, std::move(file));
    }
  return out;
}

inline const std::vector<std::string>& names() {
  static const std::vector<std::string> all = {"context-cascade", "wshobson-agents",         "awesome-subagents",
                                               "my-workflow",     "infrastructure-showcase", "superpowers"};
  return all;
}

inline bool present() { return std::filesystem::exists(shared() + "/corpora/superpowers/oracle.json"); }

// Every manifest that the corpus's oracle knows, parsed.
inline std::vector<Entry> load(const std::string& corpus, const TokenCounter& counter) {
  const std::string root = shared() + "/corpora/" + corpus + '/';
  std::vector<Entry> out;
  const std::map<std::string, discovery::Found> files = discovered(root);
  syntax::Node oracle = read_json(root + "oracle.json");
  for (syntax::Node& entry : oracle.items) {
    const std::string path = written(entry, "path"), text = read_text(root + path);
    ManifestSource source;
    source.kind = *parse_kind(written(entry, "kind"));
    source.path = path;
    source.text = text;
    const auto file = files.find(path);
    if (file != files.end()) source.component = file->second.component;
    Manifest manifest = parse_manifest(source, counter);
    if (file != files.end()) manifest.plugin = file->second.plugin;
    out.push_back({std::move(entry), path, std::move(manifest)});
  }
  return out;
}

// A library as the program sees it, beside what the oracle says about it.
struct Library {
  std::vector<Entry> entries;
  Registry registry = Registry::build({});
  std::map<std::string, ManifestId> ids;  // by path
};

// Loaded once a run.
inline const Library& library(const std::string& corpus) {
  static std::map<std::string, Library> loaded;
  const auto [known, fresh] = loaded.try_emplace(corpus);
  Library& out = known->second;
  if (!fresh) return out;
  out.entries = load(corpus, TokenCounter::estimating());
  std::vector<Manifest> manifests;
  for (const Entry& entry : out.entries) manifests.push_back(entry.manifest);
  out.registry = Registry::build(manifests);
  for (std::uint32_t i = 0; i < out.registry.size(); ++i)
    out.ids[std::string(out.registry[ManifestId{i}].path)] = ManifestId{i};
  return out;
}

}  // namespace cascade::corpora
