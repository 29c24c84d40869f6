// Reads exits, entries between semicolons: "1: red; 3: red tests/; 4: green". A step has at most one.
#include <algorithm>

#include "chain/chain.h"
#include "chain/text_reader.h"
#include "text/names.h"

namespace cascade::chain {
namespace {

constexpr letters::Names<ExitKind::user> kind_names("said", "red", "green", "artefact", "commit", "witness", "user");
constexpr const char* known = "one of red, green, artefact PATTERN, commit, witness, user, said";

// The words say which test, file or page is meant.
bool takes_words(ExitKind kind) {
  return kind == ExitKind::red || kind == ExitKind::green || kind == ExitKind::artefact || kind == ExitKind::witness;
}

// Reads one entry. One with a fault is dropped as a whole, and its step then ends by the model's word: the weaker exit,
// never another one than was written.
void read_exit(TextReader& text, std::vector<Exit>& exits, std::vector<Fault>& faults) {
  Exit exit;
  exit.at = text.at();
  const auto fail = [&](std::size_t at, std::string message, const char* help) {
    faults.push_back({at, std::move(message), help});
    text.until(";");
  };
  const auto number = text.number();
  if (!number || !text.take(':')) return fail(exit.at, "expected a step's number and a colon", "as in 1: red");
  exit.step = *number;
  const std::size_t at = text.at();
  const std::string_view word = text.until("; \t\r\n");
  const auto kind = kind_names.find(word);
  if (!kind) return fail(at, "there is no exit \"" + std::string(word) + "\"", known);
  exit.kind = *kind;
  exit.words = std::string(text.until(";"));
  if (!exit.words.empty() && !takes_words(exit.kind))
    return fail(at, std::string(to_string(exit.kind)) + " takes no words", known);
  if (exit.words.empty() && exit.kind == ExitKind::artefact)
    return fail(at, "artefact needs a pattern of paths", "as in 2: artefact docs/spec.md");
  const bool twice =
      std::any_of(exits.begin(), exits.end(), [&](const Exit& other) { return other.step == exit.step; });
  if (twice) return fail(exit.at, "step " + std::to_string(exit.step) + " has two exits", "leave one of them");
  exits.push_back(std::move(exit));
}

}  // namespace

std::string_view to_string(ExitKind kind) noexcept { return kind_names.of(kind); }

std::string to_string(const Exit& exit) {
  return std::string(to_string(exit.kind)) + (exit.words.empty() ? "" : " " + exit.words);
}

std::vector<Exit> read_exits(std::string_view text, std::vector<Fault>& faults) {
  std::vector<Exit> exits;
  TextReader reader(text);
  while (!reader.is_done()) {
    if (reader.next() != ';') read_exit(reader, exits, faults);
    if (!reader.is_done()) reader.drop();
  }
  return exits;
}

// A step without an exit of its own ends when the model says so.
Exit Chain::exit_of(std::uint32_t step) const {
  for (const Exit& exit : exits)
    if (exit.step == step) return exit;
  Exit said;
  said.step = step;
  return said;
}

}  // namespace cascade::chain
