// Lines of JSON, YAML, markup, SQL, configuration, and of tables.
#include "prompt/line_heads.h"
#include "prompt/lines.h"
#include "prompt/scan.h"
#include "prompt/words.h"

namespace cascade::prompt {
namespace {

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

// Statements begin with words in capitals, as tools print them.
bool is_statement(std::string_view text) noexcept {
  for (const std::string_view head : heads::statements)
    if (text.substr(0, head.size()) == head) return true;
  return false;
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
  if (text.substr(0, 2) == "+-" || text.substr(0, 2) == "|-") return true;
  return text.substr(0, 2) == "\xE2\x94" || text.substr(0, 2) == "\xE2\x95";  // box drawing
}

}  // namespace

LineLook look_of_data(std::string_view text, std::size_t indent) noexcept {
  if (is_json(text) || is_markup(text)) return strong_data;
  if (is_statement(text)) return strong_data;
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

}  // namespace cascade::prompt
