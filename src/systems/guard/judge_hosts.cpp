// gh, glab, tea and hub write to a hosted repository; jj writes to the repository around it as git does.
#include <algorithm>

#include "files/paths.h"
#include "git/address.h"
#include "guard/judge.h"
#include "text/ascii.h"
#include "text/names.h"
#include "text/suggestion.h"
#include "text/word_set.h"

namespace cascade::repository {
namespace {

std::string decoded(std::string text) {
  for (const std::string_view mark : {"%2F", "%2f"})
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark)) text.replace(at, 3, "/");
  return text;
}

// Null: no such program.
const HostProgram* find_host_program(std::string_view program) noexcept {
  return letters::find_row(host_programs(), &HostProgram::program, program);
}

// Whether a request to a host's interface only reads: one with fields is a POST unless a method is given.
bool only_gets(const Words& words) {
  if (const Value* given = words.value("-X --method"))
    return letters::equals_lower(given->text, "get") || letters::equals_lower(given->text, "head");
  return !words.has("-f -F --field --raw-field --input");
}

}  // namespace

// A repository that is named without its host, which the program takes from its own settings.
void Judge::hosted_by_name(const std::string& name, std::string_view host, const Shown& deed) {
  if (name.find("://") != std::string::npos || name.find('@') != std::string::npos) {
    if (const auto repository = hosted_repository(name)) return hosted(*repository, deed);
    return unknown("`" + name + "` names no repository");
  }
  const std::string lower = letters::to_lower(name);
  for (const Expected& expected : expectations_)
    for (const std::string& address : expected.addresses)
      if (address == lower || (address.size() > lower.size() && address.ends_with("/" + lower))) return;
  const bool has_host = lower.find('.') < lower.find('/') && std::ranges::count(lower, '/') > 1;
  hosted(has_host ? lower : std::string(host) + "/" + lower, deed);
}

// True: the program is one of these.
bool Judge::host_program(const shell::Call& call) {
  const HostProgram* row = find_host_program(call.program);
  if (row == nullptr) return false;
  if (call.program == "hub")
    hub(call, *row);
  else if (call.program == "jj")
    jj(call, *row);
  else
    host(call, *row);
  return true;
}

// In gh's own order: the option, the environment, the operand; without any of them, the repository of the directory.
void Judge::host(const shell::Call& call, const HostProgram& row) {
  const Shown line = shown(call.words);
  // A letter may take a value in one group and be a switch in another: -f of `gh pr create`, -F of `gh api`.
  const bool is_api = call.words.size() > 1 && call.words[1].text == "api";
  const HostProgram* of_api = is_api ? find_host_program(call.program + " api") : nullptr;
  const HostProgram& options = of_api != nullptr ? *of_api : row;
  const Words words = split(call.words, 1, options.letters, options.names);
  const std::string group = words.operand(0), verb = words.operand(1);
  if (words.has("--help")) return;
  if (is_api) return host_api(call, words, row.host);
  if (!letters::lists(row.groups, group) || verb.empty() || letters::lists(row.reading, verb)) return;
  std::optional<Value> given;
  if (const Value* repository = words.value(row.repository)) given = *repository;
  const bool is_repository = letters::lists("repo repos", group);
  if (!given && is_repository && letters::lists("create clone fork set-default deploy-key", verb)) {  // a new one
    if (verb == "create" && words.has("--push --source -s"))
      unknown("`" + line + "` makes a new repository and pushes to it");
    return;
  }
  if (const auto variable = repository::variable(call, "GH_REPO", settings_.environment);
      !given && call.program == "gh")
    given = variable;
  const bool is_link = words.operands.size() > 2 && words.operand(2).find("://") != std::string::npos;
  if (!given && words.operands.size() > 2 && (is_repository || is_link)) given = words.operands[2];
  if (given && !given->known) return unknown("it is not known which repository `" + line + "` writes to");
  if (!given || given->text.find('/') == std::string::npos) return gh_here(call, line);
  hosted_by_name(given->text.substr(0, given->text.find("/-/")), row.host, line);
}

// gh api repos/OWNER/NAME/..., glab api projects/GROUP%2FNAME/...
void Judge::host_api(const shell::Call& call, const Words& words, std::string_view host) {
  const Shown line = shown(call.words);
  if (only_gets(words) || words.operands.size() < 2) return;
  std::string path = words.operands[1].text;
  if (path == "graphql") {
    const bool mutates = std::ranges::any_of(words.options, [](const Option& option) {
      return option.value && (!option.value->known || option.value->text.find("mutation") != std::string::npos);
    });
    return mutates ? unknown("it is not known which repository `" + line + "` writes to") : void();
  }
  for (const std::string_view prefix : {"https://api.github.com/", "/"})
    if (path.starts_with(prefix)) path.erase(0, prefix.size());
  const bool is_repos = path.starts_with("repos/");
  if (!is_repos && !path.starts_with("projects/"))
    return path.empty() ? unknown("it is not known what `" + line + "` writes to") : void();
  const std::string rest = path.substr(path.find('/') + 1);
  std::size_t end = rest.find('/');
  if (is_repos && end != std::string::npos) end = rest.find('/', end + 1);
  const std::string name = decoded(rest.substr(0, end));
  if (name.find('{') != std::string::npos || name.find(':') != std::string::npos)
    gh_here(call, line);
  else if (name.find('/') == std::string::npos)
    unknown("it is not known which repository `" + line + "` writes to");
  else
    hosted_by_name(name, host, line);
  constexpr std::string_view refs = "/git/refs/heads/";
  if (const std::size_t ref = rest.find(refs); ref != std::string::npos && findings_.empty()) {
    GitWords git;
    git.words = call.words;
    Target target;
    target.expected = beginning(expectations_);
    protect(git, {rest.substr(ref + refs.size())}, target, true);
  }
}

void Judge::hub(const shell::Call& call, const HostProgram& row) {
  const std::string verb = split(call.words, 1, row.letters, row.names).operand(0);
  if (letters::lists(row.reads, verb)) return;
  if (letters::lists(row.groups, verb)) return host(call, row);
  if (letters::lists(row.writes, verb))
    return add(Decision::ask, "it is not looked up which repository `" + shown(call.words) + "` writes to");
  shell::Call plain = call;
  plain.program = "git";
  plain.words.front().text = "git";
  git(plain, git_words(plain, settings_.environment));
}

// The repository that jj would write to, and where it pushes.
void Judge::jj(const shell::Call& call, const HostProgram& row) {
  const Words words = split(call.words, 1, row.letters, row.names);
  const std::string verb = words.operand(0), deed = words.operand(1), third = words.operand(2);
  const Shown line = shown(call.words);
  const bool lists = letters::lists(row.reading, deed) && letters::lists(row.groups, verb) &&
                     !(deed == "remote" && third != "list" && !third.empty());
  if (verb.empty() || words.has("--help") || letters::lists(row.reads, verb) || lists) return;
  GitWords git;
  git.verb = verb;
  git.words = call.words;
  git.first = std::min<std::size_t>(2, call.words.size());
  git.place.directory = call.directory;
  if (const Value* given = words.value(row.repository)) {
    if (!given->known) return unknown("the directory of `" + line + "` is not known before it runs");
    git.place.directory = files::join(call.directory, given->text);
  }
  if (git.place.directory.empty()) return unknown("the directory of `" + line + "` is not known before it runs");
  if (verb == "git" && (deed == "clone" || deed == "init")) {
    GitWords made = git;
    made.verb = deed;
    Words rest = words;
    rest.operands.erase(rest.operands.begin(), rest.operands.begin() + 2);
    return make(made, rest);
  }
  const auto facts = look(git);
  const std::string root = real_path_of(git.place.directory, tree_);
  if (!facts) {  // a repository of its own kind, without .git
    if (!is_free(root) && !covers(expectations_, root, work_tree_root(root, tree_), tree_))
      add(Decision::deny, "`" + line + "` would write to the repository around " + root);
    return;
  }
  Target target{*facts, find(expectations_, *facts), git.place};
  if (target.expected == nullptr && !is_free(facts->common_dir))
    return deny_place("`" + line + "` would write to " + describe(*facts, tree_), place_of(*facts));
  std::vector<std::string> bookmarks;
  if (verb == "git" && deed == "push") {
    const Value* remote = words.value("--remote");
    if (remote != nullptr && !remote->known) return unknown("it is not known where `" + line + "` pushes to");
    const std::string name = remote == nullptr ? push_remote(*facts, facts->branch) : remote->text;
    if (const auto foreign = foreign_address(push_addresses(*facts, name, tree_), target))
      add(Decision::deny, wrong_address(git, words, *facts, name, *foreign));
    for (const Option& option : words.options)
      if ((option.name == "-b" || option.name == "--bookmark") && option.value) bookmarks.push_back(option.value->text);
    if (target.expected == nullptr || target.expected->source == Source::made) return;
    return protect(git, words.has("--all") ? facts->branches : bookmarks, target, true);
  }
  if ((verb == "bookmark" || verb == "b") && deed != "create" && deed != "c" && deed != "track" && deed != "t")
    for (std::size_t i = 2; i < words.operands.size(); ++i) bookmarks.push_back(words.operand(i));
  protect(git, bookmarks, target, false);
}

// Whether an address is that of a repository that the session made, in this line or before: a remote of a test, say.
bool Judge::is_made(const std::string& address) const {
  return is_made_address(expectations_, address, tree_) || is_made_address(made(), address, tree_);
}

// A submodule is the session's own, and others use where it is pushed to.
void Judge::ask_of_submodule(const Target& target, const Shown& deed, const std::vector<std::string>& addresses) {
  const bool is_around = target.expected != nullptr && target.expected->source != Source::added &&
                         target.expected->source != Source::allowed;
  if (!is_around || !is_submodule(expectations_, target.facts.work_tree, tree_)) return;
  const bool is_named = std::ranges::all_of(addresses, [&](const std::string& address) {
    return std::ranges::any_of(expectations_, [&](const Expected& expected) {
      return expected.directory.empty() && letters::is_one_of(address, expected.addresses);
    });
  });
  if (is_named) return;
  add(Decision::ask, "`" + deed + "` would write to " + letters::listed(addresses) + ", where the submodule " +
                         target.facts.work_tree + " is shared with other projects.\nThe user can allow it for this " +
                         "session: cascade guard allow " + shell_word(addresses.front()));
}

// Returns the first unexpected address; an empty one if there is none at all. Nothing if all are expected.
std::optional<std::string> Judge::foreign_address(const std::vector<std::string>& addresses,
                                                  const Target& target) const {
  if (addresses.empty()) return is_free(place_of(target.facts)) ? std::nullopt : std::optional<std::string>("");
  std::vector<std::string> own;
  if (target.expected != nullptr) own = target.expected->addresses;
  const bool below = target.expected != nullptr && target.expected->common_dir != target.facts.common_dir;
  if (below) own = push_addresses(target.facts, push_remote(target.facts, target.facts.branch), tree_);
  const bool made = target.expected != nullptr && target.expected->source == Source::made;
  for (const std::string& address : addresses) {
    const bool itself = address == target.facts.work_tree || address == target.facts.common_dir ||
                        address == normal_address(target.facts.common_dir, "/", tree_);
    if (itself || letters::is_one_of(address, own) || (files::is_absolute(address) && is_free(address)) ||
        is_made(address))
      continue;
    if (made && is_project_address(expectations_, address)) continue;  // a second clone of the own remote
    const bool named = std::ranges::any_of(expectations_, [&](const Expected& expected) {
      return (expected.directory.empty() || target.expected == nullptr || expected.work_tree.empty()) &&
             letters::is_one_of(address, expected.addresses);
    });
    if (!named) return address;
  }
  return std::nullopt;
}

// Only the addresses of the session's own pushes count, since gh writes to a host and knows no folder.
void Judge::hosted(const std::string& repository, const Shown& deed) {
  for (const Expected& expected : expectations_)
    if (letters::is_one_of(repository, expected.addresses)) return;
  deny_place("`" + deed + "` would write to " + repository, repository);
}

// The repository of gh's directory.
void Judge::gh_here(const shell::Call& call, const Shown& deed) {
  if (call.directory.empty()) return unknown("the directory of `" + deed + "` is not known before it runs");
  GitWords git;
  git.verb = "gh";
  git.words = call.words;
  git.place.directory = call.directory;
  const auto facts = look(git);
  if (!facts) return;
  if (const Expected* expected = find(expectations_, *facts))
    return ask_of_submodule({*facts, expected, git.place}, deed,
                            push_addresses(*facts, push_remote(*facts, facts->branch), tree_));
  if (is_free(facts->common_dir) || is_clone_inside(expectations_, *facts, tree_)) return;
  deny_place("`" + deed + "` would write to the hosted repository of " + describe(*facts, tree_), place_of(*facts));
}

}  // namespace cascade::repository
