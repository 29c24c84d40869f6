#include "files/run_program.h"

#include <utility>

namespace cascade::files {
namespace {

constexpr std::size_t max_answer_bytes = std::size_t{4} << 20;

}  // namespace

Result<std::string> ChildProcess::next(int most_milliseconds) {
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

Result<std::string> ChildProcess::take(std::size_t bytes, int most_milliseconds) {
  while (rest_.size() < bytes)
    if (const auto filled = fill(most_milliseconds); !filled) return filled.error();
  std::string taken = rest_.substr(0, bytes);
  rest_.erase(0, bytes);
  return taken;
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : process_(std::exchange(other.process_, -1)),
      input_(std::exchange(other.input_, -1)),
      output_(std::exchange(other.output_, -1)),
      path_(std::move(other.path_)),
      rest_(std::move(other.rest_)) {}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
  std::swap(process_, other.process_);
  std::swap(input_, other.input_);
  std::swap(output_, other.output_);
  std::swap(path_, other.path_);
  std::swap(rest_, other.rest_);
  return *this;
}

}  // namespace cascade::files
