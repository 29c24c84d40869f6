// ID005 and ID006: names that the client cannot tell apart, and paths and names that only some systems can. Names are
// compared within one root, kind and scope; between roots precedence decides, and that is no fault.
#include <algorithm>
#include <map>
#include <tuple>

#include "files/paths.h"
#include "text/ascii.h"
#include "unicode/utf8.h"
#include "validate/reading/normal_form.h"
#include "validate/rules/tree_checks.h"

namespace cascade::validation {
namespace {

// Folds case, full-width forms and, in names, `_` to `-`.
std::string folded(std::string_view text, bool name) {
  std::string out = case_folded(text);
  if (name) std::replace(out.begin(), out.end(), '_', '-');
  return out;
}

bool is_material(const Context& context, const ManifestFacts& facts) {
  return facts.role == Role::skill && is_in_another_skill(context.tree, facts.base, facts.name_at.path);
}

// In a plugin the folders below agents/ are part of an agent's name (client 2.1.328).
bool are_told_apart_by_folders(const ManifestFacts& a, const ManifestFacts& b) {
  return a.role == Role::agent && a.in_plugin && b.in_plugin && a.base == b.base &&
         files::parent(a.name_at.path) != files::parent(b.name_at.path);
}

// The platform whose skills a repository keeps in agents/<platform>/<skill>/SKILL.md; empty: it is no such skill.
std::string_view platform_of(const ManifestFacts& facts) {
  constexpr std::string_view agents = "agents/";
  const std::string_view path = facts.name_at.path;
  if (facts.role != Role::skill || !facts.base.empty() || facts.in_plugin || !path.starts_with(agents)) return {};
  return path.substr(agents.size(), path.find('/', agents.size()) - agents.size());
}

// Whether it is the first of its name for its platform.
bool is_first_of_platform(const std::vector<const ManifestFacts*>& same, std::size_t at) {
  const std::string_view platform = platform_of(*same[at]);
  return !platform.empty() && std::none_of(same.begin(), same.begin() + static_cast<std::ptrdiff_t>(at),
                                           [&](const ManifestFacts* facts) { return platform_of(*facts) == platform; });
}

}  // namespace

void check_duplicate_names(const Context& context, const std::vector<ManifestFacts>& manifests, Findings& findings) {
  using Key = std::tuple<Kind, Scope, std::uint32_t, std::string>;
  std::map<Key, std::vector<const ManifestFacts*>> by_name;
  for (const ManifestFacts& facts : manifests) {
    const ManifestView view = context.registry[facts.id];
    by_name[{view.kind, view.scope, view.root, std::string(view.name)}].push_back(&facts);
    // A skill can be called by its declared name as well as its folder's; in a plugin both carry the plugin's name.
    if (facts.alias.empty() || facts.alias == "SKILL") continue;  // the file's name says nothing: ID003
    const std::size_t colon = view.name.rfind(':');
    const std::string alias =
        std::string(view.name.substr(0, colon == std::string_view::npos ? 0 : colon + 1)) + facts.alias;
    if (alias != view.name) by_name[{view.kind, view.scope, view.root, alias}].push_back(&facts);
  }
  for (auto& [key, same] : by_name) {
    if (same.size() < 2) continue;
    std::sort(same.begin(), same.end(),
              [](const ManifestFacts* a, const ManifestFacts* b) { return a->name_at.path < b->name_at.path; });
    const std::string what =
        std::string(to_string(std::get<0>(key))) + " \"" + unicode::displayable(std::get<3>(key)) + "\"";
    for (std::size_t i = 1; i < same.size(); ++i) {
      if (is_told_to_one_client(same[i]->name_at.path, std::get<3>(key)) || is_material(context, *same[i]) ||
          is_first_of_platform(same, i))
        continue;
      if (are_told_apart_by_folders(*same.front(), *same[i])) {
        findings
            .add("ID005", Severity::warning, same[i]->name_at, "there is another " + what + " in another folder",
                 "the client calls them by plugin, folder and name; readers may take one for the other")
            .related.push_back({same.front()->name_at, "the first"});
        continue;
      }
      findings
          .add("ID005", same[i]->name_at, "there is another " + what,
               "rename one of them; the client silently loads one of them")
          .related.push_back({same.front()->name_at, "the first"});
    }
  }
}

void check_collisions(const Context& context, const std::vector<ManifestFacts>& manifests, Findings& findings) {
  std::map<std::string, std::string_view> paths;
  for (const std::string& path : context.tree.files()) {
    const auto [first, added] = paths.emplace(folded(path, false), path);
    if (added) continue;
    Location at;
    at.path = path;
    findings
        .add("ID006", at, "on a system that folds case this is " + unicode::displayable(first->second),
             "rename one of them")
        .related.push_back({{std::string(first->second), 0, 0, 0, 0}, "the other"});
  }
  std::map<std::pair<Kind, std::string>, const ManifestFacts*> names;
  for (const ManifestFacts& facts : manifests) {
    const ManifestView view = context.registry[facts.id];
    const auto [first, added] = names.emplace(std::make_pair(view.kind, folded(view.name, true)), &facts);
    if (added) continue;
    const ManifestView other = context.registry[first->second->id];
    if (other.name == view.name || folded(other.path, false) == folded(view.path, false)) continue;
    findings
        .add("ID006", facts.name_at,
             "\"" + unicode::displayable(view.name) + "\" and \"" + unicode::displayable(other.name) +
                 "\" differ in case or signs only",
             "rename one of them")
        .related.push_back({first->second->name_at, "the other"});
  }
}

}  // namespace cascade::validation
