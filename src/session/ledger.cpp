#include "session/ledger.h"

#include <algorithm>

#include "files/atomic_write.h"
#include "files/locked_log.h"
#include "files/paths.h"
#include "files/tree.h"
#include "hash/content_hash.h"
#include "session/entry_text.h"

namespace cascade::session {
namespace {

std::string sessions_folder(const std::string& folder) { return files::join(folder, "sessions"); }

// The entries of a file's text; `session_id` becomes what its first line says.
std::vector<Entry> parse(std::string_view content, std::string* session_id = nullptr) {
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

// What the conversation lost: everything before this start.
bool begins_epoch(const Entry& entry) {
  return entry.event == Event::start && entry.source != "resume" && entry.source != "fork";
}

std::vector<Entry>::const_iterator epoch_begin(const std::vector<Entry>& entries) {
  auto at = entries.end();
  while (at != entries.begin() && !begins_epoch(*(at - 1))) --at;
  return at;
}

}  // namespace

Ledger::Ledger(std::string folder, std::string session_id)
    : folder_(std::move(folder)), session_id_(std::move(session_id)) {
  auto text = files::DiskTree().read(path(), 4 * max_ledger_bytes);
  if (text) entries_ = parse(*text);
}

std::string Ledger::path() const {
  return files::join(sessions_folder(folder_), hash::to_hex(hash::hash64(session_id_)) + ".jsonl");
}

std::vector<std::uint64_t> Ledger::held(std::string_view recipient) const {
  std::vector<std::uint64_t> hashes;
  for (auto entry = epoch_begin(entries_); entry != entries_.end(); ++entry)
    if (entry->event == Event::inject && entry->recipient == recipient)
      for (const SentPiece& piece : entry->pieces) hashes.push_back(piece.content_hash);
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  return hashes;
}

std::vector<std::string> Ledger::active(std::string_view recipient) const {
  std::vector<std::string> roots;
  for (auto entry = epoch_begin(entries_); entry != entries_.end(); ++entry)
    if (entry->event == Event::inject && entry->recipient == recipient && !entry->root.empty() &&
        std::find(roots.begin(), roots.end(), entry->root) == roots.end())
      roots.push_back(entry->root);
  return roots;
}

Result<void> Ledger::append(Entry entry) {
  if (auto made = files::make_directories(sessions_folder(folder_)); !made) return made;
  const auto extend = [&] {
    return files::extend_log(path(), max_ledger_bytes, [&](std::string_view content) {
      entries_ = parse(content);
      entry.sequence = entries_.empty() ? 1 : entries_.back().sequence + 1;
      return write_entry(entry, entries_.empty() ? session_id_ : std::string());
    });
  };
  Result<void> extended = extend();
  if (!extended && extended.error().code == ErrorCode::unsupported) {
    if (auto shortened = shorten(); !shortened) return shortened;
    extended = extend();
  }
  if (extended) entries_.push_back(std::move(entry));
  return extended;
}

// Keeps the current epoch, as one entry a recipient.
Result<void> Ledger::shorten() {
  std::vector<Entry> kept;
  for (auto entry = epoch_begin(entries_); entry != entries_.end(); ++entry) {
    if (entry->event != Event::inject) continue;
    auto same = std::find_if(kept.begin(), kept.end(), [&](const Entry& k) { return k.recipient == entry->recipient; });
    if (same == kept.end()) {
      kept.push_back(*entry);
      continue;
    }
    for (const SentPiece& piece : entry->pieces)
      if (std::none_of(same->pieces.begin(), same->pieces.end(),
                       [&](const SentPiece& p) { return p.content_hash == piece.content_hash; }))
        same->pieces.push_back(piece);
  }
  std::string text;
  for (Entry& entry : kept) text += write_entry(entry, text.empty() ? session_id_ : std::string()) + "\n";
  if (text.size() > max_ledger_bytes) text.clear();  // nothing sensible fits: forget
  return files::write_atomically(path(), text, 0600);
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
    for (const Entry& entry : parse(*text, &summary.session_id)) {
      summary.last_written_at = std::max(summary.last_written_at, entry.written_at);
      if (entry.event != Event::inject) continue;
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

}  // namespace cascade::session
