// What a single line of a prompt looks like.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "text/ascii.h"

namespace cascade::prompt {

enum class PartKind : std::uint8_t {
  said,       // by the person
  code,       // in a fence, indented, or by its looks
  quotation,  // "> ", a mail, a chat, a sentence between quotation marks
  log,
  trace,
  diff,
  table,
  data,      // JSON, YAML, markup, SQL, configuration
  terminal,  // a shell's prompt, and what a command printed
  prose,     // running text of others that the person introduces ("the README says:")
};
std::string_view to_string(PartKind kind) noexcept;

struct Part {
  std::uint32_t begin = 0, end = 0;  // bytes
  PartKind kind = PartKind::said;
};

// How sure the looks of a line are: a weak one counts only beside others.
enum class Looks : std::uint8_t { plain, weak, strong };

struct LineLook {
  PartKind kind = PartKind::said;
  Looks looks = Looks::plain;
};

// Costs some comparisons by the first characters. The line has no line end.
LineLook look_of(std::string_view line) noexcept;

// The families of looks that look_of() asks, each in a file of its own. `text` is the line without its indentation.
bool is_trace(std::string_view text, std::size_t indent) noexcept;  // a frame, or what heads or ends frames
LineLook look_of_log(std::string_view text) noexcept;
LineLook look_of_output(std::string_view text) noexcept;  // no known form, but hardly a word of a language
bool begins_with_time(std::string_view text) noexcept;    // "10:32", "[2024-05-01 10:32:07]"
LineLook look_of_data(std::string_view text, std::size_t indent) noexcept;
LineLook look_of_table(std::string_view text) noexcept;
LineLook look_of_code(std::string_view text, std::size_t indent) noexcept;
bool is_terminal(std::string_view text) noexcept;   // a shell's prompt and a command
bool is_diff_head(std::string_view text) noexcept;  // "diff --git", "--- a/x", "@@ -1,2"

// "```", "~~~": the marker of a fence; empty if the line is none.
std::string_view fence_of(std::string_view line) noexcept;

// Reads a line from its beginning.
class Scan {
 public:
  explicit constexpr Scan(std::string_view rest) noexcept : rest_(rest) {}

  constexpr std::string_view rest() const noexcept { return rest_; }
  constexpr bool at_end() const noexcept { return rest_.empty(); }
  constexpr char peek() const noexcept { return rest_.empty() ? '\0' : rest_.front(); }

  constexpr bool eat(char c) noexcept {
    if (peek() != c || rest_.empty()) return false;
    rest_.remove_prefix(1);
    return true;
  }
  constexpr bool eat(std::string_view word) noexcept {
    if (rest_.substr(0, word.size()) != word) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  constexpr bool eat_one_of(std::string_view characters) noexcept {
    if (rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // Between `least` and `most` characters for which `is` holds; nothing is eaten otherwise.
  template <typename Is>
  constexpr bool eat_while(const Is& is, std::size_t least = 1, std::size_t most = std::string_view::npos) noexcept {
    std::size_t count = 0;
    while (count < rest_.size() && count < most && is(rest_[count])) ++count;
    if (count < least) return false;
    rest_.remove_prefix(count);
    return true;
  }
  constexpr bool digits(std::size_t least, std::size_t most) noexcept {
    return eat_while(letters::is_digit, least, most) && !letters::is_digit(peek());
  }
  constexpr void blanks() noexcept { eat_while(letters::is_blank, 0); }

 private:
  std::string_view rest_;
};

}  // namespace cascade::prompt
