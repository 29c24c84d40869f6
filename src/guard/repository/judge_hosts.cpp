// glab, tea and hub write to a host as gh does; jj writes to the repository around it as git does.
#include <algorithm>
#include <array>

#include "files/paths.h"
#include "repository/address.h"
#include "repository/judge.h"
#include "text/ascii.h"
#include "text/one_of.h"
#include "text/word_list.h"

namespace cascade::repository {
namespace {

// A program for one kind of host.
struct Hosted {
  std::string_view program, host;  // where a bare OWNER/NAME lies
  std::string_view letters, names, repository;
  std::string_view groups;   // its commands that work on one repository
  std::string_view reading;  // verbs of these that only read
};

constexpr std::string_view reading_verbs =
    "list ls view show status diff checks get trace lint browse open checkout co clone download search contributors "
    "archive watch approvers subscribe unsubscribe";

constexpr std::array<Hosted, 2> programs = {
    {{"glab", "gitlab.com", "RtdalmsbFgpPHXfr",
      "--repo --title --description --assignee --label --milestone --source-branch --target-branch --reviewer "
      "--head --hostname --group --per-page --page --name --notes --notes-file --ref --method --field --raw-field "
      "--input --header --message --branch --value --scope --sha",
      "-R --repo",
      "mr issue release repo ci pipeline pipe schedule variable label snippet incident deploy-key token milestone "
      "job runner securefile iteration changelog",
      reading_verbs},
     {"tea", "gitea.com", "rRlotdbaLm",
      "--repo --remote --login --title --description --base --head --assignees --labels --milestone --output "
      "--limit --state --tag --note --target --asset",
      "-r --repo",
      "pulls pull pr issues issue i releases release r labels label milestones milestone ms repos repo branches "
      "branch b comment c webhooks times actions",
      reading_verbs}}};

// hub's own commands that write to a host; the others are git's.
constexpr std::string_view hub_writing = "pull-request fork create delete gist sync";
constexpr std::string_view hub_reading = "browse ci-status compare help version alias";
constexpr std::string_view hub_mixed = "issue pr release api";

constexpr std::string_view jj_reading =
    "log show diff st status evolog obslog interdiff help version root util config interactive files cat";
constexpr std::string_view jj_listing = "log show diff list l root get path annotate search remote fetch export import";

std::string decoded(std::string text) {
  for (const std::string_view mark : {"%2F", "%2f"})
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark)) text.replace(at, 3, "/");
  return text;
}

}  // namespace

// A repository that is named without its host, which the program takes from its own settings.
void Judge::hosted_by_name(const std::string& name, std::string_view host, const std::string& deed) {
  if (name.find("://") != std::string::npos || name.find('@') != std::string::npos) {
    if (const auto repository = hosted_repository(name)) return hosted(*repository, deed);
    return unknown("`" + name + "` names no repository");
  }
  const std::string lower = letters::to_lower(name);
  for (const Expected& expected : expectations_)
    for (const std::string& address : expected.addresses)
      if (address == lower || (address.size() > lower.size() && address.ends_with("/" + lower))) return;
  const bool has_host = lower.find('.') < lower.find('/') && std::count(lower.begin(), lower.end(), '/') > 1;
  hosted(has_host ? lower : std::string(host) + "/" + lower, deed);
}

// True: the program is one of these.
bool Judge::host_program(const shell::Call& call) {
  if (call.program == "hub") {
    hub(call);
    return true;
  }
  if (call.program == "jj") {
    jj(call);
    return true;
  }
  const auto row =
      std::find_if(programs.begin(), programs.end(), [&](const Hosted& one) { return one.program == call.program; });
  if (row == programs.end()) return false;
  const std::string line = shell_words(call.words, 0);
  const Words words = split(call.words, 1, row->letters, row->names);
  const std::string group = words.operand(0), verb = words.operand(1);
  if (words.has({"--help"})) return true;
  if (group == "api") {
    host_api(call, words, row->host);
    return true;
  }
  if (!letters::lists(row->groups, group) || verb.empty() || letters::lists(row->reading, verb)) return true;
  const Value* given = nullptr;
  for (const Option& option : words.options)
    if (letters::lists(row->repository, option.name) && option.value) given = &*option.value;
  const bool names_one = letters::is_one_of(group, {"repo", "repos"}) && words.operands.size() > 2;
  if (given == nullptr && letters::is_one_of(verb, {"create", "fork"}) && letters::is_one_of(group, {"repo", "repos"}))
    return true;  // a new one
  if (given == nullptr && names_one) given = &words.operands[2];
  const bool is_link = words.operands.size() > 2 && words.operand(2).find("://") != std::string::npos;
  if (given == nullptr && is_link) given = &words.operands[2];
  if (given == nullptr)
    gh_here(call, line);
  else if (!given->known)
    unknown("it is not known which repository `" + line + "` writes to");
  else
    hosted_by_name(is_link ? given->text.substr(0, given->text.find("/-/")) : given->text, row->host, line);
  return true;
}

// glab api projects/GROUP%2FNAME/...: a request with fields is a POST unless a method is given.
void Judge::host_api(const shell::Call& call, const Words& words, std::string_view host) {
  const std::string line = shell_words(call.words, 0);
  std::string method = words.has({"-f", "-F", "--field", "--raw-field", "--input"}) ? "post" : "get";
  if (const Value* given = words.value({"-X", "--method"})) method = letters::to_lower(given->text);
  if (method == "get" || method == "head" || words.operands.size() < 2) return;
  std::string path = words.operand(1);
  if (path.starts_with("/")) path.erase(0, 1);
  const bool is_projects = path.starts_with("projects/"), is_repos = path.starts_with("repos/");
  if (!is_projects && !is_repos)
    return path.empty() ? unknown("it is not known what `" + line + "` writes to") : void();
  std::string name = path.substr(path.find('/') + 1);
  std::size_t end = name.find('/');
  if (is_repos && end != std::string::npos) end = name.find('/', end + 1);
  name = decoded(name.substr(0, end));
  if (name.starts_with(":")) return gh_here(call, line);
  if (name.find('/') == std::string::npos) return unknown("it is not known which repository `" + line + "` writes to");
  hosted_by_name(name, host, line);
}

void Judge::hub(const shell::Call& call) {
  const Words words = split(call.words, 1, "mFbhrlaMXfHtd", "--message --file --base --head --labels --field --method");
  const std::string verb = words.operand(0), deed = words.operand(1);
  if (letters::lists(hub_reading, verb)) return;
  if (verb == "api") {
    shell::Call plain = call;
    plain.program = "gh";
    return gh(plain);
  }
  const bool mixed = letters::lists(hub_mixed, verb);
  if (mixed && (deed.empty() || letters::lists("show list checkout download labels", deed))) return;
  if (!mixed && !letters::lists(hub_writing, verb)) {
    shell::Call plain = call;
    plain.program = "git";
    plain.words.front().text = "git";
    return git(plain, git_words(plain, settings_.environment));
  }
  if ((verb == "fork" || verb == "create" || verb == "gist") && words.operands.size() < 2) return;
  const bool is_named = verb == "delete" && !deed.empty();
  if (is_named || words.has({"-b", "--base"})) {
    const Value* base = words.value({"-b", "--base"});
    const std::string name = is_named ? deed : base->text.substr(0, base->text.find(':'));
    if (name.find('/') != std::string::npos) return hosted_by_name(name, "github.com", shell_words(call.words, 0));
  }
  gh_here(call, shell_words(call.words, 0));
}

// The repository that jj would write to, and where it pushes.
void Judge::jj(const shell::Call& call) {
  const Words words =
      split(call.words, 1, "Rrmfdsbotu",
            "--repository --at-operation --at-op --config --config-file --color --revision --revisions "
            "--message --from --to --into --destination --source --bookmark --remote --change --branch");
  const std::string verb = words.operand(0), deed = words.operand(1), third = words.operand(2);
  const std::string line = shell_words(call.words, 0);
  const bool lists = letters::lists(jj_listing, deed) &&
                     letters::lists("op operation bookmark b tag workspace file git", verb) &&
                     !(deed == "remote" && third != "list" && !third.empty());
  if (verb.empty() || words.has({"--help"}) || letters::lists(jj_reading, verb) || lists) return;
  GitWords git;
  git.verb = verb;
  git.words = call.words;
  git.first = std::min<std::size_t>(2, call.words.size());
  git.place.directory = call.directory;
  if (const Value* given = words.value({"-R", "--repository"})) {
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
    if (!is_free(root) && !covers(expectations_, root, work_tree_root(root, tree_)))
      add(Decision::deny, "`" + line + "` would write to the repository around " + root);
    return;
  }
  Target target{*facts, find(expectations_, *facts), git.place};
  if (target.expected == nullptr && !is_free(facts->common_dir))
    return add(
        Decision::deny,
        "`" + line + "` would write to " + describe(*facts, tree_) +
            (beginning(expectations_) == nullptr ? std::string()
                                                 : ". This session works in " + describe(*beginning(expectations_))) +
            ". If it is intended, the user can name it in a prompt or run: cascade guard allow " +
            shell_word(facts->work_tree.empty() ? facts->common_dir : facts->work_tree));
  std::vector<std::string> bookmarks;
  if (verb == "git" && deed == "push") {
    const Value* remote = words.value({"--remote"});
    if (remote != nullptr && !remote->known) return unknown("it is not known where `" + line + "` pushes to");
    const std::string name = remote == nullptr ? default_remote(*facts, facts->branch) : remote->text;
    if (const auto foreign = foreign_address(push_addresses(*facts, name, tree_), target))
      add(Decision::deny, wrong_address(git, words, *foreign));
    for (const Option& option : words.options)
      if ((option.name == "-b" || option.name == "--bookmark") && option.value) bookmarks.push_back(option.value->text);
    return protect(git, words.has({"--all"}) ? facts->branches : bookmarks, target, true);
  }
  if ((verb == "bookmark" || verb == "b") && deed != "create" && deed != "c" && deed != "track" && deed != "t")
    for (std::size_t i = 2; i < words.operands.size(); ++i) bookmarks.push_back(words.operand(i));
  protect(git, bookmarks, target, false);
}

}  // namespace cascade::repository
