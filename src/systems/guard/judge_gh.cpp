// gh: finds the hosted repository that a command writes to.
#include <algorithm>

#include "git/address.h"
#include "guard/judge.h"
#include "text/one_of.h"
#include "text/word_list.h"

namespace cascade::repository {
namespace {

// "https://github.com/acme/lib/pull/7" -> the repository; other words give nothing.
std::optional<std::string> addressed(const std::string& text) {
  if (text.compare(0, 8, "https://") != 0 && text.compare(0, 7, "http://") != 0 && text.find('@') == std::string::npos)
    return std::nullopt;
  return hosted_repository(text);
}

}  // namespace

// Only the addresses of the session's own pushes count, since gh writes to a host and knows no folder.
void Judge::hosted(const std::string& repository, const Shown& deed) {
  for (const Expected& expected : expectations_)
    if (letters::is_one_of(repository, expected.addresses)) return;
  const Expected* began = beginning(expectations_);
  add(Decision::deny, "`" + deed + "` would write to " + repository + ". " +
                          (began == nullptr ? std::string("It is not known where this session began. ")
                                            : "This session works in " + describe(*began) + ". ") +
                          "If it is intended, the user can name it in a prompt or run: cascade guard allow " +
                          repository);
}

// The repository of gh's directory.
void Judge::gh_here(const shell::Call& call, const Shown& deed) {
  if (call.directory.empty()) return unknown("the directory of `" + deed + "` is not known before it runs");
  GitWords git;
  git.verb = "gh";
  git.words = call.words;
  git.place.directory = call.directory;
  const auto facts = look(git);
  if (!facts || find(expectations_, *facts) != nullptr || is_free(facts->common_dir)) return;
  add(Decision::deny,
      "`" + deed + "` would write to the hosted repository of " + describe(*facts, tree_) +
          (beginning(expectations_) == nullptr ? std::string()
                                               : ". This session works in " + describe(*beginning(expectations_))));
}

void Judge::gh(const shell::Call& call, const HostProgram& row) {
  const Shown line = shown(call.words);
  // A letter may take a value in one group and be a switch in another: -f of `gh pr create`, -F of `gh api`.
  const bool is_api = call.words.size() > 1 && call.words[1].text == "api";
  const HostProgram& options = is_api ? *find_host_program("gh api") : row;
  const Words words = split(call.words, 1, options.letters, options.names);
  const std::string group = words.operand(0), verb = words.operand(1);
  if (group == "api") return gh_api(call, words);
  if (!letters::lists(row.groups, group) || words.has("--help") || letters::lists(row.reading, verb) || verb.empty())
    return;
  if (group == "repo" && letters::lists("clone set-default deploy-key create", verb)) {
    if (verb == "create" && words.has("--push --source -s"))
      unknown("`" + line + "` makes a new repository and pushes to it");
    return;
  }
  // In gh's own order: the option, the environment, the operand; without any of them, the repository of the directory.
  std::optional<Value> given;
  if (const Value* repository = words.value(row.repository))
    given = *repository;
  else if (const auto variable = repository::variable(call, "GH_REPO", settings_.environment))
    given = *variable;
  else if (words.operands.size() > 2 && (group == "repo" || addressed(words.operand(2))))
    given = words.operands[2];
  if (!given) return gh_here(call, line);
  if (!given->known) return unknown("it is not known which repository `" + line + "` writes to");
  const auto repository = hosted_repository(given->text);
  if (!repository) return group == "repo" ? gh_here(call, line) : unknown("`" + given->text + "` names no repository");
  hosted(*repository, line);
}

// gh api: a request with fields is a POST unless a method is given.
void Judge::gh_api(const shell::Call& call, const Words& words) {
  const Shown line = shown(call.words);
  if (only_gets(words) || words.operands.size() < 2) return;
  if (!words.operands[1].known && words.operands[1].text.empty())
    return unknown("it is not known what `" + line + "` writes to");
  std::string path = words.operands[1].text;
  if (path == "graphql") {
    const bool mutates = std::any_of(words.options.begin(), words.options.end(), [](const Option& option) {
      return option.value && (!option.value->known || option.value->text.find("mutation") != std::string::npos);
    });
    if (mutates) unknown("it is not known which repository `" + line + "` writes to");
    return;
  }
  for (const std::string_view prefix : {"https://api.github.com/", "/"})
    if (path.compare(0, prefix.size(), prefix) == 0) path.erase(0, prefix.size());
  if (path.compare(0, 6, "repos/") != 0) return;
  const std::string rest = path.substr(6);
  const std::size_t owner = rest.find('/');
  const std::size_t end = owner == std::string::npos ? owner : std::min(rest.find('/', owner + 1), rest.size());
  if (end == std::string::npos) return unknown("it is not known which repository `" + line + "` writes to");
  const std::string name = rest.substr(0, end);
  if (name.find('{') != std::string::npos || name.find(':') != std::string::npos)
    gh_here(call, line);
  else if (const auto repository = hosted_repository(name))
    hosted(*repository, line);
  else
    unknown("it is not known which repository `" + line + "` writes to");
  constexpr std::string_view refs = "/git/refs/heads/";
  if (const std::size_t ref = rest.find(refs); ref != std::string::npos && findings_.empty()) {
    GitWords git;
    git.words = call.words;
    Target target;
    target.expected = beginning(expectations_);
    protect(git, {rest.substr(ref + refs.size())}, target, true);
  }
}

}  // namespace cascade::repository
