#include "systems/faulty_settings.h"

#include <algorithm>

#include "files/paths.h"
#include "files/reading_tree.h"
#include "hook/clean.h"
#include "workspace/setting_faults.h"

namespace cascade::systems {
namespace {

constexpr std::size_t most_lines = 3;
constexpr std::uint32_t most_of_line = 400;

// The files in which the client of this event reads hooks; a user's folder that a variable names is not known here.
std::vector<client::HookPlace> hook_files(const EventSession& session, const std::vector<std::string>& directories) {
  const client::Dialect& client = *session.event().client;
  std::vector<client::HookPlace> files;
  for (const std::string& directory : directories)
    for (client::HookPlace& file : client::hook_files_of_project(client, directory)) files.push_back(std::move(file));
  const std::string name(client.settings.user_file);
  const std::string& own = session.surroundings().client_folder;
  if (&client == &client::usual_dialect() && !own.empty())
    files.push_back({&client, own + name.substr(std::min(name.find('/'), name.size()))});
  else if (client.settings.home_variable.empty() && !session.surroundings().home.empty() && name.ends_with(".json"))
    files.push_back({&client, files::join(session.surroundings().home, name)});
  return files;
}

// Looking for files that nobody reads costs some hundred calls of the system, so it is done as a session begins; after
// that only what was read anyway can be told.
std::vector<Diagnostic> faults_here(EventSession& session, const WorkspaceOptions& where, bool begins) {
  workspace::SettingPlaces places;
  places.directories = {where.directory};
  if (session.project() != where.directory) places.directories.push_back(session.project());
  places.users_file = session.surroundings().users_file;
  places.home = where.home;
  places.is_allowed = where.is_allowed;
  if (begins) places.hook_files = hook_files(session, places.directories);
  const files::ReadingTree tree(session.configuration_reader());
  const std::vector<Diagnostic> problems =
      session.workspace == nullptr ? std::vector<Diagnostic>() : session.workspace->problems();
  return begins ? workspace::setting_faults(tree, places, problems)
                : workspace::read_setting_faults(tree, places, problems);
}

// Among the lines of an earlier notice of this session.
bool is_told(EventSession& session, const std::string& line) {
  if (!session.has_memory()) return false;
  const std::vector<session::Entry>& entries = session.ledger().entries();
  return std::any_of(entries.begin(), entries.end(), [&](const session::Entry& entry) {
    return entry.event == session::Event::fault && entry.note.find(line) != std::string::npos;
  });
}

}  // namespace

std::string faulty_settings(EventSession& session, const WorkspaceOptions& where) {
  using client::EventKind;
  const EventKind kind = session.event().kind;
  if (kind != EventKind::prompt && kind != EventKind::session_start) return {};
  const bool begins = kind == EventKind::session_start || !session.has_memory() || session.ledger().entries().empty();
  std::vector<std::string> lines;
  for (const Diagnostic& fault : faults_here(session, where, begins))
    if (std::string line = hook::brief(workspace::fault_line(fault), most_of_line); !is_told(session, line))
      lines.push_back(std::move(line));
  std::string text;
  for (std::size_t i = 0; i < std::min(lines.size(), most_lines); ++i) text += (i == 0 ? "cascade: " : "\n") + lines[i];
  if (lines.size() > most_lines) text += "\nand " + std::to_string(lines.size() - most_lines) + " more: cascade doctor";
  return text;
}

void note_told(EventSession& session, const std::string& lines) {
  if (!session.has_memory()) return;
  session::Entry entry;
  entry.event = session::Event::fault;
  entry.note = lines;
  entry.written_at = session.now();
  if (const auto kept = session.ledger().append(std::move(entry)); !kept) session.log(kept.error());
}

}  // namespace cascade::systems
