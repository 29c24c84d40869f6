// What one client says and hears: a file each. To add a client: a file with its Dialect, a line in dialect.cpp, a page
// and tests; nothing else in Cascade names a client (docs/clients.md).
//
// An event is read in three steps: which client sent it (choose), what it says (Dialect::read), and how the answer is
// written for that client (Dialect::write). Clients run each other's settings, so that who called is told by the
// event's own shape before anything that a command line says.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "client/event_input.h"
#include "client/listed.h"
#include "client/server_settings.h"
#include "client/settings.h"
#include "syntax/node.h"

namespace cascade::client {

// Whether an event is one of this client's: sure, where something stands in it that no other client writes.
enum class Fit : std::uint8_t { no, possible, sure };

// What a client calls an event.
struct NamedKind {
  std::string_view name;
  EventKind kind;
};
const NamedKind* find_kind(Span<NamedKind> kinds, std::string_view name) noexcept;  // null when it has no such event

// What the client's limits are counted in.
enum class Unit : std::uint8_t { utf16, bytes };

// What arrives whole, in `unit`, with some room left for what the client adds.
struct Limits {
  Unit unit = Unit::utf16;
  std::uint32_t context = 0;  // of one text that is added to a conversation
  std::uint32_t task = 0;     // of a subagent's rewritten task
};

// How a subagent is started: the tool, the members of its input, and the types that need no manifest.
struct SubagentTool {
  std::string_view name{};  // as the model knows it
  std::string_view prompt_key{}, type_key{};
  std::string_view general{};  // the type that does anything
  std::string_view fork{};     // the type that begins with the conversation of whoever starts it; empty: none does
  bool takes_model = false;    // its input may name a model and an effort (models.h)
  Span<std::string_view> built_in{};  // the types that need no manifest
  // Where a list cannot tell: whether a type needs no manifest, and whether no manifest of a project may speak under a
  // name unasked. Null: the list tells both.
  bool (*knows)(std::string_view type) = nullptr;
  bool (*reserves)(std::string_view name) = nullptr;
  // The name under which the client has a tool that a manifest names; empty: it has none any more. Null: as it is.
  std::string_view (*tool)(std::string_view name) = nullptr;

  bool is_built_in(std::string_view type) const noexcept;
  bool is_reserved(std::string_view name) const noexcept;
};

// A tool "task" with the members "prompt" and `type_key`, as several clients have it.
template <std::size_t N>
constexpr SubagentTool task_tool(std::string_view type_key, std::string_view general,
                                 const std::string_view (&built_in)[N]) noexcept {
  return {.name = "task", .prompt_key = "prompt", .type_key = type_key, .general = general, .built_in = {built_in, N}};
}

// When texts can go in that other clients take at a session's start or after a compaction.
enum class Door : std::uint8_t { own_event, next_prompt, none };

struct Dialect {
  std::string_view name{}, title{};  // "codex", "Codex"
  std::string_view version{};        // that all of this was seen with; "documented": seen with none
  std::string_view mark{};           // a variable that this client alone sets for its hooks; empty: none
  Limits limits{};
  SubagentTool subagents{};
  // How the model calls the entry skill of this name, as words for it. Null: no such call reaches the hook.
  std::string (*entry_call)(std::string_view entry) = nullptr;
  Door start = Door::own_event, compaction = Door::own_event;
  // Door::next_prompt: whether the end of the session's transcript shows that a compaction which was begun came to its
  // end. Null: one that was begun counts.
  bool (*has_compacted)(std::string_view transcript_end) = nullptr;
  // Folders whose manifests the client reads itself (".claude"), nearest first; "plugins": those that are installed.
  Span<std::string_view> reads{};
  Span<std::string_view> reads_of_user{};  // where the user's differ; empty: they do not
  Settings settings{};
  ServerSettings servers{};
  ListSkills list = nullptr;  // null: not known, or told otherwise (listing/client_listing.h)
  Fit (*fits)(const syntax::Node& event) = nullptr;
  void (*read)(const syntax::Node& event, EventInput& into) = nullptr;            // REQUIRES: it fits
  std::string (*write)(const EventInput& event, const Answer& answer) = nullptr;  // REQUIRES: there is something to say
};

extern const Dialect claude_code, codex, gemini, copilot, opencode, cursor;

Span<const Dialect*> dialects() noexcept;
const Dialect* find_dialect(std::string_view name) noexcept;  // null when unknown
const Dialect& usual_dialect() noexcept;                      // where nothing says which client is meant

// Whether the client reads a manifest itself: `root` is the root's absolute path, `path` the file's path below it.
enum class Owner : std::uint8_t { project, user, plugin };
bool reads(const Dialect& dialect, Owner owner, std::string_view root, std::string_view path) noexcept;
// The folders that it reads of a project, or of a user.
Span<std::string_view> folders_of(const Dialect& dialect, Owner owner) noexcept;
// Whether it lies in a folder of clients, none of which this one reads.
bool is_of_others(const Dialect& dialect, Owner owner, std::string_view root, std::string_view path) noexcept;

// What is known of the caller beside the event: the client whose mark is set in the environment, and the one that the
// command line names. Both may be empty.
struct Caller {
  std::string_view marked, named;
};

// The mark decides where the event can be that client's, then what the event alone shows, then the name, then the first
// client that could have sent it. Null: none could.
const Dialect* choose(const syntax::Node& event, const Caller& caller) noexcept;

// What a client says in this event. malformed when the text is no JSON object, or above the limits; unknown members are
// ignored. An event that no client sends has no `client`, and nobody answers it.
Result<EventInput> read_event(std::string_view json, const syntax::NodeLimits& limits, const Caller& caller = {});

}  // namespace cascade::client
