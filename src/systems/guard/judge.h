// Layer one of the guard: where a tool call would write, judged before it runs.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "files/tree.h"
#include "git/address.h"
#include "git/expected.h"
#include "git/words.h"
#include "shell/trace.h"

namespace cascade::repository {

// host_programs.tsv says what each column means. Lists have blanks between their words.
struct HostProgram {
  std::string_view program, host;
  std::string_view letters, names;
  std::string_view repository = {}, groups = {}, reading = {}, reads = {}, writes = {};
};
std::span<const HostProgram> host_programs() noexcept;  // sorted by program

// Commands of programs that hand a line to a shell, such as `!` of an editor: the rows of escapes.tsv.
struct Escape {
  std::string_view programs, mark;
};
std::span<const Escape> escapes() noexcept;

// Settings and variables of git that name a line that it runs or a file that it writes: the rows of git_settings.tsv.
enum class SettingKind : std::uint8_t { line, file };

struct GitSetting {
  std::string_view name;
  SettingKind kind = SettingKind::line;
};
std::span<const GitSetting> git_settings() noexcept;

// The key and value that `git config KEY VALUE` or `git config set KEY VALUE` sets; nothing for other commands.
std::optional<std::pair<std::string, Value>> configured(const GitWords& git, const Words& words);

// The branches that a git command moves, creates or deletes, here and at a remote (branches.cpp).
struct BranchChanges {
  std::vector<std::string> moved;      // short names; only those that are known
  std::optional<std::string> current;  // the branch checked out afterwards; empty: none, or unknown
};

// `current` is the branch checked out before; `previous` returns the target of `checkout -`; `is_path` whether a word
// is a file below the command's directory.
struct BranchContext {
  const Facts& facts;
  std::string current;
  std::function<std::string()> previous;
  std::function<bool(const std::string&)> is_path;
  const std::optional<std::string>& input;  // standard input, if known
};

BranchChanges branch_changes(const GitWords& git, const Words& words, const BranchContext& context);

// For a fetch: the local branches that its refspecs write; empty if it writes only remote-tracking branches.
std::vector<std::string> fetched_into(const Words& words);

// The remote of a push and the branches written there.
struct Push {
  Value remote;                       // its name or address; empty text: the default one
  std::vector<std::string> branches;  // short names of the branches written or deleted at the remote, if known
  bool pushes_submodules = false;
};

Push pushed(const GitWords& git, const Words& words, const Facts& facts, const std::string& current);

// The options that an installed program's own help says are written, with blanks between them (judge_files.cpp).
struct HelpPlace {
  std::string kept_in;                 // a folder; empty: no program is asked
  std::string search_path;             // PATH
  std::vector<std::string> not_below;  // programs there are not asked
};
std::string options_by_help(const shell::Call& call, const HelpPlace& place, const files::Tree& tree);

struct Finding {
  Decision decision = Decision::silent;
  std::string reason;  // one or more sentences, for the model and its user
};

struct Settings {
  std::vector<std::string> protected_branches;  // patterns: "main", "release/*"
  bool asks_git = false;                        // layer two is on: facts unknown here are checked there
  bool only_follows = false;                    // nothing is judged: lines are only read for the follower
  std::string home, client_folder;              // client/settings_files.h
  std::vector<std::string> temporary{};         // folders where anything may be written; links resolved
  std::vector<std::pair<std::string, std::string>> environment;  // GIT_*, GH_*, EMAIL of the client
  HelpPlace help{};
};

// One tool call. Effects of its line on the way (a checkout, an added remote) apply to the rest of the line.
class Judge {
 public:
  Judge(const Expectations& expectations, const Settings& settings, Git& git, const files::Tree& tree)
      : expectations_(expectations), settings_(settings), git_(git), tree_(tree) {}

  // A line for bash, run in `directory`.
  Result<void> command(const std::string& line, const std::string& directory);
  // A file to be written; relative paths are relative to `directory`. `text`: what is written, if it is known.
  void file(const std::string& path, const std::string& directory, const std::string* text = nullptr);
  // Something that may write, and nothing says what: the user is asked.
  void cannot_tell(std::string why) { add(Decision::ask, std::move(why)); }
  // A hosted repository ("github.com/acme/app") to be written to.
  void hosted(const std::string& repository, const Shown& deed);
  // Passes each program that the line starts to another judge, as it is found. `git`: the words of a call of git, so
  // that they are split once; null for any other program.
  void follow(Follower see) { follow_ = std::move(see); }

  const std::vector<Finding>& findings() const noexcept { return findings_; }
  // The repositories and work trees that the line makes; repositories in temporary folders are left out.
  Expectations made() const;

 private:
  // A repository that is written to. `expected` null: anything may be written (in a temporary folder).
  struct Target {
    Facts facts;
    const Expected* expected = nullptr;
    Place history;  // where its history can be read before the line runs
  };
  // A repository or work tree that the line itself creates. `expected` of a work tree: of its repository.
  struct Made {
    Facts facts;
    const Expected* expected = nullptr;
    bool is_linked = false;
  };

  // judge.cpp
  void run(const std::string& line, const std::string& directory);
  void see(const shell::Call& call);
  void git(const shell::Call& call, const GitWords& git);
  void alias(const shell::Call& call, const GitWords& git, const Facts& facts);
  void write(const shell::Call& call, const GitWords& git, const Target& target);
  Place existing(Place place) const;
  std::optional<Facts> look(const GitWords& git);
  std::optional<Target> target(const GitWords& git);
  bool fills(const GitWords& git, const Facts& facts);
  void remember(const GitWords& git, const Words& words, const Facts& facts);
  void protect(const GitWords& git, const std::vector<std::string>& branches, const Target& target, bool at_remote);
  bool is_free(const std::string& path) const;
  void add(Decision decision, std::string reason);
  void deny_place(const std::string& deed, const std::string& place, const std::string& meant = {});
  void unknown(std::string reason);
  void fail(const Error& error);
  std::string current_branch(const Facts& facts) const;

  // judge_files.cpp
  void written_files(const shell::Call& call);
  bool says_help(const shell::Call& call, std::string_view option, const Value& value) const;
  bool is_own_file(const std::string& real, std::string& root) const;
  bool repository_file(const std::string& real, const std::string* text);
  void setting_written(const std::string& real, const std::string* text);
  void tree_moved(const shell::Call& call);
  void leave_other_trees(const GitWords& git, const Words& words, const std::vector<std::string>& branches,
                         const Facts& facts);
  void leave_other_tree(const std::string& branch, const Facts& facts, const std::string& deed);

  // judge_code.cpp
  void settings(const shell::Call& call, const GitWords& git);
  void suspect(const std::string& line, const std::string& directory);
  void suspect(const std::function<void()>& judge, Decision least);
  std::string led_out(const std::string& text, const std::string& directory) const;
  void code(const shell::Call& call);
  void escapes(const shell::Call& call);
  void written_text(const Value& written, const std::string& directory);
  void make_by_hand(const std::string& path, const std::string& git_dir);
  std::string real(const std::string& path) const;
  void link_made(const shell::Call& call);

  // judge_verbs.cpp
  bool elsewhere(const shell::Call& call, const GitWords& git, const Words& words);
  void nested(const shell::Call& call, const GitWords& git, const Words& words);
  void outputs(const GitWords& git, const Words& words);
  void make(const GitWords& git, const Words& words);
  void make_submodule(const GitWords& git, const Words& words, const Facts& around);
  void configure_file(const GitWords& git, const Value& file);
  void other_worktree(const GitWords& git, const Words& words);
  void make_worktree(const GitWords& git, const Words& words);
  void repair_worktrees(const GitWords& git, const Words& words);
  void link(Facts facts, const std::string& work_tree);
  bool only_follows(const GitWords& git, const Words& words, const Target& target, const std::string& current);
  bool catches_up(const GitWords& git, const Words& words, const Target& target, const std::string& current);
  void push(const GitWords& git, const Words& words, const Target& target);
  bool has_nothing_to_push(const Words& words, const Target& target, const std::string& remote,
                           const std::vector<std::string>& branches);
  void author(const shell::Call& call, const GitWords& git, const Words& words, const Target& target);
  std::optional<std::string> foreign_address(const std::vector<std::string>& addresses, const Target& target) const;
  bool is_made(const std::string& address) const;
  void ask_of_submodule(const Target& target, const Shown& deed, const std::vector<std::string>& addresses);

  // judge_hosts.cpp
  void gh_here(const shell::Call& call, const Shown& deed);
  bool host_program(const shell::Call& call);
  void host_api(const shell::Call& call, const Words& words, std::string_view host);
  void hosted_by_name(const std::string& name, std::string_view host, const Shown& deed);
  void host(const shell::Call& call, const HostProgram& row);
  void hub(const shell::Call& call, const HostProgram& row);
  void jj(const shell::Call& call, const HostProgram& row);

  void wrong_place(const GitWords& git, const Facts& facts);
  std::string lacks_remote(const Facts& facts, const std::string& remote, const std::string& address) const;
  std::string wrong_address(const GitWords& git, const Words& words, const Facts& facts, const std::string& remote,
                            const std::string& address) const;

  const Expectations& expectations_;
  const Settings& settings_;
  Git& git_;
  const files::Tree& tree_;
  std::vector<Finding> findings_;
  std::optional<Error> error_;
  Follower follow_;
  int depth_ = 0, seen_ = 0;                      // nested commands; programs of the line so far
  bool writes_git_ = false;                       // one of them may print commands of git
  shell::Session session_ = shell::Session::own;  // of the call at hand

  std::map<std::string, std::string> texts_;                // what the line wrote, by the file's path
  std::vector<std::pair<std::string, std::string>> links_;  // that the line makes, and where they lead
  std::map<std::string, std::string> branch_of_;            // git dir, the branch that the line checked out last
  std::vector<std::pair<std::string, std::pair<std::string, std::string>>> configured_;  // common dir, key and value
  std::vector<Made> made_;
};

// The work tree other than `own` that has the branch checked out; empty: none has.
std::string work_tree_with(const std::string& branch, const std::string& common_dir, const std::string& own,
                           const files::Tree& tree);

// What names it: its work tree, or the repository's folder.
inline const std::string& place_of(const Facts& facts) {
  return facts.work_tree.empty() ? facts.common_dir : facts.work_tree;
}

// The end of a refusal to change a protected branch, with what to do.
std::string protected_text(const std::string& branch);

// "/w/app (branch main, pushes to github.com/acme/app)".
std::string describe(const Facts& facts, const files::Tree& tree);
std::string describe(const Expected& expected);

struct NamedWord {
  std::string text;
  bool is_place = false;  // written as a path or address, in quotes, or next to "repository", "project" and so on
};

// Returns the words of a prompt that may name a place, each once, in order. A word that is not a place may still be a
// remote's name. Words in a refusal ("do not touch ../lib", "leave acme/lib alone") and in blocks of code are left
// out.
std::vector<NamedWord> named_words(std::string_view prompt);

}  // namespace cascade::repository
