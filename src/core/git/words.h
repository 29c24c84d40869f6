// The words of a git or gh command: options, their values, and the rest.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "git/address.h"
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

// `letters`, `names`: options whose value may be a separate word. The beginning of one of `longs` is read as this one.
Words split(const std::vector<Value>& words, std::size_t first, std::string_view letters, std::string_view names,
            std::string_view longs = {});

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

// "include.path", "includeIf.….path": settings of a file that nobody has read.
bool includes_settings(std::string_view key);

// Returns the value of a variable for the call: from the line, else from the environment; nothing: unset.
std::optional<Value> variable(const shell::Call& call, std::string_view name,
                              const std::vector<std::pair<std::string, std::string>>& ambient);

// The effects of git's subcommands: reading, writing, or either, depending on their words.
enum class Deed : std::uint8_t {
  reads,    // changes only the object store and remote-tracking branches
  writes,   // files, index, branches, settings of the repository
  unknown,  // not git's own subcommand: an alias, or a program called git-<verb>
};

// A row of git_verbs.tsv, which says what each column means. Lists have blanks between their words.
struct GitVerb {
  std::string_view verb;
  Deed deed = Deed::reads;
  std::string_view letters = {}, names = {};
  std::size_t fewer = 0;
  std::string_view reading_options = {}, reading_words = {}, writing_options = {}, writing_words = {};
  std::string_view outputs = {}, lines = {};
};
std::span<const GitVerb> git_verbs() noexcept;  // sorted by verb

// A row of git_options.tsv.
struct GitOptions {
  std::string_view verb, longs;
};
std::span<const GitOptions> git_options() noexcept;  // sorted by verb

Deed deed(const GitWords& git);

// Each file or folder besides the repository that the verb writes, and each line that it passes to a shell.
void each_output(const GitWords& git, const Words& words, const std::function<void(const Value& path)>& see);
void each_line(const GitWords& git, const Words& words, const std::function<void(const Value& line)>& see);

// Splits the verb's words, taking its options with values into account.
Words words_of(const GitWords& git);

// A judgement on a command line: the decision, and the line's words as a shell and as people read them.
enum class Decision : std::uint8_t { silent, ask, deny };

// Is shown each program that a line starts. `git`: the words of a call of git; null for any other program.
using Follower = std::function<void(const shell::Call& call, const GitWords* git)>;

// The whole command as a shell reads it again, quoted where necessary; an unknown part is a variable without a value.
std::string shell_line(const std::vector<Value>& words, std::size_t first);
std::string shell_word(const std::string& text);

// The same for people, with the end left out where it is long. It is a type of its own, so that nothing can judge it.
struct Shown {
  std::string text;

  explicit Shown(std::string given) : text(std::move(given)) {}
  friend std::string operator+(std::string before, const Shown& shown) { return std::move(before) + shown.text; }
};
Shown shown(const std::vector<Value>& words, std::size_t first = 0);

}  // namespace cascade::repository
