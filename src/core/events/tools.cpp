// A tool of git is judged as the command line that it stands for, one whose input holds a line by that, one with a path
// and a text by the path, and one that writes to a hosted repository by owner and name.
#include <algorithm>

#include "client/names.h"
#include "events/judges.h"
#include "files/paths.h"
#include "git/address.h"
#include "text/suggestion.h"

namespace cascade::systems {
namespace {

using Words = std::initializer_list<std::string_view>;

// What goes into a file, in the inputs of tools that write one.
constexpr std::string_view text_keys[] = {"content",    "contents",  "new_string", "new_str",
                                          "new_source", "file_text", "text"};

bool begins_with_one_of(std::string_view text, Words words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.substr(0, word.size()) == word; });
}

bool holds_one_of(std::string_view text, Words words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

bool reads(std::string_view tool) {
  return begins_with_one_of(tool, {"get", "list", "search", "read", "find", "view", "show", "git_status", "git_diff",
                                   "git_log", "git_show", "directory_tree"});
}

bool writes_files(std::string_view tool) {
  if (reads(tool)) return false;
  for (const std::string_view whole : {"write", "edit", "append", "patch", "apply_patch", "apply_diff", "str_replace",
                                       "str_replace_editor", "replace_in_file"})
    if (tool == whole) return true;
  return begins_with_one_of(tool, {"write", "edit", "create", "move", "rename", "copy", "delete", "remove", "append",
                                   "insert", "replace", "patch", "update", "save", "make"}) &&
         holds_one_of(tool, {"file", "director", "folder", "notebook"});
}

// The value of the first of these members that is present.
std::string first_of(const hook::EventInput& event, Words keys) {
  for (const std::string_view key : keys)
    if (std::string text = hook::text_of(event.tool_input, key); !text.empty()) return text;
  return {};
}

// "owner/name" in the spelling of the hosts' servers; empty if the tool names none.
std::string hosted_name(const hook::EventInput& event) {
  const std::string owner = first_of(event, {"owner", "workspace"}), name = first_of(event, {"repo", "repo_slug"});
  if (!owner.empty() && !name.empty()) return owner + "/" + name;
  return name.find('/') != std::string::npos ? name : std::string();
}

// The git command line that is equivalent to a tool of mcp-server-git.
std::string git_line(std::string_view tool, const hook::EventInput& event, const std::string& folder) {
  std::string verb(tool.substr(4));
  if (verb == "create_branch") verb = "branch";
  std::string line = "git -C " + repository::shell_word(folder) + " " + verb;
  for (const char* key : {"branch_name", "branch", "remote"})
    if (const std::string word = hook::text_of(event.tool_input, key); !word.empty())
      line += " " + repository::shell_word(word);
  return line;
}

// The agent whose layer was sent to `recipient`.
std::string agent_of(const session::Ledger& ledger, const std::string& recipient) {
  constexpr std::string_view kind = "agent:";
  for (const session::Entry& entry : ledger.entries())
    if (entry.event == session::Event::inject && entry.recipient == recipient &&
        entry.root.compare(0, kind.size(), kind) == 0)
      return entry.root.substr(kind.size());
  return {};
}

}  // namespace

std::string_view mcp_tool(std::string_view name) {
  if (name.substr(0, 5) != "mcp__") return {};
  const std::size_t end = name.find("__", 5);
  return end == std::string_view::npos ? std::string_view() : name.substr(end + 2);
}

std::string written_text(const hook::EventInput& event) {
  std::string text;
  for (const std::string_view key : text_keys)
    if (text.empty()) text = hook::text_of(event.tool_input, key);
  if (const syntax::Node* edits = event.tool_input.find("edits"))
    for (const syntax::Node& edit : edits->items)
      text += (text.empty() ? "" : "\n") + hook::text_of(edit, "new_string");
  return text;
}

std::vector<std::string> written_files(const hook::EventInput& event) {
  std::vector<std::string> files;
  const auto take = [&](Words keys) {
    for (const std::string_view key : keys)
      if (std::string path = hook::text_of(event.tool_input, key);
          !path.empty() && std::ranges::find(files, path) == files.end())
        files.push_back(std::move(path));
  };
  const std::string_view tool = mcp_tool(event.tool_name);
  const bool has_text = !written_text(event).empty() && !reads(tool);
  if (client::tool_names::writes_text(event.tool_name)) {
    take({"file_path"});
  } else if (event.tool_name == client::tool_names::notebook_edit) {
    take({"notebook_path"});
  } else if ((writes_files(tool) || has_text) && hosted_name(event).empty()) {
    take({"path", "file_path", "filePath", "filename", "notebook_path", "target_file", "destination", "new_path"});
    // Copying leaves the source in place.
    if (!begins_with_one_of(tool, {"copy"})) take({"source", "old_path"});
  }
  return files;
}

ToolDeed tool_deed(const hook::EventInput& event) {
  ToolDeed deed;
  const std::string_view tool = mcp_tool(event.tool_name);
  if (reads(tool)) return deed;
  const std::string folder =
      first_of(event, {"repo_path", "repository_path", "working_directory", "workingDir", "workdir", "cwd"});
  if (const std::string name = hosted_name(event); !tool.empty() && !name.empty())
    deed.hosted = repository::hosted_repository(name).value_or(std::string());
  deed.directory = event.working_directory;
  if (tool.starts_with("git_")) {
    deed.line = git_line(tool, event, folder.empty() ? "." : folder);
    return deed;
  }
  if (event.tool_name != client::tool_names::bash && !folder.empty())
    deed.directory = files::join(event.working_directory, folder);
  deed.line = first_of(event, {"command", "cmd", "command_line", "script"});
  for (const std::string_view key : {"command", "cmd", "args", "argv"})  // ["git", "push"]
    if (const syntax::Node* words = event.tool_input.find(key); words != nullptr)
      for (const syntax::Node& word : words->items)
        deed.line += (deed.line.empty() ? "" : " ") + repository::shell_word(word.text);
  if (event.tool_name == client::tool_names::power_shell) deed.line = shell::from_power_shell(deed.line);
  return deed;
}

std::string acting_agent(const session::Ledger& ledger, const hook::EventInput& event) {
  if (event.agent_id.empty()) return {};
  if (std::string agent = agent_of(ledger, event.agent_id); !agent.empty()) return agent;
  for (const session::Entry& entry : ledger.entries())  // it took over the layer that waited for it
    if (entry.event == session::Event::inject && entry.recipient == event.agent_id && entry.decision == "taken")
      if (std::string agent = agent_of(ledger, entry.root); !agent.empty()) return agent;
  return event.agent_type;
}

std::optional<std::vector<std::string>> tools_of(const std::string& agent, const std::string& directory,
                                                 const Surroundings& surroundings) {
  const auto library = library_of(surroundings, directory, Freshness::partial);
  if (!library) return std::nullopt;
  const Registry registry = library->registry();
  const auto id = registry.find(Symbol{Kind::agent, agent});
  if (!id) return std::nullopt;
  std::vector<std::string> names;
  for (const ToolName& tool : registry.tools(*id))
    names.push_back(tool.server.empty() ? tool.tool
                                        : "mcp__" + tool.server + (tool.tool.empty() ? "" : "__" + tool.tool));
  if (names.empty()) return std::nullopt;
  return names;
}

bool is_named(const std::vector<std::string>& names, const std::string& tool) {
  return std::ranges::any_of(names, [&](const std::string& name) {
    if (!name.empty() && name.back() == '*') return tool.compare(0, name.size() - 1, name, 0, name.size() - 1) == 0;
    const bool server = name.compare(0, 5, "mcp__") == 0 && tool.compare(0, name.size() + 2, name + "__") == 0;
    return name == tool || server ||
           (client::tool_names::starts_agents(name) && client::tool_names::starts_agents(tool));
  });
}

Result<void> named_tools(JudgedCall& call) {
  const hook::EventInput& event = call.event;
  const policy::Mode mode = call.policy.mode_of("tools");
  if (event.kind == hook::EventKind::skill_line || mode == policy::Mode::off) return {};
  const std::string agent = acting_agent(call.ledger, event);
  if (agent.empty() || event.asked) return {};  // the entry skill runs nothing
  const auto tools = tools_of(agent, event.working_directory, call.surroundings);
  if (!tools || is_named(*tools, event.tool_name)) return {};
  call.refuse("tools", mode, repository::Decision::deny,
              "the agent " + agent + " may use " + letters::listed(*tools) + ", and not " + event.tool_name +
                  ": its manifest does not name it. Do it with these tools, or say what is missing");
  return {};
}

}  // namespace cascade::systems
