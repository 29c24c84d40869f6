// For each program of the line the user's own rules decide first, then the programs that need code of their own
// (programs.cpp), then the table of verbs (verb_rules.h), and last names of scripts. A witness's program must be
// trusted, and nothing may have consumed its output. At last the output adds names of the target.
#include "evidence/find.h"

#include <algorithm>
#include <map>

#include "client/names.h"
#include "evidence/verb_rules.h"
#include "evidence/words.h"
#include "syntax/node.h"
#include "text/ascii.h"
#include "text/letter_case.h"
#include "text/lines.h"
#include "text/names.h"
#include "text/words.h"

namespace cascade::evidence {
namespace {

constexpr std::size_t most_findings = 32;  // per call

// Removes what only starts the program: python -m twine, php vendor/bin/dep, bunx vercel, pnpm dlx vercel,
// vercel@latest.
shell::Call bare(shell::Call call) {
  const auto drop = [&](std::ptrdiff_t count) {
    call.words.erase(call.words.begin(), call.words.begin() + count);
    call.program = call.words.front().text.substr(call.words.front().text.rfind('/') + 1);
  };
  const auto word = [&](std::size_t at) { return at < call.words.size() ? std::string_view(call.words[at].text) : ""; };
  if (call.program.substr(0, 6) == "python" && word(1) == "-m" && call.words.size() > 2) drop(2);
  if (lists("bunx uvx pnpx", call.program) && call.words.size() > 1) drop(1);
  if (call.program == "php" && word(1).starts_with("vendor/bin/")) drop(1);
  if ((lists("pnpm yarn", call.program) && word(1) == "dlx" && call.words.size() > 2) ||
      (call.program == "pipx" && word(1) == "run" && call.words.size() > 2))
    drop(2);
  if (const std::size_t at = call.program.find('@'); at != std::string::npos && at > 0) call.program.resize(at);
  return call;
}

// Only a program in a usual installation folder is a witness; somebody may put a script called `curl` elsewhere.
bool is_trusted(const shell::Call& call) {
  const std::string& path = call.words.front().text;
  const auto appends = [](const shell::Setting& setting) {  // PATH=$PATH:...: the previous folders come first
    return setting.value && !setting.value->known && setting.value->text.empty() &&
           setting.value->sketch.compare(0, 4, "${_}") == 0;
  };
  for (const shell::Setting& setting : call.environment)
    if ((setting.name == "PATH" && !appends(setting)) || setting.name == "LD_PRELOAD" ||
        setting.name.find("_proxy") != std::string::npos || setting.name.find("_PROXY") != std::string::npos ||
        setting.name == "CURL_HOME")
      return false;
  if (path.find('/') == std::string::npos) return true;
  return path.find("/.local/bin/") != std::string::npos ||
         std::ranges::any_of(list::trusted_folders, [&](std::string_view folder) {
           const std::size_t at = path.find(folder);
           return at == 0 || (at != std::string::npos && folder.front() != '/');
         });
}

// The first that knows the program decides; a program that has a function of its own is never judged by its verbs.
std::vector<Finding> of_program(const shell::Call& given) {
  std::vector<Finding> found;
  const shell::Call call = bare(given);
  const bool handled = find_web_client(call, found) || find_remote_host(call, found) || find_database(call, found) ||
                       find_cloud(call, found) || find_containers(call, found) || find_api_client(call, found);
  if (handled) return found;
  if (auto ruled = by_verbs(call)) return *std::move(ruled);
  find_script(call, found);
  return found;
}

bool fits(const OwnRule& rule, const shell::Call& call) {
  if (rule.bash.empty() || call.words.empty()) return false;
  const bool program = letters::matches_wildcard(rule.bash.front(), call.program) ||
                       letters::matches_wildcard(rule.bash.front(), call.words.front().text);
  return program && std::all_of(rule.bash.begin() + 1, rule.bash.end(), [&](const std::string& pattern) {
           return std::any_of(call.words.begin() + 1, call.words.end(),
                              [&](const shell::Value& word) { return letters::matches_wildcard(pattern, word.text); });
         });
}

Finding by_own_rule(const OwnRule& rule, const std::string& program) {
  const bool is_effect = rule.what == OwnRule::What::effect;
  return {.is_effect = is_effect,
          .kind = rule.kind,
          .interface = is_effect ? Interface::cli : rule.interface,
          .target = rule.target.empty() ? program : rule.target,
          .program = program};
}

// Whether the output reports a failure that the status does not.
bool says_failed(std::string_view output) {
  for (std::string_view line : letters::lines(output)) {
    line = letters::trim_blanks_left(line);
    if (begins_with_one(list::failure_begins, letters::to_lower(line.substr(0, 12)))) return true;
  }
  return false;
}

// Returns the last HTTP status line in the output, as from curl -i, -I and httpie, or a bare code, as from -w
// '%{http_code}'; 0: none.
int http_status(std::string_view output) {
  int status = 0;
  for (std::size_t at = output.find("HTTP/"); at != std::string_view::npos; at = output.find("HTTP/", at + 5)) {
    const std::size_t blank = output.find(' ', at);
    if ((at > 0 && output[at - 1] != '\n') || blank == std::string_view::npos || blank - at > 9) continue;
    if (blank + 3 < output.size() && letters::is_digit(output[blank + 1]))
      status = std::atoi(std::string(output.substr(blank + 1, 3)).c_str());
  }
  std::string_view last = output.substr(output.find_last_of(" \n", output.find_last_not_of(" \n")) + 1);
  while (!last.empty() && letters::is_space(last.back())) last.remove_suffix(1);
  const bool code = last.size() == 3 && last.find_first_not_of("0123456789") == std::string_view::npos;
  if (status == 0 && code && output.size() < 40) status = std::atoi(std::string(last).c_str());
  return status;
}

// How often the output says that a program of this kind found nothing to do. What the line itself may have printed does
// not count.
std::size_t times_idle(const ToolCall& call, std::string_view texts) {
  const syntax::Node* line = call.input.find("command");
  std::size_t times = 0;
  while (!texts.empty()) {
    const std::size_t end = std::min(texts.find('|'), texts.size());
    const std::string_view text = texts.substr(0, end);
    texts.remove_prefix(std::min(end + 1, texts.size()));
    if (line != nullptr && line->text.find(text) != std::string::npos) continue;
    for (std::size_t at = call.output.find(text); at != std::string::npos; at = call.output.find(text, at + 1)) ++times;
  }
  return times;
}

// A download that another program runs or stores shows nothing to anybody.
bool is_consumed(const Deed& deed, const Program& program) {
  return program.call.pipeline != 0 && std::ranges::any_of(deed.programs, [&](const Program& other) {
           return &other != &program && other.call.pipeline == program.call.pipeline &&
                  (is_in(list::consumers, other.call.program) || !other.call.written.empty());
         });
}

// Whether an effect counts although the status may say nothing of its program. Lenient: an effect that is overlooked is
// never verified, while one too many costs a look.
bool is_done(const ToolCall& call, const Deed& deed, const Program& program) {
  if (program.end == End::failed) return false;
  if (program.end == End::passed || call.background) return true;
  if (!deed.failed) return !says_failed(call.output);
  // A failed `git push && npm test`: most likely the last program in the list failed.
  if (!program.call.bearing.failure) return true;
  const auto later = std::find_if(deed.programs.rbegin(), deed.programs.rend(),
                                  [](const Program& other) { return other.call.bearing.failure; });
  return later != deed.programs.rend() && &*later != &program && of_program(later->call).empty() &&
         !says_failed(call.output);
}

// Whether a look counts. Strict, for the same reason: what was not surely seen must not verify anything.
bool is_shown(const ToolCall& call, const Deed& deed, const Program& program) {
  if (deed.failed || call.background || !is_trusted(program.call) || program.consumed || is_consumed(deed, program))
    return false;
  return program.end == End::passed || program.printed;
}

// Programs print what they made under the name by which it will be looked at later, which the command line often lacks.
void name_by_output(const std::string& output, Finding& finding) {
  if (finding.kind == Kind::publish && lists("npm pnpm yarn bun", finding.program)) {
    // "+ @acme/lib@1.2.0"
    for (std::size_t at = output.find("+ "); at != std::string::npos; at = output.find("+ ", at + 2)) {
      if (at > 0 && output[at - 1] != '\n') continue;
      const std::size_t end = std::min(output.find_first_of(" \r\n", at + 2), output.size());
      finding.names.push_back(output.substr(at + 2, end - at - 2));
    }
    if (!finding.names.empty()) finding.target = finding.names.front();
  }
  if (finding.kind != Kind::push)
    for (const std::string& address : addresses_in(output, finding.kind == Kind::deploy))
      finding.names.push_back(address);
  // "To github.com:acme/app.git"
  if (finding.kind == Kind::push && output.compare(0, 3, "To ") == 0) {
    const std::string address = output.substr(3, output.find_first_of("\r\n", 3) - 3);
    const std::size_t slash = address.rfind('/');
    if (slash == std::string::npos || slash == 0) return;
    const std::size_t owner = address.find_last_of("/:", slash - 1);
    std::string name = address.substr(owner == std::string::npos ? 0 : owner + 1);
    finding.names.push_back(name);
    if (name.size() > 4 && name.compare(name.size() - 4, 4, ".git") == 0)
      finding.names.push_back(name.substr(0, name.size() - 4));
  }
}

// "Published acme-core v0.3.0", "Publishing acme (1.0)", "deployment.apps/web configured": the program's own name for
// it.
void name_by_sentence(const std::string& output, Finding& finding) {
  for (const std::string_view sentence : list::publishing) {
    const std::size_t at = output.find(sentence);
    if (finding.kind != Kind::publish || at == std::string::npos) continue;
    const std::size_t begin = at + sentence.size(),
                      end = std::min(output.find_first_of(" \r\n(", begin), output.size());
    if (end > begin) finding.names.push_back(output.substr(begin, end - begin));
  }
  if (finding.program != "kubectl" && finding.program != "oc") return;
  for (const std::string_view line : letters::lines(output)) {
    if (finding.names.size() >= 8) return;
    const std::size_t blank = line.find(' '), slash = line.find('/');
    if (slash >= blank || blank == std::string::npos) continue;
    std::string& name = finding.names.emplace_back(line.substr(0, std::min(line.find('.'), slash)));
    name += line.substr(slash, blank - slash);
  }
}

void add_program(const ToolCall& call, const Deed& deed, const Program& program, std::vector<Finding> of_it,
                 std::vector<Finding>& found) {
  for (Finding& finding : of_it) {
    const bool is_refused = finding.interface == Interface::http && http_status(call.output) >= 400;
    if (found.size() >= most_findings || is_refused) continue;
    if (finding.is_effect ? !is_done(call, deed, program) : !is_shown(call, deed, program)) continue;
    for (std::size_t at = finding.target.find("${_}"); at != std::string::npos; at = finding.target.find("${_}"))
      finding.target.erase(at, 4);  // its unknown parts
    if (finding.target.empty() && finding.interface == Interface::cli) finding.target = finding.program;
    if (finding.is_effect && !call.background) {
      name_by_output(call.output, finding);
      name_by_sentence(call.output, finding);
    }
    const bool known = std::ranges::any_of(found, [&](const Finding& other) {
      return other.is_effect == finding.is_effect && other.target == finding.target &&
             other.program == finding.program && other.kind == finding.kind;
    });
    if (!known) found.push_back(std::move(finding));
  }
}

// Tools other than the shell. A server's tool is judged by the verbs in its name, since servers have no schema for what
// they do; statements for databases are read. What cannot be told is neither effect nor witness.

using syntax::Node, syntax::NodeKind;

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
  return {.is_effect = is_effect, .interface = Interface::http, .target = std::move(target), .program = call.tool};
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

// Returns the address of the page that a browser's answer reports: "Page URL: https://..." at the begin of a line
// before the page's own text, which could claim anything; of several pages, the selected one.
std::string shown_address(const std::string& output) {
  for (const std::string_view mark : {"Page URL: ", "url="}) {
    std::size_t at = output.find(mark);
    const std::size_t page = output.find("```");
    if (at == std::string::npos || (page != std::string::npos && page < at)) continue;
    at += mark.size();
    return output.substr(at, output.find_first_of(" \"\n\r]", at) - at);
  }
  const std::size_t selected = output.find("[selected]");
  if (selected == std::string::npos) return {};
  const std::size_t begin = output.rfind('\n', selected) + 1;
  const std::size_t at = output.find("://", begin);
  if (at == std::string::npos || at > selected) return {};
  const std::size_t from = output.find_last_of(" \n", at) + 1;
  return output.substr(from, output.find_first_of(" \n\r", at) - from);
}

void judge_browser(const ToolCall& call, const ToolName& name, std::vector<Finding>& found) {
  const bool opens = is_in(list::browser_opens, name.tool);
  if (!opens && !is_in(list::browser_looks, name.tool)) return;
  std::string address = shown_address(call.output);
  if (address.empty() && opens) {
    if (has_part(list::browser_failures, call.output) || call.output.starts_with("Error:")) return;  // not opened
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
  return std::ranges::any_of(list::naming_endings,
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

// REQUIRES: the call succeeded.
std::vector<Finding> find_tool(const ToolCall& call) {
  std::vector<Finding> found;
  if (call.tool == client::tool_names::web_fetch) {
    judge_fetch(call, found);
    return found;
  }
  const ToolName name = read_name(call.tool);
  if (name.tool.empty()) return found;
  if (has_part(list::browser_servers, name.server) || name.tool.starts_with("browser_"))
    judge_browser(call, name, found);
  else
    judge_server(call, name, found);
  return found;
}

}  // namespace

Finding effect(const shell::Call& call, Kind kind, std::string target, Interface interface) {
  return {
      .is_effect = true, .kind = kind, .interface = interface, .target = std::move(target), .program = call.program};
}

Finding witness(const shell::Call& call, Interface interface, std::string target) {
  return {.interface = interface, .target = std::move(target), .program = call.program};
}

// A call of another tool has one finding at most, by the user's rule or by the tool's name; a command line has those of
// each program.
std::vector<Finding> find(const ToolCall& call, const Deed& deed, const std::vector<OwnRule>& rules) {
  std::vector<Finding> found;
  if (call.tool != client::tool_names::bash) {
    if (call.failed) return found;
    for (const OwnRule& rule : rules)
      if (std::ranges::any_of(
              rule.tools, [&](const std::string& pattern) { return letters::matches_wildcard(pattern, call.tool); })) {
        if (rule.what != OwnRule::What::nothing) found.push_back(by_own_rule(rule, call.tool));
        return found;
      }
    return find_tool(call);
  }
  std::map<std::string_view, std::size_t> idle;  // what programs print that did nothing, and how many may print it
  for (const Program& program : deed.programs) {
    const auto rule = std::ranges::find_if(rules, [&](const OwnRule& one) { return fits(one, program.call); });
    std::vector<Finding> of_it;
    if (rule == rules.end())
      of_it = of_program(program.call);
    else if (rule->what != OwnRule::What::nothing)
      of_it.push_back(by_own_rule(*rule, program.call.program));
    for (const Finding& finding : of_it)
      if (!finding.idle.empty()) ++idle[finding.idle];
    add_program(call, deed, program, std::move(of_it), found);
  }
  // Where each of them did nothing, none had an effect; of one among several it is not known which.
  for (const auto& [texts, programs] : idle)
    if (times_idle(call, texts) >= programs)
      std::erase_if(found, [&texts = texts](const Finding& finding) { return finding.idle == texts; });
  return found;
}

}  // namespace cascade::evidence
