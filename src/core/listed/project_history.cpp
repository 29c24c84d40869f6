// A line is searched for fixed texts first and parsed only if one occurs: nearly all are long and hold neither calls of
// skills nor lists of tools. The newest session decides about tools; uses of skills are summed over all.
#include "listed/client_listing.h"

#include "client/names.h"
#include "files/file_tail.h"
#include "files/paths.h"
#include "syntax/json.h"
#include "text/lines.h"

namespace cascade::listing {
namespace {

constexpr std::size_t most_transcripts = 40, max_line_bytes = 4 << 20;
constexpr std::uint64_t tail_bytes = 4 << 20;
constexpr std::string_view extension = ".jsonl", shape_mark = "{\"type\":\"api-request-shape\"";

bool is_named(const syntax::Node& object, std::string_view key, std::string_view value) {
  const syntax::Node* node = object.find(key);
  return node != nullptr && node->text == value;
}

// Counts calls such as {"type":"tool_use","name":"Skill","input":{"skill":"x"}} among an answer's blocks.
void count_calls(const syntax::Node& line, Uses& uses) {
  const syntax::Node* message = line.find("message");
  const syntax::Node* content = message == nullptr ? nullptr : message->find("content");
  if (content == nullptr || content->kind != syntax::NodeKind::list) return;
  for (const syntax::Node& block : content->items) {
    const syntax::Node* input = block.find("input");
    const syntax::Node* skill = input == nullptr ? nullptr : input->find("skill");
    if (skill != nullptr && is_named(block, "name", client::tool_names::skill)) ++uses[skill->text];
  }
}

void count_typed(std::string_view line, Uses& uses) {
  constexpr std::string_view before = "<command-name>/", after = "</command-name>";
  const std::size_t begin = line.find(before);
  const std::size_t end = begin == std::string_view::npos ? begin : line.find(after, begin);
  if (end != std::string_view::npos)
    ++uses[std::string(line.substr(begin + before.size(), end - begin - before.size()))];
}

void read_tools(const syntax::Node& line, std::vector<std::string>& tools) {
  const syntax::Node* attachment = line.find("attachment");
  if (attachment == nullptr || !is_named(*attachment, "type", "deferred_tools_delta")) return;
  const auto names = [&](std::string_view key) -> std::vector<syntax::Node> {
    const syntax::Node* list = attachment->find(key);
    return list != nullptr && list->kind == syntax::NodeKind::list ? list->items : std::vector<syntax::Node>();
  };
  for (const syntax::Node& name : names("removedNames")) std::erase(tools, name.text);
  for (const syntax::Node& name : names("addedNames"))
    if (name.text.rfind("mcp__", 0) == 0 && std::ranges::find(tools, name.text) == tools.end())
      tools.push_back(name.text);
}

// {"type":"api-request-shape","shape":{"tools":[{"name":...,"description":...,"input_schema":...}]}}
void read_definitions(const syntax::Node& line, std::vector<ToolDefinition>& definitions) {
  const syntax::Node* shape = line.find("shape");
  const syntax::Node* tools = shape == nullptr ? nullptr : shape->find("tools");
  if (tools == nullptr || tools->kind != syntax::NodeKind::list) return;
  for (const syntax::Node& tool : tools->items) {
    const syntax::Node* name = tool.find("name");
    if (name == nullptr || name->text.rfind("mcp__", 0) != 0) continue;
    ToolDefinition one{name->text, {}, tool.find("defer_loading") != nullptr};
    syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
    json.begin_object();
    for (const std::string_view key : {"name", "description", "input_schema"}) {
      const syntax::Node* value = tool.find(key);
      if (value != nullptr) syntax::write_json(json.key(key), *value);
    }
    one.json = json.end_object().take();
    const auto at = std::lower_bound(definitions.begin(), definitions.end(), one,
                                     [](const auto& a, const auto& b) { return a.name < b.name; });
    if (at != definitions.end() && at->name == one.name)
      *at = std::move(one);
    else
      definitions.insert(at, std::move(one));
  }
}

// The latest first.
std::vector<std::string> transcripts(const files::Tree& tree, const std::string& folder) {
  std::vector<std::pair<std::int64_t, std::string>> found;
  const auto entries = tree.list(folder);
  if (!entries) return {};
  for (const files::Entry& entry : *entries) {
    const std::string path = files::join(folder, entry.name);
    if (entry.name.size() == extension.size() || !entry.name.ends_with(extension)) continue;
    if (const auto stamp = tree.stat(path)) found.emplace_back(-stamp->modified_ns, path);
  }
  std::ranges::sort(found);
  std::vector<std::string> paths;
  for (std::size_t i = 0; i < found.size() && i < most_transcripts; ++i) paths.push_back(found[i].second);
  return paths;
}

}  // namespace

void read_transcript(std::string_view lines, ProjectHistory& history) {
  constexpr syntax::NodeLimits limits{.bytes = max_line_bytes, .depth = 64, .nodes = 100'000, .alias_nodes = 0};
  for (const letters::Line line : letters::lines(lines)) {
    if (line.starts_with("{\"type\":\"api")) {  // copies of requests
      if (line.starts_with(shape_mark) && line.find("\"mcp__") != std::string_view::npos)
        read_definitions(syntax::parse_json(line, limits).root, history.mcp_definitions);
      continue;
    }
    const bool calls = line.find(client::tool_names::skill_call) != std::string_view::npos;
    const bool tools = line.find("deferred_tools_delta") != std::string_view::npos;
    if (line.find("\"type\":\"user\"") != std::string_view::npos) count_typed(line, history.uses);
    if (!calls && !tools) continue;
    const syntax::Parsed parsed = syntax::parse_json(line, limits);
    if (calls && is_named(parsed.root, "type", "assistant")) count_calls(parsed.root, history.uses);
    if (tools) read_tools(parsed.root, history.mcp_tools);
  }
}

std::string transcripts_folder(std::string_view directory) {
  std::string name(directory);
  for (char& c : name)
    if (!letters::is_letter_or_digit(c)) c = '-';
  return name;
}

ProjectHistory read_history(const files::Tree& tree, const client::UserPlace& user, const std::string& directory) {
  ProjectHistory history;
  if (user.folder.empty()) return history;
  const std::string folder = files::join(user.folder, client::own_folder::transcripts + transcripts_folder(directory));
  for (const std::string& path : transcripts(tree, folder)) {
    const auto tail = files::read_tail(path, tail_bytes);
    if (!tail) continue;
    ProjectHistory one;
    read_transcript(*tail, one);
    for (const auto& [skill, count] : one.uses) history.uses[skill] += count;
    if (history.mcp_tools.empty()) history.mcp_tools = std::move(one.mcp_tools);
    if (history.mcp_definitions.empty()) history.mcp_definitions = std::move(one.mcp_definitions);
  }
  return history;
}

}  // namespace cascade::listing
