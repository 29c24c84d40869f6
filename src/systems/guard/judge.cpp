// For each git command of a line this (1) finds the repository, with the settings that the line has made so far; (2)
// asks whether the conversation is expected to write there; (3) compares the branches and addresses that it would
// change with protected and expected ones; (4) remembers its effects for the rest of the line.
#include "guard/judge.h"

#include <algorithm>

#include "client/names.h"
#include "events/judges.h"
#include "files/paths.h"
#include "files/run_program.h"
#include "git/address.h"
#include "text/ascii.h"
#include "text/suggestion.h"
#include "text/word_set.h"

namespace cascade::repository {
namespace {

// Aliases may name each other, so a line can go on for ever; git refuses such a loop itself.
constexpr int most_depth = 8;  // nested aliases and commands

struct Disk final : shell::Surroundings {
  Disk(const files::Tree& given, const Settings& with) : tree(given), settings(with) {}
  bool is_directory(const std::string& path) const override {
    const auto stamp = tree.stat(path);
    return stamp && stamp->directory;
  }
  std::optional<std::string> top_level(const std::string& directory) const override {
    const std::string root = work_tree_root(real_path_of(directory, tree), tree);
    return root.empty() ? std::nullopt : std::optional(root);
  }
  std::optional<std::string> variable(std::string_view name) const override {
    if (name == "HOME" && !settings.home.empty()) return settings.home;
    return std::nullopt;
  }
  bool exports(std::string_view name) const override {
    return settings.asks_git && name.substr(0, 11) == "GIT_CONFIG_";  // layer two is passed to git this way
  }
  bool follows_elsewhere() const override { return true; }
  const files::Tree& tree;
  const Settings& settings;
};

// Whether a word of the call has a command of git in it that the program may print: `awk '{print "git rm " $1}'`. Of
// git's own words only formats are printed.
bool writes_git(const shell::Call& call) {
  return std::any_of(call.words.begin() + 1, call.words.end(), [&](const Value& word) {
    const std::string& text = word.text;
    if (call.program == "git" && !text.starts_with("--format") && !text.starts_with("--pretty")) return false;
    const std::size_t at = text.find("git ");
    return at != std::string::npos && (at == 0 || !letters::is_name(text[at - 1]));
  });
}

// Whether a text that could not be read may be about a repository at all.
bool mentions_git(std::string_view line) {
  for (std::size_t at = line.find('g'); at != std::string_view::npos; at = line.find('g', at + 1))
    if (line.substr(at, 3) == "git" || line.substr(at, 3) == "gh ") return true;
  return false;
}

// The guard's sentences: both places, and the command as it was probably meant.

std::string place_text(const std::string& place, const std::string& branch, const std::vector<std::string>& addresses) {
  std::string text = place + " (" + (branch.empty() ? std::string("no branch") : "branch " + branch);
  if (!addresses.empty()) text += ", pushes to " + letters::listed(addresses);
  return text + ")";
}

}  // namespace

std::optional<std::pair<std::string, Value>> configured(const GitWords& git, const Words& words) {
  const std::size_t key = words.operand(0) == "set" ? 1 : 0;  // the verbs of git 2.46
  if (git.verb != "config" || words.operands.size() != key + 2 || !words.operands[key].known) return std::nullopt;
  return std::pair(words.operand(key), words.operands[key + 1]);
}

// An error (git cannot be asked, say) does not stop the walk; it is returned in place of the findings, which would then
// be incomplete.
Result<void> Judge::command(const std::string& line, const std::string& directory) {
  run(line, directory);
  if (error_) return *error_;
  return {};
}

void Judge::run(const std::string& line, const std::string& directory) {
  if (++depth_ > most_depth) {
    add(Decision::ask,
        "commands that git runs for each other are not followed so deep: it is not known what they write");
  } else {
    const Disk disk(tree_, settings_);
    const shell::Trace traced = shell::trace(line, directory, disk, [this](const shell::Call& call) { see(call); });
    if (traced.is_cut)
      add(Decision::ask,
          "this command is not followed to its end (" + traced.fault + "), so it is not known what it writes");
    else if (!traced.complete && mentions_git(line))
      unknown("this command cannot be read in full (" + traced.fault +
              "), so it is not known which repository it writes to");
    const bool may_loosen =
        line.find("cascade") != std::string::npos || line.find(client::own_folder::name) != std::string::npos;
    if (!traced.complete && may_loosen)
      add(Decision::ask, "this command cannot be read in full (" + traced.fault + "), and it names what guards it");
  }
  --depth_;
}

// One reason is told once, with the strictest decision, however often the line gives it.
void Judge::add(Decision decision, std::string reason) {
  for (Finding& finding : findings_) {
    if (finding.reason != reason) continue;
    finding.decision = std::max(finding.decision, decision);
    return;
  }
  findings_.push_back({decision, std::move(reason)});
}

// For facts unknown before the command runs: git itself will be asked, or else the user is. In another terminal git
// does not ask.
void Judge::unknown(std::string reason) {
  if (!settings_.asks_git || session_ != shell::Session::own) add(Decision::ask, std::move(reason));
}

void Judge::fail(const Error& error) {
  if (!error_) error_ = error;
}

bool Judge::is_free(const std::string& path) const { return is_temporary(settings_.temporary, expectations_, path); }

void Judge::see(const shell::Call& call) {
  ++seen_;
  std::optional<GitWords> words;
  if (call.program == "git" && !call.words.empty()) words = git_words(call, settings_.environment);
  if (follow_) follow_(call, words ? &*words : nullptr);
  if (settings_.only_follows || call.session == shell::Session::other_host) return;
  session_ = call.session;
  if (call.kind != shell::Call::Kind::printer) written_files(call);
  code(call);
  escapes(call);
  if (call.kind == shell::Call::Kind::text) return unknown("a shell would run text that is not known before it runs");
  if (call.kind == shell::Call::Kind::output) {  // a script, but for what the line itself writes into it
    if (writes_git_)
      unknown("a shell would run commands of git that this line makes and that are not known before it runs");
    return;
  }
  if (call.words.empty()) return;
  writes_git_ = writes_git_ || writes_git(call);
  if (call.program.empty()) {
    const bool writes = std::any_of(call.words.begin() + 1, call.words.end(), [](const Value& word) {
      return word.known && (word.text == "commit" || word.text == "push");
    });
    if (writes) unknown("it is not known which program runs `... " + shown(call.words, 1) + "`");
    return;
  }
  if (words) return git(call, *words);
  if (host_program(call)) return;
  // git also installs its verbs as programs: git-push is `git push`.
  if (call.program.compare(0, 4, "git-") == 0) {
    shell::Call plain = call;
    plain.words.front().text = "git";
    plain.words.insert(plain.words.begin() + 1, Value{call.program.substr(4)});
    git(plain, git_words(plain, settings_.environment));
  }
}

// A directory that does not exist yet belongs to the one around it.
Place Judge::existing(Place place) const {
  place.directory = real(place.directory);
  for (auto stamp = tree_.stat(place.directory); !stamp || !stamp->directory; stamp = tree_.stat(place.directory)) {
    const std::string above(files::parent(place.directory));
    if (above == place.directory || above.empty()) break;
    place.directory = above;
  }
  return place;
}

// Returns the repository that git would find, with the settings of the line and of the command itself.
std::optional<Facts> Judge::look(const GitWords& git) {
  auto found = git_.look(existing(git.place));
  if (!found) {
    fail(found.error());
    return std::nullopt;
  }
  if (!*found) return std::nullopt;
  Facts facts = **found;
  const auto set = [&](const std::string& key, const std::string& value) {
    facts.config.erase(
        std::remove_if(facts.config.begin(), facts.config.end(), [&](const auto& entry) { return entry.first == key; }),
        facts.config.end());
    facts.config.emplace_back(key, value);
  };
  for (const auto& [common_dir, entry] : configured_)
    if (common_dir == facts.common_dir) set(entry.first, entry.second);
  for (const auto& [key, value] : git.config)
    if (value.known) set(key, value.text);
  return facts;
}

void Judge::git(const shell::Call& call, const GitWords& git) {
  const Words words = words_of(git);
  const Deed kind = deed(git);
  settings(call, git);
  nested(call, git, words);
  outputs(git, words);
  if (kind == Deed::reads || elsewhere(call, git, words)) return;
  if (!git.place_known) {
    const Expected* const began = beginning(expectations_);
    GitWords here = git;
    here.place = {began == nullptr ? std::string("/") : began->directory, "", ""};
    const auto facts = kind == Deed::unknown && git.verb_known ? look(here) : std::nullopt;
    // A user's alias means the same everywhere.
    if (facts && facts->value("alias." + git.verb).find_first_not_of('!') == 0) return alias(call, git, *facts);
    const std::string reason = "the directory of `" + shown(git.words) + "` is not known before it runs";
    // One command over many folders is not left to git, which would refuse it halfway through.
    return git.place_listed ? add(Decision::ask, reason) : unknown(reason);
  }
  if (kind == Deed::unknown) {
    const auto facts = look(git);
    if (!facts) return;
    if (!facts->value("alias." + git.verb).empty()) return alias(call, git, *facts);
    const Expected* expected = find(expectations_, *facts);
    if (expected == nullptr && !is_free(facts->common_dir))
      unknown("`" + shown(git.words) + "` runs in " + describe(*facts, tree_) + ", and what it does is not known");
    return;
  }
  if (const auto found = target(git)) write(call, git, *found);
}

// Reads an alias as its expansion: words for git, or after '!' a line for the shell, run at the root.
void Judge::alias(const shell::Call& call, const GitWords& git, const Facts& facts) {
  if (++depth_ <= most_depth) {  // git refuses an alias that comes back to itself
    const std::string meaning = facts.value("alias." + git.verb);
    const std::string rest = shell_line(git.words, git.first);
    const std::string& directory = facts.work_tree.empty() ? git.place.directory : facts.work_tree;
    if (meaning[0] == '!') {
      run(meaning.substr(1) + " " + rest, directory);
    } else {
      std::string line;
      for (std::size_t i = 0; i + 1 < git.first; ++i) line += shell_word(git.words[i].text) + " ";
      shell::Call plain = call;
      plain.words.assign(git.words.begin(), git.words.begin() + static_cast<std::ptrdiff_t>(git.first - 1));
      const Disk disk(tree_, settings_);
      static_cast<void>(shell::trace("git " + meaning, directory, disk, [&](const shell::Call& inner) {
        if (inner.words.empty() || inner.program != "git") return;
        plain.words.insert(plain.words.end(), inner.words.begin() + 1, inner.words.end());
      }));
      plain.words.insert(plain.words.end(), git.words.begin() + static_cast<std::ptrdiff_t>(git.first),
                         git.words.end());
      this->git(plain, git_words(plain, settings_.environment));
    }
  }
  --depth_;
}

// Returns the repository that is written to, if writing there is expected.
std::optional<Judge::Target> Judge::target(const GitWords& git) {
  const std::string directory = real(git.place.directory);
  for (const Made& made : made_) {
    const std::string& folder = made.facts.work_tree;
    if (!git.place.git_dir.empty() || !files::is_within(folder, directory)) continue;
    if (!made.is_linked && tree_.stat(made.facts.common_dir)) continue;  // what is there already is not made anew
    Target target{made.facts, made.expected, {made.facts.common_dir, made.facts.common_dir, ""}};
    for (const auto& [common_dir, entry] : configured_)
      if (common_dir == target.facts.common_dir) target.facts.config.push_back(entry);
    return target;  // making it elsewhere was asked about
  }
  const auto facts = look(git);
  if (!facts) return std::nullopt;
  Target target{*facts, find(expectations_, *facts), existing(git.place)};
  const std::string& place = place_of(*facts);
  // A work tree of an own repository in a folder for temporary files is free as the folder is, and its branches are
  // not.
  if (target.expected == nullptr && is_free(place)) target.expected = owner_of(expectations_, facts->common_dir);
  // One with a remote holds work that goes somewhere, in such a folder as well.
  const bool is_nobodys = (is_free(facts->common_dir) && is_free(place) && !has_remotes(*facts)) ||
                          is_clone_inside(expectations_, *facts, tree_);
  if (target.expected != nullptr || is_nobodys) return fills(git, *facts) ? std::optional(target) : std::nullopt;
  // A mirror or a cache follows the remote that it has.
  const std::string from = words_of(git).operand(0);
  const bool is_its_own = from.empty() || !facts->value("remote." + from + ".url").empty();
  if (git.verb == "fetch" && facts->work_tree.empty() && is_its_own) return std::nullopt;
  wrong_place(git, *facts);
  return std::nullopt;
}

// Whether the call may put files where it does: GIT_WORK_TREE and --work-tree name another folder than the repository's
// own work tree, such as the one of a site that is built.
bool Judge::fills(const GitWords& git, const Facts& facts) {
  if (facts.folder.empty()) return true;
  const std::string root = work_tree_root(facts.folder, tree_);
  if (root.empty() || is_free(facts.folder) || covers(expectations_, facts.folder, root, tree_)) {
    file(facts.folder, facts.folder);
    return true;
  }
  Facts there = facts;
  there.work_tree = facts.folder;
  wrong_place(git, there);
  return false;
}

// The last branch that the line switched to in this work tree, else the one that is checked out now.
std::string Judge::current_branch(const Facts& facts) const {
  const auto switched = branch_of_.find(facts.git_dir);
  return switched == branch_of_.end() ? facts.branch : switched->second;
}

void Judge::write(const shell::Call& call, const GitWords& git, const Target& target) {
  const Words words = words_of(git);
  const std::string current = current_branch(target.facts);
  if (letters::lists("push send-pack http-push", git.verb) ||
      ((git.verb == "subtree" || git.verb == "lfs") && words.operand(0) == "push"))
    return push(git, words, target);
  if (git.verb == "worktree") other_worktree(git, words);
  if (git.verb == "submodule" && words.operand(0) == "add") make_submodule(git, words, target.facts);
  const bool follows = only_follows(git, words, target, current);
  if (git.verb == "fetch" || git.verb == "pull") {  // a pull has a fetch's words
    GitWords fetch = git;
    fetch.verb = "fetch";
    leave_other_trees(git, words, fetched_into(words), target.facts);
    if (!only_follows(fetch, words, target, current)) protect(git, fetched_into(words), target, false);
    if (git.verb == "fetch") return;
  }
  if (git.verb == "update-ref" && words.has("--stdin") && !call.input)
    unknown("it is not known which branches `" + shown(git.words) + "` changes");
  BranchContext context{target.facts, current, {}, {}, call.input};
  context.previous = [&] {
    const auto name = git_.previous_branch(git.place);
    if (branch_of_.contains(target.facts.git_dir)) return target.facts.branch;
    return name ? *name : std::string();
  };
  context.is_path = [&](const std::string& name) {
    return tree_.stat(files::join(git.place.directory, name)).has_value();
  };
  // Judged before it is remembered: `git switch main && git commit` is judged by the commit, with main as its branch.
  const BranchChanges changes = branch_changes(git, words, context);
  if (!follows && !catches_up(git, words, target, current)) protect(git, changes.moved, target, false);
  leave_other_trees(git, words, changes.moved, target.facts);
  if (changes.current) branch_of_[target.facts.git_dir] = *changes.current;
  author(call, git, words, target);
  remember(git, words, target.facts);
}

// Remembers settings that the line makes, for the rest of it.
void Judge::remember(const GitWords& git, const Words& words, const Facts& facts) {
  if (auto set = configured(git, words); set && set->second.known) {
    std::string& key = set->first;
    const std::size_t last = std::min(key.rfind('.'), key.size());
    key.replace(last, std::string::npos, letters::to_lower(std::string_view(key).substr(last)));
    configured_.push_back({facts.common_dir, {key, set->second.text}});
  }
  const std::string deed = words.operand(0);
  if (git.verb == "remote" && (deed == "add" || deed == "set-url") && words.operands.size() >= 3) {
    const std::string key = words.has("--push") ? ".pushurl" : ".url";
    configured_.push_back({facts.common_dir, {"remote." + words.operand(1) + key, words.operand(2)}});
  }
  if (git.verb == "remote" && deed == "rename" && words.operands.size() >= 3)
    for (const std::string& url : facts.values("remote." + words.operand(1) + ".url"))
      configured_.push_back({facts.common_dir, {"remote." + words.operand(2) + ".url", url}});
}

std::string protected_text(const std::string& branch) {
  return ", which cascade.yaml protects.\nWork on a branch of its own: git switch -c <name>, then push that one and "
         "propose it for merging. If it is intended, the user can run: cascade guard allow " +
         branch;
}

void Judge::protect(const GitWords& git, const std::vector<std::string>& branches, const Target& target,
                    bool at_remote) {
  // The branches of a repository that the session made are its own, and those of a submodule are not the project's;
  // where they are pushed push() knows.
  if (!at_remote && (target.expected == nullptr || target.expected->source == Source::made ||
                     is_submodule(expectations_, target.facts.work_tree, tree_)))
    return;
  for (const std::string& branch : branches)
    for (const std::string& pattern : settings_.protected_branches) {
      if (branch.empty() || !files::matches_glob(pattern, branch) || allows_branch(expectations_, branch)) continue;
      return add(Decision::deny, "`" + shown(git.words) + "` would change the branch " + branch +
                                     (at_remote ? " at the remote" : "") + protected_text(branch));
    }
}

std::string describe(const Facts& facts, const files::Tree& tree) {
  const std::string& place = place_of(facts);
  return place_text(place, facts.branch, push_addresses(facts, push_remote(facts, facts.branch), tree));
}

std::string describe(const Expected& expected) {
  if (expected.common_dir.empty())
    return expected.directory.empty() ? letters::listed(expected.addresses) : expected.directory;
  const std::string& place = expected.work_tree.empty() ? expected.common_dir : expected.work_tree;
  return place_text(place, expected.branch, expected.addresses);
}

// Both places, the command as it was probably meant, and what lifts the refusal.
void Judge::deny_place(const std::string& deed, const std::string& place, const std::string& meant) {
  const Expected* began = beginning(expectations_);
  add(Decision::deny, deed + ". " +
                          (began == nullptr ? std::string("It is not known where this session began")
                                            : "This session works in " + describe(*began)) +
                          ".\n" + meant + "If " + (meant.empty() ? "it" : place) +
                          " is intended, the user can name it in a prompt or run: cascade guard allow " +
                          shell_word(place));
}

void Judge::wrong_place(const GitWords& git, const Facts& facts) {
  const Expected* began = beginning(expectations_);
  std::string meant;
  if (began != nullptr && !began->work_tree.empty())
    meant = "To do it there: git -C " + shell_word(began->work_tree) + " " + git.verb +
            (git.first < git.words.size() ? " " + shown(git.words, git.first) : std::string()) + ". ";
  deny_place("`git " + git.verb + "` would write to " + describe(facts, tree_), place_of(facts), meant);
}

// Why git finds nothing to push to; empty: it finds something. A word that is no remote's name is a path for git.
std::string Judge::lacks_remote(const Facts& facts, const std::string& remote, const std::string& address) const {
  if (remote.empty()) {
    const std::vector<std::string> names = remotes(facts);
    const std::string text = " names no remote, and " + place_of(facts) + " has none";
    if (names.empty()) return text + ", so git pushes nothing.";
    const std::string branch = current_branch(facts), of = "branch." + branch + ".";
    return text + " to fall back on: none of " + letters::listed(names) + " is origin, and " +
           (branch.empty() ? "remote.pushDefault is not set"
                           : "neither " + of + "pushRemote, remote.pushDefault nor " + of + "remote is set") +
           ", so git pushes nothing.";
  }
  const bool is_there = is_remote(facts, remote) || remote.find_first_of("/:") != std::string::npos ||
                        !files::is_absolute(address) || tree_.stat(address);
  return is_there ? std::string()
                  : " would push to " + remote + ", which is neither a remote of " + place_of(facts) +
                        " nor a repository there.";
}

std::string Judge::wrong_address(const GitWords& git, const Words& words, const Facts& facts, const std::string& remote,
                                 const std::string& address) const {
  const Expected* began = beginning(expectations_);
  const std::string lack = lacks_remote(facts, remote, address);
  std::string text = "`" + shown(git.words) + "`" + (lack.empty() ? " would push to " + address + "." : lack);
  if (began != nullptr && !began->remote.empty()) {
    text += " Pushes of this session go to " +
            (began->addresses.empty() ? began->remote : letters::listed(began->addresses)) + ".";
    std::string specs;
    for (std::size_t i = 1; i < words.operands.size(); ++i)
      if (words.operands[i].known) specs += " " + shell_word(words.operands[i].text);
    text += '\n';
    if (!began->work_tree.empty())
      text +=
          "To push there: git -C " + shell_word(began->work_tree) + " push " + shell_word(began->remote) + specs + ". ";
  }
  if (!lack.empty()) return text;
  return text + (text.back() == '.' ? "\n" : "") +
         "If it is intended, the user can name it in a prompt or run: cascade guard allow " + shell_word(address);
}

}  // namespace cascade::repository

// Judges what a tool call writes to repositories: its line, the files that it names, what an MCP server is asked for.

namespace cascade::systems {
namespace {

using policy::Mode;

repository::Settings settings_for(const JudgedCall& call) {
  const policy::Policy& policy = call.policy;
  const Surroundings& surroundings = call.surroundings;
  repository::Settings settings{.protected_branches = policy.protected_branches,
                                .asks_git = policy.git_hooks,
                                .only_follows = policy.mode_of("repository") == Mode::off && call.happens,
                                .home = surroundings.home,
                                .client_folder = surroundings.client_folder,
                                .environment = surroundings.environment};
  settings.temporary = temporary_folders(surroundings, call.tree);
  if (surroundings.state_directory.empty() || policy.mode_of("repository") == Mode::off) return settings;
  settings.help = {files::join(surroundings.state_directory, "git-program/help"), "", settings.temporary};
  for (const std::string& variable : files::process_environment())
    if (variable.starts_with("PATH=")) settings.help.search_path = variable.substr(5);
  if (const repository::Expected* began = repository::beginning(call.expectations))
    settings.help.not_below.push_back(began->work_tree.empty() ? began->directory : began->work_tree);
  return settings;
}

Result<void> judge_event(repository::Judge& judge, const hook::EventInput& event) {
  const std::string text = written_text(event);
  for (const std::string& file : written_files(event)) judge.file(file, event.working_directory, &text);
  const ToolDeed deed = tool_deed(event);
  if (!deed.hosted.empty()) judge.hosted(deed.hosted, repository::Shown(event.tool_name));
  const syntax::Node* command = event.tool_input.find("command");
  const bool is_text = command != nullptr && command->kind == syntax::NodeKind::string;
  if (event.tool_name == client::tool_names::bash && !is_text)
    judge.cannot_tell("the event holds no command that could be read");
  else if (!deed.line.empty() && event.working_directory.empty())
    judge.cannot_tell("the event does not say where the command would run");
  return deed.line.empty() ? Result<void>() : judge.command(deed.line, deed.directory);
}

// Judges what the call writes to repositories. Whoever asks is told what this guard would say even where it is off.
class Repository final : public CallJudge {
 public:
  explicit Repository(JudgedCall& call)
      : call_(call), settings_(settings_for(call)), judge_(call.expectations, settings_, call.git, call.tree) {}

  Result<void> judge() override {
    judge_.follow(call_.tell);
    if (auto judged = judge_event(judge_, call_.event); !judged) return judged;
    call_.made = judge_.made();
    const Mode mode = call_.happens ? call_.policy.mode_of("repository") : Mode::block;
    if (mode == Mode::off) return {};
    for (const repository::Finding& finding : judge_.findings())
      call_.refuse("repository", mode, finding.decision, finding.reason);
    return {};
  }

 private:
  JudgedCall& call_;
  const repository::Settings settings_;
  repository::Judge judge_;
};

}  // namespace

Judge repositories(JudgedCall& call) { return std::make_unique<Repository>(call); }

}  // namespace cascade::systems
