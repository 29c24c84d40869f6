// A small file for each holder, whose name is a hash (an id of the client could hold any character) and whose text is
// the time of the last renewal. A clock that went back makes a renewal due, not overdue for ever.
#include "leases/held_notes.h"

#include <cstdlib>

#include "files/atomic_write.h"
#include "files/folder_names.h"
#include "files/paths.h"
#include "files/process.h"
#include "files/tree.h"
#include "hash/content_hash.h"

namespace cascade::lease {
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
