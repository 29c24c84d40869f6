// The only place that ends the process and the only one that catches what escaped. A hook ends with 0 whatever happens
// and leaves its fault in the log. With CASCADE_OWN_VERBS it is cascade-systems: verbs in a program of their own, which
// `cascade` becomes.
#include "cli/call.h"
#include "cli/program.h"
#include "cli/system.h"
#include "cli/verb_hook.h"
#include "files/process.h"

#include <unistd.h>
#include <algorithm>
#include <ctime>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#ifdef CASCADE_OWN_VERBS
namespace cascade::cli {
const Verb* own_verb(std::string_view name) noexcept;  // written by the build; null: it is none of these
}
#endif

namespace {

using cascade::cli::Exit;

Exit bug(const char* what) noexcept {
  using cascade::cli::write_all;
  write_all(STDERR_FILENO, "cascade: internal error: ");
  write_all(STDERR_FILENO, what);
  write_all(STDERR_FILENO, "\n  help: this is a bug in cascade; please report it with the command line\n");
  return Exit::bug;
}

// The system gives no more memory, or no more threads. Nothing is allocated here if that can be helped.
Exit exhausted() noexcept {
  using cascade::cli::write_all;
  write_all(STDERR_FILENO, "cascade: there is not enough memory");
  try {
    if (const std::string limit = cascade::cli::memory_limit(); !limit.empty())
      write_all(STDERR_FILENO, " (" + limit + ")");
  } catch (...) {  // then without the number
  }
  write_all(STDERR_FILENO, "\n  help: let the process have more, or work on fewer files\n");
  return Exit::failed;
}

// A verb that must not fail leaves its faults where `cascade doctor` finds them.
void log_bug(const char* what) noexcept {
  try {
    cascade::cli::log_fault(cascade::cli::read_environment().state, std::time(nullptr),
                            {cascade::ErrorCode::malformed, std::string("internal error: ") + what, "", ""});
  } catch (const std::bad_alloc&) {
    exhausted();
  } catch (...) {
    bug("the fault could not be logged");
  }
}

void log_exhausted() noexcept {
  try {
    cascade::cli::log_fault(
        cascade::cli::read_environment().state, std::time(nullptr),
        {cascade::ErrorCode::unreadable, "there was not enough memory", "", cascade::cli::memory_limit()});
  } catch (...) {  // it was said on standard error
  }
}

#ifdef CASCADE_OWN_VERBS
Exit answer(const cascade::cli::CommandLine& line, cascade::cli::Console& console) {
  using namespace cascade::cli;
  console.set_quiet(line.options.quiet);
  if (line.fault) return console.fail(*line.fault);
  const Verb* verb = own_verb(line.verb);
  if (verb == nullptr) return console.fail(misuse("'" + line.verb + "' is no verb of this program", "run 'cascade'"));
  return run_verb(*verb, line, read_environment(), console);
}
bool must_end_well(const cascade::cli::CommandLine&) { return false; }
#else
Exit answer(const cascade::cli::CommandLine& line, cascade::cli::Console& console) {
  return cascade::cli::run_program(line, cascade::cli::read_environment(), console);
}
bool must_end_well(const cascade::cli::CommandLine& line) { return cascade::cli::is_lenient(line); }
#endif

Exit run(const cascade::cli::CommandLine& line) {
  cascade::cli::Console console;
  const Exit exit = answer(line, console);
  if (!console.flush()) return Exit::failed;
  return exit;
}

}  // namespace

// Exceptions end here and nowhere else; only main ends the process.
int main(int count, char** words) {
  cascade::cli::prepare_process();
  cascade::cli::reserve_standard_descriptors();
  // Decided before the command line is parsed: a hook must never be in the way, even if memory is too short to parse
  // it.
  bool lenient = std::any_of(words, words + count, [](const char* word) { return std::string_view(word) == "hook"; });
  Exit exit = Exit::bug;
  try {
    std::vector<std::string> arguments = cascade::files::program_arguments(count, words);
    if (!arguments.empty()) arguments.erase(arguments.begin());
    const auto line = cascade::cli::read_command_line(arguments);
    lenient = must_end_well(line);
    exit = run(line);
  } catch (const std::bad_alloc&) {
    exit = exhausted();
    if (lenient) log_exhausted();
  } catch (const std::system_error& fault) {
    const bool is_short =
        fault.code() == std::errc::resource_unavailable_try_again || fault.code() == std::errc::not_enough_memory;
    exit = is_short ? exhausted() : bug(fault.what());
    if (lenient) is_short ? log_exhausted() : log_bug(fault.what());
  } catch (const std::exception& fault) {
    exit = bug(fault.what());
    if (lenient) log_bug(fault.what());
  } catch (...) {
    exit = bug("an exception of unknown type");
    if (lenient) log_bug("an exception of unknown type");
  }
  return static_cast<int>(lenient ? Exit::yes : exit);
}
