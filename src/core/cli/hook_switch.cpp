#include "cli/hook_switch.h"

#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/tree.h"

namespace cascade::cli {
namespace {

std::string marker(const Environment& environment) { return files::join(environment.state, "off"); }

Result<void> write_marker(const Environment& environment, bool off) {
  if (environment.state.empty()) return Error{ErrorCode::unwritable, "there is no state folder", "", "set HOME"};
  if (!off) return files::remove_file(marker(environment));
  if (auto made = files::make_directories(environment.state); !made) return made;
  return files::write_atomically(marker(environment), "", 0600);
}

}  // namespace

bool are_hooks_off(const Environment& environment) {
  return !environment.state.empty() && files::DiskTree().stat(marker(environment)).has_value();
}

Exit switch_hooks(Call& call, bool off) {
  if (auto switched = write_marker(call.environment(), off); !switched) return call.console().fail(switched.error());
  call.console().note(off ? "hooks are silent until `cascade hook --on`" : "hooks answer again");
  return Exit::yes;
}

}  // namespace cascade::cli
