#include "audit/command_words.h"

#include "audit/lists.h"
#include "audit/repository.h"
#include "files/paths.h"

namespace cascade::audit {
namespace {

// Options whose value is the next word, of programs that name tasks and files.

// make CC=clang test: a variable that is set for the program, neither a task nor a file.
bool sets_variable(const std::string& word) {
  const std::size_t equals = word.find('=');
  return equals != std::string::npos && equals > 0 &&
         word.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_:+?") == equals;
}

// clang-tidy-15 is clang-tidy.
std::string_view without_version(std::string_view program) {
  const std::size_t dash = program.rfind('-');
  const bool has_version = dash != std::string_view::npos && dash + 1 < program.size() &&
                           program.find_first_not_of("0123456789.", dash + 1) == std::string_view::npos;
  return has_version ? program.substr(0, dash) : program;
}

}  // namespace

std::string joined(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + word;
  return line;
}

std::string line_of(const std::vector<std::string>& words) {
  const std::string line = joined(words);
  return line.size() > 120 ? line.substr(0, 117) + "..." : line;
}

std::vector<std::string> operands_of(const std::vector<std::string>& words, std::size_t first) {
  std::vector<std::string> operands;
  for (std::size_t i = first; i < words.size(); ++i) {
    if (words[i] == "--") break;
    if (!words[i].empty() && words[i].front() == '-') {
      if (has(lists::with_value, words[i])) ++i;
      continue;
    }
    if (!sets_variable(words[i])) operands.push_back(words[i]);
  }
  return operands;
}

bool begin_so(const std::vector<std::string>& words, const std::vector<std::string>& wanted) {
  if (wanted.empty() || words.empty()) return false;
  const std::string_view program = files::file_name(words.front());
  if (program != wanted.front() && without_version(program) != wanted.front()) return false;
  std::size_t next = 1;
  for (std::size_t i = 1; i < words.size() && next < wanted.size(); ++i)
    if (words[i] == wanted[next])
      ++next;
    else if (words[i].size() > 2 && has(lists::with_value, words[i]))
      ++i;  // cargo build --profile release is no cargo release
  return next == wanted.size();
}

std::string sent_to(const std::vector<std::string>& words, const std::string& folder) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::size_t equals = words[i].find('=');
    const std::string option = words[i].substr(0, equals);
    if (option != "-C" && option != "--prefix" && option != "--cwd" && option != "--dir") continue;
    const std::string value =
        equals != std::string::npos ? words[i].substr(equals + 1) : (i + 1 < words.size() ? words[i + 1] : "");
    if (!value.empty()) return path_in(folder, value);
  }
  return folder;
}

bool is_plain_path(std::string_view word) {
  return word.find_first_of("*?$<>{}[]|:\"'") == std::string_view::npos && word.find("...") == std::string_view::npos;
}

}  // namespace cascade::audit
