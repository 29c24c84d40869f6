// Which session made which repository: what git's wrapper and hooks saw being made, and copies of the one in which it
// began. Marks in the state folder tell that to all sessions.
#include <algorithm>

#include "events/judges.h"
#include "files/paths.h"
#include "files/tree.h"
#include "git/address.h"
#include "git/git_program.h"
#include "guard/layer_two.h"
#include "session/ledger.h"

namespace cascade::systems {

std::string began_mark(const std::string& session_id, const Surroundings& surroundings) {
  return files::join(program_folder(session_id, surroundings), "began");
}

std::string_view verb_of(const Surroundings& surroundings) {
  for (const auto& [name, value] : surroundings.environment)
    if (name == "CASCADE_GIT_VERB") return value;
  return {};
}

namespace {

// Whether what these files below a folder belong to was made after a mark: none of them is older. No mark: no.
bool is_younger(const std::string& folder, std::initializer_list<const char*> names, const std::string& mark) {
  const files::DiskTree tree;
  const auto began = tree.stat(mark);
  if (!began) return false;
  bool any = false;
  for (const char* name : names) {
    const auto stamp = tree.stat(files::join(folder, name));
    if (!stamp) continue;
    any = true;
    if (stamp->modified_ns <= began->modified_ns) return false;
  }
  return any;
}

// The first entry of a repository's log of HEAD, which a copy of it keeps; empty: there is none.
std::string first_entry(const std::string& git_dir) {
  const std::string log = files::DiskTree().read(files::join(git_dir, "logs/HEAD"), 1 << 20).value_or("");
  return log.substr(0, log.find('\n'));
}

bool is_copy(const std::string& common_dir, const repository::Expected* original) {
  const std::string entry = original == nullptr ? std::string() : first_entry(original->common_dir);
  return !entry.empty() && first_entry(common_dir) == entry;
}

// Lines "SESSION common folder": which session made which repository.
std::string makers_file(const Surroundings& surroundings) {
  return files::join(surroundings.state_directory, "git-program/made");
}

bool is_made_by_another(const std::string& common_dir, const std::string& session_id,
                        const Surroundings& surroundings) {
  const std::string text = "\n" + files::DiskTree().read(makers_file(surroundings), 1 << 20).value_or("");
  const std::size_t last = text.rfind("\t" + common_dir + "\n");
  if (last == std::string::npos) return false;
  const std::size_t from = text.rfind('\n', last) + 1;
  return text.substr(from, last - from) != session_id;
}

repository::Expected made_by_session(const repository::Facts& facts) {
  repository::Expected made;
  made.source = repository::Source::made;
  made.directory = facts.work_tree.empty() ? facts.common_dir : facts.work_tree;
  made.common_dir = facts.common_dir;
  made.work_tree = facts.work_tree;
  made.branch = facts.branch;
  made.has_remotes = repository::has_remotes(facts);
  return made;
}

// Whether git is adding this work tree just now, or has added it without files and nothing was done there since. A
// program that adds one asks here in the middle of it; somebody else's is complete when this session first comes by.
bool is_being_added(const repository::Facts& facts, const std::string& session_id, const Surroundings& surroundings) {
  if (facts.git_dir == facts.common_dir ||
      !is_younger(facts.git_dir, {"commondir"}, began_mark(session_id, surroundings)))
    return false;
  const files::DiskTree tree;
  const std::string log = tree.read(files::join(facts.git_dir, "logs/HEAD"), 1 << 16).value_or("");
  if (std::ranges::count(log, '\n') > 1) return false;
  const bool is_begun = tree.read(files::join(facts.git_dir, "locked"), 256).value_or("").starts_with("initializing");
  return is_begun || verb_of(surroundings) == "worktree" || !tree.stat(files::join(facts.git_dir, "ORIG_HEAD"));
}

// Whether no branch was made here yet: whoever makes the first one makes the repository, `git clone` for example.
bool is_unborn(const repository::Facts& facts) {
  const files::DiskTree tree;
  return facts.branches.empty() && !tree.stat(files::join(facts.common_dir, "logs/HEAD"));
}

}  // namespace

// What the session makes while git asks is its own from then on: a clone under way, what lies below its own work tree,
// and a copy of its own repository. What another session made is that one's.
std::optional<repository::Expected> made_now(const repository::Facts& facts,
                                             const repository::Expectations& expectations,
                                             const std::string& session_id, const Surroundings& surroundings) {
  const repository::Expected* owner = repository::owner_of(expectations, facts.common_dir);
  if (owner != nullptr && is_being_added(facts, session_id, surroundings))
    return repository::linked_to(*owner, facts.work_tree);
  if (is_made_by_another(facts.common_dir, session_id, surroundings)) return std::nullopt;
  const repository::Expected* began = repository::beginning(expectations);
  const bool is_own =
      (is_unborn(facts) && verb_of(surroundings) == "clone") || is_copy(facts.common_dir, began) ||
      (began != nullptr && !began->work_tree.empty() && files::is_within(began->work_tree, facts.common_dir));
  if (!is_own || !is_younger(facts.common_dir, {"config", "description", "info/exclude", "HEAD"},
                             began_mark(session_id, surroundings)))
    return std::nullopt;
  return made_by_session(facts);
}

// The wrapper has run `git init` or `git clone` where nothing was before.
void note_made_repository(const GitHook& hook, const Surroundings& surroundings) {
  session::Ledger ledger(surroundings.state_directory, hook.session_id);
  repository::GitProgram git(surroundings.git_program);
  const auto facts = git.look({hook.directory, "", ""});
  if (!facts || !*facts || !is_unborn(**facts)) return;
  const auto expectations = expectations_of(ledger, std::string(session::main_conversation));
  if (repository::find(expectations, **facts) != nullptr) return;
  static_cast<void>(
      ledger.append(entry_of(made_by_session(**facts), std::string(session::main_conversation), surroundings.now)));
  note_maker((*facts)->common_dir, hook.session_id, surroundings);
}

void note_maker(const std::string& common_dir, const std::string& session_id, const Surroundings& surroundings) {
  note_line(makers_file(surroundings), session_id + "\t" + common_dir + "\n");
}

}  // namespace cascade::systems
