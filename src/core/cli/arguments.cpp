// Read by hand and before CLI11, because these options may stand before and after the verb, and because the verb must
// be known before its option tree is built. The first fault is kept and not reported here: a hook must answer in spite
// of it.
#include "cli/arguments.h"

#include "cli/verbs.h"
#include "files/paths.h"
#include "request/task.h"
#include "text/suggestion.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <limits>

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
  return misuse("unknown option '" + word + "'" +
                    (near.empty() ? " before the verb" : "; " + letters::did_you_mean("'" + std::string(near) + "'")),
                "cascade --help");
}

// The message for a text that is not an acceptable number.
std::string wanted_number(const std::string& text) {
  const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
  if (!digits) return "needs a number, not '" + text + "'";
  return "takes at most " + std::to_string(std::numeric_limits<std::uint32_t>::max()) + ", not '" + text + "'";
}

// Rewords the faults that CLI11 reports: its own messages read "--depth: 1 required TEXT missing".
std::string in_our_words(const CLI::ParseError& fault) {
  const std::string said = fault.what();
  const std::string name = said.substr(0, said.find(':'));
  if (fault.get_name() == "ArgumentMismatch")
    return name + (said.find("missing") != std::string::npos ? " needs a value" : " is given more than once");
  if (fault.get_name() == "ConversionError") {  // "Could not convert: --repair = x"
    const std::size_t begin = said.find("--"), end = said.find(' ', begin);
    if (begin != std::string::npos) return said.substr(begin, end - begin) + " takes no value";
  }
  return said;
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

// CLI11 hands back whatever it does not know: an option among that is reported with the nearest name that exists.
struct Arguments::State {
  CLI::App app;
  std::string verb;
  std::vector<std::string> names;
  std::string positional;
  std::vector<std::string>* words = nullptr;
  std::vector<std::pair<std::string, std::string>> lone;  // options with what they mean as the last word
  std::size_t least = 0, most = 0;

  explicit State(std::string_view name) : verb(name) {
    app.set_help_flag();
    app.allow_extras();
  }
  void remember(const std::string& declared) {
    for (std::string& name : split_list(declared)) names.push_back(std::move(name));
  }
};

std::optional<std::uint32_t> parse_number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    std::string_view part = text.substr(0, comma);
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
    while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
    while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
    if (!part.empty()) parts.emplace_back(part);
  }
  return parts;
}

Arguments::Arguments(std::string_view verb) : state_(std::make_unique<State>(verb)) {}
Arguments::~Arguments() = default;

void Arguments::flag(const std::string& names, bool& into) {
  state_->remember(names);
  state_->app.add_flag(names, into);
}

void Arguments::hidden_flag(const std::string& name, bool& into) { state_->app.add_flag(name, into); }

void Arguments::text(const std::string& names, std::string& into) {
  state_->remember(names);
  state_->app.add_option(names, into);
}

void Arguments::text(const std::string& name, std::string& into, const std::string& given) {
  text(name, into);
  state_->lone.emplace_back(name, given);
}

void Arguments::optional_text(const std::string& name, const std::string& given, std::string& into) {
  state_->remember(name);
  state_->app.add_flag(name + "{" + given + "}", into);
}

void Arguments::text(const std::string& names, std::optional<std::string>& into) {
  state_->remember(names);
  state_->app.add_option_function<std::string>(names, [&into](const std::string& value) { into = value; });
}

void Arguments::number(const std::string& names, std::optional<std::uint32_t>& into) {
  state_->remember(names);
  const std::string name = split_list(names).front();
  state_->app.add_option_function<std::string>(names, [&into, name](const std::string& value) {
    into = parse_number(value);
    if (!into) throw CLI::ValidationError(name, wanted_number(value));
  });
}

void Arguments::list(const std::string& names, std::vector<std::string>& into) {
  state_->remember(names);
  auto* option =
      state_->app.add_option_function<std::vector<std::string>>(names, [&into](const std::vector<std::string>& values) {
        for (const std::string& value : values)
          for (std::string& part : split_list(value)) into.push_back(std::move(part));
      });
  option->allow_extra_args(false);  // one word for each occurrence; the next one is separate
}

void Arguments::words(const std::string& name, std::vector<std::string>& into, std::size_t least, std::size_t most) {
  state_->positional = name;
  state_->words = &into;
  state_->least = least;
  state_->most = most;
}

const std::vector<std::string>& Arguments::option_names() const noexcept { return state_->names; }

Result<void> Arguments::parse(const std::vector<std::string>& given) {
  const std::string help = "cascade " + state_->verb + " --help";
  // CLI11 takes its words from the back.
  const auto end = std::ranges::find(given, "--");
  std::vector<std::string> reversed(std::make_reverse_iterator(end), std::make_reverse_iterator(given.begin()));
  for (const auto& [name, meant] : state_->lone)
    if (!reversed.empty() && reversed.front() == name) reversed.insert(reversed.begin(), meant);
  try {
    state_->app.parse(std::move(reversed));
  } catch (const CLI::ParseError& fault) {
    return misuse(in_our_words(fault), help);
  }
  std::vector<std::string> words;
  for (const std::string& word : state_->app.remaining()) {
    if (word.size() < 2 || word.front() != '-') {
      words.push_back(word);
      continue;
    }
    std::vector<std::string_view> known(state_->names.begin(), state_->names.end());
    known.insert(known.end(), global_option_names().begin(), global_option_names().end());
    const std::string_view near = letters::nearest_word(std::string_view(word).substr(0, word.find('=')), known);
    const std::string message = "unknown option '" + word + "' of " + state_->verb;
    return misuse(near.empty() ? message : message + "; " + letters::did_you_mean("'" + std::string(near) + "'"), help);
  }
  if (end != given.end()) words.insert(words.end(), end + 1, given.end());
  if (words.size() > state_->most) return misuse(state_->verb + " does not take '" + words[state_->most] + "'", help);
  if (words.size() < state_->least) return misuse(state_->verb + " needs " + state_->positional, help);
  if (state_->words != nullptr) *state_->words = std::move(words);
  return {};
}

}  // namespace cascade::cli
