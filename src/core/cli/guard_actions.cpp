#include "cli/guard_actions.h"

#include <ctime>

#include "cli/consents.h"
#include "cli/hook_options.h"
#include "events/systems.h"
#include "files/paths.h"
#include "files/tree.h"
#include "session/ledger.h"
#include "system/system.h"

namespace cascade::cli {

Exit refuse(Console& console, Error error) {
  error.message = "the guard cannot judge this tool call, so it is refused: " + error.message;
  if (error.help.empty())
    error.help = "cascade doctor; `cascade hook --off` in a terminal of your own switches the guard off";
  static_cast<void>(console.fail(error));
  return Exit::no;
}

Exit check_line(Call& call, const std::string& line, const std::string& cwd, const std::string& project) {
  const files::DiskTree tree;
  const std::string here = tree.real_path(".").value_or("/");
  const std::string directory = files::normalise(cwd.empty() ? here : files::join(here, cwd));
  const auto found = systems::check(line, directory, project.empty() ? here : files::join(here, project),
                                    system_surroundings(call, std::time(nullptr)));
  if (!found) return call.console().fail(found.error());
  call.console().print(found->verdict + "\n");
  for (std::string reason : found->reasons) {
    for (std::size_t at = reason.find('\n'); at != std::string::npos; at = reason.find('\n', at + 1))
      reason.insert(at + 1, "  ");
    call.console().print("  " + reason + "\n");
  }
  if (!found->programs.empty()) call.console().print("programs\n");
  for (const std::string& program : found->programs) call.console().print("  " + program + "\n");
  return found->verdict == "silent" ? Exit::yes : Exit::no;
}

Result<void> record_leave(Span<const core::System*> systems, const std::string& session, const std::string& what,
                          const std::string& directory, const systems::Surroundings& surroundings) {
  bool is_recorded = false;
  for (const core::System* const system : systems) {
    if (system->allow == nullptr) continue;
    is_recorded = true;
    if (auto done = system->allow(session, what, directory, surroundings); !done) return done;
  }
  if (is_recorded) return {};
  return Error{ErrorCode::unsupported, "this cascade is built without the guard of repositories", "", ""};
}

Exit allow_in_session(Call& call, const std::string& what, std::string session) {
  if (is_run_by_client(call.environment()))
    return call.console().fail({ErrorCode::misuse, "only a person may allow something, in a terminal of their own", "",
                                "leave the client's shell, or name the place in a prompt"});
  if (session.empty()) {
    const auto sessions = session::list_sessions(call.environment().state);
    if (sessions.empty())
      return call.console().fail({ErrorCode::not_found, "there is no session", "", "cascade session list"});
    session = sessions.front().session_id;
  }
  const std::string here = files::DiskTree().real_path(".").value_or("/");
  if (const auto done =
          record_leave(core::systems(), session, what, here, system_surroundings(call, std::time(nullptr)));
      !done)
    return call.console().fail(done.error());
  call.console().note("session " + session + " may write to " + what);
  return Exit::yes;
}

}  // namespace cascade::cli
