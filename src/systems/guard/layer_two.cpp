// Layer two of the repository guard. At a session's start, a folder is filled with one script for each hook that git
// knows, and the client's environment file points core.hooksPath there. Git then asks this guard before a push or a
// change of refs, whatever program started git, which no reading of command lines can ensure; the repository's own hook
// runs afterwards. A ref may change only in an expected repository or a temporary folder, protected branches may not
// change, and a push needs an expected address.
#include "guard/layer_two.h"

#include <algorithm>
#include <ctime>

#include "cli/guard_actions.h"
#include "cli/hook_entries.h"
#include "cli/hook_options.h"
#include "cli/standard_input.h"
#include "events/expectations.h"
#include "evidence/words.h"
#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/program_path.h"
#include "files/run_program.h"
#include "files/tree.h"
#include "git/address.h"
#include "git/git_program.h"
#include "git/words.h"
#include "guard/judge.h"
#include "guard/slipped.h"
#include "hash/content_hash.h"
#include "system/system.h"

namespace cascade::systems {
namespace {

std::string folder_of(const std::string& session_id, const Surroundings& surroundings) {
  return files::join(surroundings.state_directory, "git-hooks/" + hash::to_hex(hash::hash64(session_id)));
}

// The lines of `input`, split at blanks.
std::vector<std::vector<std::string>> rows(const std::string& input) {
  std::vector<std::vector<std::string>> all;
  for (std::size_t at = 0; at < input.size();) {
    const std::size_t end = std::min(input.find('\n', at), input.size());
    std::vector<std::string> row;
    for (std::size_t word = at; word < end;) {
      const std::size_t stop = std::min(input.find(' ', word), end);
      if (stop > word) row.push_back(input.substr(word, stop - word));
      word = stop + 1;
    }
    if (!row.empty()) all.push_back(std::move(row));
    at = end + 1;
  }
  return all;
}

constexpr std::string_view heads = "refs/heads/";

// Whether fetching or looking around writes this ref; such refs hold no one's work.
bool is_bookkeeping(std::string_view ref) {
  const auto begins = [&](std::string_view prefix) { return ref.substr(0, prefix.size()) == prefix; };
  return begins("refs/remotes/") || begins("refs/prefetch/") || begins("refs/bisect/") || ref == "ORIG_HEAD" ||
         ref == "FETCH_HEAD" || ref == "AUTO_MERGE" || ref == "CHERRY_PICK_HEAD" || ref == "REVERT_HEAD" ||
         ref == "MERGE_HEAD";
}

bool is_protected(const policy::Policy& policy, const repository::Expectations& expectations, std::string_view ref) {
  if (ref.substr(0, heads.size()) != heads) return false;
  const std::string branch(ref.substr(heads.size()));
  return policy.protects(branch) && !repository::allows_branch(expectations, branch);
}

// `allows`: what the user would have to allow; empty: the repository itself.
std::string refusal(const std::string& what, const repository::Facts& facts,
                    const repository::Expectations& expectations, const std::string& allows = {}) {
  const repository::Expected* began = repository::beginning(expectations);
  return "this would " + what + " " + repository::describe(facts, files::DiskTree()) + ". " +
         (began == nullptr ? std::string() : "This session works in " + repository::describe(*began) + ". ") +
         "If it is intended, the user can name the place in a prompt or run: cascade guard allow " +
         repository::shell_word(!allows.empty()           ? allows
                                : facts.work_tree.empty() ? facts.common_dir
                                                          : facts.work_tree);
}

bool is_within_one(const std::vector<std::string>& folders, const std::string& path) {
  const files::DiskTree tree;
  return std::any_of(folders.begin(), folders.end(), [&](const std::string& folder) {
    return files::is_within(repository::real_path_of(folder, tree), path);
  });
}

// All paths are written into the script, so that a line cannot redirect them through the environment (HOME,
// XDG_STATE_HOME, TMPDIR).
std::string hook_script(const std::string& session_id, const Surroundings& surroundings) {
  std::string script =
      "#!/bin/sh\n# Cascade's guard asks first; the repository's own hook of this name runs after it.\nexec " +
      repository::shell_word(surroundings.own_program) + " guard git-hook";
  const std::string temporary = surroundings.temporary.empty() ? std::string() : surroundings.temporary.back();
  for (const std::string& word : {surroundings.state_directory, surroundings.users_file, temporary, session_id})
    script += " " + repository::shell_word(word);
  return script + " \"${0##*/}\" \"$@\"\n";
}

Result<void> write_layer_two(const std::string& session_id, const Surroundings& surroundings) {
  const std::string folder = folder_of(session_id, surroundings), programs = program_folder(session_id, surroundings);
  for (const std::string& made : {folder, programs})
    if (auto done = files::make_directories(made); !done) return done;
  const std::string script = hook_script(session_id, surroundings);
  Result<void> written;
  for (const std::string_view name : evidence::list::git_hooks)
    if (written) written = files::write_atomically(files::join(folder, name), script, 0700);
  if (!written) return written;
  return files::write_atomically(files::join(programs, "git"), git_wrapper(files::in_shell_path(programs), folder),
                                 0700);
}

// Whether what these files below a folder belong to was made after the session began: none of them is older.
bool is_younger(const std::string& folder, std::initializer_list<const char*> names, const std::string& session_id,
                const Surroundings& surroundings) {
  const files::DiskTree tree;
  const auto began = tree.stat(files::join(program_folder(session_id, surroundings), "began"));
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

bool is_bare(const repository::Facts& facts) {
  const auto config = files::DiskTree().read(files::join(facts.common_dir, "config"), 1 << 16);
  return config && config->find("bare = true") != std::string::npos;
}

// The verb of the git that was called, by the wrapper; empty: it was not asked.
std::string_view verb_of(const Surroundings& surroundings) {
  for (const auto& [name, value] : surroundings.environment)
    if (name == "CASCADE_GIT_VERB") return value;
  return {};
}

// A bare repository that is fetched into is a cache or a mirror.
bool fetches_into_cache(const repository::Facts& facts, const Surroundings& surroundings) {
  const std::string_view verb = verb_of(surroundings);
  return is_bare(facts) && (verb == "fetch" || verb == "remote");
}

// git gives hooks the folder of the repository and not always its work tree.
void correct_work_tree(repository::Facts& facts, const repository::Place& place) {
  if (place.git_dir.empty() || !place.work_tree.empty()) return;
  if (files::file_name(facts.git_dir) == ".git")
    facts.work_tree = std::string(files::parent(facts.git_dir));
  else if (facts.git_dir == facts.common_dir && is_bare(facts))
    facts.work_tree.clear();
}

bool is_nothing(std::string_view id) { return id.find_first_not_of('0') == std::string_view::npos; }

// Whether a reference is where it was afterwards: git packs it, or takes away the file of a packed one.
bool only_packs(const std::vector<std::string>& row, const repository::Facts& facts) {
  const files::DiskTree tree;
  const bool removes = is_nothing(row[1]);
  if (!removes && !is_nothing(row[0])) return row[0] == row[1];
  const auto text = tree.read(files::join(facts.common_dir, removes ? "packed-refs" : row[2]), 16 << 20);
  if (!text) return false;
  if (!removes) return text->starts_with(row[1]);
  return !is_nothing(row[0]) && text->find(row[0] + " " + row[2] + "\n") != std::string::npos;
}

// Whether the session's own copy of a branch only follows its remote, and loses nothing.
bool only_follows(const std::vector<std::string>& row, const repository::Facts& facts,
                  const repository::Expected& expected, repository::Git& git, const Surroundings& surroundings) {
  if (is_nothing(row[0]) || is_nothing(row[1]) || expected.remote.empty()) return false;
  const repository::Place place{facts.git_dir, facts.git_dir, {}};
  const std::string there = "refs/remotes/" + expected.remote + "/" + row[2].substr(heads.size());
  const auto reaches = [&](const std::string& from, const std::string& to) {
    const auto answer = git.descends(place, from, to);
    return answer && *answer;
  };
  return reaches(row[0], row[1]) && (verb_of(surroundings) == "fetch" || reaches(row[1], there));
}

// The refusal to move a branch that another work tree has checked out.
std::optional<std::string> other_tree(const std::string& branch, const repository::Facts& facts,
                                      const repository::Expectations& expectations) {
  const std::string other = repository::work_tree_with(branch, facts.common_dir, facts.work_tree, files::DiskTree());
  const bool known = std::any_of(expectations.begin(), expectations.end(),
                                 [&](const repository::Expected& one) { return one.work_tree == other; });
  if (other.empty() || known) return std::nullopt;
  return refusal("move " + branch + ", which is checked out in " + other + ", from", facts, expectations, other);
}

// The references that a transaction changes, with their new values.
std::vector<Reference> changed_by(const std::vector<std::vector<std::string>>& rows) {
  std::vector<Reference> changed;
  for (const auto& row : rows)
    if (row.size() > 2) changed.push_back({row[2], row[1].find_first_not_of('0') == std::string::npos ? "" : row[1]});
  return changed;
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
  if (facts.git_dir == facts.common_dir || !is_younger(facts.git_dir, {"commondir"}, session_id, surroundings))
    return false;
  const files::DiskTree tree;
  const std::string log = tree.read(files::join(facts.git_dir, "logs/HEAD"), 1 << 16).value_or("");
  if (std::count(log.begin(), log.end(), '\n') > 1) return false;
  const bool is_begun = tree.read(files::join(facts.git_dir, "locked"), 256).value_or("").starts_with("initializing");
  return is_begun || verb_of(surroundings) == "worktree" || !tree.stat(files::join(facts.git_dir, "ORIG_HEAD"));
}

// What the session makes while git asks is its own from then on.
std::optional<repository::Expected> made_now(const repository::Facts& facts,
                                             const repository::Expectations& expectations,
                                             const std::string& session_id, const Surroundings& surroundings) {
  const repository::Expected* owner = repository::owner_of(expectations, facts.common_dir);
  if (owner != nullptr && is_being_added(facts, session_id, surroundings))
    return repository::linked_to(*owner, facts.work_tree);
  if (is_younger(facts.common_dir, {"config", "description", "info/exclude", "HEAD"}, session_id, surroundings))
    return made_by_session(facts);
  return std::nullopt;
}

// A hook's question about a repository that the session knows.
struct Asked {
  const repository::Facts& facts;
  const repository::Expectations& expectations;
  const repository::Expected* expected;  // null: it lies in a folder for temporary files
};

// Why one of the references that change or are pushed must stay where it is; nothing: all may go.
std::optional<std::string> kept_reference(const std::vector<std::vector<std::string>>& rows, bool pushes,
                                          const Asked& asked, const policy::Policy& policy, repository::Git& git,
                                          const Surroundings& surroundings) {
  for (const auto& row : rows) {
    if (row.size() < 3 || asked.expected == nullptr) continue;
    const std::string& ref = row[2];
    // One that is deleted by its name alone goes from nothing to nothing.
    const bool moves = pushes || is_nothing(row[1]) || row[0] != row[1];
    const bool is_branch = ref.starts_with(heads);
    if (!moves || (!pushes && is_branch && only_packs(row, asked.facts))) continue;
    if (!pushes && is_branch)
      if (auto other = other_tree(ref.substr(heads.size()), asked.facts, asked.expectations)) return other;
    if (asked.expected->source != repository::Source::made && is_protected(policy, asked.expectations, ref) &&
        (pushes || !only_follows(row, asked.facts, *asked.expected, git, surroundings)))
      return "this would change " + ref.substr(heads.size()) + ", which cascade.yaml protects";
  }
  return std::nullopt;
}

// Why a push to this address must not go on.
std::optional<std::string> foreign_push(const GitHook& hook, const Asked& asked, const Surroundings& surroundings) {
  const auto& [facts, expectations, expected] = asked;
  const std::string address = repository::normal_address(hook.arguments[1], hook.directory, files::DiskTree());
  const bool known = std::any_of(expectations.begin(), expectations.end(), [&](const repository::Expected& one) {
    const bool counts = asked.expected == nullptr || &one == asked.expected || one.directory.empty();
    return counts && std::find(one.addresses.begin(), one.addresses.end(), address) != one.addresses.end();
  });
  const bool own = expected != nullptr && (!expected->has_remotes || expected->common_dir != facts.common_dir);
  if (known || own || (files::is_absolute(address) && is_within_one(surroundings.temporary, address)))
    return std::nullopt;
  const bool can_be_named = repository::hosted_repository(address) == address;
  return refusal("push to " + address + " from", facts, expectations, can_be_named ? address : std::string());
}

}  // namespace

Result<void> set_up_layer_two(const std::string& session_id, const Surroundings& surroundings) {
  if (surroundings.environment_file.empty()) return {};
  const std::string folder = folder_of(session_id, surroundings);
  const std::string programs = program_folder(session_id, surroundings);
  const std::string listed = repository::shell_word(files::in_shell_path(programs));
  if (auto written = write_layer_two(session_id, surroundings); !written) return written;
  // Repositories that are younger than this file were made in the session.
  const std::string mark = files::join(programs, "began");
  if (!files::DiskTree().stat(mark))
    if (auto written = files::write_atomically(mark, "", 0600); !written) return written;
  // Appended to the variables that exist: another hook may have set some for git as well.
  const std::string lines =
      "export GIT_CONFIG_COUNT=$((${GIT_CONFIG_COUNT:-0} + 1))\n"
      "export GIT_CONFIG_KEY_$((GIT_CONFIG_COUNT - 1))=core.hooksPath\n"
      "export GIT_CONFIG_VALUE_$((GIT_CONFIG_COUNT - 1))=" +
      repository::shell_word(folder) +
      "\n"
      "case :$PATH: in *:" +
      listed + ":*) ;; *) export PATH=" + listed + ":$PATH ;; esac\n";
  const files::DiskTree tree;
  const auto before = tree.read(surroundings.environment_file, 1 << 20);
  if (before && before->find(folder) != std::string::npos) return {};
  return files::write_atomically(surroundings.environment_file, (before ? *before : std::string()) + lines, 0600);
}

std::string mend_layer_two(const std::string& session_id, const Surroundings& surroundings) {
  const files::DiskTree tree;
  const std::string folder = folder_of(session_id, surroundings);
  const auto mark = tree.stat(files::join(program_folder(session_id, surroundings), "began"));
  if (!mark) return {};
  const std::uint64_t size = hook_script(session_id, surroundings).size();
  std::string changed;
  for (const std::string_view name : evidence::list::git_hooks) {
    const auto stamp = tree.stat(files::join(folder, name));
    if (!stamp || stamp->size != size || !stamp->executable)
      changed += (changed.empty() ? "" : ", ") + std::string(name);
  }
  if (!tree.stat(files::join(program_folder(session_id, surroundings), "git")))
    changed += changed.empty() ? "git" : ", git";
  if (changed.empty() || !write_layer_two(session_id, surroundings)) return {};
  return changed;
}

Result<std::optional<std::string>> judge_git_hook(const GitHook& hook, const Surroundings& surroundings) {
  using Refusal = std::optional<std::string>;
  const bool pushes = hook.name == "pre-push";
  const bool changes =
      hook.name == "reference-transaction" && !hook.arguments.empty() && hook.arguments[0] == "prepared";
  if (!pushes && !changes) return Refusal();
  const std::vector<std::vector<std::string>> lines = rows(hook.input);
  if (changes &&
      std::all_of(lines.begin(), lines.end(), [](const auto& row) { return row.size() < 3 || is_bookkeeping(row[2]); }))
    return Refusal();
  session::Ledger ledger(surroundings.state_directory, hook.session_id);
  const std::string project = began_in(ledger);
  const files::DiskTree tree;
  const auto policy = policy::read_policy(tree, surroundings.users_file, project);
  if (!policy) return policy.error();
  if (policy->mode_of("repository") != policy::Mode::block) return Refusal();
  repository::Expectations expectations = expectations_of(ledger, std::string(session::main_conversation));
  repository::GitProgram git(surroundings.git_program);
  repository::Place place{hook.directory, "", ""};
  for (const auto& [name, value] : surroundings.environment) {
    if (name == "GIT_DIR") place.git_dir = value;
    if (name == "GIT_WORK_TREE") place.work_tree = value;
  }
  auto facts = git.look(place);
  if (!facts) return facts.error();
  if (!*facts) return Refusal();
  correct_work_tree(**facts, place);
  const bool is_free = is_within_one(surroundings.temporary, (*facts)->common_dir);
  if (changes && !is_free && repository::find(expectations, **facts) == nullptr)
    if (auto made = made_now(**facts, expectations, hook.session_id, surroundings)) {
      static_cast<void>(ledger.append(entry_of(*made, std::string(session::main_conversation), surroundings.now)));
      expectations.push_back(*std::move(made));
    }
  const repository::Expected* expected = repository::find(expectations, **facts);
  if (expected == nullptr && is_within_one(surroundings.temporary, (*facts)->work_tree))
    expected = repository::owner_of(expectations, (*facts)->common_dir);
  const std::vector<Reference> changed = changed_by(lines);
  if (expected == nullptr && !is_free && changes && fetches_into_cache(**facts, surroundings)) {
    note_allowed_change((*facts)->common_dir, changed, surroundings);
    return Refusal();
  }
  if (expected == nullptr && !is_free)
    return Refusal(refusal(pushes ? "push from" : "write to", **facts, expectations));
  const Asked asked{**facts, expectations, expected};
  if (auto kept = kept_reference(lines, pushes, asked, *policy, git, surroundings)) return kept;
  if (changes && expected != nullptr) note_allowed_change((*facts)->common_dir, changed, surroundings);
  if (!pushes || hook.arguments.size() < 2) return Refusal();
  return foreign_push(hook, asked, surroundings);
}

std::string own_hook(const GitHook& hook, const Surroundings& surroundings) {
  repository::GitProgram git(surroundings.git_program);
  repository::Place place{hook.directory, "", ""};
  for (const auto& [name, value] : surroundings.environment)
    if (name == "GIT_DIR") place.git_dir = value;
  const auto facts = git.look(place);
  if (!facts || !*facts) return {};
  std::string folder = (*facts)->value("core.hookspath");
  for (const auto& [name, value] : surroundings.environment)
    if (name == "CASCADE_OWN_HOOKS") folder = value;  // of the call itself (git_wrapper.cpp)
  if (folder.empty()) folder = files::join((*facts)->common_dir, "hooks");
  if (folder[0] == '~') folder = surroundings.home + folder.substr(1);
  const std::string& root = (*facts)->work_tree.empty() ? (*facts)->git_dir : (*facts)->work_tree;
  const std::string path = files::join(files::join(root, folder), hook.name);
  const auto stamp = files::DiskTree().stat(path);
  return stamp && stamp->executable ? path : std::string();
}

std::string program_folder(const std::string& session_id, const Surroundings& surroundings) {
  return files::join(surroundings.state_directory, "git-program/" + hash::to_hex(hash::hash64(session_id)));
}

// The script sets core.hooksPath behind all options of the call, where it wins over `-c` and over variables. A hook
// manager asks git where hooks belong (config, rev-parse, lfs install); it is told the repository's own place. A hooks
// folder of the call's own (`-c core.hooksPath=X`) is passed on as the one that runs after ours. A push with
// --no-verify leaves out the repository's own hook and not ours; send-pack runs none, so ours is asked before.
std::string git_wrapper(const std::string& folder, const std::string& hooks) {
  return "#!/bin/sh\n"
         "# Cascade's guard: git, with the hooks that ask the guard, however it was started.\n"
         "folder=" +
         repository::shell_word(folder) + "\nhooks=" + repository::shell_word(hooks) +
         R"(
set -f; old=$IFS; IFS=:; real=
for place in $PATH; do
  if [ "$place" != "$folder" ] && [ -x "$place/git" ] && [ ! -d "$place/git" ]; then real=$place/git; break; fi
done
IFS=$old; set +f
[ -n "$real" ] || real=/usr/bin/git
[ -x "$hooks/reference-transaction" ] || exec "$real" "$@"
left=$#; takes=; verb=; deed=; own=; before=
while [ "$left" -gt 0 ]; do
  word=$1; shift; left=$((left - 1))
  if [ -n "$verb" ]; then
    [ -n "$deed" ] || deed=$word
    case $verb:$word in
      push:--no-verify) own=/dev/null; continue ;;
      send-pack:-*) ;;
      send-pack:*) [ -n "$before" ] || before=$word ;;
    esac
  elif [ -n "$takes" ]; then
    [ "$takes" = -c ] && case $word in
      [cC][oO][rR][eE].[hH][oO][oO][kK][sS][pP][aA][tT][hH]=*) own=${word#*=} ;;
    esac
    takes=
  else
    case $word in
      -C|-c|--git-dir|--work-tree|--namespace|--config-env|--super-prefix|--attr-source) takes=$word ;;
      -*) ;;
      *)
        verb=$word
        case $verb in config|rev-parse|var|lfs) ;; *) set -- "$@" -c "core.hooksPath=$hooks" ;; esac ;;
    esac
  fi
  set -- "$@" "$word"
done
export CASCADE_GIT_VERB="$verb"
[ -z "$own" ] || export CASCADE_OWN_HOOKS="$own"
[ -z "$before" ] || CASCADE_OWN_HOOKS=/dev/null "$hooks/pre-push" "$before" "$before" < /dev/null || exit 1
case $verb:$deed in
  lfs:migrate|lfs:pull|lfs:fetch|lfs:push|lfs:checkout) exec "$real" -c "core.hooksPath=$hooks" "$@" ;;
  config:*|rev-parse:*|var:*|lfs:*)
    at=0
    while [ "$at" -lt "${GIT_CONFIG_COUNT:-0}" ] 2> /dev/null; do
      eval "value=\${GIT_CONFIG_VALUE_$at-}"
      [ "$value" != "$hooks" ] || export "GIT_CONFIG_KEY_$at=cascade.hooks"
      at=$((at + 1))
    done
    entry="'core.hooksPath'='$hooks'"
    case ${GIT_CONFIG_PARAMETERS-} in
      *"$entry"*) export GIT_CONFIG_PARAMETERS="${GIT_CONFIG_PARAMETERS%%"$entry"*}${GIT_CONFIG_PARAMETERS#*"$entry"}" ;;
    esac ;;
esac
exec "$real" "$@"
)";
}

}  // namespace cascade::systems

namespace cascade::cli {

Exit run_git_hook(Call& call, const std::vector<std::string>& words) {
  if (words.size() < 6) return refuse(call.console(), {ErrorCode::misuse, "a hook without its name", "", ""});
  systems::GitHook hook{
      words[4], words[5], {words.begin() + 6, words.end()}, {}, files::DiskTree().real_path(".").value_or("/")};
  const bool reads = hook.name == "reference-transaction" || hook.name == "pre-push" || hook.name == "post-rewrite" ||
                     hook.name == "pre-receive" || hook.name == "post-receive";
  if (reads) hook.input = read_standard_input(max_call_bytes);
  systems::Surroundings surroundings = system_surroundings(call, std::time(nullptr));
  surroundings.state_directory = words[1];
  surroundings.users_file = words[2];
  surroundings.temporary = {"/tmp", "/var/tmp", "/dev/shm", words[3]};
  Environment began = call.environment();
  began.state = words[1];
  const auto refusal = are_hooks_off(began) ? Result<std::optional<std::string>>(std::nullopt)
                                            : systems::judge_git_hook(hook, surroundings);
  if (!refusal) return refuse(call.console(), refusal.error());
  if (*refusal) {
    call.console().complain(**refusal);
    return Exit::no;
  }
  for (const core::System* const system : core::systems()) {
    if (system->push == nullptr || hook.name != "pre-push" || are_hooks_off(began)) continue;
    std::string warnings;
    const auto why = system->push(began, hook.name, hook.arguments, hook.input, hook.directory, warnings);
    if (!why) return refuse(call.console(), why.error());
    if (*why) {
      call.console().complain(**why);
      return Exit::no;
    }
    if (!warnings.empty()) call.console().complain(warnings);
  }
  const std::string own = systems::own_hook(hook, surroundings);
  if (own.empty()) return Exit::yes;
  std::vector<std::string> command = {own};
  command.insert(command.end(), hook.arguments.begin(), hook.arguments.end());
  return refuse(call.console(), files::become(command, reads, hook.input));
}

}  // namespace cascade::cli
