// Settings files are read in the order of precedence, and the first that names a skill counts. Managed settings are
// kept apart, because they also reach the skills of plugins, which the user's own settings do not.
#include "client/skill_overrides.h"

#include "client/settings_files.h"
#include "syntax/json.h"
#include "text/names.h"

#include <algorithm>

namespace cascade::client {
namespace {

constexpr letters::Names<SkillListing::off> listing_names("on", "name-only", "user-invocable-only", "off");

void add_from(const SettingsFile& file, std::vector<SkillOverride>& overrides) {
  if (file.text.find("skillOverrides") == std::string::npos) return;  // most settings: no need to parse them
  const syntax::Parsed parsed = syntax::parse_json(file.text);
  const syntax::Node* given = parsed.root.find("skillOverrides");
  if (given == nullptr || given->kind != syntax::NodeKind::map) return;
  for (std::size_t i = 0; i < given->size(); ++i)
    if (const auto listing = listing_names.find(given->value(i).text))
      overrides.push_back({given->key(i).text, *listing, file.path});
}

const SkillOverride* first(const std::vector<SkillOverride>& overrides, std::string_view skill) {
  for (const SkillOverride& one : overrides)
    if (one.skill == skill) return &one;
  return nullptr;
}

}  // namespace

std::string_view to_string(SkillListing listing) noexcept { return listing_names.of(listing); }

SkillOverrides SkillOverrides::read(const files::Tree& tree, const UserPlace& user, const std::string& directory) {
  SkillOverrides overrides;
  for (const SettingsFile& file : settings_files(tree, user, directory))
    add_from(file, file.managed ? overrides.managed_ : overrides.own_);
  return overrides;
}

SkillOverrides SkillOverrides::with(const std::vector<std::string>& skills, SkillListing listing,
                                    const std::string& path) const {
  SkillOverrides more = *this;
  for (const std::string& skill : skills) more.own_.push_back({skill, listing, path});
  return more;
}

SkillOverrides SkillOverrides::without(const std::vector<std::string>& skills, SkillListing listing,
                                       const std::string& path) const {
  SkillOverrides fewer = *this;
  const auto is_gone = [&](const SkillOverride& one) {
    return one.path == path && one.listing == listing &&
           std::find(skills.begin(), skills.end(), one.skill) != skills.end();
  };
  fewer.own_.erase(std::remove_if(fewer.own_.begin(), fewer.own_.end(), is_gone), fewer.own_.end());
  return fewer;
}

const SkillOverride* SkillOverrides::find(std::string_view skill, bool of_plugin) const noexcept {
  if (const SkillOverride* managed = first(managed_, skill)) return managed;
  return of_plugin ? nullptr : first(own_, skill);
}

}  // namespace cascade::client
