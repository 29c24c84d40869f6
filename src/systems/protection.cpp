#include "systems/protection.h"

#include <algorithm>
#include <array>

#include "files/glob.h"
#include "files/paths.h"
#include "repository/expected.h"
#include "repository/judge.h"
#include "systems/mcp_tools.h"
#include "text/ascii.h"

namespace cascade::systems {
namespace {

// A verb of ours with the word that makes it loosen something; an empty word: any use of it.
struct Loosening {
  std::string_view verb, word;
};

constexpr std::array<Loosening, 9> loosenings = {{{"hook", "--off"},
                                                  {"hook", ""},  // also an event that the model made up
                                                  {"init", "--remove"},
                                                  {"guard", "allow"},
                                                  {"init", "--with"},
                                                  {"lease", "break"},
                                                  {"effects", "waive"},
                                                  {"memory", "keep"},
                                                  {"memory", "import"}}};

// Programs that write, move or remove the files they are given.
constexpr std::array<std::string_view, 18> writers = {"rm",       "mv",    "cp", "ln",      "chmod",  "chown",
                                                      "truncate", "tee",   "dd", "install", "rsync",  "shred",
                                                      "unlink",   "patch", "ed", "ex",      "sponge", "rmdir"};

// Programs that write in place when told so: the option begins with this.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> editors = {
    {{"sed", "-i"}, {"perl", "-i"}, {"yq", "-i"}, {"ruby", "-i"}}};

// What layer two is handed to git by.
constexpr std::array<std::string_view, 6> variables = {"GIT_CONFIG_COUNT",  "GIT_CONFIG_KEY_",
                                                       "GIT_CONFIG_VALUE_", "GIT_CONFIG_PARAMETERS",
                                                       "GIT_CONFIG_GLOBAL", "GIT_CONFIG"};

bool starts_with(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

bool writes(const shell::Call& call) {
  if (std::find(writers.begin(), writers.end(), call.program) != writers.end()) return true;
  for (const auto& [program, option] : editors)
    for (const shell::Value& word : call.words)
      if (call.program == program && (starts_with(word.text, option) || word.text == "--in-place")) return true;
  return false;
}

bool is_layer_two(std::string_view name) {
  return std::any_of(variables.begin(), variables.end(),
                     [&](std::string_view variable) { return starts_with(name, variable); });
}

}  // namespace

Protection::Protection(const Surroundings& surroundings, const policy::Policy& policy, const files::Tree& tree)
    : surroundings_(surroundings), policy_(policy), tree_(tree) {}

void Protection::ask(std::string reason, std::vector<Verdict>& verdicts) const {
  // Shadow and warn are modes in which nothing is held up.
  const policy::Mode mode = std::max(policy_.repository, policy_.tools);
  verdicts.push_back({"protection", mode, repository::Decision::ask, std::move(reason)});
}

std::string Protection::guarded(const std::string& path, const std::string& directory) const {
  if (path.empty() || (directory.empty() && !files::is_absolute(path))) return {};
  const std::string real = repository::real_path_of(files::join(directory, path), tree_);
  const std::string_view name = files::file_name(real);
  const bool settings = name == "settings.json" || name == "settings.local.json" || name == "managed-settings.json";
  if (settings && files::file_name(files::parent(real)) == ".claude")
    return "the client's settings, which start the guard";
  if (name == "managed-settings.json") return "the client's settings, which start the guard";
  if (name == ".claude" && tree_.stat(files::join(real, "settings.json"))) return "the folder of the client's settings";
  if (name == "cascade.yaml") return "Cascade's configuration, which says what is guarded";
  const auto within = [&](const std::string& folder) {
    return !folder.empty() && files::is_within(repository::real_path_of(folder, tree_), real);
  };
  if (within(surroundings_.state_directory)) return "Cascade's state, which says what a session may write";
  if (real == repository::real_path_of(surroundings_.own_program, tree_) ||
      (!surroundings_.git_program.empty() && real == repository::real_path_of(surroundings_.git_program, tree_)))
    return "Cascade's own program";
  return {};
}

void Protection::judge(const shell::Call& call, std::vector<Verdict>& verdicts) const {
  if (call.program == "cascade" && call.words.size() > 1) {
    const auto has = [&](std::string_view word) {
      return std::any_of(call.words.begin() + 1, call.words.end(),
                         [&](const shell::Value& given) { return given.known && given.text == word; });
    };
    for (const Loosening& one : loosenings)
      if (has(one.verb) && (one.word.empty() ? !has("help") && !has("--on") : has(one.word)))
        return ask("`cascade " + std::string(one.verb) + (one.word.empty() ? "" : " ") + std::string(one.word) +
                       "` changes what the guard allows: that is the user's to decide",
                   verdicts);
  }
  judge_files(call, verdicts);
  if (policy_.git_hooks) judge_environment(call, verdicts);
}

void Protection::judge_files(const shell::Call& call, std::vector<Verdict>& verdicts) const {
  const auto look = [&](const shell::Value& word) {
    std::string path = word.text;
    if (call.program == "dd" && starts_with(path, "of=")) path.erase(0, 3);
    if (!word.known) return;
    if (const std::string what = guarded(path, call.directory); !what.empty())
      ask("this writes " + path + ": " + what, verdicts);
  };
  for (const shell::Value& file : call.written) look(file);
  if (!writes(call)) return;
  const bool copies = call.program == "cp" || call.program == "rsync" || call.program == "install";
  for (std::size_t i = copies && call.words.size() > 1 ? call.words.size() - 1 : 1; i < call.words.size(); ++i)
    look(call.words[i]);
}

// Layer two works as long as git finds its hooks through the environment.
void Protection::judge_environment(const shell::Call& call, std::vector<Verdict>& verdicts) const {
  const std::string why = ": git would no longer ask the guard";
  if (call.program == "unset" || call.program == "export") {
    for (const shell::Value& word : call.words)
      if (is_layer_two(word.text)) return ask("this changes " + word.text + why, verdicts);
    return;
  }
  if (call.clears_environment) return ask("this clears the environment" + why, verdicts);
  for (const shell::Setting& setting : call.environment)
    if (is_layer_two(setting.name)) return ask("this changes " + setting.name + why, verdicts);
  if (call.program != "git") return;
  for (const shell::Value& word : call.words) {
    const std::string lower = letters::to_lower(word.text);
    if (starts_with(lower, "core.hookspath") || starts_with(lower, "--config-env=core.hookspath"))
      return ask("this changes core.hooksPath" + why, verdicts);
  }
}

void Protection::judge(const hook::EventInput& event, std::vector<Verdict>& verdicts) const {
  for (const std::string& path : written_files(event))
    if (const std::string what = guarded(path, event.working_directory); !what.empty())
      ask("this writes " + path + ": " + what, verdicts);
}

}  // namespace cascade::systems
