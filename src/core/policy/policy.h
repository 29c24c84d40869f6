// Which systems guard a session, and how: `systems` and the related keys of cascade.yaml.
#pragma once

#include <cascade/result.h>

#include <array>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/models.h"
#include "files/overlay_tree.h"
#include "files/tree.h"
#include "syntax/node.h"

// What cascade.yaml says of calls that change something outside, and of those that look at it (`effects:`).
namespace cascade::evidence {

// push: refs. change: state elsewhere. publish: packages that others can pull. deploy: services running elsewhere.
enum class Kind : std::uint8_t { push, change, publish, deploy };
std::string_view to_string(Kind kind) noexcept;
std::optional<Kind> kind_of(std::string_view name) noexcept;

enum class Interface : std::uint8_t { cli, http, browser };
std::string_view to_string(Interface interface) noexcept;
std::optional<Interface> interface_of(std::string_view name) noexcept;

// A rule from cascade.yaml: the calls it matches, and what they are.
struct OwnRule {
  std::vector<std::string> bash, tools;  // as in policy::Declared
  enum class What : std::uint8_t { effect, witness, nothing } what = What::effect;
  Kind kind = Kind::change;
  Interface interface = Interface::cli;
  std::string target;
};

}  // namespace cascade::evidence

namespace cascade::policy {

// How strictly a system judges.
enum class Mode : std::uint8_t {
  off,
  shadow,  // judges and records, but says nothing
  warn,    // tells the user, lets the tool run
  block,   // refuses or asks
};
std::string_view to_string(Mode mode) noexcept;

// A fault in the configuration: what it is, where, and what to write instead.
struct Fault {
  syntax::Position at;
  std::string message, help;
};

// The mode that a value names; `on`: what that word means.
std::optional<Fault> read_mode(const syntax::Node& value, Mode& mode, Mode on = Mode::block);
// `help`: as Fault's.
std::optional<Fault> read_switch(const syntax::Node& value, bool& on, const char* help);
std::optional<Fault> read_number(const syntax::Node& value, std::uint32_t least, std::uint32_t most, Fault otherwise,
                                 std::uint32_t& number);

// A key of a map, and what reads its value.
struct KeyReader {
  std::string_view name;
  std::function<std::optional<Fault>(const syntax::Node& value)> read;
};
// Reads each key of a map; `rows` by name. The first fault, which may be a key that has no row. `where`: "gates".
std::optional<Fault> read_keys(const syntax::Node& map, const std::string& where,
                               std::initializer_list<KeyReader> rows);
std::string place_in(const std::string& path, const syntax::Position& at);  // "/p/cascade.yaml:3:1"
Error at_place(const Fault& fault, const std::string& path);                // misuse

// Built in or not: a mode is kept at the place of its name, and a file that speaks of a system that was left out is
// told so, where a name that nobody knows is an error.

// A name in `systems:`, or an outermost key of cascade.yaml, and the folder of src/systems that it belongs to; empty:
// the core's own. A key of `gone` was read by older versions.
inline constexpr std::string_view gone = "gone";
struct KnownName {
  std::string_view name, folder;
};

inline constexpr KnownName known_systems[] = {
    {"effects", "effects"},     {"gates", "gates"},      {"leases", "leases"}, {"memory", "memory"}, {"past", "recall"},
    {"playbooks", "playbooks"}, {"repository", "guard"}, {"tiers", "tiers"},   {"tools", ""},        {"trust", "trust"},
};
inline constexpr KnownName known_keys[] = {
    {"effects", "effects"}, {"explain", "explain"}, {"explore", gone},       {"gates", "gates"}, {"learn", gone},
    {"leases", "leases"},   {"past", "recall"},     {"repository", "guard"}, {"team", "memory"}, {"tiers", "tiers"},
};

// Where Policy keeps the mode of a system. Made while compiling alone: a name that is not listed does not compile.
struct SystemKey {
  std::uint8_t at = 0;

  // NOLINTNEXTLINE(google-explicit-constructor): policy.mode_of("leases")
  consteval SystemKey(const char* name) {
    while (known_systems[at].name != name) ++at;
  }
};

// One of the user's own checks (`gates` in cascade.yaml): its command and its moment. Any exit status except 0 raises a
// flag.
struct Check {
  enum class At : std::uint8_t { commit, stop, push };
  std::string name;
  std::vector<std::string> run;  // a program and its words, without a shell
  At at = At::commit;
  Mode mode = Mode::block;     // the strictest possible; its record decides (docs/gates.md)
  std::uint32_t seconds = 20;  // the time after which it is ended
  std::string origin;          // the project's file that defines it; empty: the user's own
};

std::string_view to_string(Check::At at) noexcept;

// The model and effort for agents of a tier: `light: { model: haiku, effort: low }` in `tiers`.
struct Tier {
  std::string name;
  std::optional<client::Family> model;  // nothing: the client's choice
  std::string effort;                   // empty: the client's choice
  bool raise = false;                   // allows a model above the session's
};

// `prices: { claude-opus-5-5: { input: 4, output: 20 } }`, in dollars per million tokens.
struct OwnPrice {
  std::string model;
  client::Rates rates;
};

struct Tiers {
  std::vector<Tier> all;  // in the order of the file
  bool raise = false;     // applies to all of them
  bool switched = false;  // `systems` switches them on or off; otherwise they are on if any are listed
  std::vector<OwnPrice> prices;

  const Tier* find(std::string_view name) const noexcept;
  bool raises() const noexcept;  // at least one of them, or all
};

// The tiers for `systems: { tiers: on }` if none are listed: those that the shipped library names.
Tiers usual_tiers();
constexpr std::string_view usual_tier_names[] = {"light", "standard", "deep"};

std::optional<Fault> read_tiers(const syntax::Node& value, Tiers& tiers);

// The user's tiers, and a project's under other names, which exceed the session's model only with `may_raise`.
Tiers joined(const Tiers& users, const Tiers& projects, bool may_raise);

// What the user gave a name, with the calls that are of it, under a key that holds such (setting.h): `leases: {
// staging: { bash: [psql, "*staging*"], tools: ["mcp__db__*"] } }`.
struct Declared {
  std::string name;
  // `bash`: patterns for a program and for words that must all follow it. `tools`: patterns of which one must match.
  std::vector<std::string> bash, tools;
};

// The modes of all systems where no file speaks of them.
const std::array<Mode, std::size(known_systems)>& usual_modes() noexcept;

struct Policy {
  std::array<Mode, std::size(known_systems)> modes = usual_modes();
  Tiers tier_list;                 // of agents' models
  std::string team;                // the team that facts are shared with; empty: none
  std::vector<Declared> declared;  // resources besides browsers and files
  // `effects:`. A project's file can only add effects: calling something a witness, or nothing, loosens the guard.
  std::vector<evidence::OwnRule> effect_rules;
  std::vector<std::string> protected_branches;  // patterns of branches that must not be moved
  bool git_hooks = false;                       // git itself asks the guard as well
  // "postgresql://...", of the user's own file or one that was allowed; empty: a file in the state folder.
  std::string store;
  // A project's file that names a store other than the user's own. State is then written nowhere: a project must not
  // send it elsewhere, and keeping it here would be a surprise.
  std::string project_with_store;
  bool announces = true;      // false in the user's own file: hooks show no line about what they loaded
  std::vector<Check> checks;  // from the user's own file, and from a project's that was allowed
  std::string
      asleep;  // a project's file whose store, team, gates or tiers.raise sleep until it is allowed; empty: none

  // Whether one of the patterns is of this branch.
  bool protects(const std::string& branch) const;
  // How strict a system is; off where it is not built in. As rows of systems.tsv know it, or policy.mode_of("leases").
  Mode mode_of(SystemKey system) const noexcept { return modes[system.at]; }
  Mode& mode_of(SystemKey system) noexcept { return modes[system.at]; }
  // Whether the guard has nothing to judge: no system is on that does (`guards` in systems.tsv), and there is no check.
  bool is_off() const noexcept;
  // Whether no system needs to know what tools did (`watches`).
  bool is_blind() const noexcept;
};

// Of systems, store, announce and the keys of built-in systems; others are ignored. The first fault, or nothing.
std::optional<Fault> read_key(std::string_view key, const syntax::Node& value, Policy& policy);

// Where state is kept: an address; empty: a file in the state folder. misuse: a project names another one.
Result<std::string> store_of(const Policy& policy);

// Combines both: the stricter mode, the branches of both. A project can tighten but never loosen.
Policy tightened(const Policy& users, const Policy& projects);

// Of the user's own file and the nearest cascade.yaml at or above where the session began. Errors: misuse for an
// invalid value; malformed; unreadable. The guard then fails, because the unreadable part may have been strict.
Result<Policy> read_policy(const files::Tree& tree, const std::string& users_file, const std::string& project);

// What can be read, for who judges nothing. Without a `store` nothing is kept, without `tiers` no model is chosen.
Policy readable_policy(const files::Tree& tree, const std::string& users_file, const std::string& project);

// Reads each place's configuration when first asked for, and only once.
class Policies {
 public:
  // `users_file`: see read_policy(). `read`: for a caller that reads these files as well; empty: from the disk.
  explicit Policies(std::string users_file, files::ReadText read = {})
      : users_file_(std::move(users_file)), tree_(std::move(read)) {}
  // Never an error (policy::readable_policy). The result lives as long as this object.
  const Result<Policy>& at(const std::string& directory);

 private:
  std::string users_file_;
  files::ReadingTree tree_;
  std::map<std::string, Result<Policy>> known_;
};

}  // namespace cascade::policy
