// A page is looked up by name: a verb's first, then a subject's, then the glossary's rows.
#include "cli/help.h"

#include <algorithm>
#include <iterator>

#include "cli/call.h"
#include "cli/program.h"
#include "cli/settings.h"
#include "render/help_page.h"
#include "text/ascii.h"
#include "text/lines.h"

namespace cascade::cli {
namespace {

std::string shown(std::string_view markdown, std::string_view folder, const Console& console) {
  return rendering::render_page(markdown, console.colour(), console.width(),
                                [&](std::string_view destination) { return help_command(folder, destination); });
}

// A line for each verb of the groups that `shows` takes.
std::string verb_lines(bool (*shows)(Group)) {
  std::string text;
  std::size_t width = 0;
  for (const Verb& verb : verbs()) width = std::max(width, verb.name.size());
  Group group = Group::none;
  for (const Verb& verb : verbs()) {
    if (verb.is_hidden() || !shows(verb.group)) continue;
    if (verb.group != group) text.append("\n  ").append(title_of(verb.group)) += '\n';
    group = verb.group;
    text.append("    ").append(verb.name).append(width - verb.name.size() + 2, ' ').append(verb.help) += '\n';
  }
  return text;
}

// A file is known by the first word of its name as well, and lessons by what people call them.
std::string topic_for(const std::string& name) {
  for (const std::string& each : {name, name + "-yaml"})
    if (!topic(each).empty()) return each;
  return name == "lessons" ? "prompts-file" : std::string();
}

// Each row that has the word, in the singular or the plural, as a paragraph; empty: none does.
std::string explanation_of(std::string_view word) {
  std::string text;
  for (const std::string_view line : letters::lines(topic("glossary"))) {
    if (!line.starts_with('|')) continue;
    const std::vector<std::string> cells = rendering::table_cells(line);
    if (cells.size() != 2 || cells[0] == "word" || cells[0].starts_with('-')) continue;
    const bool has = std::ranges::any_of(split_list(cells[0]), [&](const std::string& one) {
      return letters::equals_folded(one, word) || letters::equals_folded(one + "s", word);
    });
    if (has) text += cells[0] + ": " + cells[1] + "\n\n";
  }
  return text;
}

Exit print_explanation(Call& call, const std::string& word) {
  Console& console = call.console();
  console.print(shown(explanation_of(word), "", console));
  if (!settings_help(call, word).empty()) console.print("as a setting: cascade help settings " + word + "\n");
  console.print("cascade help glossary has every word like this\n");
  return Exit::yes;
}

// A page about a subject; with no name, the list of them. "docs/formats/sources.md" is "sources".
Exit print_topic(Call& call, std::string_view name) {
  Console& console = call.console();
  if (name.empty()) {
    console.print("topics: settings " + std::string(topic_names()) + "\ncascade help topic NAME shows one\n");
    return Exit::yes;
  }
  name.remove_prefix(name.rfind('/') + 1);  // npos + 1 is 0
  if (name.ends_with(".md")) name.remove_suffix(3);
  const std::string found = topic_for(std::string(name));
  if (found.empty() && is_explained(name)) return print_explanation(call, std::string(name));
  if (found.empty()) return console.fail(misuse("there is no topic '" + std::string(name) + "'", "cascade help topic"));
  console.print(shown(topic(found), topic("formats/" + found).empty() ? "" : "formats/", console));
  return Exit::yes;
}

Exit print_settings(const Call& call, const std::string& name, Console& console) {
  const std::string text = settings_help(call, name);
  if (text.empty()) return console.fail(misuse("there is no setting '" + name + "'", "cascade help settings"));
  console.print(text);
  return Exit::yes;
}

}  // namespace

std::string help_overview(const Console& console) {
  return shown(page("cascade"), "cli/", console) + "\nVerbs\n" + verb_lines([](Group) { return true; });
}

// The verbs of a day, and the names of the others.
std::string short_usage() {
  std::string text = "usage: cascade VERB [OPTION...]\n" + verb_lines([](Group group) { return group == Group::day; });
  std::size_t width = 0;
  for (const Verb& verb : verbs()) width = std::max(width, title_of(verb.group).size());
  Group group = Group::day;
  for (const Verb& verb : verbs()) {
    if (verb.is_hidden() || verb.group == Group::day) continue;
    if (verb.group == group)
      text += ", ";
    else
      text.append("\n  ").append(title_of(verb.group)).append(width - title_of(verb.group).size() + 2, ' ');
    group = verb.group;
    text += verb.name;
  }
  return text + "\n\ncascade VERB --help shows one, cascade --help all of them, cascade help settings every setting.\n";
}

Exit print_verb_page(const std::string& name, const Environment& environment, Console& console) {
  if (find_verb(name) == nullptr) return unknown_verb(name, {}, environment, console);
  console.print(shown(page(name), "cli/", console));
  for (const std::string& subject : {name, name + "s"})
    if (!topic(subject).empty()) console.print("\nHow it works: cascade help topic " + subject + "\n");
  return Exit::yes;
}

std::string help_command(std::string_view folder, std::string_view destination) {
  destination = destination.substr(0, destination.find('#'));
  if (!destination.ends_with(".md")) return {};
  destination.remove_suffix(3);
  for (; destination.starts_with("../"); destination.remove_prefix(3)) folder = {};
  const std::string path = std::string(folder) + std::string(destination), name = path.substr(path.rfind('/') + 1);
  if (path == "cli/" + name) return page(name).empty() ? std::string() : "cascade help " + name;
  if (topic(path).empty()) return {};
  return (find_verb(name) == nullptr ? "cascade help " : "cascade help topic ") + name;
}

bool is_explained(std::string_view word) { return !explanation_of(word).empty(); }

std::vector<std::string> help_words() {
  std::vector<std::string> words = {"settings", "topic"};
  for (const Verb& verb : verbs())
    if (!verb.is_hidden()) words.emplace_back(verb.name);
  std::string topics(topic_names());
  std::ranges::replace(topics, ' ', ',');
  std::ranges::move(split_list(topics), std::back_inserter(words));
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

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
  if (is_topic) return print_topic(call, after);
  if (find_verb(name) == nullptr && (name.starts_with("docs/") || !topic_for(name).empty() || is_explained(name)))
    return print_topic(call, name);
  return print_verb_page(name, call.environment(), call.console());
}

}  // namespace cascade::cli
