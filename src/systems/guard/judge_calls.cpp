// Judges what a tool call writes to repositories: its line, the files that it names, what an MCP server is asked for.
#include "client/names.h"
#include "events/judges.h"
#include "events/tools.h"
#include "guard/judge.h"

namespace cascade::systems {
namespace {

using policy::Mode;

repository::Settings settings_for(const JudgedCall& call) {
  const policy::Policy& policy = call.policy;
  const Surroundings& surroundings = call.surroundings;
  repository::Settings settings;
  settings.protected_branches = policy.protected_branches;
  settings.asks_git = policy.git_hooks;
  settings.only_follows = policy.mode_of("repository") == Mode::off && call.happens;
  settings.home = surroundings.home;
  settings.client_folder = surroundings.client_folder;
  settings.environment = surroundings.environment;
  for (const std::string& folder : surroundings.temporary)
    settings.temporary.push_back(repository::real_path_of(folder, call.tree));
  return settings;
}

// A tool of an MCP server becomes what it stands for, and is judged like it.
Result<void> judge_mcp(repository::Judge& judge, const hook::EventInput& event) {
  const McpDeed deed = mcp_deed(event);
  if (!deed.hosted.empty()) judge.hosted(deed.hosted, repository::Shown(event.tool_name));
  return deed.line.empty() ? Result<void>() : judge.command(deed.line, deed.directory);
}

Result<void> judge_event(repository::Judge& judge, const hook::EventInput& event) {
  for (const std::string& file : written_files(event)) judge.file(file, event.working_directory);
  if (event.tool_name != client::tool_names::bash) return judge_mcp(judge, event);
  const syntax::Node* line = event.tool_input.find("command");
  if (line == nullptr || line->kind != syntax::NodeKind::string)
    judge.cannot_tell("the event holds no command that could be read");
  else if (event.working_directory.empty())
    judge.cannot_tell("the event does not say where the command would run");
  return judge.command(hook::text_of(event.tool_input, "command"), event.working_directory);
}

// Judges what the call writes to repositories. Whoever asks is told what this guard would say even where it is off.
class Repository final : public CallJudge {
 public:
  explicit Repository(JudgedCall& call)
      : call_(call), settings_(settings_for(call)), judge_(call.expectations, settings_, call.git, call.tree) {}

  Result<void> judge() override {
    judge_.follow(call_.tell);
    if (auto judged = judge_event(judge_, call_.event); !judged) return judged;
    call_.made = judge_.made();
    const Mode mode = call_.happens ? call_.policy.mode_of("repository") : Mode::block;
    if (mode == Mode::off) return {};
    for (const repository::Finding& finding : judge_.findings())
      call_.refuse("repository", mode, finding.decision, finding.reason);
    return {};
  }

 private:
  JudgedCall& call_;
  const repository::Settings settings_;
  repository::Judge judge_;
};

}  // namespace

Judge repositories(JudgedCall& call) { return std::make_unique<Repository>(call); }

}  // namespace cascade::systems
