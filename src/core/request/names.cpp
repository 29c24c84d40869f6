#include "request/names.h"

#include <optional>

#include "bundle/items.h"
#include "bundle/text_nodes.h"
#include "text/suggestion.h"
#include "unicode/utf8.h"

namespace cascade::request {
namespace {

Error unknown(const Registry& registry, std::string_view text) {
  const std::string message = "there is no '" + unicode::displayable(text) + "'";
  if (registry.size() == 0)
    return {ErrorCode::not_found,
            message + ": there are no manifests",
            {},
            "cascade index shows where they were looked for"};
  const auto symbol = Symbol::parse(text);
  const std::string_view name = symbol ? std::string_view(symbol->name) : text;
  std::string near;
  for (const Symbol& other : registry.nearest(name, symbol ? std::optional<Kind>(symbol->kind) : std::nullopt, 3))
    near += (near.empty() ? "" : ", ") + to_string(other);
  return {ErrorCode::not_found, message, {}, near.empty() ? "cascade list" : letters::did_you_mean(near)};
}

}  // namespace

std::string name_and_path(const Registry& registry, ManifestId id) {
  const ManifestView manifest = registry[id];
  return to_string(symbol_of(manifest)) + "  " + std::string(manifest.path);
}

Result<ManifestId> find_manifest(const Registry& registry, std::string_view text) {
  const std::vector<ManifestId> ids = registry.candidates(text);
  if (ids.size() == 1) return ids.front();
  if (ids.empty()) return unknown(registry, text);
  std::string message = "'" + unicode::displayable(text) + "' is ambiguous; it may mean";
  for (const ManifestId id : ids) message += "\n  " + name_and_path(registry, id);
  return Error{ErrorCode::misuse, message, {}, {}};
}

Result<std::vector<Symbol>> find_symbols(const Registry& registry, const std::vector<std::string>& texts) {
  std::vector<Symbol> symbols;
  for (const std::string& text : texts) {
    const auto id = find_manifest(registry, text);
    if (!id) return id.error();
    symbols.push_back(symbol_of(registry[*id]));
  }
  return symbols;
}

Result<std::string> section_text(const Workspace& workspace, ManifestId id, std::uint32_t section,
                                 std::optional<std::uint32_t> further) {
  return bundle::section_text(
      workspace.registry(), id, section, further,
      [&](const ManifestView& manifest, const SectionView& view) { return workspace.read(manifest, view); });
}

std::vector<bundle::ListedFile> linked_files(const Workspace& workspace, ManifestId id) {
  const Registry registry = workspace.registry();
  return bundle::listed_files(registry, id, workspace.folder(registry[id]), workspace.counter(),
                              [&](std::string_view path) { return workspace.read_file(path); });
}

}  // namespace cascade::request
