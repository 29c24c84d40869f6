// A word is looked up when it is first asked for: its language's rows that begin with it are compared with the words
// behind it, and the roles of those that match are kept by their length.
#include "needs/message.h"

#include <utility>

#include "text/letter_case.h"
#include "text/names.h"
#include "text/word_set.h"

namespace cascade::needs {
namespace {

constexpr std::size_t most_words = 2'000;  // of a longer message the rest belongs to its last need

constexpr bool opens_word(char c) { return std::string_view("\"'([*_`>").find(c) != std::string_view::npos; }
constexpr bool closes_word(char c) { return std::string_view("\"')]*_`,;:!?.").find(c) != std::string_view::npos; }

// Signs of more than one byte that stand around words; their length, or 0.
std::size_t wide_mark(std::string_view text) {
  for (const std::string_view mark :
       {"\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E", "\xC2\xAB", "\xC2\xBB", "\xE2\x80\xA6"})
    if (text.starts_with(mark)) return mark.size();
  return 0;
}

void fold(std::string_view word, std::string& out) {
  for (std::size_t at = 0; at < word.size();) {
    const char c = word[at];
    if (static_cast<unsigned char>(c) < 0x80) {
      if (c != '\'') out += letters::to_lower(c);
      ++at;
      continue;
    }
    const unicode::Decoded decoded = unicode::decode(word, at);
    const char32_t small = letters::small_cyrillic(decoded.code_point);
    if (const std::string_view latin = letters::plain_latin(decoded.code_point); !latin.empty())
      out += latin;
    else if (small != decoded.code_point)
      unicode::append(out, small);
    else if (decoded.code_point != 0x2019)
      out += word.substr(at, decoded.length);
    at += decoded.length;
  }
}

constexpr std::string_view abbreviations[] = {"e.g",  "i.e", "etc", "vs",  "z.b",  "bzw", "ca", "approx",
                                              "resp", "nr",  "p.s", "p.d", "incl", "dr",  "mr", "ms"};

bool is_digits(std::string_view word) {
  bool digit = false;
  if (!word.empty() && (word.front() == '#' || word.front() == 'v')) word.remove_prefix(1);
  std::size_t unit = 0;
  for (const char c : word) {
    const bool own = letters::is_digit(c) || c == '.' || c == ',' || c == ':' || c == '%' || c == '-';
    if (own && unit > 0) return false;
    digit = digit || letters::is_digit(c);
    unit += own ? 0 : 1;
  }
  return digit && unit <= 2;
}

// A path, a call, a name with case or underscores inside.
bool is_code(std::string_view word) {
  if (word.find('_') != std::string_view::npos || word.find("()") != std::string_view::npos) return true;
  if (word.front() == '/' && word.size() > 1) return true;
  for (std::size_t i = 1; i < word.size(); ++i) {
    if (letters::is_upper(word[i]) && letters::is_lower(word[i - 1])) return true;
    if (word[i] == '.' && i + 1 < word.size() && letters::is_letter(word[i + 1]) && letters::is_letter(word[i - 1]) &&
        word.size() - i <= 6)
      return true;
  }
  return std::ranges::count(word, '/') > 1;
}

// The bytes within quotation marks, back ticks, or apostrophes that stand around words.
std::vector<std::pair<std::size_t, std::size_t>> quotations(std::string_view text) {
  std::vector<std::pair<std::size_t, std::size_t>> found;
  constexpr std::pair<std::string_view, std::string_view> marks[] = {{"`", "`"},
                                                                     {"\"", "\""},
                                                                     {"\xE2\x80\x9E", "\xE2\x80"},
                                                                     {"\xE2\x80\x9C", "\xE2\x80\x9D"},
                                                                     {"\xC2\xAB", "\xC2\xBB"}};
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto* const mark =
        std::ranges::find_if(marks, [&](const auto& one) { return text.substr(at, one.first.size()) == one.first; });
    std::size_t end = std::string_view::npos, begin = at + 1;
    if (mark != std::end(marks)) {
      begin = at + mark->first.size();
      end = text.find(mark->second, begin);
    } else if (text[at] == '\'' && (at == 0 || !letters::is_letter_or_digit(text[at - 1]))) {
      end = text.find('\'', begin);
      while (end != std::string_view::npos && end + 1 < text.size() && letters::is_letter_or_digit(text[end + 1]))
        end = text.find('\'', end + 1);
    }
    if (end == std::string_view::npos || text.substr(begin, end - begin).find('\n') != std::string_view::npos) continue;
    found.emplace_back(at, end);
    at = end;
  }
  return found;
}

// "lib/utils.js" of "`lib/utils.js`,"; empty for "and/or", "Next.js", an address or a call.
std::string_view path_in(std::string_view word) {
  if (word.find("://") != std::string_view::npos) return {};
  word.remove_prefix(std::min(word.find_first_not_of("\"'([*`"), word.size()));
  word = word.substr(0, word.find_last_not_of("\"')]*`,;:!?.") + 1);
  const auto folders = std::ranges::count(word, '/');
  const bool ends = word.find('.', word.rfind('/') + 1) != std::string_view::npos;
  return folders > 1 || (folders == 1 && (ends || word.back() == '/')) ? word : std::string_view();
}

}  // namespace

bool has_role(std::string_view language, std::string_view word, Roles wanted) {
  const std::string key = std::string(language) + " " + std::string(word);
  const WordRow* const row =
      letters::find_row(word_rows_from(static_cast<unsigned char>(key.front())), &WordRow::word, key);
  return row != nullptr && (row->roles & wanted) != 0;
}

std::size_t item_mark(std::string_view text) noexcept {
  std::size_t at = 0;
  const auto peek = [&](std::size_t i) { return i < text.size() ? text[i] : '\0'; };
  if (peek(0) == '-' || peek(0) == '*' || peek(0) == '+') {
    at = 1;
  } else if (text.substr(0, 3) == "\xE2\x80\xA2") {
    at = 3;
  } else {
    const bool bracket = peek(0) == '(';
    if (bracket) at = 1;
    const std::size_t first = at;
    while (at - first < 2 && letters::is_digit(peek(at))) ++at;
    const bool digits = at > first;
    if (!digits && letters::is_lower(peek(at)) && peek(at) <= 'h') ++at;
    if (at == first || !(peek(at) == ')' || (peek(at) == '.' && digits && !bracket))) return 0;
    ++at;
  }
  if (!letters::is_blank(peek(at))) return 0;
  while (letters::is_blank(peek(at))) ++at;
  if (text.substr(at, 4) == "[ ] " || text.substr(at, 4) == "[x] ") at += 4;
  return at;
}

Message::Message(std::string_view text, const std::vector<prompt::Part>& parts, std::string_view language)
    : text_(text), key_(std::string(language) + " ") {
  folded_.reserve(text.size());
  std::size_t part = 0;
  bool blank = false;
  for (std::size_t begin = 0; begin < text_.size();) {
    const std::size_t end = std::min(text_.find('\n', begin), text_.size());
    Line line;
    line.begin = static_cast<std::uint32_t>(begin);
    line.end = static_cast<std::uint32_t>(end);
    const std::size_t first = end - letters::trim_left(text_.substr(begin, end - begin)).size();
    if (first == end) {
      blank = true;
    } else {
      while (part + 1 < parts.size() && parts[part].end <= first) ++part;
      line.after_blank = std::exchange(blank, false);
      line.indented = first >= begin + 2;
      if (!parts.empty() && parts[part].kind != prompt::PartKind::said && parts[part].end >= end)
        line.kind = LineKind::pasted;
      add_line(line);
    }
    begin = end + 1;
  }
}

void Message::add_line(Line line) {
  const std::string_view own = letters::trim_left(text_.substr(line.begin, line.end - line.begin));
  const auto from = static_cast<std::uint32_t>(line.end - own.size());
  line.words.begin = line.words.end = words_.size();
  if (line.kind != LineKind::pasted && words_.size() < most_words) {
    const std::size_t hashes = std::min(own.find_first_not_of('#'), own.size());
    if ((hashes > 0 && hashes <= 6 && own.substr(hashes, 1) == " ") ||
        (own.size() > 4 && own.substr(0, 2) == "**" &&
         letters::trim(own).find("**", 2) >= letters::trim(own).size() - 3))
      line.kind = LineKind::heading;
    const std::size_t mark = line.kind == LineKind::text ? item_mark(own) : hashes;
    if (line.kind == LineKind::text && mark > 0) line.kind = LineKind::item;
    add_words(from + static_cast<std::uint32_t>(line.kind == LineKind::text ? 0 : mark), line.end);
  }
  line.words.end = words_.size();
  line.kind == LineKind::text ? split_inline_list(line) : lines_.push_back(line);
}

// "please: a) do this b) do that": the items of a list within a line become lines of their own.
void Message::split_inline_list(const Line& line) {
  std::vector<std::size_t> marks;
  for (std::size_t i = line.words.begin; i < line.words.end; ++i) {
    const std::string_view own = raw(i);
    const bool may = own.size() <= 3 && (own.back() == ')' || own.back() == '.') &&
                     item_mark(text_.substr(words_[i].word.begin)) > 0;
    if (may && own.front() != '-' && own.front() != '*' && own.front() != '+' && i + 1 < line.words.end)
      marks.push_back(i);
  }
  const auto letter = [&](std::size_t mark) { return text_of(mark).front(); };
  const bool listed = marks.size() > 1 && letter(marks[1]) == letter(marks[0]) + 1;
  Line rest = line;
  if (listed) {
    for (const std::size_t mark : marks) {
      rest.words.end = mark;
      rest.end = words_[mark].word.begin;
      if (!rest.words.empty()) lines_.push_back(rest);
      rest = {words_[mark].word.begin, line.end, LineKind::item, false, line.indented, {mark + 1, line.words.end}};
    }
  }
  lines_.push_back(rest);
}

void Message::add_words(std::uint32_t begin, std::uint32_t end) {
  bool dashed = false;
  std::size_t ticks = 0, quotes = 0;
  for (std::uint32_t at = begin; at < end && words_.size() < most_words;) {
    while (at < end && letters::is_space(text_[at])) ++at;
    if (at == end) break;
    Entry entry;
    Word& word = entry.word;
    word.begin = at;
    while (at < end && !letters::is_space(text_[at])) ++at;
    word.end = at;
    std::string_view own = text_.substr(word.begin, at - word.begin);
    ticks += static_cast<std::size_t>(std::ranges::count(own, '`'));
    quotes += static_cast<std::size_t>(std::ranges::count(own, '"'));
    word.quoted = ticks % 2 != 0 || quotes % 2 != 0;
    word.paren = own.front() == '(';
    while (!own.empty() && (opens_word(own.front()) || wide_mark(own) != 0))
      own.remove_prefix(std::max<std::size_t>(wide_mark(own), 1));
    while (!own.empty()) {
      const std::size_t wide = own.size() >= 3 && wide_mark(own.substr(own.size() - 3)) == 3   ? 3
                               : own.size() >= 2 && wide_mark(own.substr(own.size() - 2)) == 2 ? 2
                                                                                               : 0;
      if (wide == 0 && !closes_word(own.back())) break;
      const char c = wide == 0 ? own.back() : '"';
      word.comma = word.comma || c == ',' || c == ';' || c == ')';
      if (c == '.' || c == '!' || c == '?' || c == ';' || c == ':') word.mark = word.mark == '?' ? '?' : c;
      own.remove_suffix(std::max<std::size_t>(wide, 1));
    }
    if (own.empty() || own == "-" || own == "--" || own == "\xE2\x80\x93" || own == "\xE2\x80\x94") {
      dashed = dashed || !own.empty();
      if (word.mark != 0 && !words_.empty() && words_.back().word.mark == 0) words_.back().word.mark = word.mark;
      continue;
    }
    word.dashed = std::exchange(dashed, false);
    word.text_at = static_cast<std::uint32_t>(folded_.size());
    fold(own, folded_);
    word.text_size = static_cast<std::uint32_t>(folded_.size()) - word.text_at;
    if (word.text_size == 0) continue;
    const std::string_view folded = std::string_view(folded_).substr(word.text_at);
    if (word.mark == '.' &&
        (letters::is_one_of(folded, abbreviations) || (folded.size() == 1 && letters::is_letter(folded[0]))))
      word.mark = 0;
    words_.push_back(entry);
  }
}

std::string_view Message::text_of(std::size_t word) const noexcept {
  return std::string_view(folded_).substr(words_[word].word.text_at, words_[word].word.text_size);
}

std::string_view Message::raw(std::size_t word) const noexcept {
  return text_.substr(words_[word].word.begin, words_[word].word.end - words_[word].word.begin);
}

void Message::look_up(std::size_t word) const {
  Entry& entry = words_[word];
  entry.known = true;
  const std::string key = key_ + std::string(text_of(word));
  const std::span<const WordRow> all = word_rows_from(static_cast<unsigned char>(key.front()));
  auto row = std::ranges::lower_bound(all, std::string_view(key), {}, &WordRow::word);
  for (; row != all.end() && row->word.starts_with(key); ++row) {
    std::string_view rest = row->word.substr(key.size());
    if (!rest.empty() && rest.front() != ' ') break;
    std::size_t size = 1;
    for (; !rest.empty() && rest.front() == ' ' && word + size < words_.size() && size < longest_row; ++size) {
      const std::string_view next = text_of(word + size);
      if (rest.substr(1, next.size()) != next) break;
      rest.remove_prefix(next.size() + 1);
    }
    if (rest.empty()) entry.rows[size - 1] |= row->roles;
  }
}

Row Message::row_at(Words words, Roles wanted) const {
  if (words.empty()) return {};
  if (!words_[words.begin].known) look_up(words.begin);
  const Entry& entry = words_[words.begin];
  for (std::size_t size = std::min(words.size(), longest_row); size > 0; --size)
    if ((entry.rows[size - 1] & wanted) != 0) return {size, entry.rows[size - 1] & wanted};
  return {};
}

bool Message::has(Words words, Roles wanted) const {
  return words.any([&](std::size_t word) { return static_cast<bool>(row_at({word, words.end}, wanted)); });
}

std::vector<Marks> marks_of(const Message& message) {
  const auto quoted = quotations(message.text());
  std::vector<Marks> marks;
  std::size_t quotation = 0;
  for (const Line& line : message.lines()) {
    bool first = true;
    for (std::size_t i = line.words.begin; i < line.words.end; ++i) {
      marks.resize(i + 1);
      while (quotation < quoted.size() && quoted[quotation].second < message[i].begin) ++quotation;
      std::string_view raw = message.raw(i);
      raw.remove_prefix(std::min(raw.find_first_not_of("\"'([*`"), raw.size()));
      if (raw.size() > 1) raw = raw.substr(0, std::max<std::size_t>(raw.find_last_not_of("\"']*`,;:!?.") + 1, 1));
      Marks& own = marks[i];
      own.quoted = quotation < quoted.size() && message[i].end > quoted[quotation].first;
      own.number = is_digits(message.text_of(i));
      own.code = !raw.empty() && !own.number && is_code(raw);
      own.name = !first && raw.size() > 1 && letters::is_upper(raw[0]) && letters::is_lower(raw[1]);
      const char mark = message[i].mark;
      first = mark == '.' || mark == '!' || mark == '?';
    }
  }
  return marks;
}

Said without_names(const Message& message, const std::vector<Marks>& marks) {
  constexpr std::string_view file = "file";
  Said said{std::string(message.text()), {}};
  const bool fails = message.has({0, marks.size()}, roles::wrong);
  for (std::size_t i = 0, end = 0; i < marks.size(); i = end) {
    end = i + 1;
    if (const std::string_view path = path_in(message.raw(i)); path.size() >= file.size()) {
      const auto at = static_cast<std::size_t>(path.data() - message.text().data());
      said.text.replace(at, path.size(), std::string(path.size() - file.size(), ' ') + std::string(file));
      said.paths.emplace_back(path);
    } else if (marks[i].quoted && message.raw(i).front() != '`') {
      while (end < marks.size() && marks[end].quoted) ++end;
      const std::size_t begin = message[i].begin, size = message[end - 1].end - begin;
      if (end - i > 1 && !fails) said.text.replace(begin, size, std::string(size, ' '));
    }
  }
  return said;
}

}  // namespace cascade::needs
