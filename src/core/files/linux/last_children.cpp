#include "files/last_children.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace cascade::files {

LastChildren::LastChildren() { ::prctl(PR_SET_CHILD_SUBREAPER, 1); }

LastChildren::~LastChildren() {
  constexpr int most_waits = 6'000, microseconds = 10'000;
  for (int i = 0; i < most_waits; ++i) {
    const pid_t ended = ::waitpid(-1, nullptr, WNOHANG);
    if (ended < 0) break;  // there is no child left
    if (ended == 0) ::usleep(microseconds);
  }
  ::prctl(PR_SET_CHILD_SUBREAPER, 0);
}

}  // namespace cascade::files
