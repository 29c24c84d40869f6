// What a client calls its events, its answers' keys, its tools, variables and folders stands in src/core/client/ alone:
// when a client changes one, or another client comes, no other module has to be read. Keys of manifests are
// everybody's.
#include <catch2/catch.hpp>

#include <algorithm>
#include <regex>
#include <set>
#include <utility>

#include "architecture/source_tree.h"
#include "text/ascii.h"

namespace cascade::architecture {
namespace {

bool is_word(char c) { return c == '_' || letters::is_letter_or_digit(c); }

struct Literal {
  std::size_t line = 0;
  std::string text;  // as it is written, without the quotes
};

// The string literals of a source, but for those in comments and includes.
class Literals {
 public:
  explicit Literals(const std::string& source) : source_(source) {
    while (at_ < source_.size()) next();
  }
  std::vector<Literal> take() && { return std::move(found_); }

 private:
  bool at(const char* text) const { return source_.compare(at_, std::string(text).size(), text) == 0; }
  void skip_to(std::size_t end) {
    for (end = std::min(end, source_.size()); at_ < end; ++at_)
      if (source_[at_] == '\n') ++line_;
  }
  void add(std::size_t begin, std::size_t end, std::size_t behind) {
    found_.push_back({line_, source_.substr(begin, end - begin)});
    skip_to(std::min(end, source_.size()) + behind);
  }
  std::size_t closing(char quote) const {
    std::size_t end = at_ + 1;
    while (end < source_.size() && source_[end] != quote) end += source_[end] == '\\' ? 2 : 1;
    return std::min(end, source_.size());
  }
  void next() {
    const bool behind_word = at_ > 0 && is_word(source_[at_ - 1]);
    if (at("//") || at("#include")) return skip_to(source_.find('\n', at_));
    if (at("R\"") && !behind_word) {
      const std::size_t open = source_.find('(', at_);
      const std::string end = ")" + source_.substr(at_ + 2, open - at_ - 2) + "\"";
      return add(open + 1, source_.find(end, open), end.size());
    }
    if (at("\"")) return add(at_ + 1, closing('"'), 1);
    if (at("'") && !behind_word) return skip_to(closing('\'') + 1);
    skip_to(at_ + 1);
  }

  const std::string& source_;
  std::size_t at_ = 0, line_ = 1;
  std::vector<Literal> found_;
};

std::set<std::string> captures(const std::string& text, const std::regex& wanted) {
  std::set<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), wanted), end; at != end; ++at) found.insert((*at)[1]);
  return found;
}

// What src/core/client/ itself calls by such names; so a new dialect's are known by its file alone.
struct ClientNames {
  std::set<std::string> words;      // events, tools, keys of answers: whole words of a literal
  std::set<std::string> variables;  // parts of a literal
  std::set<std::string> folders;    // parts of a literal that a slash or its end follows

  ClientNames() {
    // Rows of the tables of facts: a kind, then a name. Other clients' tools are words.
    static const std::regex row(R"rx((?:^|\n)event\t([A-Za-z.]+))rx"), tool(R"rx((?:^|\n)tool\t([A-Z]\w+))rx"),
        read(R"rx((?:^|\n)(?:reads|reads_of_user|folder|fills)\t(\.[\w./]+))rx");
    for (const std::string& table : entries("src/core/client/facts")) {
      const std::string text = read_text("src/core/client/facts/" + table);
      for (const std::regex* each : {&row, &tool}) words.merge(captures(text, *each));
      folders.merge(captures(text, read));
    }
    static const std::regex starter(R"rx(\.subagents = \{\.name = "(\w*[A-Z_]\w*)")rx"),
        key(R"rx(\.key\("([a-z]+[A-Z]\w*)"\))rx"), answer(R"rx(constexpr const char\* \w+ = "([a-z]+[A-Z]\w*)")rx"),
        variable(R"rx("[${]*((?:[A-Z]+_)+(?:[A-Z]+))\b)rx"), folder(R"rx("(\.[a-z]+(?:/opencode)?)["/])rx");
    for (const SourceFile& file : sources_below("src/core/client")) {
      for (const std::regex* each : {&starter, &key, &answer}) words.merge(captures(file.text, *each));
      variables.merge(captures(file.text, variable));
      folders.merge(captures(file.text, folder));
    }
    for (const char* not_a_clients : {".json", ".md", ".toml", ".agent", ".prompt", ".config", ".cascade", ".git"})
      folders.erase(not_a_clients);
    variables.erase("XDG_CONFIG_HOME");
    words.erase("mcpServers");    // a manifest's key
    words.erase("stop");          // Cursor's, and a word
    words.erase("notification");  // Copilot's, and a word
  }
};

bool has_word(const std::string& literal, const ClientNames& names, std::string& found) {
  for (std::size_t begin = 0; begin < literal.size(); ++begin) {
    std::size_t end = begin;
    while (end < literal.size() && (is_word(literal[end]) || literal[end] == '.')) ++end;
    found = literal.substr(begin, end - begin);
    if (names.words.count(found) != 0) return true;
    begin = end;
  }
  return false;
}

// Two words with a blank between them.
bool is_sentence(const std::string& literal) {
  for (std::size_t at = literal.find(' '); at != std::string::npos; at = literal.find(' ', at + 1))
    if (at > 0 && at + 1 < literal.size() && literal[at - 1] != ':' && literal[at - 1] != ',' &&
        letters::is_letter(literal[at + 1]))
      return true;
  return false;
}

// The name that the literal holds; empty: none. A sentence may name what it likes.
std::string name_in(const std::string& literal, const ClientNames& names) {
  if (is_sentence(literal)) return {};
  std::string found;
  if (has_word(literal, names, found)) return found;
  for (const std::string& name : names.variables)
    if (literal.find(name) != std::string::npos) return name;
  for (const std::string& name : names.folders)
    for (std::size_t at = literal.find(name); at != std::string::npos; at = literal.find(name, at + 1)) {
      const std::size_t end = at + name.size();
      const bool begins = at == 0 || !is_word(literal[at - 1]);
      if (begins && (end == literal.size() || literal[end] == '/')) return name;
    }
  return {};
}

TEST_CASE("the names of clients are known from src/core/client/, and found in literals alone") {
  const ClientNames names;
  for (const char* name :
       {"UserPromptSubmit", "BeforeAgent", "chat.message", "beforeSubmitPrompt", "Bash", "spawn_agent",
        "hookSpecificOutput", "additionalContext", "modifiedArgs", "permissionDecision"}) {
    INFO(name);
    CHECK(names.words.count(name) == 1);
  }
  for (const char* name : {"CLAUDE_PROJECT_DIR", "CLAUDE_SKILL_DIR", "CURSOR_VERSION", "CODEX_HOME"}) {
    INFO(name);
    CHECK(names.variables.count(name) == 1);
  }
  for (const char* name : {".claude", ".codex", ".config/opencode", ".github"}) {
    INFO(name);
    CHECK(names.folders.count(name) == 1);
  }
  const auto found = [&](const std::string& line) {
    std::string all;
    for (const Literal& literal : Literals(line).take()) all += name_in(literal.text, names) + ";";
    return all;
  };
  CHECK(found(R"(if (tool == "Bash") return;  // "Edit")") == "Bash;");
  CHECK(found(R"(matcher = "^(Edit|Other)$")") == "Edit;");
  CHECK(found(R"(path = ".claude/settings.json", c = '"', "x.claude", ".claudes")") == ".claude;;;");
  CHECK(found(R"(text = "${CLAUDE_SKILL_DIR}/x")") == "CLAUDE_SKILL_DIR;");
  CHECK(found(R"(help = "Bash is a tool")") == ";");
  CHECK(found("json = R\"({\"hookSpecificOutput\": 1})\";") == "hookSpecificOutput;");
}

TEST_CASE(
    "no module but src/core/client/ writes down what a client calls its events, tools, keys, variables or folders") {
  const ClientNames names;
  std::vector<std::string> faults;
  for (const SourceFile& file : sources_below("src")) {
    if (file.path.rfind("src/core/client/", 0) == 0) continue;
    for (const Literal& literal : Literals(file.text).take())
      if (const std::string name = name_in(literal.text, names); !name.empty())
        faults.push_back(file.path + ":" + std::to_string(literal.line) + ": \"" + literal.text + "\" names " + name);
  }
  CHECK(listed(faults) == "");
}

}  // namespace
}  // namespace cascade::architecture
