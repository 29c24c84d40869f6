// Stores notes in one file for each session, with one line for each call: milliseconds since boot, agent, action,
// resource.
#include "leases/callers.h"

#include <cstdlib>
#include <vector>

#include "files/atomic_write.h"
#include "files/file_lock.h"
#include "files/paths.h"
#include "files/process.h"
#include "files/tree.h"
#include "hash/content_hash.h"

namespace cascade::lease {
namespace {

constexpr std::int64_t soon_ms = 20'000, most_ms = 600'000;
constexpr std::uint64_t most_bytes = 1 << 16;
constexpr int lock_patience_ms = 500;

struct Note {
  std::int64_t at = 0;
  std::string agent, what;
};

std::string what_of(const std::string& action, const std::string& resource) { return action + "\t" + resource; }

std::vector<Note> read_notes(const std::string& path) {
  std::vector<Note> notes;
  const auto text = files::DiskTree().read(path, most_bytes);
  const std::int64_t now = files::milliseconds_since_boot();
  for (std::size_t begin = 0; text && begin < text->size();) {
    const std::size_t end = std::min(text->find('\n', begin), text->size());
    const std::string line = text->substr(begin, end - begin);
    begin = end + 1;
    const std::size_t first = line.find('\t'), second = line.find('\t', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    Note note{std::strtoll(line.c_str(), nullptr, 10), line.substr(first + 1, second - first - 1),
              line.substr(second + 1)};
    if (note.at <= now && now - note.at < most_ms) notes.push_back(std::move(note));
  }
  return notes;
}

void write_notes(const std::string& path, const std::vector<Note>& notes) {
  std::string text;
  for (const Note& note : notes) text += std::to_string(note.at) + "\t" + note.agent + "\t" + note.what + "\n";
  static_cast<void>(files::write_atomically(path, text, 0600));
}

}  // namespace

std::string Callers::path(const std::string& session) const {
  return files::join(state_, "lease-callers/" + std::to_string(hash::hash64(session)));
}

void Callers::expect(const std::string& session, const std::string& agent, const std::string& action,
                     const std::string& resource) const {
  const std::string file = path(session);
  if (state_.empty() || session.empty() || (agent + action + resource).find_first_of("\t\n") != std::string::npos)
    return;
  if (agent.empty() && !files::DiskTree().stat(file)) return;
  if (!files::make_directories(std::string(files::parent(file)))) return;
  const files::SharedLock lock(file + ".lock", files::SharedLock::Kind::alone, lock_patience_ms);
  std::vector<Note> notes = read_notes(file);
  notes.push_back({files::milliseconds_since_boot(), agent, what_of(action, resource)});
  write_notes(file, notes);
}

std::string Callers::take(const std::string& session, const std::string& action, const std::string& resource) const {
  const std::string file = path(session), what = what_of(action, resource);
  if (state_.empty() || session.empty() || !files::DiskTree().stat(file)) return {};
  const files::SharedLock lock(file + ".lock", files::SharedLock::Kind::alone, lock_patience_ms);
  std::vector<Note> notes = read_notes(file);
  const std::int64_t now = files::milliseconds_since_boot();
  auto found = notes.end();
  for (auto note = notes.begin(); note != notes.end(); ++note)
    if (note->what == what && (found == notes.end() || now - found->at > soon_ms)) found = note;
  if (found == notes.end()) return {};
  std::string agent = found->agent;
  notes.erase(found);
  write_notes(file, notes);
  return agent;
}

}  // namespace cascade::lease
