// The two formats are told apart by the first character, since no line of JSON begins with '%' or '='. The first line
// that is not understood ends the reading: a score over some of the prompts would look like a score over all.
#include "route/prompts.h"

#include <map>

#include "syntax/json.h"
#include "text/lines.h"
#include "text/suggestion.h"

namespace cascade::evaluation {
namespace {

using syntax::Node, syntax::NodeKind;

std::vector<std::string> texts_of(const Node* list) {
  std::vector<std::string> texts;
  if (list == nullptr) return texts;
  if (list->kind == NodeKind::string) texts.push_back(list->text);
  if (list->kind == NodeKind::list)
    for (const Node& item : list->items)
      if (item.kind == NodeKind::string) texts.push_back(item.text);
  return texts;
}

std::string scalar_of(const Node& object, std::string_view key) {
  const Node* value = object.find(key);
  return value == nullptr || value->kind == NodeKind::list || value->kind == NodeKind::map ? std::string()
                                                                                           : value->text;
}

const Node* find_text(const Node& object) {
  for (const std::string_view key : {"text", "query"})
    if (const Node* value = object.find(key); value != nullptr && value->kind == NodeKind::string) return value;
  return nullptr;
}

// "% writer: ..." and "== kind:name" are not JSON.
bool is_prompts_file(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (text[first] == '%' || text[first] == '=');
}

Result<std::vector<Prompt>> read_prompts_file(std::string_view text, const std::string& path) {
  route::WrittenPrompts written = route::parse_prompts(text);
  if (!written.faults.empty())
    return Error{ErrorCode::malformed, "not a file of prompts", path + ":" + written.faults.front(),
                 "cascade help prompts-file"};
  std::vector<Prompt> prompts;
  for (route::WrittenPrompt& each : written.prompts) {
    Prompt prompt;
    prompt.id = std::to_string(each.line);
    prompt.text = std::move(each.text);
    prompt.kind = each.answer.empty() ? "none " + each.sort : each.answer.substr(0, each.answer.find(':'));
    if (!each.answer.empty()) prompt.expect.push_back(each.answer);
    prompt.line = each.line;
    prompt.kept_back = each.kept_back;
    prompts.push_back(std::move(prompt));
  }
  return prompts;
}

}  // namespace

Result<std::vector<Prompt>> read_prompts(std::string_view text, const std::string& path) {
  if (is_prompts_file(text)) {
    auto written = read_prompts_file(text, path);
    if (!written || !written->empty()) return written;
    text = {};
  }
  std::vector<Prompt> prompts;
  for (const letters::Line line : letters::lines(text)) {
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const syntax::Parsed parsed = syntax::parse_json(line);
    const Node* said = parsed.root.kind == NodeKind::map ? find_text(parsed.root) : nullptr;
    if (said == nullptr)
      return Error{ErrorCode::malformed, "not a JSON object with a \"text\"", path + ":" + std::to_string(line.number),
                   R"(one line is {"text": "what is typed", "expect": ["skill:name"], "kind": "paraphrase"})"};
    Prompt prompt;
    prompt.id = scalar_of(parsed.root, "id");
    if (prompt.id.empty()) prompt.id = std::to_string(line.number);
    prompt.text = said->text;
    prompt.kind = scalar_of(parsed.root, "kind");
    prompt.expect = texts_of(parsed.root.find("expect"));
    if (const Node* groups = parsed.root.find("groups"); groups != nullptr && groups->kind == NodeKind::list)
      for (const Node& group : groups->items) prompt.groups.push_back(texts_of(&group));
    prompt.line = line.number;
    prompts.push_back(std::move(prompt));
  }
  if (prompts.empty()) return Error{ErrorCode::not_found, "there are no prompts in it", path, "cascade help prompts"};
  return prompts;
}

}  // namespace cascade::evaluation

// A faulty line is reported with its number and left out, so that one slip does not cost a library all its prompts.
// Which prompts are kept back is counted by answer, so that adding prompts to one changes no other.

namespace cascade::route {
namespace {

constexpr std::size_t longest_prompt = 20'000, kept_back_one_of = 3;

// "\n" is a line break, "\\" a backslash; any other backslash is kept as it is.
std::string unescaped(std::string_view line) {
  std::string text;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char next = i + 1 < line.size() ? line[i + 1] : '\0';
    if (line[i] == '\\' && (next == 'n' || next == '\\')) {
      text += next == 'n' ? '\n' : '\\';
      ++i;
    } else {
      text += line[i];
    }
  }
  return text;
}

// "== skill:a", also without the blank; "==> pasted output" and "==none" are prompts.
bool begins_heading(std::string_view line) {
  if (line.substr(0, 2) != "==" || line.size() < 4) return false;
  if (line[2] == ' ') return true;
  const std::size_t end = std::min(line.find_first_not_of("abcdefghijklmnopqrstuvwxyz", 2), line.size() - 1);
  return end > 2 && line[end] == ':' && line[end + 1] != ' ';
}

class Parser {
 public:
  void read(const letters::Line& whole) {
    number_ = whole.number;
    const std::string_view line = letters::trim(whole);
    if (line.empty()) return;
    if (line[0] == '%') return head(line.substr(1));
    if (begins_heading(line)) return heading(letters::trim(line.substr(2)));
    if (!open_) return fault("a prompt stands before any \"==\" line");
    if (line.size() > longest_prompt) return fault("the prompt is too long");
    const bool kept_back = ++seen_[answer_] % kept_back_one_of == 0;
    found_.prompts.push_back({unescaped(line), answer_, sort_, number_, heading_, kept_back});
  }

  WrittenPrompts take() { return std::move(found_); }

 private:
  void fault(const std::string& what) { found_.faults.push_back(std::to_string(number_) + ": " + what); }

  void head(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    const std::string_view key = letters::trim(line.substr(0, colon)), value = letters::trim(line.substr(colon + 1));
    if (key == "writer") found_.writer = value;
    if (key == "language") found_.language = value;
    if (key == "writer" || key == "language") return;
    if (const std::string meant = letters::did_you_mean(key, {"writer", "language"}); !meant.empty())
      fault("unknown key '" + std::string(key) + "'; " + meant);
  }

  void heading(std::string_view label) {
    open_ = true;
    heading_ = number_;
    answer_.clear();
    sort_.clear();
    if (label.substr(0, 4) == "none" && (label.size() == 4 || label[4] == ' ')) {
      sort_ = letters::trim(label.substr(4));
      return;
    }
    const std::string_view name = label.substr(0, label.find(' '));  // the rest describes the style of writing
    if (name.find(':') == std::string_view::npos) {
      open_ = false;
      const std::string meant = letters::did_you_mean(name, {"none"});
      return fault("\"== " + std::string(label) + "\" is neither none nor kind:name" +
                   (meant.empty() ? meant : "; " + meant));
    }
    answer_ = name;
  }

  WrittenPrompts found_;
  std::map<std::string, std::size_t> seen_;  // prompts seen, by answer
  std::string answer_, sort_;
  std::uint32_t number_ = 0, heading_ = 0;
  bool open_ = false;
};

}  // namespace

WrittenPrompts parse_prompts(std::string_view text) {
  Parser parser;
  for (const letters::Line line : letters::lines(text)) parser.read(line);
  return parser.take();
}

}  // namespace cascade::route
