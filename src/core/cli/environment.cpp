// Reads the variables that verbs depend on, once, so that everything below gets values that a test can give.
// docs/cli/cascade.md lists those for users; the names of the client's own are in client/names.h.
#include "cli/environment.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "cli/system.h"
#include "client/names.h"
#include "client/transcript/formats.h"
#include "files/paths.h"
#include "files/process.h"
#include "files/run_program.h"
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
  found.mod_session = variable("CASCADE_MOD").value_or("");
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

// The source tree of a build tree, build/<preset>/ in it or a folder elsewhere; empty for an installed binary.
std::string source_tree(const std::string& folder) {
  const std::string cache = files::join(folder, "CMakeCache.txt");
  if (!exists(cache)) return {};
  std::string around = files::normalise(folder + "/../..");
  if (exists(around + "/skills")) return around;
  constexpr std::string_view named = "\nCMAKE_HOME_DIRECTORY:INTERNAL=";
  constexpr std::uint64_t longest_cache = 1 << 20;
  const auto text = files::DiskTree().read(cache, longest_cache);
  const std::size_t at = text ? text->find(named) : std::string::npos;
  if (at == std::string::npos) return around;
  const std::size_t begin = at + named.size();
  return text->substr(begin, text->find('\n', begin) - begin);
}

// Of a program in libexec the folder of `cascade`, beside which it lies.
std::string folder_of(const std::string& program) {
  const std::string folder(files::parent(program));
  constexpr std::string_view helpers = "/libexec/cascade";
  if (!folder.ends_with(helpers)) return folder;
  const std::string base = folder.substr(0, folder.size() - helpers.size());
  return exists(base + "/cascade" + std::string(files::program_ending)) ? base : base + "/bin";
}

// The program's folder, and the source tree that contains it, if any. Looked up once.
struct ProgramPlace {
  std::string folder, source;
};

const ProgramPlace& place() {
  static const ProgramPlace found = [] {
    const std::string folder = folder_of(program_path());
    return ProgramPlace{folder, folder.empty() ? std::string() : source_tree(folder)};
  }();
  return found;
}

std::string first_that_exists(std::initializer_list<std::string> paths) {
  for (const std::string& path : paths)
    if (!path.empty() && exists(path)) return path;
  return {};
}

// A file of an installation or a build, below the program's folder or the one above.
std::string installed_file(const std::string& name) {
  const std::string& folder = place().folder;
  return folder.empty() ? folder : first_that_exists({folder + name, files::normalise(folder + "/.." + name)});
}

std::string own_program(const std::string& program) {
  return installed_file("/libexec/cascade/" + program + std::string(files::program_ending));
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
  found.profile = variable("CASCADE_PROFILE").value_or("");
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

std::string program_path() { return files::program_file(); }

std::string vocabulary_path(const Environment& environment) {
  if (environment.vocabulary == "estimate") return {};
  if (!environment.vocabulary.empty()) return environment.vocabulary;
  const std::string table = "/share/cascade/o200k.bin", found = installed_file(table);
  return found.empty() && !place().source.empty() ? first_that_exists({place().source + table}) : found;
}

std::string vocabulary_help() {
  if (!place().source.empty()) return "run scripts/vocabulary, which makes the table";
  return "install Cascade again where npm is available, which makes the table, or name one with CASCADE_VOCABULARY";
}

std::string builtin_library() {
  const auto& [folder, source] = place();
  if (folder.empty()) return {};
  if (!source.empty() && exists(source + "/skills")) return source;
  // A plugin that contains its program has the library next to it (client/plugin.h).
  const std::string plugin = exists(folder + "/run") ? files::normalise(folder + "/../library") : std::string();
  return first_that_exists({files::normalise(folder + "/../share/cascade/library"), plugin});
}

std::string git_program() { return own_program("cascade-git"); }
std::string postgres_program() { return own_program("cascade-postgres"); }
std::string systems_program() { return own_program("cascade-systems"); }
std::string main_program() {
  const std::string& folder = place().folder;
  return folder.empty() ? folder : folder + "/cascade" + std::string(files::program_ending);
}

Result<TokenCounter> open_counter(const Environment& environment) {
  const std::string path = vocabulary_path(environment);
  if (path.empty()) return TokenCounter::estimating();
  auto counter = TokenCounter::open(path);
  if (counter) return counter;
  if (environment.vocabulary.empty()) return TokenCounter::estimating();
  Error error = counter.error();
  if (error.help.empty()) error.help = "CASCADE_VOCABULARY names this file; unset it, or set it to \"estimate\"";
  return error;
}

std::string version_of(const Environment& environment, const client::Dialect& client) {
  const std::string program =
      files::program_on_path(files::DiskTree(), environment.search_path, client.settings.program);
  if (program.empty()) return {};
  files::ProgramCall call;
  call.words = {program, "--version"};
  call.environment = files::process_environment();
  call.milliseconds = 5'000;
  call.max_bytes = 256;
  const auto run = files::run_program(call);
  if (!run || run->exit_code != 0) return {};
  const std::size_t begin = std::min(run->output.find_first_of("0123456789"), run->output.size());
  return run->output.substr(begin, run->output.find_first_not_of("0123456789.", begin) - begin);
}

}  // namespace cascade::cli
