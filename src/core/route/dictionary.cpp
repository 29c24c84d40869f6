// At each place the longest known spelling that may begin and end there counts, in place of ten grammars.
#include "route/words.h"

#include "tables/block.h"

namespace cascade::route {
namespace {

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, begins_character));
}

bool is_unspaced(Language language) { return language >= Language::chinese && language <= Language::korean; }

// Whether `more` letters, as few as an ending has, may follow a known beginning; German joins words, so any number may.
bool may_go_on(Language language, std::size_t known, std::size_t more) {
  if (more == 0 || is_unspaced(language)) return true;
  if (known < 4) return false;
  return language == Language::german || more <= known + 2;
}

// Whether a part may begin inside a word: German joins words, Polish and Russian put prefixes before verbs.
bool may_begin_inside(Language language, std::size_t before, std::size_t known) {
  if (language == Language::german) return known >= 4;
  if (language == Language::polish || language == Language::russian) return before <= 4 && known >= 5;
  return is_unspaced(language);
}

}  // namespace

bool Dictionary::open(std::string_view bytes) {
  tables::BlockReader block;
  return block.open(bytes, 5) && block.table(0, languages_) && block.table(1, keys_) && block.table(2, english_ends_) &&
         block.bytes(3, text_) && block.bytes(4, english_) && languages_.size == language_count;
}

std::string_view Dictionary::spelling(const DictionaryLanguage& of, const DictionaryKey& key) const {
  const std::uint32_t begin = &key == keys_.begin() + of.keys ? 0 : (&key - 1)->end;
  return text_.substr(of.text + begin, key.end - begin);
}

std::string_view Dictionary::english(std::uint32_t meaning) const {
  const std::uint32_t begin = meaning == 0 ? 0 : english_ends_[meaning - 1];
  return english_.substr(begin, english_ends_[meaning] - begin);
}

// The sorted spellings are narrowed down byte by byte; the last one that ended on the way and fits is the longest.
Dictionary::Found Dictionary::longest(Language language, std::string_view text, std::size_t at) const {
  const DictionaryLanguage& of = languages_[static_cast<std::size_t>(language)];
  const std::size_t word = text.rfind(' ', at) + 1;
  const std::size_t before = characters(text.substr(word, at - word));
  Found found;
  if (before != 0 && !may_begin_inside(language, before, std::string_view::npos)) return found;
  const DictionaryKey *low = keys_.begin() + of.keys, *high = low + of.key_count;  // the spellings that agree so far
  for (std::size_t length = 1; low < high && at + length <= text.size(); ++length) {
    const auto byte = [&](const DictionaryKey& one) {
      const std::string_view key = spelling(of, one);
      return key.size() < length ? -1 : static_cast<int>(static_cast<unsigned char>(key[length - 1]));
    };
    const int wanted = static_cast<unsigned char>(text[at + length - 1]);
    low = std::partition_point(low, high, [&](const DictionaryKey& one) { return byte(one) < wanted; });
    high = std::partition_point(low, high, [&](const DictionaryKey& one) { return byte(one) <= wanted; });
    if (low == high || spelling(of, *low).size() != length) continue;
    const std::string_view key = spelling(of, *low);
    const std::size_t end = at + length;
    const std::size_t more = characters(text.substr(end, text.find(' ', end) - end));
    const std::size_t known = characters(key.substr(key.rfind(' ') + 1));
    const bool exact = (low->meaning & 1) != 0;
    const bool single = language == Language::korean && known == 1;
    const bool alone = more == 0 || (language == Language::korean &&
                                     is_function(language, text.substr(end, text.find(' ', end) - end)));
    if (exact && (!alone || before != 0)) continue;
    if ((before != 0 && (single || !may_begin_inside(language, before, known))) || !may_go_on(language, known, more))
      continue;
    found = {length, low->meaning / 2u};
  }
  return found;
}

std::vector<Meaning> Dictionary::meanings(Language language, const FoldedText& folded) const {
  std::vector<Meaning> found;
  if (language == Language::english) return found;
  const std::string_view text = folded.text;
  for (std::size_t at = 1; at < text.size();) {
    const Found here = text[at] == ' ' ? Found{} : longest(language, text, at);
    if (here.length > 0)
      found.push_back({folded.offsets[at], static_cast<std::uint32_t>(here.length), english(here.meaning)});
    at += std::max<std::size_t>(here.length, 1);
    while (at < text.size() && !begins_character(text[at])) ++at;
  }
  return found;
}

bool Dictionary::is_function(Language language, std::string_view word) const {
  const DictionaryLanguage& of = languages_[static_cast<std::size_t>(language)];
  const DictionaryKey *const begin = keys_.begin() + of.keys, *const end = begin + of.key_count;
  const DictionaryKey* const found =
      std::partition_point(begin, end, [&](const DictionaryKey& key) { return spelling(of, key) < word; });
  return found != end && spelling(of, *found) == word && english(found->meaning / 2u).empty();
}

Dictionary shipped_dictionary() {
  Dictionary dictionary;
  dictionary.open(dictionary_bytes());
  return dictionary;
}

}  // namespace cascade::route
