// One event of a client (client/event_input.h), and what it is answered from and with.
#pragma once

#include <cascade/hook.h>
#include <cascade/registry.h>
#include <cascade/resolve.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/dialect.h"
#include "listing/standing.h"
#include "session/ledger.h"
#include "syntax/node.h"

namespace cascade::hook {

using client::Answer;
using client::EventInput;
using client::EventKind;
using client::text_of;

// What an event may cost to be read. A prompt of a mebibyte is read, more is not (the caller cuts).
constexpr syntax::NodeLimits event_limits{.bytes = 1 << 20, .depth = 64, .nodes = 100'000, .alias_nodes = 0};

// As client::read_event.
Result<EventInput> read_event(std::string_view json, const syntax::NodeLimits& limits = event_limits,
                              const client::Caller& caller = {});

// What an event is answered from and with. One object a process.
struct Conversation {
  Workspace& workspace;
  const HookOptions& options;
  const EventInput& event;
  session::Ledger ledger;
  Registry registry;

  std::optional<client::SkillOverrides> settings{};  // of the user, once asked for
  std::optional<std::string> entry{};                // the entry skill's name, once asked for; empty: there is none
  bool changed = false;            // the files are not those that the index knew: the answer is to be made again
  std::optional<Error> failure{};  // and they could not be read anew
  std::vector<session::Entry> claims{};
  mutable std::optional<std::string> read_transcript{};  // transcript_end(), once asked for
  std::uint32_t used = 0;  // of the client's limit for one text, by what the same answer says already

  // Waits until it is known whether the files are those that the index knows. Nothing is promised to the model and
  // nothing kept in the ledger before.
  bool confirmed();
  // A line for the ledger, of what has happened already; a ledger that cannot be written is no reason to stay silent.
  void remember(session::Entry entry);
  // What the answer will say, to be kept in the ledger once it is sent. False when it was sent before: then there is
  // nothing left to say.
  bool claim(session::Entry entry);
  // Sends an answer and then keeps what it says, with no other process in between; gives what was sent. Nothing is sent
  // when another process has sent all of it since this one looked. unwritable: it did not arrive, and nothing is kept;
  // where `options` deliver, also when it arrived and could not be kept.
  Result<std::string> send(std::string text);
  client::UserPlace user() const;
  // The user's switches, read when first asked for.
  const client::SkillOverrides& overrides();
  // The end of the client's transcript (hook/transcript.h), read when first asked for.
  const std::string& transcript_end() const;
  // The name by which the model calls the entry skill (client/entry_skill.h). Empty: it has none, or the user keeps it
  // from the model. One look at the disk.
  const std::string& entry_name();
  // How the model calls it, as words for it; empty as above.
  std::string entry_call() { return entry_name().empty() ? std::string() : event.client->entry_call(entry_name()); }
  // Whether it may come in without being called: nobody switched it off, keeps it for a call by name or ruled it out.
  bool is_open(ManifestId id);
  bool is_ruled_out(ManifestId id) const;
  // What was loaded into the main conversation and is still there, the latest last.
  std::vector<Symbol> active() const;
  // The facts that the main conversation was told and still has, as "memory:ID", each once.
  std::vector<std::string> facts() const;
  bool has_memory() const { return !options.state_directory.empty() && !event.session_id.empty(); }
};

// As the event's client takes it. Texts are cleaned (hook/clean.h) and, as a last resort, cut at what it takes.
// REQUIRES: the event's client is known.
std::string write_answer(const EventInput& event, Answer answer);

// One function a kind of event.
Result<Answer> on_session_start(Conversation& conversation);
Result<Answer> on_user_prompt(Conversation& conversation);
// What has to come with a prompt because its client lets nothing in when a session starts, or after a compaction.
Result<Answer> before_prompt(Conversation& conversation);
Result<Answer> on_compaction(Conversation& conversation);
Result<Answer> on_tool_call(Conversation& conversation);
Result<Answer> on_subagent_start(Conversation& conversation);

constexpr std::uint32_t max_notice_chars = 300;  // a line on a screen

}  // namespace cascade::hook

namespace cascade {

// What the public HookEvent carries, so that an event is read once.
struct HookEvent::Input {
  hook::EventInput event;
};

}  // namespace cascade
