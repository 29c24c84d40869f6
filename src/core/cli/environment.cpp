// Reads the variables that verbs depend on, once, so that everything below gets values that a test can give.
// docs/cli/cascade.md lists those for users; the names of the client's own are in client/names.h.
#include "cli/environment.h"

#include <charconv>
#include <optional>
#include <string_view>

#include "client/dialect.h"
#include "client/names.h"
#include "client/transcript/formats.h"
#include "files/environment.h"
#include "files/paths.h"
#include "files/tree.h"

namespace cascade::cli {
namespace {

#ifdef _WIN32
constexpr const char* temporary_variable = "TEMP";
#else
constexpr const char* temporary_variable = "TMPDIR";
#endif

using files::variable;

// A variable that holds one path.
std::optional<std::string> path_in(const char* name) {
  auto value = variable(name);
  if (value) return files::from_native(*std::move(value));
  return value;
}

// A relative home would be a folder of the project at hand, so it counts as unset.
std::string absolute(std::string path) {
  if (!files::is_absolute(path)) path.clear();
  return path;
}

// A path below one of the XDG base directories, or below `usual` in the home. By their rules, a relative path counts as
// unset. Sets `from` to the variable that decided.
std::string below_base(const char* name, const std::string& home, const char* usual, const char* path,
                       std::string& from) {
  from.clear();
  if (auto base = path_in(name); base && files::is_absolute(*base)) {
    from = name;
    return *base + path;
  }
  return home.empty() ? std::string() : home + usual + path;
}

void read_folders(Environment& found) {
  found.cache = below_base("XDG_CACHE_HOME", found.home, "/.cache", "/cascade", found.cache_from);
  if (auto chosen = path_in("CASCADE_CACHE")) {
    found.cache = *std::move(chosen);
    found.cache_from = "CASCADE_CACHE";
  }
  found.state = below_base("XDG_STATE_HOME", found.home, "/.local/state", "/cascade", found.state_from);
  found.users_configuration =
      below_base("XDG_CONFIG_HOME", found.home, "/.config", "/cascade/cascade.yaml", found.users_configuration_from);
}

// A relative CLAUDE_CONFIG_DIR is relative to the client's starting folder, which its hooks receive.
client::UserPlace read_user_place(const std::string& home, const std::string& project_directory) {
  const auto folder = path_in(client::variables::client_folder);
  std::string start = project_directory;
  if (folder && !files::is_absolute(*folder) && !files::is_absolute(start))
    start = files::DiskTree().real_path(".").value_or("");
  return client::user_place(home, folder, start);
}

// The client whose own variable is set, if there is one.
std::string marked_client() {
  for (const client::Dialect* dialect : client::dialects())
    if (!dialect->mark.empty() && variable(dialect->mark.data())) return std::string(dialect->name);
  return {};
}

void read_session(Environment& found) {
  found.marked_client = marked_client();
  if (const std::size_t slash = found.users_configuration.rfind('/'); slash != std::string::npos)
    found.allowed = found.users_configuration.substr(0, slash) + "/allowed";
  found.project_directory = path_in(client::variables::project_directory).value_or("");
  found.user = read_user_place(found.home, found.project_directory);
  found.plugin_folder = absolute(path_in(client::variables::own_plugin).value_or(""));
  found.listing_budget = variable("SLASH_COMMAND_TOOL_CHAR_BUDGET").value_or("");
  found.environment_file = path_in(client::variables::environment_file).value_or("");
  found.session = variable(client::variables::session).value_or("");
  const std::string process = variable(client::variables::client_process).value_or("");
  std::from_chars(process.data(), process.data() + process.size(), found.client_process);
  found.in_client = !variable(client::variables::in_client).value_or("").empty();
  found.temporary = {"/tmp", "/var/tmp", "/dev/shm"};
  if (auto folder = path_in(temporary_variable); folder && files::is_absolute(*folder))
    found.temporary.push_back(*std::move(folder));
  for (const char* name : {"GIT_DIR", "GIT_WORK_TREE", "GIT_AUTHOR_EMAIL", "EMAIL", "GH_REPO", "GITLAB_REPO",
                           "CASCADE_GIT_VERB", "CASCADE_OWN_HOOKS"})
    if (auto value = variable(name)) found.of_git.emplace_back(name, *std::move(value));
}

}  // namespace

std::string data_folder(const Environment& environment) {
  std::string ignored;
  return below_base("XDG_DATA_HOME", environment.home, "/.local/share", "/cascade", ignored);
}

std::string user_settings(const Environment& environment, const client::Settings& settings) {
  return user_file(environment, settings, settings.user_file);
}

std::string user_file(const Environment& environment, const client::Settings& settings, std::string_view name) {
  const std::string file(name);
  // A file named directly below the user's folder is one of the client's own records.
  if (settings.home_variable == client::variables::client_folder && file.find('/') == std::string::npos)
    return environment.user.state;
  if (settings.home_variable == client::variables::client_folder)
    return environment.user.folder.empty() ? std::string() : environment.user.folder + file.substr(file.find('/'));
  if (!settings.home_variable.empty())
    if (const std::string folder = absolute(path_in(settings.home_variable.data()).value_or("")); !folder.empty())
      return folder + file.substr(file.find('/'));
  return environment.home.empty() ? std::string() : environment.home + "/" + file;
}

Environment read_environment() {
  Environment found;
  found.model = variable("CASCADE_MODEL").value_or("");
  found.budget = variable("CASCADE_BUDGET").value_or("");
  found.vocabulary = path_in("CASCADE_VOCABULARY").value_or("");
  found.home = absolute(files::user_folder());
  found.search_path = variable("PATH").value_or("");
  read_folders(found);
  read_session(found);
  const std::string disable = variable("CASCADE_DISABLE").value_or("");
  found.disabled = !disable.empty() && disable != "0";
  found.on_github = variable("GITHUB_ACTIONS").value_or("") == "true";
  return found;
}

std::string log_folder(const Environment& environment, const transcript::Format& format) {
  client::Settings place;
  place.home_variable = format.variable;
  return user_file(environment, place, format.folder);
}

}  // namespace cascade::cli
