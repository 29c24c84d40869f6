// Records what one session of the client has received (docs/formats/ledger.md). Never holds prompt text.
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

  // The content hashes that `recipient` holds in the current epoch, sorted; none of manifests that are ruled out.
  std::vector<std::uint64_t> held(std::string_view recipient) const;
  // Of all injections of these roots at any time, sorted: a further one should not differ without need.
  std::vector<std::uint64_t> chosen(const std::vector<std::string>& roots) const;
  // Roots injected into `recipient` in the current epoch, the latest last; no offers, none that is ruled out.
  std::vector<std::string> active(std::string_view recipient) const;
  std::vector<std::string> offered(std::string_view recipient) const;
  // The manifests that the conversation ruled out and has not called by name since. A compaction does not change them.
  std::vector<std::string> ruled_out() const;
  std::string model() const;

  // Adds a line. Any number of processes may do so at once. unwritable: the caller continues without a memory.
  Result<void> append(Entry entry);
  // Adds what `decide`, called at most once, derives from the present state, with no other process in between.
  Result<void> extend(const std::function<std::vector<Entry>(const Ledger& now)>& decide);
  // As a fork of `parent`: takes over what the main conversation holds, and the positions of playbooks.
  Result<void> adopt(const Ledger& parent, std::int64_t now);
  Result<void> adopt_steps(const Ledger& parent);

 private:
  std::string path() const;
  void read(std::string_view content);
  std::string folder_, session_id_;
  std::string content_;  // the text that entries_ were read from
  std::vector<Entry> entries_;
};

// The manifests loaded into the main conversation and, for a subagent (`agent_id`), into it, which works for that.
std::vector<std::string> in_force(const Ledger& ledger, const std::string& agent_id);

// One session as `cascade session list` shows it.
struct SessionSummary {
  std::string session_id;
  std::string directory, last_item;  // its working directory and its last root; empty: unknown, none
  std::uint64_t injections = 0;      // that arrived
  Cost cost;
  std::int64_t last_written_at = 0;
};
std::vector<SessionSummary> list_sessions(const std::string& folder);  // newest first, then by id

// Removes session files that are too old or too many. `now` in seconds since 1970.
void prune(const std::string& folder, std::int64_t now);

constexpr std::int64_t max_age_seconds = 30 * 24 * 3600;
constexpr std::size_t max_sessions = 700;  // more than twenty a day

// Of the session from which this transcript was forked: the client does not name it, so it is the latest other one in
// the same folder, which is right for --continue. Nothing if none of the ten latest is known.
std::optional<Ledger> parent_of_fork(const std::string& state_directory, const std::string& transcript_path);

// The entries of a file's text, by sequence. Sets `session_id` to the one in the first line.
std::vector<Entry> parse(std::string_view content, std::string* session_id = nullptr);

std::vector<Entry>::const_iterator epoch_begin(const std::vector<Entry>& entries, std::string_view recipient);

// Whether a line between this injection and the end says that it did not arrive.
bool is_lost(std::vector<Entry>::const_iterator injection, std::vector<Entry>::const_iterator end);

// The injections into one recipient in its current epoch, but for those that did not arrive.
template <typename See>
void each_injection(const std::vector<Entry>& entries, std::string_view recipient, const See& see) {
  for (auto entry = epoch_begin(entries, recipient); entry != entries.end(); ++entry)
    if (entry->event == Event::inject && entry->recipient == recipient && !is_lost(entry, entries.end())) see(*entry);
}

// The recipient's holdings in the current epoch, merged into few entries that are not too long for a reader.
std::vector<Entry> in_short(const std::vector<Entry>& entries, std::string_view recipient);

// A shorter text of the ledger that says the same about the present and drops the past.
std::string in_short(std::string_view content, const std::string& session_id);

}  // namespace cascade::session
