#include "leases/owner.h"

#include <cstdlib>

#include "files/atomic_write.h"
#include "files/file_lock.h"
#include "files/folder.h"
#include "files/paths.h"
#include "files/process.h"
#include "files/tree.h"
#include "hash/content_hash.h"
#include "text/word_set.h"
#include "unicode/utf8.h"

namespace cascade::lease {
namespace {

std::string_view program_of(const std::vector<std::string>& words) {
  std::string_view name = words.empty() ? std::string_view() : files::file_name(words.front());
  if (!name.empty() && name.front() == '-') name.remove_prefix(1);  // a login shell
  return name;
}

bool is_shell(std::string_view name) {
  return letters::is_one_of(name, {"sh", "bash", "dash", "zsh", "ksh", "mksh", "fish", "ash"});
}

bool is_launcher(const std::vector<std::string>& words) {
  return letters::is_one_of(program_of(words), {"node", "nodejs"}) && words.size() > 1 &&
         files::file_name(words[1]) == "cascade";
}

// "-c", and "-lc", with which a shell runs one line.
bool has_line(const std::vector<std::string>& words) {
  for (std::size_t i = 1; i < words.size() && words[i].size() > 1 && words[i].front() == '-'; ++i)
    if (words[i][1] != '-' && words[i].find('c') != std::string::npos) return true;
  return false;
}

}  // namespace

std::int64_t calling_process() {
  const std::int64_t parent = files::parent_process();
  return is_launcher(files::command_line(parent)) ? files::parent_of(parent) : parent;
}

bool ends_with_its_command(const std::vector<std::string>& words) {
  const std::string_view name = program_of(words);
  if (is_shell(name)) return has_line(words);
  return letters::is_one_of(
      name, {"timeout", "xargs", "sudo", "doas", "su", "runuser", "script", "watch", "parallel", "npx", "npm", "pnpm",
             "yarn", "ssh", "setsid", "strace", "find", "flock", "unshare"});
}

std::string owner_text(std::int64_t pid, const std::vector<std::string>& words) {
  const bool has_more = words.size() > 1 && is_shell(program_of(words)) && has_line(words);
  const std::string name(program_of(words));
  return unicode::displayable(name.empty() ? "a program" : name) + (has_more ? " -c" : "") + ", process " +
         std::to_string(pid);
}

// Stores notes in one file for each session, with one line for each call: milliseconds since boot, agent, action,
// resource.
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

// A small file for each holder, whose name is a hash (an id of the client could hold any character) and whose text is
// the time of the last renewal. A clock that went back makes a renewal due, not overdue for ever.
namespace {

constexpr std::int64_t renewal_ms = 30'000;
constexpr std::size_t most_agents = 10'000;

std::string name_of(const std::string& id) { return std::to_string(hash::hash64(id)); }

}  // namespace

std::string HeldNotes::folder(const std::string& session) const {
  return files::join(state_, "held/" + name_of(session));
}

std::string HeldNotes::path(const std::string& session, const std::string& agent) const {
  return files::join(folder(session), name_of(agent));
}

void HeldNotes::write(const std::string& session, const std::string& agent) const {
  if (!files::make_directories(folder(session))) return;
  static_cast<void>(
      files::write_atomically(path(session, agent), std::to_string(files::milliseconds_since_boot()), 0600));
}

bool HeldNotes::is_due(const std::string& session, const std::string& agent) const {
  const auto text = files::DiskTree().read(path(session, agent), 64);
  if (!text) return false;
  const std::int64_t age = files::milliseconds_since_boot() - std::strtoll(text->c_str(), nullptr, 10);
  return age < 0 || age >= renewal_ms;
}

bool HeldNotes::has(const std::string& session, const std::string& agent, bool whole_session) const {
  return files::DiskTree().stat(whole_session ? folder(session) : path(session, agent)).has_value();
}

void HeldNotes::remove(const std::string& session, const std::string& agent, bool whole_session) const {
  if (!whole_session) {
    static_cast<void>(files::remove_file(path(session, agent)));
  } else if (const auto names = files::folder_names(folder(session), most_agents)) {
    for (const std::string& name : *names) static_cast<void>(files::remove_file(files::join(folder(session), name)));
  }
  files::remove_empty_folder(folder(session));
}

}  // namespace cascade::lease
