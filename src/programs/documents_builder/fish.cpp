#include "documents_builder/completions.h"

namespace cascade::documents {
namespace {

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    // Within fish's single quotes only these two need a backslash.
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string line(const std::string& condition, const Option& option) {
  std::string text = "complete -c cascade" + condition;
  text += option.name.size() == 2 ? " -s " + option.name.substr(1) : " -l " + option.name.substr(2);
  if (!option.values.empty()) {
    std::string words;
    for (const std::string& value : option.values) words += (words.empty() ? "" : " ") + value;
    // If the function lists the parts, fish itself completes the last part of a comma-separated list.
    text += option.list ? " -x -a " + quoted("(__fish_append , " + words + ")") : " -x -a " + quoted(words);
  } else if (option.takes_folder()) {
    text += " -x -a '(__fish_complete_directories)'";
  } else if (option.takes_file()) {
    text += " -r -F";
  } else if (!option.argument.empty()) {
    text += " -x";
  }
  return text + " -d " + quoted(option.text) + "\n";
}

}  // namespace

std::string fish_completion(const Program& program) {
  std::string names;
  for (const Verb& verb : program.verbs) names += (names.empty() ? "" : " ") + verb.name;
  std::string text = "# Made from the table of verbs and the pages of their options.\nset -l cascade_verbs " + names +
                     "\n\ncomplete -c cascade -n \"not __fish_seen_subcommand_from $cascade_verbs\" -f\n";
  for (const Verb& verb : program.verbs)
    text += "complete -c cascade -n \"not __fish_seen_subcommand_from $cascade_verbs\" -a " + verb.name + " -d " +
            quoted(verb.help) + "\n";
  text += "complete -c cascade -n '__fish_seen_subcommand_from help' -f -a \"$cascade_verbs\"\n\n";
  for (const Verb& verb : program.verbs)
    if (!verb.names.empty())
      text += "complete -c cascade -n '__fish_seen_subcommand_from " + verb.name + "' -f -a '(cascade names " +
              verb.names + " 2>/dev/null)'\n";
  for (const Verb& verb : program.verbs)
    for (const Option& option : verb.options)
      text += line(" -n '__fish_seen_subcommand_from " + verb.name + "'", option);
  text += "\n";
  for (const Option& option : program.options) {
    std::string others;
    for (const Verb& verb : program.verbs)
      for (const Option& own : verb.options)
        if (own.name == option.name) others += " " + verb.name;
    text += line(others.empty() ? "" : " -n 'not __fish_seen_subcommand_from" + others + "'", option);
  }
  return text;
}

}  // namespace cascade::documents
