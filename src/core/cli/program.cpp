// A verb is found after the global options, and only its own options are declared then, so a start pays for one verb. A
// lenient verb (hook) runs even after a wrong option: the client would take its exit code for an order.
#include "cli/program.h"

#include "cli/call.h"
#include "cli/pages.h"
#include "cli/settings.h"
#include "render/help_page.h"
#include "text/suggestion.h"

#include <algorithm>
#include <stdexcept>

namespace cascade::cli {
namespace {

// A line for each verb of the groups that `shows` takes.
std::string verb_lines(bool (*shows)(Group)) {
  std::string text;
  std::size_t width = 0;
  for (const Verb& verb : verbs()) width = std::max(width, verb.name.size());
  Group group = Group::none;
  for (const Verb& verb : verbs()) {
    if (verb.hidden || !shows(verb.group)) continue;
    if (verb.group != group) text.append("\n  ").append(title_of(verb.group)) += '\n';
    group = verb.group;
    text.append("    ").append(verb.name).append(width - verb.name.size() + 2, ' ').append(verb.help) += '\n';
  }
  return text;
}

std::string overview(const Console& console) {
  return rendering::render_page(page("cascade"), console.colour(), console.width()) + "\nVerbs\n" +
         verb_lines([](Group) { return true; });
}

// The verbs of a day, and the names of the others.
std::string short_usage() {
  std::string text = "usage: cascade VERB [OPTION...]\n" + verb_lines([](Group group) { return group == Group::day; });
  std::size_t width = 0;
  for (const Verb& verb : verbs()) width = std::max(width, title_of(verb.group).size());
  Group group = Group::day;
  for (const Verb& verb : verbs()) {
    if (verb.hidden || verb.group == Group::day) continue;
    if (verb.group == group)
      text += ", ";
    else
      text.append("\n  ").append(title_of(verb.group)).append(width - title_of(verb.group).size() + 2, ' ');
    group = verb.group;
    text += verb.name;
  }
  return text + "\n\ncascade VERB --help shows one, cascade --help all of them, cascade help settings every setting.\n";
}

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
      {"lint", "'cascade validate' reports faults in manifests"},
      {"check", "'cascade validate' reports faults in manifests, 'cascade doctor' those of the installation"},
  };
  for (const auto& [word, meaning] : meanings)
    if (word == name) return meaning;
  return nullptr;
}

// `words`: those after it.
Exit unknown_verb(const std::string& name, const std::vector<std::string>& words, const Environment& environment,
                  Console& console) {
  const bool sets = name == "set" && !words.empty();
  const std::string &key = sets ? words.front() : name,
                    value = words.size() > (sets ? 1 : 0) ? words[sets ? 1 : 0] : "";
  if (const std::string how = how_to_write(environment, key, value); !how.empty())
    return console.fail({ErrorCode::misuse, "there is no verb '" + name + "'; '" + key + "' is a setting", {}, how});
  if (const char* meaning = meant_by(name))
    return console.fail({ErrorCode::misuse, "there is no verb '" + name + "'", {}, meaning});
  std::vector<std::string_view> names;
  for (const Verb& verb : verbs())
    if (!verb.hidden) names.push_back(verb.name);
  const std::string_view near = letters::nearest_word(name, names);
  std::string message = "unknown verb '" + name + "'";
  if (!near.empty()) message.append("; ").append(letters::did_you_mean("'" + std::string(near) + "'"));
  return console.fail({ErrorCode::misuse, message, {}, "cascade --help"});
}

Exit print_help(const std::string& name, const Environment& environment, Console& console) {
  if (find_verb(name) == nullptr) return unknown_verb(name, {}, environment, console);
  console.print(rendering::render_page(page(name), console.colour(), console.width()));
  if (!topic(name).empty()) console.print("\nHow it works: cascade help topic " + name + "\n");
  return Exit::yes;
}

// A file is known by the first word of its name as well, and lessons by what people call them.
std::string_view topic_for(const std::string& name) {
  if (const std::string_view text = topic(name); !text.empty()) return text;
  return name == "lessons" ? topic("prompts-file") : topic(name + "-yaml");
}

// A page about a subject; with no name, the list of them. "docs/formats/sources.md" is "sources".
Exit print_topic(std::string_view name, Console& console) {
  if (name.empty()) {
    console.print("topics: settings " + std::string(topic_names()) + "\ncascade help topic NAME shows one\n");
    return Exit::yes;
  }
  name.remove_prefix(name.rfind('/') + 1);  // npos + 1 is 0
  if (name.ends_with(".md")) name.remove_suffix(3);
  const std::string_view text = topic_for(std::string(name));
  if (text.empty())
    return console.fail({ErrorCode::misuse, "there is no topic '" + std::string(name) + "'", {}, "cascade help topic"});
  console.print(rendering::render_page(text, console.colour(), console.width()));
  return Exit::yes;
}

Exit print_settings(const Call& call, const std::string& name, Console& console) {
  const std::string text = settings_help(call, name);
  if (text.empty())
    return console.fail({ErrorCode::misuse, "there is no setting '" + name + "'", {}, "cascade help settings"});
  console.print(text);
  return Exit::yes;
}

}  // namespace

// A hidden verb, for the test of how the program ends when an exception was not expected.
Exit run_bug(Call&) { throw std::logic_error("asked for"); }

Exit run_help(Call& call) {
  const std::vector<std::string>& words = call.words();
  const std::string name = words.empty() ? std::string() : words[0],
                    after = words.size() < 2 ? std::string() : words[1];
  if (name.empty()) {
    call.console().print(short_usage());
    return Exit::yes;
  }
  const bool is_topic = name == "topic" || name == "topics";
  if (name == "settings" || (is_topic && after == "settings"))
    return print_settings(call, is_topic ? std::string() : after, call.console());
  if (is_topic) return print_topic(after, call.console());
  if (find_verb(name) == nullptr && (name.starts_with("docs/") || !topic_for(name).empty()))
    return print_topic(name, call.console());
  return print_help(name, call.environment(), call.console());
}

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
    console.print(overview(console));
    return Exit::yes;
  }
  if (line.options.help) return print_help(line.verb, environment, console);
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

// Prints the versions of the program and of its token table.

Exit print_version(const Environment& environment, Console& console) {
  const auto counter = open_counter(environment);
  if (!counter) return console.fail(counter.error());
  console.print("cascade " CASCADE_VERSION "\nvocabulary " + std::string(counter->vocabulary()) + "\n");
  return Exit::yes;
}

Exit run_version(Call& call) {
  Arguments arguments("version");
  if (const auto ended = call.read(arguments)) return *ended;
  if (const auto format = call.format({Format::text}); !format) return call.console().fail(format.error());
  return print_version(call.environment(), call.console());
}

}  // namespace cascade::cli
