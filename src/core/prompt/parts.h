// A prompt as parts: what the person says, in which alone orders and names count, and what is quoted or pasted.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "prompt/words.h"
#include "text/ascii.h"

namespace cascade::prompt {

// What a single line of a prompt looks like.

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

bool begins_with_time(std::string_view text) noexcept;  // "10:32", "[2024-05-01 10:32:07]"
bool is_diff_head(std::string_view text) noexcept;      // "diff --git", "--- a/x", "@@ -1,2"

// "```", "~~~": the marker of a fence; empty if the line is none.
std::string_view fence_of(std::string_view line) noexcept;

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

struct Line {
  std::uint32_t begin = 0, end = 0;  // without the line end
  LineLook look;
  bool blank = false;
  bool settled = false;  // `kind` is known
  PartKind kind = PartKind::said;
  std::uint8_t indent = 0;       // blanks at the beginning, 255 at most
  std::uint32_t said_until = 0;  // where the words of others begin within a line that is said; 0: nowhere
};

// The lines of a text, settled one after the other.
struct Blocks {
  explicit Blocks(std::string_view text);

  std::string_view text_of(std::size_t line) const {
    return text.substr(lines[line].begin, lines[line].end - lines[line].begin);
  }
  std::size_t size() const noexcept { return lines.size(); }
  void settle(std::size_t begin, std::size_t end, PartKind kind);
  std::size_t next_written(std::size_t line) const noexcept;  // the first line from here on that is not blank
  // The end of a paste that has no mark where it ends. It begins at line `begin`, its own mark stands at line `mark`.
  // The last paragraph is the person's own if they asked for nothing above, or if it asks a question.
  std::size_t end_of_paste(std::size_t begin, std::size_t mark) const;
  bool asks(std::size_t line) const;  // a question, or a request's first word

  std::string_view text;
  std::vector<Line> lines;
  bool any_flush = false;         // some line begins without indentation
  std::size_t first_request = 0;  // the first line of running text that neither introduces a paste nor only tells
};

void find_regions(Blocks& all);  // what has marks where it begins or ends: fences, tags, mails, chats

// In order and without gaps; at least one for a text that is not empty. Linear; a line without any mark costs one scan.
std::vector<Part> read_parts(std::string_view text);

// The text with everything that is not said blanked by spaces. Line breaks and all offsets stay.
std::string only_said(std::string_view text, const std::vector<Part>& parts);

enum class Wanted : std::uint8_t { always, if_asked };  // if_asked: if the words ask for a judgement or a repair

// What a paste is: a diff, a stack trace, the plan of a query ...
struct Matter {
  std::string_view name;
  Wanted wanted = Wanted::always;
  std::string_view deed;  // what people mostly want of it, as a whole request
};

// A sign that a line has; matter_signs.tsv says how it is written.
struct MatterSign {
  std::string_view matter, sign;
  std::uint32_t weight = 0;
};

std::span<const Matter> matters() noexcept;
std::span<const MatterSign> matter_signs() noexcept;

bool has_sign(std::string_view line, std::string_view sign) noexcept;

// What the lines of a text are, judged by all their signs together; null: too few. Of equal ones the row that comes
// first. Linear in the lines, of which the first and last hundred are read, and in the signs.
const Matter* matter_of(std::string_view text);

enum class CallMark : std::uint8_t { none, slash, at };

// A known name where the text calls or refuses it.
struct Mention {
  std::uint32_t begin = 0, end = 0;  // bytes of the name
  std::uint32_t name = 0;            // name_hash() of it
  bool refused = false;              // otherwise called
  CallMark mark = CallMark::none;
  Roles kinds = 0;  // the words of kind beside it: roles::skill, agent, command, playbook
};

// Equal for names that differ only in case, accents and what joins their words ("code-review", "Code Review"); never 0.
std::uint32_t name_hash(std::string_view name) noexcept;

struct Heard {
  std::vector<Mention> mentions;  // in the order of the text
  bool refuses_all = false;       // "don't use any skills": every one, but for those that it calls
  bool only_refuses = false;      // "not X any more, please": beside what it refuses it says nothing
  bool refuses_that = false;      // "drop that skill": the one that was loaded, without its name
};
// Reads what the person says (only_said()). `knows`: whether a manifest has a name with this hash. A name of one
// ordinary word needs a mark or a word of kind; a joined name needs only a word that calls it. The whole text may be a
// name. A text without such words costs one pass over its words.
Heard hear(std::string_view said, const std::function<bool(std::uint32_t)>& knows);

}  // namespace cascade::prompt
