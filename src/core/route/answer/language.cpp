// The cheapest test comes first: English function words, then the script, then accents and words of the dictionary. It
// serves instead of letter statistics because prompts are short and mix English terms into any language.
#include "route/answer/prompt.h"

#include "route/answer/ask_words.h"
#include "text/word_set.h"
#include "unicode/utf8.h"

namespace cascade::route {
namespace {

constexpr std::size_t words_read = 100;
constexpr std::size_t bytes_read = 1'000;   // read for scripts, accents and words of other languages
constexpr std::size_t sure_of_english = 3;  // words of the list below, in a text without accents
constexpr std::size_t joined_in_english = 2;
constexpr std::size_t longest_english = 7;
constexpr std::size_t least_score = 3;       // for another language
constexpr std::size_t brief_bytes = 60;      // a text below this size needs a lower score
constexpr std::size_t letters_for_more = 6;  // a content word counts once more for each of these
constexpr int most_accents = 4;              // counted at most

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

struct Marks {
  std::size_t hangul = 0, kana = 0, han = 0, cyrillic = 0;
  std::array<int, language_count> accents{};
};

void count_accent(char32_t c, Marks& marks) {
  const auto is_one_of = [&](std::u32string_view set) { return set.find(c) != std::u32string_view::npos; };
  const auto add = [&](Language language) { ++marks.accents[static_cast<std::size_t>(language)]; };
  if (is_one_of(U"\u00e4\u00f6\u00fc\u00df\u00c4\u00d6\u00dc")) add(Language::german);
  if (is_one_of(U"\u00e9\u00e8\u00ea\u00eb\u00e0\u00e2\u00e7\u00f9\u00fb\u00ee\u00ef\u00f4\u0153\u00c9"))
    add(Language::french);
  if (is_one_of(U"\u00f1\u00e1\u00e9\u00ed\u00f3\u00fa\u00bf\u00a1")) add(Language::spanish);
  if (is_one_of(U"\u00e0\u00e3\u00f5\u00e7\u00e1\u00e9\u00ea\u00f3\u00fa\u00ed\u00e2\u00f4")) add(Language::portuguese);
  if (is_one_of(U"\u00e8\u00f2\u00f9\u00e0\u00ec\u00e9")) add(Language::italian);
  if (is_one_of(U"\u0105\u0107\u0119\u0142\u0144\u00f3\u015b\u017a\u017c\u0141\u015a\u017b")) add(Language::polish);
}

Marks marks_of(std::string_view text) {
  Marks marks;
  for (std::size_t at = 0; at < std::min(text.size(), bytes_read);) {
    const unicode::Decoded decoded = unicode::decode(text, at);
    const char32_t c = decoded.code_point;
    at += decoded.length;
    if (c < 0x80) continue;
    if (c >= 0xAC00 && c <= 0xD7A3)
      ++marks.hangul;
    else if (c >= 0x3041 && c <= 0x30FF)
      ++marks.kana;
    else if (c >= 0x3400 && c <= 0x9FFF)
      ++marks.han;
    else if (c >= 0x400 && c <= 0x4FF)
      ++marks.cyrillic;
    else
      count_accent(c, marks);
  }
  return marks;
}

std::string_view word_at(std::string_view text, std::size_t at) {
  return letters::run_at_begin(text.substr(at), [](char c) { return letters::is_letter(c) || !is_ascii(c); });
}

bool joins_in_english(std::string_view word) {
  if (word.size() < 2 || word.size() > longest_english) return false;
  std::array<char, longest_english> small{};
  std::transform(word.begin(), word.end(), small.begin(), [](char c) { return letters::to_lower(c); });
  return std::ranges::binary_search(ask_words::english, std::string_view(small.data(), word.size()));
}

std::size_t count_english(std::string_view text, std::size_t enough) {
  std::size_t count = 0, read = 0;
  for (std::size_t at = 0; at < text.size() && read < words_read && count < enough;) {
    const std::string_view word = word_at(text, at);
    if (!word.empty()) ++read;
    if (joins_in_english(word)) ++count;
    at += std::max<std::size_t>(word.size(), 1);
  }
  return count;
}

// "commit" is no sign of German, although the German dictionary has it.
bool looks_english(std::string_view word, std::string_view in_english) {
  const std::string beginning = letters::to_lower(word.substr(0, 4));
  bool looks = false;
  letters::each_word(in_english, [&](std::string_view one) { looks = looks || one.substr(0, 4) == beginning; });
  return looks;
}

// True for short words that occur in English or several other languages.
bool is_ambiguous(std::string_view word) {
  return word.size() < 2 ||
         letters::is_one_of(word, {"an", "as",  "by", "come", "die", "do", "for",  "in",  "me", "no",
                                   "on", "per", "so", "to",   "was", "we", "will", "age", "or", "sale"});
}

// True inside "/check-contrast", "@incident-commander", "src/parser.cpp": a name belongs to no language.
bool is_in_name(std::string_view text, std::size_t at) {
  const auto is_inside = [](char c) { return !letters::is_space(c); };
  const std::size_t begin = at - letters::run_at_end(text.substr(0, at), is_inside).size();
  const std::string_view token = letters::run_at_begin(text.substr(begin), is_inside);
  if (token.front() == '@' || token.find_first_of("/_") != std::string_view::npos) return true;
  const std::size_t dot = token.find('.');
  return dot != std::string_view::npos && dot + 1 < token.size() && letters::is_letter(token[dot + 1]);
}

// The evidence for a language in Latin letters: its accents, its function words and its other words in the text. Other
// words alone are none where the text joins its own in English: "design", "document" and "service" are at home in many.
std::size_t score_of(const Dictionary& dictionary, Language language, const FoldedText& folded, std::string_view text,
                     const Marks& marks, std::size_t of_english) {
  std::size_t score =
      static_cast<std::size_t>(std::min(marks.accents[static_cast<std::size_t>(language)], most_accents));
  bool is_joined = score > 0 || of_english < joined_in_english;
  for (const Meaning& meaning : dictionary.meanings(language, folded)) {
    const std::string_view word = word_at(text, meaning.offset);
    if (is_ambiguous(word) || looks_english(word, meaning.english) || is_in_name(text, meaning.offset)) continue;
    const bool joins = meaning.english.empty();
    is_joined = is_joined || joins;
    score += joins ? (word.size() > 2 ? 2u : 1u) : 1 + meaning.length / letters_for_more;
  }
  return is_joined ? score : 0;
}

Language latin_language(const Dictionary& dictionary, std::string_view text, const Marks& marks,
                        std::size_t of_english) {
  const auto is_zero = [](int count) { return count == 0; };
  if (of_english >= sure_of_english && std::ranges::all_of(marks.accents, is_zero)) return Language::english;
  const FoldedText begin = folded(text.substr(0, bytes_read));
  const bool brief = text.size() < brief_bytes && of_english == 0;
  const std::size_t least = brief ? least_score - 1 : least_score;
  Language best = Language::english;
  std::size_t most = std::max(least, of_english * 2 + 1) - 1;
  for (std::size_t i = 0; i < static_cast<std::size_t>(Language::russian); ++i) {
    const auto language = static_cast<Language>(i);
    const std::size_t score = score_of(dictionary, language, begin, text, marks, of_english);
    if (score <= most) continue;
    most = score;
    best = language;
  }
  return best;
}

}  // namespace

bool is_plainly_english(std::string_view text) {
  return count_english(text, sure_of_english) == sure_of_english && std::ranges::all_of(text, is_ascii);
}

Language language_of(const Dictionary& dictionary, std::string_view text) {
  if (is_plainly_english(text)) return Language::english;
  const std::size_t of_english = count_english(text, words_read);
  const Marks marks = marks_of(text);
  const std::size_t wide = marks.hangul + marks.kana + marks.han;
  if (wide >= 2 && wide > 3 * of_english) {
    if (marks.hangul * 2 >= wide) return Language::korean;
    return marks.kana * 8 >= wide ? Language::japanese : Language::chinese;
  }
  if (marks.cyrillic >= 3 && marks.cyrillic > 5 * of_english) return Language::russian;
  return latin_language(dictionary, text, marks, of_english);
}

std::string_view language_code(std::string_view text) {
  constexpr std::array<std::string_view, language_count + 1> codes = {"de", "fr", "es", "pt", "it", "pl",
                                                                      "ru", "zh", "ja", "ko", "en"};
  if (is_plainly_english(text)) return codes.back();
  return codes[static_cast<std::size_t>(language_of(shipped_dictionary(), text))];
}

}  // namespace cascade::route
