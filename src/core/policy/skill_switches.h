// The user's own switch in cascade.yaml: which skills, agents and commands come by themselves, are only offered, wait
// to be called by name, or do not come at all (`skills`), and the named profiles that change it (`profiles`).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/switches.h"
#include "files/tree.h"
#include "policy/policy.h"
#include "syntax/node.h"

namespace cascade::policy {

// From the loosest to the strictest.
enum class Use : std::uint8_t { load, offer, name, off };
std::string_view to_string(Use use) noexcept;
std::optional<Use> parse_use(std::string_view word) noexcept;

// The project's file that is the user's alone; like the project's own, it can only tighten.
constexpr std::string_view local_file = "cascade.local.yaml";

// One line: `"deploy-*": off`, `agent:pilot: name`, `plugin:acme: offer`, `root:~/.gemini: off`.
struct SkillSwitch {
  enum class What : std::uint8_t { name, plugin, root } what = What::name;
  std::optional<Kind> kind;  // of a name; nothing: any
  std::string pattern;
  Use use = Use::load;
  std::string written;  // the key
  std::string file, profile{};
  std::uint32_t line = 0;
};

constexpr std::string_view no_profile = "none";  // the name by which somebody chooses none

// In one file the last matching line decides, those of the profile in use last; of several files the strictest.
struct SkillSwitches {
  std::vector<std::vector<SkillSwitch>> files;
  std::vector<std::string> profiles;     // all that are named, in the order of the files
  std::string profile, profile_from;     // the one in use (empty: none), and who chose it or none (empty: nobody)
  std::vector<std::string> of_branches;  // "NAME: PATTERN", for `cascade skills`
};

// What a file says. Returns the first fault; what it can read is added all the same.
std::optional<Fault> read_skills(const syntax::Node& value, const std::string& file, const std::string& profile,
                                 const std::string& home, std::vector<SkillSwitch>& into);
std::optional<Fault> check_profiles(const syntax::Node& value);

// Where to look. `asked`: CASCADE_PROFILE.
struct SwitchPlaces {
  std::string users_file, directory, home, asked;
};

SkillSwitches read_skill_switches(const files::Tree& tree, const SwitchPlaces& places);
// The file in which a profile that was chosen by hand is kept; empty: nowhere.
std::string profile_file(const std::string& users_file);
// The folder whose cascade.yaml or repository holds in a directory; the directory itself where there is none.
std::string project_folder(const files::Tree& tree, const std::string& directory);

// The line that decides; null: none. `root`: the absolute path of the subject's root.
const SkillSwitch* find_switch(const SkillSwitches& switches, const client::Subject& subject, std::string_view root);

// With `key: use` as the last line of `skills`, or without it. unsupported: not in a form that is edited.
Result<std::string> with_switch(std::string_view text, std::string_view key, std::optional<Use> use);

}  // namespace cascade::policy
