#include "route/answer/language.h"

#include <algorithm>
#include <iterator>

#include "route/words.h"

namespace cascade::route {
namespace {

constexpr std::size_t words_read = 80;

// The commonest words of German, French, Spanish, Portuguese, Italian, Polish and Dutch that are no English ones.
constexpr std::string_view others[] = {
    "aber",   "ale",  "als",  "altijd", "anche", "ancora", "auch",  "auf",   "aus",   "avec",   "bei",    "bitte",
    "bez",    "bij",  "bist", "che",    "ci",    "com",    "come",  "como",  "con",   "czy",    "dans",   "das",
    "dass",   "dat",  "de",   "deze",   "dei",   "del",    "della", "dem",   "den",   "der",    "des",    "die",
    "dla",    "dos",  "du",   "ein",    "eine",  "einem",  "einen", "einer", "el",    "em",     "en",     "er",
    "ersten", "es",   "est",  "et",     "faire", "gdzie",  "geht",  "gibt",  "gli",   "habe",   "haben",  "hat",
    "het",    "ich",  "il",   "im",     "ist",   "isso",   "jak",   "jest",  "je",    "jede",   "kann",   "kein",
    "keine",  "la",   "las",  "le",     "les",   "lo",     "los",   "ma",    "mais",  "man",    "mas",    "meine",
    "mit",    "mnie", "na",   "nach",   "nao",   "ne",     "nei",   "nel",   "nicht", "niet",   "nie",    "noch",
    "non",    "nos",  "nous", "nur",    "o",     "od",     "oder",  "om",    "os",    "ou",     "para",   "pas",
    "per",    "pero", "por",  "pour",   "przez", "puis",   "qual",  "que",   "qui",   "quiero", "quando", "se",
    "sein",   "si",   "sich", "sie",    "sin",   "sind",   "solo",  "son",   "sono",  "su",     "sur",    "tem",
    "tego",   "todo", "tout", "tu",     "tylko", "uma",    "un",    "una",   "und",   "une",    "unos",   "unser",
    "unsere", "van",  "vom",  "von",    "voor",  "vor",    "vous",  "warum", "was",   "we",     "wenn",   "wie",
    "wir",    "wird", "y",    "za",     "ze",    "zu",     "zum",   "zur"};
constexpr std::string_view english[] = {
    "a",    "an",    "and",  "any",  "are",     "as",     "at",   "be",   "but",  "by",   "can",   "do",
    "does", "for",   "from", "get",  "had",     "has",    "have", "how",  "i",    "if",   "in",    "into",
    "is",   "it",    "its",  "just", "let",     "me",     "my",   "no",   "not",  "of",   "on",    "one",
    "only", "or",    "our",  "out",  "per",     "please", "so",   "some", "than", "that", "the",   "them",
    "then", "there", "they", "this", "to",      "up",     "was",  "we",   "what", "when", "where", "which",
    "who",  "why",   "will", "with", "without", "you",    "your"};

template <std::size_t N>
bool is_among(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

}  // namespace

bool seems_english(std::string_view text) {
  std::size_t of_english = 0, of_others = 0, read = 0;
  WordReader reader(text);
  for (Word word; read < words_read && reader.next(word);) {
    if (word.inside) continue;
    ++read;
    if (is_among(english, word.text))
      ++of_english;
    else if (is_among(others, word.text) || std::any_of(word.text.begin(), word.text.end(),
                                                        [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
      ++of_others;
  }
  return of_others < 2 || of_english * 2 >= of_others;
}

}  // namespace cascade::route
