// The text is read by lines: fences of code are shell unless they say otherwise; in running text only what stands
// between backticks counts as a command or a path. Wordings are taken from all of it.
#include "usage/signs.h"

#include <algorithm>
#include <utility>

#include "client/transcript/happened.h"
#include "syntax/link_parts.h"
#include "text/ascii.h"
#include "text/one_of.h"
#include "text/word_list.h"
#include "text/words.h"
#include "usage/identifiers.h"
#include "usage/words.h"

namespace cascade::usage {
namespace {

constexpr std::string_view shell_languages = "bash sh shell zsh console shell-session terminal";

// What a section and a call may write differently: quotes and marks around it, "./" before it, the slashes of Windows.
std::string tidy_path(std::string_view word) {
  constexpr std::string_view around = "\"'`()[]<>,;:.!?";
  while (!word.empty() && word.back() != '/' && around.find(word.back()) != std::string_view::npos)
    word.remove_suffix(1);
  while (!word.empty() && word[0] != '.' && around.find(word[0]) != std::string_view::npos) word.remove_prefix(1);
  while (word.substr(0, 2) == "./") word.remove_prefix(2);
  std::string path(word);
  std::replace(path.begin(), path.end(), '\\', '/');
  return path;
}

bool is_path_character(char c) {
  return letters::is_letter_or_digit(c) || c == '/' || c == '.' || c == '-' || c == '_' || c == '@' || c == '~' ||
         c == '+';
}

bool has_known_ending(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  return dot != std::string_view::npos && dot + 1 < path.size() &&
         letters::is_one_of(path.substr(dot + 1), words::endings);
}

// "docs/adr/NNNN-title.md" stands for any file in docs/adr/.
std::string without_placeholder(std::string path) {
  if (!is_placeholder(path)) return path;
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return {};
  path.erase(slash + 1);
  return is_placeholder(path) ? std::string() : path;
}

// Where a word stands: an argument "deployment/api" names no folder, unlike the same between backticks.
enum class Within : std::uint8_t { text, command };

void add_path(std::string_view word, Within within, std::vector<std::string>& paths) {
  std::string path = without_placeholder(tidy_path(word));
  if (path.size() < 4 || path.find("//") != std::string::npos ||
      !std::all_of(path.begin(), path.end(), is_path_character))
    return;
  const std::size_t slash = path.find('/');
  const bool is_deep = slash != path.rfind('/') || slash == 0 || path[0] == '.' || path[0] == '~';
  const bool may_be_folder = slash != std::string::npos && (within == Within::text || is_deep || word[0] == '.');
  const bool is_folder = path.back() == '/' || (may_be_folder && !has_known_ending(path));
  if (!is_folder && !has_known_ending(path)) return;
  if (path[0] == '/' && path.find('/', 1) == std::string::npos) return;  // "/name": a command, or a route
  if (letters::is_one_of(path, words::everyday_paths) || letters::is_one_of(path + "/", words::everyday_paths)) return;
  paths.push_back(std::move(path));
}

template <typename See>
void each_blank_word(std::string_view text, const See& see) {
  std::size_t at = 0;
  while (at < text.size()) {
    while (at < text.size() && letters::is_space(text[at])) ++at;
    std::size_t end = at;
    while (end < text.size() && !letters::is_space(text[end])) ++end;
    if (end > at) see(text.substr(at, end - at));
    at = end;
  }
}

class SignReader {
 public:
  Signs take(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      line(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    flush();
    return std::move(signs_);
  }

 private:
  void line(std::string_view line) {
    const std::string_view trimmed = letters::trim(line);
    const bool is_fence = trimmed.substr(0, 3) == "```" || trimmed.substr(0, 3) == "~~~";
    if (is_fence) {
      if (in_fence_) flush();
      in_fence_ = !in_fence_;
      const std::string language = letters::to_lower(trimmed.substr(std::min<std::size_t>(3, trimmed.size())));
      is_shell_ = language.empty() || letters::lists(shell_languages, language.substr(0, language.find(' ')));
      return;
    }
    if (!in_fence_) return spans(line);
    each_blank_word(line, [&](std::string_view word) { add_path(word, Within::command, signs_.paths); });
    if (is_shell_) code_ += std::string(trimmed.substr(0, 2) == "$ " ? trimmed.substr(2) : trimmed) + "\n";
  }

  // What stands between backticks in a line of running text.
  void spans(std::string_view line) {
    for (std::size_t at = line.find('`'); at != std::string_view::npos;) {
      const std::size_t end = line.find('`', at + 1);
      if (end == std::string_view::npos) break;
      span(line.substr(at + 1, end - at - 1));
      at = line.find('`', end + 1);
    }
    // Links to files, and names of MCP tools anywhere.
    for (auto link = syntax::next_link(line, 0); link; link = syntax::next_link(line, link->close))
      add_path(link->destination(line), Within::text, signs_.paths);
    each_blank_word(line, [&](std::string_view word) {
      if (const std::size_t at = word.find("mcp__"); at != std::string_view::npos) add_tool(tidy_path(word.substr(at)));
    });
  }

  void span(std::string_view code) {
    const bool is_one = code.find(' ') == std::string_view::npos;
    each_blank_word(
        code, [&](std::string_view word) { add_path(word, is_one ? Within::text : Within::command, signs_.paths); });
    if (is_one) return add_tool(std::string(code));
    if (letters::is_letter(code.empty() ? ' ' : code[0]) || code.substr(0, 2) == "./") {
      for (Run& run : runs_of(code))
        if (is_program_name(run.program)) signs_.runs.push_back(std::move(run));
    }
  }

  void add_tool(const std::string& name) {
    if (name.find('-') != std::string::npos && name.substr(0, 3) != "mcp") return;  // a name as any other
    if (std::string tool = transcript::telling_tool(name); !tool.empty()) signs_.tools.push_back(std::move(tool));
  }

  // Running text between backticks is rarely a command; a program's name has no capitals or marks.
  static bool is_program_name(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
      return (letters::is_letter_or_digit(c) && !letters::is_upper(c)) || c == '-' || c == '_' || c == '.' || c == '+';
    });
  }

  void flush() {
    for (Run& run : runs_of(code_))
      if (is_program_name(run.program)) signs_.runs.push_back(std::move(run));
    code_.clear();
  }

  Signs signs_;
  std::string code_;
  bool in_fence_ = false, is_shell_ = false;
};

// A heading and nothing below it.
bool is_title(std::string_view section) {
  const std::string_view text = letters::trim(section);
  return text.substr(0, 1) == "#" && text.find('\n') == std::string_view::npos;
}

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  letters::WordCursor cursor(text);
  while (cursor.next()) words.push_back(letters::to_lower(cursor.word()));
  return words;
}

Signs signs_of(std::string_view section) {
  Signs signs = SignReader().take(section);
  signs.is_title = is_title(section);
  signs.words = words_of(section);
  signs.identifiers = identifiers_of(section);
  add_phrases(section, signs.phrases);
  std::sort(signs.phrases.begin(), signs.phrases.end(),
            [](const Phrase& a, const Phrase& b) { return a.hash != b.hash ? a.hash < b.hash : a.at < b.at; });
  for (auto* list : {&signs.tools, &signs.paths}) {
    std::sort(list->begin(), list->end());
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
  return signs;
}

void add_wanted(const Signs& signs, std::vector<std::uint64_t>& hashes) {
  for (const Phrase& phrase : signs.phrases) hashes.push_back(phrase.hash);
  for (const std::string& name : signs.identifiers) hashes.push_back(hash_of_identifier(name));
}

// A folder is named by what is in it; a file by its last components.
bool names_path(const std::vector<std::string>& told, std::string_view touched) {
  const std::string path = "/" + tidy_path(touched);
  return std::any_of(told.begin(), told.end(), [&](const std::string& one) {
    const std::string name = one[0] == '/' ? one : "/" + one;
    const std::size_t at = path.find(name);
    if (at == std::string::npos) return false;
    const std::size_t end = at + name.size();
    return one.back() == '/' || end == path.size() || path[end] == '/';
  });
}

}  // namespace cascade::usage
