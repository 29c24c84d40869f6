#include "cli/faulty_settings.h"

#include "files/tree.h"
#include "unicode/utf8.h"
#include "workspace/setting_faults.h"

namespace cascade::cli {

std::vector<Diagnostic> faults_of_settings(const Call& call, std::vector<std::string> directories,
                                           const std::vector<Diagnostic>& problems) {
  workspace::SettingPlaces places;
  places.directories = std::move(directories);
  places.users_file = call.environment().users_configuration;
  places.home = call.environment().home;
  places.is_allowed = call.workspace_options().is_allowed;
  return workspace::setting_faults(files::DiskTree(), places, problems);
}

std::optional<Exit> tell_faulty_settings(Call& call, std::vector<std::string> directories) {
  const std::string& own = call.environment().users_configuration;
  bool stops = false;
  for (const Diagnostic& fault : faults_of_settings(call, std::move(directories))) {
    const bool is_own = !own.empty() && fault.at.path.compare(0, own.size(), own) == 0;
    std::string text = unicode::displayable(fault.at.path + ": " + fault.message);
    if (!fault.help.empty()) text += "\n  help: " + unicode::displayable(fault.help);
    if (fault.severity == Severity::error && !is_own) {
      call.console().complain(text);
      stops = true;
    } else if (!call.options().quiet) {
      call.console().note(text);
    }
  }
  return stops ? std::optional(Exit::misuse) : std::nullopt;
}

}  // namespace cascade::cli
