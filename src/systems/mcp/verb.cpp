// Serves tools over standard input and output until the client closes them.
#include "cli/call.h"
#include "cli/console.h"
#include "cli/system.h"
#include "files/process.h"
#include "files/tree.h"
#include "mcp/library_tools.h"
#include "policy/policy.h"
#include "protocol/server.h"
#include "system/system.h"

#include <algorithm>

namespace cascade::cli {
namespace {

// Reads lines of any length. Of a line that is too long, only enough is kept to show that it is.
class Lines {
 public:
  // False at the end of the input.
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
    const std::ptrdiff_t got = read_some(buffer_.data(), most);
    at_ = 0;
    end_ = got > 0 ? static_cast<std::size_t>(got) : 0;
    buffer_.resize(end_);
    return got > 0;
  }

  std::string buffer_;
  std::size_t at_ = 0, end_ = 0;
};

// Keeps the tools in `wanted`, or if that is empty those listed by default. misuse: an unknown tool.
Result<void> choose_tools(const std::vector<std::string>& wanted, mcp::Server& server) {
  const auto is_wanted = [&](const mcp::Tool& tool) {
    return wanted.empty() ? tool.is_listed_unasked : std::ranges::find(wanted, tool.name) != wanted.end();
  };
  for (const std::string& name : wanted) {
    const bool known = std::ranges::any_of(server.tools, [&](const mcp::Tool& tool) { return tool.name == name; });
    const bool needs_memory = name == "remember" || name == "recall";
    if (!known && !needs_memory)
      return Error{ErrorCode::misuse, "there is no tool '" + name + "'", {}, "load, find, why, remember, recall, past"};
  }
  server.tools.erase(
      std::remove_if(server.tools.begin(), server.tools.end(), [&](const mcp::Tool& tool) { return !is_wanted(tool); }),
      server.tools.end());
  return {};
}

// Changes to the folder of the process that started this one. If that is unknown, stays.
void enter_callers_folder() {
  const std::string folder = files::working_folder(files::parent_process());
  if (!folder.empty() && ::chdir(folder.c_str()) != 0) return;
}

void add_instructions(mcp::Server& server) {
  for (const mcp::Tool& tool : server.tools)
    if (!tool.instructions.empty()) server.instructions += (server.instructions.empty() ? "" : " ") + tool.instructions;
}

}  // namespace

Exit run_mcp(Call& call) {
  std::vector<std::string> wanted;
  Arguments arguments("mcp");
  bool of_caller = false;
  arguments.list("--tools", wanted);
  arguments.flag("--caller-folder", of_caller);
  if (const auto ended = call.read(arguments)) return *ended;
  if (of_caller) enter_callers_folder();
  const Environment& environment = call.environment();
  const files::DiskTree tree;
  const std::string working = tree.real_path(".").value_or("/");
  const std::string here = environment.project_directory.empty() ? working : environment.project_directory;
  const auto policy = policy::read_policy(tree, environment.users_configuration, here);
  if (!policy) return call.console().fail(policy.error());
  mcp::Server server;
  server.version = CASCADE_VERSION;
  server.tools = library_tools(call, working);
  for (const core::System* system : core::systems())
    if (system->tools != nullptr) system->tools(environment, *policy, here, server.tools);
  if (auto chosen = choose_tools(wanted, server); !chosen) return call.console().fail(chosen.error());
  add_instructions(server);
  const auto send = [&](const std::string& reply) {
    call.console().print(reply + "\n");
    return call.console().flush();
  };
  if (is_terminal(0))
    call.console().note(
        "a client speaks to this on standard input, in JSON-RPC; Ctrl-D ends it\n  help: cascade help mcp");
  Lines lines;
  for (std::string line; lines.next(line);)
    if (!mcp::answer(server, line, send)) break;  // the client is gone
  return Exit::yes;
}

}  // namespace cascade::cli
