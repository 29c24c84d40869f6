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

// Commands that the client runs without a question (its documentation of permissions, "Read-only commands"); also words
// of the shell itself, which are no commands.
bool is_never_asked(const ShellCommand& command, std::string_view program) {
  static constexpr auto words = letters::word_set(
      "ls", "cat", "echo", "pwd", "head", "tail", "grep", "find", "wc", "which", "diff", "stat", "du", "cd", "printf",
      "true", "false", "test", "export", "set", "read", "local", "return", "exit", "if", "then", "else", "elif", "fi",
      "for", "while", "until", "do", "done", "case", "esac", "function", "source", "sleep", "mkdir", "sort", "uniq",
      "cut", "tr", "jq", "sed", "awk", "xargs", "date", "basename", "dirname", "type", "command", "alias", "unset");
  static constexpr auto git = letters::word_set(
      "status", "log", "diff", "show", "blame", "branch", "rev-parse", "rev-list", "ls-files", "remote", "describe",
      "merge-base", "shortlog", "grep", "tag", "config", "reflog", "cat-file", "ls-tree", "for-each-ref");
  const std::size_t next = command.first_argument();
  if (program != "git") return words.has(program);
  return next >= command.words.size() || git.has(command.words[next]);
}

// "git log" of Bash(git log:*), which lets pass what begins with it; "" lets everything pass.
bool lets_pass(std::string_view pattern, std::string_view command) {
  const std::size_t star = pattern.find('*');
  std::string_view start = pattern.substr(0, star);
  if (star == std::string_view::npos) return command == pattern;
  while (start.ends_with(':') || start.ends_with(' ')) start.remove_suffix(1);
  return command.starts_with(start);
}

// "git log:*", "gh pr view *": can neither change a file nor run a program of the project.
bool only_reads(std::string_view pattern) {
  const std::string start(pattern.substr(0, pattern.find_first_of(":*")));
  const std::vector<ShellCommand> commands = parse_shell(start);
  if (commands.size() != 1) return false;
  const ShellCommand& command = commands.front();
  const std::string_view program = command.program();
  if (program == "gh" || program == "glab")
    return command.words.size() > 2 &&
           letters::is_one_of(command.words[2], {"view", "list", "diff", "checks", "status"});
  return command.first_argument() > 0 && is_never_asked(command, program) &&
         (program != "git" || command.first_argument() < command.words.size()) &&
         !letters::is_one_of(program, {"sed", "awk", "xargs", "find"});
}

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

std::string command_line(const ShellCommand& command) {
  std::string text;
  for (std::size_t i = command.first_argument() - 1; i < command.words.size(); ++i)
    text += (text.empty() ? "" : " ") + command.words[i];
  return text;
}

std::optional<GrantedTools> GrantedTools::of(const Document& document) {
  const bool agent = document.role() == Role::agent;
  const auto field = [&](const char* name) {
    const syntax::Node* node = document.field(name);
    return node != nullptr && node->kind != syntax::NodeKind::map ? node : nullptr;
  };
  const syntax::Node* const list = field(agent ? "tools" : "allowed-tools");
  const syntax::Node* const taken = agent ? field("disallowedTools") : nullptr;
  if (list == nullptr && (taken == nullptr || document.field("tools") != nullptr)) return std::nullopt;
  if (is_for_another_client(document) || (list != nullptr && lists_tools_for_several(document, *list)))
    return std::nullopt;
  GrantedTools granted;
  granted.confines_ = agent;
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
  if (agent && document.field("memory") != nullptr) granted.allow({Power::write});
  if (agent && document.field("mcpServers") != nullptr) granted.allow({Power::write, Power::remove, Power::fetch});
  return granted;
}

void GrantedTools::take(const ToolName& tool) {
  const auto of_shell = {Power::run, Power::write, Power::remove, Power::fetch, Power::publish};
  if (tool.server.empty() && names::runs_commands(tool.tool)) {
    if (tool.pattern.empty())
      runs_anything_ = true;
    else
      patterns_.push_back(tool.pattern);
    if (tool.pattern.empty() || !only_reads(tool.pattern)) allow(of_shell);
    return;
  }
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

bool GrantedTools::lets_run(const ShellCommand& command) const {
  const std::string_view program = command.program();
  if (can(Power::run) && !has_patterns()) return true;  // through a server
  // Without a shell, what other tools do as well: reading and looking for files.
  if (is_never_asked(command, program) && (program != "git" || !confines_ || has_patterns())) return true;
  return lets_run(command_line(command));
}

bool GrantedTools::lets_run(std::string_view command) const {
  return runs_anything_ ||
         std::ranges::any_of(patterns_, [&](const std::string& one) { return lets_pass(one, command); });
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
