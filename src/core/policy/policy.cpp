// Each key is read strictly, and a fault ends the reading, because a guard must not run on a misread configuration;
// whoever only notes and tells (readable_policy) goes on with the rest. The project's file can only tighten; its keys
// that would send, fetch or run anything stay asleep until the user allows it.
#include "policy/policy.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "files/paths.h"
#include "policy/allowed.h"
#include "policy/setting.h"
#include "syntax/yaml.h"
#include "text/ascii.h"
#include "text/names.h"
#include "text/suggestion.h"

namespace cascade::evidence {

constexpr letters::Names<Kind::deploy> kind_names("push", "change", "publish", "deploy");
std::string_view to_string(Kind kind) noexcept { return kind_names.of(kind); }

std::optional<Kind> kind_of(std::string_view name) noexcept { return kind_names.find(name); }

constexpr letters::Names<Interface::browser> interface_names("cli", "http", "browser");
std::string_view to_string(Interface interface) noexcept { return interface_names.of(interface); }

std::optional<Interface> interface_of(std::string_view name) noexcept { return interface_names.find(name); }

}  // namespace cascade::evidence

namespace cascade::policy {
namespace {

using syntax::Node, syntax::NodeKind;

constexpr std::uint64_t max_bytes = 1 << 20;

Result<void> wake(Policy& both, const Policy& users, const Policy& projects, const std::string& path,
                  const files::Tree& tree, const std::string& users_file) {
  const bool other_store = !projects.store.empty() && projects.store != both.store;
  const bool other_team = !projects.team.empty() && projects.team != both.team;
  const bool raises = projects.tier_list.raises();
  if (!other_store && !other_team && !raises && projects.checks.empty()) return {};
  const auto allowed = trust::Allowed::read(tree, files::join(files::parent(users_file), "allowed"));
  if (!allowed) return allowed.error();
  if (users_file.empty() || !allowed->has(tree, path)) {
    both.asleep = path;
    if (other_store) both.project_with_store = path;
    return {};
  }
  if (other_store) both.store = projects.store;
  if (other_team) both.team = projects.team;
  if (raises) both.tier_list = joined(users.tier_list, projects.tier_list, true);
  if (both.mode_of("gates") == Mode::off) return {};
  for (Check check : projects.checks) {
    const bool is_users = std::ranges::any_of(both.checks, [&](const Check& own) { return own.name == check.name; });
    check.origin = path;
    if (!is_users) both.checks.push_back(std::move(check));
  }
  return {};
}

// Most projects configure none of this; their file is then not parsed.
bool may_speak(std::string_view text) {
  constexpr std::string_view keys[] = {"systems", "repository", "effects", "gates",
                                       "store",   "team",       "tiers",   "announce"};
  const auto has = [&](std::string_view key) { return text.find(key) != std::string_view::npos; };
  const Span<std::string_view> named_calls = keys_of_named_calls();
  return std::ranges::any_of(named_calls, has) || std::ranges::any_of(keys, has);
}

// What a key with a fault leaves behind: where state is kept and what agents run on is not decided by a default.
void put_aside(std::string_view key, const Policy& before, const std::string& path, Policy& policy) {
  if (key == "systems") return;
  policy = before;
  if (key == "store") policy.project_with_store = path;
}

// A file's own part. Faults are added to `faults`; what has one is left out.
Policy read_text(const std::string& text, const std::string& path, std::vector<Error>& faults) {
  Policy policy;
  if (!may_speak(text)) return policy;
  const syntax::Parsed parsed = syntax::parse_settings(text);
  for (const syntax::Fault& fault : parsed.faults)
    if (fault.kind != syntax::FaultKind::comment_cut) {
      faults.push_back({ErrorCode::malformed, fault.message, path + ":" + std::to_string(fault.at.line),
                        "cascade.yaml must be plain YAML, of a size to read at every prompt"});
      return policy;
    }
  if (parsed.root.kind != NodeKind::map) return policy;
  bool no_tiers = false;
  for (std::size_t i = 0; i < parsed.root.size(); ++i) {
    const std::string& key = parsed.root.key(i).text;
    const Policy before = policy;
    if (const auto fault = read_key(key, parsed.root.value(i), policy)) {
      faults.push_back(at_place(*fault, path));
      put_aside(key, before, path, policy);
      no_tiers = no_tiers || key == "tiers";
    }
  }
  const Node* const named = parsed.root.find("systems");
  if (policy.mode_of("gates") == Mode::off) policy.checks.clear();
  policy.tier_list.switched = no_tiers || (named != nullptr && named->find("tiers") != nullptr);
  if (!policy.tier_list.all.empty() && !policy.tier_list.switched) policy.mode_of("tiers") = Mode::block;
  if (no_tiers) policy.mode_of("tiers") = Mode::off;
  return policy;
}

struct Read {
  Policy policy;
  std::vector<Error> faults;
};

// The text of a file; empty: there is none, or it cannot be read, which is a fault.
std::optional<std::string> text_of(Result<std::string> text, const std::string& path, std::vector<Error>& faults) {
  if (text) return *std::move(text);
  if (text.error().code == ErrorCode::not_found) return std::nullopt;
  faults.push_back(text.error());
  if (faults.back().path.empty()) faults.back().path = path;
  return std::string();
}

Read read_both(const files::Tree& tree, const std::string& users_file, const std::string& project) {
  Read read;
  Policy users;
  if (!users_file.empty())
    if (const auto text = text_of(tree.read(users_file, max_bytes), users_file, read.faults))
      users = read_text(*text, users_file, read.faults);
  for (std::string folder = files::normalise(project); !project.empty(); folder = files::parent(folder)) {
    const std::string path = files::join(folder, "cascade.yaml");
    if (const auto text = text_of(tree.read_own(folder, "cascade.yaml", max_bytes), path, read.faults)) {
      const Policy projects = path == users_file ? Policy() : read_text(*text, path, read.faults);
      read.policy = tightened(users, projects);
      if (auto woken = wake(read.policy, users, projects, path, tree, users_file); !woken)
        read.faults.push_back(woken.error());
      return read;
    }
    if (files::parent(folder) == folder || files::parent(folder).empty()) break;
  }
  read.policy = std::move(users);
  return read;
}

// Milder modes mean nothing where a step is held to its exit or not, and `warn` nothing where there is nobody to warn.
std::optional<Fault> check_mode(const System& system, const Node& value, Mode mode) {
  const std::string name(system.name);
  if (system.has == Modes::toggle && mode != Mode::off && mode != system.on)
    return Fault{value.at, name + " cannot be \"" + value.text + "\": " + std::string(system.does) + " or not",
                 "on or off"};
  if (system.has == Modes::quiet && mode == Mode::warn)
    return Fault{value.at, name + " cannot be \"warn\"", "on, shadow or off"};
  return std::nullopt;
}

std::optional<Fault> read_system(const Node& key, const Node& value, Policy& policy) {
  const System* const system = find_system(key.text);
  if (system == nullptr && !left_out(key.text).empty()) return std::nullopt;  // told as a warning (setting_faults.cpp)
  if (system == nullptr) {
    const auto known = letters::names_of(systems());
    return Fault{key.at, "there is no system \"" + key.text + "\"",
                 "known systems: " + letters::listed({known.data(), known.size()})};
  }
  Mode mode = policy.mode_of(system->mode);
  if (auto fault = read_mode(value, mode, system->on)) return fault;
  if (auto fault = check_mode(*system, value, mode)) return fault;
  policy.mode_of(system->mode) = mode;
  return std::nullopt;
}

// All that can be read; the first fault.
std::optional<Fault> read_systems(const Node& value, Policy& policy) {
  if (value.kind != NodeKind::map)
    return Fault{value.at, "expected systems with their mode", "systems: { repository: block }"};
  std::optional<Fault> first;
  for (std::size_t i = 0; i < value.size(); ++i)
    if (auto fault = read_system(value.key(i), value.value(i), policy); fault && !first) first = std::move(fault);
  return first;
}

std::optional<Fault> read_branches(const Node& value, std::vector<std::string>& branches) {
  if (value.kind == NodeKind::null) return std::nullopt;
  if (value.kind != NodeKind::list)
    return Fault{value.at, "expected a list of branches", "protected: [main, \"release/*\"]"};
  for (const Node& branch : value.items) {
    if (branch.kind == NodeKind::map || branch.kind == NodeKind::list || branch.text.empty())
      return Fault{branch.at, "expected a branch or a pattern", "protected: [main, \"release/*\"]"};
    branches.push_back(branch.text);
  }
  return std::nullopt;
}

std::optional<Fault> read_repository(const Node& value, Policy& policy) {
  if (value.kind != NodeKind::map)
    return Fault{value.at, "expected keys and values", "repository: { protected: [main], git-hooks: on }"};
  return read_keys(
      value, "repository",
      {{"git-hooks", [&](const Node& given) { return read_switch(given, policy.git_hooks, "git-hooks: on"); }},
       {"protected", [&](const Node& given) { return read_branches(given, policy.protected_branches); }}});
}

std::optional<Fault> read_patterns(const Node& value, std::vector<std::string>& patterns) {
  constexpr const char* example = "bash: [psql, \"*staging*\"]";
  if (value.kind != NodeKind::list || value.items.empty())
    return Fault{value.at, "expected a list of patterns", example};
  for (const Node& pattern : value.items) {
    if (pattern.kind == NodeKind::map || pattern.kind == NodeKind::list || pattern.text.empty())
      return Fault{pattern.at, "expected a pattern", example};
    patterns.push_back(pattern.text);
  }
  return std::nullopt;
}

// A key whose rows say that it holds calls by name.
std::optional<Fault> read_named_calls(std::string_view key, const Node& value, Policy& policy) {
  const std::string example(find_setting(key)->example);
  if (value.kind != NodeKind::map) return Fault{value.at, "expected resources", example};
  for (std::size_t i = 0; i < value.size(); ++i) {
    const Node& given = value.value(i);
    if (given.kind != NodeKind::map)
      return Fault{given.at, "expected the patterns by which the resource is recognised", example};
    Declared declared;
    declared.name = value.key(i).text;
    auto fault = read_keys(given, std::string(key),
                           {{"bash", [&](const Node& patterns) { return read_patterns(patterns, declared.bash); }},
                            {"tools", [&](const Node& patterns) { return read_patterns(patterns, declared.tools); }}});
    if (fault) return fault;
    policy.declared.push_back(std::move(declared));
  }
  return std::nullopt;
}

// The value appears in no message, since it may contain a password.
std::optional<Fault> read_store(const Node& value, Policy& policy) {
  const std::string& text = value.text;
  const bool is_address = text.starts_with("postgresql://") || text.starts_with("postgres://");
  if (value.kind != NodeKind::string || !is_address)
    return Fault{value.at, "store is not the address of a PostgreSQL server", "store: postgresql://HOST/DATABASE"};
  policy.store = text;
  return std::nullopt;
}

// One rule: `ship: { bash: [./ship.sh], is: deploy, target: https://shop.example.com }`.
std::optional<Fault> read_effect(const std::string& name, const Node& given, Policy& policy) {
  constexpr const char* example =
      "effects: { ship: { bash: [\"./ship.sh\"], is: deploy, target: \"https://shop.example.com\" } }";
  if (given.kind != NodeKind::map)
    return Fault{given.at, "expected the patterns by which the call is recognised, and its kind", example};
  evidence::OwnRule rule;
  bool is_said = false;
  const auto read_is = [&](const Node& value) -> std::optional<Fault> {
    is_said = true;
    if (const auto kind = evidence::kind_of(value.text)) {
      rule.kind = *kind;
    } else if (const auto interface = evidence::interface_of(value.text)) {
      rule.what = evidence::OwnRule::What::witness;
      rule.interface = *interface;
    } else if (value.text == "nothing") {
      rule.what = evidence::OwnRule::What::nothing;
    } else {
      return Fault{value.at, "\"" + value.text + "\" is nothing that a call can be",
                   "an effect: push, change, publish, deploy; a witness: cli, http, browser; or nothing"};
    }
    return std::nullopt;
  };
  const auto read_target = [&](const Node& value) -> std::optional<Fault> {
    rule.target = value.text;
    return std::nullopt;
  };
  auto fault = read_keys(given, "effects",
                         {{"bash", [&](const Node& value) { return read_patterns(value, rule.bash); }},
                          {"is", read_is},
                          {"target", read_target},
                          {"tools", [&](const Node& value) { return read_patterns(value, rule.tools); }}});
  if (fault) return fault;
  if (!is_said || (rule.bash.empty() && rule.tools.empty()))
    return Fault{given.at, "the rule \"" + name + "\" lacks " + (is_said ? "bash or tools" : "is"), example};
  policy.effect_rules.push_back(std::move(rule));
  return std::nullopt;
}

std::optional<Fault> read_effects(const Node& value, Policy& policy) {
  if (value.kind != NodeKind::map)
    return Fault{value.at, "expected rules by name", "effects: { ship: { bash: [\"./ship.sh\"], is: deploy } }"};
  for (std::size_t i = 0; i < value.size(); ++i)
    if (auto fault = read_effect(value.key(i).text, value.value(i), policy)) return fault;
  return std::nullopt;
}

constexpr letters::Names<Check::At::push> at_names("commit", "stop", "push");
constexpr const char* checks_example = "gates: { lint: { run: [npm, run, lint], at: commit } }";
constexpr std::size_t longest_name = 40, most_words = 100, most_checks = 20;
constexpr std::uint32_t most_check_seconds = 20;  // for one check; the client waits thirty seconds

// The names of built-in gates (records/gate_records.h): all gates share one record and one command line.
constexpr std::array<std::string_view, 7> taken = {"effects",    "leases", "playbook", "protection",
                                                   "repository", "tools",  "trust"};

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= longest_name && text.front() != '-' &&
         std::ranges::all_of(text, [](char c) { return letters::is_name(c) || c == '.'; });
}

std::optional<Fault> read_run(const Node& value, Check& check) {
  if (value.kind != NodeKind::list || value.items.empty() || value.items.size() > most_words)
    return Fault{value.at, "run is not a list of words: no shell is involved", "run: [npm, run, lint]"};
  for (const Node& word : value.items) {
    if (word.kind == NodeKind::map || word.kind == NodeKind::list)
      return Fault{word.at, "a word of run is not text", "run: [npm, run, lint]"};
    check.run.push_back(word.text);
  }
  if (check.run.front().empty()) return Fault{value.at, "run names no program", "run: [npm, run, lint]"};
  return std::nullopt;
}

std::optional<Fault> read_at(const Node& value, Check& check) {
  const auto at = at_names.find(value.text);
  check.at = at.value_or(check.at);
  if (at) return std::nullopt;
  return Fault{value.at, "\"" + value.text + "\" is not a time at which a check runs",
               "at: commit, at: stop or at: push"};
}

std::optional<Fault> read_check(const Node& given, Check& check) {
  if (given.kind != NodeKind::map) return Fault{given.at, "expected what the check runs, and when", checks_example};
  auto fault = read_keys(given, "gates",
                         {{"at", [&](const Node& value) { return read_at(value, check); }},
                          {"mode", [&](const Node& value) { return read_mode(value, check.mode); }},
                          {"run", [&](const Node& value) { return read_run(value, check); }},
                          {"seconds", [&](const Node& value) {
                             return read_number(value, 1, most_check_seconds,
                                                {value.at, "seconds is not a number from 1 to 20", "seconds: 10"},
                                                check.seconds);
                           }}});
  if (fault) return fault;
  if (check.run.empty()) return Fault{given.at, "the check \"" + check.name + "\" lacks run", checks_example};
  return std::nullopt;
}

std::optional<Fault> read_checks(const Node& value, std::vector<Check>& checks) {
  if (value.kind == NodeKind::null) return std::nullopt;
  if (value.kind != NodeKind::map || value.size() > most_checks)
    return Fault{value.at, "expected at most 20 checks by name", checks_example};
  for (std::size_t i = 0; i < value.size(); ++i) {
    Check check;
    check.name = value.key(i).text;
    if (!is_name(check.name))
      return Fault{value.key(i).at, "\"" + check.name + "\" is not a valid name for a check",
                   "letters, digits, - _ and ."};
    if (std::ranges::find(taken, check.name) != taken.end())
      return Fault{value.key(i).at, "\"" + check.name + "\" is the name of a built-in gate", "another name"};
    if (auto fault = read_check(value.value(i), check)) return fault;
    checks.push_back(std::move(check));
  }
  return std::nullopt;
}

std::optional<Fault> read_team(const Node& value, Policy& policy) {
  constexpr std::size_t most = 200;
  if (value.kind != NodeKind::string || value.text.empty() || value.text.size() > most)
    return Fault{value.at, "team is not a name", "team: acme/platform"};
  policy.team = value.text;
  return std::nullopt;
}

}  // namespace

constexpr letters::Names<Mode::block> mode_names("off", "shadow", "warn", "block");
std::string_view to_string(Mode mode) noexcept { return mode_names.of(mode); }

std::optional<Fault> read_mode(const syntax::Node& value, Mode& mode, Mode on) {
  const std::string& text = value.text;
  const auto named = text == "on" || text == "true" ? on : text == "false" ? Mode::off : mode_names.find(text);
  if (!named) return Fault{value.at, "\"" + text + "\" is not a mode", "one of off, shadow, warn, block, on"};
  mode = *named;
  return std::nullopt;
}

std::optional<Fault> read_switch(const syntax::Node& value, bool& on, const char* help) {
  on = value.text == "true" || value.text == "on";
  if (on || value.text == "false" || value.text == "off") return std::nullopt;
  return Fault{value.at, "\"" + value.text + "\" is neither on nor off", help};
}

std::optional<Fault> read_number(const syntax::Node& value, std::uint32_t least, std::uint32_t most, Fault otherwise,
                                 std::uint32_t& number) {
  const char* const end = value.text.data() + value.text.size();
  const auto read = std::from_chars(value.text.data(), end, number);
  if (read.ec == std::errc() && read.ptr == end && number >= least && number <= most) return std::nullopt;
  return otherwise;
}

std::optional<Fault> read_keys(const syntax::Node& map, const std::string& where,
                               std::initializer_list<KeyReader> rows) {
  for (std::size_t i = 0; i < map.size(); ++i) {
    const std::string& key = map.key(i).text;
    const KeyReader* const row = letters::find_first(rows, &KeyReader::name, key);
    if (row == nullptr)
      return Fault{map.key(i).at, "unknown key \"" + key + "\" in " + where,
                   "known keys: " + letters::joined(rows, ", ", [](const KeyReader& one) { return one.name; })};
    if (auto fault = row->read(map.value(i))) return fault;
  }
  return std::nullopt;
}

std::string place_in(const std::string& path, const syntax::Position& at) {
  return path + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

Error at_place(const Fault& fault, const std::string& path) {
  return {ErrorCode::misuse, fault.message, place_in(path, fault.at), fault.help};
}

bool Policy::protects(const std::string& branch) const {
  return std::ranges::any_of(protected_branches,
                             [&](const std::string& pattern) { return files::matches_glob(pattern, branch); });
}

Result<std::string> store_of(const Policy& policy) {
  if (policy.project_with_store.empty()) return policy.store;
  return Error{ErrorCode::misuse, "a project names a store that is not yours: it is not used, and nothing else instead",
               policy.project_with_store,
               "write `store:` into your own ~/.config/cascade/cascade.yaml, or read it and run: cascade allow " +
                   policy.project_with_store};
}

std::string_view to_string(Check::At at) noexcept { return at_names.of(at); }

Policy tightened(const Policy& users, const Policy& projects) {
  Policy both = users;
  for (const System& system : systems())
    if (system.usual == Mode::off)
      both.mode_of(system.mode) = std::max(users.mode_of(system.mode), projects.mode_of(system.mode));
  both.declared.insert(both.declared.end(), projects.declared.begin(), projects.declared.end());
  for (const evidence::OwnRule& rule : projects.effect_rules)
    if (rule.what == evidence::OwnRule::What::effect) both.effect_rules.push_back(rule);
  if (users.tier_list.switched)
    both.mode_of("tiers") = users.mode_of("tiers");  // neither is stricter; the user pays and so decides
  both.tier_list = joined(users.tier_list, projects.tier_list, false);
  if (!projects.project_with_store.empty()) both.project_with_store = projects.project_with_store;
  both.git_hooks = users.git_hooks || projects.git_hooks;
  std::set<std::string_view> known(users.protected_branches.begin(), users.protected_branches.end());
  for (const std::string& branch : projects.protected_branches)
    if (known.insert(branch).second) both.protected_branches.push_back(branch);
  return both;
}

Policy readable_policy(const files::Tree& tree, const std::string& users_file, const std::string& project) {
  Policy policy = read_both(tree, users_file, project).policy;
  if (policy.mode_of("tiers") != Mode::off && policy.tier_list.all.empty()) policy.tier_list.all = usual_tiers().all;
  return policy;
}

Result<Policy> read_policy(const files::Tree& tree, const std::string& users_file, const std::string& project) {
  Read read = read_both(tree, users_file, project);
  if (!read.faults.empty()) return read.faults.front();
  Policy& policy = read.policy;
  if (policy.mode_of("tiers") != Mode::off && policy.tier_list.all.empty()) policy.tier_list.all = usual_tiers().all;
  return std::move(policy);
}

std::optional<Fault> read_key(std::string_view key, const Node& value, Policy& policy) {
  if (key == "systems") return read_systems(value, policy);
  if (!left_out_with_key(key).empty()) return std::nullopt;
  if (holds_named_calls(key)) return read_named_calls(key, value, policy);
  if (key == "repository") return read_repository(value, policy);
  if (key == "store") return read_store(value, policy);
  if (key == "effects") return read_effects(value, policy);
  if (key == "team") return read_team(value, policy);
  if (key == "gates") return read_checks(value, policy.checks);
  if (key == "tiers") return read_tiers(value, policy.tier_list);
  if (key == "announce") policy.announces = value.text != "off";
  return std::nullopt;
}

const Result<Policy>& Policies::at(const std::string& directory) {
  const auto known = known_.find(directory);
  if (known != known_.end()) return known->second;
  return known_.emplace(directory, readable_policy(tree_, users_file_, directory)).first->second;
}

}  // namespace cascade::policy
