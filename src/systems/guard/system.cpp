// The guard of repositories, as the core knows the system: what the events tell about the places where a session may
// write.
#include <algorithm>
#include <iterator>

#include "client/names.h"
#include "events/event_session.h"
#include "events/judges.h"
#include "events/systems.h"
#include "files/paths.h"
#include "git/address.h"
#include "git/git_program.h"
#include "git/words.h"
#include "guard/judge.h"
#include "hook/event.h"
#include "prose/sentence.h"
#include "records/gate_records.h"
#include "system/system.h"
#include "text/ascii.h"
#include "text/suggestion.h"
#include "text/word_set.h"

// Splits a prompt into words (quoted text is one, code blocks are skipped) and collects those that may name a place. A
// refusal ("do not", "leave") excludes the words after it up to the end of the clause or a turning word ("but",
// "only"). A word is marked as a place by its form, by quotes, or by a noun such as "repository" next to it.

namespace cascade::repository {
namespace {

constexpr std::string_view nouns = "repository repo remote project worktree clone checkout fork submodule";
constexpr std::string_view turns = "but only just rather";  // they end a refusal

struct Token {
  std::string text;
  bool quoted = false;
  bool ends_part = false;  // punctuation follows it
};

bool is_quote(char c) { return c == '"' || c == '\'' || c == '`'; }

// Removes punctuation around a word: "(../lib)," becomes "../lib".
void strip(Token& token) {
  std::string& text = token.text;
  while (!text.empty() && std::string_view("([{<\"'`").find(text.front()) != std::string_view::npos) text.erase(0, 1);
  while (!text.empty() && std::string_view(")]}>,;:!?.\"'`").find(text.back()) != std::string_view::npos) {
    if (text == "." || text == "..") break;
    if (text.size() >= 2 && text.compare(text.size() - 2, 2, "..") == 0 &&
        (text.size() == 2 || text[text.size() - 3] == '/'))
      break;
    token.ends_part = token.ends_part || std::string_view(",;:!?.").find(text.back()) != std::string_view::npos;
    text.pop_back();
  }
}

std::vector<Token> tokens(std::string_view prompt) {
  std::vector<Token> all;
  for (std::size_t at = 0; at < prompt.size();) {
    if (letters::is_space(prompt[at])) {
      if (prompt[at] == '\n' && !all.empty()) all.back().ends_part = true;
      ++at;
      continue;
    }
    if (prompt.substr(at, 3) == "```") {  // a block of code is shown, not requested
      const std::size_t end = prompt.find("```", at + 3);
      at = end == std::string_view::npos ? prompt.size() : end + 3;
      continue;
    }
    if (is_quote(prompt[at])) {
      const std::size_t end = prompt.find(prompt[at], at + 1);
      const std::size_t line = prompt.find('\n', at);
      if (end != std::string_view::npos && end < std::min(line, prompt.size()) && end > at + 1) {
        all.push_back({std::string(prompt.substr(at + 1, end - at - 1)), true, false});
        at = end + 1;
        while (at < prompt.size() && std::string_view(",;:!?.").find(prompt[at]) != std::string_view::npos) {
          all.back().ends_part = true;
          ++at;
        }
        continue;
      }
    }
    std::size_t end = at;
    while (end < prompt.size() && !letters::is_space(prompt[end])) ++end;
    Token token{std::string(prompt.substr(at, end - at)), false, false};
    strip(token);
    if (!token.text.empty())
      all.push_back(std::move(token));
    else if (!all.empty())
      all.back().ends_part = true;
    at = end;
  }
  return all;
}

bool looks_like_place(const Token& token) {
  return token.text.find_first_of("/:") != std::string::npos || token.text[0] == '~' || token.text == ".." ||
         token.text == ".";
}

}  // namespace

std::vector<NamedWord> named_words(std::string_view prompt) {
  constexpr std::size_t most = 1'000;
  const std::vector<Token> all = tokens(prompt);
  const auto is_noun = [&](std::size_t i) { return letters::lists(nouns, letters::to_lower(all[i].text)); };
  std::vector<NamedWord> named;
  bool refused = false;
  for (std::size_t i = 0; i < all.size() && named.size() < most; ++i) {
    const Token& token = all[i];
    const std::string word = letters::to_lower(token.text);
    const bool negates = word.size() > 3 && word.compare(word.size() - 3, 3, "n't") == 0;
    if (!token.quoted && ((prose::roles_of(word) & prose::roles::refusal) != 0 || negates)) refused = true;
    if (!token.quoted && letters::lists(turns, word)) refused = false;
    // "the repository lib", "the lib repository": a bare name counts only next to such a noun, or every word of a
    // prompt would be a place.
    const bool beside = (i > 0 && !all[i - 1].ends_part && is_noun(i - 1)) ||
                        (i + 1 < all.size() && !token.ends_part && is_noun(i + 1));
    const bool known = std::ranges::any_of(named, [&](const NamedWord& one) { return one.text == token.text; });
    if (!refused && !known && !token.text.empty())
      named.push_back({token.text, looks_like_place(token) || token.quoted || (beside && !is_noun(i))});
    if (token.ends_part) refused = false;
  }
  return named;
}

}  // namespace cascade::repository

namespace cascade::systems {
namespace {

using hook::EventKind;
using repository::Expected;
using repository::Source;

// The session's ledger and the state shared while one event is recorded.
struct Notes {
  const Surroundings& surroundings;
  session::Ledger& ledger;
  repository::GitProgram git{surroundings.git_program};
  files::DiskTree tree{};

  // What has neither a directory nor an address is a branch; of a directory the branch may change.
  bool knows(const Expected& expected, const std::string& recipient) const {
    return std::ranges::any_of(ledger.entries(), [&](const session::Entry& entry) {
      return entry.event == session::Event::expect && entry.source == repository::to_string(expected.source) &&
             entry.recipient == recipient && entry.place.directory == expected.directory &&
             entry.place.work_tree == expected.work_tree && entry.place.addresses == expected.addresses &&
             (!expected.directory.empty() || entry.place.branch == expected.branch);
    });
  }
  Result<void> keep(const Expected& expected, const std::string& recipient) {
    if (knows(expected, recipient)) return {};
    return ledger.append(entry_of(expected, recipient, surroundings.now));
  }
  Result<void> keep_directory(const std::string& directory, Source source, const std::string& recipient) {
    auto expected = repository::expect_directory(directory, source, git, tree);
    if (!expected) return expected.error();
    return keep(*expected, recipient);
  }
};

// The recipient for what holds for the main conversation and for all subagents that did not begin elsewhere.
std::string everybody() { return std::string(session::main_conversation); }

// A session keeps the directory in which it began, even if it is resumed or compacted in another.
Result<void> note_start(Notes& notes, const hook::EventInput& event, const policy::Policy& policy) {
  if (began_in(notes.ledger).empty())
    if (auto kept = notes.keep_directory(event.working_directory, Source::began, everybody()); !kept) return kept;
  if (!policy.git_hooks) return {};
  const std::string root = repository::work_tree_root(began_in(notes.ledger), notes.tree);
  return set_up_layer_two(event.session_id, root, notes.surroundings);
}

// Records a worktree that the client made for the subagent.
Result<void> note_subagent(Notes& notes, const hook::EventInput& event) {
  if (event.agent_id.empty() || event.working_directory.find(client::own_folder::work_trees) == std::string::npos)
    return {};
  return notes.keep_directory(event.working_directory, Source::began, event.agent_id);
}

// A path that the prompt names, resolved from the session's current or first directory; empty if there is none.
std::string named_path(Notes& notes, const std::string& text, const hook::EventInput& event) {
  std::string path = text;
  if (path[0] == '~' && (path.size() == 1 || path[1] == '/')) path = notes.surroundings.home + path.substr(1);
  for (const std::string& base : {event.working_directory, began_in(notes.ledger)}) {
    if (base.empty()) continue;
    if (auto real = notes.tree.real_path(files::join(base, path))) return *std::move(real);
  }
  return {};
}

// A project next to the session's own that the prompt calls by its name: "the lib repository".
std::string named_neighbour(Notes& notes, const std::string& name) {
  const std::string beside = files::join(std::string(files::parent(began_in(notes.ledger))), name);
  auto real = notes.tree.real_path(beside);
  return real && notes.tree.stat(files::join(*real, ".git")) ? *std::move(real) : std::string();
}

Result<void> note_named(Notes& notes, const repository::NamedWord& word, const hook::EventInput& event,
                        const repository::Expectations& expectations) {
  Expected address;
  address.source = Source::named;
  for (const Expected& expected : expectations)
    for (const auto& [name, target] : expected.remotes)
      if (name == word.text && std::ranges::find(expected.addresses, target) == expected.addresses.end())
        address.addresses.push_back(target);
  if (!address.addresses.empty()) return notes.keep(address, everybody());
  if (!word.is_place) return {};
  std::string path = named_path(notes, word.text, event);
  const bool is_word = word.text.find_first_of("/:~.") == std::string::npos;
  if (path.empty() && is_word) path = named_neighbour(notes, word.text);
  if (path.empty()) {
    const auto repository = repository::hosted_repository(word.text);
    if (!repository) return {};
    address.addresses.push_back(*repository);
    return notes.keep(address, everybody());
  }
  // A path in the session's own work tree is expected already.
  const std::string root = repository::work_tree_root(path, notes.tree);
  for (const Expected& expected : expectations)
    if (!root.empty() && expected.work_tree == root) return {};
  return notes.keep_directory(path, Source::named, everybody());
}

Result<void> note_prompt(Notes& notes, const hook::EventInput& event) {
  if (is_task_notification(event)) return {};  // written by the client, not by the user
  const repository::Expectations expectations = expectations_of(notes.ledger, everybody());
  for (const repository::NamedWord& word : repository::named_words(event.prompt))
    if (auto noted = note_named(notes, word, event, expectations); !noted) return noted;
  return {};
}

// Records the places where this event lets the session write.
Result<void> note_places(const HookEvent::Input& input, policy::Policies& policies, const Surroundings& surroundings) {
  const hook::EventInput& event = input.event;
  const bool moves = client::tool_names::changes_work_tree(event.tool_name);
  if (event.kind == EventKind::tool_failure || (event.kind == EventKind::tool_result && !moves)) return {};
  Notes notes{surroundings, input.ledger(surroundings.state_directory)};
  std::string project = began_in(notes.ledger);
  if (project.empty())
    project = event.kind == EventKind::session_start ? event.working_directory : surroundings.project_directory;
  const auto& policy = policies.at(project);
  if (!policy) return policy.error();
  if (policy->mode_of("repository") == policy::Mode::off) return {};
  if (event.kind == EventKind::session_start) return note_start(notes, event, *policy);
  if (event.kind == EventKind::subagent_start) return note_subagent(notes, event);
  if (event.kind == EventKind::prompt) return note_prompt(notes, event);
  if (event.kind == EventKind::directory_added && !event.directory.empty())
    return notes.keep_directory(event.directory, Source::added, everybody());
  if (event.kind == EventKind::tool_result && event.agent_id.empty())
    return notes.ledger.append(
        entry_of(repository::expect_directory(event.working_directory, Source::began, notes.git, notes.tree)
                     .value_or(Expected{}),
                 everybody(), surroundings.now));
  return {};
}

// What a call leads to that is not refused so far: repositories that it makes become the session's own, layer two is
// mended and knows where branches were before, and a refusal that was heeded counts for the guard's record.

using policy::Mode;

// After a refusal that no one lifted, this call found an accepted way: the refusal was right.
void note_amends(JudgedCall& call) {
  const policy::Policy& policy = call.policy;
  const Surroundings& surroundings = call.surroundings;
  const auto store = policy::store_of(policy);
  if (!store) return;
  for (auto entry = call.ledger.entries().rbegin(); entry != call.ledger.entries().rend(); ++entry) {
    if (entry->event == session::Event::expect && (entry->source == "allowed" || entry->source == "named")) return;
    if (entry->event != session::Event::verdict || entry->source != "repository") continue;
    if (entry->decision != "deny" || entry->layer != policy::to_string(Mode::block)) return;
    session::Entry amends;
    amends.event = session::Event::verdict;
    amends.source = "repository";
    amends.layer = policy::to_string(policy.mode_of("repository"));
    amends.decision = "amended";
    amends.written_at = surroundings.now;
    Judgement judgement;
    judgement.gate = "repository";
    judgement.subject = subject_of(call.event.session_id, "");
    judgement.store = *store;
    if (call.ledger.append(std::move(amends))) static_cast<void>(settle(judgement, "fixed", true, surroundings));
    return;
  }
}

// Directories whose repositories a command may reach.
void add_places(const shell::Call& call, std::vector<std::string>& places) {
  constexpr std::size_t most = 8;
  const auto add = [&](const std::string& place) {
    if (places.size() < most && !place.empty() && std::ranges::find(places, place) == places.end())
      places.push_back(place);
  };
  add(call.directory);
  for (const shell::Value& word : call.words)
    if (word.known && word.text.find('/') != std::string::npos &&
        (files::is_absolute(word.text) || !call.directory.empty()))
      add(files::join(call.directory, word.text));
}

void note_made(JudgedCall& call) {
  for (const repository::Expected& made : call.made) {
    static_cast<void>(
        call.ledger.append(entry_of(made, std::string(session::main_conversation), call.surroundings.now)));
    if (made.source == Source::made) note_maker(made.common_dir, call.event.session_id, call.surroundings);
  }
}

// Before a command runs: mends layer two, and notes where branches are that the command must not move.
std::string watch(const JudgedCall& call, const std::vector<std::string>& places) {
  const std::string& session = call.event.session_id;
  std::string said = note_references(session, call.expectations, places, call.policy, call.surroundings);
  if (const std::string changed = mend_layer_two(session, call.surroundings); !changed.empty())
    said += (said.empty() ? "" : "\n") +
            ("something replaced the guard's own hooks (" + changed +
             "), perhaps a hook manager. They were written again; the repository's own belong into its own folder: git "
             "config core.hooksPath");
  return said;
}

class Consequences final : public CallJudge {
 public:
  explicit Consequences(JudgedCall& call) : call_(call) {}

  void see(const shell::Call& call, const repository::GitWords* git) override {
    runs_ = runs_ || call_.policy.git_hooks;
    writes_ = writes_ || (git != nullptr && repository::deed(*git) == repository::Deed::writes);
    if (call_.policy.git_hooks) add_places(call, places_);
  }
  Result<void> judge() override {
    note_made(call_);
    if (call_.policy.git_hooks && call_.policy.mode_of("repository") != Mode::off)
      call_.slipped = watch(call_, places_);
    if (runs_) note_command(call_.event.session_id, call_.surroundings);
    if (writes_ && call_.verdicts.empty()) note_amends(call_);
    return {};
  }

 private:
  JudgedCall& call_;
  bool runs_ = false;    // a program
  bool writes_ = false;  // to a repository
  std::vector<std::string> places_;
};

}  // namespace

Result<client::Answer> hear_places(EventSession& session) {
  // If nothing is configured, the ledger is not read, so that a prompt gets no slower.
  if (!session.is_of_usual_client() || !session.has_memory()) return client::Answer();
  const hook::EventInput& event = session.event();
  const auto& policy = session.policy();
  if (!policy) return policy.error();
  if (policy->mode_of("repository") == policy::Mode::off) return client::Answer();
  if (auto noted = note_places(session.input(), session.policies(), session.surroundings()); !noted)
    return noted.error();
  if (event.kind != EventKind::tool_result && event.kind != EventKind::tool_failure) return client::Answer();
  const bool watched = policy->git_hooks && policy->mode_of("repository") != policy::Mode::shadow &&
                       event.tool_name == client::tool_names::bash;
  const std::string moved = watched ? moved_references(event.session_id, session.surroundings()) : std::string();
  if (watched) note_end(event.session_id, session.surroundings());
  if (!moved.empty()) add_line(session.lines.context, "[cascade] " + moved);
  return client::Answer();
}

// Leave for what is nothing of these would only look like one: a mistyped path, a branch that nobody protects.
Result<std::string> allow_place(const std::string& session_id, const std::string& what, const std::string& directory,
                                const Surroundings& surroundings) {
  session::Ledger ledger(surroundings.state_directory, session_id);
  Notes notes{surroundings, ledger};
  const std::string path = files::join(directory, what);
  if (notes.tree.stat(path)) {
    if (auto kept = notes.keep_directory(path, Source::allowed, everybody()); !kept) return kept.error();
    return notes.tree.real_path(path).value_or(path);
  }
  Expected expected;
  expected.source = Source::allowed;
  for (const Expected& one : expectations_of(notes.ledger, everybody())) {
    for (const auto& [name, address] : one.remotes)
      if (name == what) expected.addresses.push_back(address);
  }
  const std::string project = began_in(notes.ledger);
  const auto policy = policy::read_policy(notes.tree, surroundings.users_file, project.empty() ? directory : project);
  if (!policy) return policy.error();
  if (expected.addresses.empty() && !policy->protects(what))  // "release/2" may be a hosted repository, too
    if (const auto repository = repository::hosted_repository(what)) expected.addresses.push_back(*repository);
  std::string allowed = letters::listed(expected.addresses);
  if (expected.addresses.empty()) {
    const std::string branches = letters::listed(policy->protected_branches);
    if (!policy->protects(what))
      return Error{ErrorCode::not_found, "there is nothing of this name to allow", what,
                   "a folder or file that is there, a remote of the session, a repository (OWNER/NAME or its address), "
                   "or a branch that cascade.yaml protects" +
                       (branches.empty() ? std::string() : ": " + branches)};
    expected.branch = what;
    allowed = "the branch " + what;
  }
  if (auto kept = notes.keep(expected, everybody()); !kept) return kept.error();
  return allowed;
}

Judge consequences(JudgedCall& call) { return std::make_unique<Consequences>(call); }

std::unique_ptr<CallJudge> kept_trees(JudgedCall& call);
std::unique_ptr<CallJudge> repositories(JudgedCall& call);

}  // namespace cascade::systems

namespace cascade::core {
namespace {

constexpr std::string_view guard_switches[] = {"repository"};
constexpr Judge guard_judges[] = {
    {Turn::trees, Sees::this_machine, systems::kept_trees, nullptr},
    {Turn::writes, Sees::every_program, systems::repositories, nullptr},
    {Turn::notes, Sees::every_program, systems::consequences, nullptr},
};

}  // namespace

extern const System guard_system = {
    .name = "guard",
    .switches = {guard_switches, std::size(guard_switches)},
    .rank = 11,
    .hear = systems::hear_places,
    .judges = {guard_judges, std::size(guard_judges)},
    .is_graded = true,
    .git_hook = cli::run_git_hook,
    .allow = systems::allow_place,
};

}  // namespace cascade::core
