// The client's settings files for a session, in order of precedence (client 2.1.328).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "files/tree.h"

namespace cascade::client {

// Absolute paths; empty: unknown.
struct UserPlace {
  std::string home;    // HOME: a project's folders are searched only below it
  std::string folder;  // settings.json, skills, agents, commands, plugins, transcripts: ~/.claude
  std::string state;   // the client's state file: ~/.claude.json
};

// `variable`: CLAUDE_CONFIG_DIR, which replaces ~/.claude as a whole; nothing in ~/.claude is read then. The client
// uses it unchanged: a relative path starts in `directory`, where the client was started; a tilde is an ordinary name;
// an empty value means that directory itself. The state file moves into the folder, except in the last case.
UserPlace user_place(const std::string& home, const std::optional<std::string>& variable, const std::string& directory);

// A key in an administrator's settings: the client then calls no hooks but those of such settings.
constexpr const char* managed_hooks_only_key = "allowManagedHooksOnly";

struct SettingsFile {
  std::string path, text;
  bool managed = false;  // an administrator's: applies to plugins too
};

// The managed settings, with the files of their folder managed-settings.d first; then .claude/settings.local.json and
// .claude/settings.json of `directory`, or of the nearest folder above with one; then the user's. Files that are
// missing or above 1 MiB are left out.
std::vector<SettingsFile> settings_files(const files::Tree& tree, const UserPlace& user, const std::string& directory);

// A value of the client's setting `skillOverrides` (client 2.1.328). on: listed with its description. name_only: listed
// without it. user_invocable_only: hidden from the model, the user may type it. off: it does not exist.
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

// How often the client thinks each skill is used: `skillUsage` in its state file (client 2.1.328).
class SkillUsage {
 public:
  SkillUsage() = default;
  // `now`: seconds since 1970. The weight of a use halves with every week since the last one, down to one tenth.
  static SkillUsage read(const files::Tree& tree, const UserPlace& user, std::int64_t now);

  std::uint64_t score(std::string_view skill) const noexcept;  // 0: not used; in millionths of a use today

 private:
  std::map<std::string, std::uint64_t, std::less<>> scores_;
};

}  // namespace cascade::client
