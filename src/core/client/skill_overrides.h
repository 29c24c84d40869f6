// The client's setting `skillOverrides`: the skills that the user switched off or hid from the model (client 2.1.328).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/user_place.h"
#include "files/tree.h"

namespace cascade::client {

// on: listed with its description. name_only: listed without it. user_invocable_only: hidden from the model, the user
// may type it. off: it does not exist.
enum class SkillListing { on, name_only, user_invocable_only, off };
std::string_view to_string(SkillListing listing) noexcept;  // as in the settings

// One key of one settings file.
struct SkillOverride {
  std::string skill;
  SkillListing listing = SkillListing::on;
  std::string path;  // of the settings file
};

// The settings, read once. Keys are the names under which the client lists skills and commands (a folder, or a
// command's path with colons); only the managed settings can switch a plugin's skills.
class SkillOverrides {
 public:
  SkillOverrides() = default;
  // The managed settings decide; else the nearest of .claude/settings.local.json and .claude/settings.json (of
  // `directory` or the nearest folder above with one), then the user's. Files that are missing or not JSON are
  // ignored, and so are values other than these four.
  static SkillOverrides read(const files::Tree& tree, const UserPlace& user, const std::string& directory);

  // The same, plus `listing` from `path` for those of these skills that have no setting yet.
  SkillOverrides with(const std::vector<std::string>& skills, SkillListing listing, const std::string& path) const;

  // The same, without the settings in `path` that give these skills this value.
  SkillOverrides without(const std::vector<std::string>& skills, SkillListing listing, const std::string& path) const;

  // Null: there is no setting. `of_plugin`: the skill comes from a plugin.
  const SkillOverride* find(std::string_view skill, bool of_plugin = false) const noexcept;

 private:
  std::vector<SkillOverride> managed_, own_;  // the deciding one first
};

}  // namespace cascade::client
