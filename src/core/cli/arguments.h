// The options of all verbs, which may stand anywhere on the command line, and the verb itself.
#pragma once

#include <cascade/result.h>
#include <cascade/workspace.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::cli {

struct GlobalOptions {
  std::vector<std::string> roots;  // without "default"
  bool default_roots = false;      // --root default was given
  std::optional<std::string> format;
  std::string model;
  std::optional<Freshness> freshness;
  bool timings = false, quiet = false, help = false, version = false;
};

// `words`: the verb's own words, in order. After "--" no word is a global option (the "--" stays). `fault` is set if an
// option before the verb is unknown, or a global option has a missing or wrong value.
struct CommandLine {
  GlobalOptions options;
  std::string verb;  // empty if none was given
  std::vector<std::string> words;
  std::vector<std::string> arguments;  // all of it, as it was given
  std::optional<Error> fault;
};

CommandLine read_command_line(const std::vector<std::string>& arguments);

const std::vector<std::string_view>& global_option_names();

// A verb's own options, over CLI11. Declare first, then parse once. The targets must outlive the call of parse().
// `names` as "--kind,--kinds".
class Arguments {
 public:
  explicit Arguments(std::string_view verb);
  ~Arguments();
  Arguments(const Arguments&) = delete;
  Arguments& operator=(const Arguments&) = delete;

  void flag(const std::string& names, bool& into);
  void hidden_flag(const std::string& name, bool& into);  // accepted, but named nowhere
  void text(const std::string& names, std::string& into);
  // As the last word, --name alone means `given`.
  void text(const std::string& name, std::string& into, const std::string& given);
  // --name alone means `given`; --name=WORD gives another word.
  void optional_text(const std::string& name, const std::string& given, std::string& into);
  void text(const std::string& names, std::optional<std::string>& into);
  void number(const std::string& names, std::optional<std::uint32_t>& into);  // decimal, 0 to 2^32 - 1
  // A comma-separated list; may be given more than once.
  void list(const std::string& names, std::vector<std::string>& into);
  // The words without a dash; at least `least` and at most `most` of them.
  void words(const std::string& name, std::vector<std::string>& into, std::size_t least, std::size_t most);

  // misuse: an unknown option (with the nearest known one), an invalid value, too few or too many words.
  Result<void> parse(const std::vector<std::string>& given);

  const std::vector<std::string>& option_names() const noexcept;  // in order of declaration, with every alias

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// A text that is one decimal number, 0 to 2^32 - 1.
std::optional<std::uint32_t> parse_number(std::string_view text);

// Splits "a,b, c" into its parts, without blanks around them; empty parts are dropped.
std::vector<std::string> split_list(std::string_view text);

}  // namespace cascade::cli
