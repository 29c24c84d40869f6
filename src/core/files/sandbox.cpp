#include "files/sandbox.h"

#include "files/run_program.h"
#include "files/tree.h"

namespace cascade::files {

std::vector<std::string> sandbox_words(const std::string& sandbox) {
  return {sandbox,
          "--unshare-all",
          "--die-with-parent",
          "--new-session",
          "--cap-drop",
          "ALL",
          "--ro-bind",
          "/",
          "/",
          "--dev",
          "/dev",
          "--proc",
          "/proc",
          "--tmpfs",
          "/tmp",
          "--tmpfs",
          "/run"};
}

bool can_confine(const std::string& sandbox) {
  constexpr std::uint32_t most_milliseconds = 2'000;
  if (sandbox.empty() || !DiskTree().stat(sandbox)) return false;
  ProgramCall program;
  program.words = sandbox_words(sandbox);
  program.words.insert(program.words.end(), {"--", "/bin/true"});
  program.milliseconds = most_milliseconds;
  program.only_these = true;
  const auto run = run_program(program);
  return run && run->exit_code == 0 && !run->timed_out;
}

}  // namespace cascade::files
