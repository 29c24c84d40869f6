// The deeds of one Bash call: which programs it ran and how each of them ended, as far as the line tells. Effects,
// witnesses and the exits of playbook steps all ask here, so that they cannot disagree.
//
// The client gives one status for a whole line, so a program's own end is known only where nothing hides it:
// `pytest | tail`, `pytest || true`, `pytest; echo ok`, `pytest &`, a loop or an `if` around it leave it unknown.
// `make && pytest` that failed leaves both unknown, and `cd x && pytest` is a run of pytest only where the output holds
// something that pytest printed. What was started in the background is unknown, too. A program that
// merely prints (`echo pytest`) is no run of anything, and a test run that ran no test passes and fails nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/event_input.h"
#include "shell/trace.h"
#include "syntax/node.h"

namespace cascade::evidence {

struct ToolCall {
  std::string tool;         // "Bash", "WebFetch", "mcp__server__tool"
  syntax::Node input;       // the tool's whole input
  syntax::Node response;    // its answer; null if it failed
  std::string output;       // its output or answer as text; for a failure the text that the model got
  bool failed = false;      // PostToolUseFailure
  int status = 0;           // Bash: the line's exit status; -1: unknown (interrupted, timed out)
  bool background = false;  // it was started and continues
  std::string task;         // the id of a background task
  std::string directory;    // the session's directory after the call; may be empty
  std::string agent;        // a subagent's id; empty: the main conversation
  std::string prompt_id;    // the turn
};

// Reads PostToolUse and PostToolUseFailure: the client's report of a call that ended or that continues in the
// background. The texts of an answer are joined as the model reads them: the output of Bash, the texts or the
// structured content of an MCP tool.
ToolCall tool_call(const client::EventInput& event);

enum class End : std::uint8_t { passed, failed, unknown };

// One program that the line ran, or may have run.
struct Program {
  shell::Call call;  // name, words, directory, environment
  End end = End::unknown;
  bool printed = false;   // something of the output is surely its own
  bool consumed = false;  // a shell ran what it printed: curl ... | sh
  bool is_test = false;   // it runs tests (evidence/deed.h), and ran some if it ended
};

struct Deed {
  std::vector<Program> programs;  // in the order of the line
  bool failed = false;            // the line did
  bool background = false;        // it was started and goes on
};

Deed read_deed(const ToolCall& call);  // nothing for any other tool than Bash; linear in the line and its output

// The program that was seen passing or failing: the last test run with all of `words` (in their order, one after the
// other or not; a word that ends with "/" is the beginning of a path), or the last run of the program that the first of
// them names (`./reproduce.sh`, `npm run build`), unless that only prints. Without words: the last test run. Null:
// none.
const Program* find_ended(const Deed& deed, const std::vector<std::string>& words, End end);

// The program's words as a line, for people: "pytest -k refund", at most 120 characters.
std::string words_of(const Program& program);

// The directory of a `git commit` that ended with 0 (not --dry-run); nothing: there is none.
std::optional<std::string> makes_commit(const Deed& deed);

// How many tests ran, by the output of a test run: one without tests proves nothing, whatever its status (`pytest -k
// tyop` ends with 5, `go test -run tyop` with 0). Messages are those of current versions.
enum class TestCount : std::uint8_t { none, some, unknown };
TestCount tests_in(std::string_view output);

}  // namespace cascade::evidence
