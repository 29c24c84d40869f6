// Asks the user before a command line loosens a guard. Each program of the line is checked in turn: verbs of cascade
// that loosen something, by a table; guarded files that it would write; and the environment variables and git settings
// that layer two relies on. A word whose value is unknown until the line runs counts as the worst it could be, because
// a guard that could be hidden from would be worth nothing. The answer is a question and not a refusal: the user may
// well want it.
#include <algorithm>
#include <array>

#include "events/judges.h"
#include "events/tools.h"
#include "evidence/word_lists.h"
#include "guard/guarded_files.h"
#include "guard/judge.h"
#include "guard/loosenings.h"
#include "text/ascii.h"

namespace cascade::systems {
namespace {

using shell::Value;

// What a person types to allow something (cli/verb_trust.cpp).
constexpr std::string_view word_of_consent = "allow";

bool is_layer_two(std::string_view name) { return evidence::begins_with_one(evidence::list::git_variables, name); }

// A cascade command line as the program parses it: global options may stand anywhere.
struct OwnLine {
  std::string verb;                // empty: none or unknown
  bool known = true;               // false: the verb is unknown until it runs
  bool helps = false;              // it only prints help
  std::vector<const Value*> rest;  // the words after the verb
};

OwnLine own_line(const shell::Call& call) {
  constexpr std::array<std::string_view, 4> with_value = {"--root", "--format", "--model", "--freshness"};
  OwnLine line;
  bool is_over = false;
  for (std::size_t i = 1; i < call.words.size(); ++i) {
    const Value& word = call.words[i];
    if (line.verb.empty() && !word.known) line.known = false;
    if (line.verb.empty() && !word.known) return line;
    is_over = is_over || word.text == "--";
    if (!is_over && (word.text == "--help" || word.text == "-h" || word.text == "--version")) line.helps = true;
    const bool takes_value = std::find(with_value.begin(), with_value.end(), word.text) != with_value.end();
    if (word.known && takes_value) {
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
  if (what.empty())
    return std::none_of(line.rest.begin(), line.rest.end(), [](const Value* word) { return word->text == "--on"; });
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
  constexpr std::array<std::string_view, 5> changing = {"--unset", "--unset-all", "--add", "--replace-all", "unset"};
  const auto verb =
      std::find_if(call.words.begin(), call.words.end(), [](const Value& word) { return word.text == "config"; });
  if (verb == call.words.end() || verb - call.words.begin() > static_cast<std::ptrdiff_t>(key))
    return true;  // -c KEY=VALUE
  return key + 1 < call.words.size() || std::any_of(call.words.begin(), call.words.end(), [&](const Value& word) {
           return std::find(changing.begin(), changing.end(), word.text) != changing.end();
         });
}

class Protection final : public CallJudge {
 public:
  explicit Protection(JudgedCall& call) : call_(call), policy_(call.policy), files_(call.surroundings, call.tree) {}

  // A verb of ours that loosens a guard, a guarded file that the program writes, or the environment that layer two
  // needs.
  void see(const shell::Call& call, const repository::GitWords*) override;
  // A tool that writes a guarded file.
  Result<void> judge() override;

 private:
  void ask(std::string reason) const;
  void judge_own_verb(const shell::Call& call) const;
  void judge_switches(const shell::Call& call) const;
  void judge_environment(const shell::Call& call) const;

  JudgedCall& call_;
  const policy::Policy& policy_;
  const GuardedFiles files_;
};

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
  if (call.typed && call.program == word_of_consent)
    ask("this types \"" + call.program +
        "\" into another terminal, where cascade may be asking a person for that word: the user must type it");
  judge_switches(call);
  files_.written_by(
      call, [&](const std::string& path, const std::string& what) { ask("this writes " + path + ": " + what); });
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
    const std::string code = GuardedFiles::starting_code(call);
    for (const Loosening& one : loosenings())
      if (!code.empty() && !one.word.empty() && one.word != "PATH" && code.find(one.verb) != std::string::npos &&
          code.find(one.word) != std::string::npos)
        return changes(one.verb, one.word);
    return;
  }
  const OwnLine line = own_line(call);
  if (!line.known) return ask("what `cascade` is told to do here is known only when it runs: the user must decide");
  if (line.helps) return;
  for (const Loosening& one : loosenings())
    if (one.verb == line.verb && is_told(line, one.word)) return changes(one.verb, one.word);
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
  const bool removes =
      std::any_of(call.words.begin(), call.words.end(), [](const Value& word) { return word.text == "--remove"; });
  if (removes && call.program == "install" && call.words.front().text.find("scripts/install") != std::string::npos)
    ask("`scripts/install --remove` takes the guard away: that is the user's to decide");
}

// Layer two works only as long as git finds its hooks through the environment.
void Protection::judge_environment(const shell::Call& call) const {
  const std::string why = ": git would no longer ask the guard";
  constexpr std::array<std::string_view, 5> declaring = {"declare", "export", "readonly", "typeset", "unset"};
  const bool declares = std::find(declaring.begin(), declaring.end(), call.program) != declaring.end();
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
    if (const std::string what = files_.what(path, call_.event.working_directory); !what.empty())
      ask("this writes " + path + ": " + what);
  return {};
}

}  // namespace

Judge protection(JudgedCall& call) { return std::make_unique<Protection>(call); }

}  // namespace cascade::systems
