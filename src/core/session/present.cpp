// What holds is computed from the entries: injections of the current epoch are merged, bans, open runs and steps are
// kept, the past is dropped. The shorter text gives the same answers about the present.
#include "session/present.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "session/entry.h"

namespace cascade::session {
namespace {

// Whether this start ended what `recipient` held before it. A compaction affects only the main conversation.
bool begins_epoch(const Entry& entry, std::string_view recipient) {
  if (entry.event != Event::start) return false;
  if (entry.source == "compact") return recipient == main_conversation;
  return entry.source != "resume" && entry.source != "fork" && entry.source != compacting_source;
}

// The usage of subagents, and the requests to those that have not ended: from the last line backwards, as many as fit
// into a quarter of a ledger.
std::vector<Entry> runs_that_hold(const std::vector<Entry>& entries) {
  std::set<std::string> ended;  // calls and subagents
  std::vector<Entry> kept;      // the last one first
  std::size_t bytes = 0;
  for (auto entry = entries.rbegin(); entry != entries.rend() && bytes < max_ledger_bytes / 4; ++entry) {
    const RunNote& run = entry->run;
    if (entry->event == Event::run && !run.outcome.empty()) ended.insert({run.call, run.id});
    const bool is_open = entry->event == Event::call && ended.count(run.call) + ended.count(run.id) == 0;
    if (entry->event != Event::run && !is_open) continue;
    kept.push_back(*entry);
    bytes += write_entry(*entry, {}).size() + 1;
  }
  std::reverse(kept.begin(), kept.end());
  return kept;
}

// What starts say about the present: the ledger's first line, which says whose session it is; the first directory, the
// last one and the last model, in lines that begin no epoch; and a compaction that was announced last.
std::vector<Entry> starts_that_hold(const std::vector<Entry>& entries) {
  const Entry *first = nullptr, *last = nullptr, *model = nullptr, *announced = nullptr;
  for (const Entry& entry : entries) {
    if (entry.event != Event::start) continue;
    if (!entry.directory.empty()) last = &entry;
    if (first == nullptr) first = last;
    if (!entry.model.empty()) model = &entry;
    if (entry.source != "resume") announced = entry.source == compacting_source ? &entry : nullptr;
  }
  std::vector<Entry> kept;
  for (const Entry& entry : entries) {
    const bool as_it_is = &entry == announced || (&entry == &entries.front() && entry.event == Event::start);
    if (!as_it_is && &entry != first && &entry != last && &entry != model) continue;
    kept.push_back(entry);
    if (!as_it_is) kept.back().source = "resume";
  }
  return kept;
}

}  // namespace

std::vector<Entry>::const_iterator epoch_begin(const std::vector<Entry>& entries, std::string_view recipient) {
  auto at = entries.end();
  while (at != entries.begin() && !begins_epoch(*(at - 1), recipient)) --at;
  return at;
}

// Only what has a place in the transcript can be missed there.
bool is_lost(std::vector<Entry>::const_iterator injection, std::vector<Entry>::const_iterator end) {
  if (injection->since == 0) return false;
  return std::any_of(injection, end, [&](const Entry& entry) {
    const std::vector<std::uint64_t>& lost = entry.outside.of;
    return entry.event == Event::lost && std::find(lost.begin(), lost.end(), injection->sequence) != lost.end();
  });
}

std::vector<Entry> parse(std::string_view content, std::string* session_id) {
  std::vector<Entry> entries;
  while (!content.empty()) {
    const std::size_t end = content.find('\n');
    if (auto read = read_entry(content.substr(0, end))) {
      if (session_id != nullptr && !read->session_id.empty()) *session_id = std::move(read->session_id);
      entries.push_back(std::move(read->entry));
    }
    if (end == std::string_view::npos) break;
    content.remove_prefix(end + 1);
  }
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry& a, const Entry& b) { return a.sequence < b.sequence; });
  return entries;
}

std::vector<Entry> drops_that_hold(const std::vector<Entry>& entries) {
  std::vector<Entry> drops;
  const auto lift = [&](const std::string& root) {
    drops.erase(std::remove_if(drops.begin(), drops.end(), [&](const Entry& drop) { return drop.root == root; }),
                drops.end());
  };
  for (const Entry& entry : entries) {
    if (entry.source != "compact" && begins_epoch(entry, main_conversation)) drops.clear();
    if (entry.event == Event::drop) {
      lift(entry.root);
      drops.push_back(entry);
    }
    if (entry.event == Event::inject && entry.recipient == main_conversation &&
        (entry.layer != offer_layer || entry.decision == called_decision))
      lift(entry.root);
  }
  return drops;
}

// From the last line backwards, as many as fit into a quarter of a ledger; a run whose beginning does not fit any more
// is left out as a whole, since its steps would mean nothing.
std::vector<Entry> steps_that_hold(const std::vector<Entry>& entries) {
  constexpr std::size_t most_sightings = 5;  // of one step
  std::set<std::uint64_t> used;
  for (const Entry& entry : entries) used.insert(entry.step.evidence.begin(), entry.step.evidence.end());
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> sightings;  // by run and step
  std::vector<Entry> steps;                                                  // the last one first
  std::size_t bytes = 0, whole = 0;
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    if (entry->event != Event::step || entry->step.action == told_action) continue;
    const bool unused = entry->step.action == seen_action && used.count(entry->sequence) == 0;
    if (unused && ++sightings[{entry->step.run, entry->step.step}] > most_sightings) continue;
    bytes += write_entry(*entry, {}).size() + 1;
    if (bytes > max_ledger_bytes / 4) break;
    steps.push_back(*entry);
    if (entry->step.action == start_action) whole = steps.size();
  }
  steps.resize(whole);
  std::reverse(steps.begin(), steps.end());
  return steps;
}

// Injections of one kind are merged into one line of at most 500 pieces, each piece once.
std::vector<Entry> in_short(const std::vector<Entry>& entries, std::string_view recipient) {
  constexpr std::size_t most_pieces = 500;
  std::vector<Entry> kept;
  std::set<std::uint64_t> seen;
  each_injection(entries, recipient, [&](const Entry& entry) {
    if (kept.empty() || kept.back().root != entry.root || kept.back().layer != entry.layer ||
        kept.back().also != entry.also || kept.back().pieces.size() + entry.pieces.size() > most_pieces) {
      kept.push_back(entry);
      kept.back().pieces.clear();
      kept.back().cost = {};
      kept.back().since = 0;  // of one of several, or of another transcript
    }
    for (const SentPiece& piece : entry.pieces)
      if (seen.insert(piece.content_hash).second) kept.back().pieces.push_back(piece);
    kept.back().cost += entry.cost;
  });
  return kept;
}

std::string in_short(std::string_view content, const std::string& session_id) {
  const std::vector<Entry> entries = parse(content);
  std::vector<std::string> recipients;
  for (const Entry& entry : entries)
    if (entry.event == Event::inject &&
        std::find(recipients.begin(), recipients.end(), entry.recipient) == recipients.end())
      recipients.push_back(entry.recipient);
  std::vector<Entry> kept;
  for (const std::string& recipient : recipients)
    for (Entry& entry : in_short(entries, recipient)) kept.push_back(std::move(entry));
  for (const Entry& entry : entries)
    if (entry.event == Event::expect || (entry.event >= Event::effect && entry.event <= Event::told))
      kept.push_back(entry);
  std::stable_sort(kept.begin(), kept.end(), [](const Entry& a, const Entry& b) { return a.sequence < b.sequence; });
  // If not all fit, the oldest go, so that there is room again.
  const std::vector<Entry> runs = runs_that_hold(entries);
  std::size_t bytes = 0, first = kept.size();
  for (const Entry& run : runs) bytes += write_entry(run, {}).size() + 1;
  while (first > 0 && (bytes += write_entry(kept[first - 1], session_id).size() + 1) <= max_ledger_bytes / 2) --first;
  std::string text;
  for (const Entry& start : starts_that_hold(entries))
    text += write_entry(start, text.empty() ? session_id : std::string()) + "\n";
  for (; first < kept.size(); ++first)
    text += write_entry(kept[first], text.empty() ? session_id : std::string()) + "\n";
  for (const Entry& run : runs) text += write_entry(run, text.empty() ? session_id : std::string()) + "\n";
  for (const Entry& step : steps_that_hold(entries))
    text += write_entry(step, text.empty() ? session_id : std::string()) + "\n";
  for (const Entry& drop : drops_that_hold(entries))
    text += write_entry(drop, text.empty() ? session_id : std::string()) + "\n";
  return text;
}

}  // namespace cascade::session
