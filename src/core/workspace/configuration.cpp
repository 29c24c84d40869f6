// Takes the nearest cascade.yaml upwards that belongs to this user, because a file that another user placed in a shared
// folder must not decide what is read. An unknown key is an error with the nearest known one. A fault leaves out its
// outermost key and no other, so that hooks, which nobody can tell, go on with the rest.
#include "workspace/configuration.h"

#include <cascade/validate.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>

#include "files/paths.h"
#include "listed/standing.h"
#include "policy/explained.h"
#include "policy/policy.h"
#include "policy/setting.h"
#include "policy/skill_switches.h"
#include "syntax/yaml.h"
#include "text/suggestion.h"

namespace cascade::workspace {
namespace {

using syntax::Node, syntax::NodeKind;

using Handlers = std::map<std::string, std::function<void(const Node&)>>;

// Takes values out of nodes. A node that cannot be the value gives some value and a fault.
class Values {
 public:
  Values(const std::string& path, std::vector<Error>& faults) : path_(path), faults_(faults) {}

  std::size_t faults() const noexcept { return faults_.size(); }

  void fail(const syntax::Position& at, const std::string& message, const std::string& help) {
    std::string place = policy::place_in(path_, at);
    if (faults_.empty() || faults_.back().path != place)  // a value has one fault
      faults_.push_back({ErrorCode::misuse, message, std::move(place), help});
  }

  // Calls the handler of each key. `where` ends a message, as in " in limits".
  void keys(const Node& map, const Handlers& handlers, const std::string& where) {
    if (map.kind != NodeKind::map) return fail(map.at, "expected keys and values" + where, "cascade help settings");
    for (std::size_t i = 0; i < map.size(); ++i) key(map, i, handlers, where);
  }

  void key(const Node& map, std::size_t i, const Handlers& handlers, const std::string& where) {
    const std::string& key = map.key(i).text;
    const auto found = handlers.find(key);
    if (found == handlers.end())
      fail(map.key(i).at, "unknown key \"" + key + "\"" + where, nearest(key, handlers));
    else
      found->second(map.value(i));
  }

  static std::string nearest(const std::string& key, const Handlers& handlers) {
    std::vector<std::string_view> known;
    for (const auto& [name, handler] : handlers) known.emplace_back(name);
    const std::string near = letters::did_you_mean(key, known);
    return near.empty() ? "known keys: " + letters::listed({known.data(), known.size()}) : near;
  }

  void check(const std::optional<policy::Fault>& fault) {
    if (fault) fail(fault->at, fault->message, fault->help);
  }

  std::string text(const Node& node) {
    if (node.kind == NodeKind::list || node.kind == NodeKind::map) fail(node.at, "expected a single value", "");
    return node.text;
  }

  std::uint32_t number(const Node& node) {
    std::uint32_t value = 0;
    const std::string& digits = node.text;
    const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (node.kind != NodeKind::number || code != std::errc() || end != digits.data() + digits.size())
      fail(node.at, "expected a whole number from 0 to 4294967295", "");
    return value;
  }

  TokenLimit limit(const Node& node) {
    const auto parsed = parse_token_limit(node.text);
    const bool scalar = node.kind == NodeKind::number || node.kind == NodeKind::string;
    const bool digits = node.text.find_first_not_of("0123456789") == std::string::npos;
    if (!parsed && node.kind == NodeKind::number && digits)
      fail(node.at, "a budget is at most " + std::to_string(std::numeric_limits<TokenCount>::max()) + " tokens",
           "4000, or 2%");
    if (!parsed || !scalar) fail(node.at, "expected a number of tokens or a share of the window", "4000, or 2%");
    return parsed.value_or(TokenLimit{});
  }

  std::vector<std::string> texts(const Node& node) {
    std::vector<std::string> values;
    if (node.kind == NodeKind::list) {
      for (const Node& item : node.items) values.push_back(text(item));
    } else if (node.kind != NodeKind::null) {
      values.push_back(text(node));
    }
    return values;
  }

  Severity severity(const Node& node) {
    const std::optional<Severity> parsed = parse_severity(node.text);
    if (!parsed) fail(node.at, "\"" + node.text + "\" is not a severity", "one of off, info, warning, error");
    return parsed.value_or(Severity::warning);
  }

  std::string one_of(const Node& node, std::initializer_list<const char*> values) {
    std::string all;
    for (const char* value : values) {
      if (node.text == value) return node.text;
      all += (all.empty() ? "one of " : ", ") + std::string(value);
    }
    fail(node.at, "\"" + node.text + "\" is not a known value", all);
    return node.text;
  }

 private:
  const std::string& path_;
  std::vector<Error>& faults_;
};

// Read elsewhere, from other files as well; here they are only checked.
void check_system(Values& values, std::string_view key, const Node& node) {
  policy::Policy ignored;
  values.check(policy::read_key(key, node, ignored));
}

// The tier names that manifests may ask for.
void read_tiers(Values& values, const Node& node, RulePolicy& policy) {
  check_system(values, "tiers", node);
  policy::Policy read;
  static_cast<void>(policy::read_key("tiers", node, read));
  for (const policy::Tier& tier : read.tier_list.all) policy.known.tiers.push_back(tier.name);
}

void check_rule_name(Values& values, const Node& name) {
  if (is_rule_name(name.text)) return;
  std::vector<std::string_view> known;
  for (const RuleInfo& rule : cascade::rules()) known.insert(known.end(), {rule.id, rule.slug});
  const std::string near = letters::did_you_mean(name.text, known);
  values.fail(name.at, "there is no rule \"" + name.text + "\"",
              near.empty() ? "see cascade validate --list-rules" : near);
}

void read_rules(Values& values, const Node& node, RulePolicy& policy) {
  if (node.kind != NodeKind::map)
    return values.fail(node.at, "expected rules with their severity", "rules: { DQ: info }");
  for (std::size_t i = 0; i < node.size(); ++i) {
    check_rule_name(values, node.key(i));
    policy.rules.push_back({node.key(i).text, values.severity(node.value(i))});
  }
}

// A dangerous pattern must not be ignored without a reason.
void check_reason(Values& values, const Node& item, const Ignore& ignore) {
  if (!ignore.reason.empty()) return;
  for (const std::string& name : ignore.rules) {
    const RuleInfo* rule = find_rule(name);
    if (name == "SEC" || (rule != nullptr && rule->id.substr(0, 3) == "SEC"))
      return values.fail(item.at, "ignoring " + name + " needs a reason",
                         "{ path: ..., rules: [" + name + "], reason: ... }");
  }
}

void read_ignores(Values& values, const Node& node, RulePolicy& policy) {
  if (node.kind != NodeKind::list)
    return values.fail(node.at, "expected a list of globs or of { path, rules, reason }", "");
  for (const Node& item : node.items) {
    Ignore ignore;
    if (item.kind == NodeKind::string) {
      ignore.path = item.text;
    } else {
      values.keys(item,
                  {{"path", [&](const Node& n) { ignore.path = values.text(n); }},
                   {"rules",
                    [&](const Node& n) {
                      ignore.rules = values.texts(n);
                      if (n.kind == NodeKind::list)
                        for (const Node& rule : n.items) check_rule_name(values, rule);
                      else if (n.kind != NodeKind::null)
                        check_rule_name(values, n);
                    }},
                   {"reason", [&](const Node& n) { ignore.reason = values.text(n); }}},
                  " in ignore");
    }
    if (ignore.path.empty()) values.fail(item.at, "an entry of ignore needs a path", "");
    check_reason(values, item, ignore);
    policy.ignore.push_back(std::move(ignore));
  }
}

void read_limits(Values& values, const Node& node, RuleLimits& limits) {
  values.keys(node,
              {{"listing_budget", [&](const Node& n) { limits.listing_budget = values.number(n); }},
               {"bundle_budget", [&](const Node& n) { limits.bundle_budget = values.number(n); }},
               {"max_agents_per_skill", [&](const Node& n) { limits.max_agents_per_skill = values.number(n); }},
               {"max_depth", [&](const Node& n) { limits.max_depth = values.number(n); }}},
              " in limits");
}

void read_known(Values& values, const Node& node, Known& known) {
  values.keys(node,
              {{"tools", [&](const Node& n) { known.tools = values.texts(n); }},
               {"mcp_servers", [&](const Node& n) { known.mcp_servers = values.texts(n); }},
               {"models", [&](const Node& n) { known.models = values.texts(n); }},
               {"agents", [&](const Node& n) { known.agents = values.texts(n); }}},
              " in known");
}

void refuse_model(Values& values, const Node& node) {
  const std::vector<TokenModel> models = token_models();
  std::vector<std::string_view> known;
  for (const TokenModel& model : models) known.emplace_back(model.name);
  values.fail(node.at, "unknown model '" + node.text + "'",
              "known are " + letters::listed({known.data(), known.size()}));
}

// `~` and `~/x` are in the user's folder, all else but the name of the default sources relative to the file's.
std::string root_at(Values& values, const Node& node, const std::string& root, const std::string& folder,
                    const std::string& home) {
  if (root == default_sources) return root;
  const bool at_home = root == "~" || root.compare(0, 2, "~/") == 0;
  if (!at_home) return files::normalise(files::join(folder, files::from_native(root)));
  if (home.empty())
    values.fail(node.at, "the user's folder is not known, so \"" + root + "\" leads nowhere", "set HOME");
  const std::size_t rest = root.find_first_not_of('/', 1);
  return files::normalise(rest == std::string::npos ? home : files::join(home, files::from_native(root.substr(rest))));
}

void refuse_faults(Values& values, const syntax::Parsed& parsed) {
  for (const syntax::Fault& fault : parsed.faults)
    if (fault.kind != syntax::FaultKind::comment_cut)
      values.fail(fault.at, fault.message, "cascade.yaml must be plain YAML, of a size to read at every prompt");
}

// The handlers of the outermost map, which refer to the arguments.
Handlers outermost(Values& values, const std::string& folder, const std::string& home, Configuration& configuration) {
  RulePolicy& policy = configuration.policy;
  Preferences& preferences = configuration.preferences;
  return {
      {"profile",
       [&](const Node& n) {
         policy.profile = values.one_of(n, {"agent-skills", "claude-code", "cascade", "install"});
       }},
      {"fail_on", [&](const Node& n) { policy.fail_on = values.severity(n); }},
      {"rules", [&](const Node& n) { read_rules(values, n, policy); }},
      {"ignore", [&](const Node& n) { read_ignores(values, n, policy); }},
      {"limits", [&](const Node& n) { read_limits(values, n, policy.limits); }},
      {"known", [&](const Node& n) { read_known(values, n, policy.known); }},
      {"roots",
       [&](const Node& n) {
         for (const std::string& root : values.texts(n))
           configuration.roots.push_back(root_at(values, n, root, folder, home));
       }},
      {"library",
       [&](const Node& n) {
         configuration.library = values.one_of(n, {"on", "off"}) != "off";
       }},
      {"past",
       [&](const Node& n) {
         values.one_of(n, {"on", "off"});
       }},  // read in recall/index.cpp
      {"skills",
       [&](const Node& n) {
         std::vector<policy::SkillSwitch> ignored;
         values.check(policy::read_skills(n, {}, {}, {}, ignored));
       }},
      {"profiles", [&](const Node& n) { values.check(policy::check_profiles(n)); }},
      {"explain",
       [&](const Node& n) {
         comprehension::Settings ignored;
         values.check(comprehension::read_settings(n, ignored));
       }},
      {"tiers", [&](const Node& n) { read_tiers(values, n, policy); }},
      {"model",
       [&](const Node& n) {
         preferences.model = values.text(n);
         if (!token_model(preferences.model)) refuse_model(values, n);
       }},
      {"budget", [&](const Node& n) { preferences.budget = values.limit(n); }},
      {"caution",
       [&](const Node& n) {
         preferences.caution = values.one_of(n, {"low", "normal", "high"});
       }},
      {"announce",
       [&](const Node& n) {
         preferences.announce = values.one_of(n, {"on", "off"}) == "on";
       }},
  };
}

// Notes what is of a system that this program is built without. True: nothing else is in that key.
bool note_left_out(const Node& key, const Node& value, std::vector<LeftOut>& left_out) {
  const auto note = [&](const Node& name, std::string_view folder) {
    if (!folder.empty()) left_out.push_back({name.text, std::string(folder), name.at});
    return !folder.empty();
  };
  if (key.text == "systems" && value.kind == NodeKind::map)
    for (std::size_t i = 0; i < value.size(); ++i) note(value.key(i), policy::left_out(value.key(i).text));
  return note(key, policy::left_out_with_key(key.text));
}

constexpr std::string_view file_name = "cascade.yaml";

Diagnostic refused(const std::string& path, std::string message) {
  Diagnostic problem =
      setting_fault(Severity::warning, path, std::move(message), "read it, then: cascade allow " + path);
  problem.rule = "SEC021";
  return problem;
}

// Roots below the file's folder belong to that folder; a configuration may not add any others.
void drop_foreign_roots(Configuration& found, const std::string& folder) {
  std::erase_if(found.roots, [&](const std::string& root) {
    if (root == default_sources || files::is_within(folder, root)) return false;
    found.problems.push_back(refused(found.path, "the root " + root + " lies outside, and is not read"));
    return true;
  });
}

// What a file that came with a clone would loosen.
bool hides_sources(const Configuration& found) {
  return !found.roots.empty() && std::ranges::find(found.roots, default_sources) == found.roots.end();
}

bool loosens(const Configuration& found) {
  return found.preferences.caution == "low" || !found.preferences.announce || hides_sources(found);
}

// Keeps what is as strict as without the file, and says which keys wait.
void tighten(Configuration& found) {
  std::vector<std::string> waiting;
  if (found.preferences.caution == "low") {
    waiting.emplace_back("caution: low");
    found.preferences.caution.clear();
  }
  if (!found.preferences.announce) {
    waiting.emplace_back("announce: off");
    found.preferences.announce = true;
  }
  if (hides_sources(found)) {
    waiting.emplace_back("roots");
    found.roots.emplace_back(default_sources);
  }
  found.problems.push_back(
      refused(found.path, "came with a clone, so it has to wait for your word with " + letters::listed(waiting)));
}

}  // namespace

Configuration read_configuration(std::string_view text, const std::string& path, const std::string& folder,
                                 const std::string& home) {
  Configuration read;
  read.path = path;
  Values values(path, read.faults);
  const syntax::Parsed parsed = syntax::parse_settings(text);
  refuse_faults(values, parsed);
  const Node& root = parsed.root;
  if (!read.faults.empty() || root.kind == NodeKind::null) return read;
  Handlers handlers = outermost(values, folder, home, read);
  const auto check = [&](std::string_view key) {
    handlers.emplace(key, [&values, key](const Node& n) { check_system(values, key, n); });
  };
  for (const char* const key : {"systems", "repository", "gates", "store", "effects", "team"}) check(key);
  for (const std::string_view key : policy::keys_of_named_calls()) check(key);
  for (const policy::KnownName& key : policy::known_keys)
    if (!policy::left_out_with_key(key.name).empty()) handlers.erase(std::string(key.name));
  if (root.kind != NodeKind::map) values.keys(root, handlers, "");
  for (std::size_t i = 0; root.kind == NodeKind::map && i < root.size(); ++i) {
    if (note_left_out(root.key(i), root.value(i), read.left_out)) continue;
    Configuration before = read;
    values.key(root, i, handlers, "");
    if (values.faults() > before.faults.size()) {
      before.faults = std::move(read.faults);
      read = std::move(before);
    }
    read.keys.emplace_back(root.key(i).text, root.key(i).at);
  }
  return read;
}

UsersSources users_sources(const files::Tree& tree, Configuration& found, const std::string& users_file,
                           const std::string& home) {
  UsersSources sources;
  if (!found.library) sources.without_library = found.path;
  if (users_file.empty()) return sources;
  std::vector<Error> told;  // those of the found file have been told
  std::vector<Error>& faults = users_file == found.path ? told : found.faults;
  auto text = tree.read(users_file, most_configuration_bytes);
  if (!text && text.error().code != ErrorCode::not_found) faults.push_back(unreadable(text.error(), users_file));
  const auto says = [&](std::string_view key) { return text && text->find(key) != std::string::npos; };
  if (!says("library") && !says("roots")) return sources;  // most files; they are not parsed
  const syntax::Parsed parsed = syntax::parse_settings(*text);
  Values values(users_file, faults);
  refuse_faults(values, parsed);
  if (parsed.root.kind != NodeKind::map) return sources;
  if (const Node* key = parsed.root.find("library"); key != nullptr && values.one_of(*key, {"on", "off"}) == "off")
    if (found.library) sources.without_library = users_file;
  if (const Node* key = parsed.root.find("roots"))
    for (const std::string& root : values.texts(*key))
      if (root != default_sources)
        sources.roots.push_back(root_at(values, *key, root, std::string(files::parent(users_file)), home));
  return sources;
}

Error unreadable(Error error, const std::string& path) {
  if (error.path.empty()) error.path = path;
  if (error.help.empty()) error.help = "make it a file that you may read, of at most 64 KiB, or take it away";
  return error;
}

Configuration find_configuration(const files::Tree& tree, const std::string& directory, const IsAllowed& is_allowed,
                                 const std::string& home) {
  std::string folder = files::normalise(directory);
  std::vector<Diagnostic> problems;
  Configuration found;
  while (true) {
    const std::string path = files::join(folder, file_name);
    auto text = tree.read_own(folder, file_name, most_configuration_bytes);
    if (!text && text.error().code != ErrorCode::not_found) {
      found.path = path;
      found.faults.push_back(unreadable(text.error(), path));
      break;
    }
    if (text) {
      const auto own = tree.is_own(path), own_folder = tree.is_own(folder);
      const bool ours = own && *own && own_folder && *own_folder;
      if (ours || (is_allowed && is_allowed(path))) {
        found = read_configuration(*text, path, folder, home);
        if (!is_allowed || !is_allowed(path)) {
          drop_foreign_roots(found, folder);
          if (loosens(found) && !listing::clone_around(tree, folder, home).empty()) tighten(found);
        }
        break;
      }
      problems.push_back(refused(path, "belongs to another user, and is not obeyed"));
    }
    const std::string above(files::parent(folder));
    if (above.empty() || above == folder) break;
    folder = above;
  }
  found.problems.insert(found.problems.end(), problems.begin(), problems.end());
  return found;
}

void drop_missing_roots(const files::Tree& tree, Configuration& found) {
  std::erase_if(found.roots, [&](const std::string& root) {
    if (root == default_sources) return false;
    const auto stamp = tree.stat(root);
    if (stamp && stamp->directory) return false;
    found.faults.push_back({ErrorCode::misuse, stamp ? "the root is not a folder" : "the root does not exist", root,
                            "give an existing folder to 'roots' of " + found.path});
    return true;
  });
}

}  // namespace cascade::workspace
