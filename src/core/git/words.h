// The words of a git or gh command: options, their values, and the rest.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "git/facts.h"
#include "shell/trace.h"

namespace cascade::repository {

using shell::Value;

struct Option {
  std::string name;            // "-m", "--message"; each letter of a cluster is one
  std::optional<Value> value;  // if it has one
};

struct Words {
  std::vector<Option> options;
  std::vector<Value> operands;
  std::size_t before_dashes = 0;  // operands before "--"
  bool has_dashes = false;
  bool uncertain = false;  // a word may be any number of words

  // Whether one of these options, with blanks between them, is there.
  bool has(std::string_view names) const;
  // The last one's value; null: absent, or without a value.
  const Value* value(std::string_view names) const;
  std::string operand(std::size_t index) const;  // empty: absent or unknown
};

// `letters` and `names` (separated by blanks) are the short and long options whose value may be a separate word.
Words split(const std::vector<Value>& words, std::size_t first, std::string_view letters, std::string_view names);

// A git command split up to its subcommand.
struct GitWords {
  Place place;
  bool place_known = true;
  bool place_listed = false;                          // unknown: one of the items of find or xargs
  std::vector<std::pair<std::string, Value>> config;  // -c name=value; names in lower case, except the middle part
  bool sets_config_unknown = false;                   // -c with an unknown value, --config-env
  std::string verb;                                   // empty: none, or unknown
  bool verb_known = true;
  std::vector<Value> words;  // the whole command
  std::size_t first = 0;     // the word after the subcommand
};

// `environment` of the call and `ambient` (the guard's own) determine GIT_DIR and GIT_WORK_TREE.
GitWords git_words(const shell::Call& call, const std::vector<std::pair<std::string, std::string>>& ambient);

// Returns the value of a variable for the call: from the line, else from the environment; nothing: unset.
std::optional<Value> variable(const shell::Call& call, std::string_view name,
                              const std::vector<std::pair<std::string, std::string>>& ambient);

}  // namespace cascade::repository
