// Collects the rights in a library and compares two states. Each manifest's own rights are read from its file; a walk
// over calls and requirements then gives every manifest the rights of all that it reaches, because whoever can start an
// agent can use the agent's tools. Two states are compared by coverage, not by equality: replacing "Bash" by "Bash(git
// *)" gives nobody a new right.
#include "rights/rights.h"

#include "rights/file_rights.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace cascade::difference {
namespace {

auto key(const Right& right) { return std::tie(right.holder, right.kind, right.what, right.through, right.path); }

bool before(const Right& a, const Right& b) { return key(a) < key(b); }

// "Bash(git *)" -> "Bash"; "mcp__tracker__search" -> "mcp__tracker"; else empty.
std::string wider(const std::string& what) {
  if (const std::size_t open = what.find('('); open != std::string::npos) return what.substr(0, open);
  constexpr std::string_view mark = "mcp__";
  if (what.compare(0, mark.size(), mark) != 0) return {};
  const std::size_t end = what.find("__", mark.size());
  return end == std::string::npos ? std::string() : what.substr(0, end);
}

// A right is known if the holder had it as written, or a wider one: "Bash" covers "Bash(git *)", a server all its
// tools. Hooks and servers are compared as written, since no word of a command is wider than another.
bool is_covered(const Right& right, const std::set<std::tuple<std::string, RightKind, std::string>>& known) {
  const auto has = [&](const std::string& what) { return known.count({right.holder, right.kind, what}) != 0; };
  if (has(right.what)) return true;
  if (right.kind != RightKind::tool && right.kind != RightKind::grant && right.kind != RightKind::permission)
    return false;
  if (right.kind == RightKind::tool && has(std::string(every_tool))) return true;
  const std::string all = wider(right.what);
  return !all.empty() && (has(all) || has(all + "__*"));
}

}  // namespace

// Mentions give no rights: only who calls or requires an agent can use its tools.
std::vector<ManifestId> reached(const Registry& registry, ManifestId from) {
  std::set<ManifestId> seen = {from};
  std::vector<ManifestId> open = {from};
  while (!open.empty()) {
    const ManifestId id = open.back();
    open.pop_back();
    for (const Link& link : registry.links(id))
      if (link.strength <= Strength::invoked && seen.insert(link.to).second) open.push_back(link.to);
  }
  return {seen.begin(), seen.end()};
}

std::vector<Right> rights_of(const LibraryState& state) {
  const Registry& registry = state.registry;
  std::vector<std::vector<Right>> own(registry.size());
  std::vector<Right> all;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView manifest = registry[ManifestId{i}];
    if (!manifest.document) own[i] = manifest_rights(registry, manifest, state.read(std::string(manifest.path)));
  }
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const std::string holder = cascade::to_string(symbol_of(registry[ManifestId{i}]));
    for (const ManifestId id : reached(registry, ManifestId{i}))
      for (Right right : own[index(id)]) {
        // A denial binds only the holder it is written for; what that agent has, others have through it.
        if (id != ManifestId{i} && right.kind == RightKind::denial) continue;
        if (id != ManifestId{i}) right.through = std::exchange(right.holder, holder);
        all.push_back(std::move(right));
      }
  }
  for (const std::string& path : state.files)
    for (Right& right : file_rights(path, state.read)) all.push_back(std::move(right));
  std::sort(all.begin(), all.end(), before);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::vector<Right> beyond(const std::vector<Right>& more, const std::vector<Right>& fewer) {
  std::set<std::tuple<std::string, RightKind, std::string>> known, told;
  for (const Right& right : fewer) known.emplace(right.holder, right.kind, right.what);
  std::vector<Right> found;
  for (const Right& right : more)  // its own rights come before those through others, by their order
    if (!is_covered(right, known) && told.emplace(right.holder, right.kind, right.what).second) found.push_back(right);
  return found;
}

}  // namespace cascade::difference
