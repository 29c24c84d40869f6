// A session's ledger is a log to which any number of processes append under a lock. All answers are computed from the
// entries: a start begins a new epoch, and what a recipient holds is the sum of the injections in its current epoch.
// Appending needs no rewriting, so it stays fast, and a torn last line costs one entry. When the file is full, it is
// replaced by a shorter text (present.h).
#include "session/ledger.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "files/atomic_write.h"
#include "files/file_lock.h"
#include "files/paths.h"
#include "files/tree.h"
#include "hash/content_hash.h"
#include "session/entry.h"
#include "session/present.h"

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
  return std::any_of(entries.begin(), entries.end(), [&](const Entry& other) {
    return other.decision == taken_decision && other.root == entry.recipient;
  });
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
  std::stable_sort(entries_.begin(), entries_.end(),
                   [](const Entry& a, const Entry& b) { return a.sequence < b.sequence; });
  content_ = content;
}

std::string Ledger::path() const {
  return files::join(sessions_folder(folder_), hash::to_hex(hash::hash64(session_id_)) + ".jsonl");
}

// A fork holds what its parent had held when it began, not what the parent got later; a subagent also holds what had
// waited for it.
std::vector<std::uint64_t> Ledger::held(std::string_view recipient) const {
  std::vector<std::uint64_t> hashes;
  std::uint64_t forked_at = 0;  // only what came before that line
  each_injection(entries_, recipient, [&](const Entry& entry) {
    if (entry.layer == fork_layer) forked_at = entry.sequence;
    for (const SentPiece& piece : entry.pieces) hashes.push_back(piece.content_hash);
    if (entry.decision != taken_decision) return;
    each_injection(entries_, entry.root, [&](const Entry& waited) {
      for (const SentPiece& piece : waited.pieces) hashes.push_back(piece.content_hash);
    });
  });
  if (forked_at > 0)
    each_injection(entries_, main_conversation, [&](const Entry& entry) {
      for (const SentPiece& piece : entry.pieces)
        if (entry.sequence < forked_at) hashes.push_back(piece.content_hash);
    });
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  return hashes;
}

std::vector<std::uint64_t> Ledger::chosen(const std::vector<std::string>& roots) const {
  std::vector<std::uint64_t> hashes;
  for (const Entry& entry : entries_) {
    if (entry.event != Event::inject || std::find(roots.begin(), roots.end(), entry.root) == roots.end()) continue;
    for (const SentPiece& piece : entry.pieces)
      if (piece.content_hash != 0) hashes.push_back(piece.content_hash);
  }
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
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

// `decide` runs under the lock and sees all entries that others have added, so a decision such as "not yet told" is
// made by one process alone.
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

// A forked session begins with the parent's present: what it holds and expects, what was ruled out, and its steps. The
// past stays in the parent's file.
Result<void> Ledger::adopt(const Ledger& parent, std::int64_t now) {
  Entry start;
  start.event = Event::start;
  start.source = "fork";
  start.origin = parent.session_id();
  start.model = parent.model();
  start.written_at = now;
  if (auto begun = append(std::move(start)); !begun) return begun;
  std::vector<Entry> kept_entries = in_short(parent.entries(), main_conversation);
  for (const Entry& entry : parent.entries())
    if (entry.event == Event::expect && entry.source != "began" && entry.recipient == main_conversation)
      kept_entries.push_back(entry);
  for (Entry& entry : kept_entries) {
    entry.written_at = now;
    if (auto kept = append(std::move(entry)); !kept) return kept;
  }
  for (Entry& drop : drops_that_hold(parent.entries())) {
    drop.written_at = now;
    if (auto kept = append(std::move(drop)); !kept) return kept;
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
  std::sort(all.begin(), all.end(), [](const SessionSummary& a, const SessionSummary& b) {
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
  std::sort(latest.begin(), latest.end());
  for (std::size_t i = 0; i < latest.size() && i < most; ++i) {
    Ledger ledger(state_directory, latest[i].second);
    if (ledger.is_known()) return ledger;
  }
  return std::nullopt;
}

}  // namespace cascade::session
