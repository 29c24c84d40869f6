// What one session of the client was already given (docs/formats/ledger.md). Never holds prompt text.
#pragma once

#include <cascade/result.h>
#include <cascade/tokens.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "session/entry.h"

namespace cascade::session {

// A session's past. Reading never fails: an unreadable file is an empty past.
class Ledger {
 public:
  // `folder` is the state folder ("$XDG_STATE_HOME/cascade").
  Ledger(std::string folder, std::string session_id);

  const std::string& session_id() const noexcept { return session_id_; }
  const std::vector<Entry>& entries() const noexcept { return entries_; }
  bool is_known() const noexcept { return !entries_.empty(); }

  // Content hashes that `recipient` holds in the current epoch, sorted.
  std::vector<std::uint64_t> held(std::string_view recipient) const;
  // Content hashes of what any injection of one of these roots had, whoever received it and whenever: what a further
  // one is better not to change without need. Sorted.
  std::vector<std::uint64_t> chosen(const std::vector<std::string>& roots) const;
  // The roots of the current epoch's injections into `recipient`, the latest last, each once. An offer is none: it only
  // named a manifest; what was ruled out since is none either.
  std::vector<std::string> active(std::string_view recipient) const;
  // The manifests that were offered to `recipient` in the current epoch.
  std::vector<std::string> offered(std::string_view recipient) const;
  // What the conversation ruled out and has not called by name since. Compaction changes nothing about it.
  std::vector<std::string> ruled_out() const;
  // The model that was last told of; empty: none was.
  std::string model() const;

  // Adds a line; safe with any number of processes at once. unwritable: the caller goes on without a memory.
  Result<void> append(Entry entry);
  // Adds what `decide` makes of the past as it is then, with no other process in between; none: no line. `decide` is
  // called once at most.
  Result<void> extend(const std::function<std::vector<Entry>(const Ledger& now)>& decide);
  // Begins this session as a fork of `parent`: what the main conversation holds there, it holds here too, and
  // playbooks stand where they stand there.
  Result<void> adopt(const Ledger& parent, std::int64_t now);
  // What is told of runs of playbooks there, here too.
  Result<void> adopt_steps(const Ledger& parent);

 private:
  std::string path() const;
  void read(std::string_view content);
  std::string folder_, session_id_;
  std::string content_;  // that entries_ were read from
  std::vector<Entry> entries_;
};

constexpr std::string_view main_conversation = "main";
constexpr std::string_view offer_layer = "offer";
// What waits for a subagent that has no id yet, and the decision of the entry that takes it over.
constexpr std::string_view pending_prefix = "pending:";
constexpr std::string_view taken_decision = "taken";
// Of a line about an agent that the user called by name: what they had ruled out is allowed again.
constexpr std::string_view called_decision = "called";
// The source of a start that only says that the client compacts: what it takes away comes back with the next prompt.
constexpr std::string_view compacting_source = "compacting";
constexpr std::string_view subagent_source = "subagent";  // of a session that is a subagent's own
constexpr std::string_view fork_layer = "fork";           // this recipient began with what the main conversation held

// The manifests that hold for whoever an event is about: what was loaded into the main conversation and, in a subagent
// (`agent_id` not empty), into it besides, each once. A subagent works for the conversation, so what holds there holds
// here too.
std::vector<std::string> in_force(const Ledger& ledger, const std::string& agent_id);

// One session as `cascade session list` shows it.
struct SessionSummary {
  std::string session_id;
  std::string directory, last_item;  // where it works, what it was given last; empty: not known, nothing
  std::uint64_t injections = 0;      // that arrived
  Cost cost;
  std::int64_t last_written_at = 0;
};
std::vector<SessionSummary> list_sessions(const std::string& folder);  // newest first, then by id

// Removes files that are too old or too many. `now` in seconds since 1970.
void prune(const std::string& folder, std::int64_t now);

constexpr std::uint64_t max_ledger_bytes = 256 * 1024;
constexpr std::int64_t max_age_seconds = 30 * 24 * 3600;
constexpr std::size_t max_sessions = 500;

}  // namespace cascade::session
