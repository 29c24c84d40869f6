// The options of all verbs, which may stand anywhere on the command line, and the verb itself.
#pragma once

#include <cascade/workspace.h>

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

}  // namespace cascade::cli
