#include "cli/faulty_settings.h"

#include "files/tree.h"
#include "unicode/utf8.h"
#include "workspace/setting_faults.h"

namespace cascade::cli {
namespace {

std::vector<client::HookPlace> hook_files(const Environment& environment, const std::vector<std::string>& directories) {
  std::vector<client::HookPlace> files;
  for (const client::Dialect* const client : client::dialects()) {
    for (const std::string& directory : directories)
      for (client::HookPlace& file : client::hook_files_of_project(*client, directory))
        files.push_back(std::move(file));
    if (std::string path = user_settings(environment, client->settings); path.ends_with(".json"))
      files.push_back({client, std::move(path)});
  }
  return files;
}

std::vector<Diagnostic> faults_in(const Call& call, std::vector<std::string> directories,
                                  std::vector<client::HookPlace> hook_files, const std::vector<Diagnostic>& problems) {
  workspace::SettingPlaces places;
  places.hook_files = std::move(hook_files);
  places.directories = std::move(directories);
  places.users_file = call.environment().users_configuration;
  places.home = call.environment().home;
  places.is_allowed = call.workspace_options().is_allowed;
  return workspace::setting_faults(files::DiskTree(), places, problems);
}

}  // namespace

std::vector<Diagnostic> faults_of_settings(const Call& call, std::vector<std::string> directories,
                                           const std::vector<Diagnostic>& problems) {
  auto files = hook_files(call.environment(), directories);
  return faults_in(call, std::move(directories), std::move(files), problems);
}

std::optional<Exit> tell_faulty_settings(Call& call, std::vector<std::string> directories) {
  const std::string& own = call.environment().users_configuration;
  bool stops = false;
  // Those of the usual client in a project are findings of the rules.
  std::vector<client::HookPlace> files = hook_files(call.environment(), directories);
  const auto is_file = [tree = files::DiskTree()](const std::string& path) {
    const auto stamp = tree.stat(path);
    return stamp && !stamp->directory;
  };
  const std::string users = user_settings(call.environment(), client::usual_dialect().settings);
  std::erase_if(files, [&](const client::HookPlace& file) {
    return file.client == &client::usual_dialect() && file.path != users && is_file(file.path);
  });
  for (const Diagnostic& fault : faults_in(call, std::move(directories), std::move(files), {})) {
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
