#include "documents_builder/completions.h"

namespace cascade::documents {
namespace {

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
    std::string words;
    for (const std::string& value : option.values) words += (words.empty() ? "" : " ") + value;
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

std::string zsh_completion(const Program& program) {
  std::string verbs, cases, common;
  for (const Option& option : program.options) common += "    " + specification(option) + "\n";
  for (const Verb& verb : program.verbs) {
    verbs += "    '" + verb.name + ":" + escaped(verb.help) + "'\n";
    std::string words = verb.name == "help" ? "'1:verb:{ _describe -t verbs verb verbs }'" : "'*:file:_files'";
    if (!verb.names.empty())
      words = "'*:name:{ compadd -- ${(f)\"$(cascade names " + verb.names + " 2>/dev/null)\"} }'";
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
