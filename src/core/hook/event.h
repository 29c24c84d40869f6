// One event of a client (client/event_input.h), the state that it is answered from, and the answer.
#pragma once

#include <cascade/hook.h>
#include <cascade/registry.h>
#include <cascade/resolve.h>
#include <cascade/route.h>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/dialect.h"
#include "listed/standing.h"
#include "session/ledger.h"
#include "syntax/node.h"

namespace cascade::hook {

using client::Answer, client::EventInput, client::EventKind, client::text_of;

// The limits for reading an event: a prompt of one mebibyte is read, a longer one is not (the caller cuts it).
constexpr syntax::NodeLimits event_limits{.bytes = 1 << 20, .depth = 64, .nodes = 100'000, .alias_nodes = 0};

inline Result<EventInput> read_event(std::string_view json, const syntax::NodeLimits& limits = event_limits,
                                     const client::Caller& caller = {}) {
  return client::read_event(json, limits, caller);
}

// All the state that an event is answered from. Each process makes one.
struct Conversation {
  Workspace& workspace;
  const HookOptions& options;
  const EventInput& event;
  session::Ledger& ledger;
  Registry registry;

  std::optional<listing::Switches> settings{};  // the user's, read when first asked for
  std::optional<std::string> entry{};           // the entry skill's name, read when first asked for; empty: none
  bool changed = false;                         // the index did not match the files, so the answer must be made again
  std::optional<Error> failure{};               // set if reading the files again failed
  std::vector<session::Entry> claims{};
  std::uint32_t used = 0;  // how much of the client's limit for one text this answer has used already

  // Waits for the check whether the index matches the files. Until then, nothing goes to the model or into the ledger.
  bool confirmed();
  // Adds a line to the ledger about something that has happened. A failed write is ignored: the answer still goes out.
  void remember(session::Entry entry);
  // Registers what the answer will say; the ledger keeps it once the answer is sent. False if it was sent before: then
  // there is nothing left to say.
  bool claim(session::Entry entry);
  // Notes what was sent with the last prompt that got something and did not arrive, by the transcript: another hook
  // refused that prompt, a module of the client failed, the answer came too late. It can be sent again.
  void note_lost();
  // Sends an answer and then records its claims, both under one lock, and returns what was sent. Sends nothing if
  // another process has meanwhile sent all of it. unwritable: the answer did not arrive and nothing was recorded; if
  // `options` has its own delivery, also when it arrived and could not be recorded.
  Result<std::string> send(std::string text);
  client::UserPlace user() const;
  // The user's switches, read when first asked for.
  const listing::Switches& switches();
  // The name by which the model calls the entry skill (client/built_in.h). Empty: there is none, or the user
  // withholds it from the model. Costs a few stat calls.
  const std::string& entry_name();
  // Words that tell the model how to call the entry skill; empty if entry_name() is.
  std::string entry_call() { return entry_name().empty() ? std::string() : event.client->entry_call(entry_name()); }
  // Whether the manifest may be loaded without being called: it is not switched off, not reserved for calls by name,
  // and not ruled out.
  bool is_open(ManifestId id);
  bool is_ruled_out(ManifestId id) const;
  // Why its text is not safe to load (HookOptions::refuses), asked once for each; empty: nothing is held against it.
  const std::string& refusal(ManifestId id);
  std::map<ManifestId, std::string> refusals{};
  // The manifests that were loaded into the main conversation and are still there, the latest last.
  std::vector<Symbol> active() const;
  // The facts that the main conversation received and still holds, as "memory:ID", each once.
  std::vector<std::string> facts() const;
  bool has_memory() const { return !options.state_directory.empty() && !event.session_id.empty(); }
};

// The limit for one text that is added to the conversation. REQUIRES: the event's client is known.
client::Limits limits_of(const EventInput& event);

// Adds another system's words behind those of the answer, as far as the client takes both whole: what is there already
// is never pushed out. REQUIRES: the event's client is known.
void join(const EventInput& event, Answer& answer, const Answer& words);

// Writes the answer in the format of the event's client; empty: there is nothing to say. The context is cleaned
// (hook/clean.h) and, as a last resort, cut at the client's limit. REQUIRES: the event's client is known.
std::string write_answer(const EventInput& event, Answer answer);

// What others say about an event. Asked for when the answer is made, before it is sent.
using Others = std::function<Answer()>;
// As cascade::answer_hook(), with `others` in place of HookOptions::context and notice.
Result<std::string> answer_event(Workspace& workspace, const HookOptions& options, const HookEvent& event,
                                 const Others& others);

// One function for each kind of event.
Result<Answer> on_session_start(Conversation& conversation);
Result<Answer> on_user_prompt(Conversation& conversation);
// The context that must come with a prompt because its client accepts none at a session's start or after a compaction.
Result<Answer> before_prompt(Conversation& conversation);
Result<Answer> on_compaction(Conversation& conversation);
Result<Answer> on_tool_call(Conversation& conversation);
Result<Answer> on_subagent_start(Conversation& conversation);

// Serves a request by name or by words: from the model through the entry skill, from the user through "/cascade ...".
enum class Taker { model, user };

// `wanted` is data: a manifest's name followed by arguments, or words to search for. A skill or command is answered
// with its layer (once, within the budget, recorded), an agent with how to start it, and words with the best matches. A
// model does not get what only the user may start or what the user ruled out; nobody gets what is switched off.
Result<Answer> take(Conversation& conversation, std::string_view wanted, Taker taker);

// The line for a manifest whose text is not safe to load: the rule and its place. REQUIRES: refusal() is not empty.
std::string refusal_line(Conversation& conversation, ManifestId id);

struct Routed;  // hook/routing.h

// Loads what is loaded as one layer under one budget, tells how to start agents and what must be called, and offers the
// rest. What the budget leaves out is named, and what is not safe. `note`: lines that come with it, about an agent that
// the prompt calls.
Result<Answer> say_all(Conversation& conversation, const Routed& routed, const std::string& note);

// Tells the model how to start the agent; empty if it was said, or if the prompt calls an agent that the client has
// loaded. Lifts an earlier ban on the agent.
std::string how_to_call(Conversation& conversation, const Routing& routing, ManifestId agent);

constexpr std::uint32_t max_notice_chars = 300;  // a line on a screen

}  // namespace cascade::hook

namespace cascade {

// The parsed event inside the public HookEvent and the past of its session, so that both are read only once.
struct HookEvent::Input {
  explicit Input(hook::EventInput input) : event(std::move(input)) {}
  hook::EventInput event;

  // Read when first asked for, from `folder` (HookOptions::state_directory); later folders are ignored.
  session::Ledger& ledger(const std::string& folder) const {
    if (!ledger_) ledger_.emplace(folder, event.session_id);
    return *ledger_;
  }

 private:
  mutable std::optional<session::Ledger> ledger_;
};

}  // namespace cascade
