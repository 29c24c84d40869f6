// One pass over the lines: a line "== kind:name" says whose prompts follow, each of the others is a prompt. A faulty
// line is reported with its number and left out, so that one slip does not cost a library all its prompts. Every third
// prompt of an answer is kept back for measuring, counted by answer, so that adding prompts to one changes no other.
#include "route/prompts_file.h"

#include <algorithm>
#include <map>

#include "text/ascii.h"

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

class Parser {
 public:
  void line(std::string_view text) {
    ++number_;
    const std::string_view line = letters::trim(text);
    if (line.empty()) return;
    if (line[0] == '%') return head(line.substr(1));
    if (line.substr(0, 3) == "== ") return heading(letters::trim(line.substr(3)));
    if (!open_) return fault("a prompt stands before any \"==\" line");
    if (line.size() > longest_prompt) return fault("the prompt is too long");
    const bool kept_back = ++seen_[answer_] % kept_back_one_of == 0;
    found_.prompts.push_back({unescaped(line), answer_, sort_, number_, kept_back});
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
  }

  void heading(std::string_view label) {
    open_ = true;
    answer_.clear();
    sort_.clear();
    if (label.substr(0, 4) == "none" && (label.size() == 4 || label[4] == ' ')) {
      sort_ = letters::trim(label.substr(4));
      return;
    }
    const std::string_view name = label.substr(0, label.find(' '));  // the rest describes the style of writing
    if (name.find(':') == std::string_view::npos) {
      open_ = false;
      return fault("\"== " + std::string(label) + "\" is neither none nor kind:name");
    }
    answer_ = name;
  }

  WrittenPrompts found_;
  std::map<std::string, std::size_t> seen_;  // prompts seen, by answer
  std::string answer_, sort_;
  std::uint32_t number_ = 0;
  bool open_ = false;
};

}  // namespace

WrittenPrompts parse_prompts(std::string_view text) {
  Parser parser;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    parser.line(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parser.take();
}

}  // namespace cascade::route
