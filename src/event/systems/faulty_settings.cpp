#include "systems/faulty_settings.h"

#include <algorithm>

#include "files/reading_tree.h"
#include "hook/clean.h"
#include "workspace/setting_faults.h"

namespace cascade::systems {
namespace {

constexpr std::size_t most_lines = 3;
constexpr std::uint32_t most_of_line = 400;

std::vector<Diagnostic> faults_here(EventSession& session, const WorkspaceOptions& where) {
  workspace::SettingPlaces places;
  places.directories = {where.directory};
  if (session.project() != where.directory) places.directories.push_back(session.project());
  places.users_file = session.surroundings().users_file;
  places.home = where.home;
  places.is_allowed = where.is_allowed;
  const files::ReadingTree tree(session.configuration_reader());
  return workspace::setting_faults(
      tree, places, session.workspace == nullptr ? std::vector<Diagnostic>() : session.workspace->problems());
}

}  // namespace

std::string faulty_settings(EventSession& session, const WorkspaceOptions& where) {
  using client::EventKind;
  const EventKind kind = session.event().kind;
  if (kind != EventKind::prompt && kind != EventKind::session_start) return {};
  const std::vector<Diagnostic> faults = faults_here(session, where);
  std::string lines;
  for (std::size_t i = 0; i < std::min(faults.size(), most_lines); ++i)
    lines += (i == 0 ? "cascade: " : "\n") + hook::brief(workspace::fault_line(faults[i]), most_of_line);
  if (faults.size() > most_lines)
    lines += "\nand " + std::to_string(faults.size() - most_lines) + " more: cascade doctor";
  if (lines.empty() || !session.has_memory()) return lines;
  const std::vector<session::Entry>& entries = session.ledger().entries();
  const bool is_told = std::any_of(entries.begin(), entries.end(), [&](const session::Entry& entry) {
    return entry.event == session::Event::fault && entry.note == lines;
  });
  return is_told ? std::string() : lines;
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
