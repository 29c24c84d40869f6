// Layer one of the guard: where a tool call would write, judged before it runs.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/call.h"
#include "events/systems.h"
#include "files/tree.h"
#include "git/address.h"
#include "git/expected.h"
#include "git/words.h"
#include "policy/policy.h"
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

// Layer two of the repository guard: git itself asks, through hooks that the session's environment puts before the
// repository's own.

namespace cascade::systems {

// Creates the session's folder of hooks and points git to it in the client's environment file. `began`: the work tree
// in which the session began. Error: unwritable.
Result<void> set_up_layer_two(const std::string& session_id, const std::string& began,
                              const Surroundings& surroundings);

// Writes the hooks and the wrapper again if something (a hook manager that asks nobody) has changed them. Returns what
// it was; empty: they are as they should be, or there are none.
std::string mend_layer_two(const std::string& session_id, const Surroundings& surroundings);

// One hook that git runs: `name` and `arguments` as git passes them, and `input` from its standard input.
struct GitHook {
  std::string session_id, name;
  std::vector<std::string> arguments;
  std::string input, directory;
};

// The folder of the wrapper, a program `git` that comes first on PATH, and of what is noted about the session.
std::string program_folder(const std::string& session_id, const Surroundings& surroundings);

// Its folders for temporary files, with links resolved.
std::vector<std::string> temporary_folders(const Surroundings& surroundings, const files::Tree& tree);

// The wrapper's script, which adds the hooks to every call. `folder` is where it will lie, `hooks` that of the hooks.
std::string git_wrapper(const std::string& folder, const std::string& hooks);

// The session's mark of what began: "began", the session, in which stands its work tree; "command", its command that
// runs, in which stands the client's process.
std::string mark_of(const char* what, const std::string& session_id, const Surroundings& surroundings);

// Before a command of the session runs, and after it. Of several at a time the first one counts, until one ends.
void note_command(const std::string& session_id, const Surroundings& surroundings);
void note_end(const std::string& session_id, const Surroundings& surroundings);

// Notes for all sessions which one made a repository.
void note_maker(const std::string& common_dir, const std::string& session_id, const Surroundings& surroundings);
constexpr std::string_view made_name = "made";
// The same, where the wrapper has run `git init` or `git clone` in a folder without a repository.
void note_made_repository(const GitHook& hook, const Surroundings& surroundings);

// A repository or work tree that the session is making, or has made with the command at hand; nothing: somebody else.
std::optional<repository::Expected> made_now(const repository::Facts& facts,
                                             const repository::Expectations& expectations,
                                             const std::string& session_id, const Surroundings& surroundings);

// The verb of the git that was called, by the wrapper; empty: it was not asked.
std::string_view verb_of(const Surroundings& surroundings);

// What layer two did not see is compared afterwards, so nothing that a command drops on its way hides it (slipped.cpp).

// One branch, tag or HEAD.
struct Reference {
  std::string name, value;
};

// Notes where the branches around the session are, before a command runs. `places`: directories that the command names.
// Returns what a command before it, whose end nobody told, has moved; empty if nothing.
std::string note_references(const std::string& session_id, const repository::Expectations& expectations,
                            const std::vector<std::string>& places, const policy::Policy& policy,
                            const Surroundings& surroundings);

// Says what was moved since, and the command that undoes it, and which settings of the guard were changed; empty if
// nothing was, or nothing was noted.
std::string moved_references(const std::string& session_id, const Surroundings& surroundings);

// Adds to a file that all sessions read, and forgets what is old in it.
void note_line(const std::string& path, const std::string& lines);

// Remembers that a git of some session was allowed to write here, so that no other session takes it for its own doing.
void note_allowed_change(const std::string& common_dir, const std::vector<Reference>& changes,
                         const Surroundings& surroundings);

}  // namespace cascade::systems

namespace cascade::cli {

// cascade guard git-hook STATE CONFIGURATION TEMPORARY SESSION NAME ARGUMENT...: called by the scripts that layer two
// gives to git. The first three are the values from the session's start, since a line may have changed the environment.
Exit run_git_hook(Call& call, const std::vector<std::string>& words);

}  // namespace cascade::cli
