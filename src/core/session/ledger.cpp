// A log to which any number of processes append under a lock. All answers are computed from the entries: a start begins
// a new epoch, and what a recipient holds is the sum of the injections in its current one.
#include "session/ledger.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "files/atomic_write.h"
#include "files/file_lock.h"
#include "files/paths.h"
#include "files/tree.h"
#include "hash/content_hash.h"
#include "text/names.h"

namespace cascade::session {
namespace {

std::string sessions_folder(const std::string& folder) { return files::join(folder, "sessions"); }

void move_to_end(std::vector<std::string>& roots, const std::string& root) {
  if (root.empty()) return;
  roots.erase(std::remove(roots.begin(), roots.end(), root), roots.end());
  roots.push_back(root);
}

// Whether an entry's text reached anyone. A text that waits for a subagent arrived when that subagent began.
bool has_arrived(const std::vector<Entry>& entries, const Entry& entry) {
  if (entry.decision == taken_decision) return false;  // counted where it waited
  if (entry.recipient.compare(0, pending_prefix.size(), pending_prefix) != 0) return true;
  return std::ranges::any_of(
      entries, [&](const Entry& other) { return other.decision == taken_decision && other.root == entry.recipient; });
}

// Whether this start ended what `recipient` held before it. A compaction affects only the main conversation.
bool begins_epoch(const Entry& entry, std::string_view recipient) {
  if (entry.event != Event::start) return false;
  if (entry.source == "compact") return recipient == main_conversation;
  return entry.source != "resume" && entry.source != "fork" && entry.source != compacting_source;
}

// The usage of subagents, and open requests: from the last line backwards, up to a quarter of a ledger.
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
  std::ranges::reverse(kept);
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

// The manifests that the conversation ruled out and has not loaded since, in the order of their bans.
std::vector<Entry> drops_that_hold(const std::vector<Entry>& entries) {
  std::vector<Entry> drops;
  const auto lift = [&](const std::string& root) {
    std::erase_if(drops, [&](const Entry& drop) { return drop.root == root; });
  };
  for (const Entry& entry : entries) {
    if (entry.source != "compact" && begins_epoch(entry, main_conversation)) drops.clear();
    if (entry.event == Event::drop) {
      lift(entry.root);
      drops.push_back(entry);
    }
    if (entry.event != Event::inject || entry.recipient != main_conversation ||
        (entry.layer == offer_layer && entry.decision != called_decision))
      continue;
    lift(entry.root);
    for (const std::string& root : entry.also) lift(root);
  }
  return drops;
}

// What playbook runs need: no reminders, few sightings that were never used; from the last line backwards, up to a
// quarter of a ledger. A run whose beginning does not fit is left out as a whole.
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
  std::ranges::reverse(steps);
  return steps;
}

}  // namespace

Ledger::Ledger(std::string folder, std::string session_id)
    : folder_(std::move(folder)), session_id_(std::move(session_id)) {
  if (folder_.empty()) return;
  auto text = files::DiskTree().read(path(), 4 * max_ledger_bytes);
  if (text) read(*text);
}

// Other processes only append, so the part that was read before is not parsed again.
void Ledger::read(std::string_view content) {
  const std::size_t known = content_.size();
  const bool grew = known > 0 && content_.back() == '\n' && content.substr(0, known) == content_;
  if (!grew) entries_.clear();
  for (Entry& entry : parse(content.substr(grew ? known : 0))) entries_.push_back(std::move(entry));
  std::ranges::stable_sort(entries_, [](const Entry& a, const Entry& b) { return a.sequence < b.sequence; });
  content_ = content;
}

std::string Ledger::path() const {
  return files::join(sessions_folder(folder_), hash::to_hex(hash::hash64(session_id_)) + ".jsonl");
}

// A fork holds what its parent had held when it began. The model was told that what was ruled out no longer applies.
std::vector<std::uint64_t> Ledger::held(std::string_view recipient) const {
  const std::vector<std::string> gone = ruled_out();
  std::vector<std::uint64_t> hashes;
  const auto take = [&](const Entry& entry) {
    for (const SentPiece& piece : entry.pieces)
      if (std::ranges::find(gone, piece.manifest) == gone.end()) hashes.push_back(piece.content_hash);
  };
  std::uint64_t forked_at = 0;  // only what came before that line
  each_injection(entries_, recipient, [&](const Entry& entry) {
    if (entry.layer == fork_layer) forked_at = entry.sequence;
    take(entry);
    if (entry.decision == taken_decision) each_injection(entries_, entry.root, take);
  });
  if (forked_at > 0)
    each_injection(entries_, main_conversation, [&](const Entry& entry) {
      if (entry.sequence < forked_at) take(entry);
    });
  letters::sort_once(hashes);
  return hashes;
}

std::vector<std::uint64_t> Ledger::chosen(const std::vector<std::string>& roots) const {
  std::vector<std::uint64_t> hashes;
  for (const Entry& entry : entries_) {
    if (entry.event != Event::inject || std::ranges::find(roots, entry.root) == roots.end()) continue;
    for (const SentPiece& piece : entry.pieces)
      if (piece.content_hash != 0) hashes.push_back(piece.content_hash);
  }
  letters::sort_once(hashes);
  return hashes;
}

std::vector<std::string> Ledger::active(std::string_view recipient) const {
  std::vector<std::string> roots;
  each_injection(entries_, recipient, [&](const Entry& entry) {
    if (entry.layer == offer_layer || entry.layer == fork_layer) return;
    move_to_end(roots, entry.root);
    for (const std::string& root : entry.also) move_to_end(roots, root);
  });
  for (const std::string& gone : ruled_out()) roots.erase(std::remove(roots.begin(), roots.end(), gone), roots.end());
  return roots;
}

std::vector<std::string> Ledger::ruled_out() const {
  std::vector<std::string> roots;
  for (const Entry& drop : drops_that_hold(entries_)) roots.push_back(drop.root);
  return roots;
}

std::vector<std::string> Ledger::offered(std::string_view recipient) const {
  std::vector<std::string> roots;
  each_injection(entries_, recipient, [&](const Entry& entry) {
    if (entry.layer == offer_layer) move_to_end(roots, entry.root);
  });
  return roots;
}

std::string Ledger::model() const {
  for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry)
    if (!entry->model.empty()) return entry->model;
  return {};
}

Result<void> Ledger::append(Entry entry) {
  return extend([&](const Ledger&) { return std::vector<Entry>{std::move(entry)}; });
}

Result<void> Ledger::extend(const std::function<std::vector<Entry>(const Ledger& now)>& decide) {
  if (auto made = files::make_directories(sessions_folder(folder_)); !made) return made;
  std::vector<Entry> added;
  const auto lines = [&](std::string_view content) {
    read(content);
    added = decide(*this);
    std::string text;
    std::uint64_t sequence = entries_.empty() ? 0 : entries_.back().sequence;
    for (Entry& entry : added) {
      entry.sequence = ++sequence;
      text += (text.empty() ? "" : "\n") + write_entry(entry, sequence == 1 ? session_id_ : std::string());
    }
    if (text.empty()) return text;
    content_ = std::string(content) + (content.empty() || content.back() == '\n' ? "" : "\n") + text + "\n";
    return text;
  };
  auto extended = files::extend_log(path(), max_ledger_bytes, lines,
                                    [&](std::string_view content) { return in_short(content, session_id_); });
  if (extended) std::move(added.begin(), added.end(), std::back_inserter(entries_));
  return extended;
}

// With the parent's present; the past stays in the parent's file.
Result<void> Ledger::adopt(const Ledger& parent, std::int64_t now) {
  if (auto begun = append({.event = Event::start,
                           .source = "fork",
                           .model = parent.model(),
                           .origin = parent.session_id(),
                           .written_at = now});
      !begun)
    return begun;
  std::vector<Entry> kept_entries = in_short(parent.entries(), main_conversation);
  for (const Entry& entry : parent.entries())
    if (entry.event == Event::expect && entry.source != "began" && entry.recipient == main_conversation)
      kept_entries.push_back(entry);
  std::ranges::move(drops_that_hold(parent.entries()), std::back_inserter(kept_entries));
  for (Entry& entry : kept_entries) {
    entry.written_at = now;
    if (auto kept = append(std::move(entry)); !kept) return kept;
  }
  return adopt_steps(parent);
}

// Their evidence is renumbered to the sequence numbers that the entries get here.
Result<void> Ledger::adopt_steps(const Ledger& parent) {
  std::vector<Entry> steps = steps_that_hold(parent.entries());
  if (steps.empty()) return {};
  return extend([&](const Ledger& now) {
    const std::uint64_t last = now.entries().empty() ? 0 : now.entries().back().sequence;
    std::map<std::uint64_t, std::uint64_t> here;
    for (std::size_t i = 0; i < steps.size(); ++i) here[steps[i].sequence] = last + 1 + i;
    for (Entry& step : steps) {
      std::vector<std::uint64_t> evidence;
      for (const std::uint64_t sequence : step.step.evidence)
        if (here.count(sequence) != 0) evidence.push_back(here[sequence]);
      step.step.evidence = std::move(evidence);
    }
    return std::move(steps);
  });
}

std::vector<std::string> in_force(const Ledger& ledger, const std::string& agent_id) {
  std::vector<std::string> roots = ledger.active(main_conversation);
  if (agent_id.empty()) return roots;
  for (const std::string& root : ledger.active(agent_id)) {
    // A text that waited for the subagent is listed under the name by which it waited.
    const bool waited = root.compare(0, pending_prefix.size(), pending_prefix) == 0;
    for (const std::string& one : waited ? ledger.active(root) : std::vector<std::string>{root})
      move_to_end(roots, one);
  }
  return roots;
}

std::vector<SessionSummary> list_sessions(const std::string& folder) {
  const files::DiskTree tree;
  std::vector<SessionSummary> all;
  auto entries = tree.list(sessions_folder(folder));
  if (!entries) return all;
  for (const files::Entry& file : *entries) {
    auto text = tree.read(files::join(sessions_folder(folder), file.name), 4 * max_ledger_bytes);
    if (!text) continue;
    SessionSummary summary;
    const std::vector<Entry> entries = parse(*text, &summary.session_id);
    for (const Entry& entry : entries) {
      summary.last_written_at = std::max(summary.last_written_at, entry.written_at);
      if (!entry.directory.empty()) summary.directory = entry.directory;
      if (entry.event != Event::inject || !has_arrived(entries, entry)) continue;
      if (!entry.pieces.empty()) summary.last_item = entry.root;
      ++summary.injections;
      summary.cost += entry.cost;
    }
    if (!summary.session_id.empty()) all.push_back(std::move(summary));
  }
  std::ranges::sort(all, [](const SessionSummary& a, const SessionSummary& b) {
    return a.last_written_at != b.last_written_at ? a.last_written_at > b.last_written_at : a.session_id < b.session_id;
  });
  return all;
}

// By the time of the last line, so a long session that goes on is never removed.
void prune(const std::string& folder, std::int64_t now) {
  const files::DiskTree tree;
  const std::string sessions = sessions_folder(folder);
  auto entries = tree.list(sessions);
  if (!entries) return;
  std::vector<std::pair<std::int64_t, std::string>> files;  // seconds, path
  for (const files::Entry& file : *entries) {
    const std::string path = files::join(sessions, file.name);
    if (auto stamp = tree.stat(path)) files.emplace_back(stamp->modified_ns / 1'000'000'000, path);
  }
  std::sort(files.rbegin(), files.rend());
  for (std::size_t i = 0; i < files.size(); ++i)
    if (i >= max_sessions || files[i].first < now - max_age_seconds)
      static_cast<void>(files::remove_file(files[i].second));
}

std::optional<Ledger> parent_of_fork(const std::string& state_directory, const std::string& transcript_path) {
  constexpr std::size_t most = 10;
  constexpr std::string_view extension = ".jsonl";
  const files::DiskTree tree;
  const std::string folder(files::parent(transcript_path)), own(files::file_name(transcript_path));
  const auto entries = tree.list(folder);
  if (state_directory.empty() || folder.empty() || !entries) return std::nullopt;
  std::vector<std::pair<std::int64_t, std::string>> latest;  // when, session id
  for (const files::Entry& entry : *entries) {
    if (entry.name.size() <= extension.size() || entry.name == own) continue;
    const std::size_t stem = entry.name.size() - extension.size();
    if (entry.name.substr(stem) != extension) continue;
    if (auto stamp = tree.stat(files::join(folder, entry.name)))
      latest.emplace_back(-stamp->modified_ns, entry.name.substr(0, stem));
  }
  std::ranges::sort(latest);
  for (std::size_t i = 0; i < latest.size() && i < most; ++i) {
    Ledger ledger(state_directory, latest[i].second);
    if (ledger.is_known()) return ledger;
  }
  return std::nullopt;
}

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
    return entry.event == Event::lost && std::ranges::find(lost, injection->sequence) != lost.end();
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
  std::ranges::stable_sort(entries, [](const Entry& a, const Entry& b) { return a.sequence < b.sequence; });
  return entries;
}

// Each piece of a manifest once: the same text of another one stays held when one of the two is ruled out.
std::vector<Entry> in_short(const std::vector<Entry>& entries, std::string_view recipient) {
  constexpr std::size_t most_pieces = 500;
  std::vector<Entry> kept;
  std::set<std::pair<std::string, std::uint64_t>> seen;
  each_injection(entries, recipient, [&](const Entry& entry) {
    if (kept.empty() || kept.back().root != entry.root || kept.back().layer != entry.layer ||
        kept.back().also != entry.also || kept.back().pieces.size() + entry.pieces.size() > most_pieces) {
      kept.push_back(entry);
      kept.back().pieces.clear();
      kept.back().cost = {};
      kept.back().since = 0;  // of one of several, or of another transcript
    }
    for (const SentPiece& piece : entry.pieces)
      if (seen.insert({piece.manifest, piece.content_hash}).second) kept.back().pieces.push_back(piece);
    kept.back().cost += entry.cost;
  });
  return kept;
}

std::string in_short(std::string_view content, const std::string& session_id) {
  const std::vector<Entry> entries = parse(content);
  std::vector<std::string> recipients;
  for (const Entry& entry : entries)
    if (entry.event == Event::inject && std::ranges::find(recipients, entry.recipient) == recipients.end())
      recipients.push_back(entry.recipient);
  std::vector<Entry> kept;
  for (const std::string& recipient : recipients)
    for (Entry& entry : in_short(entries, recipient)) kept.push_back(std::move(entry));
  for (const Entry& entry : entries)
    if (entry.event == Event::fault || entry.event == Event::expect ||
        (entry.event >= Event::effect && entry.event <= Event::told))
      kept.push_back(entry);
  std::ranges::stable_sort(kept, [](const Entry& a, const Entry& b) { return a.sequence < b.sequence; });
  // If not all fit, the oldest go, so that there is room again.
  const std::vector<Entry> runs = runs_that_hold(entries);
  std::size_t bytes = 0, first = kept.size();
  for (const Entry& run : runs) bytes += write_entry(run, {}).size() + 1;
  while (first > 0 && (bytes += write_entry(kept[first - 1], session_id).size() + 1) <= max_ledger_bytes / 2) --first;
  kept.erase(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(first));
  std::string text;
  for (const std::vector<Entry>& lines :
       {starts_that_hold(entries), kept, runs, steps_that_hold(entries), drops_that_hold(entries)})
    for (const Entry& line : lines) text += write_entry(line, text.empty() ? session_id : std::string()) + "\n";
  return text;
}

}  // namespace cascade::session
