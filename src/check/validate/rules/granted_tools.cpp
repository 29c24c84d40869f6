// Reads the list as the client does and adds up what each tool can do. What cannot be known counts as granted: a rule
// that says "no tool for it" must be sure.
#include "validate/rules/granted_tools.h"

#include <algorithm>

#include "client/built_in.h"
#include "client/names.h"
#include "manifest/fields.h"
#include "text/ascii.h"
#include "text/word_set.h"
#include "validate/rules/other_client.h"

namespace cascade::validation {
namespace {

namespace names = client::tool_names;

// What other tools do as well, reading and looking for files; also words of the shell itself, which are no commands.
constexpr auto done_without_shell = letters::word_set(
    "ls", "cat", "echo", "pwd", "head", "tail", "grep", "find", "wc", "which", "diff", "stat", "du", "cd", "printf",
    "true", "false", "test", "export", "set", "read", "local", "return", "exit", "if", "then", "else", "elif", "fi",
    "for", "while", "until", "do", "done", "case", "esac", "function", "source", "sleep", "mkdir", "sort", "uniq",
    "cut", "tr", "jq", "sed", "awk", "xargs", "date", "basename", "dirname", "type", "command", "alias", "unset");

// "docs" and "runTests" begin with "doc" and "run", "postgres" not with "post".
bool is_word_end(std::string_view word, std::size_t at) {
  return at == word.size() || letters::is_upper(word[at]) || (at + 1 == word.size() && word[at] == 's');
}

// What a tool can do whose name alone is known: of a server, or of nobody that the table knows.
bool is_named_for(std::string_view name, std::span<const std::string_view> words) {
  letters::WordCursor each(name);
  while (each.next())
    for (const std::string_view word : words)
      if (letters::starts_with_lower(each.word(), word) && (word.size() > 4 || is_word_end(each.word(), word.size())))
        return true;
  return false;
}

constexpr std::string_view run_words[] = {"run",  "exec",    "execute",   "shell",   "terminal",
                                          "bash", "command", "commander", "process", "python",
                                          "repl", "ssh",     "computer",  "sandbox"};
constexpr std::string_view write_words[] = {"write",     "edit",     "save",       "patch",  "apply",
                                            "replace",   "insert",   "filesystem", "fs",     "serena",
                                            "commander", "computer", "file",       "sandbox"};
constexpr std::string_view read_words[] = {"read", "get", "list", "search", "find"};
constexpr std::string_view fetch_words[] = {"fetch",     "web",        "webfetch", "websearch", "github",  "search",
                                            "brows",     "navigate",   "http",     "crawl",     "scrape",  "playwright",
                                            "puppeteer", "chrome",     "context7", "doc",       "tavily",  "firecrawl",
                                            "exa",       "perplexity", "url",      "computer",  "download"};
constexpr std::string_view start_words[] = {"agent", "task", "spawn", "swarm", "delegate", "orchestrat", "subagent"};

constexpr std::string_view publish_words[] = {"post",   "send",    "create", "comment", "message", "slack",
                                              "github", "gitlab",  "jira",   "mail",    "linear",  "gmail",
                                              "notify", "discord", "teams",  "publish", "submit",  "merge"};

// The client's tool that is meant by another name of it.
std::string_view present_name(std::string_view name) {
  const client::Tool* tool = client::find_tool(name);
  return tool == nullptr || tool->instead.empty() ? name : std::string_view(tool->instead);
}

}  // namespace

std::optional<GrantedTools> GrantedTools::of(const Document& document) {
  const auto field = [&](const char* name) {
    const syntax::Node* node = document.field(name);
    return node != nullptr && node->kind != syntax::NodeKind::map ? node : nullptr;
  };
  const syntax::Node* const list = field("tools");
  const syntax::Node* const taken = field("disallowedTools");
  if (list == nullptr && (taken == nullptr || document.field("tools") != nullptr)) return std::nullopt;
  if (is_for_another_client(document) || (list != nullptr && lists_tools_for_several(document, *list)))
    return std::nullopt;
  GrantedTools granted;
  granted.all_but_ = list == nullptr;
  std::vector<ToolName> gone;
  for (const syntax::Node* const from : {taken, list}) {
    if (from == nullptr) continue;
    for (const manifest::Item& item : manifest::items_of(*from, document.lines(), true)) {
      auto tool = item.balanced ? ToolName::parse(item.text) : std::nullopt;
      if (!tool || (tool->server.empty() && tool->tool == "*")) return std::nullopt;
      if (from == list && std::ranges::find(gone, *tool) == gone.end()) granted.tools_.push_back(*tool);
      if (from == taken && tool->pattern.empty()) gone.push_back(std::move(*tool));
    }
  }
  if (list != nullptr && granted.tools_.empty()) return std::nullopt;
  if (list == nullptr) {
    for (const char* name : {names::bash, names::edit, names::write, names::web_fetch, names::web_search, names::agent})
      if (ToolName tool{"", name, ""}; std::ranges::find(gone, tool) == gone.end()) granted.take(tool);
    granted.tools_ = std::move(gone);
  } else {
    for (const ToolName& tool : granted.tools_) granted.take(tool);
  }
  // An agent with a memory gets the tools to keep it; one's own servers may do anything.
  if (document.field("memory") != nullptr) granted.allow({Power::write});
  if (document.field("mcpServers") != nullptr) granted.allow({Power::write, Power::remove, Power::fetch});
  return granted;
}

void GrantedTools::take(const ToolName& tool) {
  const auto of_shell = {Power::run, Power::write, Power::remove, Power::fetch, Power::publish};
  if (tool.server.empty() && names::runs_commands(tool.tool)) return allow(of_shell);
  if (tool.server.empty() && client::find_tool(tool.tool) != nullptr) {
    if (names::writes_files(tool.tool)) allow({Power::write});
    if (names::fetches_pages(tool.tool)) allow({Power::fetch});
    if (names::starts_agents(tool.tool) || tool.tool == names::send_message) allow({Power::start});
    return;
  }
  const auto is_for = [&](const auto& words) {
    return is_named_for(tool.tool, words) || is_named_for(tool.server, words);
  };
  if (is_for(run_words)) allow(of_shell);
  if (!is_named_for(tool.tool, read_words) && is_for(write_words)) allow({Power::write, Power::remove});
  if (is_for(fetch_words)) allow({Power::fetch});
  if (is_named_for(tool.tool, start_words)) allow({Power::start});
  if (is_for(publish_words)) allow({Power::publish});
}

bool GrantedTools::lets_run(std::string_view program) const {
  return can(Power::run) || done_without_shell.has(program);
}

bool GrantedTools::has(std::string_view tool) const {
  const auto asked = ToolName::parse(tool);
  if (!asked) return true;
  const bool listed = std::ranges::any_of(tools_, [&](const ToolName& each) {
    if (each.server != asked->server) return false;
    return each.tool == asked->tool || (each.server.empty() ? present_name(each.tool) == present_name(asked->tool)
                                                            : each.tool == "*" || asked->tool == "*");
  });
  return listed != all_but_;
}

}  // namespace cascade::validation
