// What an author says would fail without a hunk, and what came of taking the hunk out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "explain/change.h"

namespace cascade::comprehension {

// "Without this hunk `COMMAND` fails with `TEXT`."
struct Statement {
  std::string command;
  std::string text;  // that it then says; empty: only that it fails
};

// Each sentence of that form: the word "without", a span of code, "fails", and in the same paragraph, before the next
// such sentence, perhaps a second span or quotation.
std::vector<Statement> statements_in(std::string_view text);

// How a command ended in a tree.
struct Ran {
  int exit_code = 0;
  std::string stopped;  // why it did not end by itself: "time", "memory"; empty: it did
  std::string output;   // the end of it; nothing hidden in it

  bool passed() const noexcept { return exit_code == 0 && stopped.empty(); }
};

enum class Shown : std::uint8_t {
  not_run,
  shown,           // fails without, passes with; the text comes without and not with
  no_difference,   // passes in both
  fails_with,      // fails in both
  passes_without,  // the other way round
  other_text,      // fails without, passes with, but does not say the text
  does_not_build,  // without it nothing is compiled, parsed or imported, so no test said anything
  could_not_run,   // no such program, or a limit ended it
  unsteady,        // run again it ended otherwise
};
constexpr std::size_t shown_count = 9;
std::string_view to_string(Shown shown) noexcept;  // as people read it: "fails without, passes with"
std::string_view key_of(Shown shown) noexcept;     // as programs do: "shown"

// Decides by both ends and both outputs.
Shown compare(const Ran& without, const Ran& with, std::string_view text);

// What a text sets off as code or as somebody's words.
struct MarkedSpan {
  std::string text;
  std::size_t begin = 0, end = 0;  // in the text, with its marks
};

// Spans of code in backticks, as Markdown reads them: as many backticks close a span as opened it, and one blank on
// each side is dropped, so that a span may hold backticks. A span ends within its paragraph.
std::vector<MarkedSpan> code_spans(std::string_view text);

}  // namespace cascade::comprehension
