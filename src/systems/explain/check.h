// Checks the explanations of a change: which lines have one, and whether it was written by somebody who looked.
#pragma once

#include <cascade/result.h>

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "explain/change.h"
#include "explanations/record.h"
#include "policy/explained.h"

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

struct ExplainRule {
  std::string_view id, slug, condition;
};
Span<ExplainRule> explain_rules() noexcept;
const ExplainRule& explain_rule(std::string_view id) noexcept;  // REQUIRES: there is one

enum class Weight : std::uint8_t { note, refused };

struct Finding {
  std::string_view rule;  // an id of explain_rules()
  Weight weight = Weight::refused;
  std::string path, record;  // where; the record that it is about, or empty
  std::uint32_t line = 0, column = 0;
  std::string message, help;
};

// What was counted in one part or answer. Nothing of it refuses by itself; a reviewer is shown it.
struct PassageMeasure {
  std::string name;  // as in a sentence: "\"What it does\"", "the answer"
  std::uint32_t line = 0, words = 0;
  unsigned overlap = 0;  // the most that it shares with another text, in per cent
  std::string overlaps;  // that text; empty: none
};

// A statement on a hunk, and what running it showed.
struct Showing {
  Statement statement;
  std::size_t hunk = 0;    // its place in Change::hunks
  std::string id, path;    // of the hunk
  std::uint32_t at = 0;    // its first line in the file
  std::uint32_t line = 0;  // of the record
  Shown outcome = Shown::not_run;
  int exit_without = 0, exit_with = 0;
  std::string output, why;  // the end of what it said without the hunk; why it could not run
};

// What was measured of one record of the range.
struct RecordState {
  Record record;
  std::uint64_t live = 0, stale = 0;  // its hunks that the change has, and has no more
  std::vector<PassageMeasure> passages;
  std::vector<Showing> showings;  // of its answers
  bool refused = false;
};

struct Report {
  std::string base, head, assisted;
  std::uint64_t changed = 0, needed = 0, covered = 0, waived = 0;  // lines
  std::uint64_t in_refused = 0;                                    // of `covered`, in records that are refused
  std::array<std::uint64_t, need_count> lines{};                   // changed lines by what they need
  std::uint64_t renamed = 0, earlier = 0;                          // files; records of before the range
  std::vector<RecordState> records;                                // by path
  std::vector<Finding> findings;                                   // by path and line
  std::vector<std::size_t> uncovered;                              // hunks that need an explanation and have none

  bool is_refused() const noexcept;
};

// What a check asks of its surroundings. Any may be empty: then nothing is found.
struct Surroundings {
  std::function<void(Showing& showing)> show;  // runs the command of a statement with and without its hunk
  std::vector<std::string> reverted;           // Needs
  AgentEdits edits;
};

constexpr unsigned least_covered = 90;  // per cent of the lines that need it; of risky ones all

// `records`: every file of the records' folder in the head's tree.
Report check_change(const Change& change, const std::vector<TreeText>& records, const Settings& settings,
                    const Surroundings& around);

// The hashes of each three words in a row, regardless of case and without code in backticks.
using Runs = std::vector<std::uint64_t>;
Runs runs_of(std::string_view text);

// The share of the runs that `sorted` (each once) has, in per cent. 0 where there is not more than one run.
unsigned share_in(const Runs& runs, const Runs& sorted);

// Whether a text that shares so much is a copy: most of it, or of a short one all.
bool is_copy(const Runs& runs, unsigned share);

// Texts that an explanation must not repeat, sorted.
struct Sources {
  Runs messages, lines;                               // of the range's commits; of its lines, comments included
  std::vector<std::pair<std::string, Runs>> records;  // by path
};
Sources sources_of(const Change& change, const std::vector<TreeText>& records);

// Fills in the measures of one record and adds what is certainly wrong with it; how sentences read is left to the
// reviewer. `live`: its hunks that the change has, by place. `shown`: each hunk asked about needs a statement.
void judge_texts(const Change& change, const std::vector<std::size_t>& live, const Sources& sources,
                 const Surroundings& around, bool shown, RecordState& state, std::vector<Finding>& findings);

// A reviewer's sentence: what is wrong with it; empty: nothing.
std::string fault_of_sentence(std::string_view sentence, const Change& change);

}  // namespace cascade::comprehension
