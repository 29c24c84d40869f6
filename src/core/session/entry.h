// One line of a session's ledger (docs/formats/ledger.md). Never holds prompt text.
#pragma once

#include <cascade/manifest.h>
#include <cascade/registry.h>
#include <cascade/tokens.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "syntax/json.h"

namespace cascade::session {

// drop: from here on the manifest is ruled out for this conversation.
// effect ... told: what happened outside and who looked (docs/effects.md). call: a subagent was requested, or the
// outcome of that. run: what it used (docs/tiers.md). hook: what a skill's hook did (docs/trust.md). lost: injections
// that did not arrive, by the client's transcript.
enum class Event : std::uint8_t {
  start,
  inject,
  drop,
  fault,
  expect,
  verdict,
  effect,
  witness,
  prediction,
  ended,
  waived,
  told,
  step,
  call,
  run,
  hook,
  lost,
};
std::string_view to_string(Event event) noexcept;

// Whether a form is text of a section, whole or in part, in contrast to cards, marks and lines about others.
bool is_section(Form form) noexcept;

struct SentPiece {
  std::string manifest;  // a symbol, "skill:review"
  std::uint32_t section = 0;
  Form form = Form::section;
  std::uint64_t content_hash = 0;
  Cost cost;
};

struct SectionId {
  ManifestId manifest{};
  std::uint32_t section = 0;  // the record, which may be a shorter form
};
// The section that was sent; nothing: its manifest is gone, or its text has changed since.
std::optional<SectionId> find_sent(const Registry& registry, const SentPiece& sent);

// A place where the session may write (git/expected.h explains the members).
struct ExpectedPlace {
  std::string directory, common_dir, work_tree, branch, remote;
  std::vector<std::string> addresses;
  std::vector<std::pair<std::string, std::string>> remotes;  // name, address
  bool has_remotes = true;
};

// An event outside, or a look at one: names of things, never a command line or a page.
struct Outside {
  std::string kind, interface;  // push ... deploy; cli, http, browser
  std::string program, subcommand;
  std::string target;
  std::vector<std::string> names;
  std::string task;                                         // the background task, if any
  std::string text;                                         // prediction: the text to expect; waived: the reason
  std::vector<std::pair<std::uint64_t, bool>> predictions;  // witness: those that it could judge
  std::vector<std::uint64_t> of;  // waived, told: sequence numbers of effects; lost: of injections
};

// A change in a run of a playbook (playbook/run.h explains the actions).
struct StepNote {
  std::uint32_t run = 0;  // counted from 1 in a session
  std::string action{};   // start, seen, done, ...
  std::uint32_t step = 0;
  std::string skill{};                    // of a step outside the chain
  std::string label{}, text{};            // the chosen branch or the evidence seen, in words
  std::vector<std::uint64_t> evidence{};  // sequence numbers of the entries that showed it
  std::uint64_t size = 0;                 // told: the transcript's size in bytes
  // The folder's content when the step began, so that something new can end it (playbook/run.h).
  std::vector<std::string> baseline{};

  struct Planned {
    std::uint32_t number = 0;
    std::string skill, leave, result;
  };
  std::string playbook{}, order{}, exits{}, branches{};
  std::vector<Planned> steps{};
};

// The tokens of answers, from the client's transcript.
struct Usage {
  std::uint64_t input = 0, output = 0;
  std::uint64_t cache_write = 0, cache_write_1h = 0, cache_read = 0;  // cache_write: all of it, with that for an hour
  std::uint64_t searches = 0;                                         // searches of the web, not tokens

  std::uint64_t tokens() const noexcept { return input + output + cache_write + cache_read; }
  Usage& operator+=(const Usage& other) noexcept {
    input += other.input;
    output += other.output;
    cache_write += other.cache_write;
    cache_write_1h += other.cache_write_1h;
    cache_read += other.cache_read;
    searches += other.searches;
    return *this;
  }
};

// A call of the tool that starts subagents, and its outcome.
struct RunNote {
  std::string action;       // call: issued, launched, completed, failed (names the subagent), stopped
  std::string call, id;     // of the call; of the subagent, once it has one
  std::string agent, tier;  // the agent's name, or its type; empty tier: none
  bool raised = false;      // the tier is one above the agent's own
  // issued: the values that were set (empty if none) and the session's model; run: the model that answered.
  std::string model, effort, session_model;
  std::uint64_t task = 0;     // issued: a hash of the task
  std::string transcript;     // stopped, failed: the subagent's
  std::uint64_t expects = 0;  // stopped: a hash of its last words
  // run: since the last line about it, the tokens of all answers and of those to long prompts, the number of tool
  // calls, and the transcript bytes read.
  Usage usage, long_usage;
  std::uint64_t tools = 0, until = 0;
  std::string outcome;  // run: done, tool-error, failed, unverified; empty: the next line has it
};
constexpr std::string_view issued_action = "issued", launched_action = "launched", completed_action = "completed",
                           failed_action = "failed", stopped_action = "stopped";

constexpr std::string_view start_action = "start", seen_action = "seen", told_action = "told";

// One line. Members that do not apply to an event are empty or 0.
struct Entry {
  std::uint64_t sequence = 0;  // assigned by append()
  Event event = Event::start;
  std::string source{};              // start; expect: began, added, named, allowed; verdict: the system
  std::string directory{};           // start: where the session works
  std::string model{}, origin{};     // start: the client's model if known; what it was forked from
  std::string recipient{}, layer{};  // inject, expect: "main" or a subagent; verdict: layer is the mode
  std::string root{}, decision{};    // inject: the routed root; drop: the one ruled out; verdict: deny, ask
  std::vector<std::string> also{};   // inject: further roots of the same request
  std::string prompt_id{};           // inject into a subagent that has no id yet; effect ... told
  std::uint32_t score = 0;
  std::uint64_t value = 0, upper_bound = 0;
  std::uint32_t gap_ppm = 0;
  std::string proof{};
  // inject into the main conversation: the first byte of the client's transcript, from 1, that can show it; 0: unknown.
  std::uint64_t since = 0;
  Cost cost{};
  std::vector<SentPiece> pieces{};
  ExpectedPlace place{};        // expect
  Outside outside{};            // effect ... told
  StepNote step{};              // step
  RunNote run{};                // call, run
  std::string note{};           // fault; verdict: the kind of its notice; hook: which one, or what of it sleeps
  std::int64_t written_at = 0;  // seconds since 1970, for people
};

constexpr std::string_view main_conversation = "main";
constexpr std::string_view offer_layer = "offer";
// The prefix of a recipient that waits for a subagent without an id, and the decision of the entry that takes it over.
constexpr std::string_view pending_prefix = "pending:";
constexpr std::string_view taken_decision = "taken";
// The decision of a line about an agent that the user called by name: an earlier ban is lifted.
constexpr std::string_view called_decision = "called";
// The source of a start that only announces a compaction: what it removes is restored with the next prompt.
constexpr std::string_view compacting_source = "compacting";
constexpr std::string_view subagent_source = "subagent";  // of a session that belongs to a subagent
constexpr std::string_view fork_layer = "fork";           // this recipient began with what the main conversation held

constexpr std::uint64_t max_ledger_bytes = 256 * 1024;

// The members of an effect that are texts, into the open object; empty ones are left out.
void write_effect_texts(syntax::JsonWriter& json, const Outside& effect);

// `session_id` is written unless it is empty (only a file's first line has it).
std::string write_entry(const Entry& entry, std::string_view session_id);

struct ReadEntry {
  Entry entry;
  std::string session_id;
};
// Nothing for a torn line or one that is not a ledger entry.
std::optional<ReadEntry> read_entry(std::string_view line);

}  // namespace cascade::session
