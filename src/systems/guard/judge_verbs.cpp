// git verbs whose words refer to more than this repository: push, commit, clone, worktree, config, submodule.
#include <algorithm>

#include "evidence/written_files.h"
#include "files/paths.h"
#include "git/address.h"
#include "guard/judge.h"
#include "text/word_set.h"

namespace cascade::repository {
namespace {

// Returns the folder that `git clone` derives from an address: its last part without ".git".
std::string folder_of(std::string address) {
  while (!address.empty() && address.back() == '/') address.pop_back();
  const std::size_t slash = address.find_last_of("/:");
  std::string name = address.substr(slash == std::string::npos ? 0 : slash + 1);
  if (name.size() > 4 && name.compare(name.size() - 4, 4, ".git") == 0) name.resize(name.size() - 4);
  return name;
}

bool makes_commit(const GitWords& git, const Words& words) {
  if (git.verb == "revert") return !words.has("--abort --quit --skip -n --no-commit");
  return git.verb == "commit";
}

// Returns the address between < and >; nothing if there is none.
std::optional<std::string> email_in(const std::string& who) {
  const std::size_t open = who.find('<'), close = who.find('>', open == std::string::npos ? 0 : open);
  if (open == std::string::npos || close == std::string::npos) return std::nullopt;
  return who.substr(open + 1, close - open - 1);
}

// Returns the branch of an added worktree; none: its HEAD is detached.
std::string branch_of_added(const Words& words, const std::string& folder, const Facts& facts) {
  if (const Value* const created = words.value("-b -B")) return created->text;
  if (words.has("-d --detach")) return {};
  if (words.operands.size() < 3) return folder;
  return facts.has_branch(words.operand(2)) ? words.operand(2) : std::string();
}

// The branch that these words bring to a revision, and the revision: `merge origin/main`, `reset --hard @{u}`,
// `branch -f main origin/main`.

std::pair<std::string, std::string> brought_to(const GitWords& git, const Words& words, const std::string& current) {
  const std::size_t count = words.operands.size();
  if (git.verb == "branch" && count == 2 && words.has("-f --force") &&
      !words.has("-d -D -m -M -c -C --delete --move --copy"))
    return {words.operand(0), words.operand(1)};
  if (git.verb == "checkout" || git.verb == "switch") {
    const Value* made = words.value("-B -C --force-create");
    if (made == nullptr || !made->known || count != 1 || words.has_dashes) return {};
    return {made->text, words.operand(0)};
  }
  const bool is_plain = git.verb == "reset" || (git.verb == "merge" && !words.has("--no-ff --squash")) ||
                        (git.verb == "rebase" && !words.has("-i --interactive -x --exec --onto --root --no-ff -f"
                                                            " --force-rebase --signoff --reset-author-date"));
  if (!is_plain || count != 1 || words.has_dashes) return {};
  return {current, words.operand(0)};
}

}  // namespace

// Commands that git runs for the user: in each submodule, at each step of a rebase or bisection.
void Judge::nested(const shell::Call& call, const GitWords& git, const Words& words) {
  if (git.verb == "submodule" && words.operand(0) == "foreach") {
    std::string line;
    for (std::size_t i = 1; i < words.operands.size(); ++i)
      line += (i > 1 ? " " : "") + (words.operands[i].known ? words.operands[i].text : std::string("${_}"));
    if (!git.place_known) return;
    const auto folders = git_.submodules(git.place);
    if (!folders) return fail(folders.error());
    for (const std::string& folder : *folders) run(line, folder);
  }
  if (git.verb == "for-each-repo") {
    GitWords each = git;
    each.verb = words.operand(0);
    if (deed(each) != Deed::reads)
      add(Decision::ask,
          "`" + shown(git.words) + "` runs `git " + each.verb + "` in repositories that are not known here");
  }
  std::vector<std::string> lines;
  each_line(git, words, [&](const Value& line) { lines.push_back(shell::script_text(line)); });
  for (const Value& operand : words.operands)  // an address that git gives to a shell
    if (operand.text.starts_with("ext::")) lines.push_back(shell::script_text(operand).substr(5));
  if (git.verb == "bisect" && words.operand(0) == "run") lines.push_back(shell_line(git.words, git.first + 1));
  for (const std::string& line : lines) {
    const auto facts = git.place_known ? look(git) : std::nullopt;
    const std::string directory = facts && !facts->work_tree.empty() ? facts->work_tree : call.directory;
    run(line, directory);
    if (git.verb == "filter-branch") run(line, files::join(directory, ".git-rewrite/t"));
  }
}

// What a verb writes besides the repository is judged as an Edit of the same file.
void Judge::outputs(const GitWords& git, const Words& words) {
  const auto see = [&](const Value& word) {
    if (word.known && word.text != "-" && (files::is_absolute(word.text) || !git.place.directory.empty()))
      file(word.text, git.place.directory);
  };
  each_output(git, words, see);
  shell::Call verb;
  verb.program = "git " + git.verb;
  verb.words.assign(git.words.begin() + static_cast<std::ptrdiff_t>(git.first - 1), git.words.end());
  evidence::each_written_file(verb, see);
}

// Commands that do not write to the repository in which they run, whatever their verb. True: nothing more to judge.
bool Judge::elsewhere(const shell::Call& call, const GitWords& git, const Words& words) {
  if (letters::lists("clone init init-db", git.verb)) {
    make(git, words);
    return true;
  }
  if (git.verb == "fetch") return words.has("--dry-run") || fetched_into(words).empty();
  if (git.verb != "config") return false;
  if (const Value* file = words.value("-f --file")) {
    configure_file(git, *file);
    return true;
  }
  const bool is_global = words.has("--global");
  if (!is_global && !words.has("--system")) return false;
  const auto home = variable(call, "HOME", {{"HOME", settings_.home}});
  const bool is_known = !git.sets_config_unknown && home && home->known && !home->text.empty();
  if (is_known) file(is_global ? files::join(home->text, ".gitconfig") : "/etc/gitconfig", "/");
  return true;
}

void Judge::make(const GitWords& git, const Words& words) {
  const bool clones = git.verb == "clone";
  const std::size_t at = clones ? 1 : 0;
  if (clones && words.operands.empty()) return;
  std::string folder = at < words.operands.size() ? words.operands[at].text
                       : clones                   ? folder_of(words.operand(0))
                                                  : ".";
  const bool known = git.place_known && (at >= words.operands.size() || words.operands[at].known) && !folder.empty();
  if (!known) return unknown("the folder that `" + shown(git.words) + "` makes is not known before it runs");
  folder = real_path_of(files::join(git.place.directory, folder), tree_);
  std::string origin = clones ? words.operand(0) : std::string();
  const std::string path = real_path_of(files::join(git.place.directory, origin), tree_);
  const bool is_there =
      tree_.stat(path) || std::ranges::any_of(made_, [&](const Made& one) { return one.facts.work_tree == path; });
  if (clones && origin.find(':') == std::string::npos && (is_there || !hosted_repository(origin))) origin = path;
  Made made;
  const bool is_bare = words.has("--bare --mirror");
  made.facts.git_dir = made.facts.common_dir = is_bare ? folder : files::join(folder, ".git");
  made.facts.work_tree = folder;
  made.facts.branch = "(new)";
  if (!origin.empty()) made.facts.config.emplace_back("remote.origin.url", origin);
  made_.push_back(std::move(made));
  // Another clone of its own project is like a work tree that it adds, if nothing is there yet and nobody's work tree
  // is around it.
  const std::string root = work_tree_root(folder, tree_);
  const bool is_own = clones && !tree_.stat(folder) && root.empty() &&
                      is_project_address(expectations_, normal_address(origin, git.place.directory, tree_));
  if (is_own || is_free(folder) || covers(expectations_, folder, root, tree_)) return;
  add(Decision::ask,
      "`git " + git.verb + "` would make a repository in " + folder + ", outside of what this session works in");
}

Expectations Judge::made() const {
  Expectations all;
  for (const Made& one : made_) {
    if (is_free(one.facts.common_dir) && !has_remotes(one.facts)) continue;
    if (one.is_linked) {
      all.push_back(linked_to(*one.expected, one.facts.work_tree));
      all.back().common_dir = one.facts.common_dir;
    } else if (!tree_.stat(one.facts.common_dir)) {  // what is there already is somebody else's
      Expected& made = all.emplace_back();
      made.source = Source::made;
      made.directory = made.work_tree = one.facts.work_tree;
      made.common_dir = one.facts.common_dir;
      made.has_remotes = has_remotes(one.facts);
    }
  }
  return all;
}

// git submodule add [OPTIONS] ADDRESS [PATH]
void Judge::make_submodule(const GitWords& git, const Words& words, const Facts& around) {
  if (words.operands.size() < 2) return;
  const std::string path = words.operands.size() > 2 ? words.operand(2) : folder_of(words.operand(1));
  if (path.empty()) return;
  const Value* name = words.value("--name");
  Made made;
  made.facts.work_tree = real_path_of(files::join(git.place.directory, path), tree_);
  const std::string inside = made.facts.work_tree.size() > around.work_tree.size()
                                 ? made.facts.work_tree.substr(around.work_tree.size() + 1)
                                 : path;
  made.facts.git_dir = made.facts.common_dir =
      files::join(around.common_dir, "modules/" + (name != nullptr && name->known ? name->text : inside));
  made.facts.branch = "(new)";
  made.facts.config.emplace_back("remote.origin.url", words.operand(1));
  made_.push_back(std::move(made));
}

void Judge::configure_file(const GitWords& git, const Value& file) {
  if (!file.known || !git.place_known) return unknown("it is not known which file `" + shown(git.words) + "` writes");
  const std::string path = real_path_of(files::join(git.place.directory, file.text), tree_);
  const std::string root = work_tree_root(std::string(files::parent(path)), tree_);
  if (root.empty() || is_free(path) || covers(expectations_, path, root, tree_)) return;
  GitWords there = git;
  there.place = {root, "", ""};
  if (const auto facts = look(there)) wrong_place(git, *facts);
}

// In a worktree that the line adds, commands work on the branch checked out there, and it is the session's own from
// then on. Into a folder that holds something git adds none.
void Judge::make_worktree(const GitWords& git, const Words& words) {
  auto facts = words.operands.size() > 1 && words.operands[1].known ? look(git) : std::nullopt;
  if (!facts) return;
  const std::string folder = real_path_of(files::join(git.place.directory, words.operand(1)), tree_);
  if (const auto there = tree_.list(folder); tree_.stat(folder) && (!there || !there->empty())) return;
  const std::string root = work_tree_root(std::string(files::parent(folder)), tree_);
  if (!root.empty() && !is_free(folder) && common_dir_of(root, tree_) != facts->common_dir &&
      !covers(expectations_, folder, root, tree_))
    add(Decision::ask,
        "`" + shown(git.words) + "` would make a work tree inside of " + root + ", where this session does not work");
  facts->branch = branch_of_added(words, std::string(files::file_name(folder)), *facts);
  link(*std::move(facts), folder);
}

void Judge::link(Facts facts, const std::string& work_tree) {
  const Expected* expected = find(expectations_, facts);
  if (expected == nullptr) return;
  facts.work_tree = work_tree;
  facts.git_dir = files::join(facts.common_dir, "worktrees/" + std::string(files::file_name(work_tree)));
  made_.push_back({std::move(facts), expected, true});
}

// Adding a worktree is always allowed; removing, moving or locking one is writing there. One that is moved stays the
// session's own.
void Judge::other_worktree(const GitWords& git, const Words& words) {
  const std::string deed = words.operand(0);
  if (deed == "add") return make_worktree(git, words);
  if (deed == "repair") return repair_worktrees(git, words);
  if (deed != "remove" && deed != "move" && deed != "lock" && deed != "unlock") return;
  if (words.operands.size() < 2) return;
  if (!words.operands[1].known) return unknown("it is not known which worktree `" + shown(git.words) + "` is about");
  const std::string path = real_path_of(files::join(git.place.directory, words.operand(1)), tree_);
  if (is_free(path)) return;
  GitWords there = git;
  there.place = {path, "", ""};
  const auto facts = look(there);
  if (!facts || facts->work_tree != path) return;
  if (find(expectations_, *facts) == nullptr) return wrong_place(git, *facts);
  if (deed != "move" || words.operands.size() < 3 || !words.operands[2].known) return;
  std::string to = real_path_of(files::join(git.place.directory, words.operand(2)), tree_);
  if (tree_.stat(to)) to = files::join(to, files::file_name(path));
  if (!tree_.stat(to)) link(*facts, to);
}

// git worktree repair PATH...: work trees that were moved by hand. The session's own stay its own.
void Judge::repair_worktrees(const GitWords& git, const Words& words) {
  for (std::size_t i = 1; i < words.operands.size(); ++i) {
    if (!words.operands[i].known) continue;
    GitWords there = git;
    there.place = {real_path_of(files::join(git.place.directory, words.operand(i)), tree_), "", ""};
    if (auto facts = look(there); facts && facts->work_tree != there.place.directory &&
                                  find(expectations_, *facts) != nullptr && !tree_.stat(facts->work_tree))
      link(*std::move(facts), there.place.directory);
  }
}

// Whether a fetch or pull only brings own copies of branches to where they are at the session's own remote. A pull does
// where the branch holds nothing of its own; with layer two git asks then.
bool Judge::only_follows(const GitWords& git, const Words& words, const Target& target, const std::string& current) {
  if ((git.verb != "fetch" && git.verb != "pull") || words.has("-f --force --no-ff -u --update-head-ok")) return false;
  const std::string remote = words.operands.empty() ? default_remote(target.facts, current) : words.operand(0);
  if (remote.empty() || foreign_address(push_addresses(target.facts, remote, tree_), target)) return false;
  for (std::size_t i = 1; i < words.operands.size(); ++i) {
    const std::string spec = words.operand(i);
    const std::size_t colon = spec.find(':');
    const bool is_same = colon == std::string::npos ? git.verb == "fetch" || spec == current
                                                    : spec.substr(0, colon) == spec.substr(colon + 1);
    if (spec.empty() || spec[0] == '+' || !is_same) return false;
  }
  if (git.verb == "fetch" || settings_.asks_git || words.has("--ff-only")) return true;
  const auto follows = git_.descends(target.history, "refs/heads/" + current, "refs/remotes/" + remote + "/" + current);
  if (!follows) fail(follows.error());
  return follows && *follows;
}

// Whether the own copy of a branch goes to where it is at the session's own remote, and loses nothing.
bool Judge::catches_up(const GitWords& git, const Words& words, const Target& target, const std::string& current) {
  auto [branch, to] = brought_to(git, words, current);
  if (branch.empty() || to.empty()) return false;
  if (to == "@{u}" || to == "@{upstream}") to = default_remote(target.facts, branch) + "/" + branch;
  constexpr std::string_view tracking = "refs/remotes/";
  if (to.starts_with(tracking)) to.erase(0, tracking.size());
  const std::string ending = "/" + branch;
  if (!to.ends_with(ending)) return false;
  const std::string remote = to.substr(0, to.size() - ending.size());
  if (!is_remote(target.facts, remote) || foreign_address(push_addresses(target.facts, remote, tree_), target))
    return false;
  if (git.verb == "merge" && words.has("--ff-only")) return true;
  const auto follows = git_.descends(target.history, "refs/heads/" + branch, std::string(tracking) + to);
  if (!follows) fail(follows.error());
  return follows && *follows;
}

void Judge::push(const GitWords& git, const Words& words, const Target& target) {
  const std::string current = current_branch(target.facts);
  const Push push = pushed(git, words, target.facts, current);
  const bool hides = git.sets_config_unknown ||
                     std::ranges::any_of(git.config,
                                         [](const auto& one) {
                                           return !one.second.known &&
                                                  (one.first.starts_with("url.") || one.first.starts_with("remote."));
                                         }) ||
                     std::ranges::any_of(configured_, [&](const auto& one) {
                       return one.first == target.facts.common_dir && includes_settings(one.second.first);
                     });
  if (hides)
    return add(Decision::ask, "the settings of `" + shown(git.words) + "` are not known, which say where it pushes to");
  if (!push.remote.known) return unknown("it is not known where `" + shown(git.words) + "` pushes to");
  const std::string remote = push.remote.text.empty() ? push_remote(target.facts, current) : push.remote.text;
  const std::vector<std::string> addresses = push_addresses(target.facts, remote, tree_);
  if (const auto foreign = foreign_address(addresses, target)) {
    const bool new_project = target.expected != nullptr && !target.expected->has_remotes;
    add(new_project ? Decision::ask : Decision::deny, wrong_address(git, words, target.facts, remote, *foreign));
  }
  if (push.pushes_submodules) {
    const auto folders = git_.submodules(git.place);
    if (!folders) return fail(folders.error());
    for (const std::string& folder : *folders)
      if (const bool is_own = is_submodule(expectations_, folder, tree_);
          is_own || !covers(expectations_, folder, folder, tree_))
        add(is_own ? Decision::ask : Decision::deny,
            "`" + shown(git.words) + "` would push the submodule " + folder + " as well");
  }
  ask_of_submodule(target, shown(git.words), addresses);
  // Of what the session made itself only what arrives at the project counts.
  const bool is_its_own = target.expected == nullptr || target.expected->source == Source::made;
  const bool is_at_project = std::ranges::any_of(addresses, [&](const std::string& address) {
    const bool is_scratch = files::is_absolute(address) && is_free(address);  // a remote for a test
    return is_project_address(expectations_, address) || (!is_its_own && !is_scratch && !is_made(address));
  });
  if (is_at_project && !has_nothing_to_push(words, target, remote, push.branches))
    protect(git, push.branches, target, true);
}

// Whether the remote has all that would be pushed: no push that is not forced changes it then. What the line did before
// may have made something, except that git asks again with layer two.
bool Judge::has_nothing_to_push(const Words& words, const Target& target, const std::string& remote,
                                const std::vector<std::string>& branches) {
  const bool is_plain = std::ranges::all_of(words.operands, [](const Value& word) {
    return word.known && word.text.find_first_of("+:") == std::string::npos;
  });
  if (!is_plain || branches.empty() || (!settings_.asks_git && seen_ > 1) ||
      words.has("-f --force --force-with-lease --force-if-includes -d --delete --all --branches --mirror --prune"))
    return false;
  return std::ranges::all_of(branches, [&](const std::string& branch) {
    const auto there = git_.descends(target.history, "refs/heads/" + branch, "refs/remotes/" + remote + "/" + branch);
    if (!there) fail(there.error());
    return there && *there;
  });
}

// The author's address in a new commit must be one that the history knows: the repository's, or for a submodule that of
// the work tree around it, since who works on a project often was not there when its parts were written.
void Judge::author(const shell::Call& call, const GitWords& git, const Words& words, const Target& target) {
  if (target.expected == nullptr || target.expected->source == Source::made || !makes_commit(git, words)) return;
  const bool takes_over = words.has("-C -c --reuse-message --reedit-message --amend");
  if (takes_over && !words.has("--reset-author --author")) return;
  std::optional<std::string> email;
  if (const Value* given = words.value("--author")) {
    if (!given->known) return;
    email = email_in(given->text);
    if (!email) return;  // git looks up the name in the history
  } else if (const auto set = variable(call, "GIT_AUTHOR_EMAIL", settings_.environment)) {
    if (!set->known) return;
    email = set->text;
  } else {
    email = target.facts.value("author.email");
    if (email->empty()) email = target.facts.value("user.email");
  }
  if (email->empty()) return;
  auto known = git_.knows_author(target.history, *email);
  if (known && !*known && is_submodule(expectations_, target.facts.work_tree, tree_))
    known = git_.knows_author(Place{target.expected->work_tree, "", ""}, *email);
  if (!known) return fail(known.error());
  if (!*known)
    add(Decision::ask, "the commit's author would be " + *email + ", whom the history of " + target.facts.work_tree +
                           " does not know");
}

}  // namespace cascade::repository
