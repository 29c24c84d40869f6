// Nearly all runs are plain ASCII in small letters: these are read through a table of bytes and returned as views of
// the text, without a copy. Only other runs are decoded and buffered.
#include "route/words.h"

#include <libstemmer.h>

#include <array>

#include "route/endings.h"
#include "text/letter_case.h"
#include "text/names.h"

namespace cascade::route {
namespace {

// The class of a byte and the break that it makes between words.
enum : std::uint8_t { lower_bit = 1, upper_bit = 2, digit_bit = 4, wide_bit = 8, plain_bits = 7 };

constexpr Break between(char c) {
  switch (c) {
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

struct Bytes {
  std::array<std::uint8_t, 256> bits{};
  std::array<Break, 256> breaks{};
};
constexpr Bytes bytes = [] {
  Bytes all;
  for (int c = 0; c < 256; ++c) {
    const auto at = static_cast<std::size_t>(c);
    const char byte = static_cast<char>(c);
    all.bits[at] = c >= 0x80                 ? wide_bit
                   : letters::is_lower(byte) ? lower_bit
                   : letters::is_upper(byte) ? upper_bit
                   : letters::is_digit(byte) ? digit_bit
                                             : 0;
    all.breaks[at] = between(byte);
  }
  return all;
}();

std::uint8_t bits_of(char c) { return bytes.bits[static_cast<unsigned char>(c)]; }
bool is_upper(char c) { return bits_of(c) == upper_bit; }
bool is_lower(char c) { return bits_of(c) == lower_bit; }
bool is_digit(char c) { return bits_of(c) == digit_bit; }
bool is_ascii(char c) { return bits_of(c) != wide_bit; }
bool is_plain_word(char c) { return (bits_of(c) & plain_bits) != 0; }
char to_lower(char c) { return static_cast<char>(c | (bits_of(c) == upper_bit ? 0x20 : 0)); }

// True for letters beyond ASCII; false for typographic and CJK punctuation, arrows and boxes.
bool is_letter(char32_t c) {
  return c >= 0xC0 && c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c <= 0x2BFF) && !(c >= 0x3000 && c <= 0x303F) &&
         !(c >= 0xFE00 && c <= 0xFE0F) && !(c >= 0xFF00 && c <= 0xFF0F) && !(c >= 0xFF1A && c <= 0xFF20) &&
         c != unicode::replacement;
}

// True for Chinese, Japanese and Korean, which write English names without spaces around them: "このAPIを".
bool is_unspaced(char32_t c) {
  return (c >= 0x1100 && c <= 0x11FF) || (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7FF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

bool is_apostrophe(std::string_view text, std::size_t at, std::size_t& length) {
  length = 1;
  if (text[at] == '\'') return true;
  length = 3;
  return text.substr(at, 3) == "\xE2\x80\x99";
}

// Part of words in Japanese and Chinese: the sign that repeats a character, and their zero.
bool is_repeat(char32_t c) { return c >= 0x3005 && c <= 0x3007; }

bool is_punctuation(char32_t c) { return !is_letter(c) && !is_repeat(c); }

// Words in -ise that never end in -ize, and stems in -er, -or, -ion that do not name a doer or deed. Sorted.
constexpr std::string_view keeps_s[] = {"advertise", "advise",    "comprise",  "compromise", "disguise",  "enterprise",
                                        "exercise",  "expertise", "franchise", "improvise",  "otherwise", "precise",
                                        "premise",   "promise",   "revise",    "supervise",  "surprise",  "televise"};
constexpr std::string_view keeps_ending[] = {
    "anchor",  "answer",   "author",   "banner",  "buffer",   "calendar", "center", "chapter", "character", "cluster",
    "color",   "computer", "corner",   "cover",   "customer", "discover", "docker", "error",   "factor",    "favor",
    "filter",  "folder",   "header",   "helper",  "honor",    "layer",    "letter", "manner",  "master",    "matter",
    "member",  "mirror",   "mission",  "number",  "offer",    "order",    "paper",  "passion", "pattern",   "power",
    "proper",  "region",   "register", "server",  "session",  "station",  "summer", "tensor",  "timer",     "vector",
    "version", "vision",   "water",    "weather", "winter",   "wonder"};

constexpr std::uint32_t letter_bit(char c) { return letters::is_lower(c) ? 1U << (c - 'a') : 0; }

// Words that Snowball unites with others ("several", "severity") or separates from their own forms. Sorted by word.
struct Exception {
  std::string_view word, stem;
};
constexpr Exception exceptions[] = {
    {"added", "add"},
    {"adding", "add"},
    {"adds", "add"},
    {"authorisation", "authoriz"},
    {"authorise", "authoriz"},
    {"authorization", "authoriz"},
    {"authorize", "authoriz"},
    {"authorized", "authoriz"},
    {"contractor", "contractor"},
    {"contractors", "contractor"},
    {"customer", "customer"},
    {"customers", "customer"},
    {"experiment", "experiment"},
    {"experimental", "experiment"},
    {"experimentation", "experiment"},
    {"experiments", "experiment"},
    {"importance", "important"},
    {"important", "important"},
    {"internal", "internal"},
    {"internally", "internal"},
    {"localisation", "localiz"},
    {"localise", "localiz"},
    {"localization", "localiz"},
    {"localize", "localiz"},
    {"localized", "localiz"},
    {"organisation", "organization"},
    {"organization", "organization"},
    {"organizations", "organization"},
    {"personalization", "personaliz"},
    {"personalized", "personaliz"},
    {"production", "production"},
    {"publication", "publication"},
    {"publications", "publication"},
    {"relational", "relational"},
    {"settings", "settings"},
    {"several", "several"},
};

// The letters that the exceptions have in second place, by their first: a quick test that few other words pass.
constexpr std::array<std::uint32_t, 256> second_letters = [] {
  std::array<std::uint32_t, 256> letters{};
  for (const Exception& exception : exceptions)
    letters[static_cast<unsigned char>(exception.word[0])] |= letter_bit(exception.word[1]);
  return letters;
}();

// REQUIRES: at least two letters. Null: the word is none.
const Exception* find_exception(std::string_view word) {
  if ((second_letters[static_cast<unsigned char>(word[0])] & letter_bit(word[1])) == 0) return nullptr;
  return letters::find_row(std::span<const Exception>(exceptions), &Exception::word, word);
}

struct Spelling {
  std::string_view british, american;
};
constexpr Spelling spellings[] = {{"analys", "analyz"},      {"behaviour", "behavior"}, {"catalogue", "catalog"},
                                  {"centre", "center"},      {"colour", "color"},       {"defence", "defense"},
                                  {"favour", "favor"},       {"flavour", "flavor"},     {"honour", "honor"},
                                  {"labour", "labor"},       {"licence", "license"},    {"modelling", "modeling"},
                                  {"neighbour", "neighbor"}, {"grey", "gray"},          {"cancelled", "canceled"}};

constexpr std::uint32_t british_begin = [] {
  std::uint32_t letters = 0;
  for (const Spelling& spelling : spellings) letters |= letter_bit(spelling.british[0]);
  return letters;
}();

void spell_american(std::string& word) {
  if ((british_begin & letter_bit(word[0])) != 0)
    for (const Spelling& spelling : spellings)
      if (word.starts_with(spelling.british)) {
        word.replace(0, spelling.british.size(), spelling.american);
        break;
      }
  const std::size_t at = word.rfind("is");  // each of the endings contains it once
  if (at == std::string::npos || at < 4) return;
  const std::string_view own = std::string_view(word).substr(at);
  for (const std::string_view ending : {"isation", "isations", "ise", "ised", "iser", "isers", "ises", "ising"}) {
    if (own != ending) continue;
    if (!std::ranges::binary_search(keeps_s, word.substr(0, at) + "ise")) word[at + 1] = 'z';
    break;
  }
}

bool may_name_deed(std::string_view stem) {
  const std::size_t n = stem.size();
  return n >= 5 && (stem[n - 1] == 'r' || stem[n - 1] == 'n' || stem[n - 1] == stem[n - 2]);
}

// "creator", "creation" -> "creat"; "debugger" -> "debug".
void drop_deed(std::string& stem) {
  if (!may_name_deed(stem) || std::ranges::binary_search(keeps_ending, stem)) return;
  if ((stem.ends_with("ation") || stem.ends_with("etion") || stem.ends_with("ction")) && stem.size() >= 8)
    stem.resize(stem.size() - 3);
  else if (stem.ends_with("eation"))
    stem.resize(stem.size() - 3);
  else if ((stem.ends_with("er") || stem.ends_with("or")) && stem.size() >= 6)
    stem.resize(stem.size() - 2);
  const std::size_t n = stem.size();
  const bool doubled = n >= 5 && stem[n - 1] == stem[n - 2];
  if (doubled && std::string_view("bdgmnprt").find(stem[n - 1]) != std::string_view::npos) stem.resize(n - 1);
}

// Inflections and most derivations leave the meaning of a word where it was: "deploys", "deployment". Some endings make
// another word of it: "hospital", "hospitality". A stemmer takes them all off. What it took off says which it was.
template <std::size_t N>
std::size_t longest_in(const std::string_view (&beginnings)[N], std::string_view tail) {
  std::size_t longest = 0;
  for (const std::string_view beginning : beginnings)
    if (tail.starts_with(beginning)) longest = std::max(longest, beginning.size());
  return longest;
}

}  // namespace

// A number ends before its unit ("2gb" is 2 and gb), a word keeps its digits ("k8s"). False at the end of the text.
bool WordReader::read_run() {
  skip_separators();
  if (at_ >= text_.size()) return false;
  run_offset_ = static_cast<std::uint32_t>(at_);
  unspaced_ = false;
  if (!read_plain_run()) read_any_run();
  return true;
}

// Moves to the next letter or digit. A full stop ends a sentence only before white space.
void WordReader::skip_separators() {
  const char* const text = text_.data();
  const std::size_t size = text_.size();
  std::size_t at = at_;
  Break before = at == 0 ? Break::sentence : Break::part;
  char last = 0;
  while (at < size) {
    const char c = text[at];
    const std::uint8_t bits = bits_of(c);
    if ((bits & plain_bits) != 0) break;
    Break kind = bytes.breaks[static_cast<unsigned char>(c)];
    std::size_t width = 1;
    if (bits == wide_bit) {
      const unicode::Decoded decoded = unicode::decode(text_, at);
      if (is_letter(decoded.code_point)) break;
      width = decoded.length;
      kind = Break::clause;
    } else if ((last == '.' && (c == ' ' || c == '\n')) || (last == '\n' && c == '\n')) {
      kind = Break::sentence;
    }
    before = std::max(before, kind);
    last = c;
    at += width;
    if (c == ' ')
      while (at < size && text[at] == ' ') ++at;
  }
  at_ = at;
  before_ = before;
}

bool WordReader::goes_on(std::size_t at) const {
  if (at >= text_.size()) return false;
  const char c = text_[at];
  return !is_ascii(c) || (c == '\'' && at + 1 < text_.size() && is_lower(text_[at + 1]));
}

// For any run but one of plain letters and digits returns false and stays at its beginning.
bool WordReader::read_plain_run() {
  const char* const begin = text_.data() + at_;
  const char* const end = text_.data() + text_.size();
  const char* at = begin + 1;
  const std::uint8_t first = bits_of(*begin);
  if (first == wide_bit) return false;
  cased_ = false;
  if (first == digit_bit) {
    while (at != end && is_digit(*at)) ++at;
  } else {
    while (at != end && (bits_of(*at) & (lower_bit | digit_bit)) != 0) ++at;
    if (at != end && is_upper(*at)) {
      cased_ = true;
      while (at != end && is_plain_word(*at)) ++at;
    }
  }
  const auto length = static_cast<std::size_t>(at - begin);
  if (goes_on(at_ + length)) return false;
  run_ = shape_ = text_.substr(at_, length);
  at_ += length;
  if (first != upper_bit && !cased_) return true;
  buffer_.resize(length);
  std::transform(begin, at, buffer_.begin(), to_lower);
  run_ = buffer_;
  return true;
}

// Reads a run with letters beyond ASCII or apostrophes. It ends where letters of unspaced scripts begin or end.
void WordReader::read_any_run() {
  buffer_.clear();
  shape_buffer_.clear();
  const auto digits_only = [&] { return std::ranges::all_of(buffer_, is_digit); };
  bool unspaced = false;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (is_plain_word(c)) {
      if (!buffer_.empty() && (unspaced || (!is_digit(c) && digits_only()))) break;
      buffer_ += to_lower(c);
      shape_buffer_ += c;
      ++at_;
      continue;
    }
    if (!is_ascii(c)) {
      const unicode::Decoded decoded = unicode::decode(text_, at_);
      if (is_letter(decoded.code_point)) {
        if (!buffer_.empty() && is_unspaced(decoded.code_point) != unspaced) break;
        unspaced = is_unspaced(decoded.code_point);
        buffer_.append(text_, at_, decoded.length);
        shape_buffer_.append(decoded.length, 'a');
        at_ += decoded.length;
        continue;
      }
    }
    std::size_t apostrophe = 0;
    if (!is_apostrophe(text_, at_, apostrophe) || at_ + apostrophe >= text_.size() ||
        !is_lower(text_[at_ + apostrophe]))
      break;
    at_ += apostrophe;
    const bool genitive =
        text_[at_] == 's' && (at_ + 1 == text_.size() || (!is_plain_word(text_[at_ + 1]) && is_ascii(text_[at_ + 1])));
    if (genitive) ++at_;
  }
  run_ = buffer_;
  shape_ = shape_buffer_;
  cased_ = true;
  unspaced_ = unspaced;
}

void WordReader::special_ending() {
  if (run_.size() != 1 && run_.size() != 3) return;
  const auto follows = [&](std::string_view mark) { return text_.substr(at_, mark.size()) == mark; };
  if (run_ == "c" && follows("++")) {
    run_ = "cplusplus";
    at_ += 2;
  } else if ((run_ == "c" || run_ == "f") && follows("#")) {
    run_ = run_ == "c" ? "csharp" : "fsharp";
    at_ += 1;
  } else if (run_ == "net" && run_offset_ > 0 && text_[run_offset_ - 1] == '.' &&
             (run_offset_ == 1 || !is_plain_word(text_[run_offset_ - 2]))) {
    run_ = "dotnet";
  } else {
    return;
  }
  shape_ = run_;
}

// Before a change from lower to upper case, and before the last capital of a row ("parseHTTPHeader").
std::size_t WordReader::part_end(std::size_t begin) const {
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

void WordReader::emit(Word& word, std::size_t begin, std::size_t end) const {
  word.text = run_.substr(begin, end - begin);
  word.offset = run_offset_ + static_cast<std::uint32_t>(begin);
  word.before = in_parts_ && begin > 0 ? Break::part : before_;
  word.identifier = identifier_;
}

// A run of two characters is a pair itself.
bool WordReader::next_pair(Word& word) {
  const std::size_t second = part_ + unicode::decode(run_, part_).length;
  if (second >= run_.size()) return in_pairs_ = false;
  const std::size_t end = second + unicode::decode(run_, second).length;
  emit(word, part_, end);
  if (part_ == 0 && end == run_.size()) return in_pairs_ = false;
  word.before = Break::part;
  word.whole = word.inside = false;
  word.pair = true;
  part_ = second;
  return true;
}

bool WordReader::next(Word& word) {
  if (in_pairs_ && next_pair(word)) return true;
  word.pair = false;
  if (!in_parts_) {
    if (!read_run()) return false;
    special_ending();
    const bool cased = cased_ && part_end(0) < shape_.size();
    const char after = at_ < text_.size() ? text_[at_] : ' ';
    const char ahead = run_offset_ > 0 ? text_[run_offset_ - 1] : ' ';
    identifier_ =
        cased || after == '_' || ahead == '_' || (after == '(' && at_ + 1 < text_.size() && text_[at_ + 1] == ')');
    word.whole = cased;
    word.inside = false;
    emit(word, 0, run_.size());
    in_parts_ = cased;
    in_pairs_ = unspaced_;
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

// The dictionary has no other letters with case or accents than Latin ones up to U+017F and Cyrillic ones.
FoldedText folded(std::string_view text) {
  FoldedText out;
  const auto add = [&](std::string_view bytes, std::size_t offset) {
    out.text += bytes;
    out.offsets.resize(out.text.size(), static_cast<std::uint32_t>(offset));
  };
  add(" ", 0);
  for (std::size_t at = 0; at < text.size();) {
    const unicode::Decoded decoded = unicode::decode(text, at);
    const char32_t c = decoded.code_point;
    const char plain = c < 0x80 ? letters::to_lower(static_cast<char>(c)) : '\0';
    if (letters::is_lower(plain) || letters::is_digit(plain)) {
      add({&plain, 1}, at);
    } else if (const std::string_view latin = letters::plain_latin(c); !latin.empty()) {
      add(latin, at);
    } else if (c == letters::small_cyrillic(c) && !is_punctuation(c) && !letters::is_combining(c)) {
      add(text.substr(at, decoded.length), at);
    } else if (c != letters::small_cyrillic(c)) {
      std::string letter;
      unicode::append(letter, letters::small_cyrillic(c));
      add(letter, at);
    } else if (!letters::is_combining(c) && out.text.back() != ' ') {
      add(" ", at);
    }
    at += decoded.length;
  }
  if (out.text.back() != ' ') add(" ", text.size());
  return out;
}

Stemmer::Stemmer() : snowball_(sb_stemmer_new("english", "UTF_8"), sb_stemmer_delete) {}

std::string_view Stemmer::stem(std::string_view word) {
  if (word.size() < 3 || word.size() > 40 || std::ranges::any_of(word, letters::is_digit)) return word;
  if (const Exception* const exception = find_exception(word)) return exception->stem;
  word_.assign(word);
  spell_american(word_);
  const sb_symbol* result = sb_stemmer_stem(snowball_.get(), reinterpret_cast<const sb_symbol*>(word_.data()),
                                            static_cast<int>(word_.size()));
  stem_.assign(reinterpret_cast<const char*>(result), static_cast<std::size_t>(sb_stemmer_length(snowball_.get())));
  drop_deed(stem_);
  return stem_;
}

// An irregular form, another spelling or a number has no stem to begin with.
Form form_of(std::string_view word, std::string_view stem) noexcept {
  const auto [end, of_stem] = std::mismatch(word.begin(), word.end(), stem.begin(), stem.end());
  if (stem.end() - of_stem > 1) return Form::any;
  const std::string_view tail = word.substr(static_cast<std::size_t>(end - word.begin()));
  const std::size_t quality = longest_in(endings::qualities, tail), state = longest_in(endings::states, tail);
  return quality == 0 && state == 0 ? Form::word : quality >= state ? Form::quality : Form::state;
}

}  // namespace cascade::route
