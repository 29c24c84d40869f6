// What people say of a change, as the core knows the system: the verb, and what git's hook of a push asks, are answered
// by a program of its own, cascade-systems.
#include <iterator>

#include "cli/environment.h"
#include "cli/verbs.h"
#include "files/run_program.h"
#include "files/tree.h"
#include "policy/explained.h"
#include "system/system.h"

namespace cascade::core {
namespace {

using cli::Exit, cli::Group;
constexpr cli::Verb explain_verbs[] = {
    {"explain", Group::measure, 40, "ask for, check and show what people say of a change", cli::become_own_program,
     cli::Words::files, "new, check, show ID, list or hook NAME"},
};

using Refusal = std::optional<std::string>;

// What the program says on standard error, without its name and the last line's end.
std::string said(std::string text) {
  constexpr std::string_view name = "cascade: ";
  while (text.ends_with('\n')) text.pop_back();
  return text.starts_with(name) ? text.substr(name.size()) : text;
}

Result<Refusal> judge_push(const cli::Environment& environment, const std::string& hook,
                           const std::vector<std::string>& arguments, const std::string& input,
                           const std::string& directory, std::string& warnings) {
  constexpr std::uint32_t most_milliseconds = 600'000;
  if (!comprehension::may_be_asked_for(files::DiskTree(), environment.users_configuration, directory)) return Refusal();
  files::ProgramCall program;
  program.words = {cli::systems_program(), "explain", "hook", hook};
  if (program.words.front().empty())
    return Error{ErrorCode::unsupported, "cascade-systems is not there", {}, "install all of Cascade"};
  program.words.insert(program.words.end(), arguments.begin(), arguments.end());
  program.input = input;
  program.directory = directory;
  program.environment = files::process_environment();
  program.milliseconds = most_milliseconds;
  auto run = files::run_program(program);
  if (!run) return run.error();
  std::string text = said(std::move(run->errors));
  if (run->exit_code == static_cast<int>(Exit::no)) return Refusal(std::move(text));
  if (run->exit_code != static_cast<int>(Exit::yes)) return Error{ErrorCode::unreadable, std::move(text), {}, {}};
  warnings = std::move(text);
  return Refusal();
}

}  // namespace

extern const System explain_system;
const System explain_system = {
    .name = "explain",
    .verbs = {explain_verbs, std::size(explain_verbs)},
    .push = judge_push,
};

}  // namespace cascade::core
