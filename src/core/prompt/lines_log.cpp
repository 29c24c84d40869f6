// Lines that programs print: times, levels, prefixes in brackets, "key=value", places in files, results of tests.
#include <algorithm>

#include "prompt/line_heads.h"
#include "prompt/lines.h"
#include "prompt/scan.h"
#include "prompt/words.h"
#include "text/one_of.h"

namespace cascade::prompt {
namespace {

bool is_zone_or_fraction(char c) {
  return letters::is_digit(c) || c == '.' || c == ',' || c == '+' || c == 'Z' || c == ':';
}

// "10:32", "10:32:07.123": how many fields, 0 if none.
int eat_clock(Scan& scan) noexcept {
  Scan at = scan;
  if (!at.digits(1, 2) || !at.eat(':') || !at.digits(2, 2)) return 0;
  int fields = 2;
  if (Scan more = at; more.eat(':') && more.digits(2, 2)) {
    at = more;
    fields = 3;
  }
  if (fields == 3) at.eat_while(is_zone_or_fraction, 0);
  Scan half = at;
  half.blanks();
  if (half.eat_one_of("aApP") && half.eat_one_of("mM") && !letters::is_letter(half.peek())) at = half;
  if (letters::is_letter_or_digit(at.peek())) return 0;
  scan = at;
  return fields;
}

// "2024-05-01", "2024/05/01", "01.05.2024", "01/May/2024", "May  1", "1 May 2024".
bool eat_date(Scan& scan) noexcept {
  Scan at = scan;
  if (at.digits(4, 4) && at.eat_one_of("-/.") && at.digits(2, 2) && at.eat_one_of("-/.") && at.digits(2, 2)) {
    scan = at;
    return true;
  }
  at = scan;
  if (at.digits(1, 2) && at.eat_one_of("./-") && at.eat_while(letters::is_letter_or_digit, 1, 3) &&
      at.eat_one_of("./-") && (at.digits(4, 4) || at.digits(2, 2))) {
    scan = at;
    return true;
  }
  at = scan;
  constexpr std::string_view months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec"};
  if (!letters::is_one_of_lower(at.rest().substr(0, 3), months)) return false;
  at.eat_while(letters::is_letter, 3, 3);
  if (!at.eat_while(letters::is_blank) || !at.digits(1, 2)) return false;
  scan = at;
  return true;
}

struct Time {
  bool date = false;
  int clock = 0;
};

Time eat_time(Scan& scan) noexcept {
  scan.eat_one_of("[(<");
  Time time;
  time.date = eat_date(scan);
  if (time.date) {
    Scan at = scan;
    if (!at.eat('T') && !at.eat(':')) {
      at.eat(',');
      at.blanks();
    }
    time.clock = eat_clock(at);
    if (time.clock != 0) scan = at;
  } else {
    time.clock = eat_clock(scan);
  }
  return time;
}

// "[   12.345678] ", "1714550000.123 ", "I0501 10:32:07.1".
bool begins_with_counter(std::string_view text) noexcept {
  Scan scan(text);
  if (scan.eat('[')) {
    scan.blanks();
    return scan.eat_while(letters::is_digit) && scan.eat('.') && scan.eat_while(letters::is_digit, 3) && scan.eat(']');
  }
  if (scan.eat_one_of("IWEF") && scan.digits(4, 4) && scan.eat(' ') && eat_clock(scan) == 3) return true;
  Scan epoch(text);
  if (!epoch.eat_while(letters::is_digit, 10, 13)) return false;
  if (epoch.eat('.')) epoch.eat_while(letters::is_digit, 0);
  return letters::is_blank(epoch.peek());
}

// "INFO ", "[warn]", "ERROR:": written as programs write them. A colon alone after a warning is a person's emphasis.
LineLook look_of_level(std::string_view text) noexcept {
  Scan scan(text);
  const bool in_brackets = scan.eat('[') || scan.eat('<');
  scan.blanks();
  const std::string_view rest = scan.rest();
  if (!scan.eat_while(letters::is_letter, 4, 8)) return {};
  const std::string_view word = rest.substr(0, rest.size() - scan.rest().size());
  if ((roles_of(word) & roles::level) == 0) return {};
  scan.blanks();
  if (in_brackets) return {PartKind::log, scan.eat_one_of("]>") ? Looks::strong : Looks::weak};
  bool upper = true;
  for (const char c : word) upper = upper && letters::is_upper(c);
  const bool ends = scan.at_end() || rest.size() == word.size() || !letters::is_letter(rest[word.size()]);
  if (!upper || !ends) return {PartKind::said, Looks::plain};
  const bool emphasis = letters::equals_lower(word, "warning") || letters::equals_lower(word, "notice") ||
                        letters::equals_lower(word, "critical") || letters::equals_lower(word, "severe");
  return {PartKind::log, emphasis ? Looks::weak : Looks::strong};
}

// "src/a.ts:12:3", "src/a.ts(12,3)", at the beginning.
bool begins_with_place(std::string_view text) noexcept {
  const auto in_path = [](char c) { return letters::is_name(c) || c == '/' || c == '.' || c == '\\' || c == '@'; };
  Scan scan(text);
  if (!scan.eat_while(in_path, 3)) return false;
  const std::string_view path = text.substr(0, text.size() - scan.rest().size());
  if (path.find('.') == std::string_view::npos) return false;
  if (scan.eat('(')) return scan.eat_while(letters::is_digit) && scan.eat_one_of(",)");
  return scan.eat(':') && scan.eat_while(letters::is_digit) && scan.eat(':');
}

// "level=info msg=x time=y".
std::size_t count_pairs(std::string_view text) noexcept {
  std::size_t pairs = 0;
  for (std::size_t at = text.find('='); at != std::string_view::npos; at = text.find('=', at + 1))
    if (at > 0 && letters::is_word(text[at - 1]) && at + 1 < text.size() && text[at + 1] > ' ' && text[at + 1] != '=')
      ++pairs;
  return pairs;
}

bool is_result_of_test(std::string_view text) noexcept {
  for (const std::string_view mark : heads::results)
    if (text.substr(0, mark.size()) == mark) return mark != "ok " || (text.size() > 3 && letters::is_digit(text[3]));
  return false;
}

// Whether a word of a line could not be a word of a sentence: it has digits or marks within.
bool is_of_machine(std::string_view word) noexcept {
  while (!word.empty() && std::string_view(".,;:!?\"').").find(word.back()) != std::string_view::npos)
    word.remove_suffix(1);
  return word.empty() || std::any_of(word.begin(), word.end(), [](char c) {
           return letters::is_digit(c) || std::string_view("/\\_=[]{}<>@#|*:~^%").find(c) != std::string_view::npos;
         });
}

// "****", "====", "----": drawn across.
bool has_rule(std::string_view text) noexcept {
  constexpr std::size_t shortest = 6;
  std::size_t run = 1;
  for (std::size_t i = 1; i < text.size(); ++i) {
    run = text[i] == text[i - 1] && !letters::is_letter_or_digit(text[i]) && !letters::is_space(text[i]) ? run + 1 : 1;
    if (run >= shortest && text[i] != '.') return true;
  }
  return false;
}

}  // namespace

LineLook look_of_output(std::string_view text) noexcept {
  if (Scan item(text); item.eat_one_of("-*+") || (item.digits(1, 2) && item.eat_one_of(".)")))
    if (item.peek() == ' ') return {};  // of a list
  if (has_rule(text)) return {PartKind::log, Looks::strong};
  std::size_t words = 0, of_machine = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) {
      ++words;
      of_machine += is_of_machine(text.substr(at, end - at)) ? 1 : 0;
    }
    at = end + 1;
  }
  constexpr std::size_t fewest = 3;
  if (words >= 5 && of_machine * 4 >= words * 3) return {PartKind::log, Looks::strong};
  return {PartKind::log, words >= fewest && of_machine * 2 >= words ? Looks::weak : Looks::plain};
}

bool begins_with_time(std::string_view text) noexcept {
  Scan scan(text);
  return eat_time(scan).clock != 0;
}

LineLook look_of_log(std::string_view text) noexcept {
  constexpr LineLook is_log{PartKind::log, Looks::strong};
  if (Scan scan(text); letters::is_digit(text[0]) || text[0] == '[' || text[0] == '(' || letters::is_letter(text[0])) {
    const Time time = eat_time(scan);
    if ((time.date && time.clock != 0) || time.clock == 3) return is_log;
    if (time.date || time.clock != 0) return {PartKind::log, Looks::weak};
  }
  if (begins_with_counter(text)) return is_log;
  if (const LineLook level = look_of_level(text); level.looks != Looks::plain) return level;
  if (begins_with_place(text) || is_result_of_test(text)) return is_log;
  if (const std::size_t pairs = count_pairs(text); pairs >= 2)
    return {PartKind::log, pairs >= 3 ? Looks::strong : Looks::weak};
  // "[webpack] compiled", not "[link](x)" nor "[ ] to do".
  if (text[0] == '[') {
    const std::size_t end = text.find(']');
    const std::string_view inside = text.substr(1, end == std::string_view::npos ? 0 : end - 1);
    const bool is_link = end != std::string_view::npos && end + 1 < text.size() && text[end + 1] == '(';
    if (inside.size() > 1 && inside.size() < 40 && !is_link) return {PartKind::log, Looks::weak};
  }
  return {};
}

}  // namespace cascade::prompt
