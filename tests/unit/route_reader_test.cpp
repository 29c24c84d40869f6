// Words read by the long way, byte by byte into buffers, and by the reader: the same.
#include <algorithm>
#include <catch2/catch.hpp>
#include <utility>
#include <vector>

#include "route/words.h"
#include "unicode/utf8.h"
#include "unit/route_word_pieces.h"
#include "unit/seeded_random.h"

namespace cascade::route {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
bool is_plain(char c) { return is_upper(c) || is_lower(c) || is_digit(c); }

// Letters beyond ASCII; the typographic punctuation, arrows, boxes and CJK punctuation are none.
bool is_letter(char32_t c) {
  return c >= 0xC0 && c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c <= 0x2BFF) && !(c >= 0x3000 && c <= 0x303F) &&
         !(c >= 0xFE00 && c <= 0xFE0F) && c != unicode::replacement;
}

bool is_unspaced(char32_t c) {
  return (c >= 0x1100 && c <= 0x11FF) || (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7FF);
}

bool is_apostrophe(std::string_view text, std::size_t at, std::size_t& length) {
  length = 1;
  if (text[at] == '\'') return true;
  length = 3;
  return text.substr(at, 3) == "\xE2\x80\x99";
}

Break between(char c) {
  switch (c) {
    case '-':
    case '_':
    case '.':
    case '/':
    case '\'': return Break::mark;
    case ' ':
    case '\t':
    case '\r': return Break::space;
    case '?':
    case '!':
    case ';': return Break::sentence;
    case '\n':
    case ',':
    case ':':
    case '(':
    case ')': return Break::clause;
    default: return Break::mark;
  }
}

class SlowReader {
 public:
  explicit SlowReader(std::string_view text) : text_(text) {}
  bool next(Word& word);
  void pair_up();

 private:
  bool read_run();
  bool digits_only() const;
  void special_ending();
  void emit(Word& word, std::size_t begin, std::size_t end) const;
  std::size_t part_end(std::size_t begin) const;

  std::string_view text_;
  std::size_t at_ = 0;
  std::string run_;    // the run in lower case
  std::string shape_;  // and as written
  std::uint32_t run_offset_ = 0;
  std::size_t part_ = 0;
  bool in_parts_ = false, unspaced_ = false;
  std::vector<std::pair<std::size_t, std::size_t>> pairs_;  // of the run, the first last
  Break before_ = Break::sentence;
  bool identifier_ = false;
};

bool SlowReader::digits_only() const { return std::all_of(run_.begin(), run_.end(), is_digit); }

// Fills run_ with the next run of letters and digits; false at the end of the text. A number ends before its unit
// ("2gb" is 2 and gb), a word keeps its digits ("k8s").
bool SlowReader::read_run() {
  run_.clear();
  shape_.clear();
  before_ = at_ == 0 ? Break::sentence : Break::part;
  bool separated = at_ == 0;
  bool& unspaced = unspaced_;
  unspaced = false;
  char last = 0;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (is_plain(c)) {
      if (!run_.empty() && (unspaced || (!is_digit(c) && digits_only()))) break;
      run_offset_ = run_.empty() ? static_cast<std::uint32_t>(at_) : run_offset_;
      run_ += is_upper(c) ? static_cast<char>(c + ('a' - 'A')) : c;
      shape_ += c;
      ++at_;
      continue;
    }
    std::size_t width = 1;
    if (!is_ascii(c)) {
      const unicode::Decoded decoded = unicode::decode(text_, at_);
      width = decoded.length;
      if (is_letter(decoded.code_point)) {
        if (!run_.empty() && is_unspaced(decoded.code_point) != unspaced) break;
        unspaced = is_unspaced(decoded.code_point);
        run_offset_ = run_.empty() ? static_cast<std::uint32_t>(at_) : run_offset_;
        run_.append(text_, at_, width);
        shape_.append(width, 'a');
        at_ += width;
        continue;
      }
    }
    std::size_t apostrophe = 0;
    if (!run_.empty()) {
      if (!is_apostrophe(text_, at_, apostrophe) || at_ + apostrophe >= text_.size() ||
          !is_lower(text_[at_ + apostrophe]))
        break;
      at_ += apostrophe;
      const bool genitive =
          text_[at_] == 's' && (at_ + 1 == text_.size() || (!is_plain(text_[at_ + 1]) && is_ascii(text_[at_ + 1])));
      if (genitive) ++at_;
      continue;
    }
    // A separator before the run. A full stop ends a sentence only before white space.
    Break kind = is_ascii(c) ? between(c) : Break::clause;
    if (last == '.' && (c == ' ' || c == '\n')) kind = Break::sentence;
    if (last == '\n' && c == '\n') kind = Break::sentence;
    if (kind > before_ || !separated) before_ = std::max(before_, kind);
    separated = true;
    last = c;
    at_ += width;
  }
  return !run_.empty();
}

// "C++", "C#", "F#" and ".NET": marks that belong to the word.
void SlowReader::special_ending() {
  const auto follows = [&](std::string_view mark) { return text_.substr(at_, mark.size()) == mark; };
  if (run_ == "c" && follows("++")) {
    run_ = "cplusplus";
    at_ += 2;
  } else if ((run_ == "c" || run_ == "f") && follows("#")) {
    run_ += "sharp";
    at_ += 1;
  } else if (run_ == "net" && run_offset_ > 0 && text_[run_offset_ - 1] == '.' &&
             (run_offset_ == 1 || !is_plain(text_[run_offset_ - 2]))) {
    run_ = "dotnet";
  } else {
    return;
  }
  shape_ = run_;
}

// The end of the part that begins at `begin`: before a change from lower to upper case, and before the last capital of
// a row of capitals that a small letter follows ("parseHTTPHeader": parse, HTTP, Header).
std::size_t SlowReader::part_end(std::size_t begin) const {
  std::size_t end = begin + 1;
  while (end < shape_.size()) {
    if (is_upper(shape_[end]) && is_lower(shape_[end - 1])) break;
    if (is_upper(shape_[end]) && is_upper(shape_[end - 1]) && end + 1 < shape_.size() && is_lower(shape_[end + 1]) &&
        !(shape_[end + 1] == 's' && end + 2 == shape_.size()))
      break;
    ++end;
  }
  return end;
}

void SlowReader::emit(Word& word, std::size_t begin, std::size_t end) const {
  word.text = std::string_view(run_).substr(begin, end - begin);
  word.offset = run_offset_ + static_cast<std::uint32_t>(begin);
  word.before = in_parts_ && begin > 0 ? Break::part : before_;
  word.identifier = identifier_;
}

// Each two neighbours of a run of three or more characters without spaces between words.
void SlowReader::pair_up() {
  pairs_.clear();
  std::vector<std::size_t> starts;
  for (std::size_t at = 0; unspaced_ && at < run_.size(); at += unicode::decode(run_, at).length) starts.push_back(at);
  starts.push_back(run_.size());
  for (std::size_t i = 0; starts.size() > 3 && i + 2 < starts.size(); ++i)
    pairs_.emplace_back(starts[i], starts[i + 2]);
  std::reverse(pairs_.begin(), pairs_.end());
}

bool SlowReader::next(Word& word) {
  word.pair = !pairs_.empty();
  if (word.pair) {
    emit(word, pairs_.back().first, pairs_.back().second);
    word.before = Break::part;
    word.whole = word.inside = false;
    pairs_.pop_back();
    return true;
  }
  if (!in_parts_) {
    if (!read_run()) return false;
    special_ending();
    const bool cased = run_.size() == shape_.size() && part_end(0) < shape_.size();
    const char after = at_ < text_.size() ? text_[at_] : ' ';
    const char ahead = run_offset_ > 0 ? text_[run_offset_ - 1] : ' ';
    identifier_ =
        cased || after == '_' || ahead == '_' || (after == '(' && at_ + 1 < text_.size() && text_[at_ + 1] == ')');
    word.whole = cased;
    word.inside = false;
    emit(word, 0, run_.size());
    in_parts_ = cased;
    pair_up();
    part_ = 0;
    return true;
  }
  const std::size_t end = part_end(part_);
  emit(word, part_, end);
  word.whole = false;
  word.inside = true;
  part_ = end;
  if (part_ >= run_.size()) in_parts_ = false;
  return true;
}

// "sentence read@0 space git_hub@5 whole ...": every word with all that is known of it.
template <typename Reader>
std::string told(std::string_view text) {
  constexpr const char* breaks[] = {"part", "mark", "space", "clause", "sentence"};
  std::string out;
  Reader reader(text);
  for (Word word; reader.next(word);)
    out += std::string(breaks[static_cast<int>(word.before)]) + " " + std::string(word.text) + "@" +
           std::to_string(word.offset) + (word.whole ? " whole" : "") + (word.inside ? " inside" : "") +
           (word.pair ? " pair" : "") + (word.identifier ? " identifier" : "") + "\n";
  return out;
}

TEST_CASE("the reader reads what one reads that goes byte by byte, whatever the text") {
  test::SeededRandom random{3};
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    for (std::uint32_t count = random.below(24); count > 0; --count)
      text += word_pieces[random.below(std::size(word_pieces))];
    REQUIRE(told<WordReader>(text) == told<SlowReader>(text));
  }
}

}  // namespace
}  // namespace cascade::route
