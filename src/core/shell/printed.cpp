// The few programs whose output follows from their words alone.
#include <charconv>
#include <utility>

#include "files/paths.h"
#include "shell/runner.h"

namespace cascade::shell {
namespace {

using Text = std::optional<std::string>;

// The character that \NNN or \xHH at the beginning stands for, and how long that is.
std::optional<std::pair<char, std::size_t>> coded_character(std::string_view text) {
  if (text.size() < 2 || text[0] != '\\') return std::nullopt;
  const bool hexadecimal = text[1] == 'x';
  const std::string_view digits = text.substr(hexadecimal ? 2 : 1, hexadecimal ? 2 : 3);
  int code = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), code, hexadecimal ? 16 : 8);
  if (fault != std::errc() || code <= 0) return std::nullopt;
  return std::pair(static_cast<char>(code), static_cast<std::size_t>(end - text.data()));
}

// Returns the output of printf for a format with nothing but %s, %b and the usual escapes.
std::optional<std::string> formatted(const std::vector<Value>& words) {
  std::string text;
  std::size_t argument = 2;
  const std::string& format = words[1].text;
  do {
    for (std::size_t i = 0; i < format.size(); ++i) {
      const char next = i + 1 < format.size() ? format[i + 1] : '\0';
      if (const auto coded = coded_character(std::string_view(format).substr(i))) {
        text += coded->first;
        i += coded->second - 1;
      } else if (format[i] == '\\' && (next == 'n' || next == 't' || next == '\\')) {
        text += next == 'n' ? '\n' : next == 't' ? '\t' : '\\';
        ++i;
      } else if (format[i] == '%' && (next == 's' || next == 'b' || next == '%')) {
        if (next == '%')
          text += '%';
        else if (argument < words.size())
          text += script_text(words[argument++]);
        ++i;
      } else if (format[i] == '%' || format[i] == '\\') {
        return std::nullopt;
      } else {
        text += format[i];
      }
    }
    // printf uses its format again while words are left, but only if the format takes any.
  } while (argument < words.size() && argument > 2);
  return text;
}

// echo prints its words, with ${_} for the unknown ones.
Text echoed(const std::vector<Value>& words) {
  std::string line;
  bool ends_line = true;
  if (words.size() == 2 && !words[1].known) return std::nullopt;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const bool option = i == 1 && words[i].known && (words[i].text == "-n" || words[i].text == "-e");
    if (words[i].is_pattern) return std::nullopt;
    if (option)
      ends_line = words[i].text == "-e";
    else
      line += (line.empty() ? "" : " ") + script_text(words[i]);
  }
  return line + (ends_line ? "\n" : "");
}

// dirname, basename, realpath and readlink -f of one path.
Text path_printed(std::string_view name, const std::vector<Value>& words, const State& state) {
  const Value& last = words.back();
  const bool plain = last.known && !last.is_pattern && !last.text.empty() && !is_option(last);
  const std::size_t expected = name == "readlink" ? 3 : 2;
  if (!plain || words.size() != expected) return std::nullopt;
  if (name == "dirname") {
    const std::string_view parent = files::parent(last.text);
    return std::string(parent.empty() ? "." : parent) + "\n";
  }
  if (name == "basename") return std::string(files::file_name(last.text)) + "\n";
  const std::string path = reached(state.directory, last.text);
  return path.empty() ? Text() : path + "\n";
}

// ls -d prints the names it is given, one a line.
Text listed(const std::vector<Value>& words) {
  if (words.size() < 3 || words[1].text != "-d") return std::nullopt;
  std::string lines;
  for (std::size_t i = 2; i < words.size(); ++i) {
    if (!words[i].known || words[i].is_pattern || is_option(words[i])) return std::nullopt;
    lines += words[i].text + "\n";
  }
  return lines;
}

// mktemp -d prints a new folder below the temporary one. Its name is unknown, so the temporary folder is given in its
// place: everything below it is free to write.
Text temporary_folder(const std::vector<Value>& words) {
  bool is_folder = false;
  for (std::size_t i = 1; i < words.size(); ++i) {
    is_folder = is_folder || words[i].text == "-d" || words[i].text == "--directory";
    const bool plain = words[i].text == "-d" || words[i].text == "--directory" || words[i].text == "-q";
    if (!plain) return std::nullopt;  // another place, or a template
  }
  return is_folder ? Text("/tmp\n") : std::nullopt;
}

// git [-C DIR] rev-parse --show-toplevel
Text git_printed(std::vector<Value> words, const State& state, const Surroundings& surroundings) {
  std::string where = state.directory;
  if (words.size() == 5 && words[1].text == "-C" && words[2].known) {
    where = files::join(where, words[2].text);
    words.erase(words.begin() + 1, words.begin() + 3);
  }
  if (words.size() != 3 || words[1].text != "rev-parse" || words[2].text != "--show-toplevel" ||
      !files::is_absolute(where))
    return std::nullopt;
  const auto root = surroundings.top_level(where);
  return root ? Text(*root + "\n") : std::nullopt;
}

}  // namespace

// Writes the program's output if it can be predicted; false: it cannot.
bool Runner::prints(std::string_view name, const Execution& execution, const State& state) {
  Output* output = execution.streams.output;
  if (output == nullptr) return false;
  const std::vector<Value>& words = execution.words;
  Text text;
  if (name == "echo")
    text = echoed(words);
  else if (name == "printf" && words.size() > 1 && words[1].known && words[1].text != "-v")
    text = formatted(words);
  else if (name == "pwd" && !state.directory.empty())
    text = state.directory + "\n";
  else if (((name == "cat" && words.size() == 1) || name == "tee") && execution.streams.input != nullptr)
    text = execution.streams.input->text;
  else if (name == "dirname" || name == "basename" || name == "realpath" || name == "readlink")
    text = path_printed(name, words, state);
  else if (name == "ls")
    text = listed(words);
  else if (name == "mktemp")
    text = temporary_folder(words);
  else if (name == "git")
    text = git_printed(words, state, surroundings_);
  if (text) output->text += *text;
  return text.has_value();
}

}  // namespace cascade::shell
