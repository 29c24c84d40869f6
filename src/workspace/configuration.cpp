// Finds and reads cascade.yaml. The walk goes upwards and takes the nearest file that belongs to this user, because a
// file that another user placed in a shared folder must not decide what is read. Each map has a table of its keys with
// their handlers; an unknown key is an error with the nearest known one, since an ignored typo would look like a
// setting that works. The first fault is reported.
#include "workspace/configuration.h"

#include <charconv>
#include <functional>
#include <limits>
#include <map>

#include <cascade/validate.h>

#include "files/paths.h"
#include "policy/policy.h"
#include "syntax/yaml.h"
#include "text/suggestion.h"

namespace cascade::workspace {
namespace {

using syntax::Node;
using syntax::NodeKind;

constexpr std::string_view file_name = "cascade.yaml";
constexpr std::uint64_t max_bytes = 1 << 20;

class Reader {
 public:
  Reader(const std::string& path, const std::string& folder) : path_(path), folder_(folder) {}

  Result<Configuration> read(std::string_view text) {
    configuration_.path = path_;
    const syntax::Parsed parsed = syntax::parse_yaml(text);
    for (const syntax::Fault& fault : parsed.faults)
      if (fault.kind != syntax::FaultKind::comment_cut)
        fail(fault.at, fault.message, "cascade.yaml must be plain YAML");
    if (parsed.root.kind != NodeKind::null) keys(parsed.root, handlers(), "");
    if (error_) return *error_;
    return std::move(configuration_);
  }

 private:
  using Handlers = std::map<std::string, std::function<void(const Node&)>>;

  void fail(const syntax::Position& at, const std::string& message, const std::string& help) {
    if (error_) return;
    error_ = Error{ErrorCode::misuse, message, path_ + ":" + std::to_string(at.line) + ":" + std::to_string(at.column),
                   help};
  }

  void keys(const Node& map, const Handlers& handlers, const std::string& where) {
    if (map.kind != NodeKind::map)
      return fail(map.at, "expected keys and values" + where, "see docs/formats/cascade-yaml.md");
    for (std::size_t i = 0; i < map.size(); ++i) {
      const std::string& key = map.key(i).text;
      const auto found = handlers.find(key);
      if (found == handlers.end())
        fail(map.key(i).at, "unknown key \"" + key + "\"" + where, nearest(key, handlers));
      else
        found->second(map.value(i));
    }
  }

  static std::string nearest(const std::string& key, const Handlers& handlers) {
    std::vector<std::string_view> known;
    for (const auto& [name, handler] : handlers) known.emplace_back(name);
    const std::string near = letters::did_you_mean(key, known);
    return near.empty() ? "known keys: " + letters::listed({known.data(), known.size()}) : near;
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
    if (!parsed) fail(node.at, "\"" + node.text + "\" is no severity", "one of off, info, warning, error");
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

  Handlers handlers() {
    RulePolicy& policy = configuration_.policy;
    Preferences& preferences = configuration_.preferences;
    return {
        {"profile",
         [&](const Node& n) {
           policy.profile = one_of(n, {"agent-skills", "claude-code", "cascade"});
         }},
        {"fail_on", [&](const Node& n) { policy.fail_on = severity(n); }},
        {"rules", [&](const Node& n) { rules(n); }},
        {"ignore", [&](const Node& n) { ignores(n); }},
        {"limits", [&](const Node& n) { limits(n); }},
        {"known", [&](const Node& n) { known(n); }},
        {"roots",
         [&](const Node& n) {
           for (const std::string& root : texts(n))
             configuration_.roots.push_back(files::normalise(files::join(folder_, root)));
         }},
        {"systems", [&](const Node& n) { system("systems", n); }},
        {"repository", [&](const Node& n) { system("repository", n); }},
        {"gates", [&](const Node& n) { system("gates", n); }},
        {"leases", [&](const Node& n) { system("leases", n); }},
        {"store", [&](const Node& n) { system("store", n); }},
        {"effects", [&](const Node& n) { system("effects", n); }},
        {"team", [&](const Node& n) { system("team", n); }},
        {"tiers", [&](const Node& n) { tiers(n); }},
        {"model", [&](const Node& n) { preferences.model = text(n); }},
        {"budget", [&](const Node& n) { preferences.budget = limit(n); }},
        {"caution",
         [&](const Node& n) {
           preferences.caution = one_of(n, {"low", "normal", "high"});
         }},
        {"announce",
         [&](const Node& n) {
           preferences.announce = one_of(n, {"on", "off"}) == "on";
         }},
    };
  }

  // The settings that guard a session are read elsewhere, from other files as well; here they are only checked.
  void system(std::string_view key, const Node& node) {
    policy::Policy ignored;
    if (const auto fault = policy::read_key(key, node, ignored)) fail(fault->at, fault->message, fault->help);
  }

  // The tier names that manifests may ask for.
  void tiers(const Node& node) {
    system("tiers", node);
    policy::Policy read;
    static_cast<void>(policy::read_key("tiers", node, read));
    for (const policy::Tier& tier : read.tier_list.all) configuration_.policy.known.tiers.push_back(tier.name);
  }

  void rules(const Node& node) {
    if (node.kind != NodeKind::map) return fail(node.at, "expected rules with their severity", "rules: { DQ: info }");
    for (std::size_t i = 0; i < node.size(); ++i) {
      known_rule(node.key(i));
      configuration_.policy.rules.push_back({node.key(i).text, severity(node.value(i))});
    }
  }

  void known_rule(const Node& name) {
    if (is_rule_name(name.text)) return;
    std::vector<std::string_view> known;
    for (const RuleInfo& rule : cascade::rules()) known.insert(known.end(), {rule.id, rule.slug});
    const std::string near = letters::did_you_mean(name.text, known);
    fail(name.at, "there is no rule \"" + name.text + "\"", near.empty() ? "see cascade validate --list-rules" : near);
  }

  // A dangerous pattern must not be ignored without a reason.
  void needs_reason(const Node& item, const Ignore& ignore) {
    if (!ignore.reason.empty()) return;
    for (const std::string& name : ignore.rules) {
      const RuleInfo* rule = find_rule(name);
      if (name == "SEC" || (rule != nullptr && rule->id.substr(0, 3) == "SEC"))
        return fail(item.at, "ignoring " + name + " needs a reason",
                    "{ path: ..., rules: [" + name + "], reason: ... }");
    }
  }

  void ignores(const Node& node) {
    if (node.kind != NodeKind::list) return fail(node.at, "expected a list of globs or of { path, rules, reason }", "");
    for (const Node& item : node.items) {
      Ignore ignore;
      if (item.kind == NodeKind::string) {
        ignore.path = item.text;
      } else {
        keys(item,
             {{"path", [&](const Node& n) { ignore.path = text(n); }},
              {"rules",
               [&](const Node& n) {
                 ignore.rules = texts(n);
                 if (n.kind == NodeKind::list)
                   for (const Node& rule : n.items) known_rule(rule);
                 else if (n.kind != NodeKind::null)
                   known_rule(n);
               }},
              {"reason", [&](const Node& n) { ignore.reason = text(n); }}},
             " in ignore");
      }
      if (ignore.path.empty()) fail(item.at, "an entry of ignore needs a path", "");
      needs_reason(item, ignore);
      configuration_.policy.ignore.push_back(std::move(ignore));
    }
  }

  void limits(const Node& node) {
    RuleLimits& limits = configuration_.policy.limits;
    keys(node,
         {{"listing_budget", [&](const Node& n) { limits.listing_budget = number(n); }},
          {"bundle_budget", [&](const Node& n) { limits.bundle_budget = number(n); }},
          {"max_agents_per_skill", [&](const Node& n) { limits.max_agents_per_skill = number(n); }},
          {"max_depth", [&](const Node& n) { limits.max_depth = number(n); }}},
         " in limits");
  }

  void known(const Node& node) {
    Known& known = configuration_.policy.known;
    keys(node,
         {{"tools", [&](const Node& n) { known.tools = texts(n); }},
          {"mcp_servers", [&](const Node& n) { known.mcp_servers = texts(n); }},
          {"models", [&](const Node& n) { known.models = texts(n); }},
          {"agents", [&](const Node& n) { known.agents = texts(n); }}},
         " in known");
  }

  const std::string& path_;
  const std::string& folder_;
  Configuration configuration_;
  std::optional<Error> error_;
};

}  // namespace

Result<Configuration> read_configuration(std::string_view text, const std::string& path, const std::string& folder) {
  return Reader(path, folder).read(text);
}

namespace {

Diagnostic refused(const std::string& path, std::string message) {
  Diagnostic problem;
  problem.severity = Severity::warning;
  problem.rule = "SEC021";
  problem.at.path = path;
  problem.message = std::move(message);
  problem.help = "read it, then: cascade allow " + path;
  return problem;
}

// Roots below the file's folder belong to that folder; a configuration may not add any others.
void drop_foreign_roots(Configuration& found, const std::string& folder) {
  for (auto root = found.roots.begin(); root != found.roots.end();) {
    if (files::is_within(folder, *root)) {
      ++root;
      continue;
    }
    found.problems.push_back(refused(found.path, "the root " + *root + " lies outside, and is not read"));
    root = found.roots.erase(root);
  }
}

}  // namespace

Result<Configuration> find_configuration(const files::Tree& tree, const std::string& directory,
                                         const IsAllowed& is_allowed) {
  std::string folder = files::normalise(directory);
  std::vector<Diagnostic> problems;
  while (true) {
    const std::string path = files::join(folder, file_name);
    auto text = tree.read_own(folder, file_name, max_bytes);
    if (!text && text.error().code != ErrorCode::not_found) return text.error();
    if (text) {
      const auto own = tree.is_own(path), own_folder = tree.is_own(folder);
      const bool ours = own && *own && own_folder && *own_folder;
      if (ours || (is_allowed && is_allowed(path))) {
        auto found = read_configuration(*text, path, folder);
        if (!found) return found;
        if (!is_allowed || !is_allowed(path)) drop_foreign_roots(*found, folder);
        found->problems.insert(found->problems.end(), problems.begin(), problems.end());
        return found;
      }
      problems.push_back(refused(path, "belongs to another user, and is not obeyed"));
    }
    const std::string above(files::parent(folder));
    if (above.empty() || above == folder) break;
    folder = above;
  }
  Configuration none;
  none.problems = std::move(problems);
  return none;
}

}  // namespace cascade::workspace
