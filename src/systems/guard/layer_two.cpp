// A folder is filled with one script for each hook that git knows, and the client's environment file points
// core.hooksPath there. Git then asks this guard, whatever program started it.
#include "guard/judge.h"

#include <algorithm>
#include <ctime>

#include "cli/console.h"
#include "cli/hook_entries.h"
#include "cli/verb_guard.h"
#include "cli/verb_hook.h"
#include "events/judges.h"
#include "evidence/words.h"
#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/process.h"
#include "files/run_program.h"
#include "git/address.h"
#include "git/git_program.h"
#include "git/words.h"
#include "hash/content_hash.h"
#include "system/system.h"
#include "text/lines.h"
#include "text/word_set.h"

namespace cascade::systems {
namespace {

std::string folder_of(const std::string& session_id, const Surroundings& surroundings) {
  return files::join(surroundings.state_directory, "git-hooks/" + hash::to_hex(hash::hash64(session_id)));
}

using Rows = std::vector<std::vector<std::string>>;

// The lines of `input`, split at blanks.
Rows rows_of(const std::string& input) {
  Rows rows;
  for (const std::string_view line : letters::lines(input)) {
    std::vector<std::string> row;
    letters::each_word(line, [&](std::string_view word) { row.emplace_back(word); });
    if (!row.empty()) rows.push_back(std::move(row));
  }
  return rows;
}

constexpr std::string_view heads = "refs/heads/";

// Whether fetching or looking around writes this ref; such refs hold no one's work.
bool is_bookkeeping(std::string_view ref) {
  for (const std::string_view prefix : {"refs/remotes/", "refs/prefetch/", "refs/bisect/"})
    if (ref.starts_with(prefix)) return true;
  return letters::lists("ORIG_HEAD FETCH_HEAD AUTO_MERGE CHERRY_PICK_HEAD REVERT_HEAD MERGE_HEAD", ref);
}

bool is_protected(const policy::Policy& policy, const repository::Expectations& expectations, std::string_view ref) {
  if (!ref.starts_with(heads)) return false;
  const std::string branch(ref.substr(heads.size()));
  return policy.protects(branch) && !repository::allows_branch(expectations, branch);
}

// `allows`: what the user would have to allow; empty: the repository itself.
std::string refusal(const std::string& what, const repository::Facts& facts,
                    const repository::Expectations& expectations, const std::string& allows = {}) {
  const repository::Expected* began = repository::beginning(expectations);
  return "this would " + what + " " + repository::describe(facts, files::DiskTree()) + "." +
         (began == nullptr ? std::string() : " This session works in " + repository::describe(*began) + ".") +
         "\nIf it is intended, the user can name the place in a prompt or run: cascade guard allow " +
         repository::shell_word(allows.empty() ? repository::place_of(facts) : allows);
}

bool is_free(const std::string& path, const repository::Expectations& expectations, const Surroundings& surroundings) {
  return repository::is_temporary(temporary_folders(surroundings, files::DiskTree()), expectations, path);
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
  // "made" is no hook of git's: the wrapper calls it.
  Result<void> written = files::write_atomically(files::join(folder, made_name), script, 0700);
  for (const std::string_view name : evidence::list::git_hooks)
    if (written) written = files::write_atomically(files::join(folder, name), script, 0700);
  if (!written) return written;
  return files::write_atomically(files::join(programs, "git"), git_wrapper(files::in_shell_path(programs), folder),
                                 0700);
}

// A bare repository that is fetched into is a cache or a mirror.
bool fetches_into_cache(const repository::Facts& facts, const Surroundings& surroundings) {
  const auto config = files::DiskTree().read(files::join(facts.common_dir, "config"), 1 << 16);
  const bool is_bare = config && config->find("bare = true") != std::string::npos;
  return is_bare && letters::lists("fetch remote", verb_of(surroundings));
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
  const bool known =
      std::ranges::any_of(expectations, [&](const repository::Expected& one) { return one.work_tree == other; });
  if (other.empty() || known) return std::nullopt;
  return refusal("move " + branch + ", which is checked out in " + other + ", from", facts, expectations, other);
}

// The references that a transaction or a push changes, with their new values, from rows of at least so many words.
std::vector<Reference> changed_by(const Rows& rows, std::size_t words) {
  std::vector<Reference> changed;
  for (const auto& row : rows)
    if (row.size() >= words) changed.push_back({row[2], is_nothing(row[1]) ? "" : row[1]});
  return changed;
}

// A hook's question about a repository that the session knows.
struct Asked {
  const repository::Facts& facts;
  const repository::Expectations& expectations;
  const repository::Expected* expected;  // null: it lies in a folder for temporary files
  std::string address{};                 // of a push
  bool is_at_project = false;            // the push arrives at the session's project
};

// Why one of the references that change or are pushed must stay where it is; nothing: all may go.
std::optional<std::string> kept_reference(const Rows& rows, bool pushes, const Asked& asked,
                                          const policy::Policy& policy, repository::Git& git,
                                          const Surroundings& surroundings) {
  for (const auto& row : rows) {
    if (row.size() < 3 || (!pushes && asked.expected == nullptr)) continue;
    const std::string& ref = row[2];
    // One that is deleted by its name alone goes from nothing to nothing.
    const bool moves = pushes || is_nothing(row[1]) || row[0] != row[1];
    const bool is_branch = ref.starts_with(heads);
    if (!moves || (!pushes && is_branch && only_packs(row, asked.facts))) continue;
    if (!pushes && is_branch)
      if (auto other = other_tree(ref.substr(heads.size()), asked.facts, asked.expectations)) return other;
    const bool is_of_project =
        pushes ? asked.is_at_project
               : asked.expected != nullptr && asked.expected->source != repository::Source::made &&
                     !repository::is_submodule(asked.expectations, asked.facts.work_tree, files::DiskTree());
    if (is_of_project && is_protected(policy, asked.expectations, ref) &&
        (pushes || !only_follows(row, asked.facts, *asked.expected, git, surroundings)))
      return "this would change " + ref.substr(heads.size()) +
             repository::protected_text(std::string(ref.substr(heads.size())));
  }
  return std::nullopt;
}

// Whether the address is that of a repository that the session made.
bool is_made_there(const std::string& address, const repository::Expectations& expectations,
                   const std::string& session_id, repository::Git& git, const Surroundings& surroundings) {
  const files::DiskTree tree;
  if (!files::is_absolute(address)) return false;
  if (repository::is_made_address(expectations, address, tree)) return true;
  const auto facts = git.look({address, "", ""});
  if (!facts || !*facts) return false;
  return repository::normal_address(repository::place_of(**facts), "/", tree) == address &&
         made_now(**facts, expectations, session_id, surroundings).has_value();
}

// Where git looks for the repository of the call that runs the hook.
repository::Place place_of(const GitHook& hook, const Surroundings& surroundings) {
  repository::Place place{hook.directory, "", ""};
  for (const auto& [name, value] : surroundings.environment)
    if (name == "GIT_DIR" || name == "GIT_WORK_TREE") (name == "GIT_DIR" ? place.git_dir : place.work_tree) = value;
  return place;
}

// A push that may go on moves branches of a repository on this machine: nobody is to be told of them.
void note_pushed(const std::string& address, const Rows& rows, repository::Git& git, const Surroundings& surroundings) {
  if (!files::is_absolute(address)) return;
  const auto facts = git.look({files::DiskTree().stat(address) ? address : address + ".git", "", ""});
  if (facts && *facts) note_allowed_change((*facts)->common_dir, changed_by(rows, 4), surroundings);
}

// Why a push to this address must not go on.
std::optional<std::string> foreign_push(const Asked& asked, bool is_made, const Surroundings& surroundings) {
  const repository::Facts& facts = asked.facts;
  const repository::Expectations& expectations = asked.expectations;
  const repository::Expected* const expected = asked.expected;
  const std::string& address = asked.address;
  const bool known = std::ranges::any_of(expectations, [&](const repository::Expected& one) {
    const bool counts = expected == nullptr || &one == expected || one.directory.empty();
    return counts && std::ranges::find(one.addresses, address) != one.addresses.end();
  });
  const bool makes = expected != nullptr && expected->source == repository::Source::made;
  // Of a repository below an expected one its own remotes are known; layer one has asked about a submodule's.
  std::vector<std::string> own;
  if (expected != nullptr && expected->common_dir != facts.common_dir)
    for (const std::string& name : repository::remotes(facts))
      for (std::string& one : repository::push_addresses(facts, name, files::DiskTree())) own.push_back(std::move(one));
  const bool is_own =
      expected != nullptr && !makes && (!expected->has_remotes || std::ranges::find(own, address) != own.end());
  if (known || is_own || is_made || (makes && (asked.is_at_project || !expected->has_remotes)) ||
      (files::is_absolute(address) && is_free(address, expectations, surroundings)))
    return std::nullopt;
  const bool can_be_named = repository::hosted_repository(address) == address;
  return refusal("push to " + address + " from", facts, expectations, can_be_named ? address : std::string());
}

// The reason why git must stop; nothing if it may continue.
Result<std::optional<std::string>> judge_git_hook(const GitHook& hook, const Surroundings& surroundings) {
  using Refusal = std::optional<std::string>;
  const bool pushes = hook.name == "pre-push";
  const bool changes =
      hook.name == "reference-transaction" && !hook.arguments.empty() && hook.arguments[0] == "prepared";
  if (!pushes && !changes) return Refusal();
  const Rows lines = rows_of(hook.input);
  if (changes && std::ranges::all_of(lines, [](const auto& row) { return row.size() < 3 || is_bookkeeping(row[2]); }))
    return Refusal();
  session::Ledger ledger(surroundings.state_directory, hook.session_id);
  const std::string project = began_in(ledger);
  const files::DiskTree tree;
  const auto policy = policy::read_policy(tree, surroundings.users_file, project);
  if (!policy) return policy.error();
  if (policy->mode_of("repository") != policy::Mode::block) return Refusal();
  repository::Expectations expectations = expectations_of(ledger, std::string(session::main_conversation));
  repository::GitProgram git(surroundings.git_program);
  const auto facts = git.look(place_of(hook, surroundings));
  if (!facts) return facts.error();
  if (!*facts) return Refusal();
  const repository::Facts& here = **facts;
  const auto is_free_here = [&](const std::string& path) { return is_free(path, expectations, surroundings); };
  // In a folder for temporary files, one with a remote is judged like any other.
  const bool is_nobodys = (is_free_here(here.common_dir) && !repository::has_remotes(here)) ||
                          repository::is_clone_inside(expectations, here, tree);
  const repository::Expected* expected = repository::find(expectations, here);
  if (changes && !is_nobodys && (expected == nullptr || expected->common_dir != here.common_dir))
    if (auto made = made_now(here, expectations, hook.session_id, surroundings)) {
      static_cast<void>(ledger.append(entry_of(*made, std::string(session::main_conversation), surroundings.now)));
      note_maker(made->common_dir, hook.session_id, surroundings);
      expectations.push_back(*std::move(made));
    }
  expected = repository::find(expectations, here);
  if (expected == nullptr && is_free_here(here.work_tree))
    expected = repository::owner_of(expectations, here.common_dir);
  const std::vector<Reference> changed = changed_by(lines, 3);
  if (expected == nullptr && !is_nobodys && changes && fetches_into_cache(here, surroundings)) {
    note_allowed_change(here.common_dir, changed, surroundings);
    return Refusal();
  }
  if (expected == nullptr && !is_nobodys)
    return Refusal(refusal(pushes ? "push from" : "write to", here, expectations));
  Asked asked{here, expectations, expected};
  bool is_made = false;
  if (pushes && hook.arguments.size() > 1) {
    asked.address = repository::normal_address(hook.arguments[1], hook.directory, tree);
    is_made = is_made_there(asked.address, expectations, hook.session_id, git, surroundings);
    const bool is_its_own = expected == nullptr || expected->source == repository::Source::made;
    const bool is_scratch = files::is_absolute(asked.address) && is_free_here(asked.address);
    asked.is_at_project =
        repository::is_project_address(expectations, asked.address) || (!is_its_own && !is_scratch && !is_made);
  }
  if (auto kept = kept_reference(lines, pushes, asked, *policy, git, surroundings)) return kept;
  if (changes && expected != nullptr) note_allowed_change(here.common_dir, changed, surroundings);
  if (!pushes || asked.address.empty()) return Refusal();
  auto foreign = foreign_push(asked, is_made, surroundings);
  if (!foreign) note_pushed(asked.address, lines, git, surroundings);
  return foreign;
}

// The path of the repository's own hook of that name, which runs after ours; empty if there is none.
std::string own_hook(const GitHook& hook, const Surroundings& surroundings) {
  repository::GitProgram git(surroundings.git_program);
  const auto facts = git.look(place_of(hook, surroundings));
  if (!facts || !*facts) return {};
  std::string folder = (*facts)->value("core.hookspath");
  for (const auto& [name, value] : surroundings.environment)
    if (name == "CASCADE_OWN_HOOKS") folder = value;  // of the call itself (the wrapper below)
  if (folder.empty()) folder = files::join((*facts)->common_dir, "hooks");
  if (folder[0] == '~') folder = surroundings.home + folder.substr(1);
  // From where git itself runs it: the folder of the call's files.
  const std::string& top = (*facts)->folder.empty() ? (*facts)->work_tree : (*facts)->folder;
  const std::string& root = top.empty() ? (*facts)->git_dir : top;
  const std::string path = files::join(files::join(root, folder), hook.name);
  const auto stamp = files::DiskTree().stat(path);
  return stamp && stamp->executable ? path : std::string();
}

// The script sets core.hooksPath behind all options of the call, where it wins over `-c` and over variables. A hook
// manager asks git where hooks belong (config, rev-parse, lfs install); it is told the repository's own place. A hooks
// folder of the call's own (`-c core.hooksPath=X`) is passed on as the one that runs after ours. A push with
// --no-verify leaves out the repository's own hook and not ours; send-pack runs none, so ours is asked before. Where
// a guarded session starts another client, the scripts of both are on PATH: the inner one decides, and passes over the
// others, since each would call the other without end.
constexpr std::string_view wrapper_script = R"(
set -f; old=$IFS; IFS=:; real=
for place in $PATH; do
  case $place in "${folder%/*}"/*) continue ;; esac
  if [ -x "$place/git" ] && [ ! -d "$place/git" ]; then real=$place/git; break; fi
done
IFS=$old; set +f
[ -n "$real" ] || real=/usr/bin/git
[ -x "$hooks/reference-transaction" ] || exec "$real" "$@"
left=$#; takes=; verb=; deed=; own=; before=; place=.; last=
while [ "$left" -gt 0 ]; do
  word=$1; shift; left=$((left - 1))
  if [ -n "$verb" ]; then
    [ -n "$deed" ] || deed=$word
    case $word in -*) ;; *) last=$word ;; esac
    case $verb:$word in
      push:--no-verify) own=/dev/null; continue ;;
      send-pack:-*) ;;
      send-pack:*) [ -n "$before" ] || before=$word ;;
    esac
  elif [ -n "$takes" ]; then
    [ "$takes" = -c ] && case $word in
      [cC][oO][rR][eE].[hH][oO][oO][kK][sS][pP][aA][tT][hH]=*) own=${word#*=} ;;
    esac
    [ "$takes" != -C ] || case $word in /*) place=$word ;; *) place=$place/$word ;; esac
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
case $verb in init|clone)
  [ -z "$last" ] || case $last in /*) place=$last ;; *) place=$place/$last ;; esac
  if [ ! -e "$place/.git" ] && [ ! -e "$place/HEAD" ]; then
    "$real" "$@" || exit
    (cd "$place" 2> /dev/null && [ -e .git -o -e HEAD ] && "$hooks/made")
    exit 0
  fi ;;
esac
exec "$real" "$@"
)";

}  // namespace

std::string program_folder(const std::string& session_id, const Surroundings& surroundings) {
  return files::join(surroundings.state_directory, "git-program/" + hash::to_hex(hash::hash64(session_id)));
}

std::vector<std::string> temporary_folders(const Surroundings& surroundings, const files::Tree& tree) {
  std::vector<std::string> folders;
  for (const std::string& folder : surroundings.temporary) folders.push_back(repository::real_path_of(folder, tree));
  return folders;
}

Result<void> set_up_layer_two(const std::string& session_id, const std::string& began,
                              const Surroundings& surroundings) {
  if (surroundings.environment_file.empty()) return {};
  const std::string folder = folder_of(session_id, surroundings);
  const std::string programs = program_folder(session_id, surroundings);
  const std::string listed = repository::shell_word(files::in_shell_path(programs));
  if (auto written = write_layer_two(session_id, surroundings); !written) return written;
  // Repositories that are younger than this file were made in the session.
  const std::string mark = mark_of("began", session_id, surroundings);
  if (!files::DiskTree().stat(mark))
    if (auto written = files::write_atomically(mark, began, 0600); !written) return written;
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
  if (!tree.stat(mark_of("began", session_id, surroundings))) return {};
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

std::string git_wrapper(const std::string& folder, const std::string& hooks) {
  return "#!/bin/sh\n# Cascade's guard: git, with the hooks that ask the guard, however it was started.\nfolder=" +
         repository::shell_word(folder) + "\nhooks=" + repository::shell_word(hooks) + std::string(wrapper_script);
}

}  // namespace cascade::systems

namespace cascade::cli {

Exit run_git_hook(Call& call, const std::vector<std::string>& words) {
  if (words.size() < 6) return refuse(call.console(), misuse("a hook without its name"));
  systems::GitHook hook{
      words[4], words[5], {words.begin() + 6, words.end()}, {}, files::DiskTree().real_path(".").value_or("/")};
  const bool reads = letters::lists("reference-transaction pre-push post-rewrite pre-receive post-receive", hook.name);
  if (reads) hook.input = read_standard_input(max_call_bytes);
  systems::Surroundings surroundings = system_surroundings(call, std::time(nullptr));
  surroundings.state_directory = words[1];
  surroundings.users_file = words[2];
  surroundings.temporary = {"/tmp", "/var/tmp", "/dev/shm", words[3]};
  if (hook.name == systems::made_name) {
    systems::note_made_repository(hook, surroundings);
    return Exit::yes;
  }
  Environment began = call.environment();
  began.state = words[1];
  const auto refusal = are_hooks_off(began) ? Result<std::optional<std::string>>(std::nullopt)
                                            : systems::judge_git_hook(hook, surroundings);
  if (!refusal) return refuse(call.console(), refusal.error());
  if (*refusal) return call.console().deny(**refusal);
  for (const core::System* const system : core::systems()) {
    if (system->push == nullptr || hook.name != "pre-push" || are_hooks_off(began)) continue;
    std::string warnings;
    const auto why = system->push(began, hook.name, hook.arguments, hook.input, hook.directory, warnings);
    if (!why) return refuse(call.console(), why.error());
    if (*why) return call.console().deny(**why);
    if (!warnings.empty()) call.console().complain(warnings);
  }
  const std::string own = systems::own_hook(hook, surroundings);
  if (own.empty()) return Exit::yes;
  std::vector<std::string> command = {own};
  command.insert(command.end(), hook.arguments.begin(), hook.arguments.end());
  return refuse(call.console(), files::become(command, reads, hook.input));
}

}  // namespace cascade::cli
