#include "documents_builder/page.h"
#include "text/ascii.h"

namespace cascade::documents {
namespace {

using letters::joined;

std::string names(const std::vector<Option>& options) { return joined(options, " ", &Option::name); }

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
    const std::string words = joined(option.values, " ");
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

// Escapes text for single quotes and for the brackets or columns of a specification.
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'')
      out += "'\\''";
    else if (c == '[' || c == ']' || c == ':' || c == '\\')
      out.append("\\") += c;
    else
      out += c;
  }
  return out;
}

// '*--budget[TEXT]:TOKENS: ', as _arguments wants it. An option with a value may be given several times.
std::string specification(const Option& option) {
  std::string text =
      "'" + std::string(option.argument.empty() ? "" : "*") + option.name + "[" + escaped(option.text) + "]";
  if (option.argument.empty()) return text + "'";
  text += ":" + escaped(option.argument) + ":";
  if (!option.values.empty()) {
    const std::string words = joined(option.values, " ");
    text += option.list ? "_sequence compadd - " + words : "(" + words + ")";
  } else if (option.takes_folder()) {
    text += "_files -/";
  } else if (option.takes_file()) {
    text += "_files";
  } else {
    text += " ";
  }
  return text + "'";
}

// The options of every verb, except those that this one describes further.
std::string common_options(const Program& program, const Verb& verb) {
  std::string without;
  for (const Option& option : program.options)
    for (const Option& own : verb.options)
      if (own.name == option.name) without += (without.empty() ? "" : "|") + own.name;
  return without.empty() ? "\"$common[@]\"" : "${common:#(\\*|)(" + without + ")[[]*}";
}

std::string specifications(const std::vector<Option>& options) {
  std::string text;
  for (const Option& option : options) text += " \\\n        " + specification(option);
  return text;
}

}  // namespace

// Finds the verb after the global options, then offers in this order: values of the option before the cursor, options,
// verbs, names that cascade itself lists, and files.
std::string bash_completion(const Program& program) {
  std::vector<std::string> valued;
  std::string verb_values, any_values, options, words_behind;
  for (const Verb& verb : program.verbs) {
    for (const Option& option : verb.options) verb_values += value_arm(verb.name, option);
    if (!verb.actions.empty())
      words_behind += "    " + verb.name + (verb.repeats ? ":*" : ":0:*") + ") _cascade_words '" +
                      joined(verb.actions, " ") + "' ;;\n";
    if (!verb.names.empty())
      words_behind +=
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
         "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} verb= i options words=0\n"
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
         "  for ((i++; i < COMP_CWORD; i++)); do [[ ${COMP_WORDS[i]} == -* ]] || ((words++)); done\n"
         "  case $verb:$previous in\n" +
         verb_values + any_values +
         "  esac\n"
         "  options='" +
         names(program.options) +
         "'\n"
         "  case $verb in\n" +
         options +
         "  esac\n"
         "  case $verb:$words:$current in\n"
         "    *:*:-*) _cascade_words \"$options\" ;;\n"
         "    :*) _cascade_words '" +
         joined(program.verbs, " ", &Verb::name) + "' ;;\n" + words_behind +
         "    *) mapfile -t COMPREPLY < <(compgen -f -- \"$current\") ;;\n"
         "  esac\n"
         "}\n"
         "complete -o filenames -F _cascade cascade\n";
}

std::string fish_completion(const Program& program) {
  std::string text = "# Made from the table of verbs and the pages of their options.\nset -l cascade_verbs " +
                     joined(program.verbs, " ", &Verb::name) +
                     "\n\ncomplete -c cascade -n \"not __fish_seen_subcommand_from $cascade_verbs\" -f\n";
  for (const Verb& verb : program.verbs)
    text += "complete -c cascade -n \"not __fish_seen_subcommand_from $cascade_verbs\" -a " + verb.name + " -d " +
            quoted(verb.help) + "\n";
  text += "\n";
  for (const Verb& verb : program.verbs) {
    const std::string seen = "complete -c cascade -n '__fish_seen_subcommand_from " + verb.name,
                      actions = joined(verb.actions, " ");
    if (!actions.empty())
      text += seen + (verb.repeats ? "" : "; and not __fish_seen_subcommand_from " + actions) + "' -f -a " +
              quoted(actions) + "\n";
    if (!verb.names.empty())
      text += seen + (actions.empty() ? "" : "; and __fish_seen_subcommand_from " + actions) +
              "' -f -a '(cascade names " + verb.names + " 2>/dev/null)'\n";
  }
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

std::string zsh_completion(const Program& program) {
  std::string verbs, cases, common;
  for (const Option& option : program.options) common += "    " + specification(option) + "\n";
  for (const Verb& verb : program.verbs) {
    verbs += "    '" + verb.name + ":" + escaped(verb.help) + "'\n";
    std::string words = "'*:file:_files'";
    if (!verb.names.empty())
      words = "'*:name:{ compadd -- ${(f)\"$(cascade names " + verb.names + " 2>/dev/null)\"} }'";
    if (!verb.actions.empty()) {
      const std::string first = ":word:(" + joined(verb.actions, " ") + ")'";
      words = verb.repeats ? "'*" + first : "'1" + first + " \\\n        " + words;
    }
    cases += "    " + verb.name + ")\n      _arguments " + common_options(program, verb) +
             specifications(verb.options) + " \\\n        " + words + "\n      ;;\n";
  }
  return "#compdef cascade\n# Made from the table of verbs and the pages of their options.\n\n_cascade() {\n"
         "  local curcontext=\"$curcontext\" context state state_descr line verb\n  typeset -A opt_args\n"
         "  local -a verbs common\n  verbs=(\n" +
         verbs + "  )\n  common=(\n" + common +
         "  )\n"
         "  _arguments -A '-*' -C \"$common[@]\" '1:verb:->verb' '*::argument:->argument' && return\n"
         "  case $state in\n"
         "    verb) _describe -t verbs verb verbs; return ;;\n"
         "  esac\n"
         "  verb=$words[1]\n"
         "  case $verb in\n" +
         cases + "  esac\n}\n\n_cascade \"$@\"\n";
}

}  // namespace cascade::documents
