// Asks the families of looks one after the other, those that need the fewest characters first.
#include "prompt/parts.h"

#include "prompt/line_heads.h"
#include "prompt/words.h"
#include "text/word_set.h"

namespace cascade::prompt {
namespace {

constexpr LineLook strong(PartKind kind) { return {kind, Looks::strong}; }

// "> text", ">> text", "> > text"; not a lone ">" before a number ("> 5 files").
bool is_quotation(std::string_view text) noexcept {
  Scan scan(text);
  if (!scan.eat('>')) return false;
  if (text.substr(0, 4) == ">>> ") return false;  // an interpreter's prompt
  return scan.at_end() || scan.peek() == ' ' || scan.peek() == '>' || letters::is_letter(scan.peek()) ||
         static_cast<unsigned char>(scan.peek()) >= 0x80;
}

// How a statement or declaration begins; each is followed by something that running text lacks.
bool is_declaration(std::string_view text) noexcept {
  for (const std::string_view head : heads::plain)
    if (text.starts_with(head)) return true;
  for (const std::string_view head : heads::declarations) {
    if (!text.starts_with(head)) continue;
    const char last = text.back();
    if (last == ':' && text.find('(') == std::string_view::npos && text.find("==") == std::string_view::npos &&
        text.find(' ') != std::string_view::npos && text.find(" in ") == std::string_view::npos)
      continue;  // "with these words:"
    if (last == '{' || last == ';' || last == ':' || text.find(" = ") != std::string_view::npos ||
        (text.find('(') != std::string_view::npos && last == ')') || text.find(" import ") != std::string_view::npos ||
        text.find(" from '") != std::string_view::npos || text.find(" from \"") != std::string_view::npos)
      return true;
  }
  return false;
}

std::size_t count_marks(std::string_view text) noexcept {
  const auto is_mark = [](char c) { return std::string_view("{}()[];=<>|&$\\#").find(c) != std::string_view::npos; };
  return static_cast<std::size_t>(std::ranges::count_if(text, is_mark));
}

bool begins_with_speech(std::string_view text) noexcept {
  Scan scan(text);
  return scan.eat_while(letters::is_letter) && scan.eat(' ') && scan.eat_while(letters::is_letter) &&
         scan.peek() == ' ';
}

LineLook look_of_code(std::string_view text, std::size_t indent) noexcept {
  constexpr LineLook strong{PartKind::code, Looks::strong}, weak{PartKind::code, Looks::weak};
  if (is_declaration(text)) return strong;
  const char last = text.back();
  const std::size_t marks = count_marks(text);
  if (last == '{' || (last == ';' && marks >= 1)) return marks >= 2 ? strong : weak;
  if (marks >= 3 && marks * 12 >= text.size()) {
    const bool one_word = text.find(' ') == std::string_view::npos && marks < 5;
    return one_word || begins_with_speech(text) ? weak : strong;
  }
  if (marks >= 2 && indent >= 2) return weak;
  if (text.starts_with("# ") || text.starts_with("\"\"\"") || text.starts_with("-- ")) return weak;
  return {};
}

bool is_terminal(std::string_view text) noexcept {
  for (const std::string_view head : heads::prompts)
    if (text.starts_with(head)) return text.size() > head.size();
  Scan scan(text);
  if (scan.eat("In [") && scan.eat_while(letters::is_digit) && scan.eat("]:")) return true;
  scan = Scan(text);
  if (scan.eat("PS ")) {
    const std::size_t end = text.find('>');
    return letters::is_letter(scan.peek()) && end != std::string_view::npos && scan.rest().substr(1, 1) == ":";
  }
  if (scan.eat_while(letters::is_letter, 1, 1) && scan.eat(":\\")) return text.find('>') != std::string_view::npos;
  // "user@host:~/src$ make", "[user@host src]$ make", "(venv) ~/src $ make", "~/src$ make".
  scan = Scan(text);
  if (scan.eat('(')) {
    if (!scan.eat_while(letters::is_name) || !scan.eat(") ")) return false;
  }
  const std::string_view rest = scan.rest();
  std::size_t sign = rest.find("$ ");
  if (sign == std::string_view::npos) sign = rest.find("# ");
  if (sign == std::string_view::npos || sign == 0 || sign > 80) return false;
  const std::string_view head = rest.substr(0, sign);
  const std::size_t at = head.find('@');
  return head.front() == '~' || (at != std::string_view::npos && at > 0 && at < head.find(' ') &&
                                 head.find_first_of(":]~") != std::string_view::npos);
}

constexpr LineLook strong_data{PartKind::data, Looks::strong}, weak_data{PartKind::data, Looks::weak};

std::size_t count_words(std::string_view text) noexcept {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] != ' ' && (i == 0 || text[i - 1] == ' ')) ++count;
  return count;
}

bool is_json(std::string_view text) noexcept {
  const char first = text.front(), last = text.back();
  if (first == '"') {
    const std::size_t end = text.find('"', 1);
    if (end == std::string_view::npos) return false;
    Scan scan(text.substr(end + 1));
    scan.blanks();
    return scan.eat(':') || (scan.eat(',') && scan.at_end());
  }
  if (first == '{' || first == '[')
    return text.size() == 1 || text[1] == '"' || text[1] == '{' ||
           (text[1] == ' ' && text.find("\":") != std::string_view::npos) || (first == '{' && last == '}') ||
           (first == '{' && text.find("\":") != std::string_view::npos);
  return (first == '}' || first == ']') && text.find_first_not_of("}]),;") == std::string_view::npos;
}

// "<a>", "</a>", "<a href=...>", "<!-- x", "<?xml": markup at the beginning of the line.
bool is_markup(std::string_view text) noexcept {
  Scan scan(text);
  if (!scan.eat('<')) return false;
  if (scan.eat("!--") || scan.eat("!DOCTYPE") || scan.eat("!doctype") || scan.eat("?xml")) return true;
  scan.eat('/');
  if (!letters::is_letter(scan.peek())) return false;
  scan.eat_while([](char c) { return letters::is_name(c) || c == ':' || c == '.'; });
  return (scan.peek() == ' ' || scan.peek() == '>' || scan.peek() == '/') &&
         scan.rest().find('>') != std::string_view::npos;
}

bool is_statement(std::string_view text) noexcept {
  return std::ranges::any_of(heads::statements, [&](std::string_view head) { return text.starts_with(head); });
}

// "key: value" in small letters, "- key: value"; a value that is a sentence belongs to a person.
LineLook look_of_key(std::string_view text) noexcept {
  Scan scan(text);
  if (scan.eat('-')) scan.blanks();
  const std::string_view from = scan.rest();
  const auto in_key = [](char c) { return letters::is_name(c) || c == '.' || c == '/'; };
  if (!letters::is_letter(scan.peek()) || !scan.eat_while(in_key)) return {};
  const std::string_view key = from.substr(0, from.size() - scan.rest().size());
  scan.blanks();
  if (scan.eat('=')) {
    if (scan.peek() == '=' || scan.peek() == '>') return {};
    scan.blanks();
    bool upper = key.size() > 2;
    for (const char c : key) upper = upper && (letters::is_upper(c) || letters::is_digit(c) || c == '_');
    return upper ? strong_data : count_words(scan.rest()) <= 6 ? weak_data : LineLook{};
  }
  if (!scan.eat(':') || (!scan.at_end() && scan.peek() != ' ')) return {};
  scan.blanks();
  const std::string_view value = scan.rest();
  if (value == "|" || value == ">" || value == "|-" || value == ">-") return strong_data;
  if (!letters::is_lower(key.front()) || (roles_of(key) & roles::label) != 0) return {};
  return count_words(value) <= 5 || value.front() == '"' || value.front() == '\'' || value.front() == '[' ? weak_data
                                                                                                          : LineLook{};
}

bool is_box(std::string_view text) noexcept {
  return text.starts_with("+-") || text.starts_with("|-") || text.starts_with("\xE2\x94") ||
         text.starts_with("\xE2\x95");  // box drawing
}

LineLook look_of_data(std::string_view text, std::size_t indent) noexcept {
  if (is_json(text) || is_markup(text) || is_statement(text)) return strong_data;
  if (text.front() == '[' && text.back() == ']' && count_words(text) <= 2) return weak_data;
  const LineLook key = look_of_key(text);
  if (key.looks == Looks::plain && indent >= 2 && text.back() == ':' && count_words(text) == 1) return weak_data;
  return key;
}

LineLook look_of_table(std::string_view text) noexcept {
  if (is_box(text)) return {PartKind::table, Looks::strong};
  std::size_t bars = 0, commas = 0, tabs = 0, gaps = 0, sentence_commas = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool last = i + 1 == text.size();
    if (c == '|') ++bars;
    if (c == ',' || c == ';') {
      ++commas;
      if (!last && text[i + 1] == ' ') ++sentence_commas;
    }
    if (c == '\t') ++tabs;
    if (c == ' ' && !last && text[i + 1] == ' ' && i > 0 && text[i - 1] != ' ' && text[i - 1] != '.') ++gaps;
  }
  if (bars >= 2 && (text.front() == '|' || text.find(" | ") != std::string_view::npos))
    return {PartKind::table, text.front() == '|' && text.back() == '|' ? Looks::strong : Looks::weak};
  if (tabs >= 1 || gaps >= 2) return {PartKind::table, Looks::weak};
  if (commas >= 2 && sentence_commas == 0) return {PartKind::table, Looks::weak};
  return {};
}

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
  const bool upper = std::ranges::all_of(word, letters::is_upper);
  const bool ends = scan.at_end() || rest.size() == word.size() || !letters::is_letter(rest[word.size()]);
  if (!upper || !ends) return {};
  const bool emphasis = letters::is_one_of_lower(word, {"warning", "notice", "critical", "severe"});
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
    if (text.starts_with(mark)) return mark != "ok " || (text.size() > 3 && letters::is_digit(text[3]));
  return false;
}

// Whether a word of a line could not be a word of a sentence: it has digits or marks within.
bool is_of_machine(std::string_view word) noexcept {
  while (!word.empty() && std::string_view(".,;:!?\"').").find(word.back()) != std::string_view::npos)
    word.remove_suffix(1);
  return word.empty() || std::ranges::any_of(word, [](char c) {
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

// No known form, but hardly a word of a language.
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

// "file.ext:12", "file.ext:12:3", anywhere in the text.
bool has_place(std::string_view text) noexcept {
  for (std::size_t colon = text.find(':'); colon != std::string_view::npos; colon = text.find(':', colon + 1)) {
    if (colon + 1 >= text.size() || !letters::is_digit(text[colon + 1])) continue;
    const std::size_t at = colon - letters::run_at_end(text.substr(0, colon), letters::is_letter_or_digit).size();
    if (at > 1 && text[at - 1] == '.' && letters::is_name(text[at - 2])) return true;
  }
  return false;
}

// "at f (x.js:1:2)", "at com.acme.F.g(F.java:10)", "at Acme.F() in C:\x.cs:line 5", "at ./src/main.rs:3:5".
bool is_at_frame(std::string_view text, std::size_t indent) noexcept {
  Scan scan(text);
  if (!scan.eat("at ")) return false;
  const std::string_view rest = scan.rest();
  if (rest.empty() || rest.front() == ' ') return false;
  return has_place(rest) || (rest.back() == ')' && (indent > 0 || rest.find('.') != std::string_view::npos)) ||
         rest.find(":line ") != std::string_view::npos || (indent >= 2 && rest.find(' ') == std::string_view::npos);
}

// "#0  0x00007f in f (x=1) at a.c:3", "#1 /srv/a.php(12): f()", "  12: core::f", "0: 0x1 - f".
bool is_numbered_frame(std::string_view text, std::size_t indent) noexcept {
  Scan scan(text);
  if (scan.eat('#') && scan.eat_while(letters::is_digit) && scan.eat_while(letters::is_blank))
    return scan.eat("0x") || has_place(scan.rest()) || scan.rest().find('(') != std::string_view::npos;
  Scan rust(text);
  return indent >= 1 && rust.digits(1, 4) && rust.eat(": ") && rust.rest().find("::") != std::string_view::npos;
}

// "java.lang.IllegalStateException: x", "ValueError: x", "Exception in thread".
bool is_exception(std::string_view text) noexcept {
  const auto in_name = [](char c) { return letters::is_word(c) || c == '.' || c == '$'; };
  Scan scan(text);
  if (!scan.eat_while(in_name, 5)) return false;
  const std::string_view name = text.substr(0, text.size() - scan.rest().size());
  return (name.ends_with("Error") || name.ends_with("Exception") || name.ends_with("Warning")) &&
         (scan.at_end() || scan.eat(':')) && letters::is_letter(name.front());
}

// "app.rb:12:in `f'", "from app.rb:3:in `g'".
bool is_ruby_frame(std::string_view text) noexcept {
  return text.find(":in `") != std::string_view::npos || text.find(":in '") != std::string_view::npos;
}

// Go: "main.f(0xc0000, 0x1)", "\t/src/a.go:12 +0x1d", "goroutine 1 [running]:".
bool is_go_frame(std::string_view text) noexcept {
  if (text.find(" +0x") != std::string_view::npos && has_place(text)) return true;
  Scan scan(text);
  if (scan.eat("goroutine ") && scan.eat_while(letters::is_digit) && scan.eat(" [")) return true;
  const std::size_t open = text.find('(');
  return open != std::string_view::npos && text.back() == ')' && text.find('.') < open &&
         text.substr(open + 1, 2) == "0x" && text.find(' ') > open;
}

bool is_trace(std::string_view text, std::size_t indent) noexcept {
  if (std::ranges::any_of(heads::traces, [&](std::string_view head) { return text.starts_with(head); })) return true;
  Scan more(text);
  if (more.eat("... ") && more.eat_while(letters::is_digit) && more.eat(" more")) return true;
  if (Scan file(text); file.eat("File \"") && file.rest().find("\", line ") != std::string_view::npos) return true;
  return is_at_frame(text, indent) || is_numbered_frame(text, indent) || is_exception(text) || is_ruby_frame(text) ||
         is_go_frame(text);
}

}  // namespace

std::string_view fence_of(std::string_view line) noexcept {
  const std::string_view text = letters::trim_left(line);
  if (text.size() < 3 || (text[0] != '`' && text[0] != '~')) return {};
  const std::string_view mark = letters::run_at_begin(text, [&](char c) { return c == text[0]; });
  // "```x```" on one line is code within a line.
  const bool closes = text[0] == '`' && text.find('`', mark.size()) != std::string_view::npos;
  return mark.size() < 3 || closes ? std::string_view() : mark;
}

bool begins_with_time(std::string_view text) noexcept {
  Scan scan(text);
  return eat_time(scan).clock != 0;
}

bool is_diff_head(std::string_view text) noexcept {
  for (const std::string_view head : heads::diffs)
    if (text.starts_with(head)) return head != "index " || text.find("..") != std::string_view::npos;
  return false;
}

LineLook look_of(std::string_view line) noexcept {
  line.remove_suffix(letters::run_at_end(line, letters::is_space).size());
  const std::string_view text = line.substr(letters::run_at_begin(line, letters::is_blank).size());
  if (text.empty()) return {};
  const std::size_t indent = line.size() - text.size();
  if (indent <= 3 && is_quotation(text)) return strong(PartKind::quotation);
  if (is_terminal(text)) return strong(PartKind::terminal);
  if (is_diff_head(line)) return strong(PartKind::diff);
  if (is_trace(text, indent)) return strong(PartKind::trace);
  LineLook look = look_of_log(text);
  if (look.looks != Looks::strong) {
    const auto prefer = [&](LineLook other) {
      if (other.looks > look.looks) look = other;
    };
    prefer(look_of_data(text, indent));
    if (look.looks != Looks::strong) prefer(look_of_table(text));
    if (look.looks != Looks::strong) prefer(look_of_code(text, indent));
    if (look.looks == Looks::plain) look = look_of_output(text);
  }
  return look;
}

}  // namespace cascade::prompt
