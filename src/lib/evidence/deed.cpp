// Follows the line with the shell module, then decides for each program how it ended (deed.h). A failure is attributed
// only if a single program can have caused it, and that one ran. A program counts as having printed if output is left
// after removing the line's own words and nobody else printed. In doubt the end stays unknown.
#include "evidence/deed.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "client/names.h"
#include "evidence/words.h"
#include "git/words.h"
#include "hook/event.h"
#include "syntax/json.h"
#include "text/ascii.h"
#include "text/lines.h"
#include "text/word_set.h"

namespace cascade::evidence {
namespace {

// The surroundings are not looked at: the call is over, and its folders may be gone.
struct Anywhere : shell::Surroundings {
  bool sees_printers() const override { return true; }
};

// Statuses of programs that did not do their work: timed out, not found, not executable, ended by a signal; 125 is
// env's, timeout's and docker's own failure.
bool did_not_run(int status) { return status < 0 || (status >= 124 && status <= 127) || status > 128; }

// Removes the line's own words from its output: `curl ... || echo ok` must not make "ok" an answer.
class Rest {
 public:
  explicit Rest(std::string output) : output_(std::move(output)) {}

  void take(const shell::Call& call) {
    std::string text;
    const bool formats = call.program == "printf" && call.words.size() > 1 &&
                         call.words[1].text.find('%') != std::string::npos && call.words[1].text != "%s\\n";
    if (formats) return take_foreign();
    for (std::size_t i = 1; i < call.words.size(); ++i) {
      const shell::Value& word = call.words[i];
      if (!word.known) {
        // The text of "$(curl ...)" is the program's; the origin of other variables is unknown.
        foreign_ = foreign_ || !word.is_output;
        continue;
      }
      if (i == 1 && (word.text == "-n" || word.text == "-e")) continue;
      text += (text.empty() ? "" : " ") + word.text;
    }
    text.erase(text.find_last_not_of(" \t\r\n") + 1);  // npos + 1 is 0
    if (text.empty()) return;
    const std::size_t at = output_.rfind(text);
    if (at != std::string::npos) output_.erase(at, text.size());
  }
  void take_foreign() { foreign_ = true; }
  bool is_left() const { return !foreign_ && output_.find_first_not_of(" \t\r\n") != std::string::npos; }

 private:
  std::string output_;
  bool foreign_ = false;  // something was printed that cannot be told apart
};

bool has(const shell::Call& call, std::string_view option) {
  return std::ranges::any_of(call.words, [&](const shell::Value& word) { return word.text == option; });
}

// A table of runners and their verbs tells whether words run tests. The number of tests is read from the output: any
// count above zero next to a known word means that some ran; without one, "no tests ran", a count of zero or of skipped
// tests means none. Several runners succeed without running a test.

// `npm run test:unit`, `yarn test:e2e`: project scripts whose names say what they do.
bool is_test_script(std::string_view name) {
  return is_in(list::test_scripts, name) || begins_with_one(list::test_script_begins, name);
}

// Options that take a separate word: `make -C dir test`, `npm --prefix dir test`.
bool takes_word(std::string_view program, std::string_view option) {
  return letters::lists("-C -f --prefix --cwd --manifest-path --project -p", option) ||
         (option == "-j" && letters::lists("make ninja", program));
}

// The call's words without options and the program itself.
std::vector<std::string_view> operands(const shell::Call& call) {
  std::vector<std::string_view> found;
  for (std::size_t i = 1; i < call.words.size(); ++i) {
    const std::string_view word = call.words[i].text;
    if (!word.empty() && word.front() == '-') {
      if (takes_word(call.program, word)) ++i;
      continue;
    }
    if (word.find('=') == std::string_view::npos) found.push_back(word);
  }
  return found;
}

// `python -m pytest`, `python -m unittest`, `python manage.py test`
bool interprets_tests(const shell::Call& call) {
  for (std::size_t i = 1; i + 1 < call.words.size(); ++i) {
    const std::string_view word = call.words[i].text, next = call.words[i + 1].text;
    if (word == "-m") return letters::lists("pytest unittest nose2 tox nox", next);
    if (word.ends_with("manage.py")) return next == "test";
  }
  return false;
}

// Whether these words run tests: `pytest -k x`, `npm test`, `cargo test`, `make check`. Not if they only list, compile
// or explain them (`--collect-only`, `--no-run`, `--help`).
bool runs_tests(const shell::Call& call) {
  if (std::any_of(call.words.begin() + 1, call.words.end(),
                  [](const shell::Value& word) { return is_in(list::only_talks, word.text); }))
    return false;
  const std::vector<std::string_view> words = operands(call);
  if (call.program.starts_with("python")) return interprets_tests(call);
  const std::string_view first = words.empty() ? std::string_view() : words.front();
  if (is_in(list::package_runners, call.program)) {
    const bool runs = letters::lists("run run-script task", first);
    if (runs) return words.size() > 1 && is_test_script(words[1]);
    if (call.program == "yarn" && is_test_script(first)) return true;
  }
  return std::ranges::any_of(test_runners(), [&](const TestRunner& runner) {
    if (runner.program != call.program) return false;
    if (runner.verb.empty()) return first != "help";
    return runner.verb.front() == '-' ? has(call, runner.verb) : std::ranges::find(words, runner.verb) != words.end();
  });
}

// Determines each program's end from the line's status and the program's bearing.
void judge_ends(Deed& deed, const ToolCall& call) {
  if (deed.background || call.status < 0) return;
  if (!deed.failed) {
    for (Program& program : deed.programs)
      if (program.call.bearing.success) program.end = End::passed;
    return;
  }
  Program* candidate = nullptr;
  for (Program& program : deed.programs) {
    if (!program.call.bearing.failure || is_in(list::preparing, program.call.program)) continue;
    if (candidate != nullptr) return;  // one of several
    candidate = &program;
  }
  if (candidate != nullptr) candidate->end = End::failed;
}

// Whether a shell says there that it could not do something, or a program that only prepares others: "/bin/bash: line
// 1: cd: nowhere: No such file or directory", "zsh:cd:1: ...", "sh: 1: ...", "mkdir: ...". In any language.
bool is_complaint(std::string_view line) {
  if (line.starts_with('-')) line.remove_prefix(1);  // a login shell
  const std::string_view who = line.substr(0, std::min(line.find_first_of(": "), line.size()));
  if (who.size() == line.size() || line[who.size()] != ':') return false;
  const std::string_view name = who.substr(who.find_last_of("/\\") + 1);
  return is_in(list::complaining, name) || is_in(list::preparing, name);
}

// What a failed line printed, without the client's "Exit code 1" and without such complaints.
struct Printed {
  std::string text;
  bool has_complaint = false;
};
Printed printed_by(std::string_view output) {
  Printed printed;
  bool first = true;
  for (const std::string_view line : letters::lines(output)) {
    const bool complains = is_complaint(line),
               is_status = std::exchange(first, false) && line.starts_with("Exit code ");
    printed.has_complaint = printed.has_complaint || complains;
    if (!complains && !is_status) printed.text += std::string(line) + "\n";
  }
  return printed;
}

// Whether something of the text is the program's own: it is left after removing the line's own words, and no other
// program printed. Programs of one pipeline count as one.
bool owns_output(const Deed& deed, const Program& program, const std::vector<shell::Call>& printed,
                 const std::string& output) {
  Rest rest(output);
  for (const shell::Call& call : printed)
    if (call.pipeline == 0 || call.pipeline != program.call.pipeline) rest.take(call);
  for (const Program& other : deed.programs) {
    const bool same_pipeline = other.call.pipeline != 0 && other.call.pipeline == program.call.pipeline;
    const bool same_program = other.call.program == program.call.program;
    if (&other != &program && !same_pipeline && !same_program && !is_in(list::silent, other.call.program))
      rest.take_foreign();
  }
  return rest.is_left();
}

constexpr std::size_t most_programs = 64;  // whose output is looked at; with more, nothing is any one's own

// Whether a program that counts as failed ran at all. What stands before it in a chain (`cd x &&`) may have failed in
// its place, and then nothing of the output is its own. A shell that complains leaves a test run only its own report to
// speak for it: `make test` whose recipe could not enter a folder tested nothing either.
bool surely_ran(const Deed& deed, const Program& program, const std::vector<shell::Call>& printers,
                const ToolCall& call) {
  const Printed printed = printed_by(call.output);
  const bool is_in_doubt = program.call.may_be_kept || (program.is_test && printed.has_complaint);
  if (!is_in_doubt) return true;
  if (program.is_test && tests_in(call.output) == TestCount::some) return true;
  if (program.is_test && printed.has_complaint) return false;
  if (program.is_test && has_part(list::failing_reports, letters::to_lower(printed.text))) return true;
  return deed.programs.size() <= most_programs && owns_output(deed, program, printers, printed.text);
}

// A test run without tests does not count; a program that could not start has not failed at its work.
void judge_tests(Deed& deed, const ToolCall& call, const std::vector<shell::Call>& printers) {
  const bool ran = !did_not_run(call.status) && !has_part(list::missing, call.output);
  const bool some = tests_in(call.output) != TestCount::none;
  for (Program& program : deed.programs) {
    program.is_test = runs_tests(program.call);
    if (program.end == End::failed && (!ran || !surely_ran(deed, program, printers, call))) program.end = End::unknown;
    if (program.is_test && !some) program.end = End::unknown;
  }
}

bool stands_for(std::string_view wanted, std::string_view word) {
  if (word == wanted) return true;
  if (wanted.size() > 1 && wanted.back() == '/') {
    if (word.substr(0, 2) == "./") word.remove_prefix(2);
    return word.substr(0, wanted.size()) == wanted || word == wanted.substr(0, wanted.size() - 1);
  }
  return word.size() > wanted.size() + 1 && word[word.size() - wanted.size() - 1] == '/' &&
         word.substr(word.size() - wanted.size()) == wanted;  // ./run.sh, node_modules/.bin/jest
}

bool has_all(const shell::Call& call, const std::vector<std::string>& words) {
  std::size_t found = 0;
  for (const shell::Value& word : call.words)
    if (found < words.size() && word.known && stands_for(words[found], word.text)) ++found;
  return found == words.size();
}

bool is_interpreter(std::string_view name) { return name.starts_with("python") || is_in(list::script_runners, name); }

// Whether a call runs the program `name`: itself, or the script that an interpreter runs.
bool is_of(const shell::Call& call, const std::string& name) {
  if (is_in(list::printing, call.program)) return false;
  if (stands_for(name, call.words.front().text)) return true;
  if (!is_interpreter(call.program)) return false;
  const auto script = std::find_if(call.words.begin() + 1, call.words.end(), [](const shell::Value& word) {
    return word.text.empty() || word.text.front() != '-';
  });
  return script != call.words.end() && stands_for(name, script->text);
}

// Removes words that only start the program: `npx jest` and `uv run pytest` become jest and pytest.
std::vector<std::string> bare(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) line += "'" + word + "' ";
  std::vector<std::string> found;
  shell::trace(line, "/", Anywhere(), [&](const shell::Call& call) {
    if (found.empty())
      for (const shell::Value& word : call.words) found.push_back(word.text);
  });
  return found.empty() ? words : found;
}

// -1: none.
long number_of(std::string_view digits) {
  return digits.empty() || digits.size() > 9 ? -1 : std::stol(std::string(digits));
}

// The number that a text ends with, or begins with, with blanks between.
long number_before(std::string_view text) {
  text.remove_suffix(letters::run_at_end(text, letters::is_blank).size());
  return number_of(letters::run_at_end(text, letters::is_digit));
}
long number_after(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t:"), text.size()));
  return number_of(letters::run_at_begin(text, letters::is_digit));
}

// go: "ok  \tpackage\t0.01s", unless it ends with "[no tests to run]".
bool has_go_package(std::string_view text) {
  for (const std::string_view line : letters::lines(text)) {
    const bool is_package = line.substr(0, 4) == "ok  " || line.substr(0, 5) == "fail\t" || line.substr(0, 4) == "--- ";
    if (is_package && line.find("[no test") == std::string_view::npos &&
        line.find("[build failed]") == std::string_view::npos)
      return true;
  }
  return false;
}

// Clients report what a tool printed in several shapes, and a failed shell line as one text that begins with "Exit
// code". A status that the client did not report is -1: ended in some other way.

using syntax::Node, syntax::NodeKind;

void add(std::string& text, const std::string& more) {
  if (more.empty()) return;
  if (!text.empty() && text.back() != '\n') text += '\n';
  text += more;
}

std::string texts_of(const Node& content) {
  std::string text;
  for (const Node& item : content.items)
    add(text, item.kind == NodeKind::string ? item.text : hook::text_of(item, "text"));
  return text;
}

// An MCP answer is a list of items or an object with such a list. If it has structured content, the model reads only
// that.
std::string answered_text(const Node& response) {
  if (response.kind == NodeKind::string) return response.text;
  if (response.kind == NodeKind::list) return texts_of(response);
  if (const Node* structured = response.find("structuredContent")) {
    syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
    syntax::write_json(json, *structured);
    return json.take();
  }
  if (const Node* content = response.find("content"))
    return content->kind == NodeKind::string ? content->text : texts_of(*content);
  std::string text;
  for (const char* key : {"stdout", "stderr", "result"}) add(text, hook::text_of(response, key));
  return text;
}

// "Exit code 2
// ..." is the client's report of a failed line; without it, the line did not end by itself.
int status_of(const std::string& error) {
  constexpr std::string_view said = "Exit code ";
  int status = -1;
  if (error.compare(0, said.size(), said) == 0)
    std::from_chars(error.data() + said.size(), error.data() + error.size(), status);
  return status;
}

}  // namespace

Deed read_deed(const ToolCall& call) {
  Deed deed;
  deed.failed = call.failed;
  deed.background = call.background;
  if (call.tool != client::tool_names::bash) return deed;
  const syntax::Node* command = call.input.find("command");
  if (command == nullptr || command->kind != syntax::NodeKind::string) return deed;
  std::vector<shell::Call> printed;
  const shell::Trace traced = shell::trace(
      command->text, call.directory.empty() ? "/" : call.directory, Anywhere(), [&](const shell::Call& seen) {
        if (seen.kind == shell::Call::Kind::output && seen.pipeline != 0)
          for (Program& program : deed.programs)
            program.consumed = program.consumed || program.call.pipeline == seen.pipeline;
        if (seen.words.empty()) return;
        if (seen.kind == shell::Call::Kind::printer)
          printed.push_back(seen);
        else
          deed.programs.push_back({seen, End::unknown, false, false, false});
      });
  if (!traced.complete) return deed;
  judge_ends(deed, call);
  judge_tests(deed, call, printed);
  for (Program& program : deed.programs)
    program.printed = deed.programs.size() <= most_programs &&
                      (program.call.bearing.passed || owns_output(deed, program, printed, call.output));
  return deed;
}

const Program* find_ended(const Deed& deed, const std::vector<std::string>& words, End end) {
  const std::vector<std::string> wanted = words.empty() ? words : bare(words);
  for (auto program = deed.programs.rbegin(); program != deed.programs.rend(); ++program) {
    if (program->end != end) continue;
    const bool asks = has(program->call, "--version") || has(program->call, "--help");  // it checks nothing
    const bool fits = program->is_test || (!asks && !wanted.empty() && is_of(program->call, wanted.front()));
    if (fits && has_all(program->call, wanted)) return &*program;
  }
  return nullptr;
}

std::string words_of(const Program& program) {
  constexpr std::size_t most = 120;
  std::string text = letters::joined(
      program.call.words, " ", [&](const shell::Value& word) { return word.known ? word.text : word.text + "..."; });
  if (text.size() > most) text.resize(most);
  return text;
}

std::optional<std::string> makes_commit(const Deed& deed) {
  for (const Program& program : deed.programs) {
    if (program.end != End::passed || program.call.program != "git" || has(program.call, "--dry-run")) continue;
    if (repository::git_words(program.call, {}).verb == "commit") return program.call.directory;
  }
  return std::nullopt;
}

TestCount tests_in(std::string_view output) {
  const std::string lower = letters::to_lower(output) + "\n";
  const std::string_view text = lower;
  bool none = has_part(list::nothing_ran, text);
  bool some = false;
  const auto count = [&](long number) {
    none = none || number == 0;
    some = some || number > 0;
  };
  for (const std::string_view word : list::counted)
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
      count(number_before(text.substr(0, at)));
  for (const std::string_view word : list::counting)
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
      count(number_after(text.substr(at + word.size())));
  for (const std::string_view word : list::passed_over)
    if (const std::size_t at = text.find(word); at != std::string::npos)
      none = none || number_before(text.substr(0, at)) > 0;
  if (some || has_go_package(text)) return TestCount::some;
  return none ? TestCount::none : TestCount::unknown;
}

ToolCall tool_call(const client::EventInput& event) {
  ToolCall call;
  call.tool = event.tool_name;
  call.input = event.tool_input;
  call.response = event.tool_response;
  call.failed = event.kind == hook::EventKind::tool_failure;
  call.output = call.failed ? event.error : answered_text(event.tool_response);
  if (call.failed) call.status = event.is_interrupt ? -1 : status_of(event.error);
  if (client::is_true(event.tool_response, "interrupted")) call.status = -1;
  call.task = hook::text_of(event.tool_response, "backgroundTaskId");
  call.background = !call.task.empty();
  call.directory = event.working_directory;
  call.agent = event.agent_id;
  call.prompt_id = event.prompt_id;
  return call;
}

}  // namespace cascade::evidence
