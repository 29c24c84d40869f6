// Effects and witnesses in calls of tools other than the shell. The client's fetch tool and browsers show pages. A
// server's tool is judged by the verbs in its name, since servers have no schema for what they do; statements for
// databases are read. Servers that work on this machine are left out, and what cannot be told is neither effect nor
// witness.
#include "evidence/tools.h"

#include <algorithm>

#include "client/names.h"
#include "evidence/addresses.h"
#include "evidence/words.h"
#include "syntax/members.h"
#include "text/ascii.h"

namespace cascade::evidence {
namespace {

using syntax::Node;
using syntax::NodeKind;

// Splits "mcp__server__tool"; empty: it is not such a name.
struct ToolName {
  std::string server, tool;
};
ToolName read_name(const std::string& name) {
  constexpr std::string_view prefix = "mcp__";
  if (name.compare(0, prefix.size(), prefix) != 0) return {};
  const std::size_t end = name.find("__", prefix.size());
  if (end == std::string::npos) return {};
  return {letters::to_lower(name.substr(prefix.size(), end - prefix.size())), name.substr(end + 2)};
}

// Splits a name into words: create_issue, delete-event, createPage.
std::vector<std::string> name_words(const std::string& name) {
  std::vector<std::string> words(1);
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool hump = letters::is_upper(name[i]) && i > 0 && !letters::is_upper(name[i - 1]);
    if ((hump || !letters::is_letter_or_digit(name[i])) && !words.back().empty()) words.emplace_back();
    if (letters::is_letter_or_digit(name[i])) words.back() += letters::to_lower(name[i]);
  }
  return words;
}

Finding of_tool(const ToolCall& call, bool is_effect, std::string target) {
  Finding finding;
  finding.is_effect = is_effect;
  finding.interface = Interface::http;
  finding.target = std::move(target);
  finding.program = call.tool;
  return finding;
}

// The client's own tool. Its answer has a status code if the page exists.
void judge_fetch(const ToolCall& call, std::vector<Finding>& found) {
  const std::string address = text_of(call.input, "url");
  const Node* code = call.response.find("code");
  if (address.empty() || is_own_machine(address)) return;
  if (code != nullptr && (code->text.size() != 3 || (code->text[0] != '2'))) return;
  found.push_back(of_tool(call, false, address));
  // A redirection to another host shows another page.
  if (const std::string end = text_of(call.response, "url"); !end.empty() && end != address) {
    if (is_own_machine(end)) return found.clear();
    found.back().target = end;
  }
}

bool is_browser(const ToolName& name) {
  return has_part(list::browser_servers, name.server) || name.tool.compare(0, 8, "browser_") == 0;
}

// Returns the address of the page that a browser's answer reports: "Page URL: https://..." at the begin of a line
// before the page's own text, which could claim anything; of several pages, the selected one.
std::string shown_address(const std::string& output) {
  for (const std::string_view mark : {"Page URL: ", "url="}) {
    std::size_t at = output.find(mark);
    const std::size_t page = output.find("```");
    if (at == std::string::npos || (page != std::string::npos && page < at)) continue;
    at += mark.size();
    std::string address = output.substr(at, output.find_first_of(" \"\n\r]", at) - at);
    return address;
  }
  const std::size_t selected = output.find("[selected]");
  if (selected == std::string::npos) return {};
  const std::size_t begin = output.rfind('\n', selected) + 1;
  const std::size_t at = output.find("://", begin);
  if (at == std::string::npos || at > selected) return {};
  const std::size_t from = output.find_last_of(" \n", at) + 1;
  return output.substr(from, output.find_first_of(" \n\r", at) - from);
}

// Whether a browser reports that it could not open a page.
bool failed_to_open(const std::string& output) {
  return has_part(list::browser_failures, output) || output.compare(0, 6, "Error:") == 0;
}

void judge_browser(const ToolCall& call, const ToolName& name, std::vector<Finding>& found) {
  const bool opens = is_in(list::browser_opens, name.tool);
  if (!opens && !is_in(list::browser_looks, name.tool)) return;
  std::string address = shown_address(call.output);
  if (address.empty() && opens) {
    if (failed_to_open(call.output)) return;
    address = text_of(call.input, "url");
  }
  if (!address.empty() && is_own_machine(address)) return;
  if (address.compare(0, 15, "chrome-error://") == 0 || address.compare(0, 11, "edge-error:") == 0) return;
  if (opens && address.empty()) return;  // back, or a reload, without an address
  Finding finding = of_tool(call, false, address);
  finding.interface = Interface::browser;
  finding.subcommand = name.tool;
  found.push_back(std::move(finding));
}

// Servers that work locally, compute, or read what others wrote.
// Short names count as a whole or before a separator: "time" must not be found in "realtime".
bool is_own_server(const std::string& server) {
  for (const std::string_view word : list::own_servers) {
    const bool begins = server.starts_with(word) &&
                        (server.size() == word.size() || server[word.size()] == '-' || server[word.size()] == '_');
    if (begins || (word.size() > 5 && server.find(word) != std::string::npos)) return true;
  }
  return is_in(list::own_server_names, server);
}

bool names_something(std::string_view key) {
  const std::string small = letters::to_lower(key);
  if (is_in(list::naming_keys, small)) return true;
  return std::any_of(std::begin(list::naming_endings), std::end(list::naming_endings),
                     [&](std::string_view end) { return small.size() > end.size() && small.ends_with(end); });
}

void add_part(const Node& value, std::string& target) {
  constexpr std::size_t longest = 80;
  const Node* part = &value;
  if (value.kind == NodeKind::list && !value.items.empty()) part = &value.items.front();
  if (part->kind == NodeKind::map) {
    for (std::size_t i = 0; i < part->size(); ++i)
      if (names_something(part->key(i).text) && part->value(i).kind != NodeKind::map) add_part(part->value(i), target);
    return;
  }
  const bool scalar = part->kind == NodeKind::string || part->kind == NodeKind::number;
  if (!scalar || part->text.empty() || part->text.size() > longest) return;
  target += (target.empty() ? "" : "/") + part->text;
}

// What the call is about: the values under keys that name things, in their order, joined by "/".
std::string target_of(const Node& input) {
  std::string target;
  for (std::size_t i = 0; i < input.size(); ++i)
    if (names_something(input.key(i).text)) add_part(input.value(i), target);
  return target;
}

enum class Meaning : std::uint8_t { nothing, changes, shows };

// Returns the meaning of a tool's name: the first word after the server's own name that is a verb.
Meaning meaning_of(const ToolName& name) {
  const std::vector<std::string> words = name_words(name.tool);
  for (std::size_t i = 0; i < std::min<std::size_t>(words.size(), 3); ++i) {
    if (words[i] == name.server) continue;
    if (is_in(list::tool_neither, words[i])) return Meaning::nothing;
    if (is_in(list::tool_shows, words[i])) return Meaning::shows;
    if (is_in(list::tool_changes, words[i]) && (i == 0 || words[i] != "issue"))
      return words[i] == "issue" && words.size() > 1 ? Meaning::nothing : Meaning::changes;
  }
  return Meaning::nothing;
}

// Returns the meaning of a statement for a database server.
Meaning meaning_of_statement(const Node& input) {
  for (const std::string_view key : list::statement_keys) {
    const std::string statement = letters::to_lower(text_of(input, key));
    if (statement.empty()) continue;
    if (has_part(list::statement_changes, statement) && !statement.starts_with("select ")) return Meaning::changes;
    return statement.find(" from ") != std::string::npos ? Meaning::shows : Meaning::nothing;
  }
  return Meaning::nothing;
}

// Returns the table in a statement: the word after from, into or update.
std::string table_of(const Node& input) {
  for (const std::string_view key : list::statement_keys) {
    const std::string statement = letters::to_lower(text_of(input, key)) + " ";
    for (const std::string_view word : list::before_table) {
      const std::size_t at = statement.find(word);
      if (at == std::string::npos) continue;
      const std::size_t begin = at + word.size();
      return statement.substr(begin, statement.find_first_of(" (;\n", begin) - begin);
    }
  }
  return {};
}

// A server that fetches pages: the requested address is a page, whatever its name says.
bool judge_page(const ToolCall& call, const std::vector<std::string>& words, std::vector<Finding>& found) {
  const std::string address = text_of(call.input, "url");
  if (!has_scheme(address) || !any_in(list::page_tools, words)) return false;
  if (!is_own_machine(address)) {
    found.push_back(of_tool(call, false, address));
    found.back().subcommand = "fetch";
  }
  return true;
}

void judge_server(const ToolCall& call, const ToolName& name, std::vector<Finding>& found) {
  if (is_own_server(name.server)) return;
  Meaning meaning = meaning_of(name);
  const std::vector<std::string> words = name_words(name.tool);
  if (meaning != Meaning::changes && judge_page(call, words, found)) return;
  const bool asks = any_in(list::statement_tools, words);
  if (asks)
    if (const Meaning said = meaning_of_statement(call.input); said != Meaning::nothing || meaning == Meaning::shows)
      meaning = said;
  if (meaning == Meaning::nothing) return;
  std::string target = target_of(call.input);
  if (target.empty() && asks) target = table_of(call.input);
  if (meaning == Meaning::shows) {
    // Reading a thing by its name shows its state; reading documents and profiles does not.
    if (target.empty() || any_in(list::stateless, words)) return;
    found.push_back(of_tool(call, false, std::move(target)));
  } else {
    found.push_back(of_tool(call, true, std::move(target)));
    const bool deploys = any_in(list::tool_deploys, words);
    if (deploys && words.front() != "delete") found.back().kind = Kind::deploy;
    if (words.front() == "publish" && words.back() != "message" && words.back() != "post")
      found.back().kind = Kind::publish;
    if (call.output.size() < 4096)
      for (const std::string& address : addresses_in(call.output, deploys)) found.back().names.push_back(address);
  }
  found.back().subcommand = name.tool;
}

}  // namespace

std::vector<Finding> find_tool(const ToolCall& call) {
  std::vector<Finding> found;
  if (call.tool == client::tool_names::web_fetch) {
    judge_fetch(call, found);
    return found;
  }
  const ToolName name = read_name(call.tool);
  if (name.tool.empty()) return found;
  if (is_browser(name))
    judge_browser(call, name, found);
  else
    judge_server(call, name, found);
  return found;
}

}  // namespace cascade::evidence
