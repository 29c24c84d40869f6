#include "guard/guard_git_hook.h"

#include <ctime>

#include "cli/guard_actions.h"
#include "cli/hook_switch.h"
#include "cli/standard_input.h"
#include "cli/system_surroundings.h"
#include "files/become.h"
#include "files/tree.h"
#include "guard/layer_two.h"
#include "system/system.h"

namespace cascade::cli {

Exit run_git_hook(Call& call, const std::vector<std::string>& words) {
  if (words.size() < 6) return refuse(call.console(), {ErrorCode::misuse, "a hook without its name", "", ""});
  systems::GitHook hook{
      words[4], words[5], {words.begin() + 6, words.end()}, {}, files::DiskTree().real_path(".").value_or("/")};
  const bool reads = hook.name == "reference-transaction" || hook.name == "pre-push" || hook.name == "post-rewrite" ||
                     hook.name == "pre-receive" || hook.name == "post-receive";
  if (reads) hook.input = read_standard_input(max_call_bytes);
  systems::Surroundings surroundings = system_surroundings(call, std::time(nullptr));
  surroundings.state_directory = words[1];
  surroundings.users_file = words[2];
  surroundings.temporary = {"/tmp", "/var/tmp", "/dev/shm", words[3]};
  Environment began = call.environment();
  began.state = words[1];
  const auto refusal = are_hooks_off(began) ? Result<std::optional<std::string>>(std::nullopt)
                                            : systems::judge_git_hook(hook, surroundings);
  if (!refusal) return refuse(call.console(), refusal.error());
  if (*refusal) {
    call.console().complain(**refusal);
    return Exit::no;
  }
  for (const core::System* const system : core::systems()) {
    if (system->push == nullptr || hook.name != "pre-push" || are_hooks_off(began)) continue;
    std::string warnings;
    const auto why = system->push(began, hook.name, hook.arguments, hook.input, hook.directory, warnings);
    if (!why) return refuse(call.console(), why.error());
    if (*why) {
      call.console().complain(**why);
      return Exit::no;
    }
    if (!warnings.empty()) call.console().complain(warnings);
  }
  const std::string own = systems::own_hook(hook, surroundings);
  if (own.empty()) return Exit::yes;
  std::vector<std::string> command = {own};
  command.insert(command.end(), hook.arguments.begin(), hook.arguments.end());
  return refuse(call.console(), files::become(command, reads, hook.input));
}

}  // namespace cascade::cli
