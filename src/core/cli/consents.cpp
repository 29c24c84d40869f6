#include "cli/consents.h"

#include <string>

#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/process.h"
#include "files/tree.h"

namespace cascade::cli {

bool is_run_by_client(const Environment& environment) {
  return environment.in_client || files::descends_from_one_with("CLAUDECODE");
}

std::optional<Error> typed_by_anybody() {
  // Servers that keep terminals for others; "tmate" and "byobu" are tmux.
  const std::string server =
      files::ancestor_named({"tmux", "tmate", "screen", "SCREEN", "zellij", "dtach", "abduco", "shpool", "wezterm-mux",
                             "expect", "ttyd", "gotty", "atd", "cron", "crond"});
  const std::string from = files::variable("SSH_CONNECTION").value_or("");
  const bool loops = from.starts_with("127.") || from.starts_with("::1 ");
  if (server.empty() && !loops) return std::nullopt;
  return Error{ErrorCode::unsupported,
               "in this terminal (" + (loops ? std::string("ssh from this machine") : server) +
                   ") any program can type, so a typed word does not show that a person allows it",
               "", "run it in a terminal window or a login that is not inside tmux, screen or the like"};
}

Error only_a_person() {
  return {ErrorCode::misuse, "only a person may allow something, in a terminal of their own", "",
          "leave the client's shell"};
}

Result<trust::Allowed> read_consents(const Environment& environment) {
  if (environment.allowed.empty())
    return Error{ErrorCode::unwritable, "there is no folder to keep it in", "", "set HOME"};
  return trust::Allowed::read(files::DiskTree(), environment.allowed);
}

Result<void> write_consents(const Environment& environment, const trust::Allowed& allowed) {
  if (auto made = files::make_directories(std::string(files::parent(environment.allowed))); !made) return made;
  return files::write_atomically(environment.allowed, allowed.text(), 0600);
}

}  // namespace cascade::cli
