// Parses a command line just far enough to judge it: which programs would run with which words, and whose output
// becomes whose input. A line that is not valid shell still gives commands, because rules judge fragments from prose.
// At most 4,096 words and 16 levels are read, which bounds the time. (src/core/shell/ follows a whole line as bash
// does.)
#include "validate/reading/shell.h"

#include <algorithm>
#include <utility>

#include "files/paths.h"
#include "text/ascii.h"
#include "text/lines.h"
#include "text/word_set.h"
#include "validate/reading/lists.h"
#include "validate/reading/text_model.h"

namespace cascade::validation {
namespace {

constexpr std::size_t most_words = 4096, deepest = 16;

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) { open_.push_back({begin_command(0)}); }

  std::vector<ShellCommand> run() {
    while (at_ < text_.size() && words_ < most_words) step();
    while (open_.size() > 1) close();
    end_word();
    return std::move(commands_);
  }

 private:
  struct Open {
    std::size_t command = 0;  // the command being read at this depth
    char closes = '\0';
    bool in_double_quotes = false;  // at the place where the bracket was opened
    Joint joint = Joint::none;      // how the bracket's output is used, and by which command
    std::size_t outer = 0;
  };

  std::size_t begin_command(std::size_t depth) {
    commands_.push_back({});
    commands_.back().depth = depth;
    commands_.back().into = commands_.size() - 1;
    return commands_.size() - 1;
  }
  ShellCommand& command() { return commands_[open_.back().command]; }
  char peek(std::size_t ahead) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  void begin_word() {
    if (!std::exchange(in_word_, true)) word_.clear();
  }
  void put(char c) {
    begin_word();
    word_ += c;
  }

  void end_word() {
    if (!in_word_) return;
    in_word_ = false;
    command().words.push_back(std::move(word_));
    ++words_;
  }

  void end_command(Joint joint) {
    end_word();
    const std::size_t ended = open_.back().command;
    if (commands_[ended].words.empty() && joint == Joint::none) return;
    const std::size_t next = begin_command(open_.size() - 1);
    // Every command in brackets passes its output to the command around it.
    if (open_.size() > 1) {
      commands_[next].joint = open_.back().joint;
      commands_[next].into = open_.back().outer;
    }
    if (joint == Joint::pipe) {
      commands_[ended].joint = joint;
      commands_[ended].into = next;
    }
    open_.back().command = next;
  }

  // $( ` <( : a command whose output becomes a word of the one around it.
  void open(char closes, Joint joint, std::size_t length) {
    begin_word();
    const std::size_t outer = open_.back().command;
    outer_words_.push_back(std::move(word_));
    in_word_ = false;
    const std::size_t inner = begin_command(open_.size());
    commands_[inner].joint = joint;
    commands_[inner].into = outer;
    open_.push_back({inner, closes, double_, joint, outer});
    double_ = false;
    at_ += length;
  }

  void close() {
    end_word();
    double_ = open_.back().in_double_quotes;
    open_.pop_back();
    word_ = std::move(outer_words_.back());
    in_word_ = true;
    outer_words_.pop_back();
    word_ += "\x01";  // the place of the output
    ++at_;
  }

  void single_quotes() {
    begin_word();  // '' and "" are words, too
    for (++at_; at_ < text_.size() && text_[at_] != '\''; ++at_) put(text_[at_]);
    ++at_;
  }

  void step() {
    const char c = text_[at_];
    if (open_.size() > 1 && c == open_.back().closes && !double_) return close();
    if (c == '\\' && peek(1) != '\0') return escape();
    if (c == '"') {
      begin_word();
      double_ = !double_;
      ++at_;
      return;
    }
    const bool may_open = open_.size() < deepest;
    if (c == '$' && peek(1) == '(' && may_open) return open(')', Joint::substitution, 2);
    if (c == '`' && may_open) return open('`', Joint::substitution, 1);
    if (double_) {
      put(c);
      ++at_;
      return;
    }
    if (c == '\'') return single_quotes();
    if ((c == '<' || c == '>') && peek(1) == '(' && may_open) return open(')', Joint::process, 2);
    unquoted(c);
  }

  void escape() {
    if (peek(1) == '\n') {
      end_word();
      at_ += 2;
      return;
    }
    put(text_[at_ + 1]);
    at_ += 2;
  }

  void unquoted(char c) {
    if (c == '#' && !in_word_) {
      while (at_ < text_.size() && text_[at_] != '\n') ++at_;
      return;
    }
    if (c == '|' || c == '&' || c == ';' || c == '\n' || c == '(' || c == ')' || c == '{' || c == '}') {
      if ((c == '{' || c == '}') && in_word_) {  // ${NAME}, {a,b}
        put(c);
        ++at_;
        return;
      }
      if (c == '(') groups_.push_back(open_.back().command);
      const bool pipe = c == '|' && peek(1) != '|';
      end_command(pipe ? Joint::pipe : Joint::none);
      ++at_;
      if (c == ')') return end_group();
      while (at_ < text_.size() && (text_[at_] == '|' || text_[at_] == '&' || text_[at_] == ';') && c != '\n') ++at_;
      return;
    }
    if (letters::is_space(c)) {
      end_word();
      ++at_;
      return;
    }
    put(c);
    ++at_;
  }

  // (a || b) | c: the output of every command in the brackets is passed on.
  void end_group() {
    if (groups_.empty()) return;
    const std::size_t first = groups_.back(), last = open_.back().command;
    groups_.pop_back();
    const std::string_view next = text_.substr(std::min(text_.find_first_not_of(' ', at_), text_.size()));
    if (!next.starts_with('|') || next.starts_with("||")) return;
    for (std::size_t i = first; i < last; ++i)
      if (commands_[i].joint == Joint::none) {
        commands_[i].joint = Joint::pipe;
        commands_[i].into = last;
      }
  }

  std::string_view text_;
  std::size_t at_ = 0, words_ = 0;
  std::vector<std::size_t> groups_;  // the first command of each open bracket
  std::vector<ShellCommand> commands_;
  std::vector<Open> open_;
  std::vector<std::string> outer_words_;
  std::string word_;
  bool in_word_ = false, double_ = false;
};

bool is_assignment(std::string_view word) {
  const std::size_t sign = word.find('=');
  if (sign == std::string_view::npos || sign == 0) return false;
  return std::ranges::all_of(word.substr(0, sign), letters::is_word);
}

bool is_prefix(std::string_view program) { return letters::is_one_of(program, lists::prefixes); }

int base64_value(char c) {
  if (letters::is_upper(c)) return c - 'A';
  if (letters::is_lower(c)) return c - 'a' + 26;
  if (letters::is_digit(c)) return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  return c == '/' || c == '_' ? 63 : -1;
}

}  // namespace

// Skips assignments and prefixes with their options. Values of options are not known here, but numbers (`nice 10`,
// `timeout 5`) and users (`sudo -u`) are common enough to be skipped.
std::size_t ShellCommand::first_argument() const noexcept {
  bool behind_prefix = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (is_assignment(word)) continue;
    if (is_prefix(files::file_name(word))) {
      behind_prefix = true;
      continue;
    }
    if (behind_prefix && (word == "-u" || word == "-g")) {  // sudo -u NAME
      ++i;
      continue;
    }
    if (behind_prefix && !word.empty() && (word.front() == '-' || letters::is_digit(word.front()))) continue;
    return i + 1;
  }
  return words.size();
}

std::string_view ShellCommand::program() const noexcept {
  const std::size_t first = first_argument();
  if (first == 0 || words.empty() || first > words.size()) return {};
  const std::string& word = words[first - 1];
  return is_assignment(word) || is_prefix(files::file_name(word)) ? std::string_view() : files::file_name(word);
}

bool ShellCommand::has(std::initializer_list<std::string_view> some) const {
  return std::ranges::any_of(words, [&](const std::string& word) { return letters::is_one_of(word, some); });
}

std::vector<ShellCommand> parse_shell(std::string_view text) { return Parser(text).run(); }

bool is_interpreter(std::string_view program) noexcept {
  return letters::is_one_of_lower(program, lists::interpreters);
}

bool is_downloader(std::string_view program) noexcept { return letters::is_one_of_lower(program, lists::downloaders); }

bool is_base64(char c) noexcept { return base64_value(c) >= 0; }

std::string decode_base64(std::string_view text) {
  std::string out;
  unsigned bits = 0, held = 0;
  for (const char c : text) {
    const int value = base64_value(c);
    if (value < 0) break;
    held = held << 6 | static_cast<unsigned>(value);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out += static_cast<char>(held >> bits & 0xFF);
    }
  }
  return out;
}

// Code that tools wrote is not judged like code that people wrote. It is known by what only tools leave: the mark of a
// source map, comments and helpers of bundlers, or lines longer than anybody types.
bool is_generated_code(std::string_view path, std::string_view text) noexcept {
  constexpr std::size_t beginning = 2000, ending = 400;
  if (!ends_with_part(path, lists::bundle_endings)) return false;
  return text.substr(text.size() - std::min(text.size(), ending)).find("# sourceMappingURL=") != text.npos ||
         text.find("\n//#region ") != text.npos || text.find("\n// node_modules/") != text.npos ||
         text.substr(0, beginning).find("var __defProp = Object.defineProperty;") != text.npos;
}

bool is_bundled_code(std::string_view path, std::string_view text) noexcept {
  constexpr std::size_t longest_by_hand = 4000;
  if (!ends_with_part(path, lists::bundle_endings)) return false;
  for (const letters::Line line : letters::lines(text))
    if (line.size() > longest_by_hand) return true;
  return false;
}

}  // namespace cascade::validation
