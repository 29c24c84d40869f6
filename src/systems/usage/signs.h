// What would show that somebody followed a section: the names, commands, paths and wordings in its text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::syntax {
class JsonSlice;
}

namespace cascade::usage {

// A phrase's hash, and where it begins among the words of its text.
struct Phrase {
  std::uint64_t hash = 0;
  std::uint32_t at = 0;
};
constexpr std::size_t phrase_length = 5;

// Appends the phrases of a text, in its order, without those that anybody might say: three of the five words must be
// longer than three letters and no function words.
void add_phrases(std::string_view text, std::vector<Phrase>& phrases);

// The phrases that somebody looks for.
class PhraseSet {
 public:
  PhraseSet() = default;
  explicit PhraseSet(std::vector<std::uint64_t> hashes);  // in any order, any number of times

  bool has(std::uint64_t hash) const noexcept {
    if (hashes_.empty()) return false;
    const std::uint64_t place = hash >> shift_;
    return (marks_[place / 64] >> (place % 64) & 1U) != 0 && is_listed(hash);
  }
  bool empty() const noexcept { return hashes_.empty(); }

 private:
  bool is_listed(std::uint64_t hash) const noexcept;
  std::vector<std::uint64_t> hashes_;  // sorted
  std::vector<std::uint64_t> marks_;   // a bit for each value of a hash's upper bits: nearly all others end there
  std::uint32_t shift_ = 0;
};

// Appends those of the phrases of a text, or of a string as JSON writes it, that are in `wanted`, in their order.
void find_phrases(std::string_view text, const PhraseSet& wanted, std::vector<Phrase>& found);
void find_phrases(const syntax::JsonSlice& string, const PhraseSet& wanted, std::vector<Phrase>& found);

// A row of run_words.tsv. `depth`: words of a subcommand. `takes`: options whose value is the next word.
struct ProgramRow {
  std::string_view name;
  std::uint32_t depth = 0;
  std::string_view takes{};
};

// A program that a shell line starts, reduced to what two people would both call the same command.
struct Run {
  std::string program;             // without wrappers such as npx or python -m
  std::string subcommand;          // "test", "compose up"; empty: it has none
  std::vector<std::string> words;  // options and other words that are no placeholders, as written
  bool everyday = false;           // programs and subcommands that any work uses: more must agree
};

// At most 100 of a line. A line that cannot be read gives what was understood.
std::vector<Run> runs_of(std::string_view line);

// Whether `done` is what `told` tells to do: the same program and subcommand; where it has none, or where it is an
// everyday one, an option or another word must agree as well.
bool is_same(const Run& told, const Run& done);

struct Signs {
  bool is_title = false;                 // there is nothing to follow
  std::vector<std::string> names;        // of agents, skills and commands that it calls; set by the caller
  std::vector<std::string> tools;        // MCP tools and tools that not every conversation uses
  std::vector<Run> runs;                 // of its code
  std::vector<std::string> paths;        // normalised; a folder ends with '/'
  std::vector<std::string> words;        // all of its words, lower case
  std::vector<Phrase> phrases;           // by hash
  std::vector<std::string> identifiers;  // sorted
};

Signs signs_of(std::string_view section);

// Appends what of them is looked for in a conversation while it is read.
void add_wanted(const Signs& signs, std::vector<std::uint64_t>& hashes);

// The words of a text in lower case.
std::vector<std::string> words_of(std::string_view text);

// Whether a path that was touched is one of those that a section names.
bool names_path(const std::vector<std::string>& told, std::string_view touched);

// The names of code between backticks in the running text of a section, sorted, each once: `split_at_mut`.
std::vector<std::string> identifiers_of(std::string_view section);

// What a name counts as among the phrases that are looked for.
std::uint64_t hash_of_identifier(std::string_view name);

// Appends those names of a text that are in `wanted`: names that no prose has anywhere, plain words (`polars`) only in
// a line that takes in a library.
void find_identifiers(std::string_view text, const PhraseSet& wanted, std::vector<std::string>& found);

// Whether a text holds the name as a whole.
bool has_identifier(std::string_view text, std::string_view name);

}  // namespace cascade::usage
