// Reads the value of each key of cascade.yaml that configures a system. Every one is read strictly: a value that is
// none of those it can be is a fault, with what it could be.
#include "policy/policy.h"
#include "policy/setting.h"
#include "policy/system.h"
#include "syntax/node.h"
#include "text/ascii.h"
#include "text/suggestion.h"

namespace cascade::policy {
namespace {

using syntax::Node;
using syntax::NodeKind;

std::optional<Fault> read_mode(const Node& value, Mode& mode, Mode on) {
  const std::string& text = value.text;
  if (const auto named = value.kind == NodeKind::string ? parse_mode(text) : std::nullopt) {
    mode = *named;
    return std::nullopt;
  }
  if (text == "on" || text == "false" || text == "true") {
    mode = text == "false" ? Mode::off : on;
    return std::nullopt;
  }
  return Fault{value.at, "\"" + text + "\" is not a mode", "one of off, shadow, warn, block, on"};
}

// Milder modes have no meaning where a step is either held to its exit or not, and `warn` none where there is nobody to
// warn: an agent either runs on its tier's model, or its tier is only recorded.
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
  for (std::size_t i = 0; i < value.size(); ++i) {
    const std::string& name = value.key(i).text;
    const Node& given = value.value(i);
    if (name == "protected") {
      if (auto fault = read_branches(given, policy.protected_branches)) return fault;
    } else if (name == "git-hooks") {
      const bool on = given.text == "on" || given.text == "true";
      if (!on && given.text != "off" && given.text != "false")
        return Fault{given.at, "\"" + given.text + "\" is neither on nor off", "git-hooks: on"};
      policy.git_hooks = on;
    } else {
      return Fault{value.key(i).at, "unknown key \"" + name + "\" in repository", "known keys: git-hooks, protected"};
    }
  }
  return std::nullopt;
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
    for (std::size_t j = 0; j < given.size(); ++j) {
      const std::string& name = given.key(j).text;
      if (name != "bash" && name != "tools")
        return Fault{given.key(j).at, "unknown key \"" + name + "\" in " + std::string(key), "known keys: bash, tools"};
      if (auto fault = read_patterns(given.value(j), name == "bash" ? declared.bash : declared.tools)) return fault;
    }
    policy.declared.push_back(std::move(declared));
  }
  return std::nullopt;
}

// The value appears in no message, since it may contain a password.
std::optional<Fault> read_store(const Node& value, Policy& policy) {
  const std::string& text = value.text;
  const bool is_address = text.rfind("postgresql://", 0) == 0 || text.rfind("postgres://", 0) == 0;
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
  for (std::size_t i = 0; i < given.size(); ++i) {
    const std::string& key = given.key(i).text;
    const Node& value = given.value(i);
    if (key == "bash" || key == "tools") {
      if (auto fault = read_patterns(value, key == "bash" ? rule.bash : rule.tools)) return fault;
    } else if (key == "target") {
      rule.target = value.text;
    } else if (key == "is") {
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
    } else {
      return Fault{given.key(i).at, "unknown key \"" + key + "\" in effects", "known keys: bash, is, target, tools"};
    }
  }
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

std::optional<Fault> read_team(const Node& value, Policy& policy) {
  constexpr std::size_t most = 200;
  if (value.kind != NodeKind::string || value.text.empty() || value.text.size() > most)
    return Fault{value.at, "team is not a name", "team: acme/platform"};
  policy.team = value.text;
  return std::nullopt;
}

std::optional<Fault> read_learn(const Node& value, Policy& policy) {
  const bool on = value.text == "on" || value.text == "true";
  if (!on && value.text != "off" && value.text != "false")
    return Fault{value.at, "\"" + value.text + "\" is neither on nor off", "learn: on"};
  policy.learns = on;
  return std::nullopt;
}

// "2%", "0.5%": up to four places after the point, so that it is a number of millionths.
std::optional<Fault> read_explore(const Node& value, Policy& policy) {
  constexpr std::uint32_t of_a_percent = 10'000, most = 200'000;
  const Fault fault{value.at, "\"" + value.text + "\" is no share from 0% to 20%", "explore: 2%"};
  std::string_view text = value.text;
  if (text == "off" || text == "false" || text == "0") {
    policy.explores = 0;
    return std::nullopt;
  }
  if (text.empty() || text.back() != '%') return fault;
  text.remove_suffix(1);
  std::uint64_t ppm = 0, step = of_a_percent;
  bool is_fraction = false;
  if (text.empty() || text.front() == '.' || text.back() == '.' || text.size() > 7) return fault;
  for (const char c : text) {
    if (c == '.' && !is_fraction) {
      is_fraction = true;
    } else if (!letters::is_digit(c) || (is_fraction && step == 1)) {
      return fault;
    } else {
      const auto digit = static_cast<std::uint64_t>(c - '0');
      if (is_fraction) step /= 10;
      ppm = is_fraction ? ppm + digit * step : ppm * 10 + digit * step;
    }
  }
  if (ppm > most) return fault;
  policy.explores = static_cast<std::uint32_t>(ppm);
  return std::nullopt;
}

}  // namespace

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
  if (key == "learn") return read_learn(value, policy);
  if (key == "explore") return read_explore(value, policy);
  if (key == "announce") policy.announces = value.text != "off";
  return std::nullopt;
}

}  // namespace cascade::policy
