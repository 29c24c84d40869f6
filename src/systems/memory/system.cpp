// Handles what outlives conversations: facts are written, found, shown, kept and forgotten.
#include "system/system.h"
#include "cli/call.h"
#include "cli/verbs.h"
#include "client/event_input.h"
#include "events/event_session.h"
#include "facts/recall.h"
#include "files/tree.h"
#include "memory/memory.h"
#include "memory/typed.h"
#include "policy/policy.h"
#include "render/overview.h"
#include "store/store.h"
#include "text/ascii.h"
#include "text/names.h"
#include "unicode/utf8.h"

#include <ctime>

namespace cascade::cli {
namespace {

using memory::Memory;
using recall::Fact;
using recall::State;

struct Options {
  std::vector<std::string> words;
  std::optional<std::string> prompt, project, user, team;
  std::string scope, owner, kind, source, until, state, after, replaces;
  std::optional<std::uint32_t> limit, trust;
  bool all = false, candidate = false, no_secret = false;
};

struct MemoryCall {
  Call& call;
  const Options& options;
  Format format;
  recall::Place place;

  const std::string& word(std::size_t i) const { return options.words[i]; }
  std::size_t words() const { return options.words.size() - 1; }
  Exit fail(const Error& error) const { return call.console().fail(error); }
  Exit none(const std::string& what) const {
    return call.console().deny("there is no fact \"" + what + "\"\n  help: cascade memory list");
  }
};

Result<Memory> open(const MemoryCall& run, bool creates) {
  return Memory::open({run.call.environment().state, creates, true});
}

// What `read` says of the memory; nothing of one that is not there.
template <typename Read, typename Said = std::invoke_result_t<Read, Memory&>>
Said read_if_there(const MemoryCall& run, const Read& read) {
  auto memory = open(run, false);
  if (memory) return read(*memory);
  return memory.error().code == ErrorCode::not_found ? Said(typename Said::value_type()) : memory.error();
}

// The values that the options give for a new fact.
Result<Fact> usual_fact(const MemoryCall& run) {
  const Options& options = run.options;
  Fact fact;
  if (!options.scope.empty()) {
    const auto scope = recall::parse_scope(options.scope);
    if (!scope) return misuse("\"" + options.scope + "\" is not a scope", "one of project, user, team");
    fact.scope = *scope;
  }
  fact.owner = options.owner.empty() ? run.place.owner(fact.scope) : options.owner;
  if (fact.owner.empty())
    return fact.scope == recall::Scope::user
               ? misuse("git does not know who you are", "git config --global user.email YOU@EXAMPLE")
               : misuse("there is no team here", "team: NAME in cascade.yaml, or --team NAME");
  if (!options.until.empty()) {
    const auto until = recall::end_of_day(options.until);
    if (!until) return misuse("\"" + options.until + "\" is not a date", "--until 2027-01-31");
    fact.valid_until = *until;
  }
  fact.learned = std::time(nullptr);
  fact.kind = options.kind.empty() ? "fact" : options.kind;
  fact.source = options.source;
  const bool model = run.call.environment().in_client;
  fact.author = model ? "model" : run.place.user;
  fact.session = run.call.environment().session;
  if (options.trust && *options.trust > recall::full_trust)
    return misuse("--trust is at most " + std::to_string(recall::full_trust), "--trust 80");
  fact.trust = std::min(options.trust.value_or(recall::full_trust), model ? recall::model_trust : recall::full_trust);
  fact.state = options.candidate ? State::candidate : State::live;
  fact.has_no_secret = options.no_secret;
  return fact;
}

void note_what_was_done(const MemoryCall& run, const memory::Written& written, const std::string& subject) {
  Console& console = run.call.console();
  if (written.outcome == memory::Written::Outcome::same && !written.known_as.empty()) {
    const std::string id = unicode::displayable(written.id), name = unicode::displayable(written.known_as);
    return console.note("it is there already, as \"" + name + "\"; to have it under this name instead, add it with " +
                        "--replaces " + id);
  }
  if (run.words() == 1 && !subject.empty() && written.secrets.empty())
    console.note("its subject is \"" + unicode::displayable(subject) + "\": a newer text about it replaces this one");
  if (const std::string question = rendering::memory_question_text(written); !question.empty())
    console.note(question + ", or add this again with --replaces " +
                 unicode::displayable(written.contradicts.front().id));
  if (!written.secrets.empty())
    console.note("taken out before it was stored: " + written.secrets.front() +
                 (run.options.no_secret ? std::string() : "; if that is none: add --no-secret"));
}

Exit add(const MemoryCall& run) {
  auto fact = usual_fact(run);
  if (!fact) return run.fail(fact.error());
  if (run.words() == 1 &&
      run.word(1).find_first_of(" \n") != std::string::npos) {  // as a person types it into a prompt
    const Fact typed = memory::sentence_fact(run.word(1), run.options.no_secret);
    fact->subject = typed.subject;
    fact->text = typed.text;
    fact->subject_given = typed.subject_given;
  } else if (run.words() == 2) {
    fact->subject = run.word(1);
    fact->text = run.word(2);
  }
  if (fact->text.empty())
    return run.fail(misuse("add takes a subject and a text, or one sentence",
                           "cascade memory add \"deploy window\" \"Monday to Thursday until 14:00\""));
  auto memory = open(run, true);
  if (!memory) return run.fail(memory.error());
  const std::string subject = fact->subject;
  const bool given = fact->subject_given;
  std::vector<std::string> secrets = memory::taken_out(fact->text);
  auto written = memory->add(*std::move(fact), run.options.replaces);
  if (!written && written.error().code == ErrorCode::not_found) return run.none(run.options.replaces);
  if (!written) return run.fail(written.error());
  if (run.words() == 1) written->secrets.insert(written->secrets.begin(), secrets.begin(), secrets.end());
  memory::refresh_recall(run.call.environment().state, *memory);
  run.call.console().print(rendering::memory_written_text(*written, run.format));
  if (run.format == Format::text) note_what_was_done(run, *written, given ? subject : std::string());
  const Environment& environment = run.call.environment();
  const auto policy = policy::read_policy(files::DiskTree(), environment.users_configuration,
                                          files::DiskTree().real_path(".").value_or("/"));
  if (policy && policy->mode_of("memory") == policy::Mode::off && run.format == Format::text)
    run.call.console().note("memory is off, so no conversation recalls it: cascade init --with memory");
  return Exit::yes;
}

Exit search(const MemoryCall& run) {
  std::string text = run.options.prompt.value_or("");
  for (std::size_t i = 1; i <= run.words(); ++i) text += (text.empty() ? "" : " ") + run.word(i);
  if (text.empty())
    return run.fail(misuse("search for what?", "cascade memory search WORDS, or --prompt TEXT as a hook would see it"));
  std::vector<rendering::FoundFact> found;
  recall::Signals signals;
  const auto index = memory::recall_index(run.call.environment().state, true);
  if (!index && index.error().code != ErrorCode::not_found) return run.fail(index.error());
  if (index) {
    recall::Query query;
    query.prompt = text;
    query.place = run.place;
    // The store belongs to one person: unless someone is named, that person asks.
    query.any_user = !run.options.user && (run.options.project || run.place.user.empty());
    query.any_team = !run.options.team && (run.options.project || run.place.team.empty());
    query.now = std::time(nullptr);
    // --prompt asks as a hook does: at most three facts, and none if the gate is not sure.
    query.gated = run.options.prompt.has_value();
    query.limit = run.options.limit.value_or(query.gated ? 3 : 10);
    const recall::Answer answer = recall::recall(*index, query);
    signals = answer.signals;
    for (const recall::Recalled& one : answer.facts) found.push_back({index->fact(one.fact), one});
  }
  if (found.empty()) run.call.console().note("nothing that is remembered fits");
  return run.call.console().show(rendering::memory_search_text(found, signals, run.format));
}

Result<memory::Filter> filter_of(const MemoryCall& run) {
  memory::Filter filter;
  const Options& options = run.options;
  if (!options.scope.empty()) {
    filter.scope = recall::parse_scope(options.scope);
    if (!filter.scope) return misuse("\"" + options.scope + "\" is not a scope", "one of project, user, team");
  }
  if (!options.owner.empty()) filter.owner = options.owner;
  if (options.project) filter.owner = run.place.project;
  if (!options.state.empty()) {
    const auto state = recall::parse_state(options.state);
    if (!state)
      return misuse("\"" + options.state + "\" is not a state", "one of live, candidate, superseded, retired");
    filter.states = {*state};
  } else if (!options.all) {
    filter.states = {State::live, State::candidate};
  }
  filter.after = options.after;
  return filter;
}

Exit list(const MemoryCall& run) {
  auto filter = filter_of(run);
  if (!filter) return run.fail(filter.error());
  const std::size_t page = run.options.limit.value_or(100);
  if (page > 0) filter->limit = page + 1;
  auto facts = read_if_there(run, [&](Memory& memory) { return memory.list(*filter); });
  if (!facts) return run.fail(facts.error());
  std::string next;
  if (page > 0 && facts->size() > page) {
    facts->resize(page);
    next = facts->back().id;
  }
  if (facts->empty()) run.call.console().note("nothing is remembered");
  run.call.console().print(rendering::memory_list_text(*facts, next, run.format));
  if (!next.empty() && run.format == Format::text) run.call.console().note("there is more: --after " + next);
  return Exit::yes;
}

std::vector<std::string> owners_here(const MemoryCall& run) {
  return {run.place.project, run.place.user, run.place.team};
}

// For what takes an id or a subject.
template <typename Action>
Exit with_memory(const MemoryCall& run, const Action& action) {
  if (run.words() != 1) return run.fail(misuse(run.word(0) + " takes an id or a subject", "cascade memory list"));
  auto memory = open(run, false);
  if (!memory && memory.error().code == ErrorCode::not_found) return run.none(run.word(1));
  if (!memory) return run.fail(memory.error());
  return action(*memory);
}

// The fact that is meant; facts of this place come before others.
template <typename Action>
Exit with_fact(const MemoryCall& run, const Action& action) {
  return with_memory(run, [&](Memory& memory) {
    auto fact = memory.find(run.word(1), owners_here(run));
    if (fact && !*fact) fact = memory.find(run.word(1));
    if (!fact) return run.fail(fact.error());
    if (!*fact) return run.none(run.word(1));
    return action(memory, **fact);
  });
}

Exit show(const MemoryCall& run) {
  return with_fact(run, [&](Memory& memory, const Fact& fact) {
    return run.call.console().show(memory.history(fact).transform(
        [&](const auto& history) { return rendering::memory_show_text(fact, history, run.format); }));
  });
}

Exit history(const MemoryCall& run) {
  return with_memory(run, [&](Memory& memory) {
    auto all = memory.histories(run.word(1), owners_here(run));
    if (all && all->empty()) all = memory.histories(run.word(1));
    if (all && all->empty()) {
      const auto fact = memory.find(run.word(1));
      if (!fact) return run.fail(fact.error());
      if (!*fact) return run.none(run.word(1));
      all = memory.history(**fact);
    }
    return run.call.console().show(
        all.transform([&](const auto& facts) { return rendering::memory_list_text(facts, {}, run.format); }));
  });
}

// What changes the state of a fact.
struct Change {
  std::string_view action, did, not_so;
  Result<bool> (Memory::*make)(const std::string& id);
};
constexpr Change changes[] = {{"keep", "kept ", " is not a candidate", &Memory::keep},
                              {"restore", "restored ", " is no history", &Memory::restore},
                              {"retire", "retired ", " is not live", &Memory::retire}};

Exit change(const MemoryCall& run, const Change& how) {
  return with_fact(run, [&](Memory& memory, const Fact& fact) {
    const auto done = (memory.*how.make)(fact.id);
    if (!done) return run.fail(done.error());
    memory::refresh_recall(run.call.environment().state, memory);
    if (*done) return run.call.console().show(std::string(how.did) + fact.id + "\n");
    return run.call.console().deny(fact.id + std::string(how.not_so) + "\n  help: cascade memory show " + fact.id);
  });
}

Exit forget(const MemoryCall& run) {
  return with_fact(run, [&](Memory& memory, const Fact& fact) {
    const auto forgotten = memory.forget(fact);
    if (!forgotten) return run.fail(forgotten.error());
    memory::refresh_recall(run.call.environment().state, memory);
    return run.call.console().show(
        "forgot " + fact.id +
        (*forgotten > 1 ? " and " + std::to_string(*forgotten - 1) + " before it" : std::string()) + "\n");
  });
}

Exit conflicts(const MemoryCall& run) {
  const auto found = read_if_there(run, [](Memory& memory) { return memory.conflicts(); });
  if (!found) return run.fail(found.error());
  if (found->empty()) run.call.console().note("no facts that may contradict each other");
  return run.call.console().show(rendering::memory_conflicts_text(*found, run.format));
}

Exit export_all(const MemoryCall& run) {
  memory::Filter filter;
  if (!run.options.scope.empty()) filter.scope = recall::parse_scope(run.options.scope);
  if (run.options.project) filter.owner = run.place.project;
  const auto facts = read_if_there(run, [&](Memory& memory) { return memory.list(filter); });
  if (!facts) return run.fail(facts.error());
  return run.call.console().show(recall::without_marks_in_json(memory::write_lines(*facts)));
}

Exit import_file(const MemoryCall& run) {
  constexpr std::uint64_t max_bytes = 64 << 20;
  if (run.words() != 1) return run.fail(misuse("import takes a file", "cascade memory import FILE"));
  auto usual = usual_fact(run);
  if (!usual) return run.fail(usual.error());
  if (usual->source.empty()) usual->source = run.word(1).substr(run.word(1).rfind('/') + 1);
  const auto text = files::DiskTree().read(run.word(1), max_bytes);
  if (!text) return run.fail(text.error());
  auto read = memory::read_facts(*text, run.word(1), *usual);
  if (!read) return run.fail(read.error());
  auto memory = open(run, true);
  if (!memory) return run.fail(memory.error());
  auto imported = memory->import(read->facts);
  if (!imported) return run.fail(imported.error());
  imported->refused.insert(imported->refused.begin(), read->refused.begin(), read->refused.end());
  memory::refresh_recall(run.call.environment().state, *memory);
  run.call.console().print(rendering::memory_import_text(*imported, run.format));
  for (const std::string& refused : imported->refused) run.call.console().complain(recall::without_marks(refused));
  return imported->refused.empty() ? Exit::yes : Exit::no;
}

Exit sync(const MemoryCall& run) {
  auto options = configured_store(run.call.environment(), true, false);
  if (!options) return run.fail(options.error());
  if (options->server.empty())
    return run.fail(
        misuse("there is no store to share facts in", "store: postgresql://HOST/DATABASE in your cascade.yaml"));
  if (run.place.team.empty())
    return run.fail(misuse("there is no team here", "team: NAME in cascade.yaml, or --team NAME"));
  auto memory = open(run, true);
  if (!memory) return run.fail(memory.error());
  const auto done = memory::synchronise(*memory, *options, run.place.team);
  if (!done) return run.fail(done.error());
  memory::refresh_recall(run.call.environment().state, *memory);
  return run.call.console().show(std::to_string(done->sent) + " sent, " + std::to_string(done->received) +
                                 " received\n");
}

Exit act(const MemoryCall& run) {
  const std::string& action = run.word(0);
  if (action == "add") return add(run);
  if (action == "search") return search(run);
  if (action == "list" && run.words() == 0) return list(run);
  if (action == "show") return show(run);
  if (action == "history") return history(run);
  if (const Change* const how = letters::find_first(changes, &Change::action, action)) return change(run, *how);
  if (action == "forget") return forget(run);
  if (action == "conflicts" && run.words() == 0) return conflicts(run);
  if (action == "export" && run.words() == 0) return export_all(run);
  if (action == "import") return import_file(run);
  if (action == "sync" && run.words() == 0) return sync(run);
  return run.fail(misuse("memory has no action '" + action + "' like this", std::string(run.call.verb().takes)));
}

}  // namespace

Result<void> check_pushed_out(Call& call, Workspace& /*library*/, bool /*repairs*/,
                              std::vector<rendering::Check>& checks) {
  auto memory = Memory::open({call.environment().state, false});
  if (!memory) return {};  // the store's own check says why
  const auto facts = memory->pushed_out();
  if (!facts) return facts.error();
  for (const Fact& fact : *facts)
    checks.push_back({"memory", rendering::CheckState::warning,
                      unicode::displayable(fact.id + " \"" + recall::without_marks(fact.text) + "\" was replaced by " +
                                           fact.superseded_by + ", which says something else"),
                      "cascade memory restore " + fact.id + "; if it is over: cascade memory retire " + fact.id});
  return {};
}

Exit run_memory(Call& call) {
  Options options;
  Arguments arguments("memory");
  arguments.words("ACTION", options.words, 0, 100);
  arguments.text("--prompt", options.prompt);
  arguments.text("--project", options.project);
  arguments.text("--user", options.user);
  arguments.text("--team", options.team);
  arguments.text("--scope", options.scope);
  arguments.text("--owner", options.owner);
  arguments.text("--kind", options.kind);
  arguments.text("--source", options.source);
  arguments.text("--until", options.until);
  arguments.text("--state", options.state);
  arguments.text("--after", options.after);
  arguments.number("--limit", options.limit);
  arguments.number("--trust", options.trust);
  arguments.flag("--all", options.all);
  arguments.flag("--candidate", options.candidate);
  arguments.flag("--no-secret", options.no_secret);
  arguments.text("--replaces", options.replaces);
  if (const auto ended = call.read(arguments, {Format::text, Format::json})) return *ended;
  if (options.words.empty()) options.words.emplace_back("list");
  MemoryCall run{call, options, call.format(),
                 memory::place_at(".", call.environment().home, call.environment().users_configuration)};
  if (options.project) run.place.project = *options.project;
  if (options.user) run.place.user = letters::to_lower(*options.user);
  if (options.team) run.place.team = *options.team;
  return act(run);
}

void memory_tools(const Environment& environment, const policy::Policy& policy, const std::string& folder,
                  std::vector<mcp::Tool>& tools);

}  // namespace cascade::cli

namespace cascade::memory {

std::vector<Quote> quotes_for_prompt(const cli::Environment& environment, std::string_view prompt,
                                     const TokenCounter& counter, TokenCount most,
                                     const std::vector<std::uint64_t>& held);
std::string source_of_fact(const cli::Environment& environment, std::string_view name);

}  // namespace cascade::memory

namespace cascade::systems {

Result<client::Answer> keep_memory(EventSession& session);
void prepare_recall(EventSession& session, Workspace& library, HookOptions& options);

}  // namespace cascade::systems

namespace cascade::core {
namespace {

using cli::Group, cli::Words;
constexpr cli::Verb memory_verbs[] = {
    {"memory", Group::day, 80, "show and change what is kept between conversations", cli::run_memory, Words::files,
     "add, search, list, show, keep, retire, restore, forget, history, conflicts, export, import, sync"},
};
constexpr std::string_view memory_switches[] = {"memory"};
constexpr Examination memory_examinations[] = {{Examined::store, cli::check_store},
                                               {Examined::server, cli::check_server},
                                               {Examined::store, cli::check_pushed_out}};

}  // namespace

extern const System memory_system = {
    .name = "memory",
    .verbs = {memory_verbs, std::size(memory_verbs)},
    .switches = {memory_switches, std::size(memory_switches)},
    .rank = 40,
    .hear = systems::keep_memory,
    .prepare = systems::prepare_recall,
    .doctor = {memory_examinations, std::size(memory_examinations)},
    .quotes = memory::quotes_for_prompt,
    .source = memory::source_of_fact,
    .tools = cli::memory_tools,
};

}  // namespace cascade::core
