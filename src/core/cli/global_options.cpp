// Read by hand and before CLI11, because these options may stand before and after the verb, and because the verb must
// be known before its option tree is built. The first fault is kept and not reported here: a hook must answer in spite
// of it.
#include "cli/global_options.h"

#include "cli/verbs.h"
#include "files/paths.h"
#include "request/task.h"
#include "text/suggestion.h"

namespace cascade::cli {
namespace {

bool takes_value(std::string_view name) {
  return name == "--root" || name == "--format" || name == "--model" || name == "--freshness";
}

// Sets the option called `name`; false if it is not a global one.
bool set_switch(GlobalOptions& options, std::string_view name) {
  if (name == "--timings") return options.timings = true;
  if (name == "--quiet" || name == "-q") return options.quiet = true;
  if (name == "--help" || name == "-h") return options.help = true;
  if (name == "--version") return options.version = true;
  return false;
}

std::optional<Error> set_value(GlobalOptions& options, std::string_view name, std::string value) {
  if (value.empty()) return misuse(std::string(name) + " needs a value", "cascade --help");
  if (name == "--root") {
    if (value == "default") {
      options.default_roots = true;
    } else {
      options.roots.push_back(files::from_native(std::move(value)));
    }
  } else if (name == "--format") {
    options.format = value == "human" ? "text" : std::move(value);
  } else if (name == "--model") {
    options.model = std::move(value);
  } else {
    options.freshness = request::parse_freshness(value);
    if (!options.freshness) return misuse("unknown freshness '" + value + "'", "one of off, partial, full, paranoid");
  }
  return std::nullopt;
}

Error unknown_before_verb(const std::string& word) {
  const std::string_view near = letters::nearest_word(word.substr(0, word.find('=')), global_option_names());
  if (!near.empty())
    return misuse("unknown option '" + word + "'; " + letters::did_you_mean("'" + std::string(near) + "'"),
                  "cascade --help");
  return misuse("unknown option '" + word + "' before the verb", "cascade --help");
}

}  // namespace

const std::vector<std::string_view>& global_option_names() {
  static const std::vector<std::string_view> names = {"--root",    "--format", "--model", "--freshness",
                                                      "--timings", "--quiet",  "--help",  "--version"};
  return names;
}

CommandLine read_command_line(const std::vector<std::string>& arguments) {
  CommandLine line;
  line.arguments = arguments;
  const auto note_fault = [&line](std::optional<Error> fault) {
    if (fault && !line.fault) line.fault = std::move(fault);
  };
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    if (word == "--") {
      if (line.verb.empty()) continue;
      line.words.insert(line.words.end(), arguments.begin() + static_cast<std::ptrdiff_t>(i), arguments.end());
      break;
    }
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(0, equals);
    if (takes_value(name)) {
      if (equals != std::string::npos) {
        note_fault(set_value(line.options, name, word.substr(equals + 1)));
      } else if (i + 1 < arguments.size()) {
        note_fault(set_value(line.options, name, arguments[++i]));
      } else {
        note_fault(misuse(name + " needs a value", "cascade --help"));
      }
    } else if (set_switch(line.options, word)) {
      continue;
    } else if (!line.verb.empty()) {
      line.words.push_back(word);
    } else if (word.size() > 1 && word.front() == '-') {
      note_fault(unknown_before_verb(word));
    } else {
      line.verb = word;
    }
  }
  return line;
}

}  // namespace cascade::cli
