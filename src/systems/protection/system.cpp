// Asks the user before a command line loosens a guard: by verbs of cascade, by guarded files that it would write, by
// the variables and settings that layer two relies on. A word whose value is unknown until the line runs counts as the
// worst it could be. The answer is a question and not a refusal: the user may well want it.
#include <algorithm>
#include <iterator>
#include <utility>

#include "client/names.h"
#include "events/judges.h"
#include "evidence/words.h"
#include "evidence/written_files.h"
#include "files/paths.h"
#include "git/expected.h"
#include "system/system.h"
#include "text/ascii.h"
#include "text/word_set.h"

namespace cascade::systems {
namespace {

using evidence::Writes, shell::Value;

constexpr std::string_view clients_folder = "the folder of the client's settings";

// What a person types to allow something (trust/system.cpp).
constexpr std::string_view word_of_consent = "allow";

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool is_layer_two(std::string_view name) { return evidence::begins_with_one(evidence::list::git_variables, name); }

// A verb of cascade that loosens something, and the word that makes it so.
std::pair<std::string_view, std::string_view> parts_of(std::string_view loosening) {
  const std::size_t end = std::min(loosening.find(' '), loosening.size());
  return {loosening.substr(0, end), loosening.substr(std::min(end + 1, loosening.size()))};
}

// A cascade command line as the program parses it: global options may stand anywhere.
struct OwnLine {
  std::string verb;                // empty: none or unknown
  bool known = true;               // false: the verb is unknown until it runs
  bool helps = false;              // it only prints help
  std::vector<const Value*> rest;  // the words after the verb
};

OwnLine own_line(const shell::Call& call) {
  OwnLine line;
  bool is_over = false;
  for (std::size_t i = 1; i < call.words.size(); ++i) {
    const Value& word = call.words[i];
    line.known = !line.verb.empty() || word.known;
    if (!line.known) return line;
    is_over = is_over || word.text == "--";
    if (!is_over && (word.text == "--help" || word.text == "-h" || word.text == "--version")) line.helps = true;
    if (word.known && letters::lists("--root --format --model --freshness", word.text)) {
      ++i;
    } else if (!line.verb.empty()) {
      line.rest.push_back(&word);
    } else if (!word.text.starts_with("-")) {
      line.verb = word.text;
    }
  }
  return line;
}

// Whether the line contains the action or option: an option may stand anywhere, an action comes first except for
// options.
bool is_told(const OwnLine& line, std::string_view what) {
  if (what.empty()) return std::ranges::none_of(line.rest, [](const Value* word) { return word->text == "--on"; });
  bool is_value = false;  // the word may be the value of the option before it
  for (const Value* word : line.rest) {
    if (!word->known || word->text == what) return true;  // $X may be anything
    if (what.starts_with("--")) {
      if (word->text.starts_with(std::string(what) + "=")) return true;
    } else if (is_known_option(*word)) {
      is_value = true;
    } else if (what == "PATH") {
      return true;
    } else if (!is_value) {
      return false;
    } else {
      is_value = false;
    }
  }
  return false;
}

// Whether `git config` would change the key rather than show it.
bool changes_key(const shell::Call& call, std::size_t key) {
  const auto verb = std::ranges::find_if(call.words, [](const Value& word) { return word.text == "config"; });
  if (verb == call.words.end() || verb - call.words.begin() > static_cast<std::ptrdiff_t>(key))
    return true;  // -c KEY=VALUE
  return key + 1 < call.words.size() || std::ranges::any_of(call.words, [&](const Value& word) {
           return letters::lists("--unset --unset-all --add --replace-all unset", word.text);
         });
}

// The files that decide what is guarded: the client's settings, Cascade's configuration, state and programs. `what`
// says what one of them is; empty: it is none.
class GuardedFiles {
 public:
  GuardedFiles(const Surroundings& surroundings, const files::Tree& tree) : surroundings_(surroundings), tree_(tree) {}

  std::string what(const std::string& path, const std::string& directory) const {
    const bool is_known = !path.empty() && (!directory.empty() || files::is_absolute(path));
    return is_known ? what_is(real(files::join(directory, path))) : std::string();
  }
  // A word of a program that writes there; `whole`: with what is below it, so that a folder around them counts as well.
  std::string what(const Value& word, const std::string& directory, bool whole) const;
  // Code that names one of them and looks as if it writes.
  std::string what_code_names(const shell::Call& call) const;

 private:
  std::string real(const std::string& path) const { return repository::real_path_of(path, tree_); }
  bool is_free(const std::string& real) const;
  std::string what_is(const std::string& real) const;
  std::vector<std::string> places() const;

  const Surroundings& surroundings_;
  const files::Tree& tree_;
};

// A cascade.yaml in a temporary folder does not matter, unless the session itself works there.
bool GuardedFiles::is_free(const std::string& real) const {
  const std::string project = repository::real_path_of(surroundings_.project_directory, tree_);
  const std::string folder(files::parent(real));
  if (!surroundings_.project_directory.empty() &&
      (files::is_within(folder, project) || files::is_within(project, real)))
    return false;
  return std::ranges::any_of(surroundings_.temporary, [&](const std::string& temporary) {
    return files::is_within(repository::real_path_of(temporary, tree_), real);
  });
}

std::string GuardedFiles::what_is(const std::string& real) const {
  const std::string_view name = files::file_name(real);
  const std::string parent(files::parent(real));
  const auto within = [&](const std::string& folder) {
    return !folder.empty() && files::is_within(repository::real_path_of(folder, tree_), real);
  };
  const std::string users = surroundings_.client_folder.empty()
                                ? std::string()
                                : repository::real_path_of(surroundings_.client_folder, tree_);
  const bool is_clients = files::file_name(parent) == client::own_folder::name || (!users.empty() && parent == users);
  const bool settings = name == "settings.json" || name == "settings.local.json";
  if ((settings && is_clients) || name == "managed-settings.json")
    return "the client's settings, which start the guard";
  if (!users.empty() && real == users) return std::string(clients_folder);
  for (const std::string& folder : {surroundings_.home, surroundings_.project_directory})
    if (name == client::own_folder::name && !folder.empty() && parent == repository::real_path_of(folder, tree_))
      return std::string(clients_folder);
  if (name == client::own_folder::name && tree_.stat(files::join(real, "settings.json")))
    return std::string(clients_folder);
  if (within(std::string(files::parent(surroundings_.users_file))) || (name == "cascade.yaml" && !is_free(real)))
    return "Cascade's configuration, which says what is guarded";
  if (within(surroundings_.state_directory)) return "Cascade's state, which says what a session may write";
  const std::string own = repository::real_path_of(surroundings_.own_program, tree_);
  const std::string git = repository::real_path_of(surroundings_.git_program, tree_);
  if ((!surroundings_.own_program.empty() && real == own) || (!surroundings_.git_program.empty() && real == git))
    return "Cascade's own program";
  return {};
}

// All of them, whether they are there or not.
std::vector<std::string> GuardedFiles::places() const {
  std::vector<std::string> all = {surroundings_.state_directory, std::string(files::parent(surroundings_.users_file)),
                                  surroundings_.users_file, surroundings_.own_program, surroundings_.git_program};
  for (const std::string& folder : {surroundings_.home, surroundings_.project_directory}) {
    if (folder.empty()) continue;
    for (const char* name :
         {client::own_folder::name, client::own_folder::settings, client::own_folder::local_settings, "cascade.yaml"})
      all.push_back(files::join(folder, name));
  }
  if (!surroundings_.client_folder.empty())
    for (const char* name : {"", "settings.json"}) all.push_back(files::join(surroundings_.client_folder, name));
  for (std::string& place : all)
    if (!place.empty()) place = repository::real_path_of(place, tree_);
  return all;
}

std::string GuardedFiles::what(const Value& word, const std::string& directory, bool whole) const {
  if (word.text.empty() || (directory.empty() && !files::is_absolute(word.text))) return {};
  if (std::string is = what(word.text, directory); !is.empty()) return is;
  if (!word.known && !word.is_item) return {};
  // Of a pattern the folders before it are resolved, of what find found the folder is known.
  const std::string path = files::join(directory, word.text);
  const std::string folder = path.substr(0, path.find_first_of("*?["));
  const std::size_t slash = std::min(folder.rfind('/'), folder.size());
  const std::string from =
      word.is_pattern ? real(folder.substr(0, std::max<std::size_t>(slash, 1))) + path.substr(slash) : real(path);
  for (const std::string& place : places()) {
    const bool hit = word.is_pattern ? files::matches_glob(from, place) : whole && files::is_within(from, place);
    if (hit && !place.empty() && tree_.stat(place)) return what_is(place);
  }
  return {};
}

std::string GuardedFiles::what_code_names(const shell::Call& call) const {
  const std::string code = evidence::code_of(call);
  if (code.empty() || !evidence::has_part(evidence::list::writing, letters::to_lower(code))) return {};
  const auto names = [&](const std::string& path) { return !path.empty() && contains(code, path); };
  const bool in_clients = contains(code, client::own_folder::name) || names(surroundings_.client_folder) ||
                          files::file_name(call.directory) == client::own_folder::name ||
                          (!call.directory.empty() && call.directory == surroundings_.client_folder);
  if (contains(code, "managed-settings.json") ||
      (in_clients && (contains(code, "settings.json") || contains(code, "settings.local.json"))))
    return "the client's settings, which start the guard";
  if (contains(code, "cascade.yaml") || names(std::string(files::parent(surroundings_.users_file))))
    return "Cascade's configuration, which says what is guarded";
  if (names(surroundings_.state_directory) || contains(code, ".local/state/cascade"))
    return "Cascade's state, which says what a session may write";
  return names(surroundings_.own_program) ? "Cascade's own program" : "";
}

class Protection final : public CallJudge {
 public:
  explicit Protection(JudgedCall& call)
      : call_(call), policy_(call.policy), tree_(call.tree), files_(call.surroundings, call.tree) {}

  // A verb of ours that loosens a guard, a guarded file that the program writes, or the environment that layer two
  // needs.
  void see(const shell::Call& call, const repository::GitWords*) override;
  // A tool that writes a guarded file.
  Result<void> judge() override;

 private:
  void ask(std::string reason) const;
  void ask_of_file(const std::string& path, const std::string& what) const {
    if (!what.empty()) ask("this writes " + path + ": " + what);
  }
  void judge_written(const shell::Call& call) const;
  void judge_copies(const shell::Call& call) const;
  void judge_own_verb(const shell::Call& call) const;
  void judge_switches(const shell::Call& call) const;
  void judge_environment(const shell::Call& call) const;

  JudgedCall& call_;
  const policy::Policy& policy_;
  const files::Tree& tree_;
  const GuardedFiles files_;
};

// What the program writes by its words; of git any word may be such a file.
void Protection::judge_written(const shell::Call& call) const {
  const Writes writes = call.words.empty() ? Writes::no : evidence::written_by_words(call.program);
  const auto has = [&](std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(call.words, [&](const Value& word) { return letters::is_one_of(word.text, words); });
  };
  // A find by name picks single entries.
  const bool finds_all = call.program == "find" && !has({"-name", "-iname", "-path", "-wholename", "-regex"});
  evidence::each_written_file(call, [&](const Value& file) {
    const bool is_target = writes == Writes::moved && file.text == call.words.back().text;
    const bool whole = writes == Writes::whole || finds_all || (writes == Writes::moved && !is_target);
    ask_of_file(file.text, files_.what(file, call.directory, whole));
  });
  const bool any = call.program == "git" && has({"checkout", "mv", "restore", "rm"});
  for (std::size_t i = 1; any && i < call.words.size(); ++i)
    if (!is_known_option(call.words[i]))
      ask_of_file(call.words[i].text, files_.what(call.words[i], call.directory, false));
  if (writes == Writes::last || writes == Writes::moved) judge_copies(call);
  ask_of_file("what its code names", files_.what_code_names(call));
}

// In the client's folder the names of what is copied there decide.
void Protection::judge_copies(const shell::Call& call) const {
  const repository::Words words = repository::split(call.words, 1, "tS", "--target-directory --suffix");
  std::vector<Value> sources = words.operands;
  const Value* into = words.value("-t --target-directory");
  const bool is_said = into != nullptr;
  if (!is_said && sources.size() < 2) return;
  const Value last = is_said ? *into : sources.back();
  if (!is_said) sources.pop_back();
  const auto stamp = tree_.stat(files::join(call.directory, last.text));
  if (!is_said && !last.text.ends_with("/") && !(stamp && stamp->directory)) return;  // a new name for the copy
  for (const Value& source : sources) {
    const std::string name(files::file_name(source.text));
    const bool is_any = name.empty() || name == "." || source.is_pattern || !source.known;
    ask_of_file(last.text, files_.what(is_any ? last.text : files::join(last.text, name), call.directory));
  }
}

void Protection::ask(std::string reason) const {
  // In the modes shadow and warn nothing is held up.
  const policy::Mode memory = policy_.mode_of("memory") == policy::Mode::off ? policy::Mode::off : policy::Mode::block;
  const policy::Mode checks = policy_.checks.empty() ? policy::Mode::off : policy::Mode::block;
  const policy::Mode mode =
      std::max({policy_.mode_of("repository"), policy_.mode_of("tools"), policy_.mode_of("leases"),
                policy_.mode_of("playbooks"), policy_.mode_of("effects"), policy_.mode_of("trust"), memory, checks});
  call_.refuse("protection", mode, repository::Decision::ask, std::move(reason));
}

void Protection::see(const shell::Call& call, const repository::GitWords*) {
  judge_own_verb(call);
  if (call.session == shell::Session::other_host) return;  // its files and variables are others
  if (call.typed && call.kind == shell::Call::Kind::text)
    ask("this types a text into another terminal or session that cannot be read before it runs");
  if (call.typed && call.program == word_of_consent)
    ask("this types \"" + call.program +
        "\" into another terminal, where cascade may be asking a person for that word: the user must type it");
  judge_switches(call);
  judge_written(call);
  if (policy_.git_hooks && call.session == shell::Session::own) judge_environment(call);
}

void Protection::judge_own_verb(const shell::Call& call) const {
  const auto changes = [&](std::string_view verb, std::string_view word) {
    const std::string_view shown = word == "PATH" ? std::string_view() : word;
    ask("`cascade " + std::string(verb) + (shown.empty() ? "" : " ") + std::string(shown) +
        "` changes what the guard allows: that is the user's to decide");
  };
  if (call.words.size() < 2) return;
  if (call.program != "cascade") {
    const std::string code = evidence::code_of(call);
    const bool starts =
        contains(code, "cascade") && evidence::has_part(evidence::list::starting, letters::to_lower(code));
    for (const std::string_view one : evidence::list::loosenings) {
      const auto [verb, word] = parts_of(one);
      if (starts && !word.empty() && word != "PATH" && contains(code, verb) && contains(code, word))
        return changes(verb, word);
    }
    return;
  }
  const OwnLine line = own_line(call);
  if (!line.known) return ask("what `cascade` is told to do here is known only when it runs: the user must decide");
  if (line.helps) return;
  for (const std::string_view one : evidence::list::loosenings) {
    const auto [verb, word] = parts_of(one);
    if (verb == line.verb && is_told(line, word)) return changes(verb, word);
  }
}

// Asks about settings that make Cascade's programs look away or take the model for someone else.
void Protection::judge_switches(const shell::Call& call) const {
  if (call.words.empty()) return;
  for (const shell::Setting& setting : call.environment) {
    if (setting.name == "CASCADE_DISABLE" && setting.value)
      return ask("this sets CASCADE_DISABLE: no hook and no guard looks at what it starts");
    if (call.program == "cascade" && setting.name.starts_with("CLAUDE"))
      return ask("this changes " + setting.name + ", by which cascade knows who calls");
  }
  const bool removes = std::ranges::any_of(call.words, [](const Value& word) { return word.text == "--remove"; });
  if (removes && call.program == "install" && call.words.front().text.find("scripts/install") != std::string::npos)
    ask("`scripts/install --remove` takes the guard away: that is the user's to decide");
}

// Layer two works only as long as git finds its hooks through the environment.
void Protection::judge_environment(const shell::Call& call) const {
  const std::string why = ": git would no longer ask the guard";
  const bool declares = letters::lists("declare export readonly typeset unset", call.program);
  for (std::size_t i = 1; declares && i < call.words.size(); ++i) {
    const Value& word = call.words[i];
    if (is_layer_two(word.text)) return ask("this changes " + word.text + why);
    if (call.program == "unset" && !word.known && word.text.empty())
      return ask("this unsets variables that are not known before it runs, perhaps those of layer two" + why);
  }
  if (call.clears_environment) return ask("this clears the environment" + why);
  for (const shell::Setting& setting : call.environment)
    if (is_layer_two(setting.name)) return ask("this changes " + setting.name + why);
  if (call.program != "git") return;
  for (std::size_t i = 1; i < call.words.size(); ++i) {
    const std::string lower = letters::to_lower(call.words[i].text);
    const bool includes = lower.starts_with("include.path=") || lower.starts_with("includeif.");
    if (includes && call.words[i - 1].text == "-c") return ask("this reads another configuration" + why);
    if (lower.starts_with("--config-env=core.hookspath") ||
        (lower.starts_with("core.hookspath") && changes_key(call, i)))
      return ask("this changes core.hooksPath" + why);
  }
}

Result<void> Protection::judge() {
  for (const std::string& path : written_files(call_.event))
    ask_of_file(path, files_.what(path, call_.event.working_directory));
  return {};
}

}  // namespace

}  // namespace cascade::systems

namespace cascade::core {
namespace {

constexpr Judge protection_judges[] = {
    {Turn::itself, Sees::every_program,
     [](systems::JudgedCall& call) -> systems::Judge { return std::make_unique<systems::Protection>(call); }, nullptr}};

}  // namespace

extern const System protection_system;
const System protection_system = {.name = "protection", .judges = {protection_judges, std::size(protection_judges)}};

}  // namespace cascade::core
