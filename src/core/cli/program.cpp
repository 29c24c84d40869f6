// A verb is found after the global options, and only its own options are declared then, so a start pays for one verb. A
// lenient verb (hook) runs even after a wrong option: the client would take its exit code for an order.
#include "cli/program.h"

#include "cli/call.h"
#include "cli/help.h"
#include "cli/settings.h"
#include "git/words.h"
#include "text/suggestion.h"

#include <algorithm>
#include <stdexcept>

namespace cascade::cli {
namespace {

// Suggestions for words that users of other programs type. Null if there is none.
const char* meant_by(std::string_view name) {
  constexpr std::pair<std::string_view, const char*> meanings[] = {
      {"install", "'cascade init' puts the hooks into the client's settings; scripts/install installs the program"},
      {"setup", "'cascade init' puts the hooks into the client's settings"},
      {"remove", "'cascade init --remove' takes the hooks out, 'cascade uninstall' says how the program goes, too"},
      {"update", "the index updates itself; scripts/install installs a newer program over this one"},
      {"upgrade", "scripts/install installs a newer program over this one"},
      {"undo", "'cascade init --remove' takes the hooks out, 'cascade uninstall' says how the program goes, too"},
      {"add", "'cascade library add' takes a collection of skills, 'cascade new' writes one of your own"},
      {"set", "'cascade help settings' lists every setting and where to write it"},
      {"settings", "'cascade help settings' lists every setting and where to write it"},
      {"silence", "'cascade usage silence NAME' lets it come only when it is called by name"},
      {"remember", "'cascade memory add SUBJECT TEXT' remembers a fact"},
      {"share", "'cascade help topic sources' says how several people read one folder"},
      {"status", "'cascade doctor' checks that everything is in its place"},
      {"ci",
       "in CI run 'cascade validate --fail-on error .' (on GitHub action.yml does), 'cascade explain check RANGE' and "
       "'cascade audit --min 60'; 'cascade gate outcome' tells how a run ended"},
      {"lint", "'cascade validate' reports faults in manifests"},
      {"check", "'cascade validate' reports faults in manifests, 'cascade doctor' those of the installation"},
  };
  for (const auto& [word, meaning] : meanings)
    if (word == name) return meaning;
  return nullptr;
}

Exit print_version(const Environment& environment, Console& console) {
  const auto counter = open_counter(environment);
  if (!counter) return console.fail(counter.error());
  console.print("cascade " CASCADE_VERSION "\nvocabulary " + std::string(counter->vocabulary()) + "\n");
  return Exit::yes;
}

}  // namespace

Exit unknown_verb(const std::string& name, const std::vector<std::string>& words, const Environment& environment,
                  Console& console) {
  const bool sets = name == "set" && !words.empty();
  const std::string &key = sets ? words.front() : name,
                    value = words.size() > (sets ? 1 : 0) ? words[sets ? 1 : 0] : "";
  std::string how = how_to_write(environment, key, value);
  if (const auto fault = fault_of_value(environment, key, value)) how = fault->message + ": " + fault->help;
  if (!how.empty()) return console.fail(misuse("there is no verb '" + name + "'; '" + key + "' is a setting", how));
  if (const char* meaning = meant_by(name)) return console.fail(misuse("there is no verb '" + name + "'", meaning));
  if (is_explained(name))
    return console.fail(misuse("there is no verb '" + name + "'", "cascade help " + repository::shell_word(name) +
                                                                      " says what Cascade means by the word"));
  std::vector<std::string_view> names;
  for (const Verb& verb : verbs())
    if (!verb.is_hidden()) names.push_back(verb.name);
  const std::string_view near = letters::nearest_word(name, names);
  std::string message = "unknown verb '" + name + "'";
  if (!near.empty()) message.append("; ").append(letters::did_you_mean("'" + std::string(near) + "'"));
  return console.fail(misuse(message, "cascade --help"));
}

// A hidden verb, for the test of how the program ends when an exception was not expected.
Exit run_bug(Call&) { throw std::logic_error("asked for"); }

bool is_lenient(const CommandLine& line) {
  const auto names_lenient = [](const std::string& word) {
    const Verb* verb = find_verb(word);
    return verb != nullptr && verb->lenient;
  };
  // After an unknown option, the verb may have been read as a word of another verb.
  const bool hidden = line.fault && std::ranges::any_of(line.words, names_lenient);
  return hidden || names_lenient(line.verb);
}

Exit run_program(const CommandLine& line, const Environment& environment, Console& console) {
  console.set_quiet(line.options.quiet);
  if (line.options.version) return print_version(environment, console);
  if (line.options.help && line.verb.empty()) {
    console.print(help_overview(console));
    return Exit::yes;
  }
  if (line.options.help) return print_verb_page(line.verb, environment, console);
  const Verb* verb = find_verb(line.verb);
  if (verb != nullptr && verb->lenient) return run_verb(*verb, line, environment, console);
  if (line.fault) return console.fail(*line.fault);
  if (line.verb.empty()) {
    console.print(short_usage());
    return Exit::yes;
  }
  if (verb == nullptr) return unknown_verb(line.verb, line.words, environment, console);
  return run_verb(*verb, line, environment, console);
}

Exit run_version(Call& call) {
  Arguments arguments("version");
  if (const auto ended = call.read(arguments, {Format::text})) return *ended;
  return print_version(call.environment(), call.console());
}

}  // namespace cascade::cli
