// A prompt as the router reads it: words with their terms, sentences, and the lexicon's phrases in them.
#pragma once

#include <algorithm>
#include <unordered_map>

#include "prompt/lines.h"
#include "route/tables.h"

namespace cascade::route {

struct ByteRange {
  std::uint32_t begin = 0, end = 0;
};

// "@name" means an agent if there is one, "/name" anything but an agent, "the name skill" a skill.
struct Call {
  std::uint32_t entry = 0;
  bool of_kind = false;  // the entry has the kind that the prompt asks for
  ByteRange at{};        // its name in the text
};

struct Mentions {
  std::vector<Call> called;            // in the order of the text; none that is refused as well
  std::vector<std::uint32_t> refused;  // entries, sorted
  std::vector<ByteRange> refused_at;   // their names in the text, which say nothing about its subject; in order
  bool refuses_all = false;            // "don't use any skills": every one, but for those that are called
  bool refuses_that = false;           // "drop that skill": the one that was loaded, without its name
  bool only_refuses = false;           // beside what is refused, the text says nothing

  bool refuses_at(std::uint32_t offset) const noexcept {
    return std::ranges::any_of(refused_at,
                               [&](const ByteRange& name) { return offset >= name.begin && offset < name.end; });
  }
};

// Reads what the person says (prompt/parts.h); orders and names in what is quoted or pasted do not count.
Mentions find_mentions(const Tables& tables, std::string_view text, const std::vector<prompt::Part>& parts);

enum class Origin : std::uint8_t { written, part, repaired };

struct PromptWord {
  std::uint32_t term = none;             // none: neither the library nor the lexicon has it
  std::uint32_t offset = 0, length = 0;  // in the prompt
  std::uint32_t position = 0, sentence = 0;
  std::uint16_t weight = 1000;  // per mille; less in code, identifiers, translations and the middle of a long prompt
  Origin origin = Origin::written;
  Break before = Break::space;
  WordClass word_class = WordClass::special;
  bool identifier = false, number = false;
  bool foreign = false;      // a word of another language; its English words follow it
  bool translated = false;   // one of these English words
  std::string_view english;  // the text of a translated word
  bool pasted = false;       // not said by the person: quoted, or pasted code, logs, data
  bool counts = false;       // counts as a word of the prompt; false for an identifier as a whole
  std::uint32_t stem = 0;    // hash of its stem, the same for every library
  Form form = Form::any;     // which of the words with its term it is
};

struct Prompt {
  std::string_view text;
  std::vector<PromptWord> words;  // by position; a whole identifier comes first, at its first part's position
  SignText signs;                 // by position
  PatternHits found;
  Mentions mentions;
  std::uint32_t sentences = 0;
  std::vector<prompt::Part> parts;  // empty for a text that is not read as a prompt
  bool says_enough = true;          // the person's own words say what is asked; else what was pasted speaks too
  bool english = false;             // what the person says is English
  bool harness = false;             // a message of the host, not of a person
};

// Linear. Of a long text about 600 words are read. Each part has a share of them, taken from its beginning and its end.
// `english`: it is known to be English.
Prompt read_prompt(const Tables& tables, std::string_view text, bool english = false);

// "<task-notification>...", "<command-name>...", "[Request interrupted...": text of the host, not of a person.
bool is_from_host(std::string_view text);

// What else a word is that stands as a name: nothing that the lexicon or two of the shipped lessons have; what work is
// about (a concept of the lexicon: "pdf"); or a word for anything ("force").
enum class Usage : std::uint8_t { none, subject, ordinary };
Usage usage_of(const Router& router, std::string_view word);
// Whether it is read as a misspelling of a known word.
bool is_misspelt(const Router& router, std::string_view word);

// Maps words to terms and remembers, because texts repeat words. The tables must outlive it. Not thread-safe.
class WordTerms {
 public:
  explicit WordTerms(const Tables& tables) : tables_(tables) {}
  struct Known {
    std::uint32_t term = none;  // none: not known
    std::uint32_t stem = 0;     // hash of the stem
    Form form = Form::any;
  };
  Known read(std::string_view word);
  std::uint32_t of(std::string_view word) { return read(word).term; }

 private:
  const Tables& tables_;
  Stemmer stemmer_;
  std::unordered_map<std::string, Known> known_;
  std::string word_;
};

// Reads the words of a manifest: as English, and without a search for patterns, so `found` stays empty.
Prompt read_words(const Tables& tables, WordTerms& terms, std::string_view text);

// ASCII with a few function words that only English has: a cheap test that nearly all English prompts pass.
bool is_plainly_english(std::string_view text);

// By the scripts, accented letters and function words of about 100 words; English unless there is enough evidence.
Language language_of(const Dictionary& dictionary, std::string_view text);

// The two letters of the language of a text, by the shipped dictionary: "en".
std::string_view language_code(std::string_view text);

}  // namespace cascade::route
