#include "listing/dialect_listing.h"

#include <algorithm>

#include "files/paths.h"

namespace cascade::listing {
namespace {

client::Owner owner_of(Scope scope) {
  if (scope == Scope::project) return client::Owner::project;
  return scope == Scope::user ? client::Owner::user : client::Owner::plugin;
}

}  // namespace

Listing dialect_listing(const Registry& registry, const TokenCounter& counter, const client::Dialect& dialect,
                        const std::vector<std::string>& roots, std::uint32_t window) {
  std::vector<ManifestView> views;
  for (const ManifestId id : loaded(registry)) {
    const ManifestView view = registry[id];
    const bool listed = view.kind == Kind::skill && view.scope != Scope::builtin &&
                        !client::is_of_others(dialect, owner_of(view.scope), roots[view.root], view.path);
    if (listed) views.push_back(view);
  }
  std::stable_sort(views.begin(), views.end(),
                   [](const ManifestView& a, const ManifestView& b) { return a.name < b.name; });
  std::vector<client::ListedSkill> skills;
  for (const ManifestView& view : views)
    skills.push_back({view.name, view.description, files::join(roots[view.root], view.path), {}, false});
  dialect.list(skills, window);
  Listing out;
  for (std::size_t i = 0; i < skills.size(); ++i) {
    Line line;
    line.id = views[i].id;
    line.name = skills[i].name;
    line.description = skills[i].description;
    line.shown = skills[i].described ? Shown::whole : Shown::cut;
    line.listed = std::move(skills[i].line);
    line.cost = counter.count(line.listed);
    out.whole_chars += line.cost.chars;
    out.skills_cost += line.cost;
    out.skills.push_back(std::move(line));
  }
  return out;
}

}  // namespace cascade::listing
