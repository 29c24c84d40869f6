// What of a ledger's entries holds at present, and the text that says no more than that.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "session/entry.h"

namespace cascade::session {

// The entries of a file's text, by sequence. Sets `session_id` to the one in the first line.
std::vector<Entry> parse(std::string_view content, std::string* session_id = nullptr);

// The first entry of the recipient's current epoch.
std::vector<Entry>::const_iterator epoch_begin(const std::vector<Entry>& entries, std::string_view recipient);

// Whether a line between this injection and the end says that it did not arrive.
bool is_lost(std::vector<Entry>::const_iterator injection, std::vector<Entry>::const_iterator end);

// The injections into one recipient in its current epoch, but for those that did not arrive.
template <typename See>
void each_injection(const std::vector<Entry>& entries, std::string_view recipient, const See& see) {
  for (auto entry = epoch_begin(entries, recipient); entry != entries.end(); ++entry)
    if (entry->event == Event::inject && entry->recipient == recipient && !is_lost(entry, entries.end())) see(*entry);
}

// The manifests that the conversation ruled out and has not loaded since, in the order of their bans.
std::vector<Entry> drops_that_hold(const std::vector<Entry>& entries);

// The entries that playbook runs need to continue and to be reported: no reminders, only the last few sightings of a
// step that were never used, and only as many runs, from the last backwards, as fit into a quarter of a ledger.
std::vector<Entry> steps_that_hold(const std::vector<Entry>& entries);

// The recipient's holdings in the current epoch, merged into few entries that are not too long for a reader.
std::vector<Entry> in_short(const std::vector<Entry>& entries, std::string_view recipient);

// A shorter text of the ledger that says the same about the present and drops the past.
std::string in_short(std::string_view content, const std::string& session_id);

}  // namespace cascade::session
