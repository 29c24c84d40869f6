// Which session made which repository. What git's wrapper and hooks saw being made is certain; what a copy or another
// program made is a session's own if only its command ran then. Marks in the state folder tell that to all sessions.
#include <algorithm>

#include "events/judges.h"
#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/process.h"
#include "files/tree.h"
#include "git/address.h"
#include "git/git_program.h"
#include "guard/judge.h"
#include "session/ledger.h"
#include "text/lines.h"

namespace cascade::systems {

std::string mark_of(const char* what, const std::string& session_id, const Surroundings& surroundings) {
  return files::join(program_folder(session_id, surroundings), what);
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

// A process as it is named in marks; empty: there is none.
std::string process_of(std::int64_t pid) {
  const std::uint64_t start = pid > 0 ? files::process_start(pid) : 0;
  return start == 0 ? std::string() : std::to_string(pid) + " " + std::to_string(start);
}

// Lines "SESSION from to": when commands ran that have ended, in nanoseconds since 1970.
std::string ended_file(const Surroundings& surroundings) {
  return files::join(surroundings.state_directory, "git-program/ended");
}

// The first entry of a repository's log of HEAD, which a copy of it keeps; empty: there is none.
std::string first_entry(const std::string& git_dir) {
  const std::string log = files::DiskTree().read(files::join(git_dir, "logs/HEAD"), 1 << 20).value_or("");
  return log.substr(0, log.find('\n'));
}

// Whether another session may have made this repository, since its command ran then. A copy of the repository in which
// this session began is no other's, unless that one began there as well.
bool may_be_anothers(const std::string& common_dir, std::int64_t made_ns, const repository::Expected* began,
                     const std::string& session_id, const Surroundings& surroundings) {
  const files::DiskTree tree;
  const std::string entry = began == nullptr ? std::string() : first_entry(began->common_dir);
  const bool is_copy = !entry.empty() && first_entry(common_dir) == entry;
  const auto may_have = [&](const std::string& folder) {
    const std::string root = tree.read(files::join(folder, "began"), 1 << 12).value_or("");
    return !is_copy || root.empty() || first_entry(repository::common_dir_of(root, tree)) == entry;
  };
  const std::string ended = tree.read(ended_file(surroundings), 1 << 20).value_or("");
  for (const std::string_view line : letters::lines(ended)) {
    const std::size_t from = line.find('\t'), to = line.find('\t', from + 1);
    if (to == std::string_view::npos) continue;
    const std::string session(line.substr(0, from));
    if (session != session_id && std::atoll(&line[from + 1]) <= made_ns &&
        made_ns <= std::atoll(line.data() + to + 1) && may_have(program_folder(session, surroundings)))
      return true;
  }
  const std::string own = program_folder(session_id, surroundings), all(files::parent(own));
  const auto sessions = tree.list(all);
  return sessions && std::ranges::any_of(*sessions, [&](const files::Entry& one) {
           const std::string folder = files::join(all, one.name), mark = files::join(folder, "command");
           const auto stamp = tree.stat(mark);
           if (folder == own || !stamp || stamp->modified_ns > made_ns) return false;
           const std::string process = tree.read(mark, 64).value_or("");  // a session that crashed runs nothing
           return (process.empty() || process == process_of(std::atoll(process.c_str()))) && may_have(folder);
         });
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
      !is_younger(facts.git_dir, {"commondir"}, mark_of("began", session_id, surroundings)))
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
// and what its command at hand must have made, since no other session's ran. What another session made is that one's.
std::optional<repository::Expected> made_now(const repository::Facts& facts,
                                             const repository::Expectations& expectations,
                                             const std::string& session_id, const Surroundings& surroundings) {
  const repository::Expected* owner = repository::owner_of(expectations, facts.common_dir);
  if (owner != nullptr && is_being_added(facts, session_id, surroundings))
    return repository::linked_to(*owner, facts.work_tree);
  if (is_made_by_another(facts.common_dir, session_id, surroundings)) return std::nullopt;
  const repository::Expected* began = repository::beginning(expectations);
  const bool is_open =
      (is_unborn(facts) && verb_of(surroundings) == "clone") ||
      (began != nullptr && !began->work_tree.empty() && files::is_within(began->work_tree, facts.common_dir));
  const std::string mark = mark_of(is_open ? "began" : "command", session_id, surroundings);
  if (!is_younger(facts.common_dir, {"config", "description", "info/exclude", "HEAD"}, mark)) return std::nullopt;
  const auto config = files::DiskTree().stat(files::join(facts.common_dir, "config"));
  if (!is_open && config && may_be_anothers(facts.common_dir, config->modified_ns, began, session_id, surroundings))
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

void note_command(const std::string& session_id, const Surroundings& surroundings) {
  const std::string mark = mark_of("command", session_id, surroundings);
  const files::DiskTree tree;
  if (tree.stat(mark_of("began", session_id, surroundings)) && !tree.stat(mark))
    static_cast<void>(files::write_atomically(mark, process_of(surroundings.client_process), 0600));
}

void note_end(const std::string& session_id, const Surroundings& surroundings) {
  const std::string mark = mark_of("command", session_id, surroundings);
  const auto stamp = files::DiskTree().stat(mark);
  if (!stamp) return;
  constexpr std::int64_t second = 1'000'000'000;
  note_line(ended_file(surroundings), session_id + "\t" + std::to_string(stamp->modified_ns) + "\t" +
                                          std::to_string((surroundings.now + 1) * second) + "\n");
  static_cast<void>(files::remove_file(mark));
}

void note_maker(const std::string& common_dir, const std::string& session_id, const Surroundings& surroundings) {
  note_line(makers_file(surroundings), session_id + "\t" + common_dir + "\n");
}

}  // namespace cascade::systems
