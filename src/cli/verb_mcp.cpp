// Serves tools over standard input and output until the client closes them.
#include "cli/call.h"
#include "cli/memory_place.h"
#include "cli/memory_tools.h"
#include "files/tree.h"
#include "mcp/server.h"
#include "policy/policy.h"

#include <unistd.h>

#include <cerrno>

namespace cascade::cli {
namespace {

// Lines of any length: of one that is too long only as much is kept as shows that it is.
class Lines {
 public:
  // False: the input has ended.
  bool next(std::string& line) {
    line.clear();
    while (true) {
      if (at_ == end_ && !fill()) return !line.empty();
      const std::size_t stop = std::min(buffer_.find('\n', at_), end_);
      if (line.size() <= mcp::max_line_bytes) line.append(buffer_, at_, stop - at_);
      at_ = std::min(stop + 1, end_);
      if (stop < end_) return true;
    }
  }

 private:
  bool fill() {
    constexpr std::size_t most = 64 * 1024;
    buffer_.resize(most);
    ssize_t got = 0;
    do got = ::read(STDIN_FILENO, buffer_.data(), most);
    while (got < 0 && errno == EINTR);
    at_ = 0;
    end_ = got > 0 ? static_cast<std::size_t>(got) : 0;
    buffer_.resize(end_);
    return got > 0;
  }

  std::string buffer_;
  std::size_t at_ = 0, end_ = 0;
};

}  // namespace

Exit run_mcp(Call& call) {
  Arguments arguments("mcp");
  bool stop = false;
  if (auto parsed = call.parse(arguments, stop); !parsed) return call.console().fail(parsed.error());
  if (stop) return Exit::yes;
  const Environment& environment = call.environment();
  const files::DiskTree tree;
  const std::string here =
      environment.project_directory.empty() ? tree.real_path(".").value_or("/") : environment.project_directory;
  const auto policy = policy::read_policy(tree, environment.users_configuration, here);
  if (!policy) return call.console().fail(policy.error());
  mcp::Server server;
  server.version = CASCADE_VERSION;
  if (policy->memory != policy::Mode::off) {
    recall::Place place = memory_place(environment, here);
    if (!policy->team.empty()) place.team = policy->team;
    server.tools = memory_tools(environment, place);
    server.instructions = "When the user states a lasting fact, decision or preference, keep it with `remember`.";
  }
  Lines lines;
  for (std::string line; lines.next(line);) {
    const std::string reply = mcp::answer(server, line);
    if (reply.empty()) continue;
    call.console().print(reply);
    call.console().print("\n");
    if (!call.console().flush()) return Exit::yes;  // nobody listens any more
  }
  return Exit::yes;
}

}  // namespace cascade::cli
