#include "cli/scenario.h"
#include "read_text.h"

#include <sys/wait.h>
#include <unistd.h>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace cascade::test {
namespace {

namespace fs = std::filesystem;

// A folder that goes away with the scenario, whatever modes the commands gave to what is in it.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "cascade-scenario-XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    for (auto at = fs::recursive_directory_iterator(path_, ignored); at != fs::recursive_directory_iterator();
         at.increment(ignored))
      if (at->is_directory(ignored)) fs::permissions(at->path(), fs::perms::owner_all, fs::perm_options::add, ignored);
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string with_folder_named(std::string text, const std::string& folder) {
  for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder, at))
    text.replace(at, folder.size(), "$DIR");
  return text;
}

// In the child: only what a scenario may depend on is in the environment.
[[noreturn]] void become_shell(const fs::path& folder, const std::string& binary, const std::string& command) {
  const std::string home = (folder / "home").string();
  const char* path = std::getenv("PATH");
  std::vector<std::string> environment = {"HOME=" + home,
                                          "XDG_CACHE_HOME=" + home + "/cache",
                                          "XDG_STATE_HOME=" + home + "/state",
                                          "LC_ALL=C",
                                          "DIR=" + folder.string(),
                                          "CASCADE_BINARY=" + binary,
                                          "CASCADE_VOCABULARY=estimate",
                                          std::string("PATH=") + (path == nullptr ? "/usr/bin:/bin" : path)};
  std::vector<char*> variables;
  for (std::string& variable : environment) variables.push_back(variable.data());
  variables.push_back(nullptr);
  std::string shell = "cascade() { \"$CASCADE_BINARY\" \"$@\"; }\n" + command + "\n";
  char name[] = "sh", option[] = "-c";
  char* words[] = {name, option, shell.data(), nullptr};
  if (chdir((folder / "work").c_str()) == 0) execve("/bin/sh", words, variables.data());
  _exit(127);
}

ScenarioRun run_command(const fs::path& folder, const std::string& binary, const std::string& command) {
  ScenarioRun run;
  run.command = command;
  const fs::path out = folder / "out", err = folder / "err";
  const pid_t child = fork();
  if (child == 0) {
    if (std::freopen("/dev/null", "r", stdin) == nullptr || std::freopen(out.c_str(), "w", stdout) == nullptr ||
        std::freopen(err.c_str(), "w", stderr) == nullptr)
      _exit(126);
    become_shell(folder, binary, command);
  }
  int status = 0;
  waitpid(child, &status, 0);
  run.exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  run.out = with_folder_named(read_text(out), folder.string());
  run.err = with_folder_named(read_text(err), folder.string());
  return run;
}

void write_files(const fs::path& folder, const std::vector<ScenarioFile>& files) {
  for (const ScenarioFile& file : files) {
    const fs::path path = folder / "work" / file.path;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << file.text;
  }
}

}  // namespace

Scenario run_scenario(const Scenario& scenario, const std::string& trees, const std::string& binary) {
  const Folder folder;
  fs::create_directories(folder.path() / "home");
  fs::create_directories(folder.path() / "work");
  for (const std::string& tree : scenario.trees)
    write_files(folder.path(), parse_tree(read_text(fs::path(trees) / (tree + ".tree"))).files);
  write_files(folder.path(), scenario.files);
  // With links resolved, as the program names itself, so that a scenario can take its path out of what it prints.
  std::error_code none;
  const fs::path resolved = fs::canonical(binary, none);
  const std::string program = none ? binary : resolved.string();
  Scenario seen = scenario;
  for (ScenarioRun& run : seen.runs) run = run_command(folder.path(), program, run.command);
  return seen;
}

}  // namespace cascade::test
