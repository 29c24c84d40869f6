// The options that every verb has, wherever they stand on the command line, and the verb behind them.
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

// `words`: what belongs to the verb, in order; after a "--" nothing is taken for a global option (the "--" stays).
// `fault` is set when an option before the verb is unknown, or a global one lacks its value or has a wrong one.
struct CommandLine {
  GlobalOptions options;
  std::string verb;  // empty: none was given
  std::vector<std::string> words;
  std::optional<Error> fault;
};

CommandLine read_command_line(const std::vector<std::string>& arguments);

const std::vector<std::string_view>& global_option_names();

}  // namespace cascade::cli
