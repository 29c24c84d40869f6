#include "files/run_program.h"

#include "files/tree.h"

namespace cascade::files {

Result<std::string> ChildProcess::next(int most_milliseconds) {
  constexpr std::size_t max_answer_bytes = std::size_t{4} << 20;
  for (std::size_t looked_at = 0;;) {
    if (const std::size_t end = rest_.find('\n', looked_at); end != std::string::npos) {
      std::string answer = rest_.substr(0, end);
      rest_.erase(0, end + 1);
      return answer;
    }
    looked_at = rest_.size();
    if (rest_.size() > max_answer_bytes) return Error{ErrorCode::unreadable, "too long an answer", path_, ""};
    if (const auto filled = fill(most_milliseconds); !filled) return filled.error();
  }
}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
  std::swap(process_, other.process_);
  std::swap(input_, other.input_);
  std::swap(output_, other.output_);
  std::swap(path_, other.path_);
  std::swap(rest_, other.rest_);
  return *this;
}

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
