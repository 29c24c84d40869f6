// The words of a git or gh command: options, what belongs to them, and the rest.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "repository/facts.h"
#include "shell/trace.h"

namespace cascade::repository {

using shell::Value;

struct Option {
  std::string name;            // "-m", "--message"; of a cluster each letter is one
  std::optional<Value> value;  // where it has one
};

struct Words {
  std::vector<Option> options;
  std::vector<Value> operands;
  std::size_t before_dashes = 0;  // operands before "--"
  bool has_dashes = false;
  bool uncertain = false;  // a word that may be any number of words

  bool has(std::initializer_list<std::string_view> names) const;
  // The last one's value; null: not given, or without a value.
  const Value* value(std::initializer_list<std::string_view> names) const;
  std::string operand(std::size_t index) const;  // empty: none there, or not known
};

// `letters` and `names` (blanks between them) are the short and long options whose value may be a word of its own.
Words split(const std::vector<Value>& words, std::size_t first, std::string_view letters, std::string_view names);

// A git command taken apart up to its subcommand.
struct GitWords {
  Place place;
  bool place_known = true;
  bool place_listed = false;                          // not known: one of what find or xargs goes through
  std::vector<std::pair<std::string, Value>> config;  // -c name=value; names in lower case up to the last dot's name
  bool sets_config_unknown = false;                   // -c with what is not known, --config-env
  std::string verb;                                   // empty: none, or not known
  bool verb_known = true;
  std::vector<Value> words;  // the whole command
  std::size_t first = 0;     // the word behind the subcommand
};

// `environment` of the call and `ambient` (the guard's own) decide on GIT_DIR and GIT_WORK_TREE.
GitWords git_words(const shell::Call& call, const std::vector<std::pair<std::string, std::string>>& ambient);

// The value that a variable has for the call: the line's, else the ambient one; nothing: unset.
std::optional<Value> variable(const shell::Call& call, std::string_view name,
                              const std::vector<std::pair<std::string, std::string>>& ambient);

}  // namespace cascade::repository
