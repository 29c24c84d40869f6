// The client's setting `skillOverrides`: what the user switched off, or keeps to themselves (client 2.1.328).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/user_place.h"
#include "files/tree.h"

namespace cascade::client {

// on: listed with its description. name_only: listed without it. user_invocable_only: the model does not see it, the
// user may type it. off: it does not exist.
enum class SkillListing { on, name_only, user_invocable_only, off };
std::string_view to_string(SkillListing listing) noexcept;  // as in the settings

// One key of one settings file.
struct SkillOverride {
  std::string skill;
  SkillListing listing = SkillListing::on;
  std::string path;  // of the settings file
};

// What the settings say, read once. Keys are the names under which the client lists skills and commands (a folder, a
// command's path with colons); a plugin's skills are not theirs to switch, except by the managed settings.
class SkillOverrides {
 public:
  SkillOverrides() = default;
  // The managed settings decide; else the nearest of .claude/settings.local.json, .claude/settings.json (of `directory`
  // or the nearest folder above it that has one) and the user's. Files that are not there or no JSON say nothing,
  // values that are none of the four neither.
  static SkillOverrides read(const files::Tree& tree, const UserPlace& user, const std::string& directory);

  // The same, and what `path` would say beside it of skills that nothing is said of.
  SkillOverrides with(const std::vector<std::string>& skills, SkillListing listing, const std::string& path) const;

  // The same, but for what `path` says of these skills with this value.
  SkillOverrides without(const std::vector<std::string>& skills, SkillListing listing, const std::string& path) const;

  // Null when nothing is said. `of_plugin`: the skill comes from a plugin.
  const SkillOverride* find(std::string_view skill, bool of_plugin = false) const noexcept;

 private:
  std::vector<SkillOverride> managed_, own_;  // what decides stands first
};

}  // namespace cascade::client
