#include "client/other_tools.h"

#include <algorithm>
#include <iterator>

namespace cascade::client {
namespace {

// clang-format off
constexpr std::string_view tools_of_others[] = {  // by bytes
    "activate_skill", "apply_patch", "ask_user", "bash", "changes", "codebase", "codebase_search", "create",
    "create_file", "delete_file", "edit", "editFiles", "edit_file", "execute", "extensions", "fetch",
    "fetch_webpage", "file_search", "findTestFiles", "get_errors", "githubRepo", "glob", "google_web_search",
    "grep", "grep_search", "insert_edit_into_file", "list", "list_dir", "list_directory", "lsp", "memory",
    "multi_edit", "new", "openSimpleBrowser", "patch", "problems", "question", "read", "read_bash", "read_file",
    "read_many_files", "replace", "replace_string_in_file", "report_intent", "runCommands", "runNotebooks",
    "runSubagent", "runTasks", "runTests", "run_in_terminal", "run_shell_command", "run_terminal_cmd",
    "save_memory", "search", "searchResults", "search_file_content", "search_replace", "semantic_search",
    "shell", "skill", "stop_bash", "store_memory", "str_replace_editor", "task", "terminalLastCommand",
    "terminalSelection", "testFailure", "think", "todo", "todoread", "todos", "todowrite", "update_plan",
    "update_todo", "update_topic", "usages", "view", "view_image", "vscode", "vscodeAPI", "web", "web_fetch",
    "web_search", "webfetch", "websearch", "write", "write_bash", "write_file", "write_todos"};
// clang-format on

constexpr bool is_in_order_of_bytes() {
  for (std::size_t i = 1; i < std::size(tools_of_others); ++i)
    if (!(tools_of_others[i - 1] < tools_of_others[i])) return false;
  return true;
}
static_assert(is_in_order_of_bytes());

}  // namespace

bool is_tool_of_another_client(std::string_view name) noexcept {
  return std::binary_search(std::begin(tools_of_others), std::end(tools_of_others), name);
}

}  // namespace cascade::client
