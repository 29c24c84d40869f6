// Reads the systems' part of cascade.yaml, from the user's own file and from the project's, and combines the two. Each
// key is read strictly, and a fault ends the reading, because a guard must not run on a misread configuration. Whoever
// only notes and tells (readable_policy) goes on with the keys that can be read, as long as the rest stays where it is.
// The project's file can only tighten; its keys that would send, fetch or run anything stay asleep until the user
// allows that file.
#include "policy/readable_policy.h"

#include <algorithm>
#include <set>

#include "files/glob.h"
#include "files/paths.h"
#include "policy/allowed.h"
#include "policy/setting.h"
#include "policy/system.h"
#include "syntax/yaml.h"
#include "text/ascii.h"
#include "text/suggestion.h"

namespace cascade::policy {
namespace {

using syntax::Node;
using syntax::NodeKind;

constexpr std::uint64_t max_bytes = 1 << 20;

Error at_place(const Fault& fault, const std::string& path) {
  return {ErrorCode::misuse, fault.message,
          path + ":" + std::to_string(fault.at.line) + ":" + std::to_string(fault.at.column), fault.help};
}

// Those keys of a project's file that would send or fetch anything stay without effect until the user allows the file
// as it is.
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
    const bool is_users =
        std::any_of(both.checks.begin(), both.checks.end(), [&](const Check& own) { return own.name == check.name; });
    check.origin = path;
    if (!is_users) both.checks.push_back(std::move(check));
  }
  return {};
}

// Most projects configure none of this; their file is then not parsed.
bool may_speak(std::string_view text) {
  for (const std::string_view key : keys_of_named_calls())
    if (text.find(key) != std::string_view::npos) return true;
  return text.find("systems") != std::string_view::npos || text.find("repository") != std::string_view::npos ||
         text.find("effects") != std::string_view::npos || text.find("gates") != std::string_view::npos ||
         text.find("store") != std::string_view::npos || text.find("team") != std::string_view::npos ||
         text.find("tiers") != std::string_view::npos || text.find("announce") != std::string_view::npos ||
         text.find("learn") != std::string_view::npos || text.find("explore") != std::string_view::npos;
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

}  // namespace

bool Policy::protects(const std::string& branch) const {
  return std::any_of(protected_branches.begin(), protected_branches.end(),
                     [&](const std::string& pattern) { return files::matches_glob(pattern, branch); });
}

Result<std::string> store_of(const Policy& policy) {
  if (policy.project_with_store.empty()) return policy.store;
  return Error{ErrorCode::misuse, "a project names a store that is not yours: it is not used, and nothing else instead",
               policy.project_with_store,
               "write `store:` into your own ~/.config/cascade/cascade.yaml, or read it and run: cascade allow " +
                   policy.project_with_store};
}

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

namespace {

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

}  // namespace

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

}  // namespace cascade::policy
