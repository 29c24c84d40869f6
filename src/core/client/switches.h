// What the users of all clients switched off, or kept for calls by name, in the clients' own settings. Which files,
// keys and forms there are stands in user_switches.tsv; all of them become rules of one form.
#pragma once

#include <cascade/manifest.h>
#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "client/settings_files.h"
#include "files/tree.h"

namespace cascade::client {

enum class SwitchForm : std::uint8_t { rules, names, is_off, is_on, tools, entries, places };
enum class SwitchOf : std::uint8_t { skill, agent, plugin, everything };
enum class SwitchMeans : std::uint8_t { on, by_name, off };
enum class SwitchJoins : std::uint8_t { any, last };

struct SwitchFiles {
  std::string_view client;
  Span<std::string_view> user{}, project{}, managed{};
};
struct SwitchRow {
  std::string_view client, file, key;
  SwitchForm form{};
  SwitchOf of{};
  SwitchMeans means{};
  SwitchJoins joins{};
};

struct TrustRow {
  std::string_view client, file, key, value;
};

// What a rule is asked about. `path`: of the file, absolute; `plugin`: empty for none.
struct Subject {
  Kind kind = Kind::skill;
  std::string_view name, plugin;
  std::string path;
};

// One word of one file.
struct SwitchRule {
  enum class Match : std::uint8_t { all, name, prefix, path } by = Match::all;
  SwitchOf of = SwitchOf::everything;
  SwitchMeans means = SwitchMeans::off;
  std::string pattern;  // of a name: `*` and `?` stand for any characters
  std::string said;     // "permissions.deny: Skill(x)"
  std::string file;     // absolute
};

// The rules of one row, in the order of their files and lines.
struct SwitchRules {
  const SwitchRow* row = nullptr;
  std::vector<SwitchRule> rules;
};

// Reads the files of all clients that are there. `directory` is absolute. Files that are missing, above 1 MiB or broken
// say nothing, as for the client.
std::vector<SwitchRules> read_switches(const files::Tree& tree, const UserPlace& user, const std::string& directory);

// The rule that decides about the subject for a client; null: none says no.
const SwitchRule* find_no(const std::vector<SwitchRules>& all, std::string_view client, const Subject& subject);

// Whether the record of some client says that its user trusts one of these folders (absolute).
bool is_trusted(const files::Tree& tree, const UserPlace& user, const std::vector<std::string>& folders);

// Whether a text is one of a pattern with `*` and `?`, whatever the case of letters.
bool matches_name(std::string_view pattern, std::string_view text) noexcept;

}  // namespace cascade::client
