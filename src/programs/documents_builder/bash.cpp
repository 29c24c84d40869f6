#include "documents_builder/completions.h"

namespace cascade::documents {
namespace {

std::string joined(const std::vector<std::string>& words, const std::string& between) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

std::string names(const std::vector<Option>& options) {
  std::vector<std::string> words;
  words.reserve(options.size());
  for (const Option& option : options) words.push_back(option.name);
  return joined(words, " ");
}

// The arm of a case that offers the values of `option`.
std::string value_arm(const std::string& pattern, const Option& option) {
  if (option.argument.empty()) return {};
  // With mapfile a name with blanks stays whole and no pattern is expanded, unlike with COMPREPLY=($(...)).
  std::string offer = "return";
  if (!option.values.empty())
    offer = std::string(option.list ? "_cascade_list" : "_cascade_words") + " \"" + joined(option.values, " ") + "\"";
  else if (option.takes_folder())
    offer = "mapfile -t COMPREPLY < <(compgen -d -- \"$current\")";
  else if (option.takes_file())
    offer = "mapfile -t COMPREPLY < <(compgen -f -- \"$current\")";
  return "    " + pattern + ":" + option.name + ") " + offer + "; return ;;\n";
}

constexpr const char* functions = R"(_cascade_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$current"); }

# The last part of a comma separated list.
_cascade_list() {
  local before=
  case $current in *,*) before=${current%,*}, ;; esac
  mapfile -t COMPREPLY < <(compgen -P "$before" -W "$1" -- "${current##*,}")
}

)";

}  // namespace

// Finds the verb after the global options, then offers in this order: values of the option before the cursor, options,
// verbs, names that cascade itself lists, and files.
std::string bash_completion(const Program& program) {
  std::vector<std::string> verbs, valued;
  std::string verb_values, any_values, options, names_behind;
  for (const Verb& verb : program.verbs) {
    verbs.push_back(verb.name);
    for (const Option& option : verb.options) verb_values += value_arm(verb.name, option);
    if (!verb.names.empty())
      names_behind +=
          "    " + verb.name + ":*) _cascade_words \"$(cascade names " + verb.names + " 2>/dev/null)\" ;;\n";
    options += "    " + verb.name + ") options+=\" " + names(verb.options) + "\" ;;\n";
  }
  for (const Option& option : program.options) {
    any_values += value_arm("*", option);
    if (!option.argument.empty()) valued.push_back(option.name);
  }
  return "# bash completion for cascade: made from its table of verbs and the pages of their options.\n" +
         std::string(functions) +
         "_cascade() {\n"
         "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} verb= i options\n"
         "  COMPREPLY=()\n"
         "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
         "    case ${COMP_WORDS[i]} in\n"
         "      " +
         joined(valued, " | ") +
         ") ((i++)) ;;\n"
         "      -*) ;;\n"
         "      *) verb=${COMP_WORDS[i]}; break ;;\n"
         "    esac\n"
         "  done\n"
         "  case $verb:$previous in\n" +
         verb_values + any_values +
         "  esac\n"
         "  options='" +
         names(program.options) +
         "'\n"
         "  case $verb in\n" +
         options +
         "  esac\n"
         "  case $verb:$current in\n"
         "    *:-*) _cascade_words \"$options\" ;;\n"
         "    : | :* | help:*) _cascade_words '" +
         joined(verbs, " ") + "' ;;\n" + names_behind +
         "    *) mapfile -t COMPREPLY < <(compgen -f -- \"$current\") ;;\n"
         "  esac\n"
         "}\n"
         "complete -o filenames -F _cascade cascade\n";
}

}  // namespace cascade::documents
