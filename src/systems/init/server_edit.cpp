// Edits lists of MCP servers. JSON is changed at the places of its nodes. A TOML table is cut out by lines, since a
// table ends where the next one begins. The result is parsed again and must still contain everything else that was
// there.
#include "init/server_edit.h"

#include <algorithm>

#include "files/paths.h"
#include "installed/settings_text.h"
#include "syntax/json.h"
#include "syntax/toml.h"
#include "syntax/write_node.h"

namespace cascade::init {
namespace {

using client::ServerForm;
using client::ServerSettings;
using syntax::Node;
using syntax::NodeKind;

Error foreign_server(const Node& server) {
  Error error =
      malformed_settings(server.at, "a server called \"" + std::string(server_name) + "\" is somebody else's");
  error.code = ErrorCode::unwritable;
  error.help = "call it otherwise there, then run init again";
  return error;
}

JsonText server_text(const ServerSettings& settings, const std::string& program) {
  JsonText server = JsonText::object(), words = JsonText::array();
  if (!settings.type.empty()) server.add("type", JsonText::string(settings.type));
  if (settings.one_list)
    words.add(JsonText::string(program));
  else
    server.add("command", JsonText::string(program));
  words.add(JsonText::string(serving_verb));
  server.add(settings.one_list ? "command" : "args", words);
  return server;
}

Result<std::string> add_to_json(std::string_view text, const ServerSettings& settings, const std::string& program) {
  const std::string read = as_json(text, settings.comments);
  const auto found = read_settings(read);
  if (!found) return found.error();
  const std::string key(settings.key), name(server_name);
  const Node* servers = found->root.find(settings.key);
  if (servers != nullptr && servers->kind != NodeKind::map)
    return malformed_settings(servers->at, "\"" + key + "\" is not an object");
  if (const Node* server = server_of(found->root, settings)) {
    const Node* before = program_of(server);
    if (before == nullptr) return foreign_server(*server);
    if (before->text == program) return std::string(text);
    return apply_edits(
        text, {{found->places.offset(before->at), found->places.offset(before->end), syntax::quote_json(program)}});
  }
  const JsonText server = server_text(settings, program);
  if (servers != nullptr)
    return apply_edits(text, {append_members(found->places, *servers, {{name, server}}, found->layout, 2)});
  JsonText all = JsonText::object();
  all.add(name, server);
  return apply_edits(text, {append_members(found->places, found->root, {{key, all}}, found->layout, 1)});
}

Result<std::string> remove_from_json(std::string_view text, const ServerSettings& settings) {
  const std::string read = as_json(text, settings.comments);
  const auto found = read_settings(read);
  if (!found) return found.error();
  if (program_of(server_of(found->root, settings)) == nullptr) return std::string(text);
  const std::size_t at = *member(found->root, settings.key);
  const Node& servers = found->root.value(at);
  std::vector<TextEdit> edits;
  if (servers.size() == 1)
    cut_children(text, found->places, found->root, {at}, edits);
  else
    cut_children(text, found->places, servers, {*member(servers, server_name)}, edits);
  return apply_edits(text, std::move(edits));
}

// The name in a line that opens a table, as written: "a.b" for "[a.b]". Empty for any other line.
std::string_view opened_table(std::string_view line) {
  const std::size_t open = line.find_first_not_of(" \t");
  if (open == std::string_view::npos || line[open] != '[') return {};
  const std::size_t close = line.find(']', open);
  return close == std::string_view::npos ? std::string_view() : line.substr(open + 1, close - open - 1);
}

// Whether the table is our server's or lies within it.
bool is_of_server(std::string_view table, const ServerSettings& settings) {
  const std::string own = std::string(settings.key) + "." + std::string(server_name);
  return table == own || table.substr(0, own.size() + 1) == own + ".";
}

void drop_empty_line(std::string& text) {
  for (const std::string_view line_end : {"\r\n", "\n"}) {
    const std::string twice = std::string(line_end) + std::string(line_end);
    if (text.size() < twice.size() || text.compare(text.size() - twice.size(), twice.size(), twice) != 0) continue;
    text.resize(text.size() - line_end.size());
    return;
  }
}

// The text without the lines of our tables, and without the empty line that add_to_toml writes before each.
std::string without_tables(std::string_view text, const ServerSettings& settings) {
  std::string kept;
  bool inside = false;
  std::size_t pending = 0;  // empty lines and comments in our table: they belong to the next table, if there is one
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    const std::string_view line = text.substr(begin, end - begin);
    const std::size_t first = line.find_first_not_of(" \t\r\n");
    if (const std::string_view table = opened_table(line); !table.empty()) {
      const bool ours = is_of_server(table, settings);
      if (inside && !ours) kept += text.substr(pending, begin - pending);
      if (!inside && ours) drop_empty_line(kept);
      inside = ours;
      pending = end;
    } else if (inside && first != std::string_view::npos && line[first] != '#') {
      pending = end;
    }
    if (!inside) kept += line;
    begin = end;
  }
  if (inside) kept += text.substr(pending);
  return kept;
}

// Everything except our server, as one line.
std::string others_of(const Node& root, const ServerSettings& settings) {
  Node rest = root;
  for (std::size_t i = 0; i + 1 < rest.items.size(); i += 2) {
    Node& servers = rest.items[i + 1];
    if (rest.items[i].text != settings.key || servers.kind != NodeKind::map) continue;
    for (std::size_t k = 0; k + 1 < servers.items.size(); k += 2)
      if (servers.items[k].text == server_name)
        servers.items.erase(servers.items.begin() + static_cast<std::ptrdiff_t>(k),
                            servers.items.begin() + static_cast<std::ptrdiff_t>(k + 2));
    if (servers.items.empty()) {
      rest.items.erase(rest.items.begin() + static_cast<std::ptrdiff_t>(i),
                       rest.items.begin() + static_cast<std::ptrdiff_t>(i + 2));
      break;
    }
  }
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  syntax::write_json(json, rest);
  return json.take();
}

Result<syntax::Toml> read_tables(std::string_view text) {
  syntax::Toml toml = syntax::read_toml(text, syntax::TomlVersion::v1_1);
  if (!toml.parsed.faults.empty())
    return malformed_settings(toml.parsed.faults.front().at, toml.parsed.faults.front().message);
  return toml;
}

Error unchangeable(const syntax::Position& at) {
  return malformed_settings(at, "the servers are written in a form that Cascade does not change");
}

// Parses the new text and checks that it says what was intended.
Result<std::string> checked(const Node& before, std::string after, const ServerSettings& settings, bool is_there) {
  const auto again = read_tables(after);
  const bool holds = again && others_of(again->parsed.root, settings) == others_of(before, settings) &&
                     (server_of(again->parsed.root, settings) != nullptr) == is_there;
  if (holds) return after;
  const Node* servers = before.find(settings.key);
  return unchangeable(servers == nullptr ? before.at : servers->at);
}

Result<std::string> add_to_toml(std::string_view text, const ServerSettings& settings, const std::string& program) {
  const auto found = read_tables(text);
  if (!found) return found.error();
  const Node& root = found->parsed.root;
  if (const Node* server = server_of(root, settings)) {
    const Node* before = program_of(server);
    if (before == nullptr) return foreign_server(*server);
    if (before->text == program) return std::string(text);
    const Places places(text);
    const TextEdit edit{places.offset(before->at), places.offset(before->end), syntax::quote_json(program)};
    std::string after = apply_edits(text, {edit});
    const auto again = read_tables(after);
    const Node* now = again ? program_of(server_of(again->parsed.root, settings)) : nullptr;
    if (now == nullptr || now->text != program) return foreign_server(*server);
    return after;
  }
  // A table written in braces cannot be extended; only such a table has an end of its own.
  if (const Node* servers = root.find(settings.key); servers != nullptr)
    if (const Places places(text); places.offset(servers->at) != places.offset(servers->end))
      return unchangeable(servers->at);
  const std::string line_end = text.find("\r\n") == std::string_view::npos ? "\n" : "\r\n";
  std::string after(text);
  if (!after.empty() && after.back() != '\n') after += line_end;
  if (!after.empty()) after += line_end;
  after += "[" + std::string(settings.key) + "." + std::string(server_name) + "]" + line_end;
  after += "command = " + syntax::quote_json(program) + line_end;
  after += "args = [" + syntax::quote_json(serving_verb) + "]" + line_end;
  return checked(root, std::move(after), settings, true);
}

Result<std::string> remove_from_toml(std::string_view text, const ServerSettings& settings) {
  const auto found = read_tables(text);
  if (!found) return found.error();
  if (program_of(server_of(found->parsed.root, settings)) == nullptr) return std::string(text);
  return checked(found->parsed.root, without_tables(text, settings), settings, false);
}

}  // namespace

Result<std::string> add_server(std::string_view text, const ServerSettings& settings, const std::string& program) {
  const bool is_toml = settings.form == ServerForm::toml;
  const Marked given(text.empty() && !is_toml ? std::string_view("{}\n") : text);
  auto after = is_toml ? add_to_toml(given.text, settings, program) : add_to_json(given.text, settings, program);
  if (!after) return after;
  return given.mark + *after;
}

Result<std::string> remove_server(std::string_view text, const ServerSettings& settings) {
  if (text.empty()) return std::string();
  const Marked given(text);
  auto after = settings.form == ServerForm::toml ? remove_from_toml(given.text, settings)
                                                 : remove_from_json(given.text, settings);
  if (!after) return after;
  return given.mark + *after;
}

}  // namespace cascade::init
